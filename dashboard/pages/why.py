"""Why: which lever made an effect, what if a mechanism is otherwise, and the way from a lever to an outcome."""

from dataclasses import replace

import streamlit as st

from dashboard.charts.bars import signed_bars
from dashboard.controls import plans, session
from dashboard.controls.notes import show_table
from dashboard.controls.studies import choose_scenario, choose_size, show_studies, start_button
from dashboard.controls.waiting import findings_now, watch
from dashboard.figures.intervals import better
from dashboard.service.jobs import job_of
from dashboard.service.studies import Study
from dashboard.views import analyses, chain
from dashboard.views.effects import effects_of, headline, short
from dashboard.views.levers import changes
from dashboard.words import OUTCOMES, label, say, scale
from model.declare.setting import levers
from model.schedule import scheduled

SIZES = {
    "quick": ("--scale", "1:200", "--draws", "2", "--permutations", "4"),
    "usual": ("--scale", "1:100", "--draws", "6", "--permutations", "12"),
    "thorough": ("--scale", "1:20", "--draws", "12", "--permutations", "32"),
}
BY = ("group", "lever")
OFF = "off"
PATIENCE = 2.5


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_why", lang))
    st.caption(say("why.lead", lang))
    show_shares(lang)
    show_switch(lang)
    show_chain(lang)


def show_shares(lang: str) -> None:
    """Show what saved studies say about the share of each lever, and offer a new one."""
    st.subheader(say("why.shares", lang))
    st.caption(say("why.shares_how", lang))
    left, right = st.columns((4, 8), gap="large")
    with left, st.container(border=True):
        scenario = choose_scenario("explain-scenario", lang)
        by = st.segmented_control(
            say("why.by", lang), BY, default=BY[0], key="explain-by", required=True,
            format_func=lambda b: say(f"why.by_{b}", lang),
        )  # fmt: skip
        size = choose_size("explain-size", lang)
        if changes(scenario, session.city(), lang):
            start_button("explain", scenario, ["--by", by, *SIZES[size]], lang)
        else:
            st.caption(say("why.unmoved", lang))
    with right:
        show_studies("explain", lang, lambda study: show_study(study, lang))


def show_study(study: Study, lang: str) -> None:
    """Show the shares and the pairs of one study."""
    table = analyses.read(study.out, "shares")
    there = [o for o in dict.fromkeys(table["outcome"]) if o in OUTCOMES]
    outcome = st.selectbox(say("why.outcome", lang), there, key="share-outcome", format_func=lambda o: label(o, lang))
    rows = analyses.shares(study.out, outcome, lang)
    scaling = scale(OUTCOMES[outcome].unit, float(rows["value"].abs().max()), lang, difference=True)
    chart = signed_bars(rows, scaling.factor, scaling.unit, lang, good=better(outcome))
    st.altair_chart(chart, width="stretch", key="shares", alt=say("charts.alt_bars", lang, name=label(outcome, lang)))
    with st.expander(say("why.shares_table", lang), icon=":material/table:"):
        shares = zip(rows["name"], rows["value"], strict=True)
        listed = [{"part": name, "value": analyses.in_words(outcome, value, lang)} for name, value in shares]
        show_table(listed, {"part": say("charts.part", lang), "value": label(outcome, lang)})
    pairs = analyses.read(study.out, "pairs")
    if not pairs.empty:
        show_pairs(pairs[pairs["outcome"] == outcome], outcome, lang)


def show_pairs(pairs: object, outcome: str, lang: str) -> None:
    """Show the pairs that do most beyond what each does alone."""
    largest = pairs.reindex(pairs["mean"].abs().sort_values(ascending=False).index).head(6)
    rows = [
        {
            "pair": f"{analyses.part_words(r['one'], lang)} × {analyses.part_words(r['other'], lang)}",
            "together": analyses.in_words(outcome, r["mean"], lang),
            "kind": kind_words(str(r.get("kind")), lang),
        }
        for r in largest.to_dict("records")
    ]
    st.markdown(f"**{say('why.pairs', lang)}**")
    show_table(rows, {key: say(f"why.{key}", lang) for key in ("pair", "together", "kind")})


def kind_words(kind: str, lang: str) -> str:
    """Return what a pair does together, in words."""
    return say(f"why.kind_{kind}", lang) if kind in ("synergy", "conflict") else say("why.kind_neither", lang)


def show_switch(lang: str) -> None:
    """Let a mechanism be switched, and show which findings keep their direction."""
    st.subheader(say("why.switch", lang))
    st.caption(say("why.switch_lead", lang))
    rules = {rule.name: rule for rule in scheduled() if rule.optional or rule.rivals}
    left, right = st.columns((4, 8), gap="large")
    with left, st.container(border=True):
        scenario = choose_scenario("switch-scenario", lang)
        name = st.selectbox(
            say("why.mechanism", lang), list(rules), key="switch-mechanism",
            format_func=lambda n: rules[n].zh if lang == "zh" else n.replace("_", " "),
        )  # fmt: skip
        forms = ([OFF] if rules[name].optional else []) + list(rules[name].rivals)
        form = st.selectbox(
            say("why.form", lang), forms, key=f"switch-form-{name}", format_func=lambda f: form_words(f, lang)
        )
        st.caption(f"{say('why.claim', lang)}: {rules[name].zh if lang == 'zh' else rules[name].claim}")
        st.caption(f"{say('why.sources', lang)}: {rules[name].source}")
    with right:
        show_switched(scenario, name, form, lang)


def form_words(form: str, lang: str) -> str:
    """Return the form of a mechanism in words."""
    return say("why.form_off", lang) if form == OFF else form.replace("_", " ")


def show_switched(scenario: object, mechanism: str, form: str, lang: str) -> None:
    """Show the effects as assumed and with the mechanism switched, side by side."""
    baseline = session.shipped()[session.BASELINE]
    other = replace(scenario, name=f"{scenario.name}-switched", forms={**scenario.forms, mechanism: form})
    job = job_of((baseline, scenario, other), session.city(), quick=True)
    found = findings_now(job, PATIENCE)
    if found is None:
        watch(job, lang)
        return
    usual, switched = (effects_of(found, name) for name in (scenario.name, other.name))
    wanted = [o for o in headline(found) if o in usual and o in switched]
    same = sum((usual[o].middle > 0) == (switched[o].middle > 0) for o in wanted)
    st.markdown(f"**{say('why.holds', lang, k=same, n=len(wanted))}**")
    rows = [
        {"effect": label(o, lang), "usual": short(usual[o], lang), "switched": short(switched[o], lang)} for o in wanted
    ]
    show_table(rows, {key: say(f"why.{key}", lang) for key in ("effect", "usual", "switched")})
    st.caption(say("build.preview_help", lang, runs=found.about["runs"], scale=f"1:{found.about['scale']:g}"))


def show_chain(lang: str) -> None:
    """Show the ways from a lever to an outcome."""
    st.subheader(say("why.chain", lang))
    left, right = st.columns(2)
    plan = plans.draft().now.levers
    names = [*plan, *(name for name in levers() if name not in plan)]
    first = 0 if plan else names.index("burden_reduction")
    lever = left.selectbox(
        say("why.lever", lang), names, first, key="chain-lever", format_func=lambda n: label(n, lang)
    )
    outcomes = [key for key, o in OUTCOMES.items() if o.headline and o.over != "levers"]
    outcome = right.selectbox(
        say("why.outcome", lang), outcomes, key="chain-outcome", format_func=lambda o: label(o, lang)
    )
    found = chain.chain(lever, outcome)
    if not found:
        st.info(say("why.no_chain", lang), icon=":material/info:")
        return
    alt = say("charts.alt_chain", lang, lever=label(lever, lang), outcome=label(outcome, lang))
    with st.container(key="chain"):
        st.graphviz_chart(chain.as_dot(found, lang), width="stretch", alt=alt)
    st.caption(say("why.chain_how", lang))
    with st.expander(say("why.table", lang), icon=":material/table:", key="chain-table"):
        rows = [
            {
                "from": chain.node_words(a.start, lang), "to": chain.node_words(a.end, lang),
                "claim": chain.rule_words(a, lang) or "–", "sources": ", ".join(chain.source_keys(a)) or "–",
            }
            for a in found
        ]  # fmt: skip
        show_table(rows, {key: say(f"why.{key}", lang) for key in ("from", "to", "claim", "sources")})
        keys = dict.fromkeys(key for a in found for key in chain.source_keys(a))
        st.markdown("\n".join(f"- {chain.source_words(key, lang)}" for key in keys))
