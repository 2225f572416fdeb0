"""Section 1 of a report: why, what, how, from which numbers, and which scenarios."""

from dashboard.figures import notes
from dashboard.figures.tables import FIRST_FUTURE
from dashboard.reports.content import Paragraph, Points, Section
from dashboard.reports.material import Material
from dashboard.reports.phrases import joined, sentences, speak
from dashboard.words import label, month
from model.declare.source import KINDS

NAMED_LEVERS = 5


def facts(material: Material, lang: str) -> Section:
    """Return the section on background, method, sources and scenarios."""
    return Section(
        speak("facts", lang),
        sections=(
            Section(
                speak("facts_why", lang), (Paragraph(speak("background", lang)), Paragraph(speak("purpose", lang)))
            ),
            Section(speak("facts_how", lang), tuple(map(Paragraph, method(material, lang)))),
            Section(speak("facts_data", lang), (Paragraph(speak("data", lang, **counts(material))),)),
            Section(speak("facts_scenarios", lang), (Points(scenarios(material, lang)),)),
        ),
    )


def method(material: Material, lang: str) -> tuple[str, ...]:
    """Return scope, method and the meaning of the words that judge."""
    m, months = material.manifest, material.tables.months
    draws = speak("draws" if m["draws"] else "draws_none", lang, n=m["draws"])
    return (
        speak(
            "scope", lang, city=material.city(lang), scale=str(m["scale"]).partition(":")[2],
            first=month(months[0], lang), last=month(months[-1], lang), future=month(FIRST_FUTURE, lang),
        ),
        speak(
            "method", lang, draws=draws, replicates=speak("replicates", lang, n=m["replicates"]), runs=material.runs,
            seed=m["seed"],
        ),
        speak("reading", lang, **notes.span(material.tables, lang)),
    )  # fmt: skip


def counts(material: Material) -> dict[str, int]:
    """Return the input numbers by kind of evidence and in all."""
    found = {kind: material.evidence.get(kind, 0) for kind in KINDS}
    return {**found, "total": sum(material.evidence.values())}


def scenarios(material: Material, lang: str) -> tuple[str, ...]:
    """Return one sentence a scenario: the baseline, and what each other changes."""
    base = material.name(material.base, lang)
    return speak("scenario_base", lang, name=base), *(scenario(material, s, lang) for s in material.policies)


def scenario(material: Material, policy: str, lang: str) -> str:
    """Return the levers that a policy changes, the first few by name."""
    tables = material.tables
    base = tables.scenarios[tables.bases[tables.policies[policy]]]
    named = {"name": material.name(policy, lang), "base": material.name(base, lang)}
    changes = material.changes[policy]
    said = [speak("scenario_same", lang, **named)]
    if changes:
        levers = joined((label(c.lever, lang) for c in changes[:NAMED_LEVERS]), lang, by="names")
        if len(changes) > NAMED_LEVERS:
            levers = speak("scenario_more", lang, levers=levers)
        said = [speak("scenario_changes", lang, n=len(changes), levers=levers, **named)]
    if base != tables.scenarios[0]:
        said.append(speak("scenario_assumes", lang, name=named["name"]))
    return sentences(said, lang)
