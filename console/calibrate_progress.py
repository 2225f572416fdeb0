"""Progress of a calibration on standard error: the stage, its runs, what it found, and the time that is left."""

import sys
import time

from calibration.register import SCENARIOS
from calibration.rivals import RUNS, alternatives
from calibration.stages import Calibration
from console.words import say
from experiments.priors import uncertain

SECONDS_BETWEEN_LINES = 10.0
PATTERN_RUNS, REGISTER_RUNS = 17.0, 0.7 * len(SCENARIOS)
SECONDS_A_MINUTE = 60


class Progress:
    """Prints lines; a terminal shows the present stage in place."""

    def __init__(self, lang: str, quiet: bool) -> None:
        """Start the clock."""
        self.lang, self.quiet, self.began, self.last = lang, quiet, time.monotonic(), 0.0
        self.work: dict[str, float] = {}
        self.each: dict[str, float] = {}
        self.done: dict[str, float] = {}
        self.found: dict[str, float] = {}

    def plan(self, job: Calibration, stages: tuple[str, ...]) -> None:
        """Take note of the work ahead, in runs of the history."""
        plan, parameters = job.plan, len(uncertain())
        waves = {f"wave {k}": float(n) for k, n in enumerate((plan.first, *plan.later), start=1)}
        self.work = {"screening": plan.trajectories * (parameters + 1.0), **waves}
        more = {
            "check": ("check", float(job.checks)),
            "rivals": ("rivals", float(RUNS * (len(alternatives()) + 1))),
            "patterns": ("patterns", PATTERN_RUNS * job.draws),
            "register": ("register", REGISTER_RUNS * (2 * parameters + 1)),
        }
        self.work |= dict(more[stage] for stage in stages if stage in more)
        self.each = {"patterns": PATTERN_RUNS, "register": REGISTER_RUNS}

    def told(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is; rivals count alternative by alternative."""
        each = self.each.get(stage, 1.0)
        if stage not in self.done:
            self.found[stage] = done * each
        self.done[stage] = max(done * each, self.done.get(stage, 0.0))
        if self.quiet or (time.monotonic() - self.last < SECONDS_BETWEEN_LINES and done < total):
            return
        self.last = time.monotonic()
        line = say("calibrate.progress", self.lang, stage=self.name(stage), done=done, total=total, left=self.left())
        print(line, file=sys.stderr, flush=True)

    def left(self) -> str:
        """Return the time that is left in words, from the pace so far."""
        fresh = sum(self.done.values()) - sum(self.found.values())
        ahead = sum(max(work - self.done.get(stage, 0.0), 0.0) for stage, work in self.work.items())
        if fresh <= 0:
            return "–"
        seconds = (time.monotonic() - self.began) * ahead / fresh
        return say("calibrate.minutes", self.lang, minutes=max(round(seconds / SECONDS_A_MINUTE), 1))

    def name(self, stage: str) -> str:
        """Return a stage's name in the reader's language."""
        plain = stage.partition(" ")
        return say(f"stage.{plain[0]}", self.lang) + (f" {plain[2]}" if plain[2] else "")

    def say(self, finding: str, **values: object) -> None:
        """Show a finding."""
        if self.quiet:
            return
        if finding == "stage":
            values = {"name": self.name(str(values["name"]))}
        print(say(f"calibrate.{finding}", self.lang, **values), file=sys.stderr, flush=True)
