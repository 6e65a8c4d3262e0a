"""当日之法。The terms one settlement needs, named, so that a missing one fails before any money moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from desktop.domain.care import Level, Setting
from desktop.domain.money import Money, Rate
from desktop.domain.people import Coverage, Scheme, Status
from desktop.domain.settlement import BURDEN, Part
from desktop.policy.policy import NotCovered, Policy, Term, Unpublished

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from decimal import Decimal

    from desktop.domain.clause import Clause
    from desktop.domain.family import Settings
    from desktop.policy.pack import Value

T = TypeVar("T")


class Segment(NamedTuple):
    """大病保险的一段: from a sum to a sum (None: no end), and the share that is paid."""

    since: Money
    until: Money | None
    share: Rate


@dataclass(frozen=True, slots=True)
class CriticalLaw:
    """大病保险。`segments` counts from the deductible where `from_deductible`, else from nothing."""

    deductible: Term[Money]
    segments: Term[tuple[Segment, ...]]
    ceiling: Term[Money]
    from_deductible: bool
    raised_by: tuple[Clause, ...] = ()
    """What raised the ceiling for this patient."""

    @property
    def terms(self) -> tuple[Clause, ...]:
        return (self.deductible, self.segments, self.ceiling, *self.raised_by)


@dataclass(frozen=True)
class TreatmentLaw:
    """待遇。What the fund pays of one kind of visit, for one kind of insured, at one level of hospital."""

    deductible: Term[Money]
    pool_share: Term[Rate]
    ceiling: Term[Money] | None = None
    deductible_year: Term[Money] | None = None
    later_stay_share: Term[Rate] | None = None
    monthly_quota: Term[Money] | None = None
    critical: CriticalLaw | None = None
    per_stay: bool = False
    later_stay_by_level: bool = True

    def with_bonus(self, amount: Money, because: tuple[Clause, ...]) -> TreatmentLaw:
        """The same with a higher ceiling of critical illness insurance."""
        if self.critical is None or not amount:
            return self
        ceiling = self.critical.ceiling
        raised = ceiling.with_value(ceiling.value + amount)
        return replace(self, critical=replace(self.critical, ceiling=raised, raised_by=because))

    @cached_property
    def deductible_terms(self) -> tuple[Clause, ...]:
        return _given(self.deductible, self.deductible_year, self.later_stay_share)

    @cached_property
    def pool_terms(self) -> tuple[Clause, ...]:
        return _given(self.pool_share, self.ceiling, self.monthly_quota)


@dataclass(frozen=True, slots=True)
class PurseLaw:
    """各账户可以支付的部分: for each part of the burden whether the purse pays it, and by which term."""

    own_account: Mapping[Part, Term[bool]]
    mutual_aid: Mapping[Part, Term[bool]]
    cash: Mapping[Part, Term[bool]]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WalletLaw:
    """医保钱包和共济额度可以支付的部分, and their place in the order of all purses."""

    pays_for: Mapping[Part, Term[bool]]
    order: Term[tuple[str, ...]]


class Law:
    """What rules ask of the law in one area over one stretch of days; answers are kept."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._kept: dict[Hashable, object] = {}

    def treatment(self, coverage: Coverage, setting: Setting, level: Level | None) -> TreatmentLaw:
        """Raises `NotCovered` where a needed value is missing."""
        asked = (coverage.scheme, coverage.status, setting, level)
        return self._keep(asked, lambda: self._treatment(coverage, setting, level))

    def purses(self, settings: Settings) -> PurseLaw:
        return self._keep(settings, lambda: self._purses(settings))

    def wallet(self, settings: Settings) -> WalletLaw:
        """Asked only where there is a wallet or a quota. Raises `NotCovered` before there was any."""
        return self._keep(("wallet", settings), lambda: self._wallet(settings))

    @cached_property
    def wallet_channel(self) -> str:
        """医保钱包的办法, as packs name it: of two regimes the one that holds; empty before there was any."""
        held = ("wallet_quota", "wallet_transfer")
        return next((one for one in held if self._has_wallet(one)), "")

    def _has_wallet(self, channel: str) -> bool:
        return self.optional(lambda: self.policy.flag("wallet.money_moves", channel=channel)) is not None

    def optional(self, ask: Callable[[], T]) -> T | None:
        """For what need not be ruled everywhere: a limit nobody set is no limit, an unpublished one is."""
        try:
            return ask()
        except Unpublished:
            raise
        except NotCovered:
            return None

    def _keep(self, asked: Hashable, make: Callable[[], T]) -> T:
        if asked not in self._kept:
            self._kept[asked] = make()
        return cast("T", self._kept[asked])

    def _treatment(self, coverage: Coverage, setting: Setting, level: Level | None) -> TreatmentLaw:
        basic = {
            Setting.INPATIENT: self._inpatient,
            Setting.CHRONIC: self._chronic,
            Setting.PHARMACY: self._pharmacy,
        }.get(setting, self._outpatient)
        return basic(coverage.scheme, group_of(coverage), level or "")

    def _outpatient(self, scheme: Scheme, group: str, level: str) -> TreatmentLaw:
        # 急诊未转住院的，按门诊统筹支付。
        policy, file = self.policy, f"{scheme}_outpatient"
        return TreatmentLaw(
            deductible=policy.money(f"{file}.deductible", group, level),
            deductible_year=self.optional(lambda: policy.money(f"{file}.deductible_year", group, level)),
            pool_share=policy.rate(f"{file}.pool_share", group, level),
            ceiling=policy.money(f"{file}.ceiling", group, level),
        )

    def _pharmacy(self, scheme: Scheme, group: str, _level: str) -> TreatmentLaw:
        # 定点药店的门诊统筹，与门诊合用一个年度最高支付限额。
        policy = self.policy
        return TreatmentLaw(
            deductible=policy.money("pharmacy.deductible", group),
            pool_share=policy.rate("pharmacy.pool_share", group),
            ceiling=policy.money(f"{scheme}_outpatient.ceiling", group),
        )

    def _chronic(self, scheme: Scheme, group: str, _level: str) -> TreatmentLaw:
        policy = self.policy
        return TreatmentLaw(
            deductible=policy.money("chronic.deductible", group),
            pool_share=policy.rate("chronic.pool_share", group),
            monthly_quota=self.optional(lambda: policy.money("chronic.monthly_quota", group)),
            critical=self._critical(scheme),
        )

    def _inpatient(self, scheme: Scheme, group: str, level: str) -> TreatmentLaw:
        policy, file = self.policy, f"{scheme}_inpatient"
        return TreatmentLaw(
            deductible=policy.money(f"{file}.deductible", group, level),
            deductible_year=self.optional(lambda: policy.money(f"{file}.deductible_year", group, level)),
            later_stay_share=self.optional(lambda: policy.rate(f"{file}.later_stay_share", group, level)),
            pool_share=policy.rate(f"{file}.pool_share", group, level),
            ceiling=policy.money(f"{file}.ceiling", group, level),
            critical=self._critical(scheme),
            per_stay=True,
            later_stay_by_level=self._later_stay_by_level(file),
        )

    def _later_stay_by_level(self, file: str) -> bool:
        rule = self.optional(lambda: self.policy.flag(f"{file}.later_stay_by_level"))
        return rule is None or rule.value

    def _critical(self, scheme: Scheme) -> CriticalLaw:
        policy, file = self.policy, f"{scheme}_critical"
        segments = policy.term(f"{file}.segments")
        return CriticalLaw(
            deductible=policy.money(f"{file}.deductible"),
            segments=segments.with_value(_segments(segments.value)),
            ceiling=policy.money(f"{file}.ceiling"),
            from_deductible=policy.word(f"{file}.segment_origin").value == "after_deductible",
        )

    def _purses(self, settings: Settings) -> PurseLaw:
        policy = self.policy
        order = policy.words("mutual_aid.purse_order", channel="in_province")
        return PurseLaw(
            own_account=_parts(
                policy.words("own_account.pays_for"), out_of_scope=settings.own_account_pays_out_of_scope
            ),
            mutual_aid=_parts(
                policy.words("mutual_aid.pays_for", channel="in_province"),
                out_of_scope=settings.mutual_aid_pays_out_of_scope,
            ),
            order=order.value,
            cash=dict.fromkeys(BURDEN, order.with_value(True)),
        )

    def _wallet(self, settings: Settings) -> WalletLaw:
        policy, channel = self.policy, self.wallet_channel
        return WalletLaw(
            pays_for=_parts(
                policy.words("mutual_aid.pays_for", channel=channel),
                out_of_scope=settings.mutual_aid_pays_out_of_scope,
            ),
            order=policy.words("mutual_aid.purse_order", channel=channel),
        )


def _given(*terms: Clause | None) -> tuple[Clause, ...]:
    return tuple(term for term in terms if term is not None)


def group_of(coverage: Coverage) -> str:
    """Under which name a table lists this person: residents apart, and all who still contribute together."""
    if coverage.scheme is Scheme.RESIDENT:
        return "resident"
    return "retired" if coverage.status is Status.RETIRED else "active"


def _segments(value: Value) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            since=Money.yuan(one["from"]),
            until=Money.yuan(one["to"]) if "to" in one else None,
            share=Rate.of(one["share"]),
        )
        for one in cast("tuple[Mapping[str, Decimal], ...]", value)
    )


def _parts(term: Term[tuple[str, ...]], *, out_of_scope: bool | None) -> dict[Part, Term[bool]]:
    """Which parts a purse pays; on 目录外自费 the family's own setting goes before the pack."""
    contested = {
        part
        for other in term.disputed
        for part in set(term.value) ^ set(cast("tuple[str, ...]", other.value))
    }
    pays = {part: part.value in term.value for part in BURDEN}
    if out_of_scope is not None:
        pays[Part.OUT_OF_SCOPE] = out_of_scope
    return {part: replace(term.with_value(pays[part]), in_dispute=part.value in contested) for part in BURDEN}
