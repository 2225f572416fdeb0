"""Licensed institutions and the people who teach, or may teach, without a licence."""

import numpy as np

from model.declare.column import Table
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.entities.codes import SCIENCE
from model.founding.layout import district_values, pupil_shares, quotas, shuffled_ring
from model.profile import Profile

RIVAL_TIES = 4


KIND_FIGURES = (
    ("institutions_academic", "places_academic"),
    ("institutions_arts", "places_interest"),
    ("institutions_sport", "places_interest"),
    ("institutions_science", "places_interest"),
    ("tutors_group", "places_group"),
    ("tutors_single", "places_single"),
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
    table["district_id"] = np.concatenate(
        [np.repeat(np.arange(share.size), quotas(c, town if k < 4 else share)) for k, c in enumerate(counts)]
    )
    mean, spread = np.array([values[p] for _, p in KIND_FIGURES])[kind], given["founding_size_spread"]
    table["places"] = mean * np.exp(spread * draws.normal("founding.places", 0, n) - spread**2 / 2)
    table["standing"] = draws.uniform("founding.standing", 0, n)
    table["boldness"] = np.exp(given["founding_boldness_spread"] * draws.normal("founding.boldness", 0, n))
    table["cost_ratio"] = given["founding_cost_low"] + given["founding_cost_span"] * draws.uniform(
        "founding.cost_ratio", 0, n
    )
    table["premises"] = draws.uniform("founding.premises", 0, n)
    active = draws.uniform("founding.active", 0, n) < values["active_share"]
    table["state"] = np.select([kind == 0, kind <= 3, active], [1, 2, 3], 0)
    group = table["district_id"] * 2 + (kind >= 4)
    table.ties["rivals"] = shuffled_ring(draws, "founding.rivals", group, n, n, RIVAL_TIES)
    return table
