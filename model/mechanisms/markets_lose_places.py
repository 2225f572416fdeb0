"""Places that close are gone from the market; their prepaid losses wait for those who are displaced.

Direction: closings up, share of places lost up. Losses of suspended interest classes are borne by the
families in such classes, if there are any, and not here.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE, sum_up


@mechanism(on="market", writes="seats_lost refund_pending", arrows="-", system="education", source="R20",
           zh="关停使市场名额减少")
def markets_lose_places(seats, refund_pending, sum__institution__seats_closing, every__institution__refund_lost,
                        every__institution__interest_closing, every__institution__market_id,
                        every__institution__district_id, every__district__interest_demand):
    """Return the share of places lost and add the losses of academic closings."""
    lost = np.clip(sum__institution__seats_closing / np.maximum(seats, ALMOST_NONE), 0, 1)
    taught = (every__district__interest_demand > 0)[every__institution__district_id]
    borne = (every__institution__interest_closing > 0) & taught
    academic = every__institution__refund_lost * ~borne
    waits = refund_pending + sum_up(academic, every__institution__market_id, seats.size)
    return np.where(seats > 0, lost, 0), waits
