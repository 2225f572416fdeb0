"""Sweeps: points by hand, experiments equal to single runs, the same tables however they come about."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.main import main
from dashboard.words import label
from experiments import run
from experiments.design import design_from, read_design
from experiments.engine import Processes, Serial
from experiments.experiment import Options
from experiments.folder import open_folder
from experiments.pilot import Measured, estimate, measure, task_size
from experiments.response import groups_of, response
from experiments.results import query, read_frames, read_results
from experiments.run import attempt, run_all
from experiments.store import Store
from experiments.sweep import Sweep
from experiments.sweep_results import write_sweep
from experiments.varied import Varied
from model.declare.setting import month_index, parameters
from scenarios.city import read_city
from scenarios.resolve import settings_of
from scenarios.scenario import scenario_from

HERE = Path(__file__).parent
ROOT = HERE.parent
DESIGN = HERE / "design.toml"
TOWN = read_city(HERE / "small_town.toml")
TITLE = {"en": "A", "zh": "甲"}
UNTIL = month_index("2023-08")
TABLES = ("outcomes.parquet", "experiments.parquet", "summary.csv")


@pytest.fixture(autouse=True)
def plain_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")


def design(vary, method="grid", folder=HERE, **more):
    return design_from({"title": TITLE, "method": method, "vary": vary, **more}, "d", "d.toml", folder)


def swept(made=None, **more):
    made = made or read_design(DESIGN)
    options = Options(until=UNTIL, **{"seed": made.seed, "draws": made.draws, **more})
    return Sweep(made, made.base, {"town": TOWN}, options)


def finished(sweep, folder, engine=None, size=2):
    with closing(open_folder(folder, [p.id for p in sweep.planned], resume=True, overwrite=False)) as store:
        wanted = {p.id for p in sweep.planned} - store.settled
        for found in run_all(engine or Serial(), sweep.tasks(wanted, size)):
            store.add(found.experiment, found.record) if found.record else store.fail(found.experiment, found.error)
        store.flush()
        write_sweep(store, sweep)
    return folder


def test_a_grid_has_every_combination():
    vary = {"fault_tolerance": {"range": [0, 1], "steps": 3}, "rank_is_relative": {"values": ["usual", "off"]}}
    assert design(vary).points() == [(0, "usual"), (0, "off"), (0.5, "usual"), (0.5, "off"), (1, "usual"), (1, "off")]
    assert design(vary).count == 6
    logs = design({"fire_certificate_capacity": {"range": [1, 100], "steps": 3, "scale": "log"}})
    assert np.ravel(logs.points()) == pytest.approx([1, 10, 100])


def test_a_grid_over_a_prior_has_equally_probable_parts():
    [(low,), (high,)] = design({"regrowth": {"range": "prior", "steps": 2}}).points()
    assert (low, high) == (parameters()["regrowth"].quantile(0.25), parameters()["regrowth"].quantile(0.75))


@given(st.integers(1, 40), st.integers(0, 10))
def test_a_hypercube_has_one_point_in_every_slice(n, seed):
    vary = {"fault_tolerance": {"range": [0, 1]}, "false_report_clearing": {"range": [0, 1]}}
    points = np.array(design(vary, "latin_hypercube", n=n, seed=seed).points())
    for column in points.T:
        assert sorted((column * n).astype(int)) == list(range(n))


def test_more_points_of_a_sobol_sequence_keep_the_earlier_ones():
    vary = {"fault_tolerance": {"range": [0, 1]}, "rank_is_relative": {"values": ["usual", "off"]}}
    few, many = (design(vary, "sobol", n=n).points() for n in (16, 64))
    assert many[:16] == few and [p[1] for p in many].count("off") == 32
    assert few != design(vary, "sobol", n=16, seed=2).points()
    short, long = (swept(design(vary, "sobol", n=n)) for n in (16, 64))
    assert {p.id for p in short.planned} < {p.id for p in long.planned}


@given(st.floats(0, 1, exclude_max=True), st.floats(0.01, 5), st.floats(5.1, 100), st.booleans())
def test_a_value_stays_in_its_range(u, low, high, log):
    assert low <= Varied("x", "parameter", (), low, high, log=log).at(u) <= high


def test_points_come_from_csv(tmp_path):
    (tmp_path / "p.csv").write_text(
        "fault_tolerance,relicensing_deadline,rank_is_relative\n0.5,2024-12,off\n\n1,none,usual\n"
    )
    made = design_from({"title": TITLE, "method": "csv", "points": "p.csv"}, "d", "d.toml", tmp_path)
    assert made.points() == [(0.5, float(month_index("2024-12")), "off"), (1.0, 10_000.0, "usual")]
    row = next(swept(made).rows(lambda _: ""))
    assert (row["fault_tolerance"], row["relicensing_deadline"], row["rank_is_relative"]) == (0.5, "2024-12", "off")


def test_an_experiment_is_the_run_of_a_scenario_with_its_values():
    raw = {
        "title": TITLE,
        "parameters": {"regrowth": 0.05},
        "levers": {
            "fault_tolerance": [{"from": "2023-06", "value": 0.1}, {"from": "2024-06", "value": 0.9}],
            "exposure": 0.3,
        },
    }
    base = scenario_from(raw, "base", "base.toml")
    vary = {
        "fault_tolerance": {"values": [0.2, 0.7], "from": "2024-01"},
        "rank_is_relative": {"values": ["off"]},
        "regrowth": {"values": [0.06, 0.04]},
    }
    made = replace(design(vary), base=base)
    sweep = Sweep(made, base, {"town": TOWN}, Options(until=month_index("2024-12"), draws=2, seed=5))
    assert len(sweep.planned) == len({p.id for p in sweep.planned}) == 8
    for planned in sweep.planned:
        tolerance, form, regrowth = sweep.points[planned.point]
        path = [{"from": "2023-06", "value": 0.1}, {"from": "2024-01", "value": tolerance}]
        levers = {**raw["levers"], "fault_tolerance": path}
        mine = scenario_from(
            {**raw, "levers": levers, "parameters": {"regrowth": regrowth}, "mechanisms": {"rank_is_relative": form}},
            "mine", "mine.toml",
        )  # fmt: skip
        expected = settings_of(mine, TOWN, sweep.draws[planned.draw], until=month_index("2024-12"))
        assert sweep.experiment(planned).settings == expected


def test_an_id_follows_what_is_run_and_kept():
    ids = {p.id for p in swept().planned}
    assert {p.id for p in swept().planned} == ids
    kept = replace(read_design(DESIGN), keep=read_design(DESIGN).keep._replace(months="both"))
    assert not ids & {p.id for p in swept(kept).planned}
    for more in ({"seed": 9}, {"scale": 30.0}, {"draws": 1}):
        assert not ids & {p.id for p in swept(**more).planned}


def test_neighbours_share_their_history():
    made = design({"fault_tolerance": {"range": [0, 1], "steps": 5}, "regrowth": {"values": [0.03, 0.05]}})
    sweep = swept(made, draws=3, replicates=2)
    everything = {p.id for p in sweep.planned}
    tasks = list(sweep.tasks(everything, 4))
    assert [len(t.experiments) for t in tasks] == [4, 1] * 12 and sweep.histories(everything) == 12
    assert all(len({(e.luck, e.settings.parameter_values["regrowth"]) for e in t.experiments}) == 1 for t in tasks)
    done = {e.id for e in tasks[0].experiments}
    assert [e.id for e in next(sweep.tasks(everything - done, 4)).experiments] == [tasks[1].experiments[0].id]


def test_what_is_kept_is_a_part_of_the_run():
    what = {"outcomes": ["vitality", "tutoring_share"], "groups": ["city", "income"], "months": "both"}
    made = design({"fault_tolerance": {"values": [0.7]}}, **what)
    [task] = swept(made).tasks({p.id for p in swept(made).planned}, 1)
    [kept] = attempt(task)
    [whole] = attempt(task._replace(keep=None))
    place = {key: k for k, key in enumerate(whole.record.keys)}
    months = whole.record.values[29:, [place[key] for key in kept.record.keys]]
    assert kept.record.keys == (("city", "vitality"), ("city", "tutoring_share"),
                                *(("income:" + str(k), "tutoring_share") for k in range(1, 6)))  # fmt: skip
    assert kept.record.months == ("2023-06", "2023-07", "2023-08", "last3")
    assert kept.record.values.tobytes() == np.vstack([months, months.mean(axis=0)]).tobytes()


def test_place_size_and_order_change_no_byte(tmp_path):
    sweep = swept(design({"fault_tolerance": {"range": [0, 1], "steps": 7}}), draws=2)
    one = finished(sweep, tmp_path / "one", size=7)
    with Processes(2) as engine:
        two = finished(sweep, tmp_path / "two", engine, size=2)
    for name in TABLES:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_the_tables_of_a_sweep(tmp_path):
    sweep = swept(draws=2)
    folder = finished(sweep, tmp_path / "r")
    rows = pq.read_table(folder / "experiments.parquet").to_pylist()
    assert [r["experiment"] for r in rows] == [p.id for p in sweep.planned] and {r["error"] for r in rows} == {""}
    for row in rows:
        values = (row["fault_tolerance"], row["regrowth"], row["risk_and_scarcity_set_price"])
        assert values == sweep.points[row["point"] - 1] and row["scenario"] == f"p{row['point']:06d}"
    outcomes = pq.read_table(folder / "outcomes.parquet").to_pylist()
    assert len(outcomes) == 12 * 2 and {r["month"] for r in outcomes} == {"last3"}
    summary = list(csv.DictReader((folder / "summary.csv").open(encoding="utf-8")))
    assert len(summary) == 6 * 2
    mine = [r["value"] for r in outcomes if r["outcome"] == "vitality" and
            r["experiment"] in {p.id for p in sweep.planned if p.point == 0}]  # fmt: skip
    assert len(mine) == 2 and float(summary[0]["mean"]) == pytest.approx(sum(mine) / 2)


def test_a_failure_is_kept_with_its_error_and_can_be_retried_alone(tmp_path, monkeypatch, capsys):
    simulated = run.future

    def stumble(state, experiment):
        if experiment.scenario in ("p000002", "p000005"):
            raise ValueError("a division by nothing")
        return simulated(state, experiment)

    monkeypatch.setattr(run, "future", stumble)
    line = ["sweep", str(DESIGN), "--jobs", "1", "--out", "r", "--format", "csv"]
    assert main(line) == 0
    told = capsys.readouterr()
    assert "2 of 6 experiments failed and are kept with their error" in told.err and "--retry-failed\n" in told.err
    rows = {r["scenario"]: r for r in pq.read_table("r/experiments.parquet").to_pylist()}
    says = "p000002, draw 0, replicate 0: ValueError: a division by nothing"
    assert rows["p000002"]["error"] == says and rows["p000001"]["error"] == ""
    assert json.loads(Path("r/manifest.json").read_text(encoding="utf-8"))["failed"] == 2
    calls = []
    monkeypatch.setattr(run, "future", lambda state, e: calls.append(e.scenario) or simulated(state, e))
    assert main(line) == 0 and calls == [], "a failure is not tried again unasked"
    assert main([*line, "--retry-failed"]) == 0 and calls == ["p000002", "p000005"]
    assert "failed" not in capsys.readouterr().err.splitlines()[-1]
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", str(DESIGN), "--jobs", "1", "--out", "whole", "--quiet"]) == 0
    for name in TABLES:
        assert Path("r", name).read_bytes() == Path("whole", name).read_bytes(), name


def test_a_sweep_in_both_languages(capsys):
    assert main(["sweep", str(DESIGN), "--jobs", "1", "--out", "r"]) == 0
    told = capsys.readouterr()
    assert "6 points × 1 runs = 6 experiments; 6 to compute" in told.err and "about " in told.err
    assert told.out.startswith("Two levers and a rule: 6 points, mean of the last 3 months")
    assert {p.name for p in Path("r").iterdir()} == {*TABLES, "manifest.json", "figures"}
    assert sorted(p.name for p in Path("r/figures").iterdir()) == ["responses-1-en.png", "responses-1-en.svg"]
    assert main(["sweep", str(DESIGN), "--jobs", "1", "--out", "r", "--lang", "zh"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("两项杠杆与一条规则：6 个试验点，全市最后 3 个月平均") and "占差异比例" in told.out
    assert read_results(Path("r"))[0]["design"]["varied"] == [v.name for v in read_design(DESIGN).varied]


def test_a_dry_run_writes_nothing(capsys):
    assert main(["sweep", str(DESIGN), "--dry-run", "--jobs", "2"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("about ")
    assert told.out.endswith("with 2 processes, about 1 kB (measured on 3 of the runs)\n")
    assert list(Path().iterdir()) == []


def test_an_estimate_by_hand():
    made = design({"fault_tolerance": {"range": [0, 1], "steps": 100}, "regrowth": {"values": [0.03, 0.05]}})
    sweep, measured = swept(made, draws=2), Measured(2.0, 0.5, 10.0, [])
    everything = {p.id for p in sweep.planned}
    assert task_size(measured, 400, 2) == 6 and task_size(measured, 8, 2) == 1
    assert task_size(Measured(1, 1e-9, 1, []), 10**6, 2) == 200
    found = estimate(sweep, everything, measured, 2)
    assert (found.experiments, found.histories) == (400, 4)
    assert found.seconds == pytest.approx((4 * 2 * 2.0 + 400 * 0.5) / 2)
    assert estimate(sweep, everything, measured, 1).seconds == pytest.approx(4 * 2.0 + 400 * 0.5)
    assert len(measure(sweep, everything).found) == 3


def test_results_as_frames_and_by_query(tmp_path, capsys):
    assert main(["sweep", str(DESIGN), "--jobs", "1", "--out", "r", "--quiet"]) == 0
    frames = read_frames(Path("r"))
    assert len(frames.experiments) == 6 and list(frames.outcomes.columns)[-1] == "value"
    wide = frames.wide()
    assert len(wide) == 6 and {"vitality", "fault_tolerance", "homework_minutes_junior"} <= set(wide.columns)
    sql = (
        "select scenario, value from outcomes join experiments using (experiment) where outcome = 'vitality' order by 1"
    )
    found = query(Path("r"), sql)
    assert found["value"].tolist() == wide.sort_values("scenario")["vitality"].tolist()


def test_a_response_by_hand():
    found = response(np.array([0.0, 0, 1, 1]), np.array([1.0, 3, 5, 7]))
    assert (found.at.tolist(), found.middle.tolist()) == ([0, 1], [2, 6]) and found.share == pytest.approx(0.7)
    some = response(np.array([0.0, 0, 1, 1, 1]), np.array([1.0, 3, 5, 7, np.nan]))
    assert some.share == pytest.approx(0.7)
    assert response(np.array([1.0, 2.0]), np.array([np.nan, np.nan])).share == 0
    assert response(np.arange(3.0), np.arange(3.0)).share == 0, "as many groups as points say nothing"
    assert np.bincount(groups_of(np.random.default_rng(1).random(57))).tolist() == [6, 6, 6, 5, 6, 6, 5, 6, 6, 5]


@given(st.integers(0, 50))
def test_a_setting_without_effect_has_no_share_on_average(seed):
    luck = np.random.default_rng(seed)
    shares = [response(luck.random(200), luck.normal(size=200)).share for _ in range(20)]
    assert np.mean(shares) < 0.05


KILLABLE = """
import sys, time
from experiments import run, store
from console.main import main
store.FLUSH_SECONDS, simulated = 0.1, run.future
def slow(state, experiment):
    time.sleep(0.03)
    return simulated(state, experiment)
run.future = slow
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
MANY = """title = { en = "A", zh = "甲" }
method = "grid"
until = "2023-06"
draws = 2
city = "town.toml"
[vary.fault_tolerance]
range = [0, 1]
steps = 60
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ten_kills_in_a_row_lose_and_double_nothing(tmp_path):
    """Each time at a random moment after the process has taken the folder, alone or with two workers."""
    (tmp_path / "many.toml").write_text(MANY, encoding="utf-8")
    (tmp_path / "town.toml").write_text((HERE / "small_town.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "killable.py").write_text(KILLABLE, encoding="utf-8")
    line = [sys.executable, "killable.py", "sweep", "many.toml", "--quiet", "--format", "csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    chance, kept = random.Random(20231), []
    for time_ in range(10):
        command = [*line, "--jobs", str(1 + time_ % 2), "--out", "r", "--resume"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda p=process: named_in_lock(tmp_path / "r" / "lock") == p.pid or p.poll() is not None)
        time.sleep(chance.uniform(0.3, 2.4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept.append(len(Store(tmp_path / "r").known))
    assert kept == sorted(kept) and kept[-1] > 0, kept
    for folder in ("r", "whole"):
        subprocess.run([*line, "--jobs", "2", "--out", folder, "--resume"], env=environment, check=True)
    for name in TABLES:
        assert (tmp_path / "r" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
    counts = Counter(pq.read_table(tmp_path / "r" / "outcomes.parquet")["experiment"].to_pylist())
    assert len(counts) == 120 and len(set(counts.values())) == 1
    assert {p.name for p in (tmp_path / "r").iterdir()} == {*TABLES, "manifest.json", "figures"}


def named_in_lock(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))["process"]
    except (OSError, ValueError):
        return None


def wait_for(what, seconds=300):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figure_says_which_setting_an_outcome_goes_with(lang):
    from dashboard.figures.responses import responses

    luck, n = np.random.default_rng(3), 80
    settings = {"fault_tolerance": (luck.random(n), ()), "burden_reduction": (luck.random(n), ()),
                "rank_is_relative": (np.arange(n) % 2.0, ("usual", "off"))}  # fmt: skip
    less, bold = settings["burden_reduction"][0], settings["fault_tolerance"][0]
    outcomes = {"vitality": 50 + less, "bold_action_rate": bold / 9, "overload_share": less / 2}
    figure = responses(settings, outcomes, {"en": "A", "zh": "甲"}, "last12", lang=lang)
    name = label("burden_reduction", lang)
    says = {"en": f"{name} goes most with 2 of 3 outcomes", "zh": f"3项结果中，2项与{name}关系最大"}[lang]
    assert says in figure.get_label() and len(figure.axes) == 9


def test_at_most_four_settings_are_drawn_those_that_matter():
    from dashboard.figures.responses import most_related

    bits = [(np.arange(64) // 2**k % 2).astype(float) for k in range(6)]
    outcome = sum(k * bit for k, bit in enumerate(bits))
    settings = {f"s{k}": (bit, ("a", "b")) for k, bit in enumerate(bits)}
    found = {("o", name): response(at, outcome) for name, (at, _) in settings.items()}
    assert most_related(found, settings) == ["s2", "s3", "s4", "s5"]
