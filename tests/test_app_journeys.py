"""Journeys in a real browser: what a planner and a trainer do, on the app as it is started for them."""

import re
import time

import pytest
from app_server import CHROMIUM, app, browser, settle, shoot, visit
from playwright.sync_api import expect

from dashboard.registry import PAGES
from dashboard.words import say

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium fonts-noto-cjk)"),
    pytest.mark.xdist_group("browser"),
]
MOST_BYTES = 3_000_000_000
SESSIONS = 10
LEVER, CHART = "fault_tolerance", '[data-testid="stVegaLiteChart"]'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with app(tmp_path_factory.mktemp("cache")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium):
    """A visitor with a Chinese browser; whatever the journey, nothing outside this machine was asked."""
    opened = visit(chromium)
    yield opened
    assert opened.outside == []
    opened.context.close()


def slider(page, lever=LEVER):
    return page.locator(f".st-key-row-{lever} input[type=range]").first


def move_slider(page, steps=4):
    slider(page).wait_for(state="attached")
    slider(page).focus()
    for _ in range(steps):
        page.keyboard.press("ArrowRight")


def wait_for_result(page):
    page.wait_for_selector(
        ", ".join(f"[class*=st-key-{kind}-now] {CHART}" for kind in ("preview", "final")), state="attached"
    )


def test_the_first_page_is_useful_and_speaks_the_browsers_language(server, page):
    page.goto(server.address())
    settle(page)
    assert page.locator("h1").inner_text() == say("shell.page_compare", "zh")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.wait_for_selector(f"[class*=st-key-panel-] {CHART}", state="attached")
    assert page.locator("[class*=st-key-panel-]").count() >= 10


def test_two_presets_are_compared_and_english_is_remembered(server, page):
    page.goto(server.address(lang="zh", c="relief,crackdown"))
    settle(page)
    assert page.locator(".key").count() == 3
    page.locator(".st-key-card-growth button").first.click()
    page.wait_for_function("() => document.querySelectorAll('.key').length === 4")
    page.get_by_text("English", exact=True).click()
    page.wait_for_function("(t) => document.querySelector('h1').innerText === t", arg=say("shell.page_compare", "en"))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".key").count() == 4
    page.goto(server.address("trust"))
    settle(page)
    assert page.locator("h1").inner_text() == say("shell.page_trust", "en")


def test_a_slider_moved_by_keyboard_changes_the_chart_and_the_link(server, page):
    page.goto(server.address("build", lang="zh"))
    settle(page)
    assert "s=" not in page.url
    move_slider(page)
    wait_for_result(page)
    page.wait_for_function("() => location.search.includes('s=')")
    page.wait_for_selector(f"text={say('build.timeline', 'zh')}")
    first = page.url
    move_slider(page, 2)
    page.wait_for_function("(u) => location.href !== u", arg=first)
    settle(page)
    second, moved = page.url, slider(page).input_value()
    page.locator(".st-key-bar-undo button").first.click()
    page.wait_for_function("(u) => location.href !== u", arg=second)
    expect(slider(page)).not_to_have_value(moved)  # the link is there before the slider is drawn
    undone = slider(page).input_value()
    settle(page, 6)
    assert slider(page).input_value() == undone, "what was undone came back"
    assert second.partition("s=")[2] != page.url.partition("s=")[2]


def test_a_link_opens_the_same_scenario_in_another_browser_and_language(server, page, chromium):
    page.goto(server.address("build", lang="zh"))
    settle(page)
    move_slider(page, 5)
    page.wait_for_function("() => location.search.includes('s=')")
    settle(page, 1)
    value, code = slider(page).input_value(), re.search(r"s=([\w-]+)", page.url)[1]
    other = visit(chromium, lang="en")
    other.goto(server.address("build", lang="en", s=code))
    settle(other)
    slider(other).wait_for(state="attached")
    assert slider(other).input_value() == value
    assert re.search(r"s=([\w-]+)", other.url)[1] == code
    other.context.close()


@pytest.mark.parametrize("code", ["nonsense", "A" * 300, "q1YqVrJSKklVslIqyUhVSMsvUkjLzEktVrJSSs7PLShKLS5WslKqBQA"])
def test_a_broken_link_is_said_in_one_line_and_the_page_goes_on(server, page, code):
    page.goto(server.address("build", lang="zh", s=code))
    page.wait_for_selector('[data-testid="stAlertContentError"]')
    assert "此链接无法使用" in page.locator('[data-testid="stAlertContentError"]').first.inner_text()
    slider(page).wait_for(state="attached")


def test_a_broken_file_is_refused_and_the_visit_goes_on(server, page):
    page.goto(server.address("build", lang="zh"))
    settle(page)
    upload = page.locator('[data-testid="stFileUploaderDropzone"] input[type=file]')
    upload.set_input_files({"name": "../../x.toml", "mimeType": "text/plain", "buffer": b"title = [[[[\n<script>"})
    page.wait_for_selector('[data-testid="stAlertContentError"]')
    assert "文件未导入" in page.locator('[data-testid="stAlertContentError"]').first.inner_text()
    move_slider(page)
    wait_for_result(page)


def test_a_file_that_was_exported_can_be_loaded_again(server, page):
    page.goto(server.address("build", lang="en"))
    settle(page)
    move_slider(page, 6)
    page.wait_for_function("() => location.search.includes('s=')")
    settle(page, 1)
    value = slider(page).input_value()
    with page.expect_download() as found:
        page.locator(".st-key-export button").click()
    content = found.value.path().read_bytes()
    page.locator(".st-key-bar-undo button").click()
    settle(page, 1)
    page.locator('[data-testid="stFileUploaderDropzone"] input[type=file]').set_input_files(
        {"name": "mine.toml", "mimeType": "text/plain", "buffer": content}
    )
    page.wait_for_function(
        f"(v) => document.querySelector('.st-key-row-{LEVER} input[type=range]')?.value === v", arg=value
    )


def test_a_study_survives_the_closed_tab_and_can_be_stopped(server, page, chromium):
    page.goto(server.address("why", lang="zh"))
    settle(page)
    # long enough to be still there when the visitor comes back
    for key, word in (("explain-by", "why.by_lever"), ("explain-size", "study.size_thorough")):
        page.locator(f".st-key-{key} button", has_text=say(word, "zh")).click()
        settle(page)
    page.locator(".st-key-start-explain button").click()
    page.wait_for_selector(".st-key-study-progress")
    page.context.close()
    time.sleep(2)
    again = visit(chromium)
    again.goto(server.address("why", lang="zh"))
    again.wait_for_selector(".st-key-study-progress")
    again.locator(".st-key-study-progress button").click()
    again.wait_for_selector(f"text={say('study.cancelled', 'zh')}")
    again.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("look", [(1280, False), (390, False), (1280, True)], ids=["wide", "narrow", "dark"])
def test_every_page_is_drawn_and_its_picture_kept(server, chromium, lang, look):
    width, dark = look
    page = visit(chromium, lang=lang, width=width, dark=dark)
    for entry in PAGES:
        page.goto(server.address(entry.address, lang=lang))
        settle(page, 1.5)
        assert page.locator("h1").first.inner_text().strip() != ""
        across = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert across <= 1, f"{entry.address} is wider than the window by {across} pixels"
        shoot(page, f"{entry.address}-{lang}-{width}{'-dark' if dark else ''}")
    assert page.outside == []
    page.context.close()


def test_ten_visits_at_once_fit_in_memory_and_none_fails(server, chromium):
    pages = [visit(chromium, lang=("zh", "en")[k % 2]) for k in range(SESSIONS)]
    for k, page in enumerate(pages):
        page.goto(server.address(("build", "compare")[k % 2], lang=("zh", "en")[k % 2]))
    for page in pages[::2]:
        move_slider(page, 1 + pages.index(page))
    for page in pages:
        settle(page)
    for page in pages[::2]:
        wait_for_result(page)
    assert server.memory() < MOST_BYTES
    for page in pages:
        page.context.close()
