"""Documents say what the code does now: generated parts are compared, commands in the README are run.

`python tests/test_docs.py --write` rewrites every generated part; `--figures` first makes the figure of the README anew
from the flagship comparison (minutes).
"""

import contextlib
import io
import re
import shlex
import sys
import tomllib

import documents
import pytest
from documents import BLOCK, DOCUMENTS, README, ROOT

from console.main import main
from model.declare.setting import levers, parameters
from model.declare.source import sources
from model.describe import rules
from model.schedule import SCHEDULE
from scenarios.city import read_city
from scenarios.scenario import shipped_scenarios

LINK = re.compile(r"\]\((?!https?:)(?P<to>[^)#\s]+)")
QUICK = ("list", "check")
DEPARTURES = ROOT / "docs" / "decisions" / "0009-departures-from-the-evidence.md"
BY_NAME = {"argnames": "path", "ids": lambda path: path.relative_to(ROOT).as_posix()}
ELEMENTS = [
    "Purpose and patterns",
    "Entities, state variables, and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
]
CONCEPTS = [
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


def each_part():
    """Return every generated part as a test case; those that may simulate are slow."""
    cases = []
    for path in DOCUMENTS:
        for name, text in documents.parts_of(path):
            quick = name.endswith(" | refused") or set(name.split()[3:4]) & set(QUICK)
            slow = name.startswith("$ ") and not quick
            marks = [pytest.mark.slow] if slow else []
            cases.append(pytest.param(name, text, id=f"{path.name}: {name}", marks=marks))
    return cases


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the files that the README's commands name."""
    documents.lay_out(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "text"), each_part())
def test_a_generated_part_is_what_the_code_says_now(name, text, folder):
    assert text == documents.made(name, folder) + "\n", "stale; rewrite with `make docs`"


@pytest.mark.parametrize(**BY_NAME, argvalues=README)
def test_every_command_that_is_shown_exists(path):
    commands = documents.commands_in(path.read_text(encoding="utf-8"))
    assert commands
    for command in commands:
        words = shlex.split(command, comments=True)[2:]
        name = words[:1] if words and not words[0].startswith("-") else []
        with contextlib.redirect_stdout(io.StringIO()) as text:
            assert main([*name, "--help"]) == 0
        known = set(re.findall(r"--[a-z][a-z-]*", text.getvalue()))
        assert {w.partition("=")[0] for w in words if w.startswith("--")} <= known, command


@pytest.mark.parametrize(**BY_NAME, argvalues=README)
def test_every_settings_block_can_be_used(path, folder):
    blocks = [b["text"] for b in BLOCK.finditer(path.read_text(encoding="utf-8")) if b["kind"] == "toml"]
    assert [tomllib.loads(text) for text in blocks]
    assert [file.name for file in folder.glob("*.toml") if main(["check", str(file)]) != 0] == []


def test_the_templates_can_be_used():
    for name in ("scenario_template.toml", "design_template.toml"):
        assert main(["check", str(ROOT / "docs" / name)]) == 0
    assert "placeholder" in {source for source, _ in read_city("template").provenance.values()}
    assert "template" not in shipped_scenarios()


@pytest.mark.slow
def test_a_city_from_the_template_can_be_simulated(folder):
    lines = documents.printed("python run_sim.py run relief --city my_city.toml --scale 1:50 --draws 0", folder)
    assert lines[0].startswith("Relief first")


def test_the_citation_names_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


@pytest.mark.parametrize(**BY_NAME, argvalues=DOCUMENTS)
def test_every_link_leads_somewhere(path):
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    assert [m["to"] for m in LINK.finditer(text) if not (path.parent / m["to"]).exists()] == []


@pytest.mark.parametrize(**BY_NAME, argvalues=README)
def test_every_make_target_that_is_shown_exists(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {a or b for a, b in shown} <= targets


def test_the_groups_of_the_schedule_are_all_of_it():
    groups = rules.schedule_groups()
    assert [name for _, names in groups for name in names] == list(SCHEDULE)
    assert all(why for why, _ in groups)


def test_every_arrow_has_a_mechanism():
    carried = {a for row in rules.mechanism_rows() for a in row["arrows"]}
    assert carried == {key.removeprefix("arrow-") for key in sources() if key.startswith("arrow-")}


def test_every_name_in_the_list_of_departures_exists():
    known = {*levers(), *parameters(), *SCHEDULE}
    names = re.findall(r"`([a-z]+(?:_[a-z]+)+)`", DEPARTURES.read_text(encoding="utf-8"))
    assert [name for name in names if name not in known] == []


def test_the_elements_of_odd_stand_in_their_order():
    text = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \d\. (.+)$", text, re.MULTILINE) == ELEMENTS
    assert re.findall(r"^### 4\.\d+ (.+)$", text, re.MULTILINE) == CONCEPTS


if __name__ == "__main__":
    if sys.argv[1:] not in (["--write"], ["--figures"]):
        sys.exit("usage: python tests/test_docs.py --write | --figures")
    if sys.argv[1] == "--figures":
        documents.draw()
    documents.rewrite()
