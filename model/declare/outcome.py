"""A named measure: unit, direction, the rows it is over, and numerator and denominator.

Every outcome is a ratio of two weighted sums over rows (a mean has a denominator of ones, a total
has none). So the same declaration gives the city, each district, each income fifth and each post.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from model.declare.errors import DeclarationError
from model.declare.unit import check_unit

BETTER = ("high", "low", "neutral")


@dataclass(frozen=True)
class Outcome:
    """One declared outcome.

    ``measure`` takes columns (and settings after ``*``) and returns a numerator, or the pair
    (numerator, denominator), one value a row of ``over``. ``notable`` is the smallest difference
    worth naming, in the outcome's unit (an assumption of presentation, not of the model).
    """

    id: str
    over: str
    unit: str
    better: str
    system: str
    groups: tuple[str, ...]
    label: dict[str, str]
    about: dict[str, str]
    headline: bool
    notable: float
    measure: Callable

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that the measure reads."""
        given = inspect.signature(self.measure).parameters.values()
        return tuple(p.name for p in given if p.kind is p.POSITIONAL_OR_KEYWORD)

    @cached_property
    def settings(self) -> tuple[str, ...]:
        """Names of the levers and parameters that the measure reads."""
        given = inspect.signature(self.measure).parameters.values()
        return tuple(p.name for p in given if p.kind is p.KEYWORD_ONLY)


OUTCOMES: dict[str, Outcome] = {}


def outcome(
    *,
    over: str,
    unit: str,
    better: str,
    system: str,
    groups: str,
    en: str,
    zh: str,
    about: str,
    about_zh: str,
    headline: bool = False,
    notable: float = 0.0,
) -> Callable[[Callable], Callable]:
    """Register a measure as an outcome; its id is the function's name."""
    if better not in BETTER:
        raise DeclarationError(f"better must be one of {', '.join(BETTER)}; got '{better}'")

    def register(function: Callable) -> Callable:
        name = function.__name__
        check_unit(unit, name)
        OUTCOMES[name] = Outcome(
            name,
            over,
            unit,
            better,
            system,
            tuple(groups.split()),
            {"en": en, "zh": zh},
            {"en": about, "zh": about_zh},
            headline,
            notable,
            function,
        )
        return function

    return register
