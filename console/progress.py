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

    def finished(self, experiments: int) -> None:
        """Take note of experiments that are kept."""


class Lines(Silent):
    """Prints a line now and then."""

    def __init__(self, total: int, experiments: int, lang: str) -> None:
        """Start the clock."""
        self.total, self.experiments, self.lang = max(total, 1), experiments, lang
        self.kept, self.last = 0, time.monotonic()

    def work(self, done: int) -> None:
        """Print the share done if the last line is some time ago."""
        if time.monotonic() - self.last >= SECONDS_BETWEEN_LINES:
            self.last = time.monotonic()
            counted = say("progress", self.lang, done=self.kept, total=self.experiments)
            print(f"{100 * done // self.total} %  {counted}", file=sys.stderr, flush=True)

    def finished(self, experiments: int) -> None:
        """Keep the count for the next line."""
        self.kept = experiments


class Bar(Silent):
    """Moves a rich progress bar."""

    def __init__(self, progress: object, task: object, experiments: int, lang: str) -> None:
        """Hold the bar."""
        self.progress, self.task, self.experiments, self.lang = progress, task, experiments, lang

    def work(self, done: int) -> None:
        """Move the bar."""
        self.progress.update(self.task, completed=done)

    def finished(self, experiments: int) -> None:
        """Show how many experiments are kept."""
        counted = say("progress", self.lang, done=experiments, total=self.experiments)
        self.progress.update(self.task, description=counted)


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
