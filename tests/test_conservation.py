"""What is conserved: people, money, posts, files in a queue; under any policy, in every month."""

from types import SimpleNamespace

import numpy as np
import pytest
from cities import SMALL, history, new_city, shipped_profile, status_quo
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.priors import drawn_parameters
from model.declare.setting import NEVER, levers
from model.entities.codes import (
    ACADEMIC,
    APPROVAL,
    ARTS,
    DOSSIER,
    EXITED,
    FIRE,
    GROUP_TUTOR,
    HIDDEN,
    IDLE,
    LICENSED,
    NON_ACADEMIC,
    NOT_APPLIED,
    ONLINE,
    RELICENSED,
    SCIENCE,
    SINGLE_TUTOR,
    SUSPENDED,
)
from scenarios.scenario import FIRST_FUTURE

LAST = 33
# Families and members are held in single precision.
CLOSE = 1e-5
STATES = {
    **{kind: (NON_ACADEMIC, SUSPENDED) for kind in range(ARTS, SCIENCE + 1)},
    **{kind: (IDLE, HIDDEN) for kind in (GROUP_TUTOR, SINGLE_TUTOR)},
    ACADEMIC: (IDLE, LICENSED, NON_ACADEMIC, HIDDEN, EXITED, SUSPENDED),
}
STATIONS = (
    ("dossier", DOSSIER, "passed_dossier", "dossier_slots"),
    ("fire", FIRE, "passed_fire", "fire_slots"),
    ("approval", APPROVAL, "passed_approval", "approval_slots"),
)


def close(one, other, whole=0.0):
    """Tell whether two sums are the same to single precision of the greater, or of the whole they are part of."""
    return np.allclose(one, other, rtol=CLOSE, atol=CLOSE * (1 + np.max(np.abs(whole))))


def snapshot(city):
    """Return the tables as they are; writing replaces arrays, so this copies nothing."""
    return {name: dict(table.columns) for name, table in city.tables.items()}


def total(table, column):
    """Return a weighted sum in double precision."""
    return float(np.sum(table["weight"].astype(float) * table[column]))


def by(pointer, values, groups):
    """Return sums of values by pointer, in double precision."""
    inside = pointer >= 0
    return np.bincount(pointer[inside], weights=np.asarray(values, float)[inside], minlength=groups)


def families_stay_as_many(before, now, city):
    one, other = before["family"], now["family"]
    same = all(np.array_equal(one[c], other[c]) for c in ("weight", "district_id", "primary_id", "income"))
    pupils = sum(city.profile.values[f"pupils_{s}"] for s in ("primary", "junior"))
    return (
        same
        and close(other["weight"].astype(float).sum(), pupils)
        and set(np.unique(other["grade"])) <= set(range(1, 10))
    )


def members_stay_as_many(before, now, city):
    one, other = before["member"], now["member"]
    return all(np.array_equal(one[c], other[c]) for c in ("weight", "leader_id", "post", "party_member"))


def what_families_pay_markets_take(before, now, city):
    family, market = now["family"], now["market"]
    paid = by(family["market_id"], family["weight"].astype(float) * family["tuition"], city.tables["market"].n)
    return close(paid, market["revenue"]) and close(total(family, "tuition"), market["revenue"].sum())


def what_markets_take_providers_receive(before, now, city):
    institution, market, district = now["institution"], now["market"], now["district"]
    here = market["form"] != ONLINE
    interest = district["interest_revenue"][by(institution["district_id"], institution["interest_seats"], 12) > 0]
    return close(institution["revenue"].sum(), market["revenue"][here].sum() + interest.sum())


def interest_fees_are_paid_once(before, now, city):
    family, district = now["family"], now["district"]
    return close(total(family, "interest_fee"), district["interest_revenue"].sum())


def a_refund_due_is_paid_or_lost(before, now, city):
    i = now["institution"]
    return close(i["refund_due"], i["refund_paid"] + i["refund_lost"]) and (i["refund_lost"] >= 0).all()


def what_providers_do_not_refund_families_lose(before, now, city):
    waiting = now["market"]["refund_pending"].sum() - before["market"]["refund_pending"].sum()
    lost = now["institution"]["refund_lost"].sum()
    return close(lost, total(now["family"], "refund_lost") + waiting, whole=now["market"]["refund_pending"])


def escrow_is_part_of_what_is_prepaid(before, now, city):
    i = now["institution"]
    return (i["escrow"] <= i["prepaid"] * (1 + CLOSE)).all() and (i["escrow"] >= 0).all()


def subsidy_is_paid_or_owed(before, now, city):
    one, other = before["district"], now["district"]
    return close(
        other["subsidy_promised"],
        other["subsidy_paid"] + other["subsidy_owed"] - one["subsidy_owed"],
        whole=other["subsidy_owed"],
    )


def posts_are_filled_or_open(before, now, city):
    return all(
        close(now[e]["posts_created"], now[e]["posts_filled"] + now[e]["open_posts"]) for e in ("leader", "city")
    ) and close(
        total(now["member"], "promoted"),
        sum(now[e]["posts_filled"].sum() - before[e]["posts_filled"].sum() for e in ("leader", "city")),
        whole=now["leader"]["posts_filled"].sum(),
    )


def who_applied_is_in_the_queue_or_through(before, now, city):
    i, earlier = now["institution"], before["institution"]
    applied = i["queue_since"] >= 0
    return (
        np.array_equal(applied, i["queue_stage"] > NOT_APPLIED)
        and not ((earlier["queue_since"] >= 0) & ~applied).any()
        and (i["queue_stage"] >= earlier["queue_stage"]).all()
        and (i["queue_stage"] - np.maximum(earlier["queue_stage"], DOSSIER) <= 1)[applied].all()
        and not applied[i["kind"] >= GROUP_TUTOR].any()
    )


def no_station_serves_more_than_its_slots(before, now, city):
    i, district = now["institution"], now["district"]
    return all((by(i["district_id"], i[passed], 12) <= district[slots]).all() for _, _, passed, slots in STATIONS)


def institutions_stay_in_legal_states(before, now, city):
    i, earlier = now["institution"], before["institution"]
    same = np.array_equal(i["kind"], earlier["kind"]) and np.array_equal(i["district_id"], earlier["district_id"])
    return same and all(np.isin(i["state"][i["kind"] == kind], legal).all() for kind, legal in STATES.items())


def seats_are_offered_by_those_in_business(before, now, city):
    i, market = now["institution"], now["market"]
    local = market["form"] != ONLINE
    idle = np.isin(i["state"], (IDLE, EXITED, SUSPENDED))
    return (
        close(by(i["market_id"], i["seats"], market["form"].size)[local], market["seats"][local])
        and not i["seats"][idle].any()
        and not i["interest_seats"][i["state"] != NON_ACADEMIC].any()
    )


def pupils_are_in_one_market_each(before, now, city):
    family, market = now["family"], now["market"]
    placed = family["market_id"] >= 0
    return (
        np.array_equal(placed, family["tutored"])
        and np.array_equal(market["form"][family["market_id"]][placed], family["mode"][placed])
        and np.array_equal(market["district_id"][family["market_id"]][placed], family["district_id"][placed])
        and close(by(family["market_id"], family["weight"], market["form"].size), market["enrolled"])
    )


INVARIANTS = (
    families_stay_as_many, members_stay_as_many, what_families_pay_markets_take, what_markets_take_providers_receive,
    interest_fees_are_paid_once, a_refund_due_is_paid_or_lost, what_providers_do_not_refund_families_lose,
    escrow_is_part_of_what_is_prepaid, subsidy_is_paid_or_owed, posts_are_filled_or_open,
    who_applied_is_in_the_queue_or_through, no_station_serves_more_than_its_slots, institutions_stay_in_legal_states,
    seats_are_offered_by_those_in_business, pupils_are_in_one_market_each,
)  # fmt: skip


def broken_in(city, until):
    """Run month by month; return {invariant: first month in which it does not hold}, and what happened."""
    found, served = {}, []
    while city.month < until:
        before = snapshot(city)
        city.step()
        now = snapshot(city)
        for holds in INVARIANTS:
            if holds.__name__ not in found and not holds(before, now, city):
                found[holds.__name__] = city.month - 1
        served.append({passed: now["institution"][passed].sum() for _, _, passed, _ in STATIONS})
    return found, served


def served_beyond_capacity(city, served, first):
    """Return the stations that served more than capacity × months and one a district."""
    months, found = range(first, first + len(served)), []
    for name, _, passed, _ in STATIONS:
        lever = "fire_certificate_capacity" if name == "fire" else "licensing_capacity"
        ratio = city.settings.parameter_values["approval_ratio"] if name == "approval" else 1
        capacity = ratio * sum(city.settings.lever_values[lever][m] for m in months)
        if sum(s[passed] for s in served) > capacity + city.tables["district"].n:
            found.append(name)
    return found


def moves():
    """Random policies: some levers, each at up to two random months, anywhere in its range."""

    def path(lever):
        value = st.sampled_from([0.0, NEVER, 31.0]) if lever.kind == "month" else st.floats(*lever.range)
        return st.dictionaries(st.integers(0, LAST - 1), value, min_size=1, max_size=2)

    return st.fixed_dictionaries({}, optional={key: path(lever) for key, lever in levers().items()})


@pytest.fixture(scope="module")
def past():
    """The whole history of a small city, checked month by month."""
    city = new_city(scale=SMALL)
    found, served = broken_in(city, FIRST_FUTURE)
    return SimpleNamespace(city=city, broken=found, served=served)


@pytest.mark.parametrize("invariant", [rule.__name__ for rule in INVARIANTS])
def test_in_the_history(past, invariant):
    assert invariant not in past.broken


def test_no_station_serves_more_than_its_capacity_in_the_long_run(past):
    assert served_beyond_capacity(past.city, past.served, 0) == []
    assert sum(s["passed_fire"] for s in past.served) > 0


@settings(max_examples=12)
@given(moves(), st.sampled_from(drawn_parameters(16, seed=1)))
def test_nothing_is_lost_or_made_up_under_any_policy_and_assumptions(moved, drawn):
    city = new_city(status_quo(moved, months=LAST, drawn=drawn))
    found, served = broken_in(city, LAST)
    assert found == {}
    assert served_beyond_capacity(city, served, 0) == []


def test_enrolment_stays_within_the_places_but_for_chance():
    city = new_city(scale=60).run(FIRST_FUTURE)
    market = city.tables["market"]
    weight = float(city.tables["family"]["weight"][0])
    spread = weight * (1 + 4 * np.sqrt(np.maximum(market["seats"], market["enrolled"]) / weight))
    assert (market["enrolled"] <= market["seats"] + spread).all()
    assert 0 < market["enrolled"].sum() <= 1.01 * market["seats"].sum()


def test_the_town_has_the_pupils_schools_and_institutions_of_its_profile():
    values, tables = shipped_profile().values, history(SMALL).tables
    pupils = values["pupils_primary"] + values["pupils_junior"]
    assert close(tables["family"]["weight"].astype(float).sum(), pupils)
    assert tables["school"].n == values["schools"]
    assert close(tables["school"]["pupils"].sum(), pupils)
    counted = np.bincount(tables["institution"]["kind"])
    kinds = ("institutions_academic", "institutions_arts", "institutions_sport", "institutions_science",
             "tutors_group", "tutors_single")  # fmt: skip
    assert counted.tolist() == [values[kind] for kind in kinds]
    relicensed = tables["institution"]["queue_stage"] == RELICENSED
    assert tables["institution"]["state"][relicensed & (tables["institution"]["kind"] > ACADEMIC)].min() == NON_ACADEMIC
