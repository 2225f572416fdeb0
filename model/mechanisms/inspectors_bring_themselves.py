"""Enforcement is as strong as its inspectors: their energy, their hours left for visits, their fear of blame.

Direction: engagement up, sight up; paperwork up, effective visits down; perceived sanction risk up,
visits move to what is easy to count (goal displacement).
"""

import numpy as np

from model.declare.mechanism import mechanism

MOST_EFFORT = 3


@mechanism(on="bureau", writes="inspector_energy inspector_effort easy_targets inspector_hours", arrows="k4 k5",
           system="coupling", source="C11 R32 C18 arrow-k4 arrow-k5",
           zh="执法效果取决于执法人员的投入、工时与避责")
def inspectors_bring_themselves(mean__member__engagement, mean__member__effort, mean__member__paper_hours,
                                mean__member__hours, mean__member__avoidance, count__member, district__trips, *,
                                effort_usual, paper_usual, easy_avoidance, hours_per_trip, weeks_per_month,
                                inspector_hours_most):
    """Compare effort and paper share with the usual."""
    work = mean__member__effort * (1 - mean__member__paper_hours / np.maximum(mean__member__hours, 1))
    effort = work / (effort_usual * (1 - paper_usual))
    hours = district__trips * hours_per_trip / weeks_per_month / np.maximum(count__member, 1)
    return (mean__member__engagement, np.clip(effort, 0, MOST_EFFORT),
            np.clip(easy_avoidance * mean__member__avoidance, 0, 1),
            np.minimum(hours, inspector_hours_most))
