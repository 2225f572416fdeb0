"""Summary numbers of a small city, kept beside the code: results change only when somebody means it.

``make baseline`` rewrites ``tests/baseline.toml``; the changelog must then say "Results change".
Numbers are compared with a tolerance for rounding on other processors, not bit for bit.
"""

import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

FILE = Path(__file__).parent / "baseline.toml"
SCALE, SEED = 200.0, 7
SCENARIOS = ("baseline", "full_package")
MONTHS = (11, 28, 40)
TOLERANCE = 1e-6


def summary() -> dict[str, dict[str, list[float]]]:
    """Return each outcome's city value in some months, by scenario."""
    from model.simulation import City
    from scenarios.city import read_city
    from scenarios.resolve import settings_of
    from scenarios.scenario import FIRST_FUTURE, read_scenario

    profile, found = read_city(), {}
    settings = {name: settings_of(read_scenario(name), profile) for name in SCENARIOS}
    state = City(profile, settings["baseline"], seed=SEED, scale=SCALE).run(FIRST_FUTURE).save()
    for name in SCENARIOS:
        record = City.restore(state, settings[name]).run(max(MONTHS) + 1).record
        found[name] = {
            outcome: [float(record.values[m, k]) for m in MONTHS]
            for k, (group, outcome) in enumerate(record.keys)
            if group == "city"
        }
    return found


@pytest.fixture(scope="module")
def now() -> dict[str, dict[str, list[float]]]:
    """The numbers that the code gives now."""
    return summary()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_results_are_those_of_the_baseline_file(now, scenario):
    kept = tomllib.loads(FILE.read_text(encoding="utf-8"))[scenario]
    assert set(kept) == set(now[scenario])
    off = [
        name
        for name, values in kept.items()
        if not np.allclose(values, now[scenario][name], rtol=TOLERANCE, atol=1e-9, equal_nan=True)
    ]
    assert not off, f"results changed: {', '.join(off)} (meant? make baseline, and say so in CHANGELOG.md)"


def write() -> None:
    """Rewrite the file."""
    lines = ["# Written by make baseline: city values in months " + ", ".join(map(str, MONTHS)) + " (0 = 2021-01).\n"]
    for scenario, outcomes in summary().items():
        lines.append(f"[{scenario}]")
        lines += [f"{name} = [{', '.join(repr(v) for v in values)}]" for name, values in outcomes.items()]
        lines.append("")
    FILE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    write()
