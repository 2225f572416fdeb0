"""What can be set and what is measured: levers, parameters and outcomes."""

import model.outcomes  # noqa: F401  (declares the outcomes)
from model.declare.outcome import OUTCOMES, Outcome
from model.declare.setting import Lever, levers, parameters
from model.describe.markdown import span, table


def lever_table() -> str:
    """Return the levers with range, status quo, unit cost and quotation."""
    heads = ("lever", "meaning", "中文", "unit", "range", "status quo", "cost", "evidence", "quotation")
    rows = [
        (f"`{v.id}`", v.label["en"], v.label["zh"], v.unit, lever_range(v), v.show(v.default), lever_cost(v),
         f"{v.status}: {v.source}", v.quote["text"])
        for v in levers().values()
    ]  # fmt: skip
    return table(heads, rows)


def lever_range(lever: Lever) -> str:
    """Return a lever's range as people write it."""
    return "YYYY-MM or none" if lever.kind == "month" else span(*lever.range)


def lever_cost(lever: Lever) -> str:
    """Return what a lever costs the public a month, in words."""
    cost = lever.cost
    if not cost["value"]:
        return "none of its own"
    times = {"level": "level × ", "per_year": "level ÷ 12 × ", "none": ""}[cost["measure"]]
    return f"{cost['value']:g} {cost['unit']} × {times}{cost['basis'].replace('_', ' ')}"


def parameter_table() -> str:
    """Return the parameters with central value, range and prior."""
    heads = ("parameter", "meaning", "中文", "unit", "value", "range", "prior", "evidence")
    rows = [
        (f"`{p.id}`", p.label["en"], p.label["zh"], p.unit, p.value, span(p.low, p.high), p.distribution,
         f"{p.status}: {p.source}")
        for p in parameters().values()
    ]  # fmt: skip
    return table(heads, rows)


def rank_cells(outcome: Outcome) -> tuple[str, str]:
    """Return whether an outcome counts in rankings, and the least difference that does."""
    return ("yes", f"{outcome.notable:g}") if outcome.headline else ("", "")


def outcome_table() -> str:
    """Return the outcomes with unit, direction, rows and groups."""
    heads = ("outcome", "meaning", "中文", "unit", "better", "over", "also by", "headline", "notable")
    rows = [
        (f"`{o.id}`", o.about["en"], o.label["zh"], o.unit, o.better, o.over, o.groups, *rank_cells(o))
        for o in OUTCOMES.values()
    ]
    return table(heads, rows)
