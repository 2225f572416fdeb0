"""Effects as people read them: a number in its unit with an interval, and a word that says how sure it is."""

import math
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.intervals import FEWEST_RUNS, better, notable, unit
from dashboard.findings import CITY, Findings
from dashboard.words import OUTCOMES, Scale, label, say, scale

COST = "policy_cost"
MARKS = {"better": "▲", "worse": "▼", "changed": "◆", "slight": "·", "unclear": "○", "few": "…"}
CLEAR = ("better", "worse", "changed")


@dataclass(frozen=True, slots=True)
class Effect:
    """One scenario's effect on one outcome for one group, over the last months, paired with its reference."""

    scenario: str
    outcome: str
    group: str
    level: float
    base: float
    middle: float
    low: float
    high: float
    prob_better: float
    verdict: str

    @property
    def scaling(self) -> Scale:
        """The scale of a difference of this outcome in English; use ``scale_of`` for another language."""
        return scale_of(self.outcome, self.middle, "en")

    @property
    def clear(self) -> bool:
        """Tell whether the effect is clear and large enough to matter."""
        return self.verdict in CLEAR


def headline(findings: Findings) -> list[str]:
    """Return the headline outcomes that the findings have, in declared order, without the cost."""
    there = set(findings.effects.loc[findings.effects["group"] == CITY, "outcome"])
    return [key for key, outcome in OUTCOMES.items() if outcome.headline and key != COST and key in there]


def effects_of(findings: Findings, scenario: str, group: str = CITY) -> dict[str, Effect]:
    """Return a scenario's effects by outcome; none for a reference."""
    table = findings.effects
    rows = table[(table["scenario"] == scenario) & (table["group"] == group) & table["verdict"].notna()]
    return {row["outcome"]: effect_from(row) for row in rows.to_dict("records")}


def effect_from(row: dict) -> Effect:
    """Return one effect of a row of the table."""
    share = row["prob_better"]
    return Effect(
        row["scenario"], row["outcome"], row["group"], row["p50"], row["mean"] - row["diff"], row["diff_p50"],
        row["diff_p05"], row["diff_p95"], float("nan") if share is None else share, row["verdict"],
    )  # fmt: skip


def scale_of(outcome: str, value: float, lang: str, *, difference: bool = True) -> Scale:
    """Return the scale for a value of an outcome, no finer than what is worth naming."""
    largest = max(abs(value), notable(outcome)) if math.isfinite(value) else notable(outcome)
    return scale(unit(outcome), largest, lang, difference=difference)


def amount(effect: Effect, lang: str, *, interval: bool = True) -> str:
    """Return "+3.2 points (2.8 to 3.6)"."""
    scaling = scale_of(effect.outcome, effect.middle, lang)
    low, middle, high = (scaling.number(v, signed=True) for v in (effect.low, effect.middle, effect.high))
    if not interval or effect.verdict == "few":
        return say("effects.amount", lang, middle=middle, unit=scaling.unit)
    return say("effects.amount_interval", lang, middle=middle, unit=scaling.unit, low=low, high=high)


def verdict_words(effect: Effect, lang: str) -> str:
    """Return the mark and the word of an effect, such as "▲ better"."""
    return f"{MARKS[effect.verdict]} {say(effect.verdict, lang)}"


def short(effect: Effect, lang: str) -> str:
    """Return an effect for a narrow place: the amount if it is clear, else that it is not."""
    if effect.clear or effect.verdict == "few":
        return f"{MARKS[effect.verdict]} {amount(effect, lang, interval=False)}"
    return verdict_words(effect, lang)


def sentence(effect: Effect, runs: int, lang: str) -> str:
    """Return one finding with how sure it is: the interval, and in how many paired runs it is better."""
    name = label(effect.outcome, lang)
    if effect.verdict == "few":
        return say("effects.few", lang, name=name, amount=amount(effect, lang), runs=runs, least=FEWEST_RUNS)
    if effect.verdict == "slight":
        return say("effects.slight", lang, name=name, amount=amount(effect, lang))
    if effect.verdict == "unclear":
        return say("effects.unclear", lang, name=name, amount=amount(effect, lang))
    sure = how_sure(effect, runs, lang)
    return say(f"effects.{effect.verdict}", lang, name=name, amount=amount(effect, lang), sure=sure)


def how_sure(effect: Effect, runs: int, lang: str) -> str:
    """Return in how many of the paired runs the effect has its direction."""
    if better(effect.outcome) == "neutral" or not math.isfinite(effect.prob_better):
        return say("effects.sure_interval", lang)
    share = effect.prob_better if effect.verdict == "better" else 1 - effect.prob_better
    count = round(share * runs)
    return say("effects.sure_all" if count == runs else "effects.sure", lang, k=count, n=runs)


def ordered(effects: dict[str, Effect], wanted: list[str]) -> list[Effect]:
    """Return the clear effects on the wanted outcomes, the largest first in multiples of what is worth naming."""
    found = [effects[o] for o in wanted if o in effects and effects[o].clear]
    return sorted(found, key=lambda e: -abs(e.middle) / (notable(e.outcome) or abs(e.middle) or 1))


def cost_words(effects: dict[str, Effect], lang: str) -> str:
    """Return the extra public cost a month, such as "+3.2 million CNY/month"."""
    cost = effects.get(COST)
    return amount(cost, lang, interval=False) if cost else say("effects.no_cost", lang)


def level_table(findings: Findings, scenarios: list[str], outcome: str, group: str = CITY) -> pd.DataFrame:
    """Return levels and effects of some scenarios on one outcome, as numbers, for charts."""
    table = findings.effects
    rows = table[(table["outcome"] == outcome) & (table["group"] == group) & table["scenario"].isin(scenarios)]
    return rows.set_index("scenario").loc[[s for s in scenarios if s in set(rows["scenario"])]].reset_index()
