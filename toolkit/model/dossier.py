"""The settled facts of one locality and term: what ``merge`` makes of its sources and its profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from toolkit.errors import Issue
from toolkit.model.context import Locality, Report
from toolkit.model.fact import CitedDocument, FactSheet, Indicator, Person, Quantity, Statement

T = TypeVar("T")


class OriginKind(StrEnum):
    """Who said it: an article, a profile, the nationwide calendar of congresses, or arithmetic over other facts."""

    SOURCE = "source"
    PROFILE = "profile"
    INFERRED = "inferred"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a settled value came from.

    ``ref`` is a ``Source.id`` or ``profiles/x.yaml:14:9``; ``reason`` is what the profile gives for an override, ``source`` what it
    cites.
    """

    kind: OriginKind
    ref: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """One value as settled.

    ``support`` are the facts of other sources that say the same; ``hidden`` those that lost, each with why (a row of the
    precedence table, or the profile's reason).  ``value`` is never changed in silence: whatever it replaced is in ``hidden``.
    """

    value: T
    origin: Origin
    support: tuple[T, ...] = ()
    hidden: tuple[tuple[T, str], ...] = ()
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources (or a source with itself) give different values of one thing; ``chosen`` won by ``rule``."""

    what: str
    chosen: Quantity
    others: tuple[Quantity, ...]
    rule: str


@dataclass(frozen=True)
class Display:
    """How a person wants the brief shown; filled from the profile, else the defaults of ``data/brief.yaml``.

    ``length`` is ``one-page``, ``standard`` or ``full``.  ``wording`` maps a key of ``brief.yaml`` (section title, gap text) to
    other words.  ``sections`` gives order and choice of section ids (empty: the standard).  ``extra`` holds what house styles
    need (logo, colour, contact, signer, recipients, the state form's own).
    """

    title: str | None = None
    length: str = "standard"
    style: str = "an-pham"
    appendix: bool = False
    """Whether the table of indicators is appended."""
    date: str | None = None
    sections: tuple[str, ...] = ()
    wording: dict[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    """Beginnings of sentences that the digest must keep."""
    drop: tuple[str, ...] = ()
    """Beginnings of sentences that the digest must leave out."""
    extra: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Dossier:
    """All that is settled about one locality and term.  ``year`` is set for an annual report, then ``term`` may be None."""

    locality: Locality
    sheets: tuple[FactSheet, ...]
    term: Settled[str] | None = None
    next_term: Settled[str] | None = None
    year: str | None = None
    congress: Settled[int] | None = None
    report: Report = Report.OTHER
    theme: Settled[str] | None = None
    quantities: tuple[Settled[Quantity], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    people: tuple[Settled[Person], ...] = ()
    documents: tuple[Settled[CitedDocument], ...] = ()
    awards: tuple[Settled[Statement], ...] = ()
    limitations: tuple[Settled[Statement], ...] = ()
    lessons: tuple[Settled[Statement], ...] = ()
    next_tasks: tuple[Settled[Statement], ...] = ()
    initiatives: tuple[Settled[Statement], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    issues: tuple[Issue, ...] = ()
    display: Display = field(default_factory=Display)
    highlight: tuple[str, ...] = ()
    """Ids of the figures that the profile puts in front, in its order (the same that have ``Settled.highlight``)."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Who settled what is no fact of its own (``locality.name``, ``locality.parents``, ``report``, ``year``, ``display.title``):
    a key is there when a profile gave or changed the value."""

    @property
    def folder(self) -> str:
        """``ha-dinh/2015-2020``: where the outputs go, relative to the output folder."""
        when = self.year or (self.term.value if self.term else "") or "unknown-term"
        return f"{self.locality.slug or 'unknown'}/{when}"
