"""日志。Whatever is done is a step, and every step can be undone and done again, today and tomorrow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import journal
from db.shelf import Shelf
from db.tables import FACTS, PersonRow, SnoozeRow
from desktop.domain.errand import Errand
from desktop.domain.family import Settings, Snooze
from desktop.domain.matter import AccountTransfer, Death
from desktop.domain.plan import Plan, Scenario
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund
from desktop.domain.wallet import WalletTransfer
from desktop.usecases.ports import History
from tests import families as small
from tests.db.conftest import TODAY
from tests.db.content import connection_of, content
from tests.exchange import families as whole

if TYPE_CHECKING:
    from db.store import Store
    from desktop.domain.family import Family
    from tests.db.conftest import Clock


def one_payer() -> Family:
    return small.family(small.worker(), small.resident(), bindings=(small.bound(),), as_of=TODAY)


@pytest.fixture
def store() -> Store:
    return Shelf(Path()).hold(one_payer())


# --------------------------------------------------------------------------------------- outside of a step


def test_that_the_orm_changes_nothing_outside_a_step(store: Store) -> None:
    before = content(store)
    with Session(connection_of(store)) as session:
        session.add(SnoozeRow(place=1, finding="x", until=TODAY))
        with pytest.raises(IntegrityError, match=journal.OUTSIDE):
            session.flush()
    with Session(connection_of(store)) as session, pytest.raises(IntegrityError, match=journal.OUTSIDE):
        session.execute(update(PersonRow).values(name="所有人"))
    assert content(store) == before


@pytest.mark.parametrize("row", FACTS, ids=lambda row: row.__tablename__)
def test_that_no_statement_changes_a_fact_outside_a_step(row: type, store: Store) -> None:
    connection = connection_of(store)
    full = Shelf(Path()).hold(family_with_everything())
    name = row.__tablename__  # type: ignore[attr-defined]
    for statement in (f"DELETE FROM {name}", f"UPDATE {name} SET place = place"):
        with (
            pytest.raises(IntegrityError, match=journal.OUTSIDE),
            connection_of(full).begin(),
        ):
            connection_of(full).exec_driver_sql(statement)
    with connection_of(full).begin():
        rows = [tuple(one) for one in connection_of(full).exec_driver_sql(f"SELECT * FROM {name}")]
    with connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    marks = ", ".join("?" * len(rows[0]))
    with pytest.raises(IntegrityError, match=journal.OUTSIDE), connection.begin():
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", rows)
    full.close()


def family_with_everything() -> Family:
    paid, yuan = PremiumPayment("p1", TODAY, "mum", 2026, group=PremiumGroup.HALF), small.yuan(500)
    return replace(
        one_payer(),
        people=(small.worker(base=8000), small.resident()),
        events=(
            small.visit(),
            paid,
            Refund("r1", TODAY, "v1"),
            WalletTransfer("w1", TODAY, "me", "mum", yuan),
        ),
        plan=Plan(),
        scenarios=(Scenario("甲"),),
        snoozes=(Snooze("x", TODAY),),
        snapshots=(small.snapshot(),),
        errands=(Errand("e1", "transfer.in_province", "me", TODAY),),
    )


def test_that_what_was_done_at_the_office_is_undone_row_by_row(store: Store) -> None:
    """Matters share the order of the other events, and one that becomes another kind stays in its place."""
    before = store.family()
    moved = AccountTransfer("m1", TODAY, "me", small.ELSEWHERE, small.CHANGSHA)
    first = replace(before, events=(small.visit(), moved, small.visit("v2")))
    store.keep("记下转移", first)
    second = replace(first, events=(small.visit(), Death("m1", TODAY, "mum"), small.visit("v2")))
    store.keep("改", second)
    third = replace(second, events=(small.visit(), small.visit("v2")))
    store.keep("删去", third)
    assert (store.undo(), store.undo(), store.undo()) == (second, first, before)
    assert (store.redo(), store.redo(), store.redo()) == (first, second, third)


def test_that_how_far_an_errand_has_come_is_undone(store: Store) -> None:
    before = store.family()
    errand = Errand("e1", "transfer.in_province", "me", TODAY)
    begun = replace(before, errands=(errand,))
    ticked = replace(begun, errands=(replace(errand, done=(("apply", TODAY),), papers=("id_card",)),))
    store.keep("开始办转移", begun)
    store.keep("办了申请", ticked)
    assert (store.undo(), store.undo()) == (begun, before)
    assert (store.redo(), store.redo()) == (begun, ticked)


def test_that_what_was_kept_of_a_scenario_is_undone_and_comes_back(store: Store) -> None:
    before = store.family()
    first, second, third = (small.snapshot(on=date(2026, 3, day)) for day in (1, 2, 3))
    store.keep("留存甲", replace(before, snapshots=(first, second)))
    store.keep("留存乙", replace(before, snapshots=(second, third)))
    assert store.undo().snapshots == (first, second)
    assert store.undo() == before
    assert store.redo().snapshots == (first, second)
    assert store.redo().snapshots == (second, third)


def test_that_many_rows_at_once_belong_to_the_step_too(store: Store, clock: Clock) -> None:
    connection = connection_of(store)
    before = content(store)
    with connection.begin(), journal.step(connection, "暂缓", clock()):
        many = [{"place": number, "finding": f"f{number}", "until": TODAY} for number in range(1, 50)]
        connection.execute(insert(SnoozeRow), many)
        connection.execute(update(SnoozeRow).values(until=TODAY + timedelta(1)))
        connection.exec_driver_sql("UPDATE snooze SET place = place + 100 WHERE place > 40")
        connection.exec_driver_sql("DELETE FROM snooze WHERE place < 10")
    after = content(store)
    store.undo()
    assert content(store) == before
    store.redo()
    assert content(store) == after


def test_that_replacing_a_row_is_undone_too(store: Store, clock: Clock) -> None:
    connection = connection_of(store)
    before = content(store)
    with connection.begin(), journal.step(connection, "换人", clock()):
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO person (place, id, name) VALUES (9, 'mum', '继母')"
        )
    assert store.undo() == one_payer()
    assert content(store) == before


# ------------------------------------------------------------------------------------------------- the walk


def test_the_names_of_steps_in_the_menu(store: Store) -> None:
    family = one_payer()
    assert store.history() == History("", "")
    store.keep("改由哥哥支付", replace(family, bindings=()))
    store.keep("改称呼", replace(family, bindings=(), name="我们家"))
    assert store.history() == History("改称呼", "")
    store.undo()
    assert store.history() == History("改由哥哥支付", "改称呼")
    store.undo()
    assert store.history() == History("", "改由哥哥支付")


def test_that_undo_and_redo_give_the_family_back(store: Store) -> None:
    before, after = one_payer(), replace(one_payer(), people=(small.worker(),), bindings=())
    store.keep("删去母亲", after)
    assert store.undo() == before == store.family()
    assert store.redo() == after == store.family()


def test_that_with_nothing_to_undo_the_family_stays(store: Store) -> None:
    assert store.undo() == store.redo() == one_payer()


def test_that_a_new_step_forgets_what_was_undone(store: Store) -> None:
    store.keep("一", replace(one_payer(), name="一"))
    store.keep("二", replace(one_payer(), name="二"))
    store.undo()
    store.undo()
    store.keep("三", replace(one_payer(), name="三"))
    assert store.history() == History("三", "")
    assert store.redo().name == "三"
    assert [step.name for step in store.steps()] == ["三"]
    assert store.undo() == one_payer()


@pytest.mark.parametrize(
    "after",
    [
        replace(one_payer(), settings=Settings(credit_monthly=True)),
        replace(one_payer(), settings=Settings(mutual_aid_pays_out_of_scope=False)),
        replace(one_payer(), plan=Plan()),
        replace(one_payer(), scenarios=(Scenario("甲"), Scenario("乙"))),
        replace(one_payer(), snoozes=(Snooze("x", TODAY),)),
        replace(one_payer(), holder="mum", name="新名字"),
        replace(one_payer(), events=tuple(small.visit(f"v{number}") for number in range(312))),
        family_with_everything(),
    ],
    ids=["choice", "another choice", "plan", "scenarios", "snooze", "holder", "import", "everything"],
)
def test_that_everything_can_be_undone_after_a_restart(shelf: Shelf, after: Family) -> None:
    book = shelf.create(one_payer())
    start = content(book)
    book.keep("改动", after)
    end = content(book)
    book.close()
    assert book.file is not None
    again = shelf.open(book.file, TODAY)
    assert again.undo() == one_payer()
    assert content(again) == start
    again.close()
    third = shelf.open(book.file, TODAY)
    assert third.redo() == after
    assert content(third) == end
    third.close()


def test_what_was_done_when(store: Store, clock: Clock) -> None:
    store = Shelf(Path(), now=clock).hold(one_payer())
    store.keep("一", replace(one_payer(), name="一"))
    clock.go(days=1)
    store.keep("二", replace(one_payer(), name="二"))
    store.undo()
    newest, oldest = store.steps()
    assert (newest.name, newest.at, newest.undone) == ("二", clock(), True)
    assert (oldest.name, oldest.at, oldest.undone) == ("一", clock() - timedelta(days=1), False)


def test_that_an_error_in_a_step_leaves_no_trace(store: Store, clock: Clock) -> None:
    connection, before = connection_of(store), content(store)

    def fail() -> None:
        with connection.begin(), journal.step(connection, "坏", clock()):
            connection.exec_driver_sql("DELETE FROM binding")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert content(store) == before
    assert store.history() == History()
    store.keep("好", replace(one_payer(), name="好"))
    assert store.undo() == one_payer()


def test_that_the_last_hundred_steps_and_more_are_kept(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.setattr(journal, "KEPT", 100)
    for number in range(1, 150):
        store.keep(f"第 {number} 步", replace(one_payer(), name=str(number)))
    names = [step.name for step in store.steps()]
    assert 100 <= len(names) < 111
    assert names[0] == "第 149 步"
    for _ in names:
        store.undo()
    assert store.history().undo == ""
    assert store.family().name == str(149 - len(names))
    for _ in names:
        store.redo()
    assert store.family().name == "149"


def test_that_a_thousand_steps_are_kept_when_nobody_says_otherwise() -> None:
    assert journal.KEPT >= 100


# -------------------------------------------------------------------------------------------- the property


@settings(deadline=None, max_examples=20)
@given(st.lists(whole.families(), min_size=1, max_size=6), st.data())
def test_that_any_steps_undone_give_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, families: list[Family], data: st.DataObject
) -> None:
    """Undone to the start the content is that of the start, redone that of the end; closed in between too."""
    shelf = Shelf(tmp_path_factory.mktemp("steps"))
    store = shelf.create(one_payer())
    assert store.file is not None
    seen = [content(store)]
    for family in families:
        store.keep("一步", family)
        if content(store) != seen[-1]:
            seen.append(content(store))
    for before in reversed(seen[:-1]):
        if data.draw(st.booleans()):
            store.close()
            store = shelf.open(store.file or Path(), TODAY)
        store.undo()
        assert content(store) == before
    assert store.history().undo == ""
    for after in seen[1:]:
        store.redo()
        assert content(store) == after
    assert store.history().redo == ""
    store.close()


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["keep", "undo", "redo"]), max_size=25), st.data())
def test_that_any_walk_agrees_with_a_list_of_families(moves: list[str], data: st.DataObject) -> None:
    store = Shelf(Path()).hold(one_payer())
    done, undone = [(one_payer(), content(store))], []
    for move in moves:
        if move == "undo" and len(done) > 1:
            undone.append(done.pop())
            store.undo()
        elif move == "redo" and undone:
            done.append(undone.pop())
            store.redo()
        elif move == "keep":
            family = replace(data.draw(small.families()), name=str(len(done)), as_of=TODAY)
            store.keep("一步", family)
            if content(store) != done[-1][1]:
                done.append((family, content(store)))
                undone.clear()
        assert (store.family(), content(store)) == done[-1]
    store.close()
