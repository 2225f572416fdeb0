"""Some teachers tutor on the side when duty goes unpaid, and acquaintances are treated leniently.

Direction: unpaid duty and low engagement up, moonlighting up; leniency falls with accountability.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="district", writes="moonlighting leniency", arrows="k6", system="coupling", source="A21 arrow-k6",
           zh="部分教师有偿补课，熟人受到宽宥")
def members_bend_rules(mean__member__service_unfair, mean__member__engagement, city__accountability, *,
                       moonlighting_usual, moonlighting_unfair, moonlighting_engagement, energy_engagement_usual,
                       leniency_most, moonlighting_most):
    """Scale the usual share by unfairness and engagement."""
    share = moonlighting_usual * (1 + moonlighting_unfair * mean__member__service_unfair
                                  - moonlighting_engagement * (mean__member__engagement - energy_engagement_usual))
    return np.clip(share, 0, moonlighting_most), leniency_most * (1 - city__accountability)
