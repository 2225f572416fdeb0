"""OUTCOMES: what is measured, each declared once (numerator, or numerator and denominator, a row)."""

from model.declare.outcome import OUTCOMES, Outcome
from model.declare.setting import Settings
from model.outcomes import cadres, education

__all__ = ["cadres", "education", "outcomes_of"]


def outcomes_of(settings: Settings) -> tuple[Outcome, ...]:
    """Return the outcomes that the systems of a run can give, in the order of declaration."""
    systems = {*settings.systems, "both"}
    return tuple(o for o in OUTCOMES.values() if o.system in systems)
