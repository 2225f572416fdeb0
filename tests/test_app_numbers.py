"""The same numbers on screen and from the command line; what the app says of them is hedged."""

import csv
import shutil

import numpy as np
import pandas as pd
import pytest

from console.main import main
from dashboard.findings import Findings, basis, effect_of, merge, read_findings, write_findings
from dashboard.service.cache import Cache
from dashboard.service.jobs import Job
from dashboard.service.tables import write_results
from dashboard.service.worker import Piece, conclude, part_of, record_of, simulate_piece
from dashboard.ship import FOLDER, shipped_findings
from dashboard.views.comparison import comparison
from dashboard.views.effects import effects_of, headline, sentence
from dashboard.views.idle import changed_nothing, reason
from dashboard.views.money import budget_share
from dashboard.views.ranking import ranking, regrets
from dashboard.views.robust import order, robust
from dashboard.words import LANGUAGES, label
from experiments.experiment import Options
from experiments.results import read_results
from scenarios.scenario import read_scenario, shipped_scenarios

SMALL = Options(until=40, seed=3, draws=3, replicates=1, scale=400.0)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small comparison made by the app's worker, and the folder of its cache."""
    from scenarios.city import read_city

    folder = tmp_path_factory.mktemp("cache")
    cache = Cache(folder)
    scenarios = tuple(read_scenario(n) for n in ("baseline", "relief"))
    job = Job(scenarios, read_city(), SMALL)
    for e in job.experiments:
        assert simulate_piece(Piece(job.profile, SMALL.scale, e), folder, cache.stop_flag("never"))
    conclude(job, folder, cache.outcome(job.key))
    return job, folder, read_findings(cache.outcome(job.key))


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    """What the command line writes for the same scenarios, seed and scale."""
    out = tmp_path_factory.mktemp("compare") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("console.work.draw_figures", lambda *_, **__: None)
        options = ["--scale", "1:400", "--until", "2024-05", "--seed", "3", "--draws", "3", "--jobs", "1", "--quiet"]
        code = main(["compare", "baseline", "relief", *options, "--out", str(out)])
    assert code == 0
    with (out / "summary.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["month"] == "last12"]


@pytest.mark.slow
def test_the_screen_has_the_numbers_of_the_command_line(made, summary):
    findings = made[2]
    table = findings.effects[findings.effects["group"] == "city"].set_index(["scenario", "outcome"])
    compared = 0
    for row in summary:
        mine = table.loc[(row["scenario"], row["outcome"])]
        for name in ("mean", "p05", "p50", "p95", "diff", "diff_p05", "diff_p95", "prob_better"):
            if row[name] and not pd.isna(mine[name]):
                assert float(mine[name]) == pytest.approx(float(row[name]), rel=1e-8, abs=1e-12), (row, name)
                compared += 1
    assert compared > 300


@pytest.mark.slow
def test_full_results_of_the_app_are_those_of_the_command_line(made, summary, tmp_path):
    job, folder, _ = made
    records = {e.id: record_of(Piece(job.profile, SMALL.scale, e), folder / "never") for e in job.experiments}
    write_results(tmp_path / "results", job, records)
    manifest, experiments, outcomes = read_results(tmp_path / "results")
    assert experiments.num_rows == 6 and outcomes.num_rows > 10_000
    assert manifest["command"].startswith("python run_sim.py compare baseline relief")
    text = (tmp_path / "results" / "summary.csv").read_text(encoding="utf-8")
    with (tmp_path / "results" / "summary.csv").open(encoding="utf-8") as file:
        assert [r for r in csv.DictReader(file) if r["month"] == "last12"] == summary, text[:200]


@pytest.mark.slow
def test_a_missing_run_is_no_finding(made, tmp_path):
    job, folder, _ = made
    broken = tmp_path / "cache"
    shutil.copytree(folder, broken)
    part_of(broken, job.experiments[0].id).write_bytes(b"torn")
    with pytest.raises(FileNotFoundError, match="parts/"):
        conclude(job, broken, broken / "findings" / "x")


def test_shipped_results_are_of_this_model():
    findings = shipped_findings()
    assert findings is not None, "make shipped"
    assert findings.about.get("basis") == basis(), "the rules have changed: make shipped"
    assert findings.scenarios == shipped_scenarios()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_of_the_shipped_results_can_be_said(lang):
    findings = shipped_findings()
    for name in findings.scenarios[1:]:
        for effect in effects_of(findings, name).values():
            text = sentence(effect, findings.about["runs"], lang)
            assert label(effect.outcome, lang) in text and "{" not in text and "nan" not in text


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ([1.0, 2.0, 1.5, 1.2, 3.0], {"better": "改善"}),
        ([-1.0, 2.0, 1.5, -1.2, 3.0], {"unclear": "未见明确差异"}),
        ([1e-3, 2e-3, 1e-3, 1e-3, 1e-3], {"slight": "未达可观程度"}),
        ([1.0, 2.0], {"few": "次快速模拟"}),
    ],
)
def test_an_interval_with_zero_in_it_is_no_clear_difference(differences, words):
    from dashboard.views.effects import effect_from

    values = np.array(differences)
    found = effect_of(values, np.zeros(len(values)) + 40.0, "vitality")
    row = {"scenario": "s", "group": "city", "outcome": "vitality", "mean": 41.0, "p50": 41.0, **found}
    effect = effect_from(row)
    [(verdict, text)] = words.items()
    assert effect.verdict == verdict
    assert text in sentence(effect, len(values), "zh")


def table_of(runs):
    """Return late values of (scenario, run, value) against a reference of nought."""
    return pd.DataFrame(runs, columns=["scenario", "run", "value"]).assign(outcome="vitality", base=0.0)


def test_regret_is_what_is_missed_run_by_run():
    runs = [("a", "1", 1.0), ("a", "2", 3.0), ("b", "1", 2.0), ("b", "2", 1.0)]
    table = table_of(runs)
    found = {r.scenario: r.mean for r in regrets(Findings({}, None, None, table), ["a", "b"], "vitality")}
    assert found == {"a": 0.5, "b": 1.0}
    low = table.assign(outcome="overload_share")
    found = {r.scenario: r.mean for r in regrets(Findings({}, None, None, low), ["a", "b"], "overload_share")}
    assert found == {"a": 1.0, "b": 0.5}


def test_measures_of_robustness_rank_best_first():
    assert order(np.array([3.0, 5.0, 5.0]), low=False).tolist() == [3, 1, 1]
    runs = [("a", "1", 1.0), ("a", "2", 1.0), ("b", "1", 4.0), ("b", "2", 0.0)]
    table = table_of(runs)
    rows = {r.scenario: r for r in robust(Findings({}, None, None, table), ["a", "b"], "vitality", 0.5)}
    assert rows["a"].values["maximin"] == 1.0 and rows["b"].values["maximin"] == 0.0
    assert rows["a"].ranks["maximin"] == 1 and rows["b"].ranks["laplace"] == 1
    assert rows["a"].values["satisficing"] == 1.0 and rows["b"].values["satisficing"] == 0.5


def test_the_ranking_of_the_app_is_that_of_the_command_line():
    findings = shipped_findings()
    places = ranking(findings, findings.scenarios[1:])
    assert {p.scenario for p in places} == set(findings.scenarios[1:])
    shares = [(-p.share_better, p.worse, p.cost) for p in places]
    assert shares == sorted(shares)


def test_a_scenario_that_changes_nothing_is_recognised(made):
    findings = made[2]
    assert not changed_nothing(findings, "relief")
    same = Findings(findings.about, findings.paths.assign(diff_p05=0.0, diff_p50=0.0, diff_p95=0.0), None, None)
    assert changed_nothing(same, "relief")


def test_why_a_lever_changes_nothing(profile):
    from dataclasses import replace

    from scenarios.path import Step

    story = read_scenario("baseline")
    late = replace(story, levers={"fault_tolerance": (Step(story.until + 5, 0.9),)})
    assert reason(late, "fault_tolerance", profile) == "late"
    rest = replace(story, levers={"fault_tolerance": (Step(30, 0.15),)})
    assert reason(rest, "fault_tolerance", profile) == "rest"
    alone = replace(story, systems=("education",), levers={"fault_tolerance": (Step(30, 0.9),)})
    assert reason(alone, "fault_tolerance", profile) == "system"
    assert reason(read_scenario("relief"), "fault_tolerance", profile) == ""


def test_a_budget_is_in_ten_thousands():
    assert budget_share(2_500_000, 500) == 0.5
    assert budget_share(1.0, 0) == float("inf")
    assert budget_share(-1.0, 0) == 0.0


def test_findings_are_read_as_they_were_written(tmp_path):
    findings = shipped_findings()
    write_findings(tmp_path / "one", findings)
    again = read_findings(tmp_path / "one")
    assert again.about == findings.about
    pd.testing.assert_frame_equal(again.effects, findings.effects)
    assert [p.name for p in tmp_path.iterdir()] == ["one"]


def test_merged_findings_hold_each_scenario_once():
    findings = shipped_findings()
    both = merge([findings, findings])
    assert both.scenarios == findings.scenarios and len(both.effects) == len(findings.effects)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_counts_every_headline_outcome(lang):
    findings = shipped_findings()
    known = {name: read_scenario(name) for name in findings.scenarios}
    seen = comparison(findings, ["relief", "crackdown"], known, lang)
    assert seen.names == ["relief", "crackdown"] and [k.reference for k in seen.looks] == [True, False, False]
    for name in seen.names:
        count = seen.count(name)
        assert count["better"] + count["worse"] + count["unclear"] == count["n"] == len(headline(findings))
