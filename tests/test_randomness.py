"""Chance: the same seed gives the same city, and a change touches only what it causes."""

import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from cities import (
    SMALLER,
    apply,
    columns_that_differ,
    future,
    history,
    identical,
    new_city,
    outcomes,
    outcomes_that_differ,
    status_quo,
)
from hypothesis import given
from hypothesis import strategies as st

from model.declare.draws import Draws, KeptDraws, luck, poisson, stream_key
from model.declare.setting import levers
from model.schedule import SCHEDULE
from model.simulation import City

FAR = {
    key: lever.range[1] if lever.default < sum(lever.range) / 2 else lever.range[0] for key, lever in levers().items()
}
NEXT_YEAR = 41


def test_the_same_seed_gives_the_same_city_to_the_last_bit():
    one, other = new_city().run(14), new_city().run(14)
    assert columns_that_differ(one, other) == []
    assert outcomes_that_differ(one, other) == []


def test_another_seed_gives_another_city():
    one, other = new_city(seed=1).run(2), new_city(seed=2).run(2)
    differing = set(columns_that_differ(one, other))
    assert {"family.income", "member.exhaustion", "institution.boldness", "school.pupils"} <= differing
    assert outcomes_that_differ(one, other)


def test_seeds_beyond_32_bits_are_kept_apart():
    one, other = new_city(seed=5), new_city(seed=5 + 2**32)
    assert "family.income" in columns_that_differ(one, other)


@pytest.mark.parametrize("month", [3, 8])
def test_a_saved_city_goes_on_exactly(month):
    straight = new_city(status_quo(months=14)).run(14)
    state = new_city(status_quo(months=14)).run(month).save()
    resumed = City.restore(state, status_quo(months=14)).run(14)
    from_disk = City.restore(pickle.loads(pickle.dumps(state)), status_quo(months=14)).run(14)
    for city in (resumed, from_disk):
        assert columns_that_differ(straight, city) == []
        assert outcomes_that_differ(straight, city) == []


def test_a_city_that_goes_on_leaves_its_saved_state_alone():
    city = new_city(status_quo(months=14)).run(3)
    state = city.save()
    before = {name: {c: table[c].copy() for c in table} for name, table in state.tables.items()}
    city.run(9)
    City.restore(state, status_quo(FAR, start=3, months=14)).run(9)
    assert all(identical(before[n][c], state.tables[n][c]) for n in before for c in before[n])
    assert state.month == 3
    assert len(state.rows) == 3


def test_a_lever_that_moves_in_a_month_leaves_every_earlier_month_alone():
    usual, moved = status_quo(months=22), status_quo(FAR, start=20, months=22)
    one, other = new_city(usual).run(20), new_city(moved).run(20)
    assert columns_that_differ(one, other) == []
    one.run(22)
    other.run(22)
    assert outcomes_that_differ(one, other, months=20) == []
    assert outcomes_that_differ(one, other)


@pytest.mark.parametrize("more", [1, 40])
def test_one_more_family_changes_nobody_else(more):
    one, other = new_city().run(16), new_city(extra_families=more).run(16)
    assert other.tables["family"].n == one.tables["family"].n + more
    assert columns_that_differ(one, other) == []
    assert outcomes_that_differ(one, other) == []


def test_the_order_in_which_scenarios_are_run_is_irrelevant():
    crackdown, relief = {"enforcement_intensity": 600}, {"burden_reduction": 0.6}
    first = [future(crackdown, 34), future(relief, 34)]
    second = [future(relief, 34), future(crackdown, 34)][::-1]
    for one, other in zip(first, second, strict=True):
        assert columns_that_differ(one, other) == []
        assert outcomes_that_differ(one, other) == []


def test_a_change_of_no_strength_makes_no_difference_at_all():
    usual = {key: values[-1] for key, values in status_quo(months=NEXT_YEAR).lever_values.items()}
    one, other = future(None, 38), future(usual, 38)
    assert columns_that_differ(one, other) == []
    assert outcomes_that_differ(one, other) == []


def test_watching_an_agent_and_skipping_the_range_check_change_nothing():
    state = history()
    one = City.restore(state, status_quo(months=33)).run(33)
    other = City.restore(state, status_quo(months=33), watch=("family", 3), check=False).run(33)
    assert other.log
    assert columns_that_differ(one, other) == []


@pytest.mark.parametrize("low, high", [(0.2, 0.6), (0.6, 1.0)])
def test_a_wider_duty_never_takes_service_from_a_school(low, high):
    weak, strong = (new_city(status_quo({"after_school_duty": duty}, start=0)) for duty in (low, high))
    for month in range(1, 13):
        served = weak.run(month).tables["school"]["offers_service"]
        assert not (served & ~strong.run(month).tables["school"]["offers_service"]).any()
    assert strong.tables["school"]["offers_service"].sum() > served.sum()


def test_more_homework_oversight_checks_all_who_were_checked_before():
    def rising(oversight):
        city = City.restore(history(), status_quo({"homework_oversight": oversight}, months=NEXT_YEAR))
        before = city.tables["school"]["comply_lower"]
        city.step()
        return city.tables["school"]["comply_lower"] > before

    few, many = rising(0.2), rising(0.8)
    assert not (few & ~many).any()
    assert many.sum() > few.sum() > 0


def test_a_stricter_rule_sanctions_all_whom_the_laxer_one_sanctions():
    member = history().tables["member"]
    u = Draws(1).uniform("errors_are_sanctioned.sanction", 29, member.n)

    def sanctioned(strictness):
        columns = {name: member[name] for name in ("erred", "good_faith", "falsely_reported", "scar_months")}
        return apply(
            "errors_are_sanctioned", **columns, city__accountability=strictness, u_sanction=u, sanction_share=1
        )[0]

    lax, strict = sanctioned(0.3), sanctioned(0.9)
    assert not (lax & ~strict).any()
    assert strict.sum() > lax.sum() > 0


def test_common_luck_makes_an_effect_clearer():
    moved, seeds = {"homework_oversight": 1.0}, range(1, 7)
    with_it = [outcomes(future(moved, 33, seed=s))["homework_minutes_junior"][-1] for s in seeds]
    without = [outcomes(future(None, 33, seed=s))["homework_minutes_junior"][-1] for s in seeds]
    paired = np.var(np.subtract(with_it, without), ddof=1)
    independent = np.var(np.subtract(with_it, np.roll(without, 1)), ddof=1)
    assert paired < independent / 4


@given(st.integers(0, 2**64 - 1), st.integers(-12, 200), st.integers(0, 50), st.integers(0, 50))
def test_more_rows_never_change_the_draws_of_the_first(seed, step, n, more):
    draws = Draws(seed)
    for take in (draws.uniform, draws.normal, partial(draws.uniform, dtype="f4")):
        assert identical(take("a.b", step, n + more)[:n], take("a.b", step, n))


def test_draws_do_not_hang_on_what_was_drawn_before():
    fresh, used = Draws(7).uniform("x.y", 3, 5), Draws(7)
    used.normal("x.z", 3, 11)
    used.uniform("x.y", 4, 3)
    assert identical(used.uniform("x.y", 3, 5), fresh)


def test_draws_lie_in_the_unit_interval_and_spread_over_it():
    n = 100_000
    u = Draws(1).uniform("a.b", 0, n)
    assert (u >= 0).all()
    assert (u < 1).all()
    counts = np.bincount((u * 10).astype(int), minlength=10)
    assert np.abs(counts - n / 10).max() < 5 * np.sqrt(n * 0.1 * 0.9)


@pytest.mark.parametrize("other", [(1, "a.c", 0), (1, "a.b", 1), (2, "a.b", 0), (1, "b.a", 0)])
def test_streams_months_and_seeds_are_unrelated(other):
    n = 40_000
    seed, stream, step = other
    r = np.corrcoef(Draws(1).uniform("a.b", 0, n), Draws(seed).uniform(stream, step, n))[0, 1]
    assert abs(r) < 5 / np.sqrt(n)


def test_no_two_decisions_share_a_stream():
    names = [f"{rule}.{decision}" for rule in SCHEDULE for decision in ("leave", "join", "visit")]
    assert len({stream_key(name) for name in names}) == len(names)


def test_luck_differs_by_seed_draw_and_replicate():
    kinds = [(s, d, r) for s in range(4) for d in range(4) for r in range(4)]
    assert len({luck(*kind) for kind in kinds}) == len(kinds)


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 50), st.floats(0, 50))
def test_a_poisson_count_never_falls_when_its_mean_rises(u, mean, more):
    low, high = poisson(np.array([u, u]), np.array([mean, mean + more]))
    assert 0 <= low <= high


def test_poisson_counts_have_the_mean_and_variance_that_they_should():
    n, mean = 200_000, 3.2
    count = poisson(Draws(3).uniform("p.q", 0, n), np.full(n, mean))
    assert abs(count.mean() - mean) < 5 * np.sqrt(mean / n)
    assert abs(count.var() - mean) < 5 * np.sqrt((mean + 2 * mean**2) / n)
    assert poisson(np.array([0.5]), np.array([1.0])) == 1


def test_a_bigger_sample_keeps_the_seed_of_every_draw_that_it_shares():
    few, many = Draws(9).uniform("founding.income", 0, SMALLER), Draws(9).uniform("founding.income", 0, 2 * SMALLER)
    assert identical(few, many[:SMALLER])


def test_kept_draws_are_the_same_numbers_and_made_once():
    plain, kept = Draws(5), KeptDraws(5, most_bytes=8 * 30)
    asked = [("a", 0, 10), ("a", 1, 10), ("b", 0, 10), ("c", 0, 10), ("a", 0, 11)]
    first = [kept.uniform(*what) for what in asked]
    assert all(np.array_equal(found, plain.uniform(*what)) for found, what in zip(first, asked, strict=True))
    again = [kept.uniform(*what) is found for what, found in zip(asked, first, strict=True)]
    assert again == [True, True, True, False, False], "what does not fit is drawn anew"
    assert kept.uniform("a", 0, 10, "f4").dtype == np.float32
    assert not first[0].flags.writeable


def test_futures_that_share_their_draws_are_what_they_are_alone():
    shared = replace(history(), draws=KeptDraws(history().seed))
    for moved in (None, {"fault_tolerance": 1.0}):
        settings = status_quo(moved, months=32)
        alone, sharing = (City.restore(state, settings).run(32) for state in (history(), shared))
        assert columns_that_differ(alone, sharing) == []
        assert np.array_equal(alone.record.values, sharing.record.values, equal_nan=True)
