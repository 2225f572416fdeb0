"""Simulate, save and show: what ``run``, ``compare`` and the flagship have in common."""

import shlex
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from console.commands import PROGRAM
from console.options import USUAL, Wanted
from console.outcome import show_results
from console.progress import progress
from console.show import note
from console.words import say
from experiments.engine import map_tasks, usable_cores
from experiments.errors import EngineError
from experiments.experiment import Experiment, Options, experiments_of, tasks_of
from experiments.folder import FIGURES, Store, open_folder
from experiments.parts import save_part
from experiments.priors import CALIBRATED
from experiments.results import finish, load_tables, manifest_of, write_figures, write_tables
from experiments.run import Task, simulate, work_in
from model.declare.errors import SettingError
from model.declare.setting import month_name
from model.profile import Profile
from scenarios.city import USUAL_CITY, read_city
from scenarios.scenario import Scenario, read_scenario, with_sets


class Stopped(KeyboardInterrupt):
    """Ctrl-C, answered: the text says what is kept and how to go on."""


def compare(given: Sequence[str], wanted: Wanted, name: str, arguments: Sequence[str]) -> None:
    """Simulate scenarios, the first one as the reference, save everything and show the result."""
    began = time.monotonic()
    scenarios = read_all(given, wanted)
    profile = read_city(city_of(scenarios, wanted))
    options = options_of(scenarios, wanted)
    experiments = experiments_of(scenarios, profile, options)
    folder = Path(wanted.out or usual_folder(name, scenarios, wanted))
    store = open_folder(folder, [e.id for e in experiments], resume=wanted.resume, overwrite=wanted.overwrite)
    new = compute(store, experiments, profile, options, wanted, arguments)
    simulated = time.monotonic() - began
    summary = save(store, experiments, scenarios, profile, options, wanted, arguments, new, simulated)
    show_results(summary, scenarios, profile, folder, options, wanted)
    took = say("took", wanted.lang, seconds=time.monotonic() - began)
    where = say("where", wanted.lang, folder=folder.as_posix(), figures=(folder / FIGURES).as_posix())
    note(f"{where}  ({took})", wanted.quiet)


def read_all(given: Sequence[str], wanted: Wanted) -> list[Scenario]:
    """Read the scenarios, with --set applied to each; no two may have the same name."""
    found: dict[str, Scenario] = {}
    for text in given:
        scenario = with_sets(read_scenario(text), wanted.sets)
        if scenario.name in found:
            raise SettingError(text, f"must have a name of its own; got two scenarios named '{scenario.name}'")
        found[scenario.name] = scenario
    return list(found.values())


def city_of(scenarios: Sequence[Scenario], wanted: Wanted) -> str:
    """Return the city to simulate: the option's, or the one that the scenarios ask for."""
    asked = {s.city: s.name for s in scenarios if s.city}
    if wanted.city is not None or not asked:
        return wanted.city if wanted.city is not None else USUAL_CITY
    if len(asked) > 1:
        raise SettingError("city", f"must be the same in all scenarios; got {' and '.join(sorted(asked))}; add --city")
    return next(iter(asked))


def options_of(scenarios: Sequence[Scenario], wanted: Wanted) -> Options:
    """Return how to run: what was asked for, or the usual."""
    first = scenarios[0]
    for scenario in scenarios:
        if wanted.until is None and scenario.until != first.until:
            raise SettingError(
                f"{scenario.name}, until",
                f"must be {month_name(first.until)}, as in '{first.name}'; "
                f"got {month_name(scenario.until)}; add --until",
            )
    return Options(
        until=first.until if wanted.until is None else wanted.until,
        seed=int(USUAL["seed"]) if wanted.seed is None else wanted.seed,
        draws=int(USUAL["draws"]) if wanted.draws is None else wanted.draws,
        replicates=int(USUAL["replicates"]) if wanted.replicates is None else wanted.replicates,
        scale=float(USUAL["scale"][2:]) if wanted.scale is None else wanted.scale,
    )


def usual_folder(name: str, scenarios: Sequence[Scenario], wanted: Wanted) -> str:
    """Return the folder for results that nobody named: the same for the same command.

    Options that change numbers add a short hash, so that one command never meets another's results.
    """
    from experiments.experiment import digest

    most = 3
    parts = [name] if name == "flagship" else [name, *(s.name for s in scenarios[:most])]
    special = [wanted.city, wanted.scale, wanted.until, wanted.seed, wanted.replicates, wanted.draws, wanted.sets]
    if any(special) or (len(scenarios) > most and name != "flagship"):
        parts.append(digest([special, [s.name for s in scenarios]])[:6])
    return "results/" + "-".join(parts)


def compute(
    store: Store,
    experiments: Sequence[Experiment],
    profile: Profile,
    options: Options,
    wanted: Wanted,
    arguments: Sequence[str],
) -> int:
    """Simulate what the store does not have yet and keep it there; return how many were new."""
    jobs = wanted.jobs or usable_cores()
    tasks = [Task(profile, options.scale, group) for group in tasks_of(experiments, store.known, jobs)]
    new, total = sum(len(task.experiments) for task in tasks), len(experiments)
    jobs = min(jobs, max(len(tasks), 1))
    note(say("start", wanted.lang, runs=total, new=new, jobs=jobs), wanted.quiet)
    kept = total - new
    try:
        with (
            progress(work_in(tasks), total, wanted.lang, wanted.quiet) as shown,
            closing(map_tasks(simulate, tasks, jobs, shown.work)) as results,
        ):
            for _, finished in results:
                for key, record in finished:
                    save_part(store.folder, key, record)
                    store.known.add(key)
                kept += len(finished)
                shown.finished(kept)
    except KeyboardInterrupt:
        raise Stopped(what_is_kept(store.folder, kept, total, wanted.lang, arguments)) from None
    except EngineError as error:
        raise EngineError(f"{error}; {what_is_kept(store.folder, kept, total, wanted.lang, arguments)}") from error
    return new


def what_is_kept(folder: Path, kept: int, total: int, lang: str, arguments: Sequence[str]) -> str:
    """Return the sentence for a run that ends early, with the command that continues it."""
    if not kept:
        return say("stopped.none", lang)
    again = [a for a in arguments if a != "--resume"]
    command = f"{PROGRAM} {shlex.join([*again, '--resume'])}"
    return say("stopped", lang, kept=kept, total=total, folder=folder.as_posix(), again=command)


def save(
    store: Store,
    experiments: Sequence[Experiment],
    scenarios: Sequence[Scenario],
    profile: Profile,
    options: Options,
    wanted: Wanted,
    arguments: Sequence[str],
    new: int,
    simulated: float,
) -> list:
    """Write tables, summary, figures and, last, the manifest; return the summary."""
    import model.outcomes  # noqa: F401  (declares the outcomes)
    from model.declare.outcome import OUTCOMES

    began = time.monotonic()
    better = {key: outcome.better for key, outcome in OUTCOMES.items()}
    about = {"city": profile.name, "scale": options.scale}
    summary, rows = write_tables(store, experiments, about, better)
    written = time.monotonic()
    note(say("figures", wanted.lang), wanted.quiet)
    draw_figures(store.folder, scenarios, profile, wanted.lang, keep=not new)
    finish(
        store.folder,
        manifest_of(
            profile,
            experiments,
            command=shlex.join([PROGRAM, *arguments]),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
            seed=options.seed,
            draws=options.draws,
            replicates=options.replicates,
            scale=f"1:{options.scale:g}",
            until=month_name(options.until),
            scenarios={s.name: s.title for s in scenarios},
            computed=new,
            outcome_rows=rows,
            calibrated=CALIBRATED,
            note={language: say(calibration_note(options), language) for language in ("en", "zh")},
            seconds={
                "simulating": round(simulated, 1),
                "writing": round(written - began, 1),
                "figures": round(time.monotonic() - written, 1),
            },
        ),
    )
    return summary


def calibration_note(options: Options) -> str:
    """Return the catalogue's key of the sentence that says where parameters come from."""
    return "uncalibrated" if options.draws else "uncalibrated.central"


def draw_figures(folder: Path, scenarios: Sequence[Scenario], profile: Profile, lang: str, *, keep: bool) -> None:
    """Draw every figure of the saved tables into the folder of figures."""
    from dashboard.figures import write_all

    names = {
        "scenarios": {s.name: s.title for s in scenarios},
        "districts": {f"{i:02d}": d["name"] for i, d in enumerate(profile.districts, start=1)},
    }
    experiments, outcomes = load_tables(folder)
    write_figures(folder, lambda to: write_all(to, outcomes, experiments, names, lang), keep=keep)
