"""Sensitivity: known answers through our own pipeline, honest intervals, and designs that follow the declarations."""

import json

import numpy as np
import pytest
from cities import shipped_profile

from console.main import main
from dashboard.chinese import in_chinese
from experiments.emulator import emulate
from experiments.engine import Serial, open_engine
from experiments.evaluate import Kept, evaluate
from experiments.inputs import LEVER, PARAMETER, Input, inputs_of
from experiments.points import Point, World, constant
from experiments.priors import uncertain
from experiments.sensitivity import METHODS, Design
from experiments.study import answer, averaged, chances, points_of, shorter_samples
from model.declare.setting import levers, month_index, parameters
from scenarios.scenario import SYSTEMS, read_scenario

PI = float(np.pi)
THREE = tuple(Input(name, PARAMETER, name, lambda u: -PI + 2 * PI * u) for name in ("x1", "x2", "x3"))
ISHIGAMI_FIRST, ISHIGAMI_TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
G = (0.0, 1.0, 4.5, 9.0, 99.0)


def values_at(inputs, cube):
    """Return the value of each input at each point, by the way that a design takes to the model."""
    return np.array([[v for _, v in point.parameters] for point in points_of(inputs, cube, chances(0, [(0, {})], 1))])


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(x):
    a = np.array(G)
    return ((np.abs(4 * x - 2) + a) / (1 + a)).prod(1)


def sobol_g_indices():
    """Return the analytical first-order and total indices of Sobol's G function."""
    part = 1 / (3 * (1 + np.array(G)) ** 2)
    whole = (1 + part).prod() - 1
    return part / whole, part * (1 + part).prod() / (1 + part) / whole


def found(answer_, measure):
    return np.array([i.value for i in answer_.indices if i.measure == measure])


@pytest.mark.parametrize("seed", [0, 1])
def test_ishigami_is_known_within_two_hundredths(seed):
    design = Design("sobol", 4096, ("x1", "x2", "x3"), seed=seed)
    cube = design.cube()
    got = answer(design, cube, "y", ishigami(values_at(THREE, cube)))
    assert len(cube) == 4096 * (3 + 2)
    assert np.abs(found(got, "first") - ISHIGAMI_FIRST).max() < 0.02
    assert np.abs(found(got, "total") - ISHIGAMI_TOTAL).max() < 0.02


def test_sobol_g_is_known_within_two_hundredths():
    inputs = [Input(f"x{k}", PARAMETER, "", float) for k in range(len(G))]
    design = Design("sobol", 4096, tuple(i.id for i in inputs))
    cube = design.cube()
    got = answer(design, cube, "y", sobol_g(values_at(inputs, cube)))
    first, total = sobol_g_indices()
    assert np.abs(found(got, "first") - first).max() < 0.02
    assert np.abs(found(got, "total") - total).max() < 0.02


def test_pairs_and_groups_of_ishigami():
    pairs = Design("sobol", 2048, ("x1", "x2", "x3"), pairs=True)
    cube = pairs.cube()
    got = answer(pairs, cube, "y", ishigami(values_at(THREE, cube)))
    second = {(i.input, i.other): i.value for i in got.indices if i.measure == "second"}
    assert second == pytest.approx({("x1", "x2"): 0, ("x1", "x3"): 0.2437, ("x2", "x3"): 0}, abs=0.05)
    grouped = Design("sobol", 4096, ("x1", "x2", "x3"), ("odd", "even", "odd"))
    cube = grouped.cube()
    got = answer(grouped, cube, "y", ishigami(values_at(THREE, cube)))
    assert [i.input for i in got.ranked] == ["odd", "even"]
    assert found(got, "total") == pytest.approx([1 - 0.4424, 0.4424], abs=0.02)


def test_morris_finds_that_a_linear_effect_is_its_slope():
    design = Design("morris", 10, ("a", "b", "c"))
    cube = design.cube()
    got = answer(design, cube, "y", 3 * cube[:, 0] - 2 * cube[:, 1])
    by = {(i.input, i.measure): i.value for i in got.indices}
    assert [by[name, "mu_star"] for name in "abc"] == pytest.approx([3, 2, 0])
    assert by["b", "mu"] == pytest.approx(-2)
    assert by["a", "sigma"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", ["pawn", "delta"])
def test_methods_of_whole_distributions_put_ishigami_in_order(method):
    design = Design(method, 2048, ("x1", "x2", "x3"), seed=0)
    cube = design.cube()
    got = answer(design, cube, "y", ishigami(values_at(THREE, cube)))
    assert [i.input for i in got.ranked] == ["x2", "x1", "x3"]
    assert all(i.low <= i.value <= i.high for i in got.ranked)


@pytest.mark.parametrize("method", METHODS)
def test_seed_nought_is_a_seed_like_any_other(method):
    def run(seed):
        design = Design(method, 128, ("x1", "x2", "x3"), seed=seed)
        cube = design.cube()
        return cube, answer(design, cube, "y", ishigami(values_at(THREE, cube)))

    (one, first), (two, second), (other, _) = run(0), run(0), run(1)
    assert np.array_equal(one, two) and first == second
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("method", ["sobol", "morris", "pawn", "delta"])
def test_a_shorter_sample_is_the_beginning_of_a_longer_one(method):
    short, long = (Design(method, n, ("x1", "x2")) for n in (128, 256))
    if method == "morris":
        values = long.cube()[:, 0]
        got = long.indices(long.cube(), values, samples=128)
        assert {i.samples for i in got} == {128}
    else:
        assert np.array_equal(short.cube(), long.cube()[: short.rows])


def test_values_that_are_missing_are_refused_and_not_taken_for_nought():
    design = Design("sobol", 16, ("x1", "x2"))
    values = design.cube()[:, 0]
    values[3] = np.nan
    with pytest.raises(ValueError, match="1 of 64"):
        answer(design, design.cube(), "y", values)


def test_an_outcome_that_nothing_moves_has_no_indices():
    design = Design("sobol", 16, ("x1", "x2"))
    got = answer(design, design.cube(), "y", np.full(64, 0.1))
    assert not got.moves and got.indices == ()


def test_few_samples_are_not_enough_to_rank_and_many_are():
    for samples, enough in ((16, False), (4096, True)):
        design = Design("sobol", samples, ("x1", "x2", "x3"))
        cube = design.cube()
        got = answer(design, cube, "y", ishigami(values_at(THREE, cube)))
        assert got.rankable == enough
    assert {i.samples for i in got.shorter} == set(shorter_samples(design)) == {512, 1024, 2048}


def test_luck_that_is_the_same_at_every_point_is_no_noise():
    base = np.arange(12.0)
    luck = np.array([0.0, 5.0, -3.0])
    means, noise = averaged((base[:, None] + luck).ravel(), 3)
    assert means == pytest.approx(base + luck.mean()) and noise == pytest.approx(0, abs=1e-20)
    assert averaged(base, 1)[1] is None


def test_the_noise_share_is_the_share_of_variance_that_luck_makes():
    # Means 0, 4, 0, 4, and luck is ±1 around each: sum of squares 8, over (4 − 1)(2 − 1) degrees, over 2 runs: 4/3.
    table = np.array([[1.0, -1.0], [3.0, 5.0], [1.0, -1.0], [3.0, 5.0]])
    means, noise = averaged(table.ravel(), 2)
    assert means.tolist() == [0, 4, 0, 4]
    assert noise == pytest.approx((8 / 3 / 2) / means.var(ddof=1))


@pytest.mark.parametrize("kind", ["gp", "boosting"])
def test_an_emulator_gives_nearly_the_indices_of_the_model(kind):
    design = Design("pawn", 256, ("x1", "x2", "x3"))
    cube = design.cube()
    got = emulate(kind, design, cube, "y", ishigami(values_at(THREE, cube)), 1)
    assert got.trusted and 0.85 < got.explained < 1
    assert found(got.answer, "total") == pytest.approx(ISHIGAMI_TOTAL, abs=0.08)
    for index, known in zip(got.answer.indices[3:], ISHIGAMI_TOTAL, strict=True):
        assert index.low <= known <= index.high


def test_an_emulator_of_noise_is_not_trusted():
    from experiments.priors import unit_points

    design = Design("pawn", 128, ("x1", "x2"))
    noise = unit_points(128, 7, 5)[:, 6]
    assert not emulate("boosting", design, design.cube(), "y", noise, 1).trusted


def test_inputs_follow_the_declarations():
    every = {i.id: i for i in inputs_of("both", (), SYSTEMS)}
    assert set(every) == set(levers()) | {p.id for p in uncertain()}
    for lever in levers().values():
        low, high = (month_index(m) for m in lever.months) if lever.kind == "month" else lever.range
        assert (every[lever.id].quantile(0.0), every[lever.id].quantile(1.0)) == (low, high)
    for parameter in uncertain():
        assert every[parameter.id].quantile(0.3) == parameter.quantile(0.3)
        ends = [every[parameter.id].quantile(u) for u in (0.0, 1.0)]
        assert ends == pytest.approx([parameter.low, parameter.high])
    assert {i.kind for i in inputs_of("levers", (), ("cadres",))} == {LEVER}
    assert all(levers()[i.id].system == "cadres" for i in inputs_of("levers", (), ("cadres",)))
    group = inputs_of("levers", ("growth",), SYSTEMS)
    assert [i.id for i in group] == [x.id for x in levers().values() if x.group == "growth"]


@pytest.fixture(scope="module")
def world():
    return World(shipped_profile(), 1000, read_scenario("baseline"), 31)


class Nowhere(Serial):
    """An engine that computes nothing."""

    def submit(self, task, item):
        raise AssertionError("everything should be kept")


def test_points_are_kept_by_content_and_a_torn_line_is_computed_again(world, tmp_path):
    points = [Point(1, constant({"fault_tolerance": v})) for v in (0.1, 0.9)]
    kept = Kept(tmp_path)
    first = evaluate(world, points, kept)
    file = tmp_path / "evaluations.jsonl"
    whole = file.read_bytes()
    assert whole.count(b"\n") == 3 and first.of("bold_action_rate")[0] < first.of("bold_action_rate")[1]
    file.write_bytes(whole[:-9])
    again = Kept(tmp_path)
    assert len(again.known) == 1 and file.read_bytes() == b"".join(whole.splitlines(keepends=True)[:2])
    np.testing.assert_array_equal(evaluate(world, points, again).values, first.values)
    assert file.read_bytes() == whole
    kept_only = evaluate(world, points[::-1], again, engine=Nowhere())
    np.testing.assert_array_equal(kept_only.values, first.values[::-1])


def test_the_id_of_a_point_changes_with_all_that_its_numbers_depend_on(world):
    point = Point(1, constant({"fault_tolerance": 0.1}), (("regrowth", 0.05),))
    others = [
        (world, point._replace(luck=2)),
        (world, point._replace(levers=constant({"fault_tolerance": 0.2}))),
        (world, point._replace(parameters=())),
        (world, point._replace(parameters=(), drawn=point.parameters)),
        (World(world.profile, 500, world.base, 31), point),
        (World(world.profile, 1000, world.base, 32), point),
        (World(world.profile, 1000, read_scenario("relief"), 31), point),
        (World(world.profile, 1000, world.base, 31, at=30), point),
    ]
    assert len({w.id_of(p) for w, p in [(world, point), *others]}) == 1 + len(others)


QUICK = ("--scale", "1:1000", "--until", "2023-08", "--jobs", "1", "--quiet")
STUDY = ("sensitivity", "--method", "morris", "--only", "growth", "--samples", "4", *QUICK)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


@pytest.mark.slow
def test_a_study_from_the_command_line_is_written_and_can_be_resumed(folder, capsys):
    args = (*STUDY, "--outcome", "vitality,overload_share", "--out", "s", "--format", "json")
    assert main(list(args)) == 0
    first = json.loads(capsys.readouterr().out)
    rows = first["indices"]
    assert {r["input"] for r in rows} == {x.id for x in levers().values() if x.group == "growth"}
    assert {r["outcome"] for r in rows} == {"vitality", "overload_share"}
    assert any("calibrated" in note for note in first["notes"])
    names = {p.name for p in (folder / "s").iterdir()}
    assert {"indices.csv", "indices.parquet", "design.csv", "manifest.json", "figures", "evaluations.jsonl"} <= names
    assert {f"indices-{lang}.{kind}" for lang in ("en", "zh") for kind in ("png", "svg")} <= {
        p.name for p in (folder / "s" / "figures").iterdir()
    }
    manifest = json.loads((folder / "s" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["method"] == "morris" and manifest["experiments"] == 4 * 5
    (folder / "s" / "manifest.json").unlink()
    file = folder / "s" / "evaluations.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:11]))
    assert main(list(args)) == 2
    assert "got a run that was stopped" in capsys.readouterr().err
    assert main([*args, "--resume"]) == 0
    assert json.loads(capsys.readouterr().out)["indices"] == rows


FAULTS = {
    "--method moris": "--method moris: unknown method; did you mean 'morris'? (see: run_sim.py sensitivity --help)",
    "": "sensitivity: must name a method with --method (morris, sobol, pawn, delta); got none",
    "--method morris --outcome vitalty": "--outcome vitalty: unknown outcome; did you mean 'vitality'? "
    "(see: run_sim.py list outcomes)",
    "--method morris --only fault_tolerence": "--only fault_tolerence: unknown setting; did you mean "
    "'fault_tolerance'? (see: run_sim.py list levers)",
    "--method morris --only regrowth": "--only regrowth: must be one of the settings that are varied (levers); "
    "got another one",
    "--method morris --over parameters --only price_unit": "--only price_unit: must be a parameter with a "
    "distribution; got a fixed one",
    "--method morris --only fault_tolerance": "--only: must leave two settings or more to vary; got 1",
    "--method morris --samples 3": "--samples 3: must be at least 4 for morris; got 3",
    "--method morris --samples 1": "--samples 1: must be a whole number in 2–1048576; got '1'",
    "--method sobol --samples 100": "--samples 100: must be a power of 2; got 100",
    "--method pawn --samples 50": "--samples 50: must be at least 100 for pawn; got 50",
    "--method pawn --grouped": "--grouped: must be used with morris or sobol; got pawn",
    "--method morris --second-order": "--second-order: must be used with --method sobol; got morris",
    "--method morris --emulator gp": "--emulator: must be used with --method sobol; got morris",
    "--method sobol --emulator deep": "--emulator deep: must be gp or boosting; got 'deep'",
    "--method morris --over lever": "--over lever: must be levers or parameters or both; got 'lever'",
    "--method morris --over parameters --draws 3": "--draws 3: must be 0 when parameters are varied; got more",
    "--method sobol --samples 1024": "sensitivity: must be at most 5,000 runs without --yes; got 55,296; add --yes",
    "--method morris --at 2027-01": "--at 2027-01: must be a month in 2021-01–2026-05; got 2027-01",
    "--method morris --at 2026-13": "--at 2026-13: must be a month YYYY-MM in 2021-01–2035-12; got '2026-13'",
    "crakdown --method morris": "crakdown: unknown scenario; did you mean 'crackdown'? "
    "(see: run_sim.py list scenarios)",
}


@pytest.mark.parametrize(("line", "says"), FAULTS.items())
def test_what_cannot_be_asked_is_refused_in_one_line(line, says, folder, capsys):
    assert main(["sensitivity", *line.split()]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", says + "\n")
    assert not list(folder.iterdir())
    chinese = in_chinese(says)
    assert "must" not in chinese and "got" not in chinese


def test_an_outcome_of_a_system_that_is_off_is_refused(folder, capsys):
    (folder / "mine.toml").write_text('title = { en = "A", zh = "甲" }\nsystems = ["cadres"]', encoding="utf-8")
    assert main(["sensitivity", "mine.toml", "--method", "morris", "--outcome", "tutoring_share"]) == 2
    says = "--outcome tutoring_share: must be an outcome of a system that is simulated (cadres); got one of education\n"
    assert capsys.readouterr().err == says
    assert "must" not in in_chinese(says.strip())


def test_a_folder_of_another_model_version_is_refused(folder, capsys):
    (folder / "s").mkdir()
    (folder / "s" / "evaluations.jsonl").write_text('{"model_version":"0.0.1+abc","outcomes":["vitality"]}\n')
    assert main([*STUDY, "--out", "s", "--resume"]) == 2
    says = capsys.readouterr().err
    assert says.startswith("--out s: must be results of this model version (") and "got 0.0.1+abc" in says
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.docx").write_text("")
    assert main([*STUDY, "--out", "mine", "--overwrite"]) == 2
    assert "got other files ('thesis.docx')" in capsys.readouterr().err


def test_fixed_parameters_are_not_varied():
    assert not {p.id for p in parameters().values() if p.distribution == "fixed"} & {
        i.id for i in inputs_of("parameters", (), SYSTEMS)
    }


@pytest.mark.slow
def test_numbers_do_not_depend_on_where_points_are_simulated(world):
    points = [Point(luck, constant({"fault_tolerance": v})) for luck in (1, 2) for v in (0.1, 0.5, 0.9)]
    alone = evaluate(world, points, Kept())
    with open_engine(2) as engine:
        shared = evaluate(world, points[::-1], Kept(), engine)
    np.testing.assert_array_equal(shared.values[::-1], alone.values)


@pytest.mark.slow
def test_ctrl_c_keeps_the_finished_points_and_says_how_to_go_on(folder, capsys, monkeypatch):
    from console import analysis

    done = evaluate

    def interrupted(world, points, kept, *more):
        done(world, points[:3], kept)
        raise KeyboardInterrupt

    monkeypatch.setattr(analysis, "evaluate", interrupted)
    assert main([*STUDY, "--outcome", "vitality", "--out", "s"]) == 130
    says = capsys.readouterr().err
    assert says.startswith("stopped: 3 of ") and says.endswith("--outcome vitality --out s --resume\n")
    assert not (folder / "s" / "manifest.json").exists() and not (folder / "s" / "lock").exists()
    monkeypatch.setattr(analysis, "evaluate", done)
    assert main([*STUDY, "--outcome", "vitality", "--out", "s", "--resume"]) == 0


@pytest.mark.slow
def test_an_emulator_from_the_command_line_says_how_good_it_is(folder, capsys):
    line = ["sensitivity", "--method", "sobol", "--emulator", "boosting", "--only", "growth", "--samples", "100",
            "--second-order", "--outcome", "vitality", "--out", "s", *QUICK]  # fmt: skip
    assert main(line) == 0
    assert "the emulator explains" in capsys.readouterr().out
    assert (folder / "s" / "emulator.csv").exists()


@pytest.mark.slow
def test_replicates_are_averaged_and_their_noise_is_told(folder, capsys):
    assert main([*STUDY, "--outcome", "vitality", "--replicates", "2", "--out", "s", "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "来自偶然因素" in told and "平均影响" in told
