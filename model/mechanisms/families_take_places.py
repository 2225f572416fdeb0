"""Families take the places they are granted and pay the market's price.

Direction: price up, tuition up; refused applicants stay as they were.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import FORMS, IN_GROUP, NO_TUTORING


@mechanism(on="family", writes="mode market_id tutored hidden tuition", arrows="-", system="education",
           source="A22", zh="家庭获得名额并缴费")
def families_take_places(mode, market_id, district_id, applies, market__keep, market__grant,
                         every__market__price, u_place):
    """Turn what is wanted into what is had."""
    wanted = np.where(market_id >= 0, market_id - district_id * FORMS + 1, NO_TUTORING)
    stays = np.where((wanted > NO_TUTORING) & (u_place < market__keep), wanted, NO_TUTORING)
    mode = np.where(applies, np.where(u_place < market__grant, wanted, mode), stays)
    tutored = mode > NO_TUTORING
    market = np.where(tutored, district_id * FORMS + mode - 1, -1)
    return mode, market, tutored, mode >= IN_GROUP, tutored * every__market__price.astype(u_place.dtype)[market]
