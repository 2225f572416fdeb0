"""Demands and family strain exhaust, support and rest restore; exhaustion spreads along ties.

Direction: hindrance, challenge and strain up, exhaustion up; care down; colleagues' exhaustion pulls.
Mean reversion with a half-life of months.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="exhaustion", arrows="b1 b3 b4 b5 b8 b9", system="cadres",
           source="B4 B5 B7 B8 B27 arrow-b1 arrow-b4 arrow-b5 arrow-b8 arrow-b9",
           zh="要求与家庭冲突造成耗竭，支持与休息恢复，并在同事间蔓延")
def demands_exhaust(exhaustion, demand_hindrance, demand_challenge, family_strain, hours, strain_trait,
                    leader__care, mean__colleagues__exhaustion, *, hours_normal, exhaust_base, exhaust_hindrance,
                    exhaust_challenge, exhaust_strain, exhaust_hours, exhaust_care, exhaust_trait,
                    exhaust_half_life, contagion):
    """Revert towards the level that demands and resources set, and towards colleagues."""
    overtime = np.maximum(hours - hours_normal, 0) / hours_normal
    level = (exhaust_base + exhaust_hindrance * demand_hindrance + exhaust_challenge * demand_challenge
             + exhaust_strain * family_strain + exhaust_hours * overtime - exhaust_care * leader__care
             + exhaust_trait * strain_trait)
    pace = 1 - np.exp2(-1 / exhaust_half_life)
    pull = contagion * (mean__colleagues__exhaustion - exhaustion)
    return np.clip(exhaustion + pace * (level - exhaustion) + pull, 0, 1)
