"""Measure what a sweep costs beyond its simulations: `python benchmarks/sweep.py DESIGN.toml --out DIR --jobs 2 …`.

Takes the options of `run_sim.py sweep`. Simulation is the time in the model alone, of the process that does it, summed
over workers; everything else (sending, waiting, storing, tables, figures) is overhead. Linux and macOS.
"""

import atexit
import json
import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

from experiments import run

FOLDER = "SHIDIAN_BENCH_FOLDER"
SPENT = {"cpu": 0.0, "wall": 0.0, "written": 0.0}


def timed(simulate):
    """Add up the time that a function takes, and leave the sum where the parent finds it."""

    def measured(*args):
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            return simulate(*args)
        finally:
            SPENT["cpu"] += time.process_time() - cpu
            SPENT["wall"] += time.perf_counter() - wall
            if time.perf_counter() - SPENT["written"] > 0.5:
                leave()

    return measured


def leave():
    """Write the sums of this process."""
    SPENT["written"] = time.perf_counter()
    beside = Path(os.environ[FOLDER]) / f".{os.getpid()}"
    beside.write_text(json.dumps(SPENT))
    beside.replace(Path(os.environ[FOLDER]) / f"{os.getpid()}.json")


def watch(samples):
    """Note the parent's memory every few seconds."""
    pages = Path("/proc/self/statm")
    while pages.exists():
        samples.append(int(pages.read_text().split()[1]) * resource.getpagesize() / 1e6)
        time.sleep(2)


def cpu_of(who):
    """Return the processor time of this process or of its finished children."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def measured(arguments, folder):
    """Run the sweep and return the figures."""
    from console.main import main

    samples, began = [], time.perf_counter()
    threading.Thread(target=watch, args=(samples,), daemon=True).start()
    code = main(["sweep", *arguments])
    wall = time.perf_counter() - began
    leave()
    sums = [json.loads(path.read_text()) for path in Path(folder).glob("*.json")]
    pure_cpu, pure_wall = (sum(s[key] for s in sums) for key in ("cpu", "wall"))
    cpu = cpu_of(resource.RUSAGE_SELF) + cpu_of(resource.RUSAGE_CHILDREN)
    jobs = int(arguments[arguments.index("--jobs") + 1])
    return {
        "exit code": code,
        "seconds": wall,
        "processor seconds, all": cpu,
        "processor seconds, simulating": pure_cpu,
        "overhead, processor": cpu / pure_cpu - 1,
        "overhead, clock x jobs": wall * jobs / pure_wall - 1,
        "parent's memory, MB: largest": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "parent's memory, MB: every tenth": [round(s) for s in samples[:: max(len(samples) // 10, 1)]],
    }


run.future, run.history = timed(run.future), timed(run.history)
if FOLDER in os.environ:
    atexit.register(leave)

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        os.environ[FOLDER] = place
        for name, value in measured(sys.argv[1:], place).items():
            print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
