"""Displaced families lose their part of the prepaid fees and their place.

Direction: displacement up, loss up.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import NO_TUTORING


@mechanism(on="family", writes="refund_lost harmed mode", arrows="-", system="education", source="R20 R24",
           zh="失去名额的家庭承担未退费用")
def families_lose_fees(mode, displaced, takes_interest, market__loss_each, district__interest_loss_each, *,
                       harm_threshold):
    """Book the loss and leave the market."""
    lost = displaced * market__loss_each + takes_interest * district__interest_loss_each
    return lost, lost > harm_threshold, np.where(displaced, NO_TUTORING, mode)
