"""Run tasks somewhere: in this process, or in several. Results depend on neither place nor order."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import SimpleNamespace
from typing import TypeVar

from experiments.errors import EngineError

Item = TypeVar("Item")
Result = TypeVar("Result")
POLL_SECONDS = 0.2


class SerialExecutor(Executor):
    """Runs each task at once, in this process; the simplest engine, and the one to debug with."""

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        """Run the task and return its future, already done."""
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Workers(ProcessPoolExecutor):
    """Worker processes that start without seeing Ctrl-C, which is the parent's to answer."""

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        """Hand the task over, starting a worker if one more is needed."""
        with interrupts_held():
            return super().submit(fn, *args, **kwargs)


@dataclass
class Count:
    """Finished work; with workers, both parts are shared with them."""

    raw: object
    lock: object


_count = Count(SimpleNamespace(value=0), threading.Lock())


def tick(amount: int) -> None:
    """Report from within a task that some more work is done."""
    with _count.lock:
        _count.raw.value += amount


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_tasks(
    task: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Yield (item, result) of each task as it ends, in any order.

    Args:
        task: a function that can be pickled. progress: called with the work reported by ``tick``.

    Raises:
        EngineError: a worker process ended without a result.
    """
    items = list(items)
    with place_for(min(jobs, len(items))) as (executor, count, window):
        show = progress or ignore
        yield from gather(task, items, executor, window, lambda: show(count.raw.value))


def gather(task: Callable, items: list, executor: Executor, window: int, poll: Callable[[], None]) -> Iterator[tuple]:
    """Keep ``window`` tasks under way and yield each result once."""
    queue, waiting = iter(items), {}
    while True:
        for item in islice(queue, window - len(waiting)):
            waiting[executor.submit(task, item)] = item
        if not waiting:
            return
        done, _ = wait(waiting, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        poll()
        for future in done:
            yield waiting.pop(future), future.result()


def ignore(_: int) -> None:
    """Show no progress."""


@contextmanager
def place_for(jobs: int) -> Iterator[tuple[Executor, Count, int]]:
    """Provide an executor, its count of finished work, and how many tasks to keep under way."""
    if jobs <= 1:
        _count.raw.value = 0
        yield SerialExecutor(), _count, 1
        return
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    count = Count(context.RawValue("Q", 0), context.Lock())
    executor = Workers(jobs, context, initializer=enter_worker, initargs=(count.raw, count.lock))
    before = set(multiprocessing.active_children())
    try:
        yield executor, count, 2 * jobs
        executor.shutdown()
    except BrokenProcessPool:
        raise EngineError("a worker process ended without a word: killed, or out of memory") from None
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()


def enter_worker(raw: object, lock: object) -> None:
    """Set up a worker: count into what is shared, leave Ctrl-C to the parent, end with it."""
    _count.raw, _count.lock = raw, lock
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Leave when the parent is gone, even if it was killed."""
    from multiprocessing import parent_process

    parent_process().join()
    os._exit(1)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment, for this process and for those that it starts.

    A held interrupt arrives as soon as the block ends. Windows has no such mask.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
