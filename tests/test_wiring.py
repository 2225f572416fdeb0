"""Wiring: nothing is declared that nobody reads, every arrow is carried, and who writes what is plain."""

import ast
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from cities import SMALLER, new_city, shipped_profile, status_quo

import model
from model.costs import volumes
from model.declare.draws import Draws
from model.declare.mechanism import CLOCK, REGISTRY
from model.declare.outcome import OUTCOMES
from model.declare.setting import levers, parameters
from model.entities import ENTITIES
from model.founding import found
from model.schedule import SCHEDULE, scheduled
from model.wiring import all_forms, fetcher, reads_of

RULES = scheduled()
PLACE = {name: i for i, name in enumerate(SCHEDULE)}
FOLDER = Path(model.__file__).parent
FILES = sorted(path for path in (FOLDER / "mechanisms").glob("*.py") if path.stem != "__init__")
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
ARROWS = [f"a{i}" for i in range(1, 19)] + [f"b{i}" for i in range(1, 17)] + [f"k{i}" for i in range(1, 9)]
WEIGHT = "weight"
LONGEST_CLAIM, LONGEST_BODY, LONGEST_FILE = 150, 14, 55
LONGER = {"families_choose_tutoring": 24}

SHOWN_ONLY = {
    "district.urban_share": "tells districts apart where agents are looked at; families carry their own flag",
    "district.exposed": "this month's exposed cases; what is remembered of them is publicity",
    "institution.fined": "the fine itself, for the life of one institution; its threat acts through penalty_level",
    "institution.refund_due": "one side of an account that must balance",
    "institution.refund_paid": "one side of an account that must balance",
    "market.stays": "one side of how places are rationed, for the life of a market",
    "market.applicants": "one side of how places are rationed, for the life of a market",
    "school.service_pay": "money that reached the school; teachers feel it per hour",
}

WRITTEN_TWICE = {
    "member.exhaustion": "a newcomer who takes over a post starts with average strain, after the month of the leaver",
    "member.cynicism": "a newcomer who takes over a post starts with average cynicism, after the month of the leaver",
    "member.scar_months": "a newcomer who takes over a post has no record",
    "member.experienced": "a newcomer who takes over a post has no experience yet",
    "member.tenure_months": "time in rank starts again for the promoted and for newcomers",
    "leader.open_posts": "vacancies open before promotions and close after them",
    "city.open_posts": "vacancies open before promotions and close after them",
    "family.score": "a new pupil brings an attainment before the month teaches",
    "institution.queue_stage": "an application joins the queue, stations get slots by who waits, then it moves",
    "institution.state": "four rules in a row: closing, choosing a path, hidden supply, suspension",
    "institution.closed_now": "counted from nought, then every rule that closes a business adds its closings",
    "institution.interest_closing": "counted from nought, then suspensions and failures add theirs",
    "institution.seats_closing": "licensed institutions close, their owners choose, then hidden providers close",
    "institution.prepaid": "what closes pays back, then those who go on take new fees",
    "institution.escrow": "what closes pays back, then those who go on take new fees",
    "market.refund_pending": "losses wait until the displaced families are known, then they are shared out",
    "family.mode": "displaced families lose their place before they may choose another",
    "family.market_id": "a wish before places are rationed, the place that was got afterwards",
}  # fmt: skip


class Noticing(dict):
    """A dictionary that remembers what was read from it."""

    def __init__(self, *given):
        super().__init__(*given)
        self.read = set()

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)


def declared_columns():
    return {f"{entity.name}.{column.name}" for entity in ENTITIES.values() for column in entity.columns}


def settings_read_outside_rules():
    given = Noticing(status_quo().parameter_values)
    found(shipped_profile(), Draws(1), SMALLER, given)
    city = new_city()
    settings = Noticing(city.month_settings(0))
    volumes(city.tables, settings)
    return given.read | settings.read | {s for o in OUTCOMES.values() for s in o.settings}


def columns_read():
    read = {f"{e}.{c}" for rule, form in all_forms() for e, c in reads_of(rule, form)[0]}
    read |= {f"{o.over}.{c}" for o in OUTCOMES.values() for c in o.columns}
    return read | {f"{e.name}.{WEIGHT}" for e in ENTITIES.values() if WEIGHT in e.by_name}


def columns_read_by_name():
    """Names in square brackets that the model reads outside the rules, as in table["grade"]."""
    files = [*(FOLDER / "founding").glob("*.py"), FOLDER / "costs.py", FOLDER / "record.py"]
    return {
        node.slice.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)
        and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    }  # fmt: skip


def writers():
    found = defaultdict(list)
    for rule in RULES:
        for column in rule.writes:
            found[f"{rule.on}.{column}"].append(rule)
    return found


def settings_named():
    return {name for rule, form in all_forms() for name in rule.arguments(form)[1]}


def test_every_setting_is_read():
    read = settings_named() | settings_read_outside_rules()
    assert [name for name in (*levers(), *parameters()) if name not in read] == []


def test_every_setting_that_is_read_is_declared():
    known = {*levers(), *parameters(), *CLOCK}
    named = settings_named() | {s for o in OUTCOMES.values() for s in o.settings}
    assert sorted(named - known) == []


def test_every_lever_enters_a_rule_and_not_only_its_cost():
    assert [name for name in levers() if name not in settings_named()] == []


def test_no_setting_has_the_name_of_another_or_of_the_clock():
    assert not set(levers()) & set(parameters())
    assert not set(CLOCK) & {*levers(), *parameters()}


def test_every_column_is_read():
    elsewhere = columns_read_by_name()
    unread = {c for c in declared_columns() - columns_read() if c.partition(".")[2] not in elsewhere}
    assert unread <= set(SHOWN_ONLY)


def test_what_is_only_shown_is_still_there_and_still_unread():
    assert set(SHOWN_ONLY) <= declared_columns()
    assert not set(SHOWN_ONLY) & columns_read()
    assert all(len(reason) > 20 for reason in SHOWN_ONLY.values())


def test_every_column_that_is_read_or_written_is_declared():
    outcomes = {f"{o.over}.{c}" for o in OUTCOMES.values() for c in o.columns if o.over != "levers"}
    rules = {f"{e}.{c}" for rule, form in all_forms() for e, c in reads_of(rule, form)[0]}
    assert sorted((outcomes | rules | set(writers())) - declared_columns()) == []


def test_every_argument_of_every_form_can_be_fetched():
    fetched = [fetcher(name, rule.on, rule.name) for rule, form in all_forms() for name in rule.arguments(form)[0]]
    assert len(fetched) > len(REGISTRY)
    assert all(map(callable, fetched))


def test_every_draw_belongs_to_one_decision():
    streams = [(rule.name, draw) for rule in RULES for draw in reads_of(rule)[1]]
    assert len(set(streams)) == len(streams)


def test_the_schedule_names_every_rule_once_and_every_file_is_a_rule():
    assert len(set(SCHEDULE)) == len(SCHEDULE)
    assert set(SCHEDULE) == set(REGISTRY) == {path.stem for path in FILES}


def test_every_arrow_is_carried_and_no_other_is_named():
    carried = {arrow for rule in RULES for arrow in rule.arrows}
    assert carried == set(ARROWS)


@pytest.mark.parametrize("entity", ENTITIES)
def test_columns_are_written_by_those_who_may(entity):
    for column in ENTITIES[entity].columns:
        rules = writers()[f"{entity}.{column.name}"]
        assert bool(rules) == (column.role != "fixed"), column.name
        assert {rule.system == "coupling" for rule in rules} <= {column.role == "port"}, column.name


def test_columns_are_written_once_a_month_or_side_by_side_or_with_a_reason():
    apart = {
        column
        for column, rules in writers().items()
        if any(PLACE[b.name] - PLACE[a.name] > 1 for a, b in pairwise(rules))
    }
    beside = {"institution.state", "family.applies"}
    assert sorted(apart - set(WRITTEN_TWICE)) == []
    assert sorted(set(WRITTEN_TWICE) - apart - beside) == []
    assert all(len(reason) > 20 for reason in WRITTEN_TWICE.values())


def test_no_rule_writes_the_same_column_twice():
    assert [rule.name for rule in RULES if len(set(rule.writes)) < len(rule.writes)] == []


def test_rules_that_apply_to_some_rows_say_by_which_flag():
    flags = [(rule.on, rule.rows) for rule in RULES if rule.rows]
    assert flags
    assert {ENTITIES[entity].column(flag).dtype for entity, flag in flags} == {"?"}


def test_bookkeeping_cannot_be_switched_off():
    assert [rule.name for rule in RULES if rule.optional and not rule.arrows] == []
    assert [rule.name for rule in RULES if not rule.optional]


def numbers_in(tree):
    """Numbers other than 0 and 1 that are not the value of a module's own named constant."""
    named = {
        id(inner)
        for node in tree.body
        if isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) and t.id.isupper() for t in node.targets)
        for inner in ast.walk(node.value)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and id(node) not in named
        and not isinstance(node.value, bool) and node.value not in (0, 1)
    ]  # fmt: skip


@EACH_FILE
def test_a_rule_holds_no_number_of_its_own(path):
    assert numbers_in(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_a_number_in_a_rule_is_noticed():
    assert numbers_in(ast.parse("SMALL = 1e-9\ndef f(x):\n    return x * 0.37 + 1 - (2 > x)")) == [2, 0.37]


@EACH_FILE
def test_a_rule_opens_with_its_claim(path):
    claim = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).split("\n")[0]
    assert claim.endswith(".")
    assert len(claim) <= LONGEST_CLAIM


def body_lines(function):
    """Lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1


@EACH_FILE
def test_a_rule_fits_on_a_screen(path):
    text = path.read_text(encoding="utf-8")
    functions = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
    assert functions
    assert len(text.splitlines()) <= LONGEST_FILE
    longest = LONGER.get(path.stem, LONGEST_BODY)
    assert max(map(body_lines, functions)) <= longest


@EACH_FILE
def test_a_rule_imports_only_numbers_the_vocabulary_and_codes(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    taken = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert plain <= {"numpy"}
    assert all(name.startswith("model.declare.") or name == "model.entities.codes" for name in taken)
