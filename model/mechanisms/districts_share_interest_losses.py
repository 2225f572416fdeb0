"""Prepaid losses of suspended interest classes are shared by the families in such classes.

Direction: suspensions up, loss per pupil up.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE


@mechanism(on="district", writes="interest_loss_each", arrows="-", system="education", source="R24",
           zh="兴趣班未退费用由在读家庭分担")
def districts_share_interest_losses(every__institution__refund_lost, every__institution__interest_closing,
                                    every__institution__district_id, interest_demand):
    """Divide the district's losses by its pupils in interest classes."""
    lost = np.bincount(every__institution__district_id, minlength=interest_demand.size,
                       weights=every__institution__refund_lost * (every__institution__interest_closing > 0))
    return np.where(interest_demand > 0, lost / np.maximum(interest_demand, ALMOST_NONE), 0)
