"""Every page of the app in both languages, without a browser: it is drawn, its controls work, nothing fails."""

from pathlib import Path

import pytest
from app_pages import open_page, texts_of

from dashboard.registry import PAGES
from dashboard.service.studies import ABOUT
from dashboard.words import LANGUAGES, say

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("app")]
ADDRESSES = [entry.address for entry in PAGES]


def test_the_menu_has_every_page_once():
    assert len(set(ADDRESSES)) == len(ADDRESSES)
    for entry in PAGES:
        for lang in LANGUAGES:
            assert say(f"shell.page_{entry.address}", lang)
            assert say(f"shell.head_{entry.heading}", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_drawn_in_its_language(address, lang):
    page = open_page(address, lang)
    assert page.title[0].value == say(f"shell.page_{address}", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_puts_a_scenario_into_the_comparison_and_takes_it_out(lang):
    page = open_page("compare", lang)
    before = list(page.session_state["picked"])
    assert "growth" not in before
    page.button(key="card-growth").click().run()
    assert page.session_state["picked"] == [*before, "growth"]
    page.button(key="card-growth").click().run()
    assert page.session_state["picked"] == before


@pytest.mark.parametrize("view", ["paths", "diffs", "effects"])
def test_outcomes_can_be_seen_in_three_ways(view):
    page = open_page("compare", "zh")
    control = next(c for c in page.get("button_group") if c.key == "compare-view")
    control.set_value(view).run()
    assert not page.error and not page.exception


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slider_changes_the_draft_and_undo_takes_it_back(lang):
    page = open_page("build", lang)
    slider = page.slider(key="lever-fault_tolerance-0")
    assert slider.value == 15
    slider.set_value(40).run()
    draft = page.session_state["draft"]
    assert draft.now.levers["fault_tolerance"][-1].value == pytest.approx(0.4)
    assert page.query_params["s"]
    page.button(key="bar-undo").click().run()
    assert page.session_state["draft"].now.levers == {}
    assert "s" not in page.query_params
    assert page.slider(key="lever-fault_tolerance-1").value == 15
    page.button(key="bar-redo").click().run()
    assert page.slider(key="lever-fault_tolerance-2").value == 40


@pytest.mark.parametrize("group", ["conviction", "growth", "concepts", "teaching", "after_school", "supervision"])
def test_every_lever_of_every_part_has_its_control(group):
    from dashboard.views.levers import grouped

    page = open_page("build", "zh", {"lever-group": group})
    keys = {w.key for w in [*page.slider, *page.selectbox]}
    assert {f"lever-{lever.id}-0" for lever in grouped()[group]} <= keys


def test_a_preset_is_taken_and_every_slider_shows_it():
    page = open_page("build", "zh")
    page.selectbox(key="preset").set_value("relief").run()
    page.button(key="bar-reset").click().run()
    assert page.session_state["draft"].preset == "relief"
    assert page.slider(key="lever-fault_tolerance-1").value > 15


def test_a_date_of_a_lever_can_be_moved():
    page = open_page("build", "zh")
    page.slider(key="lever-fault_tolerance-0").set_value(40).run()
    page.number_input(key="ramp-fault_tolerance-0").set_value(12).run()
    assert page.session_state["draft"].now.levers["fault_tolerance"][-1].ramp_months == 12


@pytest.mark.parametrize("kind", ["family", "member", "institution", "school", "leader"])
def test_every_kind_of_agent_can_be_followed(kind):
    page = open_page("life", "zh", {"life-kind": kind})
    assert not page.error and not page.exception


def test_a_mechanism_can_be_switched():
    page = open_page("why", "zh")
    page.selectbox(key="switch-mechanism").set_value("formalism_regrows").run()
    assert not page.error and not page.exception


def test_the_search_finds_an_assumption():
    page = open_page("trust", "en")
    page.text_input(key="find-assumption").set_value("threshold").run()
    assert not page.error and not page.exception


def test_a_title_from_a_stranger_is_shown_and_not_read_as_formatting():
    page = open_page("build", "en")
    evil = "![x](http://outside.example/x.png) <b>bold</b>"
    box = next(t for t in page.text_input if (t.key or "").startswith("plan-title"))
    box.set_value(evil).run()
    page.slider(key="lever-fault_tolerance-0").set_value(40).run()
    for text in texts_of(page):
        assert "](http://outside" not in text.replace("\\", "") or "!\\[" in text


def test_a_study_that_failed_says_why(monkeypatch):
    import json

    from dashboard.controls import studies

    monkeypatch.setattr(studies, "RESULTS", Path("nowhere"))
    page = open_page("why", "en")
    folder = page.app_cache / "studies" / "20260101-000000-abcdef"
    folder.mkdir(parents=True, exist_ok=True)
    about = {"kind": "explain", "scenario": "relief", "title": {"en": "Relief", "zh": "松绑"}, "arguments": [],
             "started": "2026-01-01T00:00:00"}  # fmt: skip
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    (folder / "end.json").write_text('{"code": 2, "cancelled": false}', encoding="utf-8")
    (folder / "log.txt").write_text("--draws x: must be a whole number\n", encoding="utf-8")
    page.run()
    assert any("must be a whole number" in e.value.replace("\\", "") for e in page.error)
