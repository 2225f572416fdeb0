"""Families that lost money, neighbours of hidden classes and licensed rivals complain.

Direction: losses, hidden stock, publicity and public lists up, complaints up; solidarity of the
families that use hidden classes keeps them few.
"""

import numpy as np

from model.declare.draws import poisson
from model.declare.mechanism import mechanism


@mechanism(on="district", writes="complaints", arrows="a18", system="education", source="R16 arrow-a18",
           zh="退费受损家庭、邻里和同行投诉举报")
def people_complain(pupils, publicity, visible_count, sum__family__harmed, sum__family__hidden, u_complaints, *,
                    public_lists, month, complain_base, complain_harmed, complain_hidden, complain_rivals,
                    complain_publicity, complain_lists, solidarity, policy_start):
    """Draw a Poisson count by inversion."""
    illegal = sum__family__hidden * (month >= policy_start)
    share = illegal / np.maximum(pupils, 1)
    nudge = 1 + complain_publicity * publicity / (1 + publicity) + complain_lists * public_lists
    neighbours = complain_hidden * illegal * (1 - np.minimum(solidarity * share, 1))
    mean = (complain_base * pupils + complain_rivals * visible_count * share + neighbours) * nudge
    return poisson(u_complaints, mean + complain_harmed * sum__family__harmed)
