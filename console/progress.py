"""Progress on standard error: a bar on a terminal, a few plain lines elsewhere, nothing if quiet."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from console.words import say

SECONDS_BETWEEN_LINES = 10.0


class Silent:
    """Shows nothing."""

    def work(self, done: int) -> None:
        """Take note of work done, in simulated months."""

    def finished(self, experiments: int, failed: int = 0) -> None:
        """Take note of experiments that are kept, and of others that failed."""


class Pace:
    """How many experiments have ended, how fast, and how long the rest will take."""

    def __init__(self, total: int, lang: str) -> None:
        """Start the clock."""
        self.total, self.lang, self.began = total, lang, time.monotonic()
        self.first: int | None = None
        self.kept = self.failed = 0

    def note(self, kept: int, failed: int) -> None:
        """Take note of what has ended by now; what was there before counts in no rate."""
        self.first = kept + failed - 1 if self.first is None else self.first
        self.kept, self.failed = kept, failed

    def words(self) -> str:
        """Return the count, with rate, remaining time and failures once there are any."""
        counted = say("progress", self.lang, done=self.kept, total=self.total)
        new = self.kept + self.failed - (self.first or 0)
        if new > 1:
            rate = new / max(time.monotonic() - self.began, 1e-9)
            left = duration((self.total - self.kept - self.failed) / rate, self.lang)
            counted += say("progress.rate", self.lang, rate=rate, left=left)
        return counted + (say("progress.failed", self.lang, failed=self.failed) if self.failed else "")


def duration(seconds: float, lang: str) -> str:
    """Return a duration as people say it: 40 s, 12 min, 1 h 05 min."""
    if seconds < 60:
        return say("seconds", lang, n=max(round(seconds), 1))
    hours, minutes = divmod(round(seconds / 60), 60)
    return say("hours", lang, h=hours, n=minutes) if hours else say("minutes", lang, n=minutes)


class Lines(Silent):
    """Prints a line now and then."""

    def __init__(self, total: int, experiments: int, lang: str) -> None:
        """Start the clock."""
        self.total, self.pace = max(total, 1), Pace(experiments, lang)
        self.last = time.monotonic()

    def work(self, done: int) -> None:
        """Print the share done if the last line is some time ago."""
        if time.monotonic() - self.last >= SECONDS_BETWEEN_LINES:
            self.last = time.monotonic()
            print(f"{min(100 * done // self.total, 100)} %  {self.pace.words()}", file=sys.stderr, flush=True)

    def finished(self, experiments: int, failed: int = 0) -> None:
        """Keep the count for the next line."""
        self.pace.note(experiments, failed)


class Bar(Silent):
    """Moves a rich progress bar."""

    def __init__(self, progress: object, task: object, experiments: int, lang: str) -> None:
        """Hold the bar."""
        self.progress, self.task, self.pace = progress, task, Pace(experiments, lang)

    def work(self, done: int) -> None:
        """Move the bar."""
        self.progress.update(self.task, completed=done)

    def finished(self, experiments: int, failed: int = 0) -> None:
        """Show how many experiments are kept, and how it goes on."""
        self.pace.note(experiments, failed)
        self.progress.update(self.task, description=self.pace.words())


@contextmanager
def progress(total: int, experiments: int, lang: str, quiet: bool) -> Iterator[Silent]:
    """Show progress towards ``total`` simulated months while the block runs."""
    if quiet:
        yield Silent()
    elif not sys.stderr.isatty():
        yield Lines(total, experiments, lang)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(say("simulating", lang), total=total)
            yield Bar(bar, task, experiments, lang)
