"""What a person should see of differing sources: both quotes, where they stand, who won and by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.errors import Issue, Severity
from toolkit.model.dossier import Conflict
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.text import Quote


def quoted(quote: Quote, sheets: Mapping[str, FactSheet]) -> str:
    """``“143%” (seeds/ha-dinh-2020.txt:9:210)``."""
    sheet = sheets.get(quote.source)
    if sheet is None:
        return f"“{quote.text}”"
    line, column = sheet.source.line_column(quote.start)
    return f"“{quote.text}” ({sheet.source.path}:{line}:{column})"


def between_sources(conflict: Conflict, sheets: Mapping[str, FactSheet]) -> Issue:
    """The warning for a conflict that the table settled."""
    chosen, others = conflict.chosen, conflict.others
    rivals = ", ".join(quoted(q.quote, sheets) for q in others)
    sheet = sheets.get(chosen.quote.source)
    won = quoted(chosen.quote, sheets)
    return Issue(
        code="source-conflict",
        message=f"sources differ about “{conflict.what}”: {won} was chosen over {rivals} ({conflict.rule})",
        severity=Severity.WARNING,
        where=_place(chosen.quote, sheets),
        remedy=f"if the other is right, write into the profile under facts: correct: {chosen.id}, value: …, reason: …",
        stated=chosen.quote.text,
        source=sheet.source.path if sheet else None,
        spans=((chosen.quote.start, chosen.quote.end),),
    )


def within_source(sheet: FactSheet, quantities: Sequence[Quantity]) -> Issue:
    """The warning for a source that gives several values of one topic; all of them stay."""
    sheets = {sheet.source.id: sheet}
    quotes = ", ".join(quoted(q.quote, sheets) for q in quantities)
    first = quantities[0]
    return Issue(
        code="self-contradiction",
        message=f"one source gives several values of “{first.label}”: {quotes}; all are kept",
        severity=Severity.WARNING,
        where=_place(first.quote, sheets),
        remedy="check the source; correct or hide the wrong one in the profile, with a reason",
        source=sheet.source.path,
        spans=tuple((q.quote.start, q.quote.end) for q in quantities),
    )


def differing(what: str, chosen: str, others: Sequence[tuple[str, str]], rule: str) -> Issue:
    """The warning for a field (term, congress, theme, ...) that sources give differently; ``others`` are (value, path)."""
    rivals = ", ".join(f"“{value}” ({path})" for value, path in others)
    return Issue(
        code=f"source-conflict-{what}",
        message=f"sources differ about {what}: “{chosen}” was chosen over {rivals} ({rule})",
        severity=Severity.WARNING,
        remedy=f"if that is wrong, write into the profile: {what}: {{value: …, reason: …}}",
    )


def _place(quote: Quote, sheets: Mapping[str, FactSheet]) -> str:
    sheet = sheets.get(quote.source)
    if sheet is None:
        return ""
    line, column = sheet.source.line_column(quote.start)
    return f"{sheet.source.path}:{line}:{column}"
