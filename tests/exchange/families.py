"""随机的家庭。Families, visits and settlements drawn at random for the properties of this folder."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Credential, Facility, Level, Provider, Purpose, Setting, Visit
from desktop.domain.clause import Confidence
from desktop.domain.event import Event
from desktop.domain.family import Family, Settings, Snooze
from desktop.domain.money import Money
from desktop.domain.people import Coverage, Person, Scheme, Sex, Status
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm, Scenario
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import BURDEN, Part, Payment, PurseKind, Settlement, Slice, Year

PEOPLE = ("me", "mum", "爸爸")

at_any_pace = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A slow machine is no fault of what is tested."""

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
notes = st.text(st.characters(categories=("L", "N"), include_characters="，。 "), max_size=20)
sums = st.integers(0, 10**9).map(Money)
areas = st.sampled_from(["430100", "430199", "430502", "439900"])
people_ids = st.sampled_from(PEOPLE)
maybe_until = st.none() | st.just(date(2100, 1, 1))


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
            PremiumPayment(f"{prefix}p{number}", on, draw(people_ids), year, amount, payer, at, draw(notes))
        )
    known = [*refundable, *(one.id for one in drawn)]
    if known:
        on, at = draw(moments())
        drawn.append(Refund(f"{prefix}r", on, draw(st.sampled_from(known)), at, draw(notes)))
    return tuple(drawn)


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
        born=draw(st.none() | days),
        id_number=draw(st.none() | st.just("43010019850228002X")),
        relation=draw(st.none() | st.sampled_from(Relation)),
    )


@st.composite
def plans(draw: st.DrawFn, prefix: str) -> Plan:
    recurring = []
    for number in range(1, draw(st.integers(0, 2)) + 1):
        visit = draw(visits(draw(st.sampled_from([f"recurring-{number}", f"{prefix}w{number}"]))))
        whole_days = Visit(**{name: getattr(visit, name) for name in Visit.__slots__ if name != "at"})
        recurring.append(Recurring(whole_days, draw(st.sampled_from(Rhythm)), draw(maybe_until)))
    premiums = st.lists(st.builds(PlannedPremium, people_ids, people_ids | st.none()), max_size=2)
    growth = st.decimals(Decimal("-0.5"), Decimal(1), places=4)
    return Plan(tuple(recurring), draw(events(f"{prefix}e")), tuple(draw(premiums)), draw(growth))


@st.composite
def families(draw: st.DrawFn) -> Family:
    bound, happened = draw(bindings("b")), draw(events("v"))
    refundable = tuple(one.id for one in happened if not isinstance(one, Refund))
    scenario = Scenario(
        name="另一种",
        ends={one.id: draw(days) for one in bound},
        bindings=draw(bindings("c")),
        events=draw(events("x", refundable)),
        plan=draw(st.none() | plans("y")),
    )
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
        scenarios=draw(st.sampled_from([(), (scenario,)])),
        holder=draw(st.sampled_from(["", *PEOPLE])),
        snoozes=draw(st.sampled_from([(), (Snooze("binding.two_payers 2025-01-05 b1 mum", draw(days)),)])),
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
