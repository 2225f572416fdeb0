"""Full results of a job in the form of the command line: the two tables, summary and manifest in a folder."""

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import model.outcomes  # noqa: F401  (declares the outcomes)
from dashboard.service.jobs import Job, command_of
from dashboard.words import LANGUAGES, say
from experiments.keep import Record
from experiments.priors import draws_source
from experiments.results import finish, manifest_of, write_tables
from experiments.store import Store
from model.declare.outcome import OUTCOMES
from model.declare.setting import month_name


class Held(Store):
    """A folder for results whose records are in memory already."""

    def __init__(self, folder: Path, records: Mapping[str, Record]) -> None:
        """Take an empty folder and the records."""
        super().__init__(folder, tables=False)
        self.records = records

    def load(self, experiment: str) -> Record:
        """Return one experiment's record."""
        return self.records[experiment]


def write_results(to: Path, job: Job, records: Mapping[str, Record]) -> None:
    """Write the folder, whole or not at all."""
    beside = to.with_name(f"{to.name}.{os.getpid()}.partial")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    better = {key: outcome.better for key, outcome in OUTCOMES.items()}
    about = {"city": job.profile.name, "scale": job.options.scale}
    _, rows = write_tables(Held(beside, records), job.experiments, about, better)
    finish(beside, manifest(job, rows))
    shutil.rmtree(to, ignore_errors=True)
    beside.rename(to)


def manifest(job: Job, rows: int) -> dict:
    """Return what is to be known of the results, as the command line writes it."""
    options, source = job.options, draws_source(job.options.posterior)
    return manifest_of(
        job.profile, job.experiments,
        command=command_of([s.name for s in job.scenarios], options),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=options.seed, draws=options.draws, replicates=options.replicates,
        scale=f"1:{options.scale:g}", until=month_name(options.until),
        scenarios={s.name: s.title for s in job.scenarios},
        calibrated=source.calibrated, parameters=source.facts(),
        note={lang: say("shell.calibrated" if source.calibrated else "shell.uncalibrated", lang) for lang in LANGUAGES},
        outcome_rows=rows,
    )  # fmt: skip
