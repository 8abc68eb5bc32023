"""Atomic delivery into a folder, with a manifest of checksums.

All files of one brief are first written beside their place under temporary names and flushed to the disk; only when every one
of them is complete are they renamed, the manifest last.  A full disk, a read-only folder or Ctrl-C therefore leaves the former
brief as it was.  The manifest holds no clock: the same input gives the same bytes.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from toolkit.errors import DeliverError
from toolkit.model.artifact import Artifact
from toolkit.model.place import Place, Url

MANIFEST = "manifest.json"

PART = ".part"
"""End of the names of files that are not finished yet."""

_PART = re.compile(rf"\.([^/\\]+)\.[0-9]+\.\w+{re.escape(PART)}$")


@overload
def deliver(folder: Path, artifacts: Sequence[Artifact], about: Mapping[str, Any]) -> tuple[Path, ...]: ...


@overload
def deliver(folder: Place, artifacts: Sequence[Artifact], about: Mapping[str, Any]) -> tuple[Place, ...]: ...


def deliver(folder: Place, artifacts: Sequence[Artifact], about: Mapping[str, Any]) -> tuple[Place, ...]:
    """Write ``artifacts`` and a manifest into ``folder`` (made if missing); return the paths in the order given.

    ``about`` is what the manifest says besides the files (locality, term, sources).  Raises ``DeliverError`` and leaves what was
    there before when anything goes wrong.
    """
    return write_whole(folder, with_manifest(artifacts, about))[:-1]


def with_manifest(artifacts: Sequence[Artifact], about: Mapping[str, Any]) -> tuple[Artifact, ...]:
    """``artifacts``, and the manifest after them."""
    return (*artifacts, Artifact(MANIFEST, "application/json", _manifest(artifacts, about)))


@overload
def write_whole(folder: Path, artifacts: Sequence[Artifact]) -> tuple[Path, ...]: ...


@overload
def write_whole(folder: Place, artifacts: Sequence[Artifact]) -> tuple[Place, ...]: ...


def write_whole(folder: Place, artifacts: Sequence[Artifact]) -> tuple[Place, ...]:
    """All of ``artifacts`` or none, without a manifest of its own; into a store elsewhere one by one, the last of them last.

    Raises ``DeliverError``.
    """
    if isinstance(folder, Url):
        from toolkit.remote import write

        return write(folder, artifacts)
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, deep=False)
        for artifact in artifacts:
            target = folder / artifact.name
            if not target.parent.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
            elif target.parent != folder:
                sweep(target.parent, deep=False)
            if target.is_dir():  # seen before anything is renamed, or half of the brief would be new
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            staged.append((_stage(target, artifact.data), target))
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as error:
        raise explain(error, folder) from error
    finally:
        # Also on KeyboardInterrupt: what was renamed is gone from its temporary name, the rest is swept up.
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(target for _, target in staged)


def write_file(target: Path, data: bytes) -> None:
    """Write one file beside no manifest, whole or not at all.  Raises ``DeliverError``."""
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _stage(target, data)
        temporary.replace(target)
    except OSError as error:
        raise explain(error, target) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(target: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.{os.getpid()}.", suffix=PART, dir=target.parent)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o666 & ~_umask())
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return path


def sweep(folder: Path, *, deep: bool = True) -> tuple[Path, ...]:
    """Remove files that processes which are gone left unfinished below ``folder`` (or in it alone); returns them."""
    left = []
    for path in folder.rglob(f".*{PART}") if deep else folder.glob(f".*{PART}"):
        if _abandoned(path):
            with contextlib.suppress(OSError):
                path.unlink()
                left.append(path)
    return tuple(left)


def _abandoned(path: Path) -> bool:
    """Whether nobody writes a file any more: its process is gone, or, where that cannot be asked, an hour has gone by."""
    owner = path.name.removesuffix(PART).split(".")[-2:-1]
    if os.name == "posix" and owner and owner[0].isdigit():
        try:
            os.kill(int(owner[0]), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
        return False
    try:
        return time.time() - path.stat().st_mtime > 3600
    except OSError:
        return False


def _umask() -> int:
    """The mask of new files."""
    # The only way to read the mask is to set it; mkstemp makes files 0600, which others in the office could not open.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _manifest(artifacts: Sequence[Artifact], about: Mapping[str, Any]) -> bytes:
    files = [
        {
            "name": a.name,
            "media_type": a.media_type,
            "bytes": len(a.data),
            "sha256": hashlib.sha256(a.data).hexdigest(),
        }
        for a in artifacts
    ]
    return (json.dumps({**about, "files": files}, ensure_ascii=False, indent=2) + "\n").encode()


def explain(error: OSError, folder: Path) -> DeliverError:
    """What a fault of the system means to whoever writes into a folder."""
    where = _PART.sub(r"\1", str(error.filename or folder))  # the file that was meant, not its temporary name
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DeliverError(
            "the disk is full; nothing of this brief was written, the former one is untouched",
            where=where,
            remedy="free some space, or choose another folder with --output",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DeliverError(
            "the output folder may not be written to",
            where=where,
            remedy="change its permissions, or choose another folder with --output",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return DeliverError(
            "a file stands where a folder is needed",
            where=where,
            remedy="move the file away, or choose another folder with --output",
        )
    if error.errno == errno.EISDIR:
        return DeliverError(
            "a folder stands where a file is needed",
            where=where,
            remedy="move the folder away, or choose another one with --output",
        )
    return DeliverError(
        f"could not write: {error.strerror or error}", where=where, remedy="check the folder given by --output and run again"
    )
