"""What is measured: one function a quantity, each returning plain numbers.

Figures that need a clean process (peak memory, start-up) are taken in a child process.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np

from model.declare.draws import luck
from model.declare.outcome import OUTCOMES
from model.declare.setting import Settings
from model.simulation import City
from model.wiring import EVERYONE, Call
from scenarios.city import read_city
from scenarios.resolve import settings_of
from scenarios.scenario import FIRST_FUTURE, read_scenario

FUTURE = 36
END = FIRST_FUTURE + FUTURE
STREAM_BYTES = 64_000_000


def settings_for(name: str = "baseline", months: int = END) -> Settings:
    """Return a shipped scenario's settings with central parameters."""
    return settings_of(read_scenario(name), read_city(), until=months - 1)


def agents_in(city: City) -> int:
    """Return how many agents step each month."""
    return sum(city.tables[name].n for name in ("district", "school", "institution", "leader", "member", "family"))


def one_city(scale: float) -> dict[str, float]:
    """Found, run history and future once; return seconds, agents and peak memory of this process."""
    settings, profile = settings_for(), read_city()
    start = time.perf_counter()
    city = City(profile, settings, seed=1, scale=scale)
    founded = time.perf_counter()
    city.run(FIRST_FUTURE)
    past = time.perf_counter()
    city.run(END)
    end = time.perf_counter()
    return {
        "families": city.tables["family"].n,
        "agents": agents_in(city),
        "founding": founded - start,
        "history": past - founded,
        "future": end - past,
        "total": end - start,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_child(expression: str) -> dict:
    """Evaluate an expression of this module in a fresh process and return what it gives."""
    code = f"import json; from benchmarks import measure; print(json.dumps(measure.{expression}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def seconds_of(command: list[str], times: int = 5) -> float:
    """Return the median wall time of a command as a whole process."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def futures_per_minute(scale: float = 20.0, runs: int = 6) -> float:
    """Return how many 36-month futures one core finishes a minute, the history being there."""
    state = City(read_city(), settings_for(), seed=1, scale=scale).run(FIRST_FUTURE).save()
    settings = settings_for("relief")
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        City.restore(state, settings).run(END)
        taken.append(time.perf_counter() - start)
    return 60 / statistics.median(taken)


def seconds_by_mechanism(scale: float = 20.0) -> dict[str, float]:
    """Return seconds per month of each mechanism, of observing and of range checks."""
    city = City(read_city(), settings_for(), seed=1, scale=scale).run(FIRST_FUTURE)
    spent: dict[str, float] = {}

    def timed(owner: type, method: str, name: str) -> object:
        inner = getattr(owner, method)

        def outer(self: object, *args: object, **kwargs: object) -> object:
            start = time.perf_counter()
            result = inner(self, *args, **kwargs)
            key = name or self.name
            spent[key] = spent.get(key, 0.0) + time.perf_counter() - start
            return result

        setattr(owner, method, outer)
        return inner

    observer, table = type(city.observer), type(city.tables["family"])
    kept = [
        (Call, "run", timed(Call, "run", "")),
        (observer, "observe", timed(observer, "observe", "(observe)")),
        (table, "check", timed(table, "check", "(range checks)")),
    ]
    start = time.perf_counter()
    city.run(END)
    spent["(all)"] = time.perf_counter() - start
    for owner, method, inner in kept:
        setattr(owner, method, inner)
    return {name: seconds / FUTURE for name, seconds in spent.items()}


def check_share(scale: float = 20.0, pairs: int = 5) -> float:
    """Return the share of a run's processor time that range checks take (paired, interleaved, median)."""
    state = City(read_city(), settings_for(), seed=1, scale=scale).run(FIRST_FUTURE).save()
    shares = []
    for _ in range(pairs):
        seconds = []
        for check in (True, False):
            start = time.process_time()
            City.restore(state, settings_for(), check=check).run(END)
            seconds.append(time.process_time() - start)
        shares.append(1 - seconds[1] / seconds[0])
    return statistics.median(shares)


def pairing_gain(
    scenario: str, scale: float = 100.0, replicates: int = 16
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Return, for each headline outcome, var(independent effect) / var(paired effect), and its means without and with.

    The effect is the scenario minus the baseline, mean of the last twelve months; independent means
    that the two have different luck.
    """
    usual, other, values = settings_for(), settings_for(scenario), []
    for r in range(replicates):
        state = City(read_city(), usual, seed=luck(1, 0, r), scale=scale).run(FIRST_FUTURE).save()
        runs = [City.restore(state, s).run(END).record for s in (usual, other)]
        values.append([run.values[-12:].mean(axis=0) for run in runs])
    base, with_policy = np.array(values).transpose(1, 0, 2)
    paired = (with_policy - base).var(axis=0, ddof=1)
    independent = with_policy.var(axis=0, ddof=1) + base.var(axis=0, ddof=1)
    keys = {key: i for i, key in enumerate(runs[0].keys)}
    gains, means = {}, {}
    for outcome in OUTCOMES.values():
        at = keys.get(("city", outcome.id))
        if outcome.headline and outcome.id != "policy_cost" and at is not None:
            gains[outcome.id] = float(independent[at] / paired[at]) if paired[at] > 0 else float("inf")
            means[outcome.id] = (float(base[:, at].mean()), float(with_policy[:, at].mean()))
    return gains, means


def pairing_ceiling(before: float, after: float) -> float:
    """Return the largest factor that pairing can reach for a share of persons who differ independently by replicate.

    At best the same persons stay in the smaller group, and the effect is a share of persons too: of those who left.
    """
    moved = abs(after - before)
    return (before * (1 - before) + after * (1 - after)) / (moved * (1 - moved))


def growth(sizes: list[float], seconds: list[float]) -> float:
    """Return the exponent b of seconds ~ size**b, by least squares on logs; 1 for proportional growth."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def growth_of_months() -> float:
    """Return the growth exponent with the length of the future (12, 36, 108 months, 1:100)."""
    state = City(read_city(), settings_for(), seed=1, scale=100).run(FIRST_FUTURE).save()
    lengths, seconds = [12, 36, 108], []
    for months in lengths:
        start = time.perf_counter()
        City.restore(state, settings_for(months=FIRST_FUTURE + months)).run(FIRST_FUTURE + months)
        seconds.append(time.perf_counter() - start)
    return growth(lengths, seconds)


def growth_of_members() -> float:
    """Return the growth exponent with members (township posts 12, 120 and 480 thousand; 1:100, sampled 1:20)."""
    profile, sizes, seconds = read_city(), [], []
    for posts in (120_000, 240_000, 480_000):
        larger = replace(profile, values={**profile.values, "township_posts": float(posts)})
        city = City(larger, replace(settings_for(), systems=("cadres",)), seed=1, scale=100)
        start = time.perf_counter()
        city.run(12)
        seconds.append(time.perf_counter() - start)
        sizes.append(city.tables["member"].n)
    return growth(sizes, seconds)


def growth_of_experiments() -> float:
    """Return the growth exponent with the number of futures from one history (2, 4, 8; 1:100)."""
    state = City(read_city(), settings_for(), seed=1, scale=100).run(FIRST_FUTURE).save()
    numbers, seconds = [2, 4, 8], []
    for number in numbers:
        start = time.perf_counter()
        for _ in range(number):
            City.restore(state, settings_for("relief")).run(END)
        seconds.append(time.perf_counter() - start)
    return growth(numbers, seconds)


def bandwidth() -> float:
    """Return bytes per second of a STREAM-like triad (a = b + s·c in single precision), best of five."""
    n = STREAM_BYTES // 4
    b, c, a = np.ones(n, "f4"), np.ones(n, "f4"), np.empty(n, "f4")
    best = 0.0
    for _ in range(5):
        start = time.perf_counter()
        np.multiply(c, np.float32(3), out=a)
        np.add(a, b, out=a)
        best = max(best, 5 * 4 * n / (time.perf_counter() - start))
    return best


def bytes_a_month(city: City) -> int:
    """Return the bytes that one month's rules must read and write once, without any temporary."""
    total = 0
    for call in city.calls:
        table = city.tables[call.on]
        for fetch in call.fetch:
            total += fetch(city.tables, city.draws, city.month, EVERYONE).nbytes
        total += sum(table[name].nbytes for name in call.writes)
    return total


def floor_ratio(scale: float) -> dict[str, float]:
    """Return seconds a month, the least seconds that moving its bytes takes, and their ratio."""
    city = City(read_city(), settings_for(), seed=1, scale=scale).run(FIRST_FUTURE)
    start = time.perf_counter()
    city.run(FIRST_FUTURE + 6)
    seconds = (time.perf_counter() - start) / 6
    least = bytes_a_month(city) / bandwidth()
    return {"seconds": seconds, "floor": least, "ratio": seconds / least}
