"""What the app asks to be simulated: a reference and scenarios, quickly or in full, keyed by content."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from experiments.experiment import Experiment, Options, city_digest, content, digest, experiments_of
from experiments.version import model_version
from model.declare.setting import month_name
from model.profile import Profile
from scenarios.resolve import settings_of
from scenarios.scenario import Scenario, shipped_scenarios

QUICK = Options(until=0, seed=1, draws=2, replicates=1, scale=100.0)
# Those of the shipped results too, so that what a planner builds is paired with them run by run.
FULL = Options(until=0, seed=1, draws=12, replicates=1, scale=20.0)


# One life is followed on the central parameter values, as `run_sim.py trace` does.
LIVES = Options(until=0, seed=1, draws=0, replicates=1, scale=100.0)


@dataclass(frozen=True)
class Job:
    """A comparison to simulate: scenarios, the first one as the reference, in a city.

    An ``urgent`` job is a preview that somebody waits for: it goes before all others. One with ``tables`` ends
    with the folder of results that the command line writes, for reports and for analysis elsewhere.
    """

    scenarios: tuple[Scenario, ...]
    profile: Profile
    options: Options
    urgent: bool = False
    tables: bool = False

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        """Every run of the job, those of the matching references included."""
        return tuple(experiments_of(self.scenarios, self.profile, self.options))

    @cached_property
    def key(self) -> str:
        """A digest of everything that makes the result: settings, city, luck and model version."""
        return digest([self.tables, [[e.id, e.scenario, e.draw, e.replicate, e.against] for e in self.experiments]])


@dataclass(frozen=True)
class LifeJob:
    """One agent to follow through the months of some scenarios, with the same luck in each."""

    scenarios: tuple[Scenario, ...]
    profile: Profile
    kind: str
    row: int
    options: Options
    urgent: bool = True
    tables: bool = False
    experiments: tuple = ()

    @cached_property
    def key(self) -> str:
        """A digest of everything that makes the lives."""
        stories = [[s.name, content(settings_of(s, self.profile, until=self.options.until))] for s in self.scenarios]
        values = [sorted(s.parameters.items()) for s in self.scenarios]
        who = [self.kind, self.row, self.options.seed, self.options.scale, city_digest(self.profile)]
        return digest(["life", model_version(), stories, values, who])


def job_of(scenarios: tuple[Scenario, ...], profile: Profile, *, quick: bool) -> Job:
    """Return the preview or the full comparison of some scenarios up to the end of the first one."""
    options = replace(QUICK if quick else FULL, until=scenarios[0].until)
    return Job(tuple(replace(s, until=scenarios[0].until) for s in scenarios), profile, options, urgent=quick)


def command_of(names: Sequence[str], options: Options) -> str:
    """Return the command that makes the same numbers; a name that is not shipped stands for its exported file."""
    shown = [name if name in shipped_scenarios() else f"{name}.toml" for name in names]
    how = ["--draws", options.draws, "--replicates", options.replicates, "--seed", options.seed]
    where = ["--scale", f"1:{options.scale:g}", "--until", month_name(options.until)]
    verb = "compare" if len(shown) > 1 else "run"
    return shlex.join(["python", "run_sim.py", verb, *shown, *map(str, [*how, *where])])
