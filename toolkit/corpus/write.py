"""Adding and removing: one transaction a call, so that a corpus is as before or complete.

What an addition replaces:

- settled facts: those of the same file, and those of the same locality and term (where the province is unknown, only when they tell
  of a common source: two wards of one name may be meant);
- facts of a source: those of the same path, when the content or the locality is the same.

A source whose facts are also in settled ones, or that was added twice, is *covered*: kept, but passed over by queries, so that no
figure counts twice.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.corpus.objects import Given, given
from toolkit.corpus.rows import Built, Fact, SourceKey, not_of_schema, take_apart
from toolkit.corpus.store import UNFIT, opened, savepoint, transaction
from toolkit.errors import ReadError, UsageError

_LEVEL = 3
"""Of zlib: beyond it an addition takes twice the time for a tenth of the space."""

_FACT_COLUMNS = 25
_KINDS = {"people": (6, "person"), "documents": (7, "document"), "statements": (6, "statement")}
"""Tables of other facts than figures: their number of columns, and their column in ``spans``."""


@dataclass(slots=True)
class Added:
    """What became of the objects of one addition: counts, and the errors of those that could not be read."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    facts: int = 0
    errors: list[ReadError] = field(default_factory=list)


def add(corpus: Path, paths: Sequence[Path], stdin: BinaryIO | None = None) -> Added:
    """Add output folders, ``facts.json`` and JSON Lines files to a corpus, which is made when it is not there.

    What cannot be read is left out and reported in ``errors``; the rest is added, all at once.  Unchanged objects cost a look.
    Raises ``UsageError`` for a path that is not there, ``ReadError`` for a damaged corpus, ``DeliverError`` when it cannot be
    written.
    """
    for path in paths:
        if str(path) != "-" and not path.exists():
            raise UsageError("there is no such file or folder", where=str(path), remedy="check the path")
    with opened(corpus, create=True) as base:
        return _Addition(base, corpus).run(given(paths, stdin))


class _Addition:
    """The state of one addition: ids handed out, places and sources met."""

    def __init__(self, base: sqlite3.Connection, corpus: Path) -> None:
        self.base = base
        self.corpus = corpus
        self.done = Added()
        self._next: dict[str, int] = {}
        self._localities: dict[str, int] = {}
        self._sources: dict[SourceKey, int] = {}

    def run(self, objects: Iterable[Given | ReadError]) -> Added:
        """Nothing is locked before the first object that is new; then everything to the end is one transaction."""
        waiting = iter(objects)
        for one in waiting:
            if self._old(one):
                continue
            with transaction(self.base):
                self._take(one)
                for other in waiting:
                    if not self._old(other):
                        self._take(other)
                if self.done.replaced:
                    _sweep(self.base)
                if self.done.new or self.done.replaced:
                    _cover(self.base)
        return self.done

    def _old(self, one: Given | ReadError) -> bool:
        """Whether nothing is left to do: an error is noted, an object that is there already counted."""
        if isinstance(one, ReadError):
            self.done.errors.append(one)
            return True
        if self.base.execute("SELECT 1 FROM builds WHERE digest = ?", (one.digest,)).fetchone():
            self.done.unchanged += 1
            return True
        return False

    def _take(self, one: Given | ReadError) -> None:
        assert isinstance(one, Given)
        if self._old(one):  # another process may have added it while this one waited
            return
        try:
            built = take_apart(one.read(), one.origin)
        except ReadError as error:
            self.done.errors.append(error)
            return
        try:
            with savepoint(self.base):
                former = self._put(one, built)
        except UNFIT as error:
            self._localities, self._sources, self._next = {}, {}, {}
            self.done.errors.append(not_of_schema(error, one.origin))
            return
        self.done.replaced += bool(former)
        self.done.new += not former
        self.done.facts += len(built.facts)

    def _put(self, one: Given, built: Built) -> list[int]:
        """Write one object in the place of what it replaces; returns the ids of that."""
        locality = self._locality(built)
        built.build["origin"] = kept_path(self.corpus, one.origin)
        former = self._former(one, built, locality)
        self.base.executemany("DELETE FROM builds WHERE id = ?", [(build,) for build in former])
        self._insert(one, built, locality)
        return former

    def _former(self, one: Given, built: Built, locality: int | None) -> list[int]:
        if built.build["kind"] == "settled":
            known = built.locality is not None and built.locality["province"] is not None
            rows = self.base.execute(
                "SELECT b.id FROM builds b WHERE b.kind = 'settled' AND (:whole AND b.origin = :origin OR b.locality = :locality"
                " AND b.folder = :folder AND (:known OR EXISTS (SELECT 1 FROM build_sources x JOIN sources s ON s.id = x.source"
                " WHERE x.build = b.id AND s.path IN (SELECT value FROM json_each(:paths)))))",
                {
                    "whole": one.whole,
                    "origin": built.build["origin"],
                    "locality": locality,
                    "folder": built.build["folder"],
                    "known": known,
                    "paths": _json([path for path, _ in built.articles]),
                },
            )
        else:
            path, sha256 = built.articles[0]
            rows = self.base.execute(
                "SELECT b.id FROM sources s JOIN build_sources x ON x.source = s.id JOIN builds b ON b.id = x.build"
                " WHERE b.kind = 'facts' AND s.path = ? AND (s.sha256 = ? OR b.locality IS ?)",
                (path, sha256, locality),
            )
        return [row[0] for row in rows]

    def _insert(self, one: Given, built: Built, locality: int | None) -> None:
        build = self._id("builds")
        columns = built.build | {
            "id": build,
            "locality": locality,
            "digest": one.digest,
            "object": zlib.compress(one.data, _LEVEL),
        }
        _insert(self.base, "builds", columns)
        ids = {key: self._source(key, about) for key, about in built.sources.items()}
        self.base.executemany("INSERT INTO build_sources VALUES (?, ?)", [(build, ids[key]) for key in built.articles])
        self.base.executemany(
            "INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?)",
            [(ids[key], *span, text) for key, found in built.sentences.items() for span, text in found.items()],
        )
        self._insert_facts("facts", _FACT_COLUMNS, "fact", build, built.facts, ids)
        for table, (width, owner) in _KINDS.items():
            self._insert_facts(table, width, owner, build, getattr(built, table), ids)

    def _insert_facts(
        self, table: str, width: int, owner: str, build: int, facts: Sequence[Fact], sources: dict[SourceKey, int]
    ) -> None:
        rows = [(self._id(table), build, *fact.row) for fact in facts]
        self.base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)
        self.base.executemany(
            f'INSERT INTO spans (source, start, "end", quote, sentence_start, sentence_end, {owner}) VALUES (?, ?, ?, ?, ?, ?, ?)',
            [
                (sources[p.source], p.start, p.end, p.quote, *(p.sentence or (None, None)), row[0])
                for row, fact in zip(rows, facts, strict=True)
                for p in fact.places
            ],
        )

    def _locality(self, built: Built) -> int | None:
        if built.locality is None:
            return None
        key = built.locality["key"]
        if key not in self._localities:
            row = self.base.execute("SELECT id FROM localities WHERE key = ?", (key,)).fetchone()
            self._localities[key] = row[0] if row else self._id("localities")
            if row is None:
                _insert(self.base, "localities", {"id": self._localities[key], **built.locality})
            else:  # what is known of it since
                _update(self.base, "localities", row[0], built.locality)
        return self._localities[key]

    def _source(self, key: SourceKey, about: dict[str, Any]) -> int:
        if key not in self._sources:
            row = self.base.execute("SELECT id FROM sources WHERE path = ? AND sha256 = ?", key).fetchone()
            self._sources[key] = row[0] if row else self._id("sources")
            if row is not None:
                _update(self.base, "sources", row[0], about)
            else:
                path, sha256 = key
                _insert(self.base, "sources", {"id": self._sources[key], "path": path, "sha256": sha256, **about})
        return self._sources[key]

    def _id(self, table: str) -> int:
        """The next free id of a table; nobody else hands out any while the transaction lasts."""
        if table not in self._next:
            self._next[table] = self.base.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        self._next[table] += 1
        return self._next[table]


def kept_path(corpus: Path, path: str) -> str:
    """How a corpus names a file: from its own folder when the file is below it, so that both can move; else in full."""
    if path == "-" or path.startswith("-:"):  # lines of standard input
        return path
    full = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays what the user calls it
    home = Path(os.path.abspath(corpus)).parent  # noqa: PTH100
    return (full.relative_to(home) if full.is_relative_to(home) else full).as_posix()


def remove(corpus: Path, names: Sequence[str]) -> int:
    """Take builds out of a corpus, named by folder (``ha-dinh/2015-2020``, ``ha-dinh``), by file, or by a folder of files.

    Returns how many went.  Raises ``UsageError``, and removes nothing, when a name fits none.
    """
    with opened(corpus) as base, transaction(base):
        gone: set[int] = set()
        for name in names:
            bare = name.rstrip("/")
            path = kept_path(corpus, bare) if bare else ""
            found = {
                row[0]
                for row in base.execute(
                    "SELECT id FROM builds WHERE folder = :name OR origin = :path OR instr(folder, :name || '/') = 1"
                    " OR :path <> '' AND (instr(origin, :path || '/') = 1 OR instr(origin, :path || ':') = 1)"
                    f" OR :path = '.' AND {_BESIDE}",
                    {"name": bare, "path": path},
                )
            }
            if not found:
                raise UsageError(
                    f"the corpus holds nothing named {name!r}",
                    where=str(corpus),
                    remedy="`nhiemky corpus list` shows what it holds",
                )
            gone |= found
        base.executemany("DELETE FROM builds WHERE id = ?", [(build,) for build in sorted(gone)])
        _sweep(base)
        _cover(base)
        return len(gone)


_BESIDE = "substr(origin, 1, 1) NOT IN ('/', '-') AND substr(origin, 2, 2) <> ':/'"
"""The condition for files below the corpus's own folder, which are named from there (``kept_path``)."""


def _insert(base: sqlite3.Connection, table: str, columns: dict[str, Any]) -> None:
    names = ", ".join(columns)
    base.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in columns)})", columns)


def _update(base: sqlite3.Connection, table: str, row: int, columns: dict[str, Any]) -> None:
    if columns:
        base.execute(
            f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in columns)} WHERE id = :id", {**columns, "id": row}
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sweep(base: sqlite3.Connection) -> None:
    """Sources and places that no build speaks of any more."""
    base.execute(
        "DELETE FROM sources WHERE NOT EXISTS (SELECT 1 FROM build_sources x WHERE x.source = sources.id)"
        " AND NOT EXISTS (SELECT 1 FROM spans p WHERE p.source = sources.id)"
    )
    base.execute("DELETE FROM localities WHERE NOT EXISTS (SELECT 1 FROM builds b WHERE b.locality = localities.id)")


COVERING = (
    "(SELECT o.id FROM build_sources mine JOIN sources m ON m.id = mine.source"
    " JOIN sources t ON t.sha256 = m.sha256 OR t.path = m.path"
    " JOIN build_sources theirs ON theirs.source = t.id JOIN builds o ON o.id = theirs.build"
    " WHERE mine.build = builds.id AND o.id <> builds.id AND ("
    "  o.kind = 'settled' AND (t.sha256 = m.sha256 OR o.locality IS builds.locality)"
    "  OR o.kind = 'facts' AND t.sha256 = m.sha256 AND o.id < builds.id)"
    " ORDER BY o.kind DESC, o.id LIMIT 1)"
)
"""Which build tells the facts of a source already: a settled one, else the one that was there first."""


def _cover(base: sqlite3.Connection) -> None:
    base.execute(f"UPDATE builds SET covered_by = {COVERING} WHERE kind = 'facts'")
