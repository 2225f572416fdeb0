"""The bar above the levers: name, undo, redo, replay, and, apart from these, the way back to a preset."""

from dataclasses import replace

import streamlit as st

from dashboard.controls import plans, session
from dashboard.draft import Draft
from dashboard.views.titles import plain, title
from dashboard.words import LANGUAGES, say


def show_bar(plan: Draft, lang: str) -> None:
    """Show the name and the buttons."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="draft-bar", gap="small"):
        key = f"plan-title-{lang}-{st.session_state.get('draft_mark', 0)}"
        st.text_input(
            say("build.name", lang), plain(plan.now.title[lang]), max_chars=60, key=key, on_change=take_title,
            args=(key,), width=180,
        )  # fmt: skip
        button("undo", ":material/undo:", undo, lang, disabled=not plan.place)
        button("redo", ":material/redo:", redo, lang, disabled=not plan.can_redo)
        button("replay", ":material/replay:", replay, lang, disabled=plan.before is None)
        st.space("small")
        presets = session.shipped()
        preset = st.selectbox(
            say("build.preset", lang), list(presets), format_func=lambda n: title(presets[n], lang),
            index=list(presets).index(plan.preset) if plan.preset in presets else 0, key="preset", width=165,
        )  # fmt: skip
        button("reset", ":material/restart_alt:", lambda: reset(preset), lang)


def button(name: str, icon: str, act: object, lang: str, *, disabled: bool = False) -> None:
    """Show one button of the bar."""
    st.button(say(f"build.{name}", lang), icon=icon, key=f"bar-{name}", on_click=act, disabled=disabled)


def take_title(key: str) -> None:
    """Take the name that was typed, for both languages; an empty one is the usual name."""
    text = plain("".join(c for c in st.session_state[key] if c.isprintable()))
    both = {lang: text for lang in LANGUAGES} if text else plans.own_title()
    plan = plans.draft()
    st.session_state["draft"] = plan.changed(replace(plan.now, title=both))


def undo() -> None:
    """Go one state back."""
    plans.put(plans.draft().undone())


def redo() -> None:
    """Go one state forth again."""
    plans.put(plans.draft().redone())


def replay() -> None:
    """Have the result before the last change shown, then the present one."""
    st.session_state["replay"] = True


def reset(preset: str) -> None:
    """Set the draft to a preset; this too can be undone."""
    plans.put(plans.draft().reset(session.shipped()[preset]))
