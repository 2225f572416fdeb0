"""The command ``sensitivity``: which settings move an outcome, how sure that is, and whether it has settled."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from console.analysis import Analysis, begin, finish, notes_of, opened, outcomes_from, run_points
from console.options import Wanted
from console.show import print_csv, print_json, print_table
from console.words import say
from dashboard.words import label
from experiments.analysis import write_table
from experiments.evaluate import Values
from experiments.experiment import numbered_draws
from experiments.inputs import Input, inputs_of
from experiments.sensitivity import METHODS, Design
from experiments.study import Answer, Chance, answer, chances, index_rows, points_of
from model.declare.errors import SettingError
from model.declare.setting import month_name

SHOWN = 15
LAST = "last12"


@dataclass(frozen=True)
class Question:
    """What is asked: the method, its sample, and what is varied."""

    method: str
    outcomes: tuple[str, ...]
    over: str = "levers"
    only: tuple[str, ...] = ()
    grouped: bool = False
    samples: int | None = None
    pairs: bool = False
    emulator: str | None = None
    at: int | None = None
    yes: bool = False


def sensitivity(scenario: str, question: Question, wanted: Wanted, arguments: Sequence[str]) -> None:
    """Run a sensitivity study about a base scenario, save it and show it."""
    began = time.monotonic()
    wanted = replace(wanted, draws=0) if wanted.draws is None else wanted
    job = begin("sensitivity", scenario, wanted, arguments, question.at)
    outcomes = [o.id for o in outcomes_from(question.outcomes, job.world.base, job.world.profile)]
    inputs = inputs_of(question.over, question.only, job.world.base.systems)
    refuse_draws(question, job)
    design = design_of(question, inputs, job.options.seed)
    runs = chances(job.options.seed, numbered_draws(job.options), job.options.replicates)
    asked = [question.method, question.over, question.only, question.grouped, design.samples, question.pairs,
             question.emulator, outcomes, job.options.seed, job.options.draws, job.options.replicates]  # fmt: skip
    with opened(job, asked, design.rows * len(runs), yes=question.yes) as job:
        cube = design.cube()
        values = run_points(job, points_of(inputs, cube, runs))
        answers, quality = answers_of(question, design, cube, values, outcomes, len(runs))
        rows = index_rows(answers, LAST if question.at is None else month_name(question.at), len(runs))
        write_table(job.folder, "indices", rows)
        write_table(job.folder, "design", design_rows(inputs, cube, runs, values, outcomes))
        if quality:
            write_table(job.folder, "emulator", quality)
        show(job, question, answers, rows, quality, design.rows * len(runs))
        draw = figures(rows, outcomes, job)
        finish(job, asked, design.rows * len(runs), began, draw, method=question.method, samples=design.samples)


def refuse_draws(question: Question, job: Analysis) -> None:
    """Refuse to vary parameters and draw them too."""
    if job.options.draws and question.over != "levers":
        raise SettingError(f"--draws {job.options.draws}", "must be 0 when parameters are varied; got more")


def design_of(question: Question, inputs: Sequence[Input], seed: int) -> Design:
    """Return the design, or refuse a sample that the method cannot use."""
    method = METHODS[question.method]
    samples = question.samples or method.usual
    if question.emulator:
        if question.method != "sobol":
            raise SettingError("--emulator", f"must be used with --method sobol; got {question.method}")
        samples = question.samples or METHODS["pawn"].usual
        method = METHODS["pawn"]
    if samples < method.least:
        raise SettingError(
            f"--samples {samples}", f"must be at least {method.least} for {question.method}; got {samples}"
        )
    if question.method == "sobol" and not question.emulator and samples & (samples - 1):
        raise SettingError(f"--samples {samples}", f"must be a power of 2; got {samples}")
    if question.pairs and question.method != "sobol":
        raise SettingError("--second-order", f"must be used with --method sobol; got {question.method}")
    if question.grouped and not method.groups:
        raise SettingError(
            "--grouped", f"must be used with morris or sobol; got {question.emulator or question.method}"
        )
    if len(inputs) < len(("one", "other")):
        raise SettingError("--only", f"must leave two settings or more to vary; got {len(inputs)}")
    groups = tuple(i.group for i in inputs) if question.grouped else ()
    kind = "pawn" if question.emulator else question.method
    return Design(kind, samples, tuple(i.id for i in inputs), groups, question.pairs, seed)


def answers_of(
    question: Question, design: Design, cube: np.ndarray, values: Values, outcomes: Sequence[str], runs: int
) -> tuple[list[Answer], list[dict]]:
    """Return an answer an outcome, and how good the emulator is if there is one."""
    from experiments.emulator import emulate

    found, quality = [], []
    for outcome in outcomes:
        try:
            if question.emulator:
                stand_in = emulate(question.emulator, design, cube, outcome, values.of(outcome), runs)
                found.append(stand_in.answer)
                quality.append(
                    {"outcome": outcome, "emulator": question.emulator, "explained": stand_in.explained,
                     "error": stand_in.error, "trusted": stand_in.trusted}
                )  # fmt: skip
            else:
                found.append(answer(design, cube, outcome, values.of(outcome), runs))
        except ValueError as error:
            raise SettingError(
                f"--outcome {outcome}", f"must have a value at every point; got none at {error}"
            ) from None
    return found, quality


def design_rows(
    inputs: Sequence[Input], cube: np.ndarray, runs: Sequence[Chance], values: Values, outcomes: Sequence[str]
) -> list[dict]:
    """Return a row a run: the settings at its point, its luck, and the outcomes."""
    found = []
    for place, row in enumerate(cube):
        at = {i.id: i.quantile(float(u)) for i, u in zip(inputs, row, strict=True)}
        for k, run in enumerate(runs):
            numbers = values.values[place * len(runs) + k]
            given = {o: float(numbers[values.outcomes.index(o)]) for o in outcomes}
            found.append({"point": place, "run": k, "luck": str(run.luck), **at, **given})
    return found


def show(
    job: Analysis, question: Question, answers: Sequence[Answer], rows: list[dict], quality: list[dict], runs: int
) -> None:
    """Print the largest indices of each outcome, with what is to be known about them."""
    lang, form = job.lang, job.wanted.format
    own = notes_of(job) if question.over == "levers" else [say("sensitivity.declared", lang)]
    notes = [*own, *remarks(answers, quality, lang)]
    if form == "csv":
        return print_csv(rows)
    if form == "json":
        return print_json({"results": job.folder.as_posix(), "notes": notes, "emulator": quality, "indices": rows})
    main = answers[0].main
    heads = {"outcome": say("outcome", lang), "setting": say("setting", lang), "value": say(f"index.{main}", lang),
             "range": say("range", lang)}  # fmt: skip
    if any(i.measure == "first" for a in answers for i in a.indices):
        heads["first"] = say("index.first", lang)
    method = say(f"method.{question.method}", lang)
    title = say("sensitivity.title", lang, title=job.world.base.title[lang], method=method, runs=runs)
    print_table([row for a in answers for row in table_rows(a, lang)], heads, title, notes, wide=())


def table_rows(answer: Answer, lang: str) -> list[dict]:
    """Return the rows that people see."""
    first = {i.input: i.value for i in answer.indices if i.measure == "first"}
    return [
        {
            "outcome": label(answer.outcome, lang) if not place else "",
            "setting": label(i.input, lang),
            "value": f"{i.value:.3g}",
            "range": f"{i.low:.3g} … {i.high:.3g}",
            "first": f"{first[i.input]:.3g}" if i.input in first else "",
        }
        for place, i in enumerate(answer.ranked[:SHOWN])
    ]


def remarks(answers: Sequence[Answer], quality: list[dict], lang: str) -> list[str]:
    """Return the warnings: intervals too wide, outcomes that nothing moves, luck, a weak emulator."""
    found = [say(f"index.{answers[0].main}.about", lang)]
    for a in answers:
        name = label(a.outcome, lang)
        if not a.moves:
            found.append(say("sensitivity.still", lang, name=name))
        elif not a.rankable:
            found.append(say("sensitivity.wide", lang, name=name, width=f"{100 * min(a.width, 9.99):.0f}"))
        if a.noise is not None:
            found.append(say("sensitivity.noise", lang, name=name, share=f"{100 * a.noise:.2g}"))
    for q in quality:
        key = "emulator.good" if q["trusted"] else "emulator.weak"
        found.append(say(key, lang, name=label(q["outcome"], lang), explained=f"{q['explained']:.2f}"))
    return found


def figures(rows: list[dict], outcomes: Sequence[str], job: Analysis) -> Callable[[Path], None]:
    """Return the function that draws the figures of a study into a folder."""

    def draw(folder: Path) -> None:
        from dashboard.figures.indices import write_indices

        write_indices(folder, rows, outcomes, job.world.base.title)

    return draw
