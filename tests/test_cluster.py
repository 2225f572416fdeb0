"""A real Dask scheduler and workers as processes of their own, on this machine only: same tables, whatever dies."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from console.main import main
from experiments import cluster as cluster_module
from experiments.cluster import difference, facts
from experiments.engine import open_engine
from experiments.errors import EngineError, LostTask
from experiments.store import Store
from model.declare.errors import SettingError

HERE = Path(__file__).parent
ROOT = HERE.parent
TABLES = ("outcomes.parquet", "experiments.parquet", "summary.csv")
MANY = """title = { en = "A", zh = "甲" }
method = "grid"
until = "2023-08"
draws = 2
city = "town.toml"
[vary.fault_tolerance]
range = [0, 1]
steps = 40
"""
OFTEN = "import sys\nfrom console.main import main\nfrom experiments import store\nstore.FLUSH_SECONDS = 0.1\n"
OFTEN += "if __name__ == '__main__':\n    sys.exit(main(sys.argv[1:]))\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]), "LC_ALL": "C"}
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals")]


class Cluster:
    """A scheduler and workers, each a process."""

    def __init__(self, place):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.place, self.workers = place, []
        self.scheduler = self.start("scheduler", "--port", self.address.rpartition(":")[2])

    def start(self, kind, *more, **changed):
        line = [sys.executable, "-m", "dask", kind]
        line += [*more, "--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
        return subprocess.Popen(
            line, cwd=self.place, env={**ENVIRONMENT, **changed}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def add_workers(self, number=2, threads=1, **changed):
        for _ in range(number):
            more = ["--nthreads", str(threads), "--no-nanny", "--local-directory", str(self.place / "dask")]
            self.workers.append(self.start("worker", self.address, *more, **changed))
        return self

    def stop(self):
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def plain_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    lay_out(tmp_path)


def lay_out(folder):
    (folder / "many.toml").write_text(MANY, encoding="utf-8")
    (folder / "often.py").write_text(OFTEN, encoding="utf-8")
    (folder / "town.toml").write_text((HERE / "small_town.toml").read_text(encoding="utf-8"), encoding="utf-8")


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """The folder of a sweep in one process."""
    folder = tmp_path_factory.mktemp("serial")
    lay_out(folder)
    with contextlib.chdir(folder):
        assert main(sweep("r", "--jobs", "1", "--quiet")) == 0
    return folder / "r"


def sweep(out, *more):
    return ["sweep", "many.toml", "--out", out, "--format", "csv", *more]


def in_background(out, *more):
    command = [sys.executable, "often.py", *sweep(out, *more)]
    process = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    wait_for(lambda: list(Path(out).glob("parts/*.parquet")) or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    return process


def wait_for(what, seconds=300):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def same_tables(one, two):
    for name in TABLES:
        assert Path(one, name).read_bytes() == Path(two, name).read_bytes(), name


def slowly(number):
    time.sleep(0.1)
    return number


def test_a_cluster_gives_the_same_tables(cluster, serial, capsys):
    cluster.add_workers()
    assert main(sweep("cluster", "--cluster", cluster.address, "--quiet")) == 0
    same_tables(serial, "cluster")
    line = ["compare", "baseline", "relief", "--city", "town.toml", "--until", "2023-08", "--draws", "2", "--quiet"]
    capsys.readouterr()
    assert main([*line, "--jobs", "1", "--out", "one"]) == 0
    assert main([*line, "--cluster", cluster.address, "--out", "two"]) == 0
    same_tables("one", "two")
    assert capsys.readouterr().err == ""
    assert cluster.scheduler.poll() is None and [w.poll() for w in cluster.workers] == [None, None]


def test_a_local_cluster_gives_the_same_tables(serial, capsys):
    assert main(sweep("cluster", "--cluster", "local", "--jobs", "2", "--quiet")) == 0
    same_tables(serial, "cluster")
    assert capsys.readouterr().err == ""


def test_a_worker_killed_in_the_middle_changes_nothing(cluster, serial):
    cluster.add_workers()
    process = in_background("cluster", "--cluster", cluster.address)
    cluster.workers[0].kill()
    err = process.communicate(timeout=300)[1]
    assert process.returncode == 0, err
    same_tables(serial, "cluster")


def test_a_killed_scheduler_ends_the_run_cleanly(cluster, serial, tmp_path):
    cluster.add_workers()
    process = in_background("cluster", "--cluster", cluster.address)
    cluster.scheduler.kill()
    out, err = process.communicate(timeout=300)
    kept = len(Store(tmp_path / "cluster").known)
    assert (process.returncode, out) == (1, "") and 0 < kept < 80
    assert "Traceback" not in err
    says = (
        f"the cluster's scheduler is gone; stopped: {kept} of 80 experiments are kept in cluster; continue: run_sim.py "
    )
    assert err.splitlines()[-1].startswith(says) and err.splitlines()[-1].endswith(" --resume")
    assert main(sweep("cluster", "--jobs", "2", "--resume", "--quiet")) == 0
    same_tables(serial, "cluster")


def test_ctrl_c_leaves_the_cluster_alone(cluster, tmp_path):
    cluster.add_workers()
    process = in_background("cluster", "--cluster", cluster.address)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (130, "") and "Traceback" not in err
    kept = len(Store(tmp_path / "cluster").known)
    assert err.splitlines()[-1].startswith(f"stopped: {kept} of 80 experiments are kept in cluster; continue: ")
    assert cluster.scheduler.poll() is None and [w.poll() for w in cluster.workers] == [None, None]


def test_all_workers_gone_for_long_ends_the_run(cluster, monkeypatch):
    cluster.add_workers()
    monkeypatch.setattr(cluster_module, "ALONE_SECONDS", 1)
    with pytest.raises(EngineError, match="all workers of the cluster"), open_engine(1, cluster.address) as engine:
        for _ in engine.map(slowly, range(1000)):
            for worker in cluster.workers:
                worker.kill()


def test_a_task_that_kills_every_worker_is_given_up(cluster, tmp_path):
    from test_engine import die

    cluster.add_workers(6)
    wait_for(lambda: workers_of(cluster) == 6)
    with open_engine(1, cluster.address) as engine:
        [done] = engine.map(die, [3])
    assert isinstance(done.error, LostTask) and done.result is None


def workers_of(cluster):
    with open_engine(1, cluster.address) as engine:
        return engine.jobs


def test_a_cluster_without_workers_is_refused(cluster, monkeypatch, capsys):
    monkeypatch.setattr(cluster_module, "WORKER_SECONDS", 1)
    code = main(sweep("r", "--cluster", cluster.address))
    says = f"--cluster {cluster.address}: must have at least one worker; got none in 1 seconds\n"
    assert (code, capsys.readouterr().err, Path("r").exists()) == (2, says, False)


def test_workers_of_several_threads_are_refused(cluster, capsys):
    cluster.add_workers(1, threads=3)
    code = main(sweep("r", "--cluster", cluster.address))
    says = f"--cluster {cluster.address}: must have workers of one thread (--nthreads 1); got 3\n"
    assert (code, capsys.readouterr().err, Path("r").exists()) == (2, says, False)


def test_workers_with_other_code_are_refused(cluster, tmp_path, capsys):
    import shutil

    for name in ("model", "scenarios", "experiments", "calibration"):
        shutil.copytree(ROOT / name, tmp_path / "other" / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "model" / "costs.py").open("a") as file:
        file.write("\n# another rule\n")
    cluster.add_workers(1, PYTHONPATH=str(tmp_path / "other"))
    code = main(sweep("r", "--cluster", cluster.address))
    err = capsys.readouterr().err
    assert code == 2 and err.count("\n") == 1 and not Path("r").exists()
    assert re.match(rf"--cluster {cluster.address}: must have workers with code (\S+); got (?!\1)\S+\n", err)


def test_workers_without_the_program_are_refused(cluster, tmp_path, capsys):
    for name in ("model", "scenarios", "experiments", "calibration"):
        (tmp_path / "bare").mkdir(exist_ok=True)
        (tmp_path / "bare" / f"{name}.py").write_text("raise ModuleNotFoundError('nothing here')\n")
    cluster.add_workers(1, PYTHONPATH=str(tmp_path / "bare"))
    code = main(sweep("r", "--cluster", cluster.address))
    err = capsys.readouterr().err
    assert code == 2 and err.count("\n") == 1
    assert err.startswith(f"--cluster {cluster.address}: must have workers with this program; got: ")
    assert "ModuleNotFoundError('nothing here')" in err


@pytest.mark.parametrize("name", ["Python", "numpy", "code"])
def test_what_differs_is_named(name):
    ours = facts()
    assert difference(ours, dict(ours)) == ""
    says = f"must have workers with {name} {ours[name]}; got 0.1"
    assert difference(ours, {**ours, name: "0.1"}) == says


def test_a_worker_that_joins_later_is_checked_too():
    with pytest.raises(EngineError, match=r"a worker joined that must have workers with numpy 0\.1; got "):
        cluster_module.remotely({**facts(), "numpy": "0.1"}, slowly, 1)


def test_a_cluster_that_is_not_there_is_refused_soon(capsys):
    began = time.monotonic()
    code = main(sweep("r", "--cluster", "tcp://127.0.0.1:9"))
    says = "--cluster tcp://127.0.0.1:9: must be a running Dask scheduler; got no answer in 5 seconds\n"
    assert (code, capsys.readouterr().err, Path("r").exists()) == (2, says, False)
    assert time.monotonic() - began < 60


def test_a_worker_is_no_scheduler(cluster):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster.workers.append(cluster.start("worker", cluster.address, "--no-nanny", "--worker-port", str(port)))
    wait_for(lambda: answers(port))
    with pytest.raises(SettingError, match="must be a running Dask scheduler; got Worker"):
        open_engine(1, f"tcp://127.0.0.1:{port}")


def answers(port):
    with socket.socket() as there:
        return there.connect_ex(("127.0.0.1", port)) == 0


def test_what_does_not_speak_is_no_scheduler(capsys):
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(SettingError, match="must be a running Dask scheduler; got no answer in 5 seconds"):
            open_engine(1, address)
