"""Run tasks somewhere: in this process, in several, or on a cluster. Results depend on neither place nor order.

``with open_engine(jobs, cluster) as engine: for done in engine.map(task, items): ...`` is all of it.
A worker that dies loses no task; a task that fails ends alone and is told as such.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from experiments.errors import EngineError, LostTask
from experiments.processes import Count, Interrupts, end_workers, own_count, start_workers, tick, usable_cores

__all__ = ["Done", "Engine", "Processes", "Serial", "map_tasks", "open_engine", "tick", "usable_cores"]

Item = TypeVar("Item")
Result = TypeVar("Result")
POLL_SECONDS = 0.2
SUSPECT, GIVEN_UP = 2, 4
LOST = "a worker process ended without a word: killed, or out of memory"
GONE = "the cluster's scheduler is gone"


class Done(NamedTuple):
    """A task that has ended: with a result, or with the error that it raised."""

    item: object
    result: object = None
    error: Exception | None = None


class SerialExecutor(Executor):
    """Runs each task at once, in this process; the simplest place, and the one to debug with."""

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        """Run the task and return its future, already done."""
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Engine:
    """A place to run tasks, over any ``concurrent.futures`` executor; this one has no workers of its own.

    Args:
        executor: where tasks go. jobs: how many of them run at the same time.
    """

    def __init__(self, executor: Executor, jobs: int = 1, count: Count | None = None) -> None:
        """Take the executor over; it is shut down when the engine is closed."""
        self.executor, self.jobs, self.count = executor, jobs, count or own_count()

    def __enter__(self) -> "Engine":
        """Return the engine, which is ready."""
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        """End the workers: when their tasks are done, or at once if something went wrong."""
        self.close(finish=kind is None)

    @property
    def window(self) -> int:
        """How many tasks to keep under way, so that no worker waits for the next one."""
        return 2 * self.jobs

    def map(
        self,
        task: Callable[[Item], Result],
        items: Iterable[Item],
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Done]:
        """Yield each task as it ends, in any order; ``items`` are taken one by one as there is room.

        Args:
            task: a function that can be pickled. progress: called with the work reported by ``tick``.

        Raises:
            EngineError: the place itself is gone.
        """
        began = self.count.raw.value
        flow = Flow(self, task, items)
        with Interrupts() as interrupts:
            try:
                while flow.fill():
                    interrupts.check()
                    yield from flow.collect(lambda: progress(self.count.raw.value - began) if progress else None)
                    interrupts.check()
            finally:
                flow.cancel()

    def submit(self, task: Callable, item: object) -> Future:
        """Send one task off."""
        return self.executor.submit(task, item)

    def receive(self, value: object) -> object:
        """Return the result in what a worker sent."""
        return value

    def told(self, error: Exception) -> Exception:
        """Return the error that a task raised, in our words if it is the place's."""
        return error

    def check(self) -> None:
        """Raise EngineError if the place is gone for good."""

    def renew(self) -> None:
        """Replace workers after one of them died."""
        raise EngineError(LOST)

    def close(self, *, finish: bool) -> None:
        """Give the place up."""
        self.executor.shutdown(wait=finish, cancel_futures=True)


class Serial(Engine):
    """The process that asks."""

    def __init__(self) -> None:
        """Need nothing."""
        super().__init__(SerialExecutor())

    @property
    def window(self) -> int:
        """One task, since it is done when it is submitted."""
        return 1


class Processes(Engine):
    """Worker processes of this machine, started when they are needed."""

    def __init__(self, jobs: int) -> None:
        """Prepare the pool."""
        super().__init__(*self.pool(jobs))

    @staticmethod
    def pool(jobs: int) -> tuple:
        """Return (executor, jobs, count)."""
        executor, count = start_workers(jobs)
        return executor, jobs, count

    def renew(self) -> None:
        """Start a new pool that goes on counting where the old one stopped."""
        end_workers(self.executor, finish=False)
        seen = self.count.raw.value
        self.executor, _, self.count = self.pool(self.jobs)
        self.count.raw.value = seen

    def close(self, *, finish: bool) -> None:
        """End the processes."""
        end_workers(self.executor, finish=finish)


@dataclass(eq=False)
class Ticket:
    """A task under way, and how many workers died while it was."""

    item: object
    deaths: int = 0


class Flow:
    """The tasks of one ``map``: waiting to be sent, under way, or lost with a worker.

    When a process pool breaks, everything under way is lost and nobody says by whose fault. What was
    lost once is sent again; what was lost twice is tried last, alone, so that the next deaths are its own,
    and is given up after two of those.
    """

    def __init__(self, engine: Engine, task: Callable, items: Iterable) -> None:
        """Send nothing yet."""
        self.engine, self.task = engine, task
        self.new = iter(items)
        self.again: deque[Ticket] = deque()
        self.suspects: deque[Ticket] = deque()
        self.under_way: dict[Future, Ticket] = {}

    def fill(self) -> bool:
        """Send tasks while there is room; tell whether any is under way."""
        while len(self.under_way) < self.engine.window and (ticket := self.next()):
            try:
                self.under_way[self.engine.submit(self.task, ticket.item)] = ticket
            except BrokenProcessPool:
                self.queue_for(ticket).appendleft(ticket)
                self.engine.renew()
        return bool(self.under_way)

    def next(self) -> Ticket | None:
        """Return the next task to send."""
        if self.again:
            return self.again.popleft()
        for item in self.new:
            return Ticket(item)
        return self.suspects.popleft() if self.suspects and not self.under_way else None

    def collect(self, poll: Callable[[], None]) -> Iterator[Done]:
        """Wait a moment and yield what has ended."""
        done, _ = wait(self.under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        poll()
        self.engine.check()
        if any(broke(future) for future in done):
            done, _ = wait(self.under_way)
            ended = list(self.settle(done))
            self.engine.renew()
            yield from ended
        else:
            yield from self.settle(done)

    def settle(self, done: Iterable[Future]) -> Iterator[Done]:
        """Yield results and errors; put aside what was lost with a worker."""
        for future in done:
            ticket = self.under_way.pop(future)
            if future.cancelled():
                raise EngineError(GONE)
            if broke(future):
                yield from self.lost(ticket)
            elif (error := future.exception()) is None:
                yield Done(ticket.item, self.engine.receive(future.result()))
            else:
                yield Done(ticket.item, None, self.fault(error))

    def fault(self, error: Exception) -> Exception:
        """Return the error of one task; raise one of the whole place."""
        error = self.engine.told(error)
        if isinstance(error, EngineError) and not isinstance(error, LostTask):
            raise error
        return error

    def lost(self, ticket: Ticket) -> Iterator[Done]:
        """Plan to send a lost task again, or give it up."""
        ticket.deaths += 1
        if ticket.deaths >= GIVEN_UP:
            yield Done(ticket.item, None, LostTask(LOST))
        else:
            self.queue_for(ticket).append(ticket)

    def queue_for(self, ticket: Ticket) -> deque[Ticket]:
        """Return where a task waits that was sent before."""
        return self.suspects if ticket.deaths >= SUSPECT else self.again

    def cancel(self) -> None:
        """Call back what has not begun."""
        for future in self.under_way:
            future.cancel()


def broke(future: Future) -> bool:
    """Tell whether a future ended with its pool."""
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def open_engine(jobs: int = 1, cluster: str = "") -> Engine:
    """Return the engine for a number of processes, or for a cluster: ``local`` or ``tcp://host:port``.

    Raises:
        SettingError: no such cluster answers, or its workers would compute something else.
    """
    if cluster:
        from experiments.cluster import Cluster

        return Cluster(cluster, jobs)
    return Serial() if jobs <= 1 else Processes(jobs)


def map_tasks(
    task: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Yield (item, result) of each task as it ends, in any order; the first failure is raised."""
    items = list(items)
    with open_engine(min(jobs, len(items))) as engine, closing(engine.map(task, items, progress)) as results:
        for done in results:
            if done.error:
                raise done.error
            yield done.item, done.result
