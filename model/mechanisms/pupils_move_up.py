"""In September pupils move up; a new pupil takes the place of one who finished grade 9.

Direction: none; demographic turnover. The new pupil keeps the household's place and income and
part of its ability. Does not cover migration between districts.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE

ABILITY_RANGE = (-5, 5)


@mechanism(on="family", writes="grade school_id homework_cap ability score", arrows="-", system="education",
           source="A1 R25", zh="九月升级，毕业后由新生接续", when="new_grade")
def pupils_move_up(grade, primary_id, junior_id, ability, ability_home, score, city__ability_spread, u_ability,
                   *, last_grade, last_primary_grade, last_lower_grade, homework_cap_primary,
                   homework_cap_junior, sibling_correlation, ability_logistic_scale):
    """Advance every pupil by one grade and replace those who leave."""
    leaves = grade >= last_grade
    grade = np.where(leaves, 1, grade + 1)
    u = np.clip(u_ability, ALMOST_NONE, 1 - ALMOST_NONE)
    noise = city__ability_spread * ability_logistic_scale * np.log(u / (1 - u))
    fresh = (ability_home + sibling_correlation * (ability - ability_home)
             + np.sqrt(1 - np.square(sibling_correlation)) * noise)
    ability = np.where(leaves, np.clip(fresh, *ABILITY_RANGE), ability)
    junior = grade > last_primary_grade
    cap = np.where(junior, homework_cap_junior, np.where(grade > last_lower_grade, homework_cap_primary, 0))
    return grade, np.where(junior, junior_id, primary_id), cap, ability, np.where(leaves, ability, score)
