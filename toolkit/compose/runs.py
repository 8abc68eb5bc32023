"""The words of a line's figures: results, attainments, plans and changes as runs of text, said as the source says them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from toolkit.compose.desk import Desk
from toolkit.compose.lines import SAME_TIME, Line
from toolkit.compose.plans import plan_object
from toolkit.compose.verdicts import is_tally
from toolkit.model.amount import Amount, Kind
from toolkit.model.brief import Figure, Run
from toolkit.model.dossier import Settled
from toolkit.model.fact import Quantity
from toolkit.model.wording import NBSP

JOURNEY = " → "

_CHANGE_WORD = re.compile(r"\b(thấp hơn|cao hơn|tăng trưởng|tăng gấp|tăng(?!\s+cường)|giảm|gấp|thêm|bớt|hạ)\b", re.IGNORECASE)
_EXCEEDED = re.compile(r"\bvượt\b(?!\s+khó)", re.IGNORECASE)

_MISSED = re.compile(r"\s*(?:còn\s+)?(?:chưa|không)\s+(?:đạt|hoàn thành)\b", re.IGNORECASE)
"""A figure followed so was not reached: the label says it, and no word of reaching may stand before the figure."""


def result_run(desk: Desk, line: Line) -> Run:
    """What was reached: results, else attainments that count (parts of a whole, targets met), else changes.

    Changes beside a result stand in brackets.
    """
    parts = [_reached(desk, f) for f in line.results]
    if not parts:
        parts = [(desk.figure(f),) for f in line.attainments if is_tally(desk, f.value)]
    if not parts:
        return join([change_run(desk, line.label, f) for f in line.changes])
    run = join(parts, JOURNEY if line.journey else "; ")
    changes = join([change_run(desk, "", f) for f in line.changes])  # "tăng trưởng" of the label is no word of the change
    return (*run, " (", *_kept_together(changes), ")") if changes else run


def _kept_together(run: Run) -> Run:
    """A short change (``tăng 2,9%``) that does not break inside its brackets; a long one breaks where it must."""
    match run:
        case (str(said), Figure(amount=Amount(kind=Kind.PERCENT)) as figure):
            return (said.replace(" ", NBSP), figure)
        case _:
            return run


def _reached(desk: Desk, fact: Settled[Quantity]) -> Run:
    """A result; ``gấp 1,66 lần`` where the source says so."""
    times = desk.words["times"]
    multiple = fact.value.amount.kind is Kind.RATIO and times in desk.notes.before(fact.value.quote, 8).lower().split()
    return (f"{times} ", desk.figure(fact)) if multiple else (desk.figure(fact),)


def level_first(desk: Desk, line: Line) -> bool:
    """Whether the level tells more than how the plan was met.

    Of what is to go down, ``vượt 3,1%`` would read as if it had grown; beside a share, it may mean points as well as per cent.
    """
    shares = [f for f in line.results if f.value.amount.kind is Kind.PERCENT]
    margins = any(passing(desk, f.value, line) is Passing.MARGIN for f in line.attainments)
    return bool(line.results) and (line.direction == "down" or (bool(shares) and margins))


def plan_run(desk: Desk, line: Line) -> Run:
    """How the plan was met, then the plan itself; empty when no source speaks of a plan."""
    told = [f for f in line.attainments if line.results or not is_tally(desk, f.value)]
    parts = [attainment_run(desk, f, line) for f in told]
    plans = join([(desk.figure(f),) for f in line.plans])
    if parts and plans:
        return (*join(parts), " (", *plans, ")")  # "đạt 112% kế hoạch (50 hộ)": the word is said
    return join(parts) or ((desk.words["plan"] + " ", *plans) if plans else ())


def has_verb(desk: Desk, text: str) -> bool:
    """Whether a figure's words begin with a bound that is a verb itself, ``ước đạt 55%``."""
    return text.startswith(tuple(words for words in desk.standard.bounds["about"] if words.endswith(desk.words["reached"])))


class Passing(StrEnum):
    """How an attainment is meant: the whole of what was done, the margin over the plan, or either (``vượt 160% chỉ tiêu``)."""

    LEVEL = "level"
    MARGIN = "margin"
    EITHER = "either"


def attainment_run(desk: Desk, fact: Settled[Quantity], line: Line | None = None) -> Run:
    """``đạt 143% kế hoạch``, ``vượt 14,16% so với Nghị quyết``, ``đạt 17/17 chỉ tiêu``.

    What can mean either, ``vượt 160% chỉ tiêu``, stays in the source's words.
    """
    meant = passing(desk, fact.value, line)
    exceeded = desk.words["exceeded"]
    text = desk.words_of(fact).removeprefix(exceeded).strip()
    figure = desk.figure(fact, text=text)
    reached = "" if has_verb(desk, text) else f"{desk.words['reached']} "  # "ước đạt 110,5%" has its verb
    goal = plan_object(desk, fact.value)
    if _MISSED.match(desk.notes.after(fact.value.quote, 24)):
        return (figure,)
    if fact.value.amount.kind is not Kind.PERCENT:
        verb = f"{exceeded} " if meant is not Passing.LEVEL else reached
        return (verb, figure) if verb else (figure,)
    match meant:
        case Passing.MARGIN:
            return (f"{exceeded} ", figure, f" {desk.words['compared']} {goal}")
        case Passing.EITHER:
            return (f"{exceeded} ", figure, f" {goal}")
        case _:
            return (reached, figure, f" {goal}") if reached else (figure, f" {goal}")


def passing(desk: Desk, quantity: Quantity, line: Line | None = None) -> Passing:
    """How an attainment is meant, by the words before it, the extractor's reading, and a part of a whole that says the same."""
    amount = quantity.amount
    value = amount.value if amount.value is not None else amount.low
    margin_read = any(trace.rule in desk.standard.margin_rules for trace in quantity.traces)
    before = re.split(r"[,;(]\s", desk.notes.before(quantity.quote, 24))[-1]  # what a clause before says is said of another figure
    found = list(_EXCEEDED.finditer(before))
    said = bool(found) and not re.search(r"\bđạt\b", before[found[-1].end() :])
    if amount.kind is not Kind.PERCENT or value is None or value < 100:
        return Passing.MARGIN if margin_read or said else Passing.LEVEL
    if not said or (line is not None and _agrees(value, line)):
        return Passing.LEVEL
    return Passing.EITHER


def _agrees(percent: Decimal, line: Line) -> bool:
    """Whether a part of a whole in the same line comes to the same percentage, within what rounding explains."""
    parts = [f.value.amount for f in (*line.results, *line.attainments) if f.value.amount.kind is Kind.FRACTION]
    return any(a.of and a.value is not None and abs(a.value / a.of * 100 - percent) <= 1 for a in parts)


def change_run(desk: Desk, label: str, fact: Settled[Quantity]) -> Run:
    """``tăng 7,4%``: the figure after the word that stands before it in the source, unless the label says it already."""
    said = change_word(desk, label, fact)
    figure = desk.figure(fact)
    equalled = desk.words["equalled"]
    if not said and desk.notes.before(fact.value.quote, 6).strip().lower().endswith(equalled):
        # "157,8%" alone says nothing: it is so many percent of what there was a year before.
        since = f" {desk.words['same_time']}" if SAME_TIME.match(desk.notes.after(fact.value.quote, 24)) else ""
        return (f"{equalled} ", figure, since) if since else (f"{equalled} ", figure)
    return (f"{said} ", figure) if said else (figure,)


def change_word(desk: Desk, label: str, fact: Settled[Quantity]) -> str:
    """``tăng``, ``giảm``, ``tăng trưởng``; empty when the source has none or the label says it."""
    found = _CHANGE_WORD.findall(desk.notes.before(fact.value.quote, 32))
    said = found[-1].lower() if found else ""
    return "" if said in label.lower() else said


def join(runs: Iterable[Run], between: str = "; ") -> Run:
    """Runs one after the other."""
    joined: list[str | Figure] = []
    for run in runs:
        if joined and run:
            joined.append(between)
        joined.extend(run)
    return tuple(joined)


def note_numbers(*runs: Run) -> tuple[int, ...]:
    """The notes of all figures of some runs, each once, in order."""
    numbers = [part.note for run in runs for part in run if isinstance(part, Figure) and part.note is not None]
    return tuple(sorted(set(numbers)))


def without_notes(run: Run) -> Run:
    """The run with its figures' notes taken off, for entries that print their notes at the end."""
    return tuple(replace(part, note=None) if isinstance(part, Figure) else part for part in run)
