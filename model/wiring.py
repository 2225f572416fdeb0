"""From the names in a mechanism's signature to the arrays they mean."""

import inspect
from collections.abc import Callable

import numpy as np

from model.declare.column import Table
from model.declare.draws import Draws
from model.declare.errors import DeclarationError
from model.declare.mechanism import CLOCK, REGISTRY, Mechanism
from model.declare.relate import Grouping, Pointing, Ties, Weights, look_up
from model.declare.setting import levers, parameters
from model.entities import ENTITIES

Rows = np.ndarray | slice
Fetch = Callable[[dict[str, Table], Draws, int, Rows], np.ndarray]
EVERYONE = slice(None)
SUMMARIES = ("sum", "mean", "count")


def fetcher(name: str, on: str, stream: str) -> Fetch:
    """Return the function that fetches one argument before the ``*`` for some rows.

    Raises:
        DeclarationError: when the name means no column, relation or draw.
    """
    head, _, rest = name.partition("__")
    if not rest:
        return drawn(f"{stream}.{name[2:]}", on) if name.startswith("u_") else own(name, on, stream)
    if head in SUMMARIES:
        return summary(head, rest, on, stream)
    if head == "every":
        entity, _, column = rest.partition("__")
        need(entity, column, stream)
        return lambda tables, draws, month, rows: tables[entity].columns[column]
    need(head, rest, stream)
    if head == "city":
        return lambda tables, draws, month, rows: fit(tables["city"].columns[rest], tables[on])
    need(on, f"{head}_id", stream)
    return looked_up(head, rest, on)


def pick(values: np.ndarray, rows: Rows) -> np.ndarray:
    """Return the values of some rows, or all of them as they are."""
    return values if rows is EVERYONE else values.take(rows)


def own(name: str, on: str, where: str) -> Fetch:
    """Return the fetcher of the entity's own column."""
    need(on, name, where)
    return lambda tables, draws, month, rows: pick(tables[on].columns[name], rows)


def drawn(stream: str, on: str) -> Fetch:
    """Return the fetcher of one uniform draw a row; everybody's number is drawn, so that it stays the same."""
    real = ENTITIES[on].real

    def fetch(tables: dict[str, Table], draws: Draws, month: int, rows: Rows) -> np.ndarray:
        drawn_for_all = draws.uniform(stream, month, tables[on].n, real)
        return pick(drawn_for_all, rows).astype(tables[on].real, copy=False)

    return fetch


def looked_up(other: str, column: str, on: str) -> Fetch:
    """Return the fetcher of a column of the row that this one points to."""
    pointer = f"{other}_id"
    lasting = lasts(on, pointer)

    def fetch(tables: dict[str, Table], draws: Draws, month: int, rows: Rows) -> np.ndarray:
        table = tables[on]
        values, array = fit(tables[other].columns[column], table), table.columns[pointer]
        if rows is not EVERYONE:
            return look_up(values, array.take(rows))
        way = table.kept("look up " + pointer, array, lambda: Pointing(array, lasting))
        return way.look_up(values, table.n)

    return fetch


def fit(values: np.ndarray, table: Table) -> np.ndarray:
    """Return real values in the precision of a table."""
    return values.astype(table.real, copy=False) if values.dtype.kind == "f" else values


def need(entity: str, column: str, where: str) -> None:
    """Refuse a column that is not declared."""
    if entity not in ENTITIES or column not in ENTITIES[entity].by_name:
        raise DeclarationError(f"{where}: undeclared column '{entity}.{column}'", key=column)


def summary(verb: str, rest: str, on: str, where: str) -> Fetch:
    """Return the fetcher of a sum, mean or count over another entity or over ties."""
    entity, _, column = rest.partition("__")
    if entity in ENTITIES[on].ties:
        need(on, column, where)
        return lambda tables, draws, month, rows: mean_of_ties(tables[on], entity, column, rows)
    number = group_sum(entity, None, on)
    if verb == "count":
        return lambda tables, draws, month, rows: number(tables)
    need(entity, column, where)
    total = group_sum(entity, column, on)
    if verb == "sum":
        return lambda tables, draws, month, rows: total(tables)

    def mean(tables: dict[str, Table], draws: Draws, month: int, rows: Rows) -> np.ndarray:
        summed, counted = total(tables), number(tables)
        return np.divide(summed, counted, out=np.zeros(summed.size), where=counted > 0)

    return mean


def mean_of_ties(table: Table, tie: str, column: str, rows: Rows) -> np.ndarray:
    """Return the mean of a column over the ties of some rows, summed tie by tie to keep memory flat."""
    values, ties = table.columns[column], table.ties[tie]
    if values.dtype == bool:
        values = values.view(np.uint8)
    way = table.kept("ties " + tie, ties, lambda: Ties(ties))
    total = way.sum(values) if rows is EVERYONE else way.sum_of(values, rows)
    return total.astype(table.real, copy=False) / table.real.type(len(ties))


def group_sum(entity: str, column: str | None, on: str) -> Callable[[dict[str, Table]], np.ndarray]:
    """Return the function that sums a column (or counts), weighted, in each row of ``on``."""
    name = "all in one" if on == "city" else f"{on}_id"
    lasting = on == "city" or lasts(entity, name)

    def total(tables: dict[str, Table]) -> np.ndarray:
        table = tables[entity]
        pointer = table.all_in_one if on == "city" else table.columns[name]
        group = table.kept(name, pointer, lambda: Grouping(pointer, weights_of(table), tables[on].n, lasting))
        return group.count if column is None else group.sum(table.columns[column])

    return total


def lasts(entity: str, pointer: str) -> bool:
    """Tell whether a pointer stays for months: no rule writes it, or only one that has its month of the year."""
    writers = [rule for rule in REGISTRY.values() if rule.on == entity and pointer in rule.writes]
    return all(rule.when for rule in writers)


def weights_of(table: Table) -> Weights:
    """Return what is known of a table's weights."""
    column = table.columns.get("weight")
    return table.kept("weights", column, lambda: Weights(column))


class Call:
    """One mechanism, wired: its function, fetchers, settings and the columns that it writes."""

    __slots__ = ("constant", "fetch", "function", "mechanism", "name", "on", "rows", "settings", "when", "writes")

    def __init__(self, rule: Mechanism, form: str = "") -> None:
        """Resolve every name once.

        Raises:
            DeclarationError: for an undeclared column, setting or written column.
        """
        self.mechanism, self.name, self.on, self.writes = rule, rule.name, rule.on, rule.writes
        self.function, self.when, self.rows = rule.form(form), rule.when, rule.rows
        before, after = rule.arguments(form)
        self.fetch = tuple(fetcher(name, rule.on, rule.name) for name in before)
        for name in after:
            if name not in CLOCK and name not in levers() and name not in parameters():
                raise DeclarationError(f"{rule.name}: undeclared setting '{name}'", key=name)
        for column in rule.writes:
            need(rule.on, column, rule.name)
        self.settings, self.constant = after, {}

    def hold(self, values: dict[str, dict]) -> None:
        """Keep settings that stay the same in every month, by precision."""
        constant = [name for name in self.settings if name in values["d"]]
        self.constant = {char: {name: given[name] for name in constant} for char, given in values.items()}
        self.settings = tuple(name for name in self.settings if name not in constant)

    def run(self, tables: dict[str, Table], draws: Draws, month: int, settings: dict[str, dict]) -> None:
        """Fetch, apply the rule, and write its columns."""
        table = tables[self.on]
        rows = np.flatnonzero(table.columns[self.rows]) if self.rows else EVERYONE
        char = table.real.char
        moving, constant = settings[char], self.constant.get(char, {})
        given = constant | {name: moving[name] for name in self.settings}
        result = self.function(*[f(tables, draws, month, rows) for f in self.fetch], **given)
        values = (result,) if len(self.writes) == 1 else result
        for column, value in zip(self.writes, values, strict=True):
            if self.rows:
                table.put(column, rows, value)
            else:
                table[column] = value


def reads_of(rule: Mechanism, form: str = "") -> tuple[list[tuple[str, str]], list[str]]:
    """Return ([(entity, column) read], [draw names]) of a rule, for docs and wiring checks."""
    reads: list[tuple[str, str]] = [(rule.on, rule.rows)] if rule.rows else []
    draws: list[str] = []
    for name in rule.arguments(form)[0]:
        head, _, rest = name.partition("__")
        if not rest:
            (draws.append(name[2:]) if name.startswith("u_") else reads.append((rule.on, name)))
            continue
        if head in SUMMARIES or head == "every":
            entity, _, column = rest.partition("__")
            entity = rule.on if entity in ENTITIES[rule.on].ties else entity
            if column:
                reads.append((entity, column))
            if head != "every" and rule.on not in (entity, "city"):
                reads.append((entity, f"{rule.on}_id"))
            continue
        reads.append((head, rest))
        if head != "city":
            reads.append((rule.on, f"{head}_id"))
    return reads, draws


def all_forms() -> list[tuple[Mechanism, str]]:
    """Return every registered rule with its default form and each rival form."""
    return [(rule, form) for rule in REGISTRY.values() for form in ("", *rule.rivals)]


def signature_lines(rule: Mechanism) -> str:
    """Return the source of the rule's function, for documents."""
    return inspect.getsource(rule.function)
