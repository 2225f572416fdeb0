"""Figures of a calibration: every row predicted and observed, each informed parameter before and after, the proof."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from dashboard.figures import style
from dashboard.figures.canvas import Page
from dashboard.figures.lettering import fit

STEP = 0.235
LEFT, RIGHT = 3.55, 7.55
WORDS = {
    "rows": ("What was observed, and what the fitted model predicts", "观测值与校准后模型的预测"),
    "rows.under": (
        "Each row in its own units: prediction of the prior 5–95 % (light line), fitted prediction "
        "5–95 % (dark line) and median; observed (diamond, or band).",
        "每行单位各自不同：浅线为先验预测的5%–95%；深线为校准后预测的5%–95%及中位数；菱形或色带为观测值。",
    ),
    "rows.note": (
        "Each interval includes the error of observation and how far this city may be from where a figure comes "
        "from. Held-out rows were never fitted.",
        "各区间均含观测误差及本市与数据来源地的差异。留出行从未用于拟合。",
    ),
    "fitted": ("Fitted rows", "拟合行"),
    "held": ("Held-out rows", "留出行"),
    "in": ("inside", "区间内"),
    "out": ("outside", "区间外"),
    "observed": ("observed", "观测"),
    "predicted": ("predicted 5–95 %", "预测 5%–95%"),
    "params": ("What the targets say about parameters", "目标对参数的约束"),
    "params.under": (
        "Prior 5–95 % (light line) and posterior 5–95 % with median (dark line), over each parameter's range; on the "
        "right how much narrower the posterior is.",
        "浅线为先验5%–95%，深线为后验5%–95%及中位数，横轴为各参数取值范围；右侧为后验收窄的比例。",
    ),
    "params.note": ("Parameters that are not shown stay at their priors.", "未列出的参数保持先验。"),
    "narrower": ("narrower by", "收窄"),
    "proof": ("Where the truth lies in the posterior of synthetic cities", "合成城市真值在后验中的位次"),
    "proof.under": (
        "Ranks of {n} true parameter values in {cities} cities; an exact method gives equal bars but for chance "
        "(band, 95 %).",
        "{cities} 个城市 {n} 个参数真值的位次；方法精确时各柱应相等，仅有随机波动（带，95%）。",
    ),
    "proof.note": (
        "50 % intervals cover {half:.0%}, 90 % intervals {most:.0%} of the truths.",
        "50% 区间覆盖真值的 {half:.0%}，90% 区间覆盖 {most:.0%}。",
    ),
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """Return one entry of the catalogue with its blanks filled."""
    return WORDS[key][lang == "zh"].format(**values)


def predictions(check: dict, lang: str = "en") -> Figure:
    """Draw every target and every held-out row: observed, predicted, inside or outside."""
    groups = [("fitted", check["fitted"]), ("held", check["held_out"])]
    lines = sum(len(rows) + 1.6 for _, rows in groups if rows)
    keys = tuple(
        ({"color": colour, "linestyle": "-", "linewidth": 2.4}, say(word, lang))
        for word, colour in (("in", style.BLUE), ("out", style.ORANGE))
    )
    page = Page(lines * STEP, say("rows", lang), say("rows.under", lang), say("rows.note", lang), keys=keys)
    y = 0.0
    for name, rows in groups:
        if not rows:
            continue
        head(page, y, name, lang)
        for row in rows:
            y += STEP
            prediction(page, y, row, lang)
        y += 1.6 * STEP
    inside = sum(row["inside"] for row in check["fitted"])
    return page.finish(f"{say('rows', lang)}: {inside}/{len(check['fitted'])} {say('in', lang)}")


def head(page: Page, y: float, name: str, lang: str) -> None:
    """Write the heads of a group of rows."""
    page.text(style.EDGE, y, say(name, lang), size=style.HEADING)
    page.text(RIGHT + 0.15, y, say("observed", lang), colour=style.SOFT)
    page.text(RIGHT + 1.0, y, say("predicted", lang), colour=style.SOFT)


def prediction(page: Page, y: float, row: dict, lang: str) -> None:
    """Draw one row about the middle of the prior's prediction."""
    colour = style.BLUE if row["inside"] else style.ORANGE
    first, last = row["interval"] or (row["value"], row["value"])
    low, _, high = row.get("prior") or (row["low"], row["middle"], row["high"])
    ends = [low, high, row["low"], row["high"], *(v for v in (first, last))]
    start, end = min(ends), max(ends)
    across = lambda v: LEFT + (RIGHT - LEFT) * (v - start) / ((end - start) or 1.0)  # noqa: E731
    page.text(style.EDGE, y, fit(f"{row['row']}  {row['label'][lang]}", style.SMALL, LEFT - style.EDGE - 0.1))
    if row.get("prior"):
        page.line((across(low), y), (across(high), y), color=style.FAINT, linewidth=5.0, solid_capstyle="butt")
    page.line((across(row["low"]), y), (across(row["high"]), y), color=colour, linewidth=2.4)
    mark(page, across(row["middle"]), y, "o", colour)
    if row["interval"]:
        page.line((across(first), y + 0.06), (across(last), y + 0.06), color=style.INK, linewidth=1.6)
    else:
        mark(page, across(first), y, "D", style.INK)
    seen = f"{short(first)}–{short(last)}" if row["interval"] else short(first)
    page.text(RIGHT + 0.15, y, seen)
    words = f"{short(row['low'])} … {short(row['high'])}" + ("" if row["inside"] else f"  {say('out', lang)}")
    page.text(RIGHT + 1.0, y, words, colour=style.INK if row["inside"] else style.WORDED["worse"])


def mark(page: Page, x: float, y: float, shape: str, colour: str) -> None:
    """Draw one mark."""
    page.line((x, y), (x, y), color=colour, marker=shape, markersize=4.2, linestyle="none")


def short(value: float) -> str:
    """Return a number in three digits."""
    return "–" if not np.isfinite(value) else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def informed(rows: Sequence[dict], ranges: dict[str, tuple[float, float]], lang: str = "en") -> Figure:
    """Draw each informed parameter's prior and posterior over its range."""
    page = Page((len(rows) + 1) * STEP, say("params", lang), say("params.under", lang), say("params.note", lang))
    page.text(RIGHT + 1.0, 0.0, say("narrower", lang), colour=style.SOFT)
    for place, row in enumerate(rows, start=1):
        y, (start, end) = place * STEP, ranges[row["id"]]
        across = lambda v, a=start, b=end: LEFT + (RIGHT - LEFT) * (v - a) / (b - a)  # noqa: E731
        page.text(style.EDGE, y, fit(row["label"][lang], style.SMALL, LEFT - style.EDGE - 0.1))
        page.line((LEFT, y), (RIGHT, y), color=style.GRID, linewidth=0.7)
        low, _, high = row["prior"]
        page.line((across(low), y), (across(high), y), color=style.FAINT, linewidth=5.0, solid_capstyle="butt")
        low, middle, high = row["posterior"]
        page.line((across(low), y), (across(high), y), color=style.BLUE, linewidth=2.4)
        mark(page, across(middle), y, "o", style.BLUE)
        page.text(RIGHT + 0.15, y, f"{short(low)} … {short(high)}")
        page.text(RIGHT + 1.6, y, f"{max(row['shrinkage'], 0):.0%}")
    return page.finish(say("params", lang))


def ranks(proof: dict, lang: str = "en") -> Figure:
    """Draw the ranks of the truths of all synthetic cities."""
    counts = np.array(proof["ranks"], dtype=float)
    expected, coverage = counts.mean(), proof["coverage"]
    under = say("proof.under", lang, n=int(counts.sum()), cities=proof["cities"])
    note = say("proof.note", lang, half=coverage["0.5"], most=coverage["0.9"])
    page = Page(2.6, say("proof", lang), under, note)
    axes = page.axes(0.8, 0.1, style.WIDTH - 1.2, 2.2)
    centres = (np.arange(len(counts)) + 0.5) / len(counts)
    axes.bar(centres, counts, width=0.9 / len(counts), color=style.BLUE, linewidth=0)
    wide = 1.96 * np.sqrt(expected)
    axes.axhspan(expected - wide, expected + wide, color=style.GREY, alpha=0.25, linewidth=0)
    axes.set(xlim=(0, 1), ylim=(0, max(counts.max(), expected + wide) * 1.05))
    page.ticks(axes, "x", [0.0, 0.25, 0.5, 0.75, 1.0], ["0", "0.25", "0.5", "0.75", "1"], grid=False)
    page.ticks(axes, "y", [0.0, float(expected)], ["0", f"{expected:.0f}"])
    return page.finish(note)
