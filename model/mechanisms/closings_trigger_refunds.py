"""When a provider stops, prepaid fees are due: escrow comes back, of the rest a part is lost.

Direction: escrow up, loss down; public lists and mediation raise what is recovered.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="institution", writes="refund_due refund_paid refund_lost prepaid escrow", arrows="a6",
           system="education", source="R14 R20 R24 arrow-a6", zh="停办触发退费，托管部分全额退还")
def closings_trigger_refunds(prepaid, escrow, closed_now, interest_closing, *, public_lists, recovery_base,
                             recovery_lists):
    """Split what is due into paid and lost."""
    stops = closed_now | (interest_closing > 0)
    due = prepaid * stops
    back = np.minimum(escrow * stops, due)
    recovered = np.minimum(recovery_base + recovery_lists * public_lists, 1)
    paid = back + (due - back) * recovered
    return due, paid, due - paid, prepaid * ~stops, escrow * ~stops
