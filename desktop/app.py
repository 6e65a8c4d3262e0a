"""装配。The composition root: the one module that sees every layer.

A command: resources → command. The window: preferences → look → window → first paint → store, packs and
family in a worker → pages, each built on its first visit. With no display: settle, print, save a picture of
each page.
"""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.ui.habits import Habits
    from desktop.ui.session import Session
    from desktop.ui.window import Window
    from desktop.usecases.ports import Shelf

_NAME = "gongji"
SAMPLE = "sandwich-family.json"
PICTURES = "gongji-pictures"
REFUSED = 2
_PATIENCE = 60_000  # milliseconds that a machine may take to open a family before something is wrong


def resources_folder() -> Path:
    """Where the program's data lie, frozen by PyInstaller or not; everyone else is handed this path."""
    return Path(__file__).resolve().parents[1] / "resources"


def today() -> date:
    """The day on this machine's own calendar: a family asks about its own today."""
    return datetime.now().astimezone().date()


def command(arguments: Namespace) -> int:
    """Run one command of the command line. Exit code 2: the input was refused, nothing was written."""
    from desktop.cli import commands
    from desktop.domain.trouble import Trouble

    try:
        return commands.run(arguments, resources_folder(), today())
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return REFUSED


def window(arguments: Namespace) -> int:
    """Open the window on a family, the one open last or the first page; with no display, do without."""
    if arguments.pictures is not None:
        return _save_pictures(arguments, arguments.pictures)
    if arguments.smoke:
        return _smoke(arguments)
    if not has_display():
        return _without_display(arguments)
    app, bare = _bare_window()
    habits = _habits(bare)
    begun: list[Session] = []

    def begin() -> None:
        session = _session(arguments, app, bare, habits)
        begun.append(session)
        if arguments.file is not None:
            session.open(arguments.file.absolute())
        else:
            session.begin()

    bare.painted.connect(begin)
    bare.show()
    return app.exec()


def has_display() -> bool:
    """Whether a window can be shown: always, but on a Unix machine with no screen at hand."""
    if sys.platform in {"win32", "darwin"} or "QT_QPA_PLATFORM" in os.environ:
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY")) or _answers(os.environ.get("DISPLAY", ""))


def _answers(display: str) -> bool:
    """Whether an X server stands behind a name such as `:0`; of one on another machine it is believed."""
    number = re.fullmatch(r":([0-9]+)(\.[0-9]+)?", display)
    listening = Path("/proc/net/unix")
    if number is None or not listening.is_file():
        return bool(display)
    return f"/tmp/.X11-unix/X{number[1]}\n" in listening.read_text(encoding="utf-8", errors="replace")


def _without_display(arguments: Namespace) -> int:
    """Say so, settle the family, print it, and save a picture of each page."""
    sys.stderr.write("没有可用的显示器，不打开窗口，只结算，并把每一页存成图片。\n")
    file = _file(arguments)
    code = command(Namespace(command="settle", file=file, packs=arguments.packs, json=False))
    return code if code == REFUSED else _save_pictures(arguments, Path(PICTURES))


def _save_pictures(arguments: Namespace, folder: Path) -> int:
    """A picture of each page, painted where nobody sees it."""
    _paint_offscreen()
    app, bare = _bare_window()
    session = _session(arguments, app, bare, _no_habits())
    if not _opened(session, _file(arguments)):
        return REFUSED
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _no_picture(folder)
    for key in session.keys:
        file = folder / f"{key}.png"
        if not session.picture(key).save(str(file)):
            return _no_picture(file)
        sys.stdout.write(f"{file}\n")
    return 0


def _no_picture(path: Path) -> int:
    sys.stderr.write(f"{path}：图片存不进去。请检查文件夹、权限和磁盘空间，或用 --pictures 换一个文件夹。\n")
    return REFUSED


def _smoke(arguments: Namespace) -> int:
    """Open the window, see every page painted, say what was seen in one line of JSON."""
    if not has_display():
        _paint_offscreen()
    app, bare = _bare_window()
    session = _session(arguments, app, bare, _no_habits())
    if not _opened(session, _file(arguments)):
        return REFUSED
    pages = {}
    for key in session.keys:
        image = session.picture(key).toImage()
        across, down = range(0, image.width(), 7), range(0, image.height(), 7)
        pages[key] = len({image.pixel(x, y) for x in across for y in down})
    sys.stdout.write(json.dumps({"platform": app.platformName(), "colours": pages}) + "\n")
    return 0 if all(colours > 1 for colours in pages.values()) else 1


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words, as in its dialogs and menus of text fields."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def _paint_offscreen() -> None:
    """Paint where nobody sees it, without Qt's remark that such a screen takes no hints about sizes."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def say(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        if message and not message.startswith("This plugin does not support"):
            sys.stderr.write(f"{message}\n")

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(say)


def _opened(session: Session, file: Path) -> bool:
    session.window.show()
    session.open(file)
    if session.wait(_PATIENCE):
        return True
    sys.stderr.write(f"{session.trouble or '等了一分钟，还没有打开'}\n")
    return False


def _file(arguments: Namespace) -> Path:
    return Path(arguments.file) if arguments.file is not None else resources_folder() / "samples" / SAMPLE


def _bare_window() -> tuple[QApplication, Window]:
    """The application, and the window before anything is in it: what is painted first needs little."""
    from PySide6.QtWidgets import QApplication

    from desktop.ui.look.look import Look
    from desktop.ui.window import Window

    if sys.platform == "linux" and not {"LANG", "LC_ALL", "LC_CTYPE"} & set(os.environ):
        os.environ["LC_ALL"] = "C.UTF-8"  # or Qt remarks on it at every start
    app = QApplication(sys.argv[:1])
    app.setApplicationName("共济家账")
    return app, Window(Look(resources_folder()))


def _habits(window: Window) -> Habits:
    """The person's preferences, worn before anything is painted."""
    import platformdirs

    from desktop.ui.habits import Habits

    habits = Habits(platformdirs.user_config_path(_NAME, appauthor=False) / "preferences.json")
    habits.dress(window.look)
    return habits


def _no_habits() -> Habits:
    """For what runs without a person: the look of a first start, and nothing kept."""
    from desktop.ui.habits import Habits

    return Habits(None)


def _session(arguments: Namespace, app: QApplication, window: Window, habits: Habits) -> Session:
    """What dresses the window and makes it work."""
    import platformdirs

    from desktop import __version__
    from desktop.ui.keeper import Keeper
    from desktop.ui.look.style import follow
    from desktop.ui.session import Places, Session

    follow(app, window.look)
    _speak_chinese(app)
    places = Places(resources_folder(), platformdirs.user_data_path(_NAME, appauthor=False))

    def shelf() -> Shelf:
        from db.shelf import Shelf

        return Shelf(places.books)

    keeper = Keeper(shelf, places.resources, arguments.packs, today, places.packs)
    return Session(window, keeper, habits, places, __version__)
