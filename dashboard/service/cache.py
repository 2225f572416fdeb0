"""A folder of finished work that all sessions share and that never grows beyond a bound.

What is kept is named by a digest of its settings and of the model version, so nothing in it can be out of date.
"""

import os
import shutil
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

PARTS, FINDINGS, RESULTS, STOPS, STUDIES = "parts", "findings", "results", "stops", "studies"
MOST_BYTES = 500_000_000
VARIABLE = "SHIDIAN_CACHE"


def usual_folder() -> Path:
    """Return the user's cache folder of this program, or the one that SHIDIAN_CACHE names."""
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE])
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "shidian"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "shidian"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "shidian"


class Cache:
    """The folder, with the latest used kept and the oldest dropped."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        """Make the folder; flags of work that was stopped long ago go."""
        self.folder, self.most, self.lock = folder, most, threading.Lock()
        for name in (PARTS, FINDINGS, RESULTS, STOPS, STUDIES):
            (folder / name).mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / STOPS, ignore_errors=True)
        (folder / STOPS).mkdir(exist_ok=True)

    def part(self, experiment: str) -> Path:
        """Return where one experiment's record is kept."""
        return self.folder / PARTS / f"{experiment}.npz"

    def outcome(self, key: str, *, tables: bool = False) -> Path:
        """Return the folder for what a job makes: its findings, or full results as the command line writes them."""
        return self.folder / (RESULTS if tables else FINDINGS) / key

    def stop_flag(self, name: str) -> Path:
        """Return the file whose presence asks a worker to stop."""
        return self.folder / STOPS / name

    def touch(self, path: Path) -> None:
        """Note that something was used just now."""
        with suppress(OSError):
            os.utime(path)

    def trim(self) -> int:
        """Drop what was not used for longest until the bound holds; return the bytes that stay."""
        with self.lock:
            entries = sorted(self.entries(), key=lambda entry: -entry[0])
            total = 0
            for used, size, path in entries:
                total += size
                if total > self.most and time.time() - used > 60:
                    total -= size
                    remove(path)
            return total

    def entries(self) -> list[tuple[float, int, Path]]:
        """Return (last used, bytes, path) of everything that may be dropped."""
        found = []
        for name in (PARTS, FINDINGS, RESULTS):
            for path in (self.folder / name).iterdir():
                with suppress(OSError):
                    found.append((path.stat().st_mtime, size_of(path), path))
        return found


def size_of(path: Path) -> int:
    """Return the bytes of a file or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def remove(path: Path) -> None:
    """Remove a file or a folder; somebody else may have done so."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
