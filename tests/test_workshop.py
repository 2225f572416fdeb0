"""Workshop mode: sessions read strictly, votes that lock, every step in both languages, and papers that open."""

import io
import re
import string
from concurrent.futures import ThreadPoolExecutor

import docx
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.reports import render
from dashboard.reports.as_markdown import render as as_markdown
from dashboard.ship import shipped_findings
from dashboard.texts import texts
from dashboard.workshop.handouts import KINDS, handout
from dashboard.workshop.rooms import BINS, Rooms, agreement, bin_of, bins_of, most, shares, steps_of
from dashboard.workshop.session import FOLDER, PHASES, ROLES, Prediction, read_session, sessions
from model.declare.errors import SettingError

LANGUAGES = ("en", "zh")
CHINESE = re.compile("[\u4e00-\u9fff]")
EACH_SESSION = pytest.mark.parametrize("name", sessions())
EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
MINE = {key: pair for key, pair in texts().items() if key.startswith("workshop.")}


# --- the sessions as data -----------------------------------------------------------------------------------------


def test_there_are_four_sessions_on_the_four_themes():
    asked = {p.scenario for session in sessions().values() for p in session.predictions}
    assert len(sessions()) >= 4 and {"relief", "crackdown", "quality_schools", "growth"} <= asked


@EACH_SESSION
def test_a_session_has_goals_roles_questions_and_a_look_back(name):
    session = sessions()[name]
    assert set(session.roles) == set(ROLES) and set(session.debrief) == set(PHASES)
    assert session.goals and session.story and session.questions and session.tips and session.predictions
    assert 30 <= session.minutes <= 180


@EACH_SESSION
def test_english_texts_hold_no_chinese_and_chinese_texts_do(name):
    session = sessions()[name]
    pairs = [session.title, session.about, *session.goals, *session.story, *session.questions, *session.tips]
    pairs += [text for role in session.roles.values() for text in (role.wants, role.fears)]
    pairs += [text for phase in session.debrief.values() for text in phase]
    assert [p for p in pairs if CHINESE.search(p["en"]) or not CHINESE.search(p["zh"])] == []


@EACH_SESSION
def test_no_text_gives_a_result_away(name):
    """Results change with the model; a story that quotes one would be wrong at the next calibration."""
    text = "".join((*sessions()[name].story[0].values(), *sessions()[name].about.values()))
    assert not re.search(r"\d+(\.\d+)? ?(%|百分点)", text)


@EACH_SESSION
def test_the_shipped_results_answer_every_question(name):
    found = shipped_findings()
    for asked in sessions()[name].predictions:
        runs = found.runs[(found.runs["scenario"] == asked.scenario) & (found.runs["outcome"] == asked.outcome)]
        assert len(runs) == found.about["runs"]
        paths = found.paths[found.paths["outcome"] == asked.outcome]
        assert {"baseline", asked.scenario} <= set(paths["scenario"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = { en =', 'titel = { en =', "titel: unknown key; did you mean 'title'"),
        ('scenario = "relief"', 'scenario = "releif"', "scenario: unknown scenario; did you mean 'relief'"),
        ('outcome = "vitality"', 'outcome = "vitalty"', "outcome: unknown outcome; did you mean 'vitality'"),
        ("small = 0.02", "small = 0.001", "0.small: must be at least the notable difference 0.01; got 0.001"),
        ("large = 0.15", "large = 0.01", r"prediction.0.large: must be more than small \(0.02\); got 0.01"),
        ("large = 0.15", "large = inf", "prediction.0.large: must be a number above 0; got inf"),
        ("large = 0.15", "large = true", "prediction.0.large: must be a number above 0; got true"),
        ("open = 5", "open = 0", r"timing.open: must be a whole number in 1–120 \(minutes\); got 0"),
        ("open = 5", "", "timing.open: must be a table; got nothing"),
        ("[roles.school]", "[roles.schol]", "roles.schol: unknown key; did you mean 'school'"),
        ("goals = [", "goals = []\nspare = [", "spare: unknown key"),
        ("questions = [", "questions = []\ntips = [] # [", "must be"),
    ],
)  # fmt: skip
def test_a_faulty_session_is_refused_in_one_line(tmp_path, old, new, says):
    text = (FOLDER / "relief_or_pressure.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "bad.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingError, match=says) as refused:
        read_session(path)
    assert "\n" not in str(refused.value)


# --- a room -------------------------------------------------------------------------------------------------------


@pytest.fixture
def room():
    return Rooms().start(sessions()["careers"])


@EACH_SESSION
def test_nothing_is_revealed_before_it_is_predicted(name):
    kinds = [(step.kind, step.index) for step in steps_of(sessions()[name])]
    for question in range(len(sessions()[name].predictions)):
        places = [kinds.index((kind, question)) for kind in ("axes", "predict", "reveal", "compare")]
        assert places == sorted(places)
    assert kinds[0] == ("open", 0) and [k for k, _ in kinds[-3:]] == ["discuss", "debrief", "end"]


def test_a_room_waits_at_a_question_until_its_votes_are_locked(room):
    while room.step.kind != "predict":
        room.move(1)
    here = room.at
    room.move(1)
    assert room.at == here and not room.may_go_on
    room.move(-1)
    room.move(1)
    room.lock(room.step.index)
    room.move(1)
    assert room.step.kind == "reveal"


def test_a_room_ends_at_its_ends(room):
    room.move(-1)
    assert room.at == 0
    for question in range(2):
        room.lock(question)
    for _ in range(99):
        room.move(1)
    assert room.step.kind == "end"


def test_votes_are_counted_once_a_voter_and_not_after_the_lock(room):
    room.raise_hands(0, [1, 2, 3, 0, 0])
    assert room.vote(0, "table 1", 4) and room.vote(0, "table 2", 4) and room.vote(0, "table 1", 3)
    assert room.counts(0) == [1, 2, 3, 1, 1]
    assert not room.vote(0, "table 3", 5) and not room.vote(0, "table 3", -1)
    room.lock(0)
    room.raise_hands(0, [9] * 5)
    assert not room.vote(0, "table 3", 2) and room.counts(0) == [1, 2, 3, 1, 1]
    assert room.counts(1) == [0] * BINS


def test_counts_from_the_screen_stay_within_bounds(room):
    room.raise_hands(0, [-5, 10**9, 1, 1, 1, 1, 1])
    assert room.counts(0) == [0, 999, 1, 1, 1]


def test_many_voters_at_once_lose_no_vote(room):
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda k: room.vote(0, f"table {k}", k % BINS), range(200)))
    assert all(taken) and sum(room.counts(0)) == 200


def test_rooms_have_codes_of_their_own_and_the_oldest_closes():
    rooms = Rooms()
    opened = [rooms.start(sessions()["careers"]) for _ in range(70)]
    assert len({room.code for room in opened}) == 70 and len(rooms.open) == 64
    assert rooms.find(opened[0].code) is None and rooms.find(f" {opened[-1].code.lower()} ") is opened[-1]
    assert all(re.fullmatch("[A-Z2-9]{4}", room.code) for room in opened)


ASKED = Prediction("relief", "vitality", 0.5, 3.0, {}, {})


@pytest.mark.parametrize(
    ("difference", "answer"), [(-3.1, 0), (-3.0, 1), (-0.5, 1), (-0.49, 2), (0.0, 2), (0.49, 2), (0.5, 3), (3.1, 4)]
)
def test_a_difference_falls_under_one_answer(difference, answer):
    assert bin_of(difference, ASKED) == answer


def test_runs_and_votes_are_compared():
    assert bins_of([-4, 0.1, 1, 2, float("nan")], ASKED) == [1, 0, 1, 2, 0]
    assert most([0, 2, 2, 1, 0]) == 1 and most([0] * 5) is None
    assert agreement([1, 0, 0, 3, 0], [0, 0, 1, 5, 0]) == 75 and agreement([0] * 5, [1, 0, 0, 0, 0]) == 0
    assert shares([1, 0, 3, 0, 0]) == [25, 0, 75, 0, 0] and shares([0] * 5) == [0] * 5


# --- papers -------------------------------------------------------------------------------------------------------


@EACH_LANGUAGE
@EACH_SESSION
@pytest.mark.parametrize("kind", KINDS)
def test_papers_open_and_hold_story_roles_and_questions(name, lang, kind):
    session = sessions()[name]
    paper = handout(session, kind, lang)
    document = docx.Document(io.BytesIO(render(paper, "docx", "plain")))
    page = render(paper, "html").decode()
    written = "\n".join([*(p.text for p in document.paragraphs),
                         *(c.text for t in document.tables for r in t.rows for c in r.cells)])  # fmt: skip
    wanted = [session.story[0], session.questions[0], session.roles["school"].wants, session.debrief["analysis"][0]]
    assert all(text[lang] in written for text in wanted)
    assert session.title[lang] in page and (session.tips[0][lang] in written) == (kind == "guide")


@EACH_LANGUAGE
@EACH_SESSION
def test_the_hand_out_asks_every_question_with_five_boxes(name, lang):
    text = as_markdown(handout(sessions()[name], "handout", lang))
    assert text.count("□") == BINS * len(sessions()[name].predictions)
    assert all(p.question[lang] in text for p in sessions()[name].predictions)


# --- the screen ---------------------------------------------------------------------------------------------------


def page():
    import streamlit as st

    from dashboard.pages.workshop import show

    show(st.query_params.get("lang", "en"))


@pytest.fixture
def screen(monkeypatch):
    monkeypatch.setattr("dashboard.pages.workshop.base_findings", lambda _lang: shipped_findings())

    def start(lang, **query):
        test = AppTest.from_function(page, default_timeout=30)
        test.query_params["lang"] = lang
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    return start


def code_of(test):
    given = test.query_params["room"]
    return given if isinstance(given, str) else given[0]


def told(test):
    parts = [*test.title, *test.markdown, *test.caption, *test.info, *test.success, *test.warning, *test.subheader]
    return "\n".join(part.value for part in parts)


@EACH_LANGUAGE
@EACH_SESSION
def test_every_step_is_shown(screen, name, lang):
    test = screen(lang)
    test.button(key=f"start-{name}").click().run()
    session, seen = sessions()[name], []
    for step in steps_of(session):
        assert not test.exception and not test.error
        seen.append(told(test))
        assert MINE[f"workshop.step_{step.kind}"][lang] in test.title[0].value
        if step.kind == "predict":
            assert test.button(key="next").disabled
            test.number_input[3].set_value(7).run()
            test.button(key="lock").click().run()
            assert MINE["workshop.locked"][lang].format(n=7) in told(test)
        if step.kind != "end":
            test.button(key="next").click().run()
    whole = "\n".join(seen)
    wanted = [*session.goals, *session.story, *session.questions, session.debrief["application"][0]]
    assert all(text[lang] in whole for text in wanted)
    assert all(MINE[f"workshop.line_{key}"][lang] in seen[0] for key in ("who", "data", "change"))
    other = CHINESE.search(whole) if lang == "en" else None
    assert other is None, whole[max(other.start() - 60, 0) : other.start() + 60]


def test_a_voter_joins_by_code_and_votes_until_the_lock(screen):
    lead = screen("en")
    lead.button(key="start-careers").click().run()
    code = code_of(lead)
    while "Predict" not in lead.title[0].value:
        lead.button(key="next").click().run()
    voter = screen("en", room=code.lower())
    assert "Which" not in voter.title[0].value and not voter.exception
    voter.text_input[0].set_value("Table 3").run()
    voter.radio[0].set_value(4).run()
    voter.button(key="cast").click().run()
    assert "Your vote: rises a lot" in told(voter)
    lead.run()
    assert "Votes from the room: 1" in told(lead)
    lead.button(key="lock").click().run()
    voter.run()
    assert voter.radio[0].disabled and voter.button(key="cast").disabled


def test_only_who_opened_a_room_leads_it(screen):
    lead = screen("en")
    lead.button(key="start-careers").click().run()
    guess = screen("en", room=code_of(lead), lead="guess")
    assert not [b for b in guess.button if b.key in ("next", "lock", "back")]


@EACH_LANGUAGE
def test_a_room_that_is_not_there_is_said_and_sessions_are_shown(screen, lang):
    test = screen(lang, room="<script>")
    assert test.warning[0].value == MINE["workshop.lost"][lang] and not test.exception
    test.text_input(key="door-code").set_value("zzzzz")
    test.button[-1].click().run()
    assert len(test.error) == 1 and "zzzzz" in test.error[0].value


# --- the catalogue ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", MINE)
def test_every_sentence_is_in_both_languages_with_the_same_blanks(key):
    blanks = [{name for _, name, _, _ in string.Formatter().parse(MINE[key][lang]) if name} for lang in LANGUAGES]
    assert set(MINE[key]) == set(LANGUAGES) and blanks[0] == blanks[1]
    assert not CHINESE.search(MINE[key]["en"])


def test_every_sentence_is_used():
    folder = FOLDER.parent.parent
    source = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    made = ("bin_", "role_", "step_", "line_")
    words = {*KINDS, *PHASES}
    for key in MINE:
        name = key.removeprefix("workshop.")
        assert (
            name.startswith(made) or name in words or f'"{name}"' in source or f"'{name}'" in source or key in source
        ), key
