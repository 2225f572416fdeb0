"""``make bench``: one command, one table, saved as a tidy file with the machine's description.

Nothing here passes or fails by the clock: figures are for reading, and ratios are taken within one run.
"""

import csv
import json
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import measure, phases, ratio  # noqa: E402
from benchmarks.page import TWIN, write_page  # noqa: E402

SCALES = (100, 20, 5, 1)
OUT = ROOT / "results" / "bench"
Row = tuple[str, str, float, str]


def machine() -> dict[str, object]:
    """Describe the machine without naming it."""
    import mesa
    import numpy

    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    cpu = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "mesa": mesa.__version__,
    }


def rows_by_scale() -> list[Row]:
    """Measure each scale in a process of its own, and the growth with families."""
    rows: list[Row] = []
    sizes, seconds = [], []
    for scale in SCALES:
        say(f"scale 1:{scale}")
        got = measure.in_child(f"one_city({scale})")
        month = got["future"] / measure.FUTURE
        rows += [
            (f"1:{scale}", "seconds per future month", month, "s"),
            (f"1:{scale}", "agent-steps per second", got["agents"] / month, "1/s"),
            (f"1:{scale}", "founding and spin-up", got["founding"], "s"),
            (f"1:{scale}", "history month over future month", got["history"] / 29 / month, "ratio"),
            (f"1:{scale}", "founding, history and 36 months", got["total"], "s"),
            (f"1:{scale}", "peak memory", got["peak_mib"], "MiB"),
        ]
        sizes.append(got["families"])
        seconds.append(month)
    rows.append(("all", "growth exponent with families", measure.growth(sizes[-3:], seconds[-3:]), "exponent"))
    return rows


def rows_of_growth() -> list[Row]:
    """Measure growth with months, members and experiments."""
    say("growth")
    return [
        ("all", "growth exponent with months", measure.growth_of_months(), "exponent"),
        ("all", "growth exponent with members", measure.growth_of_members(), "exponent"),
        ("all", "growth exponent with experiments", measure.growth_of_experiments(), "exponent"),
    ]


def rows_of_start() -> list[Row]:
    """Measure start-up as whole processes."""
    say("start-up")
    python = sys.executable
    bare = measure.seconds_of([python, "-c", "pass"])
    model = measure.seconds_of([python, "-c", "import sys; sys.path.insert(0, '.'); import model.simulation"])
    listing = measure.seconds_of([python, str(ROOT / "run_sim.py"), "list", "levers"])
    return [
        ("start", "bare interpreter", bare, "s"),
        ("start", "import of the model", model, "s"),
        ("start", "list levers", listing, "s"),
    ]


def rows_of_commands() -> list[Row]:
    """Time the flagship and a comparison with draws as whole processes."""
    say("commands")
    three = ["compare", "baseline", "crackdown", "relief", "--scale", "1:20", "--draws", "20"]
    return [
        ("flagship", "all shipped scenarios", seconds_of_program([]), "s"),
        ("compare", "baseline crackdown relief --draws 20", seconds_of_program(three), "s"),
    ]


def seconds_of_program(arguments: list[str]) -> float:
    """Return the wall time of one command, its results in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "run_sim.py"), *arguments, "--out", folder + "/out", "--quiet"]
        return measure.seconds_of(command, times=1)


def rows_of_throughput() -> list[Row]:
    """Measure interactive change, throughput, range checks and the distance to the memory floor."""
    say("throughput")
    rate = measure.futures_per_minute()
    near, far = measure.floor_ratio(20), measure.floor_ratio(1)
    return [
        ("1:20", "futures of 36 months per minute and core", rate, "1/min"),
        ("1:20", "interactive change, 36 months", 60 / rate, "s"),
        ("1:20", "range checks, share of a run", measure.check_share(), "share"),
        ("1:20", "time over the memory-bandwidth floor", near["ratio"], "ratio"),
        ("1:1", "time over the memory-bandwidth floor", far["ratio"], "ratio"),
    ]


def rows_of_pairing() -> list[Row]:
    """Measure what common random numbers save, by scenario and headline outcome."""
    say("common random numbers")
    rows: list[Row] = []
    for scenario in ("relief", "crackdown"):
        gains, means = measure.pairing_gain(scenario)
        rows += [(scenario, f"fewer replicates: {name}", gain, "factor") for name, gain in gains.items()]
        share = sum(g >= 10 for g in gains.values()) / len(gains)
        rows.append((scenario, "headline outcomes with a factor of at least 10", share, "share"))
        for name in ("overload_share", "tutoring_share"):  # what else falls short follows from these two
            most = measure.pairing_ceiling(*means[name])
            rows.append((scenario, f"{name}, at most, with the same persons", most, "factor"))
    return rows


def rows_of_mechanisms() -> list[Row]:
    """Split a month's time by mechanism."""
    say("mechanisms")
    spent = measure.seconds_by_mechanism()
    return [
        ("1:20", f"mechanism {name}", 1000 * seconds, "ms/month")
        for name, seconds in sorted(spent.items(), key=lambda item: -item[1])
    ]


def rows_of_twin() -> list[Row]:
    """Take the ratio to the plain Mesa twin, paired and interleaved, and to one that is visited rule by rule."""
    say("plain Mesa twin")
    pair, visits = ratio.measure(20.0), phases.seconds_of_visits(20.0)
    twin, columns = statistics.median(pair.twin), statistics.median(pair.columns)
    return [
        ("1:20", TWIN, pair.ratio(pair.columns), "times"),
        ("1:20", f"{TWIN}, as run", pair.ratio(pair.as_run), "times"),
        ("1:20", "agents", pair.agents, "agents"),
        ("1:20", "agent-steps per second, rules alone", pair.agents / columns, "1/s"),
        ("1:20", "agent-steps per second, plain Mesa twin", pair.agents / twin, "1/s"),
        ("1:20", "visits rule by rule, plain Mesa", visits, "s/month"),
        ("1:20", "speed over a twin written rule by rule (estimate)", (twin + visits) / columns, "times"),
    ]


def rows_of_phases() -> list[Row]:
    """Split a month by phase, and say what its rules are made of."""
    say("phases")
    return phases.rows_of_phases(20.0)


def say(what: str) -> None:
    """Show progress on standard error."""
    print(f"measuring: {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure everything, print one table, save it and write the page."""
    rows = [
        *rows_of_start(),
        *rows_by_scale(),
        *rows_of_growth(),
        *rows_of_throughput(),
        *rows_of_twin(),
        *rows_of_pairing(),
        *rows_of_commands(),
        *rows_of_phases(),
        *rows_of_mechanisms(),
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    with open(OUT / "bench.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("where", "what", "value", "unit"))
        writer.writerows(rows)
    (OUT / "machine.json").write_text(json.dumps(machine(), indent=1), encoding="utf-8")
    write_page(rows, machine())
    for where, what, value, unit in rows:
        print(f"{where:10s} {what:58s} {value:14.4g} {unit}")
    print(f"saved: {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
