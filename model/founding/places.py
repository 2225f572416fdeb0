"""Districts, supervision bodies, markets and schools."""

import numpy as np

from model.declare.column import NO_ONE, Table
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.entities.codes import FORMS
from model.founding.layout import district_values, pupil_shares, quotas
from model.profile import Profile

FEWEST_IN_UNIT = 4
MIDDLE = 0.5
HABIT_RANGE = (0.4, 2.5)


def found_districts(profile: Profile) -> Table:
    """Lay out the districts."""
    table = Table(ENTITIES["district"], len(profile.districts))
    share = pupil_shares(profile)
    table["urban_share"] = district_values(profile, "urban_share")
    table["pupils"] = share * (profile.values["pupils_primary"] + profile.values["pupils_junior"])
    tilt = district_values(profile, "arrears_tilt")
    table["arrears_tilt"] = tilt / max(float(share @ tilt), 1e-9)
    table["interest_price"] = profile.values["price_interest"]
    return table


def found_bureaus(districts: int) -> Table:
    """Lay out a supervision body for each district and one for the city."""
    table = Table(ENTITIES["bureau"], districts + 1)
    table["district_id"] = np.r_[np.arange(districts), NO_ONE]
    return table


def found_markets(profile: Profile, districts: int) -> Table:
    """Lay out the four academic markets of each district."""
    table = Table(ENTITIES["market"], districts * FORMS)
    table["district_id"] = np.repeat(np.arange(districts), FORMS)
    table["form"] = np.tile(np.arange(1, FORMS + 1), districts)
    old = [profile.values[f"price_{f}"] for f in ("licensed", "online", "group", "single")]
    table["old_price"] = np.tile(old, districts)
    table["price"] = table["old_price"]
    return table


def found_schools(profile: Profile, draws: Draws, given: dict[str, float]) -> Table:
    """Lay out primary and junior schools, district by district, with sizes and quality."""
    share, total = pupil_shares(profile), int(profile.values["schools"])
    each = np.maximum(quotas(total, share), 2)
    juniors = np.clip(np.rint(each * profile.values["junior_school_share"]), 1, each - 1).astype(int)
    district = np.repeat(np.arange(each.size), each)
    position = np.arange(district.size) - np.repeat(np.cumsum(each) - each, each)
    junior = position >= np.repeat(each - juniors, each)
    table = Table(ENTITIES["school"], district.size)
    n = table.n
    table["district_id"], table["junior"] = district, junior
    urban = draws.uniform("founding.school_urban", 0, n) < district_values(profile, "urban_share")[district]
    table["urban"] = urban
    spread = given["founding_size_spread"]
    size = np.exp(spread * (draws.normal("founding.school_size", 0, n) + urban))
    for stage, name in ((False, "primary"), (True, "junior")):
        rows = junior == stage
        block = np.bincount(district[rows], weights=size[rows], minlength=each.size)[district[rows]]
        fit = size[rows] / block * share[district[rows]]
        table.columns["pupils"][rows] = fit * profile.values[f"pupils_{name}"]
        table.columns["teachers"][rows] = np.maximum(fit * profile.values[f"teachers_{name}"], FEWEST_IN_UNIT)
    table["duty_order"] = draws.uniform("founding.duty_order", 0, n)
    tilt = given["founding_school_urban"] * (2.0 * urban - 1)
    tilt = tilt + given["founding_school_spread"] * draws.normal("founding.school_quality", 0, n)
    table["base_quality"] = np.clip(MIDDLE + tilt, 0, 1)
    table["quality"] = table["base_quality"]
    table["homework_habit"] = np.clip(
        np.exp(given["founding_habit_spread"] * draws.normal("founding.homework_habit", 0, n)), *HABIT_RANGE
    )
    return table
