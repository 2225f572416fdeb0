"""Section 5 of a report: what the numbers do not say."""

from dashboard.reports.choices import choice_tables
from dashboard.reports.content import Points, Section
from dashboard.reports.facts import counts
from dashboard.reports.material import Material
from dashboard.reports.phrases import speak

ENOUGH_RUNS = 30


def limits(material: Material, lang: str) -> Section:
    """Return the section on uncertainty, with what may be decided and whose doubt it is."""
    parts = Points(reservations(material, lang)), *choice_tables(material, lang)
    return Section(speak("limits", lang), parts)


def reservations(material: Material, lang: str) -> tuple[str, ...]:
    """Return the reservations, the strongest first."""
    manifest, found = material.manifest, counts(material)
    key = "limit_calibrated" if manifest.get("calibrated") else "limit_calibration"
    said = manifest["note"][lang]
    scale = str(manifest["scale"]).partition(":")[2]
    runs = "limit_runs_enough" if material.runs >= ENOUGH_RUNS else "limit_runs"
    return (
        speak(key, lang, note=said[:1].upper() + said[1:]),
        speak("limit_assumptions", lang, n=found["assumption"], total=found["total"]),
        speak("limit_hidden", lang),
        speak("limit_interval", lang),
        speak(runs, lang, runs=material.runs),
        speak("limit_scale", lang, scale=scale),
        speak("limit_left_out", lang),
        speak("limit_use", lang),
    )
