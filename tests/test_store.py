"""The results store: whole parts or none, one process at a time, exact records whatever their form."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments import store as store_module
from experiments.folder import open_folder
from experiments.keep import Keep, Record
from experiments.lock import Lock
from experiments.parts import write_part
from experiments.saved import Saved
from experiments.store import Store
from experiments.tables import write_outcomes
from experiments.tidy import blocks, tidy_block, untidy
from model.declare.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
KEYS = (("city", "vitality"), ("district:01", "vitality"), ("city", "exhaustion"))
MEANS = Record(KEYS[:2], 0, np.array([[1.0, 2.0]]), ("last12",))


def record(number, months=4, keys=KEYS):
    return Record(keys, 29, number + np.arange(months * len(keys)).reshape(months, -1) / 100)


def same(one, other):
    return (one.keys, one.months, one.values.tobytes()) == (other.keys, other.months, other.values.tobytes())


@given(st.lists(st.tuples(st.sampled_from((1, 3, 12)), st.integers(1, 3)), min_size=1, max_size=8), st.integers(1, 60))
def test_records_survive_in_blocks_of_any_size(shapes, most_rows):
    records = [(f"e{k}", record(k, months, KEYS[:keys])) for k, (months, keys) in enumerate(shapes)]
    gathered = list(blocks(records, most_rows))
    assert [name for block in gathered for name, _ in block] == [name for name, _ in records]
    for block in gathered:
        table, size = tidy_block(block), block[0][1].values.size
        for place, (_, one) in enumerate(block):
            assert same(untidy(table.slice(place * size, size)), one)


def test_labelled_rows_survive_the_table():
    assert same(untidy(tidy_block([("a", MEANS)])), MEANS)
    assert MEANS.months == ("last12",) and record(0).months == ("2023-06", "2023-07", "2023-08", "2023-09")


def test_small_records_share_a_row_group_and_large_ones_do_not(tmp_path):
    found = {f"e{k:02d}": record(k) for k in range(40)} | {"wide": record(1, months=40_000)}
    path = tmp_path / "outcomes.parquet"
    assert write_outcomes(path, found, found.get) == 40 * 12 + 120_000
    assert pq.ParquetFile(path).num_row_groups == 2
    saved = Saved(most_rows=1)
    saved.add_file(path)
    assert list(saved.places) == list(found)
    assert all(same(saved.load(key), one) for key, one in found.items()) and len(saved.held) == 1


def test_what_to_keep_by_hand():
    keys = (("city", "a"), ("district:01", "a"), ("income:1", "a"), ("city", "b"), ("city", "c"))
    whole = Record(keys, 0, np.arange(20 * 5, dtype=float).reshape(20, 5))
    means = Keep(("c", "a"), ("city", "district")).part_of(whole, 5)
    assert means.keys == (("city", "c"), ("city", "a"), ("district:01", "a")) and means.months == ("last12",)
    assert means.values.tolist() == [[5 * 13.5 + 4, 5 * 13.5, 5 * 13.5 + 1]]
    both = Keep(("b",), months="both").part_of(whole, 17)
    assert both.months == ("2022-06", "2022-07", "2022-08", "last3")
    assert both.values[:, 0].tolist() == [88, 93, 98, 93]
    assert Keep(("b",), months="every").part_of(whole, 17).values[:, 0].tolist() == [88, 93, 98]


def test_many_experiments_make_few_files(tmp_path):
    store = Store(tmp_path)
    for k in range(500):
        store.add(f"e{k}", MEANS)
        assert store.load(f"e{k}") is MEANS and not store.has(f"e{k}")
    store.flush()
    assert len(list((tmp_path / "parts").iterdir())) == 1 and len(Store(tmp_path).known) == 500


def test_what_waits_is_written_when_it_is_much_or_old(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "MOST_ROWS", 24)
    store = Store(tmp_path)
    store.add("a", record(1))
    assert not store.has("a")
    store.add("b", record(2))
    assert store.has("a") and store.has("b")
    store.add("c", record(3))
    monkeypatch.setattr(store_module, "FLUSH_SECONDS", 0.0)
    store.flush_if_due()
    assert store.has("c") and store.number == 2


def test_a_failure_is_kept_until_it_succeeds(tmp_path):
    store = Store(tmp_path)
    store.fail("a", "out of range")
    store.fail("b", "out of range")
    store.flush()
    again = Store(tmp_path)
    assert again.failed == {"a": "out of range", "b": "out of range"} and again.known == set()
    again.add("a", record(1))
    again.flush()
    assert Store(tmp_path).failed == {"b": "out of range"} and Store(tmp_path).known == {"a"}


def test_an_experiment_in_two_parts_counts_once(tmp_path):
    write_part(tmp_path, 1, [("a", record(1)), ("b", record(2))], {})
    write_part(tmp_path, 2, [("b", record(2)), ("c", record(3))], {"a": "late"})
    store = Store(tmp_path)
    assert store.known == {"a", "b", "c"} and store.failed == {}
    path = tmp_path / "outcomes.parquet"
    assert write_outcomes(path, ["a", "b", "c"], store.load) == 36


def test_parts_of_another_model_version_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.parts.model_version", lambda: "0.0+old")
    write_part(tmp_path, 1, [("a", record(1))], {})
    monkeypatch.undo()
    for resume in (True, False):
        with pytest.raises(SettingError, match=r"must be results of this model version \(.*\); got 0\.0\+old; add "):
            open_folder(tmp_path, ["a"], resume=resume, overwrite=False)
    assert [p.name for p in tmp_path.iterdir()] == ["parts"]


def test_two_processes_cannot_use_one_folder(tmp_path):
    with closing(open_folder(tmp_path, [], resume=False, overwrite=False)):
        says = (
            f"must be used by one process at a time; got process {os.getpid()} on {socket.gethostname()} at work there"
        )
        for more in ({"overwrite": True, "resume": False}, {"overwrite": False, "resume": True}):
            with pytest.raises(SettingError) as caught:
                open_folder(tmp_path, [], **more)
            assert str(caught.value) == f"--out {tmp_path.as_posix()}: {says}"
    open_folder(tmp_path, [], resume=False, overwrite=False).close()
    assert list(tmp_path.iterdir()) == []


HOLD = "import sys, time; from pathlib import Path; from experiments.lock import Lock\n"
HOLD += "lock = Lock(Path(sys.argv[1]), 'x'); print('held', flush=True); time.sleep(60)"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_the_lock_of_a_killed_process_is_taken_over(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT)
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(SettingError, match=f"got process {holder.pid} on"):
        Lock(tmp_path, "x")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert json.loads((tmp_path / "lock").read_text())["process"] == holder.pid
    lock = Lock(tmp_path, "x")
    assert lock.owner()["process"] == os.getpid()
    lock.release()
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_another_machine_is_respected(tmp_path):
    (tmp_path / "lock").write_text('{"process": 7, "host": "elsewhere"}')
    says = f"process 7 on elsewhere at work there; if it is gone, remove {tmp_path.as_posix()}/lock"
    with pytest.raises(SettingError, match=says):
        Lock(tmp_path, "x")
    (tmp_path / "lock").write_text("torn {")
    Lock(tmp_path, "x").release()
