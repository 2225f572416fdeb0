"""Attainment follows ability, school, homework (inverted U) and tutoring (helps the middle most).

Direction: school quality and free courses up, score up; homework helps to about an hour a day and
harms beyond; tutoring helps mainly the middle of the distribution; short sleep harms.
"""

import numpy as np

from model.declare.mechanism import mechanism

SCORE_RANGE = (-8, 8)


@mechanism(on="family", writes="score", arrows="a15", system="education", source="A39 A52 arrow-a15",
           zh="学业水平取决于能力、学校、作业和培训")
def lessons_and_homework_teach(score, ability, homework, tutored, sleep, rank, attends_service, school__quality,
                               school__design, school__service_quality, *, online_courses, wellbeing_support,
                               quality_to_score, quality_middle, homework_best, homework_curve,
                               tutoring_to_score, sleep_to_score, sleep_middle, online_to_score,
                               service_to_score, wellbeing_to_score, design_to_score, score_pace):
    """Move the score towards what the present circumstances allow."""
    hours_off = (homework - homework_best) / homework_best
    middle = 1 - np.square(rank + rank - 1)
    target = (ability + quality_to_score * (school__quality - quality_middle) - homework_curve * np.square(hours_off)
              + tutoring_to_score * tutored * middle + sleep_to_score * (sleep - sleep_middle)
              + online_to_score * online_courses + service_to_score * attends_service * school__service_quality
              + wellbeing_to_score * wellbeing_support + design_to_score * school__design)
    return np.clip(score + score_pace * (target - score), *SCORE_RANGE)
