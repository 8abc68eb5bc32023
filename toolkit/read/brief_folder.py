"""Built briefs read back for sending: found below folders, complete, and with the checksums of their manifest.

A file that was changed after the build would carry words that no audit has seen, so it is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from toolkit.errors import DeliverError, UsageError
from toolkit.model.mail import FRAGMENT, PARTS, PDF, PLAIN, BriefFiles, BriefParts
from toolkit.model.vietnamese import slug

MANIFEST = "manifest.json"
AGAIN = "make it again: nhiemky build -f html,pdf,newsletter"


def find_briefs(wanted: Sequence[str], output: Path) -> tuple[Path, ...]:
    """The folders of briefs that ``wanted`` names: folders, or localities below ``output`` (``ha-dinh``, ``Hạ Đình``); all when
    nothing is named.  Raises ``UsageError`` for what names nothing."""
    everything = _below(output) if output.is_dir() else []
    if not wanted:
        if not everything:
            raise UsageError("no briefs were found", where=str(output), remedy=f"name a folder of briefs, or {AGAIN}")
        return tuple(everything)
    found: dict[Path, None] = {}
    for name in wanted:
        here = Path(name)
        chosen = _below(here) if here.is_dir() else [path for path in everything if name in _names(path)]
        chosen = chosen or [path for path in everything if slug(name) and slug(name) == path.parent.name]
        if not chosen:
            there = ", ".join(sorted({path.parent.name for path in everything})) or "–"
            raise UsageError(f"there is no brief of {name!r}", where=str(output), remedy=f"there are: {there}")
        found.update(dict.fromkeys(chosen))
    return tuple(found)


def _names(path: Path) -> tuple[str, str]:
    return path.parent.name, f"{path.parent.name}/{path.name}"


def _below(folder: Path) -> list[Path]:
    manifests = (path for path in folder.rglob(MANIFEST) if (path.parent / "facts.json").is_file())
    return sorted(path.parent.resolve() for path in manifests)


def read_briefs(folders: Iterable[Path]) -> tuple[BriefFiles, ...]:
    """The briefs of folders; raises ``DeliverError`` with every folder that is not complete and sound."""
    found, wrong = [], []
    for folder in folders:
        try:
            found.append(_read(folder))
        except DeliverError as error:
            wrong.append(error)
    if len(wrong) > 1:
        places = "; ".join(f"{error.where}: {error.what}" for error in wrong)
        raise DeliverError(f"{len(wrong)} briefs cannot be sent: {places}", remedy=wrong[0].remedy)
    if wrong:
        raise wrong[0]
    return tuple(found)


def read_parts(brief: BriefFiles) -> BriefParts:
    """The files of a brief; raises ``DeliverError`` when one is not as it was built."""
    data = {name: _checked(brief.path, name, sha256) for name, sha256 in brief.sums}
    return BriefParts(data[FRAGMENT].decode("utf-8"), data[PLAIN].decode("utf-8"), data[PDF])


def _read(folder: Path) -> BriefFiles:
    about = _manifest(folder)
    said = {str(entry.get("name")): str(entry.get("sha256")) for entry in about["files"]}
    for name in PARTS:
        if name not in said or not (folder / name).is_file():
            raise DeliverError(f"the brief has no {name}, which mail is made of", where=str(folder), remedy=AGAIN)
        _checked(folder, name, said[name])
    return BriefFiles(
        folder=f"{folder.parent.name}/{folder.name}",
        path=folder,
        locality=str(about.get("locality") or folder.parent.name),
        title=str(about.get("title") or about.get("locality") or folder.name),
        term=str(about.get("term") or ""),
        year=str(about.get("year") or ""),
        sums=tuple((name, said[name]) for name in PARTS),
    )


def _checked(folder: Path, name: str, sha256: str) -> bytes:
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeliverError(f"the file cannot be read: {error.strerror}", where=str(path), remedy="check its permissions") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DeliverError("the file is not as it was built", where=str(path), remedy=AGAIN)
    return data


def _manifest(folder: Path) -> dict[str, Any]:
    where = str(folder / MANIFEST)
    try:
        about = json.loads((folder / MANIFEST).read_bytes())
        if not isinstance(about, dict) or not all(isinstance(entry, dict) for entry in about["files"]):
            raise TypeError
    except OSError as error:
        raise DeliverError(f"the file cannot be read: {error.strerror}", where=where, remedy="check its permissions") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DeliverError("this is not the manifest of a brief", where=where, remedy=AGAIN) from error
    return about
