"""Looking a corpus through: what it holds, whether it is sound, its objects as they came."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.corpus.objects import Json, one_line, read_object
from toolkit.corpus.rows import take_apart
from toolkit.corpus.store import opened
from toolkit.errors import Issue, ReadError, Severity, UsageError


@dataclass(frozen=True, slots=True)
class Listed:
    """One build: its folder, place, what it holds.  ``covered_by`` is the folder of the build that tells the same source."""

    folder: str
    kind: str
    locality: str | None
    level: str | None
    parents: tuple[str, ...]
    term: str | None
    term_inferred: bool
    year: str | None
    sources: tuple[str, ...]
    facts: int
    review: int
    origin: str
    covered_by: str | None


def listing(corpus: Path) -> list[Listed]:
    """All builds in the Vietnamese order of their places, then by folder.  Raises what ``store.opened`` raises."""
    import json

    with opened(corpus) as base:
        rows = base.execute(
            "SELECT b.*, l.name, l.level, l.parents, o.folder AS cover,"
            " (SELECT json_group_array(path) FROM (SELECT s.path FROM build_sources x JOIN sources s ON s.id = x.source"
            "  WHERE x.build = b.id ORDER BY s.path)) AS sources,"
            " (SELECT count(*) FROM facts f WHERE f.build = b.id) AS facts,"
            " (SELECT count(*) FROM facts f WHERE f.build = b.id AND f.review) AS review"
            " FROM builds b LEFT JOIN localities l ON l.id = b.locality LEFT JOIN builds o ON o.id = b.covered_by"
            " ORDER BY l.sort, b.folder, b.kind DESC, b.origin"
        ).fetchall()
    return [
        Listed(
            row["folder"],
            row["kind"],
            row["name"],
            row["level"],
            tuple(json.loads(row["parents"] or "[]")),
            row["term"],
            bool(row["term_inferred"]),
            row["year"],
            tuple(json.loads(row["sources"])),
            row["facts"],
            row["review"],
            row["origin"],
            row["cover"],
        )
        for row in rows
    ]


def export(corpus: Path) -> Iterator[str]:
    """Every object on one line, as it was added; in the order of folders, kinds and origins."""
    with opened(corpus) as base:
        for row in base.execute("SELECT object, origin FROM builds ORDER BY folder, kind, origin, digest"):
            yield one_line(_unpacked(row["object"], row["origin"]))


def stored(corpus: Path, folder: str) -> list[tuple[str, Json]]:
    """(origin, object) of what counts under a folder's name.

    Raises ``UsageError`` when there is nothing, or when several localities have that name.
    """
    with opened(corpus) as base:
        rows = base.execute(
            "SELECT locality, origin, object FROM builds WHERE folder = ? AND covered_by IS NULL ORDER BY kind DESC, origin",
            (folder,),
        ).fetchall()
    if not rows:
        raise UsageError(
            f"the corpus holds nothing named {folder!r}", where=str(corpus), remedy="`nhiemky corpus list` shows what it holds"
        )
    if len({row["locality"] for row in rows}) > 1:
        raise UsageError(
            f"several localities of the corpus are named {folder!r}", where=str(corpus), remedy="name their facts files instead"
        )
    return [(row["origin"], read_object(_unpacked(row["object"], row["origin"]), row["origin"])) for row in rows]


def check(corpus: Path) -> list[Issue]:
    """Faults of a corpus: SQLite's own checks, objects whose bytes changed, rows that are not what their object says."""
    with opened(corpus) as base:
        found = [_fault(str(row[0])) for row in base.execute("PRAGMA integrity_check") if row[0] != "ok"]
        if found:
            return found
        found = [
            _fault(f"a row of {row['table']} points to nothing in {row['parent']}")
            for row in base.execute("PRAGMA foreign_key_check")
        ]
        for row in base.execute("SELECT id, folder, origin, digest, object FROM builds ORDER BY folder, origin"):
            if what := _differs(base, row):
                found.append(_fault(what, row["folder"]))
        return found


def _differs(base: sqlite3.Connection, row: sqlite3.Row) -> str | None:
    """What is wrong with the rows of one build, or None."""
    try:
        data = _unpacked(row["object"], row["origin"])
        if hashlib.blake2b(data, digest_size=16).hexdigest() != row["digest"]:
            return "its object is not what was added"
        built = take_apart(read_object(data, row["origin"]), row["origin"])
    except ReadError as error:
        return error.what
    for table, rows in (
        ("facts", built.facts),
        ("people", built.people),
        ("documents", built.documents),
        ("statements", built.statements),
    ):
        there = [tuple(found)[2:] for found in base.execute(f"SELECT * FROM {table} WHERE build = ? ORDER BY id", (row["id"],))]
        if there != [fact.row for fact in rows]:
            return f"its rows in the table {table} are not what its object says"
    return None


def _fault(message: str, where: str = "") -> Issue:
    return Issue(
        "corpus-damaged",
        message,
        Severity.ERROR,
        where=where,
        remedy="move the file away and make it anew with `nhiemky corpus add`: briefs and facts files are untouched",
    )


def _unpacked(data: bytes, origin: str) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise ReadError(f"its object cannot be unpacked: {error}", where=origin, remedy="add it again") from error
