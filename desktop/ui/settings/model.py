"""首选项的视图模型。What the person chose and may choose, the book with its steps, and what speaks here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.domain.trouble import FileTrouble
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.tables import Grid
from desktop.ui.work import Work
from desktop.usecases.conventions import answer, credit_monthly, disputes
from desktop.usecases.licences import libraries
from desktop.usecases.preferences import CODE_LENGTHS, IDLE_MINUTES, hashed, opens

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from desktop.ui.look.look import Look
    from desktop.ui.settings.desk import Desk
    from desktop.usecases.changes import Change
    from desktop.usecases.conventions import Dispute
    from desktop.usecases.licences import Library
    from desktop.usecases.ports import Backup
    from desktop.usecases.review import Review

BY_PACK, YES, NO = "pack", "yes", "no"
_ANSWERS = {BY_PACK: None, YES: True, NO: False}
_SHOWN_BACKUPS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """An open question of the rules: what it asks, its answers, and in a sentence what each rests on.

    `key` is the rule to look up in 政策.
    """

    field: str
    asks: str
    choices: tuple[Choice, ...]
    chosen: str
    rests: str
    others: str
    key: str


class SettingsModel(QObject):
    """`changed` comes when anything but the look may be another, `read` once the disk has answered."""

    changed = Signal()
    read = Signal()

    def __init__(self, seen: Review, look: Look, desk: Desk) -> None:
        super().__init__()
        self._seen, self._look, self._desk = seen, look, desk
        self.backups: tuple[Backup, ...] = ()
        self.unread = ""
        self._libraries: tuple[Library, ...] = ()
        self._work: Work | None = None
        desk.follow(self._again)

    def renew(self, seen: Review) -> None:
        self._seen = seen
        self._again()

    def _again(self, *_: object) -> None:
        self.changed.emit()
        self.read_disk()

    # ----------------------------------------------------------------------------------------------- the disk

    def read_disk(self) -> None:
        """Backups and licences, off the GUI thread."""
        if self._work is not None:
            self._work.stop()
        self._work = Work(self._job, self)
        self._work.news.connect(self._take)
        self._work.failed.connect(self._tell_unread)
        self._work.start(QThreadPool.globalInstance())

    def _job(self, stop: threading.Event) -> Iterator[object]:
        known = self._libraries or libraries()
        backups = tuple(self._desk.backups())
        if not stop.is_set():
            yield known, backups

    def _take(self, news: tuple[tuple[Library, ...], tuple[Backup, ...]]) -> None:
        self._libraries, self.backups = news
        self.unread = ""
        self.read.emit()

    def _tell_unread(self, error: Exception) -> None:
        if not isinstance(error, FileTrouble):
            raise error
        self.unread = str(error)
        self.read.emit()

    # ----------------------------------------------------------------------------------------------- the lock

    @property
    def idle_choices(self) -> tuple[Choice, ...]:
        words = self.tr("{minutes} 分钟")
        never = self.tr("不锁定")
        return tuple(Choice(str(one), words.format(minutes=one) if one else never) for one in IDLE_MINUTES)

    @property
    def idle(self) -> str:
        return str(self._desk.preferences.idle_minutes)

    def idle_after(self, minutes: str) -> None:
        self._desk.prefer(replace(self._desk.preferences, idle_minutes=int(minutes)))

    @property
    def has_code(self) -> bool:
        return self._desk.preferences.lock_code is not None

    def set_code(self, now: str, new: str, again: str) -> dict[str, str]:
        """A new code in place of the one of now, if there is one; what is wrong, by field."""
        faults = self._now_faults(now)
        least, most = CODE_LENGTHS
        if not least <= len(new) <= most:
            faults["new"] = self.tr("锁定码要有 {least} 到 {most} 个字。").format(least=least, most=most)
        elif new != again:
            faults["again"] = self.tr("两次输入的不一样，请再输一次。")
        if not faults:
            self._desk.prefer(replace(self._desk.preferences, lock_code=hashed(new)))
        return faults

    def remove_code(self, now: str) -> dict[str, str]:
        faults = self._now_faults(now)
        if not faults:
            self._desk.prefer(replace(self._desk.preferences, lock_code=None))
        return faults

    def _now_faults(self, now: str) -> dict[str, str]:
        kept = self._desk.preferences.lock_code
        if kept is None or opens(now, kept):
            return {}
        return {"now": self.tr("现在的锁定码不对。")}

    # -------------------------------------------------------------------------------------------- conventions

    @property
    def credits_monthly(self) -> bool:
        return self._seen.family.settings.credit_monthly

    def credit(self, *, monthly: bool) -> Change | None:
        """None where it is so already."""
        if monthly == self.credits_monthly:
            return None
        return credit_monthly(self._seen.family, monthly=monthly)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self._question(one) for one in disputes(self._seen))

    def _question(self, one: Dispute) -> Question:
        asks = {
            "mutual_aid_pays_out_of_scope": (
                self.tr("目录外自费，家庭共济能不能付"),
                "mutual_aid.pays_for",
            ),
            "own_account_pays_out_of_scope": (
                self.tr("目录外自费，本人账户能不能付"),
                "own_account.pays_for",
            ),
        }
        words, key = asks[one.field]
        known = one.basis
        rests = self.tr("规则包：{says}（{where}，可信度{sure}）。")
        others = self.tr("另一种说法：{says}。").format(says="；".join(known.others)) if known.others else ""
        by_pack = self.tr("随规则包（可以）") if one.by_pack else self.tr("随规则包（不可以）")
        return Question(
            field=one.field,
            asks=words,
            choices=(
                Choice(BY_PACK, by_pack),
                Choice(YES, self.tr("可以")),
                Choice(NO, self.tr("不可以")),
            ),
            chosen=next(name for name, chosen in _ANSWERS.items() if chosen is one.chosen),
            rests=rests.format(says=known.says, where=known.short, sure=known.confidence),
            others=others,
            key=key,
        )

    def answer(self, field: str, name: str) -> Change | None:
        """None where it is the answer already."""
        if getattr(self._seen.family.settings, field) is _ANSWERS[name]:
            return None
        return answer(self._seen.family, field, _ANSWERS[name])

    # ----------------------------------------------------------------------------------------------- the book

    @property
    def is_kept(self) -> bool:
        """Whether there is a file that can be backed up."""
        return self._desk.file is not None

    @property
    def file(self) -> str:
        file = self._desk.file
        return self.tr("只在内存里，还没有存成档案") if file is None else str(file)

    @property
    def folder(self) -> str:
        """Where the backups lie; empty while there is none."""
        return str(self.backups[0].file.parent) if self.backups else ""

    @property
    def shown_backups(self) -> Sequence[Backup]:
        return self.backups[:_SHOWN_BACKUPS]

    @property
    def steps(self) -> Grid:
        headers = (self.tr("时间"), self.tr("做了什么"), self.tr("现在"))
        undone = self.tr("已撤销")
        return Grid(
            headers,
            tuple(
                (f"{one.at.astimezone():%Y-%m-%d %H:%M}", one.name, undone if one.undone else "")
                for one in self._desk.steps
            ),
        )

    @property
    def undone(self) -> frozenset[int]:
        """The rows of the steps that were taken back."""
        return frozenset(row for row, one in enumerate(self._desk.steps) if one.undone)

    # ------------------------------------------------------------------------------------------------- about

    @property
    def engine(self) -> str:
        return self.tr("共济家账 引擎 {version}，Apache-2.0 许可，不联网").format(version=self._desk.engine)

    @property
    def packs(self) -> Grid:
        headers = (self.tr("规则包"), self.tr("版本"), self.tr("核对到"), self.tr("有效至"))
        packs = sorted(self._seen.book.packs.values(), key=lambda one: one.id)
        return Grid(
            headers,
            tuple(
                (one.title, one.version, one.checked_on.isoformat(), one.covers_until.isoformat())
                for one in packs
            ),
        )

    @property
    def licences(self) -> Grid:
        headers = (self.tr("用到的库"), self.tr("版本"), self.tr("许可证"))
        unsaid = self.tr("见随附的许可文件")
        return Grid(headers, tuple((one.name, one.version, one.licence or unsaid) for one in self._libraries))
