"""Money for teaching, rested teachers and rotation raise teaching quality, slowly.

Direction: spending up, quality up with falling returns; rotation narrows the gap between schools.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="quality", arrows="k3", system="education", source="R35 arrow-k3",
           zh="教研投入、教师精力和交流轮岗提升教学质量")
def teaching_improves_schools(quality, base_quality, teacher_energy, *, teaching_quality, teacher_rotation,
                              teaching_gain, teaching_half, energy_to_quality, energy_neutral, rotation_pull,
                              quality_pace):
    """Move quality towards what money, energy and rotation allow."""
    bought = teaching_gain * (1 - np.exp(-teaching_quality / teaching_half))
    pulled = rotation_pull * teacher_rotation * (base_quality.mean() - base_quality)
    target = base_quality + bought + pulled + energy_to_quality * (teacher_energy - energy_neutral)
    return np.clip(quality + quality_pace * (target - quality), 0, 1)
