"""A check finds a violation with a chance that grows with sight, size and complaints.

Direction: checks, sight and group size up, detection up; one-to-one is an order harder to find
than a group, a licensed institution is visited almost surely; clear
standards leave fewer violations among the listed. Form of arrow a3:
p = 1 − exp(−E·v·θ·√n) plus the complaint channel.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import HIDDEN, LICENSED, NON_ACADEMIC, SINGLE_TUTOR


@mechanism(on="institution", writes="visited caught caught_hidden", arrows="a3 k6", system="education",
           source="R18 R19 D1 D4 arrow-a3", zh="检查与投诉线索发现违规培训")
def inspectors_find_violations(state, kind, enrolled, district__checks, district__hidden_checks,
                               district__effectiveness, district__hidden_count, district__visible_count,
                               district__complaints, district__leniency, u_visit, *, interagency_coordination,
                               setting_standards, standards_comply, theta_licensed, theta_group, theta_single,
                               complaint_catch, complaint_hidden_share, register_violation_share):
    """Compare one draw with the nested chances of a visit and of a finding."""
    hidden, listed = state == HIDDEN, (state == LICENSED) | (state == NON_ACADEMIC)
    load = np.where(hidden, district__hidden_checks / np.maximum(district__hidden_count, 1),
                    (district__checks - district__hidden_checks) / np.maximum(district__visible_count, 1))
    theta = np.where(hidden, np.where(kind == SINGLE_TUTOR, theta_single, theta_group), theta_licensed)
    clue = hidden * (district__complaints * complaint_hidden_share * complaint_catch * interagency_coordination
                     / np.maximum(district__hidden_count, 1))
    breaks = register_violation_share * (1 - standards_comply * setting_standards)
    reach = np.where(hidden, np.sqrt(np.maximum(enrolled, 0)), breaks)
    look = (1 - np.exp(-load)) * (hidden | listed)
    find = 1 - np.exp(-(load * theta * reach + clue) * district__effectiveness * (1 - district__leniency))
    find = find * (hidden | listed)
    return u_visit < np.maximum(look, find), u_visit < find, hidden & (u_visit < find)
