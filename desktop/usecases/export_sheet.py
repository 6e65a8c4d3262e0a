"""导出表格。A family as spreadsheets: its lines, its people and bindings, and what the rules say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.premium import PremiumPayment
from desktop.domain.settlement import PremiumPaid
from desktop.domain.terms import label
from desktop.exchange.sheet_out import Column, Leaf, Table, Width
from desktop.planning.timeline import holder_of
from desktop.usecases.account_lines import OF_A_PERSON, account_lines
from desktop.usecases.kin import insured_on, kinship, told, without_names
from desktop.usecases.matter_words import told_of
from desktop.usecases.matters import is_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.binding import Binding
    from desktop.domain.event import Event
    from desktop.domain.finding import Finding
    from desktop.domain.people import Person
    from desktop.domain.settlement import EntryKind
    from desktop.domain.text import Text
    from desktop.exchange.sheet_out import Value
    from desktop.planning.ledger import Ledger
    from desktop.usecases.account_lines import Line

_LINES = (
    Column("日期", Width.DAY),
    Column("类别", Width.DAY),
    Column("就诊人"),
    Column("关系"),
    Column("摘要", Width.LONG),
    Column("医院等级", Width.DAY),
    Column("就医地"),
    *(Column(title, Width.MONEY) for title in ("医疗费总额", "全自费", "超限价自费", "先行自付")),
    *(Column(title, Width.MONEY) for title in ("统筹支付", "本人账户", "家庭共济", "现金")),
    *(Column(title, Width.MONEY) for title in ("账户变动", "账户余额")),
    Column("参保年度"),
    Column("支付人"),
)
_PEOPLE = (
    Column("姓名"),
    Column("关系"),
    Column("性别"),
    Column("出生日期", Width.DAY),
    Column("参保", Width.DAY),
    Column("参保地"),
    Column("账户余额", Width.MONEY),
)
_BINDINGS = (
    Column("共济人"),
    Column("使用人"),
    Column("使用人是共济人的", Width.DAY),
    Column("渠道", Width.DAY),
    Column("起始日", Width.DAY),
    Column("终止日", Width.DAY),
)
_FINDINGS = (
    Column("判断"),
    Column("日期", Width.DAY),
    Column("说明", Width.LONG),
    Column("依据", Width.LONG),
    Column("可信度"),
    Column("怎么办", Width.LONG),
)
_CASH = "现金"


def masked_name(word: str, name: str) -> str:
    """母亲 刘*: what someone is, and of the name the first character."""
    return f"{word} {name[:1]}{'*' * (len(name) - 1)}"


def lines_table(ledger: Ledger, *, masked: bool) -> Table:
    """流水: every line with the balance of the holder's account after it; the import reads it back."""
    writer = _Writer(ledger, masked=masked)
    lines = account_lines(ledger, writer.holder, unsettled=True)
    return Table(_LINES, tuple(writer.line(line) for line in lines))


def leaves(ledger: Ledger, *, masked: bool) -> tuple[Leaf, ...]:
    """The sheets of a workbook: 流水, 家人与绑定, 合规."""
    writer, family = _Writer(ledger, masked=masked), ledger.lived
    people = Table(_PEOPLE, tuple(writer.person(one) for one in family.people))
    bindings = Table(_BINDINGS, tuple(writer.binding(one) for one in family.bindings))
    findings = Table(_FINDINGS, tuple(writer.finding(one) for one in ledger.findings))
    return (
        Leaf("流水", (lines_table(ledger, masked=masked),)),
        Leaf("家人与绑定", (people, bindings)),
        Leaf("合规", (findings,)),
    )


class _Writer:
    """Rows of one ledger, with names or with what people are to the holder."""

    def __init__(self, ledger: Ledger, *, masked: bool) -> None:
        self._ledger, self._family, self._masked = ledger, ledger.family, masked
        self.holder = holder_of(ledger.family)
        self._known = kinship(ledger.family, self.holder)
        self._balances = ledger.balances()
        self._events = {event.id: event for event in ledger.family.events}

    def line(self, line: Line) -> tuple[Value, ...]:
        event = self._events.get(line.event) if line.kind not in OF_A_PERSON else None
        return (
            line.on,
            _kind(line.kind, event),
            self._name(line.person),
            self._known[line.person].word,
            self._summary(line, event),
            *_provider(event),
            *self._cost(line, event),
            line.fund,
            line.own,
            line.mutual_aid,
            line.cash,
            line.change,
            line.balance,
            event.benefit_year if isinstance(event, PremiumPayment) else None,
            self._payer(line, event),
        )

    def _summary(self, line: Line, event: Event | None) -> str:
        """What was noted; of a matter first what it was."""
        note = self._words(line.note)
        if not is_matter(event) or event.on != line.on:
            return note
        told = str(told_of(event, {person.id: self._name(person.id) for person in self._family.people}))
        return f"{told}（{note}）" if note else told

    @staticmethod
    def _cost(line: Line, event: Event | None) -> Iterator[Value]:
        """The receipt's own sums; of a line that is no visit only what it cost in all."""
        if isinstance(event, Visit):
            charges = event.charges
            yield charges.total_fee
            yield from (charges.fully_self_funded, charges.over_limit_self_funded, charges.upfront_copay)
        else:
            yield event.amount if isinstance(event, PremiumPayment) and event.amount else line.total_fee
            yield from (None, None, None)

    def _payer(self, line: Line, event: Event | None) -> str:
        if not isinstance(event, PremiumPayment):
            return ""
        holder = line.what.holder if isinstance(line.what, PremiumPaid) else event.paid_from
        return _CASH if holder is None else self._name(holder)

    def person(self, person: Person) -> tuple[Value, ...]:
        coverage = person.coverage_on(self._family.as_of)
        return (
            self._name(person.id),
            self._known[person.id].word,
            "" if person.sex is None else label(person.sex),
            None if self._masked else person.born,
            insured_on(person, self._family.as_of),
            "" if coverage is None else coverage.area,
            self._balances.get(person.id) if person.account is not None else None,
        )

    def binding(self, binding: Binding) -> tuple[Value, ...]:
        return (
            self._name(binding.payer),
            self._name(binding.beneficiary),
            label(binding.relation),
            label(binding.channel),
            binding.since,
            binding.until,
        )

    def finding(self, finding: Finding) -> tuple[Value, ...]:
        source = finding.because.source
        return (
            label(finding.severity),
            finding.on,
            self._sentence(finding.says),
            f"{source.title}{source.number}" or finding.because.says,
            label(finding.because.confidence),
            "；".join(self._sentence(fix) for fix in finding.fix),
        )

    # ---------------------------------------------------------------------------------------------- names

    def _name(self, person: str) -> str:
        name = self._family.person(person).name
        return masked_name(self._known[person].word, name) if self._masked else name

    def _words(self, words: str) -> str:
        return without_names(words, self._family, self._known) if self._masked else words

    def _sentence(self, sentence: Text) -> str:
        return told(sentence, self._family, self._known) if self._masked else str(sentence)


def _kind(kind: EntryKind, event: Event | None) -> str:
    return label(event.setting) if isinstance(event, Visit) else label(kind)


def _provider(event: Event | None) -> tuple[str, str]:
    if not isinstance(event, Visit):
        return "", ""
    provider = event.provider
    return "" if provider.level is None else label(provider.level), provider.area
