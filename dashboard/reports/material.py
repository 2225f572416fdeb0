"""Read a folder of results for a report: manifest, summary, tables and what each scenario changes. Nothing is drawn."""

import csv
import io
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from dashboard.figures.gaps import USUAL as GAPS
from dashboard.figures.tables import COST, Tables
from dashboard.reports.changes import Change, changes_of
from dashboard.words import OUTCOMES, title_of
from experiments.folder import DECISION, VARIANCE, refuse_other_version
from experiments.results import SUMMARY, file_facts, read_table
from experiments.summary import COLUMNS, Row
from experiments.tables import EXPERIMENTS
from experiments.tables import OUTCOMES as OUTCOMES_FILE
from model.declare.errors import SettingError

ADVICE = "make them again with --overwrite"
EXTRAS = (DECISION, VARIANCE)
MOST_BYTES = 5_000_000


@dataclass(frozen=True, eq=False)
class Material:
    """Saved results, read once: everything that a report says comes from here."""

    folder: Path
    manifest: dict
    summary: tuple[Row, ...]
    tables: Tables
    experiments: pa.Table = field(repr=False)
    extras: dict[str, list[list[str]]] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Runs that each scenario has."""
        return self.tables.runs

    @property
    def base(self) -> str:
        """Name of the first scenario, the baseline."""
        return self.tables.scenarios[0]

    @property
    def policies(self) -> tuple[str, ...]:
        """Names of the scenarios that are measured against another."""
        return tuple(self.tables.policies)

    @property
    def headline(self) -> tuple[str, ...]:
        """Headline outcomes of the results, without the cost."""
        return self.tables.headline

    @cached_property
    def rows(self) -> dict[tuple[str, str], Row]:
        """Rows of the summary over the last months, by (scenario, outcome)."""
        return {(r.scenario, r.outcome): r for r in self.summary if r.month.startswith("last")}

    @cached_property
    def changes(self) -> dict[str, tuple[Change, ...]]:
        """What each policy changes against the scenario that it is measured against."""
        return changes_of(self.experiments, self.tables)

    @cached_property
    def evidence(self) -> dict[str, int]:
        """How many input numbers rest on each kind of evidence."""
        return {kind: int(n) for kind, n in self.manifest["evidence_used"].items()}

    def verdict(self, scenario: str, outcome: str) -> str:
        """Return what may be said of an effect: better, worse, changed, unclear, slight or few."""
        return str(self.tables.effect(outcome).verdict[self.tables.scenarios.index(scenario)])

    def with_verdict(self, scenario: str, *words: str) -> tuple[str, ...]:
        """Return the headline outcomes on which a policy's effect has one of these words."""
        return tuple(o for o in self.headline if self.verdict(scenario, o) in words)

    def name(self, scenario: str, lang: str) -> str:
        """Return a scenario's title."""
        return self.tables.name(scenario, lang)

    def city(self, lang: str) -> str:
        """Return the city's title."""
        return title_of({"city": self.manifest["city"]["title"]}, "", "city", lang)


def read_material(folder: Path) -> Material:
    """Return the material of finished results of this model version, or raise the SettingError that says why not."""
    where = folder.as_posix()
    if not folder.is_dir():
        raise SettingError(where, f"must be a folder with results; got {'a file' if folder.exists() else 'none'}")
    manifest = printable(refuse_other_version(folder, where, ADVICE))
    refuse_changed(folder, manifest)
    try:
        names = {"scenarios": dict(manifest["scenarios"]), "districts": district_names(manifest["city"])}
        wanted = [("outcome", "in", [*(o for o, d in OUTCOMES.items() if d.headline), *GAPS, COST])]
        experiments = read_table(folder / EXPERIMENTS, manifest)
        outcomes = read_table(folder / OUTCOMES_FILE, manifest, filters=wanted)
        summary = read_summary(folder / SUMMARY)
        tables = Tables(outcomes, experiments, names)
        found = Material(folder, manifest, summary, tables, experiments, read_extras(folder))
        return checked(found)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        if isinstance(error, SettingError):
            raise
        raise SettingError(where, f"must be readable results; got: {type(error).__name__} {error}") from None


def printable(value: object) -> object:
    """Return a value of JSON with every text free of control characters, which no format of ours may hold."""
    if isinstance(value, dict):
        return {printable(key): printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [printable(inner) for inner in value]
    return "".join(c if c.isprintable() else " " for c in value) if isinstance(value, str) else value


def checked(material: Material) -> Material:
    """Touch what every report needs, so that results of another shape are refused before anything is written."""
    for fact in ("seed", "draws", "replicates", "scale", "until", "command", "finished", "assumptions_used", "note"):
        material.manifest[fact]
    if not material.headline:
        raise ValueError("no headline outcome")
    for scenario in material.tables.scenarios:
        for outcome in material.headline:
            material.rows[scenario, outcome]
    return material


def refuse_changed(folder: Path, manifest: dict) -> None:
    """Refuse results of which a file is not the one that was written."""
    for name in (EXPERIMENTS, OUTCOMES_FILE, SUMMARY):
        where = (folder / name).as_posix()
        try:
            expected = dict(manifest["files"][name])
            if file_facts(folder / name) != expected:
                raise SettingError(
                    where, f"must be the file that was written ({expected['bytes']} bytes); got another one"
                )
        except (OSError, KeyError, TypeError, ValueError) as error:
            if isinstance(error, SettingError):
                raise
            raise SettingError(where, f"must be readable results; got: {type(error).__name__}") from None


def read_summary(path: Path) -> tuple[Row, ...]:
    """Return the rows of a summary; columns that it has besides the known ones are left out."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    texts = COLUMNS[:3]
    return tuple(Row(*(row[c] if c in texts else float(row[c]) if row[c] else None for c in COLUMNS)) for row in rows)


def read_extras(folder: Path) -> dict[str, list[list[str]]]:
    """Return the tables that only some results have, as rows of text."""
    found = {}
    for name in EXTRAS:
        path = folder / name
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            rows = [row for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) if row]
            if len(rows) > 1:
                found[name] = rows
    return found


def district_names(city: dict) -> dict[str, dict[str, str]]:
    """Return the names of a city's districts by their number."""
    return {f"{i:02d}": dict(name) for i, name in enumerate(city.get("districts", ()), start=1)}


def forms_of(experiments: pa.Table, scenario: str) -> dict[str, str]:
    """Return the mechanisms that a scenario switches off or takes in a rival form."""
    row = experiments["scenario"].to_pylist().index(scenario)
    return dict(json.loads(experiments["mechanisms"][row].as_py()))
