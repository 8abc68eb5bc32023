"""Filters: what a template may do with the data beyond placing it; documented in templates/README.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from toolkit.model.amount import Amount
from toolkit.model.brief import Figure, Run


def canonical(amount: Amount | None) -> str:
    """A figure's value for programs (the ``value`` of ``<data>``): ``51.2``, ``93.15/93.9``, ``11/12``."""
    if amount is None:
        return ""
    if amount.value is None:
        return f"{_plain(amount.low)}/{_plain(amount.high)}"
    return _plain(amount.value) if amount.of is None else f"{_plain(amount.value)}/{_plain(amount.of)}"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def words(run: Run) -> str:
    """The plain words of a run."""
    return "".join(part.text if isinstance(part, Figure) else part for part in run)


def without_unit(text: str, unit: str) -> str:
    """A figure's text without its unit at the end: the part that is set large."""
    return text[: -len(unit)].rstrip(" \u00a0") if unit and text.endswith(unit) else text


def percentage(value: float, scale: float) -> str:
    """A length on a drawing's scale as a number with one decimal, for SVG attributes."""
    return f"{min(max(value / scale, 0.0), 1.0) * 100:.1f}"


def batches(items: Sequence[Any], attribute: str) -> list[list[Any]]:
    """Neighbours that agree in one attribute, together, in their own order (``groupby`` of Jinja would sort them)."""
    groups: list[list[Any]] = []
    for item in items:
        if groups and getattr(groups[-1][-1], attribute) == getattr(item, attribute):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


FILTERS: Mapping[str, Callable[..., Any]] = {
    "canonical": canonical,
    "words": words,
    "without_unit": without_unit,
    "percentage": percentage,
    "batches": batches,
}
