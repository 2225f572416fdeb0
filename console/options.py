"""The options that mean the same in every command, and how their values are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from console.words import LANGUAGES, say
from model.declare.errors import SettingError

FORMS = ("table", "json", "csv")
MOST = {"seed": 2**63 - 1, "replicates": 10_000, "draws": 1_000_000, "jobs": 1024, "port": 65535}
USUAL = {"scale": "1:20", "until": "2026-05", "seed": "1", "replicates": "1", "draws": "6"}


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for; None where it says nothing."""

    lang: str
    format: str = "table"
    quiet: bool = False
    city: str | None = None
    scale: float | None = None
    until: int | None = None
    seed: int | None = None
    replicates: int | None = None
    draws: int | None = None
    posterior: str | None = None
    prior: bool = False
    sets: tuple[str, ...] = ()
    jobs: int | None = None
    cluster: str = ""
    out: str | None = None
    resume: bool = False
    overwrite: bool = False
    dry_run: bool = False
    yes: bool = False
    retry_failed: bool = False


def whole(name: str, low: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from ``low`` to the most that the option takes."""
    high = MOST[name]

    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,25}", text) or not low <= int(text) <= high:
            raise SettingError(f"--{name} {text}", f"must be a whole number in {low}–{high}; got {text!r}")
        return int(text)

    return read


def read_scale(text: str) -> float:
    """Return the families that one simulated family stands for, from a text such as 1:20."""
    from scenarios.scale import accept_scale

    return accept_scale(text, f"--scale {text}")


def read_until(text: str) -> int:
    """Return the index of the last month to simulate."""
    from scenarios.path import month_within
    from scenarios.scenario import FUTURE

    return month_within(text, f"--until {text}", FUTURE)


def choice(name: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    """Return a reader of one of a few words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise SettingError(f"--{name} {text}", f"must be {' or '.join(allowed)}; got {text!r}")
        return text

    return read


def read_folder(text: str) -> str:
    """Return a folder's path, which may not be empty or hold a null character."""
    if not text.strip() or "\0" in text:
        raise SettingError(f"--out {text!r}", "must be a folder; got no name")
    return str(Path(text))


def read_cluster(text: str) -> str:
    """Return a cluster's address, or nothing; whether it answers is seen when it is needed."""
    from experiments.cluster import accept_address

    return accept_address(text, f"--cluster {text}") if text else ""


def option(
    name: str, lang: str, read: Callable | None = None, *, usual: str = "", key: str = "", **more: object
) -> click.Option:
    """Return one option; its value goes through ``read``, which raises SettingError."""
    text = say(f"help.{key or name}", lang)
    if usual:
        text += f" ({say('usually', lang, value=usual)})"

    def accept(_context: click.Context, _option: click.Parameter, value: object) -> object:
        return value if read is None or value is None else read(value)

    return click.Option([f"--{name}", *([key] if key else [])], help=text, callback=accept, **more)


def flag(name: str, lang: str) -> click.Option:
    """Return one option that is there or not."""
    return click.Option([f"--{name.replace('_', '-')}"], is_flag=True, help=say(f"help.{name}", lang))


def language_option(lang: str) -> click.Option:
    """Return --lang."""
    return option("lang", lang, choice("lang", LANGUAGES), metavar="zh|en")


def format_option(lang: str) -> click.Option:
    """Return --format."""
    return option("format", lang, choice("format", FORMS), default="table", metavar="table|json|csv")


def world_options(lang: str, designed: bool = False) -> list[click.Option]:
    """Return the options that say what is simulated, but not how often; ``designed`` if a design has their usual."""
    usual = usually(lang, designed)
    return [
        option("city", lang, metavar="NAME|FILE"),
        option("scale", lang, read_scale, usual=usual["scale"], metavar="1:N"),
        option("until", lang, read_until, usual=usual["until"], metavar="YYYY-MM"),
        option("seed", lang, whole("seed", 0), usual=usual["seed"], metavar="N"),
        click.Option(["--set", "sets"], multiple=True, metavar="NAME=VALUE", help=say("help.set", lang)),
    ]


def usually(lang: str, designed: bool) -> dict[str, str]:
    """Return the usual value of each option, in words."""
    return dict.fromkeys(USUAL, say("as.designed", lang)) if designed else USUAL


def run_options(lang: str, draws: str = USUAL["draws"], designed: bool = False) -> list[click.Option]:
    """Return all options of a command that simulates and saves; ``draws`` is what is usual for it."""
    usual = usually(lang, designed)
    return [
        *world_options(lang, designed),
        option("draws", lang, whole("draws", 0), usual=usual["draws"] if designed else draws, metavar="N"),
        *source_options(lang),
        option("replicates", lang, whole("replicates", 1), usual=usual["replicates"], metavar="N"),
        option("jobs", lang, whole("jobs", 1), metavar="N"),
        option("cluster", lang, read_cluster, default="", metavar="local|tcp://HOST:PORT"),
        option("out", lang, read_folder, metavar="DIR"),
        flag("resume", lang),
        flag("overwrite", lang),
        language_option(lang),
        flag("quiet", lang),
        format_option(lang),
    ]


def source_options(lang: str) -> list[click.Option]:
    """Return the options that say where parameter draws come from."""
    return [option("posterior", lang, metavar="FILE"), flag("prior", lang)]


def source_of(wanted: Wanted) -> str:
    """Return where draws come from, as ``draws_source`` wants it.

    Raises:
        SettingError: a posterior and the priors are both asked for.
    """
    if wanted.prior and wanted.posterior is not None:
        raise SettingError("--prior", "must be given less; got --posterior too")
    if wanted.posterior is not None and not wanted.posterior.endswith(".csv"):
        raise SettingError(f"--posterior {wanted.posterior}", f"must be a .csv file; got {wanted.posterior!r}")
    return "prior" if wanted.prior else wanted.posterior or ""


def wanted_from(given: dict, lang: str) -> Wanted:
    """Return what was asked for."""
    return Wanted(**{**given, "lang": lang})
