"""The command line from outside: both languages, quick lists, clean output, Ctrl-C, and the whole way to figures."""

import csv
import io
import json
import os
import re
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from calibration.stages import STAGES
from console import words
from console.commands import LISTS, build
from console.main import main
from experiments.results import read_results
from experiments.sensitivity import METHODS
from experiments.store import Store
from model.declare.setting import levers

ROOT = Path(__file__).resolve().parent.parent
TOWN = str(Path(__file__).with_name("small_town.toml"))
COMMAND = [sys.executable, str(ROOT / "run_sim.py")]
QUICK = ("--city", TOWN, "--until", "2023-08", "--jobs", "1")
HEAVY = {"numpy", "scipy", "pandas", "mesa", "matplotlib", "pyarrow", "SALib", "streamlit"}
ENDS = ("", ".about")
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def plain_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def no_figures(monkeypatch):
    monkeypatch.setattr("console.work.draw_figures", lambda *_, **__: None)


def shown(capsys, *arguments):
    """Run a command that must succeed; return what it printed."""
    code = main(list(arguments))
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured


def run(*arguments, **more):
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, encoding="utf-8", check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, **more,
    )  # fmt: skip


@pytest.mark.parametrize("key", words.WORDS)
def test_every_word_is_in_both_languages(key):
    english, chinese = words.WORDS[key]
    blanks = [{name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (english, chinese)]
    assert blanks[0] == blanks[1]
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese) or key in ("range",)


def test_every_word_is_used():
    source = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "console").glob("*.py") if not p.stem.endswith("words")
    )
    used = set(re.findall(r'["\']([A-Za-z][\w.]*)["\']', source))
    built = {f"{start}.{name}" for name in used for start in ("help", "about")}
    handed_on = {"Options", "Commands", "high", "low", "neutral", "uncalibrated", "uncalibrated.central"}
    handed_on |= {"calibrated", "calibrated.central", "stale", "stale.central"}
    handed_on |= {f"method.{m}" for m in METHODS} | {f"index.{m.main}{end}" for m in METHODS.values() for end in ENDS}
    handed_on |= {f"pick.{p}" for p in ("knee", "cheapest")} | {f"robust.{r}" for r in ("mean", "worst", "regret")}
    handed_on |= {f"discover.rule.{r}" for r in ("none", "effect", "level")}
    handed_on |= {"goal.high", "goal.low", "optimise.beaten", "optimise.unbeaten"}
    handed_on |= {f"pair.{kind}" for kind in ("synergy", "conflict", "slight", "unclear")}
    handed_on |= {f"stage.{name}" for name in (*STAGES, "screening", "wave")}
    handed_on |= {f"calibrate.{name}" for name in ("screened", "wave", "step", "stage")}
    assert set(words.WORDS) - used - built - handed_on == set()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_help_is_in_the_language_asked_for(lang, capsys):
    for command in (
        (),
        ("run",),
        ("compare",),
        ("list",),
        ("check",),
        ("trace",),
        ("dashboard",),
        ("sensitivity",),
        ("explain",),
        ("optimise",),
        ("discover",),
    ):
        text = shown(capsys, *command, "--help", "--lang", lang).out
        assert bool(CHINESE.search(text)) == (lang == "zh")
    assert shown(capsys, "--help", f"--lang={lang}").out.startswith(words.say("usage", lang))


def test_the_language_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert words.find_language(["list", "levers"]) == "zh"
    assert words.find_language(["list", "--lang", "en"]) == words.find_language(["--lang=en"]) == "en"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert words.find_language([]) == "en"


def test_every_option_and_command_has_help():
    for lang in words.LANGUAGES:
        group = build(lang)
        for command in (group, *group.commands.values()):
            assert command.help and all(o.help for o in command.params if isinstance(o, click.Option))


@pytest.mark.parametrize("what", LISTS)
def test_a_list_has_the_same_rows_in_every_form_and_language(what, capsys):
    rows = json.loads(shown(capsys, "list", what, "--format", "json").out)
    assert rows and len(list(csv.DictReader(io.StringIO(shown(capsys, "list", what, "--format", "csv").out)))) == len(
        rows
    )
    for lang in words.LANGUAGES:
        table = shown(capsys, "list", what, "--lang", lang).out
        first = next(iter(rows[0].values()))
        assert str(first) in table and len(table.splitlines()) >= len(rows) + 2
        assert (lang == "en") or CHINESE.search(table)


def test_the_list_of_levers_is_the_declaration(capsys):
    rows = json.loads(shown(capsys, "list", "levers", "--format", "json").out)
    assert [r["id"] for r in rows] == list(levers())
    assert rows[0]["label_zh"] == levers()[rows[0]["id"]].label["zh"]


def test_a_list_needs_no_large_library():
    code = "import sys; from console.main import main; main(['list', 'levers']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert not HEAVY & {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.slow
def test_a_list_answers_within_its_time():
    took = []
    for _ in range(5):
        start = time.perf_counter()
        run("list", "levers")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.6


def test_a_run_writes_results_and_prints_a_table(capsys, tmp_path):
    out = shown(capsys, "run", "crackdown", "--draws", "2", "--prior", "--out", "r", *QUICK)
    assert "Crackdown: mean of the last 3 months, 5–95 % of 2 runs" in out.out
    assert "not calibrated: parameters drawn from priors" in out.out and "are assumptions" in out.out
    assert "Results: r  Figures: r/figures" in out.err
    manifest, experiments, outcomes = read_results(tmp_path / "r")
    assert manifest["command"].startswith("run_sim.py run crackdown --draws 2 --prior --out r --city ")
    assert manifest["city"]["title"] == {"en": "Small town", "zh": "小镇"}
    assert manifest["city"]["name"] == "small_town" and len(manifest["city"]["districts"]) == 2
    assert (manifest["seed"], manifest["scale"], manifest["until"]) == (1, "1:20", "2023-08")
    assert manifest["calibrated"] is False and set(manifest["note"]) == {"en", "zh"}
    assert len(experiments) == 2 and set(outcomes["month"].unique().to_pylist()) >= {"2021-01", "2023-08"}
    figures = {p.suffix for p in (tmp_path / "r" / "figures").iterdir()}
    assert figures == {".png", ".svg"}


def test_a_comparison_ranks_in_chinese(capsys, no_figures):
    out = shown(capsys, "compare", "baseline", "relief", "growth", "--draws", "2", "--prior", "--lang", "zh", *QUICK)
    assert "各情景与“现状延续”比较" in out.out and "尚未校准：参数取自先验分布" in out.out
    assert "先松绑" in out.out and "排序：" in out.out
    assert "结果：results/compare-baseline-relief-growth-" in out.err


def test_json_and_csv_hold_the_whole_summary(capsys, no_figures):
    line = ("compare", "baseline", "crackdown", "--draws", "0", "--prior", "--out", "r", "--quiet", *QUICK)
    out = shown(capsys, *line, "--format", "json")
    result = json.loads(out.out)
    assert out.err == "" and result["calibrated"] is False and len(result["notes"]) == 3
    assert [p["scenario"] for p in result["ranking"]] == ["crackdown"]
    rows = list(csv.DictReader(io.StringIO(shown(capsys, *line, "--format", "csv").out)))
    saved = list(csv.DictReader(io.StringIO(Path("r/summary.csv").read_text(encoding="utf-8"))))
    assert rows == saved and len(rows) == len(result["summary"])
    assert result["summary"][0]["p05"] == result["summary"][0]["mean"]


def test_quiet_leaves_results_only(capsys, no_figures):
    assert shown(capsys, "run", "baseline", "--draws", "0", "--quiet", *QUICK).err == ""


def test_without_a_command_the_shipped_scenarios_are_compared(capsys, no_figures):
    out = shown(capsys, "--draws", "0", "--out", "r", *QUICK)
    assert out.out.startswith("Scenarios against Status quo continues: ")
    assert len(read_results(Path("r"))[1]) == 10
    assert "one run a scenario: nothing is said about uncertainty" in out.out


def test_the_same_command_again_computes_nothing(capsys, no_figures):
    line = ("compare", "baseline", "crackdown", "--draws", "0", *QUICK)
    first, second = shown(capsys, *line), shown(capsys, *line)
    assert first.out == second.out and "(0 to compute)" in second.err


def test_set_moves_the_result_and_the_folder(capsys, no_figures):
    line = ("run", "baseline", "--draws", "0", "--format", "json", *QUICK)
    one, two = (json.loads(shown(capsys, *line, *more).out) for more in ((), ("--set", "homework_oversight=1")))
    assert one["results"] != two["results"] and one["summary"] != two["summary"]


def test_jobs_change_no_byte(capsys, no_figures):
    for jobs in ("1", "2"):
        line = ("compare", "baseline", "crackdown", "--draws", "2", "--city", TOWN, "--until", "2023-08")
        shown(capsys, *line, "--jobs", jobs, "--out", f"r{jobs}")
    for name in ("outcomes.parquet", "experiments.parquet", "summary.csv"):
        assert Path("r1", name).read_bytes() == Path("r2", name).read_bytes()


def test_a_failing_model_is_one_line(capsys, monkeypatch, no_figures):
    from experiments.run import Histories
    from model.declare.errors import DeclarationError
    from model.simulation import City

    monkeypatch.setattr("experiments.run._histories", Histories())

    def stumble(self, until):
        raise DeclarationError(f"member.exhaustion: must stay in 0–1 (share); got 1.2 for member 3, month {until}")

    monkeypatch.setattr(City, "run", stumble)
    assert main(["run", "baseline", "--draws", "0", *QUICK]) == 1
    says = "baseline, draw 0, replicate 0: member.exhaustion: must stay in 0–1 (share); got 1.2 for member 3, month 29"
    assert capsys.readouterr().err.splitlines()[-1] == f"{says}; stopped: nothing was finished"


def test_check_says_what_a_file_holds(capsys):
    assert shown(capsys, "check", TOWN).out.endswith(
        "2 districts, 2 levers with a history; 48 figures are assumptions\n"
    )
    path = ROOT / "scenarios" / "relief.toml"
    assert (
        ": a scenario; 11 levers, 0 parameters, 0 mechanisms set; until 2026-05"
        in shown(capsys, "check", str(path)).out
    )
    assert "情景文件" in shown(capsys, "check", str(path), "--lang", "zh").out


def test_trace_tells_a_life(capsys):
    line = ("trace", "crackdown", "--agent", "Family:7", "--city", TOWN, "--until", "2023-08")
    rows = json.loads(shown(capsys, *line, "--format", "json").out)
    assert {"month", "mechanism", "column", "label", "before", "after"} == set(rows[0])
    assert all(r["before"] != r["after"] or isinstance(r["after"], float) for r in rows)
    assert [r["month"] for r in rows] == sorted(r["month"] for r in rows) and rows[0]["month"] == "2021-01"
    table = shown(capsys, *line, "--column", "anxiety", "--lang", "zh").out
    assert table.startswith("加强执法中的Family:7，小镇，比例 1:20") and "homework" not in table


def test_trace_shows_only_what_another_scenario_changes(capsys):
    line = ("trace", "quality_schools", "--agent", "School:3", "--city", TOWN, "--until", "2024-03", "--format", "json")
    rows = json.loads(shown(capsys, *line, "--against", "baseline").out)
    assert rows and all(r["month"] >= "2023-06" and r["after"] != r["other"] for r in rows)


def test_version_is_the_models(capsys):
    assert re.fullmatch(r"[\w.]+\+[0-9a-f]{12}\n", shown(capsys, "--version").out)


def test_a_closed_pipe_is_no_fault():
    process = subprocess.Popen(
        [*COMMAND, "list", "sources"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait() != 0


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path, jobs):
    line = ["compare", "baseline", "relief", "--city", TOWN, "--draws", "40", "--jobs", jobs, "--out", "r"]
    process = subprocess.Popen(
        [*COMMAND, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + 60
    while not list(tmp_path.glob("r/parts/*.parquet")):
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    last = err.splitlines()[-1]
    kept = len(Store(tmp_path / "r").known)
    assert last.startswith(f"stopped: {kept} of 80 experiments are kept in r; continue: ")
    assert last.endswith("--jobs " + jobs + " --out r --resume") and 2 <= kept < 80
    assert not (tmp_path / "r" / "manifest.json").exists()
