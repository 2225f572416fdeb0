"""Show results on standard output: a ranking of several scenarios, or the levels of one."""

from collections.abc import Sequence
from pathlib import Path

import model.outcomes  # noqa: F401  (declares the outcomes)
from console.decision import show_decision
from console.options import Wanted
from console.show import print_csv, print_json, print_table
from console.words import say
from dashboard.words import label, number, scale
from experiments.compare import Place, rank
from experiments.decision import read_decision
from experiments.experiment import Options
from experiments.priors import calibration_note, draws_source, uncertain
from experiments.results import evidence_used
from experiments.summary import Row
from model.declare.outcome import OUTCOMES
from model.profile import Profile
from scenarios.scenario import Scenario

MILLION = 1e6


def show_results(
    summary: Sequence[Row],
    scenarios: Sequence[Scenario],
    profile: Profile,
    folder: Path,
    options: Options,
    wanted: Wanted,
) -> None:
    """Print the summary: a table of what matters most, or all of it for programs."""
    notes = notes_for(options, profile, wanted.lang)
    if wanted.format == "csv":
        print_csv([row._asdict() for row in summary])
    elif wanted.format == "json":
        choices, splits = read_decision(folder)
        print_json(
            {
                "results": folder.as_posix(),
                "calibrated": draws_source(options.posterior).calibrated,
                "notes": notes,
                "ranking": [place_row(p) for p in ranking(summary)],
                "summary": [row._asdict() for row in summary],
                "decision": [row._asdict() for row in choices],
                "variance": [row._asdict() for row in splits],
            }
        )
    elif len(scenarios) > 1:
        show_ranking(summary, scenarios, options, notes, wanted.lang)
        show_decision(folder, scenarios, headline(), wanted.lang)
    else:
        show_levels(summary, scenarios[0], options, notes, wanted.lang)


def headline() -> list[str]:
    """Return the ids of the headline outcomes."""
    return [key for key, outcome in OUTCOMES.items() if outcome.headline]


def ranking(summary: Sequence[Row]) -> list[Place]:
    """Return the ranking over the headline outcomes."""
    better = {key: o.better for key, o in OUTCOMES.items()}
    return rank(summary, headline(), better, {key: o.notable for key, o in OUTCOMES.items()})


def runs_of(options: Options) -> int:
    """Return the runs that each scenario has."""
    return max(options.draws, 1) * options.replicates


def notes_for(options: Options, profile: Profile, lang: str) -> list[str]:
    """Return what a reader has to know first: where parameters come from, no interval, assumptions."""
    used = evidence_used(profile)
    notes = notes_on_parameters(options, profile, lang)
    if runs_of(options) == 1:
        notes.append(say("one.run", lang))
    notes.append(say("assumptions", lang, n=used.get("assumption", 0), total=sum(used.values())))
    return notes


def notes_on_parameters(options: Options, profile: Profile, lang: str) -> list[str]:
    """Return where parameter values come from, and what they were fitted to."""
    source = draws_source(options.posterior)
    notes = [say(calibration_note(options.draws, source), lang)]
    if source.calibrated:
        posterior = source.posterior
        city = posterior.about["title"][lang]
        counts = {"informed": len(posterior.names), "uncertain": len(uncertain()), "targets": posterior.targets}
        notes.append(say("calibrated.counts", lang, city=city, **counts))
        if posterior.city != profile.name:
            notes.append(say("calibrated.elsewhere", lang, city=city))
    return notes


def show_ranking(
    summary: Sequence[Row], scenarios: Sequence[Scenario], options: Options, notes: list[str], lang: str
) -> None:
    """Print the scenarios in order, with the rule of the order below."""
    titles = {s.name: s.title[lang] for s in scenarios}
    places = ranking(summary)
    rows = [
        {
            "rank": place,
            "scenario": titles.get(p.scenario, p.scenario),
            "better": p.better,
            "worse": p.worse,
            "unclear": p.unclear,
            "cost": money(p, lang),
        }
        for place, p in enumerate(places, start=1)
    ]
    heads = {
        "rank": say("rank", lang),
        "scenario": say("scenario.head", lang),
        "better": say("better", lang),
        "worse": say("worse", lang),
        "unclear": say("unclear", lang),
        "cost": say("cost", lang),
    }
    judged = max((p.better + p.worse + p.unclear for p in places), default=0)
    title = say("ranking", lang, base=titles[scenarios[0].name], n=judged, months=months_of(summary))
    rule = say("rule" if runs_of(options) > 1 else "rule.one", lang)
    print_table(rows, heads, title, [rule, *notes], wide=("scenario",))


def place_row(place: Place) -> dict:
    """Return one place of the ranking for programs."""
    return {**place._asdict(), "share_better": place.share_better}


def money(place: Place, lang: str) -> str:
    """Return the extra cost in millions with its interval."""
    if place.cost is None:
        return ""
    text = number(place.cost / MILLION, 2, lang, signed=True)
    if place.cost_p05 is None or place.cost_p95 is None:
        return text
    low, high = (number(v / MILLION, 2, lang, signed=True) for v in (place.cost_p05, place.cost_p95))
    return f"{text} ({low} … {high})"


def months_of(summary: Sequence[Row]) -> int:
    """Return how many months the late mean is over."""
    return next(int(r.month.removeprefix("last")) for r in summary if r.month.startswith("last"))


def show_levels(summary: Sequence[Row], scenario: Scenario, options: Options, notes: list[str], lang: str) -> None:
    """Print the headline outcomes of one scenario."""
    by_outcome = {r.outcome: r for r in summary if r.month.startswith("last")}
    rows = [level_row(by_outcome[key], lang) for key in headline() if key in by_outcome]
    heads = {"outcome": say("outcome", lang), "mean": say("mean", lang)}
    if runs_of(options) > 1:
        heads["range"] = say("range", lang)
    heads["unit"] = say("unit", lang)
    form = "level" if runs_of(options) > 1 else "level.one"
    title = say(form, lang, title=scenario.title[lang], months=months_of(summary), runs=runs_of(options))
    print_table(rows, heads, title, notes, wide=())


def level_row(row: Row, lang: str) -> dict:
    """Return one outcome's level with its range, in two or three digits."""
    known = [abs(v) for v in (row.mean, row.p05, row.p95) if v is not None]
    scaling = scale(OUTCOMES[row.outcome].unit, max(known, default=0.0), lang)

    def show(value: float | None) -> str:
        return "–" if value is None else scaling.number(value)

    return {
        "outcome": label(row.outcome, lang),
        "mean": show(row.mean),
        "range": f"{show(row.p05)} … {show(row.p95)}",
        "unit": scaling.unit,
    }
