"""Every fault of a design: exit code 2, one line on standard error, nothing written."""

import re
from pathlib import Path

import pytest

from console.main import main
from dashboard.chinese import in_chinese

HEAD = 'title = { en = "A", zh = "甲" }\n'
GRID = HEAD + 'method = "grid"\n[vary]\n'
CUBE = HEAD + 'method = "latin_hypercube"\nn = 5\n[vary]\n'
LIST = HEAD + 'method = "csv"\npoints = "points.csv"\n'
SPAN = "2023-06–2035-12"
ENGLISH = re.compile(r"\b(must|got|unknown|did you mean|add|see|which|that|the|try)\b")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


def refused(capsys, *arguments):
    before = sorted(Path().rglob("*"))
    code = main(list(arguments))
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.endswith("\n") and captured.err.count("\n") == 1
    assert sorted(Path().rglob("*")) == before
    return captured.err.rstrip("\n")


DESIGNS = {
    # names
    GRID + "fault_tolerence = { values = [0] }": ", vary.fault_tolerence: unknown setting; did you mean "
    "'fault_tolerance'? (see: run_sim.py list levers)",
    HEAD + 'metod = "grid"\n[vary]': ", metod: unknown key; did you mean 'method'?",
    CUBE + "fault_tolerance = { rang = [0, 1] }": ", vary.fault_tolerance.rang: unknown key; did you mean 'range'?",
    HEAD + 'method = "grid"\nbase = "baselin"\n[vary]': "baselin: unknown scenario; did you mean 'baseline'? "
    "(see: run_sim.py list scenarios)",
    HEAD + 'method = "grid"\noutcomes = ["vitalty"]\n[vary]\nfault_tolerance = { values = [0] }': ", outcomes: unknown "
    "outcome; did you mean 'vitality'? (see: run_sim.py list outcomes)",
    HEAD + 'method = "grid"\ngroups = ["districts"]\n[vary]\nfault_tolerance = { values = [0] }': ", groups: unknown "
    "group; did you mean 'district'?",
    GRID + 'city = { values = ["pingdingshn"] }': ", vary.city.values: unknown city; did you mean 'pingdingshan'?",
    GRID + 'rank_is_relative = { values = ["on"] }': ", vary.rank_is_relative.values: must be off; got 'on'",
    # methods
    HEAD + "[vary]": ", method: must be grid or latin_hypercube or sobol or csv; got nothing",
    HEAD + 'method = "random"\n[vary]': ", method: must be grid or latin_hypercube or sobol or csv; got 'random'",
    HEAD + 'method = "grid"\nn = 4\n[vary]\nfault_tolerance = { values = [0] }': ", n: must be left out with method "
    "grid; got 4",
    HEAD + 'method = "latin_hypercube"\n[vary]\nfault_tolerance = { range = [0, 1] }': ", n: must be a whole number "
    "in 1–1000000 (points); got nothing",
    HEAD + 'method = "sobol"\nn = 1000\n[vary]\nfault_tolerance = { range = [0, 1] }': ", n: must be a power of 2 for "
    "a Sobol sequence; got 1000; try 1024",
    HEAD + 'method = "grid"\npoints = "a.csv"\n[vary]': ", points: must be left out with method grid; got 'a.csv'",
    LIST + "[vary]": ", vary: must be left out with method csv; got a table",
    HEAD + 'method = "grid"\nmonths = "all"\n[vary]\nfault_tolerance = { values = [0] }': ", months: must be mean or "
    "every or both; got 'all'",
    HEAD + 'method = "grid"\nseed = -1\n[vary]\nfault_tolerance = { values = [0] }': ", seed: must be a whole number "
    "in 0–9223372036854775807; got -1",
    HEAD + 'method = "grid"\nreplicates = 0\n[vary]\nfault_tolerance = { values = [0] }': ", replicates: must be a "
    "whole number in 1–10000; got 0",
    HEAD + 'method = "grid"\nscale = "20"\n[vary]\nfault_tolerance = { values = [0] }': ", scale: must be 1:1 to "
    "1:1000; got '20'",
    HEAD + 'method = "grid"\nuntil = "2023-05"\n[vary]\nfault_tolerance = { values = [0] }': ", until: must be a month "
    f"in {SPAN}; got 2023-05",
    HEAD + 'method = "grid"\noutcomes = []\n[vary]\nfault_tolerance = { values = [0] }': ", outcomes: must be a list "
    "of names; got a list",
    HEAD + 'method = "grid"\noutcomes = ["vitality", "vitality"]\n[vary]\nfault_tolerance = { values = [0] }': ", "
    "outcomes: must name each outcome once; got one twice",
    # ranges and values
    GRID: ", vary: must have 1–100 settings; got 0",
    CUBE + "fault_tolerance = 3": ", vary.fault_tolerance: must be a table with 'range' or 'values'; got 3",
    CUBE + "fault_tolerance = {}": ", vary.fault_tolerance: must have either 'range' or 'values'; got neither",
    CUBE + "fault_tolerance = { range = [0, 1], values = [0] }": ", vary.fault_tolerance: must have either 'range' "
    "or 'values'; got both",
    CUBE + "fault_tolerance = { range = [0.5, 0.5] }": ", vary.fault_tolerance.range: must go from a lower to a "
    "higher value; got [0.5, 0.5]",
    CUBE + "fault_tolerance = { range = [0.9, 0.1] }": ", vary.fault_tolerance.range: must go from a lower to a "
    "higher value; got [0.9, 0.1]",
    CUBE + "fault_tolerance = { range = [] }": ", vary.fault_tolerance.range: must be [low, high]; got 0 values",
    CUBE + "fault_tolerance = { range = 0.5 }": ", vary.fault_tolerance.range: must be [low, high]; got 0.5",
    CUBE + "fault_tolerance = { range = [0, 1.4] }": ", vary.fault_tolerance.range: must be in 0–1 (share); got 1.4",
    CUBE + "fault_tolerance = { range = [0, nan] }": ", vary.fault_tolerance.range: must be in 0–1 (share); got nan",
    CUBE + 'fault_tolerance = { range = "prior" }': ", vary.fault_tolerance.range: must be [low, high] for a setting "
    "without a prior; got 'prior'",
    CUBE + 'fault_tolerance = { range = [0, 1], scale = "log" }': ", vary.fault_tolerance.range: must be above 0 on a "
    "log scale; got 0",
    CUBE + 'fault_tolerance = { range = [0, 1], scale = "ln" }': ", vary.fault_tolerance.scale: must be linear or log; "
    "got 'ln'",
    CUBE + 'regrowth = { range = "prior", scale = "log" }': ", vary.regrowth.scale: must be left out beside a prior; "
    "got 'log'",
    CUBE + 'rank_is_relative = { range = [0, 1] }': ", vary.rank_is_relative.range: must be 'values' for a setting "
    "that is no number; got a range",
    CUBE + 'relicensing_deadline = { range = [0, 1] }': ", vary.relicensing_deadline.range: must be 'values' for a "
    "setting that is no number; got a range",
    GRID + "fault_tolerance = { range = [0, 1] }": ", vary.fault_tolerance.steps: must be a whole number in 2–10000 "
    "(values); got nothing",
    CUBE + "fault_tolerance = { range = [0, 1], steps = 3 }": ", vary.fault_tolerance.steps: must be left out unless "
    "the method is grid; got 3",
    GRID + "fault_tolerance = { values = [0, 1], steps = 3 }": ", vary.fault_tolerance.steps: must be left out beside "
    "'values'; got 3",
    GRID + "fault_tolerance = { values = [] }": ", vary.fault_tolerance.values: must be a list of 1–10000 values; "
    "got 0",
    GRID + "fault_tolerance = { values = [0, 0.5, 0.5] }": ", vary.fault_tolerance.values: must name each value once; "
    "got one twice",
    GRID + 'fault_tolerance = { values = ["much"] }': ", vary.fault_tolerance.values: must be a number in 0–1 (share); "
    "got 'much'",
    GRID + 'regrowth = { values = [0.05], from = "2024-01" }': ", vary.regrowth.from: must be left out for a "
    "parameter; got '2024-01'",
    GRID + 'fault_tolerance = { values = [0], from = "2023-05" }': ", vary.fault_tolerance.from: must be a month in "
    f"{SPAN}; got 2023-05",
    GRID + "fault_tolerance = { range = [0, 1], steps = 2000 }\nexposure = { range = [0, 1], steps = 2000 }": ": must "
    "have at most 1000000 points; got 4000000",
    # cities, and files that leave their folder
    HEAD + 'method = "grid"\ncity = "pingdingshan"\n[vary]\ncity = { values = ["pingdingshan"] }': ", city: must be "
    "left out when the city is varied; got one",
    GRID + 'city = { values = ["../town.toml"] }': ", vary.city.values: must be a shipped city or a file in the same "
    "folder; got '../town.toml'",
    HEAD + 'method = "csv"\npoints = "/etc/passwd"': ", points: must be a CSV file or a file in the same folder; "
    "got '/etc/passwd'",
    HEAD + 'method = "grid"\nbase = "../a.toml"\n[vary]': ", base: must be a shipped scenario or a file in the same "
    "folder; got '../a.toml'",
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), DESIGNS.items(), ids=lambda value: value[-60:])
def test_a_faulty_design_is_refused(text, says, folder, capsys):
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    line = f"mine.toml{says}" if says[0] in ",:" else says
    assert refused(capsys, "check", "mine.toml") == line
    assert refused(capsys, "sweep", "mine.toml") == line


POINTS = {
    "": "points.csv: must hold points; got an empty file",
    "fault_tolerance\n": "points.csv: must hold 1–1000000 points; got 0",
    "fault_tolerance,fault_tolerance\n0,1\n": "points.csv, line 1: must name each setting once; "
    "got 'fault_tolerance' twice",
    "fault_tolerence\n0\n": "points.csv, line 1.fault_tolerence: unknown setting; did you mean 'fault_tolerance'? "
    "(see: run_sim.py list levers)",
    "fault_tolerance,exposure\n0,1\n\n0\n": "points.csv, line 4: must have 2 values; got 1",
    "fault_tolerance\n1.4\n": "points.csv, line 2.fault_tolerance: must be in 0–1 (share); got 1.4",
    "fault_tolerance\nnan\n": "points.csv, line 2.fault_tolerance: must be in 0–1 (share); got nan",
    "rank_is_relative\nmaybe\n": "points.csv, line 2.rank_is_relative: must be off; got 'maybe'",
    'fault_tolerance\n"0.5\n': "points.csv: must be valid CSV; got: unexpected end of data",
    "fault\x1b[31m\n0\n": r"points.csv, line 1: must be plain text; got 'fault\x1b[31m'",
}


@pytest.mark.parametrize(("text", "says"), POINTS.items(), ids=lambda value: value[-40:])
def test_faulty_points_are_refused(text, says, folder, capsys):
    (folder / "mine.toml").write_text(LIST, encoding="utf-8")
    (folder / "points.csv").write_text(text, encoding="utf-8")
    assert refused(capsys, "check", "mine.toml") == says
    assert refused(capsys, "sweep", "mine.toml") == says


def test_points_that_are_no_text_or_not_there_are_refused(folder, capsys):
    (folder / "mine.toml").write_text(LIST, encoding="utf-8")
    says = "points.csv: must be a file that exists; got none of that name"
    assert refused(capsys, "sweep", "mine.toml") == says
    (folder / "points.csv").write_bytes("容错\n0".encode("gbk"))
    assert refused(capsys, "sweep", "mine.toml") == "points.csv: must be UTF-8 text; got byte 0xc8 at 0"


GOOD = CUBE.replace("n = 5", "n = 5001") + "fault_tolerance = { range = [0, 1] }"
LINES = {
    "sweep mine.toml": "sweep mine: must have at most 5000 experiments without --yes; got 5001; see --dry-run",
    "sweep mine.toml --draws 3": "sweep mine: must have at most 5000 experiments without --yes; got 15003; "
    "see --dry-run",
    "sweep mine.toml --set fault_tolerance=1": "--set fault_tolerance=1: must be a setting that the design does not "
    "vary; got 'fault_tolerance'",
    "sweep mine.toml --yes --cluster tcp://127.0.0.1:9": "--cluster tcp://127.0.0.1:9: must be a running Dask "
    "scheduler; got no answer in 5 seconds",
    "sweep": "run_sim.py sweep: must name DESIGN.toml; got none",
    "sweep none.toml": "none.toml: must be a file that exists; got none of that name",
}


@pytest.mark.parametrize(("line", "says"), LINES.items(), ids=list(LINES))
def test_a_faulty_sweep_is_refused(line, says, folder, capsys):
    (folder / "mine.toml").write_text(GOOD, encoding="utf-8")
    assert refused(capsys, *line.split()) == says


def test_a_city_for_a_design_that_varies_it_is_refused(folder, capsys):
    (folder / "mine.toml").write_text(GRID + 'city = { values = ["pingdingshan"] }', encoding="utf-8")
    says = "--city pingdingshan: must be left out when the design varies the city; got one"
    assert refused(capsys, "sweep", "mine.toml", "--city", "pingdingshan") == says


@pytest.mark.parametrize("says", [*DESIGNS.values(), *POINTS.values(), *LINES.values()])
def test_an_error_can_be_read_in_chinese(says):
    chinese = in_chinese(f"mine.toml{says}" if says[0] in ",:" else says)
    quoted = re.sub("“.*?”|'.*?'|（见：.*）", "", chinese)
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert "valid CSV" in says or not ENGLISH.search(quoted), chinese
