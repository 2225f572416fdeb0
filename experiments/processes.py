"""Worker processes on this machine, the progress they report, and their end with the parent's."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace


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


def own_count() -> Count:
    """Return the count of this process."""
    return _count


def tick(amount: int) -> None:
    """Report from within a task that some more work is done."""
    with _count.lock:
        _count.raw.value += amount


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_workers(jobs: int) -> tuple[Workers, Count]:
    """Return a pool of processes, each started when it is first needed, and the count they share."""
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    count = Count(context.RawValue("Q", 0), context.Lock())
    return Workers(jobs, context, initializer=enter_worker, initargs=(count.raw, count.lock)), count


def end_workers(pool: Workers, *, finish: bool) -> None:
    """End a pool; without ``finish``, at once, whatever its processes are doing."""
    children = list((pool._processes or {}).values())
    pool.shutdown(wait=finish, cancel_futures=True)
    for child in children:
        if child.is_alive() and not finish:
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


class Interrupts:
    """Notices Ctrl-C while its block runs, even one that Python swallows, as in the callback of a weak reference."""

    def __init__(self) -> None:
        """Notice nothing yet."""
        self.seen, self.former = False, None

    def __enter__(self) -> "Interrupts":
        """Take the signal over, where this thread may and nobody else has."""
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self.former = signal.signal(signal.SIGINT, self.notice)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signal back."""
        if self.former is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self.former)

    def notice(self, *_: object) -> None:
        """Remember the interrupt and raise it as usual."""
        self.seen = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """Raise an interrupt that was swallowed."""
        if self.seen:
            raise KeyboardInterrupt
