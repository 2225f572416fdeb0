"""Summaries over runs: levels, and paired differences from the matching run of the first scenario."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from experiments.experiment import Experiment
from experiments.keep import LAST_MONTHS, Record
from model.declare.setting import month_name

COLUMNS = (
    "scenario",
    "outcome",
    "month",
    "mean",
    "p05",
    "p50",
    "p95",
    "diff",
    "diff_p05",
    "diff_p95",
    "prob_better",
)
CITY = "city"
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


class Ending(NamedTuple):
    """What a summary needs of one run: the city's outcomes in its last months (months, outcomes)."""

    outcomes: tuple[str, ...]
    first_month: int
    values: np.ndarray


class Row(NamedTuple):
    """One line of the summary; None where there is nothing to say."""

    scenario: str
    outcome: str
    month: str
    mean: float | None
    p05: float | None
    p50: float | None
    p95: float | None
    diff: float | None = None
    diff_p05: float | None = None
    diff_p95: float | None = None
    prob_better: float | None = None


def ending_of(record: Record, first_future: int) -> Ending:
    """Return the last months of the city's outcomes, at most twelve and none of history."""
    at = [k for k, (group, _) in enumerate(record.keys) if group == CITY]
    start = max(len(record.values) - LAST_MONTHS, first_future - record.first_month)
    names = tuple(record.keys[k][1] for k in at)
    return Ending(names, record.first_month + start, record.values[start:, at].copy())


def summarise(experiments: Sequence[Experiment], endings: Mapping[str, Ending], better: Mapping[str, str]) -> list[Row]:
    """Return the summary: each scenario and outcome, in the last month and over the last months.

    Args:
        endings: by experiment id. better: each outcome's direction: high, low or neutral.
    """
    rows = []
    for scenario in dict.fromkeys(e.scenario for e in experiments):
        runs = [e for e in experiments if e.scenario == scenario]
        for name, value_of in looks(endings[runs[0].id]):
            rows += rows_of(scenario, name, runs, endings, better, value_of)
    return rows


def looks(ending: Ending) -> Iterable[tuple[str, object]]:
    """Return the two ways to look at a run's end: its last month, and the mean of its last months."""
    months = len(ending.values)
    yield month_name(ending.first_month + months - 1), lambda values: values[-1]
    yield f"last{months}", lambda values: np.mean(values, axis=0)


def rows_of(scenario, month, runs, endings, better, value_of) -> list[Row]:
    """Return one row an outcome for a scenario and a way to look at its end."""
    names = endings[runs[0].id].outcomes
    levels = np.array([value_of(endings[e.id].values) for e in runs])
    effects = None
    if all(e.against for e in runs):
        bases = np.array([value_of(aligned(endings[e.against], names)) for e in runs])
        effects = levels - bases
    return [
        Row(
            scenario,
            name,
            month,
            *level(levels[:, k]),
            *(effect(effects[:, k], better.get(name, "neutral")) if effects is not None else ()),
        )
        for k, name in enumerate(names)
    ]


def aligned(ending: Ending, names: tuple[str, ...]) -> np.ndarray:
    """Return an ending's values with its outcomes in the order of ``names``."""
    if ending.outcomes == names:
        return ending.values
    return ending.values[:, [ending.outcomes.index(name) for name in names]]


def level(values: np.ndarray) -> tuple[float | None, ...]:
    """Return mean, p05, p50, p95 over runs; runs without a value do not count."""
    values = values[np.isfinite(values)]
    if not values.size:
        return None, None, None, None
    return float(values.mean()), *map(float, np.quantile(values, (LOW, MIDDLE, HIGH)))


def effect(differences: np.ndarray, better: str) -> tuple[float | None, ...]:
    """Return mean, p05, p95 of paired differences and the share of runs that are better.

    A run without any difference counts as half better. One run has no interval and no share.
    """
    known = differences[np.isfinite(differences)]
    if not known.size:
        return None, None, None, None
    if known.size == 1:
        return float(known[0]), None, None, None
    low, high = map(float, np.quantile(known, (LOW, HIGH)))
    return float(known.mean()), low, high, share_better(known, better)


def share_better(differences: np.ndarray, better: str) -> float | None:
    """Return the share of differences in the good direction, or None if no direction is good."""
    if better not in ("high", "low"):
        return None
    good = differences > 0 if better == "high" else differences < 0
    return float(np.mean(good + 0.5 * (differences == 0)))


def as_csv(rows: Iterable[Row]) -> str:
    """Return the summary as CSV text with ten digits a number."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(COLUMNS)
    for row in rows:
        out.writerow(["" if v is None else f"{v:.10g}" if isinstance(v, float) else v for v in row])
    return text.getvalue()
