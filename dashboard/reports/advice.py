"""Section 4 of a report: options that follow from the scenarios; the model shows consequences, people decide."""

from dashboard.figures.intervals import FEWEST_RUNS
from dashboard.reports.comparison import by_size, cost
from dashboard.reports.content import Paragraph, Part, Points, Section
from dashboard.reports.material import Material
from dashboard.reports.phrases import change_in_words, effect_items, joined, numeral, speak
from dashboard.words import label
from model.declare.setting import levers

BODIES = {
    "relief": ("organisation", "discipline", "units"),
    "conviction": ("organisation", "publicity", "party_school"),
    "growth": ("organisation", "personnel"),
    "concepts": ("education", "schools", "families"),
    "teaching": ("education", "schools"),
    "after_school": ("education", "finance", "schools"),
    "supervision": ("education", "market", "fire", "districts"),
}
NAMED_AIMS, NAMED_LEVERS, NAMED_HARMS = 3, 6, 3


def advice(material: Material, lang: str) -> Section:
    """Return an option a scenario with a clear improvement, and what holds for all."""
    if not material.policies or material.runs < FEWEST_RUNS:
        key = "advice_few" if material.policies else "advice_alone"
        return Section(speak("advice", lang), (Paragraph(speak(key, lang, runs=material.runs)),), pilot(1, lang))
    helpful = [s for s in material.policies if material.with_verdict(s, "better")]
    sections = [option(material, s, n, lang) for n, s in enumerate(helpful, start=1)]
    idle = [s for s in material.policies if s not in helpful]
    if idle:
        names = joined((speak("quoted", lang, name=material.name(s, lang)) for s in idle), lang, by="names")
        said = Paragraph(speak("advice_none", lang, names=names, runs=material.runs))
        head = speak("advice_none_head", lang, n=numeral(len(sections) + 1, lang))
        sections.append(Section(head, (said,)))
    sections += pilot(len(sections) + 1, lang)
    return Section(speak("advice", lang), (Paragraph(speak("advice_intro", lang)),), tuple(sections))


def pilot(n: int, lang: str) -> tuple[Section, ...]:
    """Return what holds whichever scenario is chosen."""
    head = speak("advice_pilot_head", lang, n=numeral(n, lang))
    return (Section(head, (Paragraph(speak("advice_pilot", lang)),)),)


def option(material: Material, policy: str, n: int, lang: str) -> Section:
    """Return one option: what, on which scenario it rests, expected effect, cost, risks, who is responsible."""
    good = by_size(material, policy, "better")
    aims = joined((label(o, lang) for o in good[:NAMED_AIMS]), lang, by="names")
    title = speak("advice_head", lang, n=numeral(n, lang), aims=aims, name=material.name(policy, lang))
    base = material.tables.scenarios[material.tables.bases[material.tables.policies[policy]]]
    named = {"name": material.name(policy, lang), "base": material.name(base, lang), "runs": material.runs}
    items = [
        measures(material, policy, lang),
        speak("advice_basis", lang, **named),
        speak("advice_effect", lang, items=effect_items(material, policy, good, lang)),
    ]
    found = cost(material, policy, lang)
    items += [speak("advice_cost", lang, found=found)] if found else []
    items += [risks(material, policy, lang), *responsible(material, policy, lang)]
    parts: tuple[Part, ...] = (Points(tuple(item for item in items if item)),)
    return Section(title, parts)


def measures(material: Material, policy: str, lang: str) -> str:
    """Return what the scenario does, the first levers in full."""
    changes = material.changes[policy]
    if not changes:
        return ""
    said = joined((change_in_words(c, lang) for c in changes[:NAMED_LEVERS]), lang)
    if len(changes) > NAMED_LEVERS:
        said = speak("advice_what_more", lang, levers=said, n=len(changes) - NAMED_LEVERS)
    return speak("advice_what", lang, levers=said)


def risks(material: Material, policy: str, lang: str) -> str:
    """Return what clearly worsens, and whom the changed levers may hurt by their declaration."""
    bad = by_size(material, policy, "worse")
    said = speak("advice_risk_none", lang, runs=material.runs)
    if bad:
        said = speak("advice_risk_worse", lang, items=effect_items(material, policy, bad, lang))
    harms = list(dict.fromkeys(levers()[c.lever].harm[lang] for c in material.changes[policy]))[:NAMED_HARMS]
    gap = " " if lang == "en" else ""
    return said + gap + speak("advice_harm", lang, harms=gap.join(harms)) if harms else said


def responsible(material: Material, policy: str, lang: str) -> tuple[str, ...]:
    """Return the sentence on who is responsible, from the groups of the changed levers."""
    groups = dict.fromkeys(levers()[c.lever].group for c in material.changes[policy])
    bodies = dict.fromkeys(body for group in groups for body in BODIES[group])
    if not bodies:
        return ()
    named = joined((speak(f"body_{body}", lang) for body in bodies), lang, by="names")
    return (speak("advice_who", lang, bodies=named),)
