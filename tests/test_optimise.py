"""Search: known fronts, budgets that are kept, files that run, going on where it stopped, honest verdicts."""

import json

import numpy as np
import pandas as pd
import pytest
from cities import shipped_profile

from console.main import main
from dashboard.chinese import in_chinese
from experiments.mixes import FEWEST_MOVED, MOST_MOVED, Goal, first_mixes, robust, space_of
from experiments.optimise import Worth, beats, cheapest_within, front, knee, search, who_beats
from experiments.points import World
from model.declare.setting import levers
from scenarios.scenario import read_scenario, shipped_scenarios
from scenarios.writer import scenario_text


def keep(cube):
    return np.clip(cube, 0, 1)


def start(mixes, dimensions):
    from experiments.priors import unit_points

    return unit_points(mixes, dimensions, 3)


def two_hills(cube, _generation):
    """Return a known problem (ZDT1): the front is f2 = 1 − √f1 where all but the first coordinate are 0."""
    one = cube[:, 0]
    rest = 1 + 9 * cube[:, 1:].mean(1)
    return Worth(np.column_stack([one, rest * (1 - np.sqrt(one / rest))]), np.full(len(cube), -1.0))


@pytest.mark.slow
def test_a_search_finds_a_known_front():
    seen = search(start(40, 4), two_hills, 2, 50, 1, keep)
    best = seen.goals[front(seen.goals, seen.over <= 0)]
    assert len(best) > 20 and np.abs(best[:, 1] - (1 - np.sqrt(best[:, 0]))).mean() < 0.02


def test_a_search_with_many_goals_uses_reference_directions():
    def judge(cube, _generation):
        return Worth(cube + 0.0, cube.sum(1) * -1 + 1)

    seen = search(start(40, 4), judge, 4, 15, 1, keep)
    best = front(seen.goals, seen.over <= 0)
    assert seen.goals[best].sum(1).min() >= 1 and seen.goals[best].sum(1).mean() < 1.3


def test_the_same_seed_asks_for_the_same_mixes_and_nought_is_a_seed():
    def asked(seed):
        return search(start(12, 3), two_hills, 2, 5, seed, keep).cube

    assert np.array_equal(asked(0), asked(0)) and not np.array_equal(asked(0), asked(1))


def test_what_is_over_the_budget_is_never_on_the_front():
    def judge(cube, generation):
        worth = two_hills(cube, generation)
        return worth._replace(over=0.3 - cube[:, 0])

    seen = search(start(24, 3), judge, 2, 15, 1, keep)
    best = front(seen.goals, seen.over <= 0)
    assert len(best) and (seen.cube[best, 0] >= 0.3).all() and (seen.cube[:, 0] < 0.3).any()


GOALS = np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 3.0], [0.0, 5.0], [2.0, 2.0]])


def test_the_front_holds_what_nothing_beats_once_each():
    assert front(GOALS, np.ones(5, bool)).tolist() == [3, 0, 1]
    assert front(GOALS, np.array([0, 0, 1, 0, 0], bool)).tolist() == [2]
    assert not beats(GOALS[1], GOALS[4]) and beats(GOALS[1], GOALS[2])


def test_picks_by_hand():
    # Scaled from 0 to 1: (0, 1), (0.5, 1/3), (1, 0): squares of the distance 1, 0.36, 1.
    goals, cost = np.array([[0.0, 5.0], [1.0, 3.0], [2.0, 2.0]]), np.array([1.0, 9.0, 2.0])
    assert knee(goals) == 1
    assert cheapest_within(goals, cost, 0.0) == 1
    # The third is 0.5 behind in the first goal, the first 2/3 behind in the second.
    assert cheapest_within(goals, cost, 0.5) == 2
    assert cheapest_within(goals, cost, 0.7) == 0


def test_a_shipped_scenario_is_beaten_only_at_no_more_cost_and_with_no_loss():
    goals, cost = np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 0.5]]), np.array([1.0, 9.0, 2.0])
    assert who_beats(goals, cost, [1.0, 1.0], 2.0) == 2
    assert who_beats(goals, cost, [1.0, 1.0], 1.5) is None
    assert who_beats(goals, cost, [1.0, 1.0], 9.0) == 1
    assert who_beats(goals, cost, [0.5, 2.0], 5.0) is None


def test_goals_over_runs_by_hand():
    effects = np.array([[1.0, 3.0, 5.0], [2.0, 2.0, 2.0]])
    assert robust(effects, Goal("x", "high"), "mean").tolist() == [-3, -2]
    assert robust(effects, Goal("x", "low"), "mean").tolist() == [3, 2]
    assert robust(effects, Goal("x", "high"), "worst").tolist() == [-1, -2]
    best = np.array([2.0, 3.0, 5.0])
    # Regrets 1, 0, 0 and 0, 1, 3: the 90th percentile is 0.8 of the way from the second to the third in order.
    assert robust(effects, Goal("x", "high"), "regret", best).tolist() == pytest.approx([0.8, 2.6])


@pytest.fixture(scope="module")
def space():
    return space_of(World(shipped_profile(), 1000, read_scenario("baseline"), 64), ())


def test_mixes_have_whole_steps_and_the_base_is_one_of_them(space):
    assert space.values(space.start) == {}
    assert np.array_equal(space.rounded(space.start[None])[0], space.start)
    rows = first_mixes(space, [read_scenario("relief")], 20, 1)
    assert len(rows) == 20 and space.values(rows[0]) == {}
    for row in rows[2:]:
        assert FEWEST_MOVED - 1 <= len(space.values(row)) <= MOST_MOVED
    for key, value in space.values(rows[5]).items():
        lever = levers()[key]
        steps = (value - lever.range[0]) / lever.step
        assert lever.range[0] <= value <= lever.range[1]
        assert abs(steps - round(steps)) < 1e-6 or value == lever.range[1]
    relief = {k: s[-1].value for k, s in read_scenario("relief").levers.items()}
    found = space.values(rows[1])
    assert {k: pytest.approx(v, abs=levers()[k].step / 2) for k, v in found.items()} == {k: relief[k] for k in found}


def test_levers_of_a_system_that_is_off_are_not_searched():
    from dataclasses import replace

    base = replace(read_scenario("baseline"), systems=("cadres",))
    found = space_of(World(shipped_profile(), 1000, base, 64), ())
    assert {x.system for x in found.levers} == {"cadres"}
    only = space_of(World(shipped_profile(), 1000, base, 64), ("growth",))
    assert {x.group for x in only.levers} == {"growth"}


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_scenario_that_is_written_reads_as_it_was(name, tmp_path):
    from dataclasses import replace

    shipped = read_scenario(name)
    odd = replace(shipped, parameters={"regrowth": 0.07}, forms={"rank_is_relative": "off"}, coupled=False)
    for k, scenario in enumerate((shipped, odd)):
        path = tmp_path / f"{name}{k}.toml"
        path.write_text(scenario_text(scenario), encoding="utf-8")
        assert read_scenario(str(path)) == replace(scenario, name=f"{name}{k}")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


SEARCH = ("optimise", "--maximise", "vitality", "--minimise", "three_burdens", "--budget", "1e6", "--population", "8",
          "--generations", "2", "--scale", "1:1000", "--until", "2023-08", "--draws", "1", "--jobs", "1",
          "--out", "o")  # fmt: skip


@pytest.mark.slow
def test_a_search_from_the_command_line_saves_mixes_that_run_and_goes_on_where_it_stopped(folder, capsys):
    assert main([*SEARCH, "--quiet", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["front"] and all(row["cost"] <= 1e6 for row in found["front"] if row["within"])
    for row in found["front"]:
        assert main(["check", f"o/mixes/{row['mix']}.toml"]) == 0
    capsys.readouterr()
    told = {r["scenario"]: r for r in found["shipped"]}
    assert set(told) == set(shipped_scenarios()) - {"baseline"}
    rows = {r["mix"]: r for r in found["front"]}
    for row in told.values():
        winner = rows.get(row["beaten_by"])
        if winner:
            assert winner["cost"] <= row["cost"] * (1 + 1e-9)
            assert winner["vitality"] >= row["vitality"] and winner["three_burdens"] <= row["three_burdens"]
            assert (winner["vitality"], winner["three_burdens"]) != (row["vitality"], row["three_burdens"])
    table = pd.read_csv("o/search.csv")
    assert 8 < len(table) <= 16 and table["front"].any()
    assert {"front-en.png", "front-zh.svg"} <= {p.name for p in (folder / "o" / "figures").iterdir()}
    lines = (folder / "o" / "evaluations.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "o" / "evaluations.jsonl").write_bytes(b"".join(lines[:14]))
    (folder / "o" / "manifest.json").unlink()
    assert main([*SEARCH, "--quiet", "--format", "json", "--resume"]) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert main([*SEARCH, "--lang", "zh"]) == 0
    captured = capsys.readouterr()
    assert "组合或情景" in captured.out and "第 2/2 代" in captured.err


@pytest.mark.slow
def test_one_goal_is_joined_by_the_cost_and_regret_is_never_negative_for_the_known(folder, capsys):
    line = ["optimise", "--maximise", "vitality", "--robust", "regret", "--only", "relief,growth", *SEARCH[5:]]
    assert main([*line, "--quiet", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert all("policy_cost" in row for row in found["front"])
    assert all(row["vitality"] >= 0 for row in found["shipped"])
    assert {k for k in found["front"][0] if k in levers()} == {
        x.id for x in levers().values() if x.group in ("relief", "growth")
    }


FAULTS = {
    "--budget 1e6": "optimise: must name an outcome with --maximise or --minimise; got none",
    "--maximise vitality": "optimise: must be given a budget with --budget, in CNY/month; got none",
    "--maximise vitalty --budget 1": "--outcome vitalty: unknown outcome; did you mean 'vitality'? "
    "(see: run_sim.py list outcomes)",
    "--maximise vitality --minimise vitality --budget 1": "--minimise vitality: must set each name once; "
    "got 'vitality' twice",
    "--maximise vitality --budget -1": "--budget -1: must be in 0–1e+12; got '-1'",
    "--maximise vitality --budget much": "--budget much: must be in 0–1e+12; got 'much'",
    "--maximise vitality --budget nan": "--budget nan: must be in 0–1e+12; got 'nan'",
    "--maximise vitality --budget 1 --only relif": "--only relif: unknown lever; did you mean 'relief'? "
    "(see: run_sim.py list levers)",
    "--maximise vitality --budget 1 --only fault_tolerance": "--only: must leave two settings or more to vary; got 1",
    "--maximise vitality --budget 1 --robust best": "--robust best: must be mean or worst or regret; got 'best'",
    "--maximise vitality --budget 1 --population 4": "--population 4: must be a whole number in 8–1000; got '4'",
    "--maximise vitality --budget 1 --generations 100": "optimise: must be at most 5,000 runs without --yes; "
    "got 14,460; add --yes",
}


@pytest.mark.parametrize(("line", "says"), FAULTS.items())
def test_what_cannot_be_asked_is_refused_in_one_line(line, says, folder, capsys):
    assert main(["optimise", *line.split()]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", says + "\n")
    assert not list(folder.iterdir())
    assert "must" not in in_chinese(says) and "got" not in in_chinese(says)
