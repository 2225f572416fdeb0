"""Shidian from Python: scenarios in, pandas frames out.

>>> from shidian import Scenario, compare, run, scenario, sweep
>>> mine = scenario("mine", levers={"fault_tolerance": 0.5})
>>> frame = compare("baseline", mine, scale=200, draws=0)
>>> sorted(set(frame["scenario"]))
['baseline', 'mine']
"""

from experiments.door import compare, lever_frame, outcome_frame, parameter_frame, run, scenario, sweep, values
from scenarios.scenario import Scenario

__all__ = [
    "Scenario",
    "compare",
    "lever_frame",
    "outcome_frame",
    "parameter_frame",
    "run",
    "scenario",
    "sweep",
    "values",
]
