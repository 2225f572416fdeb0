"""Families: place, cohort, household, tastes, first places and ties."""

import numpy as np

from model.declare.column import NO_ONE, Table
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.entities.codes import FORMS, HIDDEN, IN_GROUP, IN_LICENSED, IN_SINGLE, LICENSED, NO_TUTORING, SINGLE_TUTOR
from model.founding.layout import district_values, quotas, ring, shuffled_ring
from model.profile import Profile

CLASS_TIES = 8
NEIGHBOUR_TIES = 4
GRADES = 9
PRIMARY_GRADES = 6

Tables = dict[str, Table]


def found_families(
    profile: Profile,
    draws: Draws,
    tables: Tables,
    scale: float,
    given: dict[str, float],
    extra: int,
) -> Table:
    """Draw the families: place, cohort, income, aspiration, ability, tastes and ties."""
    school, values = tables["school"], profile.values
    pupils = values["pupils_primary"] + values["pupils_junior"]
    regular = max(round(pupils / scale), int((~school["junior"]).sum()))
    n = regular + extra
    table = Table(ENTITIES["family"], n)
    table["weight"] = np.where(np.arange(n) < regular, pupils / regular, 0.0)
    primary, start, count = place_in_schools(draws, school, regular, extra)
    district = school["district_id"][primary]
    table["primary_id"], table["district_id"] = primary, district
    table["junior_id"] = feeder(school)[primary]
    table["grade"] = cohort(values, draws, start, count, n)
    table["school_id"] = np.where(table["grade"] > PRIMARY_GRADES, table["junior_id"], primary)
    middle = np.where(table["grade"] > given["last_lower_grade"], given["homework_cap_primary"], 0)
    table["homework_cap"] = np.where(table["grade"] > PRIMARY_GRADES, given["homework_cap_junior"], middle)
    draw_household(profile, draws, table, regular)
    draw_tastes(draws, table)
    enrol_first_pupils(draws, table, tables)
    table.ties["classmates"] = ring(start, count, np.arange(n) - start, CLASS_TIES)
    table.ties["neighbours"] = shuffled_ring(
        draws, "founding.neighbour", district * 2 + table["urban"], regular, n, NEIGHBOUR_TIES
    )
    return table


def place_in_schools(draws: Draws, school: Table, regular: int, extra: int) -> tuple[np.ndarray, ...]:
    """Return each family's primary school and its block of rows (start and size)."""
    primaries = np.flatnonzero(~school["junior"])
    counts = np.maximum(quotas(regular, school["pupils"][primaries]), 0)
    primary = np.repeat(primaries, counts)
    start = np.repeat(np.cumsum(counts) - counts, counts)
    count = np.repeat(counts, counts)
    if extra:
        u = draws.uniform("founding.extra_family", 0, extra)
        pick = np.searchsorted(np.cumsum(counts) - 1, (u * regular).astype(np.int64))
        primary = np.r_[primary, primaries[pick]]
        start = np.r_[start, (np.cumsum(counts) - counts)[pick]]
        count = np.r_[count, counts[pick]]
    return primary, start, count


def feeder(school: Table) -> np.ndarray:
    """Return, for each primary school, the junior school of its district that takes its pupils."""
    target = np.full(school.n, NO_ONE)
    for d in np.unique(school["district_id"]):
        here = school["district_id"] == d
        primaries = np.flatnonzero(here & ~school["junior"])
        juniors = np.flatnonzero(here & school["junior"])
        reach = np.cumsum(school["pupils"][primaries]) / school["pupils"][primaries].sum()
        edges = np.cumsum(school["pupils"][juniors]) / school["pupils"][juniors].sum()
        middle = reach - school["pupils"][primaries] / school["pupils"][primaries].sum() / 2
        target[primaries] = juniors[np.minimum(np.searchsorted(edges, middle), juniors.size - 1)]
    return target


def cohort(values: dict, draws: Draws, start: np.ndarray, count: np.ndarray, n: int) -> np.ndarray:
    """Return grades, sorted within each school's rows, in the city's proportions."""
    share = np.r_[
        np.full(PRIMARY_GRADES, values["pupils_primary"] / PRIMARY_GRADES),
        np.full(GRADES - PRIMARY_GRADES, values["pupils_junior"] / (GRADES - PRIMARY_GRADES)),
    ]
    offset = draws.uniform("founding.cohort_offset", 0, n)[start]
    fraction = np.minimum((np.arange(n) - start) % count + offset, count - 1e-6) / count
    return np.searchsorted(np.cumsum(share) / share.sum(), fraction, side="right") + 1


def draw_household(profile: Profile, draws: Draws, table: Table, regular: int) -> None:
    """Draw place, income, aspiration, ability and care need jointly (Gaussian copula)."""
    values, n, district = profile.values, table.n, table["district_id"]
    table["urban"] = draws.uniform("founding.urban", 0, n) < district_values(profile, "urban_share")[district]
    z = draws.normal("founding.income", 0, n)
    sigma = values["income_sigma"]
    per_head = np.where(table["urban"], values["income_urban"], values["income_rural"])
    per_head = per_head * district_values(profile, "income_ratio")[district]
    income = per_head * values["household_size"] / 12 * np.exp(sigma * z - sigma**2 / 2)
    table["income"] = income
    table["income_log"] = np.log(income / income[:regular].mean())
    rank = np.searchsorted(np.sort(income[:regular]), income) / regular
    table["income_rank"] = np.clip(rank, 0, 1)
    table["income_fifth"] = np.minimum((rank * 5).astype(int) + 1, 5)
    rho = values["income_aspiration_correlation"]
    hope = rho * z + np.sqrt(1 - rho**2) * draws.normal("founding.aspiration", 0, n)
    table["aspiration"] = 1 / (1 + np.exp(-hope))
    rho = values["income_ability_correlation"]
    table["ability_home"] = np.clip(rho * z, -5, 5)
    table["ability"] = np.clip(rho * z + np.sqrt(1 - rho**2) * draws.normal("founding.ability", 0, n), -5, 5)
    table["score"] = table["ability"]
    table["worry_trait"] = np.clip(draws.normal("founding.worry", 0, n), -5, 5)
    table["care_need"] = draws.uniform("founding.care_need", 0, n) < values["care_need_share"]


def draw_tastes(draws: Draws, table: Table) -> None:
    """Draw the lasting tastes of random utility (Gumbel) and for classes and service (uniform)."""
    for form in ("none", "licensed", "online", "group", "single"):
        u = draws.uniform(f"founding.taste_{form}", 0, table.n)
        table[f"taste_{form}"] = -np.log(-np.log(np.clip(u, 1e-12, 1 - 1e-12)))
    table["interest_taste"] = draws.uniform("founding.interest_taste", 0, table.n)
    table["service_taste"] = draws.uniform("founding.service_taste", 0, table.n)


def enrol_first_pupils(draws: Draws, table: Table, tables: Tables) -> None:
    """Fill the places that are offered before the policy, district by district."""
    institution, pupils = tables["institution"], tables["district"]["pupils"]
    form = np.select(
        [institution["state"] == LICENSED, institution["kind"] == SINGLE_TUTOR], [IN_LICENSED, IN_SINGLE], IN_GROUP
    )
    open_now = (institution["state"] == LICENSED) | (institution["state"] == HIDDEN)
    cell = institution["district_id"] * (FORMS + 1) + form
    places = np.bincount(cell, weights=institution["places"] * open_now, minlength=pupils.size * (FORMS + 1))
    share = np.cumsum(places.reshape(pupils.size, FORMS + 1) / pupils[:, None], axis=1)[table["district_id"]]
    u = draws.uniform("founding.first_form", 0, table.n)
    taken = (u[:, None] >= share).sum(axis=1)
    mode = np.where(taken > FORMS, NO_TUTORING, taken)
    table["mode"], table["tutored"], table["hidden"] = mode, mode > NO_TUTORING, mode >= IN_GROUP
    table["market_id"] = np.where(mode > NO_TUTORING, table["district_id"] * FORMS + mode - 1, NO_ONE)
