"""Homework and tutoring shorten sleep; service that lets homework be done at school gives some back.

Direction: homework at home up, sleep down; tutoring down.
"""

import numpy as np

from model.declare.mechanism import mechanism

SLEEP_RANGE = (4, 12)


@mechanism(on="family", writes="sleep", arrows="a16", system="education", source="A40 A41 arrow-a16",
           zh="作业和培训压缩睡眠")
def load_shortens_sleep(grade, homework, tutored, attends_service, school__service_quality, anxiety, *,
                        wellbeing_support, sleep_primary, sleep_junior, sleep_per_homework_hour,
                        sleep_per_tutoring, done_at_school, sleep_anxiety, sleep_wellbeing, last_primary_grade,
                        minutes_per_hour):
    """Subtract what homework left for the evening and weekend tutoring take."""
    rested = np.where(grade > last_primary_grade, sleep_junior, sleep_primary)
    evening = homework * (1 - done_at_school * attends_service * school__service_quality) / minutes_per_hour
    return np.clip(rested - sleep_per_homework_hour * evening - sleep_per_tutoring * tutored
                   - sleep_anxiety * anxiety + sleep_wellbeing * wellbeing_support, *SLEEP_RANGE)
