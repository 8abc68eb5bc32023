"""The number grammar over whole texts: the cases of ``tests/cases/extract/quantities``, and what must hold for any text."""

from __future__ import annotations

import doctest
import re
import time
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.extract.quantities import LOOSE_DOTS, read_quantities, read_rejections
from toolkit.lexicon import load_yaml_text

CASES = Path(__file__).parents[1] / "cases" / "extract" / "quantities"


def told(text, mention):
    """A mention as the case files write it."""
    amount = mention.amount
    value = f"{amount.low}..{amount.high}" if amount.is_range else str(amount.value)
    parts = [
        text[mention.start : mention.end],
        amount.kind.value,
        value if amount.of is None else f"{value}/{amount.of}",
        amount.unit,
    ]
    parts += [f"per={'/'.join(amount.per)}"] if amount.per else []
    parts += [amount.bound.value] if amount.bound != "exact" else []
    return " | ".join([*parts, "review"] if mention.review else parts)


def cases():
    for path in sorted(CASES.glob("*.yaml")):
        for case in load_yaml_text(path.read_text("utf-8"), str(path)):
            yield pytest.param(case["text"], case["gives"], id=f"{path.stem}: {case['text'][:40]}")


@pytest.mark.parametrize(("text", "gives"), list(cases()))
def test_case(text, gives):
    assert [told(text, mention) for mention in read_quantities(text)] == gives


@pytest.mark.parametrize(("text", "gives"), list(cases()))
def test_decomposed_text_gives_the_same_places(text, gives):
    nfd = unicodedata.normalize("NFD", text)
    found = read_quantities(nfd)
    assert [unicodedata.normalize("NFC", nfd[m.start : m.end]) for m in found] == [row.split(" | ")[0] for row in gives]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Thu hut 12 hô\u0323 dân", "hộ dân"), ("xã hòa bình có 12 tổ hòa giải", "tổ hòa giải"), ("BẦU 15 UỶ VIÊN", "uỷ viên")],
)
def test_spelling_does_not_matter(text, unit):
    (mention,) = read_quantities(text)
    assert mention.amount.unit == unit


def test_incidental_figures_are_left_out_unless_asked_for():
    text = "Đăng ký tuổi 17 cho 46 nam công dân theo phương châm 4 tại chỗ trong 5 ngày."
    assert [str(m.amount.value) for m in read_quantities(text)] == ["46"]
    assert [(str(m.amount.value), m.incidental) for m in read_quantities(text, incidental=True)] == [
        ("17", True), ("46", False), ("4", True), ("5", True),
    ]  # fmt: skip


def test_a_mention_tells_its_parts():
    text = "Doanh thu đạt hơn 11 ngàn tỷ đồng/năm"
    (mention,) = read_quantities(text)
    assert text[slice(*mention.number_span)] == "11 ngàn tỷ"
    assert text[slice(*mention.unit_span)] == "đồng"
    assert text[slice(*mention.bound_span)] == "hơn"
    assert mention.rule == "money.currency"
    assert mention.entry == "vi/units:money/đồng"


def test_an_ambiguous_number_keeps_the_other_reading():
    (mention,) = read_quantities("trồng 77.3 ha")
    assert mention.review
    assert mention.rejected == ("value 773",)


def test_grouping_dots_are_doubted_where_the_text_uses_dots_as_decimals():
    loose = read_quantities("trồng 77.3 ha, thu hoạch 1.385 ha")
    strict = read_quantities("trồng 77,3 ha, thu hoạch 1.385 ha")
    assert [m.why for m in loose][1] == LOOSE_DOTS
    assert not any(m.review for m in strict)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("xây ba mươi nhà tình nghĩa", 30, "nhà tình nghĩa"),
        ("thu một tỷ rưỡi", 1_500_000_000, "đồng"),
        ("có mười hai nghìn ba trăm hộ", 12_300, "hộ"),
        ("giảm hai phần trăm", 2, "%"),
        ("hơn chục mô hình", 10, "mô hình"),
    ],
)
def test_words_are_read_on_request(text, value, unit):
    assert read_quantities(text) == ()
    (mention,) = read_quantities(text, words=True)
    assert (mention.amount.value, mention.amount.unit, mention.words) == (Decimal(value), unit, True)


@pytest.mark.parametrize("text", ["trong năm xã có điện", "một trong những xã", "không hộ nào", "thứ tư họp"])
def test_number_words_that_are_no_numbers(text):
    assert read_quantities(text, words=True) == ()


def test_digits_that_are_no_figure_tell_why():
    text = "Ngày 5/8, Phường 16 họp theo Nghị quyết 15-NQ/TW lúc 14:27; 1.2.3; tuổi 17; Covid-19; năm 2022 có 12 hộ."
    assert [(text[start:end], why) for start, end, why in read_rejections(text)] == [
        ("5/8", "date"), ("16", "label"), ("15-NQ/TW", "document-number"), ("14:27", "clock"), ("1.2.3", "no-number"),
        ("tuổi 17", "incidental"), ("19", "code"), ("2022", "year"),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- for any text

PIECES = """0 1 5 12 77.3 1.250 2021 2021,2022 12,5 1.2.3 99999999999999999999999 % ‰ %o điểm % đồng đ tỷ triệu nghìn tr ha m2 km²
tạ/ha hộ đảng viên tổ dân phố chỉ tiêu từ đến - – / /năm hơn gần ước vượt trở lên ( ) , . ; : năm tháng ngày Nghị quyết số lần thứ
gấp lần xếp thứ khoá Phường tuổi trong đó NQ/TW rưỡi và tại chỗ"""
NOISE = st.one_of(st.sampled_from(sorted(set(PIECES.split()))), st.text(max_size=6))
GAPS = st.sampled_from([" ", "", "  ", "\n"])
TEXTS = st.lists(st.tuples(NOISE, GAPS), max_size=40).map(lambda rows: "".join(piece + gap for piece, gap in rows))


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans(), st.booleans())
def test_any_text_gives_ordered_places_inside_it(text, words, incidental):
    found = read_quantities(text, words=words, incidental=incidental)
    at = 0
    for mention in found:
        assert at <= mention.start < mention.end <= len(text)
        assert mention.start <= mention.number_span[0] < mention.number_span[1] <= mention.end
        assert mention.words or any(c.isdigit() for c in text[mention.start : mention.end])
        assert mention.bound_span is None or 0 <= mention.bound_span[0] < mention.bound_span[1] <= len(text)
        assert mention.review == bool(mention.why)
        at = mention.end


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789., /-%", max_size=40))
def test_digits_and_marks_never_crash(text):
    for mention in read_quantities(f"đạt {text} hộ"):
        assert mention.amount is not None


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_text_after_a_line_break_changes_nothing_before_it(text):
    head = "Xã có 1.250 hộ, thu ngân sách đạt 12,5 tỷ đồng."
    assert read_quantities(f"{head}\n{text}")[:2] == read_quantities(head)


def grouped(value):
    return f"{value:,}".replace(",", ".")


@given(st.integers(min_value=2, max_value=10**9))
def test_a_grouped_count_is_read_back(value):
    (mention,) = read_quantities(f"toàn xã có {grouped(value)} hộ dân")
    assert mention.amount.value == value


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999.99"), places=2))
def test_a_share_is_read_back(value):
    (mention,) = read_quantities(f"đạt {str(value).replace('.', ',')}% kế hoạch")
    assert mention.amount.value == value


@given(st.integers(1, 999), st.integers(1, 999))
def test_mixed_money_is_read_back(milliards, millions):
    (mention,) = read_quantities(f"thu {milliards} tỷ {millions} triệu đồng")
    assert mention.amount.value == milliards * 10**9 + millions * 10**6


def test_cost_grows_with_the_text():
    text = "Năm 2022, xã có 1.250 hộ, thu ngân sách đạt 11 tỷ 708 triệu đồng, vượt 14,16% so với Nghị quyết 15-NQ/TW ngày 5/8.\n"

    def seconds(times):
        start = time.process_time()
        read_quantities(text * times)
        return time.process_time() - start

    seconds(10)
    small, large = min(seconds(100) for _ in range(3)), min(seconds(800) for _ in range(2))
    assert large < small * 8 * 3  # a quadratic cost would be eight times as much again


@pytest.mark.parametrize("unit", ["1", "1.", "1 ", "111 ", "(", "tỷ ", "1/", "ước ", "1 hộ ", "số "])
def test_monotonous_text_is_read_quickly(unit):
    start = time.process_time()
    read_quantities(unit * 10_000 + "5 hộ")
    assert time.process_time() - start < 5


def test_the_session_of_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    (session,) = re.findall(r"```pycon\n(.*?)```", readme, re.DOTALL)
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", None, None)
    assert doctest.DocTestRunner().run(test) == (0, 5)
