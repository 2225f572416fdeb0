"""A lever on the screen: a slider in its natural unit with status quo and verbal bands marked, and its dates."""

from html import escape

import streamlit as st

from dashboard.controls import plans, session
from dashboard.views.levers import grouped, is_share, path_words, status_quo, unit_tail, value_words
from dashboard.views.timing import earliest, moved_to, retimed, start_of
from dashboard.words import month, say
from model.declare.setting import NEVER, Lever, levers, month_index, month_name
from model.declare.unit import UNITS
from scenarios.path import LONGEST_RAMP, Step
from scenarios.scenario import FIRST_FUTURE

PER_CENT = 100
BANDS = ("low", "status_quo", "high", "very_high")
NEAR = 0.09


def show_group(group: str, lang: str) -> None:
    """Show the levers of one part of the source texts."""
    for lever in grouped()[group]:
        show_lever(lever, lang)


def show_lever(lever: Lever, lang: str) -> None:
    """Show one lever: slider, bands, and when it moves."""
    plan, usual = plans.draft().now, status_quo(lever, session.city())
    steps = plan.levers.get(lever.id, ())
    value = steps[-1].value if steps else usual
    key = f"lever-{lever.id}-{st.session_state.get('draft_mark', 0)}"
    with st.container(key=f"row-{lever.id}", gap="xsmall"):
        if lever.kind == "month":
            show_month(lever, value, key, lang)
        else:
            show_slider(lever, value, key, lang)
            st.html(bands_of(lever, usual, lang))
        if steps:
            show_dates(lever, steps, lang)


def show_slider(lever: Lever, value: float, key: str, lang: str) -> None:
    """Show the slider of a number; all its numbers have one type."""
    factor = PER_CENT if is_share(lever) else 1
    low, high, step, now = (round(v * factor, 6) for v in (*lever.range, lever.step, value))
    whole = all(float(v).is_integer() for v in (low, high, step, now))
    cast = int if whole else float
    st.slider(
        heading(lever, lang), cast(low), cast(high), cast(now), cast(step), key=key, help=help_of(lever, lang),
        format="%d" if whole else None, on_change=take_value, args=(lever.id, key),
    )  # fmt: skip


def show_month(lever: Lever, value: float, key: str, lang: str) -> None:
    """Show the choice of a lever that is a month, or none."""
    first, last = map(month_index, lever.months)
    options = [NEVER, *range(first, last + 1)]
    st.selectbox(
        lever.label[lang], options, index=options.index(value) if value in options else 0, key=key,
        format_func=lambda v: value_words(lever, float(v), lang), help=help_of(lever, lang),
        on_change=take_value, args=(lever.id, key),
    )  # fmt: skip


def heading(lever: Lever, lang: str) -> str:
    """Return a lever's name with its unit."""
    unit = (
        "%" + unit_tail(lever, lang)
        if is_share(lever)
        else UNITS.get(lever.unit, lever.unit)
        if lang == "zh"
        else lever.unit
    )
    return f"{lever.label[lang]} :gray[:small[{unit}]]"


def help_of(lever: Lever, lang: str) -> str:
    """Return what a lever is, what the source text says, who may be hurt, and what it costs."""
    return "\n\n".join([
        lever.about[lang],
        say("build.quote", lang, text=lever.quote["text"], where=lever.quote["where"]),
        say("build.harm", lang, text=lever.harm[lang]),
        say("build.cost", lang, text=lever.cost["about"][lang]),
    ])  # fmt: skip


def bands_of(lever: Lever, usual: float, lang: str) -> str:
    """Return the marks below a slider as HTML; a mark that would cover the one before it has no word."""
    low, high = lever.range
    values = {band: usual if band == "status_quo" else lever.bands[band] for band in BANDS}
    places = {band: (value - low) / (high - low) for band, value in values.items()}
    marks, last = [], -1.0
    for band, place in places.items():
        own = band == "status_quo"
        covered = not own and (abs(place - places["status_quo"]) < NEAR or place - last < NEAR)
        word = "" if covered else escape(say(f"build.band_{band}", lang))
        last = place if word else last
        kind = ' class="usual"' if own else ""
        marks.append(f'<span{kind} style="left:{100 * place:.1f}%">{word}&#8203;</span>')
    return f'<div class="bands">{"".join(marks)}</div>'


def take_value(lever_id: str, key: str) -> None:
    """Take a lever's new value; its dates stay, and a lever that was at rest gets the usual ones."""
    lever, given = levers()[lever_id], st.session_state[key]
    value = float(given) / (PER_CENT if is_share(lever) else 1)
    value = min(max(round(value, 9), lever.range[0]), lever.range[1])
    start, ramp = st.session_state.get("start-month", FIRST_FUTURE), st.session_state.get("start-ramp", 0)
    plan = plans.draft()
    steps = moved_to(plan.now.levers.get(lever_id, ()), value, start, 0 if lever.kind == "month" else ramp)
    st.session_state["draft"] = plan.with_path(lever_id, steps, status_quo(lever, session.city()))


def show_dates(lever: Lever, steps: tuple[Step, ...], lang: str) -> None:
    """Show when a lever moves, and let it be changed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(path_words(lever, steps, lang), width="content")
        if lever.kind == "month":
            return
        with st.popover(say("build.when", lang), type="tertiary", icon=":material/event:", key=f"when-{lever.id}"):
            show_timing(lever, steps, lang)


def show_timing(lever: Lever, steps: tuple[Step, ...], lang: str) -> None:
    """Show the month in which the last change of a lever starts, and over how many months it comes."""
    mark = st.session_state.get("draft_mark", 0)
    first, last = earliest(steps), plans.draft().now.until
    keys = f"from-{lever.id}-{mark}", f"ramp-{lever.id}-{mark}"
    options = list(range(first, max(last, first) + 1))
    st.selectbox(
        say("build.from", lang), options, index=options.index(start_of(steps)) if start_of(steps) in options else 0,
        format_func=lambda m: month(month_name(m), lang), key=keys[0], on_change=take_timing, args=(lever.id, *keys),
    )  # fmt: skip
    st.number_input(
        say("build.ramp", lang), 0, LONGEST_RAMP, steps[-1].ramp_months, key=keys[1], on_change=take_timing,
        args=(lever.id, *keys), help=say("build.ramp_help", lang),
    )  # fmt: skip
    if len(steps) > 1:
        st.caption(say("build.earlier", lang))


def take_timing(lever_id: str, start: str, ramp: str) -> None:
    """Take new dates of the last change of a lever."""
    plan, lever = plans.draft(), levers()[lever_id]
    steps = retimed(plan.now.levers[lever_id], st.session_state[start], int(st.session_state[ramp]))
    st.session_state["draft"] = plan.with_path(lever_id, steps, status_quo(lever, session.city()))
