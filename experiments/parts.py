"""Finished experiments on disk while a run goes on: whole files, each with many experiments, never changed.

A part's name ends in the hash of its bytes, so that a torn one is known; what it held is computed again.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.atomic import ENDING, whole_file
from experiments.tidy import CODED, SCHEMA, Named, blocks, tidy_block
from experiments.version import model_version

FOLDER = "parts"
COMPRESSION = "zstd"
GROUP_ROWS = 32_768
ABOUT = b"shidian"
NAME = re.compile(r"([0-9]{6,})-([0-9a-f]{16})\.parquet")


class Part(NamedTuple):
    """A whole part: its number, the model version that made it, and the errors of those that failed."""

    path: Path
    number: int
    version: str
    failed: dict[str, str]


def write_part(folder: Path, number: int, records: Sequence[Named], failed: Mapping[str, str]) -> Path:
    """Write one part and return where it is."""
    about = json.dumps({"model_version": model_version(), "failed": dict(failed)}, ensure_ascii=False)
    schema = SCHEMA.with_metadata({ABOUT: about.encode()})
    memory = io.BytesIO()
    with writer_for(memory, schema) as writer:
        for block in blocks(records, GROUP_ROWS):
            table = tidy_block(block)
            writer.write_table(table.replace_schema_metadata(schema.metadata), row_group_size=max(len(table), 1))
    content = memory.getvalue()
    path = folder / FOLDER / f"{number:06d}-{hash_of(content)}.parquet"
    with whole_file(path, folder) as beside:
        beside.write_bytes(content)
    return path


def writer_for(target: object, schema: pa.Schema = SCHEMA) -> pq.ParquetWriter:
    """Return a writer of outcomes, the same for parts and for the final table."""
    return pq.ParquetWriter(
        target, schema, compression=COMPRESSION, use_dictionary=CODED, use_byte_stream_split=["value"]
    )


def hash_of(content: bytes) -> str:
    """Return 16 hexadecimal digits that stand for the bytes of a part."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def whole_parts(folder: Path) -> Iterator[Part]:
    """Yield the parts that are as they were written, in their order."""
    for path in sorted((folder / FOLDER).glob("*.parquet")):
        part = read_part(path)
        if part is not None:
            yield part


def read_part(path: Path) -> Part | None:
    """Return a part, or None if it is torn or none of ours."""
    name = NAME.fullmatch(path.name)
    try:
        if name is None or hash_of(path.read_bytes()) != name[2]:
            return None
        about = json.loads(pq.read_schema(path).metadata[ABOUT])
        return Part(path, int(name[1]), about["model_version"], about["failed"])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def torn_parts(folder: Path, whole: Sequence[Part]) -> int:
    """Return how many parts there are besides the whole ones."""
    return len(list((folder / FOLDER).glob("*.parquet"))) - len(whole)


def drop_parts(folder: Path) -> None:
    """Remove the parts, and nothing else, once the tables hold them."""
    parts = folder / FOLDER
    if not parts.is_dir():
        return
    for pattern in ("*.parquet", f"*{ENDING}"):
        for path in parts.glob(pattern):
            path.unlink(missing_ok=True)
    if not any(parts.iterdir()):
        parts.rmdir()
