"""The large numerals at the head of a brief, and the summary sentence made of the same figures."""

from __future__ import annotations

from decimal import Decimal

from toolkit.compose.desk import Desk
from toolkit.compose.lines import Line
from toolkit.compose.plans import plan_object
from toolkit.compose.runs import Passing, change_word, has_verb, level_first, passing
from toolkit.compose.standard import standard
from toolkit.model.amount import Bound, Kind
from toolkit.model.brief import KeyFigure
from toolkit.model.context import Sector
from toolkit.model.dossier import Settled
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import key, name_key
from toolkit.model.wording import BILLION, MILLION, NBSP, lowered, number

FEW = 2
"""A single large numeral in a row made for four looks like a fault; below this number the row is left out."""

SOUND = 2
"""Weight of a line that measures a result; lighter ones lead a brief only where it has nothing else."""

LONG_LABEL = 14
"""Words of a label that no longer fit under a large numeral."""


def key_figures(desk: Desk, all_lines: tuple[Line, ...]) -> tuple[KeyFigure, ...]:
    """The figures in front as cards, at most ``length.key``."""
    front = in_front(desk, all_lines, desk.length.key)
    return tuple(_card(desk, line, lead) for line, lead in front) if desk.dossier.highlight or len(front) >= FEW else ()


def in_front(desk: Desk, all_lines: tuple[Line, ...], room: int) -> list[tuple[Line, Settled[Quantity]]]:
    """The lines that lead a brief, each with the figure that stands for it.

    First what the profile highlights, in its order; then the weightiest, the overall counts of targets before all others.  Each
    thing once, and where predecessors stand side by side the whole is not told again.  Light lines only fill up a row of few.
    """
    ranked = heaviest(all_lines)
    front: list[tuple[Line, Settled[Quantity]]] = []
    candidates = ((line, leading(desk, line)) for line in (latest(one, ranked) for one in ranked))
    for line, lead in (*_wished(desk, all_lines), *candidates):
        if len(front) == room or (line.weight < SOUND and len(front) >= FEW):
            break
        if lead is not None and not _told_again(line, front):
            front.append((line, lead))
    return front


def _told_again(line: Line, front: list[tuple[Line, Settled[Quantity]]]) -> bool:
    same = [one for one, _ in front if name_key(one.label) == name_key(line.label)]
    return any(one.place == line.place or not line.place for one in same)


def _wished(desk: Desk, all_lines: tuple[Line, ...]) -> list[tuple[Line, Settled[Quantity]]]:
    """The figures that the profile puts in front, in its order, each with its line; aims of the next term are no results."""
    holder = {fact.value.id: (line, fact) for line in all_lines if not line.future for fact in line.facts}
    return [holder[name] for name in desk.dossier.highlight if name in holder]


def heaviest(all_lines: tuple[Line, ...]) -> list[Line]:
    """Lines fit for a headline, weightiest first; those of the whole term before those of a sector."""
    fit = [
        line
        for line in all_lines
        if not line.future
        and line.weight >= 1
        and len(line.label.split()) <= LONG_LABEL
        and not any(fact.value.review for fact in line.facts)
        and not _names_a_part(line)
        and not any(words in line.label.lower() for words in standard().hoped_verdicts)
    ]
    return sorted(fit, key=lambda line: (-line.weight, line.order))


def _names_a_part(line: Line) -> bool:
    """Whether a share or growth is told of a mere part (``Khu vực dịch vụ: 19,1%``): without what was measured it says nothing."""
    starts = standard().part_starts
    label = f"{key(line.label)} "
    shares = [f for f in (*line.results, *line.changes) if f.value.amount.kind in (Kind.PERCENT, Kind.RATIO)]
    return bool(shares) and not line.attainments and label.startswith(tuple(f"{key(start)} " for start in starts))


def latest(line: Line, among: list[Line]) -> Line:
    """The same thing measured in the latest period: a headline tells where things stand, not where they began."""
    same = [one for one in among if one.label == line.label and one.place == line.place and one.period and line.period]
    return max(same, key=lambda one: (one.period or "")[-4:], default=line)


def leading(desk: Desk, line: Line) -> Settled[Quantity] | None:
    """The one figure that stands for a line: how the plan was met, else what was reached, else how it changed."""
    if level_first(desk, line):
        return line.results[-1 if line.journey else 0]
    counted = [f for f in (*line.attainments, *line.results) if f.value.amount.kind is Kind.FRACTION]
    percents = [f for f in line.attainments if f.value.amount.kind is Kind.PERCENT]
    first = (counted, percents) if line.sector is Sector.CHUNG else (percents, counted)
    levels = tuple(f for f in line.results if f.value.amount.kind is not Kind.RATIO)
    if line.journey:
        levels = levels[-1:]  # where it stands now, not where it began
    for group in (*first, levels, line.attainments, line.changes, line.results):
        if group:
            return group[0]
    return None


def _card(desk: Desk, line: Line, lead: Settled[Quantity]) -> KeyFigure:
    low, high = attainment(desk, line, lead)
    text, unit = numeral(desk, lead)
    text = text.removeprefix(desk.words["exceeded"]).strip()
    if has_verb(desk, text):
        text = text.replace(f" {desk.words['reached']} ", " ", 1)  # large type has room for "ước", not for a verb
    caption = _caption(desk, line, lead)
    if lead in line.attainments and lead.value.amount.kind is Kind.PERCENT:
        goal = plan_object(desk, lead.value)
        unit = goal if passing(desk, lead.value, line) is Passing.LEVEL else f"{desk.words['exceeded']} {goal}"
    return KeyFigure(
        figure=desk.figure(lead, text=text),
        caption=caption,
        unit=unit,
        attainment=low,
        attainment_high=high,
        status=line.status,
        place=desk.place_name(line.place),
    )


def _caption(desk: Desk, line: Line, lead: Settled[Quantity]) -> str:
    """What the numeral measures: the label and its period; ``Mức tăng thu ngân sách`` where it tells a change."""
    change = change_word(desk, line.label, lead).removesuffix(f" {desk.words['times']}") if lead in line.changes else ""
    label = desk.words["growth"].format(change=change, label=lowered(line.label)) if change else line.label
    when = desk.when(lead.value.period if line.journey else line.period)
    return f"{label}, {when}" if when else label


def attainment(desk: Desk, line: Line, lead: Settled[Quantity]) -> tuple[float | None, float | None]:
    """Result over plan of a line's leading figure, and the upper end of a range; nothing where no source compares them."""
    amount = lead.value.amount
    if amount.kind is Kind.FRACTION:
        planned = lead in line.attainments and not _counts_targets(desk, lead.value)
        return (float(amount.value / amount.of), None) if planned and amount.value is not None and amount.of else (None, None)
    if lead in line.attainments and amount.kind is Kind.PERCENT:
        meant = passing(desk, lead.value, line)
        if meant is Passing.EITHER:
            return None, None
        base = Decimal(100) if meant is Passing.MARGIN else Decimal(0)
        low = amount.low if amount.value is None else amount.value
        high = None if amount.high is None else float((base + amount.high) / 100)
        return (None if low is None else float((base + low) / 100)), high
    if line.plans and line.direction == "up":
        plan = line.plans[0].value.amount
        if plan.kind is amount.kind and plan.unit == amount.unit and plan.value and amount.value is not None:
            return float(amount.value / plan.value), None
    return None, None


def _counts_targets(desk: Desk, quantity: Quantity) -> bool:
    """``11/12 chỉ tiêu``, ``16/19 tiêu chí`` are parts of a whole: no plan stands behind them that a bar could mark."""
    return key(quantity.amount.unit) in desk.standard.verdict_units


def numeral(desk: Desk, lead: Settled[Quantity]) -> tuple[str, str]:
    """The figure for large type, and the part of it that is set small: ``11,708 tỷ đồng``, ``tỷ đồng``."""
    amount = lead.value.amount
    whole = desk.words_of(lead)
    if amount.kind is Kind.MONEY and amount.value is not None and amount.bound is Bound.EXACT and not amount.per:
        for size, word in ((BILLION, "tỷ"), (MILLION, "triệu")):
            shrunk = (amount.value / size).normalize() if amount.value else Decimal(0)
            exponent = shrunk.as_tuple().exponent
            if amount.value >= size and isinstance(exponent, int) and exponent >= -3 and shrunk * size == amount.value:
                unit = f"{word}{NBSP}{amount.unit or 'đồng'}"
                return f"{number(shrunk)}{NBSP}{unit}", unit
    for at in range(len(whole) - 1, -1, -1):
        if whole[at].isdigit() or whole[at] in "%‰":
            return whole, whole[at + 1 :].strip()
    return whole, ""
