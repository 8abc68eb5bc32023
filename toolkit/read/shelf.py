"""Reads an output folder back: one entry a brief, from the manifests that delivery wrote.

A file is taken only with the bytes that the manifest vouches for: what was changed by hand after the audit is not passed on.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import Issue, ReadError, Severity, UsageError
from toolkit.model.shelf import Entry, FileLine
from toolkit.model.vietnamese import collation

MANIFEST = "manifest.json"
AGAIN = "build this brief again"


def read_shelf(root: Path, folders: Iterable[Path] = ()) -> tuple[tuple[Entry, ...], tuple[Issue, ...]]:
    """The briefs below ``folders`` (none: all of ``root``), by place and term, and what kept others out.

    Raises ``UsageError`` when there is no such folder, when a folder lies outside of ``root``, or when no brief is found.
    """
    entries: dict[str, Entry] = {}
    issues: list[Issue] = []
    for folder in tuple(folders) or (root,):
        if not folder.is_dir():
            raise UsageError("there is no such folder of briefs", where=str(folder), remedy="build the briefs first: nhiemky build")
        if not folder.resolve().is_relative_to(root.resolve()):
            raise UsageError(
                "the folder lies outside of the output folder", where=str(folder), remedy="name its output folder by --output"
            )
        for manifest in _manifests(folder):
            own = manifest.parent.resolve().relative_to(root.resolve()).as_posix()
            found = _entry(manifest, own)
            if isinstance(found, Entry):
                entries[own] = found
            elif found is not None:
                issues.append(found)
    if not entries and not issues:
        raise UsageError("no briefs were found", where=str(root), remedy="build the briefs first: nhiemky build")
    ordered = sorted(entries.values(), key=lambda one: (collation(one.province), collation(one.place), one.term, one.folder))
    return tuple(ordered), tuple(issues)


def contents(root: Path, entry: Entry, name: str) -> bytes:
    """The bytes of one file of a brief; raises ``ReadError`` when they are not those that were audited."""
    path = root / entry.folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror}", where=str(path), remedy=AGAIN) from error
    if hashlib.sha256(data).hexdigest() != entry.files[name].sha256:
        raise ReadError("the file was changed after it was audited", where=str(path), remedy=AGAIN)
    return data


def _manifests(folder: Path) -> list[Path]:
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MANIFEST in names:
            found.append(Path(at, MANIFEST))
    return found


def _entry(manifest: Path, own: str) -> Entry | Issue | None:
    """The brief of a manifest; None for a manifest of something else."""
    try:
        said = json.loads(manifest.read_text("utf-8"))
        if said.get("kind", "brief") != "brief" or "compared" in said:  # a digest, a comparison
            return None
        return _filled(said, manifest.parent, own)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Issue(
            "manifest-unreadable",
            "the manifest is not one that this version writes; the brief is left out",
            Severity.ERROR,
            where=str(manifest),
            remedy=AGAIN,
        )


def _filled(said: Mapping[str, Any], folder: Path, own: str) -> Entry:
    lines = [FileLine(f["name"], f["media_type"], int(f["bytes"]), f["sha256"]) for f in said["files"]]
    parents = said["parents"]
    return Entry(
        folder=own,
        place=said["place"],
        title=said["title"],
        headline=said["headline"],
        summary=said["summary"],
        kicker=said["kicker"],
        province=str(parents[-1] if parents else said["place"]),
        term=said["year"] or said["term"] or "",
        report=said["report"],
        date=said["date"],
        date_text=said["date_text"],
        base=said["published_at"] or "",
        files={line.name: line for line in lines if (folder / line.name).is_file()},
    )
