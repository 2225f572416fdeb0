"""The scenarios of a visit: the draft that is being made, those kept beside it, and what the address carries."""

from dataclasses import replace

import streamlit as st

from dashboard.codec import decode, encode
from dashboard.controls import session
from dashboard.draft import NAME, Draft, draft_of
from dashboard.views.titles import title
from dashboard.words import LANGUAGES, say
from model.declare.errors import SettingError
from scenarios.scenario import Scenario

MOST_KEPT = 6
USUAL_PICK = ("relief", "quality_schools", "crackdown")
MOST_PICKED = 4


def draft() -> Draft:
    """Return the draft of this visit: that of the link on arrival, else the status quo.

    The link counts on arrival only: a rerun that a part of the page asks for may still carry an older address.
    """
    if "draft" not in st.session_state:
        st.session_state["draft"] = draft_of(session.shipped()[session.BASELINE], own_title())
        take_link()
    return st.session_state["draft"]


def put(new: Draft) -> None:
    """Make a draft the present one and have every control show its values."""
    st.session_state["draft"] = new
    st.session_state["draft_mark"] = st.session_state.get("draft_mark", 0) + 1


def take_link() -> None:
    """Take the scenario of ``?s=``; of a broken one keep the sentence that says what is wrong."""
    code = st.query_params.get("s")
    if not code:
        return
    try:
        scenario = decode(code, NAME, session.city())
    except SettingError as error:
        st.session_state["link_error"] = error
        del st.query_params["s"]
        return
    fresh = draft_of(session.shipped()[session.BASELINE], scenario.title)
    put(fresh.changed(scenario))


def own_title() -> dict[str, str]:
    """Return the title of a scenario that nobody has named yet."""
    return {lang: say("build.own_title", lang) for lang in LANGUAGES}


def is_untouched(plan: Draft) -> bool:
    """Tell whether a draft is still the status quo."""
    return not plan.now.levers and not plan.now.parameters and not plan.now.forms and plan.now.coupled


def write_link(plan: Draft) -> str:
    """Put the draft's code into the address, so that a reload or a copied address keeps it; return the code."""
    code = encode(plan.now, session.city())
    if is_untouched(plan):
        if "s" in st.query_params:
            del st.query_params["s"]
    elif st.query_params.get("s") != code:
        st.query_params["s"] = code
    return code


def kept() -> dict[str, Scenario]:
    """Return the scenarios kept beside the draft."""
    return st.session_state.setdefault("kept", {})


def keep(scenario: Scenario) -> str:
    """Keep a scenario under a name of its own; return the name."""
    name = next(f"{NAME}-{k}" for k in range(1, MOST_KEPT + 2) if f"{NAME}-{k}" not in kept())
    kept()[name] = replace(scenario, name=name)
    while len(kept()) > MOST_KEPT:
        kept().pop(next(iter(kept())))
    return name


def available() -> dict[str, Scenario]:
    """Return every scenario that can be compared: shipped, kept, and the draft if it sets anything."""
    found = {name: s for name, s in session.shipped().items() if name != session.BASELINE} | kept()
    if not is_untouched(draft()):
        found[NAME] = draft().now
    return found


def title_of(name: str, lang: str) -> str:
    """Return the title of a scenario by its name, or the name if there is no such scenario now."""
    found = {**session.shipped(), **available()}.get(name)
    return title(found, lang) if found else name


def picked() -> list[str]:
    """Return the names of the scenarios that are compared, those of the address first."""
    if "picked" not in st.session_state:
        wanted = [n for n in st.query_params.get("c", "").split(",") if n]
        st.session_state["picked"] = wanted or list(USUAL_PICK)
    there = available()
    found = [n for n in st.session_state["picked"] if n in there][:MOST_PICKED] or list(USUAL_PICK[:1])
    st.session_state["picked"] = found
    st.query_params["c"] = ",".join(found)
    return found


def toggle(name: str) -> None:
    """Take a scenario into the comparison or out of it; one stays, and at most four are in."""
    now = list(st.session_state.get("picked", []))
    without = [n for n in now if n != name]
    st.session_state["picked"] = (without or now) if name in now else [*now, name][-MOST_PICKED:]


def link(page: str, *, lang: str, code: str = "") -> str:
    """Return the address of a page with a scenario in it, for this server."""
    host = st.context.url or "http://127.0.0.1:8501/"
    root = "/".join(host.split("/")[:3])
    tail = f"&s={code}" if code else ""
    return f"{root}/{page}?lang={lang}{tail}"
