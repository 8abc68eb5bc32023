"""An insert as plain blocks (headings, paragraphs, lists, rows), for the twins that have no markup or little of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.model.brief import Brief, IndicatorRow, Item, Section
from toolkit.render.insert import Card, Insert, sources_of, words

SETTLED = "◆"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``quiet`` tells that it only explains."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is what is set before (may be empty) and the rest."""

    items: tuple[tuple[str, str], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its heads, then groups of a title and rows; the first cell of a row names it."""

    heads: tuple[str, ...]
    groups: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the words for it."""

    words: str
    address: str


Block = Heading | Paragraph | Bullets | Rows | Link


def blocks(brief: Brief, insert: Insert) -> Iterator[Block]:
    """The same in the same order as the HTML of the insert."""
    yield Heading(1, f"{insert.place}: {insert.what[:1].lower()}{insert.what[1:]}" if insert.what else insert.place)
    yield Paragraph(" · ".join(part for part in (brief.subtitle, brief.kicker, brief.date_text) if part), quiet=True)
    if insert.cards:
        yield Heading(2, insert.say["key_figures"])
        yield Bullets(tuple(_card(one) for one in insert.cards))
    if insert.sentences:
        yield Heading(2, insert.say["highlights"])
        yield Bullets(tuple(_item(one) for one in insert.sentences))
    elif not insert.cards:
        yield Paragraph(brief.summary)
    if insert.size == "full":
        for section in brief.sections:
            yield from _section(brief, insert, section)
    elif insert.size == "short" and brief.sources:
        yield Paragraph(f"{insert.say['source']}: " + "; ".join(one.text for one in brief.sources), quiet=True)
    if insert.link:
        if insert.size == "full":
            yield Paragraph(insert.say["notes"], quiet=True)
        yield Link(insert.link_words, insert.link)
    if insert.settled:
        yield Paragraph(insert.say["settled"], quiet=True)


def _card(card: Card) -> tuple[str, str]:
    unit = f" {card.unit}" if card.unit and not card.inside else ""
    of = f" – {card.place}" if card.place else ""
    return f"{card.caption}{of}:", f"{card.figure.text}{unit}{_mark(settled=card.figure.settled)}"


def _mark(*, settled: bool) -> str:
    return f" {SETTLED}" if settled else ""


def _item(item: Item) -> tuple[str, str]:
    marked = item.settled or any(not isinstance(part, str) and part.settled for part in item.text)
    return item.label, words(item.text) + _mark(settled=marked)


def _section(brief: Brief, insert: Insert, section: Section) -> Iterator[Block]:
    if section.kind == "sources":
        yield Heading(2, section.title)
        yield Bullets(tuple(("", text) for text in sources_of(brief)) or (("", brief.words["no_sources"]),))
        return
    if not (section.items or section.rows or section.parts or section.gap):
        return
    yield Heading(2, section.title)
    if section.gap:
        yield Paragraph(words(section.gap.text))
    elif section.kind == "table":
        yield _rows(brief, insert, section)
        yield Paragraph(brief.words["dash_means"], quiet=True)
    elif section.kind == "sectors":
        for part in section.parts:
            yield Heading(3, part.title)
            if part.sentences:
                yield Paragraph(" ".join(" ".join(filter(None, _item(one))) for one in part.sentences))
            if part.figures:
                yield Bullets(tuple(_item(one) for one in part.figures))
    elif section.kind == "fields":
        yield Bullets(tuple(_fields(section)))
    else:
        yield Bullets(tuple(_item(one) for one in section.items), section.ordered)


def _fields(section: Section) -> Iterator[tuple[str, str]]:
    """Values that follow without a label belong to the one before."""
    label, values = "", list[str]()
    for item in section.items:
        if item.label and values:
            yield f"{label}:", "; ".join(values)
            values = []
        label = item.label or label
        values.append(_item(item)[1])
    if values:
        yield f"{label}:", "; ".join(values)


def _rows(brief: Brief, insert: Insert, section: Section) -> Rows:
    dash = brief.words["dash"]
    with_result = any(row.result != (dash,) for row in section.rows)
    with_plan = any(row.against_plan or row.status_text for row in section.rows)
    say = insert.say
    heads = (say["column_label"], *([say["column_result"]] * with_result), *([say["column_plan"]] * with_plan))
    groups: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    for row in section.rows:
        cells = (
            _row_label(row),
            *([_marked(row.result)] * with_result),
            *([_against(insert, row) or dash] * with_plan),
        )
        if groups and groups[-1][0] == row.sector_title:
            groups[-1] = (row.sector_title, (*groups[-1][1], cells))
        else:
            groups.append((row.sector_title, (cells,)))
    return Rows(heads, tuple(groups))


def _marked(run: tuple[object, ...]) -> str:
    return _item(Item(run))[1]  # type: ignore[arg-type]


def _row_label(row: IndicatorRow) -> str:
    own = row.settled and not any(not isinstance(part, str) and part.settled for part in (*row.result, *row.against_plan))
    more = ", ".join(part for part in (row.place, row.period) if part)
    return row.label + _mark(settled=own) + (f" ({more})" if more else "")


def _against(insert: Insert, row: IndicatorRow) -> str:
    status = f"{insert.marks[row.status]} {row.status_text}" if row.status_text else ""
    return ", ".join(part for part in (status, _marked(row.against_plan).strip() if row.against_plan else "") if part)
