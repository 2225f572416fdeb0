"""The commands with their options and help, in one language."""

from collections.abc import Callable, Sequence

import click

from console.analyses import COMMANDS as ANALYSES
from console.options import (
    choice,
    flag,
    format_option,
    language_option,
    option,
    read_scale,
    run_options,
    wanted_from,
    whole,
    world_options,
)
from console.words import WORDS, say
from dashboard.reports import FORMATS, STYLES
from model.declare.errors import SettingError, unknown

PROGRAM = "run_sim.py"
LISTS = ("levers", "parameters", "outcomes", "scenarios", "mechanisms", "agents", "sources")


class Commands(click.Group):
    """A group that names the nearest command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple:
        """Return the command, or raise the error with its nearest name."""
        if args and args[0] not in self.commands:
            raise unknown(args[0], "command", args[0], self.commands, f"{PROGRAM} --help")
        return super().resolve_command(ctx, args)


def build(lang: str, arguments: Sequence[str] = ()) -> click.Group:
    """Return the whole command line in one language; ``arguments`` go into the manifest."""
    commands = [
        run_command(lang, arguments),
        compare_command(lang, arguments),
        sweep_command(lang, arguments),
        list_command(lang),
        check_command(lang),
        trace_command(lang),
        report_command(lang),
        dashboard_command(lang),
        calibrate_command(lang, arguments),
        *(described(make(lang, arguments), lang) for make in ANALYSES),
    ]

    def flagship(**given: object) -> None:
        context = click.get_current_context()
        if context.invoked_subcommand:
            return refuse_early_options(context)
        from console.work import compare
        from scenarios.scenario import shipped_scenarios

        given.pop("version", None)
        return compare(shipped_scenarios(), wanted_from(given, lang), "flagship", arguments)

    group = Commands(
        PROGRAM,
        commands={c.name: c for c in commands},
        callback=flagship,
        invoke_without_command=True,
        params=[*run_options(lang), version_option(lang)],
        help=say("about", lang),
    )
    return in_language(group, lang)


def refuse_early_options(context: click.Context) -> None:
    """Refuse options before the command, where they would have no effect."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is click.core.ParameterSource.COMMANDLINE and name != "lang":
            shown = "set" if name == "sets" else name
            raise SettingError(f"--{shown}", f"must come after '{context.invoked_subcommand}'; got it before")


def run_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``run``."""

    def run(scenario: str, **given: object) -> None:
        from console.work import compare

        compare([scenario], wanted_from(given, lang), "run", arguments)

    return command("run", lang, run, [click.Argument(["scenario"]), *run_options(lang)])


def compare_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``compare``."""

    def run(scenarios: tuple[str, ...], **given: object) -> None:
        from console.work import compare

        if len(scenarios) < len(("first", "other")):
            raise SettingError("compare", f"must name two scenarios or more; got {len(scenarios)}")
        compare(list(scenarios), wanted_from(given, lang), "compare", arguments)

    several = click.Argument(["scenarios"], nargs=-1, metavar="SCENARIO...")
    return command("compare", lang, run, [several, *run_options(lang)])


def sweep_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``sweep``."""

    def run(design: str, **given: object) -> None:
        from console.sweep import sweep

        sweep(design, wanted_from(given, lang), arguments)

    own = [flag(name, lang) for name in ("dry_run", "yes", "retry_failed")]
    options = run_options(lang, designed=True)
    return command("sweep", lang, run, [click.Argument(["design"], metavar="DESIGN.toml"), *options, *own])


def list_command(lang: str) -> click.Command:
    """Return ``list``."""

    def run(what: str, **given: object) -> None:
        from console.listing import show_list

        if what not in LISTS:
            raise unknown(f"list {what}", "list", what, LISTS, f"{PROGRAM} list --help")
        show_list(what, lang, given["format"])

    what = click.Argument(["what"], metavar="|".join(LISTS))
    return command("list", lang, run, [what, format_option(lang), language_option(lang)])


def check_command(lang: str) -> click.Command:
    """Return ``check``."""

    def run(file: str, **_given: object) -> None:
        from console.check import check

        print(check(file, lang))

    return command("check", lang, run, [click.Argument(["file"]), language_option(lang)])


def calibrate_command(lang: str, arguments: Sequence[str]) -> click.Command:
    """Return ``calibrate``."""

    def run(targets: str | None, stages: tuple[str, ...], **given: object) -> None:
        from console.calibrate import calibrate

        calibrate(targets, stages, wanted_from(given, lang), arguments)

    wanted = ("city", "seed", "jobs", "cluster", "out", "lang", "quiet")
    scale = click.Option(
        ["--scale"],
        metavar="1:N",
        help=f"{say('help.fitted_scale', lang)} ({say('usually', lang, value='1:100')})",
        callback=lambda _c, _p, text: None if text is None else read_scale(text),
    )
    params = [
        option("targets", lang, metavar="FILE"),
        click.Option(["--stage", "stages"], multiple=True, metavar="NAME", help=say("help.stage", lang)),
        scale,
        *(p for p in run_options(lang) if p.name in wanted),
    ]
    return command("calibrate", lang, run, params)


def trace_command(lang: str) -> click.Command:
    """Return ``trace``."""

    def run(scenario: str, agent: str | None, against: str | None, columns: tuple, **given: object) -> None:
        from console.trace import trace

        if agent is None:
            raise SettingError("trace", "must name an agent with --agent, such as --agent Family:123; got none")
        trace(scenario, agent, against, columns, wanted_from(given, lang))

    params = [
        click.Argument(["scenario"]),
        option("agent", lang, metavar="KIND:NUMBER"),
        option("against", lang, metavar="SCENARIO"),
        click.Option(["--column", "columns"], multiple=True, metavar="NAME", help=say("help.column", lang)),
        *world_options(lang),
        language_option(lang),
        format_option(lang),
    ]
    return command("trace", lang, run, params)


def report_command(lang: str) -> click.Command:
    """Return ``report``."""

    def run(folder: str, form: str, style: str | None, file: str | None, **_given: object) -> None:
        from console.report import report

        report(folder, form, lang, file, style)

    params = [
        click.Argument(["folder"], metavar="DIR"),
        option("format", lang, choice("format", FORMATS), default=FORMATS[0], metavar="|".join(FORMATS), key="form"),
        option("style", lang, choice("style", STYLES), metavar="|".join(STYLES)),
        option("out", lang, metavar="FILE", key="file"),
        language_option(lang),
    ]
    return command("report", lang, run, params)


def dashboard_command(lang: str) -> click.Command:
    """Return ``dashboard``."""

    def run(port: int | None, **given: object) -> None:
        from dashboard.serve import serve

        code = serve(port, lang, browser=not given["quietly"])
        if code:
            click.get_current_context().exit(code)

    no_browser = click.Option(["--no-browser", "quietly"], is_flag=True, help=say("help.no_browser", lang))
    params = [option("port", lang, whole("port", 1024), metavar="N"), no_browser, language_option(lang)]
    return command("dashboard", lang, run, params)


def command(name: str, lang: str, run: Callable, params: list[click.Parameter]) -> click.Command:
    """Return one command with its help."""
    return described(click.Command(name, callback=run, params=params), lang)


def described(what: click.Command, lang: str) -> click.Command:
    """Give a command its help."""
    what.help = say(f"about.{what.name}", lang)
    if any(isinstance(p, click.Argument) and p.name.startswith("scenario") for p in what.params):
        what.help += "\n\n" + say("scenario", lang)
    return in_language(what, lang)


def in_language(what: click.Command, lang: str) -> click.Command:
    """Give a command its help option and the headings of its help in one language."""

    class Formatter(click.HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or say("usage", lang))

        def write_heading(self, heading: str) -> None:
            super().write_heading(say(heading, lang) if heading in WORDS else heading)

    class Context(click.Context):
        formatter_class = Formatter

    def show_help(context: click.Context, _param: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            click.echo(context.get_help())
            context.exit()

    what.context_class = Context
    what.add_help_option = False
    what.params.append(
        click.Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=show_help,
            help=say("help.help", lang),
        )
    )
    return what


def version_option(lang: str) -> click.Option:
    """Return --version."""

    def show_version(context: click.Context, _param: click.Parameter, asked: bool) -> None:
        if asked:
            from experiments.version import model_version

            click.echo(model_version())
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show_version,
        help=say("help.version", lang),
    )
