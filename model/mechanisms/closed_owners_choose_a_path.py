"""An owner who must close chooses: leave the trade, pivot to non-academic classes, or go underground.

Direction: unmet demand and boldness push underground, perceived risk and penalties pull back;
crowded interest markets make the pivot less attractive.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import FORMS, HIDDEN, IN_GROUP, NON_ACADEMIC


@mechanism(on="institution", writes="state", arrows="a2", system="education", rows="closed_now",
           source="A18 R33 arrow-a2", zh="被压减机构选择退出、转型或转入地下")
def closed_owners_choose_a_path(state, registrable, boldness, perceived_risk, every__market__tightness,
                                district_id, district__interest_demand, district__interest_seats, u_path, *,
                                penalty_level, legal_clarity, path_pivot, path_hide, path_demand, path_risk,
                                path_crowding):
    """Draw the path from a logit over the three."""
    forms = every__market__tightness.reshape(-1, FORMS)[:, IN_GROUP - 1]
    crowding = 1 - np.minimum(district__interest_demand / np.maximum(district__interest_seats, 1), 1)
    pivot = np.exp(path_pivot - path_crowding * crowding)
    threat = path_risk * perceived_risk * (1 + penalty_level * legal_clarity)
    hide = np.exp(path_hide + np.log(boldness) + path_demand * np.clip(forms[district_id] - 1, 0, 1) - threat)
    total = 1 + pivot + hide
    chosen = np.where(u_path < hide / total, HIDDEN, np.where(u_path < (hide + pivot) / total, NON_ACADEMIC, state))
    return np.where(registrable, chosen, state)
