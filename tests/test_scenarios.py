"""Scenario and city files: what they say is what the model is set to."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.experiment import Options, experiments_of
from experiments.run import Task, simulate
from model.declare.errors import SettingError
from model.declare.setting import NEVER, levers, month_index, month_name, parameters
from model.profile import DISTRICT_FIELDS, FIELDS, HISTORY_MONTHS
from scenarios.city import read_city, shipped_cities
from scenarios.path import Step, values_by_month
from scenarios.resolve import settings_of
from scenarios.scenario import FIRST_FUTURE, read_scenario, scenario_from, shipped_scenarios, with_sets

TOWN = Path(__file__).with_name("small_town.toml")
TITLE = {"title": {"en": "A", "zh": "甲"}}
SHIPPED = pytest.mark.parametrize("name", shipped_scenarios())


def story(**more):
    return scenario_from({**TITLE, **more}, "story", "story.toml")


def lever_values(scenario, key, profile=None, until=0):
    return settings_of(scenario, profile or read_city(), until=until).lever_values[key]


def at(values, month):
    return values[month_index(month)]


def test_the_baseline_is_shipped_and_comes_first():
    assert shipped_scenarios()[0] == "baseline"
    assert read_scenario("baseline").levers == {}
    assert len(shipped_scenarios()) == 10


@SHIPPED
def test_a_shipped_scenario_speaks_both_languages_and_moves_some_lever(name):
    scenario = read_scenario(name)
    assert all(scenario.title.values()) and all(scenario.about.values()) and scenario.source
    assert month_name(scenario.until) == "2026-05"
    usual = settings_of(read_scenario("baseline"), read_city()).lever_values
    changed = {k for k, v in settings_of(scenario, read_city()).lever_values.items() if v != usual[k]}
    assert changed == set(scenario.levers)


@SHIPPED
def test_a_shipped_scenario_runs_in_a_small_town(name):
    town = read_city(TOWN)
    options = Options(until=month_index("2023-08"), scale=20)
    [(_, record)] = simulate(Task(town, 20, experiments_of([read_scenario(name)], town, options)))
    assert record.first_month == 0 and len(record.values) == options.until + 1


def test_the_future_begins_where_history_ends():
    assert FIRST_FUTURE == HISTORY_MONTHS == month_index("2023-06")


def test_a_value_holds_from_its_month():
    assert values_by_month((Step(3, 1.0),), 0.0, 2, 6) == [0, 1, 1, 1]


def test_a_ramp_reaches_its_value_after_its_months():
    assert values_by_month((Step(3, 1.0, 2),), 0.0, 2, 7) == [0, 0, 0.5, 1, 1]
    assert values_by_month((Step(3, 1.0, 1),), 0.0, 2, 6) == [0, 0, 1, 1]


def test_a_second_ramp_starts_where_the_first_one_ended():
    steps = (Step(0, 1.0), Step(2, 0.0, 4), Step(6, 1.0, 2))
    assert values_by_month(steps, 0.0, 0, 9) == [1, 1, 1, 0.75, 0.5, 0.25, 0, 0.5, 1]


def test_a_lever_without_a_path_keeps_its_status_quo():
    lever = levers()["fault_tolerance"]
    assert set(lever_values(story(), lever.id)) == {lever.default}


def test_history_is_the_citys_and_the_future_is_the_scenarios():
    path = [{"from": "2023-09", "value": 0.9}, {"from": "2024-03", "value": 0.5, "ramp_months": 2}]
    values = lever_values(story(levers={"homework_oversight": path}), "homework_oversight")
    shown = ["2021-01", "2021-09", "2022-09", "2023-06", "2023-09", "2024-03", "2024-04", "2024-05"]
    assert [at(values, m) for m in shown] == [0.1, 0.7, 0.5, 0.5, 0.9, 0.9, 0.7, 0.5]
    assert len(values) == month_index("2026-05") + 1


def test_a_single_value_holds_from_the_first_future_month():
    values = lever_values(story(levers={"fault_tolerance": 0.6}), "fault_tolerance")
    assert (at(values, "2023-05"), at(values, "2023-06")) == (levers()["fault_tolerance"].default, 0.6)


def test_a_deadline_is_a_month_or_none():
    assert lever_values(story(levers={"relicensing_deadline": "2024-12"}), "relicensing_deadline")[-1] == 47
    assert lever_values(story(levers={"relicensing_deadline": "none"}), "relicensing_deadline")[-1] == NEVER
    past = lever_values(story(), "relicensing_deadline")
    assert at(past, "2022-11") == NEVER and at(past, "2022-12") == month_index("2023-06")


def test_the_horizon_can_be_shorter_or_longer():
    assert len(lever_values(story(), "fault_tolerance", until=40)) == 41
    assert story(until="2030-12").until == month_index("2030-12")


def test_set_replaces_a_path_and_a_parameter():
    name = next(p.id for p in parameters().values() if p.high > p.low)
    high = parameters()[name].high
    scenario = with_sets(read_scenario("relief"), ("fault_tolerance=0.5", f"{name}={high}"))
    assert set(lever_values(scenario, "fault_tolerance")[FIRST_FUTURE:]) == {0.5}
    assert settings_of(scenario, read_city()).parameter_values[name] == high
    assert with_sets(scenario, ("relicensing_deadline=none",)).levers["relicensing_deadline"][0].value == NEVER


def test_a_scenarios_parameter_wins_over_a_draw():
    name = next(p.id for p in parameters().values() if p.high > p.low)
    p = parameters()[name]
    scenario = story(parameters={name: p.high})
    assert settings_of(scenario, read_city(), {name: p.low}).parameter_values[name] == p.high
    assert settings_of(story(), read_city(), {name: p.low}).parameter_values[name] == p.low


def test_mechanisms_can_be_switched_off():
    scenario = story(mechanisms={"families_choose_tutoring": "off"}, coupling=False)
    settings = settings_of(scenario, read_city())
    assert settings.forms == {"families_choose_tutoring": "off"} and not settings.coupled


@pytest.mark.parametrize("name", shipped_cities())
def test_a_shipped_city_has_every_figure_with_its_source(name):
    city = read_city(name)
    assert set(city.values) == {f.name for f in FIELDS}
    assert all(set(d) == {"id", "name", *(f.name for f in DISTRICT_FIELDS)} for d in city.districts)
    assert city.districts and all(city.title.values()) and all(all(d["name"].values()) for d in city.districts)
    assert {status for _, status in city.provenance.values()} <= {"data", "study", "expert", "assumption"}
    figures = len(FIELDS) + len(city.districts) * len(DISTRICT_FIELDS) + sum(map(len, city.history.values()))
    assert len(city.provenance) == figures + len(city.status_quo) + len(city.costs) + len(city.assumptions)


def test_the_usual_city_has_its_twelve_districts():
    city = read_city()
    assert len(city.districts) == 12 and abs(sum(d["pupils_share"] for d in city.districts) - 1) < 0.01


def test_a_city_of_ones_own_sets_its_status_quo_history_and_costs():
    town = read_city(TOWN)
    values = lever_values(story(), "enforcement_intensity", town)
    assert (values[0], values[FIRST_FUTURE - 1], values[FIRST_FUTURE]) == (10, 10, 12)
    ramp = lever_values(story(), "academic_compression", town)
    assert [round(v, 3) for v in ramp[7:12]] == [0, 0.3, 0.6, 0.9, 0.9]
    cost = town.costs["enforcement_intensity"]
    assert cost == {**levers()["enforcement_intensity"].cost, "value": 300, "source": "made up"}


def test_a_citys_assumption_replaces_a_parameter():
    name = next(p.id for p in parameters().values() if p.high > p.low)
    town = replace(read_city(TOWN), assumptions={name: parameters()[name].high})
    assert settings_of(story(), town).parameter_values[name] == parameters()[name].high


def test_a_scenario_can_bring_a_city_from_its_own_folder(tmp_path):
    (tmp_path / "town.toml").write_bytes(TOWN.read_bytes())
    (tmp_path / "mine.toml").write_text('title = { en = "A", zh = "甲" }\ncity = "town.toml"\n', encoding="utf-8")
    scenario = read_scenario(tmp_path / "mine.toml")
    assert read_city(scenario.city).name == "small_town"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_does_not_lead_out_of_a_scenarios_folder(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.toml").write_bytes(TOWN.read_bytes())
    try:
        (inside / "town.toml").symlink_to(tmp_path / "secret.toml")
    except OSError:
        pytest.skip("links are not allowed here")
    (inside / "mine.toml").write_text('title = { en = "A", zh = "甲" }\ncity = "town.toml"\n', encoding="utf-8")
    with pytest.raises(SettingError, match="a file in the same folder"):
        read_scenario(inside / "mine.toml")


def test_files_from_windows_are_read(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + 'title = { en = "A", zh = "甲" }\r\n\r\n[levers]\r\n'.encode())
    assert read_scenario(path).title["zh"] == "甲"
