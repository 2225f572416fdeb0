"""Study, paperwork, service and substantive work compete for the same hours; rest protection caps them.

Direction: any claim up, hours up to the cap, then hours for substantive work down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="hours task_hours paper_hours study_hours", arrows="k8 b16", system="cadres",
           source="A42 B16 arrow-k8", zh="学习、文书、服务与实务争用同一工时")
def hours_are_shared(party_member, leader__paper_load, leader__amplification, service_hours, *, learning_hours,
                     learning_platforms, rest_protection, task_hours_usual, hours_cap, hours_protected,
                     weeks_per_month, platform_saves, study_others, amplify_tasks, burden_hours):
    """Add up the claims and squeeze substantive work into what the cap leaves."""
    dose = learning_hours / weeks_per_month * np.where(party_member, 1, study_others)
    study = dose * (1 - platform_saves * learning_platforms)
    paper = leader__paper_load * burden_hours
    wanted = task_hours_usual * (1 + amplify_tasks * leader__amplification)
    cap = hours_cap - (hours_cap - hours_protected) * rest_protection
    room = np.maximum(cap - study - paper - service_hours, 0)
    task = np.minimum(wanted, room)
    return np.minimum(study + paper + service_hours + task, cap), task, paper, study
