"""Targets: every calibration row is spoken of, held-out rows are kept apart, and faults are refused in one line."""

import dataclasses

import numpy as np
import pytest

from calibration.emulate import Emulator
from calibration.likelihood import Likelihood, observed
from calibration.statistics import STATISTICS
from calibration.target import BACK, SCALES, VALIDATION, read_targets, targets_from
from console.main import main
from dashboard.chinese import in_chinese
from model.declare.errors import SettingError
from model.declare.source import sources

TARGETS = read_targets()
HELD_OUT = read_targets(VALIDATION)
HEAD = '[[target]]\nid = "a"\nlabel = { en = "A", zh = "甲" }\n'
GOOD = HEAD + 'statistic = "tutoring_share"\nfrom = "2021-06"\nvalue = 0.2\nerror = 0.01\n'


def rows_for(use):
    return {key for key, source in sources().items() if use in source.use}


def test_every_calibration_row_has_a_target_or_a_reason():
    assert rows_for("CAL") - set(TARGETS.rows) == set()


def test_every_held_out_row_is_reported_or_has_a_reason():
    assert rows_for("VAL") - set(HELD_OUT.rows) == set()


def test_no_number_is_fitted_and_held_out():
    asked = [(t.statistic, t.first, t.last) for t in (*TARGETS.targets, *HELD_OUT.targets)]
    alike = {a for a in asked if asked.count(a) > 1}
    assert {t.id for t in HELD_OUT.targets if (t.statistic, t.first, t.last) in alike} == set()
    only_held_out = rows_for("VAL") - rows_for("CAL")
    assert {t.id for t in TARGETS.targets if t.row in only_held_out} == set()


@pytest.mark.parametrize("target", [*TARGETS.targets, *HELD_OUT.targets], ids=lambda t: t.id)
def test_a_target_says_what_links_it_to_the_simulation(target):
    for text in (target.label, target.population, target.observation):
        assert text["en"].strip() and text["zh"].strip()
    assert bool(target.why["en"]) == bool(target.discrepancy)
    assert target.row in sources()


def test_every_named_statistic_is_used():
    used = {t.statistic for t in (*TARGETS.targets, *HELD_OUT.targets)}
    assert set(STATISTICS) - used == set()


@pytest.mark.parametrize("scale", SCALES)
def test_scales_can_be_undone(scale):
    values = np.array([0.2, 0.5, 0.9])
    assert BACK[scale](SCALES[scale](values)) == pytest.approx(values)


def seen(*targets):
    """Return a likelihood whose emulator says 0 with a variance of 1 for each target."""
    n = len(targets)
    emulator = Emulator(np.zeros((2, n)), np.zeros((0, 2), int), np.eye(n), np.zeros(n))
    return Likelihood(emulator, observed(targets))


def test_the_likelihood_of_a_value_is_normal():
    base = TARGETS.targets[0]
    target = dataclasses.replace(base, value=3.0, interval=None, scale="linear", error=1.0, discrepancy=np.sqrt(2.0))
    # variance 1 of emulation and 1 + 2 of observation and discrepancy; 3 is 1.5 standard deviations from 0
    expected = -0.5 * 1.5**2 - 0.5 * np.log(4)
    assert seen(target).log(np.zeros((1, 1)))[0] == pytest.approx(expected)
    assert seen(target).implausible(np.zeros((1, 1)))[0] == pytest.approx(1.5)


def test_the_likelihood_of_an_interval_is_the_chance_to_lie_in_it():
    base = TARGETS.targets[0]
    target = dataclasses.replace(base, value=None, interval=(-1.0, 1.0), scale="linear", error=1e-9, discrepancy=0.0)
    assert np.exp(seen(target).log(np.zeros((1, 1)))[0]) == pytest.approx(0.6827, abs=1e-4)
    far = dataclasses.replace(target, interval=(60.0, 61.0))
    assert np.isfinite(seen(far).log(np.zeros((1, 1)))[0])


def with_line(old, new):
    return GOOD.replace(old, new)


FAULTS = {
    with_line("tutoring_share", "tutoring_shre"): "target 1.statistic: unknown outcome; did you mean 'tutoring_share'? "
    "(see: run_sim.py list outcomes)",
    with_line("value = 0.2", "value = 1.4"): "target 1.value: must be in 0–1 (share); got 1.4",
    with_line("value = 0.2", "value = nan"): "target 1.value: must be a number that is finite; got nan",
    with_line("value = 0.2", 'value = "much"'): "target 1.value: must be a number that is finite; got 'much'",
    with_line("value = 0.2", "interval = [0.5, 0.3]"): "target 1.interval: must be two numbers, the lower first; "
    "got 0.5 and 0.3",
    with_line("value = 0.2", "interval = [0.5]"): "target 1.interval: must be a list of 2 numbers; got a list",
    with_line("value = 0.2", ""): "target 1: must have one of 'value' and 'interval'; got none",
    with_line("value = 0.2", "value = 0.2\ninterval = [0, 1]"): "target 1: must have one of 'value' and 'interval'; "
    "got both",
    with_line("error = 0.01", "error = 0"): "target 1.error: must be a number that is above 0; got 0",
    with_line("error = 0.01", "error = -1"): "target 1.error: must be a number that is above 0; got -1",
    with_line("error = 0.01", "error = 0.1\ndiscrepancy = -1"): "target 1.discrepancy: must be a number that is "
    "0 or above; got -1",
    with_line("2021-06", "2024-06"): "target 1.from: must be a month in 2021-01–2023-05; got 2024-06",
    with_line("2021-06", "June"): "target 1.from: must be a month YYYY-MM in 2021-01–2023-05; got 'June'",
    with_line('"2021-06"', '"2021-06"\nuntil = "2021-03"'): "target 1.until: must be 2021-06 or later, "
    "in order of date; got 2021-03",
    with_line('"2021-06"', '"2021-06"\nscale = "cube"'): "target 1.scale: must be linear or log or logit or count; "
    "got 'cube'",
    with_line("value = 0.2", 'value = 0\nscale = "log"'): "target 1.value: must be in 0–1 (share); got 0",
    with_line("error", "errror"): "target 1.errror: unknown key; did you mean 'error'?",
    GOOD + GOOD: "target 2.id: must have a name of its own; got 'a' twice",
    with_line("value = 0.2", "interval = [0.1, 0.2]") + with_line("value = 0.2", "interval = [0.3, 0.4]").replace(
        'id = "a"', 'id = "b"'
    ): "target 2.interval: must overlap that of 'a' (0.1–0.2); got 0.3–0.4",
    "target = 3": "target: must have 1–500 [[target]] tables; got 3",
    GOOD + "[other]\nx = 1": "other: unknown key",
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), FAULTS.items(), ids=range(len(FAULTS)))
def test_faulty_targets_are_refused(text, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    assert main(["check", "mine.toml"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"mine.toml, {says}\n")
    assert "must" not in in_chinese(captured.err.strip()) and "got" not in in_chinese(captured.err.strip())


def test_good_targets_are_accepted(tmp_path, capsys):
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    assert main(["check", str(tmp_path / "mine.toml"), "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("mine.toml: targets; 1 to fit, 0 rows without a counterpart\n")


def test_a_smallest_district_needs_an_outcome_by_district():
    raw = {
        "target": [{"id": "a", "label": {"en": "A", "zh": "甲"}, "statistic": "learning_gap_least", "from": "2021-06"}]
    }
    with pytest.raises(SettingError, match="must be an outcome by district; got 'learning_gap'"):
        targets_from(raw, "x")
