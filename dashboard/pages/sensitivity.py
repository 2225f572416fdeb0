"""Sensitivity: measures of robustness side by side, and studies of what moves an outcome."""

import streamlit as st

from dashboard.charts.bars import heat, plain_bars
from dashboard.controls import outcomes, plans, session
from dashboard.controls.findings import findings_for
from dashboard.controls.notes import show_method, show_table
from dashboard.controls.studies import choose_scenario, choose_size, show_studies, start_button
from dashboard.figures.intervals import notable, unit
from dashboard.service.studies import Study
from dashboard.views import analyses
from dashboard.views.effects import headline
from dashboard.views.robust import LOW_IS_BEST, SHOWN, Robust, firsts, robust
from dashboard.views.titles import safe, title
from dashboard.words import OUTCOMES, label, say, scale

METHODS, OVER = ("morris", "sobol"), ("levers", "parameters")
SAMPLES = {
    "morris": {"quick": "4", "usual": "10", "thorough": "20"},
    "sobol": {"quick": "16", "usual": "64", "thorough": "256"},
}
SCALES = {"quick": "1:200", "usual": "1:100", "thorough": "1:50"}


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_sensitivity", lang))
    st.caption(say("sensitivity.lead", lang))
    show_robust(lang)
    show_study_part(lang)


def show_robust(lang: str) -> None:
    """Show the scenarios by five measures of robustness."""
    st.subheader(say("robust.title", lang))
    known = {session.BASELINE: session.shipped()[session.BASELINE], **plans.available()}
    found = findings_for([], known, lang)
    if found is None:
        return
    show_method(found.findings, lang)
    st.caption(say("robust.lead", lang))
    left, right = st.columns(2)
    options = headline(found.findings)
    outcome = left.selectbox(
        say("why.outcome", lang), options, key="robust-outcome", format_func=lambda o: label(o, lang)
    )
    scaling = scale(unit(outcome), notable(outcome), lang, difference=True)
    goal = right.number_input(
        say("robust.goal", lang, unit=scaling.unit), 0.0, value=2 * notable(outcome) * scaling.factor,
        step=notable(outcome) * scaling.factor or 1.0, key=f"goal-{outcome}", format=f"%.{max(scaling.decimals, 1)}f",
    )  # fmt: skip
    names = [n for n in found.findings.scenarios if n in known and n != session.BASELINE]
    rows = robust(found.findings, names, outcome, goal / scaling.factor)
    show_verdict(rows, known, lang)
    table = [{"scenario": safe(title(known[r.scenario], lang))} | cells(r, outcome, lang) for r in rows]
    show_table(table, {"scenario": say("robust.scenario", lang)} | {m: say(f"robust.{m}", lang) for m in SHOWN})
    st.caption(say("robust.how", lang))


def show_verdict(rows: list[Robust], known: dict, lang: str) -> None:
    """Say whether the measures agree on the best scenario."""
    best = [safe(title(known[name], lang)) for name in firsts(rows)]
    unanimous = next((r for r in rows if set(r.ranks.values()) == {1}), None)
    if unanimous:
        st.markdown(f"**{say('robust.agree', lang, name=safe(title(known[unanimous.scenario], lang)))}**")
    elif best:
        st.markdown(f"**{say('robust.split', lang, names=say('robust.and', lang).join(best))}**")


def cells(row: Robust, outcome: str, lang: str) -> dict[str, str]:
    """Return one scenario's measures as the texts of a table, the best in each column bold."""
    found = {}
    for measure in SHOWN:
        value = row.values[measure]
        if measure == "satisficing":
            text = f"{100 * value:.0f}%"
        else:
            amount = outcomes.plain_amount(outcome, abs(value), lang)
            text = amount if measure in LOW_IS_BEST or value >= 0 else f"−{amount}"
        shown = say("robust.cell", lang, value=text, rank=row.ranks[measure])
        found[measure] = f"**{shown}**" if row.ranks[measure] == 1 else shown
    return found


def show_study_part(lang: str) -> None:
    """Offer a study, and show the saved ones."""
    st.subheader(say("sensitivity.study", lang))
    left, right = st.columns((4, 8), gap="large")
    with left, st.container(border=True):
        method = choose("method", METHODS, lang)
        st.caption(say(f"sensitivity.about_{method}", lang))
        over = choose("over", OVER, lang)
        scenario = choose_scenario("sensitivity-scenario", lang, baseline=True)
        options = [key for key, o in OUTCOMES.items() if o.headline and o.over != "levers"]
        chosen = st.multiselect(
            say("study.outcomes", lang), options, default=["vitality", "parent_anxiety", "three_burdens"],
            key="sensitivity-outcomes", format_func=lambda o: label(o, lang), placeholder=say("study.outcomes", lang),
        )  # fmt: skip
        size = choose_size("sensitivity-size", lang)
        grouped = ["--grouped"] if method == "sobol" and over == "levers" else []
        arguments = [
            "--method",
            method,
            "--over",
            over,
            *grouped,
            "--samples",
            SAMPLES[method][size],
            "--scale",
            SCALES[size],
            "--yes",
        ]
        start_button("sensitivity", scenario, [*arguments, "--outcome", ",".join(chosen or options)], lang)
    with right:
        show_studies("sensitivity", lang, lambda study: show_study(study, lang))


def choose(name: str, options: tuple[str, ...], lang: str) -> str:
    """Return one of a few options."""
    return st.segmented_control(
        say(f"sensitivity.{name}", lang), options, default=options[0], key=f"sensitivity-{name}", required=True,
        format_func=lambda o: say(f"sensitivity.{name}_{o}", lang), wrap=True,
    )  # fmt: skip


def show_study(study: Study, lang: str) -> None:
    """Show the indices of one study: bars for an outcome, then all of them as a heat map."""
    table = analyses.indices(study.out, lang)
    measure = analyses.main_measure(table)
    there = [o for o in dict.fromkeys(table["outcome"]) if o in OUTCOMES]
    outcome = st.selectbox(say("why.outcome", lang), there, key="index-outcome", format_func=lambda o: label(o, lang))
    rows = table[(table["outcome"] == outcome) & (table["measure"] == measure)].copy()
    rows = rows.sort_values("value", ascending=False).head(analyses.MOST)
    st.markdown(f"**{say('sensitivity.sobol' if measure == 'total' else 'sensitivity.tornado', lang)}**")
    if measure == "total":
        chart = plain_bars(rows, say("sensitivity.share_unit", lang), lang)
    else:
        scaling = scale(unit(outcome), float(rows["value"].max()), lang, difference=True)
        rows[["value", "low", "high"]] *= scaling.factor
        chart = plain_bars(rows, scaling.unit, lang)
    st.altair_chart(chart, width="stretch", key="indices", alt=say("charts.alt_bars", lang, name=label(outcome, lang)))
    if not bool(rows["rankable"].all()):
        st.warning(say("study.unsure", lang), icon=":material/info:")
    st.markdown(f"**{say('sensitivity.heat', lang)}**")
    shares = analyses.relative(table, lang)
    top = shares.groupby("name")["share"].max().sort_values(ascending=False).head(analyses.MOST).index
    st.altair_chart(
        heat(shares[shares["name"].isin(top)], lang), width="stretch", key="heat", alt=say("charts.alt_heat", lang)
    )
    st.caption(say("sensitivity.heat_how", lang))
    with st.expander(say("sensitivity.table", lang), icon=":material/table:"):
        show_indices(rows, lang)


def show_indices(rows: object, lang: str) -> None:
    """Show the indices as a table."""
    shown = [
        {
            "name": r["name"], "measure": say(f"sensitivity.measure_{r['measure']}", lang),
            "value": f"{r['value']:.3g}",
            "interval": f"{r['low']:.3g} … {r['high']:.3g}",
        }
        for r in rows.to_dict("records")
    ]  # fmt: skip
    show_table(shown, {key: say(f"sensitivity.{key}", lang) for key in ("name", "measure", "value", "interval")})
