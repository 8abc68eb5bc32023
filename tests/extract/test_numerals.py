"""Numbers by themselves: digits with their marks, and numerals in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.extract.numeral_words import parse_numeral, read_numeral
from toolkit.extract.numerals import BROKEN_GROUP, COMMA_GROUP, DOT_DECIMAL, parse_digits


@pytest.mark.parametrize(
    ("token", "value", "other", "why"),
    [
        ("0", "0", None, ""),
        ("08", "8", None, ""),
        ("12,5", "12.5", None, ""),
        ("1.250", "1250", "1.250", ""),
        ("12.345.678", "12345678", None, ""),
        ("1.234,56", "1234.56", None, ""),
        ("77.3", "77.3", "773", DOT_DECIMAL),
        ("0.125", "0.125", "125", DOT_DECIMAL),
        ("1.234.5", "1234.5", "12345", DOT_DECIMAL),
        ("1,234,567", "1234567", None, COMMA_GROUP),
        ("1,234.5", "1234.5", None, COMMA_GROUP),
        ("1234.567", "1234567", "1234.567", BROKEN_GROUP),
        ("12.34,5", "1234.5", None, BROKEN_GROUP),
    ],
)
def test_digits(token, value, other, why):
    assert parse_digits(token) == (Decimal(value), None if other is None else Decimal(other), why)


@pytest.mark.parametrize("token", ["1.2.3", "5.4.2018", "12.34.5", "1,23,4", "1.2,3.4"])
def test_digits_that_are_no_number(token):
    assert parse_digits(token) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mười hai nghìn ba trăm", 12_300),
        ("một tỷ rưỡi", 1_500_000_000),
        ("ba nghìn tỉ", 3_000_000_000_000),
        ("hai triệu ba", 2_300_000),
        ("một trăm hai", 120),
        ("hai nghìn lẻ bốn", 2004),
        ("Một nghìn không trăm linh năm", 1005),
        ("chục", 10),
        ("ba mươi tư", 34),
    ],
)
def test_numerals(text, value):
    assert read_numeral(text) == value


@pytest.mark.parametrize("text", ["", "hộ", "hai mươi ba mươi", "nghìn", "hai nghìn ba nghìn", "linh năm", "một hai"])
def test_words_that_are_no_numeral(text):
    assert read_numeral(text) is None


def test_a_numeral_ends_where_the_sentence_goes_on():
    assert parse_numeral(["hai", "mươi", "ba", "mươi", "hộ"]) == (20, 2)
    assert parse_numeral(["ba", "trăm", "hộ", "nghèo"]) == (300, 2)


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def below_thousand(value, full):
    """Independent wording of a number below a thousand; ``full`` says the hundreds even when they are none."""
    hundreds, rest = divmod(value, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, unit = divmod(rest, 10)
    if tens == 0:
        return words + (["linh"] if unit and words else []) + ([DIGITS[unit]] if unit else [])
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    spoken = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}
    return words + ([spoken.get(unit, DIGITS[unit])] if unit else [])


def spelt(value):
    words = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, value = divmod(value, scale)
        if group:
            words += below_thousand(group, full=bool(words)) + ([name] if name else [])
    return " ".join(words)


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_spelt_number_is_read_back(value):
    assert read_numeral(spelt(value)) == value


@given(st.lists(st.sampled_from([*DIGITS, "mười", "mươi", "trăm", "nghìn", "triệu", "tỷ", "linh", "rưỡi", "hộ"]), max_size=12))
def test_any_words_are_read_without_fault(words):
    value, used = parse_numeral(words)
    assert 0 <= used <= len(words)
    assert value >= 0
