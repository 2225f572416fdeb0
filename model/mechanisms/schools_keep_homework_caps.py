"""Checks raise compliance with the homework caps by grade band; unchecked it decays.

Direction: oversight up, compliance up; highest in grades 1-2, lowest in 7-9, where the exam weighs.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="comply_lower comply_middle comply_junior", arrows="a14", system="education",
           source="R25 arrow-a14", zh="检查提高作业合规，不查则衰减")
def schools_keep_homework_caps(comply_lower, comply_middle, comply_junior, u_check, *, homework_oversight,
                               evaluation_reform, ceiling_lower, ceiling_middle, ceiling_junior, exam_pressure,
                               compliance_rise, compliance_decay):
    """Close part of the gap to the band's ceiling where checked, else lose a part."""
    checked = u_check < homework_oversight
    relaxed = exam_pressure * evaluation_reform
    bands = ((comply_lower, ceiling_lower), (comply_middle, ceiling_middle + relaxed * (1 - ceiling_middle)),
             (comply_junior, ceiling_junior + relaxed * (1 - ceiling_junior)))
    return tuple(
        np.where(checked, now + compliance_rise * np.maximum(top - now, 0), now * (1 - compliance_decay))
        for now, top in bands)
