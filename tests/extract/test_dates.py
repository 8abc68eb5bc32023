"""Dates and periods: the cases of ``tests/cases/extract/dates.yaml``, and what must hold for any text and any year."""

from __future__ import annotations

import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.extract.dates import Grain, Relation, read_periods
from toolkit.lexicon import load_yaml_text

CASES = Path(__file__).parents[1] / "cases" / "extract" / "dates.yaml"
WRITTEN = date(2023, 4, 5)


def told(text, period):
    """A period as the case file writes it."""
    parts = [text[period.start : period.end], period.grain.value]
    parts += [f"{period.begin}..{period.finish}" if period.begin else f"open: {period.relative}"]
    parts += [period.period] if period.period else []
    return " | ".join(parts + ([period.relation.value] if period.relation is not Relation.IN else []))


def cases():
    for case in load_yaml_text(CASES.read_text("utf-8"), str(CASES)):
        yield pytest.param(case["text"], case["gives"], id=case["text"][:50])


@pytest.mark.parametrize(("text", "gives"), list(cases()))
def test_case(text, gives):
    assert [told(text, period) for period in read_periods(text, today=WRITTEN)] == gives


@pytest.mark.parametrize(
    ("text", "relative"), [("năm nay", "date"), ("đến nay", "date"), ("tháng 8", "year"), ("quý I", "year"), ("chiều 5/4", "year")]
)
def test_without_the_date_of_the_text_a_relative_period_stays_open(text, relative):
    (period,) = read_periods(text)
    assert (period.begin, period.period, period.relative) == (None, None, relative)


def test_since_a_year_is_open_at_its_end_without_the_date_of_the_text():
    (period,) = read_periods("từ năm 2018 đến nay")
    assert (period.begin, period.finish, period.relation) == (date(2018, 1, 1), None, Relation.SINCE)


def test_a_day_without_a_year_takes_the_nearest_one():
    (period,) = read_periods("chiều 28/12", today=date(2023, 1, 6))
    assert period.begin == date(2022, 12, 28)


def test_decomposed_text_gives_places_in_itself():
    text = unicodedata.normalize("NFD", "Quý III năm 2022, đến năm 2030")
    assert [unicodedata.normalize("NFC", text[p.start : p.end]) for p in read_periods(text)] == [
        "Quý III năm 2022",
        "đến năm 2030",
    ]


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2099, 12, 31)))
def test_a_date_is_read_in_every_form(day):
    forms = [
        f"ngày {day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02}-{day.month:02}-{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
    ]
    for form in forms:
        (period,) = read_periods(f"Họp {form} tại xã")
        assert (period.begin, period.finish, period.grain) == (day, day, Grain.DAY), form


@given(st.integers(1950, 2040), st.integers(1, 20), st.sampled_from(["-", " - ", "–", " – "]))
def test_a_span_of_years_is_read_back(first, length, dash):
    (period,) = read_periods(f"nhiệm kỳ {first}{dash}{first + length}, xã")
    assert (period.period, period.grain) == (f"{first}-{first + length}", Grain.TERM)


WORDS = (
    """năm tháng quý ngày từ đến nay giai đoạn nhiệm kỳ 2020 2022 5/8 13-14/7 31 12 0 III - – , ( ) . đầu cuối trước sau 6 qua"""
)
TEXTS = st.lists(st.one_of(st.sampled_from(sorted(set(WORDS.split()))), st.text(max_size=5)), max_size=30).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.none() | st.dates())
def test_any_text_gives_ordered_places_inside_it(text, today):
    at = 0
    for period in read_periods(text, today=today):
        assert at <= period.start < period.end <= len(text)
        assert period.begin is None or period.finish is None or period.begin <= period.finish
        assert period.relative or (period.begin and period.finish)
        at = period.end


@pytest.mark.parametrize("unit", ["2", "2020 ", "năm ", "từ ", "1/", "đến năm ", "tháng 1 "])
def test_monotonous_text_is_read_quickly(unit):
    start = time.process_time()
    read_periods(unit * 10_000)
    assert time.process_time() - start < 3
