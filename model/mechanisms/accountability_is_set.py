"""Accountability pressure is the strictness that is set, raised by public complaints.

Direction: strictness up, pressure up; complaints up, pressure up while coupled.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="city", writes="accountability", arrows="k7", system="cadres", source="B16 B19 R16 arrow-k7",
           zh="问责压力由问责强度和投诉压力决定")
def accountability_is_set(complaint_pressure, *, accountability_strictness, complaints_to_pressure):
    """Add complaint pressure to strictness."""
    return np.clip(accountability_strictness + complaints_to_pressure * complaint_pressure, 0, 1)
