"""A panel below a comparison: make a report of its full results and download it."""

from pathlib import Path

import streamlit as st

from dashboard.controls.selection import Selection
from dashboard.reports import FORMATS, render
from dashboard.words import say
from model.declare.errors import SettingError

LOOK_AGAIN = 0.5
MIMES = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def show(selection: Selection, lang: str) -> None:
    """Offer a report of the comparison on show."""
    st.markdown(f"**{say('reports.panel', lang)}**")
    form = st.segmented_control(
        say("reports.panel_format", lang), FORMATS, default="docx", format_func=str.upper, key="report-form",
        required=True,
    )  # fmt: skip
    if st.session_state.get("report-asked") != selection.tables.key:
        st.button(
            say("reports.panel_make", lang), key="report-make", on_click=ask, args=(selection.tables.key,),
            icon=":material/description:",
        )  # fmt: skip
        return
    progress, folder = selection.ask_results()
    if progress.finished:
        show_download(str(folder), form, lang)
    elif progress.over:
        st.error(say("shell.failed", lang, error=progress.error or "–"), icon=":material/error:")
        st.session_state.pop("report-asked", None)
    else:
        watch(selection, lang)


def ask(key: str) -> None:
    """Note which results a report is wanted of."""
    st.session_state["report-asked"] = key


@st.fragment(run_every=LOOK_AGAIN)
def watch(selection: Selection, lang: str) -> None:
    """Show how far the results are, and go on once they are there."""
    progress, _ = selection.ask_results()
    if progress.over:
        st.rerun()
    st.progress(min(progress.share, 1.0), text=say("shell.running", lang, done=progress.done, total=progress.total))


def show_download(folder: str, form: str, lang: str) -> None:
    """Offer the file, or say in one line why there is none."""
    try:
        data = report_file(folder, form, lang)
    except SettingError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.download_button(
        say("reports.panel_download", lang, form=form.upper()), data, f"report-{lang}.{form}", MIMES[form],
        key=f"report-{form}", on_click="ignore", icon=":material/download:", type="primary",
    )  # fmt: skip


@st.cache_data(max_entries=20, show_spinner=False)
def report_file(folder: str, form: str, lang: str) -> bytes:
    """Return the report of a folder of results as a file."""
    from dashboard.reports.build import report_of
    from dashboard.reports.material import read_material

    return render(report_of(read_material(Path(folder)), lang), form)
