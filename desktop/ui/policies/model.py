"""政策的视图模型。The values of an area on a day by topic and filter, and all about the one chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.listing import Item, Mark
from desktop.usecases.initials import initials
from desktop.usecases.policy_history import (
    Denied,
    Elsewhere,
    Entry,
    PackState,
    Stand,
    areas,
    denied,
    elsewhere,
    entries,
    find_entry,
    history,
    pack_state,
    read_id,
)
from desktop.usecases.policy_titles import TOPICS
from desktop.usecases.policy_uses import Uses, uses_of

if TYPE_CHECKING:
    from datetime import date

    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review

ALL, DENIED = "all", "denied"


class Only(StrEnum):
    """只看: what a value must have to be shown."""

    DISPUTED = "disputed"
    UNPUBLISHED = "unpublished"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Detail:
    """All about one value. `now` is the place in `history` of what holds on the day, None: nothing does."""

    entry: Entry
    day: date
    today: bool
    history: tuple[Stand, ...]
    now: int | None
    uses: Uses
    elsewhere: tuple[Elsewhere, ...]
    denied: tuple[Denied, ...]
    state: PackState | None


class PoliciesModel(QObject):
    """`changed`: another list, day or place is shown; `chosen`: another value."""

    changed = Signal()
    chosen = Signal()

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.only: frozenset[Only] = frozenset()
        self.sought = ""
        self.day = seen.family.as_of
        self.area = seen.holder.area_on(self.day)
        self.renew(seen)
        self.topic = self._topic_names[0]
        self.key = self._first

    @property
    def seen(self) -> Review:
        return self._seen

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every value of the place on the day."""
        return self._entries

    @property
    def place(self) -> str:
        return next(one.words for one in self.places if one.key == self.area)

    def renew(self, seen: Review) -> None:
        """The family changed: the day and the place looked at stay."""
        self._seen = seen
        self._read()

    def _read(self) -> None:
        book = self._seen.book
        self._entries = entries(book, self.area, self.day)
        self._denied = denied(book, self.area)
        found = {one.topic for one in self._entries}
        self._topic_names = [name for name in TOPICS if name in found]
        self._topic_names += sorted(found - set(TOPICS))
        self.changed.emit()

    # ------------------------------------------------------------------------------------------- what to pick

    @property
    def context(self) -> str:
        until = self._seen.book.covered_until(self.area)
        if self.day > until:
            words = self.tr("{day} 在规则包的有效期（至 {until}）之后，各数暂按最后的算")
            return words.format(day=self.day, until=until)
        return self.tr("规则包里的每一个数，何时起、从哪里来")

    @property
    def topics(self) -> tuple[tuple[str, str, int], ...]:
        """Key, name and count: all of them, each topic, and what was refused."""
        fitting = [one for one in self._entries if self._fits_only(one)]
        named = [(name, name, sum(one.topic == name for one in fitting)) for name in self._topic_names]
        refused = (DENIED, self.tr("查过而不采用"), len(self._denied))
        return (*named, (ALL, self.tr("全部"), len(fitting)), refused)

    @property
    def topic_name(self) -> str:
        return next(name for key, name, _ in self.topics if key == self.topic)

    @property
    def counts(self) -> dict[Only, int]:
        return {only: sum(_has(one.stand, only) for one in self._entries) for only in Only}

    @property
    def places(self) -> tuple[Choice, ...]:
        """The cities with a pack, and where the holder is insured if that has none."""
        known = [Choice(code, name) for code, name in areas(self._seen.book)]
        if self.area in {one.key for one in known}:
            return tuple(known)
        chain = self._seen.book.chain(self.area)
        name = next((pack.title for pack in chain), self.tr("其他地区"))
        return (Choice(self.area, name), *known)

    # ------------------------------------------------------------------------------------------------ picking

    def choose_topic(self, key: str) -> None:
        if key != self.topic:
            self.topic, self.sought = key, ""
            self._again()

    def show_only(self, only: Only, *, on: bool) -> None:
        """More than one shows what has either."""
        self.only = self.only | {only} if on else self.only - {only}
        if not self._shown:
            self.topic = ALL
        self._again()

    def seek(self, words: str) -> None:
        self.sought = words.strip()
        self._again()

    def show_all(self) -> None:
        """Without filters."""
        self.only, self.sought, self.topic = frozenset(), "", ALL
        self._again()

    def choose_day(self, day: date) -> None:
        if day != self.day:
            self.day = day
            self._read()
            self.chosen.emit()

    def choose_area(self, area: str) -> None:
        if area != self.area:
            self.area = area
            self._read()
            self._again()

    def choose(self, what: str) -> None:
        """A value, perhaps on a day (key@2026-03-01), or a refused statement; the unknown changes nothing."""
        if any(one.id == what for one in self._denied):
            self._show(DENIED, what)
            return
        key, channel, day = read_id(what)
        self._go_where_known(key)
        if day is not None and day != self.day:
            self.day = day
            self._read()
        found = find_entry(self._entries, key, channel)
        if found is not None:
            self._show(self.topic if self._is_shown(found) else found.topic, found.id)

    def _go_where_known(self, key: str) -> None:
        """To a city whose packs speak of it, if those of this place don't."""
        if any(one.key == key for one in self._entries):
            return
        for code, _ in areas(self._seen.book):
            if any(key in pack.blocks for pack in self._seen.book.chain(code)):
                self.area = code
                self._read()
                return

    def _is_shown(self, entry: Entry) -> bool:
        return any(one.id == entry.id for one in self._shown) and self.topic != DENIED

    def _show(self, topic: str, key: str) -> None:
        other = topic != self.topic
        self.topic, self.key = topic, key
        if other:
            self.sought, self.only = "", frozenset()
        self.changed.emit()
        self.chosen.emit()

    def _again(self) -> None:
        """The key chosen stays if it is still shown, else the first is."""
        if self.key not in {item.key for item in self.items}:
            self.key = self._first
        self.changed.emit()
        self.chosen.emit()

    # ----------------------------------------------------------------------------------------------- the list

    @property
    def _first(self) -> str:
        return next((item.key for item in self.items), "")

    @property
    def items(self) -> tuple[Item, ...]:
        if self.topic == DENIED:
            return tuple(
                Item(one.id, one.says, one.place, bare=True)
                for one in self._denied
                if self._has_words(one.says)
            )
        mixed = self.topic == ALL or len(TOPICS.get(self.topic, ())) > 1
        return tuple(self._item(one, mixed=mixed) for one in self._shown)

    @property
    def _shown(self) -> list[Entry]:
        return [
            one
            for one in self._entries
            if self.topic in {ALL, one.topic}
            and self._fits_only(one)
            and self._has_words(f"{one.full_title} {one.stand.words} {one.stand.says} {one.key}")
        ]

    def _fits_only(self, one: Entry) -> bool:
        return not self.only or any(_has(one.stand, only) for only in self.only)

    def _has_words(self, words: str) -> bool:
        asked = self.sought.lower()
        return asked in words.lower() or (asked.isascii() and asked in initials(words))

    def _item(self, one: Entry, *, mixed: bool) -> Item:
        stand = one.stand
        since = self.tr("{day} 起").format(day=stand.since) if stand.answers else ""
        tone = "info" if stand.unpublished else ("text_2" if stand.answers else "text_3")
        title = one.full_title if mixed else one.title
        return Item(one.id, title, stand.short, since, tuple(self.marks(stand)), tone, bare=True)

    def marks(self, stand: Stand) -> list[Mark]:
        words = (
            (bool(stand.others), self.tr("有争议")),
            (stand.unpublished, self.tr("未公布")),
            (stand.doubtful and not stand.others, self.tr("可信度低")),
        )
        return [Mark(word, Verdict.INFO) for true, word in words if true]

    # -------------------------------------------------------------------------------------------- one of them

    @property
    def refused(self) -> Denied | None:
        """The refused statement chosen, if that is what was chosen."""
        return next((one for one in self._denied if one.id == self.key), None)

    @property
    def detail(self) -> Detail | None:
        entry = next((one for one in self._entries if one.id == self.key), None)
        if entry is None:
            return None
        book, key, channel = self._seen.book, entry.key, entry.channel
        stands = history(book, self.area, key, channel)
        rows = [row for one in stands for row in one.rows]
        lasting = (
            place
            for place, one in enumerate(stands)
            if one.since <= self.day and (one.until is None or self.day <= one.until) and one.known
        )
        return Detail(
            entry=entry,
            day=self.day,
            today=self.day == self._seen.family.as_of,
            history=stands,
            now=next(lasting, None),
            uses=uses_of(self._seen, entry) if entry.stand.answers else Uses(),
            elsewhere=elsewhere(book, key, channel, self.day),
            denied=denied(book, self.area, rows),
            state=pack_state(book, entry.stand.pack or (stands[-1].pack if stands else "")),
        )


def _has(stand: Stand, only: Only) -> bool:
    return {
        Only.DISPUTED: bool(stand.others),
        Only.UNPUBLISHED: stand.unpublished,
        Only.DOUBTFUL: stand.doubtful,
    }[only]
