"""Looking a corpus through: what it holds, whether it is sound, its objects as they came."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.corpus.objects import Json, one_line, read_object
from toolkit.corpus.rows import Built, Fact, locality_row, take_apart
from toolkit.corpus.store import opened
from toolkit.corpus.write import COVERING
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
        said: dict[tuple[object, ...], set[int]] = {}
        for row in base.execute("SELECT * FROM builds ORDER BY folder, origin"):
            if what := _differs(base, row, said):
                found.append(_fault(what, row["folder"]))
        if not found:  # what several builds share can be held only against builds that are sound themselves
            found = [_fault(f"rows in the table {table} are not what the objects say") for table in _shared(base, said)]
        return found


def _shared(base: sqlite3.Connection, said: Mapping[tuple[object, ...], set[int]]) -> Iterator[str]:
    """The tables that builds share with a row that is none of theirs; ``said`` are the texts of sentences by their places.

    Two versions of nhiemky may repair a sentence in two ways: each that an object says may stand there.
    """
    if not all(map(_coherent, base.execute("SELECT * FROM localities"))):
        yield "localities"
    sentences = base.execute('SELECT s.path, s.sha256, t.start, t."end", t.text FROM sentences t JOIN sources s ON s.id = t.source')
    if any(hash(text) not in said.get(tuple(place), {hash(text)}) for *place, text in sentences):
        yield "sentences"
    covered = f"SELECT 1 FROM builds WHERE covered_by IS NOT CASE kind WHEN 'facts' THEN {COVERING} END LIMIT 1"
    if base.execute(covered).fetchone():
        yield "builds"


def _coherent(row: sqlite3.Row) -> bool:
    """Whether what is worked out of a place's name, level and parents fits them."""
    try:
        made = locality_row({"name": row["name"], "level": row["level"], "parents": json.loads(row["parents"])})
    except (ValueError, TypeError):
        return False
    return all(row[name] == value for name, value in made.items() if name not in ("slug", "code", "status"))


def _differs(base: sqlite3.Connection, row: sqlite3.Row, said: dict[tuple[object, ...], set[int]]) -> str | None:
    """What is wrong with the rows of one build, or None; its sentences are noted in ``said``."""
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
    if any(row[name] != value for name, value in built.build.items()) or _key_of(base, row) != (built.locality or {}).get("key"):
        return "its rows in the table builds are not what its object says"
    if not _standing(base, row["id"], built):
        return "its rows in the table spans are not what its object says"
    for source, sentences in built.sentences.items():
        for span, text in sentences.items():
            said.setdefault((*source, *span), set()).add(hash(text))
    return None


def _key_of(base: sqlite3.Connection, row: sqlite3.Row) -> str | None:
    found = base.execute("SELECT key FROM localities WHERE id = ?", (row["locality"],)).fetchone()
    return str(found[0]) if found else None


def _standing(base: sqlite3.Connection, build: int, built: Built) -> bool:
    """Whether the sources of a build, and the places of all its facts in them, are those of its object."""
    articles = base.execute(
        "SELECT s.path, s.sha256 FROM build_sources x JOIN sources s ON s.id = x.source WHERE x.build = ?", (build,)
    )
    if {tuple(found) for found in articles} != set(built.articles):
        return False
    for table, owner in (("facts", "fact"), ("people", "person"), ("documents", "document"), ("statements", "statement")):
        rows = base.execute(
            f'SELECT s.path, s.sha256, p.start, p."end", p.quote, p.sentence_start, p.sentence_end FROM {table} f'
            f" JOIN spans p ON p.{owner} = f.id JOIN sources s ON s.id = p.source WHERE f.build = ? ORDER BY f.id, p.id",
            (build,),
        )
        facts: list[Fact] = getattr(built, table)
        places = [(*p.source, p.start, p.end, p.quote, *(p.sentence or (None, None))) for fact in facts for p in fact.places]
        if [tuple(found) for found in rows] != places:
            return False
    return True


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
