"""Mesa agents: they are there when looked for, write through to the columns, and cost nothing until then."""

import gc
import pickle
import tracemalloc
import weakref
from pathlib import Path

import mesa
import numpy as np
import pytest
from cities import columns_that_differ, future, history, status_quo
from mesa.agent import AgentSet
from mesa.datacollection import DataCollector

from experiments.what_if import what_if
from model.agents import AGENT_TYPES, District, Family, Institution, Leader, Member, School, View
from model.declare.column import Table
from model.simulation import City
from scenarios.city import read_city

TOWN = Path(__file__).parent / "small_town.toml"


@pytest.fixture(scope="module")
def town():
    return read_city(TOWN)


def small(town, seed=1):
    return City(town, what_if(town), seed=seed, scale=60)


def test_a_city_is_a_mesa_model_and_its_rows_are_mesa_agents(city):
    assert isinstance(city, mesa.Model)
    assert isinstance(city.agents, AgentSet)
    assert all(isinstance(city.agents_by_type[kind][0], mesa.Agent) for kind in AGENT_TYPES.values())
    assert {District, School, Institution, Leader, Member, Family} == set(city.agent_types)


def test_there_are_as_many_agents_as_rows(city):
    for name, kind in AGENT_TYPES.items():
        assert len(city.agents_by_type[kind]) == city.tables[name].n
    assert len(city.agents) == sum(city.tables[name].n for name in AGENT_TYPES)


def test_no_agent_is_made_before_somebody_looks(city):
    city.step()
    assert not city.views
    first = city.agents_by_type[Member][0]
    assert list(city.views.values()) == [first]


def test_an_agent_is_one_object_wherever_it_is_found(city):
    member = city.agents_by_type[Member][7]
    assert member is city.agents_by_type[Member][7]
    assert member is city.agents[member.unique_id - 1]
    assert member in city.agents
    assert member in city.agents_by_type[Member]
    assert member not in city.agents_by_type[Family]


def test_ids_start_from_one_and_are_never_shared(city):
    assert city.agents[0].unique_id == 1
    ids = [agent.unique_id for agent in city.agents[::97]]
    assert ids == list(range(1, len(city.agents) + 1, 97))


def test_agents_can_be_counted_from_the_end_and_sliced(city):
    families = city.agents_by_type[Family]
    assert families[-1].row == len(families) - 1
    assert [f.row for f in families[2:8:3]] == [2, 5]
    with pytest.raises(IndexError, match="there are"):
        families[len(families)]


def test_the_first_agents_of_an_iteration_are_made_and_no_more(city):
    rows = [agent.row for _, agent in zip(range(5), city.agents_by_type[School], strict=False)]
    assert rows == [0, 1, 2, 3, 4]
    assert len(city.views) <= 6


def test_an_agent_reads_its_row_as_plain_numbers(city):
    family, table = city.agents_by_type[Family][3], city.tables["family"]
    assert family.income == table["income"][3].item()
    assert type(family.income) is float
    assert type(family.grade) is int
    assert type(family.urban) is bool


def test_an_agent_writes_through_to_its_row_and_to_no_other(city):
    before = city.tables["member"]["exhaustion"].copy()
    city.agents_by_type[Member][11].exhaustion = 0.75
    after = city.tables["member"]["exhaustion"]
    assert after[11] == 0.75
    assert np.array_equal(np.delete(after, 11), np.delete(before, 11))


def test_what_an_agent_writes_does_not_reach_a_saved_state(city):
    state = city.save()
    kept = state.tables["member"]["effort"][0]
    city.agents_by_type[Member][0].effort = 1 - kept
    assert state.tables["member"]["effort"][0] == kept


def test_what_is_written_matters_to_the_next_month():
    usual, touched = (City.restore(history(), status_quo(months=31)) for _ in range(2))
    touched.agents_by_type[Family].set("anxiety", 1.0)
    differing = set(columns_that_differ(usual.run(31), touched.run(31)))
    assert {"family.anxiety", "family.satisfaction"} <= differing
    assert "family.grade" not in differing


def test_agents_are_selected_by_attribute_number_and_type(city):
    inspectors = city.agents_by_type[Member].select(lambda m: m.post == 1)
    assert len(inspectors) == (city.tables["member"]["post"] == 1).sum() > 0
    assert len(city.agents_by_type[School].select(at_most=10)) == 10
    assert len(city.agents_by_type[School].select(at_most=0.5)) == len(city.agents_by_type[School]) // 2
    assert set(map(type, city.agents.select(agent_type=District))) == {District}


def test_a_column_is_read_and_summed_up_without_making_agents(city):
    members = city.agents_by_type[Member]
    assert members.get("exhaustion") == city.tables["member"]["exhaustion"].tolist()
    assert members.agg("exhaustion", max) == city.tables["member"]["exhaustion"].max()
    low, high = members.agg("age", [min, max])
    assert 18 <= low < high <= 62
    assert not city.views


def test_several_and_missing_attributes_are_read_as_mesa_reads_them(city):
    districts = city.agents_by_type[District]
    assert districts.get(["row", "urban_share"])[1] == [1, city.tables["district"]["urban_share"][1]]
    assert districts.get("no_such_thing", handle_missing="default", default_value=4) == [4] * len(districts)
    with pytest.raises(AttributeError):
        districts.get("no_such_thing")


def test_a_column_is_set_for_all_at_once(city):
    city.agents_by_type[School].set("quality", 0.25)
    assert (city.tables["school"]["quality"] == 0.25).all()


def test_methods_and_functions_reach_every_agent(city):
    districts = city.agents_by_type[District]
    assert districts.map(lambda d: d.row) == list(range(12))
    seen = []
    districts.do(lambda d: seen.append(d.unique_id))
    districts.shuffle_do(lambda d: seen.append(d.unique_id))
    assert seen[:12] == list(range(1, 13)) == sorted(seen[12:])


def test_agents_are_shuffled_sorted_and_grouped_as_new_sets(city):
    districts = city.agents_by_type[District]
    assert {d.row for d in districts.shuffle()} == set(range(12))
    ranked = districts.sort("pupils", ascending=True).get("pupils")
    assert ranked == sorted(ranked)
    groups = districts.groupby(lambda d: d.urban_share > 0.6)
    assert sum(groups.count().values()) == 12
    assert [d.row for d in districts] == list(range(12))


def test_the_ties_of_an_agent_lead_to_agents(city):
    member = city.agents_by_type[Member][0]
    colleagues = member.tied("colleagues")
    assert [c.row for c in colleagues] == city.tables["member"].ties["colleagues"][:, 0].tolist()
    assert all(isinstance(c, Member) for c in colleagues)
    assert colleagues[0].leader_id == member.leader_id


@pytest.mark.parametrize("change", ["add", "discard", "remove"])
def test_nobody_joins_or_leaves_a_city_by_hand(city, change):
    agent = city.agents_by_type[District][0]
    with pytest.raises(TypeError, match="fixed"):
        getattr(city.agents, change)(agent)
    with pytest.raises(TypeError, match="fixed"):
        agent.remove()
    with pytest.raises(TypeError):
        city.agents_by_type[District].shuffle(inplace=True)


def test_two_living_cities_are_independent(town):
    one, other = small(town, 1), small(town, 1)
    one.agents_by_type[Member].set("exhaustion", 0.0)
    assert other.agents_by_type[Member].agg("exhaustion", min) > 0
    assert one.agents_by_type[Member][0] not in other.agents
    one.step()
    assert (one.month, other.month) == (1, 0)


def test_a_step_counts_as_a_step_of_mesa(city):
    before = city.steps
    city.step()
    city.run(city.month + 2)
    assert city.steps == before + 3
    assert city.month == 32


def test_a_data_collector_collects_from_the_city_and_from_one_type(city):
    collector = DataCollector(
        model_reporters={"month": "month", "tired": lambda m: m.agents_by_type[Member].agg("exhaustion", max)},
        agenttype_reporters={District: {"complaints": "complaints"}},
    )
    for _ in range(2):
        city.step()
        collector.collect(city)
    assert collector.get_model_vars_dataframe()["month"].tolist() == [30, 31]
    frame = collector.get_agenttype_vars_dataframe(District)
    assert frame.shape == (24, 1)
    assert frame["complaints"].tolist()[12:] == city.tables["district"]["complaints"].tolist()


def test_agents_can_be_copied_and_pickled_with_their_city(town):
    city = small(town)
    city.agents_by_type[Member][0].exhaustion = 0.5
    state = pickle.loads(pickle.dumps(city.save()))
    again = City.restore(state, what_if(town))
    assert again.agents_by_type[Member][0].exhaustion == 0.5
    assert len(city.agents.copy() if hasattr(city.agents, "copy") else city.agents.select()) == len(city.agents)


def test_looking_at_agents_changes_no_result():
    looked, blind = future(None, 30), future(None, 30)
    looked.agents.map(lambda a: a.unique_id)
    assert columns_that_differ(looked.run(31), blind.run(31)) == []


def test_a_city_that_nobody_needs_is_forgotten(town):
    city = small(town)
    city.agents_by_type[Member].map(lambda m: m.age)
    gone = weakref.ref(city)
    del city
    gc.collect()
    assert gone() is None


@pytest.mark.slow
def test_memory_stays_flat_over_two_hundred_cities(town):
    settings, state = what_if(town), small(town).save()

    def use():
        city = City.restore(state, settings)
        city.step()
        return city.agents_by_type[Member][0].age

    def alive():
        gc.collect()
        everything = gc.get_objects()
        return len(everything), sum(isinstance(thing, City | View | Table) for thing in everything)

    for _ in range(10):
        use()
    objects, ours = alive()
    tracemalloc.start()
    try:
        use()
        before = alive(), tracemalloc.get_traced_memory()[0]
        for _ in range(190):
            use()
        after = alive(), tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    one_city = sum(table[column].nbytes for table in state.tables.values() for column in table)
    assert after[0][1] == ours
    assert after[0][0] - objects < 1000
    assert after[1] - before[1] < one_city
