"""Where numbers come from: every number names a source, and each source says what it is."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KINDS = ("data", "study", "expert", "assumption")
FILE = Path(__file__).parent.parent / "settings" / "sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A citation key with its reference and the kind of evidence that it is."""

    key: str
    kind: str
    value: str
    reference: str
    zh: str
    obtained: str = ""
    confidence: float | None = None
    use: tuple[str, ...] = ()
    population: str = ""


@cache
def sources() -> dict[str, Source]:
    """Read all sources, keyed by citation key."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: Source(key=key, **{k: tuple(v) if k == "use" else v for k, v in entry.items()})
        for key, entry in raw.items()
    }
