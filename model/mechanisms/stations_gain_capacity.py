"""Each station of the licence queue has a monthly capacity, split by who waits; little can be saved up.

Direction: capacity up, faster service; the smallest station binds.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import APPROVAL, DOSSIER, FIRE


@mechanism(on="district", writes="dossier_credit fire_credit approval_credit", arrows="a17", system="education",
           source="R29 R31 D6 arrow-a17", zh="登记各环节按等待数分配办理能力")
def stations_gain_capacity(dossier_credit, fire_credit, approval_credit, every__institution__queue_stage,
                           every__institution__district_id, sum__institution__passed_dossier,
                           sum__institution__passed_fire, sum__institution__passed_approval, *, licensing_capacity,
                           fire_certificate_capacity, approval_ratio):
    """Take off what was used and add this month's share."""
    stations = ((DOSSIER, dossier_credit, sum__institution__passed_dossier, licensing_capacity),
                (FIRE, fire_credit, sum__institution__passed_fire, fire_certificate_capacity),
                (APPROVAL, approval_credit, sum__institution__passed_approval, approval_ratio * licensing_capacity))
    credits = []
    for stage, credit, used, capacity in stations:
        waiting = np.bincount(every__institution__district_id, minlength=credit.size,
                              weights=every__institution__queue_stage == stage)
        share = waiting / max(waiting.sum(), 1)
        credits.append(np.where(waiting > 0, np.minimum(np.maximum(credit - used, 0), 1) + capacity * share, 0))
    return tuple(credits)
