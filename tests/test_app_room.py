"""Journeys of a trainer and of a planner who wants paper: predict, lock, reveal; download every report and open it."""

import docx
import openpyxl
import pptx
import pytest
from app_server import CHROMIUM, app, browser, settle, shoot, visit

from dashboard.reports import FORMATS
from dashboard.words import say
from dashboard.workshop.session import sessions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium fonts-noto-cjk)"),
    pytest.mark.xdist_group("browser"),
]
PATIENCE = 300_000
SESSION = "crackdown_underground"
OPEN = {"docx": docx.Document, "pptx": pptx.Presentation, "xlsx": openpyxl.load_workbook}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with app(tmp_path_factory.mktemp("cache")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(params=["zh", "en"])
def page(request, chromium):
    """A visitor who speaks one language; nothing outside this machine was asked."""
    opened = visit(chromium, lang=request.param)
    opened.lang = request.param
    yield opened
    assert opened.outside == []
    opened.context.close()


def shown(page, key):
    """Wait until a step is on the stage."""
    page.wait_for_selector(f".st-key-stage h1:has-text('{say(f'workshop.step_{key}', page.lang)}')")


def test_a_room_predicts_locks_and_sees_the_answer(server, page, tmp_path):
    page.goto(server.address("workshop", lang=page.lang))
    page.locator(f".st-key-start-{SESSION} button").click()
    shown(page, "open")
    for text in sessions()[SESSION].story:
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f"text={text[page.lang][:30]}")
    for step in ("roles", "axes", "predict"):
        page.keyboard.press("ArrowRight")
        shown(page, step)
    assert page.locator(".st-key-next button").is_disabled()
    boxes, votes = page.locator(".st-key-stage input[type=number]"), (4, 6, 2, 0, 0)
    boxes.nth(len(votes) - 1).wait_for()  # the title of a step is there before its boxes are
    for box, count in zip(boxes.all(), votes, strict=True):
        box.fill(str(count))
        box.press("Enter")
        settle(page)
    shoot(page, f"room-predict-{page.lang}")
    page.locator(".st-key-lock button").click()
    page.wait_for_selector(f"text={say('workshop.locked', page.lang, n=12)}")
    page.keyboard.press("ArrowRight")
    shown(page, "reveal")
    page.wait_for_selector('.st-key-stage [data-testid="stVegaLiteChart"]')
    shoot(page, f"room-reveal-{page.lang}")
    page.keyboard.press("ArrowRight")
    shown(page, "compare")
    page.wait_for_selector(f"text={say('workshop.compare_not_truth', page.lang)}")
    shoot(page, f"room-compare-{page.lang}")
    page.keyboard.press("ArrowLeft")
    shown(page, "reveal")


def test_papers_of_a_session_are_downloaded_and_open(server, page, tmp_path):
    page.goto(server.address("workshop", lang=page.lang))
    for kind in ("handout", "guide"):
        with page.expect_download() as download:
            page.locator(f".st-key-{kind}-docx-{SESSION} button").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        text = "\n".join(p.text for p in docx.Document(path).paragraphs)
        assert sessions()[SESSION].story[0][page.lang] in text


def test_every_report_is_downloaded_and_opens(server, page, tmp_path):
    page.goto(server.address("compare", lang=page.lang))
    settle(page)
    page.locator(".st-key-downloads summary").click()
    page.locator(".st-key-report-make button").click()
    page.wait_for_selector(".st-key-report-docx button", timeout=PATIENCE)
    for form in FORMATS:
        page.locator(".st-key-report-form button", has_text=form.upper()).click()
        with page.expect_download(timeout=PATIENCE) as download:
            page.locator(f".st-key-report-{form} button").click(timeout=PATIENCE)
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.name == f"report-{page.lang}.{form}" and path.stat().st_size > 10_000
        if form in OPEN:
            assert OPEN[form](path)
        else:
            assert path.read_bytes()[:5] in (b"%PDF-", b"<!doc")
