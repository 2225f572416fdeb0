"""Small parts that every page has: what the numbers are, the key of colours, a table instead of a chart."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard.charts.look import Look
from dashboard.controls import session
from dashboard.findings import Findings
from dashboard.words import month, say
from model.declare.setting import month_name
from scenarios.scenario import FIRST_FUTURE

SHORT = 2


def show_method(findings: Findings, lang: str) -> None:
    """Say in one line what was simulated and how, with the way to the page on trust."""
    about = findings.about
    text = say(
        "notes.method", lang,
        city=about["city"]["title"][lang],
        first=month(month_name(FIRST_FUTURE), lang), last=month(about["until"], lang),
        runs=about["runs"], scale=f"1:{about['scale']:g}",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="method"):
        st.caption(text, width="content")
        session.page_link("trust", lang, label=say("shell.trust_link", lang))


def show_key(looks: list[Look]) -> None:
    """Show which colour and dash each scenario has."""
    st.html(f'<div class="keys">{"".join(map(sample, looks))}</div>')


def sample(look: Look) -> str:
    """Return the sample of a line and the name beside it, as HTML; the name is escaped."""
    kind = "solid" if not look.dash[1] else "dotted" if look.dash[0] <= SHORT else "dashed"
    line = f'<span class="line" style="border-top: 3px {kind} {look.colour}"></span>'
    return f'<span class="key">{line}{escape(look.title)}</span>'


def show_table(rows: list[dict] | pd.DataFrame, names: dict[str, str]) -> None:
    """Show a plain table whose columns have names in the language of the page."""
    frame = pd.DataFrame(rows)[list(names)].rename(columns=names)
    st.table(frame, border="horizontal", hide_index=True)
