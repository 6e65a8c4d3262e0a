"""首次启动的视图模型。What the samples hold, worked out from themselves, and which versions speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.ui.ledger.words import verdict_of
from desktop.ui.look.tokens import Verdict
from desktop.ui.start.circle import Circle, Dot, Thread
from desktop.ui.work import Work, raised
from desktop.usecases.kin import kinship
from desktop.usecases.overview import map_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from desktop.ui.look.look import Look
    from desktop.usecases.family_map import FamilyMap, Tie
    from desktop.usecases.kin import Kin
    from desktop.usecases.open_book import Book
    from desktop.usecases.review import Review

_WIDE_PACK = re.compile(r"cn(-\d\d)?")
"""The packs of the nation and of whole provinces."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A card as it is before anything is worked out: the file, a title, what one can learn there."""

    key: str
    title: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Studied:
    """What a sample holds: how many people in how many places, how many are bound, what was found."""

    circle: Circle
    people: int
    places: int
    bound: int
    most: int | None
    found: Mapping[Verdict, int]


class StartModel(QObject):
    """`studied` comes with the key of a sample once it is worked out, `known` once the packs are read."""

    studied = Signal(str)
    known = Signal()

    def __init__(
        self,
        look: Look,
        resources: Path,
        today: Callable[[], date],
        engine: str,
        packs: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self._look, self._resources, self._today, self._packs = look, resources, today, packs
        self._engine = engine
        self._versions: tuple[str, ...] = ()
        self._facts: dict[str, Studied] = {}
        self._work: Work | None = None

    def study(self) -> None:
        """Work the samples out, off the GUI thread."""
        self._work = Work(self._job, self)
        self._work.news.connect(self._take)
        self._work.failed.connect(raised)
        self._work.start(QThreadPool.globalInstance())

    def _job(self, stop: threading.Event) -> Iterator[object]:
        from desktop.usecases.open_book import open_book
        from desktop.usecases.open_family import open_family
        from desktop.usecases.review import review

        book = open_book(self._resources, self._packs)[0]
        yield book
        for sample in self.samples:
            if stop.is_set():
                return
            family = open_family(self._resources / "samples" / sample.key, self._today())
            yield sample.key, studied(review(family, book))

    def _take(self, news: Book | tuple[str, Studied]) -> None:
        if isinstance(news, tuple):
            key, self._facts[news[0]] = news
            self.studied.emit(key)
        else:
            self._versions = tuple(
                f"{pack.title} {pack.version}"
                for name, pack in sorted(news.packs.items())
                if _WIDE_PACK.fullmatch(name)
            )
            self.known.emit()

    # ----------------------------------------------------------------------------------------- what is shown

    @property
    def samples(self) -> tuple[Sample, ...]:
        return (
            Sample(
                "sandwich-family.json", self.tr("四代同堂"), self.tr("两位共济人撞在一起怎么办，先用谁的钱")
            ),
            Sample("young-couple.json", self.tr("双职工小家"), self.tr("四位老人和孩子各由谁绑定")),
            Sample("retiree.json", self.tr("退休夫妻"), self.tr("每月固定划入的钱能用多久，医保卡谁能用")),
        )

    def facts(self, key: str) -> Studied | None:
        return self._facts.get(key)

    def summary(self, key: str) -> str:
        known = self._facts.get(key)
        if known is None:
            return self.tr("正在核对…")
        counts = self.tr("{people} 口人，{places} 个城市")
        words = counts.format(people=known.people, places=known.places)
        if known.most is None:
            return words + self.tr("，绑定 {bound} 人").format(bound=known.bound)
        return words + self.tr("，绑定 {bound} / {most}").format(bound=known.bound, most=known.most)

    def verdicts(self, key: str) -> tuple[tuple[Verdict, str], ...]:
        """As many chips as there are kinds of finding; one of praise where there is none."""
        known = self._facts.get(key)
        if known is None:
            return ()
        words = {
            Verdict.BAD: self.tr("{count} 处不可以"),
            Verdict.WARN: self.tr("{count} 处需注意"),
            Verdict.INFO: self.tr("{count} 条待确认"),
        }
        found = tuple(
            (verdict, said.format(count=known.found[verdict]))
            for verdict, said in words.items()
            if known.found.get(verdict)
        )
        return found or ((Verdict.OK, self.tr("全部可以")),)

    @property
    def versions(self) -> str:
        engine = self.tr("引擎 {version}").format(version=self._engine)
        if not self._versions:
            return engine
        return self.tr("规则包 {packs}，{engine}").format(packs="，".join(self._versions), engine=engine)


# -------------------------------------------------------------------------------------------- from a family


def studied(seen: Review) -> Studied:
    family, day = seen.family, seen.family.as_of
    known = map_of(seen)
    areas = {coverage.area[:4] for one in seen.lived.people if (coverage := one.coverage_on(day)) is not None}
    found: dict[Verdict, int] = {}
    for finding in seen.ledger.findings:
        verdict = verdict_of(finding)
        found[verdict] = found.get(verdict, 0) + 1
    return Studied(
        circle=_circle(known, kinship(family, seen.holder.id)),
        people=len(family.people),
        places=len(areas),
        bound=known.active,
        most=known.most_active,
        found=found,
    )


def _circle(known: FamilyMap, kin: Mapping[str, Kin]) -> Circle:
    """The holder in the middle; around, everyone who is paid for today, and who else pays for them."""
    ties = [tie for tie in known.ties if tie.stands or tie.in_conflict]
    contested = {tie.beneficiary for tie in ties if tie.in_conflict}
    payers = {tie.payer for tie in ties}
    own = [tie.beneficiary for tie in ties if tie.payer == known.holder]
    around: list[str] = []
    for person in sorted(own, key=lambda one: one not in contested):
        others = dict.fromkeys(_ends(tie) - {person} for tie in ties if person in _ends(tie))
        near = [one for other in others for one in other if one not in {known.holder, *own, *around}]
        around += [*near[1:], person, *near[:1]]
    dots = tuple(Dot(one, kin[one].word, pays=one in payers, contested=one in contested) for one in around)
    threads = tuple(Thread(tie.payer, tie.beneficiary, broken=tie.in_conflict) for tie in ties)
    return Circle(Dot(known.holder, kin[known.holder].word, pays=True), dots, threads)


def _ends(tie: Tie) -> frozenset[str]:
    return frozenset((tie.payer, tie.beneficiary))
