"""Families trust a school for its teaching, its service and its homework.

Direction: each of them up, trust up, slowly.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="family", writes="trust", arrows="a11 k3", system="education", source="R35 arrow-a11 arrow-k3",
           zh="家长因教学、课后服务和作业质量信任学校")
def families_judge_schools(trust, school__quality, school__service_quality, school__design, attends_service, *,
                           parent_outreach, trust_quality, trust_service, trust_design, trust_outreach,
                           trust_pace):
    """Move trust towards what the family sees."""
    seen = (trust_quality * school__quality + trust_service * attends_service * school__service_quality
            + trust_design * school__design + trust_outreach * (1 - np.exp(-parent_outreach)))
    return np.clip(trust + trust_pace * (seen - trust), 0, 1)
