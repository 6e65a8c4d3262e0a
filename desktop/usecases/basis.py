"""依据。What a clause rests on, in words: document, day, how sure, what others say, what held before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.domain.binding import Relation
from desktop.domain.terms import label

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.policy.book import Book
    from desktop.policy.pack import Block

KINDS = {"official": "官方文件", "press": "新闻报道", "compiled": "汇编转述", "program": "本程序的约定"}
_NOT_NEAR = {Relation.PARENT_IN_LAW, Relation.CHILD_IN_LAW, Relation.OTHER}
_NEAR = tuple(one for one in Relation if one not in _NOT_NEAR)


@dataclass(frozen=True, slots=True)
class Basis:
    """`title` is 国办发〔2024〕38号 where there is a number. `before`: what held earlier, its last day.

    `relations` are the kinds of relative a clause about relatives allows.
    """

    title: str
    number: str
    says: str
    since: date | None
    kind: str
    confidence: str
    disputed: bool
    others: tuple[str, ...] = ()
    before: tuple[str, date] | None = None
    relations: tuple[Relation, ...] = ()

    @property
    def short(self) -> str:
        """The number of the document, else its title without what stands in brackets, else nothing."""
        return self.number or self.title.partition("（")[0]


def basis(book: Book, clause: Clause) -> Basis:
    source = clause.source
    value = getattr(clause, "value", None)
    listed = value if clause.key == "mutual_aid.relations" and isinstance(value, tuple) else ()
    return Basis(
        title=source.title,
        number=source.number,
        says=clause.says,
        since=clause.since,
        kind=KINDS.get(str(getattr(source, "kind", "")), ""),
        confidence=label(clause.confidence),
        disputed=clause.in_dispute,
        others=tuple(other.says for other in getattr(clause, "disputed", ())) if clause.in_dispute else (),
        before=_before(book, clause),
        relations=tuple(one for one in _NEAR if one.value in listed),
    )


def _before(book: Book, clause: Clause) -> tuple[str, date] | None:
    """What the same pack said until this clause began."""
    pack = book.packs.get(getattr(clause, "pack", ""))
    if pack is None or clause.since is None:
        return None
    earlier: list[Block] = [
        one
        for one in pack.blocks.get(clause.key, ())
        if one.since < clause.since and one.channel == getattr(clause, "channel", "")
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: one.since)
    return last.says, min(last.until or clause.since, clause.since - timedelta(days=1))
