"""The annexes of a report: settings, parameters, assumptions, the model, and how to make the results again."""

from collections import Counter

from dashboard.reports.changes import Change, value_in_words
from dashboard.reports.content import Grid, Paragraph, Part, Points, Section
from dashboard.reports.facts import counts
from dashboard.reports.material import Material, forms_of
from dashboard.reports.phrases import plain, speak
from dashboard.words import OUTCOMES, label
from model.declare.setting import levers, parameters
from model.declare.source import KINDS
from model.declare.unit import UNITS
from model.entities import ENTITIES


def annexes(material: Material, lang: str) -> tuple[Section, ...]:
    """Return the five annexes."""
    parts = {
        "settings": settings(material, lang),
        "parameters": parameters_part(lang),
        "assumptions": assumptions(material, lang),
        "model": (Paragraph(model_text(lang)),),
        "again": again(material, lang),
    }
    return tuple(
        Section(speak("annex", lang, n=n, title=speak(f"annex_{key}", lang)), found, annex=True)
        for n, (key, found) in enumerate(parts.items(), start=1)
    )


def settings(material: Material, lang: str) -> tuple[Part, ...]:
    """Return a table of changed levers a scenario, and the assumptions that scenarios bring."""
    heads = tuple(speak(k, lang) for k in ("head_lever", "head_base", "head_value", "head_from", "head_full"))
    base = material.name(material.base, lang)
    grids = [
        Grid(
            material.name(s, lang), heads, tuple(setting_row(c, lang) for c in changes), widths=(4, 2.6, 2.6, 1.6, 1.6)
        )
        for s, changes in material.changes.items()
        if changes
    ]
    intro = speak("annex_settings_intro" if grids else "annex_settings_none", lang, base=base)
    forms = tuple(
        f"{material.name(s, lang)}: {name} = {form}"
        for s in material.tables.scenarios
        for name, form in forms_of(material.experiments, s).items()
    )
    own = (Paragraph(speak("annex_settings_assumes", lang)), Points(forms)) if forms else ()
    return Paragraph(intro), *grids, *own


def setting_row(change: Change, lang: str) -> tuple[str, ...]:
    """Return one changed lever as a row."""
    lever = levers()[change.lever]
    old, new = (value_in_words(lever, v, lang) for v in (change.old, change.new))
    return lever.label[lang], old, new, change.start, change.full


def parameters_part(lang: str) -> tuple[Part, ...]:
    """Return the parameters by kind of evidence, and where all of them are; in HTML all of them, folded."""
    found = Counter(p.status for p in parameters().values())
    heads = (speak("head_kind", lang), speak("head_count", lang))
    rows = [(speak(f"status_{kind}", lang), str(found[kind])) for kind in KINDS]
    rows.append((speak("status_all", lang), str(found.total())))
    keys = ("head_label", "head_value", "head_low", "head_high", "head_unit", "head_kind", "head_source")
    whole = tuple(
        (p.label[lang], plain(p.value, lang), plain(p.low, lang), plain(p.high, lang), unit_of(p.unit, lang),
         speak(f"status_{p.status}", lang), p.source)
        for p in parameters().values()
    )  # fmt: skip
    title = speak("annex_parameters", lang)
    return (
        Paragraph(speak("annex_parameters_intro", lang)),
        Grid(title, heads, tuple(rows)),
        Grid(title, tuple(speak(k, lang) for k in keys), whole, long=True),
    )


def assumptions(material: Material, lang: str) -> tuple[Part, ...]:
    """Return the assumptions behind the levers that the scenarios change."""
    used = dict.fromkeys(c.lever for changes in material.changes.values() for c in changes)
    heads = (speak("head_lever", lang), speak("head_assumption", lang))
    rows = tuple((label(key, lang), text) for key in used if (text := assumed(key, lang)))
    intro = Paragraph(speak("annex_assumptions_intro", lang))
    count = Paragraph(speak("assumptions_said", lang, **counted(material)))
    return (count, intro, Grid(speak("annex_assumptions", lang), heads, rows, widths=(3, 9))) if rows else (count,)


def counted(material: Material) -> dict[str, int]:
    """Return how many input numbers are assumptions, and of how many."""
    found = counts(material)
    return {"n": found["assumption"], "total": found["total"]}


def assumed(key: str, lang: str) -> str:
    """Return what is assumed about one lever: its status quo, its unit cost, or nothing."""
    lever, said = levers()[key], []
    if lever.status == "assumption":
        said.append(speak("assumed_status_quo", lang, value=value_in_words(lever, lever.default, lang)))
    if lever.cost["source"].startswith("assumption"):
        unit = speak("unit_cny_year", lang) if lever.cost["unit"] == "CNY/year" else unit_of(lever.cost["unit"], lang)
        about = lever.cost["about"][lang]
        said.append(speak("assumed_cost", lang, value=plain(lever.cost["value"], lang), unit=unit, about=about))
    return speak("list", lang).join(said)


def unit_of(unit: str, lang: str) -> str:
    """Return a unit in the reader's language."""
    return UNITS.get(unit, unit) if lang == "zh" else unit


def model_text(lang: str) -> str:
    """Return what the model is, in numbers counted from its declarations."""
    from model.schedule import scheduled

    members = speak(
        "annex_model_members", lang, mechanisms=len(scheduled()), entities=len(ENTITIES), levers=len(levers()),
        parameters=len(parameters()), outcomes=len(OUTCOMES),
    )  # fmt: skip
    return speak("annex_model_text", lang, members=members)


def again(material: Material, lang: str) -> tuple[Part, ...]:
    """Return the command and everything else that makes the same numbers."""
    rows = tuple((name, text) for _, name, text in run_facts(material, lang))
    heads = (speak("head_item", lang), speak("head_content", lang))
    return Paragraph(speak("annex_again_intro", lang)), Grid(speak("annex_again", lang), heads, rows, widths=(3, 9))


def run_facts(material: Material, lang: str) -> list[tuple[str, str, str]]:
    """Return (machine key, label, text) of each fact of the run."""
    m = material.manifest
    keys = ("command", "seed", "draws", "replicates", "scale", "until", "experiments", "model_version", "finished")
    found = [(key, speak(f"run_{key}", lang), str(m[key])) for key in keys]
    count = speak("assumptions_count", lang, **counted(material))
    found.append(("city", speak("run_city", lang), f"{m['city']['name']} ({material.city(lang)})"))
    found.append(("assumptions_used", speak("run_assumptions", lang), count))
    found.append(("note", speak("run_note", lang), str(m["note"][lang])))
    for name, version in m["versions"].items():
        found.append((f"versions.{name}", speak("run_version", lang, name=name), str(version)))
    for name, file in m["files"].items():
        found.append((f"files.{name}", speak("run_digest", lang, name=name), str(file["blake2b"])))
    return found
