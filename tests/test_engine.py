"""Every engine gives the same tables, in whatever order; what fails, fails in one line."""

import gc
import os
import signal
import subprocess
import sys
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from experiments import run
from experiments.engine import Engine, Processes, Serial, map_tasks, tick
from experiments.errors import EngineError, ExperimentError, LostTask
from experiments.experiment import Options, experiments_of, split, tasks_of
from experiments.priors import drawn_parameters, draws_source, uncertain
from experiments.run import Task, run_all, simulate, work_in
from experiments.tidy import tidy
from model.declare.errors import DeclarationError
from model.declare.setting import Parameter, month_index, parameters
from scenarios.city import read_city
from scenarios.scenario import FIRST_FUTURE, read_scenario, scenario_from

TOWN = read_city(Path(__file__).with_name("small_town.toml"))
UNTIL = month_index("2023-08")


def square(number):
    tick(number)
    return number * number


def die(number):
    if number == 3:
        os._exit(1)
    return number


def fail(number):
    raise ExperimentError(f"crackdown, draw {number}, replicate 0: out of range")


def small(*names, **more):
    options = Options(until=UNTIL, **more)
    return experiments_of([read_scenario(name) for name in names], TOWN, options), options


def records(tasks, jobs):
    found = {}
    with closing(map_tasks(simulate, tasks, jobs)) as results:
        for _, finished in results:
            found.update(finished)
    return found


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_task_is_done_once_wherever_it_runs(jobs):
    assert sorted(map_tasks(square, range(7), jobs)) == [(n, n * n) for n in range(7)]


def test_nothing_to_do_is_done():
    assert list(map_tasks(square, [], 4)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_adds_up(jobs):
    seen = []
    assert len(list(map_tasks(square, [1, 2, 3, 4], jobs, seen.append))) == 4
    assert seen == sorted(seen) and seen[-1] == 10


def test_any_executor_will_do():
    with Engine(ThreadPoolExecutor(3), 3) as engine:
        assert sorted(engine.map(square, range(9))) == [(n, n * n, None) for n in range(9)]


def test_processes_and_order_change_no_number():
    experiments, options = small("baseline", "crackdown", "relief", draws=2, replicates=2)
    whole = [Task(TOWN, options.scale, group) for group in tasks_of(experiments, jobs=1)]
    pieces = [Task(TOWN, options.scale, group) for group in reversed(tasks_of(experiments, jobs=4))]
    assert len(pieces) > len(whole) == 4
    one, two = records(whole, 1), records(pieces, 2)
    assert set(one) == set(two) == {e.id for e in experiments}
    for key, record in one.items():
        same, other = tidy(key, record), tidy(key, two[key])
        assert same.drop_columns("value").equals(other.drop_columns("value"))
        assert same["value"].to_numpy().tobytes() == other["value"].to_numpy().tobytes()


def test_a_branch_equals_a_run_from_the_start():
    from model.simulation import City

    [_, e], options = small("baseline", "crackdown")
    city = City(TOWN, e.settings, seed=e.luck, scale=options.scale).run(e.settings.months)
    branched = records([Task(TOWN, options.scale, small("baseline", "crackdown")[0])], 1)[e.id]
    assert (city.record.values.tobytes(), city.record.keys) == (branched.values.tobytes(), branched.keys)


def test_a_dead_worker_is_one_line():
    with pytest.raises(EngineError, match="ended without a word"):
        list(map_tasks(die, range(6), 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_run_is_one_line(jobs):
    with pytest.raises(ExperimentError, match="crackdown, draw 3, replicate 0: out of range"):
        list(map_tasks(fail, [3, 3], jobs))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_workers_end_with_a_parent_that_was_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, sys, time\nfrom experiments.engine import map_tasks\n"
        "def wait(folder):\n    open(f'{folder}/{os.getpid()}', 'w').close()\n    time.sleep(60)\n"
        "if __name__ == '__main__':\n    list(map_tasks(wait, [sys.argv[1]] * 2, 2))\n",
        encoding="utf-8",
    )
    pids = tmp_path / "pids"
    pids.mkdir()
    path = os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    parent = subprocess.Popen([sys.executable, str(script), str(pids)], env={**os.environ, "PYTHONPATH": path})
    wait_for(lambda: len(list(pids.iterdir())) == 2)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_for(lambda: not any(alive(int(p.name)) for p in pids.iterdir()))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or ") Z " not in stat.read_text(encoding="utf-8")


def wait_for(what, seconds=30):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_scenarios_of_a_draw_share_a_history():
    experiments, _ = small("baseline", "crackdown", "relief", draws=3)
    groups = tasks_of(experiments)
    assert [[e.scenario for e in g] for g in groups] == [["baseline", "crackdown", "relief"]] * 3
    assert all(len({e.luck for e in g}) == 1 for g in groups)
    future = UNTIL + 1 - FIRST_FUTURE
    assert work_in([Task(TOWN, 20, g) for g in groups]) == 3 * (FIRST_FUTURE + 3 * future)


def test_what_is_done_is_left_out():
    experiments, _ = small("baseline", "crackdown", draws=2)
    done = [e.id for e in experiments if e.scenario == "baseline"] + [experiments[-1].id]
    assert [[e.id for e in g] for g in tasks_of(experiments, done)] == [[experiments[2].id]]
    assert tasks_of(experiments, [e.id for e in experiments], jobs=2) == []


def test_few_tasks_are_split_over_many_jobs():
    assert [len(p) for p in split(list(range(10)), 4)] == [3, 3, 2, 2]
    assert split([1, 2], 5) == [[1], [2]]
    experiments, _ = small("baseline", "crackdown", "relief", "growth")
    assert [len(g) for g in tasks_of(experiments, jobs=2)] == [1, 1, 1, 1]


def test_an_id_follows_the_content():
    [base], _ = small("baseline")
    assert small("baseline")[0][0].id == base.id
    for more in ({"seed": 2}, {"scale": 21.0}, {"draws": 1}):
        assert small("baseline", **more)[0][0].id != base.id
    assert small("crackdown")[0][0].id != base.id
    again, _ = small("baseline", draws=3)
    assert [e.id for e in small("baseline", draws=2)[0]] == [e.id for e in again[:2]]


def test_scenarios_in_a_draw_have_the_same_luck_and_parameters():
    experiments, _ = small("baseline", "crackdown", draws=2, replicates=2)
    first, second = experiments[:4], experiments[4:]
    assert [(e.luck, e.settings.parameter_values) for e in first] == [
        (e.luck, e.settings.parameter_values) for e in second
    ]
    assert [e.against for e in second] == [e.id for e in first] and {e.against for e in first} == {""}
    assert len({e.luck for e in first}) == 4


def test_another_world_brings_its_own_baseline():
    other = scenario_from(
        {"title": {"en": "A", "zh": "甲"}, "coupling": False, "levers": {"fault_tolerance": 0.6}}, "apart", "apart.toml"
    )
    experiments = experiments_of([read_scenario("baseline"), other], TOWN, Options(until=UNTIL))
    base, matching, apart = experiments
    assert [e.scenario for e in experiments] == ["baseline", "baseline@apart", "apart"]
    assert apart.against == matching.id and matching.against == base.against == ""
    assert not matching.settings.coupled and matching.settings.lever_values == base.settings.lever_values


def parameter(name, distribution, low=0.0, value=0.5, high=1.0):
    return Parameter(name, value, low, high, "share", "assumption", "assumption", {}, distribution)


def test_draws_come_from_the_priors_and_earlier_ones_stay():
    declared = [parameter("a", "uniform"), parameter("b", "triangular"), parameter("c", "fixed")]
    many = drawn_parameters(64, 1, declared)
    assert many[:5] == drawn_parameters(5, 1, declared) and many != drawn_parameters(64, 2, declared)
    assert set(many[0]) == {"a", "b"}
    for k in range(64):
        assert sum(k / 64 <= d["a"] < (k + 1) / 64 for d in many) == 1
    assert abs(sum(d["b"] for d in many) / 64 - 0.5) < 0.01


def test_the_central_values_need_no_draw():
    [e], _ = small("baseline", draws=0)
    central = {k: p.value for k, p in parameters().items()} | draws_source().central
    assert e.draw == 0 and e.settings.parameter_values == central
    assert drawn_parameters(3, 1, [parameter("c", "fixed")]) == [{}, {}, {}]


def test_every_prior_stays_in_its_range():
    free = uncertain()
    assert len(free) > 50
    for draw in drawn_parameters(64, 5):
        assert set(draw) == {p.id for p in free}
        for p in uncertain():
            assert p.low - 1e-12 <= draw[p.id] <= p.high + 1e-12, p.id


def test_histories_are_kept_while_they_fit(monkeypatch):
    experiments, options = small("baseline", "crackdown", draws=3)
    tasks = [Task(TOWN, options.scale, group) for group in tasks_of(experiments)]
    made = []
    simulated = run.history
    monkeypatch.setattr(run, "history", lambda task: made.append(task) or simulated(task))
    roomy = run.Histories()
    first = [roomy.of(task) for task in [*tasks, *tasks]]
    assert len(made) == 3 and first[:3] == first[3:]
    size = max(map(run.bytes_of, first))
    narrow = run.Histories(2 * size)
    for task in [tasks[0], tasks[1], tasks[0], tasks[2], tasks[0], tasks[1]]:
        narrow.of(task)
    assert len(made) == 3 + 4, "the least lately used one goes first"
    assert len(run.Histories(0).states) == 0 and run.Histories(0).of(tasks[0]) is not None


def test_a_history_of_another_city_scale_or_draw_is_another(monkeypatch):
    [e], _ = small("baseline")
    other = replace(TOWN, values={**TOWN.values, "household_size": 4.0})
    made = []
    monkeypatch.setattr(run, "history", lambda task: made.append(task) or SimpleNamespace(tables={}))
    kept = run.Histories()
    for task in (
        Task(TOWN, 20, [e]),
        Task(TOWN, 21, [e]),
        Task(other, 20, [e]),
        Task(TOWN, 20, small("baseline", seed=2)[0]),
    ):
        kept.of(task)
        kept.of(task)
    assert len(made) == 4


def test_one_failure_ends_one_experiment(monkeypatch):
    experiments, options = small("baseline", "crackdown", "relief")
    simulated = run.future

    def stumble(state, experiment):
        if experiment.scenario == "crackdown":
            raise DeclarationError("member.exhaustion: must stay in 0–1")
        return simulated(state, experiment)

    monkeypatch.setattr(run, "future", stumble)
    found = list(run_all(Serial(), [Task(TOWN, options.scale, experiments)]))
    assert [f.experiment for f in found] == [e.id for e in experiments]
    assert [bool(f.record) for f in found] == [True, False, True]
    assert found[1].error == "crackdown, draw 0, replicate 0: member.exhaustion: must stay in 0–1"


def test_a_history_that_fails_ends_its_experiments_only(monkeypatch):
    experiments, options = small("baseline", "relief", draws=2)
    simulated = run.history

    def stumble(task):
        if task.experiments[0].draw == 1:
            raise ValueError("no such thing")
        return simulated(task)

    monkeypatch.setattr(run, "history", stumble)
    monkeypatch.setattr(run, "_histories", run.Histories())
    found = {f.experiment: f for f in run_all(Serial(), [Task(TOWN, options.scale, g) for g in tasks_of(experiments)])}
    assert {e.draw for e in experiments if found[e.id].record is None} == {1}
    assert found[experiments[0].id].error == "baseline, draw 1, replicate 0: ValueError: no such thing"


def die_once(folder, number):
    mark = Path(folder) / str(number)
    if number % 3 == 0 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_killed_workers_lose_no_task(tmp_path):
    with Processes(2) as engine:
        done = list(engine.map(partial(die_once, str(tmp_path)), range(8)))
    assert sorted(done) == [(n, n, None) for n in range(8)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0", "3", "6"]


def test_a_task_that_kills_its_worker_every_time_ends_alone():
    with Processes(2) as engine:
        done = {d.item: d for d in engine.map(die, range(8))}
    assert isinstance(done.pop(3).error, LostTask)
    assert {n: d.result for n, d in done.items()} == {n: n for n in range(8) if n != 3}


def test_an_engine_can_be_used_again():
    with Processes(2) as engine:
        for _ in range(3):
            assert sorted(d.result for d in engine.map(square, range(4))) == [0, 1, 4, 9]


def test_tasks_are_taken_as_there_is_room():
    taken = []
    with Processes(2) as engine, closing(engine.map(square, (taken.append(n) or n for n in range(1000)))) as results:
        next(results)
    assert len(taken) <= 6


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_swallowed_interrupt_still_ends_the_work():
    def swallow(_):
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(1)

    done = []
    with pytest.raises(KeyboardInterrupt), Serial() as engine:
        done.extend(engine.map(square, iter(range(100)), swallow))
    assert len(done) <= 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_cities_that_ended_are_freed_now_and_then(monkeypatch):
    class Node:
        pass

    def cycle():
        node = Node()
        node.me = node
        return weakref.ref(node)

    ended, now = run.Ended(), [100.0]
    monkeypatch.setattr(run.time, "monotonic", lambda: now[0])
    ended.freed = 100.0
    gc.disable()
    try:
        gone = cycle()
        ended.free()
        assert gone() is not None
        now[0] += run.COLLECT_SECONDS
        ended.free()
        assert gone() is None and ended.freed == now[0]
    finally:
        gc.enable()
