"""家庭的视图模型。The family as a graph and as a table, and what there is to say about the one chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.finding import Severity
from desktop.ui.effect import money_lines
from desktop.ui.family.trying import Trying
from desktop.ui.ledger.words import verdict_of
from desktop.ui.widgets.figures import Slots
from desktop.ui.widgets.graph import Edge, FamilyTree, Node, NodeState
from desktop.ui.widgets.tables import Grid
from desktop.usecases.basis import basis
from desktop.usecases.bindings import delete_binding
from desktop.usecases.changes import Refused
from desktop.usecases.concerns import concerning, finding_key, unmet
from desktop.usecases.effects import effect_of
from desktop.usecases.family_map import Standing
from desktop.usecases.fixes import fixes_of, places_of
from desktop.usecases.kin import about_person, kinship, place, told
from desktop.usecases.overview import map_of
from desktop.usecases.people import remove_person

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from desktop.domain.binding import Binding
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.ui.effect import Line
    from desktop.ui.look.look import Look
    from desktop.ui.look.tokens import Verdict
    from desktop.ui.work import Job
    from desktop.usecases.changes import Change
    from desktop.usecases.family_map import FamilyMap, Member
    from desktop.usecases.kin import Kin
    from desktop.usecases.review import Review

_STATES = {
    Standing.HOLDER: NodeState.PAYER,
    Standing.BOUND: NodeState.BOUND,
    Standing.OWN_ACCOUNT_FIRST: NodeState.OWN_FIRST,
    Standing.CONFLICT: NodeState.CONFLICT,
    Standing.OTHER_PAYER: NodeState.OTHER_PAYER,
    Standing.REFUSED: NodeState.REFUSED,
    Standing.ENDED: NodeState.ENDED,
    Standing.NOT_BOUND: NodeState.UNBOUND,
}
_FIRST = (Standing.CONFLICT, Standing.REFUSED, Standing.BOUND, Standing.OWN_ACCOUNT_FIRST, Standing.HOLDER)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding for the inspector: the sentence, its basis as caption and words, what to do.

    `links` lead to where it can be put right by hand: words, a page, and what to choose there.
    """

    key: str
    verdict: Verdict
    sentence: str
    basis: tuple[tuple[str, str], ...]
    fixes: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """怎么办的一种: a change that puts a finding right, and what it does to the money once that is known."""

    title: str
    change: Change
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class BindingLine:
    """One binding of the person chosen; a draft never came to be, and may be taken out."""

    id: str
    sentence: str
    holds: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class Inspector:
    """`standing` says how they stand to the account where nothing is wrong."""

    person: str
    mark: str
    who: str
    number: str
    about: str
    standing: str
    fine: bool
    problems: tuple[Problem, ...]
    paid_caption: str
    paid: Money
    account_caption: str
    account: Money | str
    bindings: tuple[BindingLine, ...]
    may_bind: str
    """The words of the button that binds them; empty where it makes no sense."""


class FamilyModel(QObject):
    """`chosen` comes with the id of the person chosen; `renewed`: the family is another.

    `ways_known` comes when more is known of what can be done about what is wrong with the one chosen.
    """

    chosen = Signal(str)
    renewed = Signal()
    ways_known = Signal()

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._money = look.money
        self._ways: dict[str, tuple[Way, ...]] | None = None
        self._trying = Trying(self)
        self._trying.answered.connect(self._take_ways)
        self._look_at(seen)
        self.person = self._most_urgent()
        self._ask_ways()

    def _look_at(self, seen: Review) -> None:
        self.seen = seen
        self._day = seen.family.as_of
        self._home = seen.holder.area_on(self._day)
        self._kin: dict[str, Kin] = kinship(seen.family, seen.holder.id)
        self._map: FamilyMap = map_of(seen)
        self._members = {one.person.id: one for one in self._map.members}

    def renew(self, seen: Review) -> None:
        """The same person stays chosen while they are in the family."""
        self._look_at(seen)
        if self.person not in self._members:
            self.person = self._most_urgent()
        self._ask_ways()
        self.renewed.emit()

    def choose(self, what: str) -> None:
        """A person, or the one bound by a binding."""
        person = next((one.beneficiary for one in self.seen.family.bindings if one.id == what), what)
        if person in self._members and person != self.person:
            self.person = person
            self._ask_ways()
            self.chosen.emit(person)

    def _most_urgent(self) -> str:
        return min(self._map.members, key=self._urgency).person.id

    @property
    def alone(self) -> bool:
        """Is there nobody yet but the holder?"""
        return len(self._members) == 1

    @staticmethod
    def _urgency(member: Member) -> int:
        return _FIRST.index(member.standing) if member.standing in _FIRST else len(_FIRST)

    # --------------------------------------------------------------------------------------------- the whole

    @property
    def context(self) -> str:
        paid = f"{self._map.paid_this_year:,}"
        return self.tr("谁出钱、谁使用，今年已共济 {sum}").format(sum=paid)

    @property
    def active(self) -> Slots:
        used, most = self._map.active, self._map.most_active
        caption = self.tr("当前绑定")
        if most is None:
            return Slots(caption, used, used, self.tr("没有查到人数上限"))
        left = max(most - used, 0)
        note = self.tr("还可再绑 {left} 人").format(left=left) if left else self.tr("名额已满")
        return Slots(caption, used, most, note)

    @property
    def lifetime(self) -> Slots:
        used, most = self._map.lifetime, self._map.most_in_lifetime
        caption = self.tr("累计不同的人")
        if most is None:
            return Slots(caption, used, used, self.tr("没有查到人数上限"))
        return Slots(caption, used, most, self.tr("解绑不退还名额，重绑同一人不再占用"))

    @property
    def tree(self) -> FamilyTree:
        edges = tuple(
            Edge(tie.beneficiary, tie.paid, tie.in_conflict)
            for tie in self._map.ties
            if tie.payer == self._map.holder and tie.stands
        )
        return FamilyTree(
            nodes=tuple(self._node(member) for member in self._map.members),
            edges=edges,
            generations=(
                self.tr("祖辈"),
                self.tr("父辈"),
                self.tr("同辈"),
                self.tr("子女"),
                self.tr("孙辈"),
            ),
            sentence=self._sentence(),
            tag=self.tr("只留一"),
            apart=self._apart(),
        )

    def _sentence(self) -> str:
        words = self.tr("本人为 {active} 位家人共济，今年支付 {sum} 元。用方向键逐个查看。")
        return words.format(active=self._map.active, sum=f"{self._map.paid_this_year:,}")

    def _apart(self) -> str:
        ended = sum(1 for one in self._map.members if one.standing is Standing.ENDED)
        if not ended:
            return self.tr("不在当前绑定")
        return self.tr("不在当前绑定，已结束的 {count} 人仍占累计名额").format(count=ended)

    def _node(self, member: Member) -> Node:
        person, kin = member.person, self._kin[member.person.id]
        state = _STATES[member.standing]
        return Node(
            id=person.id,
            relation=kin.word,
            name=person.name,
            generation=kin.generation,
            state=state,
            detail=self._detail(member),
            status=self._status(member),
            balance=self._balance(person.id) if state is NodeState.PAYER else None,
            beside=self._rival(person.id),
            more=self._more(member),
        )

    def _detail(self, member: Member) -> str:
        if member.standing is Standing.OTHER_PAYER:
            coverage = member.coverage
            where = place(self.seen.book, coverage.area, self._home) if coverage is not None else ""
            return "，".join(words for words in (self.tr("另一位共济人"), where) if words)
        return about_person(self.seen.book, member.person, self._day, self._home)

    def _status(self, member: Member) -> str:
        if member.standing is Standing.OTHER_PAYER:
            since = min(tie.since for tie in self._map.ties if tie.payer == member.person.id)
            return self.tr("{day} 起").format(day=since)
        if member.standing is Standing.REFUSED:
            return self._refusal(member)
        if member.standing is Standing.ENDED:
            return self._span(member)
        if member.standing is Standing.NOT_BOUND:
            return self._unbound(member)
        return {
            Standing.HOLDER: self.tr("共济人"),
            Standing.BOUND: self.tr("已绑定"),
            Standing.OWN_ACCOUNT_FIRST: self.tr("先用自己的账户"),
            Standing.CONFLICT: self.tr("两位共济人"),
        }[member.standing]

    def _unbound(self, member: Member) -> str:
        if member.binding is not None:
            return self.tr("{day} 起绑定").format(day=member.binding.since)
        return self._by_others(member.person.id) or self.tr("没有绑定")

    def _by_others(self, person: str) -> str:
        payers = self._payers_of(person)
        return self.tr("由{payer}共济").format(payer="、".join(payers)) if payers else ""

    def _refusal(self, member: Member) -> str:
        for finding in member.findings:
            if finding.rule == "binding.relation_not_allowed":
                kinds = len(basis(self.seen.book, finding.because).relations)
                return self.tr("不在 {kinds} 类近亲属之内").format(kinds=kinds)
        return self.tr("绑定没有生效")

    def _span(self, member: Member) -> str:
        assert member.binding is not None
        return self.tr("{since} 至 {until}").format(since=member.binding.since, until=member.binding.until)

    def _more(self, member: Member) -> str:
        if member.standing is Standing.ENDED:
            others = self._by_others(member.person.id)
            return self.tr("已结束，{others}").format(others=others) if others else self.tr("绑定已结束")
        if member.standing is Standing.REFUSED:
            fixes = [one for finding in member.findings for one in finding.fix]
            return told(fixes[0], self.seen.family, self._kin) if fixes else ""
        return ""

    def _payers_of(self, person: str) -> tuple[str, ...]:
        return tuple(
            self._kin[tie.payer].word
            for tie in self._map.ties
            if tie.beneficiary == person and tie.stands and tie.payer != self._map.holder
        )

    def _rival(self, person: str) -> str:
        """The one this other payer also pays for."""
        ties = (tie for tie in self._map.ties if tie.payer == person and tie.in_conflict)
        return next((tie.beneficiary for tie in ties if tie.payer != self._map.holder), "")

    def _balance(self, person: str) -> Money:
        return self.seen.ledger.balance(person, self._day)

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of the rows of the table."""
        return tuple(self._members)

    @property
    def grid(self) -> Grid:
        """The same people as a table."""
        headers = (
            self.tr("家人"),
            self.tr("参保"),
            self.tr("与这个账户"),
            self.tr("绑定"),
            self.tr("今年共济"),
        )
        return Grid(headers, tuple(self._row(member) for member in self._map.members))

    def _row(self, member: Member) -> tuple[str | Money | None, ...]:
        since = self.tr("{day} 起").format(day=member.binding.since) if member.binding is not None else ""
        ended = member.binding is not None and member.binding.until is not None
        paid = member.paid if member.binding is not None else None
        return (
            self._money.person(self._kin[member.person.id].word, member.person.name),
            about_person(self.seen.book, member.person, self._day, self._home),
            self._standing(member) if member.standing is Standing.ENDED else self._status(member),
            self._span(member) if ended else since,
            paid,
        )

    # ----------------------------------------------------------------------------------------- the one chosen

    @property
    def inspector(self) -> Inspector:
        member = self._members[self.person]
        person, kin = member.person, self._kin[self.person]
        is_holder = member.standing is Standing.HOLDER
        number = person.id_number if person.id_number and not self._money.hidden else ""
        return Inspector(
            person=person.id,
            mark=kin.word[:1],
            who=self._money.person(kin.word, person.name),
            number=self._money.identity(number or ""),
            about=about_person(self.seen.book, person, self._day, self._home),
            standing=self._standing(member),
            fine=member.standing in {Standing.HOLDER, Standing.BOUND, Standing.OWN_ACCOUNT_FIRST},
            problems=tuple(self._problem(one) for one in self._findings(self.person)),
            paid_caption=self.tr("今年本人使用") if is_holder else self.tr("今年由本人账户共济"),
            paid=member.paid,
            account_caption=self.tr("{who}自己的账户").format(who=kin.word),
            account=self._balance(person.id) if person.account is not None else self.tr("没有登记"),
            bindings=tuple(self._binding_line(one) for one in self._bindings_of(member)),
            may_bind=self._may_bind(member),
        )

    def _findings(self, person: str) -> list[Finding]:
        """What concerns someone, the gravest first."""
        found = concerning(unmet(self.seen.ledger), self.seen.family, person, self._map.holder)
        return sorted(found, key=lambda one: list(Severity).index(one.severity))

    def _may_bind(self, member: Member) -> str:
        if member.standing is Standing.HOLDER:
            return "" if self.alone else self.tr("绑定家人")
        mine = member.binding
        if not member.person.alive_on(self._day):
            return ""
        if mine is None:
            return self.tr("绑定")
        over = mine.until is not None and mine.until < self._day
        return self.tr("重新绑定") if over else ""

    def _bindings_of(self, member: Member) -> Iterator[Binding]:
        """Those by which they are paid for, and by which they pay; the holder's are the whole graph."""
        person = member.person.id
        for one in self.seen.lived.bindings:
            if one.beneficiary == person or (one.payer == person and member.standing is not Standing.HOLDER):
                yield one

    def _binding_line(self, one: Binding) -> BindingLine:
        payer, beneficiary = self._kin[one.payer].word, self._kin[one.beneficiary].word
        span = (
            self.tr("{since} 起").format(since=one.since)
            if one.until is None
            else self.tr("{since} 至 {until}").format(since=one.since, until=one.until)
        )
        refused = one.id not in self.seen.ledger.standing
        state = self._state(one, refused=refused)
        words = self.tr("{payer}为{beneficiary}共济，{span}{state}")
        return BindingLine(
            id=one.id,
            sentence=words.format(payer=payer, beneficiary=beneficiary, span=span, state=state),
            holds=one.holds_on(self._day) and not refused,
            draft=refused or one.since > self._day,
        )

    def _state(self, one: Binding, *, refused: bool) -> str:
        if refused:
            return self.tr("，没有生效")
        if one.since > self._day:
            return self.tr("，还没有开始")
        return "" if one.holds_on(self._day) else self.tr("，已结束")

    def _standing(self, member: Member) -> str:
        """How they stand to the account, in a sentence."""
        return {
            Standing.HOLDER: self._holder_standing(),
            Standing.BOUND: self.tr("绑定有效，本人的账户可以为其支付"),
            Standing.OWN_ACCOUNT_FIRST: self.tr("绑定有效，先用自己的账户，用完再用本人的账户"),
            Standing.CONFLICT: self.tr("同时有两位共济人"),
            Standing.OTHER_PAYER: self.tr("另一位共济人，不用本人的账户"),
            Standing.REFUSED: self.tr("绑定没有生效，本人的账户不能为其支付"),
            Standing.ENDED: self.tr("绑定已结束，仍占累计名额"),
            Standing.NOT_BOUND: self.tr("没有绑定，本人的账户不为其支付"),
        }[member.standing]

    def _holder_standing(self) -> str:
        if not self._map.active:
            return self.tr("这个账户的主人，还没有为家人共济")
        return self.tr("这个账户的主人，为 {active} 位家人共济").format(active=self._map.active)

    def _problem(self, finding: Finding) -> Problem:
        family = self.seen.family
        return Problem(
            key=finding_key(finding),
            verdict=verdict_of(finding),
            sentence=told(finding.says, family, self._kin),
            basis=self._basis(finding),
            fixes=tuple(told(one, family, self._kin) for one in finding.fix),
            links=tuple((go.title, go.page, go.what) for go in places_of(self.seen, finding)),
        )

    def _basis(self, finding: Finding) -> tuple[tuple[str, str], ...]:
        known = basis(self.seen.book, finding.because)
        lines = [(self.tr("条款"), known.says), (self.tr("文件"), known.short)]
        if known.since is not None:
            lines.append((self.tr("适用"), self.tr("{day} 起").format(day=known.since)))
        sure = self.tr("{kind}，可信度{sure}").format(kind=known.kind, sure=known.confidence)
        lines.append((self.tr("来源"), sure))
        return tuple((caption, words) for caption, words in lines if words)

    # ------------------------------------------------------------------------------------------- what to do

    def ways(self, problem: str) -> tuple[Way, ...] | None:
        """The changes known to put it right; None while they are being looked for."""
        return None if self._ways is None else self._ways.get(problem, ())

    def _ask_ways(self) -> None:
        self._ways = None
        findings = self._findings(self.person)
        if findings:
            self._trying.ask(_ways_job(self.seen, findings))
        else:
            self._trying.drop()
            self._ways = {}

    def _take_ways(self, ways: dict[str, tuple[Way, ...]]) -> None:
        self._ways = ways
        self.ways_known.emit()

    def without_binding(self, binding: str) -> Change:
        return delete_binding(self.seen.family, binding)

    def without_person(self, person: str) -> Change | str:
        """A change, or why it cannot be."""
        outcome = remove_person(self.seen.family, person)
        return str(outcome.faults[0]) if isinstance(outcome, Refused) else outcome


def _ways_job(seen: Review, findings: list[Finding]) -> Job:
    """First what can be done, so that it stands there at once; then, one by one, what each would do."""

    def job(stop: threading.Event) -> Iterator[object]:
        ways: dict[str, tuple[Way, ...]] = {}
        for finding in findings:
            if stop.is_set():
                return
            ways[finding_key(finding)] = tuple(Way(fix.title, fix.change) for fix in fixes_of(seen, finding))
        yield dict(ways)
        for key, found in list(ways.items()):
            for number, way in enumerate(found):
                if stop.is_set():
                    return
                lines = money_lines(effect_of(seen, way.change.family))
                done = Way(way.title, way.change, lines)
                ways[key] = (*ways[key][:number], done, *found[number + 1 :])
                yield dict(ways)

    return job
