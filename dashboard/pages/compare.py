"""The first page: pick scenarios, compare them with the status quo; results come with the program."""

import streamlit as st

from dashboard.controls import outcomes, plans, session
from dashboard.controls.findings import findings_for
from dashboard.controls.groups import show_groups
from dashboard.controls.idle import show_idle
from dashboard.controls.notes import show_key, show_method, show_table
from dashboard.controls.selection import Selection, show_panels
from dashboard.service.jobs import command_of
from dashboard.views.comparison import Comparison, card_counts, comparison
from dashboard.views.effects import COST, amount, cost_words, sentence
from dashboard.views.levers import assumption_changes, compared
from dashboard.views.ranking import ranking, regrets
from dashboard.views.titles import safe, title
from dashboard.words import label, say

COLOURED = {"better": "blue", "worse": "orange"}


def show(lang: str) -> None:
    """Draw the page."""
    st.title(say("shell.page_compare", lang))
    plan = plans.draft()
    plans.write_link(plan)
    known = {session.BASELINE: session.shipped()[session.BASELINE], **plans.available()}
    picked = plans.picked()
    found = findings_for(picked, known, lang)
    if found is None:
        return
    show_method(found.findings, lang)
    show_cards(known, picked, card_counts(found.findings), found, lang)
    seen = comparison(found.findings, picked, known, lang)
    show_findings(seen, lang)
    outcomes.show_outcomes(seen, lang)
    show_ranking(seen, lang)
    show_groups(seen, lang)
    show_levers(seen, lang)
    show_more(seen, found.selection, lang)


def show_cards(known: dict, picked: list[str], counts: dict, found: object, lang: str) -> None:
    """Show every scenario as a card that is in the comparison or not."""
    st.caption(say("compare.lead", lang))
    with st.container(key="cards"):
        for name, scenario in known.items():
            if name == session.BASELINE:
                continue
            tag = card_tag(name, counts, found, lang)
            kind = "primary" if name in picked else "secondary"
            text = f"**{safe(title(scenario, lang))}**  \n:small[{tag}]"
            about = scenario.about[lang] if name in session.shipped() else None
            st.button(
                text, key=f"card-{name}", type=kind, help=about, on_click=plans.toggle, args=(name,), width="stretch"
            )


def card_tag(name: str, counts: dict, found: object, lang: str) -> str:
    """Return the line below a card's title: what the scenario does and costs."""
    if name not in counts:
        return say("compare.tag_draft", lang)
    numbers = counts[name]
    cost = cost_words(found.effects(name), lang)
    return say("compare.tag", lang, better=numbers["better"], worse=numbers["worse"], cost=cost)


def show_findings(seen: Comparison, lang: str) -> None:
    """Say of each scenario what comes out, how sure it is, and what it costs."""
    st.subheader(say("compare.findings", lang))
    show_key(seen.looks)
    columns = st.columns(max(len(seen.names), 1), gap="medium")
    for column, name in zip(columns, seen.names, strict=False):
        with column, st.container(border=True, height="stretch"):
            show_finding(seen, name, lang)


def show_finding(seen: Comparison, name: str, lang: str) -> None:
    """Say what comes out of one scenario."""
    look = next(k for k in seen.looks if k.name == name)
    colour = outcomes.named_colour(look)
    st.markdown(f":{colour}[●] **{safe(seen.titles[name])}**")
    good, bad, more = seen.most(name)
    st.markdown(say("compare.summary", lang, **seen.count(name)))
    lines = [f"- :{COLOURED[e.verdict]}[{sentence(e, seen.runs, lang)}]" for e in [*bad, *good]]
    if more:
        lines.append(f"- {say('compare.more', lang, n=more)}")
    st.markdown("\n".join(lines) or say("compare.none", lang))
    st.caption(say("compare.cost", lang, cost=cost_words(seen.effects(name), lang)))
    reference = seen.findings.about["against"][name]
    if "@" in reference:
        changed = "；".join(f"{c.name} {c.before} → {c.after}" for c in assumption_changes(seen.scenarios[name], lang))
        text = say("compare.matching", lang, scenario=seen.titles[name], assumptions=changed)
        st.info(safe_sentence(text), icon=":material/info:")


def safe_sentence(text: str) -> str:
    """Return a sentence that may hold a stranger's words, with no sign read as formatting."""
    return text.replace("[", "\\[").replace("*", "\\*").replace("`", "\\`").replace("!", "\\!").replace("<", "\\<")


def show_ranking(seen: Comparison, lang: str) -> None:
    """Show the order of the scenarios, with cost, and the regret on one outcome."""
    st.subheader(say("compare.ranking", lang))
    options = seen.outcomes()
    outcome = st.selectbox(
        say("compare.regret_on", lang), options, format_func=lambda o: label(o, lang), key="regret-on", width=320,
        index=options.index("vitality") if "vitality" in options else 0,
    )  # fmt: skip
    missed = {r.scenario: r for r in regrets(seen.findings, seen.names, outcome)}
    rows = []
    for rank, place in enumerate(ranking(seen.findings, seen.names), start=1):
        effects, regret = seen.effects(place.scenario), missed.get(place.scenario)
        rows.append({
            "rank": rank, "scenario": safe(seen.titles[place.scenario]),
            "better": place.better, "worse": place.worse, "neither": place.unclear,
            "extra": amount(effects[COST], lang) if COST in effects else "–",
            "regret": outcomes.plain_amount(outcome, regret.mean if regret else None, lang),
            "regret_high": outcomes.plain_amount(outcome, regret.high if regret else None, lang),
        })  # fmt: skip
    heads = ("rank", "scenario", "better", "worse", "neither", "extra", "regret", "regret_high")
    show_table(rows, {key: say(f"compare.{key}", lang) for key in heads})
    st.caption(say("compare.rule", lang))


def show_levers(seen: Comparison, lang: str) -> None:
    """Show what the scenarios change, lever by lever."""
    with st.expander(say("compare.levers", lang), icon=":material/tune:", key="levers-table"):
        for name in seen.names:
            show_idle(seen.scenarios[name], seen.findings, lang)
        rows = compared([seen.scenarios[name] for name in seen.names], session.city(), lang)
        if not rows:
            st.caption(say("compare.no_levers", lang))
            return
        heads = {
            "lever": say("levers.lever", lang),
            "group": say("levers.group", lang),
            "usual": say("levers.usual", lang),
        }
        show_table(rows, heads | {name: safe(seen.titles[name]) for name in seen.names})


def show_more(seen: Comparison, selection: Selection, lang: str) -> None:
    """Show ways on: data, the command that makes the same numbers, reports."""
    with st.expander(say("shell.download", lang), icon=":material/download:", key="downloads"):
        effects = seen.findings.effects
        wanted = effects[effects["scenario"].isin(list(seen.titles))]
        st.download_button(
            say("compare.data", lang), wanted.to_csv(index=False).encode("utf-8-sig"), "effects.csv", "text/csv",
            key="effects-csv", on_click="ignore", icon=":material/table:",
        )  # fmt: skip
        st.caption(say("compare.command", lang))
        names = [session.BASELINE, *seen.names]
        st.code(command_of(names, selection.job.options), language="bash", wrap_lines=True)
        show_panels(selection, lang)
