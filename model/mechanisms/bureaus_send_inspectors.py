"""Trips become checks through the inspectors' working time, and checks become sight through means.

Direction: effort, energy and equipment up, effectiveness up. Checks go to hidden providers as far
as clues lead there, and away from them as far as easy counts are wanted (goal displacement).
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="district", writes="trips checks effectiveness hidden_checks", arrows="a3 k4 k5",
           system="education", source="R17 R18 R32 arrow-k4 arrow-k5", zh="执法人次经工时与装备转化为有效检查")
def bureaus_send_inspectors(pupils, sum__bureau__inspector_effort, sum__bureau__inspector_energy,
                            sum__bureau__easy_targets, *, enforcement_intensity, enforcement_targeting,
                            enforcement_equipment, interagency_coordination, trips_per_check, sight_base,
                            sight_energy, sight_equipment, sight_coordination, untargeted_share):
    """Split the city's trips by pupils and direct the checks."""
    trips = enforcement_intensity * pupils / pupils.sum()
    checks = trips / trips_per_check * sum__bureau__inspector_effort
    sight = (sight_base + sight_energy * sum__bureau__inspector_energy + sight_equipment * enforcement_equipment
             + sight_coordination * interagency_coordination)
    led = enforcement_targeting * (1 - sum__bureau__easy_targets)
    return trips, checks, np.clip(sight, 0, 1), checks * (led + (1 - led) * untargeted_share)
