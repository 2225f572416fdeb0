"""What all analyses have in common: what they are about, running points with progress, and finishing the folder."""

import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import model.outcomes as declared
from console.commands import PROGRAM
from console.options import Wanted
from console.outcome import notes_on_parameters
from console.progress import progress
from console.show import note
from console.words import LANGUAGES, say
from console.work import city_of, options_of
from experiments.analysis import asked_facts, open_analysis, refuse_many, write_manifest
from experiments.engine import Engine, open_engine, usable_cores
from experiments.errors import RunError, Stopped
from experiments.evaluate import Kept, Values, evaluate, months_in
from experiments.experiment import Options, digest
from experiments.folder import FIGURES
from experiments.points import Point, World
from experiments.priors import calibration_note, draws_source
from experiments.results import manifest_of
from model.declare.errors import SettingError, unknown
from model.declare.outcome import Outcome
from model.declare.setting import month_name
from model.profile import Profile
from scenarios.city import read_city
from scenarios.resolve import settings_of
from scenarios.scenario import Scenario, read_scenario, with_sets

SECONDS_A_MINUTE = 60
WORTH_SAYING = 20


@dataclass(frozen=True)
class Analysis:
    """All that one analysis is about, and where it is kept; ``planned`` runs where it goes on from what it finds."""

    name: str
    world: World
    options: Options
    wanted: Wanted
    arguments: Sequence[str]
    kept: Kept | None = None
    folder: Path = Path()
    planned: int = 0

    @property
    def lang(self) -> str:
        """The language of the reader."""
        return self.wanted.lang

    def engine(self) -> Engine:
        """Return the place to simulate."""
        return open_engine(self.wanted.jobs or usable_cores(), self.wanted.cluster)


def begin(name: str, given: str, wanted: Wanted, arguments: Sequence[str], at: int | None = None) -> Analysis:
    """Read the scenario and the city; touch no folder yet."""
    scenario = with_sets(read_scenario(given), wanted.sets)
    profile = read_city(city_of([scenario], wanted))
    options = options_of([scenario], wanted)
    if at is not None and at > options.until:
        where, last = f"--at {month_name(at)}", month_name(options.until)
        raise SettingError(where, f"must be a month in 2021-01–{last}; got {month_name(at)}")
    return Analysis(name, World(profile, options.scale, scenario, options.until, at), options, wanted, arguments)


@contextmanager
def opened(job: Analysis, asked: object, runs: int, *, yes: bool) -> Iterator[Analysis]:
    """Give the analysis with its folder open, once everything else is known to be right."""
    refuse_many(runs, yes, job.name)
    folder = Path(job.wanted.out or f"results/{job.name}-{digest([asked, job.world.key])[:8]}")
    kept = open_analysis(folder, [asked, job.world.key], resume=job.wanted.resume, overwrite=job.wanted.overwrite)
    with closing(kept):
        yield replace(job, kept=kept, folder=folder)


def outcomes_from(given: Sequence[str], scenario: Scenario, profile: Profile) -> list[Outcome]:
    """Return the outcomes that are asked for; the headline outcomes if none is."""
    able = {o.id: o for o in declared.outcomes_of(settings_of(scenario, profile))}
    for name in given:
        if name not in declared.OUTCOMES:
            raise unknown(f"--outcome {name}", "outcome", name, declared.OUTCOMES, f"{PROGRAM} list outcomes")
        if name not in able:
            systems, got = ", ".join(scenario.systems), declared.OUTCOMES[name].system
            raise SettingError(
                f"--outcome {name}", f"must be an outcome of a system that is simulated ({systems}); got one of {got}"
            )
    return [able[name] for name in dict.fromkeys(given)] or [o for o in able.values() if o.headline]


def run_points(job: Analysis, points: Sequence[Point]) -> Values:
    """Return the numbers of all points; what is new is simulated with progress, and kept when Ctrl-C comes."""
    with job.engine() as engine:
        return run_on(engine, job, points)


def run_on(engine: Engine, job: Analysis, points: Sequence[Point], *, speak: bool = True) -> Values:
    """Return the numbers of all points from an engine that is open."""
    known = {job.world.id_of(point): point for point in points}
    new = [point for key, point in known.items() if key not in job.kept.known]
    quiet = job.wanted.quiet or not speak
    try:
        if not quiet:
            announce(engine, job, len(known), new)
        with progress(months_in(job.world, new, job.kept, engine.jobs), len(known), job.lang, quiet) as shown:
            return evaluate(job.world, points, job.kept, engine, shown.work, shown.finished)
    except KeyboardInterrupt:
        raise Stopped(what_is_kept(job, points)) from None
    except RunError as error:
        raise RunError(f"{error}; {what_is_kept(job, points)}") from error


def announce(engine: Engine, job: Analysis, total: int, new: Sequence[Point]) -> None:
    """Say how many runs there are, and how long they will take by the time of the first."""
    if len(new) < WORTH_SAYING:
        return note(say("start", job.lang, runs=total, new=len(new), jobs=engine.jobs), job.wanted.quiet)
    months, began = months_in(job.world, new[:1], job.kept, 1), time.monotonic()
    evaluate(job.world, new[:1], job.kept)
    each = (time.monotonic() - began) / months
    seconds = each * months_in(job.world, new[1:], job.kept, engine.jobs) / engine.jobs
    text = say("start.estimate", job.lang, runs=total, new=len(new), jobs=engine.jobs, time=duration(seconds, job.lang))
    return note(text, job.wanted.quiet)


def duration(seconds: float, lang: str) -> str:
    """Return a time in words, in seconds or minutes."""
    if seconds < SECONDS_A_MINUTE:
        return say("seconds", lang, n=max(round(seconds), 1))
    return say("minutes", lang, n=round(seconds / SECONDS_A_MINUTE))


def what_is_kept(job: Analysis, points: Sequence[Point]) -> str:
    """Return the sentence for an analysis that ends early, with the command that continues it."""
    ids = {job.world.id_of(point) for point in points}
    kept = len(job.kept.known) if job.planned else sum(key in job.kept.known for key in ids)
    if not kept:
        return say("stopped.none", job.lang)
    again = shlex.join([*(a for a in job.arguments if a not in ("--resume", "--overwrite")), "--resume"])
    return say(
        "stopped",
        job.lang,
        kept=kept,
        total=max(job.planned, len(ids)),
        folder=job.folder.as_posix(),
        again=f"{PROGRAM} {again}",
    )


def notes_of(job: Analysis) -> list[str]:
    """Return where parameter values come from, which a reader has to know first."""
    return notes_on_parameters(job.options, job.world.profile, job.lang)


def finish(
    job: Analysis, asked: object, runs: int, began: float, draw: Callable[[Path], object], **more: object
) -> None:
    """Draw the figures, write the manifest last, and say where everything is."""
    note(say("figures", job.lang), job.wanted.quiet)
    (job.folder / FIGURES).mkdir(parents=True, exist_ok=True)
    draw(job.folder / FIGURES)
    options, took = job.options, time.monotonic() - began
    source = draws_source(options.posterior)
    note_key = calibration_note(options.draws, source)
    facts = manifest_of(
        job.world.profile, [None] * runs,
        command=shlex.join([PROGRAM, *job.arguments]), finished=datetime.now(UTC).isoformat(timespec="seconds"),
        scenario=job.world.base.name, seed=options.seed, draws=options.draws, replicates=options.replicates,
        scale=f"1:{options.scale:g}", until=month_name(options.until), calibrated=source.calibrated,
        parameters=source.facts(), note={lang: say(note_key, lang) for lang in LANGUAGES}, seconds=round(took, 1),
        **asked_facts([asked, job.world.key]), **more,
    )  # fmt: skip
    write_manifest(job.folder, facts)
    where = say("where", job.lang, folder=job.folder.as_posix(), figures=(job.folder / FIGURES).as_posix())
    note(f"{where}  ({say('took', job.lang, seconds=took)})", job.wanted.quiet)
