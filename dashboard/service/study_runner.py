"""Runs one command of the command line in a process of its own, which no closed tab ends: ``python -m … FOLDER ARGS``.

The folder tells how it stands: ``beat`` is touched while it runs, a file ``cancel`` asks it to stop well, and
``end.json`` has the exit code. Everything that the command prints is in ``log.txt``.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

BEAT_SECONDS = 0.5
MOST_SECONDS = 24 * 3600


def run(folder: Path, arguments: list[str]) -> int:
    """Run the command until it ends, is cancelled, or a day has passed; return its exit code."""
    with (folder / "log.txt").open("wb") as log, subprocess.Popen(
        [sys.executable, "-m", "run_sim", *arguments], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder,
    ) as command:  # fmt: skip
        asked, began = False, time.monotonic()
        while command.poll() is None:
            (folder / "beat").touch()
            late = time.monotonic() - began > MOST_SECONDS
            if not asked and (late or (folder / "cancel").exists()):
                command.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
                asked = True
            time.sleep(BEAT_SECONDS)
    end = {"code": command.returncode, "cancelled": asked}
    (folder / "end.json").write_text(json.dumps(end), encoding="utf-8")
    return command.returncode


if __name__ == "__main__":
    # A shell that starts the app in the background makes it deaf to this signal, and its children too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
