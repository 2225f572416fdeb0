"""Sweep: simulate every point of a design, save it, and show what goes with what."""

import shlex
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console.commands import PROGRAM
from console.options import USUAL, Wanted, source_of
from console.progress import duration, progress
from console.show import note
from console.sweep_table import show_sweep
from console.words import LANGUAGES, say
from console.work import what_is_kept
from experiments.design import Design, read_design
from experiments.engine import Engine, open_engine, usable_cores
from experiments.errors import RunError, Stopped
from experiments.experiment import Options, digest
from experiments.folder import FIGURES, open_folder
from experiments.pilot import Measured, estimate, measure, task_size
from experiments.priors import calibration_note, draws_source
from experiments.results import finish, manifest_of, write_figures
from experiments.run import Finished, run_all
from experiments.store import Store
from experiments.sweep import Planned, Sweep
from experiments.sweep_results import Ends, means_by_point, settings_by_point, write_sweep
from experiments.varied import CITY
from model.declare.errors import SettingError
from model.declare.setting import month_name
from scenarios.city import USUAL_CITY, read_city
from scenarios.scenario import Scenario, with_sets

MOST_WITHOUT_YES = 5000
KILO, MEGA, GIGA = 1e3, 1e6, 1e9


@dataclass
class SweepJob:
    """All that one sweep is to do; the store is there once the folder may be written to."""

    sweep: Sweep
    folder: Path
    wanted: Wanted
    arguments: Sequence[str]
    store: Store | None = None

    @property
    def experiments(self) -> list[Planned]:
        """Every experiment of the sweep."""
        return self.sweep.planned

    @property
    def jobs(self) -> int:
        """How many experiments to run at the same time."""
        return min(self.wanted.jobs or usable_cores(), len(self.experiments))

    def waiting(self) -> set[str]:
        """Return what is to be computed: what is not there, or only what failed."""
        ids = {p.id for p in self.experiments}
        if self.wanted.retry_failed:
            return ids & set(self.store.failed)
        return ids - self.store.settled

    def open_store(self) -> Store:
        """Take the folder for the results."""
        resume = self.wanted.resume or self.wanted.retry_failed
        ids = [p.id for p in self.experiments]
        self.store = open_folder(self.folder, ids, resume=resume, overwrite=self.wanted.overwrite)
        return self.store


def sweep(file: str, wanted: Wanted, arguments: Sequence[str]) -> None:
    """Simulate every point of a design, save everything and show the result."""
    began = time.monotonic()
    job = prepare(read_design(file), wanted, arguments)
    if wanted.dry_run:
        return foretell(job, {p.id for p in job.experiments})
    with ExitStack() as held:
        with open_engine(job.jobs, wanted.cluster) as engine:
            held.enter_context(closing(job.open_store()))
            compute(job, engine)
        ends = save(job, time.monotonic() - began)
    show_sweep(job.sweep, ends, wanted)
    tell_end(job, time.monotonic() - began)
    return None


def prepare(design: Design, wanted: Wanted, arguments: Sequence[str]) -> SweepJob:
    """Read and check everything but the folder for the results."""
    for text in wanted.sets:
        name = text.partition("=")[0].strip()
        if name in {v.name for v in design.varied}:
            raise SettingError(f"--set {text}", f"must be a setting that the design does not vary; got '{name}'")
    base = with_sets(design.base, wanted.sets)
    cities = {name: read_city(name) for name in city_names(design, wanted)}
    swept = Sweep(design, base, cities, options_of(design, base, wanted))
    refuse_many(swept, wanted)
    folder = Path(wanted.out or usual_folder(design, wanted))
    return SweepJob(swept, folder, wanted, arguments)


def city_names(design: Design, wanted: Wanted) -> list[str]:
    """Return the cities of a design: those it varies, or the one asked for."""
    places = [k for k, v in enumerate(design.varied) if v.kind == CITY]
    if not places:
        return [wanted.city if wanted.city is not None else design.city or USUAL_CITY]
    if wanted.city is not None:
        raise SettingError(f"--city {wanted.city}", "must be left out when the design varies the city; got one")
    return list(dict.fromkeys(str(point[places[0]]) for point in design.points()))


def options_of(design: Design, base: Scenario, wanted: Wanted) -> Options:
    """Return how to run: what the command line says, else the design, else the usual."""

    def first(*given: object) -> object:
        return next(value for value in given if value is not None)

    return Options(
        until=first(wanted.until, design.until, base.until),
        seed=first(wanted.seed, design.seed),
        draws=first(wanted.draws, design.draws),
        replicates=first(wanted.replicates, design.replicates),
        scale=first(wanted.scale, design.scale, float(USUAL["scale"].partition(":")[2])),
        posterior=source_of(wanted),
    )


def refuse_many(swept: Sweep, wanted: Wanted) -> None:
    """Refuse to start a very large sweep by mistake, before anything is made of it."""
    options = swept.options
    total = swept.design.count * max(options.draws, 1) * options.replicates
    if total > MOST_WITHOUT_YES and not (wanted.yes or wanted.dry_run):
        raise SettingError(
            f"sweep {swept.design.name}",
            f"must have at most {MOST_WITHOUT_YES} experiments without --yes; got {total}; see --dry-run",
        )


def usual_folder(design: Design, wanted: Wanted) -> str:
    """Return the folder for results that nobody named: the same for the same command."""
    special = [wanted.city, wanted.scale, wanted.until, wanted.seed, wanted.replicates, wanted.draws, wanted.sets]
    special += [wanted.posterior, wanted.prior or None]
    changed = any(value not in (None, ()) for value in special)
    return "/".join(["results", "-".join(["sweep", design.name, *([digest(special)[:6]] if changed else [])])])


def foretell(job: SweepJob, waiting: set[str]) -> Measured:
    """Measure a few runs and say how long and how large the sweep will be."""
    lang, quiet, options = job.wanted.lang, job.wanted.quiet, job.sweep.options
    runs, total = max(options.draws, 1) * options.replicates, len(job.experiments)
    note(say("sweep.plan", lang, points=len(job.sweep.points), runs=runs, total=total, new=len(waiting)), quiet)
    measured = measure(job.sweep, waiting)
    will = estimate(job.sweep, waiting, measured, job.jobs)
    time_, size = duration(will.seconds, lang), size_of(will.bytes)
    text = say("sweep.estimate", lang, time=time_, size=size, jobs=job.jobs, n=len(measured.found))
    print(text) if job.wanted.dry_run else note(text, quiet)
    return measured


def size_of(count: float) -> str:
    """Return a number of bytes as people say it."""
    for size, name in ((GIGA, "GB"), (MEGA, "MB")):
        if count >= size:
            return f"{count / size:.1f} {name}"
    return f"{max(count / KILO, 1):.0f} kB"


def compute(job: SweepJob, engine: Engine) -> None:
    """Simulate what is to be computed and keep it; whatever happens, what has ended is on disk afterwards."""
    waiting = job.waiting()
    if job.store.torn:
        note(say("sweep.torn", job.wanted.lang, n=job.store.torn), job.wanted.quiet)
    if not waiting:
        return
    try:
        try:
            simulate(job, engine, waiting)
        finally:
            job.store.flush()
    except KeyboardInterrupt:
        raise Stopped(what_is_kept(job)) from None
    except RunError as error:
        raise RunError(f"{error}; {what_is_kept(job)}") from error


def simulate(job: SweepJob, engine: Engine, waiting: set[str]) -> None:
    """Measure on the first few, then run the rest, showing how it goes."""
    measured = foretell(job, waiting)
    total, size = len(job.experiments), task_size(measured, len(waiting), engine.jobs)
    with progress(total, total, job.wanted.lang, job.wanted.quiet) as shown:

        def keep(finished: Finished) -> None:
            if finished.record is None:
                job.store.fail(finished.experiment, finished.error)
            else:
                job.store.add(finished.experiment, finished.record)
            waiting.discard(finished.experiment)

        def look_up(_: int = 0) -> None:
            job.store.flush_if_due()
            shown.finished(len(job.store.known), len(job.store.failed))
            shown.work(len(job.store.known) + len(job.store.failed))

        for finished in measured.found:
            keep(finished)
        tasks = job.sweep.tasks(set(waiting), size)
        with closing(run_all(engine, tasks, look_up)) as results:
            for finished in results:
                keep(finished)


def save(job: SweepJob, simulated: float) -> Ends:
    """Write tables, summary, figures and, last, the manifest."""
    began = time.monotonic()
    ends, rows = write_sweep(job.store, job.sweep)
    written = time.monotonic()
    if ends.values:
        note(say("figures", job.wanted.lang), job.wanted.quiet)
        write_figures(job.folder, lambda to: draw_figures(job.sweep, ends, to, job.wanted.lang), keep=False)
    seconds = {"simulating": simulated, "writing": written - began, "figures": time.monotonic() - written}
    finish(job.folder, facts(job, rows, {name: round(value, 1) for name, value in seconds.items()}))
    return ends


def draw_figures(swept: Sweep, ends: Ends, folder: Path, lang: str) -> None:
    """Draw how the headline outcomes go with each varied setting."""
    from dashboard.figures.responses import write_responses

    outcomes = dict(zip(ends.outcomes, means_by_point(swept, ends).T, strict=True))
    write_responses(folder, settings_by_point(swept), outcomes, swept.design.title, ends.month, lang)


def facts(job: SweepJob, rows: int, seconds: dict[str, float]) -> dict:
    """Return the manifest: everything needed to judge the results and to make them again."""
    swept, options = job.sweep, job.sweep.options
    design, source = swept.design, draws_source(options.posterior)
    note_key = calibration_note(options.draws, source)
    return manifest_of(
        next(iter(swept.cities.values())), job.experiments,
        command=shlex.join([PROGRAM, *job.arguments]),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=options.seed, draws=options.draws, replicates=options.replicates,
        scale=f"1:{options.scale:g}", until=month_name(options.until),
        design={
            "name": design.name, "title": design.title, "base": design.base.name, "method": design.method,
            "points": len(swept.points), "seed": design.seed, "varied": [v.name for v in design.varied],
            "cities": list(swept.cities), "kept": design.keep._asdict(),
        },
        failed=len(job.store.failed),
        calibrated=source.calibrated, parameters=source.facts(), note={lang: say(note_key, lang) for lang in LANGUAGES},
        outcome_rows=rows, seconds=seconds,
    )  # fmt: skip


def tell_end(job: SweepJob, seconds: float) -> None:
    """Say where everything is and what failed."""
    lang, failed, total = job.wanted.lang, len(job.store.failed), len(job.experiments)
    if failed:
        kept = [a for a in job.arguments if a not in ("--resume", "--overwrite", "--retry-failed")]
        again = f"{PROGRAM} {shlex.join([*kept, '--retry-failed'])}"
        note(say("sweep.failed", lang, failed=failed, total=total, again=again), job.wanted.quiet)
    where = say("where", lang, folder=job.folder.as_posix(), figures=(job.folder / FIGURES).as_posix())
    note(f"{where}  ({say('took', lang, seconds=seconds)})", job.wanted.quiet)
