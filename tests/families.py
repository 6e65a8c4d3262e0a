"""家庭。Small families put together by hand, and families of every kind drawn at random."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Credential, Facility, Level, Provider, Purpose, Setting, Visit
from desktop.domain.event import Event
from desktop.domain.family import Family, Settings
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.plan import Plan, Snapshot
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.policy.book import Book
from desktop.policy.reader import read_packs

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
FIRST, LAST = date(2022, 6, 1), date(2026, 12, 31)
LONG_AGO = date(2010, 1, 1)
CHANGSHA, ZHUZHOU, SHAOYANG, ELSEWHERE = "430100", "430200", "430500", "110100"
SUZHOU, HEFEI, GUANGZHOU = "320500", "340100", "440100"
BY_TRANSFER, BY_QUOTA = date(2025, 10, 10), date(2026, 2, 10)
"""A day under each regime of the wallet, on which Hunan is on-line."""


@cache
def shipped() -> Book:
    """The packs that come with the program."""
    return Book(read_packs(RESOURCES / "policy"))


# --------------------------------------------------------------------------------------------------- by hand


def yuan(amount: int | str) -> Money:
    return Money.yuan(amount)


def account(balance: int = 0, on: date = date(2025, 1, 1), base: int | None = None) -> Account:
    return Account(on, yuan(balance), () if base is None else (Base(LONG_AGO, yuan(base)),))


def worker(
    name: str = "me",
    balance: int | None = 1000,
    *,
    status: Status = Status.ACTIVE,
    area: str = CHANGSHA,
    base: int | None = None,
    opened: date = date(2025, 1, 1),
) -> Person:
    """An employee; `balance` None: with no account on record."""
    held = None if balance is None else account(balance, opened, base)
    return Person(name, name, (Coverage(Scheme.EMPLOYEE, status, area, LONG_AGO),), held)


def resident(name: str = "mum", *, status: Status = Status.ACTIVE, area: str = CHANGSHA) -> Person:
    return Person(name, name, (Coverage(Scheme.RESIDENT, status, area, LONG_AGO),))


def bound(
    payer: str = "me",
    beneficiary: str = "mum",
    since: date = date(2025, 1, 5),
    *,
    name: str = "",
    relation: Relation = Relation.PARENT,
    channel: Channel = Channel.IN_PROVINCE,
    until: date | None = None,
) -> Binding:
    return Binding(name or f"{payer}-{beneficiary}", payer, beneficiary, relation, channel, since, until)


def hospital(level: Level = Level.TERTIARY, *, designated: bool = True, area: str = CHANGSHA) -> Provider:
    return Provider(Facility.HOSPITAL, designated, area, level)


def charged(
    fee: int | str,
    *,
    own: int = 0,
    over_limit: int = 0,
    upfront: int = 0,
    fund: int | None = None,
) -> Charges[Money]:
    return Charges(
        yuan(fee), yuan(own), yuan(over_limit), yuan(upfront), None if fund is None else yuan(fund)
    )


def visit(
    name: str = "v1",
    on: date = date(2025, 3, 1),
    patient: str = "mum",
    charges: Charges[Money] | None = None,
    *,
    setting: Setting = Setting.OUTPATIENT,
    provider: Provider | None = None,
    use_account: bool = True,
) -> Visit:
    """A visit whose fund part is printed as nothing, unless its charges say otherwise."""
    return Visit(
        name,
        on,
        patient,
        setting,
        provider or hospital(),
        charged(100, fund=0) if charges is None else charges,
        use_account=use_account,
    )


def through_wallet(
    payer: str = "me", beneficiary: str = "mum", since: date = BY_TRANSFER, *, until: date | None = None
) -> Binding:
    return bound(
        payer, beneficiary, since, channel=Channel.WALLET, until=until, name=f"{payer}>{beneficiary}"
    )


def sent(
    amount: int = 100,
    on: date = BY_TRANSFER,
    payer: str = "me",
    beneficiary: str = "mum",
    *,
    name: str = "t1",
    accepted: bool = True,
    hour: int | None = 12,
) -> WalletTransfer:
    at = None if hour is None else datetime.combine(on, time(hour))
    return WalletTransfer(name, on, payer, beneficiary, yuan(amount), accepted, at)


def quota(
    amount: int = 100, on: date = BY_QUOTA, payer: str = "me", beneficiary: str = "mum", *, name: str = "q1"
) -> WalletQuota:
    return WalletQuota(name, on, payer, beneficiary, yuan(amount))


def family(
    *people: Person,
    bindings: tuple[Binding, ...] = (),
    events: tuple[Event, ...] = (),
    as_of: date = date(2025, 12, 31),
    credit_monthly: bool = False,
    plan: Plan | None = None,
) -> Family:
    return Family(
        people, as_of, bindings, events, settings=Settings(credit_monthly=credit_monthly), plan=plan
    )


def snapshot(scenario: str = "", on: date = date(2026, 3, 1), account: str = "me") -> Snapshot:
    """What a scenario came to on a day: it falls short in the second year."""
    return Snapshot(
        scenario=scenario,
        taken_on=on,
        until=date(on.year + 5, 12, 31),
        account=account,
        engine="0.1.0",
        packs=(("cn", "2026.1"), ("cn-43", "2026.1")),
        runs_out=date(on.year + 2, 5, 1),
        shortfall=yuan("115.65"),
        lowest=yuan("4072.35"),
        cash=yuan("12679.65"),
        by_others=yuan("-30.00"),
        end=yuan(166),
    )


# ------------------------------------------------------------------------------------------------- at random

NAMES = ("an", "bo", "cai", "du", "er")

days = st.dates(FIRST, LAST)
sums = st.integers(0, 3_000_000).map(Money)
small_sums = st.integers(0, 60_000).map(Money)
areas = st.sampled_from(
    [CHANGSHA, "430199", ZHUZHOU, "430300", "430400", SHAOYANG, "431000", "433100", "439900", ELSEWHERE]
)
settings = st.builds(Settings, st.booleans(), st.none() | st.booleans(), st.none() | st.booleans())


@st.composite
def coverage(draw: st.DrawFn) -> tuple[Coverage, ...]:
    """Stretches one after another, with or without a gap; now and then one that overlaps."""
    stretches: list[Coverage] = []
    since = draw(st.sampled_from([date(2015, 1, 1), FIRST]) | days)
    for _ in range(draw(st.integers(0, 3))):
        until = draw(st.none() | st.dates(since, LAST))
        scheme = draw(st.sampled_from([Scheme.EMPLOYEE, Scheme.EMPLOYEE, Scheme.RESIDENT, Scheme.NONE]))
        status = draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, *Status]))
        stretches.append(Coverage(scheme, status, draw(areas), since, until))
        since = draw(st.dates(since if until is None else until, LAST))
    return tuple(stretches)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    bases = st.lists(st.builds(Base, st.just(LONG_AGO) | days, sums), max_size=2)
    return Account(draw(st.just(FIRST) | days), draw(st.just(NOTHING) | small_sums), tuple(draw(bases)))


@st.composite
def people(draw: st.DrawFn, name: str) -> Person:
    return Person(name, name, draw(coverage()), draw(st.none() | accounts()))


@st.composite
def bindings(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> Binding:
    payer, beneficiary = draw(st.permutations(names))[:2]
    since = draw(days)
    return Binding(
        name,
        payer,
        beneficiary,
        draw(st.sampled_from([Relation.PARENT, Relation.SPOUSE, Relation.CHILD, *Relation])),
        draw(st.sampled_from([Channel.IN_PROVINCE, Channel.IN_PROVINCE, Channel.WALLET])),
        since,
        draw(st.none() | st.dates(since, LAST)),
    )


@st.composite
def receipts(draw: st.DrawFn) -> Charges[Money]:
    own, over_limit, upfront, inside = draw(small_sums), draw(small_sums), draw(small_sums), draw(sums)
    fee = own + over_limit + upfront + inside
    return Charges(fee, own, over_limit, upfront, draw(st.none() | st.integers(0, fee).map(Money)))


@st.composite
def providers(draw: st.DrawFn, setting: Setting) -> Provider:
    designated = draw(st.sampled_from([True, True, True, False]))
    if setting is Setting.PHARMACY:
        return Provider(Facility.PHARMACY, designated, draw(areas))
    return Provider(Facility.HOSPITAL, designated, draw(areas), draw(st.sampled_from(Level)))


@st.composite
def visits(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> Visit:
    setting = draw(st.sampled_from(Setting))
    return Visit(
        name,
        draw(days),
        draw(st.sampled_from(names)),
        setting,
        draw(providers(setting)),
        draw(receipts()),
        draw(st.sampled_from([Credential.OWN, Credential.OWN, Credential.OTHER])),
        use_account=draw(st.sampled_from([True, True, True, False])),
        prescribed=draw(st.booleans()),
        purpose=draw(st.sampled_from([Purpose.TREATMENT, Purpose.TREATMENT, *Purpose])),
    )


@st.composite
def premiums(draw: st.DrawFn, name: str, names: tuple[str, ...], *, in_cash: bool) -> PremiumPayment:
    on = draw(days)
    return PremiumPayment(
        name,
        on,
        draw(st.sampled_from(names)),
        draw(st.sampled_from([on.year, on.year + 1])),
        draw(st.none() | small_sums),
        None if in_cash else draw(st.none() | st.sampled_from(names)),
    )


@st.composite
def families(draw: st.DrawFn, *, refunds: bool = True, premiums_in_cash: bool = False) -> Family:
    """Every family a document may hold, without what it plans."""
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    events: list[Event] = [draw(visits(f"v{number}", names)) for number in range(draw(st.integers(0, 6)))]
    events += [
        draw(premiums(f"p{number}", names, in_cash=premiums_in_cash))
        for number in range(draw(st.integers(0, 2)))
    ]
    for number in range(draw(st.integers(0, 2)) if refunds and events else 0):
        of = draw(st.sampled_from(events[: len(events) - number]))
        events.append(Refund(f"r{number}", draw(st.dates(of.on, LAST)), of.id))
    return Family(
        people=tuple(draw(people(name)) for name in names),
        as_of=draw(days),
        bindings=tuple(draw(bindings(f"b{number}", names)) for number in range(draw(st.integers(0, 5)))),
        events=tuple(draw(st.permutations(events))),
        settings=draw(settings),
    )


WALLET_DAYS = st.dates(date(2025, 9, 22), LAST)
_seldom = st.sampled_from([False, False, False, True])


@st.composite
def gifts(draw: st.DrawFn, name: str, between: Binding) -> WalletTransfer | WalletQuota:
    """Mostly what the regime of the day allows."""
    on = draw(st.dates(between.since, LAST))
    amount = draw(st.integers(0, 60_000).map(Money))
    if (on >= date(2026, 1, 9)) is not draw(_seldom):
        return WalletQuota(name, on, between.payer, between.beneficiary, amount)
    return WalletTransfer(name, on, between.payer, between.beneficiary, amount, not draw(_seldom))


@st.composite
def insured(draw: st.DrawFn, name: str, scheme: Scheme) -> Person:
    """Someone who may move or stop being insured once; with an account, if an employee."""
    area = draw(st.sampled_from([CHANGSHA, ZHUZHOU, SUZHOU, HEFEI]))
    stays = [Coverage(scheme, Status.ACTIVE, area, date(2015, 1, 1))]
    if draw(_seldom):
        last = draw(st.dates(date(2025, 12, 1), LAST))
        stays = [replace(stays[0], until=last)]
        if draw(st.booleans()):
            stays.append(Coverage(scheme, Status.ACTIVE, draw(st.sampled_from([CHANGSHA, SUZHOU])), last))
    held = (
        Account(FIRST, Money(draw(st.sampled_from([0, 50_000, 90_000, 200_000]))))
        if scheme is Scheme.EMPLOYEE
        else None
    )
    return Person(name, name, tuple(stays), held)


@st.composite
def shared_visits(draw: st.DrawFn, name: str) -> Visit:
    """One that an account may pay for, with the fund's part on the receipt."""
    parts = [draw(st.integers(0, 30_000).map(Money)) for _ in range(4)]
    charges = Charges(total(parts), parts[0], parts[1], parts[2], fund_paid=NOTHING)
    on, patient = draw(WALLET_DAYS), draw(st.sampled_from(["an", "bo", "cai", "cai"]))
    return visit(name, on, patient, charges, setting=draw(st.sampled_from(Setting)))


@st.composite
def wallet_families(draw: st.DrawFn) -> Family:
    """Two workers and a resident who share through the wallet, and perhaps in the province too."""
    an, bo = draw(insured("an", Scheme.EMPLOYEE)), draw(insured("bo", Scheme.EMPLOYEE))
    cai = draw(insured("cai", Scheme.RESIDENT))
    names = ("an", "bo", "cai")
    first = st.just(date(2025, 9, 22)) | WALLET_DAYS
    shared = [
        through_wallet(*pair, draw(first))
        for pair in (("an", "cai"), ("bo", "cai"), ("an", "bo"), ("bo", "an"))
        if draw(st.booleans())
    ] or [through_wallet("an", "cai", draw(first))]
    shared = [replace(one, until=draw(st.dates(one.since, LAST))) if draw(_seldom) else one for one in shared]
    beside = [bound("an", "cai", name="beside")] if draw(st.booleans()) else []
    events: list[Event] = [
        draw(gifts(f"g{number}", draw(st.sampled_from(shared)))) for number in range(draw(st.integers(1, 6)))
    ]
    events += [draw(shared_visits(f"v{number}")) for number in range(draw(st.integers(0, 5)))]
    if draw(st.booleans()):
        on = draw(st.dates(date(2025, 12, 1), date(2026, 1, 31)))
        events.append(PremiumPayment("p1", on, "cai", 2026, paid_from=draw(st.sampled_from(names))))
    for number in range(draw(st.integers(0, 2))):
        of = draw(st.sampled_from(events))
        events.append(Refund(f"r{number}", draw(st.dates(of.on, LAST)), of.id))
    return Family(
        people=(an, bo, cai),
        as_of=draw(WALLET_DAYS),
        bindings=(*shared, *beside),
        events=tuple(draw(st.permutations(events))),
        settings=draw(settings),
    )


def with_events(base: Family, *events: Event) -> Family:
    return replace(base, events=events)
