"""Run the command line: every error as one line, with the exit code that the reader can rely on."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from console.commands import PROGRAM, build
from console.words import find_language, say
from experiments.errors import RunError, Stopped
from model.declare.errors import DeclarationError, SettingError, nearest

BAD_INPUT, FAILED, INTERRUPTED, PIPE_CLOSED = 2, 1, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_utf8()
    try:
        build(find_language(given), given).main(given, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (SettingError, click.ClickException) as error:
        return complain(in_language(one_line(error), find_language(given)), BAD_INPUT)
    except (DeclarationError, RunError) as error:
        return complain(in_language(str(error), find_language(given)), FAILED)
    except Stopped as stop:
        return complain(str(stop), INTERRUPTED)
    except (KeyboardInterrupt, click.Abort):
        return complain(say("stopped.plain", find_language(given)), INTERRUPTED)
    return 0


def in_language(line: str, lang: str) -> str:
    """Return an error line in the language of the reader."""
    if lang == "en":
        return line
    from dashboard.chinese import in_chinese

    return in_chinese(line)


def one_line(error: Exception) -> str:
    """Return the sentence of an error in input; Click's own in the same form as ours."""
    if isinstance(error, SettingError):
        return " ".join(str(error).split("\n"))
    if isinstance(error, click.NoSuchOption):
        known = [name for p in error.ctx.command.params for name in p.opts] if error.ctx else []
        return f"{error.option_name}: unknown option{nearest(error.option_name, known)} (see: {path_of(error)} --help)"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "a value"
        return f"{path_of(error)}: must name {name}; got none"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name}: must have a value; got none (see: {path_of(error)} --help)"
    text = " ".join(error.format_message().split())
    if text.startswith("Got unexpected extra argument"):
        text = f"must be given less; got {text.partition('(')[2].rstrip(')')} too (see: {path_of(error)} --help)"
    return f"{path_of(error)}: {text}"


def path_of(error: click.ClickException) -> str:
    """Return the command that an error of Click's came from."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else PROGRAM


def complain(text: str, code: int) -> int:
    """Print one line on standard error and return the exit code."""
    print(text, file=sys.stderr, flush=True)
    return code


def speak_utf8() -> None:
    """Write UTF-8 whatever the system's code page is."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")
