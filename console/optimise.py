"""The command ``optimise``: mixes of levers that no other beats within a budget, as scenario files."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from console.analysis import Analysis, begin, finish, notes_of, opened, outcomes_from
from console.judge import Judge, Question, against_shipped, goal_values
from console.options import Wanted
from console.show import print_csv, print_json, print_table
from console.words import say
from dashboard.words import label, number, scale
from dashboard.words import say as phrase
from experiments.analysis import MIXES, write_table
from experiments.atomic import write_text
from experiments.experiment import numbered_draws
from experiments.mixes import COST, Space, first_mixes, mixed, space_of
from experiments.optimise import Seen, cheapest_within, front, knee, search
from experiments.study import chances
from model.declare.errors import SettingError, unknown
from model.declare.outcome import OUTCOMES
from model.declare.setting import levers
from scenarios.scenario import Scenario, read_scenario, shipped_scenarios
from scenarios.writer import scenario_text

MOST_SAVED = 20
MILLION = 1e6


def optimise(scenario: str, question: Question, wanted: Wanted, arguments: Sequence[str]) -> None:
    """Search for mixes, save those that none beats as scenario files, and show them."""
    began = time.monotonic()
    job = begin("optimise", scenario, wanted, arguments, question.at)
    refuse_goals(question, job)
    space = space_of(job.world, names_of_levers(question.only))
    if len(space.levers) < len(("one", "other")):
        raise SettingError("--only", f"must leave two settings or more to vary; got {len(space.levers)}")
    runs = chances(job.options.seed, numbered_draws(job.options), job.options.replicates)
    stories = [s for s in map(read_scenario, shipped_scenarios()) if s.levers and comparable(s, job.world.base)]
    planned = (question.population * question.generations + len(stories) + 1) * len(runs)
    asked = [question.goals, question.budget, sorted(lever.id for lever in space.levers), question.robust,
             question.population, question.generations, question.at, [r.luck for r in runs]]  # fmt: skip
    with opened(job, asked, planned, yes=question.yes) as job, job.engine() as engine:
        judge = Judge(engine, replace(job, planned=planned), question, space, runs)
        judge.prepare(stories)
        start = first_mixes(space, stories, question.population, job.options.seed)
        seen = search(start, judge, len(question.goals), question.generations, job.options.seed, space.rounded)
        save(job, question, judge, seen, began, asked, planned)


def refuse_goals(question: Question, job: Analysis) -> None:
    """Refuse a search without goals or budget, an unknown goal, or one that should go both ways."""
    if question.budget is None:
        raise SettingError("optimise", "must be given a budget with --budget, in CNY/month; got none")
    named = [*question.maximise, *question.minimise]
    if not named:
        raise SettingError("optimise", "must name an outcome with --maximise or --minimise; got none")
    outcomes_from(named, job.world.base, job.world.profile)
    for name in named:
        if named.count(name) > 1:
            raise SettingError(f"--minimise {name}", f"must set each name once; got '{name}' twice")


def names_of_levers(only: Sequence[str]) -> Sequence[str]:
    """Return names of levers and groups that exist."""
    known = {x.id for x in levers().values()} | {x.group for x in levers().values()}
    for name in only:
        if name not in known:
            raise unknown(f"--only {name}", "lever", name, known, "run_sim.py list levers")
    return only


def comparable(story: Scenario, base: Scenario) -> bool:
    """Tell whether a shipped scenario can be set against mixes: it assumes the same and sets levers that act."""
    return story.assumptions == base.assumptions and all(levers()[k].system in base.systems for k in story.levers)


def save(
    job: Analysis, question: Question, judge: Judge, seen: Seen, began: float, asked: object, planned: int
) -> None:
    """Write tables, scenario files and figures, and show the front."""
    cost = np.array([judge.cost[row.tobytes()] for row in seen.cube])
    best = front(seen.goals, seen.over <= 0)
    if not len(best):
        raise SettingError(f"--budget {question.budget:g}", "must be enough for one mix at least; got none within it")
    best = (
        best[np.unique(np.linspace(0, len(best) - 1, MOST_SAVED).round().astype(int))]
        if len(best) > MOST_SAVED
        else best
    )
    marks = {best[knee(seen.goals[best])]: "knee"}
    cheap = best[cheapest_within(seen.goals[best], cost[best], question.tolerance)]
    marks[cheap] = "knee cheapest" if cheap in marks else "cheapest"
    shipped, winners = against_shipped(judge, seen, cost)
    names = {i: f"mix_{k:02d}" for k, i in enumerate(dict.fromkeys([*best, *winners]), start=1)}
    for row in shipped:
        row["beaten_by"] = names.get(row["beaten_by"], "")
    write_mixes(job, judge.space, seen, names, question)
    rows = [mix_row(question, judge.space, seen, cost, i, names.get(i, ""), marks.get(i, "")) for i in range(len(cost))]
    for row, i in zip(rows, range(len(cost)), strict=True):
        row["front"] = i in best
    chosen = [rows[i] for i in names]
    write_table(job.folder, "search", rows)
    write_table(job.folder, "front", chosen)
    if shipped:
        write_table(job.folder, "shipped", shipped)
    show(job, question, chosen, shipped)
    draw = figures(rows, shipped, question)
    finish(job, asked, planned, began, draw, budget=question.budget, robust=question.robust, mixes=len(names))


def mix_row(question: Question, space: Space, seen: Seen, cost: np.ndarray, place: int, name: str, mark: str) -> dict:
    """Return one mix as a row: what it is worth, what it costs, and each lever's value."""
    values = space.values(seen.cube[place])
    usual = {lever.id: u for lever, u in zip(space.levers, space.usual, strict=True)}
    return {
        "mix": name, "pick": mark, "generation": int(seen.generation[place]),
        **goal_values(question, seen.goals[place]), "cost": float(cost[place]), "within": bool(seen.over[place] <= 0),
        "moved": len(values), **usual, **values,
    }  # fmt: skip


def write_mixes(job: Analysis, space: Space, seen: Seen, names: dict[int, str], question: Question) -> None:
    """Write each chosen mix as a scenario file that can be run and edited."""
    for place, name in names.items():
        number = name.rpartition("_")[2].lstrip("0")
        texts = {
            lang: {"title": say("mix.title", lang, n=number), "about": about_mix(question, lang)}
            for lang in ("en", "zh")
        }
        title, about = ({lang: t[key] for lang, t in texts.items()} for key in ("title", "about"))
        story = mixed(job.world.base, space.values(seen.cube[place]), name, title, about)
        write_text(job.folder / MIXES / f"{name}.toml", scenario_text(story))


def about_mix(question: Question, lang: str) -> str:
    """Return what a mix was searched for."""
    goals = [say(f"goal.{g.better}", lang, name=label(g.outcome, lang)) for g in question.goals]
    return say("mix.about", lang, goals=phrase("list", lang).join(goals), budget=f"{question.budget:,.0f}")


def show(job: Analysis, question: Question, chosen: list[dict], shipped: list[dict]) -> None:
    """Print the front, and what it says about the shipped scenarios."""
    lang, form = job.lang, job.wanted.format
    notes = [*verdicts(shipped, lang), say(f"robust.{question.robust}", lang), *notes_of(job)]
    if form == "csv":
        return print_csv(chosen)
    if form == "json":
        return print_json({"results": job.folder.as_posix(), "notes": notes, "front": chosen, "shipped": shipped})
    goals = {g.outcome: label(g.outcome, lang) for g in question.goals if g.outcome != COST}
    heads = {"mix": say("mix", lang), **goals,
             "cost": say("cost", lang), "moved": say("moved", lang), "pick": say("pick", lang)}  # fmt: skip
    shown = [shown_row(row, question, lang) for row in [*chosen, *shipped_rows(shipped, lang)]]
    title = say("optimise.title", lang, budget=f"{question.budget / MILLION:.2f}")
    print_table(shown, heads, title, notes, wide=())


def shown_row(row: dict, question: Question, lang: str) -> dict:
    """Return a row as people see it."""
    found = {"mix": row["mix"], "moved": row["moved"]}
    picks = [say(f"pick.{p}", lang) for p in str(row.get("pick", "")).split()]
    found["pick"] = phrase("list", lang).join(picks)
    for goal in question.goals:
        scaling = scale(OUTCOMES[goal.outcome].unit, abs(row[goal.outcome]), lang, difference=True)
        found[goal.outcome] = f"{scaling.number(row[goal.outcome], signed=True)} {scaling.unit}"
    return found | {"cost": number(row["cost"] / MILLION, 2, lang, signed=True)}


def shipped_rows(shipped: list[dict], lang: str) -> list[dict]:
    """Return the shipped scenarios as rows below the mixes."""
    return [{**row, "mix": read_scenario(row["scenario"]).title[lang], "moved": ""} for row in shipped]


def verdicts(shipped: list[dict], lang: str) -> list[str]:
    """Return which shipped scenarios a mix of the same cost or less beats, and which none does."""
    found = []
    for key, rows in (
        ("beaten", [r for r in shipped if r["beaten_by"]]),
        ("unbeaten", [r for r in shipped if not r["beaten_by"]]),
    ):
        names = [
            read_scenario(r["scenario"]).title[lang] + (f" ({r['beaten_by']})" if r["beaten_by"] else "") for r in rows
        ]
        if names:
            found.append(say(f"optimise.{key}", lang, names=phrase("list", lang).join(names)))
    return found


def figures(rows: list[dict], shipped: list[dict], question: Question) -> Callable[[Path], None]:
    """Return the function that draws the front into a folder."""

    def draw(folder: Path) -> None:
        from dashboard.figures.front import write_front

        titles = {r["scenario"]: read_scenario(r["scenario"]).title for r in shipped}
        goals = [(g.outcome, g.better) for g in question.goals]
        write_front(folder, rows, shipped, goals, titles, regret=question.robust == "regret")

    return draw
