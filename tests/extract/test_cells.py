"""Figures of tables: units from the row, the heading or the label, and the numbers that are none."""

from __future__ import annotations

import unicodedata

import pytest

from toolkit.extract.cells import NO_UNIT
from toolkit.extract.quantities import read_quantities

TARGETS = (
    "Biểu chỉ tiêu\n"
    "STT\tChỉ tiêu\tĐVT\tKế hoạch\tThực hiện\tĐạt (%)\n"
    "1\tThu ngân sách\ttriệu đồng\t6.250\t7.418\t118,7\n"
    "2\tTỷ lệ hộ nghèo\t%\t< 2,5\t2,1\t119\n"
    "3\tNăng suất lúa\ttạ/ha\t60\t62,5\t104\n"
    "4\tSố hộ văn hóa\thộ\t1.250\t1.301\t104"
)


def told(text, mention):
    amount = mention.amount
    value = f"{amount.low}..{amount.high}" if amount.is_range else str(amount.value)
    return " ".join([text[mention.start : mention.end], "=", value, amount.unit, *(f"/{per}" for per in amount.per)]).strip()


def test_a_cell_takes_the_unit_of_its_row_or_its_column():
    assert [told(TARGETS, m) for m in read_quantities(TARGETS)] == [
        "6.250 = 6250000000 đồng", "7.418 = 7418000000 đồng", "118,7 = 118.7 %",
        "< 2,5 = 2.5 %", "2,1 = 2.1 %", "119 = 119 %",
        "60 = 60 tạ /ha", "62,5 = 62.5 tạ /ha", "104 = 104 %",
        "1.250 = 1250 hộ", "1.301 = 1301 hộ", "104 = 104 %",
    ]  # fmt: skip


def test_a_cell_knows_its_row_and_its_heading():
    mention = read_quantities(TARGETS)[1]
    assert TARGETS[slice(*mention.cell.row)] == "Thu ngân sách"
    assert TARGETS[slice(*mention.cell.heading)] == "Thực hiện"
    assert TARGETS[slice(*mention.unit_span)] == "triệu đồng"
    assert mention.cell.column == 4


def test_a_bound_inside_a_cell_is_read():
    mention = read_quantities(TARGETS)[3]
    assert mention.amount.bound == "under"
    assert TARGETS[slice(*mention.bound_span)] == "<"


def test_places_hold_in_decomposed_text():
    text = unicodedata.normalize("NFD", TARGETS)
    mention = read_quantities(text)[1]
    assert unicodedata.normalize("NFC", text[slice(*mention.cell.row)]) == "Thu ngân sách"
    assert text[mention.start : mention.end] == "7.418"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Năm\t2019\t2020\nThu nhập (triệu đồng)\t45\t52,5", ["45 = 45000000 đồng", "52,5 = 52500000 đồng"]),
        (
            "Chỉ tiêu | Đơn vị tính | Kết quả\nDiện tích lúa | ha | 320\nSản lượng | tấn | 1.950",
            ["320 = 320 ha", "1.950 = 1950 tấn"],
        ),
        ("TT\tTên thôn\tSố hộ (hộ)\n1\tThôn Đông\t120\n2\tThôn Đoài\t98", ["120 = 120 hộ", "98 = 98 hộ"]),
        ("Chỉ tiêu\tĐVT\tMục tiêu\nA\tB\t1\nHộ nghèo\t%\t2 - 3\nĐảng viên\tđồng chí\ttrên 12", ["2 - 3 = 2..3 %", "12 = 12"]),
        ("I\tKINH TẾ\t\t\n1\tThu ngân sách\ttỷ đồng\t12,5", ["12,5 = 12500000000 đồng"]),
    ],
)
def test_shapes(text, figures):
    assert [told(text, m) for m in read_quantities(text)] == figures


def test_a_figure_without_any_unit_is_kept_for_a_person_to_see():
    (mention, _) = read_quantities("Nội dung\tKết quả\nTổng điểm\t86\nXếp hạng\t12")
    assert (str(mention.amount.value), mention.amount.unit, mention.why) == ("86", "", NO_UNIT)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày đăng 29/03/2023 | 14:27 | Lượt xem: 503",
        "Trang chủ | Tin tức | Văn bản\nLiên hệ | Thư viện | Sơ đồ",
        "STT\tHọ và tên\tChức vụ\n1\tNguyễn Văn A\tBí thư\n2\tTrần Thị B\tPhó Bí thư",
    ],
)
def test_no_figures(text):
    assert read_quantities(text) == ()


def test_a_sentence_runs_over_the_line_breaks_of_a_page():
    text = "Thu nhập bình quân ước đạt 49,6\ntriệu đồng/người/năm, có 12\ntổ dân phố.\n1. Kinh tế\na) Thu ngân sách"
    assert [text[m.start : m.end] for m in read_quantities(text)] == ["49,6\ntriệu đồng/người/năm", "12\ntổ dân phố"]
    assert [m.amount.unit for m in read_quantities(text)] == ["đồng", "tổ dân phố"]


HEADINGS = ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Đạt (%)"]
ROWS = [["1", "Thu ngân sách", "triệu đồng", "6.250", "7.418", "118,7"], ["2", "Tỷ lệ hộ nghèo", "%", "2,5", "2,1", "119"]]
READ = ["6.250 = 6250000000 đồng", "7.418 = 7418000000 đồng", "118,7 = 118.7 %", "2,5 = 2.5 %", "2,1 = 2.1 %", "119 = 119 %"]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n"])
def test_a_cell_a_line(gap):
    text = "Kết quả năm 2023\n" + gap.join(HEADINGS + [cell for row in ROWS for cell in row]) + "\nXã đạt 5/5 chỉ tiêu."
    found = read_quantities(text)
    assert [told(text, m) for m in found] == [*READ, "5/5 chỉ tiêu = 5 chỉ tiêu"]
    assert text[slice(*found[3].cell.row)] == "Tỷ lệ hộ nghèo"
    assert text[slice(*found[3].cell.heading)] == "Kế hoạch"


def test_a_row_a_line():
    text = "\n".join(" ".join(row) for row in [HEADINGS, *ROWS]) + "\nXã đạt 5/5 chỉ tiêu."
    found = read_quantities(text)
    assert [told(text, m) for m in found] == [*READ, "5/5 chỉ tiêu = 5 chỉ tiêu"]
    assert text[slice(*found[1].cell.row)] == "Thu ngân sách"
    assert text[slice(*found[1].cell.heading)] == "Thực hiện"


@pytest.mark.parametrize(
    "text", ["Chỉ tiêu năm 2020\nXã có 12 thôn 5 ấp.", "Kế hoạch\nThực hiện\nNăm 2020", "Mục tiêu kết quả đánh giá\nHọp ngày 5 6 7"]
)
def test_headings_alone_make_no_table(text):
    assert all(m.cell is None for m in read_quantities(text))
