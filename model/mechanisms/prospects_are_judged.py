"""Members judge their chance from vacancies and their place among peers; those who fall behind feel it.

Direction: vacancies in reach and eligibility up, chance up; time in rank beyond the peers' up, gap up;
counselling takes off part of the comparison. Past the gates the chance is nil and a way up is blocked.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="promotion_chance career_gap career_blocked", arrows="b14 b15", system="cadres",
           source="S3 S5 B25 B26 arrow-b15", zh="成员据空缺与同伴判断前景，落后者产生赶队焦灼")
def prospects_are_judged(promotion_chance, eligible, experienced, age, tenure_months, scar_months,
                         mean__colleagues__tenure_months, mean__colleagues__promoted, *, career_counselling,
                         rotation_posts, cross_unit_selection, vacancy_rate, promotion_age, chance_pace,
                         chance_seen, chance_cross, gap_scale, gap_gate, gap_scar, counselling_eases,
                         blocked_chance, blocked_gap, months_per_year):
    """Update the perceived chance and compare with the reference group."""
    reach = vacancy_rate * (1 + chance_cross * cross_unit_selection) + chance_seen * mean__colleagues__promoted
    open_way = np.where(eligible, 1, np.where(experienced, (age < promotion_age) * (scar_months <= 0),
                                              rotation_posts))
    chance = promotion_chance + chance_pace * (np.minimum(reach * open_way, 1) - promotion_chance)
    behind = np.maximum(tenure_months - mean__colleagues__tenure_months, 0) / (gap_scale * months_per_year)
    gap = behind + gap_gate * ~experienced + gap_scar * (scar_months > 0)
    gap = np.clip(gap * (1 - counselling_eases * career_counselling), 0, 1)
    return np.clip(chance, 0, 1), gap, (chance < blocked_chance) | (gap > blocked_gap)
