"""One process at a time in a folder of results: a file that names it, locked while it lives."""

import json
import os
import socket
from contextlib import suppress
from io import FileIO
from pathlib import Path

from experiments.atomic import unwritable
from model.declare.errors import SettingError

NAME = "lock"
FAR = 1_000_000


class Lock:
    """The right to write in a folder. The system takes it back when the process ends, however it ends.

    A file left by a process of this machine that was killed is taken over. One that names another
    machine is respected, since nobody here can tell whether that process still runs.
    """

    def __init__(self, folder: Path, where: str) -> None:
        """Take the lock, or raise the SettingError that names who has it."""
        self.path = folder / NAME
        try:
            self.file = self.take(where)
            owner = self.owner()
            if owner.get("host", socket.gethostname()) != socket.gethostname():
                self.file.close()
                raise busy(where, owner, f"; if it is gone, remove {self.path.as_posix()}")
            self.file.truncate(0)
            self.file.write(json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode())
        except OSError as error:
            raise unwritable(folder, error) from None

    def take(self, where: str) -> FileIO:
        """Return the open file, locked; another one if somebody removed it in between."""
        while True:
            file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644), "r+b", buffering=0)
            if not locked(file):
                file.close()
                raise busy(where, self.owner())
            with suppress(FileNotFoundError):
                if os.fstat(file.fileno()).st_ino == self.path.stat().st_ino:
                    return file
            file.close()

    def owner(self) -> dict:
        """Return what the file says of the process that has the lock."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return {"process": int(found["process"]), "host": str(found["host"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def release(self) -> None:
        """Give the lock back and leave no file."""
        if self.file.closed:
            return
        if os.name == "nt":
            self.file.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.file.close()


def locked(file: FileIO) -> bool:
    """Lock an open file, unless another process has it."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def busy(where: str, owner: dict, hint: str = "") -> SettingError:
    """Return the error for a folder that is in use."""
    who = f"process {owner['process']} on {owner['host']}" if owner else "another process"
    return SettingError(where, f"must be used by one process at a time; got {who} at work there{hint}")
