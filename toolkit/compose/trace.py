"""From a place in a source to its place in the brief: which settled value it became, who settled it, where it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.model.brief import Brief, Item, Run, Section
from toolkit.model.dossier import Dossier, OriginKind

Locate = Callable[[str, str], str]
"""Turns a template's name and the expression that prints a value into ``file:line``; the pipeline passes ``render.locate``."""

PRINTED_BY = {
    "key figure": ("partials/keyfigures.html", "card.figure.text"),
    "field": ("partials/fields.html", "item"),
    "list": ("partials/list.html", "entry(item)"),
    "result": ("partials/table.html", "run(row.result)"),
    "plan": ("partials/table.html", "run(row.against_plan)"),
    "sentence": ("partials/sectors.html", "quoted(item)"),
    "figure": ("partials/sectors.html", "entry(item)"),
}
"""Which expression of which template prints what part of the brief; a test holds it against the templates."""


def where_printed(brief: Brief, dossier: Dossier, offset: int, locate: Locate) -> list[str]:
    """Lines of text on each settled figure that came from the source offset: its origin, what it hid, where it is printed."""
    lines: list[str] = []
    for settled in dossier.quantities:
        candidates = (settled.value, *settled.support, *(value for value, _ in settled.hidden))
        if not any(q.quote.start <= offset < q.quote.end for q in candidates):
            continue
        origin = settled.origin
        lines.append(f"in the brief of {brief.folder}:")
        who = origin.ref if origin.kind is OriginKind.PROFILE else "the source"
        lines.append(f"  settled  “{settled.value.quote.text}” by {who}" + (f" ({origin.reason})" if origin.reason else ""))
        lines += [f"  hides    “{value.quote.text}”: {why}" for value, why in settled.hidden]
        places = dict.fromkeys(_places(brief, settled.value.id))
        lines += [f"  printed  “{text}” in {title} ({locate(*PRINTED_BY[by])})" for text, title, by in places]
        if not places:
            lines.append("  printed  nowhere at this length")
    return lines


def _places(brief: Brief, fact: str) -> Iterator[tuple[str, str, str]]:
    """(printed text, title of the section, key of ``PRINTED_BY``) of every place that prints the fact."""
    for key in brief.key_figures:
        if key.figure.fact == fact:
            yield key.figure.text, brief.title, "key figure"
    for section in brief.sections:
        for run, by in _runs(section):
            for part in run:
                if not isinstance(part, str) and part.fact == fact:
                    yield part.text, section.title, by


def _runs(section: Section) -> Iterator[tuple[Run, str]]:
    def texts(items: tuple[Item, ...], by: str) -> Iterator[tuple[Run, str]]:
        return ((item.text, by) for item in items)

    yield from texts(section.items, "field" if section.kind == "fields" else "list")
    for row in section.rows:
        yield row.result, "result"
        yield row.against_plan, "plan"
    for part in section.parts:
        yield from texts(part.sentences, "sentence")
        yield from texts(part.figures, "figure")
