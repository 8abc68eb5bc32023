"""The check of official forms on paper sees what it is for: a sheet in form passes, each thing put out of form is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from form_geometry import faults
from geometry import Line, Rule, Sheet


def line(text: str, x0: float, x1: float, y: float, size: float = 14.0, face: str = "") -> Line:
    return Line(text, x0, x1, y, size, f"LiberationSerif{face and '-' + face}", "Bold" in face, "Italic" in face)


LINES = (
    line("QUẬN ỦY A", 45, 95, 25),
    line("ĐẢNG CỘNG SẢN VIỆT NAM", 115.6, 188.4, 25.6, 15, "Bold"),
    line("ĐẢNG ỦY PHƯỜNG B", 40, 100, 32, face="Bold"),
    line("B, ngày 05 tháng 02 năm 2020", 120, 185, 36, face="Italic"),
    line("*", 68.3, 70.8, 38.8),
    line("Số 05-BC/ĐU", 55, 84, 45.5),
    line("BÁO CÁO", 99.5, 125.5, 58.5, 16, "Bold"),
    line("tóm tắt", 95, 130, 65.5, 15, "Bold"),
    line("-----", 108.4, 116.6, 71.4),
    line("I- MỤC MỘT", 40, 90, 85, face="Bold"),
    line("Đoạn văn thứ nhất của mục này kéo dài đến hết dòng và sang", 40, 195, 94),
    line("dòng sau.", 30, 60, 100.7),
    line("Nơi nhận:", 30, 50, 113),
    line("T/M ĐẢNG ỦY", 136, 170, 113, face="Bold"),
    line("- Lưu Văn phòng.", 30, 60, 119, 12),
    line("BÍ THƯ", 145, 161, 120),
)
GOOD = Sheet(210, 297, LINES, (Rule(115.6, 188.4, 27.6, 27.6),), ())
SECOND = Sheet(210, 297, (line("2", 111.3, 113.7, 14.1), line("Tiếp theo.", 40, 70, 25)), (), ())


def changed(number: int, **changes: object) -> Sheet:
    return replace(GOOD, lines=(*LINES[:number], replace(LINES[number], **changes), *LINES[number + 1 :]))  # type: ignore[arg-type]


def test_a_form_in_form_passes() -> None:
    assert faults([GOOD, SECOND], "dang") == []


OUT_OF_FORM = [
    ([replace(GOOD, rules=())], "the rule under the head"),
    ([replace(GOOD, rules=(Rule(108, 195, 27.6, 27.6),))], "the rule under the head"),
    ([changed(1, size=14.0)], "'ĐẢNG CỘNG SẢN VIỆT NAM' is set in"),
    ([changed(2, bold=False)], "bodies at the left"),
    ([changed(3, italic=False)], "place and date"),
    ([changed(4, text="+")], "no star"),
    ([changed(6, size=14.0)], "type of the document"),
    ([changed(8, text="---")], "five hyphens"),
    ([changed(10, x0=37.0)], "first lines stand in"),
    ([changed(10, x1=197.0)], "beyond the margins"),
    ([changed(11, y=102.0)], "lines stand"),
    ([changed(11, size=13.0)], "text of 13.0 pt"),
    ([changed(13, bold=False)], "the signature's first line"),
    ([changed(14, size=14.0)], "recipients"),
    ([changed(15, font="DejaVuSans")], "not in Times New Roman"),
    ([changed(15, y=279.0)], "above or below the margins"),
    ([GOOD, replace(SECOND, lines=SECOND.lines[1:])], "page 2 has no number"),
    ([GOOD, replace(SECOND, lines=(line("2", 101, 104, 14.1),))], "not in the middle"),
    ([replace(GOOD, width=216.0)], "is no A4"),
]


@pytest.mark.parametrize(("sheets", "fault"), OUT_OF_FORM, ids=[fault for _, fault in OUT_OF_FORM])
def test_what_is_out_of_form_is_named(sheets: list[Sheet], fault: str) -> None:
    assert any(fault in one for one in faults(sheets, "dang"))


def test_the_back_of_a_sheet_has_its_margins_changed() -> None:
    back = replace(SECOND, lines=(line("2", 96.3, 98.7, 14.1), line("Tiếp theo.", 25, 55, 25)))
    assert faults([GOOD, back], "dang", two_sided=True) == []
    assert faults([GOOD, back], "dang") != []
