"""Errors end in sanctions as strictness has it, good-faith ones less under tolerance; a sanction scars.

Direction: strictness up, sanctions up, a third of them hard enough to leave a recovery period;
tolerance and clearing down; a longer recovery period, more
members who cannot compete.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="sanctioned scar_months", arrows="b13", system="cadres",
           source="B29 S9 arrow-b13", zh="失误按问责强度受处分，善意失误可容错，处分留下影响期")
def errors_are_sanctioned(erred, good_faith, falsely_reported, scar_months, city__accountability, u_sanction, *,
                          fault_tolerance, sanction_recovery_months, sanction_share, sanction_false, soft_share):
    """Draw the sanction and run down the recovery period, which a shorter rule shortens at once."""
    charged = erred * (1 - good_faith * fault_tolerance) + sanction_false * falsely_reported
    chance = sanction_share * city__accountability * charged
    sanctioned = u_sanction < chance
    left = np.minimum(np.maximum(scar_months - 1, 0), sanction_recovery_months)
    hard = u_sanction < chance * (1 - soft_share)
    return sanctioned, np.where(hard, sanction_recovery_months, left)
