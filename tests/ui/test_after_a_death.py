"""去世以后的页面测试。Who died is shown so, and not offered any more; what was booked before stays theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.domain.binding import Relation
from desktop.domain.matter import Death
from desktop.ui.family.editors import BindingEditor
from desktop.ui.family.model import FamilyModel
from desktop.ui.visits.model import VisitsModel
from desktop.usecases.review import Review, review
from tests.families import bound, family, resident, shipped, visit, worker

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

DAY, DIED = date(2026, 6, 1), date(2026, 5, 4)


@pytest.fixture
def seen() -> Review:
    made = family(
        worker(),
        worker("sis"),
        resident(),
        resident("dad"),
        bindings=(bound(), bound("sis", "dad")),
        events=(visit("v", date(2026, 3, 1)), Death("d1", DIED, "mum"), Death("d2", DIED, "sis")),
        as_of=DAY,
    )
    return review(replace(made, holder="me"), shipped())


def kept(made: QObject, qtbot: QtBot) -> None:
    """The model works things out at once: wait, so that nothing is left running."""
    assert isinstance(made, VisitsModel)
    with qtbot.waitSignal(made.worked):
        pass


def test_that_a_new_bill_is_nobodys_who_died(seen: Review, look: Look, qtbot: QtBot) -> None:
    model = VisitsModel(seen, look)
    kept(model, qtbot)
    assert model.form.patient == "dad"
    assert [one.key for one in model.people] == ["me", "dad"]
    assert [one.key for one in model.payers] == ["me", ""]
    assert model.premium.insured == "dad"


def test_that_a_bill_of_before_is_mended_with_its_patient(seen: Review, look: Look, qtbot: QtBot) -> None:
    model = VisitsModel(seen, look)
    kept(model, qtbot)
    model.choose("v")
    kept(model, qtbot)
    assert model.form.patient == "mum"
    assert "mum" in {one.key for one in model.people}
    model.edit(on=DAY)
    kept(model, qtbot)
    assert [one.key for one in model.people] == ["me", "mum", "dad"]


def test_that_nobody_who_died_is_offered_for_binding(seen: Review, look: Look, qtbot: QtBot) -> None:
    editor = BindingEditor(seen, look)
    assert editor.entry.beneficiary == "dad"
    assert [one.key for one in editor.payers] == ["me"]
    assert [one.key for one in editor.beneficiaries] == ["me", "dad"]
    old = BindingEditor(seen, look, binding=bound().id)
    assert "mum" in {one.key for one in old.beneficiaries}


def test_that_who_is_left_alone_may_still_write_a_binding_down(look: Look) -> None:
    made = family(worker(), resident(), events=(Death("d1", DIED, "mum"),), as_of=DAY)
    editor = BindingEditor(review(replace(made, holder="me"), shipped()), look)
    assert editor.entry.beneficiary == "mum"
    assert editor.entry.relation is Relation.OTHER


def test_that_the_family_page_says_so_and_binds_them_no_more(seen: Review, look: Look, qtbot: QtBot) -> None:
    model = FamilyModel(seen, look)
    model.choose("mum")
    assert (model.inspector.about, model.inspector.may_bind) == ("已去世", "")
    [line] = model.inspector.bindings
    assert "至 2026-05-04" in line.sentence
    assert "已结束" in line.sentence
    [row] = [one for one in model.grid.rows if "已去世" in one and "2025" in str(one)]
    assert "至 2026-05-04" in str(row)
