"""The frame around every page: menu, language, version, and what is shown when a page fails."""

import logging
import uuid
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard.controls import session
from dashboard.registry import PAGES, PageEntry
from dashboard.words import say
from experiments.priors import draws_source
from experiments.version import model_version

ICON = Path(__file__).parent.parent / "icon.png"
STYLE = Path(__file__).parent.parent / "style.css"


def show_app() -> None:
    """Show the menu and the chosen page in the language of the visit."""
    lang = session.language()
    st.set_page_config(page_title=say("shell.name", lang), page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    st.html(f"<style>{brand(lang)}</style>")
    page = st.navigation(menu(lang), position="sidebar")
    with st.sidebar:
        foot(lang)
    page.run()


def menu(lang: str) -> dict[str, list]:
    """Return the pages under their headings; the first one is the page that opens."""
    found: dict[str, list] = {}
    st.session_state["pages"] = {}
    for entry in PAGES:
        page = st.Page(
            runner(entry, lang), title=say(f"shell.page_{entry.address}", lang), icon=entry.icon,
            url_path="start" if entry is PAGES[0] else entry.address, default=entry is PAGES[0],
        )  # fmt: skip
        st.session_state["pages"][entry.address] = page
        found.setdefault(say(f"shell.head_{entry.heading}", lang), []).append(page)
    found[next(iter(found))].append(by_address(PAGES[0], lang))
    return found


def by_address(entry: PageEntry, lang: str) -> st.Page:
    """Return the first page under its own address too: the page that opens has none."""
    title = say(f"shell.page_{entry.address}", lang)
    return st.Page(runner(entry, lang), title=title, url_path=entry.address, visibility="hidden")


def runner(entry: PageEntry, lang: str) -> Callable[[], None]:
    """Return the function that draws a page and keeps the app alive if it fails."""

    def run() -> None:
        try:
            import_module(entry.module).show(lang)
        except Exception as error:
            code = uuid.uuid4().hex[:8]
            logging.getLogger(__name__).exception("page %s, reference %s", entry.address, code, exc_info=error)
            st.error(say("shell.wrong_page", lang), icon=":material/error:")
            st.caption(say("shell.reference", lang, code=code))

    run.__name__ = entry.address
    return run


def brand(lang: str) -> str:
    """Return the style that puts the program's name above the menu."""
    name, claim = say("shell.name", lang), say("shell.claim", lang)
    place = '[data-testid="stSidebarNav"]'
    both = "display: block; padding: 0 0.5rem"
    return (
        f'{place}::before {{ content: "{name}"; {both}; font-size: 1.35rem; font-weight: 650; }} '
        f'{place} > *:first-child::before {{ content: "{claim}"; {both} 0.9rem; font-size: 0.8rem; opacity: 0.75; }}'
    )


def foot(lang: str) -> None:
    """Show the language switch, and what the numbers rest on."""
    session.choose_language(lang)
    title = session.city().title[lang]
    st.caption(say("shell.city_version", lang, city=title, version=model_version().partition("+")[2]))
    if not draws_source().calibrated:
        st.caption(say("shell.uncalibrated", lang))
