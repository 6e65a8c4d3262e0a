"""整批的人手。Who works through a batch: this process, one a core, or the workers of a Dask cluster."""

from __future__ import annotations

import logging
import os
import signal
import sys
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol

from desktop.domain.trouble import Trouble
from desktop.usecases.plan_batch import Crew, WorkerDied, planned_rows

if TYPE_CHECKING:
    from desktop.usecases.plan_batch import Chunk, Job, Worked

_MOST_WORKERS = 61 if sys.platform == "win32" else 1024  # Windows waits for no more processes at a time
_TO_CONNECT = 10  # seconds
_NO_DASK = "交给集群做要用 dask，这里没有装。请运行 pip install 'gongji[batch]'（打包好的程序不带它）。"
_ADDRESS = "请检查地址和端口（例如 tcp://127.0.0.1:8786），以及 dask scheduler 是否在运行"
_GO_ON = "已经算好的留着，修好以后用同样的参数再运行一次，就接着做"


class ClosingCrew(Crew, Protocol):
    """A crew that is sent home when the work is done or broken off."""

    def close(self) -> None: ...


def crew_of(workers: int | None, scheduler: str | None) -> ClosingCrew:
    """As many processes as asked, or as there are cores; or the cluster of a scheduler. Raises `Trouble`."""
    if scheduler is not None:
        return Cluster(scheduler)
    wanted = min(workers or cores(), _MOST_WORKERS)
    return Alone() if wanted == 1 else Pool(wanted)


def cores() -> int:
    """Those that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Alone:
    """This very process."""

    room = 1

    def submit(self, job: Job, chunk: Chunk) -> Future[Worked]:
        done: Future[Worked] = Future()
        done.set_result(planned_rows(job, chunk))
        return done

    def result(self, done: Future[Worked]) -> Worked:
        return done.result()

    def check(self) -> None:
        """It is here."""

    def close(self) -> None:
        """It stays."""


class Pool:
    """Processes on this machine, begun anew when one dies, since a pool that lost one takes no more work."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._executor = self._begin()

    @property
    def room(self) -> int:
        return 2 * self._workers

    def submit(self, job: Job, chunk: Chunk) -> Future[Worked]:
        try:
            return self._executor.submit(planned_rows, job, chunk)
        except BrokenProcessPool:
            self.close()
            self._executor = self._begin()
            return self._executor.submit(planned_rows, job, chunk)

    def result(self, done: Future[Worked]) -> Worked:
        try:
            return done.result()
        except BrokenProcessPool:
            raise WorkerDied from None

    def check(self) -> None:
        """A pool without its processes says so itself."""

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def _begin(self) -> ProcessPoolExecutor:
        # Ctrl-C reaches every process of a terminal. Python's own answer would be a traceback from each.
        return ProcessPoolExecutor(
            self._workers,
            mp_context=get_context("spawn"),
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_DFL),
        )


class Cluster:
    """The workers of a Dask cluster: the one connection that this program has made, and only if asked to."""

    def __init__(self, scheduler: str) -> None:
        """Raises `Trouble` where nobody answers within some seconds, or there is no worker."""
        try:
            import distributed
        except ImportError:
            raise Trouble(_NO_DASK) from None
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said here
        dask: Any = distributed
        self._scheduler, self._killed = scheduler, dask.KilledWorker
        try:
            self._client = dask.Client(scheduler, timeout=_TO_CONNECT)
        except (OSError, ValueError, ImportError) as error:
            raise self._trouble(f"连不上（{error}）", _ADDRESS) from None
        try:
            self._client.wait_for_workers(1, timeout=_TO_CONNECT)
        except TimeoutError:
            self.close()
            raise self._nobody() from None
        self._executor = self._client.get_executor(pure=False)

    @property
    def room(self) -> int:
        return max(2, 2 * self._threads())

    def submit(self, job: Job, chunk: Chunk) -> Future[Worked]:
        submitted: Future[Worked] = self._executor.submit(planned_rows, job, chunk)
        return submitted

    def result(self, done: Future[Worked]) -> Worked:
        try:
            return done.result()
        except self._killed:
            raise WorkerDied from None
        except CancelledError:
            raise self._gone() from None
        except Trouble:
            raise
        except Exception as error:
            what = f"worker 做不了（{type(error).__name__}：{error}）"
            raise self._trouble(what, "请让每个 worker 都装同一版程序", _GO_ON) from error

    def check(self) -> None:
        if not self._threads():
            raise self._nobody()

    def close(self) -> None:
        self._client.close()

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            raise self._gone() from None

    def _nobody(self) -> Trouble:
        return self._trouble(
            "集群里没有 worker 在工作", "请用 dask worker 加入几个，每个都要装本程序", _GO_ON
        )

    def _gone(self) -> Trouble:
        return self._trouble("集群中途断了", _GO_ON)

    def _trouble(self, *sentences: str) -> Trouble:
        return Trouble(f"--scheduler {self._scheduler}：{'。'.join(sentences)}。")
