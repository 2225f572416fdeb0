"""Robustness: every measure on a table of three options in four worlds, worked by hand."""

import numpy as np
import pytest

from experiments import robustness as r

# Options: steady, bold, poor.
TABLE = np.array([[5.0, 5.0, 5.0, 5.0], [9.0, 8.0, 1.0, 10.0], [4.0, 4.0, 4.0, 0.0]])


def test_measures_by_hand():
    assert r.maximin(TABLE).tolist() == [5, 1, 0]
    assert r.laplace(TABLE).tolist() == [5, 7, 3]
    # Best by world: 9, 8, 5, 10.
    assert r.regrets(TABLE).tolist() == [[4, 3, 0, 5], [0, 0, 4, 0], [5, 4, 1, 10]]
    assert r.minimax_regret(TABLE).tolist() == [5, 4, 10]
    # 90th percentile of 0, 3, 4, 5: 0.7 of the way from 4 to 5; of 0, 0, 0, 4: 0.7 of 4; of 1, 4, 5, 10: 5 + 0.7 × 5.
    assert r.high_regret(TABLE).tolist() == pytest.approx([4.7, 2.8, 8.5])
    assert r.satisficing(TABLE, 4.0).tolist() == [1.0, 0.75, 0.75]
    # Variances: 0; (4 + 1 + 36 + 9) / 4 = 12.5; (1 + 1 + 1 + 9) / 4 = 3.
    assert r.mean_variance(TABLE).tolist() == pytest.approx([5, 7 - 12.5**0.5, 3 - 3**0.5])
    assert r.mean_variance(TABLE, caution=0).tolist() == r.laplace(TABLE).tolist()


def test_the_worst_share_is_at_least_one_world():
    assert r.worst_mean(TABLE).tolist() == r.maximin(TABLE).tolist()
    assert r.worst_mean(TABLE, 0.5).tolist() == [5, 4.5, 2]


def test_an_outcome_that_should_be_low_is_turned():
    assert r.robustness(-TABLE, "low", threshold=-4.0).keys() == r.robustness(TABLE, "high", threshold=4.0).keys()
    for one, other in zip(
        r.robustness(-TABLE, "low", threshold=-4.0).values(), r.robustness(TABLE, "high", threshold=4.0).values(),
        strict=True,
    ):  # fmt: skip
        assert one.tolist() == other.tolist()


def test_regret_against_a_given_best_can_be_a_gain():
    assert r.high_regret(TABLE[:1], best=np.full(4, 3.0)).tolist() == pytest.approx([-2])


def test_without_a_threshold_nothing_is_said_about_satisficing():
    assert "satisficing" not in r.robustness(TABLE, "high")
