"""Cells copied one a line become rows, and only where every figure keeps its column."""

from toolkit.clean import clean
from toolkit.clean.cells import rejoined
from toolkit.model.text import BlockKind, Source

HEAD = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2022", "Thực hiện", "Tỷ lệ %"]


def rows(lines: list[str]) -> list[str]:
    cleaned = clean(Source("x.txt", "\n\n".join(lines), "0" * 64))
    return [cleaned.text[b.span.start : b.span.end] for b in cleaned.blocks if b.kind is BlockKind.TABLE_ROW]


def test_a_table_of_cells():
    lines = [
        "Báo cáo kinh tế xã hội của xã Tân Lập",
        *HEAD,
        "A",
        "Chỉ tiêu về kinh tế",
        "1",
        "Giá trị sản xuất",
        "Tỷ đồng",
        "381,8",
        "403,9",
        "105,8",
    ]
    lines += ["- Nông, lâm, ngư nghiệp", "Tỷ đồng", "240,1", "233,9", "97,4", "2", "Thu ngân sách", "Tỷ đồng", "12", "15", "125"]
    assert rows(lines) == [
        "\t".join(HEAD),
        "1\tGiá trị sản xuất\tTỷ đồng\t381,8\t403,9\t105,8",
        "\t- Nông, lâm, ngư nghiệp\tTỷ đồng\t240,1\t233,9\t97,4",
        "2\tThu ngân sách\tTỷ đồng\t12\t15\t125",
    ]


def test_a_sub_row_keeps_its_columns():
    text = "\n".join([*HEAD, "1", "Lúa", "ha", "10", "12", "120", "- Vụ xuân", "ha", "5", "6", "120"])
    assert "\n\t- Vụ xuân\tha\t5\t6\t120" in clean(Source("x.txt", text, "0" * 64)).text


def test_a_row_that_lacks_a_cell_is_left_alone():
    lines = [*HEAD, "1", "Giá trị sản xuất", "Tỷ đồng", "381,8", "105,8", "2", "Thu ngân sách", "Tỷ đồng", "12", "15", "125"]
    assert rows(lines) == ["\t".join(HEAD), "2\tThu ngân sách\tTỷ đồng\t12\t15\t125"]


def test_a_list_is_no_table():
    for lines in (
        ["Kết quả", "Thực hiện", "1", "Lúa", "2", "Ngô"],
        ["Chỉ tiêu", "1. Thu ngân sách 12 tỷ đồng", "2. Chi 10 tỷ đồng"],
        HEAD,
    ):
        assert list(rejoined("\n".join(lines))) == []


def test_figures_map_back():
    text = "\n\n".join([*HEAD, "1", "Giá trị sản xuất", "Tỷ đồng", "381,8", "403,9", "105,8"])
    cleaned = clean(Source("x.txt", text, "0" * 64))
    start = cleaned.text.index("403,9")
    assert cleaned.quote(start, start + 5).start == text.index("403,9")
