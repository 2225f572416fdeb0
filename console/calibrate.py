"""The command ``calibrate``: fit a city to its targets, stage by stage, with progress; a stopped one continues."""

import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from calibration.manifest import about_of
from calibration.stages import POSTERIOR, REGISTER, STAGES, TABLE, Calibration
from calibration.target import TARGETS, VALIDATION, Targets, read_targets
from console.calibrate_progress import Progress
from console.calibration_pages import publish, write_pages
from console.commands import PROGRAM
from console.options import Wanted
from console.show import note
from console.words import LANGUAGES, say
from experiments.atomic import write_text
from experiments.engine import Engine, open_engine, usable_cores
from experiments.errors import RunError, Stopped
from experiments.experiment import digest
from experiments.folder import make_writable
from model.declare.errors import SettingError, unknown
from model.profile import Profile
from scenarios.city import USUAL_CITY, read_city

USUAL_SCALE = 100.0
USUAL_FOLDER = "results/calibration"
ELSEWHERE = ("fit", "proof", "check")
SPENT = "seconds.txt"
KNOWN = (
    SPENT,
    POSTERIOR,
    TABLE,
    "posterior.json",
    REGISTER,
    "findings.json",
    "calibration.md",
    "images",
    "runs",
    "kept",
)


@dataclass(frozen=True)
class Asked:
    """What is to be fitted, read and checked."""

    profile: Profile
    targets: Targets
    folder: Path
    stages: tuple[str, ...]
    shipped: bool
    text: str


def calibrate(targets: str | None, stages: Sequence[str], wanted: Wanted, arguments: Sequence[str]) -> None:
    """Fit a city, or do some stages of it anew, and write its pages."""
    began = time.monotonic()
    asked = read_all(targets, stages, wanted)
    refuse_foreign(asked.folder)
    shown = Progress(wanted.lang, wanted.quiet)
    earlier = spent_before(asked.folder)
    try:
        with open_engine(wanted.jobs or usable_cores(), wanted.cluster) as engine:
            job = job_of(asked, wanted, engine, shown, arguments)
            job.spent = lambda: round(earlier + time.monotonic() - began, 1)
            for stage in asked.stages:
                job.run(stage)
    except KeyboardInterrupt:
        raise Stopped(kept(asked.folder, wanted.lang, arguments)) from None
    except RunError as error:
        raise RunError(f"{error}; {kept(asked.folder, wanted.lang, arguments)}") from error
    finally:
        write_text(asked.folder / SPENT, f"{earlier + time.monotonic() - began:.1f}\n")
    findings = write_pages(asked.folder, LANGUAGES)
    if asked.shipped and wanted.out is None:
        publish(asked.folder, findings)
    for line in lines_of(findings, wanted.lang):
        print(line)
    note(
        say("calibrate.where", wanted.lang, folder=asked.folder.as_posix(), seconds=time.monotonic() - began),
        wanted.quiet,
    )


def read_all(targets: str | None, stages: Sequence[str], wanted: Wanted) -> Asked:
    """Read and check everything before anything is computed."""
    profile = read_city(wanted.city if wanted.city is not None else USUAL_CITY)
    shipped = targets is None and wanted.city in (None, USUAL_CITY)
    if targets is None and not shipped:
        raise SettingError("calibrate", "must name the targets of that city with --targets FILE; got none")
    path = Path(targets) if targets is not None else TARGETS
    found = read_targets(path)
    for stage in stages:
        if stage not in STAGES:
            raise unknown(f"--stage {stage}", "stage", stage, STAGES, f"{PROGRAM} calibrate --help")
    special = [targets, wanted.city, wanted.seed, wanted.scale]
    usual = USUAL_FOLDER + ("" if special == [None] * len(special) else f"-{digest(special)[:6]}")
    text = path.read_text(encoding="utf-8-sig")
    chosen = tuple(stages) or (STAGES if shipped else ELSEWHERE)
    return Asked(profile, found, Path(wanted.out or usual), chosen, shipped, text)


def spent_before(folder: Path) -> float:
    """Return the seconds that earlier sittings took, as far as they ended by themselves or by Ctrl-C."""
    try:
        return float((folder / SPENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0.0


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder with files of others; make it if it is not there."""
    where = f"--out {folder.as_posix()}"
    if folder.exists() and not folder.is_dir():
        raise SettingError(where, "must be a folder; got a file")
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    ours = {*KNOWN, *(f"{stage}.json" for stage in STAGES)}
    other = sorted(n for n in names - ours if not n.endswith(".partial"))
    if other:
        raise SettingError(where, f"must be a new folder, or one with results; got other files ('{other[0]}')")
    make_writable(folder)


def job_of(asked: Asked, wanted: Wanted, engine: Engine, shown: Progress, arguments: Sequence[str]) -> Calibration:
    """Return the calibration that is asked for."""
    seed = 1 if wanted.seed is None else wanted.seed
    scale = USUAL_SCALE if wanted.scale is None else wanted.scale
    job = Calibration(
        asked.profile, asked.targets, asked.folder, engine, seed, scale,
        held_out=VALIDATION if asked.shipped else None,
        about=about_of(asked.profile, asked.targets, asked.text, seed, scale, shlex.join([PROGRAM, *arguments])),
        told=shown.told, say=shown.say,
    )  # fmt: skip
    shown.plan(job, asked.stages)
    return job


def kept(folder: Path, lang: str, arguments: Sequence[str]) -> str:
    """Return the sentence for a calibration that ends early."""
    again = shlex.join([PROGRAM, *arguments])
    return say("calibrate.stopped", lang, runs=len(list(folder.glob("*/*.*"))), folder=folder.as_posix(), again=again)


def lines_of(findings: dict, lang: str) -> list[str]:
    """Return what was found, in a few lines."""
    lines = []
    if "fit" in findings:
        fit = findings["fit"]
        lines.append(say("calibrate.fit", lang, informed=len(fit["informed"]), runs=fit["runs"], left=fit["left"]))
        stay = [row["id"] for row in fit["informed"] if row["shrinkage"] < 0.05]
        lines.append(say("calibrate.prior", lang, n=len(stay), names=", ".join(stay) or "–"))
    if "check" in findings:
        share, outside = findings["check"]["share_inside"], outside_of(findings["check"]["fitted"])
        lines.append(say("calibrate.inside", lang, share=share, outside=", ".join(outside) or "–"))
    if "proof" in findings:
        coverage = findings["proof"]["coverage"]
        cities = findings["proof"]["cities"]
        lines.append(say("calibrate.proof", lang, cities=cities, half=coverage["0.5"], most=coverage["0.9"]))
    return lines


def outside_of(rows: Sequence[dict]) -> list[str]:
    """Return the ids of the rows that lie outside their intervals."""
    return [row["id"] for row in rows if not row["inside"]]
