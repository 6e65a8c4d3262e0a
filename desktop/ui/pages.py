"""各页。What stands in the navigation, and how each page is built on its first visit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from desktop.ui.look.icons import Icon
from desktop.ui.window import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.keeper import Seen
    from desktop.ui.session import Session
    from desktop.usecases.review import Review


_MADE_OF = (
    "pyqtgraph",
    *(f"desktop.ui.{page}.view" for page in ("overview", "family", "visits", "ledger", "findings")),
    *(f"desktop.ui.{page}.view" for page in ("planning", "guides", "policies", "settings")),
)


def page_list(session: Session) -> tuple[Page, ...]:
    """In the order of the navigation; what a page is made of is imported when it is visited."""
    tr = QCoreApplication.translate
    build = _Builder(session)
    return (
        Page("overview", tr("Pages", "概览"), Icon.GAUGE, build.overview),
        Page("family", tr("Pages", "家庭"), Icon.FAMILY, build.family),
        Page("visits", tr("Pages", "结算"), Icon.RECEIPT, build.visits),
        Page("ledger", tr("Pages", "流水"), Icon.ROWS, build.ledger),
        Page("planning", tr("Pages", "规划"), Icon.PLAN, build.planning),
        Page("findings", tr("Pages", "合规"), Icon.SHIELD, build.findings),
        Page("guides", tr("Pages", "办事"), Icon.GUIDE, build.guides),
        Page("policies", tr("Pages", "政策"), Icon.BOOK, build.policies),
        Page("settings", tr("Pages", "首选项"), Icon.GEAR, build.settings, foot=True),
        Page("help", tr("Pages", "帮助"), Icon.HELP, build.help, foot=True),
    )


def load_pages() -> None:
    """What pages are made of, loaded on a worker before the first family is read: the window would stall."""
    for name in _MADE_OF:
        import_module(name)


class _Builder:
    """Each page from the family as it is when it is first visited."""

    def __init__(self, session: Session) -> None:
        self._session, self._look = session, session.window.look

    @property
    def _seen(self) -> Review:
        return cast("Review", self._session.seen and self._session.seen.review)

    def overview(self) -> QWidget:
        from desktop.ui.overview.model import OverviewModel
        from desktop.ui.overview.view import OverviewPage

        return self._session.wire(OverviewPage(self._look, OverviewModel(self._seen, self._look)))

    def family(self) -> QWidget:
        from desktop.ui.family.model import FamilyModel
        from desktop.ui.family.view import FamilyPage

        return self._session.wire(FamilyPage(self._look, FamilyModel(self._seen, self._look)))

    def visits(self) -> QWidget:
        from desktop.ui.visits.model import VisitsModel
        from desktop.ui.visits.view import VisitsPage

        return self._session.wire(VisitsPage(self._look, VisitsModel(self._seen, self._look)))

    def ledger(self) -> QWidget:
        from desktop.ui.ledger.model import LedgerModel
        from desktop.ui.ledger.view import LedgerPage

        return self._session.wire(LedgerPage(self._look, LedgerModel(self._seen, self._look)))

    def findings(self) -> QWidget:
        from desktop.ui.findings.model import FindingsModel
        from desktop.ui.findings.view import FindingsPage

        return self._session.wire(FindingsPage(self._look, FindingsModel(self._seen, self._look)))

    def policies(self) -> QWidget:
        from desktop.ui.policies.model import PoliciesModel
        from desktop.ui.policies.view import PoliciesPage

        model = PoliciesModel(self._seen, self._look)
        return self._session.wire(PoliciesPage(self._look, model, self._session.pack_places))

    def planning(self) -> QWidget:
        from desktop.ui.planning.model import PlanningModel
        from desktop.ui.planning.view import PlanningPage

        return self._session.wire(PlanningPage(self._look, PlanningModel(self._seen)))

    def guides(self) -> QWidget:
        from desktop.ui.guides.model import GuidesModel
        from desktop.ui.guides.view import GuidesPage

        guides = cast("Seen", self._session.seen).guides
        model = GuidesModel(self._seen, guides.read, guides.trouble)
        return self._session.wire(GuidesPage(self._look, model))

    def settings(self) -> QWidget:
        from desktop.ui.settings.desk import SessionDesk
        from desktop.ui.settings.model import SettingsModel
        from desktop.ui.settings.view import SettingsPage

        model = SettingsModel(self._seen, self._look, SessionDesk(self._session))
        page = SettingsPage(self._look, model)
        page.restore_asked.connect(self._session.keeper.restore)
        return self._session.wire(page)

    def help(self) -> QWidget:
        from desktop.ui.help import HelpPage

        return self._session.wire(HelpPage(self._look, self._session.resources / "help"))
