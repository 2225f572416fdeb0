"""The command ``explain``: which lever made how much of a scenario's effect, and which pairs help each other or not."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from console.analysis import Analysis, begin, finish, notes_of, opened, outcomes_from, run_points
from console.options import Wanted
from console.show import print_csv, print_json, print_table
from console.words import say
from dashboard.words import label, scale
from experiments.analysis import refuse_many, write_table
from experiments.experiment import numbered_draws, under_assumptions
from experiments.explain import Plan, kind_of_pair, moved_levers, plan_of, points_of, tables
from experiments.points import World
from experiments.study import chances
from model.declare.outcome import OUTCOMES
from model.declare.setting import month_name
from scenarios.scenario import Scenario, read_scenario

MOST_SHOWN, MOST_PAIRS = 6, 5


@dataclass(frozen=True)
class Question:
    """What is asked: outcomes, the scenario to measure against, and how levers are taken apart."""

    outcomes: tuple[str, ...] = ()
    against: str = "baseline"
    by: str | None = None
    permutations: int = 16
    at: int | None = None
    yes: bool = False


def explain(scenario: str, question: Question, wanted: Wanted, arguments: Sequence[str]) -> None:
    """Take a scenario's effect apart, save the shares and show them."""
    began = time.monotonic()
    job, story = about(scenario, question, wanted, arguments)
    outcomes = [o.id for o in outcomes_from(question.outcomes, story, job.world.profile)]
    moved = moved_levers(story, job.world.base)
    plan = plan_of(list(moved), question.by, question.permutations, job.options.seed)
    runs = chances(job.options.seed, numbered_draws(job.options), job.options.replicates)
    refuse_many(len(plan.coalitions) * len(runs), question.yes, job.name)
    points = points_of(plan, moved, runs)
    asked = [story.name, sorted(moved), list(plan.players), plan.orders, outcomes, question.at, [r.luck for r in runs]]
    with opened(job, asked, len(points), yes=question.yes) as job:
        found = run_points(job, points)
        values = found.values[:, [found.outcomes.index(o) for o in outcomes]]
        rows, pairs = tables(plan, values, outcomes, len(runs))
        pairs = [{**row, "kind": kind_of(row)} for row in pairs]
        write_table(job.folder, "shares", rows)
        write_table(job.folder, "pairs", pairs)
        shown = list(question.outcomes) or most_moved(rows, outcomes)
        show(job, story, plan, rows, pairs, shown)
        names = {"story": story.title, "base": job.world.base.title}
        finish(job, asked, len(points), began, lambda to: draw(to, rows, pairs, shown, names), exact=plan.exact)


def kind_of(pair: dict) -> str:
    """Return what a pair does together."""
    declared = OUTCOMES[pair["outcome"]]
    return kind_of_pair(pair, declared.better, declared.notable)


def about(scenario: str, question: Question, wanted: Wanted, arguments: Sequence[str]) -> tuple[Analysis, Scenario]:
    """Return the analysis, whose base is the matching baseline, and the scenario itself."""
    return matching_base(begin("explain", scenario, wanted, arguments, question.at), question.against)


def matching_base(job: Analysis, against: str) -> tuple[Analysis, Scenario]:
    """Return the analysis about the baseline under the scenario's assumptions, and the scenario itself."""
    story, base = job.world.base, read_scenario(against)
    if base.assumptions != story.assumptions:
        base = under_assumptions(base, story)
    world = World(job.world.profile, job.world.scale, base, job.world.until, job.world.at)
    return replace(job, world=world), story


def most_moved(rows: Sequence[dict], outcomes: Sequence[str]) -> list[str]:
    """Return the outcomes that the scenario moves by most of what is notable, at most six, in their usual order."""

    def size(outcome: str) -> float:
        total = next(r["mean"] for r in rows if r["outcome"] == outcome and r["part"] == "total")
        return abs(total or 0.0) / (OUTCOMES[outcome].notable or float("inf"))

    chosen = sorted(outcomes, key=size, reverse=True)[:MOST_SHOWN]
    return [o for o in outcomes if o in chosen]


def show(
    job: Analysis, story: Scenario, plan: Plan, rows: list[dict], pairs: list[dict], outcomes: Sequence[str]
) -> None:
    """Print the shares of some outcomes, then the pairs that matter most."""
    lang, form = job.lang, job.wanted.format
    way = say("explain.exact", lang) if plan.exact else say("explain.sampled", lang, n=len(plan.orders))
    notes = [way, say("explain.sum", lang), *notes_of(job)]
    if form == "csv":
        return print_csv(rows)
    if form == "json":
        return print_json({"results": job.folder.as_posix(), "notes": notes, "shares": rows, "pairs": pairs})
    when = say("late", lang) if job.world.at is None else month_name(job.world.at)
    title = say("explain.title", lang, title=story.title[lang], base=job.world.base.title[lang], when=when)
    heads = {"outcome": say("outcome", lang), "part": say("part", lang), "value": say("effect", lang)}
    if any(row["p05"] is not None for row in rows):
        heads["range"] = say("range", lang)
    heads["unit"] = say("unit", lang)
    shown = [row for o in outcomes for row in share_rows([r for r in rows if r["outcome"] == o], lang)]
    print_table(shown, heads, title, notes if not pairs else (), wide=("part",))
    if pairs:
        heads["part"] = say("pair", lang)
        heads["kind"] = say("pair.kind", lang)
        shown = [row for o in outcomes for row in pair_rows([r for r in pairs if r["outcome"] == o], lang)]
        print_table(shown, heads, say("pair.title", lang), notes, wide=("part",))


def share_rows(rows: Sequence[dict], lang: str) -> list[dict]:
    """Return one outcome's shares as people see them: the whole, then the parts, largest first."""
    whole, parts = rows[0], sorted(rows[1:], key=lambda r: -abs(r["mean"] or 0.0))
    named = [(say("total", lang), whole), *((label(r["part"], lang), r) for r in parts)]
    return written(whole["outcome"], named, lang)


def pair_rows(rows: Sequence[dict], lang: str) -> list[dict]:
    """Return one outcome's largest interactions as people see them."""
    chosen = sorted(rows, key=lambda r: -abs(r["mean"] or 0.0))[:MOST_PAIRS]
    named = [(f"{label(r['one'], lang)} × {label(r['other'], lang)}", r) for r in chosen]
    shown = written(chosen[0]["outcome"], named, lang) if chosen else []
    return [{**row, "kind": say(f"pair.{r['kind']}", lang)} for row, r in zip(shown, chosen, strict=True)]


def written(outcome: str, named: Sequence[tuple[str, dict]], lang: str) -> list[dict]:
    """Return rows with numbers in one scale of the outcome's unit."""
    scaling = scale(OUTCOMES[outcome].unit, max(abs(r["mean"] or 0.0) for _, r in named), lang, difference=True)

    def number(value: float | None) -> str:
        return "–" if value is None else scaling.number(value, signed=True)

    return [
        {
            "outcome": label(outcome, lang) if not place else "",
            "part": name,
            "value": number(r["mean"]),
            "range": f"{number(r['p05'])} … {number(r['p95'])}",
            "unit": scaling.unit,
        }
        for place, (name, r) in enumerate(named)
    ]


def draw(folder: Path, rows: list[dict], pairs: list[dict], outcomes: Sequence[str], names: dict) -> None:
    """Draw the figures in both languages."""
    from dashboard.figures.shares import write_shares

    write_shares(folder, rows, pairs, outcomes, names)
