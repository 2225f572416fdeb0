"""Study that fits builds conviction with falling returns, as far as leaders live up to it; it decays.

Direction: hours × precision × integrity up, conviction up; paperwork and cynicism down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="conviction study_level", arrows="b16", system="cadres",
           source="B24 B31 arrow-b16", zh="精准学习在领导言行一致时增强信念，效果会衰减")
def study_builds_conviction(conviction, study_level, study_hours, public_service, demand_hindrance, cynicism,
                            leader__example, *, learning_precision, learning_promotion_link, study_half,
                            study_gain, study_integrity, precision_base, link_motivates, conviction_anchor,
                            conviction_pace, conviction_hindrance, conviction_cynicism, study_level_pace):
    """Move both towards what the dose and the surroundings allow."""
    dose = study_hours * (precision_base + (1 - precision_base) * learning_precision)
    learned = dose / (dose + study_half) * (1 + link_motivates * learning_promotion_link)
    lived = 1 - study_integrity + study_integrity * leader__example
    target = (conviction_anchor * public_service + study_gain * learned * lived
              - conviction_hindrance * demand_hindrance - conviction_cynicism * cynicism)
    level = study_level + study_level_pace * (np.minimum(learned, 1) - study_level)
    return np.clip(conviction + conviction_pace * (target - conviction), 0, 1), np.clip(level, 0, 1)
