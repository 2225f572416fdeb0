"""Build the report of a folder of results, in one language: title, summary, sections, annexes, slides and sheets."""

from datetime import datetime

from dashboard.figures.intervals import FEWEST_RUNS
from dashboard.reports.advice import advice
from dashboard.reports.annexes import annexes, counted
from dashboard.reports.comparison import comparison, cost
from dashboard.reports.content import Report
from dashboard.reports.facts import facts
from dashboard.reports.limits import limits
from dashboard.reports.material import Material
from dashboard.reports.phrases import speak
from dashboard.reports.pictures import pictures_of
from dashboard.reports.problems import problems
from dashboard.reports.sheets import sheets
from dashboard.reports.slides import slides
from dashboard.words import MONTHS, month


def report_of(material: Material, lang: str) -> Report:
    """Return the whole report."""
    pictures, said = pictures_of(material, lang), abstract(material, lang)
    short = (said[0], *policies_in_short(material, "slide_policy", lang), said[-1])
    months = material.tables.months
    sections = (
        facts(material, lang),
        problems(material, lang),
        comparison(material, pictures, lang),
        advice(material, lang),
        limits(material, lang),
        *annexes(material, lang),
    )
    span = {"first": month(months[0], lang), "last": month(months[-1], lang)}
    version = material.manifest["model_version"]
    return Report(
        lang,
        title(material, lang),
        speak("subtitle", lang, city=material.city(lang), version=version, **span),
        speak("mark", lang),
        day(str(material.manifest["finished"]), lang),
        said,
        sections,
        slides(material, short, pictures, lang),
        sheets(material, pictures, lang),
    )


def title(material: Material, lang: str) -> str:
    """Return the title, which names the first policy."""
    policies = material.policies
    if not policies:
        return speak("title_alone", lang, name=material.name(material.base, lang))
    key = "title_one" if len(policies) == 1 else "title_many"
    return speak(key, lang, name=material.name(policies[0], lang), n=len(policies))


def day(finished: str, lang: str) -> str:
    """Return the day on which the results were finished, in Arabic digits."""
    when = datetime.fromisoformat(finished)
    name = MONTHS[when.month - 1] if lang == "en" else when.month
    return speak("date", lang, year=when.year, month=name, day=when.day)


def abstract(material: Material, lang: str) -> tuple[str, ...]:
    """Return the summary: what was done, a sentence a scenario, and how to read it."""
    m = material.manifest
    said = {
        "version": m["model_version"], "city": material.city(lang), "last": month(material.tables.months[-1], lang),
        "runs": material.runs, "n": len(material.policies), "base": material.name(material.base, lang),
        "name": material.name(material.base, lang),
    }  # fmt: skip
    first = speak("abstract_what" if material.policies else "abstract_alone", lang, **said)
    last = speak("abstract_read", lang, note=m["note"][lang], **counted(material))
    return first, *policies_in_short(material, "abstract_policy", lang), last


def policies_in_short(material: Material, key: str, lang: str) -> tuple[str, ...]:
    """Return one sentence a scenario: how many outcomes clearly move, and what it costs."""
    return tuple(policy_in_short(material, policy, key, lang) for policy in material.policies)


def policy_in_short(material: Material, policy: str, key: str, lang: str) -> str:
    """Return one scenario's sentence."""
    found = cost(material, policy, lang)
    said = {"name": material.name(policy, lang), "cost": speak("cost_found", lang, found=found) if found else ""}
    if material.runs < FEWEST_RUNS:
        return speak("abstract_few", lang, runs=material.runs, **said).strip()
    good, bad = (len(material.with_verdict(policy, word)) for word in ("better", "worse"))
    n = len(material.headline)
    return speak(key, lang, n=n, b=good, w=bad, u=n - good - bad, **said).strip()
