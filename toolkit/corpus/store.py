"""The file: opened, checked, made; every fault of SQLite becomes an error that says what to do.

The rollback journal is SQLite's plainest way to be safe: no file beside the corpus that must travel with it, network drives
included, and whoever opens a corpus after a crash finds it as it was before.
"""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from toolkit.errors import DeliverError, ReadError, ToolkitError, UsageError

VERSION = 1
"""Number of the schema (``PRAGMA user_version``)."""

APPLICATION = 0x6E686B79
"""``nhky`` in ASCII (``PRAGMA application_id``): tells a corpus from other programs' SQLite files."""

PATIENCE = 300.0
"""Seconds to wait for another process that is writing."""

_MAGIC = b"SQLite format 3\0"
_STRICT = (3, 37)
"""First version of SQLite with strict tables; older ones get the same tables without that check."""


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to a checked corpus, closed at the end; faults of SQLite inside the block are explained.

    Raises ``UsageError`` when there is none (and ``create`` does not make one), ``ReadError`` when the file is damaged, of another
    program or of another schema.
    """
    if not path.exists() and not create:
        raise UsageError(
            "there is no corpus", where=str(path), remedy="make one with `nhiemky corpus add output/`, or name it with --corpus"
        )
    with explained(path):
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        _check_head(path)
        uri = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=1.0)) as base:
            base.row_factory = sqlite3.Row
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("PRAGMA cache_size = -65536")  # 64 MB: a large addition seldom has to lock readers out before its end
            base.execute("PRAGMA temp_store = MEMORY")
            if create:
                _ensure_schema(base)
            _check_version(base, path)
            yield base


def _check_head(path: Path) -> None:
    """A file that SQLite would not know is told from one that it would find damaged later."""
    if not path.exists():
        return
    if path.is_dir():
        raise UsageError("a folder stands where the corpus should be", where=str(path), remedy="name a file with --corpus")
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
    if head and head != _MAGIC:
        raise ReadError(
            "it is no corpus: the file does not begin as SQLite files do",
            where=str(path),
            remedy="name another file with --corpus, or move this one away and make the corpus anew with `nhiemky corpus add`",
        )


def _ensure_schema(base: sqlite3.Connection) -> None:
    if base.execute("PRAGMA user_version").fetchone()[0] or _has_tables(base):
        return
    with transaction(base):
        if _has_tables(base):  # another process was quicker
            return
        script = Path(__file__).with_name("schema.sql").read_text("utf-8")
        if sqlite3.sqlite_version_info < _STRICT:
            script = script.replace(") STRICT, WITHOUT ROWID;", ") WITHOUT ROWID;").replace(") STRICT;", ");")
        for statement in script.split(";\n"):
            base.execute(statement)
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {VERSION}")


def _has_tables(base: sqlite3.Connection) -> bool:
    return base.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _check_version(base: sqlite3.Connection, path: Path) -> None:
    application = base.execute("PRAGMA application_id").fetchone()[0]
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise ReadError(
            "it is no corpus: it is a SQLite file of another program" if _has_tables(base) else "it is no corpus: it is empty",
            where=str(path),
            remedy="name another file with --corpus",
        )
    if version > VERSION:
        raise ReadError(
            f"the corpus has schema {version}, this nhiemky knows {VERSION}",
            where=str(path),
            remedy="use the newer nhiemky that made it, or make another corpus with `nhiemky corpus add` and --corpus",
        )
    if version < VERSION:
        raise ReadError(
            f"the corpus has the older schema {version}, this nhiemky knows {VERSION}",
            where=str(path),
            remedy="export it with the nhiemky that made it (`nhiemky corpus export`), then add that file to a new corpus",
        )


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it; waits for another writer as long as ``PATIENCE``, and can be interrupted meanwhile."""
    deadline = time.monotonic() + PATIENCE
    _patiently(lambda: base.execute("BEGIN IMMEDIATE"), deadline)
    try:
        yield
        _patiently(base.commit, deadline)  # a reader that is at it will be gone in a moment
    except BaseException:
        if base.in_transaction:
            base.rollback()
        raise


UNFIT = (
    *(sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError),
    *(OverflowError, UnicodeEncodeError),
)
"""What writing a value raises that the tables cannot hold: a fault of the object it came from, not of the corpus."""


@contextmanager
def savepoint(base: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it, inside a transaction that goes on."""
    base.execute("SAVEPOINT one")
    try:
        yield
    except BaseException:
        if base.in_transaction:  # a full disk ends the whole transaction
            base.execute("ROLLBACK TO one")
            base.execute("RELEASE one")
        raise
    base.execute("RELEASE one")


def _patiently(step: Callable[[], object], deadline: float) -> None:
    """Does ``step``, again while another process keeps the file to itself."""
    while True:
        try:
            step()
        except sqlite3.OperationalError as error:
            if not _busy(error) or time.monotonic() > deadline:
                raise
        else:
            return


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system raise into errors with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _meaning(error, path) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DeliverError(
            "the disk is full; the corpus is as it was" if full else f"the corpus cannot be opened: {error.strerror}",
            where=str(error.filename or path),
            remedy="free some space and run again" if full else "check the file given by --corpus",
        ) from error


def _busy(error: sqlite3.OperationalError) -> bool:
    return "locked" in str(error)


def _meaning(error: sqlite3.Error, path: Path) -> ToolkitError:
    said, where = str(error), str(path)
    if isinstance(error, sqlite3.OperationalError) and _busy(error):
        return DeliverError("another process is writing into the corpus", where=where, remedy="run again when it has ended")
    if "full" in said:
        return DeliverError("the disk is full; the corpus is as it was", where=where, remedy="free some space and run again")
    if "readonly" in said or "unable to open" in said:
        return DeliverError(
            "the corpus may not be written to", where=where, remedy="check its permissions, or choose another file with --corpus"
        )
    return ReadError(
        f"the corpus is damaged: {said}",
        where=where,
        remedy="move the file away and make it anew with `nhiemky corpus add`: briefs and facts files are untouched",
    )
