"""Read a TOML file that a stranger may have written: bounded, strict, and data only.

Every error is a ``SettingError`` with the file and the key. Nothing in a file is executed, and no
name in it is followed to another folder.
"""

import math
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from model.declare.errors import SettingError, unknown

MOST_BYTES = 1_000_000
MOST_TEXT = 2_000
BIGGEST = 2**63
NAME = re.compile(r"[^\W_][\w-]{0,63}")
LANGUAGES = ("en", "zh")


def read_toml(path: Path | str) -> dict:
    """Return the content of a TOML file, or raise the SettingError that says what is wrong."""
    shown = Path(path).as_posix()
    text = decode(read_bytes(Path(path), shown), shown)
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise SettingError(shown, "must be valid TOML; got brackets nested too deeply") from None
    except ValueError as error:
        raise SettingError(shown, broken(str(error), text)) from None
    if not content:
        raise SettingError(shown, "must hold settings; got an empty file")
    refuse_odd_values(content, shown)
    return content


def read_bytes(path: Path, shown: str, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a regular file of bounded size."""
    try:
        if path.is_dir():
            raise SettingError(shown, "must be a file; got a folder")
        if not path.exists():
            raise SettingError(shown, "must be a file that exists; got none of that name")
        if not path.is_file():
            raise SettingError(shown, "must be an ordinary file; got a device or pipe")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, SettingError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingError(shown, f"must be a readable file; got: {reason}") from None
    if len(content) > most:
        raise SettingError(shown, f"must be at most {most:,} bytes; got more")
    return content


def decode(content: bytes, shown: str) -> str:
    """Return the bytes as UTF-8 text with plain line ends."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SettingError(
            shown, f"must be UTF-8 text; got byte 0x{content[error.start]:02x} at {error.start}"
        ) from None


def broken(message: str, text: str) -> str:
    """Return the sentence for what the TOML parser refused in a text."""
    if message.startswith(("Cannot overwrite", "Cannot declare", "Duplicate inline table")):
        return f"must name each key once; got {twice(text, message)}"
    if "integer string conversion" in message:
        return "must be valid TOML; got a number that is too long"
    return f"must be valid TOML; got: {message}"


def twice(text: str, message: str) -> str:
    """Return which key is repeated, in the line that the parser's message gives."""
    lines = text.rstrip().split("\n")
    given = re.search(r"at line (\d+)", message)
    line = min(int(given[1]), len(lines)) if given else len(lines)
    key = lines[line - 1].partition("=")[0].strip(" []")
    return f"{key[:60]!r} again in line {line}"


def refuse_odd_values(value: object, where: str) -> None:
    """Refuse numbers beyond 64 bits and text that could upset a terminal, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            refuse_odd_text(key, where)
            refuse_odd_values(inner, f"{where}, {key}" if ", " not in where else f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            refuse_odd_values(inner, where)
    elif isinstance(value, str):
        refuse_odd_text(value, where)
    elif isinstance(value, int) and abs(value) >= BIGGEST:
        raise SettingError(where, "must be a number of at most 64 bits; got a longer one")


def refuse_odd_text(text: str, where: str) -> None:
    """Refuse control characters and very long text."""
    if len(text) > MOST_TEXT:
        raise SettingError(where, f"must be at most {MOST_TEXT} characters; got {len(text)}")
    if not text.replace("\n", " ").replace("\t", " ").isprintable():
        raise SettingError(where, f"must be plain text; got {ascii(text)[:60]}")


def only(table: dict, known: Iterable[str], where: str, kind: str = "key", see: str = "") -> None:
    """Refuse a key that is not known, naming its nearest."""
    known = list(known)
    for key in table:
        if key not in known:
            raise unknown(join(where, key), kind, key, known, see)


def join(where: str, key: str) -> str:
    """Return the place of a key: "file, table.key"."""
    return f"{where}.{key}" if ", " in where else f"{where}, {key}"


def table_of(parent: dict, key: str, where: str) -> dict:
    """Return a sub-table, empty if it is not there."""
    value = parent.get(key, {})
    if not isinstance(value, dict):
        raise SettingError(join(where, key), f"must be a table; got {kind_of(value)}")
    return value


def text_of(parent: dict, key: str, where: str, default: str | None = None) -> str:
    """Return a text, or the default if it is not there."""
    if key not in parent and default is not None:
        return default
    value = parent.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SettingError(join(where, key), f"must be text; got {kind_of(value)}")
    return value


def both_languages(parent: dict, key: str, where: str, needed: bool = True) -> dict[str, str]:
    """Return a text in English and Chinese: a table with ``en`` and ``zh``."""
    if key not in parent and not needed:
        return {"en": "", "zh": ""}
    pair = parent.get(key)
    place = join(where, key)
    if not isinstance(pair, dict):
        raise SettingError(place, f'must be {{ en = "…", zh = "…" }}; got {kind_of(pair)}', key=key, value=pair)
    only(pair, LANGUAGES, place)
    return {language: text_of(pair, language, place) for language in LANGUAGES}


def whole_number(value: object, low: int, high: int, where: str, unit: str) -> int:
    """Return a whole number within low–high."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        got = value if isinstance(value, int | float) else kind_of(value)
        raise SettingError(where, f"must be a whole number in {low}–{high} ({unit}); got {got}", value=value)
    return value


def numbers_of(value: object, length: int, where: str) -> list:
    """Return a list of exactly ``length`` finite numbers."""
    if not isinstance(value, list) or len(value) != length:
        got = f"{len(value)}" if isinstance(value, list) else kind_of(value)
        raise SettingError(where, f"must be a list of {length} numbers; got {got}")
    for number in value:
        usable = isinstance(number, int | float) and not isinstance(number, bool)
        if not usable or not math.isfinite(number):
            raise SettingError(where, f"must be a list of {length} numbers; got {number!r} in it")
    return value


def kind_of(value: object) -> str:
    """Return what a TOML value is, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, str):
        return repr(value[:40])
    return {dict: "a table", list: "a list"}.get(type(value), f"{value} (a date)")


def file_beside(name: str, folder: Path, where: str, kind: str) -> Path:
    """Return a file of the same folder, or raise if the name leads elsewhere."""
    beside = folder / name
    if "/" in name or "\\" in name or beside.resolve().parent != folder.resolve():
        raise SettingError(where, f"must be a {kind} or a file in the same folder; got {name!r}")
    return beside


def find_file(given: str, folder: Path, kind: str, see: str) -> Path:
    """Return the file of a shipped name or of a path, or raise the error with the nearest name."""
    names = {path.stem: path for path in folder.glob("*.toml")}
    if given in names:
        return names[given]
    if given.endswith(".toml") or "/" in given or "\\" in given:
        return Path(given)
    raise unknown(given or "''", kind, given, sorted(names), see)


def name_of(path: Path, shown: str) -> str:
    """Return a file's name without its ending, which results carry as the name of the thing."""
    if not NAME.fullmatch(path.stem):
        raise SettingError(
            shown,
            f"must have a file name of letters, digits, '_' and '-', at most 64; got {ascii(path.stem)[:80]}",
        )
    return path.stem
