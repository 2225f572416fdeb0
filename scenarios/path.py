"""Dated values: a lever's value by month, in steps and ramps."""

from dataclasses import dataclass

from model.declare.errors import SettingError
from model.declare.setting import Lever, month_index, month_name
from scenarios.reader import join, kind_of, only, whole_number

MOST_STEPS = 200
LONGEST_RAMP = 120


@dataclass(frozen=True, slots=True)
class Step:
    """A value that holds from a month; with a ramp it is reached that many months later."""

    month: int
    value: float
    ramp_months: int = 0


def values_by_month(steps: tuple[Step, ...], before: float, first: int, last: int) -> list[float]:
    """Return one value a month for [first, last).

    ``before`` holds until the first step. A ramp moves linearly from the value before it.
    Expected: a ramp of 2 months from 0 to 1 at month 3 gives 0, .5, 1 in months 3, 4, 5.
    """
    found, held, step = [], before, Step(first, before)
    waiting = list(steps)
    for month in range(first, last):
        while waiting and waiting[0].month <= month:
            held, step = step.value, waiting.pop(0)
        found.append(value_in(step, held, month))
    return found


def value_in(step: Step, before: float, month: int) -> float:
    """Return the value of a step in a month, on the ramp or after it."""
    gone = month - step.month
    if gone >= step.ramp_months:
        return step.value
    return before + (step.value - before) * gone / step.ramp_months


def read_steps(
    raw: object, lever: Lever, where: str, span: tuple[int, int], extra: tuple[str, ...] = ()
) -> tuple[Step, ...]:
    """Return the steps of a lever: one value from the start of the span, or a list of dated ones.

    Args:
        raw: a value or a list of tables. span: first and last month that a step may start in.
        extra: further keys that a step may have.
    """
    if not isinstance(raw, list):
        return (Step(span[0], lever.accept(raw, where)),)
    if not 1 <= len(raw) <= MOST_STEPS:
        raise SettingError(where, f"must have 1–{MOST_STEPS} dated values; got {len(raw)}")
    steps: list[Step] = []
    for entry in raw:
        steps.append(read_step(entry, lever, where, span, extra))
        refuse_overlap(steps, where)
    return tuple(steps)


def read_step(entry: object, lever: Lever, where: str, span: tuple[int, int], extra: tuple[str, ...]) -> Step:
    """Return one dated value."""
    if not isinstance(entry, dict) or "from" not in entry or "value" not in entry:
        got = kind_of(entry) if not isinstance(entry, dict) else "a table without them"
        raise SettingError(where, f"must have 'from' and 'value' in each entry; got {got}")
    only(entry, ("from", "value", "ramp_months", *extra), where)
    month = month_within(entry["from"], join(where, "from"), span)
    value = lever.accept(entry["value"], where)
    ramp = 0
    if "ramp_months" in entry:
        place = join(where, "ramp_months")
        ramp = whole_number(entry["ramp_months"], 0, LONGEST_RAMP, place, "months")
        if ramp and lever.kind == "month":
            raise SettingError(place, f"must be 0 for a lever that is a month; got {ramp}")
    return Step(month, value, ramp)


def refuse_overlap(steps: list[Step], where: str) -> None:
    """Refuse a step that starts before the one ahead of it is complete."""
    if len(steps) < 2:
        return
    ahead, step = steps[-2:]
    earliest = ahead.month + max(ahead.ramp_months, 1)
    if step.month < earliest:
        why = "when the ramp ahead of it is complete" if ahead.ramp_months > 1 else "in order of date"
        raise SettingError(
            join(where, "from"),
            f"must be {month_name(earliest)} or later, {why}; got {month_name(step.month)}",
        )


def month_within(value: object, where: str, span: tuple[int, int]) -> int:
    """Return the index of a YYYY-MM text within a span of months."""
    limits = f"{month_name(span[0])}–{month_name(span[1])}"
    try:
        month = month_index(value)
    except (ValueError, AttributeError, TypeError):
        got = kind_of(value)
        raise SettingError(where, f"must be a month YYYY-MM in {limits}; got {got}", value=value) from None
    if not span[0] <= month <= span[1]:
        raise SettingError(where, f"must be a month in {limits}; got {value}", value=value)
    return month


def show_steps(steps: tuple[Step, ...], lever: Lever) -> str:
    """Return a path as people write it: ``0.2 from 2023-09, 0.5 from 2024-03 over 6 months``."""
    return ", ".join(
        f"{lever.show(s.value)} from {month_name(s.month)}" + (f" over {s.ramp_months} months" if s.ramp_months else "")
        for s in steps
    )
