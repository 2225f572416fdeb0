"""After the deadline, institutions that are not relicensed are suspended, one after another.

Direction: deadline passed → interest places fall; a licence brings the institution back.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import NON_ACADEMIC, RELICENSED, SUSPENDED


@mechanism(on="institution", writes="state interest_closing", arrows="a17", system="education",
           rows="registrable", source="R30 arrow-a17", zh="逾期未取得许可的机构被停业")
def unlicensed_are_suspended(state, queue_stage, interest_seats, u_suspend, *, month, relicensing_deadline,
                             suspension_rate):
    """Suspend with a monthly chance; lift the suspension on relicensing."""
    overdue = (month >= relicensing_deadline) & (state == NON_ACADEMIC) & (queue_stage < RELICENSED)
    out = overdue & (u_suspend < suspension_rate)
    state = np.where(out, SUSPENDED, state)
    return np.where((state == SUSPENDED) & (queue_stage == RELICENSED), NON_ACADEMIC, state), interest_seats * out
