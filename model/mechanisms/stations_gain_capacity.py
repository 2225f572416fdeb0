"""Each station of the licence queue has a monthly capacity, split by who waits; little can be saved up.

Direction: capacity up, faster service; the smallest station binds. Fractions of a case are served
by chance and settled later, so that the city's total is exact.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import APPROVAL, DOSSIER, FIRE


@mechanism(on="district",
           writes="dossier_credit fire_credit approval_credit dossier_slots fire_slots approval_slots",
           arrows="a17", system="education", source="R29 R31 D6 arrow-a17", zh="登记各环节按等待数分配办理能力")
def stations_gain_capacity(dossier_credit, fire_credit, approval_credit, every__institution__queue_stage,
                           every__institution__district_id, sum__institution__passed_dossier,
                           sum__institution__passed_fire, sum__institution__passed_approval, u_dossier, u_fire,
                           u_approval, *, licensing_capacity, fire_certificate_capacity, approval_ratio):
    """Take off what was used, add this month's share and round by chance."""
    stations = (
        (DOSSIER, dossier_credit, sum__institution__passed_dossier, licensing_capacity, u_dossier),
        (FIRE, fire_credit, sum__institution__passed_fire, fire_certificate_capacity, u_fire),
        (APPROVAL, approval_credit, sum__institution__passed_approval, approval_ratio * licensing_capacity,
         u_approval))
    credits, slots = [], []
    for stage, credit, used, capacity, u in stations:
        waiting = np.bincount(every__institution__district_id, minlength=credit.size,
                              weights=every__institution__queue_stage == stage)
        share = waiting / max(waiting.sum(), 1)
        credits.append(np.clip(credit - used, -1, 1) + capacity * share)
        slots.append(np.maximum(np.floor(credits[-1] + u), 0))
    return (*credits, *slots)
