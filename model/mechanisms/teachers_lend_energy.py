"""A school has the energy of its teachers.

Direction: engagement up, exhaustion down → energy up.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="teacher_energy", arrows="k3", system="coupling", source="R27 R35 arrow-k3",
           zh="学校的精力来自教师的投入与耗竭")
def teachers_lend_energy(mean__member__engagement, mean__member__exhaustion, *, energy_neutral, energy_scale,
                         energy_engagement_usual, energy_exhaustion_usual):
    """Centre engagement less exhaustion on the usual."""
    gap = (mean__member__engagement - energy_engagement_usual) - (mean__member__exhaustion - energy_exhaustion_usual)
    return np.clip(energy_neutral + energy_scale * gap, 0, 1)
