"""The service that simulates for all sessions: a queue before a few worker processes. Nothing here knows the screen.

A run is made once however many ask for it. A preview goes first: if every worker is busy, the run that can
wait longest is stopped within a month of its time and starts again later.
"""

import itertools
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from dashboard.service import worker
from dashboard.service.cache import Cache
from dashboard.service.jobs import Job
from dashboard.service.worker import Piece
from experiments.processes import Workers, start_workers, usable_cores

URGENT, USUAL = 0, 1


@dataclass
class Progress:
    """How far a job is; ``error`` is the one sentence of what went wrong."""

    total: int = 1
    done: int = 0
    finished: bool = False
    error: str = ""
    cancelled: bool = False

    @property
    def over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.finished or self.cancelled or bool(self.error)

    @property
    def share(self) -> float:
        """The share of the runs that are made."""
        return 1.0 if self.finished else self.done / max(self.total, 1)


@dataclass
class Work:
    """A piece in the queue or under way, and the jobs that want it."""

    order: int
    piece: Piece
    wanted_by: set[str] = field(default_factory=set)
    flag: str = ""


class Service:
    """Worker processes, their queue and the cache."""

    def __init__(self, cache: Cache, workers: int | None = None) -> None:
        """Start no process yet; the first job does. One core stays for the page."""
        self.cache, self.workers = cache, workers or max(usable_cores() - 1, 1)
        self.lock, self.changed = threading.RLock(), threading.Condition()
        self.count = itertools.count()
        self.jobs: dict[str, Job] = {}
        self.progress: dict[str, Progress] = {}
        self.sessions: dict[str, set[str]] = {}
        self.waiting: dict[str, Work] = {}
        self.running: dict[str, Work] = {}
        self.executor: Workers | None = None

    def ask(self, job: Job, session: str = "") -> Progress:
        """Have a job simulated unless its findings are there; return how far it is."""
        with self.lock:
            known = self.progress.get(job.key)
            made = self.cache.outcome(job.key, tables=job.tables)
            if made.is_dir() and (known is None or known.over):
                self.cache.touch(made)
                self.progress[job.key] = Progress(total=1, done=1, finished=True)
                return self.progress[job.key]
            self.sessions.setdefault(job.key, set()).add(session)
            if known and not known.over:
                return known
            self.jobs[job.key], progress = job, Progress(total=len(job.experiments))
            self.progress[job.key] = progress
            self.enter(job, progress)
            self.dispatch()
            return progress

    def enter(self, job: Job, progress: Progress) -> None:
        """Put the runs of a job that nobody has made into the queue."""
        for e in job.experiments:
            part = self.cache.part(e.id)
            if part.exists():
                self.cache.touch(part)
                progress.done += 1
                continue
            work = self.running.get(e.id) or self.waiting.get(e.id)
            if work is None:
                work = self.waiting[e.id] = Work(next(self.count), Piece(job.profile, job.options.scale, e))
            work.wanted_by.add(job.key)
        self.conclude_if_whole(job.key)

    def cancel(self, key: str, session: str = "") -> None:
        """Stop a job unless another session still waits for it."""
        with self.lock:
            self.sessions.get(key, set()).discard(session)
            progress = self.progress.get(key)
            if self.sessions.get(key) or progress is None or progress.over:
                return
            progress.cancelled = True
            self.leave(key)
        self.tell()

    def leave(self, key: str) -> None:
        """Take a job's runs out of the queue; stop those that nobody else wants."""
        for name, work in list(self.waiting.items()):
            work.wanted_by.discard(key)
            if not work.wanted_by:
                del self.waiting[name]
        for work in self.running.values():
            work.wanted_by.discard(key)
            if not work.wanted_by:
                self.cache.stop_flag(work.flag).touch()
        self.jobs.pop(key, None)

    def forget(self, key: str) -> None:
        """Let a job that is over be asked for anew."""
        with self.lock:
            if key in self.progress and self.progress[key].over:
                del self.progress[key]

    def wait(self, key: str, seconds: float) -> Progress:
        """Return how far a job is, as soon as it is over and at the latest after some seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.state(key).over, timeout=seconds)
        return self.state(key)

    def state(self, key: str) -> Progress:
        """Return how far a job is; one that nobody asked for is over."""
        return self.progress.get(key) or Progress(cancelled=True)

    def dispatch(self) -> None:
        """Give free workers the most urgent runs; make room for a preview."""
        while self.waiting and len(self.running) < self.workers:
            name = min(self.waiting, key=lambda n: self.rank(self.waiting[n]))
            self.start(name, self.waiting.pop(name))
        if any(self.rank(work)[0] == URGENT for work in self.waiting.values()):
            self.make_room()

    def rank(self, work: Work) -> tuple[int, int]:
        """Return the place of a piece in the queue: previews first, then in order of arrival."""
        urgent = any(self.jobs[key].urgent for key in work.wanted_by if key in self.jobs)
        return (URGENT if urgent else USUAL, work.order)

    def make_room(self) -> None:
        """Ask one run that can wait to stop, unless one is stopping already."""
        can_wait = [w for w in self.running.values() if self.rank(w)[0] == USUAL]
        if can_wait and not any(self.cache.stop_flag(w.flag).exists() for w in self.running.values()):
            self.cache.stop_flag(max(can_wait, key=lambda w: w.order).flag).touch()

    def start(self, name: str, work: Work) -> None:
        """Hand one run to a worker."""
        work.flag = uuid.uuid4().hex
        self.running[name] = work
        self.submit(
            lambda future: self.ended(name, work, future),
            worker.simulate_piece, work.piece, self.cache.folder, self.cache.stop_flag(work.flag),
        )  # fmt: skip

    def submit(self, then: Callable[[Future], None], task: Callable, *arguments: object) -> None:
        """Run a task in a worker and call ``then`` with its future, never within this call."""
        try:
            future = self.pool().submit(task, *arguments)
        except BrokenProcessPool:
            self.executor = None
            future = self.pool().submit(task, *arguments)
        except RuntimeError:  # the program is ending: there is nobody left to tell
            return
        threading.Thread(target=lambda: (wait_for(future), then(future)), daemon=True).start()

    def pool(self) -> Workers:
        """Return the worker processes, started when first needed or after a failure."""
        if self.executor is None:
            self.executor, _ = start_workers(self.workers)
        return self.executor

    def ended(self, name: str, work: Work, future: Future) -> None:
        """Note the end of a run: made, stopped to make room, or failed."""
        error = future.exception()
        with self.lock:
            self.running.pop(name, None)
            self.cache.stop_flag(work.flag).unlink(missing_ok=True)
            if error:
                self.fail(work.wanted_by, error)
            elif not future.result():
                if work.wanted_by:
                    self.waiting[name] = work
            else:
                self.credit(work.wanted_by)
            self.dispatch()
        self.tell()

    def credit(self, keys: set[str]) -> None:
        """Count a made run for every job that wants it."""
        for key in keys & set(self.jobs):
            self.progress[key].done += 1
            self.conclude_if_whole(key)

    def conclude_if_whole(self, key: str) -> None:
        """Have what a job is for written once its runs are there."""
        progress, job = self.progress[key], self.jobs[key]
        if progress.done < progress.total or progress.over:
            return
        self.submit(
            lambda future: self.concluded(key, future),
            worker.conclude, job, self.cache.folder, self.cache.outcome(key, tables=job.tables),
        )  # fmt: skip

    def concluded(self, key: str, future: Future) -> None:
        """Note that what a job is for is there."""
        error = future.exception()
        with self.lock:
            if error:
                self.fail({key}, error)
            else:
                self.progress[key].finished = True
                self.jobs.pop(key, None)
        self.tell()
        self.cache.trim()

    def fail(self, keys: set[str], error: BaseException) -> None:
        """Give up jobs, with one sentence; a pool whose process died is replaced."""
        broken = isinstance(error, BrokenProcessPool)
        if broken:
            self.executor = None
        for key in list(keys):
            if key in self.progress:
                self.progress[key].error = "process" if broken else one_line(error)
            self.leave(key)

    def tell(self) -> None:
        """Wake those who wait for a job."""
        with self.changed:
            self.changed.notify_all()

    def close(self) -> None:
        """End the worker processes."""
        with self.lock:
            self.waiting.clear()
            if self.executor:
                self.executor.shutdown(wait=False, cancel_futures=True)
                self.executor = None


def wait_for(future: Future) -> None:
    """Wait for a future to end, whatever its end is."""
    future.exception()


def one_line(error: BaseException) -> str:
    """Return the first line of an error, short enough for a page."""
    text = str(error).strip().splitlines() or [type(error).__name__]
    return text[0][:300]
