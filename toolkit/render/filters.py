"""Filters: what a template may do with the data beyond placing it; documented in templates/README.md.

The packaged templates place finished strings.  Those that write numbers and dates are for an office's own data (a circulation, a
day of printing); they write as ``model.wording`` does everywhere, and what is no number or no date stops the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date as day
from decimal import Decimal, InvalidOperation
from typing import Any

from toolkit.model import wording
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


# --- numbers and dates of an office's own ---------------------------------------------------------------------------------------


def number(value: int | float | Decimal | str) -> str:
    """``1234.5`` → ``1.234,5``; nothing is rounded."""
    return wording.number(_exact(value))


def money(value: int | float | Decimal | str, unit: str = "đồng") -> str:
    """``11708000000`` → ``11 tỷ 708 triệu đồng``."""
    return wording.money(_exact(value), unit)


def percent(value: int | float | Decimal | str, high: int | float | Decimal | str | None = None) -> str:
    """``51.2`` → ``51,2%``; with ``high`` a range, ``93,15–93,9%``."""
    return wording.percent(_exact(value), None if high is None else _exact(high))


def date(iso: str) -> str:
    """``2020-05-07`` → ``ngày 07 tháng 5 năm 2020``."""
    return wording.date(_day(iso).isoformat())


def short_date(iso: str) -> str:
    """``2020-05-07`` → ``07/5/2020``."""
    return wording.short_date(_day(iso).isoformat())


def amount(value: Amount) -> str:
    """An amount in digits and words, as the brief writes it."""
    if not isinstance(value, Amount):
        raise TypeError(f"{type(value).__name__} is no amount")
    return wording.amount(value)


def _exact(value: object) -> Decimal:
    """A number as it is written; a float by its shortest form, which is what the template's author wrote."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise TypeError(f"{type(value).__name__} is no number")
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"“{value}” is no number (1234.5)") from None


def _day(iso: object) -> day:
    try:
        return day.fromisoformat(str(iso))
    except ValueError:
        raise ValueError(f"“{iso}” is no date (2020-05-07)") from None


FILTERS: Mapping[str, Callable[..., Any]] = {
    "canonical": canonical,
    "words": words,
    "without_unit": without_unit,
    "percentage": percentage,
    "batches": batches,
    "number": number,
    "money": money,
    "percent": percent,
    "amount": amount,
    "date": date,
    "short_date": short_date,
    "years": wording.years,
    "roman": wording.roman,
    "listing": wording.listing,
}
