"""The list sections: models and awards, limitations, lessons, tasks, documents; each entry in its source's own words.

Entries are trimmed to a length only at the end of a clause, with a visible ellipsis, and never in the full brief.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from toolkit.compose.cover import Cover
from toolkit.compose.desk import Desk
from toolkit.compose.lines import Line
from toolkit.compose.phrases import only_attends, phrase
from toolkit.compose.runs import change_word, note_numbers, without_notes
from toolkit.compose.standard import SectionSpec, standard
from toolkit.compose.verbatim import passage
from toolkit.model.amount import Kind
from toolkit.model.brief import Item, Section
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import CitedDocument, Statement
from toolkit.model.vietnamese import key
from toolkit.model.wording import capitalise, date

ELLIPSIS = " […]"
EVERYTHING = 1000
"""A length that holds as many entries leaves nothing out."""
OPENING = 8
"""Words by which a finding names a statement."""
_TRAILING = re.compile(r"(?:[\s;,.…/]|\[\d{1,3}\])+$")
"""What may close a statement in its source: stops, and the mark of a footnote, which would pass for one of the brief's own."""


def statements(desk: Desk, entries: Sequence[Settled[Statement]], spec: SectionSpec) -> Section:
    """A section of statements, each once."""
    items = _items(desk, entries)
    return Section(spec.id, spec.title, spec.kind, items=items, ordered=spec.ordered and len(items) > 1)


def honours(desk: Desk, spec: SectionSpec) -> Section:
    """Models first, then awards, as the section's title has them."""
    return Section(spec.id, spec.title, spec.kind, items=_items(desk, (*desk.dossier.initiatives, *desk.dossier.awards)))


def tasks(desk: Desk, future: Sequence[Line], spec: SectionSpec) -> Section:
    """Tasks for the time ahead; then its targets in figures that no task has told."""
    told = _items(desk, desk.dossier.next_tasks)
    told_of = printed(desk)
    targets = [line for line in future if not all(told_of.holds(fact.value.quote, 1.0) for fact in line.facts)]
    if desk.length.targets < EVERYTHING:
        desk.left_out.extend(f.value.id for line in targets if not _is_target(desk, line) for f in line.facts)
        targets = [line for line in targets if _is_target(desk, line)]
    room = desk.length.targets
    desk.left_out.extend(f.value.id for line in targets[room:] for f in line.facts)
    return Section(spec.id, spec.title, spec.kind, items=(*told, *(_target(desk, line) for line in targets[:room])))


def _is_target(desk: Desk, line: Line) -> bool:
    """Whether a plan's figure measures something; one that counts the plan's own points, or has a shred for a label, does not.

    Nor does one that counts guests, or a change of which nothing says whether it goes up or down.
    """
    if only_attends(desk, line) or any(not change_word(desk, line.label, change) for change in line.changes):
        return False
    units = {key(fact.value.amount.unit) for fact in line.facts if fact.value.amount.kind is Kind.COUNT}
    return not units & desk.standard.listed_units and desk.standard.names(line.label)


def _target(desk: Desk, line: Line) -> Item:
    run = phrase(desk, line)
    counted = all(f.value.amount.kind is Kind.COUNT for f in line.facts)
    label = desk.words["announced" if counted else "target"]
    return Item(text=without_notes(run), label=label, notes=note_numbers(run), settled=line.settled)


def _items(desk: Desk, entries: Iterable[Settled[Statement]]) -> tuple[Item, ...]:
    items: list[Item] = []
    seen: set[str] = set()
    for settled in entries:
        statement = settled.value
        identity = key(_TRAILING.sub("", statement.text))
        if identity in seen or desk.listed.holds(statement.quote, 0.8):
            continue
        seen.add(identity)
        if desk.length.items < EVERYTHING and _breaks_off(desk, identity):
            desk.left_out.append(opening(statement.text))
            continue
        desk.listed.add(statement.quote)
        if len(items) == desk.length.items:
            desk.left_out.append(opening(statement.text))
            continue
        items.append(_entry(desk, settled))
    return tuple(items)


def _breaks_off(desk: Desk, text: str) -> bool:
    """Whether a statement ends in the middle of a thought (``Thu ngân sách đạt 95% so``)."""
    words = text.split()
    return any(" ".join(words[-count:]) in desk.standard.unfinished_ends for count in (1, 2, 3))


def _entry(desk: Desk, settled: Settled[Statement]) -> Item:
    """A statement as an entry; one that a profile worded is no quotation, and its note gives the reason."""
    statement, notes = settled.value, desk.notes.reason(settled.origin)
    text = shorten(_TRAILING.sub("", statement.text.strip()), desk.length.item_syllables)
    stop = "" if text.endswith(("]", "!", "?", "”.")) else "."
    if notes:
        return Item(text=(capitalise(text), stop), notes=notes, settled=True)
    item = passage(statement.quote, text, desk.figures, upper=True)
    return replace(item, text=(*item.text, stop), notes=desk.doubts(statement.quote))


def opening(text: str) -> str:
    """The first words of a statement, for a finding that names it."""
    words = text.split()
    return f"“{' '.join(words[:OPENING])}{' …' if len(words) > OPENING else ''}”"


def shorten(text: str, syllables: int) -> str:
    """``text`` up to the last clause that fits, with an ellipsis; whole when it fits or has no such place.

    A sentence may end early at a semicolon, or at a comma before words that only add (``góp phần``, ``trong đó``).
    """
    if len(text.split()) <= syllables:
        return text
    ends = [match.start() for match in _clause_end().finditer(text)]
    fitting = [end for end in ends if syllables // 3 <= len(text[:end].split()) <= syllables]
    return text[: fitting[-1]] + ELLIPSIS if fitting else text


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(rf"[;.](?=\s)|,(?=\s(?:{'|'.join(map(re.escape, standard().additions))})\b)")


def printed(desk: Desk) -> Cover:
    """Places of all statements that the list sections print."""
    dossier = desk.dossier
    groups = (dossier.awards, dossier.initiatives, dossier.limitations, dossier.lessons, dossier.next_tasks)
    return Cover(settled.value.quote for group in groups for settled in group)


# --- documents ---------------------------------------------------------------------------------------------------------------


def documents(desk: Desk, spec: SectionSpec) -> Section:
    """Documents that the sources cite, each once, in full form."""
    entries = list(desk.dossier.documents)
    desk.left_out.extend(d.value.number or d.value.type for d in entries[desk.length.documents :])
    items = tuple(_document(desk, d) for d in entries[: desk.length.documents])
    return Section(spec.id, spec.title, spec.kind, items=items)


def _document(desk: Desk, settled: Settled[CitedDocument]) -> Item:
    """``Chỉ thị số 35-CT/TW, ngày 30 tháng 5 năm 2019 của Bộ Chính trị``."""
    document = settled.value
    text = capitalise(document.type)
    if document.number:
        text += f" số {document.number}" if re.search(r"[/-]", document.number) else f" {document.number}"
    if document.date:
        text += f", {date(document.date)}" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", document.date) else f", {document.date}"
    if document.issuer:
        text += f" của {document.issuer}"
    if settled.origin.kind is OriginKind.PROFILE:
        numbers = {desk.notes.number_at(quote, settled.origin) for quote in document.quotes[:1]} or {
            *desk.notes.reason(settled.origin)
        }
        return Item(text=(text,), notes=_known(numbers), settled=True)
    return Item(text=(text,), notes=_known({desk.notes.number_at(quote) for quote in document.quotes[:1]}))


def _known(numbers: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted(n for n in numbers if n is not None))
