"""What a visit is made of: its language, the service that simulates, and the city."""

import streamlit as st

from dashboard.chinese import in_chinese
from dashboard.service.cache import Cache, usual_folder
from dashboard.service.jobs import job_of
from dashboard.service.pool import Service
from dashboard.words import LANGUAGES, say
from model.declare.errors import SettingError
from model.profile import Profile
from scenarios.city import USUAL_CITY, read_city
from scenarios.scenario import Scenario, read_scenario, shipped_scenarios

COOKIE = "shidian_lang"
BASELINE = "baseline"
LANG_CODES = {"zh": "zh-CN", "en": "en"}


def language() -> str:
    """Return the language: of this visit, of the link on arrival, of an earlier visit, of the browser; else English."""
    given = st.session_state.get("lang"), st.query_params.get("lang"), st.context.cookies.get(COOKIE)
    found = next((lang for lang in given if lang in LANGUAGES), None)
    lang = found or ("zh" if str(st.context.locale or "").lower().startswith("zh") else "en")
    st.session_state["lang"] = lang
    if st.query_params.get("lang") != lang:
        st.query_params["lang"] = lang
    return lang


def choose_language(lang: str) -> None:
    """Show the switch of languages and tell the browser which one the page is in."""
    key = f"language-{lang}"
    names = {"zh": "中文", "en": "English"}
    st.segmented_control(
        say("shell.language", lang), ["zh", "en"], default=lang, format_func=names.get, key=key,
        on_change=take_language, args=(key,), label_visibility="collapsed", required=True,
    )  # fmt: skip
    remember = f"document.documentElement.lang='{LANG_CODES[lang]}';"
    remember += f"document.cookie='{COOKIE}={lang};path=/;max-age=31536000;SameSite=Strict';"
    st.html(f"<script>{remember}</script>", unsafe_allow_javascript=True)


def take_language(key: str) -> None:
    """Take the language that the switch was set to."""
    st.session_state["lang"] = st.query_params["lang"] = st.session_state[key]


@st.cache_resource(show_spinner=False)
def service() -> Service:
    """Return the one service of this server; the preview of the reference is made at once."""
    made = Service(Cache(usual_folder()))
    made.ask(job_of((read_scenario(BASELINE),), read_city(), quick=True))
    return made


@st.cache_resource(show_spinner=False)
def city() -> Profile:
    """Return the city that is simulated."""
    return read_city(USUAL_CITY)


@st.cache_resource(show_spinner=False)
def shipped() -> dict[str, Scenario]:
    """Return the shipped scenarios, the reference first."""
    return {name: read_scenario(name) for name in shipped_scenarios()}


def error_words(error: SettingError, lang: str) -> str:
    """Return the one sentence of an error in the language of the page."""
    line = " ".join(str(error).split())
    return in_chinese(line) if lang == "zh" else line


def page_link(address: str, lang: str, *, label: str, icon: str | None = None) -> None:
    """Show a link to a page of the app that keeps the visit; nothing if there is no such page."""
    page = st.session_state.get("pages", {}).get(address)
    if page is not None:
        st.page_link(page, label=label, icon=icon, query_params={"lang": lang})


def visitor() -> str:
    """Return a name for this visit, by which jobs know who waits for them."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    return context.session_id if context else ""
