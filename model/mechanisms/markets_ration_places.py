"""Those who are in stay first; applicants share what places are left.

Direction: places down, fewer granted; the ratio of demand to places is the market's tightness. A place
that its holder would change for another is free only when the holder has moved.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE, sum_up
from model.entities.codes import FORMS, NO_TUTORING

MOST_TIGHTNESS = 4


@mechanism(on="market", writes="stays applicants keep grant tightness", arrows="-", system="education",
           source="arrow-a7", zh="名额先留在读者，再分给申请者")
def markets_ration_places(seats, tightness, count__family, sum__family__applies, every__family__mode,
                          every__family__market_id, every__family__district_id, every__family__weight, *,
                          tightness_pace):
    """Compare places with pupils who hold one and pupils who apply."""
    holds = (every__family__mode > NO_TUTORING) & (every__family__market_id >= 0)
    place = np.where(holds, every__family__district_id * FORMS + every__family__mode - 1, -1)
    stays = sum_up(every__family__weight, place, seats.size)
    keep = np.clip(seats / np.maximum(stays, ALMOST_NONE), 0, 1)
    grant = np.clip((seats - stays) / np.maximum(sum__family__applies, ALMOST_NONE), 0, 1)
    now = np.minimum(count__family / np.maximum(seats, 1), MOST_TIGHTNESS)
    return (stays, sum__family__applies, np.where(stays > 0, keep, 1), np.where(sum__family__applies > 0, grant, 1),
            tightness + tightness_pace * (now - tightness))
