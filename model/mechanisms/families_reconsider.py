"""A family reconsiders its tutoring now and then, and at once when it has lost its place.

Direction: none; inertia of habits. Who was refused a place goes on waiting for it until then.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import FORMS, NO_TUTORING


@mechanism(on="family", writes="reconsiders applies market_id", arrows="a8", system="education",
           source="A28 arrow-a8", zh="家庭不时重新考虑培训安排，未获名额者继续等候", optional=False)
def families_reconsider(mode, waits_for, district_id, displaced, u_reconsider, *, reconsider_rate):
    """Mark who reconsiders; everybody else stays in the present market, or goes on asking for a place."""
    waits = waits_for > NO_TUTORING
    wanted = np.where(waits, waits_for, mode)
    market = np.where(wanted > NO_TUTORING, district_id * FORMS + wanted - 1, -1)
    return (u_reconsider < reconsider_rate) | displaced, waits, market
