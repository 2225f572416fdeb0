"""The commands that ask about a scenario: their options and help. What they do is in a module each."""

import math
import re
from collections.abc import Callable, Sequence

import click

from console.options import choice, flag, option, run_options, wanted_from
from console.words import say
from model.declare.errors import SettingError, unknown

METHODS = ("morris", "sobol", "pawn", "delta")
MOST_SAMPLES = 2**20


def sensitivity_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``sensitivity``."""

    def run(scenario: str, method: str | None, outcome: tuple, **given: object) -> None:
        from console.sensitivity import Question, sensitivity

        if method is None:
            raise SettingError("sensitivity", f"must name a method with --method ({', '.join(METHODS)}); got none")
        taken = {key: given.pop(key) for key in ("over", "grouped", "samples", "emulator", "at", "yes")}
        question = Question(
            method, names(outcome), only=names(given.pop("only")), pairs=given.pop("second_order"), **taken
        )
        sensitivity(scenario, question, wanted_from(given, lang), arguments)

    return click.Command(
        "sensitivity",
        callback=run,
        params=[
            click.Argument(["scenario"], required=False, default="baseline"),
            option("method", lang, method_named, metavar="|".join(METHODS)),
            several("outcome", lang, "ID[,ID]"),
            option("over", lang, choice("over", ("levers", "parameters", "both")), default="levers",
                   metavar="levers|parameters|both"),
            several("only", lang, "NAME[,NAME]"),
            flag("grouped", lang),
            option("samples", lang, whole("samples", 2, MOST_SAMPLES), metavar="N"),
            click.Option(["--second-order"], is_flag=True, help=say("help.second_order", lang)),
            option("emulator", lang, choice("emulator", ("gp", "boosting")), metavar="gp|boosting"),
            option("at", lang, month, metavar="YYYY-MM"),
            flag("yes", lang),
            *run_options(lang, draws="0"),
        ],
    )  # fmt: skip


def method_named(text: str) -> str:
    """Return a method of sensitivity analysis."""
    if text not in METHODS:
        raise unknown(f"--method {text}", "method", text, METHODS, "run_sim.py sensitivity --help")
    return text


def several(name: str, lang: str, metavar: str) -> click.Option:
    """Return an option that may be repeated."""
    return click.Option([f"--{name}"], multiple=True, metavar=metavar, help=say(f"help.{name}", lang))


def names(given: Sequence[str]) -> tuple[str, ...]:
    """Return the names in texts that separate them by commas, each once."""
    return tuple(dict.fromkeys(n.strip() for text in given for n in text.split(",") if n.strip()))


def whole(name: str, low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers within low–high."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,25}", text) or not low <= int(text) <= high:
            raise SettingError(f"--{name} {text}", f"must be a whole number in {low}–{high}; got {text!r}")
        return int(text)

    return read


def month(text: str) -> int:
    """Return the index of a simulated month."""
    from scenarios.path import month_within
    from scenarios.scenario import FUTURE

    return month_within(text, f"--at {text}", (0, FUTURE[1]))


def explain_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``explain``."""

    def run(scenario: str, outcome: tuple, **given: object) -> None:
        from console.explain import Question, explain

        taken = {key: given.pop(key) for key in ("against", "by", "permutations", "at", "yes")}
        explain(scenario, Question(names(outcome), **taken), wanted_from(given, lang), arguments)

    return click.Command(
        "explain",
        callback=run,
        params=[
            click.Argument(["scenario"]),
            several("outcome", lang, "ID[,ID]"),
            click.Option(["--against"], default="baseline", metavar="SCENARIO", help=say("help.baseline", lang)),
            option("by", lang, choice("by", ("lever", "group")), metavar="lever|group"),
            option("permutations", lang, whole("permutations", 2, 10_000), default="16", metavar="N"),
            option("at", lang, month, metavar="YYYY-MM"),
            flag("yes", lang),
            *run_options(lang),
        ],
    )


def optimise_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``optimise``."""

    def run(scenario: str, **given: object) -> None:
        from console.optimise import Question, optimise

        lists = {key: names(given.pop(key)) for key in ("maximise", "minimise", "only")}
        keys = ("budget", "robust", "population", "generations", "tolerance", "at", "yes")
        question = Question(**lists, **{key: given.pop(key) for key in keys})
        optimise(scenario, question, wanted_from(given, lang), arguments)

    return click.Command(
        "optimise",
        callback=run,
        params=[
            click.Argument(["scenario"], required=False, default="baseline"),
            several("maximise", lang, "ID[,ID]"),
            several("minimise", lang, "ID[,ID]"),
            option("budget", lang, amount("budget", 1e12), metavar="CNY"),
            option("robust", lang, choice("robust", ("mean", "worst", "regret")), default="mean",
                   metavar="mean|worst|regret"),
            several("only", lang, "NAME[,NAME]"),
            option("population", lang, whole("population", 8, 1000), default="24", metavar="N"),
            option("generations", lang, whole("generations", 1, 1000), default="10", metavar="N"),
            option("tolerance", lang, amount("tolerance", 1.0), default="0.1", metavar="SHARE"),
            option("at", lang, month, metavar="YYYY-MM"),
            flag("yes", lang),
            *run_options(lang),
        ],
    )  # fmt: skip


def discover_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``discover``."""

    def run(scenario: str, **given: object) -> None:
        from console.discover import Question, discover

        lists = {key: names(given.pop(key)) for key in ("outcome", "only")}
        taken = {key: given.pop(key) for key in ("against", "threshold", "level", "at", "yes")}
        discover(scenario, Question(**lists, **taken), wanted_from(given, lang), arguments)

    return click.Command(
        "discover",
        callback=run,
        params=[
            click.Argument(["scenario"]),
            several("outcome", lang, "ID"),
            click.Option(["--against"], default="baseline", metavar="SCENARIO", help=say("help.baseline", lang)),
            option("threshold", lang, any_number("threshold"), metavar="VALUE"),
            flag("level", lang),
            several("only", lang, "NAME[,NAME]"),
            option("at", lang, month, metavar="YYYY-MM"),
            flag("yes", lang),
            *run_options(lang, draws="200"),
        ],
    )


def any_number(name: str) -> Callable[[str], float]:
    """Return a reader of finite numbers."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise SettingError(f"--{name} {text}", f"must be a number; got {text!r}")
        return value

    return read


def amount(name: str, high: float) -> Callable[[str], float]:
    """Return a reader of numbers from 0 to ``high``."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value <= high:
            raise SettingError(f"--{name} {text}", f"must be in 0–{high:g}; got {text!r}")
        return value

    return read


COMMANDS: tuple[Callable[[str, Sequence[str]], click.Command], ...] = (
    sensitivity_command,
    explain_command,
    optimise_command,
    discover_command,
)
