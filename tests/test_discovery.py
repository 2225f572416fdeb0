"""Scenario discovery: a planted box is found, chance is called chance, and tables go to the EMA Workbench and back."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from console.main import main
from dashboard.chinese import in_chinese
from experiments.discovery import Box, Limit, box_rows, chosen, enough, ks_distance, peel, reproduced, screened
from experiments.ema import ema_tables, points_text
from experiments.evaluate import Values
from experiments.priors import uncertain, unit_points
from model.declare.errors import SettingError
from model.declare.setting import parameters

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "experiments.md"
NAMES = [f"p{k}" for k in range(6)]
CASES = pd.DataFrame(unit_points(256, 6, 1), columns=NAMES)
PLANTED = ((CASES["p1"] > 0.7) & (CASES["p4"] < 0.4)).to_numpy()


@pytest.fixture(scope="module")
def boxes():
    return peel(CASES, PLANTED)


def test_a_planted_box_is_found_with_its_limits(boxes):
    assert boxes[0].limits == {} and boxes[0].coverage == 1
    assert boxes[0].density == pytest.approx(PLANTED.mean())
    best = boxes[chosen(boxes)]
    assert set(best.limits) == {"p1", "p4"}
    assert best.limits["p1"].low == pytest.approx(0.7, abs=0.05) and best.limits["p4"].high == pytest.approx(
        0.4, abs=0.05
    )
    assert best.coverage > 0.9 and best.density > 0.9
    assert all(limit.quasi_p < 0.01 for limit in best.limits.values())


def test_coverage_and_density_are_what_they_say(boxes):
    for box in boxes:
        inside = np.ones(len(CASES), bool)
        for name, limit in box.limits.items():
            inside &= ((CASES[name] >= limit.low) & (CASES[name] <= limit.high)).to_numpy()
        assert inside.mean() == pytest.approx(box.mass)
        assert PLANTED[inside].mean() == pytest.approx(box.density)
        assert PLANTED[inside].sum() / PLANTED.sum() == pytest.approx(box.coverage)


@pytest.mark.slow
def test_what_is_planted_is_found_again_in_half_the_cases(boxes):
    best = boxes[chosen(boxes)]
    again = reproduced(CASES, PLANTED, best, 0)
    assert min(again.values()) >= 0.9
    assert again == reproduced(CASES, PLANTED, best, 0)


@pytest.mark.slow
def test_chance_is_not_found_again():
    luck = unit_points(256, 9, 4)[:, 8] < 0.3
    boxes = peel(CASES, luck)
    box = max(boxes, key=lambda b: len(b.limits))
    again = reproduced(CASES, luck, box, 1)
    assert len(again) >= 2 and min(again.values()) < 0.9


def test_screening_keeps_the_parameters_that_differ_most():
    assert set(screened(CASES, PLANTED, 2)) == {"p1", "p4"}
    assert screened(CASES, PLANTED, 99) == NAMES
    # Failures 3, 4 of 1 … 4: the distributions are furthest apart at 2, by all of it.
    assert ks_distance(np.array([1.0, 2, 3, 4]), np.array([False, False, True, True])) == 1
    assert ks_distance(np.array([1.0, 2, 3, 4]), np.array([False, True, False, True])) == 0.5


def test_of_boxes_that_are_nearly_as_good_the_simpler_is_chosen():
    one, two = {"a": Limit(0, 1, None)}, {"a": Limit(0, 1, None), "b": Limit(0, 1, None)}
    assert chosen([Box(1, 0.2, 1, {}), Box(0.8, 0.8, 0.2, one), Box(0.82, 0.82, 0.2, two)]) == 1
    assert chosen([Box(1, 0.2, 1, {}), Box(0.8, 0.8, 0.2, one), Box(0.9, 0.9, 0.2, two)]) == 2
    assert not enough(np.array([True] * 4 + [False] * 96)) and enough(np.array([True] * 5 + [False] * 95))


def test_rows_hold_every_box_and_the_chosen_one_has_what_is_found_again(boxes):
    best = chosen(boxes)
    rows = box_rows(boxes, best, {"p1": 1.0, "p4": 0.9})
    assert {r["box"] for r in rows} == set(range(len(boxes)))
    assert {(r["parameter"], r["reproduced"]) for r in rows if r["chosen"]} == {("p1", 1.0), ("p4", 0.9)}
    assert rows[0]["parameter"] == "" and rows[0]["low"] is None


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


QUICK = ("--scale", "1:1000", "--until", "2023-06", "--jobs", "1", "--quiet")


def planted_runs(job, points):
    """Return vitality that the scenario lowers where burdens grow back fast and raises elsewhere, without a model."""
    limit = parameters()["regrowth"].quantile(0.7)
    values = [[-1.0 if dict(p.drawn)["regrowth"] > limit else 1.0] if p.levers else [0.0] for p in points]
    return Values(("vitality",), np.array(values))


@pytest.mark.slow
def test_conditions_from_the_command_line(folder, capsys, monkeypatch):
    monkeypatch.setattr("console.discover.run_points", planted_runs)
    line = ["discover", "crackdown", "--outcome", "vitality", "--draws", "64", "--prior", "--out", "d", *QUICK]
    assert main([*line, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    cases = pd.read_csv("d/cases.csv")
    assert len(cases) == found["cases"] == 64 and cases["failed"].sum() == found["failed"] == pytest.approx(19, abs=2)
    assert (cases["failed"] == (cases["vitality"] <= 0)).all()
    assert {p.id for p in uncertain()} < set(cases.columns)
    best = [r for r in found["boxes"] if r["chosen"]]
    assert "regrowth" in {r["parameter"] for r in best} and best[0]["coverage"] > 0.9 < best[0]["density"]
    assert {"boxes-en.png", "boxes-zh.svg"} <= {p.name for p in (folder / "d" / "figures").iterdir()}
    assert main([*line, "--lang", "zh", "--only", "regrowth", "--overwrite"]) == 0
    told = capsys.readouterr().out
    assert "失败条件" in told and parameters()["regrowth"].label["zh"] in told
    assert main([*line, "--level", "--threshold", "1000", "--overwrite"]) == 0
    told = capsys.readouterr().out
    assert "fails in 64 of 64" in told and "too few draws" in told


FAULTS = {
    "crackdown": "discover: must name one outcome with --outcome; got none",
    "crackdown --outcome vitality,complaints": "discover: must name one outcome with --outcome; got 2",
    "crackdown --outcome vitalty": "--outcome vitalty: unknown outcome; did you mean 'vitality'? "
    "(see: run_sim.py list outcomes)",
    "crackdown --outcome vitality --draws 20": "--draws 20: must be at least 50 to find conditions; got 20",
    "crackdown --outcome inspections": "--outcome inspections: must be an outcome with a good direction; "
    "got a neutral one",
    "crackdown --outcome vitality --level": "--level: must have a value to reach with --threshold; got none",
    "crackdown --outcome vitality --threshold much": "--threshold much: must be a number; got 'much'",
    "crackdown --outcome vitality --threshold nan": "--threshold nan: must be a number; got 'nan'",
    "crackdown --outcome vitality --only regroth": "--only regroth: unknown parameter; did you mean 'regrowth'? "
    "(see: run_sim.py list parameters)",
    "crackdown --outcome vitality --draws 2600": "discover: must be at most 5,000 runs without --yes; got 5,200; "
    "add --yes",
}


@pytest.mark.parametrize(("line", "says"), FAULTS.items())
def test_what_cannot_be_asked_is_refused_in_one_line(line, says, folder, capsys):
    assert main(["discover", *line.split()]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", says + "\n")
    assert not list(folder.iterdir())
    assert "must" not in in_chinese(says) and "got" not in in_chinese(says)


DESIGN = """title = { en = "Two", zh = "两项" }
method = "sobol"
n = 8
outcomes = ["vitality", "bold_action_rate"]
months = "%s"
[vary]
fault_tolerance = { range = [0.0, 1.0] }
regrowth = { range = [0.02, 0.08] }
"""


@pytest.mark.slow
def test_a_sweep_goes_to_the_ema_workbench_and_its_points_come_back(folder, capsys):
    from ema_workbench import ScalarOutcome, load_results, save_results
    from ema_workbench.analysis import prim

    for months, shape in (("mean", (8,)), ("every", (8, 3))):
        (folder / "two.toml").write_text(DESIGN % months, encoding="utf-8")
        line = [
            "sweep",
            "two.toml",
            "--scale",
            "1:1000",
            "--until",
            "2023-08",
            "--jobs",
            "1",
            "--quiet",
            "--out",
            months,
        ]
        assert main(line) == 0
        experiments, outcomes = ema_tables(months)
        assert list(experiments) == ["fault_tolerance", "regrowth", "scenario", "policy", "model"]
        assert set(outcomes) == {"vitality", "bold_action_rate"} and outcomes["vitality"].shape == shape
    experiments, outcomes = ema_tables("mean")
    strict = experiments["fault_tolerance"].to_numpy() > 0.5
    assert outcomes["bold_action_rate"][strict].mean() > outcomes["bold_action_rate"][~strict].mean()
    for name in outcomes:
        ScalarOutcome(name)  # the workbench saves only outcomes that it has heard of
    save_results((experiments, outcomes), str(folder / "ema.tar.gz"))
    back, values = load_results(str(folder / "ema.tar.gz"))
    assert np.allclose(back["fault_tolerance"], experiments["fault_tolerance"])
    assert np.allclose(values["vitality"], outcomes["vitality"])
    bold = outcomes["bold_action_rate"] > np.median(outcomes["bold_action_rate"])
    box = prim.Prim(experiments[["fault_tolerance", "regrowth"]], bold, threshold=0.5).find_box()
    assert box.density > bold.mean()
    (folder / "points.csv").write_text(points_text(experiments), encoding="utf-8")
    given = DESIGN.partition("[vary]")[0].replace('"sobol"\nn = 8', '"csv"\npoints = "points.csv"') % "mean"
    (folder / "again.toml").write_text(given, encoding="utf-8")
    line[1], line[-1] = "again.toml", "again"
    assert main(line) == 0
    assert np.array_equal(ema_tables("again")[1]["vitality"], outcomes["vitality"])
    names: dict = {}
    for block in re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL):
        exec(block.replace("results/my_sweep", "mean"), names)
    assert (folder / "my_sweep.tar.gz").exists() and (folder / "points.csv").exists()


@pytest.mark.slow
def test_results_that_are_no_sweep_are_refused(folder, monkeypatch, capsys):
    monkeypatch.setattr("console.work.draw_figures", lambda *_, **__: None)
    assert main(["run", "baseline", "--draws", "0", "--out", "r", *QUICK]) == 0
    with pytest.raises(SettingError, match="must be a folder with results of a sweep; got others"):
        ema_tables("r")
    with pytest.raises(SettingError, match="must be a folder with results; got none"):
        ema_tables("nothing")
