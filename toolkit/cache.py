"""What a build keeps for the next one: facts of sources, checked profiles, and what each brief was made of; one SQLite file.

Values are found by a key that names everything they depend on, so nothing in the file can be out of date, only unused.  Each value
is signed with a key that belongs to this user on this machine: a value that was damaged, or that another machine put there, is not
read but made again (values are Python pickles, which must never be read from a stranger).  A file that is no cache of this version
is thrown away.  Several processes may use one file at once; who finds it locked for long goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import pickle
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit.errors import DeliverError
from toolkit.model.place import Place, Url
from toolkit.workspace import user_cache

NAME = ".nhiemky.sqlite"
"""File name of the cache inside an output folder; hidden, so that nobody takes it for a brief."""

APPLICATION = 0x6E68_6B79
"""``nhky`` as SQLite's application id."""

LAYOUT = 2
"""Version of the tables; another one is thrown away, since all that is lost is time."""

BUSY = 20.0
"""Seconds to wait for another process that writes."""

_TABLES = """
CREATE TABLE value (kind TEXT NOT NULL, key BLOB NOT NULL, seal BLOB NOT NULL, data BLOB NOT NULL, used INTEGER NOT NULL,
                    PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE stamp (path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, digest BLOB NOT NULL,
                    seal BLOB NOT NULL) WITHOUT ROWID;
"""

Stamp = tuple[int, int]
"""Size in bytes, and a token of the times of the last change."""

SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes again is sure to bear another time: coarse clocks step in two seconds."""


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file of this machine.

    The time that a user sees can be carried over from another file (``cp -p``, an unpacked archive); beside it counts the time at
    which the system itself last noted a change, which nobody can set.
    """
    times = f"{status.st_mtime_ns} {status.st_ctime_ns}".encode()
    return status.st_size, int.from_bytes(hashlib.blake2b(times, digest_size=7).digest())


def digest(*parts: object) -> bytes:
    """A name for everything that ``parts`` say: the same for equal parts, whatever process asks (16 bytes)."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else pickle.dumps(part, protocol=5) if _odd(part) else repr(part).encode()
        made.update(len(data).to_bytes(8, "little"))
        made.update(data)
    return made.digest()


def _odd(part: object) -> bool:
    """Whether ``repr`` of a value is no faithful name of it."""
    return not isinstance(part, str | int | bool | type(None) | tuple)


def cache_file(output: Place) -> Path:
    """Where the cache of an output is: inside a folder of this machine; for one elsewhere among the user's caches."""
    if isinstance(output, Url):
        return user_cache() / "nhiemky" / "outputs" / f"{digest(output.address.rstrip('/')).hex()}.sqlite"
    return output / NAME


class Cache:
    """The file, open.  ``path`` None keeps nothing beyond this run."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.discarded = False
        """Whether a damaged or foreign file was thrown away."""
        self._began = False
        self._key = _user_key() if path is not None else b""
        self._base = self._open()
        self._run = time.time_ns()

    @contextlib.contextmanager
    def _bearing(self) -> Iterator[None]:
        """What cannot be read or written costs time, never the run; a file that turns out damaged is thrown away at once, else
        every run would do everything again and none would say why."""
        try:
            yield
        except sqlite3.Error as error:
            if type(error) is sqlite3.DatabaseError and self.path is not None:  # not one of the particular faults: malformed
                self.close()
                self._base = self._anew(self.path)
                self.__dict__.pop("_stamps", None)

    # ------------------------------------------------------------ the file

    def _open(self) -> sqlite3.Connection:
        if self.path is None:
            return _made(sqlite3.connect(":memory:", isolation_level=None))
        try:
            self._began = not self.path.parent.exists()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            base = _ours(self.path)
        except (sqlite3.OperationalError, OSError):  # locked, read-only, a full disk: another run may be using it
            return _unchanging(self.path) or _made(sqlite3.connect(":memory:", isolation_level=None))
        except sqlite3.DatabaseError:
            base = None
        return base if base is not None else self._anew(self.path)

    def _anew(self, path: Path) -> sqlite3.Connection:
        """An empty file in the place of one that was damaged or is no cache of this version."""
        self.discarded = True
        for name in _files(path):
            with contextlib.suppress(OSError):
                name.unlink(missing_ok=True)
        try:
            made = _ours(path)
        except sqlite3.DatabaseError:
            made = None
        return made or _made(sqlite3.connect(":memory:", isolation_level=None))

    def abandon(self) -> None:
        """Leave nothing of a run that came to nothing: a folder that was made for the cache alone is removed again."""
        self.close()
        if self._began and self.path is not None:
            with contextlib.suppress(OSError):
                for name in _files(self.path):
                    name.unlink(missing_ok=True)
                self.path.parent.rmdir()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._base.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ values

    def packed(self, kind: str, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """``(key, pickle)`` of the values there are, their seals checked; in no order."""
        wanted = list(keys)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            with self._bearing():
                rows = self._base.execute(f"SELECT key, seal, data FROM value WHERE kind = ? AND key IN ({marks})", (kind, *some))
                for key, seal, data in rows:
                    if self._holds(seal, kind, key, data):
                        yield key, data

    def get(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """The values there are by their keys; what cannot be read any more is not there."""
        found = {}
        for key, data in self.packed(kind, keys):
            with contextlib.suppress(Exception):
                found[key] = pickle.loads(data)  # noqa: S301 - sealed by this user
        return found

    def keys(self, kind: str) -> list[bytes]:
        """The keys of all values of a kind."""
        found: list[bytes] = []
        with self._bearing():
            found += (key for (key,) in self._base.execute("SELECT key FROM value WHERE kind = ?", (kind,)))
        return found

    def put(self, kind: str, values: Mapping[bytes, Any]) -> None:
        self.put_packed(kind, {key: pickle.dumps(value, protocol=5) for key, value in values.items()})

    def put_packed(self, kind: str, values: Mapping[bytes, bytes]) -> None:
        """Keep values; what cannot be kept (a full disk, a lock) is made again next time."""
        rows = [(kind, key, self._seal(kind, key, data), data, self._run) for key, data in values.items()]
        self._write("INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?, ?)", rows)

    def _write(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """All rows or none; into a new file when the present one turns out damaged."""
        if not rows:
            return
        for _ in range(2):
            with self._bearing():
                self._base.execute("BEGIN IMMEDIATE")
                try:
                    self._base.executemany(statement, rows)
                    self._base.execute("COMMIT")
                except sqlite3.Error:
                    with contextlib.suppress(sqlite3.Error):  # of a full disk SQLite has rolled back itself
                        self._base.execute("ROLLBACK")
                    raise
                return

    def prune(self, kind: str, keep: Iterable[bytes], most: int) -> None:
        """Drop values of a kind that ``keep`` does not name once there are more than ``most`` of them."""
        with self._bearing():
            (count,) = self._base.execute("SELECT count(*) FROM value WHERE kind = ?", (kind,)).fetchone()
            if count <= most:
                return
            wanted = set(keep)
            old = [key for (key,) in self._base.execute("SELECT key FROM value WHERE kind = ?", (kind,)) if key not in wanted]
            self._base.executemany("DELETE FROM value WHERE kind = ? AND key = ?", [(kind, key) for key in old])

    def _holds(self, seal: object, kind: str, key: bytes, data: object) -> bool:
        return isinstance(seal, bytes) and isinstance(data, bytes) and hmac.compare_digest(seal, self._seal(kind, key, data))

    def _seal(self, kind: str, key: bytes, data: bytes) -> bytes:
        made = hashlib.blake2b(data, digest_size=16, key=self._key)
        made.update(kind.encode() + key)
        return made.digest()

    # ------------------------------------------------------------ contents of files

    def contents(self, paths: Iterable[Path]) -> dict[Path, bytes]:
        """The digest of each file's bytes; a file whose size and times are known from before is not read again.

        Files that cannot be read are left out: whoever needs them says why.
        """
        known = self._stamps
        found: dict[Path, bytes] = {}
        fresh: list[tuple[str, int, int, bytes]] = []
        now = time.time_ns()
        for path in paths:
            try:
                status = path.stat()
                place = os.fsdecode(path.absolute())
                stamp = stamp_of(status)
                before = known.get(place)
                if before is not None and before[0] == stamp:
                    found[path] = before[1]
                    continue
                found[path] = digest(path.read_bytes())
            except (OSError, ValueError):
                continue
            # A file that changed just now may change again within the clock's step and keep its time.
            if now - max(status.st_mtime_ns, status.st_ctime_ns) > SETTLED:
                with contextlib.suppress(UnicodeEncodeError):
                    place.encode()
                    fresh.append((place, *stamp, found[path]))
                    known[place] = (stamp, found[path])
        self._note(fresh)
        return found

    def content(self, url: Url) -> bytes | None:
        """The digest of a file elsewhere whose size and token are those that a listing told before."""
        before = self._stamps.get(str(url))
        return before[1] if before is not None and before[0] == url.stamp else None

    def note(self, contents: Mapping[Url, bytes]) -> None:
        """Keep the digests of files elsewhere for the next run; of those without a stamp nothing can be kept."""
        self._note([(str(url), *url.stamp, told) for url, told in contents.items() if url.stamp is not None])

    def _note(self, fresh: list[tuple[str, int, int, bytes]]) -> None:
        """Sealed like values: a wrong digest would name a content that the file does not have, at every run again."""
        rows = [(*one, self._seal("stamp", repr(one[:3]).encode(), one[3])) for one in fresh]
        self._write("INSERT OR REPLACE INTO stamp VALUES (?, ?, ?, ?, ?)", rows)

    @cached_property
    def _stamps(self) -> dict[str, tuple[Stamp, bytes]]:
        rows = []
        with self._bearing():
            rows = self._base.execute("SELECT path, size, changed, digest, seal FROM stamp").fetchall()
        return {
            path: ((size, changed), told)
            for path, size, changed, told, seal in rows
            if self._holds(seal, "stamp", repr((path, size, changed)).encode(), told)
        }


def remove(output: Place) -> int:
    """Remove the cache of an output; returns how many bytes that freed.  Raises ``DeliverError`` when it may not."""
    freed = 0
    for path in _files(cache_file(output)):
        try:
            size = path.stat().st_size
            path.unlink()
            freed += size
        except FileNotFoundError:
            continue
        except OSError as error:
            raise DeliverError(
                f"could not remove: {error.strerror}", where=str(path), remedy="end other runs of nhiemky, check the permissions"
            ) from error
    return freed


def _files(path: Path) -> tuple[Path, ...]:
    """The cache and what SQLite lays beside it."""
    return (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")))


def _ours(path: Path) -> sqlite3.Connection | None:
    """The file open, its tables made if it is new; None when it is something else."""
    base = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    try:
        base.execute("PRAGMA busy_timeout = 20000")
        (owner,), (layout,) = base.execute("PRAGMA application_id").fetchone(), base.execute("PRAGMA user_version").fetchone()
        empty = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if empty and not owner:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            return _made(base)
        if (owner, layout) == (APPLICATION, LAYOUT):
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute("SELECT count(*) FROM value WHERE kind = ''").fetchone()
            return base
    except sqlite3.Error:
        base.close()
        raise
    base.close()
    return None


def _unchanging(path: Path) -> sqlite3.Connection | None:
    """The cache of a folder that cannot be written to, for reading alone; None where it can be, or where there is none."""
    if os.access(path.parent, os.W_OK) or not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for a name too long
        return None
    with contextlib.suppress(sqlite3.Error, OSError):
        base = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None)
        (owner,), (layout,) = base.execute("PRAGMA application_id").fetchone(), base.execute("PRAGMA user_version").fetchone()
        if (owner, layout) == (APPLICATION, LAYOUT):
            return base
        base.close()
    return None


def _made(base: sqlite3.Connection) -> sqlite3.Connection:
    base.execute("BEGIN IMMEDIATE")
    if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in _TABLES.split(";"):
            if statement.strip():
                base.execute(statement)
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {LAYOUT}")
    base.execute("COMMIT")
    return base


def _user_key() -> bytes:
    """The key that seals what this user keeps on this machine, made on first use; for this run alone where it cannot be kept."""
    path = user_cache() / "nhiemky" / "seal.key"
    for _ in range(2):
        with contextlib.suppress(OSError):
            key = path.read_bytes()
            if len(key) == 32:
                return key
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
            try:
                os.link(part, path)  # whoever is first wins
            except FileExistsError:
                pass
            except OSError:
                part.replace(path)
            part.unlink(missing_ok=True)
    return secrets.token_bytes(32)
