"""小票。What the slip of one settled bill says: its lines as on a receipt, and what is worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from desktop.domain.settlement import PurseKind
from desktop.usecases.kin import kinship, told
from desktop.usecases.receipt import receipt
from desktop.usecases.scenario_code import encode

if TYPE_CHECKING:
    from desktop.domain.care import Level, Setting
    from desktop.domain.money import Money
    from desktop.domain.settlement import Settlement
    from desktop.usecases.receipt import ReceiptRow
    from desktop.usecases.review import Review
    from desktop.usecases.try_visit import Trial

NOTES = 2


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """`sources` in the order that never changes: fund, own account, family, cash.

    `code` is the scenario for a square code, None where it is too much for one.
    """

    word: str
    name: str
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
    known = kinship(seen.family, seen.holder.id)
    visit = settled.visit
    notes = [told(one.says, seen.family, known) for one in trial.about_it]
    if settled.paid_by(PurseKind.OWN) and settled.paid_by(PurseKind.MUTUAL_AID):
        notes.append("先用自己账户里的钱，用完再用家人的")
    return SlipFacts(
        word=known[visit.patient].word,
        name=seen.name(visit.patient),
        setting=visit.setting,
        level=visit.provider.level,
        total=visit.charges.total_fee,
        rows=receipt(settled).by_payer,
        sources=(
            settled.fund_paid,
            settled.paid_by(PurseKind.OWN),
            settled.paid_by(PurseKind.MUTUAL_AID),
            settled.paid_by(PurseKind.CASH),
        ),
        notes=tuple(notes[:NOTES]),
        packs="，".join(f"{title} {version}" for title, version in reversed(seen.packs)),
        code=encode(seen),
    )
