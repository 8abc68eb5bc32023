"""Questions to a corpus: figures by indicator or words, place, term, sector, role, kind; every one with its sentence and place.

Words are compared without marks and case, as whole syllables.  A text that is the key of an indicator means that indicator and
nothing else; other words mean labels that hold them, and the indicators that are called so.  All values reach SQLite as parameters.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.corpus.store import opened
from toolkit.corpus.words import called, fold, fold_place, indicators, nearest, phrase, thing_of
from toolkit.errors import UsageError
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.place import Place, place
from toolkit.model.wording import amount as worded

_TERM = re.compile(r"\s*(\d{4})\s*[-–—/]\s*(\d{4})\s*")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Query:
    """What is asked for; None and empty mean anything.

    ``words`` is an indicator's key, or words of labels, all of which a label must hold.  ``term`` is ``2020-2025``, of a report on
    one year the term around it; ``locality`` a name or a folder (``ha-dinh/2015-2020``).  ``order`` is ``place``, ``value`` or
    ``-value``.
    """

    words: tuple[str, ...] = ()
    term: str | None = None
    province: str | None = None
    locality: str | None = None
    level: str | None = None
    sector: str | None = None
    role: str | None = None
    kind: str | None = None
    unit: str | None = None
    period: str | None = None
    review: bool | None = None
    order: str = "place"
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as found; the names are those of the view ``figures`` and of every output format."""

    folder: str
    locality: str | None
    level: str | None
    province: str | None
    term: str | None
    term_inferred: bool
    year: str | None
    id: str
    indicator: str | None
    label: str
    kind: str
    value: str | None
    low: str | None
    high: str | None
    out_of: str | None
    unit: str
    per: str
    bound: str
    role: str
    period: str | None
    sector: str
    place: str | None
    review: bool
    why: str
    origin: str
    reason: str
    source: str | None
    start: int | None
    end: int | None
    quote: str | None
    sentence: str | None
    locality_id: int | None

    @property
    def amount(self) -> Amount:
        """The figure's value, exact."""
        value, low, high, of = (None if x is None else Decimal(x) for x in (self.value, self.low, self.high, self.out_of))
        return Amount(
            Kind(self.kind), value, low, high, of, self.unit, tuple(p for p in self.per.split("/") if p), Bound(self.bound)
        )

    @property
    def text(self) -> str:
        """The figure as a Vietnamese office writes it."""
        return worded(self.amount)

    @property
    def measure(self) -> tuple[str, str, str]:
        """Kind, unit and rate: figures are compared only where these agree."""
        unit = "" if self.kind == Kind.PERCENT and self.unit == "%" else fold(self.unit) or self.unit
        return self.kind, unit, fold(self.per)

    @property
    def when(self) -> str | None:
        """The period that the figure is of: its own, else what the report is about."""
        return self.period or self.year or self.term

    @property
    def thing(self) -> tuple[str, ...]:
        """What is measured (see ``words.thing_of``)."""
        return thing_of(self.indicator, self.label, tuple(name for name in (self.locality, self.province) if name))


COLUMNS = tuple(field.name for field in fields(Row) if field.name != "locality_id")
"""Names of the columns of every output."""


@dataclass(frozen=True)
class Found:
    """The figures found, as many of them as were wanted; how many there are of how many localities, and of each unit: what cannot
    be compared is counted."""

    rows: tuple[Row, ...]
    total: int
    localities: int
    counts: dict[str, int]


def query(corpus: Path, wanted: Query) -> Found:
    """The figures that a question means.

    Raises ``UsageError`` for a term, indicator or place that is not there, with the nearest one; an empty result is none.
    """
    with opened(corpus) as base:
        where, values = _conditions(base, wanted)
        found = [_row(row) for row in base.execute(_statement(where), values)]
        if not found:
            _explain_nothing(base, wanted, corpus)
    if wanted.order in ("value", "-value"):
        found = by_value(found, down=wanted.order == "-value")
    return Found(tuple(found[: wanted.limit]), len(found), len({row.locality_id for row in found}), _counts(found))


def _statement(where: Sequence[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in (*COLUMNS, "locality_id"))
    condition = " AND ".join(where) or "1"
    return (
        f"SELECT {columns} FROM figures WHERE {condition}"
        " ORDER BY locality IS NULL, sort, province_folded, folder, period IS NULL, period, position, start"
    )


def _row(row: sqlite3.Row) -> Row:
    values = dict(row)
    values["term_inferred"], values["review"] = bool(values["term_inferred"]), bool(values["review"])
    return Row(**values)


def by_value(rows: Iterable[Row], *, down: bool = False) -> list[Row]:
    """By kind, unit and rate, and in them by the exact value; equal ones stay in the order of their places."""
    return sorted(sorted(rows, key=size, reverse=down), key=lambda row: row.measure)


def size(row: Row) -> Decimal:
    """The number that a figure is compared by: of a fraction its share, of a range its low end."""
    value = Decimal(row.value if row.value is not None else row.low or 0)
    return value / Decimal(row.out_of) if row.out_of and Decimal(row.out_of) else value


def term_of(text: str) -> str:
    """``2020-2025`` of any of its spellings.  Raises ``UsageError``."""
    match = _TERM.fullmatch(text)
    if match is None or not 0 < int(match[2]) - int(match[1]) <= 10:
        raise UsageError(f"{text!r} is no term of office", remedy="write it as 2020-2025")
    return f"{match[1]}-{match[2]}"


# ---------------------------------------------------------------- conditions


def _conditions(base: sqlite3.Connection, wanted: Query) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}

    def ask(condition: str, name: str, value: object) -> None:
        if value is not None:
            where.append(condition)
            values[name] = value

    if wanted.words:
        where.append(_naming(base, wanted.words, values))
    ask("term = :term", "term", term_of(wanted.term) if wanted.term else None)
    if wanted.province:
        ask("province_folded = :province", "province", fold_place(wanted.province))
    if wanted.locality:
        ask("(locality_folded = :locality OR folder = :folder)", "locality", fold_place(wanted.locality))
        values["folder"] = wanted.locality.rstrip("/")
    for name in ("level", "sector", "role", "kind"):
        ask(f"{name} = :{name}", name, getattr(wanted, name))
    if wanted.unit is not None:
        ask("lower(unit) = :unit", "unit", wanted.unit.lower())
    if wanted.period is not None:
        ask("coalesce(period, year, term) = :period", "period", _TERM.sub(r"\1-\2", wanted.period))
    ask("review = :review", "review", None if wanted.review is None else int(wanted.review))
    return where, values


def _naming(base: sqlite3.Connection, words: Sequence[str], values: dict[str, Any]) -> str:
    """The condition for an indicator's key, or for words of labels."""
    whole = " ".join(words).strip()
    key = whole.lower()
    if key in indicators() or (_KEY.fullmatch(key) and _is_kept(base, key)):
        values["indicator"] = key
        return "indicator = :indicator"
    if "-" in key and _KEY.fullmatch(key):
        near = nearest(key, {*indicators(), *_kept(base)})
        raise UsageError(
            f"there is no indicator {whole!r}",
            remedy=f"did you mean {near}?"
            if near
            else "`nhiemky query --indicators` lists them; words of a label are found as well",
        )
    parts = []
    for i, text in enumerate(words):
        if not fold(text):
            raise UsageError(f"{text!r} has no word to look for", remedy="write an indicator's key, or words of its label")
        values[f"word{i}"] = phrase(text)
        parts.append(f"instr(folded, :word{i})")
    named = called(whole)
    for i, one in enumerate(named):
        values[f"called{i}"] = one
    also = f" OR indicator IN ({', '.join(f':called{i}' for i in range(len(named)))})" if named else ""
    return f"({' AND '.join(parts)}{also})"


def _is_kept(base: sqlite3.Connection, key: str) -> bool:
    return base.execute("SELECT 1 FROM facts WHERE indicator = ? LIMIT 1", (key,)).fetchone() is not None


def _kept(base: sqlite3.Connection) -> set[str]:
    return {row[0] for row in base.execute("SELECT DISTINCT indicator FROM facts WHERE indicator IS NOT NULL")}


def _explain_nothing(base: sqlite3.Connection, wanted: Query, corpus: Path) -> None:
    """Nothing found because of a name that the corpus does not have is a slip of the pen, and says so."""
    for what, text, column in (
        ("province", wanted.province, "province"),
        ("locality", wanted.locality, "name"),
    ):
        if text is None:
            continue
        known = {
            fold_place(row[0]): row[0]
            for row in base.execute(f"SELECT DISTINCT {column} FROM localities WHERE {column} IS NOT NULL")
        }
        folders = base.execute("SELECT 1 FROM builds WHERE folder = ?", (text.rstrip("/"),)).fetchone()
        if fold_place(text) in known or (what == "locality" and folders):
            continue
        near = nearest(fold_place(text), known)
        remedy = f"did you mean {known[near]}?" if near else "`nhiemky corpus list` shows what it holds"
        raise UsageError(
            f"the corpus has no province {text!r}" if what == "province" else f"the corpus has no locality {text!r}",
            where=str(corpus),
            remedy=remedy,
        )


def suggestion(corpus: Path, words: Sequence[str]) -> str | None:
    """The indicator that is spelled most like words of which nothing was found."""
    with opened(corpus) as base:
        names = {name: key for key, entry in indicators().items() for name in entry.names}
        names |= {key.replace("-", " "): key for key in (*indicators(), *_kept(base))}
    near = nearest(fold(" ".join(words)), names)
    return names[near] if near else None


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    """How many of the figures stand apart, and why."""
    measures = Counter(row.measure for row in rows)
    return {
        "units": len(measures),
        "ranges": sum(row.value is None for row in rows),
        "bounded": sum(row.bound != Bound.EXACT for row in rows),
        "without_period": sum(row.period is None for row in rows),
        "of_other_places": sum(row.place is not None for row in rows),
        "review": sum(row.review for row in rows),
        "term_inferred": sum(row.term_inferred for row in rows),
    }


# ---------------------------------------------------------------- what other commands take from it


@dataclass(frozen=True, slots=True)
class Selected:
    """One build that holds a figure asked for: its folder, its facts file (None for a line of a file), its articles."""

    folder: str
    origin: Path | None
    sources: tuple[Place, ...]


def select(corpus: Path, wanted: Query) -> tuple[Selected, ...]:
    """The builds that a question finds figures in, in the order of their places: what a comparison is made of.

    A facts file is given as a path that opens from here; the articles as the builds knew them.
    """
    # Two localities of one name have one folder name as well.
    places = dict.fromkeys((row.folder, row.locality_id) for row in query(corpus, wanted).rows)
    found: list[Selected] = []
    with opened(corpus) as base:
        for folder, locality in places:
            for row in base.execute(
                "SELECT id, origin, kind FROM builds WHERE folder = ? AND locality IS ? AND covered_by IS NULL ORDER BY origin",
                (folder, locality),
            ):
                sources = base.execute(
                    "SELECT s.path FROM build_sources x JOIN sources s ON s.id = x.source WHERE x.build = ? ORDER BY s.path",
                    (row["id"],),
                )
                origin = corpus.parent / row["origin"] if row["kind"] == "settled" and row["origin"].endswith(".json") else None
                found.append(Selected(folder, origin, tuple(place(source[0]) for source in sources)))
    return tuple(found)


def articles(corpus: Path, wanted: Query) -> tuple[Place, ...]:
    """The articles of ``select``, each once.

    Raises ``UsageError`` when nothing was found, and for the articles that are no longer where the builds read them.
    """
    found = tuple(dict.fromkeys(path for one in select(corpus, wanted) for path in one.sources))
    if not found:
        raise UsageError(
            "the corpus holds no figure of what was asked for",
            where=str(corpus),
            remedy="ask with fewer words, or see with `nhiemky corpus list` what it holds",
        )
    gone = [str(path) for path in found if isinstance(path, Path) and not path.is_file()]
    if gone:
        some = ", ".join([*gone[:5], *(["…"] if len(gone) > 5 else [])])
        raise UsageError(
            f"{len(gone)} of {len(found)} articles are not where they were read: {some}",
            where=str(corpus),
            remedy="run the command in the folder that the briefs were built in, or name the articles themselves",
        )
    return found
