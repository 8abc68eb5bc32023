"""Stores elsewhere: listing, reading and writing what ``s3://…`` and its like name; the one home of fsspec.

Nothing here keeps credentials: fsspec's file systems find them where their owners keep them (environment, profile files).  What
their libraries say of a fault is told without addresses' secrets.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from toolkit.errors import DeliverError, ReadError, ToolkitError, UsageError
from toolkit.model.artifact import Artifact
from toolkit.model.place import Url, without_secrets

THREADS = 16
"""Files that are fetched at once: a store answers slowly, and willingly to many."""

HELD = 256 * 2**20
"""Bytes of sources that are held in memory between the look at their content and their reading; others are fetched twice."""

OBJECT_STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "memory")
"""Kinds of stores without folders: there is nothing to make before a file is put, and a file is put as a whole or not at all."""

_TOKENS = (
    *("ETag", "etag", "md5Hash", "md5", "checksum", "crc32c", "generation", "version", "content_md5"),
    *("LastModified", "last_modified", "updated", "modified", "mtime", "created"),
)
"""What file systems call the token that changes with a file; whichever of them a listing tells takes part."""


def find(url: Url) -> tuple[list[Url], bool]:
    """The files that an address names, and whether it is a folder: one file, all below a folder, those that a pattern fits.

    An address that cannot be looked at is given back as it is: reading it says why.  Raises ``UsageError`` when there is no way
    to such addresses at all.
    """
    pattern = _first_magic(url)
    try:
        system, path = _system(url)
        system.invalidate_cache()
        if pattern is not None:
            base = Url(url.address[: url.address.rfind("/", 0, pattern)])
            return _told(base, system, system.glob(path, detail=True)), False
        about = system.info(path)
        if about.get("type") != "directory":
            return [Url(url.address, _stamp(about))], False
        return _told(url, system, system.find(path, detail=True)), True
    except UsageError:
        raise
    except Exception:  # noqa: BLE001 - every file system has errors of its own
        return [url], False


def read(url: Url, most: int) -> bytes:
    """The bytes of a file.  Raises ``ReadError`` that says why there are none, or that there are more than ``most``."""
    try:
        system, path = _system(url)
        size = url.stamp[0] if url.stamp else (system.info(path).get("size") or 0)
        data: bytes = system.cat_file(path) if size <= most else b""
    except UsageError as error:
        raise ReadError(error.what, where=str(url), remedy=error.remedy) from error
    except FileNotFoundError as error:
        if (cause := _unreached(error)) is not None:
            raise ReadError(f"it cannot be fetched: {_words(cause)}", where=str(url), remedy=_REMEDY) from error
        raise ReadError("no such file", where=str(url), remedy="check the name and the folder") from error
    except PermissionError as error:
        raise ReadError("no permission to read this", where=str(url), remedy="let this account read it") from error
    except Exception as error:
        raise ReadError(f"it cannot be fetched: {_words(error)}", where=str(url), remedy=_REMEDY) from error
    if size > most:
        raise ReadError(
            f"the file has {size / 2**20:.1f} MB, more than the {most / 2**20:.0f} MB that are read",
            where=str(url),
            remedy="split it, or leave pictures and attachments out",
        )
    return data


def write(folder: Url, artifacts: Sequence[Artifact]) -> tuple[Url, ...]:
    """Put ``artifacts`` into a folder, the last of them (the manifest) after all others; raises ``DeliverError``.

    A run that is stopped in between leaves the former manifest, whose checksums no longer fit: the next build makes the brief anew.
    """
    places = tuple(folder / artifact.name for artifact in artifacts)
    try:
        system, root = _system(folder)
        root = root.rstrip("/")
        paths = [f"{root}/{artifact.name}" for artifact in artifacts]
        if folder.kind not in OBJECT_STORES:
            for parent in sorted({path.rpartition("/")[0] for path in paths}):
                system.makedirs(parent, exist_ok=True)
        for some in (slice(None, -1), slice(-1, None)):
            system.pipe({path: artifact.data for path, artifact in zip(paths[some], artifacts[some], strict=True)})
    except ToolkitError as error:
        raise DeliverError(error.what, where=str(folder), remedy=error.remedy) from error
    except PermissionError as error:
        raise DeliverError("the output may not be written to", where=str(folder), remedy="let this account write there") from error
    except FileNotFoundError as error:
        raise DeliverError(
            "there is no such bucket or folder to write into", where=str(folder), remedy="make it, or check --output"
        ) from error
    except Exception as error:
        raise DeliverError(f"could not write: {_words(error)}", where=str(folder), remedy=_REMEDY) from error
    return places


def stamps(folder: Url) -> dict[str, tuple[int, int]]:
    """Size and token of every file below a folder by its name there, in one listing; none where it cannot be looked at."""
    try:
        system, _ = _system(folder)
        system.invalidate_cache()
        found = _told(folder, system, system.find(system._strip_protocol(folder.address), detail=True))
    except Exception:  # noqa: BLE001 - whoever writes there says why
        return {}
    start = len(folder.address.rstrip("/")) + 1
    return {one.address[start:]: one.stamp for one in found if one.stamp is not None}


class Stock:
    """Sources from elsewhere, fetched by several threads some steps before they are wanted.  A context: leaving it ends them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Url, bytes] = {}
        self._room = HELD
        self._coming: dict[Url, Future[bytes]] = {}
        self._later: deque[Url] = deque()
        self._pool: ThreadPoolExecutor | None = None

    def __enter__(self) -> Stock:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def ahead(self, urls: Iterable[Url]) -> None:
        """Fetch these in this order, a few steps before ``get`` asks for them."""
        self._later.extend(url for url in urls if url not in self._held)
        self._step()

    def get(self, url: Url) -> bytes:
        """The bytes of one file; raises ``ReadError``."""
        if url in self._held:
            data = self._held.pop(url)
            self._room += len(data)
            return data
        coming = self._coming.pop(url, None)
        if coming is None:
            with contextlib.suppress(ValueError):
                self._later.remove(url)
        self._step()
        return coming.result() if coming is not None else read(url, self._most)

    def look(self, urls: Sequence[Url]) -> Iterable[tuple[Url, bytes]]:
        """The bytes of files, of all that can be read; they are held for ``get`` as long as there is room."""
        self.ahead(urls)
        for url in urls:
            try:
                data = self.get(url)
            except ReadError:
                continue
            if len(data) <= self._room:
                self._held[url] = data
                self._room -= len(data)
            yield url, data

    def _step(self) -> None:
        while self._later and len(self._coming) < 2 * THREADS:
            self._pool = self._pool or ThreadPoolExecutor(THREADS, "nhiemky-fetch")
            url = self._later.popleft()
            if url not in self._coming:
                self._coming[url] = self._pool.submit(read, url, self._most)


# ---------------------------------------------------------------- fsspec

_REMEDY = "check the address, the network and the account's rights, then run again"


def _system(url: Url) -> tuple[Any, str]:
    """The file system of an address, and the path in it.

    Raises ``UsageError`` when there is none for such addresses, and whatever the file system does when it cannot be reached.
    """
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(
            "addresses such as s3://… need the extra “remote”", where=str(url), remedy="install it: pip install 'nhiemky[remote]'"
        ) from error
    try:
        system, path = fsspec.core.url_to_fs(url.address)
    except ImportError as error:
        raise UsageError(
            f"addresses of this kind need another package: {_words(error)}", where=str(url), remedy="install it with pip"
        ) from error
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"this address cannot be used: {_words(error)}", where=str(url), remedy="check how it is written"
        ) from error
    return system, path


def _told(base: Url, system: Any, found: Mapping[str, Mapping[str, Any]]) -> list[Url]:
    """What a listing below ``base`` told, as addresses in order.

    They are the base's own with the rest of the path after it: of some file systems a path alone no longer says on which server.
    """
    root = system._strip_protocol(base.address).rstrip("/")
    return [
        Url(base.address.rstrip("/") + "/" + path[len(root) :].lstrip("/"), _stamp(about))
        for path, about in sorted(found.items())
        if about.get("type", "file") == "file" and path.startswith(root)
    ]


def _stamp(about: Mapping[str, Any]) -> tuple[int, int] | None:
    from hashlib import blake2b

    tokens = [f"{name}={about[name]}" for name in _TOKENS if about.get(name) is not None]
    if not tokens or about.get("size") is None:
        return None
    return int(about["size"]), int.from_bytes(blake2b("\n".join(tokens).encode(), digest_size=7).digest())


def _first_magic(url: Url) -> int | None:
    """Where a pattern begins in an address; None when it is none."""
    start = url.address.find("://") + 3
    at = [where for sign in ("*[" if url.is_web else "*?[") if (where := url.address.find(sign, start)) >= 0]
    return min(at, default=None)


def _unreached(error: FileNotFoundError) -> OSError | None:
    """The fault of the network behind what a web server's file system calls a file that is not there."""
    cause = error.__cause__
    return cause if isinstance(cause, OSError) and not isinstance(cause, FileNotFoundError) else None


def _words(error: Exception) -> str:
    """What a library says of a fault: one line, no secrets."""
    first = without_secrets(str(error)).strip().splitlines()
    return f"{type(error).__name__}: {first[0][:200]}" if first else type(error).__name__
