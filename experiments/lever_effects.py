"""What each lever moves: every lever from the low to the high end of its range, one at a time.

Central parameters, one seed, the same history and the same luck, so that every difference is the
lever's. `python -m experiments.lever_effects --write docs/lever-effects.md` writes the table.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.engine import map_tasks
from experiments.experiment import Experiment, tasks_of
from experiments.priors import draws_source
from experiments.run import Record, Task, simulate
from experiments.what_if import what_if
from model.declare.setting import Lever, levers
from model.outcomes import OUTCOMES
from model.profile import Profile
from scenarios.city import read_city
from scenarios.scenario import FIRST_FUTURE

MOST_SHOWN = 4
LAST_YEAR = 12
STEADY_MONTHS = 10
OWN_COST = "policy_cost"


@dataclass(frozen=True)
class Effect:
    """The difference that a lever makes to one outcome in the last year: high end less low end."""

    lever: str
    outcome: str
    size: float
    spreads: float
    steady: bool


def ends(lever: Lever) -> tuple[float, float]:
    """Return the two values that are compared; a deadline that is a month is compared with none."""
    low, high = lever.range
    return (lever.default, high) if lever.kind == "month" else (low, high)


def lever_effects(
    profile: Profile,
    *,
    keys: tuple[str, ...] = (),
    scale: float = 20.0,
    months: int = 24,
    seed: int = 1,
    jobs: int = 1,
) -> list[Effect]:
    """Return the effect of every lever on every outcome of the city.

    Args:
        keys: levers to move; all if none. months: future months; the last year of them is compared.
    """
    wanted, central = [levers()[key] for key in (keys or levers())], draws_source().central
    experiments = [
        Experiment(
            f"{lever.id}@{end}",
            lever.id,
            0,
            0,
            seed,
            seed,
            what_if(profile, {lever.id: value}, months=FIRST_FUTURE + months, drawn=central),
        )
        for lever in wanted
        for end, value in zip(("low", "high"), ends(lever), strict=True)
    ]
    tasks = [Task(profile, scale, part) for part in tasks_of(experiments, jobs=jobs)]
    found = {key: record for _, records in map_tasks(simulate, tasks, jobs) for key, record in records}
    years = {key: last_year(record) for key, record in found.items()}
    return [effect for lever in wanted for effect in effects_of(lever.id, years, spreads(years))]


def last_year(record: Record) -> dict[str, np.ndarray]:
    """Return the last year of each outcome of the city (months without a value are NaN)."""
    return {o: record.values[-LAST_YEAR:, k] for k, (group, o) in enumerate(record.keys) if group == "city"}


def spreads(years: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, float]:
    """Return the standard deviation of each outcome's yearly mean over all runs."""
    outcomes = next(iter(years.values()))
    return {o: float(np.std([mean_of(year[o]) for year in years.values()])) for o in outcomes}


def mean_of(values: np.ndarray) -> float:
    """Return the mean of the months that have a value; 0 if none has."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else 0.0


def effects_of(lever: str, years: Mapping, spread: Mapping[str, float]) -> list[Effect]:
    """Return one lever's effects, the largest first; its own cost and what does not move are left out."""
    low, high = years[f"{lever}@low"], years[f"{lever}@high"]
    found = []
    for outcome in spread:
        change = high[outcome] - low[outcome]
        size = mean_of(change)
        if outcome == OWN_COST or not size:
            continue
        same_way = np.sum(np.sign(change) == np.sign(size))
        found.append(Effect(lever, outcome, size, size / spread[outcome], bool(same_way >= STEADY_MONTHS)))
    return sorted(found, key=lambda effect: -abs(effect.spreads))


def dead_levers(effects: list[Effect], keys: tuple[str, ...] = ()) -> list[str]:
    """Return the levers that move no outcome steadily."""
    alive = {effect.lever for effect in effects if effect.steady}
    return [key for key in (keys or levers()) if key not in alive]


def faint_levers(effects: list[Effect]) -> list[str]:
    """Return the levers that move no headline outcome by what is worth naming."""
    felt = {e.lever for e in effects if OUTCOMES[e.outcome].headline and abs(e.size) >= OUTCOMES[e.outcome].notable}
    return [key for key in levers() if key not in felt]


def page(effects: list[Effect], scale: float, months: int) -> str:
    """Return the document."""
    dead, faint = dead_levers(effects), faint_levers(effects)
    lines = [
        "# What each lever moves",
        "",
        "Written by `python -m experiments.lever_effects --write docs/lever-effects.md`.",
        "",
        f"Each lever alone goes from the low to the high end of its range in the first future month. Central"
        f" parameters, one seed, one family row for {scale:g} pupils, the same history and the same luck in every run."
        f" What is shown is the mean of the last twelve of {months} future months at the high end, less that at the low"
        " end, in the outcome's unit; in brackets, the same in spreads, where a spread is the standard deviation of"
        " the outcome over all runs behind this table. Only differences of the same sign in at least ten of the twelve"
        " months are shown, at most four a lever, the largest in spreads first. The lever's own cost is left out.",
        "",
        "| lever | low → high | moves most |",
        "| --- | --- | --- |",
    ]
    for key, lever in levers().items():
        low, high = (lever.show(value) for value in ends(lever))
        mine = [e for e in effects if e.lever == key and e.steady][:MOST_SHOWN]
        lines.append(f"| `{key}` | {low} → {high} | {'; '.join(map(words, mine)) or 'nothing'} |")
    lines += [
        "",
        f"Levers that move nothing: {listed(dead)}.",
        "",
        f"Levers that move no headline outcome by what is worth naming: {listed(faint)}.",
        "",
    ]
    return "\n".join(lines)


def words(effect: Effect) -> str:
    """Return an effect in words: outcome, size, unit, spreads."""
    unit = OUTCOMES[effect.outcome].unit
    return f"`{effect.outcome}` {effect.size:+.3g} {unit} ({effect.spreads:+.1f})"


def listed(keys: list[str]) -> str:
    """Return names as code, or the word none."""
    return ", ".join(f"`{key}`" for key in keys) or "none"


def main() -> None:
    """Write or print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", type=Path, help="the file to write; without it the table is printed")
    parser.add_argument("--scale", type=float, default=20.0, help="pupils per family row")
    parser.add_argument("--months", type=int, default=24, help="future months")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    given = parser.parse_args()
    effects = lever_effects(read_city(), scale=given.scale, months=given.months, jobs=given.jobs)
    text = page(effects, given.scale, given.months)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
