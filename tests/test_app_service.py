"""Simulation for the app: real worker processes, one run for whoever asks, previews first, a bounded cache."""

import os
import time
from dataclasses import replace

import pytest

from console.main import main
from console.words import LANGUAGES, say
from dashboard.findings import read_findings
from dashboard.service import studies
from dashboard.service.cache import PARTS, Cache
from dashboard.service.jobs import Job, LifeJob, command_of, job_of
from dashboard.service.lives import read_lives
from dashboard.service.pool import Service
from experiments.experiment import Options
from experiments.version import model_version
from scenarios.scenario import read_scenario

pytestmark = pytest.mark.xdist_group("service")
SECONDS = 120
SMALL = Options(until=36, seed=1, draws=2, replicates=1, scale=400.0)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    made = Service(Cache(tmp_path_factory.mktemp("cache")), workers=1)
    yield made
    made.close()


@pytest.fixture
def job(profile):
    return Job((read_scenario("baseline"), read_scenario("relief")), profile, SMALL)


@pytest.mark.slow
def test_a_job_ends_with_findings_and_its_runs_are_made_once(service, job):
    service.ask(job)
    assert service.wait(job.key, SECONDS).finished
    parts = {path: path.stat().st_size for path in (service.cache.folder / PARTS).iterdir()}
    assert len(parts) == len(job.experiments) == 4
    findings = read_findings(service.cache.outcome(job.key))
    assert findings.scenarios == ["baseline", "relief"] and findings.current
    wider = replace(job, scenarios=(*job.scenarios, read_scenario("growth")))
    assert service.ask(wider).done == 4
    assert service.wait(wider.key, SECONDS).finished
    after = {path: path.stat().st_size for path in (service.cache.folder / PARTS).iterdir()}
    assert set(parts) < set(after) and len(after) == 6


@pytest.mark.slow
def test_what_is_cancelled_stops_and_can_be_asked_for_again(service, job):
    later = replace(job, options=replace(SMALL, seed=77, draws=6))
    service.ask(later, "visitor")
    service.cancel(later.key, "visitor")
    assert service.wait(later.key, SECONDS).cancelled
    assert not service.waiting
    service.forget(later.key)
    service.ask(later, "visitor")
    assert service.wait(later.key, SECONDS).finished


@pytest.mark.slow
def test_a_job_that_another_visitor_waits_for_is_not_cancelled(service, job):
    shared = replace(job, options=replace(SMALL, seed=78))
    service.ask(shared, "one")
    service.ask(shared, "other")
    service.cancel(shared.key, "one")
    assert not service.state(shared.key).cancelled
    assert service.wait(shared.key, SECONDS).finished


@pytest.mark.slow
def test_a_preview_overtakes_a_long_job(service, job):
    long = replace(job, options=replace(SMALL, seed=79, draws=12, until=64))
    preview = replace(job, options=replace(SMALL, seed=80, draws=1), urgent=True)
    service.ask(long)
    service.ask(preview)
    assert service.wait(preview.key, SECONDS).finished
    assert not service.state(long.key).finished
    service.cancel(long.key)


@pytest.mark.slow
def test_the_death_of_a_worker_is_told_and_does_not_end_the_service(service, job):
    doomed = replace(job, options=replace(SMALL, seed=81, draws=20, until=64))
    service.ask(doomed)
    until = time.monotonic() + SECONDS
    while not any(doomed.key in work.wanted_by for work in list(service.running.values())):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
    os.kill(next(iter(service.executor._processes)), 9)
    assert service.wait(doomed.key, SECONDS).error == "process"
    after = replace(job, options=replace(SMALL, seed=82, draws=1))
    service.ask(after)
    assert service.wait(after.key, SECONDS).finished


@pytest.mark.slow
def test_lives_are_those_of_the_command_line(service, profile, capsys):
    import json

    baseline, relief = read_scenario("baseline"), read_scenario("relief")
    options = Options(until=36, scale=400.0)
    job = LifeJob((baseline, relief), profile, "member", 5, options)
    service.ask(job)
    assert service.wait(job.key, SECONDS).finished
    life = read_lives(service.cache.outcome(job.key))["lives"]["relief"]
    assert main(["trace", "relief", "--agent", "Member:5", "--scale", "1:400", "--until", "2024-01", "--format", "json",
                 "--lang", "en"]) == 0  # fmt: skip
    printed = json.loads(capsys.readouterr().out)
    rows = printed if isinstance(printed, list) else next(v for v in printed.values() if isinstance(v, list))
    assert [(r["mechanism"], r["column"]) for r in rows] == [(c[1], c[2]) for c in life]
    assert [r["after"] for r in rows] == pytest.approx([float(c[4]) for c in life], rel=1e-5)


def test_the_cache_drops_what_was_not_used_for_longest(tmp_path):
    cache = Cache(tmp_path, most=2500)
    for k in range(4):
        path = cache.part(f"part{k}")
        path.write_bytes(b"x" * 1000)
        os.utime(path, (1000 + k, 1000 + k))
    assert cache.trim() <= 2500
    assert sorted(p.stem for p in (tmp_path / PARTS).iterdir()) == ["part2", "part3"]


def test_keys_follow_content_and_not_order_of_asking(job, profile):
    assert job.key == Job(job.scenarios, profile, SMALL).key
    assert job.key != replace(job, options=replace(SMALL, seed=2)).key
    assert job.key != replace(job, tables=True).key
    assert job.key != replace(job, scenarios=(job.scenarios[0], read_scenario("growth"))).key


def test_the_command_names_what_makes_the_same_numbers(profile):
    full = job_of((read_scenario("baseline"), replace(read_scenario("relief"), name="mine")), profile, quick=False)
    text = command_of([s.name for s in full.scenarios], full.options)
    assert text.startswith("python run_sim.py compare baseline mine.toml --draws ")
    assert f"--scale 1:{full.options.scale:g}" in text and "--until 2026-05" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("key", "values"), [
    ("progress", {"done": 105, "total": 1536}),
    ("optimise.generation", {"n": 105, "total": 1536, "within": 7, "mixes": 20}),
])  # fmt: skip
def test_progress_is_read_from_what_the_command_says(tmp_path, lang, key, values):
    study = studies.Study(tmp_path, "explain", "", {}, (), "")
    assert study.progress == (0, 0)
    lines = ("began", "1 / 2", say(key, lang, **values) + say("progress.rate", lang, rate=9.2, left="3 min"), "", "end")
    (tmp_path / "log.txt").write_text("\n".join(lines), encoding="utf-8")
    assert study.progress == (105, 1536)


@pytest.mark.slow
def test_a_study_runs_apart_shows_progress_and_stops_well(tmp_path):
    arguments = ["--by", "group", "--scale", "1:400", "--draws", "12", "--until", "2024-05"]
    study = studies.start(tmp_path, "explain", read_scenario("full_package"), arguments, "en")
    wait_until(lambda: study.progress[1] > 0)
    assert study.state == studies.RUNNING
    study.cancel()
    wait_until(lambda: study.state != studies.RUNNING)
    assert study.state == studies.CANCELLED
    assert [s.name for s in studies.studies(tmp_path, "explain")] == [study.name]
    study.remove()
    assert studies.studies(tmp_path, "explain") == []


@pytest.mark.slow
def test_an_analysis_of_the_command_line_is_found_and_never_removed(tmp_path):
    folder = tmp_path / "results" / "mine"
    command = ["explain", "relief", "--by", "group", "--scale", "1:800", "--draws", "0", "--until", "2023-08"]
    assert main([*command, "--out", str(folder)]) == 0
    (found,) = studies.saved_analyses(tmp_path / "results", "explain")
    assert (found.state, found.out, found.arguments[0]) == (studies.FINISHED, folder, "relief")
    found.remove()
    assert (found.out / "shares.parquet").exists()
    assert studies.saved_analyses(tmp_path / "results", "optimise") == []
    assert studies.saved_analyses(tmp_path / "nowhere", "explain") == []
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(model_version(), "0.0.1+other"), encoding="utf-8")
    assert studies.saved_analyses(tmp_path / "results", "explain") == []


@pytest.mark.slow
def test_a_study_of_ones_own_scenario_ends_with_results(tmp_path):
    own = replace(read_scenario("co_education"), name="mine")
    arguments = ["--by", "group", "--scale", "1:400", "--draws", "0", "--until", "2024-05", "--outcome", "vitality"]
    study = studies.start(tmp_path, "explain", own, arguments, "zh")
    wait_until(lambda: study.state != studies.RUNNING)
    assert study.state == studies.FINISHED, study.log
    assert (study.out / "shares.parquet").exists()


def wait_until(true):
    until = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.2)
