"""Exposed cases are remembered for a while.

Direction: exposure and cases up, publicity up; it fades within months.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="district", writes="violations hidden_found exposed publicity", arrows="a4", system="education",
           source="R23 C5 arrow-a4", zh="曝光案例在一段时间内被记住")
def cases_become_public(publicity, sum__institution__caught, sum__institution__caught_hidden, *, exposure,
                        publicity_memory):
    """Add this month's exposed cases to what is left of earlier ones."""
    exposed = exposure * sum__institution__caught
    remembered = publicity * np.exp(-1 / publicity_memory) + exposed
    return sum__institution__caught, sum__institution__caught_hidden, exposed, remembered
