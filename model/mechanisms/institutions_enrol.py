"""Providers share their market's pupils and fees by places, and hold fees paid ahead.

Direction: none; conservation. Supervised prepaid fees lie in escrow.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE
from model.entities.codes import LICENSED, NON_ACADEMIC


@mechanism(on="institution", writes="enrolled revenue prepaid escrow", arrows="-", system="education",
           source="R14 R20", zh="机构按名额分得学生与收费，并持有预收费")
def institutions_enrol(state, seats, interest_seats, market__seats, market__enrolled, market__revenue,
                       district__interest_seats, district__interest_demand, district__interest_revenue, *,
                       prepay_months, prepaid_supervision, prepaid_supervision_academic):
    """Split by places and set the balances."""
    share = np.where(seats > 0, seats / np.maximum(market__seats, ALMOST_NONE), 0)
    other = np.where(interest_seats > 0, interest_seats / np.maximum(district__interest_seats, ALMOST_NONE), 0)
    revenue = share * market__revenue + other * district__interest_revenue
    held = np.where(state == LICENSED, prepaid_supervision_academic,
                    np.where(state == NON_ACADEMIC, prepaid_supervision, 0))
    prepaid = prepay_months * revenue
    return share * market__enrolled + other * district__interest_demand, revenue, prepaid, prepaid * held
