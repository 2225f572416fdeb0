"""Leaders add to tasks on the way down, the more the stricter they are held to account.

Direction: accountability up, amplification up; layering control down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="leader", writes="amplification", arrows="b1", system="cadres", source="S4 B30 arrow-b1",
           zh="问责越严层层加码越多，可被遏制")
def leaders_amplify_tasks(amplify_trait, city__accountability, *, layering_control, amplify_pressure,
                          layering_effect):
    """Scale the trait by pressure and by what control leaves."""
    pressed = amplify_trait * (1 + amplify_pressure * city__accountability)
    return np.clip(pressed * (1 - layering_effect * layering_control), 0, 1)
