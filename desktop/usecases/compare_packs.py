"""新旧规则对照。What a new year or a new pack changes for one family, line by line, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from desktop import __version__
from desktop.domain.money import Money, total
from desktop.domain.months import add_months
from desktop.domain.settlement import Side
from desktop.domain.terms import label
from desktop.planning.matters import as_lived
from desktop.planning.timeline import holder_of, outlook
from desktop.policy.book import Book
from desktop.policy.policy import NotCovered, Term, Unpublished
from desktop.rules.premium import window
from desktop.usecases.kin import kinship, rule_words
from desktop.usecases.policy_history import named
from desktop.usecases.policy_titles import rank_of
from desktop.usecases.policy_words import value_words
from desktop.usecases.rules_in_use import Use, rules_in_use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from desktop.domain.clause import Confidence
    from desktop.domain.family import Family
    from desktop.planning.ledger import Ledger
    from desktop.policy.law import Law
    from desktop.policy.pack import Block, Value
    from desktop.usecases.kin import Kin

_A_DAY = timedelta(days=1)
_A_YEAR = 12
_WINDOW = "premium.window"
_MISSING, _SECRET = "没有规定", "未公布"


class Turn(StrEnum):
    """What happens to a value on the day."""

    CHANGES = "changes"
    BEGINS = "begins"
    ENDS = "ends"
    ESTIMATED = "estimated"  # its year is over, the next is not published: the last value is carried on


@dataclass(frozen=True, slots=True)
class Effect:
    """What the twelve months from the day on come to more: into the account, in cash, into other accounts."""

    account: Money
    cash: Money
    others: Money


@dataclass(frozen=True, slots=True)
class NewRule:
    """One value that the family relies on; `before` and `after` in words.

    `people` are those it concerns, `means` says of whom and in what. `effect` is what this value alone comes
    to, with all entries of its table: at the first of its lines; None at others, and where it is no change.
    """

    key: str
    channel: str
    title: str
    before: str
    after: str
    turn: Turn
    since: date | None
    source: str
    confidence: Confidence
    people: tuple[str, ...]
    means: str
    effect: Effect | None

    @property
    def sure(self) -> str:
        """高, 中, 低."""
        return label(self.confidence)


@dataclass(frozen=True, slots=True)
class NewRules:
    """`same` counts the values in use that stay; of those `assumed` are only taken to, since the packs end
    before the day (on `covered_until`). `effect` is what everything together comes to.
    """

    account: str
    day: date
    rules: tuple[NewRule, ...]
    same: int
    assumed: int
    covered_until: date
    effect: Effect
    engine: str = __version__

    @property
    def changed(self) -> tuple[NewRule, ...]:
        return tuple(one for one in self.rules if one.turn is not Turn.ESTIMATED)

    @property
    def estimated(self) -> tuple[NewRule, ...]:
        return tuple(one for one in self.rules if one.turn is Turn.ESTIMATED)


def changes_on(family: Family, book: Book, day: date) -> NewRules:
    """The law of the day before and that of the day, on the same family."""
    return changes_between(family, book, book, day)


def changes_between(family: Family, before: Book, after: Book, day: date) -> NewRules:
    """The law of `before` up to the day before, and that of `after` from the day on."""
    account = holder_of(family)
    laws = _Laws(before, after, day)
    runs = _Runs(family, account, day, add_months(day, _A_YEAR) - _A_DAY)
    old, new = runs.ledger(laws.old), runs.ledger(laws.new)
    living = as_lived(family, after, day)
    lines = _lines(rules_in_use(living, old, day, runs.last, laws.both), laws)
    stay = [one.after.term for one in lines if one.turn is None and one.after.term is not None]
    return NewRules(
        account=account,
        day=day,
        rules=tuple(_rules(lines, laws, runs, new)),
        same=len(stay),
        assumed=sum(term.assumed for term in stay),
        covered_until=after.covered_until(living.person(account).area_on(day)),
        effect=runs.effect(old, new),
    )


class _Laws:
    """The law of the day before, carried on as if nothing had come after it, and that of the day."""

    def __init__(self, before: Book, after: Book, day: date) -> None:
        self.day = day
        self._before, self._after = before, after
        ended = (
            replace(pack, covers_until=min(pack.covers_until, day - _A_DAY)) for pack in before.packs.values()
        )
        self.old = Book(ended, assumes_unchanged=True, changes=before.changes)
        self.new = after.assuming_unchanged()

    def both(self, area: str) -> tuple[Law, Law]:
        return self.old.law(area, self.day - _A_DAY), self.new.law(area, self.day)

    def new_but_for(self, key: str) -> Book:
        """The new law, with what one key said until the day before."""
        packs = []
        for pack in self._after.packs.values():
            was = self._before.packs.get(pack.id)
            kept = () if was is None else tuple(self._lasting(was.blocks.get(key, ())))
            packs.append(replace(pack, blocks={**pack.blocks, key: kept}))
        return Book(packs, assumes_unchanged=True, changes=self._after.changes)

    def _lasting(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            if block.holds_on(self.day - _A_DAY):
                yield replace(block, until=None)
            elif block.since < self.day:
                yield block


# ---------------------------------------------------------------------------------------------- line by line


class _Value(NamedTuple):
    """How a value answers: its words, the block it comes from, and the way to it in its table."""

    words: str
    term: Term[Value] | None
    path: tuple[str, ...] = ()


class _Line(NamedTuple):
    """One value by both laws, and all who use it so; `turn` is None where it stays."""

    uses: list[Use]
    before: _Value
    after: _Value
    turn: Turn | None


def _lines(uses: Iterable[Use], laws: _Laws) -> list[_Line]:
    """In the order of the policy page."""
    found: dict[tuple[str, ...], _Line] = {}
    for use in dict.fromkeys(uses):
        before, after = (_value(law, use, laws.day) for law in laws.both(use.area))
        place = (use.key, use.channel, "/".join(after.path or before.path), before.words, after.words)
        line = found.setdefault(place, _Line([], before, after, _turn(before, after, laws.day)))
        line.uses.append(use)
    return sorted(found.values(), key=lambda one: rank_of(one.uses[0].key))


def _rules(lines: Iterable[_Line], laws: _Laws, runs: _Runs, new: Ledger) -> Iterator[NewRule]:
    known = kinship(runs.family, holder_of(runs.family))
    told: set[str] = set()
    for line in lines:
        if line.turn is None:
            continue
        key = line.uses[0].key
        effect = None
        if line.turn is Turn.CHANGES and key not in told:
            effect = runs.effect(runs.ledger(laws.new_but_for(key)), new)
            told.add(key)
        yield _rule(line, line.turn, effect, known)


def _rule(line: _Line, turn: Turn, effect: Effect | None, known: Mapping[str, Kin]) -> NewRule:
    use, after = line.uses[0], line.after
    term = after.term or line.before.term
    assert term is not None
    people = tuple(dict.fromkeys(one.person for one in line.uses))
    where = "，".join(value_words(use.key, name) for name in after.path or line.before.path)
    return NewRule(
        key=use.key,
        channel=use.channel,
        title=f"{rule_words(use.key)}（{where}）" if where else rule_words(use.key),
        before=line.before.words,
        after=f"{after.words}（估）" if turn is Turn.ESTIMATED else after.words,
        turn=turn,
        since=after.term.since if after.term is not None and turn is not Turn.ESTIMATED else None,
        source=named(term.source),
        confidence=term.confidence,
        people=people,
        means=_means((known[one].word for one in people), (one.what for one in line.uses)),
        effect=effect,
    )


def _turn(before: _Value, after: _Value, day: date) -> Turn | None:
    if before.words == after.words:
        over = after.term is not None and after.term.assumed and _is_over(after.term, day)
        return Turn.ESTIMATED if over else None
    if before.term is None:
        return Turn.BEGINS if after.term is not None else None
    return Turn.ENDS if after.term is None else Turn.CHANGES


def _is_over(term: Term[Value], day: date) -> bool:
    """Did it say itself until when it holds? What is open goes on unless something new comes."""
    return term.until is not None and term.until < day


def _value(law: Law, use: Use, day: date) -> _Value:
    policy = law.policy
    try:
        whole = policy.term(use.key, channel=use.channel)
        path = _path(whole.value, use.entry)
        term = policy.term(use.key, *path, channel=use.channel) if path else whole
        if use.key == _WINDOW:  # as it is carried on, it moves along with the year
            first, last = window(law, day.year).value
            term = term.with_value({"from": first, "to": last})
    except Unpublished:
        return _Value(_SECRET, None)
    except NotCovered:
        return _Value(_MISSING, None)
    return _Value(value_words(use.key, term.value, term.unit), term, path)


def _path(value: Value, entry: Sequence[str]) -> tuple[str, ...]:
    """Down a table by status, by level, or by status then level."""
    path: list[str] = []
    while isinstance(value, Mapping):
        name = next((one for one in entry if one in value), None)
        if name is None:
            break
        path.append(name)
        value = value[name]
    return tuple(path)


def _means(people: Iterable[str], whats: Iterable[str]) -> str:
    """母亲、女儿 2 人的住院."""
    who = (f"{word} {times} 人" if times > 1 else word for word, times in Counter(people).items())
    return f"{'、'.join(who)}的{'、'.join(dict.fromkeys(whats))}"


# -------------------------------------------------------------------------------------------------- two runs


class _Runs:
    """The same family by one law or another, over the twelve months from a day on."""

    def __init__(self, family: Family, account: str, day: date, last: date) -> None:
        self.family, self.account = family, account
        self._day, self.last = day, last

    def holds(self, day: date) -> bool:
        return self._day <= day <= self.last

    def ledger(self, book: Book) -> Ledger:
        return outlook(self.family, book, self.account, self.last).ledger

    def effect(self, base: Ledger, other: Ledger) -> Effect:
        before, after = self._sums(base), self._sums(other)
        return Effect(
            account=after.account - before.account,
            cash=after.cash - before.cash,
            others=after.others - before.others,
        )

    def _sums(self, ledger: Ledger) -> Effect:
        entries = [one for one in ledger.entries if self.holds(one.on)]
        postings = [posting for entry in entries for posting in entry.postings]
        accounts = total(amount for side, _, amount in postings if side is Side.ACCOUNT)
        own = total(entry.moved(self.account) for entry in entries)
        cash = -total(amount for side, _, amount in postings if side is Side.CASH)
        return Effect(own, cash, accounts - own)
