"""Findings: what the app shows of a comparison, small enough to ship: bands by month, effects by group, late values.

Made from the records of runs; the numbers of ``effects`` are those of ``summary.csv`` with groups and a median added.
"""

import json
import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.figures.intervals import better, interval, quantiles, too_small
from experiments.experiment import Experiment, Options, city_digest, content, digest
from experiments.keep import Record
from experiments.priors import draws_source
from experiments.rules import rules_digest
from experiments.summary import LAST_MONTHS, share_better
from experiments.version import model_version
from model.declare.setting import month_name
from model.profile import Profile
from scenarios.city import read_city
from scenarios.resolve import settings_of
from scenarios.scenario import FIRST_FUTURE, Scenario, read_scenario, shipped_scenarios

TABLES = ("paths", "effects", "runs")
ABOUT = "about.json"
CITY = "city"


@dataclass(frozen=True, eq=False)
class Findings:
    """Three tables and what they are of.

    ``paths``: scenario, outcome, month, p05, p50, p95 and the paired diff_p05, diff_p50, diff_p95 (the city).
    ``effects``: scenario, group, outcome over the last months: mean, p05, p50, p95, diff, diff_p05, diff_p50,
    diff_p95, prob_better, verdict. ``runs``: scenario, outcome, run, value, base over the last months (the city).
    """

    about: dict
    paths: pd.DataFrame = field(repr=False)
    effects: pd.DataFrame = field(repr=False)
    runs: pd.DataFrame = field(repr=False)

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, matching references included, the first one the reference."""
        return list(self.about["scenarios"])

    @property
    def current(self) -> bool:
        """Tell whether the numbers are what the present model gives: its rules, settings and source of draws."""
        if "basis" in self.about:
            return self.about["basis"] == basis()
        return self.about["model_version"] == model_version()


@cache
def basis() -> str:
    """Return a digest of all that makes the numbers of the shipped scenarios in the usual city."""
    profile, source = read_city(), draws_source().facts()
    stories = [content(settings_of(read_scenario(name), profile)) for name in shipped_scenarios()]
    return digest([rules_digest(), source.get("posterior", ""), city_digest(profile), stories])


def findings_of(
    experiments: Sequence[Experiment], records: Mapping[str, Record], scenarios: Sequence[Scenario],
    profile: Profile, options: Options,
) -> Findings:  # fmt: skip
    """Return the findings of a finished set of experiments."""
    names = list(dict.fromkeys(e.scenario for e in experiments))
    runs_of = {name: [e for e in experiments if e.scenario == name] for name in names}
    by_id = {e.id: e for e in experiments}
    base_of = {name: by_id[runs[0].against].scenario if runs[0].against else name for name, runs in runs_of.items()}
    paths, effects, runs = [], [], []
    for name in names:
        values, keys, first = stacked(runs_of[name], records)
        base, base_keys, _ = stacked(runs_of[base_of[name]], records)
        if base_keys != keys:
            base = base[:, :, [base_keys.index(key) for key in keys]]
        late = slice(max(values.shape[1] - LAST_MONTHS, FIRST_FUTURE - first), None)
        city = [k for k, (group, _) in enumerate(keys) if group == CITY]
        outcomes = [keys[k][1] for k in city]
        paths.append(path_table(name, outcomes, values[:, :, city], base[:, :, city], first))
        mine, theirs = (late_means(v, late) for v in (values, base))
        effects.append(effect_table(name, keys, mine, theirs, is_base=base_of[name] == name))
        runs.append(run_table(name, outcomes, runs_of[name], mine[:, city], theirs[:, city]))
    return Findings(about_of(scenarios, base_of, profile, options, len(runs_of[names[0]])), *map(
        lambda tables: pd.concat(tables, ignore_index=True), (paths, effects, runs)))  # fmt: skip


def late_means(values: np.ndarray, late: slice) -> np.ndarray:
    """Return the mean over the last months by (run, key), added up in the order of the command line's summary."""
    return np.stack([np.mean(np.ascontiguousarray(run[late]), axis=0) for run in values])


def stacked(runs: Sequence[Experiment], records: Mapping[str, Record]) -> tuple[np.ndarray, list, int]:
    """Return values (run, month, key), the keys and the first month."""
    first = records[runs[0].id]
    return np.stack([records[e.id].values for e in runs]), list(first.keys), first.first_month


def path_table(name: str, outcomes: list[str], values: np.ndarray, base: np.ndarray, first: int) -> pd.DataFrame:
    """Return the bands of levels and of paired differences by outcome and month."""
    months = [month_name(first + m) for m in range(values.shape[1])]
    level = np.stack(quantiles(values[None]))[:, 0]
    diff = np.stack(quantiles((values - base)[None]))[:, 0]
    columns = {
        key: part.T.ravel().astype(np.float32)
        for key, part in zip(("p05", "p50", "p95", "diff_p05", "diff_p50", "diff_p95"), [*level, *diff], strict=True)
    }
    places = {"outcome": np.repeat(outcomes, len(months)), "month": np.tile(months, len(outcomes))}
    return pd.DataFrame({"scenario": name, **places, **columns})


def effect_table(name: str, keys: list, mine: np.ndarray, base: np.ndarray, *, is_base: bool) -> pd.DataFrame:
    """Return levels and paired effects over the last months, one row a key; ``mine`` and ``base`` are (run, key)."""
    rows = []
    for k, (group, outcome) in enumerate(keys):
        level, differences = mine[:, k], mine[:, k] - base[:, k]
        low, middle, high = (float(q[0]) for q in quantiles(level[None]))
        row = {"scenario": name, "group": group, "outcome": outcome, "mean": known_mean(level)}
        row |= {"p05": low, "p50": middle, "p95": high}
        rows.append(row if is_base else row | effect_of(differences, base[:, k], outcome))
    wanted = ("diff", "diff_p05", "diff_p50", "diff_p95", "prob_better", "verdict")
    return pd.DataFrame(rows).reindex(columns=["scenario", "group", "outcome", "mean", "p05", "p50", "p95", *wanted])


def effect_of(differences: np.ndarray, base: np.ndarray, outcome: str) -> dict:
    """Return the paired effect on one outcome: mean, interval, probability of being better and a hedged word."""
    found = interval(differences[None], better(outcome), too_small(outcome, base[None]))
    low, middle, high = (float(q[0]) for q in quantiles(differences[None]))
    known = differences[np.isfinite(differences)]
    return {
        "diff": known_mean(differences), "diff_p05": low, "diff_p50": middle, "diff_p95": high,
        "prob_better": share_better(known, better(outcome)) if known.size > 1 else None,
        "verdict": str(found.verdict[0]),
    }  # fmt: skip


def known_mean(values: np.ndarray) -> float:
    """Return the mean of what is known, NaN if nothing is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def run_table(
    name: str, outcomes: list[str], runs: Sequence[Experiment], mine: np.ndarray, base: np.ndarray
) -> pd.DataFrame:
    """Return the late value and its reference of each run and outcome."""
    labels = [f"{e.draw}.{e.replicate}" for e in runs]
    places = {"outcome": np.repeat(outcomes, len(runs)), "run": np.tile(labels, len(outcomes))}
    values = {"value": mine.T.ravel().astype(np.float32), "base": base.T.ravel().astype(np.float32)}
    return pd.DataFrame({"scenario": name, **places, **values})


def about_of(
    scenarios: Sequence[Scenario], base_of: dict[str, str], profile: Profile, options: Options, runs: int
) -> dict:
    """Return what the findings are of: enough to judge them and to make them again."""
    titles = {s.name: s.title for s in scenarios}
    return {
        "model_version": model_version(),
        "city": {"name": profile.name, "title": profile.title},
        "districts": [d["name"] for d in profile.districts],
        "seed": options.seed, "draws": options.draws, "replicates": options.replicates,
        "scale": options.scale, "until": month_name(options.until), "runs": runs,
        "scenarios": {name: titles.get(name, {}) for name in base_of},
        "against": base_of,
    }  # fmt: skip


def write_findings(folder: Path, findings: Findings) -> None:
    """Write the tables and the description, the folder whole or not at all."""
    beside = folder.with_name(f"{folder.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.partial")
    beside.mkdir(parents=True)
    for name in TABLES:
        getattr(findings, name).to_parquet(beside / f"{name}.parquet", compression="zstd", index=False)
    text = json.dumps(findings.about, ensure_ascii=False, indent=1)
    (beside / ABOUT).write_text(text + "\n", encoding="utf-8", newline="\n")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        beside.rename(folder)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if not folder.is_dir():
            raise


def read_findings(folder: Path) -> Findings:
    """Return the findings that a folder holds."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return Findings(about, *(pd.read_parquet(folder / f"{name}.parquet") for name in TABLES))


def merge(several: Sequence[Findings]) -> Findings:
    """Return several findings as one: each scenario as it is in the first that has it."""
    about = {**several[0].about, "scenarios": {}, "against": {}}
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for findings in several:
        new = [s for s in findings.scenarios if s not in about["scenarios"]]
        about["scenarios"] |= {s: findings.about["scenarios"][s] for s in new}
        about["against"] |= {s: findings.about["against"][s] for s in new}
        for name in TABLES:
            table = getattr(findings, name)
            tables[name].append(table[table["scenario"].isin(new)])
    return Findings(about, *(pd.concat(tables[name], ignore_index=True) for name in TABLES))
