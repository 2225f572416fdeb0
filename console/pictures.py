"""Draw the figures of a comparison, shared out to the processes that simulated it."""

from pathlib import Path
from typing import NamedTuple

from console.outcome import headline
from experiments.engine import Engine, Processes, Serial
from experiments.results import load_tables

MOST_SHARES = 4


class Pictures(NamedTuple):
    """A share of the figures to draw: every ``share[1]``-th one from number ``share[0]`` on."""

    folder: Path
    names: dict
    lang: str
    share: tuple[int, int]


def draw_all(folder: Path, names: dict, lang: str, engine: Engine | None) -> None:
    """Draw every figure that results in a folder allow; the processes of a cluster may not see that folder."""
    place = engine if isinstance(engine, Processes) else Serial()
    shares = min(place.jobs, MOST_SHARES)
    tasks = [Pictures(folder, names, lang, (k, shares)) for k in range(shares)]
    for done in place.map(draw_share, tasks):
        if done.error:
            raise done.error


def draw_share(pictures: Pictures) -> None:
    """Draw some figures; only the headline outcomes are read back, so that memory stays small."""
    from dashboard.figures import write_all

    experiments, outcomes = load_tables(pictures.folder, headline())
    write_all(pictures.folder, outcomes, experiments, pictures.names, pictures.lang, share=pictures.share)
