"""The table of indicators that offices append to a report: STT, indicator, unit, resolution, result, rate, verdict.

The unit stands in a column of its own, so the figures of a row are printed without it wherever they share it; results of several
years stand in a column each, and the table then takes a landscape page.  Every line that is about results is in it, whatever the
length of the brief.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.compose.desk import Desk
from toolkit.compose.indicators import ORDER
from toolkit.compose.keyfigures import numeral
from toolkit.compose.lines import Facts, Line
from toolkit.compose.runs import Passing, join, note_numbers, passing, without_notes
from toolkit.compose.verdicts import is_tally
from toolkit.model.amount import Kind
from toolkit.model.brief import Appendix, AppendixGroup, AppendixRow, Figure, Run
from toolkit.model.dossier import Settled
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import name_key

_BARE = re.compile(r"^[^\d]*\d[\d.,/]*(?:–\d[\d.,]*)?$")
"""A figure that can stand without its unit: one number, a part of a whole or a range, with the word of its bound."""


def appendix(desk: Desk, all_lines: Iterable[Line]) -> Appendix | None:
    """The appendix of all lines that tell results; None when there are none."""
    told = [line for line in all_lines if not line.future and line.weight > 0 and (line.results or line.attainments)]
    if not told:
        return None
    things = _things(told)
    years = tuple(sorted({line.period for thing in things if _is_series(thing) for line in thing if line.period}))
    heads = desk.standard.appendix
    rows: dict[str, list[AppendixRow]] = {}
    for number, thing in enumerate(things, start=1):
        title = desk.standard.sectors[thing[0].sector]
        rows.setdefault(title, []).append(_row(desk, number, thing, years))
    return Appendix(
        title=heads["title"],
        caption=heads["caption"],
        columns=heads,
        years=years,
        groups=tuple(AppendixGroup(title, tuple(inside)) for title, inside in rows.items()),
    )


def _things(told: Sequence[Line]) -> list[list[Line]]:
    """Lines of one thing together where they are a series of years, else each by itself; in the order of sectors."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in told:
        groups.setdefault((line.sector.value, name_key(line.label), name_key(line.place or "")), []).append(line)
    made: list[list[Line]] = []
    for group in groups.values():
        made += [group] if _is_series(group) else [[line] for line in group]
    return sorted(made, key=lambda thing: (ORDER.index(thing[0].sector), thing[0].order))


def _is_series(lines: Sequence[Line]) -> bool:
    """Whether lines are results of single years, one a year, and nothing else."""
    years = [line.period for line in lines if line.period and line.period.isdigit() and line.results and not line.journey]
    plain = all(not line.attainments and not line.plans and len(line.results) == 1 for line in lines)
    return plain and len(lines) > 1 and len(years) == len(lines) == len(set(years))


def _row(desk: Desk, number: int, thing: Sequence[Line], years: Sequence[str]) -> AppendixRow:
    first = thing[0]
    unit = _unit(desk, [fact for line in thing for fact in (*line.results, *_wholes(desk, line), *line.plans)])
    series = {line.period: _cell(desk, line.results, unit) for line in thing} if len(thing) > 1 else {}
    result = () if series else _cell(desk, first.results or _wholes(desk, first), unit, journey=first.journey)
    plan = () if series else _cell(desk, first.plans, unit)
    rate = () if series else _rate(desk, first)
    runs = (*series.values(), plan, result, rate)
    return AppendixRow(
        number=str(number),
        label=first.label,
        unit=unit,
        plan=without_notes(plan),
        yearly=tuple(without_notes(series.get(year, ())) for year in years),
        result=without_notes(result),
        rate=without_notes(rate),
        status=first.status,
        verdict="" if series else desk.standard.status[first.status],
        period="" if series else desk.when(first.period),
        place=desk.place_name(first.place),
        notes=note_numbers(*runs),
        settled=any(line.settled for line in thing),
    )


def _wholes(desk: Desk, line: Line) -> Facts:
    """Attainments that count (``17/17 chỉ tiêu``, ``9 chỉ tiêu``): where there is no other result they are it."""
    return () if line.results else tuple(f for f in line.attainments if is_tally(desk, f.value))


def _unit(desk: Desk, facts: Sequence[Settled[Quantity]]) -> str:
    """The unit that the row's first figure can do without."""
    for fact in facts:
        if unit := _parted(desk, fact)[1]:
            return unit
    return ""


def _parted(desk: Desk, fact: Settled[Quantity]) -> tuple[str, str]:
    """Number and unit of a figure; no unit where the two cannot be told apart (``11 tỷ 708 triệu đồng``)."""
    whole, unit = numeral(desk, fact)
    if not unit and whole.endswith(("%", "‰")):
        unit = whole[-1]
    bare = whole[: len(whole) - len(unit)].rstrip() if unit and whole.endswith(unit) else whole
    return (bare, unit) if unit and _BARE.match(bare) else (whole, "")


def _cell(desk: Desk, facts: Facts, unit: str, *, journey: bool = False) -> Run:
    return join([(_figure(desk, fact, unit),) for fact in facts], " → " if journey else "; ")


def _figure(desk: Desk, fact: Settled[Quantity], unit: str) -> Figure:
    bare, own = _parted(desk, fact)
    if own and own == unit:
        return replace(desk.figure(fact, text=bare), unit=unit)
    return desk.figure(fact, text=numeral(desk, fact)[0])


def _rate(desk: Desk, line: Line) -> Run:
    """``143%``; ``vượt 14,16%`` where it is the margin over the plan, as the source says it."""
    told = [f for f in line.attainments if f.value.amount.kind is Kind.PERCENT]
    runs: list[Run] = []
    for fact in told:
        figure = desk.figure(fact, text=desk.words_of(fact).removeprefix(desk.words["exceeded"]).strip())
        over = passing(desk, fact.value, line) is not Passing.LEVEL
        runs.append((f"{desk.words['exceeded']} ", figure) if over else (figure,))
    return join(runs)
