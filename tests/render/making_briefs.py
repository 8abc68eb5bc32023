"""A small composed brief made by hand, with one of everything that templates print."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from toolkit.model.amount import Amount, Kind
from toolkit.model.brief import Brief, Figure, IndicatorRow, Item, KeyFigure, Note, Section, SectorPart, SourceLine
from toolkit.model.context import Level, Locality, Report, Sector
from toolkit.model.fact import Status

SOURCE = "0123456789ab"
MONEY = Amount(Kind.MONEY, Decimal("11708000000"), unit="đồng")
PERCENT = Amount(Kind.PERCENT, Decimal("143"), unit="%")
WORDS = {"brief": "Bản tóm tắt", "dash": "—", "dash_means": "Dấu — nghĩa là nguồn không nêu.", "no_sources": "Chưa có nguồn."}
WORDS["logo"] = "Biểu trưng của"


def figure(text: str = "143%", fact: str = "thu.2019", amount: Amount = PERCENT, **more: Any) -> Figure:
    return Figure(text, fact, amount, **more)


def sections() -> tuple[Section, ...]:
    revenue = figure("11\u00a0tỷ\u00a0708\u00a0triệu\u00a0đồng", "thu", MONEY)
    reached = ("đạt ", figure(), " kế hoạch")
    done = figure("11/12\u00a0chỉ tiêu", "ct")
    rows = (
        IndicatorRow(
            "Thu ngân sách", Sector.KINH_TE, (revenue,), reached, "2019", (1,), Status.EXCEEDED, "Vượt", sector_title="Kinh tế"
        ),
        IndicatorRow(
            "Chỉ tiêu hoàn thành", Sector.CHUNG, (done,), notes=(2,), place="Phú La (cũ)", settled=True, sector_title="Chung"
        ),
    )
    quoted = Item(("Thu ngân sách đạt ", figure(), " <kế hoạch> & hơn."), quote_of=(SOURCE, 3, 40), verbatim=True)
    return (
        Section("thong-tin-chung", "Thông tin chung", "fields", items=(
            Item(("Phường Hạ Đình",), "Địa phương"), Item(("nguồn không nêu",), "Trực thuộc", gap=True),
            Item(("A – Bí thư",), "Lãnh đạo"), Item(("B – Phó Bí thư",)),
        )),
        Section("chi-tieu", "Kết quả thực hiện các chỉ tiêu", "table", rows=rows),
        Section("linh-vuc", "Kết quả theo lĩnh vực", "sectors", parts=(
            SectorPart(Sector.KINH_TE, "Kinh tế", (quoted,), (Item(("Kết nạp ", figure("40\u00a0đảng viên", "kn")), notes=(2,)),)),
        )),
        Section("han-che", "Hạn chế", "list", items=(quoted, Item(("Việc khác.",)))),
        Section("con-thieu", "Nội dung nguồn chưa nêu", "list", items=(Item(("Các nguồn không nêu: bài học.",), gap=True),)),
        Section("nguon", "Nguồn", "sources"),
    )  # fmt: skip


def brief(**changes: Any) -> Brief:
    values: dict[str, Any] = {
        "locality": Locality("Hạ Đình", Level.PHUONG, ("Thanh Xuân",), "ha-dinh"),
        "report": Report.FULL_TERM,
        "folder": "ha-dinh/2015-2020",
        "title": "Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020",
        "kicker": "Quận Thanh Xuân",
        "subtitle": "Tổng kết nhiệm kỳ",
        "summary": "Phường Hạ Đình: thu ngân sách đạt 143% kế hoạch.",
        "date": "2020-05-07",
        "date_text": "Theo nguồn ngày 07 tháng 5 năm 2020",
        "length": "standard",
        "style": "an-pham",
        "key_figures": (
            KeyFigure(figure(note=1), "Thu ngân sách, năm 2019", "kế hoạch", 1.43, Status.EXCEEDED),
            KeyFigure(figure("11,708\u00a0tỷ\u00a0đồng", "thu", MONEY, note=2), "Tổng thu", "tỷ\u00a0đồng"),
        ),
        "sections": sections(),
        "notes": (
            Note(1, SOURCE, "Thu ngân sách năm 2019 đạt 143%.", 0, 30, cut=(True, True)),
            Note(2, SOURCE, "Tổng thu 11 tỷ 708 triệu đồng.", 31, 60, reason="số đã rà soát", profile="profiles/a.yaml:3"),
        ),
        "sources": (SourceLine(SOURCE, "“Dấu ấn một nhiệm kỳ”", "seeds/a.txt", "0" * 64, "https://example.org/a?b=1&c=2", 1),),
        "place_text": "Phường Hạ Đình",
        "headline": "Kết quả nhiệm kỳ 2015–2020",
        "words": WORDS,
    }
    return Brief(**{**values, **changes})
