"""The benchmark's own arithmetic: what it prints must mean what it says. Nothing here is timed."""

import numpy as np
import pytest

from benchmarks import measure, phases
from benchmarks.page import BARS, TWIN, bars, page
from model.simulation import City
from scenarios.city import read_city


def test_the_growth_exponent_of_a_power_is_its_power():
    sizes = [1.0, 2.0, 8.0]
    assert measure.growth(sizes, [3 * s**1.5 for s in sizes]) == pytest.approx(1.5)


def test_bytes_that_must_move_grow_with_the_families():
    few, many = (City(read_city(), measure.settings_for(), seed=1, scale=s) for s in (800, 400))
    extra = measure.bytes_a_month(many) - measure.bytes_a_month(few)
    assert extra > 0


def test_agents_that_step_are_those_that_mesa_lists():
    city = City(read_city(), measure.settings_for(), seed=1, scale=800)
    assert measure.agents_in(city) == len(city.agents)


def test_pairing_gains_cover_the_headline_outcomes():
    gains, means = measure.pairing_gain("crackdown", scale=800, replicates=2)
    assert set(means) == set(gains) and means["tutoring_share"][0] > means["tutoring_share"][1] > 0
    assert set(gains) == {o.id for o in measure.OUTCOMES.values() if o.headline} - {"policy_cost"}
    assert all(np.isnan(g) or g >= 0 for g in gains.values())


def test_the_ceiling_of_pairing_is_that_of_persons_who_leave_one_by_one():
    rng = np.random.default_rng(1)
    before = rng.random((4000, 400)) < 0.3
    after = before & (rng.random(before.shape) < 0.4)
    other = rng.random(before.shape) < 0.12
    paired, independent = ((before.mean(axis=1) - b.mean(axis=1)).var() for b in (after, other))
    assert measure.pairing_ceiling(0.3, 0.12) == pytest.approx(independent / paired, rel=0.1)
    assert measure.pairing_ceiling(0.12, 0.3) == measure.pairing_ceiling(0.3, 0.12)


def test_operations_are_counted_through_whatever_a_rule_does_with_its_arrays():
    values, tally = np.arange(4.0).view(phases.Counted), phases.Counter()
    values.tally = tally
    found = np.where(values > 1, np.exp(values), values * values).sum()
    assert found == pytest.approx(0 + 1 + np.exp(2) + np.exp(3))
    assert tally == {"operations": 5, "elements": 20, "curve elements": 4}


def test_a_month_has_as_many_draws_as_rows_draw():
    city = City(read_city(), measure.settings_for(), seed=1, scale=800)
    done, drawing = phases.operations_a_month(city), 0
    for call in city.calls:
        names = call.mechanism.arguments()[0] if not call.when else ()
        drawing += sum(name.startswith("u_") for name in names) * city.tables[call.on].n
    assert done["draws"] == drawing > 0
    assert done["elements"] > done["curve elements"] > 0


def test_phases_are_named_after_what_an_argument_is():
    names = ("u_leave", "score", "sum__family__tuition", "mean__classmates__tutored", "city__momentum", "leader__care")
    kinds = ["draws", "own columns", "sums over groups", "ties", "other tables whole", "look-ups"]
    assert [phases.kind_of(name, "family") for name in names] == kinds


def test_a_visit_reads_and_writes_what_it_says():
    agent = type("Agent", (), {"mood": 1.0, "u_luck": 0.3})()
    phases.visit_of(["mood", "u_luck"], ("mood",))(agent)
    assert agent.mood == 0.5


def test_the_page_says_which_bars_are_met():
    rows = [(where, what, bar * (1.1 if side == "at least" else 0.9), "s") for _, where, what, side, bar in BARS]
    assert {line[-1] for line in bars(rows)} == {"yes"}
    missed = [(where, what, value * 0.5 if what == TWIN else value, unit) for where, what, value, unit in rows]
    assert [line[0] for line in bars(missed) if line[-1] != "yes"] == [BARS[0][0]]


def test_the_page_is_made_of_what_was_measured():
    named = (
        "agents", "phase rules", "empty calls of these operations", "agent-steps per second, plain Mesa twin",
        f"{TWIN}, as run", "elements in rules", "array operations in rules", "exp, tanh, log, sqrt in rules", "draws",
        "time over the memory-bandwidth floor", "visits rule by rule, plain Mesa",
        "speed over a twin written rule by rule (estimate)", "mechanism prospects_are_judged",
    )  # fmt: skip
    rows = [(where, what, bar, "s") for _, where, what, _, bar in BARS]
    rows += [("1:20", name, 1e6 if "agent-steps" in name else 40.0, "unit") for name in named]
    most = ", at most, with the same persons"
    rows += [("crackdown", f"tutoring_share{most}", 2.7, "factor"), ("relief", f"overload_share{most}", 1.45, "factor")]
    machine = dict.fromkeys(("cpu", "cores", "system", "python", "numpy", "mesa"), "here")
    text = "\n".join(page(rows, machine))
    assert "The twin takes 1000 ns an agent-step, so a factor of 100 leaves the columns 10 ns" in text
    assert "take 40 ns" in text and "the ratio would be 25." in text
    assert "2.7 for tutoring" in text
    assert "| prospects_are_judged | 40.00 |" in text
