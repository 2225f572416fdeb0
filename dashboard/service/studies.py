"""Long studies: commands of the command line that go on when the tab is closed, each in a folder of its own."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from experiments.version import model_version
from scenarios.scenario import Scenario, shipped_scenarios
from scenarios.writer import scenario_text

ABOUT, OUT = "study.json", "out"
# The table without which an analysis has nothing to show.
TABLES = {"explain": "shares", "sensitivity": "indices", "optimise": "front"}
MOST_KEPT, MOST_AT_ONCE = 20, 2
SILENT_SECONDS = 15.0
RUNNING, FINISHED, CANCELLED, FAILED, LOST = "running", "finished", "cancelled", "failed", "lost"
STOPPED_BY_HAND = 130
COUNT = re.compile(r"(\d[\d,]*)(?:/| of )(\d[\d,]*)")
NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Study:
    """One study: what it is of, when it was started, and where it is."""

    folder: Path
    kind: str
    scenario: str
    title: dict
    arguments: tuple[str, ...]
    started: str
    saved: bool = False  # by the command line, in a folder that is not ours to remove

    @property
    def name(self) -> str:
        """The name of its folder, by which it is found again."""
        return self.folder.name

    @property
    def out(self) -> Path:
        """Where its results are."""
        return self.folder if self.saved else self.folder / OUT

    @property
    def state(self) -> str:
        """How it stands: running, finished, cancelled, failed or lost (its process is gone without a word)."""
        if self.saved:
            return FINISHED
        end = read_json(self.folder / "end.json")
        if end:
            stopped = end.get("cancelled") or end.get("code") == STOPPED_BY_HAND
            return FINISHED if end.get("code") == 0 else CANCELLED if stopped else FAILED
        try:
            silent = time.time() - max(
                p.stat().st_mtime for p in (self.folder / ABOUT, self.folder / "beat") if p.exists()
            )
        except (OSError, ValueError):
            return LOST
        return RUNNING if silent < SILENT_SECONDS else LOST

    @property
    def progress(self) -> tuple[int, int]:
        """Return (done, total) as the command last said in either language; (0, 0) before it says anything."""
        for line in reversed(self.log.splitlines()):
            if found := COUNT.search(line):
                return tuple(int(part.replace(",", "")) for part in found.groups())
        return 0, 0

    @property
    def log(self) -> str:
        """The end of what the command printed."""
        try:
            content = (self.folder / "log.txt").read_bytes()[-20_000:]
        except OSError:
            return ""
        return content.decode("utf-8", errors="replace")

    @property
    def last_line(self) -> str:
        """The last line that the command printed, which on a failure says why."""
        lines = [line.strip() for line in self.log.splitlines() if line.strip()]
        return lines[-1][:300] if lines else ""

    def cancel(self) -> None:
        """Ask it to stop; what it has finished is kept."""
        (self.folder / "cancel").touch()

    def remove(self) -> None:
        """Remove a study that is over."""
        if self.state != RUNNING and not self.saved:
            shutil.rmtree(self.folder, ignore_errors=True)


def read_json(path: Path) -> dict:
    """Return what a small file holds; nothing if it is not there or torn."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def study_in(folder: Path) -> Study | None:
    """Return the study of a folder, if it is one."""
    about = read_json(folder / ABOUT)
    if not NAME.fullmatch(folder.name) or not about:
        return None
    return Study(folder, about["kind"], about["scenario"], about["title"], tuple(about["arguments"]), about["started"])


def studies(root: Path, kind: str) -> list[Study]:
    """Return the studies of a kind, the newest first."""
    folders = sorted(root.iterdir(), reverse=True) if root.is_dir() else []
    found = [study for folder in folders if (study := study_in(folder))]
    return [study for study in found if study.kind == kind]


def saved_analyses(results: Path, kind: str) -> list[Study]:
    """Return finished analyses of a kind that the command line wrote below a folder with this version of the model."""
    folders = sorted(results.iterdir(), reverse=True) if results.is_dir() else []
    found = []
    for folder in folders:
        facts = read_json(folder / "manifest.json")
        words = shlex.split(str(facts.get("command", "")))
        whole = facts.get("model_version") == model_version() and (folder / f"{TABLES[kind]}.parquet").exists()
        if whole and kind in words:
            title = dict.fromkeys(("en", "zh"), f"results/{folder.name}")
            arguments = tuple(words[words.index(kind) + 1 :])
            found.append(Study(folder, kind, "", title, arguments, str(facts.get("finished", "")), saved=True))
    return found[:MOST_KEPT]


def running(root: Path) -> int:
    """Return how many studies are under way."""
    folders = root.iterdir() if root.is_dir() else ()
    return sum(study.state == RUNNING for folder in folders if (study := study_in(folder)))


def start(root: Path, kind: str, scenario: Scenario, arguments: Sequence[str], lang: str) -> Study | None:
    """Start a study of a scenario; None if as many as this machine can bear are under way."""
    if running(root) >= MOST_AT_ONCE:
        return None
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    folder = root / name
    folder.mkdir(parents=True)
    arguments = (*arguments, "--yes")  # who pressed the button wants it, whatever its size, and can stop it
    about = {
        "kind": kind, "scenario": scenario.name, "title": scenario.title, "arguments": list(arguments),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    command = [kind, given(folder, scenario), *arguments, "--jobs", "1", "--out", str(folder / OUT), "--lang", lang]
    subprocess.Popen(
        [sys.executable, "-m", "dashboard.service.study_runner", str(folder), *command],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        start_new_session=os.name != "nt",
    )  # fmt: skip
    drop_oldest(root)
    return study_in(folder)


def given(folder: Path, scenario: Scenario) -> str:
    """Return how the command names the scenario: a shipped name, or a file of our own writing."""
    if scenario.name in shipped_scenarios():
        return scenario.name
    path = folder / f"{scenario.name}.toml"
    path.write_text(scenario_text(scenario), encoding="utf-8", newline="\n")
    return str(path)


def drop_oldest(root: Path) -> None:
    """Keep the latest studies only."""
    every = sorted((s for folder in root.iterdir() if (s := study_in(folder))), key=lambda s: s.name, reverse=True)
    for study in every[MOST_KEPT:]:
        study.remove()
