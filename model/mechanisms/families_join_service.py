"""Families join after-school service for care and quality, and because classmates do; fees deter.

Direction: quality, care need and classmates up, participation up; fee up, participation down,
more for poor families. Coverage is not participation.
"""

import numpy as np

from model.declare.curve import logistic
from model.declare.mechanism import mechanism


@mechanism(on="family", writes="attends_service service_fee", arrows="a12", system="education",
           source="A34 A36 arrow-a12", zh="家庭因看护、质量和同伴参加课后服务")
def families_join_service(attends_service, service_taste, care_need, income_log, school__offers_service,
                          school__service_quality, mean__classmates__attends_service, u_join, *,
                          after_school_fee, in_term, join_base, join_care, join_quality, join_peers, join_fee,
                          join_rate, leave_rate):
    """Join or leave at a monthly rate according to whether the family would rather attend."""
    pull = (join_base + join_care * care_need + join_quality * school__service_quality
            + join_peers * mean__classmates__attends_service - join_fee * after_school_fee * np.exp(-income_log))
    wants = (service_taste < logistic(pull)) & school__offers_service
    stays = attends_service & school__offers_service & (wants | (u_join >= leave_rate))
    attends = stays | (wants & (u_join < join_rate * in_term))
    return attends, attends * (after_school_fee * in_term)
