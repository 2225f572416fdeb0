"""Documents say what the code does now: generated parts are compared, commands in the README are run.

`python tests/test_docs.py --write` rewrites every generated part.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from console.main import main
from model.declare.setting import levers, parameters
from model.declare.source import sources
from model.describe import evidence, rules, settings
from model.schedule import SCHEDULE
from scenarios.city import read_city
from scenarios.scenario import read_scenario, shipped_scenarios

ROOT = Path(__file__).resolve().parent.parent
PART = re.compile(r"(<!-- begin: (?P<name>.+?) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)(?P<to>[^)#\s]+)")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WITH_PARTS = [path for path in DOCUMENTS if "<!-- begin: " in path.read_text(encoding="utf-8")]
TERMINAL = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C"}
QUICK = ("list", "check")
TEMPLATE = ROOT / "scenarios" / "cities" / "template.toml"

MADE = {
    "state variables": rules.state_variables,
    "schedule": rules.schedule_table,
    "clock": rules.clock_table,
    "submodels, cadres": lambda: rules.submodels("cadres"),
    "submodels, education": lambda: rules.submodels("education"),
    "submodels, coupling": lambda: rules.submodels("coupling"),
    "arrows": rules.arrow_table,
    "levers": settings.lever_table,
    "parameters": settings.parameter_table,
    "outcomes": settings.outcome_table,
    "sizes": lambda: evidence.size_table(read_city(), 20),
    "city": lambda: evidence.city_table(read_city()),
    "history": lambda: evidence.history_table(read_city()),
    "evidence": lambda: evidence.evidence_counts(read_city()),
    "obtained": evidence.obtained_counts,
    "references": evidence.reference_table,
    "scenarios": lambda: scenario_table(),
}


def scenario_table():
    """List the shipped scenarios with their titles in both languages."""
    lines = ["| scenario | title | 标题 | levers | from |", "| --- | --- | --- | --- | --- |"]
    for s in map(read_scenario, shipped_scenarios()):
        lines.append(f"| `{s.name}` | {s.title['en']} | {s.title['zh']} | {len(s.levers)} | {s.source} |")
    return "\n".join(lines)


class Screen(io.StringIO):
    """Standard output that is a terminal of a known width."""

    def isatty(self):
        return True


def output_of(name, folder):
    """Return a fenced block with a command of the README and what it prints; `| first N lines` cuts."""
    command, _, cut = name.removeprefix("$ ").partition(" | first ")
    lines = printed(command, folder)
    if cut:
        count = int(cut.removesuffix(" lines"))
        lines = [*lines[:count], "…"] if len(lines) > count else lines
    return "```console\n" + "\n".join([f"$ {command}", *lines]) + "\n```"


def printed(command, folder):
    """Run `python run_sim.py …` in a folder and return the lines of its standard output."""
    words = shlex.split(command)
    assert words[:2] == ["python", "run_sim.py"], command
    screen, here, usual = Screen(), Path.cwd(), dict(os.environ)
    os.environ.update(TERMINAL)
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(io.StringIO()) as aside:
            code = main(words[2:])
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(usual)
    assert code == 0, aside.getvalue()
    return [line.rstrip() for line in screen.getvalue().rstrip().split("\n")]


def lay_out(folder):
    """Put into a folder the files that the README's commands name."""
    for path in (ROOT / "README.md", ROOT / "README.zh.md"):
        for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
            file, _, _ = block["text"].removeprefix("# ").partition("\n")
            if block["kind"] == "toml" and file.endswith(".toml"):
                (folder / file).write_text(block["text"], encoding="utf-8")
    shutil.copy(TEMPLATE, folder / "my_city.toml")


def made(name, folder):
    """Return what a generated part must hold."""
    return output_of(name, folder) if name.startswith("$ ") else MADE[name]()


def parts_of(path):
    """Return (name, text) of each generated part of a document."""
    return [(m["name"], m["text"]) for m in PART.finditer(path.read_text(encoding="utf-8"))]


def commands_in(text):
    """Return every `run_sim.py` command that a document's console and shell blocks show."""
    lines = [line for block in BLOCK.finditer(text) if block["kind"] in ("console", "sh") for line in
             block["text"].split("\n")]  # fmt: skip
    return [line.removeprefix("$ ") for line in lines if line.removeprefix("$ ").startswith("python run_sim.py")]


def each_part():
    """Return every generated part as a test case; those that may simulate are slow."""
    for path in WITH_PARTS:
        for name, text in parts_of(path):
            slow = name.startswith("$ ") and not set(name.split()[3:4]) & set(QUICK)
            marks = [pytest.mark.slow] if slow else []
            yield pytest.param(name, text, id=f"{path.name}: {name}", marks=marks)


@pytest.fixture
def folder(tmp_path):
    lay_out(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "text"), each_part())
def test_a_generated_part_is_what_the_code_says_now(name, text, folder):
    assert text == made(name, folder) + "\n", "stale; rewrite with `make docs`"


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "README.zh.md"], ids=lambda p: p.name)
def test_every_command_that_is_shown_exists(path):
    commands = commands_in(path.read_text(encoding="utf-8"))
    assert commands
    for command in commands:
        words = shlex.split(command)[2:]
        name = words[:1] if words and not words[0].startswith("-") else []
        with contextlib.redirect_stdout(io.StringIO()) as text:
            assert main([*name, "--help"]) == 0
        known = set(re.findall(r"--[a-z]+", text.getvalue()))
        assert {w.partition("=")[0] for w in words if w.startswith("--")} <= known, command


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "README.zh.md"], ids=lambda p: p.name)
def test_every_settings_block_can_be_read(path, folder):
    for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
        if block["kind"] == "toml":
            tomllib.loads(block["text"])
    for file in folder.glob("*.toml"):
        assert main(["check", str(file)]) == 0


@pytest.mark.parametrize("path", [p for p in DOCUMENTS], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path):
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    lost = [m["to"] for m in LINK.finditer(text) if not (path.parent / m["to"]).exists()]
    assert lost == []


def test_every_make_target_that_is_shown_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in (ROOT / "README.md", ROOT / "README.zh.md"):
        shown = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert {a or b for a, b in shown} <= targets


def test_the_groups_of_the_schedule_are_all_of_it():
    assert [name for _, names in rules.schedule_groups() for name in names] == list(SCHEDULE)
    assert all(why for why, _ in rules.schedule_groups())


def test_every_arrow_has_a_mechanism_or_a_decision():
    carried = {a for row in rules.mechanism_rows() for a in row["arrows"]}
    declared = {key.removeprefix("arrow-") for key in sources() if key.startswith("arrow-")}
    departures = (ROOT / "docs" / "decisions" / "0009-departures-from-the-evidence.md").read_text(encoding="utf-8")
    assert {a for a in declared - carried if f"| {a} |" not in departures} == set()
    assert carried <= declared


def test_every_name_in_code_type_in_the_decisions_exists():
    known = {*levers(), *parameters(), *SCHEDULE, *(c for r in rules.mechanism_rows() for c in r["writes"])}
    text = (ROOT / "docs" / "decisions" / "0009-departures-from-the-evidence.md").read_text(encoding="utf-8")
    assert [w for w in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text) if w not in known] == []


def test_the_elements_of_odd_stand_in_their_order():
    heads = re.findall(r"^## \d\. (.+)$", (ROOT / "docs" / "odd.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads == [
        "Purpose and patterns",
        "Entities, state variables, and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialization",
        "Input data",
        "Submodels",
    ]


def test_the_design_concepts_stand_in_their_order():
    heads = re.findall(r"^### 4\.\d+ (.+)$", (ROOT / "docs" / "odd.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads == [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ]


def rewrite():
    """Rewrite every generated part of every document."""
    import tempfile

    for path in WITH_PARTS:
        with tempfile.TemporaryDirectory() as folder:
            lay_out(Path(folder))
            old = path.read_text(encoding="utf-8")
            new = PART.sub(lambda m, f=folder: f"{m[1]}{made(m['name'], Path(f))}\n{m[4]}", old)
        if new != old:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(f"rewritten: {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/test_docs.py --write")
    rewrite()
