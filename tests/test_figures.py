"""Figures: every one in both languages without a missing glyph, the same bytes twice, and words that hedge."""

import itertools
import re
import string
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from matplotlib.lines import Line2D

from dashboard import figures, words
from dashboard.figures import Tables, canvas, dots, gaps, intervals, labels, lettering, scatter, style
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


@contextmanager
def no_warnings():
    """Turn warnings about figures and numbers into errors; those for other developers are theirs."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph", UserWarning)
        warnings.simplefilter("error", RuntimeWarning)
        yield


@pytest.fixture(scope="module")
def results():
    return make_tables()


@pytest.fixture(scope="module")
def full(results):
    return Tables(*results, NAMES)


@pytest.fixture(scope="module")
def pages(full):
    """Make every figure in both languages and lay out its text; any missing glyph is an error here."""
    with no_warnings():
        drawn = {}
        for lang in words.LANGUAGES:
            for name, draw, reason in figures.planned(full, lang):
                assert not reason, (name, reason)
                drawn[name, lang] = figure = draw()
                boxes(figure)
        return drawn


def boxes(figure):
    """Return (text, its box in pixels) of everything written on a figure."""
    renderer = figure.canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in figure.texts if text.get_text()]


def small(scenarios=("baseline", "relief"), draws=6, **values):
    """Make tables of one flat outcome: ``values`` by outcome, an array (scenario, draw) or a number."""
    shape = (len(scenarios), draws, len(MONTHS))
    cubes = [np.broadcast_to(np.asarray(v, float).reshape(*np.shape(v), *[1] * (3 - np.ndim(v))), shape)
             for v in values.values()]  # fmt: skip
    return as_tables([(o, "city") for o in values], np.stack(cubes), list(scenarios), draws)


def test_every_figure_is_drawn_in_both_languages_without_a_missing_glyph(pages):
    names = {name for name, _ in pages}
    assert names == {
        "trajectories-cadres", "trajectories-education-1", "trajectories-education-2", "effects", "trade-off",
        "policies-vitality", "policies-three_burdens", "districts-vitality", "districts-three_burdens", "income-gaps",
    }  # fmt: skip
    assert len(pages) == 2 * len(names)


def test_a_missing_glyph_would_be_noticed(full):
    with pytest.warns(UserWarning, match="Glyph .* missing"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(lettering, "legible", lambda text: text)
        patch.setattr(canvas, "legible", lambda text: text)
        page = canvas.Page(1, "\U0010ffff", "", "")
        page.figure.canvas.draw()


def test_no_text_is_cut_off_or_written_over_another(pages):
    for (name, lang), figure in pages.items():
        width, height = figure.bbox.width, figure.bbox.height
        written = boxes(figure)
        for text, box in written:
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, (name, lang, text)
        for (one, a), (two, b) in itertools.combinations(written, 2):
            across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            assert across <= 1 or down <= 4, (name, lang, one, two)


def test_no_type_is_smaller_than_nine_points(pages):
    sizes = {text.get_fontsize() for figure in pages.values() for text in figure.texts}
    assert min(sizes) >= 9


def test_each_language_is_whole(pages):
    for (name, lang), figure in pages.items():
        chinese = sum("\u4e00" <= c <= "\u9fff" for text in figure.texts for c in text.get_text())
        assert (chinese > 0) == (lang == "zh"), (name, lang)


def test_every_figure_has_a_sentence_for_those_who_cannot_see_it(pages):
    for (name, lang), figure in pages.items():
        assert len(figure.get_label()) > 30 and figure.get_label()[-1] in ".。", (name, lang)


def test_files_come_out_the_same_twice_and_without_a_date(full, tmp_path):
    for kind in ("png", "svg"):
        first, second = (
            canvas.save(figures.trade_off(full, lang="zh"), tmp_path / f"{i}.{kind}").read_bytes() for i in range(2)
        )
        assert first == second
    assert b"<dc:date>" not in first
    assert "散点图".encode() in first


@pytest.mark.slow
def test_threads_draw_what_one_thread_draws(full, tmp_path):
    def draw(job):
        number, lang, name = job
        make = {n: d for n, d, _ in figures.planned(full, lang)}[name]
        return canvas.save(make(), tmp_path / f"{number}.png").read_bytes()

    jobs = [(i, lang, name) for i, (lang, name) in enumerate(itertools.product(("zh", "en"), ("effects", "trade-off")))]
    alone = [draw(job) for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, jobs)) == alone


def test_importing_the_figures_leaves_matplotlib_as_it_was():
    code = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy(); import dashboard.figures\n"
        "assert not {'matplotlib.pyplot', 'zhplot', 'streamlit'} & set(sys.modules)\n"
        "assert all(matplotlib.rcParams[k] == before[k] for k in before if k != 'backend')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_saving_leaves_matplotlib_as_it_was(full, tmp_path):
    before = dict(matplotlib.rcParams)
    canvas.save(figures.trade_off(full), tmp_path / "a.svg")
    assert dict(matplotlib.rcParams) == before


def test_a_reader_with_a_dark_style_gets_the_same_figure(full, tmp_path):
    usual = canvas.save(figures.trade_off(full), tmp_path / "a.png").read_bytes()
    dark = {
        "text.color": "red",
        "figure.facecolor": "black",
        "savefig.facecolor": "black",
        "savefig.dpi": 40,
        "savefig.bbox": "tight",
        "axes.edgecolor": "red",
        "font.size": 30,
        "figure.constrained_layout.use": True,
    }
    with matplotlib.rc_context(dark):
        assert canvas.save(figures.trade_off(full), tmp_path / "b.png").read_bytes() == usual


@pytest.mark.slow
def test_all_figures_are_written_in_seconds(results, tmp_path):
    start = time.process_time()
    written = figures.write_all(tmp_path, *results, NAMES, "zh")
    assert time.process_time() - start < 16, "twice what it may take where nothing else runs"
    assert all(path.stat().st_size > 5000 for path in written.paths)
    assert {path.suffix for path in written.paths} == {".png", ".svg"}
    assert set(tmp_path.iterdir()) == {tmp_path / "figures"}
    assert set((tmp_path / "figures").iterdir()) == set(written.paths)
    assert not written.skipped


def test_with_one_system_the_other_figures_are_left_out_and_named(tmp_path):
    mine = [o for o, declared in OUTCOMES.items() if declared.system == "cadres"]
    data = make_tables(mine, ("baseline", "relief"), draws=5)
    written = figures.write_all(tmp_path, *data, NAMES, "en", formats=("png",))
    assert {path.name for path in written.paths} == {
        "trajectories-cadres-en.png", "effects-en.png", "policies-vitality-en.png", "districts-vitality-en.png",
    }  # fmt: skip
    assert set(written.skipped) == {"trade-off", "policies-three_burdens", "districts-three_burdens", "income-gaps"}
    assert written.skipped["trade-off"] == "not in these results: Policy cost"


def test_one_scenario_alone_is_drawn_over_time(tmp_path):
    data = make_tables(["vitality", "policy_cost"], ("baseline",), draws=1)
    written = figures.write_all(tmp_path, *data, NAMES, "zh", formats=("svg",))
    assert [path.name for path in written.paths] == ["trajectories-cadres-zh.svg"]
    assert "只有一个情景" in written.skipped["effects"]


def test_the_shares_of_several_processes_make_up_the_whole(tmp_path):
    data = make_tables(["vitality", "policy_cost"], ("baseline", "relief"), draws=5)
    whole = figures.write_all(tmp_path / "whole", *data, NAMES, "en", formats=("svg",))
    parts = [figures.write_all(tmp_path / "parts", *data, NAMES, "en", ("svg",), (k, 3)) for k in range(3)]
    assert all(part.paths for part in parts)
    assert {name: text for part in parts for name, text in part.alt.items()} == whole.alt
    for path in whole.paths:
        assert (tmp_path / "parts" / "figures" / path.name).read_bytes() == path.read_bytes()


def test_pandas_and_arrow_tables_are_the_same(results):
    frame, experiments = (table.copy() for table in small(vitality=[[1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 8]]))
    plain = frame.astype({name: str for name in ("experiment", "month", "group", "outcome")})
    arrow = pa.Table.from_pandas(frame), pa.Table.from_pandas(experiments)
    wanted = Tables(frame, experiments).effect("vitality")
    for data in ((plain, experiments), arrow):
        np.testing.assert_array_equal(Tables(*data).effect("vitality").parts, wanted.parts)


def test_rows_may_come_in_any_order(results):
    frame, experiments = results
    few = frame[(frame["group"] == "city") & frame["outcome"].isin(["vitality", "three_burdens"])]
    shuffled = few.sample(frac=1, random_state=3)
    np.testing.assert_array_equal(
        Tables(few, experiments).levels("vitality"), Tables(shuffled, experiments).levels("vitality")
    )


def test_an_effect_is_paired_so_that_shared_luck_cancels():
    luck = np.array([10, 20, 30, 40, 50, 60.0])
    effect = Tables(*small(vitality=np.stack([luck, luck + 2]))).effect("vitality")
    np.testing.assert_allclose(effect.parts[:, 1], 2)
    assert effect.verdict.tolist() == ["unclear", "better"]


def test_a_run_that_the_baseline_lacks_is_not_compared():
    frame, experiments = small(vitality=np.stack([np.arange(6.0), np.arange(6) + 1]))
    lost = ~((experiments["scenario"] == "baseline") & (experiments["draw"] == 5))
    effect = Tables(frame[frame["experiment"].astype(str) != "baseline-5"], experiments[lost]).effect("vitality")
    np.testing.assert_allclose(effect.parts[:, 1], 1)


def test_a_scenario_with_its_own_assumptions_is_measured_against_its_own_baseline():
    names = ("baseline", "baseline@relief", "relief", "growth")
    frame, experiments = small(names, vitality=np.array([[1.0] * 6, [5.0] * 6, [6.0] * 6, [4.0] * 6]))
    own = {"relief": "baseline@relief", "growth": "baseline"}
    experiments["against"] = [f"{own[s]}-{d}" if s in own else "" for s, d in experiments[["scenario", "draw"]].values]
    read = Tables(frame, experiments, NAMES)
    assert list(read.policies) == ["relief", "growth"]
    np.testing.assert_allclose(read.effect("vitality").middle, [0, 0, 1, 3])
    assert read.name("baseline@relief", "zh") == "现状延续（按“先松绑”的假设）"
    for _, draw, reason in figures.planned(read, "zh"):
        assert reason or draw()


def test_an_interval_that_includes_zero_is_no_clear_difference():
    spread = np.array([-3.0, -1, 0, 1, 2, 3])
    data = Tables(*small(vitality=np.stack([np.zeros(6), spread])), NAMES)
    assert data.effect("vitality").verdict[1] == "unclear"
    for lang, text in (("en", "no clear difference"), ("zh", "未见明确差异")):
        figure = figures.trajectories(data, ("vitality",), lang=lang)
        assert any(text in written for written, _ in boxes(figure))


def test_colour_follows_desirability_not_sign():
    change = np.stack([np.zeros(6), np.full(6, -2.0)])
    data = Tables(*small(vitality=change, three_burdens=change, sanction_rate=change))
    verdicts = [data.effect(o).verdict[1] for o in ("vitality", "three_burdens", "sanction_rate")]
    assert verdicts == ["worse", "better", "changed"]


def test_a_difference_too_small_to_matter_is_neither_better_nor_worse():
    luck = np.array([40, 41, 42, 43, 44, 45.0])
    data = Tables(*small(("baseline", "relief", "growth"), vitality=np.stack([luck, luck + 0.4, luck + 0.6])), NAMES)
    assert data.effect("vitality").verdict.tolist() == ["unclear", "slight", "better"]
    texts = [text for text, _ in boxes(figures.one_by_one(data, "vitality", lang="zh"))]
    assert "差异未达可观程度" in texts
    other = Tables(*small(("baseline", "relief", "growth"), exhaustion=np.stack([luck, luck + 0.8, luck + 0.9])), NAMES)
    assert other.effect("exhaustion").verdict.tolist() == ["unclear", "slight", "worse"], "2 % where none is declared"


def test_districts_can_be_laid_out_like_a_map(full):
    place = {f"{i:02d}": (2 * (i // 5), i % 5) for i in range(1, 13)}
    figure = figures.districts(full, "three_burdens", lang="zh", layout=place)
    names = {text: (box.x0, box.y0) for text, box in boxes(figure)}
    assert names["汝州市"][0] < names["鲁山县"][0]
    assert names["汝州市"][1] > names["新华区"][1]


def test_costs_far_apart_are_drawn_on_a_square_root_scale():
    assert scatter.skewed(np.array([1.0, 2, 3, 40])) and not scatter.skewed(np.array([1.0, 2, 3, 4]))
    np.testing.assert_allclose(scatter.bend(np.array([-4.0, 0, 9])), [-2, 0, 3])
    at = scatter.bent_places((-1.0, 5.0), words.scale("CNY/month", 20, "en"), 4.0)
    assert 0 in at and all(a < b for a, b in itertools.pairwise(at))


def test_too_few_runs_are_never_called_clear():
    data = Tables(*small(draws=4, vitality=np.stack([np.zeros(4), np.full(4, 9.0)])), NAMES)
    assert data.effect("vitality").verdict[1] == "few" and not data.effect("vitality").clear.any()
    texts = " ".join(text for text, _ in boxes(figures.effects(data, ("vitality",), lang="en")))
    assert "Too few runs (4)" in texts and "Paired runs: 4, too few" in texts


def test_values_that_do_not_exist_are_left_out_quietly():
    change = np.stack([np.full(6, 5.0), np.array([6.0, np.nan, 6, 6, 6, 6])])
    data = Tables(*small(vitality=change, hidden_share=np.full((2, 6), np.nan), policy_cost=change), NAMES)
    with no_warnings():
        assert data.effect("vitality").verdict[1] == "better"
        assert not data.has("hidden_share")
        for _, draw, reason in figures.planned(data, "en"):
            assert reason or draw().canvas.draw() is None


def test_quantiles_agree_with_numpy():
    values = np.sin(np.arange(60.0)).reshape(3, 20)
    np.testing.assert_allclose(intervals.quantiles(values), np.quantile(values, (0.05, 0.5, 0.95), axis=1))


def test_a_policy_is_kept_unless_another_is_both_cheaper_and_better():
    cost = np.array([0, 1, 2, 3, 2, np.nan])
    effect = np.array([0, 5, 4, 9, 5, 99.0])
    assert scatter.undominated(cost, effect, "high").tolist() == [True, True, False, True, False, False]
    assert scatter.undominated(cost, -effect, "low").tolist() == [True, True, False, True, False, False]


def test_a_gap_narrows_whichever_fifth_has_more():
    poor, rich = np.array([[9.0] * 6, [7.0] * 6]), np.array([[5.0] * 6, [5.0] * 6])
    for values in ([poor, rich], [rich, poor]):
        change = gaps.gap_change("three_burdens", np.stack(values), (0, 0))
        assert (change.middle[1], change.verdict[1]) == (-2, "better")


def fifths(*, poor, rich, outcome="spending_burden", runs=12):
    """Tables in which the poorest and the richest fifth move by so much under one policy, from 2 and 6."""
    luck = np.linspace(0.95, 1.05, runs)[None, :, None]
    months = np.ones((1, 1, len(MONTHS)))
    base = {1: 0.02, 2: 0.03, 3: 0.04, 4: 0.05, 5: 0.06}
    moved = {1: poor, 5: rich}
    keys = [(outcome, "city"), *((outcome, f"income:{n}") for n in base)]
    levels = {f"income:{n}": np.concatenate([b * luck * months, (b + moved.get(n, 0)) * luck * months])
              for n, b in base.items()}  # fmt: skip
    levels["city"] = np.mean(list(levels.values()), axis=0)
    cube = np.stack([levels[group] for _, group in keys])
    return Tables(*as_tables(keys, cube, ("baseline", "relief"), runs), NAMES)


@pytest.mark.parametrize(
    ("poor", "rich", "outcome", "title", "word"),
    [
        (0.01, 0.0, "spending_burden", "gap in Spending burden narrows because the poorest fifth pays more", "worse"),
        (0.01, 0.0, "tutoring_share", "gap in Tutoring narrows because the poorest fifth is worse off", "worse"),
        (0.0, -0.01, "spending_burden", "gap in Spending burden narrows as the richest fifth moves", "changed"),
        (-0.01, -0.03, "spending_burden", "1 of 1 income gaps narrow and the poorest fifth gains", "better"),
        (-0.01, 0.0, "spending_burden", "No policy clearly narrows a gap between incomes", "changed"),
        (0.0, 0.0, "spending_burden", "No policy clearly narrows a gap between incomes", "unclear"),
    ],
)  # fmt: skip
def test_a_gap_that_narrows_is_a_gain_only_if_the_poorest_gain(poor, rich, outcome, title, word):
    tables = fifths(poor=poor, rich=rich, outcome=outcome)
    figure = figures.income_gaps(tables, (outcome,), lang="en")
    assert title in figure.get_label()
    values = np.stack([tables.late_levels(outcome, g) for g in tables.groups(outcome, "income")])
    assert gaps.shift_of(tables, outcome, values).word[1] == word
    note = " ".join(text.get_text() for text in figure.texts)
    assert ("the gap narrows because the poorest fifth" in note) == (poor > 0)


def test_labels_move_apart_as_little_as_possible():
    assert labels.spread([1.0, 5.0], [1.0, 1.0], 0, 10) == [1.0, 5.0]
    assert labels.spread([5.0, 5.0, 1.0], [1.0, 1.0, 1.0], 0, 10) == [4.5, 5.5, 1.0]
    assert labels.spread([9.9, 9.8], [2.0, 2.0], 0, 10) == [10.0, 8.0]


def test_labels_beside_points_cover_nothing():
    points = np.array([[2.0, 1.0], [2.2, 1.0], [2.1, 1.15], [3.9, 1.0]])
    sizes = np.full((4, 2), (0.9, 0.15))
    marks = labels.boxes(points, np.full((4, 2), 0.14), labels.ON_MARK)
    middles = labels.place_labels(points, sizes, marks, (0, 0, 4, 2))
    taken = np.vstack([marks, labels.boxes(middles, sizes, labels.ON_LABEL)])
    for one, two in itertools.combinations(taken, 2):
        apart = (one[2:4] <= two[:2] + 1e-9).any() or (two[2:4] <= one[:2] + 1e-9).any()
        assert apart or (one[4] == two[4] == labels.ON_MARK)
    assert (taken[:, :2] >= 0).all() and (taken[4:, 2] <= 4).all()


def test_names_from_strangers_are_text_and_nothing_else(tmp_path):
    wild = "🚀 $x_{1}$ \\frac{\n" + "很长的名字" * 30
    names = {"scenarios": {"relief": {"en": wild, "zh": wild}, "baseline": {"en": "", "zh": None}}}
    data = Tables(*make_tables(["vitality", "three_burdens", "policy_cost"], ("baseline", "relief"), 5), names)
    with no_warnings():
        for _, draw, reason in figures.planned(data, "zh"):
            if not reason:
                figure = draw()
                canvas.save(figure, tmp_path / "a.svg")
                assert all(box.x1 <= figure.bbox.width for _, box in boxes(figure))


def test_the_same_sentences_exist_in_both_languages_with_the_same_blanks():
    for key, both in words.SENTENCES.items():
        blanks = [
            {field for _, field, _, _ in string.Formatter().parse(both[lang]) if field} for lang in words.LANGUAGES
        ]
        assert set(both) == set(words.LANGUAGES), key
        assert blanks[0] == blanks[1], key


def test_every_sentence_is_used():
    folder = Path(words.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    started = tuple(re.findall(r'f"([a-z]+\.)\{', source))
    for key in words.SENTENCES:
        assert source.count(f'"{key}"') > 1 or key.startswith(started) or key in style.VERDICTS, key


@pytest.mark.parametrize(
    ("unit", "value", "lang", "difference", "text"),
    [
        ("share", -0.031, "en", True, "−3.1 % points"),
        ("share", 0.31, "zh", False, "31 %"),
        ("CNY/month", 3.2e6, "en", False, "3.2 million CNY/month"),
        ("CNY/month", 152300, "en", True, "152 thousand CNY/month"),
        ("CNY/month", 3.2e6, "zh", False, "320 万元/月"),
        ("CNY/month", 83_000, "en", False, "83 thousand CNY/month"),
        ("CNY/month", 83_000, "zh", False, "8.3 万元/月"),
        ("CNY/month", 1.25e8, "zh", False, "1.2 亿元/月"),
        ("pupils", 785400, "zh", False, "79 万名学生"),
        ("institutions", 520, "en", False, "520 institutions"),
        ("index 0-100", 4.25, "zh", True, "4.2 分"),
        ("standard deviations", 0.083, "en", False, "0.083 standard deviations"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(unit, value, lang, difference, text):
    scaling = words.scale(unit, abs(value), lang, difference=difference)
    assert f"{scaling.number(value)} {scaling.unit}" == text


def test_numbers_have_true_signs_and_never_minus_nothing():
    assert words.number(-1.5, 1, "en", signed=True) == "−1.5"
    assert words.number(1.5, 1, "zh", signed=True) == "+1.5"
    assert words.number(-0.04, 1, "en", signed=True) == "0.0"
    assert words.number(12345.6, 0, "en") == "12,346"
    assert words.number(float("nan"), 1, "zh") == "–"


def test_every_outcome_has_a_scale_in_both_languages():
    for outcome in OUTCOMES.values():
        for lang in words.LANGUAGES:
            assert words.label(outcome.id, lang) and words.scale(outcome.unit, 12.0, lang).unit


def test_months_read_naturally():
    assert (words.month("2026-05", "en"), words.month("2026-05", "zh")) == ("May 2026", "2026年5月")


def test_at_most_four_policies_are_brought_out_and_the_choice_can_be_made(results, full):
    assert len(full.emphasised) == 4 and "baseline" not in full.emphasised
    assert Tables(*results, NAMES, ("growth", "relief")).emphasised == ("relief", "growth")


def test_lines_in_colour_differ_in_dash_too(pages):
    dashes = [dash for _, dash in style.LOOKS]
    assert len({str(dash) for dash in dashes}) == len(dashes) == 4
    marks = {mark + face for word, (_, face, mark) in style.VERDICTS.items() if word != "few"}
    assert len(marks) == len(style.VERDICTS) - 1
    drawn = {line.get_linestyle() for line in pages["trajectories-cadres", "en"].artists if isinstance(line, Line2D)}
    assert len(drawn) > 1


def test_a_share_of_the_baseline_is_in_per_cent_of_its_level():
    data = Tables(*small(vitality=np.stack([np.full(6, 40.0), np.full(6, 50.0)])))
    assert dots.as_share(data, "vitality", data.effect("vitality"))[1].tolist() == [0, 25]


def test_a_group_is_named():
    data = Tables(*make_tables(["three_burdens"], ("baseline", "relief"), 5), NAMES)
    figure = figures.one_by_one(data, "three_burdens", lang="zh", group="district:03")
    assert any(text.startswith("鲁山县：") for text, _ in boxes(figure))
    assert data.group("income:1", "en").startswith("income fifth 1")
