"""Which files are sources: those that are named, and all of a type that can be read in folders, here or in a store elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePath, PurePosixPath
from typing import overload

from toolkit.errors import UsageError
from toolkit.model.place import Place, Url

IGNORED = ("readme", "license", "changelog")
"""File names (without suffix) that stand beside sources and are none."""


@overload
def find_sources(paths: Iterable[Path]) -> tuple[Path, ...]: ...


@overload
def find_sources(paths: Iterable[Place]) -> tuple[Place, ...]: ...


def find_sources(paths: Iterable[Place]) -> tuple[Place, ...]:
    """Files to read: those named, and in folders all of a supported type, in order of their names.

    Hidden files and READMEs inside folders are passed over; a file that is named is always read.  Of addresses a pattern names the
    files that it fits.  Raises ``UsageError`` when nothing is found, or when there is no way to an address.
    """
    from toolkit.read import SUPPORTED

    given = tuple(paths)
    found: list[Place] = []
    for path in given:
        if isinstance(path, Url):
            found += _elsewhere(path)
        else:
            found += _inside(path) if os.path.isdir(path) else [path]  # noqa: PTH112 - Path.is_dir raises for a name too long
    if not found:
        raise UsageError(
            "no sources were found",
            where=", ".join(map(str, given)),
            remedy=f"name a file or a folder that holds files of these types: {', '.join(sorted(SUPPORTED))}",
        )
    return tuple(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """Sources below a folder.  Links to folders are not followed; a folder that cannot be looked into counts as a source,
    so that reading it says so: what it holds must not be left out in silence."""
    found: list[Path] = []
    closed: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(at, name) for name in names)
        found += (file for file in files if _is_source(file) and file.is_file())
    return sorted(found + closed)


def _elsewhere(url: Url) -> list[Url]:
    from toolkit.remote import find

    found, folder = find(url)
    if not folder:
        return found
    start = len(url.address.rstrip("/")) + 1
    below = ((one, PurePosixPath(one.address[start:])) for one in found)
    return [one for one, name in below if _is_source(name) and not any(part.startswith(".") for part in name.parts)]


def _is_source(file: PurePath) -> bool:
    from toolkit.read import SUPPORTED

    hidden, known = file.name.startswith("."), file.suffix.lower() in SUPPORTED
    return not hidden and known and file.stem.lower().split(".")[0] not in IGNORED
