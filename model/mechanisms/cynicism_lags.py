"""Cynicism follows exhaustion, paperwork and unfairness slowly, and heals more slowly than exhaustion.

Direction: exhaustion, paperwork, career gap and unpaid duty up, cynicism up; conviction down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="cynicism", arrows="b8 b10 b15 k2", system="cadres",
           source="B8 B25 S6 arrow-b8 arrow-b10", zh="疏离缓慢跟随耗竭与不公，恢复更慢")
def cynicism_lags(cynicism, exhaustion, paper_hours, hours, career_gap, service_unfair, service_hours,
                  conviction, strain_trait, *, cynic_base, cynic_exhaustion, cynic_paper, cynic_career,
                  cynic_unfair, cynic_conviction, cynic_trait, cynic_half_life):
    """Revert slowly towards the level that the surroundings set."""
    share = np.maximum(hours, 1)
    level = (cynic_base + cynic_exhaustion * exhaustion + cynic_paper * paper_hours / share + cynic_career
             * career_gap
             + cynic_unfair * service_unfair * service_hours / share - cynic_conviction * conviction + cynic_trait
             * strain_trait)
    return np.clip(cynicism + (1 - np.exp2(-1 / cynic_half_life)) * (level - cynicism), 0, 1)
