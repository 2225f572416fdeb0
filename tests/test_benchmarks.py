"""The benchmark's own arithmetic: what it prints must mean what it says. Nothing here is timed."""

import numpy as np
import pytest

from benchmarks import measure
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
    gains = measure.pairing_gain("crackdown", scale=800, replicates=2)
    assert set(gains) == {o.id for o in measure.OUTCOMES.values() if o.headline} - {"policy_cost"}
    assert all(np.isnan(g) or g >= 0 for g in gains.values())
