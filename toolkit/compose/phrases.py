"""Minor figures as phrases that read aloud: ``Kết nạp 40 đảng viên``, ``26 nam công dân nhập ngũ``, ``Hộ nghèo: 0,4%``."""

from __future__ import annotations

from toolkit.compose.desk import Desk
from toolkit.compose.lines import Facts, Line
from toolkit.compose.runs import attainment_run, change_run, join
from toolkit.compose.verdicts import is_tally
from toolkit.model.amount import Kind
from toolkit.model.brief import Run
from toolkit.model.dossier import Settled
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import key
from toolkit.model.wording import capitalise


def phrase(desk: Desk, line: Line, *, when: bool = True) -> Run:
    """A line as one phrase; ``when`` adds its period in brackets."""
    parts = _told_once(desk, line.label, line.results)
    for fact in line.attainments:
        tally = is_tally(desk, fact.value)
        parts.append(counted_phrase(desk, line.label, fact) if tally else _labelled(line.label, attainment_run(desk, fact, line)))
    if line.changes:
        changed = join([change_run(desk, "" if parts else line.label, f) for f in line.changes])
        parts.append(changed if parts else _labelled(line.label, changed))
    if not parts:
        parts = _told_once(desk, line.label, line.plans)
    run = join(parts)
    told = desk.when(line.period) if when else ""
    return (*run, f" ({told})") if told else run


def _told_once(desk: Desk, label: str, facts: Facts) -> list[Run]:
    """The first figure with the label, further ones bare."""
    return [counted_phrase(desk, label, fact) if i == 0 else (desk.figure(fact),) for i, fact in enumerate(facts)]


def _labelled(label: str, run: Run) -> Run:
    return (f"{label}: ", *run)


def counted_phrase(desk: Desk, label: str, fact: Settled[Quantity]) -> Run:
    """The figure inside its label where the label names what is counted, else after it."""
    figure = desk.figure(fact)
    amount = fact.value.amount
    unit = key(amount.unit)
    if amount.kind not in (Kind.COUNT, Kind.FRACTION) or not unit:
        return _labelled(label, (figure,))
    if key(label) in desk.standard.bare_labels or key(label) == unit:
        return (figure, desk.tail(fact.value))
    folded = key(label)
    if folded.startswith(unit + " "):
        return (figure, label[len(amount.unit) :])
    if folded.endswith(" " + unit):
        return (capitalise(label[: -len(amount.unit)]), figure)
    inside = folded.find(f" {unit} ")
    if inside > 0 and len(folded) == len(label) and folded[:inside].split()[-1] not in desk.standard.plural_words:
        return (capitalise(label[: inside + 1]), figure, label[inside + 1 + len(unit) :])
    return _labelled(label, (figure,))


def speaks(desk: Desk, line: Line) -> bool:
    """Whether a line's figure says what it counts: ``26 tổ dân phố`` alone tells a reader nothing."""
    facts = line.results
    if key(line.label).split()[:1] and key(line.label).split()[0] in desk.standard.shred_starts:
        return False
    if key(line.label) not in desk.standard.bare_labels and not all(key(line.label) == key(f.value.amount.unit) for f in facts):
        return True
    return bool(facts) and all(desk.tail(f.value) for f in facts)


def only_attends(desk: Desk, line: Line) -> bool:
    """Whether a line counts who came to a meeting (``188 đại biểu dự đại hội``): news of the day, neither result nor target."""
    return bool(line.facts) and all(_attends(desk, fact.value) for fact in line.facts)


def _attends(desk: Desk, quantity: Quantity) -> bool:
    if key(quantity.amount.unit) not in desk.standard.attendance_units:
        return False
    sentence = desk.notes.sentence(quantity.quote).lower()
    return any(words in sentence for words in desk.standard.attendance_words)
