"""Brings together the figures that speak of one thing: its level, its plan, how the plan was met, how it changed.

Figures are one indicator when their labels name the same entry of the catalogue, or are the same words, for the same place,
period and outlook: a target of the next term never meets a result of this one.  A figure that carries another's label joins
that one's indicator. The verdict is the source's own where it gives one; else it is computed from level and plan, with bounds
and direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toolkit.extract import indicators
from toolkit.extract.cues import fold
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Role
from toolkit.model.fact import Indicator, Quantity, Status
from toolkit.model.vietnamese import slug

PRIVATE = "hộ dân"
"""``Quantity.place`` of a figure that belongs to one family or person, not to the locality."""
_AIMS = ("roles.planned", "roles.plan-word")
"""Readings of targets that somebody still wants; other plans are those that the results are measured by."""


_MARGINS = frozenset(
    f"roles.{rule}" for rule in ("margin", "margin-over-plan", "margin-in-units", "over-the-plan-before", "over-named-plan")
)
"""Readings of attainments that tell how far the plan was passed, not how much of it was met."""


_PARTS = frozenset(f"labels.{rule}" for rule in ("part", "part-of-level", "part-of-its-own", "bracket-part"))
"""Readings of labels that name a part of something."""


@dataclass(frozen=True, slots=True)
class Told:
    """A quantity with what its sentence adds: ``head`` the index of the figure whose label it carries, ``verdict`` in words."""

    quantity: Quantity
    head: int | None = None
    verdict: Status | None = None


@dataclass
class _Group:
    key: str
    period: str | None
    place: str | None
    aim: bool
    members: list[int] = field(default_factory=list)
    levels: dict[Kind, set[str]] = field(default_factory=dict)
    """Labels of the results among the members, by the kind of their amounts; asked for each figure of a long text."""


def with_indicators(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities with the key of their known indicator."""
    out = []
    for q in quantities:
        if q.place == PRIVATE or any(t.rule in _PARTS for t in q.traces):
            out.append(q)  # a part of what an indicator counts is not the indicator
            continue
        entry = indicators.find(q.label, q.amount.kind, q.role)
        out.append(replace(q, indicator=entry.key) if entry else q)
    return tuple(out)


def pair(told: Sequence[Told]) -> tuple[Indicator, ...]:
    """Indicators in the order of their first figure.

    A count that stands alone and is no known indicator is no indicator: it is told with its sector.
    """
    groups: list[_Group] = []
    of: dict[int, _Group] = {}
    open_: dict[tuple[str, str | None, str | None, bool], _Group] = {}
    for index, one in enumerate(told):
        group = None if _alone(one.quantity) else _joined(index, one, of) or _matching(one.quantity, told, open_)
        if group is None:
            q = one.quantity
            group = _Group(_key(q), q.period, q.place, _aims(q))
            groups.append(group)
            if not _alone(q):
                open_[(group.key, group.period, group.place, group.aim)] = group
        group.members.append(index)
        if one.quantity.role is Role.RESULT:
            group.levels.setdefault(one.quantity.amount.kind, set()).add(one.quantity.label)
        of[index] = group
    found = [_indicator(group, told) for group in groups]
    kept = [i for i in found if i is not None]
    return _with_ids(kept)


def _key(q: Quantity) -> str:
    return q.indicator or slug(q.label)


def _aims(q: Quantity) -> bool:
    return q.role is Role.PLAN and any(t.rule in _AIMS for t in q.traces)


def _joined(index: int, one: Told, of: dict[int, _Group]) -> _Group | None:
    """The group of the figure whose label this one carries."""
    if one.head is None or one.head not in of or one.head >= index:
        return None
    group = of[one.head]
    q = one.quantity
    if group.place != q.place or (_aims(q) and not group.aim):
        return None
    if q.role is Role.RESULT and (q.period or group.period) != group.period:
        return None
    twice = q.role is Role.RESULT and q.amount.kind in group.levels
    return None if twice and not _moved(q) else group


def _moved(q: Quantity) -> bool:
    """``từ A xuống còn B``: two levels of one thing."""
    rules = {t.rule: t.entry for t in q.traces}
    return "roles.level-after-move" in rules or rules.get("labels.carried") == "reach"


def _alone(q: Quantity) -> bool:
    """A count of targets by how they were met says nothing of the fraction beside it."""
    return any(t.rule == "roles.targets-met" for t in q.traces)


def _matching(q: Quantity, told: Sequence[Told], open_: dict[tuple[str, str | None, str | None, bool], _Group]) -> _Group | None:
    """The group of the same thing elsewhere in the article, where the labels agree and no other level stands there."""
    group = open_.get((_key(q), q.period, q.place, _aims(q)))
    if group is None:
        return None
    first = told[group.members[0]].quantity
    one, other = set(first.label.split()), set(q.label.split())
    if not (one <= other or other <= one):
        return None
    crossed = q.role is Role.RESULT and bool(group.levels.get(q.amount.kind, set()) - {q.label})
    return None if crossed else group


def _indicator(group: _Group, told: Sequence[Told]) -> Indicator | None:
    members = [told[i] for i in group.members]
    roles = {role: tuple(m.quantity for m in members if m.quantity.role is role) for role in Role}
    known = indicators.catalogue().get(group.key)
    if known is None and not (roles[Role.ATTAINMENT] or (roles[Role.RESULT] and roles[Role.PLAN])):
        return None
    first = members[0].quantity
    direction = known.direction if known else "neutral"
    status, stated = _status(members, direction)
    return Indicator(
        id=group.key,
        label=first.label,
        sector=first.sector,
        period=group.period,
        place=group.place,
        direction=direction,
        results=tuple(q.id for q in roles[Role.RESULT]),
        plans=tuple(q.id for q in roles[Role.PLAN]),
        attainments=tuple(q.id for q in roles[Role.ATTAINMENT]),
        changes=tuple(q.id for q in roles[Role.CHANGE]),
        status=status,
        stated=stated,
    )


def _with_ids(found: list[Indicator]) -> tuple[Indicator, ...]:
    """Ids from key, period and place, all different."""
    taken: dict[str, int] = {}
    out: list[Indicator] = []
    for one in found:
        base = ".".join(p for p in (one.id, one.period, slug(one.place) if one.place else None) if p)
        taken[base] = taken.get(base, 0) + 1
        out.append(replace(one, id=base if taken[base] == 1 else f"{base}.{taken[base]}"))
    return tuple(out)


# ---------------------------------------------------------------- the verdict


def _status(members: Sequence[Told], direction: str) -> tuple[Status, bool]:
    """The verdict and whether the source itself gives it."""
    for one in members:
        if one.verdict is not None:
            return one.verdict, True
    for one in members:
        if one.quantity.role is Role.ATTAINMENT and (said := _of_attainment(one.quantity)) is not None:
            return said, True
    results = [m.quantity.amount for m in members if m.quantity.role is Role.RESULT]
    plans = [m.quantity.amount for m in members if m.quantity.role is Role.PLAN and not _aims(m.quantity)]
    if results and plans:
        return compare(results[-1], plans[-1], direction), False
    return Status.UNKNOWN, False


def _of_attainment(q: Quantity) -> Status | None:
    """What an attainment says by itself: a margin over the plan, a percentage of it, a part of its targets."""
    rules = {t.rule for t in q.traces}
    amount = q.amount
    if "roles.short-of-plan" in rules:
        return Status.MISSED
    if rules & _MARGINS:
        return Status.EXCEEDED
    whole = amount.of if amount.kind is Kind.FRACTION else Decimal(100) if amount.kind is Kind.PERCENT else None
    low = amount.low if amount.is_range else amount.value
    high = amount.high if amount.is_range else amount.value
    if whole is None or low is None or high is None:
        return None
    if amount.bound is Bound.OVER and low >= whole:
        return Status.EXCEEDED
    if low > whole:
        return Status.EXCEEDED
    if high < whole:
        return Status.MISSED
    return Status.MET


def compare(result: Amount, plan: Amount, direction: str) -> Status:
    """A level against its plan; unknown where their units differ or a bound leaves it open."""
    same = (result.kind, fold(result.unit), result.per) == (plan.kind, fold(plan.unit), plan.per)
    if not same or direction not in ("up", "down", "state"):
        return Status.UNKNOWN
    reached = result.low if result.is_range else result.value
    if reached is None or result.bound is Bound.UNDER:
        return Status.UNKNOWN
    low, high = (plan.low, plan.high) if plan.is_range else (plan.value, plan.value)
    if low is None or high is None:
        return Status.UNKNOWN
    if direction == "down":
        return Status.MISSED if reached > high else Status.EXCEEDED if reached < low else Status.MET
    if reached < low:
        return Status.UNKNOWN if result.bound is Bound.OVER else Status.MISSED
    return Status.EXCEEDED if reached > high else Status.MET
