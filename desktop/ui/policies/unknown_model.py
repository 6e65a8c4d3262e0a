"""还不知道的，视图模型。What is not known well, by group, and the form in which one of it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.trouble import FileTrouble
from desktop.ui.family.trying import Trying
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.listing import Item, Mark
from desktop.usecases.pack_copies import PackChange, can_put_back, changed_in, put_back, remove, save
from desktop.usecases.pack_effects import Tried, try_cover, try_values
from desktop.usecases.pack_form import Form, FormRefused, form_for
from desktop.usecases.policy_history import find_entry, named, read_id
from desktop.usecases.policy_titles import SUBJECTS, title_of
from desktop.usecases.policy_words import value_words
from desktop.usecases.unknowns import Group, PackAge, Unknown, Unknowns, relied_on, unknowns

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from datetime import date

    from desktop.ui.policies.model import PoliciesModel
    from desktop.ui.work import Job
    from desktop.usecases.pack_copies import PackPlaces
    from desktop.usecases.pack_form import Typed

UNKNOWN = "unknown"
EVERY = "every"
_PACK = "pack:"


class UnknownModel(QObject):
    """`changed`: another list is shown; `chosen`: another thing of it. Place and day are those of the page.

    `tried` comes with a `Tried`, with a `FormRefused`, or with a sentence.
    """

    changed = Signal()
    chosen = Signal()
    tried = Signal(object)

    def __init__(self, policies: PoliciesModel, places: PackPlaces | None) -> None:
        super().__init__(policies)
        self._policies, self.places = policies, places
        self.group, self.mine = EVERY, False
        self.key = ""
        self.form: Form | None = None
        self._saving = ("", "")  # a pack, and its version before
        self.trying = Trying(self)
        self.trying.answered.connect(self.tried)
        policies.changed.connect(self._follow)
        self._read()

    def renew(self) -> None:
        """The family or the packs changed; of a pack that was just written, its copy is shown."""
        pack, version = self._saving
        written = self._policies.seen.book.packs.get(pack)
        if written is not None and written.version != version:
            self.key, self.form, self.group, self.mine = f"{_PACK}{pack}", None, EVERY, False
            self._saving = ("", "")
        self._read()
        self.changed.emit()
        self.chosen.emit()

    def _follow(self) -> None:
        """The page shows another place or day, or only another topic."""
        if self._read_for != self._reading:
            self.renew()

    @property
    def _reading(self) -> tuple[object, ...]:
        policies = self._policies
        return (id(policies.seen), policies.area, policies.day)

    def _read(self) -> None:
        policies = self._policies
        self._read_for = self._reading
        relied = relied_on(policies.seen)
        self.unknowns: Unknowns = unknowns(policies.seen.book, policies.area, policies.day, relied)
        if self.key not in {item.key for item in self.items if not item.head}:
            self.key = next((item.key for item in self.items if not item.head), "")

    @property
    def context(self) -> str:
        mine = sum(1 for one in self.unknowns.items if one.relied_on)
        words = self.tr("{place}，{day}：{count} 项还说不准，其中 {mine} 项我们家用得到")
        return words.format(
            place=self._policies.place, day=self._policies.day, count=self.unknowns.open, mine=mine
        )

    # ----------------------------------------------------------------------------------------------- the list

    @property
    def groups(self) -> tuple[Choice, ...]:
        counts = self.unknowns.counts
        every = Choice(EVERY, self.tr("全部（{count}）").format(count=len(self.unknowns.items)))
        return (every, *(Choice(str(one), f"{one.words}（{counts[one]}）") for one in Group))

    @property
    def items(self) -> tuple[Item, ...]:
        made: list[Item] = []
        if self.group == EVERY and not self.mine:
            made.append(Item("", self.tr("规则包"), head=True))
            made += [self._pack_item(one) for one in self.unknowns.packs]
        for group in Group:
            shown = [one for one in self.unknowns.items if one.group is group and self._fits(one)]
            if shown:
                made.append(Item("", f"{group.words}（{len(shown)}）", head=True))
                made += [self._item(one) for one in shown]
        return tuple(made)

    def _fits(self, one: Unknown) -> bool:
        return self.group in {EVERY, str(one.group)} and (bool(one.relied_on) or not self.mine)

    def _pack_item(self, one: PackAge) -> Item:
        marks = (Mark(self.tr("本机副本"), Verdict.INFO),) if one.is_copy else ()
        words = self.tr("收录到 {until}，{days} 天没有核对").format(until=one.until, days=one.unchecked_days)
        return Item(f"{_PACK}{one.id}", f"{one.title} {one.version}", words, "", marks, bare=True)

    def _item(self, one: Unknown) -> Item:
        marks = (Mark(self.tr("我们家用到"), Verdict.INFO),) if one.relied_on else ()
        value = one.value or (self.tr("未公布") if one.key else one.reason)
        aside = self.tr("到 {day}").format(day=one.until) if one.until is not None else ""
        if one.group is Group.DOUBTFUL:
            aside = self.tr("可信度{sure}").format(sure=one.sure)
        return Item(one.id, one.title, value, aside, marks, bare=True)

    def choose_group(self, key: str) -> None:
        self.group = key
        self._again()

    def show_mine(self, *, on: bool) -> None:
        self.mine = on
        self._again()

    def _again(self) -> None:
        keys = [item.key for item in self.items if not item.head]
        if self.key not in keys:
            self.key = keys[0] if keys else ""
        self.form = None
        self.changed.emit()
        self.chosen.emit()

    def choose(self, key: str) -> None:
        if key and (key != self.key or self.form is not None):
            self.key, self.form = key, None
            self.chosen.emit()

    # -------------------------------------------------------------------------------------------- one of them

    @property
    def unknown(self) -> Unknown | None:
        return next((one for one in self.unknowns.items if one.id == self.key), None)

    @property
    def pack(self) -> PackAge | None:
        return next((one for one in self.unknowns.packs if f"{_PACK}{one.id}" == self.key), None)

    def pack_changes(self, pack: str) -> tuple[str, ...]:
        """What a copy says otherwise than the shipped pack, in words."""
        found = self._policies.seen.book.packs[pack]
        if self.places is None:
            return ()
        said = []
        for block in changed_in(self.places, found):
            title = title_of(block.key)
            subject = SUBJECTS.get(block.key.partition(".")[0], "")
            name = block.says if title is None else f"{subject} {title.name}"
            value = (
                self.tr("未公布") if block.value is None else value_words(block.key, block.value, block.unit)
            )
            words = self.tr("{name}：{value}，{since} 起（{source}）")
            said.append(words.format(name=name, value=value, since=block.since, source=named(block.source)))
        return tuple(said)

    def can_put_back(self, pack: str) -> bool:
        return self.places is not None and can_put_back(self.places, pack)

    # --------------------------------------------------------------------------------------------- filling in

    def edit(self, what: str) -> bool:
        """Begin to fill in a value, whether it is in the list or not; False: no pack speaks of it."""
        policies = self._policies
        key, channel, _ = read_id(what)
        entry = find_entry(policies.entries, key, channel)
        if entry is None or self.places is None:
            return False
        form = form_for(policies.seen.book, policies.area, entry, policies.entries, policies.day)
        if form is None:
            return False
        self.trying.drop()
        self.form = form
        if any(item.key == entry.id for item in self.items):
            self.key = entry.id
        self.chosen.emit()
        return True

    def leave_form(self) -> None:
        self.trying.drop()
        self.form = None
        self.chosen.emit()

    def try_values(self, form: Form, typed: Typed) -> None:
        seen, places = self._policies.seen, self.places
        if places is not None:
            self.trying.ask(_job(lambda: try_values(seen, places, form, typed)))

    def try_cover(self, pack: str, until: date, checked_on: date) -> None:
        seen, places = self._policies.seen, self.places
        if places is not None:
            self.trying.ask(_job(lambda: try_cover(seen, places, pack, until, checked_on)))

    def saving(self, tried: Tried) -> PackChange | None:
        """What keeps a draft; afterwards its pack is shown."""
        places, today = self.places, self._policies.seen.family.as_of
        if places is None:
            return None
        pack = self._policies.seen.book.packs[tried.draft.pack]
        self._saving = (pack.id, pack.version)
        words = self.tr("已存进{title}规则包的本机副本，现在就用它。程序带的那一份没有动。")
        return PackChange(words.format(title=pack.title), lambda: save(places, tried.draft, today))

    def removing(self, pack: PackAge) -> PackChange | None:
        places = self.places
        if places is None:
            return None
        words = self.tr("已换回程序带的{title}规则包。退出以前还可以放回来。").format(title=pack.title)
        return PackChange(words, lambda: remove(places, pack.id))

    def putting_back(self, pack: PackAge) -> PackChange | None:
        places = self.places
        if places is None:
            return None
        words = self.tr("已把{title}规则包的本机副本放回来。").format(title=pack.title)
        return PackChange(words, lambda: put_back(places, pack.id))


def _job(work: Callable[[], Tried]) -> Job:
    def job(stop: threading.Event) -> Iterator[object]:
        if stop.is_set():
            return
        try:
            yield work()
        except FormRefused as refused:
            yield refused
        except FileTrouble as trouble:
            yield str(trouble)

    return job
