"""Lines of figures: one thing measured, with its results, the plan, how the plan was met, how it changed.

Lines come from the dossier's indicators; a quantity that belongs to none is a line of its own.  Lines that say one thing are
joined, aims of the next term are taken apart, so that whoever places a line knows what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from toolkit.compose.desk import Desk
from toolkit.compose.plans import plan_object
from toolkit.compose.verdicts import verdict
from toolkit.model.amount import Kind
from toolkit.model.context import Report, Role, Sector
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import Quantity, Status
from toolkit.model.vietnamese import key, name_key
from toolkit.model.wording import capitalise, lowered

Facts = tuple[Settled[Quantity], ...]

SAME_TIME = re.compile(r"\s*(?:so (?:với )?)?cùng kỳ\b", re.IGNORECASE)
"""What a change is measured against, as it stands after its figure."""

NEAR = 160
"""Characters within which a change is told of the result before it."""

_WAY = re.compile(r"^[^.;()]{0,25}\b(?:lên|xuống|còn|đến|thành)\b[^.;()]{0,12}$")


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
    """All lines of the dossier in the order of their first figure; next term's aims are marked ``future``."""
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
        attainments = _alike(line.attainments)
        line = replace(line, results=_alike(line.results, attainments[:1]), attainments=attainments, changes=line.changes[:1])
        ids = [fact.value.id for fact in line.facts]
        if ids:
            used.update(ids)
            label = _label(desk, line.facts[0].value, indicator.label)
            status = _verdict(desk, line, indicator.status)
            made.append(replace(line, label=label, status=status, order=min(order[i] for i in ids)))
    for settled in dossier.quantities:
        if settled.value.id in used:
            continue
        if _whole(settled.value):
            made.append(_single(desk, settled, order[settled.value.id]))
        else:
            desk.left_out.append(settled.value.id)
    joined = [_with_own_changes(desk, line) for line in _ways(desk, _merged(desk, made))]
    split = [part for line in joined for part in _split_future(desk, line)]
    return tuple(sorted(split, key=lambda line: line.order))


def _with_own_changes(desk: Desk, line: Line) -> Line:
    """The line without changes that are told of something else; they are named as left out."""
    strange = [change for change in line.changes if _of_another(desk, line, change)]
    desk.left_out.extend(change.value.id for change in strange)
    return replace(line, changes=tuple(change for change in line.changes if change not in strange)) if strange else line


def _of_another(desk: Desk, line: Line, change: Settled[Quantity]) -> bool:
    """Whether a change is told of a figure that stands between the line's result and it.

    ``Kết nạp 36 đảng viên, nâng tổng số lên 545 đảng viên, tăng 116 đảng viên``: the 116 are none of the 36.
    """
    quote = change.value.quote
    before = [fact.value.quote for fact in line.results if fact.value.quote.source == quote.source]
    if change.value.amount.kind is not Kind.COUNT or not before or change.origin.kind is OriginKind.PROFILE:
        return False
    last = max((one for one in before if one.end <= quote.start), key=lambda one: one.end, default=None)
    between = desk.notes.between(last, quote, NEAR) if last else None
    if between is None:
        return False
    for fact in line.facts:
        between = between.replace(unicodedata.normalize("NFC", fact.value.quote.text), "")  # as ``between`` gives it
    return any(not re.fullmatch(r"(?:19|20)\d\d", number) for number in re.findall(r"\d[\d.,]*\d|\d", between))


def _ways(desk: Desk, some: list[Line]) -> list[Line]:
    """Two dated results of one thing that its source tells as a way (``từ 170 tỷ đồng năm 2010 lên 367 tỷ đồng``) are one line."""
    made: list[Line] = []
    for line in sorted(some, key=lambda one: one.order):
        at = next((i for i, start in enumerate(made) if _begins(desk, start, line)), None)
        if at is None:
            made.append(line)
            continue
        start = made[at]
        results, span = (*start.results, *line.results), f"{start.period}-{line.period}"
        made[at] = replace(line, results=results, period=span, order=start.order, journey=True)
    return made


def _begins(desk: Desk, a: Line, b: Line) -> bool:
    same = name_key(a.label) == name_key(b.label) and name_key(a.place or "") == name_key(b.place or "")
    dated = all(line.period and re.fullmatch(r"\d{4}", line.period) for line in (a, b))
    if not same or not dated or not (a.period or "") < (b.period or "") or a.attainments or a.plans or a.changes:
        return False
    return _one_way(desk, a, b) and a.results[0].value.amount.unit == b.results[0].value.amount.unit


def _alike(facts: Facts, beside: Facts = ()) -> Facts:
    """One figure of each kind: a second one (``17/17, trong đó 9/17``) is another thing, and gets its own words.

    The one that stands nearest to ``beside`` in its source is kept, else the first.
    """
    near = {fact.value.quote.source: fact.value.quote.start for fact in beside}
    kept: dict[Kind, Settled[Quantity]] = {}
    for fact in sorted(facts, key=lambda f: abs(f.value.quote.start - near.get(f.value.quote.source, 0)) if near else 0):
        kept.setdefault(fact.value.amount.kind, fact)
    return tuple(fact for fact in facts if fact in kept.values())


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
        elif _other_goal(desk, other, line):
            rows[identity] = replace(other, attainments=(*other.attainments, *line.attainments), order=min(other.order, line.order))
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
    return not (a.plans or a.attainments or b.plans or b.attainments) and _one_way(desk, a, b)


def _one_way(desk: Desk, a: Line, b: Line) -> bool:
    """Whether the words between two results lead from the first to the second."""
    if len(a.results) != 1 or len(b.results) != 1:
        return False
    first, then = a.results[0].value, b.results[0].value
    if first.quote.source != then.quote.source or first.amount.kind is not then.amount.kind:
        return False
    between = desk.notes.between(first.quote, then.quote)
    return between is not None and bool(_WAY.search(between))


def _other_goal(desk: Desk, a: Line, b: Line) -> bool:
    """Whether one line only says how the same thing stands against another plan (``đạt 107% kế hoạch, đạt 106% Nghị quyết``)."""
    if not a.attainments or not b.attainments or b.results or b.plans or b.changes:
        return False
    shares = [fact.value for fact in (*a.attainments, *b.attainments)]
    if any(share.amount.kind is not Kind.PERCENT for share in shares):
        return False
    goals = [plan_object(desk, share) for share in shares]
    return len(set(goals)) == len(goals)


def _collide(a: Line, b: Line) -> bool:
    """Whether two lines fill one role twice; an attainment told as a part of a whole and as a percent is one and the same."""
    if (a.results and b.results) or (a.plans and b.plans) or (a.changes and b.changes):
        return True
    return bool({f.value.amount.kind for f in a.attainments} & {f.value.amount.kind for f in b.attainments})


def _facts(desk: Desk, ids: Iterable[str]) -> Facts:
    return tuple(desk.by_id[i] for i in ids if i in desk.by_id and _whole(desk.by_id[i].value))


def _whole(quantity: Quantity) -> bool:
    """Whether a figure says what it counts; a text that breaks off inside one leaves a bare number, which tells nothing."""
    return bool(quantity.amount.unit) or quantity.amount.kind in (Kind.PERCENT, Kind.MONEY, Kind.FRACTION, Kind.RANK)


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
    return _of_sector(desk, _with_verdict(desk, quantity, text)) if quantity.role is Role.ATTAINMENT else text


def _of_sector(desk: Desk, label: str) -> str:
    """``Kinh tế chỉ tiêu``, as a list has it, in the order of speech: ``Chỉ tiêu kinh tế``."""
    unit = desk.words["target_unit"]
    head = label[: -len(unit)].strip() if key(label).endswith(f" {unit}") else ""
    names = {_bare(part) for title in desk.standard.sectors.values() for part in (title, *title.split(","))}
    return f"{capitalise(unit)} {lowered(head)}" if head and _bare(head) in names else label


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", key(text)))


def _with_verdict(desk: Desk, quantity: Quantity, label: str) -> str:
    """``Chỉ tiêu`` alone says nothing: ``Chỉ tiêu vượt``, ``Chỉ tiêu xấp xỉ đạt`` in the source's words, else ``… hoàn thành``."""
    unit = key(quantity.amount.unit)
    found = verdict(desk, quantity) if unit in desk.standard.verdict_units else ""
    if key(label) in (unit, desk.words["target_unit"]):
        whole = f"{label.lower()} {found}" if found else desk.words["completed"].format(unit=label.lower())
    elif found and key(f"{unit} {found}").startswith(key(label)):
        whole = f"{unit} {found}"  # a label that was cut inside the verb
    elif found and unit == desk.words["target_unit"] and unit not in key(label):
        whole = f"{unit} {found}"  # what was carried out ("thực hiện nghị quyết") is no name for a count of targets
    else:
        return label
    return capitalise(whole)


def _split_future(desk: Desk, line: Line) -> list[Line]:
    """Aims of the next term never stand beside results: they become a line of their own, marked.

    What a source tells among its plans is an aim even where it was read as a result.
    """
    future = tuple(p for p in line.plans if _is_future(desk, p.value, line))
    future += tuple(r for r in line.results if desk.in_plan_passage(r.value) or _comes_later(desk, r.value))
    changes = tuple(c for c in line.changes if _change_ahead(desk, c.value))
    if not future and not changes:
        return [line]
    rest = replace(
        line,
        plans=tuple(p for p in line.plans if p not in future),
        results=tuple(r for r in line.results if r not in future),
        changes=tuple(c for c in line.changes if c not in changes),
    )
    bare = replace(line, results=(), plans=(), attainments=(), changes=(), status=Status.UNKNOWN, future=True)
    ahead = [replace(bare, plans=future)] if future else []
    if changes:
        ahead.append(replace(bare, changes=changes))
    return [rest, *ahead] if rest.facts else ahead


def _change_ahead(desk: Desk, quantity: Quantity) -> bool:
    """Whether a change is hoped for; one against the same time a year before has happened, wherever it stands."""
    if SAME_TIME.match(desk.notes.after(quantity.quote, 24)):
        return False
    return desk.in_plan_passage(quantity) or _comes_later(desk, quantity)


def _comes_later(desk: Desk, quantity: Quantity) -> bool:
    """Whether a figure is dated after the year that an annual report is about: then it can only be hoped for."""
    if desk.dossier.report is not Report.ANNUAL or not desk.dossier.year or desk.last_year is None:
        return False
    years = [int(y) for y in re.findall(r"\d{4}", quantity.period or "")]
    return bool(years) and min(years) > desk.last_year


def _is_future(desk: Desk, plan: Quantity, line: Line) -> bool:
    last = desk.last_year
    years = [int(y) for y in re.findall(r"\d{4}", plan.period or "")]
    if years and last is not None:
        return max(years) > last
    has_outcome = bool(line.results or line.attainments)
    return desk.in_plan_passage(plan) if has_outcome else True
