"""Figures: every one in both languages without a missing glyph, the same bytes twice, and words that hedge."""

import re
import string
import threading
import time
import warnings

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from dashboard import figures, words
from dashboard.figures import Tables, canvas
from dashboard.words import OUTCOMES

TITLES = {
    "baseline": ("Status quo continues", "现状延续"),
    "conviction": ("Conviction first", "坚定信念"),
    "relief": ("Relief first", "先松绑"),
    "growth": ("Paths to grow", "成长通道"),
    "crackdown": ("Crackdown", "加强执法"),
    "quality_schools": ("Better schools", "校内提质"),
    "sound_supervision": ("Sound supervision", "依法监管"),
    "co_education": ("Schools and families together", "家校共育"),
    "full_package": ("Full package", "一揽子"),
    "same_money_elsewhere": ("Same money elsewhere", "同样的钱换个用法"),
}
DISTRICTS = (
    ("Ruzhou", "汝州市"), ("Ye County", "叶县"), ("Lushan County", "鲁山县"), ("Jia County", "郏县"),
    ("Baofeng County", "宝丰县"), ("Wugang", "舞钢市"), ("Xinhua District", "新华区"), ("Weidong District", "卫东区"),
    ("Zhanhe District", "湛河区"), ("Shilong District", "石龙区"), ("High-tech Zone", "高新区"),
    ("Urban-rural Demonstration Zone", "城乡一体化示范区"),
)  # fmt: skip
NAMES = {
    "scenarios": {key: {"en": en, "zh": zh} for key, (en, zh) in TITLES.items()},
    "districts": {f"{i:02d}": {"en": en, "zh": zh} for i, (en, zh) in enumerate(DISTRICTS, start=1)},
}
MONTHS = [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(65)]
FUTURE = MONTHS.index("2023-06")
LEVELS = {"share": 0.3, "share/year": 0.12, "share/month": 0.05, "index 0-100": 55.0, "standard deviations": 0.0,
          "minutes/day": 62.0, "hours/day": 8.4, "hours/week": 14.0, "CNY/month": 420.0, "CNY/hour": 150.0,
          "institutions": 320.0}  # fmt: skip
PER_GROUP = {"district": [f"district:{i:02d}" for i in range(1, 13)], "income": [f"income:{i}" for i in range(1, 6)],
             "post": ["post:teacher", "post:inspector", "post:township"]}  # fmt: skip


def make_tables(outcomes=tuple(OUTCOMES), scenarios=tuple(TITLES), draws=12, groups=("district", "income"), seed=7):
    """Make result tables of realistic shape: seasons, a policy in 2021, saturating effects, shared luck."""
    luck = np.random.default_rng(seed)
    month = np.arange(len(MONTHS))
    ramp = np.where(month >= FUTURE, 1 - np.exp(-(month - FUTURE + 1) / 9), 0)
    keys, cubes = [], []
    for outcome in outcomes:
        declared = OUTCOMES[outcome]
        level = 1.6e7 if outcome == "policy_cost" else LEVELS.get(declared.unit, 40.0)
        size = level * 0.25 or 0.15
        path = level + size * (0.5 * np.exp(-month / 20) + 0.1 * np.sin(month * np.pi / 6))
        path = path * luck.normal(1, 0.08, (1, draws, 1)) + size * 0.03 * luck.normal(size=(1, draws, len(MONTHS)))
        strength = luck.choice([0, 0.15, -0.2, 0.5, -0.7], len(scenarios)) * size
        if outcome == "policy_cost":
            strength = luck.uniform(0, 6e6, len(scenarios))
        strength[0] = 0
        effect = strength[:, None, None] * luck.normal(1, 0.35, (len(scenarios), draws, 1)) * ramp
        here = ["city", *(g for kind in groups if kind in declared.groups for g in PER_GROUP[kind])]
        for place, group in enumerate(here):
            tilt = 1 + 0.05 * (place % 7 - 3) * (place > 0)
            keys.append((outcome, group))
            cubes.append((path + effect * tilt) * tilt)
    return as_tables(keys, np.stack(cubes), scenarios, draws)


def as_tables(keys, cube, scenarios, draws):
    rows = [(f"{s}-{d}", s, d, 0) for s in scenarios for d in range(draws)]
    experiments = pd.DataFrame(rows, columns=["experiment", "scenario", "draw", "replicate"]).assign(seed=1)
    pair, scenario, draw, month = (i.ravel() for i in np.indices(cube.shape))
    groups, outcomes = sorted({g for _, g in keys}), sorted({o for o, _ in keys})
    place = np.array([[outcomes.index(o), groups.index(g)] for o, g in keys])
    frame = pd.DataFrame(
        {
            "experiment": pd.Categorical.from_codes(scenario * draws + draw, [r[0] for r in rows]),
            "month": pd.Categorical.from_codes(month, MONTHS),
            "group": pd.Categorical.from_codes(place[pair, 1], groups),
            "outcome": pd.Categorical.from_codes(place[pair, 0], outcomes),
            "value": cube.ravel(),
        }
    )
    return frame, experiments
