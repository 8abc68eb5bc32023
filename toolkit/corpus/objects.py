"""What can be added: output folders, ``facts.json`` of a brief, JSON Lines of ``nhiemky extract`` or of an export.

An object keeps its bytes as they came, so that an export gives the same ones back; numbers are read as exact decimals.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.contract import DOSSIER_SCHEMA, SCHEMA
from toolkit.errors import ReadError, UsageError

FACTS_FILE = "facts.json"
"""What a brief's folder holds."""

_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(r'("(?:[^"\\]|\\.)*")|\s+')

Json = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """One object as it came: ``origin`` is its file, with the line of a JSON Lines file; ``whole`` a file of its own."""

    origin: str
    whole: bool
    data: bytes

    @cached_property
    def digest(self) -> str:
        """Identity of the content."""
        return hashlib.blake2b(self.data, digest_size=16).hexdigest()

    def read(self) -> Json:
        """The object, of one of both schemas.  Raises ``ReadError``."""
        return read_object(self.data, self.origin)


def read_object(data: bytes, where: str) -> Json:
    """The object of its bytes, numbers with a fraction as ``Decimal``.  Raises ``ReadError``."""
    try:
        found = json.loads(data, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"it is no JSON: {error}", where=where, remedy="make the file again with nhiemky") from error
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema not in (SCHEMA, DOSSIER_SCHEMA):
        raise ReadError(
            f"it holds no facts of nhiemky: its schema is {schema!r}",
            where=where,
            remedy="add the facts.json of a brief, or what `nhiemky extract` printed",
        )
    kept: Json = found
    return kept


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def given(paths: Iterable[Path], stdin: BinaryIO | None = None) -> Iterator[Given | ReadError]:
    """All objects of files and folders, in order; what cannot be read comes as its error.

    In a folder every ``facts.json`` counts, however deep; ``-`` is JSON Lines of ``stdin``.  Raises ``UsageError`` for a path that
    is not there, and for a folder without facts.
    """
    for path in paths:
        if str(path) == "-" and stdin is not None:
            yield from _lines(stdin, "-")
        elif path.is_dir():
            files = facts_files(path)
            if not files:
                raise UsageError(
                    "the folder holds no facts.json", where=str(path), remedy="name an output folder of `nhiemky build`"
                )
            for file in files:
                yield from _file(file)
        elif path.exists():
            yield from _file(path)
        else:
            raise UsageError("there is no such file or folder", where=str(path), remedy="check the path")


def facts_files(folder: Path) -> list[Path]:
    """Every ``facts.json`` below a folder, in order of the paths; hidden folders are passed over."""
    found: list[Path] = []
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if FACTS_FILE in names:
            found.append(Path(at, FACTS_FILE))
    return sorted(found)


def _file(path: Path) -> Iterator[Given | ReadError]:
    try:
        with path.open("rb") as file:
            if path.suffix.lower() in (".jsonl", ".ndjson"):
                yield from _lines(file, str(path))
            else:
                yield Given(str(path), True, file.read().removeprefix(_BOM))
    except OSError as error:
        yield ReadError(f"cannot be read: {error.strerror}", where=str(path), remedy="check the file and its permissions")


def _lines(file: BinaryIO, name: str) -> Iterator[Given]:
    for number, line in enumerate(file, 1):
        data = line.removeprefix(_BOM).rstrip(b"\r\n")
        if data.strip():
            yield Given(f"{name}:{number}", False, data)


def one_line(data: bytes) -> str:
    """An object's bytes as one line; nothing but the spaces between its signs is left out, and nothing of what is one already."""
    text = data.decode("utf-8").strip()
    return _SPACE.sub(r"\1", text) if "\n" in text or "\r" in text else text
