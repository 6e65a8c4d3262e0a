"""整批推演。Many families, each planned by itself, and the same to the fen wherever that is done."""

from __future__ import annotations

import pickle
import traceback
import zlib
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from desktop import __version__
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, total
from desktop.domain.trouble import Fault, InputRefused, Trouble
from desktop.exchange.batch_files import COLUMNS, FORMAT, Families, Given, ParquetParts, Row, families_of
from desktop.exchange.family_document import parse_family
from desktop.policy.book import Book
from desktop.usecases.chances import fans, scripted
from desktop.usecases.plan_years import plan_years
from desktop.usecases.run_entries import RunEntries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from desktop.domain.family import Family
    from desktop.usecases.plan_years import Outlook

__all__ = [
    "COLUMNS",
    "Crew",
    "Families",
    "Given",
    "Job",
    "ParquetParts",
    "Paths",
    "Reached",
    "Row",
    "WorkerDied",
    "families_of",
    "job_of",
    "plan_batch",
    "planned_row",
    "planned_rows",
]

OK, SKIPPED = "ok", "skipped"
_MOST_IN_A_CHUNK = 32  # families of some tens of milliseconds each: a few seconds are lost at an interruption
_CHUNKS = 64  # or more: enough for every core to be busy to the end
_PATIENCE = 10  # seconds without news, after which one asks whether anybody is still working

Chunk: TypeAlias = tuple[Given, ...]


# ------------------------------------------------------------------------------------- what every worker does


class Paths(NamedTuple):
    """How many futures of each family are drawn, and from which seed."""

    futures: int
    seed: int


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of every family. It travels with each task, so that workers may come and go.

    `packs` are the packs, pickled and compressed; `law` tells them from others, whatever their version says.
    """

    until: date
    today: date
    packs: bytes
    law: str
    paths: Paths | None = None
    engine: str = __version__

    def settings(self, source: str) -> dict[str, str]:
        """What must be the same for a broken-off run to be taken up again; `source` is where families are."""
        return {
            "format": FORMAT,
            "families": source,
            "until": f"{self.until:%Y-%m}",
            "paths": "" if self.paths is None else str(self.paths.futures),
            "seed": "" if self.paths is None else str(self.paths.seed),
            "today": str(self.today),
            "engine": self.engine,
            "law": self.law,
        }


class Worked(NamedTuple):
    """A row for each family of a chunk, and where the program itself went wrong."""

    rows: Sequence[Row]
    bugs: tuple[str, ...] = ()


def job_of(book: Book, until: date, today: date, paths: Paths | None = None) -> Job:
    """`today` is the day of a document that names none."""
    packs = tuple(book.packs.values())
    law = sha256(repr(sorted(packs, key=lambda pack: pack.id)).encode()).hexdigest()
    return Job(until, today, zlib.compress(pickle.dumps(packs)), law, paths)


def planned_row(given: Given, book: Book, job: Job) -> Row:
    """One family's row: what `gongji plan` says of it. Raises `Trouble` for one that can't be planned."""
    if given.fault:
        raise Trouble(given.fault)
    family = parse_family(given.document, given.file, job.today)
    ahead = plan_years(family, book, job.until)
    lowest, short = ahead.lowest, ahead.shortfall
    severities = [one.severity for one in ahead.findings]
    packs = book.chain(ahead.ledger.lived.person(ahead.account).area_on(family.as_of))
    return {
        "family": given.family,
        "status": OK,
        "account": ahead.account,
        "as_of": family.as_of,
        "runs_out": None if ahead.runs_out is None else f"{ahead.runs_out:%Y-%m}",
        "first_shortfall_on": None if short is None else short.on,
        "first_shortfall_event": None if short is None else short.event,
        "first_shortfall_patient": None if short is None else short.patient,
        "first_shortfall_amount": None if short is None else short.amount,
        "lowest_month": None if lowest is None else f"{lowest.month:%Y-%m}",
        "lowest_balance": None if lowest is None else lowest.balance,
        "cash_total": ahead.cash_total,
        "paid_by_others": total(RunEntries(ahead).by_others().values()) if ahead.months else NOTHING,
        "end_balance": ahead.months[-1].balance if ahead.months else None,
        **_chances(family, book, ahead, job),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "assumed_from": ahead.assumed_from,
        "engine": __version__,
        "packs": "; ".join(f"{pack.id} {pack.version}" for pack in packs),
        "fault": None,
    }


def _chances(family: Family, book: Book, ahead: Outlook, job: Job) -> Row:
    """Where many futures of the account end; empty where none were asked for, or no month is planned."""
    names = {percent: f"end_balance_p{percent}" for percent in (10, 50, 90)}
    if job.paths is None or not ahead.months:
        return dict.fromkeys((*names.values(), "share_lasting"))
    ready = scripted(family, book, ahead.account, job.until)
    *_, fan = fans(ready, seed=job.paths.seed, futures=job.paths.futures)
    ends = {name: fan.bands[percent][-1] for percent, name in names.items()}
    return {**ends, "share_lasting": fan.lasting[-1] / fan.futures}


def planned_rows(job: Job, chunk: Chunk) -> Worked:
    """A row for each, come what may: one bad family stops no other. Raises `Trouble` for another's job."""
    if job.engine != __version__:
        why = f"任务出自 {job.engine} 版程序，worker 装的是 {__version__} 版。请让每个 worker 都装同一版。"
        raise Trouble(why)
    book = _book(job.packs)
    rows, bugs = [], []
    for given in chunk:
        try:
            rows.append(planned_row(given, book, job))
        except Trouble as trouble:
            rows.append(_skipped(given, str(trouble)))
        except Exception as error:  # a bug: it is told as one, and the other families go on
            rows.append(
                _skipped(given, f"{given.file}：程序出错（{type(error).__name__}：{error}），没有算。")
            )
            bugs.append(traceback.format_exc())
    return Worked(rows, tuple(bugs))


@lru_cache(maxsize=1)
def _book(packs: bytes) -> Book:
    """Unpacked once by each worker, the way a timeline takes it: what it works out serves all families."""
    return Book(pickle.loads(zlib.decompress(packs))).assuming_unchanged()


def _skipped(given: Given, fault: str) -> Row:
    return dict.fromkeys(column.name for column in COLUMNS) | {
        "family": given.family,
        "status": SKIPPED,
        "engine": __version__,
        "fault": fault,
    }


# ---------------------------------------------------------------------------------------------- one whole run


class WorkerDied(Exception):
    """The process that worked on a chunk is gone: killed, or out of memory."""


class Crew(Protocol):
    """Whoever does the work: this process, others on this machine, a cluster."""

    @property
    def room(self) -> int:
        """How many chunks it takes at a time, worked on and waiting."""
        ...

    def submit(self, job: Job, chunk: Chunk) -> Future[Worked]: ...

    def result(self, done: Future[Worked]) -> Worked:
        """Raises `WorkerDied`, and `Trouble` where there is nobody left to work."""
        ...

    def check(self) -> None:
        """Raises `Trouble` where there is nobody left to work."""
        ...


class Parts(Protocol):
    """Where finished rows are kept, chunk by chunk, until they are all there."""

    def settings(self) -> Mapping[str, Any] | None: ...
    def begin(self, settings: Mapping[str, Any]) -> None: ...
    def rows(self, key: str) -> Sequence[Row] | None: ...
    def keep(self, key: str, rows: Sequence[Row]) -> None: ...
    def join(self, keys: Sequence[str], settings: Mapping[str, Any]) -> None: ...


class Answer(NamedTuple):
    """What came of a chunk, under its key; `kept`: by a run that was broken off."""

    key: str
    worked: Worked
    kept: bool = False


class Reached(NamedTuple):
    """How far a run is, in families; `kept` of those done were taken over from a run that was broken off.

    `faults` and `bugs` are those of the families skipped since the last news.
    """

    total: int
    done: int = 0
    kept: int = 0
    skipped: int = 0
    faults: tuple[str, ...] = ()
    bugs: tuple[str, ...] = ()

    def after(self, answer: Answer) -> Reached:
        rows, bugs = answer.worked
        faults = tuple(row["fault"] for row in rows if row["status"] == SKIPPED)
        return Reached(
            self.total,
            self.done + len(rows),
            self.kept + len(rows) * answer.kept,
            self.skipped + len(faults),
            faults,
            bugs,
        )


def plan_batch(
    families: Families, job: Job, parts: Parts, crew: Crew, *, fresh: bool = False
) -> Iterator[Reached]:
    """Plan them all, and write their rows in the order they came; the news is how far that is.

    A run broken off goes on where it was if it is asked the same; a family whose document has changed since
    is planned anew. Raises `Trouble`; what was finished before stays for the next run.
    """
    job = _begun(families, job, parts, fresh=fresh)
    reached = Reached(families.count)
    keys: list[str] = []
    for answer in _answers(families, job, parts, crew, keys):
        if not answer.kept:
            parts.keep(answer.key, answer.worked.rows)
        yield (reached := reached.after(answer))
    parts.join(keys, job.settings(families.source))


def _begun(families: Families, job: Job, parts: Parts, *, fresh: bool) -> Job:
    """The job, on the day the run began. Raises `InputRefused` if what is kept answers something else."""
    held, asked = parts.settings(), job.settings(families.source)
    if held is None or fresh:
        parts.begin(asked)
        return job
    apart = [_NAMES[name] for name in asked if name != "today" and held.get(name) != asked[name]]
    if apart:
        what = f"上次没有做完，留下的结果和这次的{'、'.join(apart)}不同，不能接着做"
        todo = "加 --fresh 就丢掉它们、从头做起；要接着上次的做，请用上次的参数"
        raise InputRefused("-o", [Fault("", what, todo)])
    return replace(job, today=date.fromisoformat(held["today"]))


_NAMES = {
    "format": "格式",
    "families": "家庭",
    "until": " --until ",
    "paths": " --paths ",
    "seed": " --seed ",
    "engine": "程序版本",
    "law": "政策包",
}


def _chunks(families: Families, most: int) -> Iterator[Chunk]:
    size = max(1, min(most, families.count // _CHUNKS))
    given = iter(families.read())
    while chunk := tuple(islice(given, size)):
        yield chunk


def _key(job: Job, chunk: Chunk) -> str:
    """Of the question and everything it is asked of: what is kept under it answers just this."""
    digest = sha256(repr((job.until, job.today, job.engine, job.law, job.paths)).encode())
    for given in chunk:
        digest.update(repr((given.family, given.document, bool(given.fault))).encode())
    return digest.hexdigest()[:32]


def _answers(families: Families, job: Job, parts: Parts, crew: Crew, keys: list[str]) -> Iterator[Answer]:
    """One for each chunk, as they are finished; `keys` become theirs in the order of the families."""
    waiting: dict[Future[Worked], tuple[str, Chunk]] = {}
    for chunk in _chunks(families, _MOST_IN_A_CHUNK if job.paths is None else 1):
        keys.append(key := _key(job, chunk))
        held = parts.rows(key)
        if held is not None:
            yield Answer(key, Worked(held), kept=True)
            continue
        waiting[crew.submit(job, chunk)] = key, chunk
        while len(waiting) >= crew.room:
            yield from _finished(crew, job, waiting)
    while waiting:
        yield from _finished(crew, job, waiting)


def _finished(crew: Crew, job: Job, waiting: dict[Future[Worked], tuple[str, Chunk]]) -> Iterator[Answer]:
    """At least one chunk that is done; those of a worker that died are tried again."""
    for done in _first(crew, waiting):
        key, chunk = waiting.pop(done)
        try:
            yield Answer(key, crew.result(done))
        except WorkerDied:
            yield Answer(key, _again(crew, job, chunk))


def _again(crew: Crew, job: Job, chunk: Chunk) -> Worked:
    """Once more and by itself. If that costs a worker too, family by family: only the one to blame is out."""
    again = crew.submit(job, chunk)
    _first(crew, [again])
    try:
        return crew.result(again)
    except WorkerDied:
        if len(chunk) == 1:
            fault = "算它的进程两次中途退出（也许内存不够），没有算。可以单独用 gongji plan 再试"
            return Worked([_skipped(chunk[0], f"{chunk[0].file}：{fault}。")])
    return _together(_again(crew, job, (given,)) for given in chunk)


def _together(parts: Iterable[Worked]) -> Worked:
    listed = list(parts)
    return Worked(
        [row for one in listed for row in one.rows], tuple(bug for one in listed for bug in one.bugs)
    )


def _first(crew: Crew, waiting: Collection[Future[Worked]]) -> set[Future[Worked]]:
    while not (done := wait(waiting, _PATIENCE, FIRST_COMPLETED).done):
        crew.check()
    return done
