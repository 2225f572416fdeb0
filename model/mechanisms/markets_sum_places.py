"""A market's places are its providers' places; online classes come from outside and shrink with the national closure.

Direction: none for local markets; closure up, online places down.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import ONLINE


@mechanism(on="market", writes="seats risk", arrows="a1", system="education", source="A7 A10 A11 arrow-a1",
           zh="市场名额为各机构名额之和，线上随全国压减减少")
def markets_sum_places(form, district__pupils, sum__institution__seats, mean__institution__perceived_risk,
                       city__closure_share, *, online_share, online_cut):
    """Sum the places and average the perceived risk."""
    online = district__pupils * online_share * (1 - online_cut * city__closure_share)
    return np.where(form == ONLINE, online, sum__institution__seats), mean__institution__perceived_risk
