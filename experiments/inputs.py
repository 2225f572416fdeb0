"""Inputs of a sensitivity study: levers over their range, parameters over their distribution, by a share in 0–1."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from experiments.points import Point, constant, pairs
from experiments.priors import uncertain
from model.declare.errors import SettingError, unknown
from model.declare.setting import Lever, Parameter, levers, month_index, parameters

LEVER, PARAMETER = "lever", "parameter"
OVER = ("levers", "parameters", "both")


@dataclass(frozen=True)
class Input:
    """One setting that is varied; ``quantile`` turns a share in 0–1 into its value."""

    id: str
    kind: str
    group: str
    quantile: Callable[[float], float]


def input_of(setting: Lever | Parameter) -> Input:
    """Return a lever, evenly over its range, or a parameter, by its distribution, as an input."""
    if isinstance(setting, Parameter):
        return Input(setting.id, PARAMETER, setting.id, setting.quantile)
    if setting.kind == "month":
        low, high = map(month_index, setting.months)
        return Input(setting.id, LEVER, setting.group, lambda u: float(min(low + int(u * (high - low + 1)), high)))
    low, high = setting.range
    return Input(setting.id, LEVER, setting.group, lambda u: low + u * (high - low))


def inputs_of(over: str, only: Sequence[str], systems: Sequence[str]) -> list[Input]:
    """Return the inputs of a study, in the order of their declaration.

    Args:
        over: levers, parameters or both. only: names of settings or of groups of levers; all if empty.
        systems: those that are simulated; levers of another one could not act.

    Raises:
        SettingError: a name that is no such setting or group, or none is left.
    """
    chosen: list[Lever | Parameter] = []
    if over in ("levers", "both"):
        chosen += [lever for lever in levers().values() if lever.system in systems]
    if over in ("parameters", "both"):
        chosen += uncertain()
    known = {s.id for s in chosen} | {s.group for s in chosen if isinstance(s, Lever)}
    for name in only:
        if name not in known:
            raise refused(name, over, known)
    if only:
        chosen = [s for s in chosen if s.id in only or getattr(s, "group", None) in only]
    return [input_of(s) for s in chosen]


def refused(name: str, over: str, known: set[str]) -> SettingError:
    """Return the error for a name that cannot be varied: unknown, fixed, or of the other kind."""
    where = f"--only {name}"
    if name in parameters() and parameters()[name].distribution == "fixed":
        return SettingError(where, "must be a parameter with a distribution; got a fixed one")
    if name in levers() or name in parameters():
        return SettingError(where, f"must be one of the settings that are varied ({over}); got another one")
    return unknown(where, "setting", name, known, "run_sim.py list levers")


def point_at(inputs: Sequence[Input], shares: Sequence[float], luck: int, drawn: dict[str, float]) -> Point:
    """Return the point that a row of the unit cube stands for."""
    values = {i.id: i.quantile(float(u)) for i, u in zip(inputs, shares, strict=True)}
    moved = {i.id: values[i.id] for i in inputs if i.kind == LEVER}
    return Point(
        luck, constant(moved), pairs({i.id: values[i.id] for i in inputs if i.kind == PARAMETER}), pairs(drawn)
    )
