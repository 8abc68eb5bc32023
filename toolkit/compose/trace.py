"""From a place in a source to its place in the brief: which settled value it became, who settled it, where it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.brief import Brief, Run, Section
from toolkit.model.dossier import Dossier, OriginKind


def where_printed(brief: Brief, dossier: Dossier, offset: int) -> list[str]:
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
        printed = list(dict.fromkeys(_places(brief, settled.value.id)))
        lines += [f"  printed  {place}" for place in printed] or ["  printed  nowhere at this length"]
    return lines


def _places(brief: Brief, fact: str) -> Iterator[str]:
    for key in brief.key_figures:
        if key.figure.fact == fact:
            yield f"“{key.figure.text}” among the key figures (partials/keyfigures.html)"
    for section in brief.sections:
        for run, template in _runs(section):
            for part in run:
                if not isinstance(part, str) and part.fact == fact:
                    yield f"“{part.text}” in {section.title} ({template})"


def _runs(section: Section) -> Iterator[tuple[Run, str]]:
    for item in section.items:
        yield item.text, "partials/list.html"
    for row in section.rows:
        yield row.result, "partials/table.html"
        yield row.against_plan, "partials/table.html"
    for part in section.parts:
        for item in (*part.sentences, *part.figures):
            yield item.text, "partials/sectors.html"
