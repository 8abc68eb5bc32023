"""The composed brief: ordered sections of finished Vietnamese strings, with no markup.  Templates place them, nothing more.

Every printed figure is a ``Figure``: its finished text, the fact it stands for and the note that holds its source.  Text runs are
tuples of ``str`` and ``Figure``, so that a renderer can mark figures without searching for digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.errors import Issue
from toolkit.model.amount import Amount
from toolkit.model.context import Locality, Report, Sector
from toolkit.model.fact import Status


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure.

    ``text`` is finished Vietnamese (``11 tỷ 708 triệu đồng``), ``fact`` the id of the quantity, ``amount`` its value for the
    audit, ``note`` the number of its note (None where a note stands elsewhere in the same entry).  ``settled`` is True when a
    profile gave or changed the value, ``inferred`` when it follows from the calendar and no source says it.
    """

    text: str
    fact: str
    amount: Amount | None = None
    note: int | None = None
    settled: bool = False
    inferred: bool = False
    unit: str = ""
    """The unit that a column of its own prints: the figure is ``text`` with this behind it."""
    of: str = ""
    """The dossier (its folder) that settled the fact, where a document brings several together."""


Run = tuple[str | Figure, ...]
"""A line of text with its figures."""


@dataclass(frozen=True, slots=True)
class Item:
    """One worded entry: a paragraph, a list item, a field's value.

    ``text`` is the printed run; ``notes`` the note numbers printed after it; ``verbatim`` tells that the words are a source's own
    (then ``quote_of`` names the source id and the span it was taken from).  ``gap`` marks wording for something missing.
    """

    text: Run
    label: str = ""
    notes: tuple[int, ...] = ()
    verbatim: bool = False
    quote_of: tuple[str, int, int] | None = None
    settled: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the table of indicators; cells are runs, empty ones already worded (``—`` with a spoken alternative)."""

    label: str
    sector: Sector
    result: Run = ()
    against_plan: Run = ()
    period: str = ""
    notes: tuple[int, ...] = ()
    status: Status = Status.UNKNOWN
    status_text: str = ""
    place: str = ""
    settled: bool = False
    sector_title: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large numeral of the header: ``text`` (``143%``), a short caption, and the attainment for a bar (None: no bar)."""

    figure: Figure
    caption: str
    unit: str = ""
    attainment: float | None = None
    """Result over plan, 1.0 = as planned; only from stated or computed attainment, never guessed."""
    status: Status = Status.UNKNOWN
    attainment_high: float | None = None
    """Upper end of the bar where the attainment is a range."""
    place: str = ""
    """The predecessor unit whose figure it is, where that is not the locality itself."""


@dataclass(frozen=True, slots=True)
class SectorPart:
    """One sector: its paragraph (chosen sentences in order) and the figures not told in it."""

    sector: Sector
    title: str
    sentences: tuple[Item, ...] = ()
    figures: tuple[Item, ...] = ()
    number: str = ""
    """What an official form puts before the title, ``1.``."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the brief.  Exactly the parts its ``kind`` needs are filled.

    ``kind``: ``fields`` (label/value items), ``table`` (rows), ``sectors`` (parts), ``list`` (items), ``sources``.
    """

    id: str
    title: str
    kind: str
    items: tuple[Item, ...] = ()
    rows: tuple[IndicatorRow, ...] = ()
    parts: tuple[SectorPart, ...] = ()
    gap: Item | None = None
    ordered: bool = False
    """Whether the items of a list are counted, as lessons are."""
    number: str = ""
    """What an official form puts before the title, ``II-``."""
    annexed: bool = False
    """Whether an official form prints it after the signature, with the notes."""


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: where a figure or sentence stands.  ``quote`` is the verbatim sentence around it."""

    number: int
    source: str
    quote: str
    start: int = 0
    end: int = 0
    reason: str = ""
    """Why a profile set or changed the value; empty when the source's own value is printed."""
    profile: str = ""
    """``profiles/x.yaml:14`` when a profile settled the value."""
    cut: tuple[bool, bool] = (False, False)
    """Whether the sentence goes on before and after ``quote`` (a long sentence is shown as far as its clause)."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source as the last section lists it."""

    id: str
    text: str
    path: str
    sha256: str
    url: str | None = None
    number: int = 0
    """Number in the list of sources, from 1; notes and passages refer to it."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a brief that a profile may change; the defaults are the house's own.

    ``band`` lies behind the masthead, with ``soft`` and ``kicker`` for its lesser lines; ``strong`` is for headings, rules and
    large figures on paper, ``pale`` its light shade in drawings.  The ``dark_`` ones take their places on a dark screen.
    """

    band: str = "#0f4c4f"
    soft: str = "#cfe0dd"
    kicker: str = "#f0d9a8"
    strong: str = "#0f4c4f"
    pale: str = "#6fa09d"
    dark_band: str = "#0b3335"
    dark_strong: str = "#8fd0c9"
    dark_pale: str = "#4d8a86"


@dataclass(frozen=True, slots=True)
class Published:
    """Where the files of a brief can be fetched once its output folder is published; empty where nobody said.

    ``base`` is the address of the brief's own folder with a slash at its end, ``page`` and ``pdf`` those of the files that are
    made in the same run (a link to a file that may not be there is worse than none).
    """

    base: str = ""
    page: str = ""
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What an official document bears around its text, every line finished; empty lines are left out.

    ``head`` are the lines at the top right (the Party's name, or the state's with its motto), ``abstract`` is the trích yếu.
    """

    head: tuple[str, ...]
    parent: str
    issuer: str
    number: str
    place_date: str
    type: str
    abstract: str
    authority: str = ""
    position: str = ""
    signer: str = ""
    recipients_title: str = ""
    recipients: tuple[str, ...] = ()
    draft: str = ""
    two_sided: bool = False
    annex: str = ""
    """Title of the pages after the signature: notes, sources, what no source says."""


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """One indicator of the appendix; a cell without figures is empty and printed as the dash.

    ``yearly`` has a run for each of the appendix's years; ``rate`` tells how the plan was met, ``verdict`` says it in a word.
    """

    number: str
    label: str
    unit: str
    plan: Run = ()
    yearly: tuple[Run, ...] = ()
    result: Run = ()
    rate: Run = ()
    status: Status = Status.UNKNOWN
    verdict: str = ""
    period: str = ""
    place: str = ""
    notes: tuple[int, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class AppendixGroup:
    """The rows of one sector under its title."""

    title: str
    rows: tuple[AppendixRow, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """The table of indicators that offices append to a report; ``columns`` are its heads by their names in ``brief.yaml``."""

    title: str
    caption: str
    columns: Mapping[str, str]
    years: tuple[str, ...]
    groups: tuple[AppendixGroup, ...]

    @property
    def wide(self) -> bool:
        """Whether it takes a page of landscape."""
        return len(self.years) > 1

    @property
    def has_plan(self) -> bool:
        return any(row.plan for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Brief:
    """The whole brief of one locality and term, ready for any renderer."""

    locality: Locality
    report: Report
    folder: str
    title: str
    kicker: str
    """Line above the title: place and parents."""
    subtitle: str
    summary: str
    """One sentence composed from facts, for the HTML description, feeds and subjects."""
    date: str | None
    """ISO date from the sources or the profile, never from a clock."""
    date_text: str
    length: str
    style: str
    key_figures: tuple[KeyFigure, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    issues: tuple[Issue, ...] = ()
    constants: tuple[str, ...] = ()
    """Strings of ``brief.yaml`` that were printed and may hold digits; the audit allows their numbers."""
    place_text: str = ""
    """The place in words, ``Phường Hạ Đình``."""
    headline: str = ""
    """What the brief is about without its place, ``Kết quả nhiệm kỳ 2015–2020``."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words of ``brief.yaml`` (and of the profile's ``wording``) that templates print: captions, status words, the dash."""
    palette: Palette = field(default_factory=Palette)
    logo: str = ""
    """A picture file for the masthead; renderers put its contents here as a ``data:`` address."""
    published: Published = field(default_factory=Published)
    form: Form | None = None
    """What an official style bears around the text; None for a publication."""
    appendix: Appendix | None = None
