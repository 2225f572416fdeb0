"""The command ``discover``: under which conditions a scenario fails, as boxes of parameter ranges."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from console.analysis import Analysis, begin, finish, notes_of, opened, outcomes_from, run_points
from console.explain import matching_base
from console.options import Wanted
from console.show import print_csv, print_json, print_table
from console.words import say
from dashboard.words import label, scale
from dashboard.words import say as phrase
from experiments.analysis import write_table
from experiments.discovery import (
    CHANCE,
    FEWEST_CASES,
    MOST_PARAMETERS,
    Box,
    box_rows,
    chosen,
    enough,
    peel,
    reproduced,
    screened,
)
from experiments.experiment import numbered_draws
from experiments.mixes import scenario_points
from experiments.points import Point
from experiments.priors import uncertain
from experiments.robustness import oriented
from experiments.study import Chance, chances
from model.declare.errors import SettingError, unknown
from model.declare.outcome import OUTCOMES
from scenarios.scenario import Scenario

USUAL_DRAWS = 200


@dataclass(frozen=True)
class Question:
    """What is asked: the outcome, what counts as failure, and which parameters to look at."""

    outcome: tuple[str, ...] = ()
    against: str = "baseline"
    threshold: float | None = None
    level: bool = False
    only: tuple[str, ...] = ()
    at: int | None = None
    yes: bool = False


def discover(scenario: str, question: Question, wanted: Wanted, arguments: Sequence[str]) -> None:
    """Look for the conditions under which a scenario fails, save the boxes and show the best."""
    began = time.monotonic()
    wanted = replace(wanted, draws=USUAL_DRAWS) if wanted.draws is None else wanted
    job = begin("discover", scenario, wanted, arguments, question.at)
    job, story = matching_base(job, question.against)
    outcome = outcome_of(question, job, story)
    names = parameters_of(question, story)
    if job.options.draws < FEWEST_CASES:
        must = f"must be at least {FEWEST_CASES} to find conditions"
        raise SettingError(f"--draws {job.options.draws}", f"{must}; got {job.options.draws}")
    draws = numbered_draws(job.options)
    runs = chances(job.options.seed, draws, job.options.replicates)
    points = points_of(story, job.world.base, runs, question.level)
    asked = [story.name, outcome, question.threshold, question.level, names, question.at, [r.luck for r in runs]]
    with opened(job, asked, len(points), yes=question.yes) as job:
        values = run_points(job, points).of(outcome).reshape(-1, len(draws), job.options.replicates).mean(axis=2)
        result = values[0] if question.level else values[0] - values[1]
        failed = failures(result, outcome, question)
        cases = pd.DataFrame([drawn for _, drawn in draws])[list(names)]
        write_table(job.folder, "cases", [
            {**row, outcome: float(v), "failed": bool(f)}
            for row, v, f in zip(cases.to_dict("records"), result, failed, strict=True)
        ])  # fmt: skip
        if enough(failed):
            cases = cases[screened(cases, failed)]
        boxes = peel(cases, failed) if enough(failed) else []
        best = chosen(boxes) if boxes else -1
        again = reproduced(cases, failed, boxes[best], job.options.seed) if boxes else {}
        rows = box_rows(boxes, best, again)
        if rows:
            write_table(job.folder, "boxes", rows)
        show(job, story, question, outcome, failed, boxes, best, rows)
        draw = figures(rows, outcome, story.title, failed)
        finish(job, asked, len(points), began, draw, failed=int(failed.sum()), cases=len(failed))


def points_of(story: Scenario, base: Scenario, runs: Sequence[Chance], level: bool) -> list[Point]:
    """Return the points of the scenario and, unless its level is looked at, of the baseline."""
    return [*scenario_points(story, base, runs), *([] if level else scenario_points(base, base, runs))]


def outcome_of(question: Question, job: Analysis, story: Scenario) -> str:
    """Return the one outcome that is asked for, which must have a good direction."""
    if len(question.outcome) != 1:
        raise SettingError("discover", f"must name one outcome with --outcome; got {len(question.outcome) or 'none'}")
    found = outcomes_from(question.outcome, story, job.world.profile)[0]
    if found.better == "neutral":
        raise SettingError(f"--outcome {found.id}", "must be an outcome with a good direction; got a neutral one")
    if question.level and question.threshold is None:
        raise SettingError("--level", "must have a value to reach with --threshold; got none")
    return found.id


def parameters_of(question: Question, story: Scenario) -> tuple[str, ...]:
    """Return the parameters to look at: those that are drawn and that the scenario does not fix."""
    drawn = [p.id for p in uncertain() if p.id not in story.parameters]
    for name in question.only:
        if name not in drawn:
            raise unknown(f"--only {name}", "parameter", name, drawn, "run_sim.py list parameters")
    return tuple(p for p in drawn if not question.only or p in question.only)


def failures(result: np.ndarray, outcome: str, question: Question) -> np.ndarray:
    """Return which cases fail: a level that does not reach the threshold, or an effect that is no better than it."""
    if not np.isfinite(result).all():
        missing = int((~np.isfinite(result)).sum())
        must = f"must have a value at every point; got none at {missing} of {len(result)}"
        raise SettingError(f"--outcome {outcome}", must)
    better = OUTCOMES[outcome].better
    turned = oriented(result, better)
    if question.level:
        return turned < oriented(np.array(question.threshold), better)
    return turned <= (question.threshold or 0.0)


def show(
    job: Analysis, story: Scenario, question: Question, outcome: str, failed: np.ndarray, boxes: list[Box], best: int,
    rows: list[dict],
) -> None:  # fmt: skip
    """Print the chosen box, or why there is none."""
    lang, form = job.lang, job.wanted.format
    counts = {"failed": int(failed.sum()), "cases": len(failed)}
    told = say("discover.failed", lang, title=story.title[lang], rule=rule(question, outcome, lang), **counts)
    looked = [say("discover.screened", lang, n=MOST_PARAMETERS)] if boxes else []
    notes = [told, *verdict(boxes, best, lang), *looked, *notes_of(job)]
    if form == "csv":
        return print_csv(rows)
    if form == "json":
        return print_json({"results": job.folder.as_posix(), "notes": notes, **counts, "boxes": rows})
    heads = {"parameter": say("parameter", lang), "low": say("from", lang), "high": say("to", lang),
             "quasi_p": say("quasi.p", lang), "reproduced": say("found.again", lang)}  # fmt: skip
    mine = [shown_row(r, lang) for r in rows if r["chosen"] and r["parameter"]]
    return print_table(mine, heads, say("discover.title", lang, name=label(outcome, lang)), notes, wide=())


def shown_row(row: dict, lang: str) -> dict:
    """Return one restricted parameter as people see it."""
    return {
        "parameter": label(row["parameter"], lang),
        "low": f"{row['low']:.3g}",
        "high": f"{row['high']:.3g}",
        "quasi_p": "–" if row["quasi_p"] is None else f"{row['quasi_p']:.2g}",
        "reproduced": f"{100 * row['reproduced']:.0f} %",
    }


def rule(question: Question, outcome: str, lang: str) -> str:
    """Return what counts as failure."""
    declared = OUTCOMES[outcome]
    threshold = question.threshold or 0.0
    scaling = scale(declared.unit, abs(threshold), lang, difference=not question.level)
    key = "rule.level" if question.level else "rule.effect" if threshold else "rule.none"
    shown = f"{scaling.number(threshold)} {scaling.unit}"
    return say(f"discover.{key}", lang, name=label(outcome, lang), value=shown, way=say(declared.better, lang))


def verdict(boxes: list[Box], best: int, lang: str) -> list[str]:
    """Return how good the chosen box is, and what may be chance."""
    if not boxes:
        return [say("discover.few", lang)]
    box = boxes[best]
    told = [say("discover.box", lang, coverage=f"{100 * box.coverage:.0f}", density=f"{100 * box.density:.0f}")]
    weak = [label(k, lang) for k, v in box.limits.items() if v.quasi_p is not None and v.quasi_p > CHANCE]
    return told + ([say("discover.chance", lang, names=phrase("list", lang).join(weak))] if weak else [])


def figures(rows: list[dict], outcome: str, title: dict, failed: np.ndarray) -> Callable[[Path], None]:
    """Return the function that draws the boxes into a folder."""

    def draw(folder: Path) -> None:
        if rows:
            from dashboard.figures.boxes import write_boxes

            write_boxes(folder, rows, outcome, title, float(failed.mean()))

    return draw
