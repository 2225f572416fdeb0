"""Trust: fit to the evidence, held-out rows, assumption register, limits, version."""

import streamlit as st

from dashboard.controls import session
from dashboard.controls.notes import show_table
from dashboard.ship import shipped_findings
from dashboard.views import trust
from dashboard.views.trust import Fit
from dashboard.words import say
from experiments.priors import draws_source
from experiments.results import evidence_used
from experiments.version import model_version
from model.declare.unit import UNITS

MOST_SHOWN = 40


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_trust", lang))
    st.caption(say("trust.lead", lang))
    show_light(lang)
    show_fits(lang)
    show_register(lang)
    st.subheader(say("trust.limits", lang))
    with st.container(key="limits"):
        st.markdown(trust.limits(lang))


def show_light(lang: str) -> None:
    """Show what stands first: calibrated or not, assumptions, purpose, version."""
    with st.container(border=True, key="light"):
        st.markdown(f"**{say('trust.light', lang)}**")
        if draws_source().calibrated:
            st.badge(say("trust.calibrated", lang), icon=":material/check_circle:", color="green")
        else:
            st.badge(say("trust.uncalibrated", lang), icon=":material/warning:", color="orange")
        used = evidence_used(session.city())
        numbers = {kind: used.get(kind, 0) for kind in ("assumption", "data", "study")}
        lines = [say("trust.evidence", lang, total=sum(used.values()), **numbers)]
        hold = trust.patterns_hold()
        if hold:
            lines.append(say("trust.patterns", lang, k=hold[0], n=hold[1]))
        lines.append(say("trust.purpose", lang))
        findings = shipped_findings()
        shipped = findings.about["model_version"] if findings else "–"
        lines.append(say("trust.version", lang, version=model_version(), shipped=shipped))
        if findings:
            about = findings.about
            lines.append(say("trust.seed", lang, seed=about["seed"], runs=about["runs"], scale=f"1:{about['scale']:g}"))
        st.markdown("\n".join(f"- {line}" for line in lines))


def show_fits(lang: str) -> None:
    """Show every observed number against the model, held-out rows first."""
    st.subheader(say("trust.fit", lang))
    findings = shipped_findings()
    found = trust.fits(findings if findings and findings.current else None, lang)
    known = [f for f in found if f.meets is not None]
    st.markdown(f"**{say('trust.fit_sum', lang, k=sum(f.meets for f in known), n=len(known))}**")
    st.caption(say("trust.fit_how", lang))
    for held_out in (True, False):
        rows = [fit_row(f, lang) for f in found if f.held_out == held_out]
        with st.expander(say("trust.held_out" if held_out else "trust.fitted", lang), expanded=held_out):
            show_table(
                rows,
                {
                    key: say(f"trust.{key}", lang)
                    for key in ("row", "observed", "simulated", "meets", "source", "about")
                },
            )


def fit_row(fit: Fit, lang: str) -> dict[str, str]:
    """Return one observed number as a row of a table."""
    meets = (
        "–"
        if fit.meets is None
        else f":blue[✓ {say('trust.yes', lang)}]"
        if fit.meets
        else f":orange[✗ {say('trust.no', lang)}]"
    )
    return {
        "row": fit.label, "observed": fit.observed, "simulated": fit.simulated, "meets": meets, "source": fit.source,
        "about": fit.about,
    }  # fmt: skip


def show_register(lang: str) -> None:
    """Show the assumptions, with a search."""
    st.subheader(say("trust.register", lang))
    found = trust.assumptions(lang)
    measured = any(a.influence is not None for a in found)
    st.caption(say("trust.register_how" if measured else "trust.register_none", lang))
    wanted = st.text_input(say("trust.search", lang), key="find-assumption", max_chars=40, width=320)
    chosen = [a for a in found if wanted.strip().lower() in a.name.lower()]
    rows = [
        {
            "name": a.name, "value": a.value, "range": a.span, "source": a.source,
            "unit": UNITS.get(a.unit, a.unit) if lang == "zh" else a.unit,
            "influence": "–" if a.influence is None else f"{a.influence:.2g}",
            "flips": say("trust.yes", lang) if a.flips else "–",
        }
        for a in chosen[:MOST_SHOWN]
    ]  # fmt: skip
    heads = ["name", "value", "range", "unit", "source", *(["influence", "flips"] if measured else [])]
    if rows:
        show_table(rows, {key: say(f"trust.{key}", lang) for key in heads})
    if len(chosen) > MOST_SHOWN:
        st.caption(say("trust.more", lang, n=MOST_SHOWN, total=len(chosen)))
