"""搜索框。Finds people, guides, lines, findings and law while one types; the list stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QThreadPool, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from desktop.ui.widgets.basic import column
from desktop.ui.widgets.listing import Item, Listing
from desktop.ui.widgets.seek import SeekLine
from desktop.ui.work import Work, raised
from desktop.usecases.search import Findable, Hit, HitKind, findable, search

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QFocusEvent

    from desktop.ui.look.look import Look
    from desktop.usecases.open_guides import Guide
    from desktop.usecases.review import Review

_WIDE, _NARROW, _SMALL, _EDGE = 110, 68, 26, 3  # units


class Results(QFrame):
    """What was found, by kind: a sheet over the window, below the field, which keeps the keyboard."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("搜索结果"))
        self.list = Listing(look, self.tr("搜索结果"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._pressed)
        column(look, 0, (0.25, 1, 0.25, 1), self).addWidget(self.list)
        self.hide()

    def _pressed(self, index: QModelIndex) -> None:
        if index.isValid() and not self.list.items[index.row()].head:
            self.opened.emit(self.list.key)

    def show_below(self, field: SeekLine, items: Sequence[Item]) -> None:
        """As wide as it needs, inside the window, and as high as its lines."""
        look, window = self._look, field.window()
        self.setParent(window)
        edge = look.unit(_EDGE)
        wide = min(max(look.unit(_WIDE), field.width()), window.width() - 2 * edge)
        corner = field.mapTo(window, QPoint(field.width(), field.height() + look.unit()))
        left = min(max(corner.x() - wide, edge), window.width() - wide - edge)
        self.setGeometry(left, corner.y(), wide, look.unit(20))
        self.list.show_items(items, next((item.key for item in items if not item.head), ""))
        self.show()
        self.raise_()
        needed = self.list.whole_height() + 2 * look.unit(1.5)
        self.setFixedHeight(min(needed, window.height() - corner.y() - edge))
        self.list.scrollToTop()


class SearchField(SeekLine):
    """`asked` comes with what is typed, `go` with the page of what was opened and what to choose there."""

    asked = Signal(str)
    go = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self._look = look
        self.ask(self.tr("搜索家人、流水、政策（支持拼音首字母）"))
        self.setAccessibleDescription(self.tr("上下键选一条，按回车打开，按 Esc 关闭"))
        self._things: tuple[Findable, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self._work: Work | None = None
        self._seen: Review | None = None
        self._guides: Sequence[Guide] = ()
        self.results = Results(look)
        self.destroyed.connect(self.results.deleteLater)
        self.results.opened.connect(self._open)
        self.textEdited.connect(self._typed)
        self._fit()
        look.changed.connect(self._fit)

    def renew(self, seen: Review | None, guides: Sequence[Guide] = ()) -> None:
        """Another family, or the family changed; None: none is open."""
        if self._work is not None:
            self._work.stop()
        self._work, self._things, self._seen, self._guides = None, (), seen, guides
        self.results.hide()
        if self.hasFocus():
            self._gather()

    def _gather(self) -> None:
        """What can be found, aside, once someone means to look for it: how words sound takes much memory."""
        if self._seen is not None and self._work is None:
            self._work = Work(_gathering(self._seen, self._guides), self)
            self._work.news.connect(self._gathered)
            self._work.failed.connect(raised)
            self._work.start(QThreadPool.globalInstance())

    def _gathered(self, things: object) -> None:
        if isinstance(things, tuple) and self.sender() is self._work:
            self._things = things
            self._find()

    def _fit(self) -> None:
        self.setFixedWidth(self._look.unit(_SMALL if self._look.stacked else _NARROW))
        if self.results.isVisible():
            self._find()

    def _typed(self, words: str) -> None:
        self.asked.emit(words)
        self._gather()
        self._find()

    # --------------------------------------------------------------------------------------------- showing

    def _find(self) -> None:
        words = self.text().strip()
        if not words or not self._things:
            self.results.hide()
            return
        self._hits = search(self._things, words, sums=not self._look.money.hidden)
        self.results.show_below(self, list(self._items(words)))

    def _items(self, words: str) -> Iterator[Item]:
        """The hits under the heads of their kinds."""
        if not self._hits:
            yield Item("", self.tr("没有找到“{words}”").format(words=words), head=True)
        kind: HitKind | None = None
        for place, hit in enumerate(self._hits):
            if hit.kind is not kind:
                kind = hit.kind
                yield Item("", self._kind_words()[kind], head=True)
            title = self._look.money.person(hit.title, hit.name) if hit.name else hit.title
            yield Item(str(place), title, hit.detail, bare=hit.kind is HitKind.POLICY)

    def _kind_words(self) -> dict[HitKind, str]:
        return {
            HitKind.PERSON: self.tr("家人"),
            HitKind.GUIDE: self.tr("办事"),
            HitKind.POLICY: self.tr("政策"),
            HitKind.FINDING: self.tr("合规"),
            HitKind.LINE: self.tr("流水"),
        }

    def _open(self, key: str) -> None:
        hit = self._hits[int(key)]
        self.results.hide()
        self.go.emit(hit.page, hit.what)

    # -------------------------------------------------------------------------------------------- handling

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() == keys.Key_Escape:
            self._leave()
        elif event.key() in (keys.Key_Down, keys.Key_Up) and self.results.isVisible():
            self.results.list.step(1 if event.key() == keys.Key_Down else -1)
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if not self.results.isVisible():
            self._find()
        elif self.results.list.key:
            self._open(self.results.list.key)

    def _leave(self) -> None:
        """Esc closes the list; once more, it empties the field."""
        if self.results.isVisible():
            self.results.hide()
        else:
            self.clear()

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is for the list while it is open, not for a short cut of the window."""
        mine = event.type() is QEvent.Type.ShortcutOverride and self.results.isVisible()
        if mine and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._gather()
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.results.hide()


def _gathering(seen: Review, guides: Sequence[Guide]) -> Callable[[threading.Event], Iterator[object]]:
    def job(stop: threading.Event) -> Iterator[object]:
        if not stop.is_set():
            yield findable(seen, guides)

    return job
