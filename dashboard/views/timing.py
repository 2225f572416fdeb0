"""Dates of a lever's path: the last change moves, earlier ones stay as they are."""

from dataclasses import replace

from scenarios.path import Step
from scenarios.scenario import FIRST_FUTURE


def moved_to(steps: tuple[Step, ...], value: float, start: int, ramp: int) -> tuple[Step, ...]:
    """Return a path whose last change goes to another value; a path at rest gets its first change.

    Expected: ``moved_to((), 0.4, 32, 3) == (Step(32, 0.4, 3),)``.
    """
    if not steps:
        return (Step(start, value, ramp),)
    return (*steps[:-1], replace(steps[-1], value=value))


def retimed(steps: tuple[Step, ...], start: int, ramp: int) -> tuple[Step, ...]:
    """Return a path whose last change has other dates, never before the one ahead of it is complete."""
    return (*steps[:-1], replace(steps[-1], month=max(start, earliest(steps)), ramp_months=ramp))


def earliest(steps: tuple[Step, ...]) -> int:
    """Return the first month in which the last change of a path may start."""
    if len(steps) < 2:
        return FIRST_FUTURE
    return steps[-2].month + max(steps[-2].ramp_months, 1)


def start_of(steps: tuple[Step, ...]) -> int:
    """Return the month in which the last change of a path starts."""
    return steps[-1].month
