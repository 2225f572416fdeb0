"""Support, meaning, challenge and prospects engage; hindrance, exhaustion, scars and unfairness disengage.

Direction: care, conviction, challenge and promotion chance up, engagement up; the others down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="engagement", arrows="b2 b3 b5 b6 b13 b15 b16 k2", system="cadres",
           source="B4 B10 B12 B24 B29 R27 arrow-b2 arrow-b5 arrow-b6 arrow-b13 arrow-b15 arrow-k2",
           zh="支持、意义、挑战与前景提升投入，阻碍、耗竭、处分与不公降低投入")
def resources_engage(engagement, demand_hindrance, demand_challenge, exhaustion, conviction, career_gap,
                     scar_months, service_unfair, service_hours, hours, zeal_trait, leader__care,
                     promotion_chance, *, engage_base, engage_hindrance, engage_challenge, engage_care,
                     engage_exhaustion, engage_conviction, engage_gap, engage_scar, engage_unfair, engage_chance,
                     engage_trait, engage_pace):
    """Revert towards the level that demands and resources set."""
    level = (engage_base - engage_hindrance * demand_hindrance + engage_challenge * demand_challenge
             + engage_care * leader__care - engage_exhaustion * exhaustion + engage_conviction * conviction
             - engage_gap * career_gap - engage_scar * (scar_months > 0) + engage_chance * promotion_chance
             - engage_unfair * service_unfair * service_hours / np.maximum(hours, 1) + engage_trait * zeal_trait)
    return np.clip(engagement + engage_pace * (level - engagement), 0, 1)
