"""Simulate, save and show: what ``run``, ``compare`` and the flagship have in common."""

import shlex
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import model.outcomes  # noqa: F401  (declares the outcomes)
from console.commands import PROGRAM
from console.options import USUAL, Wanted, source_of
from console.outcome import show_results
from console.pictures import draw_all
from console.progress import progress
from console.show import note
from console.words import LANGUAGES, say
from experiments.engine import Engine, open_engine, usable_cores
from experiments.errors import ExperimentError, RunError, Stopped
from experiments.experiment import Experiment, Options, digest, experiments_of, tasks_of
from experiments.folder import FIGURES, open_folder
from experiments.priors import calibration_note, draws_source
from experiments.results import finish, manifest_of, write_figures, write_tables
from experiments.run import Task, run_all, work_in
from experiments.store import Store
from experiments.summary import Row
from model.declare.errors import SettingError
from model.declare.outcome import OUTCOMES
from model.declare.setting import month_name
from model.profile import Profile
from scenarios.city import USUAL_CITY, read_city
from scenarios.scenario import Scenario, read_scenario, with_sets

FLAGSHIP = "flagship"
MOST_NAMES = 3


@dataclass
class Job:
    """All that one command is to do; the store is there once the folder may be written to, the engine while it runs."""

    scenarios: list[Scenario]
    profile: Profile
    options: Options
    experiments: list[Experiment]
    folder: Path
    wanted: Wanted
    arguments: Sequence[str]
    store: Store | None = None
    engine: Engine | None = None

    @property
    def jobs(self) -> int:
        """How many tasks to run at the same time: no more than there can be."""
        jobs = self.wanted.jobs or usable_cores()
        return min(jobs, len(tasks_of(self.experiments, jobs=jobs)))

    def open_store(self) -> Store:
        """Take the folder for the results."""
        ids = [e.id for e in self.experiments]
        self.store = open_folder(self.folder, ids, resume=self.wanted.resume, overwrite=self.wanted.overwrite)
        return self.store


def compare(given: Sequence[str], wanted: Wanted, name: str, arguments: Sequence[str]) -> None:
    """Simulate scenarios, the first one as the reference, save everything and show the result."""
    began = time.monotonic()
    job = prepare(given, wanted, name, arguments)
    with ExitStack() as held, open_engine(job.jobs, wanted.cluster) as engine:
        held.enter_context(closing(job.open_store()))
        job.engine = engine
        new = compute(job, engine)
        summary = save(job, new, time.monotonic() - began)
    show_results(summary, job.scenarios, job.profile, job.folder, job.options, wanted)
    took = say("took", wanted.lang, seconds=time.monotonic() - began)
    where = say("where", wanted.lang, folder=job.folder.as_posix(), figures=(job.folder / FIGURES).as_posix())
    note(f"{where}  ({took})", wanted.quiet)


def prepare(given: Sequence[str], wanted: Wanted, name: str, arguments: Sequence[str]) -> Job:
    """Read and check everything but the folder for the results."""
    scenarios = read_all(given, wanted)
    profile = read_city(city_of(scenarios, wanted))
    options = options_of(scenarios, wanted)
    experiments = experiments_of(scenarios, profile, options)
    folder = Path(wanted.out or usual_folder(name, scenarios, wanted))
    return Job(scenarios, profile, options, experiments, folder, wanted, arguments)


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
        got = " and ".join(sorted(Path(city).stem for city in asked))
        raise SettingError("city", f"must be the same in all scenarios; got {got}; add --city")
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
        scale=float(USUAL["scale"].partition(":")[2]) if wanted.scale is None else wanted.scale,
        posterior=source_of(wanted),
    )


def usual_folder(name: str, scenarios: Sequence[Scenario], wanted: Wanted) -> str:
    """Return the folder for results that nobody named: the same for the same command.

    Options that change numbers add a short hash, so that one command never meets another's results.
    """
    names = [] if name == FLAGSHIP else [s.name for s in scenarios]
    special = [
        wanted.city,
        wanted.scale,
        wanted.until,
        wanted.seed,
        wanted.replicates,
        wanted.draws,
        wanted.sets,
        wanted.posterior,
        wanted.prior or None,
    ]
    parts = [name, *names[:MOST_NAMES]]
    if any(value not in (None, ()) for value in special) or len(names) > MOST_NAMES:
        parts.append(digest([special, names])[:6])
    return "results/" + "-".join(parts)


def compute(job: Job, engine: Engine) -> int:
    """Simulate what the store does not have yet and keep it there; return how many were new."""
    lang, quiet, total = job.wanted.lang, job.wanted.quiet, len(job.experiments)
    groups = tasks_of(job.experiments, job.store.known, engine.jobs)
    tasks = [Task(job.profile, job.options.scale, group) for group in groups]
    new = sum(map(len, groups))
    note(say("start", lang, runs=total, new=new, jobs=min(engine.jobs, max(len(groups), 1))), quiet)
    try:
        simulate_all(job, engine, tasks)
    except KeyboardInterrupt:
        raise Stopped(what_is_kept(job)) from None
    except RunError as error:
        raise RunError(f"{error}; {what_is_kept(job)}") from error
    return new


def simulate_all(job: Job, engine: Engine, tasks: list[Task]) -> None:
    """Keep each experiment as it ends; whatever happens, what has ended is on disk afterwards."""
    store, total = job.store, len(job.experiments)
    with progress(work_in(tasks), total, job.wanted.lang, job.wanted.quiet) as shown:

        def look_up(work: int) -> None:
            shown.work(work)
            store.flush_if_due()

        try:
            with closing(run_all(engine, tasks, look_up)) as results:
                for key, record, error in results:
                    if error:
                        raise ExperimentError(error)
                    store.add(key, record)
                    shown.finished(len(store.known))
        finally:
            store.flush()


def what_is_kept(job: Job) -> str:
    """Return the sentence for a run that ends early, with the command that continues it."""
    kept = sum(job.store.has(e.id) for e in job.experiments)
    if not kept:
        return say("stopped.none", job.wanted.lang)
    again = shlex.join([*(a for a in job.arguments if a != "--resume"), "--resume"])
    return say(
        "stopped", job.wanted.lang,
        kept=kept, total=len(job.experiments), folder=job.folder.as_posix(), again=f"{PROGRAM} {again}",
    )  # fmt: skip


def save(job: Job, new: int, simulated: float) -> list[Row]:
    """Write tables, summary, figures and, last, the manifest; return the summary."""
    began = time.monotonic()
    better = {key: outcome.better for key, outcome in OUTCOMES.items()}
    about = {"city": job.profile.name, "scale": job.options.scale}
    summary, rows = write_tables(job.store, job.experiments, about, better)
    written = time.monotonic()
    note(say("figures", job.wanted.lang), job.wanted.quiet)
    draw_figures(job, keep=not new)
    seconds = {"simulating": simulated, "writing": written - began, "figures": time.monotonic() - written}
    finish(job.folder, facts(job, computed=new, outcome_rows=rows, seconds=seconds))
    return summary


def facts(job: Job, *, seconds: dict[str, float], **more: object) -> dict:
    """Return the manifest: everything needed to judge the results and to make them again."""
    options, source = job.options, draws_source(job.options.posterior)
    note_key = calibration_note(options.draws, source)
    return manifest_of(
        job.profile, job.experiments,
        command=shlex.join([PROGRAM, *job.arguments]),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=options.seed, draws=options.draws, replicates=options.replicates,
        scale=f"1:{options.scale:g}", until=month_name(options.until),
        scenarios={s.name: s.title for s in job.scenarios},
        calibrated=source.calibrated, parameters=source.facts(), note={lang: say(note_key, lang) for lang in LANGUAGES},
        seconds={name: round(value, 1) for name, value in seconds.items()},
        **more,
    )  # fmt: skip


def draw_figures(job: Job, *, keep: bool) -> None:
    """Draw every figure of the headline outcomes, in one language; ``keep`` those of the other one."""
    names = {
        "scenarios": {s.name: s.title for s in job.scenarios},
        "districts": {f"{i:02d}": d["name"] for i, d in enumerate(job.profile.districts, start=1)},
    }
    write_figures(job.folder, lambda to: draw_all(to, names, job.wanted.lang, job.engine), keep=keep)
