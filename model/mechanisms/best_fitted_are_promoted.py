"""Vacancies go to the eligible with the best record: work, study as far as it counts, early identification.

Direction: study weight up, studious members promoted; pipeline up, competent young members promoted.
Gates: experience, age, time in rank, no running sanction. Units fill their own vacancies first,
then the city fills the shared ones.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import rank_in_group


@mechanism(on="member", writes="eligible promoted tenure_months", arrows="b13 b14", system="cadres",
           source="S3 S5 S9 S10 B26 arrow-b14", zh="空缺由具备资格且实绩、学习等最优者填补")
def best_fitted_are_promoted(leader_id, weight, age, experienced, tenure_months, scar_months, competence, effort,
                             study_level, leader__open_posts, city__open_posts, u_luck, *,
                             learning_promotion_link, talent_pipeline, promotion_age, promotion_tenure,
                             promotion_luck, pipeline_youth):
    """Rank the eligible in their unit, then the rest in the city."""
    eligible = experienced & (age < promotion_age) & (tenure_months >= promotion_tenure) & (scar_months <= 0)
    record = (1 - learning_promotion_link) * effort * competence + learning_promotion_link * study_level
    early = talent_pipeline * pipeline_youth * competence * (1 - age / promotion_age)
    merit = -(record + early + promotion_luck * u_luck)
    own = rank_in_group(leader_id, merit, eligible) < np.floor(leader__open_posts / weight)
    others = eligible & ~own
    place = np.full(weight.size, np.inf)
    rows = np.flatnonzero(others)
    order = rows[np.argsort(merit[rows], kind="stable")]
    place[order] = np.cumsum(weight[order])
    promoted = own | (place <= city__open_posts)
    return eligible, promoted, np.where(promoted, 0, tenure_months + 1)
