"""Each provider offers the places of its state: full when licensed, fewer underground.

Direction: going underground shrinks a former institution to small groups; an institution that
pivoted gives some academic lessons under another name unless courses are controlled.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import (
    ACADEMIC,
    FORMS,
    HIDDEN,
    IN_GROUP,
    IN_LICENSED,
    IN_SINGLE,
    LICENSED,
    NON_ACADEMIC,
    SINGLE_TUTOR,
)


@mechanism(on="institution", writes="market_id seats interest_seats", arrows="a2", system="education",
           source="R33 arrow-a2", zh="机构按状态提供名额，转型机构可能变相开课")
def providers_offer_places(state, kind, district_id, places, *, course_control, hidden_places_share,
                           pivot_places_share, covert_share):
    """Return the academic market it serves and the places it offers."""
    former = kind == ACADEMIC
    covert = former & (state == NON_ACADEMIC)
    serves = (state == LICENSED) | (state == HIDDEN) | covert
    form = np.where(state == LICENSED, IN_LICENSED, np.where(kind == SINGLE_TUTOR, IN_SINGLE, IN_GROUP))
    shrunk = np.where(former & (state == HIDDEN), hidden_places_share, 1)
    part = np.where(covert, covert_share * (1 - course_control), shrunk)
    interest = places * (state == NON_ACADEMIC) * np.where(former, pivot_places_share, 1)
    return np.where(serves, district_id * FORMS + form - 1, -1), places * serves * part, interest
