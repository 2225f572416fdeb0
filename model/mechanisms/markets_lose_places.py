"""Places that close are gone from the market; their prepaid losses wait for those who are displaced.

Direction: closings up, share of places lost up.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="market", writes="seats_lost refund_pending", arrows="-", system="education",
           source="R20", zh="关停使市场名额减少")
def markets_lose_places(seats, refund_pending, sum__institution__seats_closing, sum__institution__refund_lost):
    """Return the share of places lost and add the losses."""
    lost = np.clip(sum__institution__seats_closing / np.maximum(seats, 1e-9), 0, 1)
    return np.where(seats > 0, lost, 0), refund_pending + sum__institution__refund_lost
