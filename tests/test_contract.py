"""The contract: what is written reads back the same, fits the published schema, and refuses ungrounded facts."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
import pytest

from toolkit.contract import SCHEMA, from_json, schema, to_json, to_line
from toolkit.errors import Issue
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Level, Locality, Report, Role, Sector, Successor
from toolkit.model.fact import (
    CitedDocument,
    FactSheet,
    Indicator,
    Mode,
    Passage,
    Person,
    Quantity,
    Statement,
    StatementKind,
    Theme,
    Trace,
)
from toolkit.model.text import Noise, Source, Span

TEXT = "Thu ngân sách đạt 11 tỷ 708 triệu đồng, hộ nghèo còn 1,5–2%, 7/6 đảng viên. Bà Lê Thị Minh An. Nghị quyết 15-NQ/TW. Nhóm PV"


def sheet() -> FactSheet:
    source = Source(path="ha-dinh.txt", text=TEXT, sha256="0" * 64, published="2020-05-04")

    def quote(part: str):
        start = TEXT.index(part)
        return source.quote(start, start + len(part))

    money = Quantity(
        "thu-ngan-sach.result",
        quote("11 tỷ 708 triệu đồng"),
        Amount(Kind.MONEY, Decimal(11708000000), unit="đồng"),
        "thu ngân sách",
        Role.RESULT,
        Sector.KINH_TE,
        period="2019",
        traces=(Trace("money.mixed", "tỷ", ("11 tỷ",)),),
    )
    share = Quantity(
        "ho-ngheo.result",
        quote("1,5–2%"),
        Amount(Kind.PERCENT, low=Decimal("1.5"), high=Decimal(2), unit="%", bound=Bound.UNDER),
        "hộ nghèo",
        Role.RESULT,
        Sector.VAN_HOA_XA_HOI,
        review=True,
        why="made up",
    )
    admitted = Quantity(
        "dang-vien.attainment",
        quote("7/6 đảng viên"),
        Amount(Kind.FRACTION, Decimal(7), of=Decimal(6), unit="đảng viên"),
        "đảng viên",
        Role.ATTAINMENT,
        Sector.XAY_DUNG_DANG,
        place="Phú La",
    )
    award = Statement(StatementKind.AWARD, quote("Nghị quyết 15-NQ/TW"), "Nghị quyết 15-NQ/TW", Sector.CHUNG)
    return FactSheet(
        source=source,
        locality=Locality(
            "Hạ Đình",
            Level.PHUONG,
            ("Thanh Xuân", "Hà Nội"),
            "ha-dinh",
            "00367",
            "divided",
            (Successor("Khương Đình", Level.PHUONG, "Hà Nội", "part", "00364"),),
            ("Phú La",),
        ),
        term="2015-2020",
        next_term="2020-2025",
        congress=5,
        report=Report.FULL_TERM,
        inferred_term="2015-2020",
        published="2020-05-04",
        theme=Theme("Thu ngân sách", quote("Thu ngân sách")),
        quantities=(money, share, admitted),
        indicators=(Indicator("thu-ngan-sach", "thu ngân sách", Sector.KINH_TE, results=("thu-ngan-sach.result",)),),
        people=(Person("Lê Thị Minh An", ("Bí thư",), (quote("Lê Thị Minh An"),)),),
        documents=(CitedDocument("Nghị quyết", "15-NQ/TW", None, None, (quote("Nghị quyết 15-NQ/TW"),)),),
        awards=(award,),
        sentences=(Passage(quote("Thu ngân sách đạt 11 tỷ 708 triệu đồng"), "Thu …", Sector.KINH_TE, Mode.RESULT, 0.5),),
        noise=(Noise(Span(TEXT.index("Nhóm PV"), len(TEXT)), "byline"),),
        warnings=(Issue("percent-mismatch", "made up", stated="1", computed="2", source="ha-dinh.txt", spans=((0, 3),)),),
    )


def test_round_trip() -> None:
    before = sheet()
    line = to_line(before)
    assert "\n" not in line
    assert from_json(json.loads(line), TEXT) == before


def test_fits_the_published_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(to_json(sheet()), schema())


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda d: d.pop("quantities"), "'quantities' is a required property"),
        (lambda d: d.update(term="2015–2020"), "does not match"),
        (lambda d: d["quantities"][0].update(role="outcome"), "is not one of"),
        (lambda d: d["quantities"][0].pop("value"), "is not valid under any"),
    ],
)
def test_the_schema_bites(change, what: str) -> None:
    data = to_json(sheet())
    change(data)
    with pytest.raises(jsonschema.ValidationError, match=what):
        jsonschema.validate(data, schema())


def test_ungrounded_facts_are_refused() -> None:
    data = to_json(sheet())
    data["quantities"][0]["quote"] = "12 tỷ 708 triệu đồng"
    with pytest.raises(ValueError, match="not grounded"):
        from_json(data, TEXT)


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match=SCHEMA):
        from_json({**to_json(sheet()), "schema": "nhiemky.facts/99"}, TEXT)
