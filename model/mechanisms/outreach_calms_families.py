"""Outreach and counselling calm families for a while; seeing others tutored in secret undoes it.

Direction: contacts up, calm up, with falling returns; it decays, faster where hidden tutoring is near (relapse).
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="family", writes="calm", arrows="a11", system="education", source="A46 R5 R34 arrow-a11",
           zh="宣传引导与心理辅导使家长安心，隐形培训使其反弹")
def outreach_calms_families(calm, mean__classmates__hidden, city__momentum, *, parent_outreach,
                            wellbeing_support, calm_outreach, outreach_half, calm_campaign, calm_wellbeing,
                            calm_decay, calm_relapse):
    """Add this month's reassurance to what is left of it."""
    heard = outreach_half * parent_outreach / (outreach_half + parent_outreach)
    height = 1 + calm_campaign * city__momentum * (1 - city__momentum)
    gain = calm_outreach * heard * height + calm_wellbeing * wellbeing_support
    left = calm * (1 - np.minimum(calm_decay + calm_relapse * mean__classmates__hidden, 1))
    return np.clip(left + gain * (1 - left), 0, 1)
