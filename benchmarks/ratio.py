"""How much faster the columns are than the plain Mesa twin: the same months, paired and interleaved.

``python benchmarks/ratio.py [SCALE ...]`` prints a small table. Neither side observes outcomes and the
columns' range checks are off, so that only the rules are timed; the row "as run" gives the columns
both and the twin neither. Processor time is taken, so that a busy machine does not tilt the ratio.
"""

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.plain_mesa.city import PlainCity  # noqa: E402
from model.simulation import City  # noqa: E402
from scenarios.city import read_city  # noqa: E402
from scenarios.resolve import settings_of  # noqa: E402
from scenarios.scenario import read_scenario  # noqa: E402

WARM, MONTHS = 12, 9
STEPPING = ("district", "school", "institution", "leader", "member", "family")


@dataclass
class Pair:
    """Seconds a month of the twin and of the columns (rules alone, and as run), month by month."""

    agents: int
    twin: list[float]
    columns: list[float]
    as_run: list[float]

    def ratio(self, columns: list[float]) -> float:
        """Return the median over months of the paired ratio."""
        return statistics.median(t / c for t, c in zip(self.twin, columns, strict=True))


def seconds(work: object, *given: object) -> float:
    """Return the processor seconds that a call takes."""
    start = time.process_time()
    work(*given)
    return time.process_time() - start


def measure(scale: float, months: int = MONTHS, warm: int = WARM) -> Pair:
    """Time the same months in both, one after the other, changing who goes first."""
    profile = read_city()
    settings = settings_of(read_scenario("baseline"), profile)
    twin = PlainCity(profile, settings, seed=1, scale=scale, watch=False).run(warm)
    bare = City(profile, settings, seed=1, scale=scale, check=False).run(warm)
    full = City(profile, settings, seed=1, scale=scale).run(warm)
    pair = Pair(sum(len(twin.by_type[name]) for name in STEPPING), [], [], [])
    for month in range(months):
        turns = [(pair.columns, bare._advance, (False,)), (pair.as_run, full.step, ()), (pair.twin, twin.step, ())]
        for times, work, given in turns[:: 1 if month % 2 else -1]:
            times.append(seconds(work, *given))
    return pair


def main() -> None:
    """Print agent-steps a second and ratios at each scale."""
    print(f"{'scale':>6s} {'agents':>8s} {'':24s} {'ms/month':>9s} {'agent-steps/s':>14s} {'ratio':>7s}")
    for scale in [float(given) for given in sys.argv[1:]] or [200.0, 20.0]:
        pair = measure(scale)
        rows = {"plain Mesa twin": pair.twin, "columns, rules alone": pair.columns, "columns, as run": pair.as_run}
        for what, times in rows.items():
            month, size = statistics.median(times), f"1:{scale:g}"
            speed, ratio = pair.agents / month, pair.ratio(times)
            print(f"{size:>6s} {pair.agents:8d} {what:24s} {1000 * month:9.1f} {speed:14.3g} {ratio:7.1f}", flush=True)


if __name__ == "__main__":
    main()
