"""Blocks of plain text by case, joined lines, and the syllables that repairs rest on."""

from pathlib import Path

import pytest
import yaml

from toolkit.clean import clean
from toolkit.clean.blocks import of_lines
from toolkit.clean.syllables import cuts, is_syllable
from toolkit.model.text import BlockKind, Source

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/clean/blocks.yaml").read_text("utf-8"))
SHORT = {BlockKind.PARAGRAPH: "p", BlockKind.LIST_ITEM: "l", BlockKind.TABLE_ROW: "t", BlockKind.FURNITURE: "f"}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_lines(case):
    text = "\n".join(line for _, line in case["lines"])
    found = [(SHORT.get(b.kind, f"h{b.level}"), text[b.span.start : b.span.end]) for b in of_lines(text)]
    assert found == [tuple(line) for line in case["lines"]]


WRAPPED = """Trong nhiệm kỳ qua, Đảng bộ phường Tân An đã lãnh đạo thực hiện
thắng lợi các nhiệm vụ. Công tác xây dựng Đảng được chú trọng.
Thu ngân sách hằng năm đều vượt kế hoạch quận giao; đời sống của
Nhân dân được nâng lên rõ rệt. An ninh trật tự được giữ vững và
Đảng bộ nhiều năm liền trong sạch, vững mạnh, được các cấp khen.

Thời gian tới, phường tiếp tục đổi mới phương thức lãnh đạo, nâng
cao chất lượng sinh hoạt chi bộ, huy động mọi nguồn lực của người
dân để hoàn thành các chỉ tiêu.
"""


def test_text_wrapped_at_a_width_is_joined():
    cleaned = clean(Source("x.txt", WRAPPED, "0" * 64))
    assert len(cleaned.blocks) == 2
    assert len(cleaned.sentences) == 5
    assert "đời sống của Nhân dân" in cleaned.text


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("Công tác giảm nghèo được quan tâm, tỷ lệ hộ nghèo giảm còn", "2,5%; hộ cận nghèo 3%.", True),
        ("Toàn xã đã vận động các tổ chức, cá nhân và các nhà hảo tâm, của", "Hội Khuyến học huyện được 120 triệu đồng.", True),
        ("Thu ngân sách năm 2021 đạt 4,5 tỷ đồng, năm 2022 đạt 5 tỷ đồng,", "12 tháng liền vượt kế hoạch.", True),
        ("Kết quả lãnh đạo thực hiện nhiệm vụ chính trị đạt được", "120 hộ đã thoát nghèo.", False),
        ("Tỷ lệ hộ nghèo giảm còn", "2,5%", False),  # a cell of a table
        ("Đảng ủy tập trung lãnh đạo ba khâu đột phá của nhiệm kỳ với", "1. Phát triển hạ tầng.", False),
        ("Tổng giá trị sản xuất các ngành kinh tế trên địa bàn phường", "5.600 tỷ đồng", False),
    ],
)
def test_a_line_that_ends_in_the_middle_of_a_sentence_goes_on(line: str, following: str, joined: bool) -> None:
    cleaned = clean(Source("x.txt", f"Xã Tân Lập đổi mới\n\n{line}\n{following}\n", "0" * 64))
    assert (f"{line} {following}" in cleaned.text) is joined


def test_one_sentence_a_line_is_not_joined():
    lines = [f"Chiều {n}/4, quận tổ chức hội nghị.\nThu đạt 12{n}%.\nĐến nay, {n} xã đã hết hộ nghèo.\n" for n in range(1, 5)]
    assert len(clean(Source("x.txt", "".join(lines), "0" * 64)).blocks) == 12


SYLLABLES = """a ở ý đã là nghiêng khuỷu ngoằn ngoèo quỳnh quốc quyết giếng gì gìn giữ uyên khuya loong xoong rượu hươu yêu quạnh
khoắng duyệt thuở huơ quơ toẹt tuần luýnh huých hoạch khoăm tuềnh Đảng ỦY phường"""
NO_SYLLABLES = "Covid web nghành đãt phápn km UBND Krông Đắk Lắk XIII caç ngan-sach ñ zô fa jun q"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", NO_SYLLABLES.split())
def test_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("run", "where"),
    [("phápnâng", (4,)), ("hoạtđộng", (4,)), ("thànhuỷ", ()), ("Đảng", ()), ("vậnđộngcán", (3, 7)), ("xyz", ()), ("a" * 500, ())],
)
def test_cuts(run, where):
    assert cuts(run) == where
