"""Members age; the exhausted, the cynical and the blocked leave more often; newcomers take their posts.

Direction: exhaustion, cynicism and blocked careers up, exits up. A newcomer starts young, with no
record and average strain.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.unit import monthly_probability


@mechanism(on="member", writes="left age tenure_months exhaustion cynicism experienced scar_months", arrows="b8",
           system="cadres", source="B25 S7 arrow-b8", zh="耗竭、疏离与受阻者更易离岗，由新人接续")
def people_leave_and_arrive(age, tenure_months, exhaustion, cynicism, experienced, scar_months, career_blocked,
                            u_leave, *, exit_rate_base, exit_exhaustion, exit_cynicism, exit_blocked,
                            retirement_age, newcomer_age, newcomer_exhaustion, newcomer_cynicism, months_per_year):
    """Draw exits and reset the rows of newcomers."""
    rate = exit_rate_base * np.exp(exit_exhaustion * (exhaustion - newcomer_exhaustion)
                                   + exit_cynicism * (cynicism - newcomer_cynicism) + exit_blocked * career_blocked)
    left = (u_leave < monthly_probability(rate)) | (age >= retirement_age)
    return (left, np.where(left, newcomer_age, age + 1 / months_per_year), np.where(left, 0, tenure_months),
            np.where(left, newcomer_exhaustion, exhaustion), np.where(left, newcomer_cynicism, cynicism),
            experienced & ~left, np.where(left, 0, scar_months))
