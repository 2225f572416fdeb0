"""A family that reconsiders wants the form of tutoring with the highest utility.

Direction (arrows a8-a10, a13): price down, peers, anxiety, aspiration, low rank and the exam gate
up; price weighs less for richer families; supervised fees make licensed classes safer; hidden forms
must first be found through ties, listed and online classes must have places; good after-school
service and free courses replace what serves care and remedy, not competition. Tastes last (Gumbel,
drawn once); forms are nested: one replaces another sooner than nothing does.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import FORMS, IN_GROUP, IN_LICENSED, IN_SINGLE, NO_TUTORING, ONLINE


@mechanism(on="family", writes="market_id applies", arrows="a8 a9 a10 a13", system="education",
           rows="reconsiders", source="A25 A48 A50 A32b A46 arrow-a8 arrow-a9 arrow-a10 arrow-a13",
           zh="家庭按效用选择培训方式，隐形培训要靠熟人找到")
def families_choose_tutoring(mode, district_id, urban, income_log, income_rank, aspiration, anxiety, rank, grade,
                             care_need, attends_service, taste_none, taste_licensed, taste_online, taste_group,
                             taste_single, trust, school__service_quality, mean__classmates__tutored,
                             mean__neighbours__hidden, every__market__price, every__market__risk,
                             every__market__grant, u_find, u_open, *,
                             public_lists, prepaid_supervision_academic, online_courses, evaluation_reform,
                             want_trust, want_base, want_aspiration, want_anxiety, want_peers, peers_income,
                             want_rank, want_gate, price_weight, price_income, taste_weight, form_dissimilarity,
                             base_licensed, safe_fees, base_online, base_group, base_single, rural_hidden,
                             risk_aversion, lists_deter, care_substitute, online_substitute, find_strength,
                             find_usual, last_grade, price_unit, single_price_weight):
    """Return the market wanted and whether that means asking for a new place (arrow a8)."""
    peers = mean__classmates__tutored * (1 + peers_income * (income_rank - 1))
    reason = (want_base + want_aspiration * aspiration + want_anxiety * anxiety + want_peers * peers
              + (want_rank * rank + want_gate * (grade == last_grade)) * (1 - evaluation_reform))
    against = (care_substitute * care_need * attends_service * school__service_quality
               + online_substitute * online_courses + want_trust * trust)
    burden = price_weight / price_unit * np.exp(-price_income * income_log)
    price, risk = every__market__price.reshape(-1, FORMS), every__market__risk.reshape(-1, FORMS)
    grant = every__market__grant.reshape(-1, FORMS)
    found = u_find < 1 - np.exp(-find_strength * (find_usual + mean__neighbours__hidden) * income_rank)
    unlike, licensed = taste_weight * form_dissimilarity, base_licensed + safe_fees * prepaid_supervision_academic
    best, wanted = against + taste_weight * taste_none, np.zeros(mode.size, np.int8)
    forms = ((IN_LICENSED, licensed, taste_licensed, 1), (ONLINE, base_online, taste_online, 1),
             (IN_GROUP, base_group, taste_group, 1), (IN_SINGLE, base_single, taste_single, single_price_weight))
    for form, base, taste, weight in forms:
        value = reason + base + unlike * taste - burden * weight * price[:, form - 1][district_id]
        if form >= IN_GROUP:
            value = (value - risk_aversion * risk[:, form - 1][district_id] - lists_deter * public_lists
                     - rural_hidden * ~urban)
        reach = found if form >= IN_GROUP else u_open < grant[:, form - 1][district_id]
        value = np.where(reach | (mode == form), value, -np.inf)
        better = value > best
        best, wanted = np.where(better, value, best), np.where(better, form, wanted)
    market = np.where(wanted > NO_TUTORING, district_id * FORMS + wanted - 1, -1)
    return market, (wanted != mode) & (wanted > NO_TUTORING)
