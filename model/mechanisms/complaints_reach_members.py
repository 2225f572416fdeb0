"""Complaints and dissatisfaction come back to members as accountability pressure.

Direction: complaints up, satisfaction down → pressure up.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="city", writes="complaint_pressure", arrows="k7", system="coupling", source="R16 arrow-k7",
           zh="投诉与不满转化为对成员的问责压力")
def complaints_reach_members(sum__district__complaints, mean__family__satisfaction, *, complaints_usual,
                             satisfaction_usual, dissatisfaction_pressure):
    """Compare this month's complaints and satisfaction with the usual."""
    many = sum__district__complaints / (sum__district__complaints + complaints_usual)
    return np.clip(many + dissatisfaction_pressure * (satisfaction_usual - mean__family__satisfaction), 0, 1)
