"""Results: exact files, complete or absent, continued where they stopped, and summaries by hand."""

import csv
import errno
import json
import os
from contextlib import closing
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments import atomic, folder, results
from experiments.atomic import whole_file, write_text
from experiments.compare import rank
from experiments.experiment import Options, experiments_of
from experiments.folder import open_folder
from experiments.keep import Record
from experiments.parts import whole_parts, write_part
from experiments.results import finish, manifest_of, read_results, write_figures, write_tables
from experiments.store import Store
from experiments.summary import COLUMNS, Row, effect, level, summarise
from experiments.tidy import tidy, untidy
from experiments.version import model_version
from model.declare.errors import SettingError
from model.declare.setting import month_index
from scenarios.city import read_city
from scenarios.scenario import read_scenario

TOWN = read_city(Path(__file__).with_name("small_town.toml"))
KEYS = (("city", "vitality"), ("district:01", "vitality"), ("city", "exhaustion"))
BETTER = {"vitality": "high", "exhaustion": "low", "policy_cost": "low"}
UNTIL = month_index("2025-05")
TABLES = {"experiments.parquet", "outcomes.parquet", "summary.csv", "decision.csv", "variance.csv"}
FILES = {*TABLES, "manifest.json", "figures"}


def experiments(*names, draws=2, **more):
    options = Options(until=UNTIL, draws=draws, **more)
    return experiments_of([read_scenario(name) for name in names], TOWN, options)


def made_up(number, months=UNTIL + 1):
    """A record whose values say which experiment they are of: experiment + month / 100 + key / 10."""
    values = number + np.arange(months)[:, None] / 100 + np.arange(len(KEYS)) / 10
    values[0, 1] = np.nan
    return Record(KEYS, 0, values)


def write(where, wanted, *, resume=False, overwrite=False, keep=lambda _: True, complete=True):
    """Go through a run with made-up records; return the ids that were not there before."""
    with closing(open_folder(where, [e.id for e in wanted], resume=resume, overwrite=overwrite)) as store:
        return go_through(store, where, wanted, keep, complete)


def go_through(store, where, wanted, keep, complete):
    new = [e for e in wanted if e.id not in store.known and keep(e)]
    for e in new:
        store.add(e.id, made_up(wanted.index(e)))
        store.flush()
    if complete:
        summary, rows = write_tables(store, wanted, {"city": "small_town", "scale": 20.0}, BETTER)
        write_figures(where, lambda to: (to / "figures").mkdir(exist_ok=True), keep=False)
        finish(where, manifest_of(TOWN, wanted, outcome_rows=rows))
        assert summary
    return [e.id for e in new]


def contents(where):
    return {p.name: p.read_bytes() for p in where.iterdir() if p.is_file() and p.name != "manifest.json"}


def test_a_run_writes_exactly_these_files(tmp_path):
    wanted = experiments("baseline", "crackdown")
    write(tmp_path / "r", wanted)
    assert {p.name for p in (tmp_path / "r").iterdir()} == FILES


def test_the_tables_are_tidy_and_joined_by_experiment(tmp_path):
    wanted = experiments("baseline", "crackdown")
    write(tmp_path, wanted)
    manifest, rows, outcomes = read_results(tmp_path)
    assert rows["experiment"].to_pylist() == [e.id for e in wanted]
    assert rows["scenario"].to_pylist() == ["baseline"] * 2 + ["crackdown"] * 2
    assert rows["draw"].to_pylist() == [1, 2, 1, 2] and set(rows["seed"].to_pylist()) == {1}
    assert rows["enforcement_intensity"].to_pylist() == [12, 12, 600, 600]
    assert rows["relicensing_deadline"].to_pylist() == ["2023-06"] * 4
    paths = json.loads(rows["lever_paths"][2].as_py())
    assert paths["penalty_level"] == [["2023-06", 1.0], ["2023-10", 5.0]] and rows["lever_paths"][0].as_py() == "{}"
    assert outcomes.column_names == ["experiment", "month", "group", "outcome", "value"]
    assert len(outcomes) == manifest["outcome_rows"] == 4 * len(KEYS) * (UNTIL + 1)
    first = outcomes.slice(3 * (UNTIL + 1), 1).to_pylist()[0]
    assert first == {"experiment": wanted[1].id, "month": "2021-01", "group": "city", "outcome": "vitality", "value": 1}
    table = pq.read_table(tmp_path / "outcomes.parquet", filters=[("experiment", "=", wanted[3].id)])
    assert table["value"].to_pylist()[-1] == pytest.approx(3 + UNTIL / 100 + 0.2)


def test_a_record_survives_the_table():
    record = made_up(7)
    back = untidy(tidy("x", record))
    assert (back.keys, back.first_month) == (record.keys, record.first_month)
    assert back.values.tobytes() == record.values.tobytes()


def test_a_part_survives_and_a_torn_one_does_not(tmp_path):
    path = write_part(tmp_path, 1, [("a", made_up(3)), ("b", made_up(4))], {"c": "it failed"})
    [part] = whole_parts(tmp_path)
    assert (part.path, part.number, part.version, part.failed) == (path, 1, model_version(), {"c": "it failed"})
    store = Store(tmp_path)
    for key, number in (("a", 3), ("b", 4)):
        assert store.load(key).values.tobytes() == made_up(number).values.tobytes()
    whole = path.read_bytes()
    for torn in (whole[: len(whole) // 2], whole[:-200], b"", whole.replace(whole[900:908], b"\0" * 8)):
        path.write_bytes(torn)
        assert list(whole_parts(tmp_path)) == []
        assert (Store(tmp_path).known, Store(tmp_path).failed, Store(tmp_path).torn) == (set(), {}, 1)


def test_a_stopped_run_continues_and_gives_the_same_bytes(tmp_path):
    wanted = experiments("baseline", "crackdown", "relief")
    write(tmp_path / "whole", wanted)
    stopped = tmp_path / "stopped"
    done = write(stopped, wanted, keep=lambda e: e.draw == 1, complete=False)
    part, *_ = sorted((stopped / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(SettingError, match="got a run that was stopped; add --resume to continue, --overwrite to "):
        write(stopped, wanted)
    with pytest.raises(SettingError, match="must be a folder with finished results; got a run that was stopped"):
        read_results(stopped)
    again = write(stopped, wanted, resume=True)
    assert set(again) == {done[0], *(e.id for e in wanted if e.draw == 2)}
    assert contents(stopped) == contents(tmp_path / "whole")


def test_finished_results_are_not_computed_again(tmp_path):
    wanted = experiments("baseline", "crackdown")
    write(tmp_path, wanted)
    before = contents(tmp_path)
    assert write(tmp_path, wanted) == [] and contents(tmp_path) == before


def test_finished_results_grow_with_resume_only(tmp_path):
    wanted, more = experiments("baseline", "crackdown"), experiments("baseline", "crackdown", draws=3)
    write(tmp_path, wanted)
    with pytest.raises(SettingError, match="got finished results of other settings; add --resume to continue"):
        write(tmp_path, more)
    assert len(write(tmp_path, more, resume=True)) == 2
    assert read_results(tmp_path)[1]["experiment"].to_pylist() == [e.id for e in more]
    with pytest.raises(SettingError, match="got a command that leaves out 2 of its 6 experiments"):
        write(tmp_path, wanted, resume=True)


def test_overwriting_keeps_the_old_results_until_the_new_are_complete(tmp_path):
    wanted, other = experiments("baseline"), experiments("baseline", seed=2)
    write(tmp_path, wanted)
    write(tmp_path, other, overwrite=True, keep=lambda e: e.draw == 1, complete=False)
    assert read_results(tmp_path)[1]["experiment"].to_pylist() == [e.id for e in wanted]
    with pytest.raises(SettingError, match="got a command that leaves out 2 of its 3 experiments; add --overwrite"):
        write(tmp_path, other, resume=True)
    assert len(write(tmp_path, other, overwrite=True, resume=True)) == 1
    assert read_results(tmp_path)[1]["experiment"].to_pylist() == [e.id for e in other]
    assert len(write(tmp_path, other, overwrite=True)) == 2
    assert {p.name for p in tmp_path.iterdir()} == FILES


def test_results_of_another_model_version_are_refused(tmp_path, monkeypatch):
    wanted = experiments("baseline")
    write(tmp_path, wanted)
    monkeypatch.setattr(folder, "model_version", lambda: "9.9+abc")
    for use in (
        lambda: read_results(tmp_path),
        lambda: write(tmp_path, wanted),
        lambda: write(tmp_path, wanted, resume=True),
    ):
        with pytest.raises(SettingError) as caught:
            use()
        assert f"must be results of this model version (9.9+abc); got {model_version()}; add --overwrite" in str(
            caught.value
        )
    assert len(write(tmp_path, wanted, overwrite=True)) == 2


def test_broken_results_are_refused(tmp_path):
    write(tmp_path, experiments("baseline"))
    table = tmp_path / "outcomes.parquet"
    whole = table.read_bytes()
    table.write_bytes(whole[:-100])
    with pytest.raises(SettingError, match=r"outcomes.parquet: must be the file that was written"):
        read_results(tmp_path)
    table.write_bytes(b"x" * len(whole))
    with pytest.raises(SettingError, match=r"outcomes.parquet: must be readable results; got: "):
        read_results(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(SettingError, match=r"must hold a whole manifest\.json; got a broken one"):
        read_results(tmp_path)
    with pytest.raises(SettingError, match="must be a folder with results; got none"):
        read_results(tmp_path / "nowhere")


@pytest.mark.parametrize("stage", range(7))
def test_a_run_killed_while_writing_never_reads_as_complete(tmp_path, monkeypatch, stage):
    """Stop at the n-th file that gets its final name, over older results; then continue."""
    wanted = experiments("baseline", "crackdown")
    write(tmp_path, experiments("baseline", "crackdown", seed=5))
    renamed, rename = [], Path.replace

    def replace(self, target):
        if len(renamed) == stage:
            raise KeyboardInterrupt
        renamed.append(target)
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, wanted, overwrite=True)
    monkeypatch.undo()
    if (tmp_path / "manifest.json").exists():
        old = experiments("baseline", "crackdown", seed=5)
        assert read_results(tmp_path)[1]["experiment"].to_pylist() == [e.id for e in old]
    else:
        with pytest.raises(SettingError, match="must be a folder with finished results"):
            read_results(tmp_path)
    write(tmp_path, wanted, resume=True, overwrite=True)
    assert read_results(tmp_path)[1]["experiment"].to_pylist() == [e.id for e in wanted]
    assert {p.name for p in tmp_path.iterdir()} == FILES


def test_a_full_disk_is_one_line_and_leaves_no_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(SettingError) as caught:
        write_text(tmp_path / "a.txt", "x")
    says = f"--out {tmp_path.as_posix()}: must be a folder with room to write in; got: No space left on device"
    assert str(caught.value) == says and list(tmp_path.iterdir()) == []


def test_a_file_that_failed_leaves_the_old_one(tmp_path):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(RuntimeError), whole_file(path) as beside:
        beside.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old" and [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_the_summary_is_paired_and_has_two_looks(tmp_path):
    wanted = experiments("baseline", "crackdown")
    write(tmp_path, wanted)
    with (tmp_path / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [r["month"] for r in rows[:4]] == ["2025-05"] * 2 + ["last12"] * 2
    base, crackdown = rows[0], rows[4]
    assert (base["scenario"], base["diff"], base["prob_better"]) == ("baseline", "", "")
    assert float(base["mean"]) == pytest.approx(0.5 + UNTIL / 100)
    assert (crackdown["scenario"], crackdown["outcome"]) == ("crackdown", "vitality")
    assert [float(crackdown[k]) for k in ("diff", "diff_p05", "diff_p95", "prob_better")] == [2, 2, 2, 1]
    assert float(rows[5]["prob_better"]) == 0
    assert float(rows[6]["mean"]) == pytest.approx(2.5 + (UNTIL - 5.5) / 100)


def test_a_short_future_has_a_shorter_late_mean():
    options = Options(until=month_index("2023-08"))
    [e] = experiments_of([read_scenario("baseline")], TOWN, options)
    ending = results.ending_of(made_up(0, 32), 29)
    rows = summarise([e], {e.id: ending}, BETTER)
    assert [r.month for r in rows] == ["2023-08", "2023-08", "last3", "last3"]
    assert rows[2].mean == pytest.approx(0.30)


def test_levels_and_effects_by_hand():
    assert level(np.array([1.0, 2.0, 3.0, np.nan])) == pytest.approx((2, 1.1, 2, 2.9))
    assert level(np.array([np.nan])) == (None,) * 4
    assert effect(np.array([1.0, -1.0, 2.0, 0.0]), "high") == pytest.approx((0.5, -0.85, 1.85, 0.625))
    assert effect(np.array([1.0, -1.0, 2.0, 0.0]), "low")[3] == pytest.approx(0.375)
    assert effect(np.array([1.0, 2.0]), "neutral")[3] is None
    assert effect(np.array([1.0]), "high") == (1.0, None, None, None)
    assert effect(np.array([0.0, 0.0]), "high")[3] == 0.5


def row(scenario, outcome, diff, prob):
    return Row(scenario, outcome, "last12", 1.0, 1.0, 1.0, 1.0, diff, diff, diff, prob)


def test_the_ranking_counts_what_is_probably_better_then_worse_then_cost():
    rows = [
        row("a", "vitality", 1.0, 0.9), row("a", "exhaustion", 1.0, 0.5), row("a", "policy_cost", 5.0, 0.0),
        row("b", "vitality", 1.0, 0.9), row("b", "exhaustion", 1.0, 0.1), row("b", "policy_cost", 1.0, 0.0),
        row("c", "vitality", 1.0, 0.7), row("c", "exhaustion", -1.0, 0.7), row("c", "policy_cost", 9.0, 0.0),
        row("d", "vitality", 1.0, 0.9), row("d", "exhaustion", 1.0, 0.4), row("d", "policy_cost", 2.0, 0.0),
    ]  # fmt: skip
    places = rank(rows, ["vitality", "exhaustion", "policy_cost"], BETTER, {})
    assert [(p.scenario, p.better, p.worse, p.unclear, p.cost) for p in places] == [
        ("c", 2, 0, 0, 9.0), ("d", 1, 0, 1, 2.0), ("a", 1, 0, 1, 5.0), ("b", 1, 1, 0, 1.0),
    ]  # fmt: skip


def test_one_run_is_ranked_by_its_sign():
    rows = [row("a", "vitality", -1.0, None), row("a", "exhaustion", 0.0, None)]
    [place] = rank(rows, ["vitality", "exhaustion"], BETTER, {})
    assert (place.better, place.worse, place.unclear, place.cost) == (0, 1, 1, None)


def test_a_difference_too_small_to_notice_does_not_count():
    rows = [row("a", "vitality", 0.4, 1.0), row("a", "exhaustion", -0.6, 1.0)]
    [place] = rank(rows, ["vitality", "exhaustion"], BETTER, {"vitality": 0.5, "exhaustion": 0.5})
    assert (place.better, place.worse, place.unclear) == (1, 0, 1)


def test_the_manifest_counts_the_assumptions(tmp_path):
    write(tmp_path, experiments("baseline"))
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["assumptions_used"] == manifest["evidence_used"]["assumption"] > len(TOWN.provenance)
    assert manifest["model_version"] == model_version() and "+" in model_version()
    assert set(manifest["files"]) == TABLES
