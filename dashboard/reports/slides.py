"""The slides of a briefing: what it says, compared, for whom, how sure, what to discuss, and the method."""

from dashboard.reports.annexes import run_facts
from dashboard.reports.comparison import counts_table
from dashboard.reports.content import Picture, Slide
from dashboard.reports.limits import reservations
from dashboard.reports.material import Material
from dashboard.reports.phrases import speak

QUESTIONS = ("surprise", "loser", "assumption", "money", "pilot")
SHORT_LIMITS = (0, 1, 3, 4, 7)
FACTS = ("command", "seed", "draws", "replicates", "scale", "model_version", "experiments")


def slides(material: Material, said: tuple[str, ...], pictures: dict[str, Picture], lang: str) -> tuple[Slide, ...]:
    """Return the slides in their order; those without a picture to show are left out."""
    compared = Slide(speak("slide_compare", lang), (), counts_table(material, lang)) if material.policies else None
    shown = {
        "compare": ("effects",),
        "cost": ("trade-off",),
        "groups": ("income-gaps",),
        "districts": ("districts-vitality", "districts-three_burdens"),
        "time": tuple(name for name in pictures if name.startswith("trajectories-")),
    }
    figures = [
        Slide(speak(f"slide_{key}", lang), (pictures[name].caption,), pictures[name])
        for key, names in shown.items()
        for name in names
        if name in pictures
    ]
    doubts = reservations(material, lang)
    return (
        Slide(speak("slide_conclusion", lang), said),
        *([compared] if compared else []),
        *figures,
        Slide(speak("slide_limits", lang), tuple(doubts[k] for k in SHORT_LIMITS)),
        Slide(speak("slide_questions", lang), tuple(speak(f"question_{key}", lang) for key in QUESTIONS)),
        Slide(speak("slide_method", lang), method(material, lang)),
    )


def method(material: Material, lang: str) -> tuple[str, ...]:
    """Return the facts that make the results again, and how many numbers are assumed."""
    colon = "：" if lang == "zh" else ": "
    facts = {key: f"{name}{colon}{text}" for key, name, text in run_facts(material, lang)}
    return tuple(facts[key] for key in (*FACTS, "assumptions_used", "note"))
