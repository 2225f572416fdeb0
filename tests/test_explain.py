"""Attribution: known games, efficiency on real runs, orders that are sampled, and what cannot be asked."""

import json
from itertools import permutations

import numpy as np
import pytest
from cities import shipped_profile

from console.main import main
from dashboard.chinese import in_chinese
from experiments.evaluate import Kept, evaluate
from experiments.explain import (
    MOST_EXACT,
    Plan,
    interactions,
    kind_of_pair,
    moved_levers,
    over_runs,
    plan_of,
    points_of,
    shares,
    tables,
)
from experiments.points import World
from experiments.study import chances
from model.declare.setting import levers
from scenarios.scenario import read_scenario


def plan_for(n, orders=()):
    return Plan({str(k): (str(k),) for k in range(n)}, tuple(orders))


def worth_of(plan, value):
    """Return the worth of each coalition of a plan from a function of the set of players."""
    n = len(plan.players)
    return {m: np.array(float(value({k for k in range(n) if m >> k & 1}))) for m in plan.coalitions}


def glove(players):
    """Return the worth in the glove game: player 0 has a left glove, 1 and 2 a right one; a pair is worth one."""
    return 0 in players and bool(players & {1, 2})


EVERY_ORDER = tuple(permutations(range(3)))
NEAR = tuple(permutations(range(4)))


@pytest.mark.parametrize("orders", [(), EVERY_ORDER], ids=["exact", "every order"])
def test_the_glove_game_is_known(orders):
    plan = plan_for(3, orders)
    assert shares(plan, worth_of(plan, glove)) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_levers_that_only_add_up_get_what_they_add_and_do_not_interact():
    plan, gain = plan_for(4), (1.0, -2.0, 0.5, 0.0)
    worth = worth_of(plan, lambda players: sum(gain[k] for k in players))
    assert shares(plan, worth) == pytest.approx(gain)
    assert all(abs(v) < 1e-12 for v in interactions(plan, worth).values())


def test_a_pair_that_counts_only_together_shares_and_interacts():
    plan = plan_for(4)
    worth = worth_of(plan, lambda players: players >= {1, 3})
    assert shares(plan, worth) == pytest.approx([0, 0.5, 0, 0.5])
    assert {k: float(v) for k, v in interactions(plan, worth).items() if abs(v) > 1e-12} == {(1, 3): 1.0}


def test_all_orders_give_the_exact_interactions():
    def value(players):
        return len(players) ** 2 - 3 * (players >= {0, 2}) + (1 in players)

    exact, sampled = plan_for(4), plan_for(4, NEAR)
    one, other = (interactions(p, worth_of(p, value)) for p in (exact, sampled))
    assert one.keys() == other.keys()
    assert [float(one[k]) for k in one] == pytest.approx([float(other[k]) for k in one])


def test_few_levers_are_exact_and_many_are_grouped_or_sampled():
    growth, relief, full = (list(read_scenario(n).levers) for n in ("growth", "relief", "full_package"))
    assert plan_of(growth, None, 16, 1).exact and len(plan_of(growth, None, 16, 1).players) == 4
    assert set(plan_of(full, None, 16, 1).players) == {levers()[k].group for k in full}
    assert plan_of(full, None, 16, 1).exact
    one_group = plan_of(relief, None, 16, 1)
    assert len(relief) > MOST_EXACT and len(one_group.players) == len(relief) and len(one_group.orders) == 16
    assert one_group.orders[1] == one_group.orders[0][::-1]
    assert plan_of(relief, None, 16, 0).orders == plan_of(relief, None, 16, 0).orders != one_group.orders
    assert len(plan_of(relief, "group", 16, 1).players) == 1


@pytest.mark.slow
def test_shares_sum_to_the_effect_of_real_runs():
    scenario, base = read_scenario("growth"), read_scenario("baseline")
    world, moved = World(shipped_profile(), 1000, base, 34), moved_levers(scenario, base)
    runs = chances(1, [(0, {})], 1)
    for permuted in (None, 4):
        plan = plan_of(list(moved), None, 16, 1)
        if permuted:
            plan = Plan(plan.players, ((0, 1, 2, 3), (2, 0, 3, 1)))
        found = evaluate(world, points_of(plan, moved, runs), Kept())
        rows, _ = tables(plan, found.values, found.outcomes, len(runs))
        direct = World(shipped_profile(), 1000, scenario, 34)
        whole = evaluate(direct, points_of(Plan({}), {}, runs), Kept())
        nothing = evaluate(world, points_of(Plan({}), {}, runs), Kept())
        for k, outcome in enumerate(found.outcomes):
            mine = [r for r in rows if r["outcome"] == outcome]
            effect = (whole.values[:, k] - nothing.values[:, k]).mean()
            scale = max(abs(effect), abs(nothing.values[:, k]).max(), 1e-9)
            assert mine[0]["mean"] == pytest.approx(effect, abs=1e-9 * scale)
            assert sum(r["mean"] for r in mine[1:]) == pytest.approx(effect, abs=1e-9 * scale)


def test_five_runs_have_an_interval_and_four_do_not():
    assert over_runs(np.arange(4.0)) == {"mean": 1.5, "p05": None, "p95": None}
    assert over_runs(np.arange(5.0)) == {"mean": 2.0, "p05": pytest.approx(0.2), "p95": pytest.approx(3.8)}
    assert over_runs(np.array([np.nan]))["mean"] is None


def test_a_pair_helps_or_hinders_in_the_good_direction_only_if_that_is_clear_and_notable():
    clear = {"mean": 0.2, "p05": 0.1, "p95": 0.3}
    assert kind_of_pair(clear, "high", 0.1) == "synergy" and kind_of_pair(clear, "low", 0.1) == "conflict"
    assert kind_of_pair(clear, "high", 0.5) == "slight" and kind_of_pair(clear, "neutral", 0.1) == "unclear"
    assert kind_of_pair({**clear, "p05": -0.1}, "high", 0.0) == "unclear"
    assert kind_of_pair({**clear, "p05": None}, "high", 0.0) == "unclear"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


QUICK = ("--scale", "1:1000", "--until", "2023-09", "--jobs", "1", "--quiet", "--draws", "1")


@pytest.mark.slow
def test_an_attribution_from_the_command_line(folder, capsys):
    assert main(["explain", "co_education", *QUICK, "--out", "e", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {r["part"] for r in found["shares"]} == {"total", *read_scenario("co_education").levers}
    assert any("exact" in note for note in found["notes"]) and any("calibrated" in note for note in found["notes"])
    assert {"shares-en.png", "shares-zh.svg", "pairs-zh.png"} <= {p.name for p in (folder / "e" / "figures").iterdir()}
    before = (folder / "e" / "evaluations.jsonl").read_bytes()
    assert main(["explain", "co_education", *QUICK, "--out", "e", "--lang", "zh"]) == 0
    assert "总效果" in capsys.readouterr().out
    assert (folder / "e" / "evaluations.jsonl").read_bytes() == before


@pytest.mark.slow
def test_a_scenario_with_assumptions_is_explained_against_the_baseline_under_the_same(folder, capsys):
    text = 'title = { en = "A", zh = "甲" }\n[levers]\nfault_tolerance = 0.9\n[parameters]\nregrowth = 0.08\n'
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    assert (
        main(["explain", "mine.toml", *QUICK, "--out", "e", "--format", "json", "--outcome", "bold_action_rate"]) == 0
    )
    whole, part = json.loads(capsys.readouterr().out)["shares"]
    assert whole["mean"] == part["mean"] > 0
    assert json.loads((folder / "e" / "manifest.json").read_text(encoding="utf-8"))["scenario"] == "baseline@mine"


FAULTS = {
    "baseline": "baseline: must set a lever otherwise than 'baseline'; got none",
    "growth --by levers": "--by levers: must be lever or group; got 'levers'",
    "growth --outcome vitalty": "--outcome vitalty: unknown outcome; did you mean 'vitality'? "
    "(see: run_sim.py list outcomes)",
    "growth --against basline": "basline: unknown scenario; did you mean 'baseline'? (see: run_sim.py list scenarios)",
    "growth --permutations 1": "--permutations 1: must be a whole number in 2–10000; got '1'",
    "relief --draws 100": "explain: must be at most 5,000 runs without --yes; got 28,400; add --yes",
}


@pytest.mark.parametrize(("line", "says"), FAULTS.items())
def test_what_cannot_be_asked_is_refused_in_one_line(line, says, folder, capsys):
    assert main(["explain", *line.split()]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and not list(folder.iterdir())
    if "got 28,400" in says:
        assert captured.err.startswith(says.partition("got")[0]) and captured.err.endswith("; add --yes\n")
    else:
        assert captured.err == says + "\n"
    assert "must" not in in_chinese(says) and "got" not in in_chinese(says)
