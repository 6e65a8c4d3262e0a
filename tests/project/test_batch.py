"""整批推演总测。`gongji plan --batch` as one runs it: alone, on two cores, on a cluster of two workers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desktop.__main__ import main
from desktop.cli.progress import BatchProgress
from desktop.usecases import batch_crew, plan_batch
from desktop.usecases.plan_batch import ParquetParts, Reached

if TYPE_CHECKING:
    from collections.abc import Iterator

pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("distributed")

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"
UNTIL = ("--until", "2028-12")
Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples with other balances, and a family that can't be read."""
    made = tmp_path_factory.mktemp("families")
    for file in sorted(SAMPLES.glob("*.json")):
        for balance in range(4):
            document = json.loads(file.read_text("utf-8"))
            for person in document["people"]:
                if "account" in person:
                    person["account"]["opening"]["balance"] = f"{1234 * balance}.5{balance}"
            (made / f"{file.stem}-{balance}.json").write_text(json.dumps(document), "utf-8")
    (made / "bad.json").write_text("{")
    return made


@pytest.fixture(scope="module")
def rows(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What one process makes of them."""
    out = tmp_path_factory.mktemp("alone") / "out.parquet"
    assert main(["plan", "--batch", str(folder), "-o", str(out), *UNTIL, "--workers", "1"]) == 1
    return read(out)


def read(out: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = pq.read_table(out).to_pylist()
    return listed


def run(output: Output, *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["plan", *map(str, arguments), *UNTIL])
    said = output.readouterr()
    return code, said.out, said.err


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


def said(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """What it says of itself on standard error, once it says it."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found
    raise AssertionError(pattern)


@contextmanager
def cluster(*, workers: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A scheduler and a nanny's workers on this machine, each a process of its own."""
    listening = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with started("dask", *listening) as scheduler:
        address = said(scheduler, r"Scheduler at:\s+(tcp://\S+)")[1]
        if not workers:
            yield address, scheduler
            return
        joining = ("worker", address, "--nworkers", str(workers), "--nthreads", "1", "--no-dashboard")
        with started("dask", *joining) as nanny:
            for _ in range(workers):
                said(nanny, r"Registered to:\s+tcp")
            yield address, scheduler


# ------------------------------------------------------------------------------------------------------ runs


def test_that_every_family_is_a_row_as_gongji_plan_has_it(rows: list[dict[str, Any]], capsys: Output) -> None:
    assert [row["family"] for row in rows][:2] == ["bad", "retiree-0"]
    assert [row["status"] for row in rows] == ["skipped", *["ok"] * 12]
    main(["plan", str(SAMPLES / "sandwich-family.json"), *UNTIL, "--json"])
    plan = json.loads(capsys.readouterr().out)
    assert plan["account"] == next(row for row in rows if row["family"] == "sandwich-family-0")["account"]


def test_that_all_cores_give_the_same_to_the_fen(
    folder: Path, rows: list[dict[str, Any]], tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / "out.parquet"
    code, told, faults = run(capsys, "--batch", folder, "-o", out, "--workers", "2", "--json")
    assert (code, json.loads(told)) == (1, {"written": str(out), "families": 13, "skipped": 1})
    assert "bad.json：内容在第 1 行" in faults
    assert "13/13 户" in faults
    assert read(out) == rows
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.parquet"]


def test_that_a_parquet_file_of_documents_gives_the_same(
    folder: Path, rows: list[dict[str, Any]], tmp_path: Path, capsys: Output
) -> None:
    pa = pytest.importorskip("pyarrow")
    files = sorted(folder.glob("*.json"))
    given = {"family": [one.stem for one in files], "document": [one.read_text("utf-8") for one in files]}
    pq.write_table(pa.table(given), tmp_path / "in.parquet")
    code, told, _ = run(capsys, "--batch", tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    assert (code, "13 户，其中 1 户没有算" in told) == (1, True)
    assert read(tmp_path / "out.parquet")[1:] == rows[1:]
    assert "in.parquet 第 1 行（bad）" in read(tmp_path / "out.parquet")[0]["fault"]


def test_that_a_cluster_of_two_workers_gives_the_same_to_the_fen(
    folder: Path, rows: list[dict[str, Any]], tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / "out.parquet"
    with cluster(workers=2) as (address, _):
        code, _, faults = run(capsys, "--batch", folder, "-o", out, "--scheduler", address)
    assert (code, "bad.json：内容在第 1 行" in faults) == (1, True)
    assert read(out) == rows


def test_that_a_scheduler_that_does_not_answer_is_told(
    folder: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_crew, "_TO_CONNECT", 1)
    asked = ("--batch", folder, "-o", tmp_path / "out.parquet", "--scheduler", "tcp://127.0.0.1:9")
    code, told, faults = run(capsys, *asked)
    assert (code, told) == (2, "")
    assert "--scheduler tcp://127.0.0.1:9：连不上" in faults
    assert list(tmp_path.iterdir()) == []


def test_that_a_cluster_without_workers_is_told(
    folder: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_crew, "_TO_CONNECT", 1)
    with cluster(workers=0) as (address, _):
        code, _, faults = run(
            capsys, "--batch", folder, "-o", tmp_path / "out.parquet", "--scheduler", address
        )
    assert (code, "集群里没有 worker 在工作" in faults) == (2, True)


def test_that_a_scheduler_that_dies_midway_leaves_what_is_done(
    folder: Path, rows: list[dict[str, Any]], tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.parquet"
    with cluster(workers=2) as (address, scheduler):
        keep = ParquetParts.keep

        def keep_and_kill(parts: ParquetParts, key: str, done: Any) -> None:
            keep(parts, key, done)
            scheduler.kill()

        with monkeypatch.context() as patched:
            patched.setattr(ParquetParts, "keep", keep_and_kill)
            code, _, faults = run(capsys, "--batch", folder, "-o", out, "--scheduler", address)
    assert (code, "集群中途断了" in faults, out.exists()) == (2, True, False)
    code, _, faults = run(capsys, "--batch", folder, "-o", out, "--workers", "1")
    assert (code, "户是上次算好的" in faults) == (1, True)
    assert read(out) == rows


def test_that_a_run_broken_off_by_ctrl_c_is_taken_up_again(
    folder: Path, rows: list[dict[str, Any]], tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "desktop", "plan", "--batch", str(folder), "-o", str(out), *UNTIL]
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while len(list(tmp_path.glob("*/*.parquet"))) < 3 and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, "停下了" in told, "Traceback" in told) == (130, True, False)
    code, _, faults = run(capsys, "--batch", folder, "-o", out, "--workers", "1")
    assert (code, "户是上次算好的" in faults) == (1, True)
    assert read(out) == rows


def test_that_futures_are_drawn_from_the_seed(folder: Path, tmp_path: Path, capsys: Output) -> None:
    drawn = [tmp_path / f"{number}.parquet" for number in range(3)]
    for out, seed, workers in zip(drawn, ("7", "7", "8"), ("1", "2", "1"), strict=True):
        asked = ("--batch", folder, "-o", out, "--paths", "64", "--seed", seed, "--workers", workers)
        assert run(capsys, *asked)[0] == 1
    first, again, other = map(read, drawn)
    assert first == again
    assert [row["end_balance_p10"] for row in first] != [row["end_balance_p10"] for row in other]
    assert all(0 <= row["share_lasting"] <= 1 for row in first[1:])


# -------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "FILE：没有写家庭文件"),
        (("one.json", "--fresh", "--workers", "2"), "--fresh：这个参数只和 --batch 一起用"),
        (("one.json", "--batch", "."), "FILE：这个参数不和 --batch 一起用"),
        (("--batch", ".", "--account", "me", "-o", "x"), "--account：这个参数不和 --batch 一起用"),
        (("--batch", "."), "-o：没有写结果放在哪个文件"),
        (("--batch", "same.parquet", "-o", "same.parquet"), "-o：结果不能写在读的那个文件上"),
        (("--batch", ".", "-o", "x", "--workers", "0"), "--workers：“0”不是 1 到 1024 的整数"),
        (("--batch", ".", "-o", "x", "--paths", "many"), "--paths：“many”不是 1 到 1000000 的整数"),
        (("--batch", ".", "-o", "x", "--seed", "1"), "--seed：这个参数只和 --paths 一起用"),
        (("--batch", ".", "-o", "x", "--workers", "2", "--scheduler", "a:1"), "请去掉 --workers"),
        (("--batch", ".", "-o", "x", "--scheduler", "nonsense"), "--scheduler nonsense：连不上"),
    ],
)
def test_that_what_cannot_be_done_is_refused_by_name(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.json").write_text("{}")
    code, told, faults = run(capsys, *arguments)
    assert (code, told) == (2, "")
    assert says in faults
    assert [one.name for one in tmp_path.iterdir()] == ["one.json"]


def test_that_a_bug_is_told_with_its_traceback_once(
    folder: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any) -> None:
        raise KeyError("x")

    monkeypatch.setattr(plan_batch, "plan_years", broken)
    code, _, faults = run(capsys, "--batch", folder, "-o", tmp_path / "out.parquet", "--workers", "1")
    assert code == 1
    assert faults.count("程序出错（KeyError：'x'）") == 12
    assert faults.count("Traceback") == 1


# -------------------------------------------------------------------------------------------------- progress


class Terminal:
    def __init__(self, *, is_terminal: bool) -> None:
        self.is_terminal, self.written = is_terminal, ""

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None: ...


def told(*news: Reached, is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is written when a second passes between one piece of news and the next."""
    seconds = iter(range(100))
    monkeypatch.setattr("desktop.cli.progress.monotonic", lambda: next(seconds))
    terminal: Any = Terminal(is_terminal=is_terminal)
    progress = BatchProgress(terminal)
    for one in news:
        progress.tell(one)
    progress.end()
    progress.end()
    return str(terminal.written)


def test_that_a_terminal_has_one_line_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    news = (Reached(300, 2, 2), Reached(300, 4, 2), Reached(300, 6, 2, 1, ("坏了",)))
    assert told(*news, is_terminal=True, monkeypatch=monkeypatch) == (
        "\r2/300 户（2 户是上次算好的）\x1b[K"
        "\r4/300 户（2 户是上次算好的），每秒 1.0 户，还要 4 分 56 秒\x1b[K"
        "\n坏了\n"
        "\r6/300 户（2 户是上次算好的），每秒 1.3 户，还要 3 分 41 秒\x1b[K\n"
    )


def test_that_a_log_has_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    news = [Reached(12, done) for done in range(1, 13)]
    assert told(*news, is_terminal=False, monkeypatch=monkeypatch) == (
        "10/12 户，每秒 1.0 户，还要 2 秒\n12/12 户，每秒 1.0 户，还要 0 秒\n"
    )
