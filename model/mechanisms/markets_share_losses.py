"""Prepaid losses are borne by the families that are displaced, in equal parts.

Direction: none; what providers do not pay back is what families lose (conservation).
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE


@mechanism(on="market", writes="loss_each refund_pending", arrows="-", system="education", source="R20",
           zh="未退费用由失去名额的家庭分担")
def markets_share_losses(refund_pending, sum__family__displaced):
    """Divide what is pending by the displaced pupils, if any."""
    some = sum__family__displaced > 0
    each = refund_pending / np.maximum(sum__family__displaced, ALMOST_NONE)
    return np.where(some, each, 0), np.where(some, 0, refund_pending)
