"""Leaders who are trained and assessed on care replace blame by care, slowly; pressure pushes back.

Direction: supportive leadership up, care up; accountability up, care down. Leaders set an example
as far as it is asked of them.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="leader", writes="care example", arrows="b5 b16", system="cadres", source="B10 B11 arrow-b5",
           zh="负责人学会关怀并以身作则")
def leaders_learn_care(care, example, care_trait, example_trait, city__accountability, *, supportive_leadership,
                       leader_example, care_response, care_pressure, example_response, leader_pace):
    """Move both styles towards trait plus response."""
    learned = care_response * supportive_leadership * (1 - care_trait)
    kind = care_trait + learned - care_pressure * city__accountability * care_trait
    model = example_trait + example_response * leader_example * (1 - example_trait)
    now = example + leader_pace * (model - example)
    return np.clip(care + leader_pace * (kind - care), 0, 1), np.clip(now, 0, 1)
