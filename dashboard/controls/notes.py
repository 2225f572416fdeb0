"""Small parts that every page has: what the numbers are, the key of colours, a table instead of a chart."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard.charts.look import Look
from dashboard.findings import Findings
from dashboard.words import month, say
from model.declare.setting import month_name
from scenarios.scenario import FIRST_FUTURE

DOTS = {1: "solid", 7: "dashed", 4: "dashed", 2: "dotted", 8: "dashed", 6: "dashed"}


def show_method(findings: Findings, lang: str) -> None:
    """Say in one line what was simulated and how, with the way to the page on trust."""
    about = findings.about
    text = say(
        "notes.method", lang,
        city=about["city"]["title"][lang], first=month(month_name(FIRST_FUTURE), lang), last=month(about["until"], lang),
        runs=about["runs"], scale=f"1:{about['scale']:g}",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="method"):
        st.caption(text, width="content")
        st.link_button(say("shell.trust_link", lang), f"/trust?lang={lang}", type="tertiary", icon=":material/verified_user:")


def show_key(looks: list[Look]) -> None:
    """Show which colour and dash each scenario has."""
    parts = [
        f'<span class="key"><svg width="26" height="8" aria-hidden="true"><line x1="1" y1="4" x2="25" y2="4" stroke="{look.colour}" '
        f'stroke-width="3" stroke-dasharray="{",".join(map(str, look.dash)) if look.dash[1] else "none"}"/></svg>{escape(look.title)}</span>'
        for look in looks
    ]
    st.html(f'<div class="keys">{"".join(parts)}</div>')


def show_table(rows: list[dict] | pd.DataFrame, names: dict[str, str]) -> None:
    """Show a plain table whose columns have names in the language of the page."""
    frame = pd.DataFrame(rows)[list(names)].rename(columns=names)
    st.table(frame.set_index(frame.columns[0]), border="horizontal")
