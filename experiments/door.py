"""The door for notebooks and scripts: scenarios in, pandas frames out. ``import shidian`` is the way in.

Nothing is written to disk. Frames carry in ``attrs`` where parameters come from, the model version and the city.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pandas as pd

import model.outcomes  # noqa: F401  (declares the outcomes)
from experiments.design import design_from
from experiments.engine import open_engine
from experiments.errors import ExperimentError
from experiments.experiment import Experiment, Options, experiments_of, tasks_of
from experiments.keep import BOTH, EVERY, MEAN, Keep, Record
from experiments.priors import calibration_note, draws_source
from experiments.run import Task, run_all
from experiments.summary import ending_of, summarise
from experiments.sweep import Planned, Sweep
from experiments.tidy import tidy
from experiments.version import model_version
from model.declare.errors import SettingError, unknown
from model.declare.outcome import OUTCOMES
from model.declare.setting import levers, parameters
from model.profile import Profile
from scenarios.city import USUAL_CITY, read_city
from scenarios.path import month_within
from scenarios.scenario import FIRST_FUTURE, FUTURE, Scenario, read_scenario, scenario_from

Given = Scenario | str | Path
TASK = 16
FIRST = ("experiment", "scenario", "draw", "replicate")


def scenario(name: str, *, base: Given = "baseline", **tables: object) -> Scenario:
    """Return a scenario made in Python, checked as strictly as a file.

    Args:
        name: letters, digits, ``_`` and ``-``. base: whose levers, parameters and mechanisms hold where none are given.
        tables: as in a scenario file: ``title``, ``levers``, ``parameters``, ``mechanisms``, ``systems``, ``until``.

    Raises:
        SettingError: a name, a value or a date that a file would not pass with.
    """
    raw = {"title": {"en": name, "zh": name}, **tables}
    made = scenario_from(raw, name, f"scenario({name!r})")
    start = chosen(base)
    return Scenario(
        name,
        made.title,
        made.about,
        city=made.city or start.city,
        systems=made.systems if "systems" in tables else start.systems,
        coupled=start.coupled if "coupling" not in tables else made.coupled,
        until=made.until if "until" in tables else start.until,
        levers={**start.levers, **made.levers},
        parameters={**start.parameters, **made.parameters},
        forms={**start.forms, **made.forms},
    )


def run(given: Given, *, months: str = EVERY, outcomes: Sequence[str] = (), **how: object) -> pd.DataFrame:
    """Simulate one scenario and return its values, a row each: scenario, draw, replicate, month, group, outcome, value.

    Args:
        given: a scenario, the name of a shipped one, or the path of a file.
        months: every (future month), mean (of the last twelve, ``last12``) or both.
        outcomes: ids; the headline outcomes if none are given. how: see ``compare``; also ``groups``, such as
            ``("city", "district")``.
    """
    return values([given], months=months, outcomes=outcomes, **how)


def values(
    given: Sequence[Given], *, months: str = EVERY, outcomes: Sequence[str] = (), groups: Sequence[str] = ("city",),
    **how: object,
) -> pd.DataFrame:  # fmt: skip
    """Simulate several scenarios on the same luck and return their values as ``run`` does."""
    if months not in (EVERY, MEAN, BOTH):
        raise SettingError(f"months {months!r}", f"must be {EVERY} or {MEAN} or {BOTH}; got {months!r}")
    keep = Keep(chosen_outcomes(outcomes), tuple(groups), months)
    experiments, records, attrs = simulated(given, keep, **how)
    tables = [
        tidy(e.id, records[e.id]).to_pandas().astype({"month": str, "group": str, "outcome": str}) for e in experiments
    ]
    frame = pd.concat(tables, ignore_index=True)
    rows = pd.DataFrame([{key: getattr(e, "id" if key == "experiment" else key) for key in FIRST} for e in experiments])
    frame = rows.merge(frame.astype({"experiment": str}), on="experiment").drop(columns="experiment")
    frame.attrs = attrs
    return frame


def compare(*given: Given, **how: object) -> pd.DataFrame:
    """Simulate scenarios and measure each against the first, run by run on the same luck.

    Returns:
        A row a scenario, outcome and look (last month; mean of the last twelve): mean, p05, p50, p95, and against the
        first scenario diff, diff_p05, diff_p95 and prob_better.

    Args:
        given: scenarios, names of shipped ones, or paths of files; the first is the reference.
        how: city (a name or path), scale (20 means 1:20), until ("2026-05"), seed, draws (0 = the central values),
            replicates, jobs (processes), posterior ("prior" for the priors, or a file).
    """
    if len(given) < len(("first", "other")):
        raise SettingError("compare", f"must name two scenarios or more; got {len(given)}")
    experiments, records, attrs = simulated(given, None, **how)
    endings = {key: ending_of(record, FIRST_FUTURE) for key, record in records.items()}
    better = {key: o.better for key, o in OUTCOMES.items()}
    frame = pd.DataFrame([row._asdict() for row in summarise(experiments, endings, better)])
    frame.attrs = attrs
    return frame


def sweep(
    vary: Mapping[str, object], *, method: str = "grid", n: int = 0, base: Given = "baseline",
    outcomes: Sequence[str] = (), **how: object,
) -> pd.DataFrame:  # fmt: skip
    """Simulate every point of a design and return a row a run: point, draw, replicate, settings and outcomes.

    Args:
        vary: by setting a list of values, or what a design file says of it, such as
            ``{"range": [0, 1], "steps": 5}``; levers, parameters, mechanisms or ``city``.
        method: grid, latin or sobol, the last two with ``n`` points.
        outcomes: means of the last twelve months; the headline outcomes if none are given.
        how: as in ``compare``, but draws are 0 and the scale is 1:20 unless given.
    """
    table = {key: entry if isinstance(entry, Mapping) else {"values": list(entry)} for key, entry in vary.items()}
    raw = {
        "title": {"en": "sweep", "zh": "扫描"}, "method": method, "vary": table, "months": MEAN,
        "outcomes": list(chosen_outcomes(outcomes)), **({"n": n} if n else {}),
    }  # fmt: skip
    design, start = design_from(raw, "sweep", "sweep", Path()), chosen(base)
    profile, options, jobs = world_of([start], **{"draws": 0, **how})
    plan = Sweep(design, start, {"": profile}, options)
    tasks = plan.tasks({p.id for p in plan.planned}, TASK)
    records = finished(tasks, jobs)
    rows = [sweep_row(plan, planned, records[planned.id]) for planned in plan.planned]
    frame = pd.DataFrame(rows).sort_values(["point", "draw", "replicate"], ignore_index=True)
    frame.attrs = facts(options, profile)
    return frame


def sweep_row(plan: Sweep, planned: Planned, record: Record) -> dict:
    """Return one run of a sweep: where it is in the design, and what came out."""
    values = zip(plan.points[planned.point], plan.design.varied, strict=True)
    return {
        "point": planned.point + 1,
        "draw": planned.draw,
        "replicate": planned.replicate,
        **{varied.name: varied.show(value) for value, varied in values},
        **{outcome: float(v) for (_, outcome), v in zip(record.keys, record.values[-1], strict=True)},
    }


def simulated(
    given: Sequence[Given], keep: Keep | None, **how: object
) -> tuple[list[Experiment], dict[str, Record], dict]:
    """Return the experiments of some scenarios, the record of each, and what frames say about them."""
    scenarios = [chosen(one) for one in given]
    profile, options, jobs = world_of(scenarios, **how)
    experiments = experiments_of(scenarios, profile, options)
    tasks = [Task(profile, options.scale, group, keep) for group in tasks_of(experiments, jobs=jobs)]
    return experiments, finished(tasks, jobs), facts(options, profile)


def world_of(
    scenarios: Sequence[Scenario], *, city: str | Path = "", scale: float = 20.0, until: str = "", seed: int = 1,
    draws: int = 6, replicates: int = 1, jobs: int = 1, posterior: str = "",
) -> tuple[Profile, Options, int]:  # fmt: skip
    """Return the city, the options and the number of processes that arguments ask for."""
    last = month_within(until, f"until {until}", FUTURE) if until else scenarios[0].until
    options = Options(until=last, seed=seed, draws=draws, replicates=replicates, scale=scale, posterior=posterior)
    named = city or next((s.city for s in scenarios if s.city), USUAL_CITY)
    return read_city(named), options, jobs


def finished(tasks: Iterable[Task], jobs: int) -> dict[str, Record]:
    """Return the record of every experiment of the tasks; the first failure is raised."""
    records = {}
    with open_engine(jobs) as engine, closing(run_all(engine, tasks)) as results:
        for key, record, error in results:
            if error:
                raise ExperimentError(error)
            records[key] = record
    return records


def facts(options: Options, profile: Profile) -> dict:
    """Return what a frame says about itself."""
    source = draws_source(options.posterior)
    return {
        "parameters": calibration_note(options.draws, source),
        "calibrated": source.calibrated,
        "model_version": model_version(),
        "city": profile.name,
        "scale": options.scale,
        "seed": options.seed,
    }


def chosen(given: Given) -> Scenario:
    """Return a scenario as it is, or read it."""
    return given if isinstance(given, Scenario) else read_scenario(given)


def chosen_outcomes(given: Sequence[str]) -> tuple[str, ...]:
    """Return outcomes that exist; the headline outcomes if none are named."""
    for name in given:
        if name not in OUTCOMES:
            raise unknown(f"outcome {name}", "outcome", name, OUTCOMES, "run_sim.py list outcomes")
    return tuple(given) or tuple(key for key, o in OUTCOMES.items() if o.headline)


def lever_frame() -> pd.DataFrame:
    """Return the levers: labels, system, group, unit, range and status quo."""
    return listed(levers(), ("system", "group", "unit", "range", "default"))


def parameter_frame() -> pd.DataFrame:
    """Return the parameters: labels, unit, central value, prior and status."""
    return listed(parameters(), ("unit", "value", "low", "high", "distribution", "status"))


def outcome_frame() -> pd.DataFrame:
    """Return the outcomes: labels, unit, good direction, notable difference."""
    return listed(OUTCOMES, ("system", "unit", "better", "notable", "headline"))


def listed(declared: Mapping[str, object], columns: Sequence[str]) -> pd.DataFrame:
    """Return declarations as a frame with the id as index."""
    rows = [{"id": key, **{c: getattr(d, c) for c in columns}, **d.label} for key, d in declared.items()]
    return pd.DataFrame(rows).set_index("id")
