"""Markdown tables: cells, code names and ranges."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell(c) for c in line) + " |" for line in lines)


def cell(value: object) -> str:
    """Return one cell: numbers short, lists joined, bars and line ends out of the way."""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return " ".join(str(value).replace("|", "\\|").split())


def code(names: Iterable[str]) -> str:
    """Return names in code type, joined."""
    return " ".join(f"`{name}`" for name in names)


def span(low: float | None, high: float | None) -> str:
    """Return a range as people write it; open ends where there is no bound."""
    if low is None and high is None:
        return "any"
    if low is None or high is None:
        return f"{low:g} or more" if high is None else f"up to {high:g}"
    return f"{low:g}–{high:g}" if low != high else f"{low:g}"
