"""Numbers in sentences: every one with its interval and the number of runs, and hedged when in doubt."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.figures.intervals import FEWEST_RUNS
from dashboard.reports.changes import Change, value_in_words
from dashboard.reports.material import Material
from dashboard.words import OUTCOMES, Scale, label, month, number, say, scale
from experiments.summary import Row
from model.declare.setting import levers

NO_BREAK = "\u00a0"
MARKS = {"better": "▲", "worse": "▼", "changed": "◆"}
NUMERALS = "一二三四五六七八九十"
MORE_DECIMALS = 1
IN_PROSE = {"index 0-100": "unit_of_100", "index, before = 100": "unit_before"}


def speak(key: str, lang: str, **values: object) -> str:
    """Return one sentence of the reports."""
    return say(f"reports.{key}", lang, **values)


def joined(items: Iterable[str], lang: str, by: str = "list") -> str:
    """Join items of a sentence."""
    return speak(by, lang).join(items)


def sentences(parts: Iterable[str], lang: str) -> str:
    """Join whole sentences into a paragraph."""
    return (" " if lang == "en" else "").join(part.strip() for part in parts if part.strip())


def numeral(n: int, lang: str) -> str:
    """Return a small number as a heading has it: 3 or 三, 13 or 十三."""
    if lang == "en" or n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    text = {0: "", 1: "十"}.get(tens, NUMERALS[tens - 1] + "十" if tens else "")
    return text + (NUMERALS[ones - 1] if ones else "")


def scale_of(outcome: str, values: Iterable[float | None], lang: str, *, difference: bool) -> Scale:
    """Choose one scale for several values of an outcome; differences are no finer than what is notable."""
    known = [abs(v) for v in values if v is not None]
    least = OUTCOMES[outcome].notable if difference else 0.0
    return scale(OUTCOMES[outcome].unit, max([least, *known]), lang, difference=difference)


def scale_of_rows(outcome: str, rows: Iterable[Row], lang: str) -> Scale:
    """Choose one scale for several differences: fine enough that a clear one never shows an end of zero."""
    given = [row for row in rows if row.diff is not None]
    found = scale_of(outcome, (row.diff for row in given), lang, difference=True)
    ends = [nearest_end(row) for row in given if abs(row.diff) >= OUTCOMES[outcome].notable]
    needed = [math.ceil(-math.log10(end * found.factor)) for end in ends if end > 0]
    return replace(found, decimals=min(max([found.decimals, *needed]), found.decimals + MORE_DECIMALS))


def nearest_end(row: Row) -> float:
    """Return how far an interval stays from zero; 0 if it holds zero or there is none."""
    if row.diff_p05 is None or row.diff_p95 is None:
        return 0.0
    return max(row.diff_p05, -row.diff_p95, 0.0)


def unit_in_prose(outcome: str, scaling: Scale, *, difference: bool) -> str:
    """Return a unit as it follows a number in a sentence."""
    key = IN_PROSE.get(OUTCOMES[outcome].unit)
    return scaling.unit if difference or key is None else speak(key, scaling.lang)


def filled(key: str, outcome: str, scaling: Scale, values: Sequence[float | None], runs: int) -> str:
    """Return a number with its interval, or without one if there is none."""
    middle, low, high = values
    if middle is None:
        return speak("not_known", scaling.lang)
    signed = key == "paired"
    unit = unit_in_prose(outcome, scaling, difference=signed)
    shown = {"middle": scaling.number(middle, signed=signed), "unit": unit, "runs": runs}
    if low is None or high is None or runs < FEWEST_RUNS:
        return speak(f"{key}_{'one' if runs == 1 else 'few'}", scaling.lang, **shown)
    ends = {"low": scaling.number(low, signed=signed), "high": scaling.number(high, signed=signed)}
    return speak(key, scaling.lang, **shown, **ends)


def level(row: Row, runs: int, lang: str) -> str:
    """Return a level with its interval and runs."""
    scaling = scale_of(row.outcome, (row.mean, row.p05, row.p95), lang, difference=False)
    return filled("interval", row.outcome, scaling, (row.mean, row.p05, row.p95), runs)


def difference(row: Row, runs: int, lang: str) -> str:
    """Return a paired difference with its interval and runs, as in summary.csv."""
    scaling = scale_of_rows(row.outcome, (row,), lang)
    return filled("paired", row.outcome, scaling, (row.diff, row.diff_p05, row.diff_p95), runs)


def effect_item(material: Material, scenario: str, outcome: str, lang: str) -> str:
    """Return "outcome −4.2 % points (90 % interval …)"."""
    found = difference(material.rows[scenario, outcome], material.runs, lang)
    return speak("item", lang, label=label(outcome, lang), found=found)


def effect_items(material: Material, scenario: str, outcomes: Iterable[str], lang: str) -> str:
    """Return several effects as one enumeration."""
    return joined((effect_item(material, scenario, o, lang) for o in outcomes), lang)


def cell(row: Row, scaling: Scale, verdict: str, runs: int, *, between: str = "\n") -> str:
    """Return a difference for a table: a mark if it is clear, the number, and its interval on the next line."""
    if row.diff is None:
        return "–"
    mark = MARKS.get(verdict, "")
    text = f"{mark}{NO_BREAK}" if mark else ""
    text += scaling.number(row.diff, signed=True)
    if row.diff_p05 is None or row.diff_p95 is None or runs < FEWEST_RUNS:
        return text
    low, high = (scaling.number(v, signed=True) for v in (row.diff_p05, row.diff_p95))
    return text + between + speak("range", scaling.lang, low=low, high=high).strip()


def change_in_words(change: Change, lang: str) -> str:
    """Return what a policy does with one lever, from when."""
    lever = levers()[change.lever]
    key = "advice_lever" if change.start == change.full else "advice_lever_ramp"
    old, new = (value_in_words(lever, v, lang) for v in (change.old, change.new))
    months = {"month": month(change.start, lang), "full": month(change.full, lang)}
    return speak(key, lang, label=lever.label[lang], old=old, new=new, **months)


def plain(value: float, lang: str) -> str:
    """Return a number of a table of settings, as short as it is exact."""
    return number(value, 0, lang) if value == int(value) and abs(value) < 1e9 else f"{value:g}"
