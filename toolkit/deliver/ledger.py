"""The ledger of what was sent: one SQLite database beside the outboxes, written before and after every hand-over.

A message is ``leaving`` on the disk (WAL, synchronous FULL) before its first byte leaves, and ``sending`` in the database before
its last: what a killed run has not left in ``sending`` has certainly not been accepted and may be sent.  ``README.md`` beside this
file has the schema and the way of the states.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from toolkit.errors import DeliverError, UsageError
from toolkit.model.mail import Message, Record, State

FILE = "ledger.sqlite3"
LOCK = "ledger.lock"
DIED = "the run ended before the answer was written down"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
  id TEXT PRIMARY KEY, brief TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, outbox TEXT NOT NULL,
  sha256 TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL, answer TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '', boot TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('rendered','leaving','sending','handed-over','refused','deferred','undecided','withdrawn'))
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_recipient ON messages (recipient, brief);
CREATE INDEX IF NOT EXISTS by_state ON messages (state);
CREATE TABLE IF NOT EXISTS events (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL REFERENCES messages (id), at TEXT NOT NULL, state TEXT NOT NULL, answer TEXT NOT NULL
);
"""
_LEFT = (State.HANDED_OVER, State.UNDECIDED, State.LEAVING, State.SENDING)
"""States of messages that have left, or may have."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the ledger."""
    return datetime.now(UTC)


class Ledger:
    """An open ledger; every method is one transaction and may be called from any thread.

    All raise ``DeliverError`` when the database cannot be written: nothing may be sent that cannot be written down.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: sqlite3.Connection | None, clock: Clock) -> None:
        self.folder = folder
        self._connection = connection
        self._held = lock
        self._clock = clock
        self._guard = threading.RLock()

    # ------------------------------------------------------------ opening and closing

    @classmethod
    def open(cls, folder: Path, clock: Clock = utc_now) -> Ledger:
        """Open for writing, alone: a second run meets a ``DeliverError``.  What a dead run left in ``sending`` is undecided now.

        The lock is one of SQLite's own on a file beside the ledger: the system lets go of it whenever the process ends.
        """
        lock = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = _lock(folder)
            ledger = cls(folder, _connect(folder / FILE), lock, clock)
        except (OSError, sqlite3.Error) as error:
            if lock is not None:
                lock.close()
            raise _explain(error, folder) from error
        ledger._settle_the_dead()
        return ledger

    @classmethod
    @contextlib.contextmanager
    def look(cls, folder: Path) -> Iterator[Ledger | None]:
        """Open for reading, whoever else is at work; None when nothing was ever sent from here."""
        path = folder / FILE
        if not path.is_file():
            yield None
            return
        try:
            connection = sqlite3.connect(path, timeout=10, isolation_level=None)
            connection.execute("PRAGMA query_only = ON")
        except sqlite3.Error as error:
            raise _explain(error, folder) from error
        ledger = cls(folder, connection, None, utc_now)
        try:
            yield ledger
        finally:
            ledger.close()

    def close(self) -> None:
        """Close the database and let go of the lock."""
        with self._guard:
            self._connection.close()
            if self._held is not None:
                self._held.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ writing

    def plan(self, outbox: str, messages: Iterable[Message]) -> None:
        """These messages stand in the outbox of this name now; those that do so no longer, and never left, are withdrawn."""
        now = self._now()
        with self._transaction() as db:
            db.execute("CREATE TEMP TABLE IF NOT EXISTS planned (id TEXT PRIMARY KEY)")
            db.execute("DELETE FROM planned")
            for one in messages:
                db.execute("INSERT INTO planned VALUES (?)", (one.id,))
                row = (one.id, one.brief, one.recipient, one.subject, outbox, one.sha256, now)
                db.execute(
                    "INSERT INTO messages (id, brief, recipient, subject, outbox, sha256, at, state)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, 'rendered') ON CONFLICT (id) DO UPDATE SET outbox = excluded.outbox,"
                    " sha256 = excluded.sha256, at = iif(state = 'withdrawn', excluded.at, at),"
                    " state = iif(state = 'withdrawn', 'rendered', state)"
                    " WHERE state NOT IN ('handed-over', 'undecided', 'leaving', 'sending')",
                    row,
                )
            db.execute(
                "UPDATE messages SET state = 'withdrawn', at = ? WHERE outbox = ? AND state IN ('rendered', 'deferred', 'refused')"
                " AND id NOT IN (SELECT id FROM planned)",
                (now, outbox),
            )

    def leaving(self, id_: str, channel: str) -> None:
        """This message is about to be handed to this channel; on the disk before its first byte leaves.

        Raises ``DeliverError`` when it may not be, because it was sent already.
        """
        now = self._now()
        with self._transaction() as db:
            changed = db.execute(
                "UPDATE messages SET state = 'leaving', at = ?, attempts = attempts + 1, channel = ?, boot = ?"
                " WHERE id = ? AND state IN ('rendered', 'deferred', 'refused')",
                (now, channel, boot(), id_),
            ).rowcount
            if changed != 1:
                raise DeliverError("the ledger has this message as sent", where=id_, remedy="look: nhiemky send --status")

    def sending(self, id_: str) -> None:
        """The last byte of this message leaves next.

        Not flushed to the disk: a killed process leaves what it wrote to the system, and after a crash of the machine ``leaving``
        says enough.  So the time in which a kill leaves something undecided holds no wait for the disk.
        """
        with self._transaction(flush=False) as db:
            if db.execute("UPDATE messages SET state = 'sending' WHERE id = ? AND state = 'leaving'", (id_,)).rowcount != 1:
                raise DeliverError("the ledger has this message as sent", where=id_, remedy="look: nhiemky send --status")

    def stay(self, id_: str) -> None:
        """A message that was about to leave has not, since the run is stopped."""
        with self._transaction() as db:
            db.execute("UPDATE messages SET state = 'rendered' WHERE id = ? AND state = 'leaving'", (id_,))

    def settle(self, id_: str, state: State, answer: str) -> None:
        """What became of a message, with the server's own answer."""
        self._settle([id_], state, answer)

    def decide(self, beginning: str, *, sent: bool) -> str:
        """A person decides about an undecided message; returns its id.  Raises ``UsageError`` when none or several are meant."""
        with self._guard:
            found = [one.id for one in self.records((State.UNDECIDED,)) if one.id.startswith(beginning)]
            if len(found) != 1 or not beginning:
                what = f"{beginning!r} names no undecided message" if not found else f"{beginning!r} names {len(found)} messages"
                raise UsageError(what, remedy="write the id as nhiemky send --status prints it")
            self._settle(found, State.HANDED_OVER if sent else State.RENDERED, "decided by a person")
            return found[0]

    def _settle_the_dead(self) -> None:
        """What a run that died was sending is undecided.

        What it had only begun is as before, unless the machine itself went down since: then ``sending`` may have been lost.
        """
        with self._transaction() as db:
            db.execute("UPDATE messages SET state = 'rendered' WHERE state = 'leaving' AND boot != '' AND boot = ?", (boot(),))
        dead = [one.id for one in self.records((State.SENDING, State.LEAVING))]
        if dead:
            self._settle(dead, State.UNDECIDED, DIED)

    def _settle(self, ids: Iterable[str], state: State, answer: str) -> None:
        now = self._now()
        with self._transaction() as db:
            for id_ in ids:
                db.execute("UPDATE messages SET state = ?, at = ?, answer = ? WHERE id = ?", (state, now, answer, id_))
                db.execute("INSERT INTO events (id, at, state, answer) VALUES (?, ?, ?, ?)", (id_, now, state, answer))

    # ------------------------------------------------------------ reading

    def records(self, states: Collection[State] = tuple(State), outbox: str | None = None) -> tuple[Record, ...]:
        """What is known, in the order of the last change."""
        marks = ",".join("?" * len(states))
        where, values = f"state IN ({marks})", [str(state) for state in states]
        if outbox is not None:
            where, values = f"{where} AND outbox = ?", [*values, outbox]
        rows = self._rows(
            "SELECT id, brief, recipient, subject, outbox, state, at, attempts, answer, channel FROM messages"
            f" WHERE {where} ORDER BY at, id",
            values,
        )
        return tuple(_record(*row) for row in rows)

    def states(self) -> dict[str, State]:
        """The state of every message by its id."""
        return {row[0]: State(row[1]) for row in self._rows("SELECT id, state FROM messages", ())}

    def left(self) -> dict[tuple[str, str], str]:
        """(recipient, brief) of everything that has left or may have, with the id of the message."""
        marks = ",".join("?" * len(_LEFT))
        rows = self._rows(f"SELECT recipient, brief, id FROM messages WHERE state IN ({marks}) ORDER BY at", _LEFT)
        return {(row[0].lower(), row[1]): row[2] for row in rows}

    def events(self, id_: str) -> tuple[tuple[str, str, str], ...]:
        """The history of one message: (time, state, answer)."""
        rows = self._rows("SELECT at, state, answer FROM events WHERE id = ? ORDER BY n", (id_,))
        return tuple((row[0], row[1], row[2]) for row in rows)

    # ------------------------------------------------------------ within

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @contextlib.contextmanager
    def _transaction(self, *, flush: bool = True) -> Iterator[sqlite3.Connection]:
        with self._guard:
            try:
                self._connection.execute(f"PRAGMA synchronous = {'FULL' if flush else 'NORMAL'}")
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                if self._connection.in_transaction:  # a commit that failed leaves it open
                    with contextlib.suppress(sqlite3.Error):
                        self._connection.execute("ROLLBACK")
                raise _explain(error, self.folder) from error

    def _rows(self, query: str, values: Collection[str]) -> list[tuple[str, ...]]:
        with self._guard:
            try:
                return self._connection.execute(query, tuple(map(str, values))).fetchall()
            except sqlite3.Error as error:
                raise _explain(error, self.folder) from error


@cache
def boot() -> str:
    """By this two processes tell whether the machine went down between them; empty where the system has no such name."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _record(
    id_: str, brief: str, recipient: str, subject: str, outbox: str, state: str, at: str, attempts: str, answer: str, channel: str
) -> Record:
    return Record(id_, brief, recipient, subject, outbox, State(state), at, int(attempts), answer, channel)


def _lock(folder: Path) -> sqlite3.Connection:
    held = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        held.close()
        if "locked" not in str(error):
            raise
        raise DeliverError(
            "another run of nhiemky send is at work here",
            where=str(folder),
            remedy="wait until it ends; --status shows how far it is",
        ) from error
    return held


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        # Where a file system cannot do WAL (a network share), SQLite stays with its rollback journal, which is as safe and slower.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection


def _explain(error: Exception, folder: Path) -> DeliverError:
    said = getattr(error, "strerror", None) or str(error)
    remedy = "nothing is sent that cannot be written down: check the disk and the permissions of the folder, then run again"
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in said:
        remedy = "put the ledger back from a backup; without it nobody knows what was sent"
    return DeliverError(f"the ledger cannot be used: {said}", where=str(folder / FILE), remedy=remedy)
