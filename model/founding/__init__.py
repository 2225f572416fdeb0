"""The initial population: a synthetic city drawn from its profile (ODD "Initialization").

Rows are laid out by district, school and cohort, so that ties and groups are near in memory.
Every attribute of row *i* comes from draw *i* of a named stream: a bigger city changes nobody.
"""

import numpy as np

from model.declare.column import Table
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.founding.families import found_families
from model.founding.places import found_bureaus, found_districts, found_markets, found_schools
from model.founding.providers import found_institutions
from model.founding.units import found_leaders, found_members
from model.profile import Profile

Tables = dict[str, Table]


def found(profile: Profile, draws: Draws, scale: float, given: dict[str, float], extra_families: int = 0) -> Tables:
    """Return the tables of the city in its first month.

    Args:
        profile: the city. draws: its luck. scale: pupils per family row, at least 1.
        given: parameter values (those named founding_… are read here).
        extra_families: families with weight 0 and no one tied to them, for tests of independence.
    """
    tables: Tables = {"city": Table(ENTITIES["city"], 1)}
    tables["district"] = found_districts(profile)
    tables["bureau"] = found_bureaus(len(profile.districts))
    tables["market"] = found_markets(profile, len(profile.districts))
    tables["school"] = found_schools(profile, draws, given)
    tables["institution"] = found_institutions(profile, draws, given)
    tables["city"]["ability_spread"] = np.sqrt(1 - profile.values["income_ability_correlation"] ** 2)
    tables["family"] = found_families(profile, draws, tables, scale, given, extra_families)
    tables["leader"], unit_rows = found_leaders(profile, draws, tables, scale, given)
    tables["member"] = found_members(profile, draws, tables, unit_rows, given)
    return tables
