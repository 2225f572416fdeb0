"""A school's mean attainment is what its pupils are compared with.

Direction: none; bookkeeping for rank.
"""

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="score_mean", arrows="-", system="education", source="A50",
           zh="统计学校平均学业水平")
def schools_average_scores(mean__family__score):
    """Return the mean over the present pupils."""
    return mean__family__score
