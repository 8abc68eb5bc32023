"""The indicators of all sources over the settled figures: same label, period and place are one row; a profile's figures join in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.merge.agreement import place_key
from toolkit.merge.fuse import Ref
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Role
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import FactSheet, Indicator, Quantity, Status
from toolkit.model.vietnamese import name_key

FIELD = {Role.RESULT: "results", Role.PLAN: "plans", Role.ATTAINMENT: "attainments", Role.CHANGE: "changes"}


def join_indicators(sheets: Sequence[FactSheet], ids: Mapping[Ref, str]) -> tuple[Indicator, ...]:
    """The indicators of all sources, their ids of figures replaced by those of the settled entries."""
    rows: dict[tuple[object, ...], Indicator] = {}
    for sheet in sheets:
        for indicator in sheet.indicators:
            mapped = _mapped(indicator, sheet, ids)
            key = _key(mapped, sheet.term or sheet.inferred_term)
            rows[key] = _joined(rows[key], mapped) if key in rows else mapped
    return tuple(rows.values())


def _key(indicator: Indicator, whole: str | None = None) -> tuple[object, ...]:
    """What makes two rows one; the whole term is what a row without a period is about too."""
    period = None if indicator.period == whole else indicator.period
    return (name_key(indicator.label), period, place_key(indicator.place))


def _mapped(indicator: Indicator, sheet: FactSheet, ids: Mapping[Ref, str]) -> Indicator:
    named = {
        field: tuple(dict.fromkeys(ids.get((sheet.source.id, one), one) for one in getattr(indicator, field)))
        for field in FIELD.values()
    }
    return _with(indicator, named)


def _joined(one: Indicator, other: Indicator) -> Indicator:
    named = {field: tuple(dict.fromkeys((*getattr(one, field), *getattr(other, field)))) for field in FIELD.values()}
    verdict = one if one.stated or not other.stated else other
    return replace(_with(one, named), period=one.period or other.period, status=verdict.status, stated=verdict.stated)


def _with(row: Indicator, named: Mapping[str, tuple[str, ...]]) -> Indicator:
    lists = {field: named.get(field, getattr(row, field)) for field in FIELD.values()}
    return replace(row, results=lists["results"], plans=lists["plans"], attainments=lists["attainments"], changes=lists["changes"])


def settle_indicators(
    indicators: Sequence[Indicator], before: Sequence[Settled[Quantity]], after: Sequence[Settled[Quantity]]
) -> tuple[Indicator, ...]:
    """Indicators after the profile: hidden figures leave, new ones join, verdicts on changed ones are taken anew."""
    alive = {one.value.id: one for one in after}
    untouched = {one.value.id for one in before}
    rows = [row for indicator in indicators if (row := _without_hidden(indicator, alive)) is not None]
    for one in after:
        if one.origin.kind is OriginKind.PROFILE and one.value.id not in untouched:
            _enter(rows, one.value)
    return tuple(_judged(row, alive) for row in rows)


def _without_hidden(indicator: Indicator, alive: Mapping[str, Settled[Quantity]]) -> Indicator | None:
    """The row without figures that are gone, each under the role it now has; None when nothing is left of it."""
    listed = [one for field in FIELD.values() for one in getattr(indicator, field)]
    kept = [one for one in listed if one in alive]
    if listed and not kept:
        return None
    named = {field: tuple(one for one in kept if alive[one].value.role is role) for role, field in FIELD.items()}
    return _with(indicator, named)


def _enter(rows: list[Indicator], quantity: Quantity) -> None:
    field = FIELD[quantity.role]
    key = (name_key(quantity.label), quantity.period, place_key(quantity.place))
    for i, row in enumerate(rows):
        if _key(row) == key:
            rows[i] = _with(row, {field: (*getattr(row, field), quantity.id)})
            return
    new = Indicator(quantity.id, quantity.label, quantity.sector, quantity.period, quantity.place)
    rows.append(_with(new, {field: (quantity.id,)}))


def _judged(row: Indicator, alive: Mapping[str, Settled[Quantity]]) -> Indicator:
    """A verdict never outlives the figure it was about: with a settled attainment it is computed anew."""
    settled = [alive[one] for one in row.attainments if alive[one].origin.kind is OriginKind.PROFILE]
    if not settled:
        return row
    return replace(row, status=verdict(settled[-1].value.amount, row.direction), stated=False)


def verdict(amount: Amount, direction: str) -> Status:
    """What an attainment says of a plan: never where less is better, and only for a percent or a fraction."""
    if direction == "down" or amount.value is None:
        return Status.UNKNOWN
    if amount.kind is Kind.PERCENT and amount.bound is Bound.OVER:
        return Status.EXCEEDED  # "vượt 14,16%" is the margin over the plan, not the share of it
    whole = amount.of if amount.kind is Kind.FRACTION else 100 if amount.kind is Kind.PERCENT else None
    if whole is None:
        return Status.UNKNOWN
    return Status.EXCEEDED if amount.value > whole else Status.MET if amount.value == whole else Status.MISSED
