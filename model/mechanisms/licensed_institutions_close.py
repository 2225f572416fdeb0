"""Under pressure licensed academic institutions close, all but those in line to convert and stay.

Direction: pressure and momentum up, hazard up. When pressure is lifted, institutions that closed
may reopen, slowly.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import ACADEMIC, EXITED, LICENSED


@mechanism(on="institution", writes="state closed_now seats_closing", arrows="a1", system="education",
           rows="registrable", source="R12 D8 A10 arrow-a1", zh="学科类机构在压减中关停，少数转为非营利留存")
def licensed_institutions_close(state, kind, standing, seats, city__momentum, u_close, *, academic_compression,
                                closure_probability, closure_asymptote, compression_full, reopening_rate):
    """Close those beyond the share that may stay; let those within it return."""
    may_stay = 1 - closure_asymptote * min(1, academic_compression / compression_full)
    beyond = standing > may_stay
    closes = (state == LICENSED) & beyond & (u_close < 1
                                             - (1 - closure_probability) ** (city__momentum * academic_compression))
    may_return = (state == EXITED) & (kind == ACADEMIC) & ~beyond
    reopens = may_return & (u_close < reopening_rate * (1 - academic_compression))
    state = np.where(closes, EXITED, np.where(reopens, LICENSED, state))
    return state, closes, seats * closes
