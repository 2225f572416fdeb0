"""How far to trust the numbers: observed against simulated, assumptions, limits, version."""

import csv
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from calibration.target import FOLDER as CALIBRATION
from calibration.target import Target, read_targets
from dashboard.findings import Findings
from dashboard.words import OUTCOMES, month, say, scale
from model.declare.setting import Parameter, parameters
from model.declare.source import sources

DOCS = Path(__file__).parent.parent.parent / "docs"
HELD_OUT = CALIBRATION / "validation.toml"
BASELINE = "baseline"
CLAIMS = re.compile(r"(\d+) of (\d+) hold")


@dataclass(frozen=True, slots=True)
class Fit:
    """One observed number against what the model gives: texts for a table, and whether they meet (None: not known)."""

    label: str
    observed: str
    simulated: str
    meets: bool | None
    source: str
    about: str
    held_out: bool


@cache
def calibration_facts() -> dict:
    """Return what the calibration found; nothing if there is none yet."""
    try:
        return json.loads((CALIBRATION / "findings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def fits(findings: Findings | None, lang: str) -> list[Fit]:
    """Return every observed number, fitted and held out, against the calibration's checks or else the shipped runs."""
    checks = calibration_facts().get("check", {})
    checked = {row["id"]: row for part in ("fitted", "held_out") for row in checks.get(part, [])}
    found = []
    for path, held_out in ((None, False), (HELD_OUT, True)):
        targets = read_targets(path).targets if path else read_targets().targets
        found += [fit_of(t, checked.get(t.id), findings, lang, held_out=held_out) for t in targets]
    return found


def fit_of(target: Target, checked: dict | None, findings: Findings | None, lang: str, *, held_out: bool) -> Fit:
    """Return one observed number against the model."""
    band = (checked["low"], checked["high"]) if checked else band_of(target, findings)
    first, last = target.interval or (target.value, target.value)
    meets = None if band is None else bool(band[0] <= last and first <= band[1])
    unit = target.unit
    shown = in_words((first, last), unit, lang)
    when = say("trust.window", lang, first=month(target.first, lang), last=month(target.last, lang))
    about = say("trust.how", lang, population=target.population[lang], observation=target.observation[lang])
    simulated = in_words(band, unit, lang) if band else say("trust.unknown", lang)
    return Fit(
        f"{target.label[lang]} · {when}", shown, simulated, meets,
        target.row, about, held_out,
    )  # fmt: skip


def band_of(target: Target, findings: Findings | None) -> tuple[float, float] | None:
    """Return the 5–95 % of the status quo over a target's months, if the shipped runs hold what it is of."""
    if findings is None or target.statistic not in OUTCOMES:
        return None
    table = findings.paths
    rows = table[(table["scenario"] == BASELINE) & (table["outcome"] == target.statistic)]
    rows = rows[(rows["month"] >= target.first) & (rows["month"] <= target.last)]
    if rows.empty or not np.isfinite(rows["p05"]).all():
        return None
    return float(rows["p05"].mean()), float(rows["p95"].mean())


def in_words(band: tuple[float, float], unit: str, lang: str) -> str:
    """Return a number or an interval in its unit."""
    scaling = scale(unit, max(abs(band[0]), abs(band[1])), lang)
    low, high = (scaling.number(v) for v in band)
    gap = " " if lang == "en" else ""
    text = low if low == high else say("trust.span", lang, low=low, high=high)
    return f"{text}{gap}{scaling.unit}"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One parameter that rests on judgement: name, value, range, source, and its influence on the order of policies."""

    name: str
    value: str
    span: str
    unit: str
    source: str
    influence: float | None
    flips: bool


def assumptions(lang: str) -> list[Assumption]:
    """Return the assumption register, the most influential first; without one, the parameters that are assumptions."""
    try:
        text = (CALIBRATION / "register.csv").read_text(encoding="utf-8")
    except OSError:
        return [
            Assumption(p.label[lang], f"{p.value:g}", f"{p.low:g}–{p.high:g}", p.unit, p.source, None, False)
            for p in parameters().values()
            if rests_on_judgement(p)
        ]
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda r: -float(r["influence"] or 0))
    return [
        Assumption(
            r[lang] or r["parameter"].replace("_", " "), r["centre"],
            f"{r['low']}–{r['high']}" if r["low"] else "–", r["unit"],
            r["source"], float(r["influence"] or 0), r["flips"] == "yes",
        )
        for r in rows
    ]  # fmt: skip


def rests_on_judgement(parameter: Parameter) -> bool:
    """Tell whether a parameter's value is a judgement without a published source."""
    kinds = [sources()[key].kind for key in parameter.source.split() if key in sources()]
    return parameter.status == "assumption" or "assumption" in kinds


def limits(lang: str) -> str:
    """Return the page on limits in one language, without generated tables and links."""
    try:
        text = (DOCS / "limits.md").read_text(encoding="utf-8")
    except OSError:
        return say("trust.no_docs", lang)
    main, _, chinese = text.partition("## 中文摘要")
    if lang == "zh":
        return chinese.replace("（见上表）", "").strip()
    without_tables = re.sub(r"<!-- begin.*?<!-- end -->", "", main, flags=re.S)
    main = re.sub(r"<!--.*?-->", "", without_tables, flags=re.S)
    main = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", main).partition("\n")[2].replace("中文摘要在文末。", "")
    return re.sub(r"^## ", "#### ", main, flags=re.M).strip()


def patterns_hold() -> tuple[int, int] | None:
    """Return how many of the design patterns hold, of how many, as last measured; None if that is not there."""
    try:
        found = CLAIMS.search((DOCS / "patterns.md").read_text(encoding="utf-8"))
    except OSError:
        return None
    return (int(found[1]), int(found[2])) if found else None
