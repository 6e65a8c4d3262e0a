"""命令。What each menu entry does: the pages that stand in for the others, files asked for, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from desktop.domain.family import Family
    from desktop.ui.planning.paper import OnPaper
    from desktop.ui.session import Session
    from desktop.usecases.guide_view import GuideView
    from desktop.usecases.try_visit import Slip

_BOOK = ".gongji"


@runtime_checkable
class HasSlip(Protocol):
    """A page with a settled bill that can be printed, or None."""

    @property
    def slip(self) -> Slip | None: ...


@runtime_checkable
class HasComparison(Protocol):
    """A page with scenarios that can be printed, or None."""

    def on_paper(self) -> OnPaper | None: ...


@runtime_checkable
class HasGuide(Protocol):
    """A page with a guide that can be printed, or None."""

    @property
    def guide(self) -> GuideView | None: ...


class WindowCommands(QObject):
    """What a page is made of is imported when it is asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session, self._look, self._window = session, session.look, session.window
        self.samples = {
            "sandwich-family.json": self.tr("四代同堂"),
            "young-couple.json": self.tr("双职工小家"),
            "retiree.json": self.tr("退休夫妻"),
        }

    # --------------------------------------------------------------------------------------------- opening

    def show_start(self) -> None:
        from desktop.ui.start.model import StartModel
        from desktop.ui.start.view import StartPage

        session = self._session
        keeper = session.keeper
        model = StartModel(self._look, session.resources, keeper.today, session.engine, keeper.packs)
        page = StartPage(self._look, model)
        page.show_recent(session.habits.preferences.recent)
        page.new_asked.connect(self.new_family)
        page.open_asked.connect(self.ask_file)
        page.import_asked.connect(self.import_table)
        page.sample_asked.connect(self.open_sample)
        page.recent_asked.connect(self.open)
        self._window.navigation.setVisible(session.seen is not None)
        session.show_alone(page, edges=False)

    def new_family(self) -> None:
        from desktop.ui.start.entry import NewFamilyModel
        from desktop.ui.start.new_family import NewFamilyPage

        session = self._session
        keeper = session.keeper
        page = NewFamilyPage(self._look, NewFamilyModel(session.resources, keeper.today, keeper.packs))
        page.created.connect(lambda change: keeper.create(change.family))
        session.show_alone(page)

    def ask_file(self) -> None:
        kinds = self.tr("家庭档案和家庭文件（*.gongji *.json）")
        folder = str(self._session.folder)
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("打开档案"), folder, kinds)
        if file:
            self.open(Path(file))

    def ask_code(self) -> None:
        from desktop.ui.printing.code import CodeDialog

        dialog = CodeDialog(self._look, self._session.keeper.today, self._window)
        dialog.opened.connect(self._hold)
        dialog.open()

    def _hold(self, family: Family) -> None:
        self._session.keeper.hold(family, self.tr("二维码里的方案"))

    def open(self, file: Path) -> None:
        self._session.open(file)

    def open_sample(self, key: str) -> None:
        self.open(self._session.resources / "samples" / key)

    def close_family(self) -> None:
        self._session.close_family()

    # ------------------------------------------------------------------------------------ in, out, on paper

    def import_table(self, file: Path | None = None) -> None:
        seen = self._session.seen
        if seen is None:
            self.new_family()
            self._session.tell(self.tr("先建立家庭，再从表格导入。"))
            return
        from desktop.ui.importing.model import ImportModel
        from desktop.ui.importing.view import ImportPage

        model = ImportModel(seen.review, self._look)
        self._session.show_alone(ImportPage(self._look, model))
        if file is not None:
            model.open(file)

    def export(self) -> None:
        from desktop.ui.exporting.model import ExportModel
        from desktop.ui.exporting.view import ExportPage

        seen = self._session.seen
        if seen is not None:
            self._session.show_alone(ExportPage(self._look, ExportModel(seen.review, self._look)))

    def print_report(self) -> None:
        from desktop.ui.printing.view import report_page

        seen = self._session.seen
        if seen is not None:
            self._session.show_alone(
                report_page(self._look, seen.review, self._session.resources, self._session.engine)
            )

    def print_slip(self) -> None:
        """Of the bill that is tried or chosen on the page one sees; of none, where to find one."""
        from desktop.ui.printing.view import slip_page

        seen = self._session.seen
        slip = self._window.shown.slip if isinstance(self._window.shown, HasSlip) else None
        if seen is None or slip is None:
            self._session.tell(self.tr("先在“结算”页填一笔，再打印小票。"))
        else:
            self._session.show_alone(
                slip_page(self._look, seen.review, slip, self._session.resources, self._session.engine)
            )

    def print_comparison(self) -> None:
        """What the page of plans shows; from elsewhere that page is opened first."""
        from desktop.ui.printing.view import comparison_page

        session = self._session
        session.go("planning", "")
        shown = self._window.shown
        paper = shown.on_paper() if isinstance(shown, HasComparison) else None
        if paper is None:
            session.tell(self.tr("先登记个人账户和期初余额，再打印对比。"))
        else:
            session.show_alone(comparison_page(self._look, paper, session.resources))

    def print_errand(self) -> None:
        """The guide that is read on the page of guides; from elsewhere that page is opened first."""
        from desktop.ui.printing.view import errand_page

        session = self._session
        session.go("guides", "")
        seen, shown = session.seen, self._window.shown
        guide = shown.guide if isinstance(shown, HasGuide) else None
        if seen is not None and guide is not None:
            session.show_alone(errand_page(self._look, seen.review, guide, session.resources, session.engine))

    def save_copy(self) -> None:
        keeper = self._session.keeper
        name = str(self._session.folder / f"{self._session.name}{_BOOK}")
        kinds = self.tr("家庭档案（*.gongji）")
        file, _ = QFileDialog.getSaveFileName(self._window, self.tr("另存副本"), name, kinds)
        if file and not keeper.copy_to(Path(file).with_suffix(_BOOK)):
            self._session.tell_busy()

    def back_up(self) -> None:
        if self._session.keeper.file is None:
            self._session.tell(self.tr("这个家庭只在内存里，没有档案可以备份；要留下来，请另存副本。"))
        elif not self._session.keeper.back_up(self.tr("手动")):
            self._session.tell_busy()

    # -------------------------------------------------------------------------------------------- changing

    def undo(self) -> None:
        self._session.keeper.undo()

    def redo(self) -> None:
        self._session.keeper.redo()

    def recheck(self) -> None:
        self._session.keeper.recheck()

    def new_visit(self) -> None:
        self._session.go("visits", "")

    def new_person(self) -> None:
        self._session.go("family", "+")

    # -------------------------------------------------------------------------------------------- planning

    def new_scenario(self) -> None:
        self._session.go("planning", "+new")

    def edit_plan(self) -> None:
        self._session.go("planning", "+plan")

    def best_bindings(self) -> None:
        self._session.go("planning", "+assign")

    def new_rules(self) -> None:
        self._session.go("planning", "+rules")

    def duplicate_scenario(self) -> None:
        self._on_planning("+duplicate")

    def next_scenario(self) -> None:
        self._on_planning("+next")

    def draw_again(self) -> None:
        self._on_planning("+again")

    def _on_planning(self, what: str) -> None:
        """What is done with the column one looks at; from elsewhere the page is opened, and no more."""
        before = self._window.shown
        self._session.go("planning", "")
        if self._window.shown is before:
            self._window.choose(what)

    # ----------------------------------------------------------------------------------------------- other

    def search(self) -> None:
        field = self._session.search
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()  # what is typed next is sought anew, also where one was at the field already

    def lock(self) -> None:
        self._session.guard.lock()

    def show_help(self) -> None:
        from desktop.ui.help import HelpPage

        about = self._window.page if self._session.seen is not None else "start"
        self._session.show_alone(HelpPage(self._look, self._session.resources / "help", about))

    def show_shortcuts(self) -> None:
        from desktop.ui.dialogs import ShortcutSheet

        ShortcutSheet(self._look, self._window.actions(), self._window).open()

    def show_about(self) -> None:
        from desktop.ui.dialogs import About

        About(self._look, self._session.engine, self._window).open()
