"""Families take the places they are granted and pay the market's price.

Direction: price up, tuition up; refused applicants stay as they were and wait.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import FORMS, IN_GROUP, NO_TUTORING


@mechanism(on="family", writes="mode market_id tutored hidden tuition waits_for", arrows="-", system="education",
           source="A22", zh="家庭获得名额并缴费，未获者等候")
def families_take_places(mode, market_id, district_id, applies, market__grant, every__market__keep,
                         every__market__price, u_place):
    """Turn what is wanted into what is had; one draw decides on the new place and, failing that, on the old."""
    wanted = np.where(market_id >= 0, market_id - district_id * FORMS + 1, NO_TUTORING)
    granted = applies & (u_place < market__grant)
    held = (mode > NO_TUTORING) & (wanted > NO_TUTORING)
    kept = held & (u_place < every__market__keep.astype(u_place.dtype)[district_id * FORMS + np.maximum(mode, 1) - 1])
    mode = np.where(granted, wanted, np.where(kept, mode, NO_TUTORING))
    tutored = mode > NO_TUTORING
    market = np.where(tutored, district_id * FORMS + mode - 1, -1)
    price = every__market__price.astype(u_place.dtype)[market]
    return mode, market, tutored, mode >= IN_GROUP, tutored * price, np.where(applies & ~granted, wanted, NO_TUTORING)
