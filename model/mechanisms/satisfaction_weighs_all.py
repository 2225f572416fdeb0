"""Satisfaction weighs trust, homework, service, cost, sleep and losses.

Direction: trust and service up, satisfaction up; homework over the cap, spending, anxiety and lost
fees down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="family", writes="satisfaction", arrows="k7", system="education", source="A37 A38 arrow-k7",
           zh="满意度综合信任、作业、服务、支出与损失")
def satisfaction_weighs_all(satisfaction, trust, homework, homework_cap, tuition, interest_fee, service_fee,
                            income, anxiety, harmed, care_need, attends_service, *, satisfied_base,
                            satisfied_trust, satisfied_homework, satisfied_cost, satisfied_anxiety,
                            satisfied_harm, satisfied_care, satisfied_pace, minutes_per_hour):
    """Move satisfaction towards the weighted sum."""
    over = np.maximum(homework - homework_cap, 0) / minutes_per_hour
    share = (tuition + interest_fee + service_fee) / np.maximum(income, 1)
    felt = (satisfied_base + satisfied_trust * trust - satisfied_homework * over - satisfied_cost
            * np.minimum(share, 1)
            - satisfied_anxiety * anxiety - satisfied_harm * harmed + satisfied_care * care_need * attends_service)
    return np.clip(satisfaction + satisfied_pace * (felt - satisfaction), 0, 1)
