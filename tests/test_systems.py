"""Systems: each runs alone, equals its part of both uncoupled, and every rule can be taken away or replaced."""

import numpy as np
import pytest
from cities import columns_that_differ, future, history, identical, new_city, outcomes, outcomes_that_differ, status_quo

from model.declare.errors import DeclarationError
from model.declare.outcome import OUTCOMES
from model.declare.setting import levers
from model.entities import ENTITIES
from model.schedule import SCHEDULE, scheduled
from model.simulation import City
from scenarios.scenario import FIRST_FUTURE

RULES = {rule.name: rule for rule in scheduled()}
OPTIONAL = [name for name in SCHEDULE if RULES[name].optional]
RIVALS = [(name, form) for name in SCHEDULE for form in RULES[name].rivals]
OF = {system: {(r.on, c) for r in RULES.values() if r.system == system for c in r.writes}
      for system in ("cadres", "education", "coupling")}  # fmt: skip
END = 14
LATER = 34
# By the end of the history these have done their work or stand still: they are missed if they never begin.
DONE_BY_THEN = (
    "schools_take_up_service",
    "campaign_gathers_momentum",
    "licensed_institutions_close",
    "closed_owners_choose_a_path",
    "campaigns_add_paperwork",
)


def far(lever):
    """The end of a lever's range that is farther from the status quo."""
    low, high = lever.range
    return high if lever.default - low < high - lever.default else low


def moved(system):
    return {key: far(lever) for key, lever in levers().items() if lever.system == system}


@pytest.fixture(scope="module")
def cadres():
    return new_city(status_quo(systems=("cadres",))).run(END)


@pytest.fixture(scope="module")
def education():
    return new_city(status_quo(systems=("education",))).run(END)


@pytest.fixture(scope="module")
def both():
    return new_city(status_quo(coupled=False)).run(END)


@pytest.fixture(scope="module")
def coupled():
    return new_city().run(END)


@pytest.mark.parametrize("system", ["cadres", "education"])
def test_a_system_alone_equals_its_part_of_both_uncoupled(system, both, request):
    alone = request.getfixturevalue(system)
    assert [f"{e}.{c}" for e, c in OF[system] if not identical(alone.tables[e][c], both.tables[e][c])] == []
    own = [key for key in outcomes_that_differ(alone, both) if "policy_cost" not in key]
    assert own == []
    assert {o for _, o in alone.record.keys} == {o.id for o in OUTCOMES.values() if o.system in (system, "both")}


@pytest.mark.parametrize("system, other", [("cadres", "education"), ("education", "cadres")])
def test_a_system_alone_leaves_the_other_as_it_was_founded(system, other, request):
    alone = request.getfixturevalue(system)
    only = new_city(status_quo(systems=(other,), coupled=False, forms=dict.fromkeys(OPTIONAL, "off")))
    untouched = OF[other] - OF[system] - written_by_bookkeeping()
    assert [f"{e}.{c}" for e, c in sorted(untouched) if not identical(alone.tables[e][c], only.tables[e][c])] == []


def written_by_bookkeeping():
    return {(r.on, c) for r in RULES.values() if not r.optional for c in r.writes}


def test_the_two_systems_write_no_column_in_common():
    assert OF["cadres"] & OF["education"] == set()
    assert OF["coupling"] & (OF["cadres"] | OF["education"]) == set()


def test_uncoupled_ports_keep_their_neutral_values(both, coupled):
    ports = [(e.name, c.name, c.initial) for e in ENTITIES.values() for c in e.columns if c.role == "port"]
    neutral = {(e, c): both.tables[e][c].dtype.type(initial) for e, c, initial in ports}
    assert [key for key, value in neutral.items() if (both.tables[key[0]][key[1]] != value).any()] == []
    assert [key for key, value in neutral.items() if (coupled.tables[key[0]][key[1]] == value).all()] == []
    assert len(ports) > 5


def test_coupling_makes_a_difference_to_both_systems(both, coupled):
    differing = {o for _, o in outcomes_that_differ(both, coupled)}
    assert {OUTCOMES[o].system for o in differing} >= {"cadres", "education"}


@pytest.mark.parametrize("system, other", [("cadres", "education"), ("education", "cadres")])
def test_uncoupled_levers_of_a_system_move_no_outcome_of_the_other(system, other):
    usual, strong = (
        new_city(status_quo(levers_moved, start=3, coupled=False, months=10)).run(10)
        for levers_moved in (None, moved(system))
    )
    differing = {OUTCOMES[o].system for _, o in outcomes_that_differ(usual, strong)}
    assert differing == {system, "both"}
    assert [f"{e}.{c}" for e, c in OF[other] if not identical(usual.tables[e][c], strong.tables[e][c])] == []


def test_coupled_levers_of_a_system_reach_the_other():
    usual = future(None, LATER)
    for system, other in (("cadres", "education"), ("education", "cadres")):
        differing = {OUTCOMES[o].system for _, o in outcomes_that_differ(usual, future(moved(system), LATER))}
        assert other in differing


def test_teachers_are_measured_in_the_system_of_the_members():
    assert {OUTCOMES[o].system for o in OUTCOMES if o.startswith("teacher_")} == {"cadres"}


@pytest.fixture(scope="module")
def usual_future():
    return future(None, LATER)


@pytest.mark.parametrize("name", [name for name in OPTIONAL if name not in DONE_BY_THEN])
def test_a_rule_can_be_switched_off_and_is_missed(name, usual_future):
    without = City.restore(history(), status_quo(months=LATER, forms={name: "off"})).run(LATER)
    assert name not in [call.name for call in without.calls]
    assert columns_that_differ(usual_future, without)
    assert all(np.isfinite(v).any() for v in outcomes(without).values())


@pytest.mark.parametrize("name", DONE_BY_THEN)
def test_a_rule_that_has_done_its_work_is_missed_if_it_never_began(name, coupled, usual_future):
    later = City.restore(history(), status_quo(months=LATER, forms={name: "off"})).run(LATER)
    assert columns_that_differ(usual_future, later) == []
    never = new_city(status_quo(forms={name: "off"})).run(END)
    assert outcomes_that_differ(coupled, never)


@pytest.mark.parametrize("name, form", RIVALS)
def test_a_rival_form_runs_and_gives_another_answer(name, form, usual_future):
    rival = City.restore(history(), status_quo(months=LATER, forms={name: form})).run(LATER)
    assert columns_that_differ(usual_future, rival)


def test_every_optional_rule_can_be_off_at_once():
    city = new_city(status_quo(forms=dict.fromkeys(OPTIONAL, "off"))).run(FIRST_FUTURE - 20)
    assert {call.name for call in city.calls} == set(SCHEDULE) - set(OPTIONAL)


def test_several_rules_have_rival_forms():
    assert len(RIVALS) >= 3
    assert all(RULES[name].form(form) is not RULES[name].function for name, form in RIVALS)


def test_a_form_that_does_not_exist_is_refused():
    with pytest.raises((DeclarationError, KeyError)):
        new_city(status_quo(forms={RIVALS[0][0]: "no_such_form"}))
