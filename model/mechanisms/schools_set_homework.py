"""Schools set homework above the cap as far as they do not comply; good design needs less of it.

Direction: compliance up, minutes down towards the cap; design up, minutes down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="family", writes="homework", arrows="a14", system="education", source="A39 R25 arrow-a14",
           zh="学校按合规程度和设计质量布置作业")
def schools_set_homework(grade, homework_cap, school__homework_habit, school__comply_lower,
                         school__comply_middle, school__comply_junior, school__design, *, homework_lower,
                         homework_middle, homework_junior, homework_grade_nine, design_saves, last_lower_grade,
                         last_primary_grade, last_grade):
    """Blend usual homework with the cap by the compliance of the grade's band."""
    junior, lower = grade > last_primary_grade, grade <= last_lower_grade
    usual = np.where(junior, homework_junior, np.where(lower, homework_lower, homework_middle))
    usual = np.where(grade == last_grade, homework_grade_nine, usual) * school__homework_habit
    comply = np.where(junior, school__comply_junior, np.where(lower, school__comply_lower, school__comply_middle))
    usual = usual * (1 - design_saves * school__design)
    return usual - comply * np.maximum(usual - homework_cap, 0)
