"""Declarations: in both languages, in known units, within range, from sources that exist; bad values are refused."""

import math
import re

import pytest
from cities import shipped_profile, status_quo, usual_settings

from model.costs import level, unit_costs
from model.declare.column import Column
from model.declare.errors import DeclarationError, SettingError
from model.declare.outcome import BETTER, OUTCOMES
from model.declare.setting import NEVER, levers, month_index, month_name, parameters, setting_or_error
from model.declare.source import KINDS, sources
from model.declare.unit import UNITS, check_unit
from model.entities import ENTITIES
from model.profile import DISTRICT_FIELDS, FIELDS
from model.schedule import scheduled
from scenarios.scenario import FIRST_FUTURE

LANGUAGES = {"en", "zh"}
HAN = re.compile(r"[\u4e00-\u9fff]")
ASCII_PUNCTUATION = re.compile(r"[,.;:!?()\"']")
EACH_LEVER = pytest.mark.parametrize("key", levers())
DISTRIBUTIONS = ("fixed", "uniform", "triangular", "lognormal")
SHORT, LONG = 2, 20
# Levers whose value in May 2023 differs from the status quo of the first future month: none.
JUMPS: dict[str, tuple[float, float]] = {}


def both_said(texts, least=SHORT):
    """Tell whether a text is there in both languages, the Chinese one in Chinese."""
    return set(texts) == LANGUAGES and all(len(t.strip()) >= least for t in texts.values()) and HAN.search(texts["zh"])


def source_keys():
    """Every citation key that a declaration names, with where it is named."""
    yield from ((f"lever {lever.id}", lever.source) for lever in levers().values())
    yield from ((f"cost of {lever.id}", lever.cost["source"]) for lever in levers().values())
    yield from ((f"parameter {p.id}", p.source) for p in parameters().values())
    yield from ((f"rule {rule.name}", key) for rule in scheduled() for key in rule.source.split())
    yield from ((f"city {figure}", source) for figure, (source, _) in shipped_profile().provenance.items())


@EACH_LEVER
def test_a_lever_is_explained_in_both_languages(key):
    lever = levers()[key]
    assert both_said(lever.label)
    assert both_said(lever.about, LONG // 2)
    assert both_said(lever.harm, LONG // 2)
    assert both_said(lever.cost["about"], SHORT)
    assert HAN.search(lever.quote["text"])
    assert lever.quote["where"].startswith(("text 1", "text 2"))


@EACH_LEVER
def test_a_lever_has_known_units_and_a_status_quo_within_its_range(key):
    lever = levers()[key]
    low, high = lever.range
    assert lever.unit in UNITS
    assert lever.cost["unit"].split("/")[0] == "CNY"
    assert lever.system in ("cadres", "education")
    assert lever.status in KINDS
    assert low < high
    assert low <= lever.default <= high
    assert 0 < lever.step < high - low
    assert {type(n) for n in (low, high, lever.default)} == {float}


@EACH_LEVER
def test_a_lever_has_bands_that_never_fall(key):
    lever = levers()[key]
    if lever.kind == "month":
        assert not lever.bands or set(lever.bands.values())
        return
    low, usual, high, very_high = (lever.bands[b] for b in ("low", "status_quo", "high", "very_high"))
    assert lever.range[0] <= low <= usual <= high <= very_high <= lever.range[1]
    assert usual == lever.default


@EACH_LEVER
def test_a_lever_costs_what_its_declaration_says(key):
    lever, cost = levers()[key], levers()[key].cost
    assert cost["value"] >= 0
    assert cost["measure"] in ("level", "per_year", "none")
    assert level(cost["measure"], lever.range[1]) >= level(cost["measure"], lever.range[0])
    assert unit_costs(shipped_profile())[key] == shipped_profile().costs.get(key, cost)["value"]


def test_merit_pay_costs_what_teachers_get():
    assert levers()["performance_pay"].cost["value"] == parameters()["merit_pay_hour"].value


def test_the_status_quo_is_where_the_history_ends():
    paths = status_quo(months=FIRST_FUTURE + 1).lever_values
    jumps = {key: path[-2:] for key, path in paths.items() if path[-1] != path[-2]}
    assert jumps == JUMPS


def offenders(declared, holds):
    """Return the ids of the declarations for which something does not hold."""
    return [d.id for d in declared.values() if not holds(d)]


def test_parameters_are_named_in_both_languages_without_western_punctuation_in_chinese():
    assert offenders(parameters(), lambda p: both_said(p.label)) == []
    assert offenders(parameters(), lambda p: not ASCII_PUNCTUATION.search(p.label["zh"])) == []


def test_parameters_have_known_units_statuses_and_distributions():
    assert offenders(parameters(), lambda p: p.unit in UNITS) == []
    assert offenders(parameters(), lambda p: p.status in KINDS) == []
    assert offenders(parameters(), lambda p: p.distribution in DISTRIBUTIONS) == []


def test_parameters_lie_within_their_range_and_uncertain_ones_have_one():
    assert offenders(parameters(), lambda p: p.low <= p.value <= p.high) == []
    assert offenders(parameters(), lambda p: p.distribution == "fixed" or p.low < p.high) == []
    assert offenders(parameters(), lambda p: p.distribution != "lognormal" or p.low > 0) == []


def test_priors_stay_in_their_range_and_rise_with_their_quantile():
    for p in parameters().values():
        quantiles = [p.quantile(u) for u in (1e-9, 0.05, 0.25, 0.5, 0.75, 0.95, 1 - 1e-9)]
        slack = 1e-9 * max(abs(p.low), abs(p.high), 1e-6)
        assert quantiles == sorted(quantiles), p.id
        assert p.low - slack <= quantiles[0] <= quantiles[-1] <= p.high + slack, p.id
        assert p.distribution != "fixed" or set(quantiles) == {p.value}, p.id


def test_quantiles_are_those_of_the_named_distributions():
    known = {p.distribution: p for p in parameters().values()}
    u, t, n = known["uniform"], known["triangular"], known["lognormal"]
    assert u.quantile(0.25) == pytest.approx(u.low + 0.25 * (u.high - u.low))
    mode = (t.value - t.low) / (t.high - t.low)
    assert t.quantile(mode) == pytest.approx(t.value)
    assert n.quantile(0.5) == pytest.approx(n.value)


def test_every_source_that_is_named_exists():
    assert sorted({(place, key) for place, key in source_keys() if key not in sources()}) == []
    assert len({key for _, key in source_keys()}) > 50


def test_sources_say_what_they_are_and_where_they_are_from():
    found = {key: s for key, s in sources().items() if s.kind not in KINDS or not HAN.search(s.zh)}
    assert found == {}
    assert [key for key, s in sources().items() if min(map(len, (s.value, s.reference, s.zh))) < SHORT] == []
    assert [key for key, s in sources().items() if s.confidence is not None and not 0 < s.confidence <= 1] == []


def test_figures_of_the_city_have_a_known_status():
    assert {status for _, status in shipped_profile().provenance.values()} <= set(KINDS)
    assert len(shipped_profile().provenance) > len(FIELDS)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_columns_are_declared_in_both_languages_and_start_within_their_range(entity):
    assert both_said({"en": entity.about, "zh": entity.zh})
    assert len(entity.by_name) == len(entity.columns)
    for column in entity.columns:
        assert both_said({"en": column.about, "zh": column.zh}), column.name
        assert column.unit in UNITS, column.name
        assert -math.inf if column.low is None else column.low <= column.initial, column.name
        assert column.high is None or column.initial <= column.high, column.name
        assert not column.points_to or column.points_to in ENTITIES, column.name
    assert all(len(about) > SHORT for about in entity.ties.values())


@pytest.mark.parametrize("key", OUTCOMES)
def test_an_outcome_is_declared_in_both_languages_with_unit_and_direction(key):
    declared = OUTCOMES[key]
    assert both_said(declared.label)
    assert both_said(declared.about)
    assert declared.unit in UNITS
    assert declared.better in BETTER
    assert declared.system in ("cadres", "education", "both")
    assert set(declared.groups) <= {"district", "income", "post", "lever"}


@pytest.mark.parametrize("rule", scheduled(), ids=lambda rule: rule.name)
def test_a_rule_states_its_claim_in_both_languages(rule):
    assert both_said({"en": rule.claim, "zh": rule.zh})
    assert rule.source.split()
    assert rule.system in ("cadres", "education", "coupling")


@pytest.mark.parametrize("field", [*FIELDS, *DISTRICT_FIELDS], ids=lambda field: field.name)
def test_a_figure_of_a_profile_is_declared_in_both_languages(field):
    assert both_said({"en": field.en, "zh": field.zh})
    assert field.unit in UNITS
    assert field.low < field.high


def test_units_are_words_in_both_languages():
    assert all(HAN.search(zh) for zh in UNITS.values())
    assert len(set(UNITS.values())) >= len(UNITS) - 1


def bad_values(low, high):
    """Every kind of value that a number in low–high must refuse, with what the error says was got."""
    yield from ((math.nan, "nan"), (math.inf, "inf"), (-math.inf, "-inf"), (10**400, "inf"), (-(10**400), "-inf"))
    yield from ((True, "true"), (False, "false"), ("0.5", "'0.5'"), (None, "None"), ([low], f"[{low!r}]"), ({}, "{}"))
    for value in (low - 1, high + 1, high * 1.5 + 7, low - 1e6):
        yield value, f"{value:g}"


NUMBERS = [key for key, lever in levers().items() if lever.kind == "number"]


@pytest.mark.parametrize("keys", [NUMBERS, list(parameters())], ids=["levers", "parameters"])
def test_a_bad_number_is_refused_in_one_exact_line(keys):
    for key in keys:
        refuses_bad_numbers(key)


def refuses_bad_numbers(key):
    setting = setting_or_error(key, "here")
    low, high = setting.range if key in levers() else (setting.low, setting.high)
    for value, got in bad_values(low, high):
        with pytest.raises(SettingError) as caught:
            setting.accept(value, f"file.toml, levers.{key}")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        must = f"must be in {low:g}–{high:g}" if number else f"must be a number in {low:g}–{high:g}"
        assert str(caught.value) == f"file.toml, levers.{key}: {must} ({setting.unit}); got {got}"
        assert caught.value.key == key
        assert caught.value.value is value or caught.value.value == value


@pytest.mark.parametrize("key", [key for key, lever in levers().items() if lever.kind == "month"])
@pytest.mark.parametrize(
    "value", ["2023-13", "2023-00", "2023-6", "23-06", "soon", "", 5, 2023.5, None, True, "2023-06-01"]
)
def test_a_bad_month_is_refused_in_one_exact_line(key, value):
    with pytest.raises(SettingError) as caught:
        levers()[key].accept(value, "here")
    assert str(caught.value) == f"here: must be a month YYYY-MM or none; got {value!r}"


def test_the_ends_of_a_range_and_the_usual_value_are_accepted():
    for key in (*levers(), *parameters()):
        setting = setting_or_error(key, "")
        if getattr(setting, "kind", "") == "month":
            continue
        ends = setting.range if key in levers() else (setting.low, setting.high)
        usual = setting.default if key in levers() else setting.value
        accepted = [setting.accept(value, "") for value in (*ends, usual)]
        assert accepted == [*ends, usual], key
        assert {type(value) for value in accepted} == {float}, key


def test_a_month_and_none_are_accepted_and_shown_as_they_are_written():
    deadline = levers()["relicensing_deadline"]
    assert deadline.accept("none", "") == NEVER
    assert [deadline.show(deadline.accept(text, "")) for text in ("2023-06", "none")] == ["2023-06", "none"]


def test_a_misspelt_setting_is_answered_with_its_nearest():
    with pytest.raises(SettingError) as caught:
        setting_or_error("fault_tolerence", "here")
    expected = "here: unknown setting; did you mean 'fault_tolerance'? (see: run_sim.py list levers)"
    assert str(caught.value) == expected


def test_a_unit_outside_the_closed_list_and_an_unknown_role_are_refused():
    with pytest.raises(DeclarationError, match=r"unit 'furlongs' is not in the closed list"):
        check_unit("furlongs", "distance")
    with pytest.raises(DeclarationError, match=r"role must be fixed, state or port"):
        Column("x", "f8", "share", 0, 1, "", "", role="loose")


@pytest.mark.parametrize("index", [0, 11, 12, FIRST_FUTURE, 179])
def test_months_are_read_as_they_are_written(index):
    assert month_index(month_name(index)) == index


def test_the_first_future_month_is_june_2023():
    assert month_name(FIRST_FUTURE) == "2023-06"
    assert usual_settings()["never"] < NEVER
