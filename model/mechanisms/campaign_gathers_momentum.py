"""A campaign against academic institutions spreads from office to office and gathers momentum.

Direction: pressure up, momentum up along a logistic curve; without pressure it fades.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE


@mechanism(on="city", writes="momentum", arrows="a1", system="education", source="D8 arrow-a1",
           zh="压减动员逐级扩散并积累势头")
def campaign_gathers_momentum(momentum, *, academic_compression, momentum_seed, momentum_rate, momentum_fade):
    """Grow the odds of mobilisation while pressure is on."""
    started = np.maximum(momentum, momentum_seed * (academic_compression > 0))
    odds = started / np.maximum(1 - started, ALMOST_NONE) * np.exp(momentum_rate * academic_compression)
    grown = odds / (1 + odds)
    return np.where(academic_compression > 0, grown, momentum * (1 - momentum_fade))
