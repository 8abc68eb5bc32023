"""The Word document: Word's own headings, tables, lists, footnotes and fields, the same bytes each time, all words of the brief."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from lxml import etree
from making_briefs import SOURCE, brief, figure

from toolkit.model.brief import Item, Note, Palette, Section, SourceLine
from toolkit.render import DEFAULT, FORMATS, render
from toolkit.render.docx import MEDIA_TYPE, render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(**changes: Any) -> Any:
    return Document(io.BytesIO(render_docx(brief(**changes))))


def part(name: str, **changes: Any) -> Any:
    with zipfile.ZipFile(io.BytesIO(render_docx(brief(**changes)))) as file:
        return etree.fromstring(file.read(name))


def words(node: Any) -> str:
    return "".join(node.itertext(f"{W}t"))


def test_the_format_is_there_and_made_only_when_asked_for() -> None:
    (made,) = render(brief(), ("docx",))
    assert (made.name, made.media_type) == ("brief.docx", MEDIA_TYPE)
    assert "docx" in FORMATS
    assert "docx" not in DEFAULT


def test_headings_and_lists_are_words_own() -> None:
    document = opened()
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Title", "Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020") in styles
    assert [text for name, text in styles if name == "Heading 1"] == [s.title for s in brief().sections]
    assert ("Heading 2", "Kinh tế") in styles
    assert ("List Bullet", "Việc khác.") in styles
    assert ("List Number", "“Dấu ấn một nhiệm kỳ”") in [(p.style.name, words(p._p)) for p in document.paragraphs]


def test_a_long_title_breaks_after_its_place() -> None:
    title = "Phường Hạ Đình: kết quả nửa đầu của cả nhiệm kỳ 2015–2020"
    assert title.replace(": ", ":\n") in [p.text for p in opened(title=title).paragraphs]


def test_the_table_repeats_its_head_and_splits_no_row() -> None:
    table = opened().tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Chỉ tiêu", "Kết quả", "So với kế hoạch", "Kỳ"]
    head, *others = [row._tr.trPr for row in table.rows]
    assert head.find(f"{W}tblHeader") is not None
    assert all(row.find(f"{W}tblHeader") is None for row in others)
    assert all(row.find(f"{W}cantSplit") is not None for row in (head, *others))
    assert [row.cells[0].text for row in table.rows[1:]] == [
        "Kinh tế",
        "Thu ngân sách",
        "Chung",
        "Chỉ tiêu hoàn thành, Phú La (cũ)\u00a0◆",
    ]
    assert "▲ Vượt" in table.rows[2].cells[2].text


def test_footnotes_are_related_numbered_and_referred_to() -> None:
    document, notes = part("word/document.xml"), part("word/footnotes.xml")
    real = {n.get(f"{W}id"): words(n).strip() for n in notes if n.get(f"{W}type") is None}
    assert real == {"1": "… Thu ngân sách năm 2019 đạt 143%. …", "2": "Tổng thu 11 tỷ 708 triệu đồng. ◆ số đã rà soát"}
    assert [r.get(f"{W}id") for r in document.iter(f"{W}footnoteReference")] == ["1", "2"]
    again = [f.get(f"{W}instr").split()[1] for f in document.iter(f"{W}fldSimple")]
    bookmarks = {b.get(f"{W}name") for b in document.iter(f"{W}bookmarkStart")}
    assert again
    assert set(again) <= bookmarks
    with zipfile.ZipFile(io.BytesIO(render_docx(brief()))) as file:
        assert "footnotes.xml" in file.read("word/_rels/document.xml.rels").decode()
        assert "/word/footnotes.xml" in file.read("[Content_Types].xml").decode()


def test_a_note_that_no_text_names_is_not_lost() -> None:
    extra = (*brief().notes, Note(9, SOURCE, "Câu không ai dẫn."))
    assert "Câu không ai dẫn." in words(part("word/footnotes.xml", notes=extra))


def test_a_footnote_names_its_source_where_there_are_several() -> None:
    sources = (*brief().sources, SourceLine("f" * 12, "Bài hai", "b.txt", "f" * 64, None, 2))
    assert "đạt 143%. … [1]" in words(part("word/footnotes.xml", sources=sources))


def test_each_ordered_list_begins_at_one() -> None:
    items = (Item(("Một.",)), Item(("Hai.",)))
    sections = (Section("a", "A", "list", items=items, ordered=True), Section("b", "B", "list", items=items, ordered=True))
    document = part("word/document.xml", sections=sections)
    numbers = [n.get(f"{W}val") for n in document.iter(f"{W}numId")]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    starts = [s.get(f"{W}val") for s in part("word/numbering.xml", sections=sections).iter(f"{W}startOverride")]
    assert starts == ["1", "1"]


def test_quotations_and_figures_are_marked_for_the_audit() -> None:
    document = part("word/document.xml")
    styles = [s.get(f"{W}val") for s in document.iter(f"{W}rStyle")]
    assert styles.count("SoLieu") == 8
    assert f"q_{SOURCE}_3_40" in [b.get(f"{W}name") for b in document.iter(f"{W}bookmarkStart")]


def test_settled_and_missing_values_are_marked_in_words() -> None:
    sections = (Section("a", "A", "list", items=(Item((figure(settled=True),), settled=True), Item(("không nêu",), gap=True))),)
    text = part("word/document.xml", sections=sections, key_figures=())
    assert {"SoLieuDaChot", "ChuaCo", "DauHoSo"} <= {s.get(f"{W}val") for s in text.iter(f"{W}rStyle")}
    assert "giá trị do hồ sơ địa phương xác định" in words(text)


def test_language_fonts_page_and_footer() -> None:
    styles = part("word/styles.xml")
    assert styles.find(f".//{W}lang").get(f"{W}val") == "vi-VN"
    assert {f.get(f"{W}ascii") for f in styles.iter(f"{W}rFonts")} == {"Times New Roman"}
    section = opened().sections[0]
    assert [round(x.mm) for x in (section.page_width, section.page_height, section.left_margin, section.right_margin)] == [
        210,
        297,
        30,
        15,
    ]
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith("Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020\tTrang")
    assert [f.get(f"{W}instr").strip() for f in footer._p.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_text_is_thirteen_points_and_nothing_below_ten() -> None:
    styles = part("word/styles.xml")
    assert styles.find(f"{W}docDefaults//{W}sz").get(f"{W}val") == "26"
    small = {s.getparent().getparent().get(f"{W}styleId") for s in styles.iter(f"{W}sz") if int(s.get(f"{W}val")) < 20}
    assert small == {"DauHoSo"}  # a mark, not a word


def test_every_style_in_use_is_defined() -> None:
    defined = {s.get(f"{W}styleId") for s in part("word/styles.xml").iter(f"{W}style")}
    used = set()
    for name in ("word/document.xml", "word/footnotes.xml", "word/footer1.xml", "word/numbering.xml"):
        for tag in ("pStyle", "rStyle", "tblStyle"):
            used |= {node.get(f"{W}val") for node in part(name).iter(f"{W}{tag}")}
    assert used <= defined


def test_properties_come_from_the_brief() -> None:
    core = opened().core_properties
    assert (core.title, core.language, core.author) == (brief().title, "vi-VN", "Phường Hạ Đình")
    assert core.subject == "Kết quả nhiệm kỳ 2015–2020"
    assert core.comments == brief().summary
    assert core.created.date() == core.modified.date() == datetime(2020, 5, 7).date()
    assert opened(date=None).core_properties.created.year == 2000


def test_the_same_brief_gives_the_same_bytes() -> None:
    first = render_docx(brief())
    assert first == render_docx(brief())
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        assert not [name for name in file.namelist() if "thumbnail" in name or "custom" in name]


def test_control_characters_and_odd_texts_do_not_break_the_file() -> None:
    odd = Item(("a\x0bb\x00c <&> \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),))
    made = words(part("word/document.xml", sections=(Section("a", "A", "list", items=(odd,)),)))
    assert "abc <&> 😀" in made


@pytest.mark.parametrize("field", ["key_figures", "sections", "notes", "sources"])
def test_a_brief_that_lacks_something_still_opens(field: str) -> None:
    document = opened(**{field: ()})
    assert re.search("Phường Hạ Đình", document.paragraphs[1].text)


PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_the_profiles_colour_and_picture_are_in_the_document() -> None:
    uri = "data:image/png;base64," + base64.b64encode(PNG).decode()
    document = opened(logo=uri, palette=Palette(strong="#7a1f3d"), words={**brief().words, "logo": "Huy hiệu"})
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "Huy hiệu Phường Hạ Đình"
    styles = part("word/styles.xml", palette=Palette(strong="#7a1f3d"))
    assert {c.get(f"{W}val") for c in styles.findall(f".//{W}style[@{W}styleId='Heading1']//{W}color")} == {"7A1F3D"}


def test_each_settled_value_has_one_mark() -> None:
    items = (Item((figure(settled=True), " và ", figure()), settled=True), Item(("chữ",), settled=True), Item(("khác",)))
    document = part("word/document.xml", sections=(Section("a", "A", "list", items=items),), key_figures=())
    assert [s.get(f"{W}val") for s in document.iter(f"{W}rStyle")].count("DauHoSo") == 2
