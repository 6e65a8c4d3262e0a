"""小票。What the slip of one settled bill says: its lines as on a receipt, and what is worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from desktop.domain.settlement import PurseKind
from desktop.usecases.kin import kinship, told
from desktop.usecases.receipt import receipt
from desktop.usecases.report_grounds import rank
from desktop.usecases.scenario_code import encode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.care import Level, Setting
    from desktop.domain.money import Money
    from desktop.domain.settlement import Settlement
    from desktop.usecases.receipt import ReceiptRow
    from desktop.usecases.review import Review
    from desktop.usecases.try_visit import Trial

NOTES = 2


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """`booked`: the bill is in the book, and not only tried. `identity` is masked, empty where none is known.

    `sources` in the order that never changes: fund, own account, family, cash. `code` is the scenario for a
    square code, None where it is too much for one.
    """

    booked: bool
    word: str
    name: str
    identity: str
    on: date
    setting: Setting
    level: Level | None
    total: Money
    rows: tuple[ReceiptRow, ...]
    sources: tuple[Money, Money, Money, Money]
    notes: tuple[str, ...]
    packs: str
    code: str | None


def slip_facts(seen: Review, trial: Trial) -> SlipFacts:
    """Of a trial that was settled."""
    settled = cast("Settlement", trial.settled)
    visit = settled.visit
    patient = seen.family.person(visit.patient)
    return SlipFacts(
        booked=any(event.id == trial.event for event in seen.family.events),
        word=kinship(seen.family, seen.holder.id)[visit.patient].word,
        name=patient.name,
        identity=_masked(patient.id_number or ""),
        on=visit.on,
        setting=visit.setting,
        level=visit.provider.level,
        total=visit.charges.total_fee,
        rows=receipt(settled).by_payer,
        sources=(
            settled.fund_paid,
            settled.own_paid,
            settled.mutual_aid_paid,
            settled.paid_by(PurseKind.CASH),
        ),
        notes=tuple(_notes(seen, trial, settled))[:NOTES],
        packs="，".join(f"{title} {version}" for title, version in reversed(seen.packs)),
        code=encode(seen),
    )


def _masked(number: str) -> str:
    """The first and the last character, as on all paper."""
    return number[:1] + "*" * (len(number) - 2) + number[-1:]


def _notes(seen: Review, trial: Trial, settled: Settlement) -> Iterator[str]:
    """Whose money it is, then what was found, the gravest first, then what is often asked."""
    known = kinship(seen.family, seen.holder.id)
    own, shared = settled.own_paid, settled.mutual_aid_paid
    if own and shared:
        yield "先用自己账户里的钱，用完再用家人的。"
    elif own or shared:
        yield f"用的是{'自己' if own else '家人'}账户里的钱。"
    else:
        yield "没有用到个人账户里的钱。"
    for one in sorted(trial.about_it, key=rank):
        if not one.rule.startswith("policy."):
            yield f"{told(one.says, seen.family, known)}。"
    if settled.lacked:
        yield "账户里的钱不够，不够的部分付现金。"
    yield "这张单子不能报销，报销要用医院的票据。"
