"""A family reconsiders its tutoring now and then, and at once when it has lost its place.

Direction: none; inertia of habits.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import FORMS, NO_TUTORING


@mechanism(on="family", writes="reconsiders applies market_id", arrows="a8", system="education",
           source="A28 arrow-a8", zh="家庭不时重新考虑培训安排", optional=False)
def families_reconsider(mode, district_id, displaced, u_reconsider, *, reconsider_rate):
    """Mark who reconsiders; everybody else stays in the present market."""
    market = np.where(mode > NO_TUTORING, district_id * FORMS + mode - 1, -1)
    return (u_reconsider < reconsider_rate) | displaced, np.zeros(mode.size, bool), market
