"""Vacancies that are open across units are pooled for the city.

Direction: cross-unit selection up, pool up.
"""

from model.declare.mechanism import mechanism
from model.declare.unit import monthly_probability


@mechanism(on="city", writes="open_posts posts_created", arrows="b14", system="cadres", source="S5 arrow-b14",
           zh="跨单位统筹空缺")
def vacancies_cross_units(open_posts, posts_created, every__leader__posts, *, vacancy_rate, cross_unit_selection):
    """Add the shared part of this month's vacancies."""
    new = every__leader__posts.sum() * monthly_probability(vacancy_rate) * cross_unit_selection
    return open_posts + new, posts_created + new
