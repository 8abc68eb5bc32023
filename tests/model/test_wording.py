"""Numbers, money and dates as an office writes them: a table of cases, and nothing lost on the way."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.model import wording
from toolkit.model.amount import Amount, Bound, Kind

CASES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases/model/wording.yaml").read_text("utf-8"))


def rows(name: str) -> list[Any]:
    return [pytest.param(*row, id=str(row[0])) for row in CASES[name]]


def plain(text: str) -> str:
    return text.replace(wording.NBSP, "~")


@pytest.mark.parametrize(("value", "says"), rows("number"))
def test_number(value: str, says: str) -> None:
    assert plain(wording.number(Decimal(value))) == says


@pytest.mark.parametrize(("value", "says"), rows("money"))
def test_money(value: str, says: str) -> None:
    assert plain(wording.money(Decimal(value))) == says


@pytest.mark.parametrize(("value", "says"), rows("percent"))
def test_percent(value: str, says: str) -> None:
    assert plain(wording.percent(Decimal(value))) == says


@pytest.mark.parametrize(("value", "of", "unit", "says"), rows("fraction"))
def test_fraction(value: str, of: str, unit: str, says: str) -> None:
    assert plain(wording.fraction(Decimal(value), Decimal(of), unit)) == says


@pytest.mark.parametrize(("value", "says"), rows("date"))
def test_date(value: str, says: str) -> None:
    assert plain(wording.date(value)) == says


@pytest.mark.parametrize(("value", "says"), rows("period"))
def test_period(value: str, says: str) -> None:
    assert plain(wording.period(value)) == says


@pytest.mark.parametrize(("value", "says"), rows("roman"))
def test_roman(value: int, says: str) -> None:
    assert wording.roman(value) == says


@pytest.mark.parametrize("case", CASES["amount"], ids=lambda case: case["says"])
def test_amount(case: dict[str, Any]) -> None:
    numbers = {name: Decimal(case[name]) if name in case else None for name in ("value", "low", "high", "of")}
    amount = Amount(
        Kind(case["kind"]), **numbers, unit=case["unit"], per=tuple(case.get("per", ())), bound=Bound(case.get("bound", "exact"))
    )
    assert plain(wording.amount(amount, case.get("word"))) == case["says"]


def read_money(text: str) -> Decimal:
    """An independent reading of what ``money`` writes: signs, tỷ and triệu, dots and commas."""
    sizes = {"tỷ": Decimal(10) ** 9, "triệu": Decimal(10) ** 6, "đồng": Decimal(1)}
    total = Decimal(0)
    sign = -1 if text.startswith("-") else 1
    for digits, size in re.findall(r"([\d.,]+)\s(tỷ|triệu|đồng)", text.replace(wording.NBSP, " ")):
        total += Decimal(digits.replace(".", "").replace(",", ".")) * sizes[size]
    return sign * total


@pytest.mark.parametrize("exponent", range(-2, 16))
@pytest.mark.parametrize("digits", [1, 9, 10, 12, 125, 1001, 11708, 999999, 123456789])
def test_money_reads_back_exactly(digits: int, exponent: int) -> None:
    value = Decimal(digits).scaleb(exponent)
    assert read_money(wording.money(value)) == value
    assert read_money(wording.money(-value)) == -value


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="not a number"):
        wording.number(value)


def test_listing_takes_no_comma_before_the_last() -> None:
    assert wording.listing(("A",)) == "A"
    assert wording.listing(("A", "B")) == "A và B"
    assert wording.listing(("A", "B", "C")) == "A, B và C"
    assert wording.listing(()) == ""


def test_capitalise_passes_over_marks_and_leaves_digits_alone() -> None:
    assert wording.capitalise("“đảng viên”") == "“Đảng viên”"
    assert wording.capitalise("ứng dụng") == "Ứng dụng"
    assert wording.capitalise("26 nam công dân") == "26 nam công dân"
