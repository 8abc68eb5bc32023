"""What was extracted from one source.  Every fact holds a ``Quote``: without a place there is no fact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.errors import Issue
from toolkit.model.amount import Amount
from toolkit.model.context import Locality, Report, Role, Sector
from toolkit.model.text import Noise, Quote, Source


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a fact is as it is: ``rule`` made it, ``entry`` names the lexicon entry, ``rejected`` lists other readings."""

    rule: str
    entry: str = ""
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that measures something about a locality.

    ``label`` is a short phrase of the text's own words, lower case; ``label_span`` where its head stands (source coordinates)
    if it is one run.  ``period`` is ``"2022"``, ``"2020-2022"`` or None.  ``place`` names another unit than the report's own
    (a predecessor ward, the district) when the figure belongs to it.  ``indicator`` is the key of a known indicator in
    ``data/vi/indicators.yaml``.  ``review`` with ``why`` marks what a person should look at.
    """

    id: str
    quote: Quote
    amount: Amount
    label: str
    role: Role
    sector: Sector
    period: str | None = None
    place: str | None = None
    indicator: str | None = None
    review: bool = False
    why: str = ""
    traces: tuple[Trace, ...] = ()


class Status(StrEnum):
    """Verdict on an indicator."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with the quantities that speak of it; each of the four roles holds ids of quantities, in text order.

    ``direction`` is ``up`` (higher is better), ``down``, ``state`` or ``neutral``.  ``status`` is the source's own verdict where
    it gives one, else computed; ``stated`` tells which.
    """

    id: str
    label: str
    sector: Sector
    period: str | None = None
    place: str | None = None
    direction: str = "up"
    results: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    attainments: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    status: Status = Status.UNKNOWN
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person named with the posts held; one entry however often and in whatever short form the text names them."""

    name: str
    roles: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """An official document cited: ``type`` (Nghị quyết), canonical ``number`` (``15-NQ/TW``), ISO ``date``, ``issuer``."""

    type: str
    number: str | None
    date: str | None
    issuer: str | None
    quotes: tuple[Quote, ...]


class StatementKind(StrEnum):
    """What a grounded statement is."""

    AWARD = "award"
    LIMITATION = "limitation"
    LESSON = "lesson"
    TASK = "next_task"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Statement:
    """One award, limitation, lesson, task or initiative, as its source says it.

    ``text`` is the repaired wording of the quote (spacing, tone marks), what a brief prints.
    """

    kind: StatementKind
    quote: Quote
    text: str
    sector: Sector
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """Motto or theme of the congress."""

    text: str
    quote: Quote


class Mode(StrEnum):
    """What a passage does in a report; only ``result`` may stand in the record of the past term."""

    RESULT = "result"
    PLAN = "plan"
    LIMITATION = "limitation"
    LESSON = "lesson"
    EVENT = "event"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or clause worth summarising: its place, sector, what it does in the report, and a score.

    ``text`` is the repaired wording.  ``features`` explain the score, name and contribution.  ``block`` is the index of its block.
    """

    quote: Quote
    text: str
    sector: Sector
    mode: Mode = Mode.RESULT
    score: float = 0.0
    block: int = 0
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class FactSheet:
    """All facts of one source: the in-memory form of the contract (``toolkit.contract`` writes and reads it as JSON)."""

    source: Source
    locality: Locality | None = None
    localities: tuple[Locality, ...] = ()
    """All places of equal standing when the article reports on several; then ``locality`` is None."""
    term: str | None = None
    next_term: str | None = None
    congress: int | None = None
    report: Report = Report.OTHER
    year: str | None = None
    """Year of an annual report, else None."""
    inferred_term: str | None = None
    inferred_next_term: str | None = None
    published: str | None = None
    theme: Theme | None = None
    quantities: tuple[Quantity, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    people: tuple[Person, ...] = ()
    documents: tuple[CitedDocument, ...] = ()
    awards: tuple[Statement, ...] = ()
    limitations: tuple[Statement, ...] = ()
    lessons: tuple[Statement, ...] = ()
    next_tasks: tuple[Statement, ...] = ()
    initiatives: tuple[Statement, ...] = ()
    sentences: tuple[Passage, ...] = ()
    noise: tuple[Noise, ...] = ()
    warnings: tuple[Issue, ...] = ()
