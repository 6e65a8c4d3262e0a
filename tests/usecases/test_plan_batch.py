"""整批推演测试。The same rows wherever they are made; what is broken off goes on; nothing stops the rest."""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import zlib
from concurrent.futures import CancelledError, Future
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from desktop.domain.money import Money
from desktop.domain.trouble import InputRefused, Trouble
from desktop.exchange.family_document import parse_family, write_family
from desktop.planning.scenario import with_scenario
from desktop.policy.book import Book
from desktop.usecases import batch_crew, plan_batch
from desktop.usecases.batch_crew import Alone, Cluster, Pool, cores, crew_of
from desktop.usecases.chances import fans, scripted
from desktop.usecases.plan_batch import (
    COLUMNS,
    Chunk,
    Crew,
    Families,
    Given,
    Job,
    Paths,
    Reached,
    Row,
    Worked,
    WorkerDied,
    families_of,
    job_of,
    planned_row,
    planned_rows,
)
from desktop.usecases.plan_years import plan_years
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desktop.domain.family import Family

UNTIL, TODAY = date(2028, 12, 1), date(2026, 1, 1)
SAMPLES = RESOURCES / "samples"
SANDWICH = (SAMPLES / "sandwich-family.json").read_bytes()
BAD = Given("bad", "bad.json", b'{"people": []}')


@pytest.fixture(scope="module")
def job() -> Job:
    return job_of(shipped(), UNTIL, TODAY)


def with_balance(name: str, yuan: int) -> Given:
    """The retiree of the samples with another balance: a short plan of few events."""
    document = json.loads((SAMPLES / "retiree.json").read_text("utf-8"))
    owner = next(one for one in document["people"] if "account" in one)
    owner["account"]["opening"]["balance"] = f"{yuan}.00"
    return Given(name, f"{name}.json", json.dumps(document).encode())


FEW = tuple(with_balance(f"f{number}", 100 * number) for number in range(4))


def families(*given: Given) -> Families:
    return Families("here", len(given), lambda: iter(given))


class KeptParts:
    """Parts in memory."""

    def __init__(self) -> None:
        self.held: Mapping[str, Any] | None = None
        self.parts: dict[str, Sequence[Row]] = {}
        self.output: list[Row] = []

    def settings(self) -> Mapping[str, Any] | None:
        return self.held

    def begin(self, settings: Mapping[str, Any]) -> None:
        self.held = settings
        self.parts.clear()

    def rows(self, key: str) -> Sequence[Row] | None:
        return self.parts.get(key)

    def keep(self, key: str, rows: Sequence[Row]) -> None:
        self.parts[key] = rows

    def join(self, keys: Sequence[str], settings: Mapping[str, Any]) -> None:
        self.output = [row for key in keys for row in self.parts[key]]
        self.held = None


class Fragile(Alone):
    """A crew whose worker dies of some families, and which counts what it is given."""

    room = 3

    def __init__(self, *deadly: str, dies: int = 1000) -> None:
        self.deadly, self.left, self.given = deadly, dies, 0
        self.checked = 0

    def submit(self, job: Job, chunk: Chunk) -> Future[Worked]:
        self.given += 1
        if self.left and any(one.family in self.deadly for one in chunk):
            self.left -= 1
            died: Future[Worked] = Future()
            died.set_exception(WorkerDied())
            return died
        return super().submit(job, chunk)

    def check(self) -> None:
        self.checked += 1


def run(job: Job, given: Families, crew: Crew, parts: KeptParts | None = None) -> list[Row]:
    kept = parts or KeptParts()
    list(plan_batch.plan_batch(given, job, kept, crew))
    return kept.output


# ---------------------------------------------------------------------------------------------- one family


def test_that_a_row_says_what_the_plan_of_that_family_says(job: Job) -> None:
    row = planned_row(Given("s", "s.json", SANDWICH), shipped(), job)
    family = parse_family(SANDWICH, "s.json", TODAY)
    ahead = plan_years(family, shipped(), UNTIL)
    assert ahead.lowest is not None
    assert ahead.shortfall is not None
    assert tuple(row) == tuple(column.name for column in COLUMNS)
    assert (row["status"], row["account"], row["runs_out"]) == ("ok", "me", "2028-05")
    assert (row["lowest_month"], row["lowest_balance"]) == (
        f"{ahead.lowest.month:%Y-%m}",
        ahead.lowest.balance,
    )
    assert (row["first_shortfall_on"], row["first_shortfall_amount"]) == (
        ahead.shortfall.on,
        ahead.shortfall.amount,
    )
    assert (row["cash_total"], row["end_balance"]) == (ahead.cash_total, ahead.months[-1].balance)
    assert row["errors"] + row["warnings"] + row["notes"] == len(ahead.findings)
    assert row["packs"].split("; ")[0].startswith("cn-4301 ")


def test_that_a_family_that_lasts_has_no_shortfall_and_one_without_months_no_lowest(job: Job) -> None:
    lasting = planned_row(with_balance("rich", 90_000), shipped(), job)
    assert (lasting["runs_out"], lasting["first_shortfall_on"]) == (None, None)
    past = planned_row(FEW[0], shipped(), replace(job, until=date(2020, 1, 1), paths=Paths(10, 1)))
    assert (past["lowest_month"], past["end_balance"], past["cash_total"]) == (None, None, Money(0))
    assert (past["paid_by_others"], past["end_balance_p50"]) == (Money(0), None)


def test_that_what_a_brothers_account_pays_is_told(job: Job) -> None:
    family = parse_family(SANDWICH, "s.json", TODAY)
    brother = next(one for one in family.scenarios if one.name == "母亲改由哥哥支付")
    written = json.dumps(write_family(replace(with_scenario(family, brother), scenarios=()))).encode()
    assert planned_row(Given("s", "s.json", written), shipped(), job)["paid_by_others"] > Money(0)
    assert planned_row(Given("s", "s.json", SANDWICH), shipped(), job)["paid_by_others"] == Money(0)


def test_that_many_futures_are_drawn_when_asked_the_same_of_the_same_seed(job: Job) -> None:
    drawn = replace(job, paths=Paths(200, 7))
    given = Given("s", "s.json", SANDWICH)
    row = planned_row(given, shipped(), drawn)
    family = parse_family(SANDWICH, "s.json", TODAY)
    *_, fan = fans(scripted(family, shipped(), row["account"], UNTIL), seed=7, futures=200)
    ends = [row[f"end_balance_p{percent}"] for percent in (10, 50, 90)]
    assert ends == [fan.bands[percent][-1] for percent in (10, 50, 90)]
    assert row["share_lasting"] == fan.lasting[-1] / 200
    assert planned_rows(drawn, (given,)).rows == [row]
    assert planned_row(given, shipped(), job)["share_lasting"] is None


def test_that_bad_families_are_skipped_with_every_fault_and_the_others_go_on(job: Job) -> None:
    unread = Given("gone", "gone.json", b"", "gone.json：读不了这个文件")
    rows, bugs = planned_rows(job, (BAD, FEW[0], unread))
    assert [row["status"] for row in rows] == ["skipped", "ok", "skipped"]
    assert len(rows[0]["fault"].splitlines()) == 2
    assert "bad.json：people" in rows[0]["fault"]
    assert (rows[2]["fault"], rows[2]["account"]) == ("gone.json：读不了这个文件", None)
    assert bugs == ()


def test_that_a_bug_is_told_as_one_and_stops_no_other_family(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(family: Family, book: Book, until: date) -> Any:
        raise KeyError("x")

    monkeypatch.setattr(plan_batch, "plan_years", broken)
    rows, bugs = planned_rows(job, FEW[:2])
    assert [row["fault"] for row in rows] == [
        f"{given.file}：程序出错（KeyError：'x'），没有算。" for given in FEW[:2]
    ]
    assert len(bugs) == 2
    assert 'raise KeyError("x")' in bugs[0]


def test_that_a_worker_with_another_engine_refuses_the_job(job: Job) -> None:
    with pytest.raises(Trouble, match="每个 worker 都装同一版"):
        planned_rows(replace(job, engine="0"), FEW)


def test_that_packs_of_one_version_with_another_value_are_another_law(job: Job) -> None:
    packs = shipped().packs
    other = Book([*packs.values(), replace(packs["cn"], title="另一个")])
    assert job_of(Book(reversed(packs.values())), UNTIL, TODAY).law == job.law
    assert job_of(other, UNTIL, TODAY).law != job.law


# ---------------------------------------------------------------------------------------------- a whole run


def test_that_processes_give_the_very_rows_of_one_process_in_their_order(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_batch, "_CHUNKS", 4)
    given = families(*(with_balance(f"f{number}", 50 * number) for number in range(20)), BAD)
    alone = run(job, given, Alone())
    with closing(Pool(2)) as pool:
        assert run(job, given, pool) == alone
    assert [row["family"] for row in alone] == [one.family for one in given.read()]


def test_that_a_run_tells_how_far_it_is(job: Job) -> None:
    news = list(plan_batch.plan_batch(families(*FEW, BAD), job, KeptParts(), Alone()))
    assert [one.done for one in news] == [1, 2, 3, 4, 5]
    assert [one.skipped for one in news] == [0, 0, 0, 0, 1]
    assert "people" in news[-1].faults[0]
    assert news[-1] == Reached(5, 5, 0, 1, news[-1].faults)


def test_that_a_run_broken_off_goes_on_and_plans_anew_only_what_has_changed(job: Job) -> None:
    parts, whole = KeptParts(), run(job, families(*FEW), Alone())
    broken = plan_batch.plan_batch(families(*FEW), job, parts, Alone())
    next(broken)
    next(broken)
    assert len(parts.parts) == 2
    changed = replace_first(FEW)
    crew = Fragile()
    last = list(plan_batch.plan_batch(families(*changed), job, parts, crew))[-1]
    assert (last.done, last.kept, crew.given) == (4, 1, 3)
    assert parts.output[1:] == whole[1:]
    assert parts.output[0] != whole[0]


def replace_first(given: tuple[Given, ...]) -> tuple[Given, ...]:
    return (with_balance(given[0].family, 7777), *given[1:])


def test_that_the_next_day_goes_on_with_the_day_on_which_the_run_began(job: Job) -> None:
    parts = KeptParts()
    next(plan_batch.plan_batch(families(*FEW), job, parts, Alone()))
    crew = Fragile()
    run(replace(job, today=date(2026, 1, 2)), families(*FEW), crew, parts)
    assert crew.given == 3


def test_that_a_run_asked_something_else_is_refused_until_one_begins_afresh(job: Job) -> None:
    parts = KeptParts()
    next(plan_batch.plan_batch(families(*FEW), job, parts, Alone()))
    later = replace(job, until=date(2030, 1, 1))
    with pytest.raises(InputRefused, match=r"--until .*--fresh"):
        run(later, families(*FEW), Alone(), parts)
    assert len(parts.parts) == 1
    crew = Fragile()
    list(plan_batch.plan_batch(families(*FEW), later, parts, crew, fresh=True))
    assert (crew.given, len(parts.output)) == (4, 4)


def test_that_a_chunk_whose_worker_died_is_tried_again(job: Job) -> None:
    crew = Fragile("f1", dies=1)
    assert run(job, families(*FEW), crew) == run(job, families(*FEW), Alone())
    assert crew.given == 5


def test_that_of_a_chunk_that_kills_its_workers_only_the_family_to_blame_is_skipped(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_batch, "_CHUNKS", 4)
    many = tuple(FEW[number % 4]._replace(family=f"g{number}") for number in range(11))
    rows = run(job, families(*many, BAD), Fragile("g5"))
    assert [row["family"] for row in rows if row["status"] == "skipped"] == ["g5", "bad"]
    assert "两次中途退出" in rows[5]["fault"]


def test_that_a_crew_is_asked_whether_anybody_works_when_nothing_comes(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Fragile):
        def submit(self, job: Job, chunk: Chunk) -> Future[Worked]:
            self.late: Future[Worked] = Future()
            self.work = super().submit(job, chunk).result()
            return self.late

        def check(self) -> None:
            super().check()
            self.late.set_result(self.work)

    monkeypatch.setattr(plan_batch, "_PATIENCE", 0.01)
    crew = Slow()
    assert len(run(job, families(FEW[0]), crew)) == 1
    assert crew.checked == 1


def test_that_a_pool_lives_on_when_its_processes_die(job: Job) -> None:
    """Unpacking these packs ends the process at once."""

    class Deadly:
        def __reduce__(self) -> tuple[Callable[[int], Any], tuple[int]]:
            return os._exit, (1,)

    deadly = replace(job, packs=zlib.compress(pickle.dumps(Deadly())))
    with closing(Pool(1)) as pool:
        rows = run(deadly, families(FEW[0]), pool)
        assert [row["status"] for row in rows] == ["skipped"]
        assert run(job, families(FEW[0]), pool) == run(job, families(FEW[0]), Alone())
        pool.check()


# -------------------------------------------------------------------------------------------- who does it


def test_that_there_are_as_many_workers_as_asked_or_as_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(crew_of(1, None), Alone)
    crew_of(1, None).close()
    monkeypatch.setattr(batch_crew, "cores", lambda: 3)
    with closing(crew_of(None, None)) as crew:
        assert isinstance(crew, Pool)
        assert crew.room == 6


def test_that_cores_are_those_one_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


def test_that_ctrl_c_ends_a_process_of_the_pool_without_a_word() -> None:
    with closing(Pool(1)) as pool:
        asked = pool._executor.submit(signal.getsignal, signal.SIGINT)
        assert asked.result() == signal.SIG_DFL


class Dead(Exception):
    """What a scheduler says of a task that took several workers with it."""


class Stub:
    """A cluster's client, as far as this program asks one."""

    trouble: Exception | None = None
    workers = 1

    def __init__(self, _address: str, timeout: float) -> None:
        if self.trouble is not None:
            raise self.trouble

    def wait_for_workers(self, _count: int, timeout: float) -> None:
        if not self.workers:
            raise TimeoutError

    def get_executor(self, **_options: Any) -> SimpleNamespace:
        return SimpleNamespace(submit=lambda work, *given: Alone().submit(*given))

    def nthreads(self) -> dict[str, int]:
        if self.workers < 0:
            raise OSError
        return dict.fromkeys(map(str, range(self.workers)), 1)

    def close(self) -> None: ...


@pytest.fixture
def dask(monkeypatch: pytest.MonkeyPatch) -> type[Stub]:
    library = ModuleType("distributed")
    stub = type("Stub", (Stub,), {})
    library.Client, library.KilledWorker = stub, Dead  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "distributed", library)
    return stub


def failed(error: Exception) -> Future[Worked]:
    future: Future[Worked] = Future()
    future.set_exception(error)
    return future


def test_that_without_dask_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Trouble, match=r"gongji\[batch\]"):
        crew_of(None, "tcp://here:1")


@pytest.mark.parametrize("error", [OSError("timed out"), ValueError("missing port"), ImportError("ucx")])
def test_that_a_scheduler_that_does_not_answer_is_named(dask: type[Stub], error: Exception) -> None:
    dask.trouble = error
    with pytest.raises(Trouble, match="--scheduler tcp://here:1：连不上"):
        Cluster("tcp://here:1")


def test_that_a_cluster_without_workers_is_named(dask: type[Stub]) -> None:
    dask.workers = 0
    with pytest.raises(Trouble, match="没有 worker"):
        Cluster("tcp://here:1")


def test_that_a_cluster_gives_the_rows_and_has_room_for_two_a_thread(dask: type[Stub], job: Job) -> None:
    dask.workers = 3
    with closing(crew_of(None, "tcp://here:1")) as crew:
        assert crew.room == 6
        assert run(job, families(*FEW), crew) == run(job, families(*FEW), Alone())
        crew.check()


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (Dead(), WorkerDied, "^$"),
        (CancelledError(), Trouble, "集群中途断了"),
        (Trouble("另一版"), Trouble, "另一版"),
        (ModuleNotFoundError("desktop"), Trouble, "worker 做不了（ModuleNotFoundError：desktop）"),
    ],
)
def test_that_what_goes_wrong_on_a_cluster_is_told_apart(
    dask: type[Stub], error: Exception, kind: type[Exception], says: str
) -> None:
    cluster = Cluster("tcp://here:1")
    with pytest.raises(kind, match=says):
        cluster.result(failed(error))


def test_that_a_cluster_that_has_gone_is_noticed(dask: type[Stub]) -> None:
    cluster = Cluster("tcp://here:1")
    dask.workers = 0
    assert cluster.room == 2
    with pytest.raises(Trouble, match="没有 worker"):
        cluster.check()
    dask.workers = -1
    with pytest.raises(Trouble, match="集群中途断了"):
        cluster.check()


def test_that_the_samples_are_a_batch() -> None:
    assert [one.family for one in families_of(Path(SAMPLES)).read()] == sorted(
        file.stem for file in SAMPLES.glob("*.json")
    )
