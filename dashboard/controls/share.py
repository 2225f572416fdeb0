"""Out of the app and into it: link, QR code, scenario file; and keeping a scenario for the comparison."""

import io

import segno
import streamlit as st

from dashboard.controls import plans, session
from dashboard.draft import NAME, Draft, renamed
from dashboard.exchange import MOST_UPLOAD, from_toml
from dashboard.views.titles import safe, title
from dashboard.words import say
from model.declare.errors import SettingError
from scenarios.writer import scenario_text

UPLOAD = "upload"


def show_share(plan: Draft, code: str, lang: str) -> None:
    """Show everything that carries a scenario elsewhere."""
    st.subheader(say("build.share", lang), anchor=False)
    left, middle, right = st.columns((5, 3, 5), gap="large")
    address = plans.link("build", lang=lang, code=code)
    with left:
        st.markdown(f"**{say('build.link', lang)}**")
        st.code(address, language=None, wrap_lines=True, height=120)
        st.caption(say("build.link_note", lang))
    with middle:
        st.image(qr_code(address), width=200, alt=say("build.qr", lang), caption=say("build.qr", lang))
    with right:
        show_files(plan, lang)


def show_files(plan: Draft, lang: str) -> None:
    """Show export, import and keeping."""
    with st.container(horizontal=True):
        st.download_button(
            say("build.export", lang), scenario_text(plan.now).encode(), f"{NAME}.toml", "application/toml",
            key="export", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        st.button(say("build.keep", lang), key="keep", on_click=keep, icon=":material/bookmark_add:")
    if st.session_state.pop("just_kept", False):
        st.success(say("build.kept", lang), icon=":material/check_circle:")
    session.page_link("compare", lang, label=say("build.to_compare", lang), icon=":material/compare:")
    st.html(f"<style>{chooser(say('build.choose_file', lang))}</style>")
    mark = st.session_state.get("upload_mark", 0)
    st.file_uploader(
        say("build.import", lang), key=f"{UPLOAD}-{mark}", help=say("build.import_help", lang), max_upload_size=1,
        on_change=take_file, args=(f"{UPLOAD}-{mark}",),
    )  # fmt: skip
    show_uploaded(lang)


def chooser(words: str) -> str:
    """Return the style that gives the button of an upload its words in the language of the page."""
    place = '[data-testid="stFileUploaderDropzone"]'
    return (
        f'{place} button p {{ font-size: 0; }} {place} button p::after {{ content: "{words}"; font-size: 0.95rem; }} '
        f'{place} [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}'
    )


def keep() -> None:
    """Keep the draft as it is now, and put it into the comparison."""
    name = plans.keep(plans.draft().now)
    st.session_state["picked"] = [*st.session_state.get("picked", plans.USUAL_PICK), name][-plans.MOST_PICKED :]
    st.session_state["just_kept"] = True


def take_file(key: str) -> None:
    """Take an uploaded scenario, or keep the sentence that says what is wrong with it; the visit goes on either way."""
    upload = st.session_state.get(key)
    if upload is None:
        return
    shown = "".join(c for c in upload.name.replace("\\", "/").rpartition("/")[2] if c.isprintable())[:60]
    try:
        scenario = from_toml(upload.read(MOST_UPLOAD + 1), shown, NAME)
    except SettingError as error:
        st.session_state["uploaded"] = error
        return
    plan = plans.draft()
    plans.put(plan.changed(renamed(scenario, scenario.title)))
    st.session_state["uploaded"] = scenario
    st.session_state["upload_mark"] = st.session_state.get("upload_mark", 0) + 1


def show_uploaded(lang: str) -> None:
    """Say what became of the last upload."""
    found = st.session_state.pop("uploaded", None)
    if isinstance(found, SettingError):
        st.error(say("build.refused", lang, error=safe(session.error_words(found, lang))), icon=":material/error:")
    elif found is not None:
        st.success(say("build.imported", lang, name=safe(title(found, lang))), icon=":material/check_circle:")


@st.cache_data(max_entries=200, show_spinner=False)
def qr_code(text: str) -> bytes:
    """Return a QR code as an image."""
    image = io.BytesIO()
    segno.make(text, error="l").save(image, kind="png", scale=4, border=3)
    return image.getvalue()
