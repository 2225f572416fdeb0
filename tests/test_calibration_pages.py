"""The command refuses what it cannot fit; pages and figures say what was found, in both languages."""

import dataclasses
import json

import numpy as np
import pytest
from cities import shipped_profile

from calibration.findings import alike, facts_of_check, facts_of_proof
from calibration.page import page, register_page
from calibration.patterns import holding
from calibration.predict import check
from calibration.proof import Proof
from calibration.register import Entry, as_csv, entry, swapped, turns
from calibration.stages import Calibration
from calibration.target import Targets, read_targets
from console.calibrate_progress import Progress
from console.main import main
from dashboard.chinese import in_chinese
from dashboard.figures.fitted import informed, predictions, ranks
from experiments.claims import CLAIMS
from experiments.engine import Serial
from model.declare.draws import Draws
from model.declare.outcome import OUTCOMES
from model.declare.setting import parameters

TARGETS = read_targets()
ABOUT = {
    "title": {"en": "Somewhere", "zh": "某市"}, "rules": "a", "posterior": "b", "seed": 1, "scale": "1:100",
    "targets": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def findings():
    """Findings of a made-up calibration: one row inside, one outside, one held out."""
    near = dataclasses.replace(TARGETS.targets[3], value=16.0)
    far = dataclasses.replace(TARGETS.targets[4], value=900.0)
    values = 15 + Draws(1).normal("values", 0, 400).reshape(200, 2) * [2.0, 1.0]
    checks = check((near, far), values, 1)
    proof = Proof(Draws(2).uniform("ranks", 0, 200).reshape(100, 2), np.full((100, 2), 0.8))
    row = {"label": {"en": "A thing", "zh": "某项"}, "prior": [0.3, 0.4, 0.5], "posterior": [0.35, 0.4, 0.42]}
    row |= {"id": "exhaust_hindrance", "shrinkage": 0.4, "shift": 0.3}
    fit = {
        "runs": 1234, "informed": [row], "moves": {"exhaust_hindrance": "S1"}, "waves": [{"cut": 3.0, "left": 0.2}],
        "left": 0.2, "runs_left": 600, "chance": 0.04, "out_of_reach": ["R16"],
        "alike": [{"pair": ["a", "b"], "correlation": -0.4}],
    }  # fmt: skip
    names = type("Named", (), {"space": type("Space", (), {"names": ("a", "b")})})
    claims = [{"claim": c.id, "share": 0.5 if k == 0 else 1.0, "middle": 0.4} for k, c in enumerate(CLAIMS)]
    return {
        "fit": fit, "proof": facts_of_proof(names, proof),
        "check": facts_of_check(checks, checks[:1], checks, TARGETS, Targets((), {})),
        "rivals": {"rivals": [{"name": "x: y", "log_ratio": 0.2, "distance": 1.0, "verdict": "undecided"}]},
        "patterns": {"draws": 48, "claims": claims}, "register": {"order": ["relief", "crackdown"]},
    }  # fmt: skip


def test_the_page_names_what_is_outside_and_what_does_not_hold(findings):
    text = page(findings, ABOUT, "run_sim.py calibrate")
    assert "50 % of the evidence rows" in text and "which is missed" in text
    assert f"- R16, complaints since the policy began: {text.split('complaints since the policy began: ')[1]}" in text
    assert f"Not: {CLAIMS[0].id}." in text and "| `a` | `b` | -0.40 |" in text
    assert text.index("## 中文摘要") > text.index("## Design patterns")
    assert "R16" in text.split("Targets that the prior hardly reaches")[1].splitlines()[0]


def test_a_page_of_some_stages_only_can_be_written(findings):
    text = page({"fit": findings["fit"]}, ABOUT, "run_sim.py calibrate")
    assert "## How it was fitted" in text and "## Proof" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_can_be_drawn_in_both_languages(findings, lang, tmp_path):
    figures = [
        predictions(findings["check"], lang),
        informed(findings["fit"]["informed"], {"exhaust_hindrance": (0.25, 0.55)}, lang),
        ranks(findings["proof"], lang),
    ]
    for number, figure in enumerate(figures):
        figure.savefig(tmp_path / f"{number}.png")
        assert figure.get_label()


def test_strongly_correlated_pairs_are_named():
    z = Draws(1).normal("z", 0, 3000).reshape(1000, 3)
    z[:, 1] = -z[:, 0] + 0.1 * z[:, 1]
    pairs = alike(("a", "b", "c"), z)
    assert [p["pair"] for p in pairs] == [["a", "b"]] and pairs[0]["correlation"] < -0.9


def test_influence_is_the_mean_change_in_spreads_and_a_flip_is_noticed():
    key = next(k for k, o in OUTCOMES.items() if o.headline and o.better == "high")
    centre = {"a": {key: 2.0}, "b": {key: 1.0}}
    low, high = {"a": {key: 2.0}, "b": {key: 1.0}}, {"a": {key: 0.0}, "b": {key: 2.0}}
    found = entry("x", centre, low, high, {key: 0.5})
    # |0 - 2| / 0.5 = 4 and |2 - 1| / 0.5 = 2: mean 3
    assert found.influence == pytest.approx(3.0)
    # at the high end b gains 2 and a nothing: where a was best, b is, by far more than is worth naming
    assert found.turned == (key,) and turns(key, centre, low) is False
    assert swapped(["a", "b", "c"], ["c", "a", "b"]) == 2 and swapped(["a", "b"], ["a", "b"]) == 0


def test_the_register_page_sorts_flips_first():
    p = next(iter(parameters().values()))
    entries = [
        Entry(p.id, 0.2, ("crackdown", "relief"), True, 3),
        Entry("rule: form", 0.1, ("relief", "relief"), False, 0),
    ]
    text = as_csv(entries, parameters(), {})
    shown = register_page(text, {"register": {"order": ["relief", "crackdown"]}}, "run_sim.py calibrate")
    assert "In 1 of 2 rows another policy comes first" in shown and shown.index(p.id) < shown.index("rule: form")


REFUSED = {
    ("--stage", "fitt"): "--stage fitt: unknown stage; did you mean 'fit'? (see: run_sim.py calibrate --help)",
    ("--city", "template"): "calibrate: must name the targets of that city with --targets FILE; got none",
    ("--targets", "none.toml"): "none.toml: must be a file that exists; got none of that name",
    ("--out", "other"): "--out other: must be a new folder, or one with results; got other files ('mine.txt')",
    ("--out", "other/mine.txt"): "--out other/mine.txt: must be a folder; got a file",
}


@pytest.mark.parametrize(("given", "says"), REFUSED.items(), ids=[" ".join(k) for k in REFUSED])
def test_a_calibration_that_cannot_begin_is_refused(given, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    assert main(["calibrate", *given]) == 2
    assert capsys.readouterr().err == f"{says}\n"
    assert "must" not in in_chinese(says) and "unknown" not in in_chinese(says)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other"]


def test_a_stopped_calibration_says_how_to_continue(tmp_path, monkeypatch, capsys):
    def interrupted(self, stage):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Calibration, "run", interrupted)
    assert main(["calibrate", "--out", "mine", "--lang", "en", "--jobs", "1"]) == 130
    error = capsys.readouterr().err
    assert error.endswith("in mine; continue: run_sim.py calibrate --out mine --lang en --jobs 1\n")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["seconds.txt"]


def test_progress_shows_the_stage_the_runs_and_the_time_that_is_left(tmp_path, capsys):
    shown = Progress("en", quiet=False)
    shown.plan(Calibration(shipped_profile(), TARGETS, tmp_path, Serial()), ("fit", "check"))
    shown.told("wave 1", 0, 2048)
    shown.told("wave 1", 2048, 2048)
    shown.say("wave", number=1, runs=2048, left=0.2, distance=1.25, cut=3.0)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("wave 1: 0 of 2048, –") and "wave 1: 2048 of 2048, about" in lines[1]
    shown.say("stage", name="fit")
    assert capsys.readouterr().err == "done: fit\n"
    assert lines[2].startswith("wave 1: 2048 runs, median distance 1.25; 20% of the space is left")
    Progress("en", quiet=True).told("wave 1", 1, 1)
    assert capsys.readouterr().err == ""


def test_a_claim_holds_in_the_share_of_draws_that_meet_it():
    claim = CLAIMS[0]  # 0.30 to 0.50
    found = holding(claim, [0.2, 0.35, 0.4, 0.6])
    assert (found.share, found.middle) == (0.5, 0.4)


@pytest.mark.slow
def test_another_city_is_fitted_as_far_as_its_targets_go(tmp_path, monkeypatch, capsys):
    import calibration.stages
    from calibration.waves import Plan
    from scenarios.city import FOLDER

    monkeypatch.chdir(tmp_path)
    small = Plan(1, 6, 64, (32,), 256)
    monkeypatch.setattr(calibration.stages.Calibration, "plan", small)
    monkeypatch.setattr(calibration.stages.Calibration.__init__, "__defaults__", defaults(small))
    (tmp_path / "town.toml").write_bytes((FOLDER / "template.toml").read_bytes())
    template = (calibration.stages.__file__).replace("stages.py", "targets_template.toml")
    command = ["calibrate", "--city", "town.toml", "--targets", template, "--scale", "1:1000", "--out", "mine"]
    assert main([*command, "--stage", "fit", "--lang", "en", "--jobs", "2"]) == 0
    shown = capsys.readouterr().out
    assert "all others stay at their priors" in shown
    about = json.loads((tmp_path / "mine" / "posterior.json").read_text(encoding="utf-8"))
    assert about["targets"] == 3 and (tmp_path / "mine" / "calibration.md").exists()
    assert main(["run", "baseline", "--posterior", "mine/posterior.csv", "--city", "town.toml", "--scale", "1:1000",
                 "--until", "2023-07", "--draws", "1", "--lang", "en", "--out", "r", "--jobs", "1"]) == 0  # fmt: skip
    assert "informed by 3 targets" in capsys.readouterr().out


def defaults(plan):
    """Return the defaults of a calibration with another plan."""
    from calibration.stages import USUAL, Calibration

    return tuple(plan if value is USUAL else value for value in Calibration.__init__.__defaults__)
