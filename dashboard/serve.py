"""Start the app on this machine only, as a process of its own; the browser asks nothing of the network."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from model.declare.errors import SettingError

FOLDER = Path(__file__).parent
APP = FOLDER / "entry" / "app.py"
HOST = "127.0.0.1"
FIRST_PORT, PORTS_TO_TRY = 8501, 20
STOPPED_BY_HAND = 130


def serve(port: int | None, lang: str, *, browser: bool) -> int:
    """Run the app until it is stopped; return its exit code."""
    chosen = port if port is not None else free_port()
    refuse_taken(chosen)
    print(f"http://{HOST}:{chosen}/?lang={lang}", flush=True)
    with subprocess.Popen(command(chosen, browser=browser), cwd=FOLDER.parent, env=environment()) as app:
        signal.signal(signal.SIGTERM, lambda *_: app.terminate())
        try:
            return app.wait()
        except KeyboardInterrupt:
            app.wait()
            return STOPPED_BY_HAND


def command(port: int, *, browser: bool) -> Sequence[str]:
    """Return the command that starts the server; what else it needs is in .streamlit/config.toml."""
    flags = ["--server.address", HOST, "--server.port", str(port), "--server.headless", str(not browser).lower()]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags]


def environment() -> dict[str, str]:
    """Return the environment of the server: one thread a worker for linear algebra, no telemetry."""
    quiet = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **quiet}


def is_free(port: int) -> bool:
    """Tell whether nobody listens on a port of this machine."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return the first free port of a few; the first of them if none is."""
    ports = range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY)
    return next((port for port in ports if is_free(port)), FIRST_PORT)


def refuse_taken(port: int) -> None:
    """Raise the error for a port that another program listens on."""
    if not is_free(port):
        raise SettingError(f"--port {port}", f"must be a free port; got one in use; try --port {free_port()}")
