"""The audit must find what it is there for: a changed figure, an invented one, a falsified quotation, a lost figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from toolkit.audit import audit
from toolkit.audit.check import reads_as
from toolkit.audit.numbers import atoms, of_value, tokens
from toolkit.errors import AuditError
from toolkit.model.amount import Amount, Kind
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief, Note
from toolkit.model.context import Level, Locality, Report, Role, Sector
from toolkit.model.dossier import Dossier, Origin, OriginKind, Settled
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.profile import NO_PROFILES
from toolkit.model.text import Source
from toolkit.pipeline import clean_source, read_amounts

TEXT = "Tổng thu ngân sách đạt 11 tỷ 708 triệu đồng.Năm 2019 đạt 143% kế hoạch, theo Công văn 77 của quận."
SOURCE = Source(path="a.txt", text=TEXT, sha256="ab" * 32)


def dossier() -> Dossier:
    start = TEXT.index("11 tỷ")
    money = Quantity(
        "thu-ngan-sach.result",
        SOURCE.quote(start, start + len("11 tỷ 708 triệu đồng")),
        Amount(Kind.MONEY, Decimal(11708000000), unit="đồng"),
        "thu ngân sách",
        Role.RESULT,
        Sector.KINH_TE,
    )
    place = Locality("Hạ Đình", Level.PHUONG, ("Thanh Xuân",), "ha-dinh")
    sheet = FactSheet(source=SOURCE, locality=place, quantities=(money,))
    return Dossier(
        locality=place,
        sheets=(sheet,),
        term=Settled("2015-2020", Origin(OriginKind.SOURCE, SOURCE.id)),
        quantities=(Settled(money, Origin(OriginKind.SOURCE, SOURCE.id)),),
    )


def brief() -> Brief:
    return Brief(
        locality=dossier().locality,
        report=Report.FULL_TERM,
        folder="ha-dinh/2015-2020",
        title="Bản tóm tắt",
        kicker="",
        subtitle="",
        summary="",
        date=None,
        date_text="",
        length="standard",
        style="an-pham",
        notes=(Note(1, SOURCE.id, "Năm 2019 đạt 143% kế hoạch, theo Công văn 77 của quận."),),
    )


def page(body: str) -> Artifact:
    return Artifact("brief.html", "text/html", f"<!doctype html><html><body>{body}</body></html>".encode())


MONEY = '<data data-fact="thu-ngan-sach.result">11 tỷ 708 triệu đồng</data>'
QUOTED = '<p data-source="abababababab" data-start="0" data-end="{end}">{text}</p>'


def test_a_true_page_passes_and_says_how_much_it_looked_at() -> None:
    good = page(
        f"<p>Nhiệm kỳ 2015–2020: {MONEY}<sup>1</sup></p>" + QUOTED.format(end=len(TEXT), text="… năm 2019 đạt 143% kế hoạch …")
    )
    assert audit(brief(), dossier(), [good], read_amounts) == 4


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (MONEY.replace("708", "780"), "does not read as the value"),
        (MONEY.replace("triệu", "nghìn"), "does not read as the value"),
        (MONEY.replace("thu-ngan-sach.result", "no-such-fact"), "not settled"),
        ("<p>tăng 42% so với trước</p>", "42 stands in no fact"),
        ("<p>Nhiệm kỳ 2015–2021</p>", "2021 stands in no fact"),
        (QUOTED.format(end=45, text="Tổng thu ngân sách đạt 12 tỷ 708 triệu đồng."), "not the source's words"),
        (QUOTED.format(end=45, text="Chi ngân sách đạt 11 tỷ 708 triệu đồng."), "not the source's words"),
        (QUOTED.format(end=45, text="x").replace("abababababab", "cdcdcdcdcdcd"), "unknown source"),
        ("<svg><title>đạt 97%</title></svg>", "97 stands in no fact"),
    ],
)
def test_a_false_page_is_stopped(body: str, fault: str) -> None:
    with pytest.raises(AuditError, match=fault):
        audit(brief(), dossier(), [page(body)], read_amounts)


def test_all_faults_are_listed_at_once() -> None:
    with pytest.raises(AuditError) as caught:
        audit(brief(), dossier(), [page("<p>41 và 43</p>")], read_amounts)
    assert "41 stands" in str(caught.value)
    assert "43 stands" in str(caught.value)


def printed(text: str) -> Artifact:
    from weasyprint import HTML

    return Artifact("brief.pdf", "application/pdf", HTML(string=f"<html lang=vi><title>t</title><p>{text}</p></html>").write_pdf())


def test_the_pdf_is_read_too() -> None:
    html = page(f"<p>{MONEY}</p>")
    assert audit(brief(), dossier(), [html, printed("11 tỷ 708 triệu đồng, trang 1")], read_amounts) == 4
    with pytest.raises(AuditError, match="58 stands in no fact"):
        audit(brief(), dossier(), [html, printed("11 tỷ 708 triệu đồng và 58 dự án")], read_amounts)
    with pytest.raises(AuditError, match="is missing"):
        audit(brief(), dossier(), [html, printed("11 tỷ 7O8 triệu đồng")], read_amounts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.138 bài/820 bài", ["1.138", "820"]), ("93,15–93,9%.", ["93,15", "93,9"]), ("15-NQ/TW", ["15"]), ("không số", [])],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "right"), [("thứ 8", True), ("thứ\u00a08", True), ("thứ 9", False), ("thứ 8/10", False), ("thứ", False)]
)
def test_a_rank_is_read_by_its_number(text: str, right: bool) -> None:
    assert reads_as(text, Amount(Kind.RANK, Decimal(8), unit="thứ"), read_amounts) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("3\u00a0năm", True),
        ("hơn 3\u00a0năm", True),
        ("4\u00a0năm", False),
        ("3\u00a0tháng", False),
        ("2023 năm", False),
        ("3", False),
        ("3\u00a0năm và 5\u00a0tháng", False),
    ],
)
def test_a_length_of_time_is_its_number_with_its_unit(text: str, right: bool) -> None:
    assert reads_as(text, Amount(Kind.MEASURE, Decimal(3), unit="năm"), read_amounts) is right
    assert reads_as(text, Amount(Kind.COUNT, Decimal(3), unit="năm"), read_amounts) is right


@pytest.mark.parametrize(("text", "right"), [("4/5\u00a0năm", True), ("4/6\u00a0năm", False), ("4\u00a0năm", False)])
def test_years_out_of_years(text: str, right: bool) -> None:
    assert reads_as(text, Amount(Kind.FRACTION, Decimal(4), of=Decimal(5), unit="năm"), read_amounts) is right


@pytest.mark.parametrize(
    "sentence",
    [
        "Chỉ số cải cách hành chính năm 2019 xếp thứ 8 toàn huyện.",
        "Xã đạt chuẩn nông thôn mới năm 2018 (hoàn thành sớm 2 năm so với Nghị quyết).",
        "Đảng bộ xã 4/5 năm đạt trong sạch, vững mạnh.",
        "Thu ngân sách trên địa bàn đạt 2413% kế hoạch.",
        "Thu ngân sách ước đạt 14,708 tỷ đồng, bằng 131,5% so cùng kỳ.",
        "Thu ngân sách đạt 5 tỷ 570 triệu đồng, vượt 12% so với Nghị quyết.",
    ],
)
def test_a_brief_with_what_reads_badly_alone_is_made(sentence: str, tmp_path: Path) -> None:
    from toolkit.pipeline import Making, facts_of, make_brief, settle

    text = f"Đảng bộ xã An Lưu: kết quả nhiệm kỳ 2015-2020\n\n{sentence}\n"
    path = tmp_path / "an-luu.txt"
    path.write_text(text, "utf-8")
    (one,), _ = settle([facts_of(clean_source(path))], NO_PROFILES)
    assert make_brief(one, Making(formats=("html",), length="full")).audited


def test_atoms_and_values() -> None:
    assert "1138" in atoms("1.138")
    assert "8" in atoms("08")
    assert of_value({"a": (Decimal("77.3"), 5)}) >= {"77.3", "5"}
