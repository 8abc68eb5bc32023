"""Lines of figures, and which of them are indicators.

A *line* is one thing measured: its results, the plan, how the plan was met, how it changed.  Lines come from the dossier's
indicators; a quantity that belongs to none is a line of its own.  A line is worth a row of the table when it measures a result: an
attainment, a part of a whole, money, a rate, a known indicator.  Counts without a plan are told with their sector instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from toolkit.compose.desk import Desk
from toolkit.compose.wording import capitalise
from toolkit.model.amount import Kind
from toolkit.model.brief import Figure, Run
from toolkit.model.context import Role, Sector
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import Quantity, Status
from toolkit.model.names import name_key
from toolkit.model.vietnamese import key

Facts = tuple[Settled[Quantity], ...]

_CHANGE_WORD = re.compile(r"\b(tăng trưởng|tăng gấp|tăng(?!\s+cường)|giảm|gấp|thêm|bớt|hạ)\b", re.IGNORECASE)
_EXCEEDED = re.compile(r"\bvượt\b(?!\s+khó)", re.IGNORECASE)
_WAY = re.compile(r"^[^.;()]{0,25}\b(?:lên|xuống|còn|đến|thành)\b[^.;()]{0,12}$")
JOURNEY = " → "
ORDER = (Sector.CHUNG, *(s for s in Sector if s is not Sector.CHUNG))


@dataclass(frozen=True)
class Line:
    """One thing measured.

    ``label`` is as readers see it, ``weight`` says how much it tells about results, ``future`` marks aims of the next term.
    """

    label: str
    sector: Sector
    period: str | None
    place: str | None
    results: Facts = ()
    plans: Facts = ()
    attainments: Facts = ()
    changes: Facts = ()
    status: Status = Status.UNKNOWN
    direction: str = "up"
    weight: int = 0
    order: int = 0
    future: bool = False
    journey: bool = False
    """Two results are the beginning and the end of one way: ``40,39% → 35,71%``."""

    @property
    def facts(self) -> Facts:
        return (*self.results, *self.attainments, *self.changes, *self.plans)

    @property
    def settled(self) -> bool:
        return any(fact.origin.kind is OriginKind.PROFILE for fact in self.facts)


def lines(desk: Desk) -> tuple[Line, ...]:
    """All lines of the dossier in the order of their first figure, weighed; next term's aims are marked ``future``."""
    dossier = desk.dossier
    order = {s.value.id: i for i, s in enumerate(dossier.quantities)}
    made: list[Line] = []
    used: set[str] = set()
    for indicator in dossier.indicators:
        line = Line(
            label="",
            sector=indicator.sector,
            period=indicator.period,
            place=indicator.place,
            results=_facts(desk, indicator.results),
            plans=_facts(desk, indicator.plans),
            attainments=_facts(desk, indicator.attainments),
            changes=_facts(desk, indicator.changes),
            direction=indicator.direction,
        )
        line = replace(line, results=_alike(line.results), attainments=_alike(line.attainments), changes=line.changes[:1])
        ids = [fact.value.id for fact in line.facts]
        if ids:
            used.update(ids)
            label = _label(desk, line.facts[0].value, indicator.label)
            status = _verdict(desk, line, indicator.status)
            made.append(replace(line, label=label, status=status, order=min(order[i] for i in ids)))
    made += [_single(desk, s, order[s.value.id]) for s in dossier.quantities if s.value.id not in used]
    split = [part for line in _merged(desk, made) for part in _split_future(desk, line)]
    return tuple(sorted((replace(line, weight=_weight(desk, line)) for line in split), key=lambda line: line.order))


def _alike(facts: Facts) -> Facts:
    """The first figure of each kind: a second one (``17/17, trong đó 9/17``) is another thing, and gets its own words."""
    first: dict[Kind, Settled[Quantity]] = {}
    for fact in facts:
        first.setdefault(fact.value.amount.kind, fact)
    return tuple(first.values())


def _verdict(desk: Desk, line: Line, status: Status) -> Status:
    """The verdict to print; one of failure only where a source says so in words, or a result stands beside its plan.

    37,5% of a target in the middle of a term, or 11 of 12 targets, are told as they are: whether that is a failure is not for a
    program to say.
    """
    if status is not Status.MISSED or (line.results and line.plans):
        return status
    if any(fact.value.amount.unit == desk.words["target_unit"] for fact in line.facts):
        return Status.UNKNOWN  # "13/14 chỉ tiêu" counts verdicts; it is none
    told = " ".join(desk.notes.sentence(fact.value.quote) for fact in line.facts).lower()
    return status if any(words in told for words in desk.standard.missed_words) else Status.UNKNOWN


def _merged(desk: Desk, made: list[Line]) -> list[Line]:
    """Lines of one label, period and place are one thing measured, as long as no role is filled twice."""
    rows: dict[tuple[str, str | None, str], Line] = {}
    rest: list[Line] = []
    for line in made:
        identity = (name_key(line.label), line.period, name_key(line.place or ""))
        other = rows.get(identity)
        if other is None:
            rows[identity] = line
        elif _goes_on(desk, other, line):
            rows[identity] = replace(other, results=(*other.results, *line.results), journey=True)
        elif _collide(other, line):
            rest.append(line)
        else:
            rows[identity] = replace(
                other,
                results=other.results or line.results,
                plans=other.plans or line.plans,
                attainments=(*other.attainments, *line.attainments),
                changes=other.changes or line.changes,
                status=other.status if other.status is not Status.UNKNOWN else line.status,
                order=min(other.order, line.order),
            )
    return [*rows.values(), *rest]


def _goes_on(desk: Desk, a: Line, b: Line) -> bool:
    """Whether two single results are a way from one to the other (``từ 40,39% xuống còn 35,71%``)."""
    if len(a.results) != 1 or len(b.results) != 1 or a.plans or a.attainments or b.plans or b.attainments:
        return False
    first, then = a.results[0].value, b.results[0].value
    if first.quote.source != then.quote.source or first.amount.kind is not then.amount.kind:
        return False
    between = desk.notes.between(first.quote, then.quote)
    return between is not None and bool(_WAY.search(between))


def _collide(a: Line, b: Line) -> bool:
    """Whether two lines fill one role twice; an attainment told as a part of a whole and as a percent is one and the same."""
    if (a.results and b.results) or (a.plans and b.plans) or (a.changes and b.changes):
        return True
    return bool({f.value.amount.kind for f in a.attainments} & {f.value.amount.kind for f in b.attainments})


def _facts(desk: Desk, ids: Iterable[str]) -> Facts:
    return tuple(desk.by_id[i] for i in ids if i in desk.by_id)


def _single(desk: Desk, settled: Settled[Quantity], order: int) -> Line:
    quantity = settled.value
    line = Line(_label(desk, quantity), quantity.sector, quantity.period, quantity.place, order=order)
    match quantity.role:
        case Role.RESULT:
            return replace(line, results=(settled,))
        case Role.PLAN:
            return replace(line, plans=(settled,))
        case Role.ATTAINMENT:
            return replace(line, attainments=(settled,))
        case _:
            return replace(line, changes=(settled,))


def _label(desk: Desk, quantity: Quantity, label: str | None = None) -> str:
    """The label in its own capitals, without the name of a place that has a line of its own in the table."""
    text = desk.label(quantity, label)
    if quantity.place:
        named = rf"\s*[(,]?\s*(?:phường|xã|thị trấn|quận|huyện)?\s*{re.escape(quantity.place)}\)?\s*$"
        text = re.sub(named, "", text, flags=re.IGNORECASE) or text
    if quantity.role is Role.ATTAINMENT and key(text) in (key(quantity.amount.unit), desk.words["target_unit"]):
        text = capitalise(desk.words["completed"].format(unit=text.lower()))
    return text


def _split_future(desk: Desk, line: Line) -> list[Line]:
    """Aims of the next term never stand beside results: they become a line of their own, marked.

    What a source tells among its plans is an aim even where it was read as a result.
    """
    future = tuple(p for p in line.plans if _is_future(desk, p.value, line))
    future += tuple(r for r in line.results if desk.in_plan_passage(r.value))
    if not future:
        return [line]
    rest = replace(
        line,
        plans=tuple(p for p in line.plans if p not in future),
        results=tuple(r for r in line.results if r not in future),
    )
    ahead = replace(line, results=(), attainments=(), changes=(), plans=future, status=Status.UNKNOWN, future=True)
    return [rest, ahead] if rest.facts else [ahead]


def _is_future(desk: Desk, plan: Quantity, line: Line) -> bool:
    last = desk.last_year
    years = [int(y) for y in re.findall(r"\d{4}", plan.period or "")]
    if years and last is not None:
        return max(years) > last
    has_outcome = bool(line.results or line.attainments)
    return desk.in_plan_passage(plan) if has_outcome else True


def _weight(desk: Desk, line: Line) -> int:
    """How much a line tells about results; 2 and more is worth a row of the table."""
    if line.place and not desk.is_own_place(line.place):
        return -1
    weight = 0
    outcome = (*line.results, *line.attainments, *line.changes)
    if not outcome:
        return -1
    if any(f.value.amount.kind in (Kind.PERCENT, Kind.FRACTION, Kind.MONEY, Kind.RATIO) for f in line.attainments):
        weight += 3
    if line.plans and line.results:
        weight += 3
    weight += max((_kind_weight(f.value) for f in (*line.results, *line.changes)), default=0)
    weight += 2 * any(f.value.indicator for f in outcome)
    weight += line.status is not Status.UNKNOWN
    weight += 2 * (line.sector is Sector.CHUNG and any(f.value.amount.kind is Kind.FRACTION for f in outcome))
    weight += 10 * any(f.highlight for f in line.facts)
    return weight


def _kind_weight(quantity: Quantity) -> int:
    amount = quantity.amount
    if amount.kind in (Kind.MONEY, Kind.FRACTION):
        return 2
    if amount.kind is Kind.PERCENT:
        return 1 if amount.value == 100 else 2  # "100% of them have a plan" measures diligence, not a result
    return 1 if amount.kind in (Kind.RATIO, Kind.RANK) else 0


def choose_rows(all_lines: Iterable[Line], limit: int, enough: int = 6) -> tuple[Line, ...]:
    """The lines of the table: the weightiest ``limit``, in the order of sectors; light ones only while there are few."""
    candidates = [line for line in all_lines if not line.future]
    chosen = [line for line in candidates if line.weight >= 2]
    if len(chosen) < enough:
        light = [line for line in candidates if line.weight == 1]
        chosen += light[: enough - len(chosen)]
    chosen = sorted(chosen, key=lambda line: (-line.weight, line.order))[:limit]
    return tuple(sorted(chosen, key=lambda line: (ORDER.index(line.sector), line.order)))


# --- the words of a line's figures -------------------------------------------------------------------------------------------


def result_run(desk: Desk, line: Line) -> Run:
    """What was reached: results, else the part-of-a-whole attainments, else changes; changes beside a result in brackets."""
    parts = [_reached(desk, f) for f in line.results]
    if not parts:
        parts = [(desk.figure(f),) for f in line.attainments if f.value.amount.kind is Kind.FRACTION]
    if not parts:
        return join([change_run(desk, line.label, f) for f in line.changes])
    run = join(parts, JOURNEY if line.journey else "; ")
    changes = join([change_run(desk, line.label, f) for f in line.changes])
    return (*run, " (", *changes, ")") if changes else run


def _reached(desk: Desk, fact: Settled[Quantity]) -> Run:
    """A result; ``gấp 1,66 lần`` where the source says so."""
    times = desk.words["times"]
    multiple = fact.value.amount.kind is Kind.RATIO and times in desk.notes.before(fact.value.quote, 8).lower().split()
    return (f"{times} ", desk.figure(fact)) if multiple else (desk.figure(fact),)


def plan_run(desk: Desk, line: Line) -> Run:
    """How the plan was met, then the plan itself; empty when no source speaks of a plan."""
    told = [f for f in line.attainments if line.results or f.value.amount.kind is not Kind.FRACTION]
    parts = [attainment_run(desk, f) for f in told]
    parts += [(desk.words["plan"] + " ", desk.figure(f)) for f in line.plans]
    return join(parts)


def attainment_run(desk: Desk, fact: Settled[Quantity]) -> Run:
    """``đạt 143% kế hoạch``, ``vượt 14,16% so với Nghị quyết``, ``đạt 17/17 chỉ tiêu``."""
    over = exceeds(desk, fact.value)
    verb = desk.words["exceeded" if over else "reached"]
    figure = desk.figure(fact, text=desk.words_of(fact).removeprefix(desk.words["exceeded"]).strip())
    if fact.value.amount.kind is not Kind.PERCENT:
        return (f"{verb} ", figure)
    goal = plan_object(desk, fact.value)
    return (f"{verb} ", figure, f" {desk.words['compared']} {goal}" if over else f" {goal}")


def exceeds(desk: Desk, quantity: Quantity) -> bool:
    """Whether an attainment is a margin over the plan (``vượt 14,16%``) and not the whole of it (``vượt, đạt 143%``)."""
    if any(trace.rule in desk.standard.margin_rules for trace in quantity.traces):
        return True
    before = desk.notes.before(quantity.quote, 24)
    found = list(_EXCEEDED.finditer(before))
    if not found or re.search(r"\bđạt\b", before[found[-1].end() :]):
        return False
    value = quantity.amount.value if quantity.amount.value is not None else quantity.amount.low
    return quantity.amount.kind is not Kind.PERCENT or (value is not None and value < 100)


def plan_object(desk: Desk, quantity: Quantity) -> str:
    """What the attainment is measured against, in the source's words where they follow the figure, else ``kế hoạch``."""
    after = " ".join(desk.notes.after(quantity.quote, 48).split())
    clause = re.split(r"[.;,()]", after)[0]
    for words in desk.standard.plan_objects:
        if words.lower() in clause.lower():
            return words
    return desk.words["target_unit" if desk.words["target_unit"] in key(quantity.label) else "of_plan"]


def change_run(desk: Desk, label: str, fact: Settled[Quantity]) -> Run:
    """``tăng 7,4%``: the figure after the word that stands before it in the source, unless the label says it already."""
    said = change_word(desk, label, fact)
    figure = desk.figure(fact)
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
