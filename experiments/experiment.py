"""An experiment: a scenario, a parameter draw and a seed, with an id made from its content.

The id is a hash of the scenario's name, the settings, the luck, the city and the model version.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from experiments.priors import drawn_parameters, draws_source
from experiments.version import model_version
from model.declare.draws import luck
from model.declare.setting import Settings, levers
from model.profile import Profile
from scenarios.resolve import parameter_values, settings_of
from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Options:
    """How a set of experiments is run: what is common to all of them.

    ``draws`` 0 means the central parameter values; ``until`` is the index of the last month.
    ``posterior`` is the path of one, ``prior``, or empty for the shipped one.
    """

    until: int
    seed: int = 1
    draws: int = 0
    replicates: int = 1
    scale: float = 20.0
    posterior: str = ""


@dataclass(frozen=True)
class Experiment:
    """One run to make; ``against`` is the id of the matching run of the first scenario."""

    id: str
    scenario: str
    draw: int
    replicate: int
    seed: int
    luck: int
    settings: Settings = field(repr=False)
    against: str = ""


def experiments_of(scenarios: Sequence[Scenario], profile: Profile, options: Options) -> list[Experiment]:
    """Return every experiment: scenario by scenario, draw by draw, replicate by replicate.

    A scenario with assumptions of its own gets the first scenario under the same assumptions to be
    compared with, named ``first@scenario``: an effect is a difference in levers only.
    """
    drawn = numbered_draws(options)
    city = city_digest(profile)
    found: dict[str, list[Experiment]] = {}
    for scenario, base in with_matching_base(scenarios):
        usual = settings_of(scenario, profile, until=options.until)
        fixed = digest([model_version(), scenario.name, city, options.scale, content(usual)])
        rows = [
            experiment_of(scenario, profile, options, usual, fixed, draw, values, replicate)
            for draw, values in drawn
            for replicate in range(options.replicates)
        ]
        if base is not scenario:
            rows = [replace(e, against=b.id) for e, b in zip(rows, found[base.name], strict=True)]
        found[scenario.name] = rows
    return [e for rows in found.values() for e in rows]


def numbered_draws(options: Options) -> list[tuple[int, dict[str, float]]]:
    """Return (number, parameter values) of each draw; draw 0 has the central values."""
    source = draws_source(options.posterior)
    if not options.draws:
        return [(0, source.central)]
    return list(enumerate(drawn_parameters(options.draws, options.seed, source=source), start=1))


def with_matching_base(scenarios: Sequence[Scenario]) -> list[tuple[Scenario, Scenario]]:
    """Return each scenario with the one that it is measured against, which comes before it."""
    first = scenarios[0]
    bases = {first.assumptions: first}
    found = [(first, first)]
    for scenario in scenarios[1:]:
        if scenario.assumptions not in bases:
            base = under_assumptions(first, scenario)
            bases[scenario.assumptions] = base
            found.append((base, base))
        found.append((scenario, bases[scenario.assumptions]))
    return found


def under_assumptions(first: Scenario, other: Scenario) -> Scenario:
    """Return the first scenario's levers in the other scenario's world."""
    return replace(
        first,
        name=f"{first.name}@{other.name}",
        systems=other.systems,
        coupled=other.coupled,
        parameters=other.parameters,
        forms=other.forms,
        levers={k: v for k, v in first.levers.items() if levers()[k].system in other.systems},
    )


def experiment_of(
    scenario: Scenario,
    profile: Profile,
    options: Options,
    usual: Settings,
    fixed: str,
    draw: int,
    values: dict[str, float],
    replicate: int,
) -> Experiment:
    """Return one experiment; ``fixed`` stands for all that is the same in each of its scenario."""
    parameters = parameter_values(scenario, profile, values)
    chance = luck(options.seed, draw, replicate)
    return Experiment(
        digest([fixed, chance, sorted(parameters.items())]),
        scenario.name,
        draw,
        replicate,
        options.seed,
        chance,
        replace(usual, parameter_values=parameters),
    )


def city_digest(profile: Profile) -> str:
    """Return the digest of all figures of a city, its names and sources left out."""
    districts = [{k: v for k, v in d.items() if k != "name"} for d in profile.districts]
    return digest(
        [
            profile.values,
            districts,
            profile.history,
            profile.status_quo,
            profile.costs,
            profile.assumptions,
        ]
    )


def content(settings: Settings) -> list:
    """Return all that settings say but for the parameters, equal when they are."""
    return [
        settings.months,
        settings.systems,
        settings.coupled,
        sorted(settings.forms.items()),
        sorted(settings.lever_values.items()),
    ]


def digest(what: object) -> str:
    """Return 16 hexadecimal digits that stand for a nested value of plain types."""
    text = json.dumps(what, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def tasks_of(experiments: Iterable[Experiment], done: Iterable[str] = (), jobs: int = 1) -> list[list[Experiment]]:
    """Group experiments that share a history, leaving out those that are done.

    Each group is simulated from one copy of the history. When there would be fewer than two tasks
    a job, groups are split, which costs a history each and changes no number.
    """
    groups: dict[str, dict[str, Experiment]] = {}
    for e in experiments:
        groups.setdefault(history_key(e), {})[e.id] = e
    known = set(done)
    waiting = [[e for e in group.values() if e.id not in known] for group in groups.values()]
    waiting = [group for group in waiting if group]
    pieces = 1 if jobs == 1 or not waiting else -(-2 * jobs // len(waiting))
    return [part for group in waiting for part in split(group, pieces)]


def history_key(e: Experiment) -> str:
    """Return what stands for the history of an experiment in its city: equal when histories are."""
    s = e.settings
    return digest([e.luck, s.systems, s.coupled, sorted(s.forms.items()), sorted(s.parameter_values.items())])


def split(group: list[Experiment], pieces: int) -> list[list[Experiment]]:
    """Cut a list into at most ``pieces`` parts of nearly equal length."""
    pieces = max(1, min(pieces, len(group)))
    size, more = divmod(len(group), pieces)
    edges = [k * size + min(k, more) for k in range(pieces + 1)]
    return [group[a:b] for a, b in pairwise(edges)]
