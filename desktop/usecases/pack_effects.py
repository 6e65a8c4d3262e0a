"""用上以后。What a copy of a pack would change for a family: line by line, and for the account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.trouble import InputRefused
from desktop.usecases.compare_packs import changes_between
from desktop.usecases.effects import effect_between
from desktop.usecases.pack_copies import checked, draft_of
from desktop.usecases.pack_draft import with_cover, with_values
from desktop.usecases.pack_form import UNTIL, FormRefused, faults_by_field, values_typed
from desktop.usecases.policy_titles import title_of
from desktop.usecases.review import review
from desktop.usecases.unknowns import counts_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.policy.pack import Pack
    from desktop.usecases.compare_packs import NewRules
    from desktop.usecases.effects import Effect
    from desktop.usecases.pack_copies import PackPlaces
    from desktop.usecases.pack_draft import Draft
    from desktop.usecases.pack_form import Form, Typed
    from desktop.usecases.review import Review

CHECKED = "checked_on"
_A_DAY = timedelta(days=1)


class Tried(NamedTuple):
    """What is ready to be saved, and what it would do. `rules` are the values that change for the
    family from the day on, `money` two full runs.
    """

    draft: Draft
    rules: NewRules
    money: Effect


def try_values(seen: Review, places: PackPlaces, form: Form, typed: Typed) -> Tried:
    """What was typed, laid over the packs. Raises `FormRefused` with every fault, `FileTrouble`.

    It settles and plans anew: call it off the GUI thread.
    """
    values = values_typed(form, typed)
    draft = with_values(draft_of(places, seen.book.packs[form.pack]), values)
    try:
        return _tried(seen, draft, values[0].since)
    except InputRefused as refused:
        raise FormRefused(faults_by_field(form, refused)) from refused


def try_cover(seen: Review, places: PackPlaces, pack: str, until: date, checked_on: date) -> Tried:
    """A pack that answers for longer, or was compared anew. Raises `FormRefused`, `FileTrouble`."""
    now = seen.book.packs[pack]
    if until < now.covers_from:
        raise FormRefused({(UNTIL, ()): f"不能早于 {now.covers_from}，那是它的第一天"})
    if checked_on > seen.family.as_of:
        raise FormRefused({(CHECKED, ()): "核对的那天还没有到"})
    bare = "、".join(_left_without(now, until))
    if bare:
        raise FormRefused({(UNTIL, ()): f"这些数还没有写到那一天，请先填写：{bare}"})
    draft = with_cover(draft_of(places, now), until, checked_on)
    return _tried(seen, draft, now.covers_until + _A_DAY)


def _left_without(pack: Pack, until: date) -> Iterator[str]:
    """The values that sums rest on and that end with the cover of now: past it they would be no rule."""
    for key, blocks in pack.blocks.items():
        for last in {one.channel: one for one in blocks}.values():
            if counts_in(key) and last.until is not None and pack.covers_until <= last.until < until:
                title = title_of(key)
                yield last.says if title is None else title.name


def _tried(seen: Review, draft: Draft, since: date) -> Tried:
    """What holds already is compared from tomorrow on."""
    book = seen.book.with_packs([checked(draft)])
    day = max(since, seen.family.as_of + _A_DAY)
    return Tried(
        draft,
        changes_between(seen.family, seen.book, book, day),
        effect_between(seen, review(seen.family, book)),
    )
