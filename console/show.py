"""Print rows on standard output, as a table for people or as JSON or CSV for programs."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence

WIDEST = 10_000
NARROWEST = 14


def show(
    rows: Sequence[Mapping],
    form: str,
    heads: Mapping[str, str],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    wide: Sequence[str] = (),
) -> None:
    """Print rows; in a table, ``heads`` picks and names the columns and ``notes`` stand below.

    JSON and CSV carry every key of the rows but those that start with "_", which are for tables.
    """
    whole = [{key: value for key, value in row.items() if not key.startswith("_")} for row in rows]
    if form == "json":
        print_json(whole)
    elif form == "csv":
        print_csv(whole)
    else:
        print_table(rows, heads, title, notes, wide)


def print_json(what: object) -> None:
    """Print JSON with Chinese left readable; values that are not numbers become null."""
    print(json.dumps(plain(what), ensure_ascii=False, indent=1, allow_nan=False))


def plain(what: object) -> object:
    """Return a value that JSON can hold."""
    if isinstance(what, Mapping):
        return {str(k): plain(v) for k, v in what.items()}
    if isinstance(what, list | tuple):
        return [plain(v) for v in what]
    if isinstance(what, float):
        return what if abs(what) < float("inf") else None
    return what


def print_csv(rows: Sequence[Mapping]) -> None:
    """Print CSV; a nested value is written as JSON."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    names = list(dict.fromkeys(name for row in rows for name in row))
    out.writerow(names)
    for row in rows:
        out.writerow([cell(row.get(name)) for name in names])


def cell(value: object) -> object:
    """Return a value as one CSV field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(plain(value), ensure_ascii=False)
    return f"{value:.10g}" if isinstance(value, float) else value


def print_table(
    rows: Sequence[Mapping], heads: Mapping[str, str], title: str, notes: Sequence[str], wide: Sequence[str]
) -> None:
    """Print a table as wide as the terminal, ``wide`` columns broken as needed; into a pipe, as wide as it needs."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for key, head in heads.items():
        numeric = all(isinstance(row.get(key), int | float | None) for row in rows)
        longest = max([0, *(len(words(row.get(key))) for row in rows)])
        table.add_column(
            Text(head),
            justify="right" if numeric else "left",
            no_wrap=key not in wide,
            min_width=min(longest, NARROWEST) if key in wide else None,
        )
    for row in rows:
        table.add_row(*(Text(words(row.get(key))) for key in heads))
    console = standard_output(table)
    if title:
        console.print(Text(title, style="bold"), soft_wrap=True)
    console.print(table)
    for note in notes:
        console.print(Text(note), soft_wrap=True)


def words(value: object) -> str:
    """Return a value as people read it in a table."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return str(value)


def standard_output(table: object):
    """Return rich's console for standard output, at least as wide as the table must be."""
    from rich.console import Console
    from rich.measure import Measurement

    console = Console(width=None if sys.stdout.isatty() else WIDEST, highlight=False, emoji=False)
    unbound = Console(width=WIDEST)
    console.width = max(console.width, Measurement.get(unbound, unbound.options, table).minimum)
    return console


def note(text: str, quiet: bool) -> None:
    """Print one line on standard error, unless quiet."""
    if not quiet:
        print(text, file=sys.stderr, flush=True)
