"""Pages of the app for tests: opened through the frame, with a cache of the tests' own."""

import os
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

CACHE = Path(os.environ.setdefault("SHIDIAN_CACHE", tempfile.mkdtemp(prefix="shidian-tests-")))
APP = Path(__file__).resolve().parent.parent / "dashboard" / "entry" / "app.py"
SECONDS = 120


def open_page(address, lang, state=None):
    """Return a page after its first run, or fail if anything went wrong."""
    page = AppTest.from_file(str(APP), default_timeout=SECONDS)
    page.query_params["lang"] = lang
    for key, value in (state or {}).items():
        page.session_state[key] = value
    # Pages are functions, which AppTest.switch_page (files only) does not reach; the address is the page's identity.
    page._page_hash = calc_hash(address)
    page.run()
    page.app_cache = CACHE
    assert not page.exception, [e.value for e in page.exception]
    assert not page.error, [e.value for e in page.error]
    return page


def texts_of(page):
    """Return every text of a page in which Markdown is read."""
    for kind in (page.markdown, page.caption, page.subheader, page.info, page.success, page.warning, page.error):
        yield from (str(element.value) for element in kind)
