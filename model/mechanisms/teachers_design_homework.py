"""Guidance and rested teachers raise the quality of homework design.

Direction: design guidance up, design up; tired teachers set more routine work.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="design", arrows="k3", system="education", source="R7 arrow-k3",
           zh="作业设计指导与教师精力提升作业设计质量")
def teachers_design_homework(design, teacher_energy, *, homework_design, energy_to_design, energy_neutral,
                             design_pace):
    """Move design quality towards the guidance, tilted by teachers' energy."""
    target = homework_design + energy_to_design * (teacher_energy - energy_neutral)
    return np.clip(design + design_pace * (target - design), 0, 1)
