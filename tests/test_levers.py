"""Levers: each one moves something by itself, or it is known which other lever it waits for."""

import numpy as np
import pytest
from cities import shipped_profile

from experiments.lever_effects import (
    Effect,
    dead_levers,
    effects_of,
    ends,
    faint_levers,
    lever_effects,
    mean_of,
    page,
    spreads,
)
from experiments.what_if import changed
from model.declare.setting import NEVER, levers
from model.outcomes import OUTCOMES

EXPECTED = (
    ("homework_oversight", "homework_minutes_junior", -1),
    ("after_school_duty", "after_school_coverage", +1),
    ("burden_reduction", "formalism_hours", -1),
    ("fault_tolerance", "bold_action_rate", +1),
    ("enforcement_intensity", "violations_found", +1),
    ("family_support", "family_strain_share", -1),
    ("academic_compression", "licensed_academic", -1),
    ("fire_certificate_capacity", "relicensed_share", +1),
)


@pytest.mark.slow
def test_every_lever_moves_an_outcome():
    effects = lever_effects(shipped_profile(), scale=400, months=18)
    assert list(dead_levers(effects)) == []
    assert len(faint_levers(effects)) < len(levers()) / 2
    signs = {(e.lever, e.outcome): np.sign(e.size) for e in effects}
    assert [row for row in EXPECTED if signs[row[:2]] != row[2]] == []
    text = page(effects, 400, 18)
    assert all(f"\n| `{key}` | " in text for key in levers())
    assert "Levers that move nothing: none." in text


def test_effects_are_high_less_low_in_units_and_in_spreads():
    outcome, other = "exhaustion", "cynicism"
    years = {
        "x@low": {outcome: np.full(12, 0.2), other: np.full(12, 0.5)},
        "x@high": {outcome: np.full(12, 0.4), other: np.full(12, 0.5)},
    }
    spread = spreads(years)
    assert np.allclose([spread[outcome], spread[other]], [0.1, 0])
    (effect,) = effects_of("x", years, spread)
    assert (effect.lever, effect.outcome, effect.steady) == ("x", outcome, True)
    assert np.allclose([effect.size, effect.spreads], [0.2, 2.0])


def test_an_effect_that_changes_sign_is_not_steady_and_months_without_a_value_do_not_count():
    change = np.r_[np.full(9, 1.0), np.full(3, -0.5)]
    years = {"x@low": {"exhaustion": np.zeros(12)}, "x@high": {"exhaustion": change}}
    assert [e.steady for e in effects_of("x", years, spreads(years))] == [False]
    assert mean_of(np.array([np.nan, 2.0, 4.0])) == 3
    assert mean_of(np.array([np.nan])) == 0


def test_dead_and_faint_levers_are_told_apart():
    steady = Effect("fault_tolerance", "bold_action_rate", OUTCOMES["bold_action_rate"].notable * 2, 1.0, True)
    weak = Effect("role_clarity", "bold_action_rate", 1e-9, 0.0, True)
    keys = ("fault_tolerance", "role_clarity", "family_support")
    assert dead_levers([steady, weak], keys) == ["family_support"]
    faint = faint_levers([steady, weak])
    assert "fault_tolerance" not in faint
    assert {"role_clarity", "family_support"} <= set(faint)


def test_the_ends_of_a_lever_are_those_of_its_range_and_a_deadline_is_compared_with_none():
    assert ends(levers()["burden_reduction"]) == (0.0, 0.8)
    assert ends(levers()["relicensing_deadline"]) == (29.0, NEVER)


def test_a_path_changes_from_the_month_of_each_step_on():
    assert changed((0, 0, 0, 0), {1: 5, 3: 7}) == (0, 5, 5, 7)
    assert changed((1, 2), {}) == (1, 2)
    assert changed((0,), {5: 1}) == (0,)
