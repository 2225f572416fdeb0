"""Vacancies open with the posts; a share is opened across units.

Direction: none in total; cross-unit selection moves vacancies from the unit to the city.
"""

from model.declare.mechanism import mechanism
from model.declare.unit import monthly_probability


@mechanism(on="leader", writes="open_posts posts_created", arrows="b14", system="cadres", source="B26 arrow-b14",
           zh="岗位空缺按比例产生")
def vacancies_open(posts, open_posts, posts_created, *, vacancy_rate, cross_unit_selection):
    """Add the unit's own share of this month's vacancies."""
    new = posts * monthly_probability(vacancy_rate) * (1 - cross_unit_selection)
    return open_posts + new, posts_created + new
