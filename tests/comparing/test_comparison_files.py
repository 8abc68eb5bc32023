"""The files of a comparison: what is in them, that the audit bites, and that the same comparison gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import html
from making_comparisons import compared, dossier, money

from toolkit.audit.comparison import audit_comparison
from toolkit.audit.sheet import read_xlsx
from toolkit.comparing import make_comparison
from toolkit.errors import AuditError
from toolkit.model.artifact import Artifact
from toolkit.model.comparison import Comparison
from toolkit.model.dossier import Dossier
from toolkit.pipeline import Making, read_amounts
from toolkit.render.comparison import render_comparison
from toolkit.render.csv import harmless
from toolkit.render.pdf import check_engine

needs_engine = pytest.mark.skipif(check_engine() is not None, reason="no Pango on this machine")


def fact(say: str, figure: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"say": say, "figure": figure, "kind": kind, "label": label, **more}


PLACES = [
    {
        "place": "An Bình",
        "term": "2020-2025",
        "facts": [
            fact("Thu ngân sách đạt 850 triệu đồng", "850 triệu đồng", "money", "thu ngân sách", value=850000000),
            fact("Tỷ lệ hộ nghèo còn 93,15%", "93,15%", "percent", "tỷ lệ hộ nghèo", value="93.15", sector="van-hoa-xa-hoi"),
            fact(
                "Giải quyết việc làm cho hơn 750 lao động",
                "750 lao động",
                "count",
                "giải quyết việc làm",
                value=750,
                unit="lao động",
            )
            | {"bound": "over"},
            fact(
                "Đạt 11/12 chỉ tiêu", "11/12 chỉ tiêu", "fraction", "chỉ tiêu", value=11, of=12, unit="chỉ tiêu", role="attainment"
            ),
        ],
    },
    {
        "place": "Bình Minh",
        "term": "2020-2025",
        "facts": [
            fact("Thu NSNN đạt 1,2 tỷ đồng", "1,2 tỷ đồng", "money", "thu nsnn", value=1200000000),
            fact("Tỷ lệ hộ nghèo là 0,4%", "0,4%", "percent", "tỷ lệ hộ nghèo", value="0.4", sector="van-hoa-xa-hoi"),
            fact("Tạo việc làm cho 1.250 lao động", "1.250 lao động", "count", "tạo việc làm", value=1250, unit="lao động"),
            fact(
                "Đạt 14/15 chỉ tiêu", "14/15 chỉ tiêu", "fraction", "chỉ tiêu", value=14, of=15, unit="chỉ tiêu", role="attainment"
            ),
        ],
    },
]
TERMS = [{**PLACES[0], "term": "2015-2020"}, {**PLACES[1], "place": "An Bình"}]


@cache
def files(
    of_terms: bool = False, formats: tuple[str, ...] = ("html", "xlsx", "csv")
) -> tuple[Comparison, tuple[Dossier, ...], Any]:
    comparison, dossiers = compared(TERMS if of_terms else PLACES)
    return comparison, dossiers, {a.name.rpartition(".")[2]: a for a in render_comparison(comparison, formats)}


def audited(kind: str, change: Callable[[bytes], bytes], *, of_terms: bool = False) -> int:
    comparison, dossiers, made = files(of_terms)
    artifact = made[kind]
    data = change(artifact.data)
    return audit_comparison(comparison, dossiers, [Artifact(artifact.name, artifact.media_type, data)], read_amounts)


def swapped(old: str, new: str, times: int = 1) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        text = data.decode("utf-8")
        assert old in text
        return text.replace(old, new, times).encode("utf-8")

    return change


def in_sheet(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """A change in one part of a spreadsheet."""

    def change(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
            for part in given.namelist():
                body = given.read(part).decode("utf-8")
                assert part != name or old in body
                made.writestr(part, body.replace(old, new, 1) if part == name else body)
        return out.getvalue()

    return change


# ---------------------------------------------------------------- the audit


@pytest.mark.parametrize("kind", ["html", "xlsx", "csv"])
@pytest.mark.parametrize("of_terms", [False, True])
def test_what_was_made_passes(kind: str, of_terms: bool) -> None:
    assert audited(kind, lambda data: data, of_terms=of_terms) >= 8


TABLE, FACTS, STRINGS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("html", swapped(">0,85</data>", ">0,86</data>"), "does not read as the value"),
        ("html", swapped('data-unit="tỷ đồng"', 'data-unit="triệu đồng"'), "does not read as the value"),
        ("html", swapped("<main>", "<main><p>Tăng 37 lần</p>"), "37 stands in no fact"),
        ("html", swapped('data-of="an-binh/2020-2025" data-unit', 'data-of="ma/2020-2025" data-unit'), "not settled"),
        ("html", swapped("Thu NSNN đạt 1,2 tỷ đồng", "Thu NSNN đạt 1,3 tỷ đồng"), "not the source's words"),
        ("csv", swapped(",850000000,", ",860000000,"), "value of an-binh/2020-2025#thu-ngan-sach.result.0 is 860000000"),
        ("csv", swapped(",over,", ",exact,"), "bound of"),
        ("csv", swapped("1.250 lao động", "1.350 lao động", 9), "not the source's words"),
        ("xlsx", in_sheet(TABLE, "<v>0.85</v>", "<v>0.86</v>"), "is not the value of an-binh/2020-2025"),
        ("xlsx", in_sheet(FACTS, "<v>850000000</v>", "<v>850000001</v>"), "value of an-binh/2020-2025#thu-ngan-sach"),
        ("xlsx", in_sheet(STRINGS, "<t>hơn 750</t>", "<t>hơn 760</t>"), "lacks a figure"),
        ("xlsx", in_sheet(STRINGS, "<t>So sánh kết quả", "<t>Hạng 37 So sánh kết quả"), "37 on sheet So sánh"),
    ],
)
def test_a_changed_number_is_found(kind: str, change: Callable[[bytes], bytes], fault: str) -> None:
    with pytest.raises(AuditError, match=re.escape(fault)):
        audited(kind, change)


def test_a_figure_in_another_place_s_column_is_found() -> None:
    def change(data: bytes) -> bytes:
        page = html.document_fromstring(data.decode("utf-8"))
        row = page.xpath("//tbody/tr[td]")[0]
        first, second = row.xpath("td[contains(@class, 'c-cell')]")
        first[:], second[:] = list(second), list(first)
        return html.tostring(page, encoding="utf-8")

    with pytest.raises(AuditError, match="stands under"):
        audited("html", change)


@pytest.mark.parametrize("new", ["tăng 0,36", "giảm 0,35"])
def test_a_wrong_difference_is_found(new: str) -> None:
    with pytest.raises(AuditError, match="is not the difference"):
        audited("html", swapped("tăng 0,35", new), of_terms=True)


def test_a_lost_line_of_the_csv_is_found() -> None:
    with pytest.raises(AuditError, match="is missing"):
        audited("csv", lambda data: b"\r\n".join(line for line in data.split(b"\r\n") if b"750 lao" not in line))


@needs_engine
def test_a_changed_figure_in_the_pdf_is_found() -> None:
    comparison, dossiers, made = files(False, ("html", "pdf"))
    assert audit_comparison(comparison, dossiers, list(made.values()), read_amounts) > 8
    other, _ = compared(
        [PLACES[0], {**PLACES[1], "facts": [fact("Tỷ lệ hộ nghèo là 0,7%", "0,7%", "percent", "tỷ lệ hộ nghèo", value="0.7")]}]
    )
    pdf = next(a for a in render_comparison(other, ("pdf",)))
    with pytest.raises(AuditError, match="0,7 stands in no fact"):
        audit_comparison(comparison, dossiers, [made["html"], pdf], read_amounts)


# ---------------------------------------------------------------- the page


def test_the_page_names_its_tables_and_speaks_of_its_bars() -> None:
    comparison, _, made = files()
    page = html.document_fromstring(made["html"].data.decode("utf-8"))
    assert len(page.xpath("//h1")) == 1
    assert [cell.get("data-of") for cell in page.xpath("//thead//th[@data-of]")] == [c.key for c in comparison.columns]
    assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in page.xpath("//th"))
    assert page.xpath("//div[@class='scroll']/@tabindex") == ["0"]
    for drawing in page.xpath("//*[local-name()='svg']"):
        assert [child.tag for child in drawing][:2] == ["title", "desc"]
        assert drawing.xpath("ancestor::li//data")  # the value stands beside the bar as text
    assert not page.xpath("//*[@src or @href[not(starts-with(., '#'))]]")


def test_a_note_number_never_touches_a_figure() -> None:
    text = html.document_fromstring(files()[2]["html"].data.decode("utf-8")).xpath("string(//table)")
    assert "0,85\u00a0(" in text
    assert not re.search(r"[\d%◆]\(\d+\)", text.replace("\u00a0(", " ("))


@pytest.mark.parametrize("of_terms", [False, True])
def test_equal_comparisons_give_equal_bytes(of_terms: bool) -> None:
    comparison, _ = compared(TERMS if of_terms else PLACES)
    again = {a.name.rpartition(".")[2]: a.data for a in render_comparison(comparison, ("html", "xlsx", "csv"))}
    assert again == {kind: artifact.data for kind, artifact in files(of_terms)[2].items()}


# ---------------------------------------------------------------- spreadsheet and CSV


def test_the_table_of_the_spreadsheet_has_numbers_where_a_number_says_all() -> None:
    comparison, _, made = files()
    table = read_xlsx(made["xlsx"].data)["So sánh"]
    body = {
        str(table[row, 0]): [table.get((row, at)) for at in (1, 2, 3)]
        for row, at in table
        if at == 0 and (row, 2) in table and row > 2
    }
    assert body == {
        "Chỉ tiêu đạt và vượt": ["chỉ tiêu", "11/12", "14/15"],
        "Thu ngân sách trên địa bàn": ["tỷ đồng", Decimal("0.85"), Decimal("1.2")],
        "Lao động được giải quyết việc làm": ["lao động", "hơn 750", Decimal(1250)],
        "Tỷ lệ hộ nghèo": ["%", Decimal("93.15"), Decimal("0.4")],
    }
    assert comparison.title == table[0, 0]


def test_the_spreadsheet_is_ready_to_print_and_runs_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(files()[2]["xlsx"].data)) as book:
        sheet = book.read(TABLE).decode()
        names = book.read("xl/workbook.xml").decode()
        styles = book.read("xl/styles.xml").decode()
        core = book.read("docProps/core.xml").decode()
    assert 'paperSize="9" ' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    assert "_xlnm.Print_Titles" in names
    assert "2000-01-01T00:00:00Z" in core
    assert "#,##0.###" not in styles  # it would print a lone comma behind a whole number


def test_the_csv_is_plain() -> None:
    data = files()[2]["csv"].data
    assert data.startswith("\ufeffcolumn,place,".encode())
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    first = lines[0]
    assert (first["column"], first["indicator"], first["value"], first["unit"]) == (
        "an-binh/2020-2025",
        "thu-ngan-sach",
        "850000000",
        "đồng",
    )
    assert (first["text"].replace("\u00a0", " "), first["sentence"]) == ("850 triệu đồng", "Thu ngân sách đạt 850 triệu đồng.")
    assert data.count(b"\r\n") == len(lines) + 1


@pytest.mark.parametrize(("text", "safe"), [("=1+1", " =1+1"), ("-5 độ", " -5 độ"), ("@ha", " @ha"), ("Thu", "Thu")])
def test_no_text_becomes_a_formula(text: str, safe: str) -> None:
    assert harmless(text) == safe


# ---------------------------------------------------------------- the PDF, and many places


@needs_engine
def test_the_pdf_is_tagged_and_carries_the_figures() -> None:
    _, _, made = files(False, ("html", "pdf"))
    with pikepdf.open(io.BytesIO(made["pdf"].data)) as pdf:
        assert pdf.Root.Lang == "vi"
        assert list(pdf.attachments) == ["comparison.csv"]
        box = pdf.pages[0].MediaBox
        assert float(box[2]) < float(box[3])  # two columns stand upright
        kinds = {str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one}
    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/Figure"} <= kinds


@needs_engine
def test_four_places_take_landscape_and_the_head_is_on_every_page() -> None:
    given = [
        {
            "place": place,
            "term": "2020-2025",
            "facts": [
                fact(f"Đã trồng {n} cây loại {word}", f"{n} cây", "count", f"cây trồng loại {word}", value=n, unit="cây")
                for n, word in enumerate(("một hai ba bốn năm sáu bảy tám chín mười " * 6).split(), start=11)
            ],
        }
        for place in ("An Bình", "Bình Minh", "Cẩm Sơn", "Duy Tân")
    ]
    for row in given:
        for i, one in enumerate(row["facts"]):
            one["label"] += f" {chr(97 + i // 10)}"
    comparison, _ = compared(given)
    document = pypdfium2.PdfDocument(next(a.data for a in render_comparison(comparison, ("pdf",))))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        size = document[0].get_size()
    finally:
        document.close()
    assert size[0] > size[1]
    tables = [text for text in pages if "cây trồng loại" in text.lower().replace("\r\n", " ")]
    assert len(tables) > 1
    assert all("Xã Cẩm Sơn" in text for text in tables)


def commune(n: int) -> Dossier:
    row = money(f"Xã thứ {n}", n * 10**8, f"{n} trăm triệu đồng")
    row["facts"][0] = fact(
        f"Thu ngân sách năm qua là {n * 100} triệu đồng", f"{n * 100} triệu đồng", "money", "thu ngân sách", value=n * 10**8
    )
    row["facts"] += [
        fact(
            f"Số trường đạt chuẩn quốc gia là {n} trường",
            f"{n} trường",
            "count",
            "trường đạt chuẩn quốc gia",
            value=n,
            unit="trường",
        ),
        fact(f"Đã kết nạp đảng viên mới: {n} đảng viên", f"{n} đảng viên", "count", "kết nạp đảng viên", value=n, unit="đảng viên"),
    ]
    return dossier(row)


def seconds(count: int) -> float:
    dossiers = [commune(n) for n in range(1, count + 1)]
    begin = time.process_time()
    made = make_comparison(dossiers, Making(formats=("html", "xlsx", "csv")))
    assert len(made.comparison.columns) == count
    return time.process_time() - begin


@pytest.mark.slow
def test_two_hundred_places_take_time_in_proportion() -> None:
    seconds(10)  # what is loaded once
    few, lots = seconds(50), seconds(200)
    assert lots < 10
    assert lots < 4 * few * 2
