"""What is found is stopped; it is fined only where the law allows.

Direction: legal clarity up, more findings fined and stopped for longer; penalty level up, fine up.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import HIDDEN


@mechanism(on="institution", writes="fined pause_months", arrows="a6", system="education",
           source="R19 R32 C14 arrow-a6", zh="查处即停办，依法可处罚者罚款")
def findings_are_sanctioned(state, caught, revenue, pause_months, u_legal, *, legal_clarity, penalty_level,
                            pause_warned, pause_fined):
    """Fine a share of those caught and keep hidden providers away for some months."""
    legal = caught & (u_legal < legal_clarity)
    stop = np.where(legal, pause_fined, pause_warned) * (caught & (state == HIDDEN))
    return np.where(legal, penalty_level * revenue, 0), np.maximum(pause_months - 1, 0) + stop
