"""How fast the app answers in a browser: first useful page, preset comparison, slider to chart, ten visits at once.

``python benchmarks/app.py`` prints what it measured; nothing is passed or failed here. It needs Chromium.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from app_server import app, browser, settle, visit

REPEATS, VISITS = 5, 10
LEVER = ".st-key-row-fault_tolerance input[type=range]"
PANELS = "[class*=st-key-panel-] svg.marks"
# The cost of the new value stands beside its chart and changes with it.
CHANGED = """([before, result]) => {
  const row = document.querySelector('[class*=st-key-budget-row]');
  return row && row.innerText !== before && document.querySelector(result);
}"""
RESULT = "[class*=st-key-preview-now] svg.marks, [class*=st-key-final-now] svg.marks"


def seconds(act):
    """Return how long something took."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


def first_page(server, chromium):
    """Open the first page as nobody has before, until a chart is drawn."""
    page = visit(chromium)
    took = seconds(lambda: (page.goto(server.address(lang="zh")), page.wait_for_selector(PANELS, state="attached")))
    settle(page)
    page.context.close()
    return took


def presets(server, chromium):
    """Put a shipped scenario into the comparison and take it out, until its key is there and gone."""
    page = visit(chromium)
    page.goto(server.address(lang="zh", c="relief,crackdown"))
    settle(page)
    found = []
    for k in range(REPEATS):
        wanted = 4 if k % 2 == 0 else 3
        began = time.monotonic()
        page.locator(".st-key-card-growth button").first.click()
        page.wait_for_function("(n) => document.querySelectorAll('.key').length === n", arg=wanted)
        found.append(time.monotonic() - began)
        settle(page)
    page.context.close()
    return found


def slider(server, chromium):
    """Press an arrow key on a slider, until the chart of the new value is drawn."""
    page = visit(chromium)
    page.goto(server.address("build", lang="zh"))
    settle(page)
    page.locator(LEVER).first.wait_for(state="attached")
    found = []
    for _ in range(REPEATS + 1):
        page.locator(LEVER).first.focus()
        before = page.evaluate("() => document.querySelector('[class*=st-key-budget-row]')?.innerText ?? ''")
        began = time.monotonic()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(CHANGED, arg=[before, RESULT])
        found.append(time.monotonic() - began)
        settle(page, 1.0)
    page.context.close()
    return found[1:]


def crowd(server, chromium):
    """Open the page of building ten times at once and move a slider in each."""
    pages = [visit(chromium) for _ in range(VISITS)]
    for page in pages:
        page.goto(server.address("build", lang="zh"))
    for k, page in enumerate(pages):
        page.locator(LEVER).first.wait_for(state="attached")
        page.locator(LEVER).first.focus()
        for _ in range(k + 1):
            page.keyboard.press("ArrowRight")
    took = seconds(lambda: [page.wait_for_selector(RESULT, state="attached") for page in pages])
    memory = server.memory() / 1e9
    for page in pages:
        page.context.close()
    return took, memory


def main():
    """Measure and print."""
    with tempfile.TemporaryDirectory() as cache, app(Path(cache)) as server, browser() as chromium:
        print(f"app answers after {server.seconds:.1f} s; first page useful {first_page(server, chromium):.1f} s later")
        found = presets(server, chromium)
        print(f"preset comparison: median {statistics.median(found):.2f} s, worst {max(found):.2f} s")
        found = slider(server, chromium)
        print(f"slider to chart: median {statistics.median(found):.2f} s, worst {max(found):.2f} s")
        took, memory = crowd(server, chromium)
        print(f"{VISITS} visits at once: all have a result after {took:.1f} s; app and workers hold {memory:.2f} GB")


if __name__ == "__main__":
    main()
