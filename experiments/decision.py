"""What may be decided: how probably each scenario is best, what choosing it may cost, and whose doubt it is.

Effects are against the matching run of the first scenario, which has none itself. What is uncertain is split into
parameters, which research could narrow, and chance, which it could not.

1. Savage 1951, Journal of the American Statistical Association 46: 55-67 (regret).
2. Searle, Casella and McCulloch 1992, Variance Components, ch. 3 (balanced one-way layout).
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.atomic import write_text
from experiments.experiment import Experiment
from experiments.folder import DECISION, VARIANCE
from experiments.summary import Ending, aligned, looks

HIGH = 0.95


class Choice(NamedTuple):
    """One scenario on one outcome: the probability that it is best, and what is lost in expectation by choosing it.

    ``worlds`` is over how many parameter draws (or replicates, if there is one draw) that is.
    """

    scenario: str
    outcome: str
    month: str
    worlds: int
    prob_best: float
    regret: float
    regret_p95: float


class Split(NamedTuple):
    """The variance of one scenario's effect (or, of the first, its level), and the shares of parameters and chance.

    Without two draws and two replicates of each there is nothing to split, and the shares are None.
    """

    scenario: str
    outcome: str
    month: str
    of: str
    draws: int
    replicates: int
    variance: float | None
    parameters: float | None
    chance: float | None


def write_decision(
    folder: Path, experiments: Sequence[Experiment], endings: Mapping[str, Ending], better: Mapping[str, str]
) -> None:
    """Write the tables of choices and of variances."""
    write_text(folder / DECISION, as_csv(Choice._fields, choices(experiments, endings, better)))
    write_text(folder / VARIANCE, as_csv(Split._fields, splits(experiments, endings)))


def choices(
    experiments: Sequence[Experiment], endings: Mapping[str, Ending], better: Mapping[str, str]
) -> list[Choice]:
    """Return each scenario on each outcome that has a good direction, if there are two scenarios or more.

    A scenario that only stands in for the first one under other assumptions is no choice.
    """
    scenarios = [s for s in dict.fromkeys(e.scenario for e in experiments) if "@" not in s]
    if len(scenarios) < len(("first", "other")):
        return []
    found = []
    for month, value_of in looks(endings[experiments[0].id]):
        tables = {s: effects_of(experiments, endings, s, value_of) for s in scenarios}
        names = [n for n in endings[experiments[0].id].outcomes if better.get(n) in ("high", "low")]
        for name in names:
            if all(name in tables[s] for s in scenarios):
                sign = 1.0 if better[name] == "high" else -1.0
                gains = sign * np.array([worlds(tables[s][name]) for s in scenarios])
                found += choices_on(name, month, scenarios, gains)
    return found


def choices_on(outcome: str, month: str, scenarios: list[str], gains: np.ndarray) -> list[Choice]:
    """Return each scenario's probability to be best and its regret; the best of a world share what is tied.

    Args:
        gains: effects, the higher the better (scenarios, worlds).
    """
    gains = gains[:, np.isfinite(gains).all(axis=0)]
    if not gains.shape[1]:
        return []
    most = gains.max(axis=0)
    first = gains == most
    shares, lost = first / first.sum(axis=0), most - gains
    return [
        Choice(s, outcome, month, gains.shape[1], float(shares[k].mean()), float(lost[k].mean()),
               float(np.quantile(lost[k], HIGH)))
        for k, s in enumerate(scenarios)
    ]  # fmt: skip


def worlds(table: np.ndarray) -> np.ndarray:
    """Return the mean over replicates of each draw; each replicate if there is one draw only."""
    return table[0] if len(table) == 1 else table.mean(axis=1)


def effects_of(
    experiments: Sequence[Experiment], endings: Mapping[str, Ending], scenario: str, value_of: Callable
) -> dict[str, np.ndarray]:
    """Return, by outcome, a scenario's effects (draws, replicates); the first scenario's are 0."""
    runs = [e for e in experiments if e.scenario == scenario]
    names = endings[runs[0].id].outcomes
    values = np.array([value_of(endings[e.id].values) for e in runs])
    base = np.array([value_of(aligned(endings[e.against], names)) for e in runs]) if runs[0].against else values
    return {name: square(runs, (values - base)[:, k]) for k, name in enumerate(names)}


def square(runs: Sequence[Experiment], values: np.ndarray) -> np.ndarray:
    """Return one value a run as (draws, replicates)."""
    draws = {draw: row for row, draw in enumerate(dict.fromkeys(e.draw for e in runs))}
    table = np.full((len(draws), len(runs) // len(draws)), np.nan)
    for e, value in zip(runs, values, strict=True):
        table[draws[e.draw], e.replicate] = value
    return table


def splits(experiments: Sequence[Experiment], endings: Mapping[str, Ending]) -> list[Split]:
    """Return the split of each scenario's effects, and of the level where there is no effect."""
    found = []
    for scenario in dict.fromkeys(e.scenario for e in experiments):
        runs = [e for e in experiments if e.scenario == scenario]
        names = endings[runs[0].id].outcomes
        for month, value_of in looks(endings[runs[0].id]):
            values = np.array([value_of(endings[e.id].values) for e in runs])
            of = "effect" if runs[0].against else "level"
            if runs[0].against:
                values = values - np.array([value_of(aligned(endings[e.against], names)) for e in runs])
            found += [
                Split(scenario, name, month, of, *split(square(runs, values[:, k]))) for k, name in enumerate(names)
            ]
    return found


def split(table: np.ndarray) -> tuple[int, int, float | None, float | None, float | None]:
    """Return draws, replicates, variance of one run, and the shares of it that parameters and chance make.

    Expected: ``split(np.array([[0.0, 0.0], [2.0, 2.0]]))[2:] == (2.0, 1.0, 0.0)``.
    """
    draws, replicates = table.shape
    if min(draws, replicates) < len(("one", "other")) or not np.isfinite(table).all():
        return draws, replicates, None, None, None
    chance = float(table.var(axis=1, ddof=1).mean())
    parameters = max(float(table.mean(axis=1).var(ddof=1)) - chance / replicates, 0.0)
    whole = parameters + chance
    if whole <= 0:
        return draws, replicates, 0.0, None, None
    return draws, replicates, whole, parameters / whole, chance / whole


def as_csv(columns: Sequence[str], rows: Iterable[tuple]) -> str:
    """Return rows as CSV text with ten digits a number."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(columns)
    for row in rows:
        out.writerow(["" if v is None else f"{v:.10g}" if isinstance(v, float) else v for v in row])
    return text.getvalue()


def read_decision(folder: Path) -> tuple[list[Choice], list[Split]]:
    """Return the tables that were written."""
    return read_rows(folder / DECISION, Choice), read_rows(folder / VARIANCE, Split)


def read_rows(path: Path, kind: type) -> list:
    """Return the rows of a table, numbers as numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = ("worlds", "draws", "replicates")
    return [kind(*(value_of(v, n in whole, kind.__annotations__[n]) for n, v in row.items())) for row in rows]


def value_of(text: str, whole: bool, hint: object) -> object:
    """Return a cell as what it is."""
    if hint is str:
        return text
    if whole:
        return int(text)
    return float(text) if text else None
