"""Institutions fail as businesses do; fees paid ahead are then at stake, and a new owner takes the place over.

Direction: none; a background rate. Escrow decides how much of the prepaid fees families lose.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.unit import monthly_probability
from model.entities.codes import LICENSED, NON_ACADEMIC


@mechanism(on="institution", writes="closed_now seats_closing interest_closing", arrows="a6", system="education",
           rows="registrable", source="R20 R28 arrow-a6", zh="机构正常倒闭，预收费面临损失，由新业主接手")
def institutions_fail(state, seats, interest_seats, closed_now, seats_closing, interest_closing, u_fail, *,
                      failure_rate):
    """Draw failures among the open institutions that did not close for another reason."""
    at_work = ((state == LICENSED) | (state == NON_ACADEMIC)) & ~closed_now
    fails = at_work & (u_fail < monthly_probability(failure_rate))
    return closed_now | fails, np.where(fails, seats, seats_closing), np.where(fails, interest_seats, interest_closing)
