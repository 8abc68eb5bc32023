"""The PDF: archived and accessible by its own statements, the same bytes each time, its figures attached."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2
import pytest
from making_briefs import brief, sections

from toolkit.errors import RenderError
from toolkit.model.brief import Brief, Item
from toolkit.render import render
from toolkit.render.html import print_html
from toolkit.render.pdf import _layout, check_engine, render_pdf

FACTS = b'{"schema": "nhiemky.facts/1"}\n'


@cache
def pdf_bytes() -> bytes:
    return render_pdf(brief(), facts=FACTS)


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_bytes()))


def text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_the_engine_works_here() -> None:
    assert check_engine() is None


def test_metadata_claims_both_standards_and_names_the_brief(pdf: pikepdf.Pdf) -> None:
    xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert xmp.index("pdfuaid:part") < xmp.index("</rdf:RDF>")
    assert str(pdf.Root.Lang) == "vi"
    assert str(pdf.docinfo["/Title"]) == "Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020"
    assert str(pdf.docinfo["/Subject"]) == "Phường Hạ Đình: thu ngân sách đạt 143% kế hoạch."
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20200507")


def test_facts_are_attached_unchanged(pdf: pikepdf.Pdf) -> None:
    assert pdf.attachments["facts.json"].get_file().read_bytes() == FACTS
    assert str(pdf.Root.AF[0].AFRelationship) == "/Data"


def test_only_the_packages_faces_are_embedded(pdf: pikepdf.Pdf) -> None:
    names = {str(f.BaseFont).split("+")[1] for page in pdf.pages for f in page.Resources.Font.values()}
    assert names
    assert all(name.startswith("Nhiemky-") for name in names)


def structure(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    found, waiting = [], [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            kids = node.get("/K", [])
            waiting.extend(kids if isinstance(kids, pikepdf.Array) else [kids])
    return found


def test_headers_have_a_scope(pdf: pikepdf.Pdf) -> None:
    headers = [node for node in structure(pdf) if node.S == "/TH" and "/A" in node]
    scopes = [str(node.A.Scope) for node in headers]
    assert scopes.count("/Column") == 6
    assert scopes.count("/Row") == 2


def test_page_numbers_are_artifacts(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        operators = pikepdf.parse_content_stream(page)
        kinds = [str(i.operands[0]) for i in operators if str(i.operator) == "BDC" and i.operands[1].get("/Type") == "/Pagination"]
        assert kinds
        assert set(kinds) == {"/Artifact"}


def test_every_marked_content_belongs_to_the_tree(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in pdf.pages:
        owners = by_key[int(page.StructParents)]
        for i in pikepdf.parse_content_stream(page):
            if str(i.operator) == "BDC" and "/MCID" in i.operands[1]:
                assert isinstance(owners[int(i.operands[1].MCID)], pikepdf.Dictionary)


def test_bookmarks_are_the_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert [item.title for item in top.children] == [
            "Kết quả thực hiện các chỉ tiêu", "Kết quả theo lĩnh vực", "Hạn chế", "Nội dung nguồn chưa nêu",
            "Chú thích", "Nguồn",
        ]  # fmt: skip


def test_text_comes_out_as_it_went_in() -> None:
    plain = re.sub(r"\s+", " ", text(pdf_bytes()).replace("\u00a0", " "))
    for words in ("Kết quả thực hiện các chỉ tiêu", "11 tỷ 708 triệu đồng", "đạt 143% kế hoạch", "số đã rà soát", "1/1"):
        assert words in plain
    assert "\ufffd" not in plain


def test_page_is_a4(pdf: pikepdf.Pdf) -> None:
    assert [round(float(x), 1) for x in pdf.pages[0].MediaBox] == [0, 0, 595.3, 841.9]


def test_same_brief_same_bytes() -> None:
    assert render_pdf(brief(), facts=FACTS) == pdf_bytes()


def test_other_facts_other_identifier() -> None:
    assert (
        pikepdf.open(io.BytesIO(render_pdf(brief(), facts=b"{}"))).trailer.ID[0]
        != pikepdf.open(io.BytesIO(pdf_bytes())).trailer.ID[0]
    )


def test_a_brief_without_a_date_has_no_clock_either() -> None:
    timeless = brief(date=None)
    assert render_pdf(timeless, facts=FACTS) == render_pdf(timeless, facts=FACTS)
    assert b"20000101000000" in render_pdf(timeless, facts=FACTS)


def test_what_overruns_by_a_little_is_set_tighter() -> None:
    item = Item(("Một việc còn lại cần làm tiếp trong thời gian tới, có kế hoạch rõ và phân công cụ thể. " * 2,))
    body = [s for s in sections() if s.id != "han-che"]
    limits = next(s for s in sections() if s.id == "han-che")

    def made(count: int, length: str) -> Brief:
        return brief(sections=(*body[:3], replace(limits, items=(item,) * count), *body[3:]), length=length)

    def as_it_falls(count: int, length: str) -> int:
        return len(_layout(print_html(one := made(count, length)), None, one).pages)

    def pages(count: int, length: str) -> int:
        return len(pypdfium2.PdfDocument(render_pdf(made(count, length))))

    spilling = next(n for n in range(6, 40) if as_it_falls(n, "standard") == 2)
    assert pages(spilling, "standard") == 1
    overrunning = next(n for n in range(6, 40) if as_it_falls(n, "one-page") == 2)
    assert pages(overrunning, "one-page") == 1
    assert pages(overrunning * 3, "one-page") > 1


def test_a_missing_glyph_fails_the_brief_and_is_named() -> None:
    with pytest.raises(RenderError, match=r"漢 \(U\+6F22 CJK UNIFIED IDEOGRAPH-6F22\)") as caught:
        render(brief(title="Phường 漢"), ("pdf",))
    assert caught.value.where == "ha-dinh/2015-2020"
    assert caught.value.remedy
