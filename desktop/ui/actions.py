"""动作。Everything the window can do by menu, key and icon: one `QAction` for each, by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.ui.frame import size_names
from desktop.ui.look.tokens import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from desktop.ui.window import Page, Window
    from desktop.usecases.ports import History

_FOR_A_FAMILY = (
    "import",
    "export",
    "save_copy",
    "back_up",
    "print_report",
    "print_slip",
    "print_errand",
    "close_family",
    "new_visit",
    "new_person",
    "search",
    "recheck",
    "new_scenario",
    "duplicate_scenario",
    "next_scenario",
    "draw_again",
    "best_bindings",
    "edit_plan",
    "new_rules",
    "print_comparison",
)


class Commands(Protocol):
    """What the menus ask for; how it is done is not their business."""

    def new_family(self) -> None: ...
    def ask_file(self) -> None: ...
    def ask_code(self) -> None: ...
    def open(self, file: Path, /) -> None: ...
    def open_sample(self, key: str, /) -> None: ...
    def import_table(self) -> None: ...
    def export(self) -> None: ...
    def save_copy(self) -> None: ...
    def back_up(self) -> None: ...
    def print_report(self) -> None: ...
    def print_slip(self) -> None: ...
    def print_errand(self) -> None: ...
    def close_family(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def recheck(self) -> None: ...
    def new_visit(self) -> None: ...
    def new_person(self) -> None: ...
    def new_scenario(self) -> None: ...
    def duplicate_scenario(self) -> None: ...
    def next_scenario(self) -> None: ...
    def draw_again(self) -> None: ...
    def best_bindings(self) -> None: ...
    def edit_plan(self) -> None: ...
    def new_rules(self) -> None: ...
    def print_comparison(self) -> None: ...
    def search(self) -> None: ...
    def lock(self) -> None: ...
    def show_start(self) -> None: ...
    def show_help(self) -> None: ...
    def show_shortcuts(self) -> None: ...
    def show_about(self) -> None: ...


class Actions(QObject):
    """`named` holds each action by its name; pages ask for one by that name."""

    def __init__(
        self, window: Window, commands: Commands, pages: Sequence[Page], samples: Mapping[str, str]
    ) -> None:
        super().__init__(window)
        self._window, self._look, self._commands = window, window.look, commands
        self.named: dict[str, QAction] = {}
        self.recent = QMenu(self.tr("最近打开"), window)
        self._menus: dict[str, QMenu] = {}
        self._fill_file(self._menu(self.tr("文件(&F)")), samples)
        self._fill_edit(self._menu(self.tr("编辑(&E)")))
        self._fill_view(self._menu(self.tr("视图(&V)")), pages)
        self._fill_planning(self._menu(self.tr("规划(&P)")))
        self._fill_tools(self._menu(self.tr("工具(&T)")))
        self._fill_help(self._menu(self.tr("帮助(&H)")))
        window.navigation.card.setMenu(self._switcher(samples))
        window.status.hide_asked.connect(self.named["hide"].trigger)
        window.status.larger_asked.connect(self._next_size)
        self._turn()
        window.look.changed.connect(self._turn)
        self.show_open(is_open=False)
        self.show_history(None)

    # --------------------------------------------------------------------------------- what others tell it

    def do(self, name: str) -> None:
        """What a page asked for by name."""
        self.named[name].trigger()

    def show_open(self, *, is_open: bool) -> None:
        """Whether there is a family on which something can be done."""
        for name in _FOR_A_FAMILY:
            self.named[name].setEnabled(is_open)

    def show_history(self, history: History | None) -> None:
        """撤销“绑定母亲”: the menu names the step."""
        for name, plain, step in (
            ("undo", self.tr("撤销"), history.undo if history else ""),
            ("redo", self.tr("重做"), history.redo if history else ""),
        ):
            action = self.named[name]
            action.setText(f"{plain}“{step}”" if step else plain)
            action.setEnabled(bool(step))

    def show_recent(self, books: Sequence[Path]) -> None:
        self.recent.clear()
        for book in books:
            self.recent.addAction(book.stem, partial(self._commands.open, book))
        self.recent.setEnabled(bool(books))

    # ---------------------------------------------------------------------------------------------- menus

    def _menu(self, title: str) -> QMenu:
        self._menus[title] = self._window.top.menus.addMenu(title)
        return self._menus[title]

    def _fill_file(self, menu: QMenu, samples: Mapping[str, str]) -> None:
        do = self._commands
        self._add(menu, "new_family", self.tr("新建家庭"), "Ctrl+N", do.new_family)
        self._add(menu, "open", self.tr("打开档案…"), "Ctrl+O", do.ask_file)
        menu.addMenu(self.recent)
        menu.addMenu(self._samples(samples))
        self._add(menu, "open_code", self.tr("打开二维码里的方案…"), "", do.ask_code)
        menu.addSeparator()
        self._add(menu, "import", self.tr("从表格导入…"), "Ctrl+I", do.import_table)
        self._add(menu, "export", self.tr("导出…"), "Ctrl+E", do.export)
        self._add(menu, "save_copy", self.tr("另存副本…"), "Ctrl+S", do.save_copy)
        self._add(menu, "back_up", self.tr("立即备份"), "", do.back_up)
        menu.addSeparator()
        self._add(menu, "print_report", self.tr("打印家庭报告…"), "Ctrl+P", do.print_report)
        self._add(menu, "print_slip", self.tr("打印结算小票…"), "", do.print_slip)
        self._add(menu, "print_errand", self.tr("打印办理清单…"), "", do.print_errand)
        menu.addSeparator()
        self._add(menu, "close_family", self.tr("关闭家庭"), "Ctrl+W", do.close_family)
        self._add(menu, "quit", self.tr("退出"), "Ctrl+Q", self._window.close)

    def _fill_edit(self, menu: QMenu) -> None:
        do = self._commands
        self._add(menu, "undo", self.tr("撤销"), "Ctrl+Z", do.undo)
        redo = self._add(menu, "redo", self.tr("重做"), "Ctrl+Y", do.redo)
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        menu.addSeparator()
        self._add(menu, "new_visit", self.tr("记一笔"), "Ctrl+B", do.new_visit)
        self._add(menu, "new_person", self.tr("添加家人"), "", do.new_person)
        menu.addSeparator()
        self._add(menu, "search", self.tr("查找"), "Ctrl+F", do.search)

    def _fill_view(self, menu: QMenu, pages: Sequence[Page]) -> None:
        window = self._window
        numbered = [page for page in pages if not page.foot]
        for place, page in enumerate(numbered, 1):
            self._add(menu, page.key, page.title, f"Ctrl+{place}", partial(window.show_page, page.key))
        menu.addSeparator()
        names = {
            Theme.LIGHT: self.tr("浅色"),
            Theme.DARK: self.tr("深色"),
            Theme.HC: self.tr("高对比"),
        }
        themes = menu.addMenu(self.tr("主题"))
        self._themes = self._few(themes, names, lambda theme: self._look.wear(theme=theme))
        scales = dict(zip(self._look.tokens.scales, size_names(), strict=True))
        sizes = menu.addMenu(self.tr("字号"))
        self._sizes = self._few(sizes, scales, lambda scale: self._look.wear(scale=scale))
        sizes.addSeparator()
        self._add(sizes, "larger", self.tr("放大文字"), "Ctrl+=", partial(self._step_size, 1))
        self._add(sizes, "smaller", self.tr("缩小文字"), "Ctrl+-", partial(self._step_size, -1))
        self._add(sizes, "plain_size", self.tr("标准字号"), "Ctrl+0", partial(self._look.wear, scale=1.0))
        menu.addSeparator()
        hide = self._add(menu, "hide", self.tr("隐藏金额"), "Ctrl+H", self._turn_privacy)
        hide.setCheckable(True)
        self._add(menu, "whole_screen", self.tr("全屏"), "F11", self._turn_whole_screen)

    def _fill_planning(self, menu: QMenu) -> None:
        """F5 reckons everything anew, the fan of futures too; here it stands for that alone."""
        do = self._commands
        self._add(menu, "new_scenario", self.tr("新方案"), "", do.new_scenario)
        self._add(menu, "duplicate_scenario", self.tr("复制方案"), "Ctrl+D", do.duplicate_scenario)
        self._add(menu, "next_scenario", self.tr("下一个方案"), "Ctrl+Tab", do.next_scenario)
        self._add(menu, "draw_again", self.tr("重新推演"), "", do.draw_again)
        menu.addSeparator()
        self._add(menu, "edit_plan", self.tr("预计的账单和事件"), "", do.edit_plan)
        self._add(menu, "best_bindings", self.tr("最佳绑定建议"), "", do.best_bindings)
        self._add(menu, "new_rules", self.tr("明年 1 月 1 日的变化"), "", do.new_rules)
        menu.addSeparator()
        self._add(menu, "print_comparison", self.tr("打印对比…"), "", do.print_comparison)

    def _fill_tools(self, menu: QMenu) -> None:
        do = self._commands
        self._add(menu, "recheck", self.tr("重新计算"), "F5", do.recheck)
        self._add(menu, "lock", self.tr("锁定"), "Ctrl+L", do.lock)
        menu.addSeparator()
        settings = partial(self._window.show_page, "settings")
        self._add(menu, "settings", self.tr("首选项"), "Ctrl+,", settings)

    def _fill_help(self, menu: QMenu) -> None:
        do = self._commands
        self._add(menu, "help", self.tr("本页帮助"), "F1", do.show_help)
        self._add(menu, "shortcuts", self.tr("快捷键一览"), "?", do.show_shortcuts)
        self._add(menu, "start", self.tr("开始页"), "", do.show_start)
        self._add(menu, "about", self.tr("关于共济家账"), "", do.show_about)

    def _samples(self, samples: Mapping[str, str]) -> QMenu:
        menu = QMenu(self.tr("打开示例"), self._window)
        for key, title in samples.items():
            menu.addAction(title, partial(self._commands.open_sample, key))
        return menu

    def _switcher(self, samples: Mapping[str, str]) -> QMenu:
        """What the family's card opens: other families."""
        menu = QMenu(self._window)
        menu.addMenu(self.recent)
        menu.addMenu(self._samples(samples))
        menu.addSeparator()
        for name in ("new_family", "open", "close_family"):
            menu.addAction(self.named[name])
        return menu

    def _add(self, menu: QMenu, name: str, words: str, keys: str, do: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())  # noqa: PLW0108 - it would be given `checked`
        menu.addAction(action)
        self._window.addAction(action)
        self.named[name] = action
        return action

    def _few(self, menu: QMenu, names: dict, do: Callable[..., object]) -> dict:  # type: ignore[type-arg]
        """Actions of which one is checked."""
        group = QActionGroup(menu)
        made = {}
        for key, name in names.items():
            made[key] = self._add(menu, f"wear_{key}", name, "", partial(do, key))
            made[key].setCheckable(True)
            group.addAction(made[key])
        return made

    # ------------------------------------------------------------------------------------------------ look

    def _turn(self) -> None:
        """Checks where they belong; large text leaves no room for the letters of the menus."""
        for title, menu in self._menus.items():
            menu.setTitle(title.partition("(")[0] if self._look.stacked else title)
        self._themes[self._look.theme].setChecked(True)
        if self._look.scale in self._sizes:
            self._sizes[self._look.scale].setChecked(True)
        self.named["hide"].setChecked(self._look.money.hidden)

    def _turn_privacy(self) -> None:
        self._look.wear(hidden=not self._look.money.hidden)

    def _turn_whole_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def _step_size(self, step: int) -> None:
        scales = self._look.tokens.scales
        self._look.wear(scale=scales[min(max(self._look.nearest_scale + step, 0), len(scales) - 1)])

    def _next_size(self) -> None:
        """The control of the status bar: the next larger size, and after the largest the first."""
        scales = self._look.tokens.scales
        larger = [scale for scale in scales if scale > self._look.scale]
        self._look.wear(scale=larger[0] if larger else scales[0])
