"""What a newsletter insert holds, taken from a composed brief: nothing is worded here that the brief or ``data/newsletter.yaml``
does not word, and no figure is made.

Three sizes: the *card* (title and two large figures), the *short* one (all large figures and three sentences) and the *full* one
(the whole brief).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.lexicon import load
from toolkit.model.brief import Brief, Figure, IndicatorRow, Item, KeyFigure, Run
from toolkit.model.context import Sector
from toolkit.model.walk import every

SIZES = ("card", "short", "full")
PICTURE = "picture"
"""What the picture holds: the card without marks that it could not explain."""

CARD_FIGURES = 2
SENTENCES = 3
SENTENCE_SYLLABLES = 70
"""A longer sentence is passed over where shorter ones are left: the insert is read between other things."""

PREHEADER = 130
"""Characters of the hidden first line that clients show beside the subject."""

_AIR = 1.04
"""A bar ends a little before its track does, as in the brief."""


@dataclass(frozen=True, slots=True)
class BarCell:
    """One cell of an attainment bar: ``kind`` is ``reach``, ``range``, ``track``, ``plan`` (the mark of a plan that is not reached)
    or ``passed`` (of one that is); ``percent`` of the whole width."""

    kind: str
    percent: int


@dataclass(frozen=True, slots=True)
class Card:
    """A large figure: ``number`` is set large, ``unit`` small; ``inside`` tells that the unit is part of the figure's own text."""

    figure: Figure
    number: str
    unit: str
    inside: bool
    caption: str
    place: str
    bar: tuple[BarCell, ...] = ()


@dataclass(frozen=True)
class Insert:
    """One insert, ready for a template or for plain text.

    ``place`` and ``what`` are the two lines of the title (``what`` is empty where the profile gave a title of its own).  ``link``
    is the address of the whole brief, ``link_words`` what stands for it; ``picture`` the address of the picture.  All are empty
    where nobody said where the briefs are published.
    """

    size: str
    place: str
    what: str
    preheader: str
    cards: tuple[Card, ...] = ()
    sentences: tuple[Item, ...] = ()
    link: str = ""
    link_words: str = ""
    picture: str = ""
    settled: bool = False
    """Whether a figure bears the mark of settled values, so that the mark must be explained."""
    say: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


def insert(brief: Brief, size: str) -> Insert:
    """The insert of one of ``SIZES``, or what ``PICTURE`` holds.

    Where the picture can be fetched, it takes the place of the card's title and figures, and the summary says them in words.
    """
    words = load("newsletter")
    place, what = heading(brief)
    cards = tuple(card(one) for one in brief.key_figures)
    published = brief.published
    picture = published.base + "newsletter/card.png" if published.base and size == "card" else ""
    shown = () if picture else cards[:CARD_FIGURES] if size in ("card", PICTURE) else cards
    sentences = chosen(brief) if size == "short" else ()
    printed = brief.sections if size == "full" else sentences
    return Insert(
        size=size,
        place=place,
        what=what,
        preheader=preheader(brief.summary),
        cards=shown,
        sentences=sentences,
        link=published.page or published.pdf,
        link_words=words["insert"]["read" if published.page else "read_pdf"],
        picture=picture,
        settled=any(one.figure.settled for one in shown) or any_settled(printed),
        say=words["insert"],
        marks=words["marks"],
    )


def any_settled(printed: object) -> bool:
    """Whether something in a part of a brief bears the mark of settled values."""
    kinds: tuple[type[Figure | Item | IndicatorRow], ...] = (Figure, Item, IndicatorRow)
    return any(one.settled for kind in kinds for one in every(kind, printed))


def heading(brief: Brief) -> tuple[str, str]:
    """The title as place and rest, as the masthead of the brief sets it; the whole title and nothing when a profile gave it."""
    expected = f"{brief.place_text}: {brief.headline[:1].lower()}{brief.headline[1:]}"
    return (brief.place_text, brief.headline) if brief.title == expected else (brief.title, "")


def card(key: KeyFigure) -> Card:
    """A large figure with its bar."""
    text, unit = key.figure.text, key.unit
    inside = bool(unit) and text.endswith(unit)
    number = text[: -len(unit)].rstrip(" \u00a0") if inside else text
    return Card(key.figure, number, unit, inside, key.caption, key.place, bar(key.attainment, key.attainment_high))


def bar(low: float | None, high: float | None = None) -> tuple[BarCell, ...]:
    """An attainment as cells that fill 100 per cent of a row; empty without one.

    >>> [(cell.kind, cell.percent) for cell in bar(0.5)]
    [('reach', 48), ('track', 47), ('plan', 1), ('track', 4)]
    """
    if low is None:
        return ()
    reached = high if high is not None else low
    scale = max(reached, 1.0) * _AIR
    plan, first, last = (round(min(max(value / scale, 0.0), 1.0) * 100) for value in (1.0, low, reached))
    kinds = ["reach" if at < first else "range" if at < last else "track" for at in range(100)]
    mark = min(max(plan - 1, 0), 99)
    kinds[mark] = "plan" if kinds[mark] == "track" else "passed"
    cells: list[BarCell] = []
    for kind in kinds:
        if cells and cells[-1].kind == kind:
            cells[-1] = BarCell(kind, cells[-1].percent + 1)
        else:
            cells.append(BarCell(kind, 1))
    return tuple(cells)


def chosen(brief: Brief) -> tuple[Item, ...]:
    """Up to three sentences of different sectors, in the order of the brief.

    Whole sentences with a figure come first, then other whole ones, then pieces of sentences and long ones; the picture of the
    whole term leads where the brief has one.
    """
    parts = [part for section in brief.sections for part in section.parts if part.sentences]
    best = [(_weight(item, part.sector), at, item) for at, part in enumerate(parts) for item in [_fittest(part.sentences)]]
    kept = sorted(sorted(best, key=lambda one: one[:2])[:SENTENCES], key=lambda one: one[1])
    return tuple(item for _, _, item in kept)


def _fittest(sentences: tuple[Item, ...]) -> Item:
    return min(sentences, key=_faults)


def _faults(item: Item) -> tuple[bool, bool, bool]:
    text = words(item.text)
    cut = text.startswith("…") or text.rstrip().endswith("…")
    return len(text.split()) > SENTENCE_SYLLABLES, cut, not any(isinstance(part, Figure) for part in item.text)


def _weight(item: Item, sector: Sector) -> tuple[bool, bool, bool, bool]:
    long, cut, bare = _faults(item)
    return long, cut, bare and sector is not Sector.CHUNG, sector is not Sector.CHUNG


def preheader(summary: str) -> str:
    """As much of the summary as clients show; whole clauses only, because half a figure would be another figure."""
    clauses = summary.removesuffix(".").split("; ")
    kept = clauses[0]
    for clause in clauses[1:]:
        if len(kept) + len(clause) + 2 > PREHEADER:
            break
        kept += "; " + clause
    return kept + "."


def words(run: Run) -> str:
    """The plain words of a run."""
    return "".join(part.text if isinstance(part, Figure) else part for part in run)


def sources_of(brief: Brief) -> Iterator[str]:
    """The sources as the brief lists them, with their numbers where there are several."""
    for source in brief.sources:
        yield f"[{source.number}] {source.text}" if len(brief.sources) > 1 else source.text
