"""Rank is relative: if all rise, nobody moves up (positional good).

Direction: own score up, rank improves; others' scores up, rank worsens.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="family", writes="rank", arrows="a15", system="education", source="A27 A50 arrow-a15",
           zh="位次是相对的")
def rank_is_relative(score, school__score_mean, *, rank_slope):
    """Return the place between 0 (first) and 1 (last) by a logistic of the distance to the mean."""
    return 1 / (1 + np.exp(rank_slope * (score - school__score_mean)))
