# ruff: noqa
# %% [markdown]
# # First steps in Python
#
# Everything that the command line does with scenarios can be done from Python, and comes back as pandas frames.
# The scale here is coarse (one simulated family for 200) so that the notebook runs in a few minutes; the usual one is 20.

# %%
SCALE, DRAWS = 200, 6

# %%
import io

import pandas as pd
from IPython.display import Image

from shidian import compare, lever_frame, outcome_frame, run, scenario, sweep, values

pd.options.display.precision = 3

# %% [markdown]
# ## What exists
#
# Some fifty levers that a government can choose, with range and status quo, and the outcomes that are measured.

# %%
lever_frame().query("group == 'relief'")[["en", "unit", "range", "default"]]

# %%
outcome_frame().query("headline")[["en", "unit", "better", "notable"]]

# %% [markdown]
# ## Run
#
# One scenario, month by month. `attrs` says where the parameters come from: read effects and orders, not levels.

# %%
relief = run("relief", outcomes=["vitality", "overload_share"], scale=SCALE, draws=DRAWS)
print(relief.attrs)
relief.groupby(["outcome", "month"])["value"].mean().unstack("outcome").tail(6)

# %% [markdown]
# ## A scenario of your own
#
# It is checked as strictly as a file. Levers that are not named stay at the status quo.

# %%
mine = scenario(
    "mine",
    levers={
        "fault_tolerance": 0.4,
        "burden_reduction": [{"from": "2023-09", "value": 0.2}, {"from": "2024-03", "value": 0.4, "ramp_months": 6}],
    },
)
try:
    scenario("typo", levers={"fault_tolerence": 0.4})
except ValueError as error:
    print(error)

# %% [markdown]
# ## Compare
#
# Each scenario is measured against the first, run by run on the same luck and the same parameters. `last12` is the mean of
# the last twelve months; `diff_p05` to `diff_p95` is the range of the difference over the runs.

# %%
effects = compare("baseline", mine, "relief", scale=SCALE, draws=DRAWS)
late = effects.query("month == 'last12' and outcome in ['vitality', 'overload_share', 'effective_work', 'policy_cost']")
late.dropna(subset="diff")[["scenario", "outcome", "diff", "diff_p05", "diff_p95", "prob_better"]]

# %% [markdown]
# ## Draw
#
# The figures of the command line take the same tables.

# %%
from dashboard.figures import Tables, one_by_one

paths = values(["baseline", mine, "relief"], outcomes=["vitality"], scale=SCALE, draws=DRAWS)
paths["experiment"] = paths[["scenario", "draw", "replicate"]].astype(str).agg("-".join, axis=1)
experiments = paths.drop_duplicates("experiment")[["experiment", "scenario", "draw", "replicate"]]
names = {
    "baseline": {"en": "Status quo", "zh": "现状延续"},
    "mine": mine.title,
    "relief": {"en": "Relief", "zh": "先松绑"},
}
figure = one_by_one(Tables(paths, experiments, names), "vitality", lang="en")
buffer = io.BytesIO()
figure.savefig(buffer, dpi=70)
Image(buffer.getvalue())

# %% [markdown]
# ## Sweep
#
# Every point of a grid (or `method="latin"` or `"sobol"` with `n` points), over levers and parameters.

# %%
grid = sweep(
    {"fault_tolerance": [0.1, 0.5, 0.9], "accountability_strictness": [0.2, 0.5, 0.8]},
    outcomes=["bold_action_rate"],
    scale=SCALE,
)
grid.pivot(index="fault_tolerance", columns="accountability_strictness", values="bold_action_rate")
