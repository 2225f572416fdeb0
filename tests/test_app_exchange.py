"""Scenarios out of the app and into it: links, files, drafts; what strangers send is refused in one line."""

import base64
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.chinese import in_chinese
from dashboard.codec import LONGEST_CODE, decode, encode, vocabulary
from dashboard.draft import draft_of
from dashboard.exchange import MOST_UPLOAD, from_toml
from dashboard.views.timing import earliest, moved_to, retimed
from dashboard.views.titles import plain, safe
from model.declare.errors import SettingError
from model.declare.setting import levers
from scenarios.path import Step
from scenarios.resolve import settings_of
from scenarios.scenario import read_scenario, shipped_scenarios
from scenarios.writer import scenario_text

VOCABULARY = "919f3db8b592cc19c6d108eaf18398ba1681d6b8adb41ab77a58ff70de16f4fd"
TITLE = {"en": "Mine", "zh": "我的"}


def packed(text):
    """Return any text as a code."""
    machine = zlib.compressobj(level=9, wbits=-15, zdict=vocabulary())
    return base64.urlsafe_b64encode(machine.compress(text.encode()) + machine.flush()).decode().rstrip("=")


def valid(**changes):
    """Return the text of a small code with some keys changed."""
    return json.dumps({"v": 1, "title": TITLE, "until": "2026-05", "systems": ["cadres", "education"], "coupling": True,
                       "levers": {}, "parameters": {}, "mechanisms": {}} | changes)  # fmt: skip


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_shipped_scenario_survives_link_and_file(name, profile):
    scenario = read_scenario(name)
    for again in (
        decode(encode(scenario, profile), name, profile),
        from_toml(scenario_text(scenario).encode(), "x.toml", name),
    ):
        assert settings_of(again, profile) == settings_of(scenario, profile)
        assert again.title == scenario.title and set(again.levers) == set(scenario.levers)


def test_a_link_keeps_assumptions(profile):
    scenario = replace(read_scenario("relief"), coupled=False, forms={"risk_and_scarcity_set_price": "off"})
    scenario = replace(scenario, parameters={"overload_threshold": 0.5}, forms={})
    again = decode(encode(scenario, profile), "mine", profile)
    assert again.parameters == scenario.parameters and again.coupled is False
    again = from_toml(scenario_text(scenario).encode(), "x.toml", "mine")
    assert again.parameters == scenario.parameters and again.coupled is False


def test_a_link_keeps_its_meaning_when_the_status_quo_changes(profile):
    code = encode(read_scenario("baseline"), profile)
    moved = replace(profile, status_quo={**profile.status_quo, "fault_tolerance": 0.5})
    again = decode(code, "mine", moved)
    assert [s.value for s in again.levers["fault_tolerance"]] == [0.15]


@given(
    st.dictionaries(
        st.sampled_from(sorted(k for k, v in levers().items() if v.kind != "month")), st.floats(0, 1), max_size=8
    )
)
def test_any_scenario_survives_a_link(shares):
    from scenarios.city import read_city

    profile = read_city()
    paths = {
        k: (Step(30, levers()[k].range[0] + u * (levers()[k].range[1] - levers()[k].range[0]), 2),)
        for k, u in shares.items()
    }
    scenario = replace(read_scenario("baseline"), levers=paths)
    code = encode(scenario, profile)
    assert settings_of(decode(code, "mine", profile), profile) == settings_of(scenario, profile)
    assert encode(decode(code, "mine", profile), profile) == code


def test_the_vocabulary_of_links_never_changes():
    import hashlib

    assert hashlib.sha256(vocabulary()).hexdigest() == VOCABULARY


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "must be 1–"),
        ("A" * (LONGEST_CODE + 1), "must be 1–"),
        ("!!!!", "must be a link that this app made"),
        ("AAAA", "must be a"),
        (packed("[1]"), "must be a table"),
        (packed("{"), "must be a link that this app made"),
        (packed("[" * 100_000), "nested too deeply"),
        (packed('{"v": 1, "v": 1}'), "name each key once"),
        (packed('{"v": NaN}'), "must be finite"),
        (packed(valid(v=2)), "must be 1, the version of links"),
        (packed(valid(v=True)), "must be 1, the version of links"),
        (packed(valid(city="pingdingshan")), "must be one of"),
        (packed(valid(levers={"fault_tolerence": 0.5})), "did you mean 'fault_tolerance'"),
        (packed(valid(levers={"fault_tolerance": 1.5})), "must be in 0–1"),
        (packed(valid(levers={"fault_tolerance": "x"})), "must be a number"),
        (packed(valid(levers=[1])), "must be a table"),
        (packed(valid(until="1999-01")), "must be a month"),
        (packed(valid(title={"en": "x" * 3000, "zh": "x"})), "must be at most 2000 characters"),
        (packed(valid(title={"en": "a\x1b[31m", "zh": "x"})), "must be plain text"),
        (packed(valid(mechanisms={"formalism_regrows": "__import__"})), "must be"),
        (packed("x" * 300_000), "must be at most"),
    ],
)
def test_a_bad_link_is_refused_in_one_line(code, says, profile):
    with pytest.raises(SettingError) as refused:
        decode(code, "mine", profile)
    line = str(refused.value)
    assert says in line and "\n" not in line and line.startswith("?s=")
    assert in_chinese(line) != line, "every refusal can be read in Chinese"


def test_a_bomb_is_not_inflated(profile):
    machine = zlib.compressobj(level=9, wbits=-15, zdict=vocabulary())
    bomb = base64.urlsafe_b64encode(machine.compress(b"0" * 50_000_000) + machine.flush()).decode()
    with pytest.raises(SettingError, match="must be 1–"):
        decode(bomb, "mine", profile)
    with pytest.raises(SettingError, match="must be at most"):
        decode(packed(" " * 8_000_000), "mine", profile)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "got an empty file"),
        (b"title = [[[[", "must be valid TOML"),
        (b"x" * (MOST_UPLOAD + 1), "must be at most"),
        (b"\xff\xfe", "must be UTF-8"),
        (b"a = " + b"[" * 5000, "must be valid TOML"),
        (b'title = {en="a", zh="b"}\ncity = "../../etc/passwd.toml"\n', "must be left out"),
        (b'title = {en="a", zh="b"}\nnonsense = 1\n', "unknown key"),
        (b'title = {en="a", zh="b"}\n[levers]\nfault_tolerance = nan\n', "must be in 0"),
        (b'title = {en="a", zh="b"}\n[mechanisms]\nos = "system"\n', "unknown mechanism"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(content, says):
    with pytest.raises(SettingError) as refused:
        from_toml(content, "x.toml", "mine")
    line = str(refused.value)
    assert says in line and "\n" not in line and line.startswith("x.toml")
    assert in_chinese(line) != line


def test_the_title_of_a_file_cannot_break_out_of_it():
    title = {"en": 'a" }\nlevers = {', "zh": "b\\"}
    title = {lang: plain(text) for lang, text in title.items()}
    scenario = replace(read_scenario("relief"), title=title)
    again = from_toml(scenario_text(scenario).encode(), "x.toml", "mine")
    assert again.title == title and again.levers == scenario.levers


def test_signs_of_a_stranger_are_shown_as_they_are():
    assert safe("![x](http://a)") == "\\!\\[x\\]\\(http\\:\\/\\/a\\)".replace("\\/", "/")
    assert "\n" not in safe("a\n# b") and "\\#" in safe("a\n# b")
    assert len(plain("字" * 500)) <= 60


def test_a_draft_can_be_undone_redone_and_reset():
    draft = draft_of(read_scenario("baseline"), TITLE)
    one = draft.with_path("fault_tolerance", (Step(30, 0.4),), 0.15)
    two = one.with_path("fault_tolerance", (Step(30, 0.6),), 0.15)
    assert two.undone().now == one.now and two.undone().undone().now == draft.now
    assert two.undone().redone().now == two.now and not two.can_redo
    assert two.undone().changed(draft.now).can_redo is False
    assert one.with_path("fault_tolerance", (Step(30, 0.15),), 0.15).now.levers == {}
    assert one.changed(one.now) is one
    back = two.reset(read_scenario("relief"))
    assert back.preset == "relief" and back.now.name == "mine" and back.undone().now == two.now


def test_dates_move_and_never_overlap():
    path = (Step(30, 0.2, 4), Step(40, 0.4, 2))
    assert moved_to((), 0.4, 32, 3) == (Step(32, 0.4, 3),)
    assert moved_to(path, 0.9, 1, 1) == (Step(30, 0.2, 4), Step(40, 0.9, 2))
    assert earliest(path) == 34 and retimed(path, 31, 6)[-1] == Step(34, 0.4, 6)
