"""One object as rows of the tables: pure, and strict about what it takes.

Facts that stand in several places of an object (a settled figure, and the same in the sheet of its source) become one row, of
the settled one.  Every row knows its places: a source as ``(path, sha256)`` and a span in it.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from toolkit.contract import SCHEMA
from toolkit.corpus.words import fold, fold_place, phrase, sort_text
from toolkit.errors import ReadError
from toolkit.model.amount import Bound, Kind
from toolkit.model.context import Level, Report, Role, Sector
from toolkit.model.dossier import OriginKind
from toolkit.model.vietnamese import name_key, slug

Json = Mapping[str, Any]
SourceKey = tuple[str, str]
STATEMENTS = {
    "awards": "award",
    "limitations": "limitation",
    "lessons": "lesson",
    "next_tasks": "next_task",
    "initiatives": "initiative",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; ``sentence`` is (start, end) of the sentence around it."""

    source: SourceKey
    start: int
    end: int
    quote: str | None
    sentence: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a table, in the order of its columns after ``id`` and ``build``, and where it stands."""

    row: tuple[Any, ...]
    places: tuple[Place, ...]


@dataclass(slots=True)
class Built:
    """An object taken apart.  ``build`` and ``locality`` are columns by name; ``sources`` all that it tells of, by key."""

    build: dict[str, Any]
    locality: dict[str, Any] | None
    sources: dict[SourceKey, dict[str, Any]]
    articles: tuple[SourceKey, ...]
    sentences: dict[SourceKey, dict[tuple[int, int], str]]
    facts: list[Fact] = field(default_factory=list)
    people: list[Fact] = field(default_factory=list)
    documents: list[Fact] = field(default_factory=list)
    statements: list[Fact] = field(default_factory=list)


def take_apart(data: Json, where: str) -> Built:
    """The rows of one object.  Raises ``ReadError`` when it is not what its schema says."""
    try:
        return _Facts(data).built() if data["schema"] == SCHEMA else _Settled(data).built()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        raise not_of_schema(error, where) from error


def not_of_schema(error: Exception, where: str) -> ReadError:
    """What is said of an object that is not what its schema says, by what went wrong with it."""
    return ReadError(
        f"it does not hold to its schema: {type(error).__name__}: {error}", where=where, remedy="make the file again with nhiemky"
    )


def exact(value: int | Decimal | None) -> str | None:
    """A number of the contract as plain digits, without an exponent and without zeros at the end."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"{value!r} is no number")
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def words(value: Any) -> str | None:
    """A text, or None.  SQLite would make texts of numbers, and what a list is would show only when it is printed."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _all_words(values: Any) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{values!r} is no list of texts")
    return values


def _ordinal(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError(f"{value!r} is no ordinal")
    return value


class _Sheets:
    """The sheets of an object's sources: their sentences, and where a fact of theirs stands."""

    def __init__(self, sheets: Sequence[Json]) -> None:
        self.sheets = sheets
        self.sources: dict[SourceKey, dict[str, Any]] = {}
        self.sentences: dict[SourceKey, dict[tuple[int, int], str]] = {}
        self._passages: dict[SourceKey, list[Json]] = {}
        self._longest: dict[SourceKey, int] = {}
        self._by_id: dict[str, SourceKey] = {}
        self._holders: dict[tuple[str, int, int], SourceKey] = {}
        for sheet in sheets:
            source = sheet["source"]
            key = self.key_of(sheet)
            self.sources[key] = {
                name: words(source.get(name)) for name in ("title", "published", "publisher", "author", "media_type", "url")
            }
            self._passages[key] = sorted(sheet["sentences"], key=lambda p: (p["start"], -p["end"]))
            self._longest[key] = max((p["end"] - p["start"] for p in sheet["sentences"]), default=0)
            self._by_id.setdefault(key[1][:12], key)
            for fact in (*sheet["quantities"], *(x for name in STATEMENTS for x in sheet[name])):
                _grounded(fact, source.get("text"))
                self._holders.setdefault((fact["quote"], fact["start"], fact["end"]), key)
        self.articles = tuple(self.sources)

    @staticmethod
    def key_of(sheet: Json) -> SourceKey:
        source = sheet["source"]
        return str(source["path"]), str(source["sha256"])

    def source_of(self, fact: Json, origin: Json) -> SourceKey:
        """The source that a settled fact stands in: of its origin, else with the same words at that place, else the profile."""
        ref = str(origin.get("ref") or "")
        found = self._by_id.get(ref) or self._holders.get((fact["quote"], fact["start"], fact["end"]))
        if found is not None:
            return found
        key = (ref.split(":", 1)[0], "")  # typed in a profile
        self.sources.setdefault(key, {})
        return key

    def place(self, source: SourceKey, span: Json) -> Place:
        """A place with the sentence around it, which is remembered."""
        start, end = int(span["start"]), int(span["end"])
        around = self._around(source, start, end)
        if around is None:
            return Place(source, start, end, words(span.get("quote")), None)
        sentence = (around["start"], around["end"])
        self.sentences.setdefault(source, {})[sentence] = words(around["text"]) or ""
        return Place(source, start, end, words(span.get("quote")), sentence)

    def _around(self, source: SourceKey, start: int, end: int) -> Json | None:
        """The shortest sentence or clause that holds ``[start, end)``."""
        passages = self._passages.get(source, [])
        longest = self._longest.get(source, 0)
        best: Json | None = None
        for i in range(bisect_right(passages, start, key=_start) - 1, -1, -1):
            one = passages[i]
            if one["start"] < end - longest:
                break  # too far in front to reach this place
            if end <= one["end"] and (best is None or one["end"] - one["start"] < best["end"] - best["start"]):
                best = one
        return best


def _start(passage: Json) -> int:
    start: int = passage["start"]
    return start


def _grounded(fact: Json, text: str | None) -> None:
    start, end, quote = fact["start"], fact["end"], fact["quote"]
    if not 0 <= start <= end or len(quote) != end - start or (text is not None and text[start:end] != quote):
        raise ValueError(f"not grounded: {quote!r} is not at [{start}, {end})")


def _origin(settled: Json) -> Json:
    origin: Json = settled["origin"]
    OriginKind(origin["kind"])
    return origin


def quantity_row(position: int, q: Json, origin: Json) -> tuple[Any, ...]:
    """Columns of ``facts`` after ``build``."""
    value, low, high, of = (exact(q.get(name)) for name in ("value", "low", "high", "of"))
    if (value is None) == (low is None or high is None):
        raise ValueError(f"{q['id']} has no value")
    return (
        *(position, str(q["id"]), words(q.get("indicator")), str(q["label"]), phrase(q["label"]), Kind(q["kind"]).value),
        *(value, low, high, of, float(value or low or 0), str(q["unit"] or ""), "/".join(_all_words(q.get("per") or []))),
        *(Bound(q["bound"]).value, Role(q["role"]).value, words(q.get("period")), Sector(q["sector"]).value, words(q.get("place"))),
        *(int(bool(q.get("review"))), str(q.get("why") or "")),
        *(origin["kind"], str(origin.get("ref") or ""), str(origin.get("reason") or "")),
    )


def _person_row(p: Json, origin: str) -> tuple[Any, ...]:
    return (str(p["name"]), fold(p["name"]), json.dumps(_all_words(p["roles"]), ensure_ascii=False), origin)


def _document_row(d: Json, origin: str) -> tuple[Any, ...]:
    return (str(d["type"]), words(d["number"]), words(d["date"]), words(d["issuer"]), origin)


def _statement_row(kind: str, s: Json, origin: str) -> tuple[Any, ...]:
    return (kind, str(s["text"]), Sector(s["sector"]).value, origin)


def locality_row(place: Json) -> dict[str, Any]:
    """Columns of ``localities``.  The key is what makes two mentions the same place: level, name, and all that it belongs to."""
    parents = _all_words([*place.get("parents", ()), *place.get("inferred_parents", ())])
    level = Level(place["level"]).value if place.get("level") else None
    province = parents[-1] if parents else place["name"] if level == Level.TINH else None
    return {
        "key": "|".join((level or "", name_key(place["name"]), *map(fold_place, parents))),
        "name": str(words(place["name"])),
        "level": level,
        "parents": json.dumps(parents, ensure_ascii=False),
        "province": province,
        "slug": words(place.get("slug")) or slug(place["name"]),
        "code": words(place.get("code")),
        "status": words(place.get("status")),
        "folded": fold_place(place["name"]),
        "province_folded": fold_place(province) if province else None,
        "sort": sort_text(place["name"]),
    }


def _build(kind: str, data: Json, locality: dict[str, Any] | None, term: str | None, inferred: bool) -> dict[str, Any]:
    year = words(data.get("year"))
    when = year or words(term) or "unknown-term"
    return {
        "kind": kind,
        "folder": f"{locality['slug'] if locality else 'unknown'}/{when}",
        "term": term,
        "term_inferred": int(inferred and term is not None),
        "year": year,
        "report": Report(data["report"]).value,
    }


class _Facts:
    """The facts of one source."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.sheets = _Sheets([data])

    def built(self) -> Built:
        data, sheets = self.data, self.sheets
        (key,) = sheets.articles
        locality = locality_row(data["locality"]) if data.get("locality") else None
        term, inferred = data.get("term"), data.get("inferred", {}).get("term")
        build = _build("facts", data, locality, term or inferred, term is None)
        build |= {"next_term": words(data.get("next_term")), "congress": _ordinal(data.get("congress"))}
        origin = {"kind": "source", "ref": key[1][:12]}
        built = Built(build, locality, sheets.sources, sheets.articles, sheets.sentences)
        built.facts = [Fact(quantity_row(i, q, origin), (sheets.place(key, q),)) for i, q in enumerate(data["quantities"])]
        built.people = [Fact(_person_row(p, "source"), self._places(p)) for p in data["people"]]
        built.documents = [Fact(_document_row(d, "source"), self._places(d)) for d in data["documents"]]
        built.statements = [
            Fact(_statement_row(kind, s, "source"), (sheets.place(key, s),))
            for name, kind in STATEMENTS.items()
            for s in data[name]
        ]
        return built

    def _places(self, fact: Json) -> tuple[Place, ...]:
        return tuple(self.sheets.place(self.sheets.articles[0], span) for span in fact["spans"])


class _Settled:
    """The settled facts of a brief."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.sheets = _Sheets(data["sources"])

    def built(self) -> Built:
        data, sheets = self.data, self.sheets
        locality = locality_row(data["locality"])
        term = data.get("term")
        inferred = term is not None and _origin(term)["kind"] == OriginKind.INFERRED
        build = _build("settled", data, locality, _value(term), inferred)
        build |= {"next_term": words(_value(data.get("next_term"))), "congress": _ordinal(_value(data.get("congress")))}
        built = Built(build, locality, sheets.sources, sheets.articles, sheets.sentences)
        built.facts = [Fact(quantity_row(i, s["value"], _origin(s)), (self._place(s),)) for i, s in enumerate(data["quantities"])]
        built.people = [
            Fact(_person_row(s["value"], _origin(s)["kind"]), tuple(self._mentions(s["value"]["name"]))) for s in data["people"]
        ]
        built.documents = [Fact(_document_row(s["value"], _origin(s)["kind"]), tuple(self._spans(s))) for s in data["documents"]]
        built.statements = [
            Fact(_statement_row(kind, s["value"], _origin(s)["kind"]), (self._place(s),))
            for name, kind in STATEMENTS.items()
            for s in data[name]
        ]
        return built

    def _place(self, settled: Json) -> Place:
        value = settled["value"]
        return self.sheets.place(self.sheets.source_of(value, _origin(settled)), value)

    def _spans(self, settled: Json) -> Iterator[Place]:
        origin = _origin(settled)
        for span in settled["value"]["spans"]:
            yield self.sheets.place(self.sheets.source_of({"quote": None, **span}, origin), span)

    def _mentions(self, name: str) -> Iterator[Place]:
        """The contract gives a settled person's name and posts; where it stands is in the sheets of the sources."""
        for sheet in self.sheets.sheets:
            for person in _named(sheet["people"], name):
                yield from (self.sheets.place(self.sheets.key_of(sheet), span) for span in person["spans"])


def _named(people: Iterable[Json], name: str) -> Iterator[Json]:
    return (person for person in people if name_key(person["name"]) == name_key(name))


def _value(settled: Json | None) -> Any:
    return None if settled is None else settled["value"]
