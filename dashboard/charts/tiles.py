"""A schematic map: a tile a district, coloured by how good the effect is there, grey where none is clear."""

import tomllib
from functools import cache
from pathlib import Path

import altair as alt
import pandas as pd

from dashboard.charts.intervals import interval_words
from dashboard.charts.look import BAD, FAINT, GOOD, NEUTRAL
from dashboard.figures.intervals import better
from dashboard.views.effects import MARKS, Effect
from dashboard.words import Scale, say

FILE = Path(__file__).parent / "tiles.toml"
ACROSS, TILE = 4, 74
DARK_ENOUGH, FAINTEST = 0.45, 0.25


@cache
def places(city: str, districts: int) -> dict[str, tuple[int, int]]:
    """Return column and row of each district of a city."""
    known = tomllib.loads(FILE.read_text(encoding="utf-8")).get(city, {})
    keys = [f"{d:02d}" for d in range(1, districts + 1)]
    if set(known) == set(keys):
        return {key: tuple(known[key]) for key in keys}
    return {key: (k % ACROSS, k // ACROSS) for k, key in enumerate(keys)}


def tiles(
    effects: dict[str, Effect], names: dict[str, str], city: str, scaling: Scale, lang: str, largest: float
) -> alt.LayerChart:
    """Return the map of one scenario's effects by district (``effects`` and ``names`` are keyed "01", "02" …).

    ``largest`` is the effect with the strongest colour, so that several maps share one scale.
    """
    at = places(city, len(names))
    data = pd.DataFrame(tile(effects.get(key), names[key], at[key], scaling, lang, largest) for key in names)
    across = max(column for column, _ in at.values()) + 1
    down = max(row for _, row in at.values()) + 1
    x = alt.X("column:O", axis=None, scale=alt.Scale(domain=list(range(across)), paddingInner=0.06))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(down)), paddingInner=0.06))
    tips = [
        alt.Tooltip("name:N", title=say("charts.district", lang)),
        alt.Tooltip("shown:N", title=scaling.unit),
        alt.Tooltip("word:N", title=say("charts.verdict", lang)),
    ]
    base = alt.Chart(data).encode(x=x, y=y, tooltip=tips)
    strength = alt.Opacity("strength:Q", scale=None)
    box = base.mark_rect(cornerRadius=4).encode(color=alt.Color("colour:N", scale=None), opacity=strength)
    ink = alt.Color("ink:N", scale=None)
    name = base.mark_text(dy=-9, fontSize=11, fontWeight=600, limit=TILE - 12).encode(text="name:N", color=ink)
    value = base.mark_text(dy=10, fontSize=12).encode(text="short:N", color=ink)
    return alt.layer(box, name, value).properties(height=down * TILE).configure_view(stroke=None)


def tile(effect: Effect | None, name: str, at: tuple, scaling: Scale, lang: str, largest: float) -> dict:
    """Return one tile as a row: where, colour, strength and texts."""
    row = {"column": at[0], "row": at[1], "name": name, "colour": FAINT, "strength": 0.35, "ink": NEUTRAL,
           "short": "–", "shown": "–", "word": say("effects.unclear_short", lang)}  # fmt: skip
    if effect is None:
        return row
    row["word"] = say(effect.verdict, lang)
    row["shown"] = interval_words(effect.low, effect.middle, effect.high, scaling, lang)
    row["short"] = MARKS[effect.verdict]
    if effect.clear:
        strength = min(abs(effect.middle) / largest, 1.0) if largest else 0.0
        good = {"better": GOOD, "worse": BAD}.get(effect.verdict, NEUTRAL)
        short = f"{MARKS[effect.verdict]} {scaling.number(effect.middle, signed=True)}"
        row |= {"colour": good, "strength": FAINTEST + (1 - FAINTEST) * strength, "short": short}
        row["ink"] = "white" if strength > DARK_ENOUGH else good
    return row


def is_mapped(outcome: str) -> bool:
    """Tell whether an effect on an outcome can be called good or bad, so that a map of it has colours."""
    return better(outcome) != "neutral"
