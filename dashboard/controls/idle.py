"""What changes nothing is said so, with why."""

import streamlit as st

from dashboard.controls import session
from dashboard.findings import Findings
from dashboard.views.idle import changed_nothing, reason
from dashboard.words import label, say
from scenarios.scenario import Scenario


def show_idle(scenario: Scenario, findings: Findings, lang: str) -> None:
    """Say which levers of a scenario cannot change anything, and whether all of it changed nothing."""
    for key in scenario.levers:
        why = reason(scenario, key, session.city())
        if why:
            st.warning(say(f"build.idle_{why}", lang, name=label(key, lang)), icon=":material/info:")
    if changed_nothing(findings, scenario.name):
        st.warning(say("build.nothing", lang), icon=":material/info:")
