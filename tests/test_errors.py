"""Every fault of input: exit code 2, one line on standard error with the place and the rule, nothing written."""

import re
import shutil
from pathlib import Path

import pytest

from console.main import main
from dashboard.chinese import in_chinese
from model.declare.errors import SettingError
from model.declare.setting import levers, parameters

TOWN = Path(__file__).with_name("small_town.toml")
TITLE = 'title = { en = "A", zh = "甲" }\n'
LEVERS = TITLE + "[levers]\n"
SPAN = "2023-06–2035-12"
UNCERTAIN = next(p for p in parameters().values() if p.high > p.low)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


def refused(capsys, *arguments):
    """Run a command that must be refused, and return its one line."""
    before = sorted(Path().rglob("*"))
    code = main(list(arguments))
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.endswith("\n") and captured.err.count("\n") == 1
    assert sorted(Path().rglob("*")) == before
    return captured.err.rstrip("\n")


PATH = LEVERS + "fault_tolerance = ["
OVERLAP = '{ from = "2024-01", value = 0.5, ramp_months = 6 }, { from = "2024-03", value = 1 }]'

SCENARIOS = {
    # names that do not exist
    LEVERS + "fault_tolerence = 0.6": ", levers.fault_tolerence: unknown lever; did you mean 'fault_tolerance'? "
    "(see: run_sim.py list levers)",
    LEVERS + "wages = 0.6": ", levers.wages: unknown lever (see: run_sim.py list levers)",
    TITLE + "titel = 3": ", titel: unknown key; did you mean 'title'?",
    TITLE + "[parameters]\nnothing_like_it = 1": ", parameters.nothing_like_it: unknown parameter "
    "(see: run_sim.py list parameters)",
    TITLE + '[mechanisms]\nfamilies_choose_tutorin = "off"': ", mechanisms.families_choose_tutorin: unknown mechanism; "
    "did you mean 'families_choose_tutoring'? (see: run_sim.py list mechanisms)",
    TITLE + '[mechanisms]\npupils_move_up = "off"': ", mechanisms.pupils_move_up: must be left as it is, "
    "because others need it; it has no rival form",
    TITLE + '[mechanisms]\nrank_is_relative = "on"': ", mechanisms.rank_is_relative: must be off; got 'on'",
    TITLE + 'systems = ["cadre"]': ", systems: unknown system; did you mean 'cadres'?",
    TITLE + 'systems = ["cadres", "cadres"]': ", systems: must name each system once; got one twice",
    TITLE + "systems = []": ", systems: must be a list of cadres and education; got a list",
    TITLE + 'city = "pingdingshn"': ", city: unknown city; did you mean 'pingdingshan'?",
    # wrong types
    LEVERS + 'fault_tolerance = "much"': ", levers.fault_tolerance: must be a number in 0–1 (share); got 'much'",
    LEVERS + "fault_tolerance = true": ", levers.fault_tolerance: must be a number in 0–1 (share); got true",
    LEVERS + "fault_tolerance = {}": ", levers.fault_tolerance: must be a number in 0–1 (share); got {}",
    LEVERS + "fault_tolerance = []": ", levers.fault_tolerance: must have 1–200 dated values; got 0",
    LEVERS + "fault_tolerance = [0.5]": ", levers.fault_tolerance: must have 'from' and 'value' in each entry; got 0.5",
    PATH + '{ from = "2023-09" }]': ", levers.fault_tolerance: must have 'from' and 'value' "
    "in each entry; got a table without them",
    LEVERS
    + 'fault_tolerance = [{ from = "2023-09", value = 0.5, ramp_month = 3 }]': ", levers.fault_tolerance.ramp_month: "
    "unknown key; did you mean 'ramp_months'?",
    PATH + '{ from = "2023-09", value = 0.5, ramp_months = 2.5 }]': ", levers.fault_tolerance."
    "ramp_months: must be a whole number in 0–120 (months); got 2.5",
    "levers = 3\n" + TITLE: ", levers: must be a table; got 3",
    'title = "A"': ', title: must be { en = "…", zh = "…" }; got \'A\'',
    'title = { en = "A" }': ", title.zh: must be text; got nothing",
    "coupling = true": ', title: must be { en = "…", zh = "…" }; got nothing',
    TITLE + 'coupling = "no"': ", coupling: must be true or false; got 'no'",
    TITLE + "source = 3": ", source: must be text; got 3",
    # numbers that are none, or out of range
    LEVERS + "fault_tolerance = nan": ", levers.fault_tolerance: must be in 0–1 (share); got nan",
    LEVERS + "fault_tolerance = -inf": ", levers.fault_tolerance: must be in 0–1 (share); got -inf",
    LEVERS + "fault_tolerance = 1.4": ", levers.fault_tolerance: must be in 0–1 (share); got 1.4",
    LEVERS + f"fault_tolerance = {'9' * 300}": ", levers.fault_tolerance: must be a number of at most 64 bits; "
    "got a longer one",
    LEVERS + f"fault_tolerance = {'9' * 6000}": ": must be valid TOML; got a number that is too long",
    # dates
    PATH + '{ from = "2023-05", value = 0.5 }]': ", levers.fault_tolerance.from: must be a month "
    f"in {SPAN}; got 2023-05",
    PATH + '{ from = "2023-13", value = 0.5 }]': ", levers.fault_tolerance.from: must be a month "
    f"YYYY-MM in {SPAN}; got '2023-13'",
    LEVERS + "fault_tolerance = [{ from = 2023-09-01, value = 0.5 }]": ", levers.fault_tolerance.from: must be a month "
    f"YYYY-MM in {SPAN}; got 2023-09-01 (a date)",
    PATH + '{ from = "2024-01", value = 0.5 }, { from = "2023-09", value = 0.2 }]': ", levers."
    "fault_tolerance.from: must be 2024-02 or later, in order of date; got 2023-09",
    PATH + OVERLAP: ", levers.fault_tolerance.from: must be 2024-07 or later, when the ramp ahead of it is complete; "
    "got 2024-03",
    TITLE + 'until = "2023-05"': f", until: must be a month in {SPAN}; got 2023-05",
    LEVERS + 'relicensing_deadline = "soon"': ", levers.relicensing_deadline: must be a month YYYY-MM or none; "
    "got 'soon'",
    LEVERS + 'relicensing_deadline = [{ from = "2023-09", value = "none", ramp_months = 3 }]': ", levers."
    "relicensing_deadline.ramp_months: must be 0 for a lever that is a month; got 3",
    # a lever that could not act
    TITLE + 'systems = ["cadres"]\n[levers]\nhomework_design = 0.6': ", levers.homework_design: must be a lever of a "
    "system that is simulated (cadres); got one of education",
    # files that leave their folder, or upset a terminal
    TITLE + 'city = "../town.toml"': ", city: must be a shipped city or a file in the same folder; got '../town.toml'",
    TITLE + 'city = "/etc/town.toml"': ", city: must be a shipped city or a file in the same folder; "
    "got '/etc/town.toml'",
    'title = { en = "\\u001b[31mA", zh = "甲" }': ", title.en: must be plain text; got '\\x1b[31mA'",
    TITLE + f'source = "{"x" * 3000}"': ", source: must be at most 2000 characters; got 3000",
    # TOML
    LEVERS + "fault_tolerance = 0.6\nfault_tolerance = 0.7": ": must name each key once; got 'fault_tolerance' again "
    "in line 4",
    LEVERS + "[levers]": ": must name each key once; got 'levers' again in line 3",
    "title = ": ": must be valid TOML; got: Invalid value (at end of document)",
    "a = " + "[" * 5000: ": must be valid TOML; got brackets nested too deeply",
    "": ": must hold settings; got an empty file",
    "# a comment only": ": must hold settings; got an empty file",
}


@pytest.mark.parametrize(("text", "says"), SCENARIOS.items(), ids=lambda value: value[-60:])
def test_a_faulty_scenario_is_refused(text, says, folder, capsys):
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    assert refused(capsys, "check", "mine.toml") == f"mine.toml{says}"
    assert refused(capsys, "run", "mine.toml") == f"mine.toml{says}"


BYTES = {
    "title = { en = 'A', zh = '甲' }".encode("gbk"): ": must be UTF-8 text; got byte 0xbc at 26",
    "title = 'A'".encode("utf-16"): ": must be UTF-8 text; got byte 0xff at 0",
    b"#" * 1_000_001: ": must be at most 1,000,000 bytes; got more",
}


@pytest.mark.parametrize(("content", "says"), BYTES.items(), ids=("gbk", "utf-16", "huge"))
def test_bytes_that_are_no_scenario_are_refused(content, says, folder, capsys):
    (folder / "mine.toml").write_bytes(content)
    assert refused(capsys, "check", "mine.toml") == f"mine.toml{says}"


def test_what_is_not_a_file_is_refused(folder, capsys):
    (folder / "folder.toml").mkdir()
    assert refused(capsys, "check", "folder.toml") == "folder.toml: must be a file; got a folder"
    assert refused(capsys, "run", "none.toml") == "none.toml: must be a file that exists; got none of that name"
    assert refused(capsys, "run", "no\0ne.toml").startswith("no\0ne.toml: must be a ")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
def test_a_device_is_refused(capsys):
    assert refused(capsys, "check", "/dev/zero") == "/dev/zero: must be an ordinary file; got a device or pipe"


def test_a_file_name_that_results_cannot_carry_is_refused(folder, capsys):
    (folder / "=cmd.toml").write_text(TITLE, encoding="utf-8")
    says = "=cmd.toml: must have a file name of letters, digits, '_' and '-', at most 64; got '=cmd'"
    assert refused(capsys, "check", "=cmd.toml") == says


def test_a_file_of_two_kinds_is_refused(folder, capsys):
    (folder / "both.toml").write_text(TITLE + "[levers]\n[values]", encoding="utf-8")
    says = "both.toml: must be a scenario ([levers] …) or a city profile ([values] …); got keys of both "
    assert refused(capsys, "check", "both.toml") == says + "('levers', 'values')"


CITY_FAULTS = {
    "pupils_primary = { value = 3600,": ("pupils_primary = { value = 3,", "values.pupils_primary: must be in "
                                         "1000–5e+06 (pupils); got 3"),
    "pupils_primary = {": ("pupils_primry = {", "values.pupils_primry: unknown figure; did you mean 'pupils_primary'?"),
    'household_size = { value = 3, source = "made up", status = "assumption" }': (
        "", "values.household_size: must be given: people in a household (people); got nothing"),
    "schools = { value = 12,": ("schools = { amount = 12,", "values.schools: must be { value = …, source = …, "
                                "status = … }; got a table without value"),
    'schools = { value = 12, source = "made up",': ("schools = { value = 12,", "values.schools.source: must be text; "
                                                    "got nothing"),
    'places_group = { value = 15, source = "made up", status = "assumption"': (
        'places_group = { value = 15, source = "made up", status = "guess"',
        "values.places_group.status: must be data, study, expert, assumption; got 'guess'"),
    "[0.6, 0.5, 1, 1,": ("[0.6, 0.5, 1,", "values.term_share: must be a list of 12 numbers; got 11"),
    "[0.6, 0.5,": ("[0.6, nan,", "values.term_share: must be a list of 12 numbers; got nan in it"),
    "[0.6, ": ("[1.6, ", "values.term_share: must be in 0–1 (share); got 1.6"),
    'id = "02"': ('id = "01"', "district.id: must name each district once; got '01' twice"),
    "urban_share = { value = 0.3,": ("urban_share = { value = 3,", "district 02.urban_share: must be in 0–1 (share); "
                                     "got 3"),
    '{ from = "2021-08", value = 0.9,': ('{ from = "2023-08", value = 0.9,', "history.academic_compression.from: must "
                                         "be a month in 2021-01–2023-05; got 2023-08"),
    'enforcement_intensity = [{ from = "2021-01"': ('enforcement_intensity = [{ from = "2021-02"',
                                                    "history.enforcement_intensity.from: must start at 2021-01; "
                                                    "got 2021-02"),
    "[status_quo]\nenforcement_intensity = { value = 12": ("[status_quo]\nenforcement_intensity = { value = -1",
                                                          "status_quo.enforcement_intensity: must be in 0–1000 "
                                                          "(trips/month); got -1"),
    "[costs]\nenforcement_intensity": ("[costs]\nenforcement_intensty", "costs.enforcement_intensty: unknown lever; "
                                       "did you mean 'enforcement_intensity'? (see: run_sim.py list levers)"),
    'name = "small_town"': ('name = "small town"', "name: must be letters, digits, '_' and '-', at most 64; "
                            "got 'small town'"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), [(k, *v) for k, v in CITY_FAULTS.items()], ids=list(CITY_FAULTS))
def test_a_faulty_city_is_refused(old, new, says, folder, capsys):
    text = TOWN.read_text(encoding="utf-8")
    assert old in text
    (folder / "town.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert refused(capsys, "check", "town.toml") == f"town.toml, {says}"
    assert refused(capsys, "run", "baseline", "--city", "town.toml") == f"town.toml, {says}"


COMMANDS = {
    "run crakdown": "crakdown: unknown scenario; did you mean 'crackdown'? (see: run_sim.py list scenarios)",
    "run": "run_sim.py run: must name SCENARIO; got none",
    "compare baseline": "compare: must name two scenarios or more; got 1",
    "compare baseline baseline": "baseline: must have a name of its own; got two scenarios named 'baseline'",
    "runn baseline": "runn: unknown command; did you mean 'run'? (see: run_sim.py --help)",
    "run baseline --sett a=1": "--sett: unknown option; did you mean '--set'? (see: run_sim.py run --help)",
    "run baseline --seed": "--seed: must have a value; got none (see: run_sim.py --help)",
    "run baseline relief": "run_sim.py run: must be given less; got relief too (see: run_sim.py run --help)",
    "--seed 3 run baseline": "--seed: must come after 'run'; got it before",
    "--set a=3 run baseline": "--set: must come after 'run'; got it before",
    "run baseline --set fault_tolerance=1.4": "--set fault_tolerance=1.4: must be in 0–1 (share); got 1.4",
    "run baseline --set fault_tolerance=inf": "--set fault_tolerance=inf: must be in 0–1 (share); got inf",
    "run baseline --set fault_tolerance=": "--set fault_tolerance=: must be name=value; got no value",
    "run baseline --set =3": "--set =3: must be name=value",
    "run baseline --set fault_tolerance=much": "--set fault_tolerance=much: must be a number in 0–1 (share); "
    "got 'much'",
    "run baseline --set fault_tolrance=1": "--set fault_tolrance=1: unknown lever; did you mean 'fault_tolerance'? "
    "(see: run_sim.py list levers)",
    "run baseline --set fault_tolerance=0 --set fault_tolerance=1": "--set fault_tolerance=1: must set each name once; "
    "got 'fault_tolerance' twice",
    "run baseline --set relicensing_deadline=soon": "--set relicensing_deadline=soon: must be a month YYYY-MM or none; "
    "got 'soon'",
    f"run baseline --set {UNCERTAIN.id}=-1e9": f"--set {UNCERTAIN.id}=-1e9: must be in {UNCERTAIN.low:g}–"
    f"{UNCERTAIN.high:g} ({UNCERTAIN.unit}); got -1e+09",
    "run baseline --seed x": "--seed x: must be a whole number in 0–9223372036854775807; got 'x'",
    "run baseline --seed -1": "--seed -1: must be a whole number in 0–9223372036854775807; got '-1'",
    "run baseline --draws 1.5": "--draws 1.5: must be a whole number in 0–1000000; got '1.5'",
    "run baseline --replicates 0": "--replicates 0: must be a whole number in 1–10000; got '0'",
    "run baseline --jobs 0": "--jobs 0: must be a whole number in 1–1024; got '0'",
    "run baseline --scale 20": "--scale 20: must be 1:1 to 1:1000; got '20'",
    "run baseline --scale 1:0": "--scale 1:0: must be 1:1 to 1:1000; got '1:0'",
    "run baseline --until 2023-05": f"--until 2023-05: must be a month in {SPAN}; got 2023-05",
    "run baseline --until May": f"--until May: must be a month YYYY-MM in {SPAN}; got 'May'",
    "run baseline --format xml": "--format xml: must be table or json or csv; got 'xml'",
    "run baseline --lang fr": "--lang fr: must be en or zh; got 'fr'",
    "run baseline --city atlantis": "atlantis: unknown city (see: scenarios/cities)",
    "run baseline --cluster nowhere": "--cluster nowhere: must be local or tcp://HOST:PORT; got 'nowhere'",
    "run baseline --cluster tcp://127.0.0.1:1": "--cluster tcp://127.0.0.1:1: must be a running Dask scheduler; "
    "got no answer in 5 seconds",
    "list": "run_sim.py list: must name levers|parameters|outcomes|scenarios|mechanisms|agents|sources; got none",
    "list leverz": "list leverz: unknown list; did you mean 'levers'? (see: run_sim.py list --help)",
    "check": "run_sim.py check: must name FILE; got none",
    "trace baseline": "trace: must name an agent with --agent, such as --agent Family:123; got none",
    "trace baseline --agent Family": "--agent Family: must be a kind and a number, such as Family:123; got 'Family'",
    "trace baseline --agent Famly:3": "--agent Famly:3: unknown kind of agent; did you mean 'family'? "
    "(see: run_sim.py list agents)",
    "trace baseline --agent Family:3 --column homewrk": "--column homewrk: unknown column of family; "
    "did you mean 'homework'? (see: run_sim.py list agents)",
}


@pytest.mark.parametrize(("line", "says"), COMMANDS.items(), ids=list(COMMANDS))
def test_a_faulty_command_is_refused(line, says, capsys):
    assert refused(capsys, *line.split()) == says


def test_an_agent_beyond_the_last_is_refused(folder, capsys):
    shutil.copy(TOWN, folder / "town.toml")
    says = refused(capsys, "trace", "baseline", "--agent", "School:12", "--city", "town.toml")
    assert says == "--agent School:12: must be in 0–11 (school at scale 1:20); got 12"


@pytest.mark.parametrize("lever", [x for x in levers().values() if x.kind == "number"], ids=lambda x: x.id)
def test_every_lever_refuses_what_is_beyond_its_range(lever, capsys):
    low, high = lever.range
    for value in (high + 1, low - 1, "nan", "x"):
        says = refused(capsys, "run", "baseline", "--set", f"{lever.id}={value}")
        assert says.startswith(f"--set {lever.id}={value}: must be ")
        assert f"{low:g}–{high:g} ({lever.unit}); got " in says


def test_scenarios_with_different_horizons_need_one_horizon(folder, capsys):
    (folder / "short.toml").write_text(TITLE + 'until = "2024-05"', encoding="utf-8")
    says = refused(capsys, "compare", "baseline", "short.toml")
    assert says == "short, until: must be 2026-05, as in 'baseline'; got 2024-05; add --until"


def test_scenarios_of_different_cities_need_one_city(folder, capsys):
    shutil.copy(TOWN, folder / "town.toml")
    (folder / "one.toml").write_text(TITLE + 'city = "town.toml"', encoding="utf-8")
    (folder / "two.toml").write_text(TITLE + 'city = "pingdingshan"', encoding="utf-8")
    says = refused(capsys, "compare", "one.toml", "two.toml")
    assert says == "city: must be the same in all scenarios; got pingdingshan and town; add --city"


def test_an_output_folder_that_cannot_be_is_refused(folder, capsys):
    (folder / "file").write_text("", encoding="utf-8")
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.docx").write_text("", encoding="utf-8")
    assert refused(capsys, "run", "baseline", "--out", "file") == "--out file: must be a folder; got a file"
    says = "--out mine: must be a new folder, or one with results; got other files ('thesis.docx')"
    assert refused(capsys, "run", "baseline", "--out", "mine", "--overwrite") == says
    says = refused(capsys, "run", "baseline", "--out", "file/below")
    assert says.startswith("--out file/below: must be a folder with room to write in; got: ")
    assert refused(capsys, "run", "baseline", "--out", " ") == "--out ' ': must be a folder; got no name"


ENGLISH = re.compile(r"\b(must|got|unknown|did you mean|add|see|which|that|the)\b")
EVERY = [*(f"mine.toml{says}" for says in [*SCENARIOS.values(), *BYTES.values()]),
         *(f"town.toml, {says}" for _, says in CITY_FAULTS.values()), *COMMANDS.values()]  # fmt: skip


@pytest.mark.parametrize("line", EVERY)
def test_an_error_can_be_read_in_chinese(line):
    chinese = in_chinese(line)
    quoted = re.sub("“.*?”|'.*?'|（见：.*）", "", chinese)
    assert re.search("[\u4e00-\u9fff]", chinese) and "\n" not in chinese
    assert "Invalid value" in line or not ENGLISH.search(quoted), chinese


def test_the_language_asked_for_is_the_language_of_errors(capsys):
    says = refused(capsys, "run", "baseline", "--set", "fault_tolerance=1.4", "--lang", "zh")
    assert says == "--set fault_tolerance=1.4：须在 0–1 之间（比例）；实为 1.4"
    says = refused(capsys, "run", "crakdown", "--lang", "zh")
    assert says == "crakdown：没有这样的情景；是否指“crackdown”？（见：run_sim.py list scenarios）"


@pytest.mark.parametrize("month", ["2022-12", "2031-01"])
def test_a_deadline_outside_its_months_is_refused_in_one_line(month):
    lever = levers()["relicensing_deadline"]
    first, last = lever.months
    with pytest.raises(SettingError) as caught:
        lever.accept(month, "--set relicensing_deadline=" + month)
    must = f"must be a month in {first}–{last} or none; got {month}"
    assert str(caught.value) == f"--set relicensing_deadline={month}: {must}"
    said = f"--set relicensing_deadline={month}：须为 {first}–{last} 之间的月份或 none；实为 {month}"
    assert in_chinese(str(caught.value)) == said


def test_a_deadline_on_the_edge_of_its_months_is_accepted():
    lever = levers()["relicensing_deadline"]
    assert [lever.show(lever.accept(m, "")) for m in (*lever.months, "none")] == [*lever.months, "none"]
