"""Tables to and from the EMA Workbench: (experiments, outcomes) as its analyses take them, and points as our sweeps do.

Uncertainties and levers are columns of EMA's experiments; its *scenario* is a point of uncertainty, ours a file.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.results import Frames, read_frames
from model.declare.errors import SettingError

MODEL = "shidian"
OF_EMA = ("scenario", "policy", "model")


def ema_tables(folder: str | Path) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Return the results of a sweep as the EMA Workbench's (experiments, outcomes).

    Experiments have a column a varied setting, and ``scenario`` (the run), ``policy`` (the base) and ``model``.
    Outcomes are the means of the last twelve months; with only the months kept, a value a month, as EMA's time series.

    Raises:
        SettingError: no finished results of a sweep are in the folder.
    """
    frames = read_frames(Path(folder))
    design = frames.manifest.get("design")
    if design is None:
        raise SettingError(Path(folder).as_posix(), "must be a folder with results of a sweep; got others")
    rows = frames.experiments
    if "error" in rows:
        rows = rows[rows["error"].fillna("") == ""]
    rows = rows.reset_index(drop=True)
    experiments = rows[list(design["varied"])].copy()
    runs = zip(rows["scenario"], rows["draw"], rows["replicate"], strict=True)
    experiments["scenario"] = ["/".join(map(str, run)) for run in runs]
    experiments["policy"], experiments["model"] = design["base"], MODEL
    return experiments, outcome_arrays(frames, rows["experiment"])


def outcome_arrays(frames: Frames, order: Sequence[str]) -> dict[str, np.ndarray]:
    """Return each outcome of the city in the order of the experiments: one value each, or one a month."""
    city = frames.outcomes[frames.outcomes["group"] == "city"]
    found = {}
    for outcome, rows in city.groupby("outcome", observed=True):
        wide = rows.pivot(index="experiment", columns="month", values="value").loc[list(order)]
        months = [m for m in wide.columns if not str(m).startswith("last")]
        late = [m for m in wide.columns if str(m).startswith("last")]
        found[str(outcome)] = wide[months].to_numpy() if months and not late else wide[late[-1]].to_numpy()
    return found


def points_text(experiments: pd.DataFrame) -> str:
    """Return EMA's experiments as the CSV of points that a sweep reads (``method = "csv"``): settings only."""
    names = [c for c in experiments.columns if c not in OF_EMA]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(names)
    out.writerows(experiments[names].itertuples(index=False, name=None))
    return text.getvalue()
