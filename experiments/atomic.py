"""Write files so that what has the final name is always complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.declare.errors import SettingError

ENDING = ".partial"


@contextmanager
def whole_file(path: Path, results: Path | None = None) -> Iterator[Path]:
    """Give a path beside ``path`` to write to, and rename it when the block ends well.

    Args:
        results: the folder to name in an error; that of the file if it is not given.

    Raises:
        SettingError: the folder cannot be written to, or is full.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}{ENDING}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise unwritable(results or path.parent, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file, whole or not at all."""
    with whole_file(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def unwritable(folder: Path, error: OSError) -> SettingError:
    """Return the error for a folder that does not take our files."""
    reason = error.strerror or type(error).__name__
    return SettingError(f"--out {folder.as_posix()}", f"must be a folder with room to write in; got: {reason}")
