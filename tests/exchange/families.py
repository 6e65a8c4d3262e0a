"""随机的家庭。Families, visits and settlements drawn at random for the properties of this folder."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Credential, Facility, Level, Provider, Purpose, Setting, Visit
from desktop.domain.clause import Confidence
from desktop.domain.errand import Errand
from desktop.domain.event import Event, Matter
from desktop.domain.family import Family, Settings, Snooze
from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import Money
from desktop.domain.people import Coverage, History, Person, Scheme, Sex, Status
from desktop.domain.plan import (
    Chance,
    Dies,
    Enrols,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
    Risk,
    RuleChange,
    Scenario,
    Snapshot,
    premium_id,
)
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.domain.settlement import BURDEN, Part, Payment, PurseKind, Settlement, Slice, Year
from desktop.domain.wallet import WalletQuota, WalletTransfer

PEOPLE = ("me", "mum", "爸爸")

at_any_pace = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A slow machine is no fault of what is tested."""

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
notes = st.text(st.characters(categories=("L", "N"), include_characters="，。 "), max_size=20)
sums = st.integers(0, 10**9).map(Money)
areas = st.sampled_from(["430100", "430199", "430502", "439900"])
people_ids = st.sampled_from(PEOPLE)
maybe_until = st.none() | st.just(date(2100, 1, 1))


def _is_word(text: str) -> bool:
    """Whether a value of the law reads as a word: neither empty nor a number."""
    return bool(text.strip()) and not text.isascii()


@st.composite
def moments(draw: st.DrawFn) -> tuple[date, datetime | None]:
    day = draw(days)
    hour = draw(st.none() | st.times().map(lambda one: one.replace(microsecond=0)))
    return day, None if hour is None else datetime.combine(day, hour)


@st.composite
def charges(draw: st.DrawFn) -> Charges[Money]:
    own, limit, upfront, rest = draw(sums), draw(sums), draw(sums), draw(sums)
    whole = own + limit + upfront + rest
    fund = draw(st.none() | st.integers(0, rest).map(Money))
    return Charges(whole, own, limit, upfront, fund)


@st.composite
def providers(draw: st.DrawFn) -> Provider:
    kind = draw(st.sampled_from(Facility))
    level = draw(st.sampled_from(Level)) if kind is Facility.HOSPITAL else None
    return Provider(kind, draw(st.booleans()), draw(areas), level)


@st.composite
def visits(draw: st.DrawFn, name: str = "v1") -> Visit:
    on, at = draw(moments())
    return Visit(
        id=name,
        on=on,
        patient=draw(people_ids),
        setting=draw(st.sampled_from(Setting)),
        provider=draw(providers()),
        charges=draw(charges()),
        credential=draw(st.sampled_from(Credential)),
        use_account=draw(st.booleans()),
        prescribed=draw(st.booleans()),
        purpose=draw(st.sampled_from(Purpose)),
        at=at,
        note=draw(notes),
    )


@st.composite
def events(draw: st.DrawFn, prefix: str, refundable: tuple[str, ...] = ()) -> tuple[Event, ...]:
    drawn: list[Event] = [draw(visits(f"{prefix}{number}")) for number in range(draw(st.integers(0, 2)))]
    for number in range(draw(st.integers(0, 2))):
        on, at = draw(moments())
        year, amount, payer = (
            draw(st.integers(2000, 2100)),
            draw(st.none() | sums),
            draw(people_ids | st.none()),
        )
        drawn.append(
            PremiumPayment(
                *(f"{prefix}p{number}", on, draw(people_ids), year, amount, payer, at, draw(notes)),
                group=draw(st.sampled_from(PremiumGroup)),
            )
        )
    known = [*refundable, *(one.id for one in drawn)]
    if known:
        on, at = draw(moments())
        drawn.append(Refund(f"{prefix}r", on, draw(st.sampled_from(known)), at, draw(notes), draw(grounds)))
    drawn += [draw(matters(f"{prefix}m{number}")) for number in range(draw(st.integers(0, 2)))]
    return tuple(drawn)


grounds = st.none() | st.sampled_from(RefundGround)
some = st.integers(1, 10**9).map(Money)


@st.composite
def matters(draw: st.DrawFn, name: str) -> Matter:
    """Each of the eight kinds, with what is left out and what is said."""
    on, at = draw(moments())
    one, other = draw(st.permutations(PEOPLE))[:2]
    here, there = draw(st.permutations(["430100", "430199", "441900", "110000"]))[:2]
    since, until = sorted((draw(days), on))
    since = min(since, on)
    maybe, note = st.none() | some, draw(notes)
    drawn = draw(
        st.builds(WalletTransfer, *map(st.just, (name, on, one, other)), some, st.booleans())
        | st.builds(WalletQuota, *map(st.just, (name, on, one, other)), some)
        | st.builds(
            *(
                Enrolment,
                st.just(name),
                st.just(on),
                st.just(one),
                st.sampled_from(EnrolledAs),
                st.just(here),
            ),
            st.none() | sums,
        )
        | st.builds(ArrearsPaid, *map(st.just, (name, on, one, since, until)), maybe)
        | st.builds(
            AccountTransfer,
            *map(st.just, (name, on, one, here, there)),
            maybe,
            st.sampled_from([None, on, date(2100, 1, 1)]),
        )
        | st.builds(Retirement, *map(st.just, (name, on, one)), st.booleans())
        | st.just(Death(name, on, one))
        | st.builds(
            *(Payout, st.just(name), st.just(on), st.just(one), st.sampled_from(PayoutReason)),
            *(st.sampled_from([None, other]), some),
        )
        | st.just(Payout(name, on, one, PayoutReason.EMIGRATION))
    )
    return replace(drawn, at=at, note=note)


@st.composite
def histories(draw: st.DrawFn) -> History:
    until = draw(days)
    months = draw(st.integers(0, 600))
    local, deemed = draw(st.integers(0, months)), draw(st.integers(0, months))
    years = draw(st.lists(st.integers(2000, until.year + 1), max_size=4, unique=True))
    return History(until, months, local, deemed, tuple(years), tuple(years[:2]))


errands = st.lists(
    st.builds(
        Errand,
        id=st.sampled_from(["a", "b", "c"]),
        guide=st.just("transfer.in_province"),
        person=people_ids,
        begun=days,
        case=st.sampled_from(["", "flexible"]),
        done=st.sampled_from([(), (("apply", date(2026, 1, 1)), ("会合", date(2026, 2, 1)))]),
        papers=st.sampled_from([(), ("id_card", "proof")]),
        answers=st.sampled_from([(), (("from", "441900"), ("since", ""))]),
        starts_on=st.none() | days,
    ),
    max_size=2,
    unique_by=lambda one: one.id,
).map(tuple)


@st.composite
def bindings(draw: st.DrawFn, prefix: str) -> tuple[Binding, ...]:
    drawn = []
    for number in range(draw(st.integers(0, 2))):
        payer, beneficiary = draw(st.permutations(PEOPLE))[:2]
        relation, channel = draw(st.sampled_from(Relation)), draw(st.sampled_from(Channel))
        drawn.append(
            Binding(f"{prefix}{number}", payer, beneficiary, relation, channel, draw(days), draw(maybe_until))
        )
    return tuple(drawn)


@st.composite
def people(draw: st.DrawFn, name: str) -> Person:
    bases = st.lists(st.builds(Base, days, sums), max_size=2).map(tuple)
    accounts = st.builds(Account, bases=bases) | st.builds(Account, days, sums, bases)
    records = st.builds(Coverage, st.sampled_from(Scheme), st.sampled_from(Status), areas, days, maybe_until)
    return Person(
        id=name,
        name=name,
        coverage=tuple(draw(st.lists(records, max_size=2))),
        account=draw(st.none() | accounts),
        sex=draw(st.none() | st.sampled_from(Sex)),
        born=draw(st.none() | st.dates(date(1930, 1, 1), date(1999, 12, 31))),
        id_number=draw(st.none() | st.just("43010019850228002X")),
        relation=draw(st.none() | st.sampled_from(Relation)),
        history=draw(st.none() | histories()),
        retires_at=draw(st.sampled_from([None, 50, 55, 60])),
    )


spreads = st.decimals(0, 10, places=6)
premiums = st.builds(PlannedPremium, people_ids, people_ids | st.none(), maybe_until)
chances = st.builds(Chance, st.decimals(0, 1, places=3), spreads)
lives = st.lists(
    st.builds(Retires, people_ids, days)
    | st.builds(Moves, people_ids, days, areas)
    | st.builds(
        *(Enrols, people_ids, days, st.sampled_from(Scheme), st.sampled_from(Status)),
        *(areas, st.none() | sums),
    ),
    max_size=3,
    unique=True,
).map(tuple)
deaths = st.sampled_from([(), (Dies("mum", date(2100, 12, 31)),)])
rules = st.builds(
    RuleChange,
    st.sampled_from(["premium.personal", "no.such_rule"]),
    days,
    st.decimals(-(10**13), 10**13, places=4) | st.booleans() | notes.filter(_is_word),
    st.sampled_from([(), ("tertiary",), ("retired", "tertiary")]),
)
signed = st.integers(-(10**9), 10**9).map(Money)
snapshots = st.builds(
    Snapshot,
    scenario=st.sampled_from(["", "另一种", "早已删去"]),
    taken_on=st.dates(date(2000, 1, 1), date(2010, 1, 1)),
    until=st.dates(date(2020, 1, 1), date(2100, 1, 1)),
    account=people_ids,
    engine=st.just("0.1.0"),
    packs=st.lists(st.tuples(st.just("cn"), st.just("2026.1")), max_size=2).map(tuple),
    runs_out=st.none() | st.dates(date(2010, 1, 1), date(2020, 1, 1)),
    shortfall=st.none() | sums,
    lowest=st.none() | signed,
    cash=signed,
    by_others=signed,
    end=signed,
)
kept = st.lists(
    snapshots, max_size=3, unique_by=lambda one: (one.scenario, one.taken_on, one.until, one.account)
).map(tuple)


@st.composite
def whole_days(draw: st.DrawFn, *names: str) -> Visit:
    return replace(draw(visits(draw(st.sampled_from(names)))), at=None)


@st.composite
def bills(draw: st.DrawFn, *names: str) -> Recurring:
    every, until = draw(st.sampled_from(Rhythm)), draw(maybe_until)
    return Recurring(draw(whole_days(*names)), every, until, draw(st.none() | chances))


@st.composite
def plans(draw: st.DrawFn, prefix: str) -> Plan:
    several = range(1, 1 + draw(st.integers(0, 2)))
    a_year = st.decimals(0, 366, places=2)
    return Plan(
        recurring=tuple(draw(bills(f"recurring-{number}", f"{prefix}w{number}")) for number in several),
        expected=draw(events(f"{prefix}e")),
        premiums=tuple(draw(st.lists(premiums, max_size=2))),
        wage_growth=draw(st.decimals(Decimal("-0.5"), Decimal(1), places=4)),
        life=draw(lives) + draw(deaths),
        risks=tuple(
            Risk(draw(whole_days(f"risk-{number}", f"{prefix}s{number}")), draw(a_year), draw(spreads))
            for number in several
        ),
        illness=draw(st.decimals(0, 5, places=2)),
    )


@st.composite
def scenarios(draw: st.DrawFn, bound: tuple[Binding, ...], refundable: tuple[str, ...]) -> Scenario:
    own = draw(st.none() | plans("y"))
    known = [premium_id(one) for one in PEOPLE]
    if own is not None:
        known += [*(one.visit.id for one in own.recurring), *(one.visit.id for one in own.risks)]
    return Scenario(
        name="另一种",
        ends={one.id: draw(days) for one in bound},
        bindings=draw(bindings("c")),
        events=draw(events("x", refundable)),
        plan=own,
        premiums=tuple(draw(st.lists(premiums, max_size=2, unique_by=lambda one: one.insured))),
        recurring=tuple(draw(bills(f"o{number}")) for number in range(draw(st.integers(0, 2)))),
        leaves_out=tuple(draw(st.lists(st.sampled_from(known), max_size=3, unique=True))),
        life=draw(lives),
        rules=tuple(draw(st.lists(rules, max_size=2, unique_by=lambda one: (one.key, one.since, one.entry)))),
    )


@st.composite
def families(draw: st.DrawFn) -> Family:
    bound, happened = draw(bindings("b")), draw(events("v"))
    refundable = tuple(one.id for one in happened if isinstance(one, Visit | PremiumPayment))
    return Family(
        people=tuple(draw(people(name)) for name in PEOPLE),
        as_of=draw(days),
        bindings=bound,
        events=happened,
        name=draw(notes),
        settings=draw(
            st.builds(Settings, st.booleans(), st.none() | st.booleans(), st.none() | st.booleans())
        ),
        plan=draw(st.none() | plans("z")),
        scenarios=tuple(draw(st.lists(scenarios(bound, refundable), max_size=1))),
        holder=draw(st.sampled_from(["", *PEOPLE])),
        snoozes=draw(st.sampled_from([(), (Snooze("binding.two_payers 2025-01-05 b1 mum", draw(days)),)])),
        snapshots=draw(kept),
        errands=draw(errands),
    )


@dataclass(frozen=True)
class Says:
    """A clause for payments that nobody reads the reason of."""

    key: str = "own_account.pays_for"
    value: bool = True
    says: str = "个人账户支付个人负担的费用"
    since: date | None = None
    confidence: Confidence = Confidence.HIGH
    in_dispute: bool = False
    title: str = "通知"
    number: str = ""

    @property
    def source(self) -> "Says":
        return self


@st.composite
def cuts(draw: st.DrawFn, whole: Money, pieces: int) -> list[Money]:
    """A sum cut into pieces, some of them nothing."""
    marks = sorted(draw(st.lists(st.integers(0, whole), min_size=pieces - 1, max_size=pieces - 1)))
    return [Money(high - low) for low, high in zip([0, *marks], [*marks, whole], strict=True)]


@st.composite
def settlements(draw: st.DrawFn, name: str = "v1") -> Settlement:
    visit = draw(visits(name))
    charged = visit.charges
    inside = (Part.DEDUCTIBLE, Part.POOL, Part.COPAY, Part.CRITICAL)
    slices = [
        Slice(Part.OUT_OF_SCOPE, charged.out_of_scope),
        Slice(Part.UPFRONT, charged.upfront_copay),
        *(Slice(part, amount) for part, amount in zip(inside, draw(cuts(charged.in_scope, 4)), strict=True)),
    ]
    payments = []
    purses = [(PurseKind.OWN, visit.patient), (PurseKind.MUTUAL_AID, "me"), (PurseKind.MUTUAL_AID, "爸爸")]
    for one in slices:
        if one.part in BURDEN:
            paid = zip([*purses, (PurseKind.CASH, visit.patient)], draw(cuts(one.amount, 4)), strict=True)
            payments += [
                Payment(kind, holder, one.part, amount, None, Says())
                for (kind, holder), amount in paid
                if amount
            ]
    return Settlement(
        visit=visit,
        scheme=draw(st.none() | st.sampled_from(Scheme)),
        slices=tuple(slices),
        payments=tuple(payments),
        year=Year(Money(0), Money(0), Money(0), Money(0), Money(0)),
        balance_after=draw(sums),
    )
