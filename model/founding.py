"""The initial population: a synthetic city drawn from its profile (ODD "Initialization").

Rows are laid out by district, school and cohort, so that ties and groups are near in memory.
Every attribute of row *i* comes from draw *i* of a named stream: a bigger city changes nobody.
"""


import numpy as np

from model.declare.column import NO_ONE, Table
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.entities.codes import FORMS, HIDDEN, IN_GROUP, IN_LICENSED, IN_SINGLE, LICENSED, NO_TUTORING, SCIENCE, SINGLE_TUTOR
from model.profile import Profile

CLASS_TIES, NEIGHBOUR_TIES, RIVAL_TIES = 8, 4, 4
UNIT_TIES, OUTSIDE_TIES = 3, 2
FEWEST_IN_UNIT = 4
MEMBER_SCALE_SHARE = 0.2
GRADES, PRIMARY_GRADES = 9, 6
MIDDLE = 0.5
AGE_SKEW = 1.3
MOST_TENURE = 120
HABIT_RANGE = (0.4, 2.5)

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


def quotas(total: float, shares: np.ndarray) -> np.ndarray:
    """Split a whole number by shares, exactly, with rounding errors that never pile up."""
    edges = np.rint(np.cumsum(shares) / np.sum(shares) * total).astype(np.int64)
    return np.diff(edges, prepend=0)


def district_values(profile: Profile, name: str) -> np.ndarray:
    """Return one declared figure of all districts (shape (districts,))."""
    return np.array([d[name] for d in profile.districts], dtype=float)


def pupil_shares(profile: Profile) -> np.ndarray:
    """Return each district's share of the pupils, made to sum to one."""
    share = district_values(profile, "pupils_share")
    return share / share.sum()


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
    table["homework_habit"] = np.clip(np.exp(given["founding_habit_spread"] * draws.normal("founding.homework_habit", 0, n)), *HABIT_RANGE)
    return table


def found_families(
    profile: Profile, draws: Draws, tables: Tables, scale: float, given: dict[str, float], extra: int,
) -> Table:
    """Draw the families: place, cohort, income, aspiration, ability, tastes and ties."""
    school, values = tables["school"], profile.values
    pupils = values["pupils_primary"] + values["pupils_junior"]
    regular = max(int(round(pupils / scale)), int((~school["junior"]).sum()))
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
    table.ties["neighbours"] = shuffled_ring(draws, "founding.neighbour", district * 2 + table["urban"], regular, n, NEIGHBOUR_TIES)
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
    share = np.r_[np.full(PRIMARY_GRADES, values["pupils_primary"] / PRIMARY_GRADES),
                  np.full(GRADES - PRIMARY_GRADES, values["pupils_junior"] / (GRADES - PRIMARY_GRADES))]
    offset = draws.uniform("founding.cohort_offset", 0, n)[start]
    fraction = np.minimum((np.arange(n) - start) % count + offset, count - 1e-6) / count
    return np.searchsorted(np.cumsum(share) / share.sum(), fraction, side="right") + 1


def ring(start: np.ndarray, count: np.ndarray, position: np.ndarray, degree: int) -> np.ndarray:
    """Tie each row to the ``degree`` nearest rows of its block, before and after it."""
    offsets = [o for k in range(1, degree // 2 + 1) for o in (-k, k)] + ([degree // 2 + 1] if degree % 2 else [])
    return np.stack([start + (position + o) % count for o in offsets])


def shuffled_ring(draws: Draws, stream: str, group: np.ndarray, regular: int, n: int, degree: int) -> np.ndarray:
    """Tie each row to ``degree`` rows of its group, near in a random order; extra rows look on."""
    key = draws.uniform(stream, 0, n)
    order = np.lexsort((key[:regular], group[:regular]))
    sorted_group = group[order]
    first = np.searchsorted(sorted_group, group)
    size = np.searchsorted(sorted_group, group, side="right") - first
    place = np.empty(n, np.int64)
    place[order] = np.arange(regular)
    place[regular:] = first[regular:]
    size = np.maximum(size, 1)
    return order[np.minimum(ring(first, size, place - first, degree), regular - 1)]


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
    form = np.select([institution["state"] == LICENSED, institution["kind"] == SINGLE_TUTOR], [IN_LICENSED, IN_SINGLE], IN_GROUP)
    open_now = (institution["state"] == LICENSED) | (institution["state"] == HIDDEN)
    cell = institution["district_id"] * (FORMS + 1) + form
    places = np.bincount(cell, weights=institution["places"] * open_now, minlength=pupils.size * (FORMS + 1))
    share = np.cumsum(places.reshape(pupils.size, FORMS + 1) / pupils[:, None], axis=1)[table["district_id"]]
    u = draws.uniform("founding.first_form", 0, table.n)
    taken = (u[:, None] >= share).sum(axis=1)
    mode = np.where(taken > FORMS, NO_TUTORING, taken)
    table["mode"], table["tutored"], table["hidden"] = mode, mode > NO_TUTORING, mode >= IN_GROUP
    table["market_id"] = np.where(mode > NO_TUTORING, table["district_id"] * FORMS + mode - 1, NO_ONE)


KIND_FIGURES = (
    ("institutions_academic", "places_academic"), ("institutions_arts", "places_interest"),
    ("institutions_sport", "places_interest"), ("institutions_science", "places_interest"),
    ("tutors_group", "places_group"), ("tutors_single", "places_single"),
)


def found_institutions(profile: Profile, draws: Draws, given: dict[str, float]) -> Table:
    """Lay out licensed institutions and the people who teach, or may teach, without a licence."""
    values, share = profile.values, pupil_shares(profile)
    counts = [int(values[f]) for f, _ in KIND_FIGURES]
    kind = np.repeat(np.arange(len(counts)), counts)
    table = Table(ENTITIES["institution"], kind.size)
    n = table.n
    table["kind"], table["registrable"] = kind, kind <= SCIENCE
    town = share * (0.4 + district_values(profile, "urban_share"))
    table["district_id"] = np.concatenate([
        np.repeat(np.arange(share.size), quotas(c, town if k < 4 else share)) for k, c in enumerate(counts)])
    mean, spread = np.array([values[p] for _, p in KIND_FIGURES])[kind], given["founding_size_spread"]
    table["places"] = mean * np.exp(spread * draws.normal("founding.places", 0, n) - spread**2 / 2)
    table["standing"] = draws.uniform("founding.standing", 0, n)
    table["boldness"] = np.exp(given["founding_boldness_spread"] * draws.normal("founding.boldness", 0, n))
    table["cost_ratio"] = given["founding_cost_low"] + given["founding_cost_span"] * draws.uniform("founding.cost_ratio", 0, n)
    table["premises"] = draws.uniform("founding.premises", 0, n)
    active = draws.uniform("founding.active", 0, n) < values["active_share"]
    table["state"] = np.select([kind == 0, kind <= 3, active], [1, 2, 3], 0)
    group = table["district_id"] * 2 + (kind >= 4)
    table.ties["rivals"] = shuffled_ring(draws, "founding.rivals", group, n, n, RIVAL_TIES)
    return table


def found_leaders(profile: Profile, draws: Draws, tables: Tables, scale: float, given: dict[str, float]) -> tuple[Table, dict]:
    """Lay out the units: staff rooms of schools, supervision bodies, township and county offices."""
    school, size = tables["school"], profile.values["unit_size"]
    rooms = np.maximum(np.rint(school["teachers"] / size), 1).astype(int)
    bureaus = tables["bureau"]["district_id"]
    offices = np.maximum(np.rint(pupil_shares(profile) * profile.values["township_posts"] / size), 1).astype(int)
    unit_school = np.r_[np.repeat(np.arange(school.n), rooms), np.full(bureaus.size + offices.sum(), NO_ONE)]
    unit_bureau = np.r_[np.full(rooms.sum(), NO_ONE), np.arange(bureaus.size), np.full(offices.sum(), NO_ONE)]
    office_district = np.repeat(np.arange(offices.size), offices)
    district = np.r_[np.repeat(school["district_id"], rooms), np.maximum(bureaus, 0), office_district]
    posts = np.r_[np.repeat(school["teachers"] / rooms, rooms),
                  np.full(bureaus.size, profile.values["inspectors_per_bureau"]),
                  (pupil_shares(profile) * profile.values["township_posts"] / offices)[office_district]]
    kind = np.r_[np.zeros(rooms.sum(), int), np.ones(bureaus.size, int), np.full(offices.sum(), 2)]
    order = np.lexsort((np.arange(posts.size), kind, district))
    unit_school, unit_bureau, district, posts, kind = (a[order] for a in (unit_school, unit_bureau, district, posts, kind))
    table = Table(ENTITIES["leader"], posts.size)
    table["district_id"], table["posts"] = district, posts
    for name in ("care", "example", "amplify", "paper"):
        u = draws.uniform(f"founding.leader_{name}", 0, table.n)
        table[f"{name}_trait"] = given["founding_leader_low"] + given["founding_leader_span"] * u
    table["care"], table["example"] = table["care_trait"], table["example_trait"]
    rows = np.maximum(np.rint(posts / max(scale * MEMBER_SCALE_SHARE, 1)), FEWEST_IN_UNIT)
    rows = np.minimum(rows, np.ceil(posts)).astype(int)
    table["open_posts"] = draws.uniform("founding.open_posts", 0, table.n) * posts / rows
    table["posts_created"] = table["open_posts"]
    return table, {"school": unit_school, "bureau": unit_bureau, "kind": kind, "rows": rows}


def found_members(profile: Profile, draws: Draws, tables: Tables, units: dict, given: dict[str, float]) -> Table:
    """Draw the members of each unit: post, traits, household, career and ties."""
    leader, rows, values = tables["leader"], units["rows"], profile.values
    unit = np.repeat(np.arange(rows.size), rows)
    table = Table(ENTITIES["member"], unit.size)
    n = table.n
    table["leader_id"], table["district_id"] = unit, leader["district_id"][unit]
    table["school_id"], table["bureau_id"] = units["school"][unit], units["bureau"][unit]
    table["post"] = units["kind"][unit]
    table["weight"] = (leader["posts"] / rows)[unit]
    party = np.where(table["post"] == 0, values["party_share_teachers"], values["party_share_others"])
    table["party_member"] = draws.uniform("founding.party_member", 0, n) < party
    trait = given["founding_trait_spread"]
    for name, middle, spread in (("public_service", given["founding_public_service"], trait),
                                 ("risk_trait", MIDDLE, given["founding_risk_spread"]),
                                 ("competence", given["founding_competence"], trait)):
        table[name] = np.clip(middle + spread * draws.normal(f"founding.{name}", 0, n), 0, 1)
    for name in ("strain_trait", "zeal_trait"):
        table[name] = np.clip(draws.normal(f"founding.{name}", 0, n), -3, 3)
    for name, key in (("has_child", "child"), ("elder_care", "elder"), ("hardship", "hardship"), ("experienced", "experienced")):
        table[name] = draws.uniform(f"founding.{name}", 0, n) < given[f"founding_{key}_share"]
    span = given["retirement_age"] - given["newcomer_age"]
    table["age"] = given["newcomer_age"] + span * draws.uniform("founding.age", 0, n) ** AGE_SKEW
    gate = np.where(table["experienced"], table["age"] < given["promotion_age"], given["experience_rate"])
    table["promotion_chance"] = np.clip(given["vacancy_rate"] * gate, 0, 1)
    table["tenure_months"] = MOST_TENURE * draws.uniform("founding.tenure", 0, n)
    table["family_id"] = own_household(draws, table, tables["family"])
    start = np.repeat(np.cumsum(rows) - rows, rows)
    count = np.repeat(rows, rows)
    inside = ring(start, count, np.arange(n) - start, UNIT_TIES)
    outside = shuffled_ring(draws, "founding.outside_ties", table["district_id"].astype(np.int64), n, n, OUTSIDE_TIES)
    table.ties["colleagues"] = np.concatenate([inside, outside])
    start_strain(table, given)
    return table


def own_household(draws: Draws, member: Table, family: Table) -> np.ndarray:
    """Link each member with a child to a family of the same district."""
    district = family["district_id"]
    regular = int((family["weight"] > 0).sum())
    counts = np.bincount(district[:regular], minlength=int(member["district_id"].max()) + 1)
    first = np.cumsum(counts) - counts
    u = draws.uniform("founding.own_household", 0, member.n)
    pick = first[member["district_id"]] + np.floor(u * counts[member["district_id"]]).astype(int)
    return np.where(member["has_child"], np.minimum(pick, regular - 1), NO_ONE)


def start_strain(table: Table, given: dict[str, float]) -> None:
    """Start exhaustion, cynicism and engagement near where they settle, so that spin-up is short."""
    strain, zeal = table["strain_trait"], table["zeal_trait"]
    table["exhaustion"] = np.clip(given["founding_exhaustion"] + given["exhaust_trait"] * strain, 0, 1)
    table["cynicism"] = np.clip(given["founding_cynicism"] + given["cynic_trait"] * strain, 0, 1)
    table["engagement"] = np.clip(given["founding_engagement"] + given["engage_trait"] * zeal, 0, 1)
