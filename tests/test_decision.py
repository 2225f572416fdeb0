"""What may be decided: probabilities of being best, regret, and the split of variance, on hand-made runs."""

import csv

import numpy as np
import pytest

from console.decision import row_of
from experiments.decision import Choice, choices_on, split, worlds
from model.declare.draws import Draws
from model.declare.outcome import OUTCOMES


def by_scenario(rows):
    return {row.scenario: row for row in rows}


def test_the_best_of_each_world_is_counted_and_ties_are_shared():
    # worlds:      1    2    3    4
    gains = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, -1.0, 2.0, 0.0], [3.0, -2.0, 1.0, 0.0]])
    found = by_scenario(choices_on("vitality", "last12", ["base", "a", "b"], gains))
    # world 1: b; world 2: base; world 3: a; world 4: all three tie
    third = 1 / 3
    assert [found[s].prob_best for s in ("base", "a", "b")] == pytest.approx([(1 + third) / 4] * 3)
    # regret of base: 3, 0, 2, 0; of a: 2, 1, 0, 0; of b: 0, 2, 1, 0
    assert [found[s].regret for s in ("base", "a", "b")] == pytest.approx([5 / 4, 3 / 4, 3 / 4])
    assert all(row.worlds == 4 for row in found.values())


def test_probabilities_sum_to_one_and_the_least_regret_is_that_of_the_highest_mean():
    gains = Draws(1).normal("test", 0, 5 * 400).reshape(5, 400)
    names = [f"s{k}" for k in range(5)]
    rows = choices_on("vitality", "last12", names, gains)
    assert sum(row.prob_best for row in rows) == pytest.approx(1)
    assert min(rows, key=lambda row: row.regret).scenario == names[int(np.argmax(gains.mean(axis=1)))]


def test_a_world_without_a_value_does_not_count():
    gains = np.array([[0.0, np.nan, 1.0], [1.0, 5.0, 0.0]])
    assert {row.worlds for row in choices_on("vitality", "last12", ["a", "b"], gains)} == {2}


def test_replicates_are_averaged_within_a_draw_and_stand_alone_without_draws():
    assert list(worlds(np.array([[1.0, 3.0], [2.0, 6.0]]))) == [2.0, 4.0]
    assert list(worlds(np.array([[1.0, 3.0]]))) == [1.0, 3.0]


@pytest.mark.parametrize(
    ("table", "shares"),
    [
        ([[0.0, 0.0], [2.0, 2.0]], (2.0, 1.0, 0.0)),  # draws differ by 2: variance 2; replicates do not
        ([[0.0, 2.0], [0.0, 2.0]], (2.0, 0.0, 1.0)),  # replicates differ by 2: variance 2; draws do not
        ([[1.0, 1.0], [1.0, 1.0]], (0.0, None, None)),
        ([[1.0, 2.0]], (None, None, None)),
        ([[1.0], [2.0]], (None, None, None)),
    ],
)
def test_variance_is_split_as_by_hand(table, shares):
    assert split(np.array(table))[2:] == shares


def test_the_split_recovers_known_variances():
    draws, replicates = 4000, 3
    table = 2.0 * Draws(2).normal("draw", 0, draws)[:, None] + Draws(3).normal("run", 0, draws * replicates).reshape(
        draws, replicates
    )
    _, _, variance, parameters, chance = split(table)
    # 4 from draws and 1 from chance; the standard error of a variance of 4 over 4000 draws is about 4 * sqrt(2 / 4000)
    assert variance == pytest.approx(5, abs=0.4) and parameters == pytest.approx(0.8, abs=0.02)
    assert parameters + chance == pytest.approx(1)


@pytest.mark.slow
def test_a_comparison_writes_and_shows_what_may_be_decided(tmp_path, capsys, monkeypatch):
    import console.work
    from console.main import main

    monkeypatch.setattr(console.work, "draw_figures", lambda job, keep: None)
    common = [
        "--scale",
        "1:400",
        "--until",
        "2023-08",
        "--draws",
        "2",
        "--out",
        str(tmp_path / "x"),
        "--jobs",
        "1",
        "--prior",
    ]
    assert main(["compare", "baseline", "relief", "--replicates", "2", "--lang", "en", *common]) == 0
    shown = capsys.readouterr().out
    assert "What may be decided" in shown and "2 draws with 2 replicates" in shown
    with (tmp_path / "x" / "decision.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["outcome"] == "vitality" and r["month"].startswith("last")]
    assert {r["scenario"] for r in rows} == {"baseline", "relief"}
    assert sum(float(r["prob_best"]) for r in rows) == pytest.approx(1) and {r["worlds"] for r in rows} == {"2"}
    with (tmp_path / "x" / "variance.csv").open(encoding="utf-8") as file:
        split_rows = [r for r in csv.DictReader(file) if r["scenario"] == "relief" and r["parameters"]]
    assert all(float(r["parameters"]) + float(r["chance"]) == pytest.approx(1) for r in split_rows) and split_rows
    assert main(["compare", "baseline", "relief", "--lang", "zh", *common, "--overwrite"]) == 0
    assert "无法区分参数与随机造成的不确定性" in capsys.readouterr().out


def test_a_choice_that_moves_an_outcome_by_nothing_notable_is_no_finding():
    notable = OUTCOMES["vitality"].notable
    titles = {"one": "One", "other": "Other"}

    def row(regret):
        rows = [
            Choice("one", "vitality", "last12", 5, 1.0, 0.0, 0.0),
            Choice("other", "vitality", "last12", 5, 0.0, regret, regret),
        ]
        return row_of("vitality", rows, [], titles, "en")

    assert row(2 * notable)["best"] == "One 100 %"
    slight = row(notable / 2)
    assert (slight["best"], slight["next"], slight["safest"]) == ("no notable difference", "–", "–")
