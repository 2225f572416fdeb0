"""A posterior is used while its rules hold, and only then; draws from it are stable; a broken one is refused."""

import json

import numpy as np
import pytest

from calibration.space import space_of
from calibration.table import neighbours_together, table_of, write_posterior
from calibration.target import TARGETS
from console.main import main
from experiments import posterior as reader
from experiments import priors
from experiments.experiment import Options, numbered_draws
from experiments.posterior import read_posterior
from experiments.rules import bare, rules_digest
from model.declare.draws import Draws
from model.declare.setting import parameters

INFORMED = ("exhaust_hindrance", "anxiety_base")
SPACE = space_of(INFORMED)


def about(**more):
    return {
        "rules": rules_digest(), "targets": 7, "city": "elsewhere", "title": {"en": "Elsewhere", "zh": "他城"},
        "central": {}, **more,
    }  # fmt: skip


@pytest.fixture
def file(tmp_path):
    """A posterior of two parameters, both well above the middle of their priors."""
    z = 1 + 0.2 * Draws(3).normal("test", 0, 512).reshape(256, 2)
    text, central = table_of(SPACE, z)
    write_posterior(tmp_path / "mine.csv", text, about(central=central))
    return tmp_path / "mine.csv"


def test_informed_parameters_come_from_the_rows_and_the_others_from_their_priors(file):
    found = read_posterior(file)
    assert set(found.names) == set(INFORMED)
    rows = {tuple(row) for row in found.rows}
    draws = priors.drawn_parameters(64, 1, source=priors.draws_source(str(file)))
    assert {tuple(d[name] for name in found.names) for d in draws} <= rows
    assert {p.id for p in priors.uncertain()} == set(draws[0])
    others = [d["regrowth"] for d in draws]
    assert min(others) < parameters()["regrowth"].value < max(others)


def test_more_draws_never_change_the_earlier_ones(file):
    source = priors.draws_source(str(file))
    many = priors.drawn_parameters(600, 5, source=source)
    assert (
        priors.drawn_parameters(7, 5, source=source) == many[:7]
        and priors.drawn_parameters(7, 6, source=source) != many[:7]
    )


def test_the_first_draws_stand_for_all(file):
    found = read_posterior(file)
    sixteen = priors.drawn_parameters(16, 2, source=priors.Source("posterior", found))
    for place, name in enumerate(found.names):
        column = found.rows[:, place]
        # one draw from each sixteenth of the order: nearer to the mean than sixteen independent ones would usually be
        assert abs(np.mean([d[name] for d in sixteen]) - column.mean()) < column.std() / 4


def test_neighbours_in_the_order_are_neighbours_in_space():
    z = Draws(1).normal("test", 0, 256).reshape(128, 2)
    order = neighbours_together(z)
    assert sorted(order) == list(range(128))
    halves = z[order[:64]], z[order[64:]]
    axis = halves[1].mean(axis=0) - halves[0].mean(axis=0)
    assert (halves[0] @ axis).max() <= (halves[1] @ axis).min() + 0.5


def test_the_central_draw_is_the_posterior_s(file):
    ((number, values),) = numbered_draws(Options(until=40, posterior=str(file)))
    assert number == 0 and values == read_posterior(file).central and set(values) == set(INFORMED)


def test_priors_can_be_asked_for():
    assert numbered_draws(Options(until=40, posterior="prior")) == [(0, {})]
    source = priors.draws_source("prior")
    assert not source.calibrated and priors.calibration_note(3, source) == "uncalibrated"


def test_a_posterior_of_other_rules_is_not_used_but_named(file, monkeypatch):
    text = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    file.with_suffix(".json").write_text(json.dumps({**text, "rules": "0" * 16}), encoding="utf-8")
    monkeypatch.setattr(reader, "SHIPPED", file)
    reader.shipped_posterior.cache_clear()
    source = priors.draws_source()
    assert source.kind == "stale" and source.central == {} and priors.calibration_note(1, source) == "stale"
    assert priors.drawn_parameters(4, 1) == priors.drawn_parameters(4, 1, source=priors.Source("prior"))
    reader.shipped_posterior.cache_clear()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f, m: f, "must be a file that exists; got none of that name"),
        (lambda f, m: f.write_text("a,b\n1,2\n"), "must be the posterior that its manifest describes; got another one"),
        (lambda f, m: m.write_text("{"), "must hold the whole manifest of a posterior; got none or a broken one"),
        (lambda f, m: again(f, m, "exhaust_hindranc\n0.4\n"), "unknown parameter; did you mean 'exhaust_hindrance'? "
         "(see: run_sim.py list parameters)"),
        (lambda f, m: again(f, m, "exhaust_hindrance\n9\n"), "exhaust_hindrance: must be in 0.25–0.55 (ratio); got 9"),
        (lambda f, m: again(f, m, "exhaust_hindrance\nnan\n"), "must hold a finite number for each parameter "
         "in each row; got others"),
        (lambda f, m: again(f, m, "exhaust_hindrance\n"), "must have a head and 1–20000 rows; got 0"),
        (lambda f, m: again(f, m, None, rules="0" * 16), "must be a posterior of this model's rules "
         f"({rules_digest()}); got {'0' * 16}; run calibrate again"),
    ],
)  # fmt: skip
def test_a_posterior_that_cannot_be_used_is_refused(change, says, file, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    change(file, file.with_suffix(".json"))
    if says.startswith("must be a file that exists"):
        file.unlink()
    assert main(["run", "baseline", "--posterior", "mine.csv", "--out", "x"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.endswith(f"{says}\n") and not (tmp_path / "x").exists()


def again(file, manifest, text, **more):
    """Write another table with a manifest that fits it."""
    known = json.loads(manifest.read_text(encoding="utf-8"))
    known.pop("posterior")
    write_posterior(file, text if text is not None else file.read_text(encoding="utf-8"), {**known, **more})


def test_both_sources_cannot_be_asked_for(capsys, file):
    assert main(["run", "baseline", "--posterior", str(file), "--prior", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "--prior: must be given less; got --posterior too\n"


def test_words_do_not_count_as_rules():
    plain = "@mechanism(on='member')\ndef f(x):\n    return x + 1\n"
    wordy = (
        '"""Say."""\n@mechanism(on="member", source="B1", zh="某")\ndef f(x):\n    """Add."""\n    return x + 1  # y\n'
    )
    assert bare(plain) == bare(wordy) != bare(plain.replace("+", "-"))
    assert bare("Column('a', 'f4', 'share', 0, 1, 'how much', '多少', 0.5)") == bare(
        "Column('a', 'f4', 'share', 0, 1, 'so much', '几多', 0.5)"
    )
    assert bare("Column('a', 'f4', 'share', 0, 1, 'how much', '多少', 0.5)") != bare(
        "Column('a', 'f4', 'share', 0, 2, 'how much', '多少', 0.5)"
    )


def test_the_shipped_posterior_is_of_these_rules_and_targets():
    if not reader.SHIPPED.exists():
        pytest.skip("no posterior is shipped")
    found = read_posterior(reader.SHIPPED)
    assert len(found.rows) >= 400 and not found.stale, "the posterior is of other rules: make calibrate"
    text = TARGETS.read_text(encoding="utf-8")
    assert found.about["targets_digest"] == reader.text_digest(text), (
        "the posterior is of other targets: make calibrate"
    )
