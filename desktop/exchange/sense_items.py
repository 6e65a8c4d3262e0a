"""道理的零件。The objects of a document as they were read, the ids among them, and what both can be asked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from desktop.domain.money import Money
from desktop.exchange.strict_json import Located, Where, shown


class Item(NamedTuple):
    """An object in the document and where it stands."""

    where: Where
    raw: dict[str, Any]

    def word(self, name: str) -> str | None:
        """A field that names something; None where it is absent or no text."""
        value = self.raw.get(name)
        return value if isinstance(value, str) else None

    def inner(self, name: str) -> Iterator["Item"]:
        value = self.raw.get(name)
        if isinstance(value, dict):
            yield Item((*self.where, name), value)

    def items(self, name: str) -> Iterator["Item"]:
        value = self.raw.get(name)
        for number, one in enumerate(value if isinstance(value, list) else ()):
            if isinstance(one, dict):
                yield Item((*self.where, name, number), one)

    def words(self, name: str) -> Iterator[tuple[int, str]]:
        """The texts of a list, each with its number."""
        value = self.raw.get(name)
        for number, one in enumerate(value if isinstance(value, list) else ()):
            if isinstance(one, str):
                yield number, one

    def number(self, name: str) -> int | None:
        """A whole number; None where it is absent or none."""
        value = self.raw.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def numbers(self, name: str) -> Iterator[tuple[int, int]]:
        """The whole numbers of a list, each with its place."""
        value = self.raw.get(name)
        for place, one in enumerate(value if isinstance(value, list) else ()):
            if isinstance(one, int) and not isinstance(one, bool):
                yield place, one

    def fault(self, name: str, what: str, todo: str = "") -> Located:
        return Located((*self.where, name), what, todo)


@dataclass(slots=True)
class Ids:
    """The things of one kind by their ids."""

    kind: str
    known: dict[str, Item] = field(default_factory=dict)

    def add(self, item: Item) -> Iterator[Located]:
        name = item.word("id")
        if name is None:
            return
        if name in self.known:
            yield item.fault("id", f"编号 {shown(name)} 用了两次", f"每个{self.kind}的编号要不同，请改一个")
        else:
            self.known[name] = item

    def and_more(self) -> "Ids":
        return Ids(self.kind, dict(self.known))

    def knows(self, item: Item, name: str) -> Iterator[Located]:
        named = item.word(name)
        if named is not None and named not in self.known:
            yield item.fault(name, unknown(self.kind, named), listed(self.kind, self.known))


def money_in(item: Item, name: str) -> Money | None:
    try:
        return Money.yuan(item.word(name) or "")
    except ValueError:
        return None


def day_in(item: Item, name: str, *, of_moment: bool = False) -> date | None:
    """`of_moment`: an hour may stand behind it."""
    written = item.word(name) or ""
    try:
        return date.fromisoformat(written[:10] if of_moment else written)
    except ValueError:
        return None


def unknown(kind: str, name: str) -> str:
    return f"没有编号为 {shown(name)} 的{kind}"


def listed(kind: str, known: Collection[str]) -> str:
    few = 8
    if not known:
        return f"文件里没有{kind}"
    return f"文件里的{kind}：{'、'.join(list(known)[:few])}{'……' if len(known) > few else ''}"


def in_order(item: Item) -> Iterator[Located]:
    since, until = day_in(item, "from"), day_in(item, "to")
    if since is not None and until is not None and until < since:
        yield item.fault("to", f"终止日 {until} 早于起始日 {since}", "请改正日期")
