"""口径。What a family decides itself where the rules leave a question open, and what each answer rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.usecases.basis import basis
from desktop.usecases.changes import Change

if TYPE_CHECKING:
    from desktop.domain.family import Family
    from desktop.usecases.basis import Basis
    from desktop.usecases.review import Review

OUT_OF_SCOPE = "out_of_scope"
_WHO = {
    "mutual_aid_pays_out_of_scope": "家庭共济付目录外自费",
    "own_account_pays_out_of_scope": "本人账户付目录外自费",
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One open question: `field` of the family's settings, what was `chosen` (None: as the packs have it),
    what the packs say, and on what they rest.
    """

    field: str
    chosen: bool | None
    by_pack: bool
    basis: Basis


def disputes(seen: Review) -> tuple[Dispute, ...]:
    """On the family's own day, where its holder is insured. What no pack speaks of is left out."""
    settings, day = seen.family.settings, seen.family.as_of
    law = seen.book.law(seen.holder.area_on(day), day)
    asked = (
        ("mutual_aid_pays_out_of_scope", "mutual_aid.pays_for", "in_province"),
        ("own_account_pays_out_of_scope", "own_account.pays_for", ""),
    )
    found = []
    for field, key, channel in asked:
        term = law.optional(lambda key=key, channel=channel: law.policy.words(key, channel=channel))  # type: ignore[misc]
        if term is not None:
            by_pack = OUT_OF_SCOPE in term.value
            found.append(Dispute(field, getattr(settings, field), by_pack, basis(seen.book, term)))
    return tuple(found)


def answer(family: Family, field: str, chosen: bool | None) -> Change:
    """Settle an open question the family's own way; None leaves it to the packs again."""
    said = {True: "可以", False: "不可以", None: "随规则包"}[chosen]
    settings = replace(family.settings, **{field: chosen})  # type: ignore[arg-type]
    return Change(f"改口径：{_WHO[field]}{said}", replace(family, settings=settings))


def credit_monthly(family: Family, *, monthly: bool) -> Change:
    """Whether the account is credited each month by the rules, or only by what was opened with."""
    step = "改口径：每月按规则计入账户" if monthly else "改口径：不自动计入账户"
    return Change(step, replace(family, settings=replace(family.settings, credit_monthly=monthly)))
