"""The Python door: the same numbers as the command line, frames with their origin, and a notebook that runs."""

import doctest
import json
import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import shidian
from console.main import main
from model.declare.errors import SettingError
from shidian import Scenario, compare, lever_frame, outcome_frame, parameter_frame, run, scenario, sweep, values

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "notebooks"
SMALL = {"scale": 1000, "until": "2023-09"}


def test_all_that_is_promised_is_there():
    assert all(hasattr(shidian, name) for name in shidian.__all__)
    assert isinstance(scenario("mine"), Scenario)


@pytest.mark.slow
def test_the_example_of_the_module_holds():
    assert doctest.testmod(shidian).failed == 0


@pytest.mark.slow
def test_a_comparison_has_the_numbers_of_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("console.work.draw_figures", lambda *_, **__: None)
    line = "compare baseline growth --scale 1:1000 --until 2023-09 --draws 2 --jobs 1 --quiet --out r"
    assert main(line.split()) == 0
    told = pd.read_csv("r/summary.csv")
    frame = compare("baseline", "growth", draws=2, **SMALL)
    assert list(frame.columns) == list(told.columns) and len(frame) == len(told)
    for column in told:
        if column in ("scenario", "outcome", "month"):
            assert frame[column].tolist() == told[column].tolist()
        else:
            np.testing.assert_allclose(frame[column].astype(float), told[column].astype(float), rtol=1e-8)
    manifest = json.loads(Path("r/manifest.json").read_text(encoding="utf-8"))
    assert frame.attrs["model_version"] == manifest["model_version"]
    assert frame.attrs["calibrated"] == manifest["calibrated"]


def test_a_run_is_tidy_and_its_mean_is_the_mean_of_its_months():
    every = run("growth", draws=0, outcomes=["vitality"], months="both", **SMALL)
    assert list(every.columns) == ["scenario", "draw", "replicate", "month", "group", "outcome", "value"]
    months = every[every["month"] != "last4"]
    assert months["month"].tolist() == ["2023-06", "2023-07", "2023-08", "2023-09"]
    assert every[every["month"] == "last4"]["value"].item() == pytest.approx(months["value"].mean())
    districts = values(["growth"], draws=0, outcomes=["vitality"], months="mean", groups=("city", "district"), **SMALL)
    assert districts["group"].str.startswith("district:").sum() == len(districts) - 1 > 1


def test_a_sweep_has_a_row_a_point_and_a_point_of_it_is_a_scenario():
    grid = sweep(
        {"fault_tolerance": [0.1, 0.9], "burden_reduction": [0.0, 0.5]}, outcomes=["bold_action_rate"], **SMALL
    )
    assert grid[["fault_tolerance", "burden_reduction"]].values.tolist() == [[0.1, 0], [0.1, 0.5], [0.9, 0], [0.9, 0.5]]
    alone = scenario("alone", levers={"fault_tolerance": 0.9, "burden_reduction": 0.5})
    mean = run(alone, months="mean", draws=0, outcomes=["bold_action_rate"], **SMALL)
    assert mean["value"].item() == grid["bold_action_rate"].iloc[-1]
    assert grid.attrs["scale"] == 1000


def test_a_scenario_keeps_what_its_base_has():
    base = scenario("base", levers={"fault_tolerance": 0.4}, parameters={"regrowth": 0.03}, until="2024-05")
    more = scenario("more", base=base, levers={"burden_reduction": 0.2})
    assert set(more.levers) == {"fault_tolerance", "burden_reduction"}
    assert (more.parameters, more.until) == ({"regrowth": 0.03}, base.until)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lambda: scenario("mine", levers={"fault_tolerence": 0.4}), "unknown lever; did you mean 'fault_tolerance'?"),
        (lambda: scenario("mine", levers={"fault_tolerance": 4}), "must be in 0–1 (share); got 4"),
        (lambda: run("crakdown"), "unknown scenario; did you mean 'crackdown'?"),
        (lambda: compare("baseline"), "must name two scenarios or more; got 1"),
        (lambda: run("growth", outcomes=["vitalty"]), "unknown outcome; did you mean 'vitality'?"),
        (lambda: run("growth", months="all"), "must be every or mean or both; got 'all'"),
        (lambda: run("growth", until="2023-05"), "must be a month in 2023-06–2035-12; got 2023-05"),
        (lambda: sweep({"fault_tolerance": []}), "fault_tolerance"),
        (lambda: sweep({"fault_tolerance": [2.0]}), "must be in 0–1 (share); got 2"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(what, says):
    with pytest.raises(SettingError) as caught:
        what()
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_frames_of_what_exists():
    assert "fault_tolerance" in lever_frame().index and {"en", "zh", "unit"} <= set(lever_frame().columns)
    assert parameter_frame().loc["regrowth", "distribution"] != "fixed"
    assert outcome_frame().loc["vitality", "better"] == "high"


@pytest.fixture(scope="module")
def maker():
    return runpy.run_path(str(NOTEBOOK / "make.py"))


def test_the_notebook_has_the_cells_of_its_source_and_was_executed(maker):
    notebook = json.loads((NOTEBOOK / "first_steps.ipynb").read_text(encoding="utf-8"))
    source = maker["cells_of"]((NOTEBOOK / "first_steps.py").read_text(encoding="utf-8"))
    assert [(c["cell_type"], "".join(c["source"])) for c in notebook["cells"]] == [
        (c["cell_type"], c["source"]) for c in source
    ], "stale; rewrite with `make notebook`"
    outputs = [o for c in notebook["cells"] if c["cell_type"] == "code" for o in c["outputs"]]
    assert len(outputs) >= 7 and not [o for o in outputs if o["output_type"] == "error"]
    assert "site-packages" not in json.dumps(notebook)
    assert (NOTEBOOK / "first_steps.ipynb").stat().st_size < 300_000


@pytest.mark.slow
def test_the_notebook_runs_at_a_coarse_scale(maker):
    text = (NOTEBOOK / "first_steps.py").read_text(encoding="utf-8")
    assert "SCALE, DRAWS = 200, 6" in text
    notebook = maker["executed"](text.replace("SCALE, DRAWS = 200, 6", "SCALE, DRAWS = 1000, 1"))
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert any("did you mean 'fault_tolerance'" in o.get("text", "") for o in outputs)
    assert any("image/png" in o.get("data", {}) for o in outputs)
