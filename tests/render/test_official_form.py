"""The official forms measured on paper: margins, sizes and places of each component in the PDF itself.

The rules are those of Hướng dẫn 05-HD/VPTW (2026) for a Party document and Nghị định 30/2020/NĐ-CP for a state document;
tolerances are half a millimetre and a quarter of a point.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from geometry import Line, Sheet, measure

from toolkit.model.dossier import Display, Dossier
from toolkit.model.profile import NO_PROFILES
from toolkit.pipeline import compose_brief, load_profiles, read_facts, settle
from toolkit.render.official_fonts import official_trouble
from toolkit.render.pdf import render_pdf

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
GIVEN: dict[str, Any] = {
    "issuer": "Đảng ủy phường Hạ Đình",
    "parent_issuer": "Đảng bộ quận Thanh Xuân",
    "number": "07-BC/ĐU",
    "place": "Hạ Đình",
    "signer": {"authority": "T/M ĐẢNG ỦY", "position": "PHÓ BÍ THƯ", "name": "Trần Thị Minh"},
    "recipients": ["Quận ủy Thanh Xuân", "Các chi bộ trực thuộc", "Lưu Văn phòng Đảng ủy"],
    "draft": "2",
    "state": {
        "issuer": "Ủy ban nhân dân phường Hạ Đình",
        "number": "15/BC-UBND",
        "signer": {"position": "CHỦ TỊCH", "name": "Lê Văn Bình"},
        "recipients": ["UBND quận Thanh Xuân", "Lưu: VT"],
    },
}
FORMS = ("dang", "nha-nuoc")
BODY = {"dang": 14.0, "nha-nuoc": 14.0}


@cache
def dossier() -> Dossier:
    (one,), _ = settle([read_facts(ROOT / "seeds/ha-dinh-2020.txt")], NO_PROFILES)
    return one


@cache
def paper(style: str, *, given: bool = True, two_sided: bool = False, appendix: bool = False) -> list[Sheet]:
    extra = {**(GIVEN if given else {}), "two_sided": two_sided}
    shown = Display(style=style, date="2026-02-03" if given else None, extra=extra, appendix=appendix, length="full")
    return measure(render_pdf(compose_brief(replace(dossier(), display=shown))))


@cache
def seed(style: str, path: Path) -> list[Sheet]:
    (one,), _ = settle([read_facts(path)], load_profiles(ROOT / "profiles"))
    return measure(render_pdf(compose_brief(replace(one, display=replace(one.display, style=style, appendix=True)))))


def near(value: float, wanted: float, within: float = 0.5) -> bool:
    return abs(value - wanted) <= within


def body(sheet: Sheet, style: str) -> list[Line]:
    """Lines of running text: of the body's size, neither bold nor italic, as wide as text is."""
    return [one for one in sheet.lines if near(one.size, BODY[style], 0.25) and not one.bold and not one.italic]


# --- 1, 2: the page -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SEEDS, ids=[p.stem for p in SEEDS])
@pytest.mark.parametrize("style", FORMS)
def test_everything_stands_inside_the_margins_of_a4(style: str, path: Path) -> None:
    for number, sheet in enumerate(seed(style, path), start=1):
        width, height = (297, 210) if sheet.landscape else (210, 297)
        assert near(sheet.width, width)
        assert near(sheet.height, height)
        left, right = (20, width - 20) if sheet.landscape else (30, width - 15)
        for line in sheet.lines:
            if line.text == str(number) and line.y < 20:
                continue  # the page's own number
            assert left - 0.5 <= line.x0, line
            assert line.x1 <= right + 0.5, line
            assert 20 - 0.5 <= line.y <= height - 20 + 0.5, line


@pytest.mark.parametrize(("style", "size"), [("dang", 14), ("nha-nuoc", 13)])
def test_page_numbers_stand_at_the_top_from_the_second_page_on(style: str, size: float) -> None:
    pages = paper(style)
    assert len(pages) > 2
    assert not [line for line in pages[0].lines if line.y < 19]
    for number, sheet in enumerate(pages[1:], start=2):
        (line,) = [one for one in sheet.lines if one.y < 19]
        assert line.text == str(number)
        assert near(line.size, size, 0.25)
        assert not line.italic
        assert near(line.centre, (30 + 195) / 2, 1)
        assert near(line.y - line.size * 0.66 * 25.4 / 72, 10, 2)  # the top of the digits, about 10 mm from the edge


def test_the_back_of_a_two_sided_print_has_its_margins_changed() -> None:
    for number, sheet in enumerate(paper("dang", two_sided=True), start=1):
        left = 30 if number % 2 else 15
        lines = [line for line in sheet.lines if line.y > 19]
        assert min(line.x0 for line in lines) >= left - 0.5
        assert max(line.x1 for line in lines) <= left + 165 + 0.5
        assert any(near(line.x0, left, 1) for line in lines)


# --- 3, 4, 5: the head --------------------------------------------------------------------------------------------------------


def test_a_party_document_begins_with_the_partys_name_and_a_rule_as_long_as_it() -> None:
    first = paper("dang")[0]
    head = first.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert "CỘNG HÒA XÃ HỘI" not in first.text
    assert near(head.size, 15, 0.25)
    assert head.bold
    assert not head.italic
    assert head.centre > 105
    assert head.y <= min(line.y for line in first.lines) + 1
    rule = first.rule_below(head)
    assert rule is not None
    assert abs(rule.length - (head.x1 - head.x0)) <= 0.03 * (head.x1 - head.x0)


def test_a_state_document_begins_with_the_states_name_and_motto() -> None:
    first = paper("nha-nuoc")[0]
    name, motto = first.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), first.line("Độc lập - Tự do - Hạnh phúc")
    assert "ĐẢNG CỘNG SẢN" not in first.text
    assert 12 - 0.25 <= name.size <= 13.25
    assert 13 - 0.25 <= motto.size <= 14.25
    assert name.bold
    assert motto.bold
    assert name.y < motto.y
    assert near(name.centre, motto.centre, 1)
    rule = first.rule_below(motto)
    assert rule is not None
    assert abs(rule.length - (motto.x1 - motto.x0)) <= 0.03 * (motto.x1 - motto.x0)


def test_the_bodies_and_the_number_stand_on_the_left_in_order() -> None:
    first = paper("dang")[0]
    parent, issuer = first.line("ĐẢNG BỘ QUẬN THANH XUÂN"), first.line("ĐẢNG ỦY PHƯỜNG HẠ ĐÌNH")
    (star,) = [line for line in first.lines if line.text == "*"]
    number = first.line("Số 07-BC/ĐU")
    assert re.fullmatch(r"Số \d{2,}-(NQ|BC|TB|KH|CTr|TTr)/[A-ZĐ]{2,}", number.text)
    assert parent.y < issuer.y < star.y < number.y
    assert all(line.centre < 105 for line in (parent, issuer, star, number))
    assert all(near(line.size, 14, 0.25) for line in (parent, issuer, number))
    assert (parent.bold, issuer.bold, number.bold) == (False, True, False)
    assert near(star.centre, issuer.centre, 1)


def test_the_states_bodies_have_a_rule_of_a_third_to_a_half_of_their_line() -> None:
    first = paper("nha-nuoc")[0]
    issuer = first.line("PHƯỜNG HẠ ĐÌNH")
    assert issuer.bold
    assert 12 - 0.25 <= issuer.size <= 13.25
    rule = first.rule_below(issuer)
    assert rule is not None
    assert near((rule.x0 + rule.x1) / 2, issuer.centre, 1)
    widest = max(line.x1 - line.x0 for line in first.lines if line.bold and line.centre < 105 and line.y <= issuer.y)
    assert widest / 3 - 0.5 <= rule.length <= widest * 0.55
    number = first.line("Số:")
    assert re.fullmatch(r"Số: .+/.+-.+", number.text)
    assert near(number.size, 13, 0.25)


@pytest.mark.parametrize("style", FORMS)
def test_place_and_day_are_italic_and_written_as_offices_write_them(style: str) -> None:
    (line,) = [one for one in paper(style)[0].lines if ", ngày " in one.text and one.y < 80]
    assert re.fullmatch(r".+, ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm \d{4}", line.text)
    assert line.italic
    assert near(line.size, 14, 0.25) if style == "dang" else 12.75 <= line.size <= 14.25
    assert line.centre > 105
    if style == "nha-nuoc":
        assert near(line.y, paper(style)[0].line("Số:").y)


def test_number_and_day_stay_open_when_nobody_gave_them() -> None:
    party, state = (paper(style, given=False)[0] for style in FORMS)
    assert re.search(r"^Số\s+-BC/ĐU$", party.text, re.MULTILINE)
    assert re.search(r"^Số:\s+/BC-UBND$", state.text, re.MULTILINE)
    gap = [line for line in party.lines if line.text.startswith("Số")]
    assert max(line.x1 for line in gap) - min(line.x0 for line in gap) > 25  # room to write the number by hand
    assert re.search(r", ngày\s+tháng\s+năm", party.text)


# --- 6, 7: title and text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "type_size", "abstract_size"), [("dang", (15, 16), (14, 15)), ("nha-nuoc", (13, 14), (13, 14))])
def test_type_and_abstract_are_bold_in_the_middle(
    style: str, type_size: tuple[float, float], abstract_size: tuple[float, float]
) -> None:
    first = paper(style)[0]
    kind = first.line("BÁO CÁO")
    abstract = first.line("tóm tắt kết quả nhiệm kỳ" if style == "dang" else "Tóm tắt kết quả nhiệm kỳ")
    for line, (low, high) in ((kind, type_size), (abstract, abstract_size)):
        assert line.bold
        assert low - 0.25 <= line.size <= high + 0.25
        assert near(line.centre, (30 + 195) / 2, 1)
    if style == "dang":
        hyphens = first.line("-----")
        assert 0 < hyphens.y - abstract.y < 8
    else:
        rule = first.rule_below(abstract)
        assert rule is not None


@pytest.mark.parametrize("style", FORMS)
def test_the_text_has_one_size_and_even_lines_with_room_between_paragraphs(style: str) -> None:
    sheet = paper(style)[1]
    lines = body(sheet, style)
    steps = [(b.y - a.y) * 72 / 25.4 for a, b in pairwise(lines) if near(a.x0, 30, 1) and near(b.x0, 30, 1)]
    assert steps
    inside = [step for step in steps if step < 24]
    assert inside
    assert all(18 <= step <= 22 for step in inside)
    assert max(inside) - min(inside) < 0.3
    starts = [line for line in lines if near(line.x0, 40, 1)]
    assert starts  # first lines stand in 10 mm
    between = [(b.y - a.y) * 72 / 25.4 for a, b in pairwise(sheet.lines) if near(b.x0, 40, 1) and near(b.size, 14, 0.25)]
    assert min(between) >= max(inside) + 6 - 0.3
    full = [line for line in lines if near(line.x0, 30, 0.6) and line.x1 > 190]
    assert full
    assert all(near(line.x1, 195, 0.8) for line in full)  # justified


# --- 8: the end ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "authority", "position", "name"),
    [("dang", "T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "Trần Thị Minh"), ("nha-nuoc", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Bình")],
)
def test_the_signature_stands_on_one_page_with_room_to_sign(style: str, authority: str, position: str, name: str) -> None:
    (page,) = [sheet for sheet in paper(style) if authority in sheet.text]
    behalf, post, signer = page.line(authority), page.line(position), page.line(name)
    assert behalf.bold
    assert post.bold is (style == "nha-nuoc")
    assert signer.bold
    assert all(near(line.size, 14, 0.25) for line in (behalf, post, signer))
    assert all(line.centre > 105 and near(line.centre, behalf.centre, 1) for line in (post, signer))
    assert (signer.y - post.y) * 72 / 25.4 > 70  # four lines
    above = [line for line in body(page, style) if line.y < behalf.y]
    assert above  # never alone on its page
    before = max(above, key=lambda line: line.y)
    assert before.text.endswith((".", "…"))
    assert not before.text.endswith("./.")


def test_recipients_end_with_semicolons_and_a_full_stop() -> None:
    (page,) = [sheet for sheet in paper("dang") if "Nơi nhận:" in sheet.text]
    title = page.line("Nơi nhận:")
    lines = [line for line in page.lines if line.text.startswith("- ") and line.y > title.y and line.x0 < 100]
    assert [line.text for line in lines] == ["- Quận ủy Thanh Xuân;", "- Các chi bộ trực thuộc;", "- Lưu Văn phòng Đảng ủy."]
    assert near(title.size, 14, 0.25)
    assert not title.bold
    assert page.rule_below(title, within=2) is not None  # underlined
    assert all(near(line.size, 12, 0.25) for line in lines)
    (state,) = [sheet for sheet in paper("nha-nuoc") if "Nơi nhận:" in sheet.text]
    title = state.line("Nơi nhận:")
    assert near(title.size, 12, 0.25)
    assert title.bold
    assert title.italic
    assert near(state.line("- UBND quận Thanh Xuân;").size, 11, 0.25)


# --- 9: type ------------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(official_trouble() is not None, reason="this machine has neither Times New Roman nor a metric twin of it")
@pytest.mark.parametrize("path", SEEDS, ids=[p.stem for p in SEEDS])
@pytest.mark.parametrize("style", FORMS)
def test_only_times_new_roman_or_a_metric_twin_is_used(style: str, path: Path) -> None:
    used = {line.font for sheet in seed(style, path) for line in sheet.lines}
    assert all(re.match(r"(Times-New-Roman|Liberation-Serif|Tinos)", font) for font in used), used


def test_an_appendix_has_the_usual_columns_and_a_head_on_each_page() -> None:
    pages = [sheet for sheet in seed("dang", ROOT / "seeds/ngoc-thuy-2023.txt") if "STT" in sheet.text]
    assert pages
    for sheet in pages:
        told = " ".join(sheet.text.split())
        for word in ("STT", "Chỉ tiêu", "Đơn vị", "Nghị quyết", "Thực hiện", "Tỷ lệ", "Đánh", "giá"):
            assert word in told


@pytest.mark.parametrize("path", SEEDS, ids=[p.stem for p in SEEDS])
def test_one_page_is_one_page_and_never_smaller_than_nine_points(path: Path) -> None:
    from toolkit.pipeline import Making, fitted_brief

    (one,), _ = settle([read_facts(path)], load_profiles(ROOT / "profiles"))
    (sheet,) = measure(render_pdf(fitted_brief(one, Making(style="mot-trang"))))
    assert min(line.size for line in sheet.lines) >= 9 - 0.01
