"""Tables of saved analyses as plain rows: shares of levers, indices, fronts. They are read, never computed here."""

from pathlib import Path

import pandas as pd

from dashboard.words import OUTCOMES, label, say, scale

MOST = 15


def read(folder: Path, name: str) -> pd.DataFrame:
    """Return a table of an analysis; an empty one if it has none."""
    path = folder / f"{name}.parquet"
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):
        return pd.DataFrame()


def part_words(part: str, lang: str) -> str:
    """Return a lever, a parameter, a group of levers or the whole in words."""
    if part == "total":
        return say("why.total", lang)
    key = f"levers.group_{part}"
    try:
        return say(key, lang)
    except KeyError:
        return label(part, lang)


def shares(folder: Path, outcome: str, lang: str) -> pd.DataFrame:
    """Return the shares of a scenario's effect on an outcome, the whole first: part, name, value, low, high."""
    table = read(folder, "shares")
    rows = table[table["outcome"] == outcome].copy()
    rows["name"] = [part_words(part, lang) for part in rows["part"]]
    rows = rows.rename(columns={"mean": "value", "p05": "low", "p95": "high"})
    whole, parts = rows[rows["part"] == "total"], rows[rows["part"] != "total"]
    order = parts["value"].abs().sort_values(ascending=False).index
    return pd.concat([whole, parts.loc[order]])[["part", "name", "value", "low", "high"]].head(MOST + 1)


def indices(folder: Path, lang: str) -> pd.DataFrame:
    """Return the sensitivity indices: outcome, input, name, measure, value, low, high, rankable."""
    table = read(folder, "indices")
    if table.empty:
        return table
    table = table[table["other"].fillna("") == ""].copy() if "other" in table else table.copy()
    # A study keeps its indices at half the sample too, to show how they settle; the last ones count.
    table = table[table["samples"] == table.groupby(["outcome", "measure", "input"])["samples"].transform("max")].copy()
    table["name"] = [part_words(i, lang) for i in table["input"]]
    return table


def main_measure(table: pd.DataFrame) -> str:
    """Return the measure by which inputs are put in order."""
    there = set(table["measure"])
    return next(m for m in ("total", "mu_star", "delta", "pawn", *sorted(there)) if m in there)


def relative(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the main measure of every input and outcome as a share of the outcome's largest."""
    rows = table[table["measure"] == main_measure(table)].copy()
    largest = rows.groupby("outcome")["value"].transform("max")
    rows["share"] = (rows["value"] / largest.where(largest > 0)).clip(lower=0).fillna(0.0)
    rows["outcome_name"] = [label(o, lang) for o in rows["outcome"]]
    return rows


def front(folder: Path) -> pd.DataFrame:
    """Return the mixes that no other beats."""
    return read(folder, "front")


def goals(table: pd.DataFrame) -> list[str]:
    """Return the outcomes that a search was after, as the columns of its front have them."""
    return [column for column in table.columns if column in OUTCOMES]


def in_words(outcome: str, value: float, lang: str) -> str:
    """Return an effect in the unit of its outcome."""
    scaling = scale(OUTCOMES[outcome].unit, abs(value), lang, difference=True)
    gap = " " if lang == "en" else ""
    return f"{scaling.number(value, signed=True)}{gap}{scaling.unit}"
