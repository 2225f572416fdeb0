"""Units with their leaders and members."""

import numpy as np

from model.declare.column import NO_ONE, Table
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.founding.layout import pupil_shares, ring, shuffled_ring
from model.profile import Profile

UNIT_TIES = 3
OUTSIDE_TIES = 2
FEWEST_IN_UNIT = 4
MEMBER_SCALE_SHARE = 0.2
MIDDLE = 0.5
AGE_SKEW = 1.3
MOST_TENURE = 120

Tables = dict[str, Table]


def found_leaders(
    profile: Profile, draws: Draws, tables: Tables, scale: float, given: dict[str, float]
) -> tuple[Table, dict]:
    """Lay out the units: staff rooms of schools, supervision bodies, township and county offices."""
    school, size = tables["school"], profile.values["unit_size"]
    rooms = np.maximum(np.rint(school["teachers"] / size), 1).astype(int)
    bureaus = tables["bureau"]["district_id"]
    offices = np.maximum(np.rint(pupil_shares(profile) * profile.values["township_posts"] / size), 1).astype(int)
    unit_school = np.r_[np.repeat(np.arange(school.n), rooms), np.full(bureaus.size + offices.sum(), NO_ONE)]
    unit_bureau = np.r_[np.full(rooms.sum(), NO_ONE), np.arange(bureaus.size), np.full(offices.sum(), NO_ONE)]
    office_district = np.repeat(np.arange(offices.size), offices)
    district = np.r_[np.repeat(school["district_id"], rooms), np.maximum(bureaus, 0), office_district]
    posts = np.r_[
        np.repeat(school["teachers"] / rooms, rooms),
        np.full(bureaus.size, profile.values["inspectors_per_bureau"]),
        (pupil_shares(profile) * profile.values["township_posts"] / offices)[office_district],
    ]
    kind = np.r_[np.zeros(rooms.sum(), int), np.ones(bureaus.size, int), np.full(offices.sum(), 2)]
    order = np.lexsort((np.arange(posts.size), kind, district))
    unit_school, unit_bureau, district, posts, kind = (
        a[order] for a in (unit_school, unit_bureau, district, posts, kind)
    )
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
    for name, middle, spread in (
        ("public_service", given["founding_public_service"], trait),
        ("risk_trait", MIDDLE, given["founding_risk_spread"]),
        ("competence", given["founding_competence"], trait),
    ):
        table[name] = np.clip(middle + spread * draws.normal(f"founding.{name}", 0, n), 0, 1)
    for name in ("strain_trait", "zeal_trait"):
        table[name] = np.clip(draws.normal(f"founding.{name}", 0, n), -3, 3)
    for name, key in (
        ("has_child", "child"),
        ("elder_care", "elder"),
        ("hardship", "hardship"),
        ("experienced", "experienced"),
    ):
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
