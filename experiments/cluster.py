"""Dask clusters: the only file that knows the library.

A cluster is somebody else's: it is never stopped, and its workers must be one thread each and hold the
same code as this process, which is checked before the start and again in every worker that joins later.
"""

import asyncio
import logging
import platform
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace

from experiments.engine import GONE, LOST, Engine
from experiments.errors import EngineError, LostTask
from experiments.processes import Count, interrupts_held, own_count
from experiments.version import code_version
from model.declare.errors import SettingError

LOCAL = "local"
ADDRESS = re.compile(r"tcp://(?:[\w.-]+|\[[0-9a-fA-F:]+\]):[0-9]{1,5}")
CONNECT_SECONDS = 5
WORKER_SECONDS = 10
ALONE_SECONDS = 60
LOOK_SECONDS = 2.0
POLL = 0.1
NOBODY = f"all workers of the cluster have been gone for {ALONE_SECONDS} seconds"
OWN = "127.0.0.1"
NOISY = ("distributed", "tornado", "asyncio")


class Cluster(Engine):
    """The workers of a Dask scheduler, ours (``local``) or one that runs already (``tcp://host:port``)."""

    def __init__(self, address: str, jobs: int) -> None:
        """Connect, wait for a worker, and compare code; ``jobs`` is the number of workers of ``local``."""
        self.client = self.own = None
        self.where = f"--cluster {address}"
        self.levels = quiet()
        try:
            self.client = self.connect(address, jobs)
            self.facts = facts()
            self.wait_for_workers()
            self.compare_workers()
        except BaseException:
            self.close(finish=False)
            raise
        self.seen = self.looked = time.monotonic()
        super().__init__(
            self.client.get_executor(pure=False), self.workers(), Count(SimpleNamespace(value=0), threading.Lock())
        )

    def connect(self, address: str, jobs: int) -> object:
        """Return a client of the scheduler, started here if it is to be ours."""
        import distributed

        if address == LOCAL:
            self.own = start_here(jobs)
            address = self.own.scheduler_address
        accept_address(address, self.where)
        try:
            kind = asyncio.run(asyncio.wait_for(kind_of_server(address), CONNECT_SECONDS))
            if kind == "Scheduler":
                return distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError, RuntimeError):
            kind = f"no answer in {CONNECT_SECONDS} seconds"
        raise SettingError(self.where, f"must be a running Dask scheduler; got {kind}")

    def wait_for_workers(self) -> None:
        """Wait a moment for the first worker."""
        end = time.monotonic() + WORKER_SECONDS
        while not self.workers():
            if time.monotonic() > end:
                raise SettingError(self.where, f"must have at least one worker; got none in {WORKER_SECONDS} seconds")
            time.sleep(POLL)

    def compare_workers(self) -> None:
        """Refuse workers that would compute something else."""
        for answer in self.client.run(facts, on_error="return").values():
            if isinstance(answer, Exception):
                raise SettingError(self.where, f"must have workers with this program; got: {first_line(answer)}")
            if different := difference(self.facts, answer):
                raise SettingError(self.where, different)
        threads = [w["nthreads"] for w in self.client.scheduler_info()["workers"].values()]
        if max(threads, default=1) > 1:
            raise SettingError(self.where, f"must have workers of one thread (--nthreads 1); got {max(threads)}")

    def workers(self) -> int:
        """Return how many workers there are now."""
        return len(self.client.scheduler_info()["workers"])

    def submit(self, task: Callable, item: object) -> Future:
        """Send one task off, with what its worker must agree on."""
        return self.executor.submit(remotely, self.facts, task, item)

    def told(self, error: Exception) -> Exception:
        """Return our word for the library's own failures."""
        return LostTask(LOST) if type(error).__name__ == "KilledWorker" else error

    def receive(self, value: tuple) -> object:
        """Return the result in what a worker sent, and count its work."""
        result, work = value
        self.count.raw.value += work
        return result

    def check(self) -> None:
        """Raise if the scheduler is gone, or all workers have been for long; take note of new ones."""
        if self.client.status != "running":
            raise EngineError(GONE)
        now = time.monotonic()
        if now - self.looked < LOOK_SECONDS:
            return
        self.looked = now
        try:
            workers = self.workers()
        except Exception:
            raise EngineError(GONE) from None
        if workers:
            self.jobs, self.seen = workers, now
        elif now - self.seen > ALONE_SECONDS:
            raise EngineError(NOBODY)

    def close(self, *, finish: bool) -> None:
        """Let go of the cluster, and end it if it is ours; after a failure the library stays silent about it."""
        for part in (self.client, self.own):
            if part is not None:
                try:
                    part.close(timeout=CONNECT_SECONDS if finish else 1)
                except Exception:
                    logging.getLogger(__name__).debug("a cluster that is gone cannot be left", exc_info=True)
        if finish:
            for name, level in self.levels.items():
                logging.getLogger(name).setLevel(level)


def accept_address(text: str, where: str) -> str:
    """Return what names a cluster, or raise SettingError."""
    if text != LOCAL and not ADDRESS.fullmatch(text):
        raise SettingError(where, f"must be local or tcp://HOST:PORT; got {text!r}")
    return text


async def kind_of_server(address: str) -> str:
    """Return what answers at an address: ``Scheduler``, ``Worker``, ``Nanny``. A client alone would wait for ever."""
    from distributed.comm import connect

    comm = await connect(address, timeout=CONNECT_SECONDS)
    try:
        await comm.write({"op": "identity", "reply": True})
        return str((await comm.read()).get("type"))
    finally:
        comm.abort()


def quiet() -> dict[str, int]:
    """Silence the libraries, whose failures we tell in one line; return the levels to restore."""
    import distributed  # noqa: F401  (it sets the levels of its loggers when it is loaded)

    known = [*NOISY, *(name for name in logging.root.manager.loggerDict if name.partition(".")[0] in NOISY)]
    levels = {name: logging.getLogger(name).level for name in known}
    for name in levels:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return levels


def start_here(jobs: int) -> object:
    """Start a scheduler and worker processes that only this machine can reach."""
    import distributed

    here = f"{OWN}:0"
    with interrupts_held():
        return distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, processes=True, host=OWN, dashboard_address=here,
            worker_dashboard_address=here, silence_logs=logging.CRITICAL,
        )  # fmt: skip


def facts() -> dict[str, str]:
    """Return what client and workers must agree on, so that they compute the same numbers."""
    import numpy

    return {"Python": platform.python_version(), "numpy": numpy.__version__, "code": code_version()}


def difference(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """Return the sentence on the first thing that differs, or nothing."""
    for name, value in ours.items():
        if theirs.get(name) != value:
            return f"must have workers with {name} {value}; got {theirs.get(name)}"
    return ""


def remotely(expected: dict[str, str], task: Callable, item: object) -> tuple[object, int]:
    """Run a task in a worker; return its result and the work that it reported."""
    if different := difference(expected, facts()):
        raise EngineError(f"a worker joined that {different}")
    count = own_count().raw
    before = count.value
    return task(item), count.value - before


def first_line(error: Exception) -> str:
    """Return the kind and the first line of an error."""
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
