"""The official forms in Word: each component in its style, nothing invented, annexes after the signature, pages as guides say."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from lxml import etree
from making_briefs import brief, figure, sections

from toolkit.model.brief import Appendix, AppendixGroup, AppendixRow, Brief, Form, Item, Section
from toolkit.render.docx import render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLUMNS = {"number": "STT", "label": "Chỉ tiêu", "unit": "Đơn vị tính", "plan": "Nghị quyết (giao)", "year": "Năm"}
COLUMNS |= {"result": "Thực hiện", "rate": "Tỷ lệ", "verdict": "Đánh giá"}
PARTY = Form(
    head=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    parent="QUẬN ỦY THANH XUÂN",
    issuer="ĐẢNG ỦY PHƯỜNG HẠ ĐÌNH",
    number="Số 05-BC/ĐU",
    place_date="Hạ Đình, ngày 05 tháng 02 năm 2020",
    type="BÁO CÁO",
    abstract="tóm tắt kết quả nhiệm kỳ 2015 - 2020",
    authority="T/M ĐẢNG ỦY",
    position="BÍ THƯ",
    signer="Trần Lan Hương",
    recipients_title="Nơi nhận:",
    recipients=("Quận ủy;", "Lưu Văn phòng."),
    annex="NGUỒN VÀ CHÚ THÍCH",
)
STATE = replace(
    PARTY,
    head=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    parent="ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
    issuer="ỦY BAN NHÂN DÂN PHƯỜNG HẠ ĐÌNH",
    number="Số: 05/BC-UBND",
    authority="TM. ỦY BAN NHÂN DÂN",
)


def official(style: str = "dang", **changes: Any) -> Brief:
    numbered = [
        replace(section, title=section.title.upper(), number="" if section.id in ("con-thieu", "nguon") else f"{'I' * i}-")
        for i, section in enumerate(sections(), start=1)
    ]
    annexed = tuple(replace(section, annexed=section.number == "") for section in numbered)
    form = PARTY if style == "dang" else STATE
    return brief(**{"style": style, "sections": annexed, "key_figures": (), "form": form, **changes})


def table_of(years: tuple[str, ...] = (), rows: int = 1) -> Appendix:
    bare = figure("143", "thu.2019", unit="%")
    made = AppendixRow("1", "Thu ngân sách", "%", (), tuple((bare,) for _ in years), (bare,), (), verdict="Vượt", notes=(1,))
    return Appendix("PHỤ LỤC", "Kết quả", COLUMNS, years, (AppendixGroup("Kinh tế", (made,) * rows),))


def opened(made: Brief) -> Any:
    return Document(io.BytesIO(render_docx(made)))


def part(name: str, made: Brief) -> Any:
    with zipfile.ZipFile(io.BytesIO(render_docx(made))) as file:
        return etree.fromstring(file.read(name))


def lines(where: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in where.paragraphs]


def test_the_partys_head_has_its_components_in_order() -> None:
    head = opened(official()).tables[0]
    left, right = head.rows[0].cells
    assert lines(left) == [
        ("Cơ quan cấp trên", "QUẬN ỦY THANH XUÂN"),
        ("Cơ quan ban hành", "ĐẢNG ỦY PHƯỜNG HẠ ĐÌNH"),
        ("Dấu sao", "*"),
        ("Số và ký hiệu", "Số 05-BC/ĐU"),
    ]
    assert [name for name, _ in lines(right)] == ["Tiêu đề văn bản", "Đường kẻ", "Địa danh và ngày tháng"]


def test_the_states_number_and_date_stand_on_one_line() -> None:
    head = opened(official("nha-nuoc")).tables[0]
    assert [[cell.text for cell in row.cells] for row in head.rows][1] == ["Số: 05/BC-UBND", "Hạ Đình, ngày 05 tháng 02 năm 2020"]
    assert [name for name, _ in lines(head.rows[0].cells[1])] == ["Tiêu đề văn bản", "Tiêu ngữ", "Đường kẻ"]
    assert lines(head.rows[0].cells[0])[0][1] == "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "a long name breaks where it belongs together"
    assert "*" not in head.rows[0].cells[0].text


def test_a_short_name_of_a_body_does_not_break() -> None:
    made = official("nha-nuoc", form=replace(STATE, issuer="SỞ NỘI VỤ", parent=""))
    assert [text for _, text in lines(opened(made).tables[0].rows[0].cells[0])] == ["SỞ NỘI VỤ", ""]


def test_type_abstract_and_headings_are_words_own() -> None:
    found = lines(opened(official()))
    assert found[:3] == [
        ("Title", "BÁO CÁO"),
        ("Subtitle", "tóm tắt kết quả nhiệm kỳ 2015 - 2020"),
        ("Gạch dưới trích yếu", "-----"),
    ]
    assert ("Heading 1", "I- THÔNG TIN CHUNG") in found
    assert ("List Bullet", "Địa phương: Phường Hạ Đình") in found
    assert ("Dự thảo", "Dự thảo lần 2") in lines(opened(official(form=replace(PARTY, draft="Dự thảo lần 2"))))


def test_every_heading_keeps_with_what_follows() -> None:
    styles = part("word/styles.xml", official())
    for identity in ("Heading1", "Heading2", "Title", "Subtitle", "NhomBang", "QuyenHan", "NoiNhan", "TruocChuKy"):
        (style,) = styles.findall(f"{W}style[@{W}styleId='{identity}']")
        assert style.find(f"{W}pPr/{W}keepNext") is not None, identity


@pytest.mark.parametrize("style", ["dang", "nha-nuoc"])
def test_the_signature_is_whole_and_never_alone(style: str) -> None:
    document = opened(official(style))
    foot = document.tables[2]
    assert lines(foot.rows[0].cells[0]) == [
        ("Nơi nhận", "Nơi nhận:"),
        ("Danh sách nơi nhận", "- Quận ủy;"),
        ("Danh sách nơi nhận", "- Lưu Văn phòng."),
    ]
    assert [name for name, _ in lines(foot.rows[0].cells[1])] == ["Quyền hạn ký", "Chức vụ người ký", "Họ tên người ký"]
    assert foot.rows[0]._tr.trPr.find(f"{W}cantSplit") is not None
    before = foot._tbl.getprevious()
    assert before.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "TruocChuKy"
    assert before.getprevious().find(f"{W}pPr/{W}keepNext") is not None, "the last words of the text go with it"


def test_what_nobody_gave_stays_open() -> None:
    bare = replace(PARTY, parent="", position="", signer="", number="Số\u00a0\u00a0\u00a0-BC/ĐU", recipients=())
    document = opened(official(form=bare))
    assert lines(document.tables[0].rows[0].cells[0])[0] == ("Cơ quan ban hành", "ĐẢNG ỦY PHƯỜNG HẠ ĐÌNH")
    assert "Số\u00a0\u00a0\u00a0-BC/ĐU" in document.tables[0].rows[0].cells[0].text
    assert lines(document.tables[2].rows[0].cells[1])[-1] == ("Họ tên người ký", ""), "room to sign in"


def test_page_numbers_stand_above_all_pages_but_the_first() -> None:
    section = opened(official()).sections[0]
    assert section.different_first_page_header_footer
    assert [f.get(f"{W}instr").strip() for f in section.header.paragraphs[0]._p.iter(f"{W}fldSimple")] == ["PAGE"]
    assert section.first_page_header.paragraphs[0].text == ""
    assert round(section.header_distance.mm) == 10
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(one.mm) for one in margins] == [20, 15, 20, 30]


@pytest.mark.parametrize("both", [True, False])
def test_two_sided_forms_have_mirrored_margins(both: bool) -> None:
    settings = part("word/settings.xml", official(form=replace(PARTY, two_sided=both)))
    assert (settings.find(f"{W}mirrorMargins") is not None) is both


def test_notes_are_a_list_after_the_signature_that_the_text_refers_to() -> None:
    made = official()
    with zipfile.ZipFile(io.BytesIO(render_docx(made))) as file:
        assert "word/footnotes.xml" not in file.namelist()
    document = part("word/document.xml", made)
    names = {b.get(f"{W}name") for b in document.iter(f"{W}bookmarkStart")}
    asked = [f.get(f"{W}instr").split()[1] for f in document.iter(f"{W}fldSimple") if " REF " in f.get(f"{W}instr")]
    assert asked
    assert set(asked) <= names
    found = lines(opened(made))
    notes = [text for name, text in found if name == "Chú thích"]
    assert notes == ["… Thu ngân sách năm 2019 đạt 143%. …", "Tổng thu 11 tỷ 708 triệu đồng. (số đã rà soát)"]
    order = [name for name, _ in found if name in ("Tiêu đề phụ lục", "Trước chữ ký", "Chú thích", "Danh mục nguồn")]
    assert order == ["Trước chữ ký", "Tiêu đề phụ lục", "Chú thích", "Chú thích", "Danh mục nguồn"]


def test_a_note_that_no_text_names_is_in_the_list_too() -> None:
    made = official(sections=(Section("con-thieu", "NGUỒN CHƯA NÊU", "list", items=(Item(("Không.",)),), annexed=True),))
    assert len([name for name, _ in lines(opened(made)) if name == "Chú thích"]) == 2


def test_nothing_in_a_form_bears_colour_or_a_mark() -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        root = part(name, official())
        assert {c.get(f"{W}val") for c in root.iter(f"{W}color")} <= {"000000"}
        assert not re.search("[◆▲■▼]", "".join(root.itertext()))


def test_fonts_and_sizes_are_the_guides() -> None:
    party, state = (part("word/styles.xml", official(style)) for style in ("dang", "nha-nuoc"))
    wanted = {"Title": (32, 28), "Subtitle": (30, 28), "TieuDeVanBan": (30, 26), "DongNoiNhan": (24, 22), "TieuNgu": (None, 28)}
    for identity, sizes in wanted.items():
        for styles, size in zip((party, state), sizes, strict=True):
            found = styles.find(f"{W}style[@{W}styleId='{identity}']/{W}rPr/{W}sz")
            assert (None if found is None else int(found.get(f"{W}val"))) == size, identity
    assert {f.get(f"{W}ascii") for f in party.iter(f"{W}rFonts")} == {"Times New Roman"}
    assert party.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "vi-VN"
    assert party.find(f"{W}style[@{W}styleId='NoiNhan']/{W}rPr/{W}u").get(f"{W}val") == "single"
    assert state.find(f"{W}style[@{W}styleId='NoiNhan']/{W}rPr/{W}u") is None
    assert state.find(f"{W}style[@{W}styleId='ChucVu']/{W}rPr/{W}b") is not None
    assert party.find(f"{W}style[@{W}styleId='ChucVu']/{W}rPr") is None


@pytest.mark.parametrize("style", ["an-pham", "mot-trang", "dang", "nha-nuoc"])
@pytest.mark.parametrize("years", [(), ("2018", "2019")])
def test_every_style_in_use_is_defined(style: str, years: tuple[str, ...]) -> None:
    made = (
        official(style, appendix=table_of(years)) if style in ("dang", "nha-nuoc") else brief(style=style, appendix=table_of(years))
    )
    with zipfile.ZipFile(io.BytesIO(render_docx(made))) as file:
        parts = {name: etree.fromstring(file.read(name)) for name in file.namelist() if re.fullmatch(r"word/\w+\.xml", name)}
    defined = {s.get(f"{W}styleId") for s in parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        node.get(f"{W}val")
        for root in parts.values()
        for tag in ("pStyle", "rStyle", "tblStyle")
        for node in root.iter(f"{W}{tag}")
    }
    assert used <= defined
    links = {n.get(f"{W}val") for tag in ("basedOn", "next", "link") for n in parts["word/styles.xml"].iter(f"{W}{tag}")}
    assert links <= defined
    numbers = {n.get(f"{W}numId") for n in parts["word/numbering.xml"].iter(f"{W}num")}
    assert {n.get(f"{W}val") for root in parts.values() for n in root.iter(f"{W}numId")} <= numbers


def test_the_appendix_stands_on_its_own_page_with_a_repeated_head() -> None:
    document = opened(official(appendix=table_of(rows=3)))
    made = document.tables[3]
    assert [cell.text for cell in made.rows[0].cells] == [
        "STT", "Chỉ tiêu", "Đơn vị tính", "Nghị quyết (giao)", "Thực hiện", "Tỷ lệ", "Đánh giá",
    ]  # fmt: skip
    assert made.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert [cell.text for cell in made.rows[2].cells] == ["1", "Thu ngân sách", "%", "—", "143", "—", "Vượt"]
    assert [f.get(f"{W}instr").split()[1] for f in made._tbl.iter(f"{W}fldSimple")] == ["_ChuThich1"] * 3
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in made.rows)
    (title,) = [p for p in document.paragraphs if p.text == "PHỤ LỤC"]
    assert title.paragraph_format.page_break_before
    assert len(document.sections) == 1


def test_a_wide_appendix_lies_across_between_upright_pages() -> None:
    document = opened(official(appendix=table_of(("2018", "2019", "2020"))))
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [round(s.page_width.mm) for s in document.sections] == [210, 297, 210]
    assert not document.sections[1].different_first_page_header_footer, "its pages bear their numbers"
    assert [cell.text for cell in document.tables[3].rows[0].cells][4:7] == ["Năm 2018", "Năm 2019", "Năm 2020"]
    widths = [int(c.get(f"{W}w")) for c in document.tables[3]._tbl.iter(f"{W}gridCol")]
    assert sum(widths) == pytest.approx(257 / 25.4 * 1440, abs=10)


def test_a_publication_takes_the_appendix_too() -> None:
    document = opened(brief(appendix=table_of(("2018", "2019"))))
    assert [round(s.page_width.mm) for s in document.sections] == [210, 297]
    assert document.tables[-1].rows[2].cells[4].text == "143"


@pytest.mark.parametrize("style", ["dang", "nha-nuoc"])
def test_the_same_form_gives_the_same_bytes(style: str) -> None:
    assert render_docx(official(style)) == render_docx(official(style))
