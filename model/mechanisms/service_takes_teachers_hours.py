"""After-school service takes teachers' hours; relief gives some back, pay decides whether it is felt as fair.

Direction: participants up, hours up; relief down. Pay that arrives up, unfairness down.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import TEACHER


@mechanism(on="member", writes="service_hours service_unfair", arrows="k1 k2", system="coupling",
           source="A42 R27 R35 arrow-k1 arrow-k2", zh="课后服务占用教师工时，报酬到账与否决定公平感")
def service_takes_teachers_hours(post, school__participants, school__pupils, school__pay_per_hour,
                                 school__offers_service, bureau__inspector_hours, *, teacher_relief,
                                 service_hours_week, teachers_in_service, relief_hours, fair_pay_hour, in_term):
    """Return weekly hours and the part that is neither paid nor relieved."""
    share = np.clip(school__participants / np.maximum(school__pupils, 1), 0, 1)
    served = service_hours_week * teachers_in_service * share * school__offers_service * in_term
    hours = served * (1 - relief_hours * teacher_relief)
    unfair = 1 - np.minimum(school__pay_per_hour / fair_pay_hour, 1)
    teacher = post == TEACHER
    return np.where(teacher, hours, bureau__inspector_hours), np.where(teacher, unfair * (hours > 0), 0)
