"""The app as a process on a free port, and a page of Chromium whose requests to elsewhere are noticed."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from dashboard.serve import HOST, command, environment, free_port

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "results" / "screenshots"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 60


class Server:
    """A running app: its address, its process, its cache."""

    def __init__(self, port, process, cache):
        self.port, self.process, self.cache = port, process, cache

    def address(self, page="", **query):
        text = "&".join(f"{key}={value}" for key, value in query.items())
        return f"http://{HOST}:{self.port}/{page}" + (f"?{text}" if text else "")

    def memory(self):
        """Return the resident bytes of the app and of every process below it."""
        import psutil

        whole = psutil.Process(self.process.pid)
        return sum(p.memory_info().rss for p in [whole, *whole.children(recursive=True)])


@contextmanager
def app(cache):
    """Start the app with a cache of its own and end it, with every process that it started."""
    port = free_port()
    started = time.monotonic()
    process = subprocess.Popen(
        command(port, browser=False), cwd=ROOT, env={**environment(), "SHIDIAN_CACHE": str(cache)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, process)
        server = Server(port, process, cache)
        server.seconds = time.monotonic() - started
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port, process):
    """Wait until the app answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "the app ended by itself"
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the app did not answer")


@contextmanager
def browser():
    """Start Chromium without a profile and without asking its maker anything."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def visit(chromium, *, lang="zh", width=1280, height=900, dark=False):
    """Return a page of a visitor of their own; requests to elsewhere are gathered in ``page.outside``."""
    locale = {"zh": "zh-CN", "en": "en-US"}[lang]
    scheme = "dark" if dark else "light"
    context = chromium.new_context(viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.outside = []
    own = (f"http://{HOST}:", f"ws://{HOST}:", "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else page.outside.append(r.url))
    return page


def settle(page, seconds=0.5):
    """Wait until the app has drawn the page and nothing failed."""
    page.wait_for_selector('[data-testid="stMainBlockContainer"] h1')
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    time.sleep(seconds)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.locator('[data-testid="stAlertContentError"]').count() == 0


def shoot(page, name):
    """Keep a picture of the whole page among the output of CI."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    height = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height + 20, size["height"]), 12_000)})
    time.sleep(0.8)
    page.screenshot(path=SHOTS / f"{name}.png")
    page.set_viewport_size(size)


def python(*arguments, cache):
    """Run a command of the command line and return what it printed."""
    return subprocess.run(
        [sys.executable, "run_sim.py", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "SHIDIAN_CACHE": str(cache)},
    )  # fmt: skip
