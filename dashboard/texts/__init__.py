"""Sentences of the app, a TOML file a part: the entries ``compare.…`` are in compare.toml, in English and Chinese."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def texts() -> dict[str, dict[str, str]]:
    """Read every entry, keyed by ``file.entry``."""
    return {
        f"{path.stem}.{key}": pair
        for path in sorted(FOLDER.glob("*.toml"))
        for key, pair in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }
