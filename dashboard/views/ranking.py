"""Scenarios in order, with cost, and what is missed by taking one where another would have been best."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

import model.outcomes  # noqa: F401  (declares the outcomes)
from dashboard.figures.intervals import better
from dashboard.findings import CITY, Findings
from dashboard.views.effects import headline
from experiments.compare import Place, rank
from experiments.summary import Row
from model.declare.outcome import OUTCOMES

HIGH = 0.9


@dataclass(frozen=True, slots=True)
class Regret:
    """What one scenario misses on one outcome against the best in each run: mean, and the 90 % quantile over runs."""

    scenario: str
    mean: float
    high: float


def ranking(findings: Findings, scenarios: list[str]) -> list[Place]:
    """Return the scenarios best first, by the rule of the command line."""
    declared = {key: outcome.better for key, outcome in OUTCOMES.items()}
    notable = {key: outcome.notable for key, outcome in OUTCOMES.items()}
    table = findings.effects
    table = table[(table["group"] == CITY) & table["scenario"].isin(scenarios) & table["verdict"].notna()]
    return rank([summary_row(r) for r in table.to_dict("records")], headline(findings), declared, notable)


def summary_row(row: dict) -> Row:
    """Return an effect as the line of the summary that it is."""
    share = None if pd.isna(row["prob_better"]) else row["prob_better"]
    interval = (None, None) if share is None else (row["diff_p05"], row["diff_p95"])
    level = (row["mean"], row["p05"], row["p50"], row["p95"])
    return Row(row["scenario"], row["outcome"], "last", *level, row["diff"], *interval, share)


def regrets(findings: Findings, scenarios: list[str], outcome: str) -> list[Regret]:
    """Return each scenario's regret on an outcome, smallest first: run by run the best minus it, never below zero.

    Only effects against the matching reference are compared, so that an assumption is no merit.
    Expected: effects (1, 3) and (2, 1) of two scenarios where more is better give regrets (1, 0) and (0, 2).
    """
    table = findings.runs[findings.runs["outcome"] == outcome]
    effects = (table["value"] - table["base"]).groupby([table["scenario"], table["run"]]).first().unstack("run")
    effects = effects.loc[[s for s in scenarios if s in effects.index]].dropna(axis=1)
    if effects.empty:
        return []
    good = effects if better(outcome) == "high" else -effects
    missed = good.max(axis=0) - good
    found = [Regret(s, float(row.mean()), float(np.quantile(row, HIGH))) for s, row in missed.iterrows()]
    return sorted(found, key=lambda r: r.mean)
