"""What is mended in tagged PDFs, on small documents made by WeasyPrint itself."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from tagged_pdf import VARIANT, content, elements, kids, made, outline

from toolkit.render.finish import finisher

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "render" / "tags.yaml").read_text("utf-8"))

GRID = """<table><thead><tr><th scope=col>A<th scope=col>B<th scope=col>C</thead>
<tbody><tr><td rowspan=2>s<th scope=row>r1<td>x<tr><th scope=row>r2<td>y</tbody>
<tbody><tr><td colspan=2>w<td>z</tbody></table>"""


def opened(html: str, css: str = "") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(html, css)))


def expected(case: dict[str, Any]) -> str:
    count, text = case.get("repeat", (0, ""))
    return case["tree"].replace("⟳\n", case.get("repeat_tree", "⟳\n") * (count if "repeat_tree" in case else 1)).replace(
        "⟳", " ".join((text * count).split())
    ).rstrip("\n")  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tree(case: dict[str, Any]) -> None:
    count, text = case.get("repeat", (0, ""))
    assert outline(made(case["html"].replace("⟳", text * count), case.get("css", ""))) == expected(case)


def by_text(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    return [element for element in elements(pdf) if role == element.S]


def test_headers_and_scopes_of_spanning_cells() -> None:
    pdf = opened(GRID)
    head = by_text(pdf, "/TH")
    assert [str(cell.A.Scope) for cell in head] == ["/Column"] * 3 + ["/Row"] * 2
    a, b, c, r1, r2 = [str(cell.ID) for cell in head]
    assert [[str(name) for name in cell.A.Headers] for cell in by_text(pdf, "/TD")] == [[r1, r2, a], [r1, c], [r2, c], [a, b], [c]]
    assert [int(cell.A.get("/RowSpan", 1)) for cell in by_text(pdf, "/TD")] == [2, 1, 1, 1, 1]


def test_the_head_of_a_group_of_rows_heads_them_all() -> None:
    pdf = opened("""<table><thead><tr><th>A<th>B</thead>
        <tbody><tr><th scope=rowgroup colspan=2>g<tr><th>r1<td>x<tr><th>r2<td>y
        <tr><th scope=rowgroup colspan=2>h<tr><th>r3<td>z</tbody>
        <tbody><tr><th>r4<td>w</tbody></table>""")
    _, b, g, r1, r2, h, r3, r4 = [str(cell.ID) for cell in by_text(pdf, "/TH")]
    heads = [[str(name) for name in cell.A.Headers if str(name) != b] for cell in by_text(pdf, "/TD")]
    assert heads == [[g, r1], [g, r2], [h, r3], [r4]]


def test_identifiers_lead_to_their_elements() -> None:
    pdf = opened(GRID + GRID)
    names = pdf.Root.StructTreeRoot.IDTree.Names
    found = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    assert list(found) == sorted(found)
    assert len(found) == 10
    assert all(name == element.ID for name, element in found.items())
    assert all(str(name) in found for cell in by_text(pdf, "/TD") for name in cell.A.Headers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_content_and_elements_know_each_other(case: dict[str, Any]) -> None:
    count, text = case.get("repeat", (0, ""))
    pdf = opened(case["html"].replace("⟳", text * count), case.get("css", ""))
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    owned = set()
    for element in elements(pdf):
        assert all(kid.P.objgen == element.objgen for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)
        for page, mcid in content(element):
            assert by_key[int(page.StructParents)][mcid].objgen == element.objgen
            owned.add((page.objgen, mcid))
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                assert by_key[int(kid.Obj.StructParent)].objgen == element.objgen
    assert owned == {(page.objgen, mcid) for page in pdf.pages for mcid in marked(page)}
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
    assert sorted(int(annotation.StructParent) for annotation in annotations) == [
        key for key in by_key if key >= len(pdf.pages)
    ]  # fmt: skip


def marked(page: pikepdf.Page) -> list[int]:
    """The numbers of marked content in a page, artifacts aside."""
    found = [i.operands for i in pikepdf.parse_content_stream(page) if str(i.operator) == "BDC"]
    return [int(operands[1].MCID) for operands in found if "/MCID" in operands[1]]


def artifacts(pdf: pikepdf.Pdf, kind: str) -> list[int]:
    """How many artifacts of a kind each page has."""
    return [
        sum(str(i.operator) == "BDC" and i.operands[0] == "/Artifact" and i.operands[1].get("/Type") == kind for i in stream)
        for stream in map(pikepdf.parse_content_stream, pdf.pages)
    ]


def test_repeated_heads_are_pagination() -> None:
    table = f"<table><thead><tr><th>A<th>B</thead><tbody>{'<tr><td>x<td>y' * 24}</table>"
    assert artifacts(opened(table), "/Pagination") == [0, 2, 2]


def test_running_titles_are_pagination_and_decorations_layout() -> None:
    pdf = opened(
        "<p>a<span aria-hidden=true>▲</span></p>", "@page { @top-left { content: 'T' } @bottom-right { content: counter(page) } }"
    )
    assert (artifacts(pdf, "/Pagination"), artifacts(pdf, "/Layout")) == ([2], [1])


def test_lists_with_labels_say_how_they_count() -> None:
    pdf = opened(
        "<ol><li>a</ol><ul><li>b</ul><ol style='list-style: lower-alpha'><li>c</ol><ul style='list-style: none'><li>d</ul>"
    )
    assert [str(found.A.ListNumbering) if "/A" in found else "" for found in by_text(pdf, "/L")] == [
        "/Decimal", "/Disc", "/LowerAlpha", "",
    ]  # fmt: skip


def test_the_box_of_a_figure_is_where_the_page_shows_it() -> None:
    pdf = opened("<svg width=40 height=20 style='display: block'><title>T</title><rect width=9 height=9 /></svg>")
    (figure,) = by_text(pdf, "/Figure")
    left, top = 5 / 25.4 * 72, 55 / 25.4 * 72
    assert [float(x) for x in figure.A.BBox] == pytest.approx([left, top - 15, left + 30, top], abs=0.01)


def test_an_image_without_words_is_told(caplog: pytest.LogCaptureFixture) -> None:
    made("<p><svg width=9 height=9><rect width=9 height=9 /></svg>")
    assert "An image has no words for those who cannot see it: svg" in caplog.text


def test_nothing_of_the_former_tree_is_left() -> None:
    pdf = opened(GRID + "<p><a href='https://e.org'>x</a></p>")
    reached = {element.objgen for element in elements(pdf)}
    written = {o.objgen for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"}
    assert written == reached
    assert not pdf.check_pdf_syntax()


def test_same_page_same_bytes() -> None:
    assert made(GRID) == made(GRID)


def test_attachments_are_listed_once_and_ua_is_claimed_when_asked() -> None:
    from weasyprint import HTML, Attachment

    def written(*, ua: bool) -> pikepdf.Pdf:
        document = HTML(string="<html lang=vi><title>T</title><p>a").render(pdf_variant=VARIANT)
        facts = [Attachment(string="{}", name=name, relationship="Data") for name in ("a.json", "b.json")]
        finish = finisher(document, tags=True, ua=ua)
        return pikepdf.open(io.BytesIO(document.write_pdf(pdf_variant=VARIANT, attachments=facts, finisher=finish)))

    claiming, silent = written(ua=True), written(ua=False)
    assert [str(file.UF) for file in claiming.Root.AF] == ["a.json", "b.json"]
    assert b"pdfuaid:part>1<" in claiming.Root.Metadata.read_bytes()
    assert b"pdfuaid" not in silent.Root.Metadata.read_bytes()


def test_an_untagged_file_stays_so() -> None:
    from weasyprint import HTML

    document = HTML(string="<html lang=vi><title>T</title><p>a").render()
    data = document.write_pdf(finisher=finisher(document, tags=False, ua=False))
    assert "/StructTreeRoot" not in pikepdf.open(io.BytesIO(data)).Root
    assert not re.search(rb"\bBDC\b", data)
