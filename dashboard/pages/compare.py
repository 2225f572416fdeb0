"""The first page: pick scenarios and compare them."""

import streamlit as st

from dashboard.controls import session
from dashboard.controls.selection import Selection, show_panels
from dashboard.service.jobs import job_of
from dashboard.ship import shipped_findings
from dashboard.words import say


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_compare", lang))
    stories = session.shipped()
    chosen = tuple(stories[name] for name in ("baseline", "relief", "crackdown"))
    show_panels(Selection(job_of(chosen, session.city(), quick=False), shipped_findings()), lang)
