"""Keep the results of long tasks as small JSON files named by their content, so that a stopped stage continues."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from experiments.atomic import write_text
from experiments.engine import Engine

FOLDER = "kept"


def mapped(
    engine: Engine,
    folder: Path,
    task: Callable,
    items: Sequence,
    keys: Sequence[str],
    told: Callable[[int, int], None] | None = None,
) -> list:
    """Return the result of each item in order, from disk where it is kept.

    Args:
        keys: a name for each item that stands for all that makes its result.
    """
    files = [folder / FOLDER / f"{key}.json" for key in keys]
    found = {place: value for place, file in enumerate(files) if (value := read(file)) is not None}
    waiting = [(place, item) for place, item in enumerate(items) if place not in found]
    tell = told or unheard
    tell(len(found), len(items))
    places = {id(item): place for place, item in waiting}
    for ended in engine.map(task, [item for _, item in waiting]):
        if ended.error:
            raise ended.error
        place = places[id(ended.item)]
        found[place] = ended.result
        write_text(files[place], json.dumps(ended.result))
        tell(len(found), len(items))
    return [found[place] for place in range(len(items))]


def unheard(_done: int, _total: int) -> None:
    """Tell nobody."""


def read(file: Path) -> object:
    """Return what a file keeps, or None if it is not there or broken."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
