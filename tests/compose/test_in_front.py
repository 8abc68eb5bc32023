"""Which figures and people lead a brief, and how what they say is worded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_dossiers import PLACE, amount, dossier, quantity, section, settled, source, statement, words

from toolkit.compose import compose
from toolkit.model.amount import Amount
from toolkit.model.context import Level, Sector
from toolkit.model.dossier import Origin, OriginKind, Settled
from toolkit.model.fact import Indicator, Person, StatementKind, Status


def percent(value: str) -> Amount:
    return amount("percent", value, unit="%")


# --- large figures and the summary ---------------------------------------------------------------------------------------------


def test_the_level_leads_where_less_is_better() -> None:
    src = source("Tỷ lệ hộ nghèo còn 5,2%, giảm nhanh hơn, vượt 2,7% so với nghị quyết. Kết nạp 44 đảng viên, vượt 12% kế hoạch.")
    facts = [
        quantity(src, "5,2%", percent("5.2"), "tỷ lệ hộ nghèo", sector="van-hoa-xa-hoi", id="con"),
        quantity(src, "2,7%", percent("2.7"), "tỷ lệ hộ nghèo", "attainment", "van-hoa-xa-hoi", id="vuot"),
        quantity(src, "12%", percent("12"), "kết nạp đảng viên", "attainment", "xay-dung-dang", id="kn"),
    ]
    row = Indicator(
        "ngheo",
        "tỷ lệ hộ nghèo",
        Sector.VAN_HOA_XA_HOI,
        direction="down",
        results=("con",),
        attainments=("vuot",),
        status=Status.EXCEEDED,
    )
    brief = compose(dossier(src, facts, indicators=(row,)), {})
    cards = {card.caption: (words((card.figure,)), card.unit) for card in brief.key_figures}
    assert cards["Tỷ lệ hộ nghèo"] == ("5,2%", "")
    assert cards["Kết nạp đảng viên"] == ("12%", "vượt kế hoạch")
    assert "tỷ lệ hộ nghèo còn 5,2%" in brief.summary


def test_a_margin_over_a_share_leads_only_where_the_share_is_not_told() -> None:
    text = "Chi bộ hoàn thành tốt nhiệm vụ đạt 82,5%, vượt 3,5% so với Nghị quyết. Thu phí vượt 9% so với Nghị quyết."
    src = source(text)
    facts = [
        quantity(src, "82,5%", percent("82.5"), "chi bộ hoàn thành tốt nhiệm vụ", sector="xay-dung-dang", id="dat"),
        quantity(src, "3,5%", percent("3.5"), "chi bộ hoàn thành tốt nhiệm vụ", "attainment", "xay-dung-dang", id="vuot"),
        quantity(src, "9%", percent("9"), "thu phí", "attainment", id="phi"),
    ]
    row = Indicator("dat", "chi bộ hoàn thành tốt nhiệm vụ", Sector.XAY_DUNG_DANG, results=("dat",), attainments=("vuot",))
    cards = compose(dossier(src, facts, indicators=(row,)), {}).key_figures
    assert {(words((card.figure,)), card.unit, card.attainment) for card in cards} == {
        ("82,5%", "", None),
        ("9%", "vượt Nghị quyết", 1.09),
    }


@pytest.mark.parametrize(
    ("label", "leads"), [("khu vực thương mại - dịch vụ", False), ("chăn nuôi", False), ("tốc độ tăng trưởng chăn nuôi", True)]
)
def test_a_part_of_something_is_no_headline(label: str, leads: bool) -> None:
    src = source(f"Tốc độ tăng giá trị sản xuất đạt 11%. Tỷ lệ hộ nghèo còn 3%. Trong đó, {label} 15%.")
    facts = [
        quantity(src, "11%", percent("11"), "tốc độ tăng giá trị sản xuất"),
        quantity(src, "3%", percent("3"), "tỷ lệ hộ nghèo"),
        quantity(src, "15%", percent("15"), label),
    ]
    brief = compose(dossier(src, facts), {})
    assert any(words((card.figure,)) == "15%" for card in brief.key_figures) is leads
    assert any(words(row.result) == "15%" for row in section(brief.sections, "chi-tieu").rows)


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("hộ gia đình đạt chuẩn văn hóa", "92% hộ gia đình đạt chuẩn văn hóa"),
        ("tỷ lệ hộ đạt chuẩn văn hóa", "tỷ lệ hộ đạt chuẩn văn hóa là 92%"),
        ("che phủ rừng", "che phủ rừng đạt 92%"),
    ],
)
def test_a_share_reads_aloud(label: str, says: str) -> None:
    src = source(f"Toàn xã có 92% {label}.")
    brief = compose(dossier(src, (quantity(src, "92%", percent("92"), label),)), {})
    assert says in brief.summary


# --- the table -----------------------------------------------------------------------------------------------------------------


def test_shares_of_two_plans_are_one_row() -> None:
    src = source("Sản lượng lương thực đạt 108% kế hoạch, đạt 103% so với Nghị quyết.")
    facts = [
        quantity(src, "108%", percent("108"), "sản lượng lương thực", "attainment", id="a"),
        quantity(src, "103%", percent("103"), "sản lượng lương thực", "attainment", id="b"),
    ]
    (row,) = section(compose(dossier(src, facts), {}).sections, "chi-tieu").rows
    assert words(row.against_plan) == "đạt 108% kế hoạch; đạt 103% Nghị quyết"


def test_two_shares_of_one_plan_stay_apart() -> None:
    src = source("Thu ngân sách đạt 108% kế hoạch. Thu ngân sách đạt 103% kế hoạch.")
    facts = [quantity(src, q, percent(q.rstrip("%")), "thu ngân sách", "attainment") for q in ("108%", "103%")]
    assert len(section(compose(dossier(src, facts), {}).sections, "chi-tieu").rows) == 2


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        ("67,038 tỷ đồng", "67,038~tỷ~đồng"),
        ("67 tỷ 038 triệu đồng", "67~tỷ~38~triệu~đồng"),
        ("67.038 triệu đồng", "67~tỷ~38~triệu~đồng"),
    ],
)
def test_money_keeps_its_comma(quote: str, says: str) -> None:
    src = source(f"Thu ngân sách đạt {quote}.")
    fact = quantity(src, quote, amount("money", "67038000000", unit="đồng"), "thu ngân sách")
    (row,) = section(compose(dossier(src, (fact,)), {}).sections, "chi-tieu").rows
    assert words(row.result) == says


def test_money_keeps_its_two_parts() -> None:
    src = source("Thu ngân sách đạt 5 tỷ 570 triệu đồng.")
    fact = quantity(src, "5 tỷ 570 triệu đồng", amount("money", "5570000000", unit="đồng"), "thu ngân sách")
    (row,) = section(compose(dossier(src, (fact,)), {}).sections, "chi-tieu").rows
    assert words(row.result) == "5~tỷ~570~triệu~đồng"


def test_a_unit_has_its_capitals() -> None:
    src = source("Xã có 9 sản phẩm OCOP.")
    fact = quantity(src, "9 sản phẩm OCOP", amount("count", "9", unit="sản phẩm ocop"), "sản phẩm ocop", indicator="ocop")
    (row,) = section(compose(dossier(src, (fact,)), {}).sections, "chi-tieu").rows
    assert words(row.result) == "9~sản phẩm OCOP"


def test_a_percentage_of_thousands_is_not_grouped() -> None:
    src = source("Thu ngân sách đạt 2413% kế hoạch.")
    fact = quantity(src, "2413%", percent("2413"), "thu ngân sách", "attainment")
    (row,) = section(compose(dossier(src, (fact,)), {}).sections, "chi-tieu").rows
    assert words(row.against_plan) == "đạt 2413% kế hoạch"


# --- people --------------------------------------------------------------------------------------------------------------------


def named(*people: Person, level: Level, by_profile: bool = False) -> list[str]:
    src = source("Không có số liệu.")
    given = tuple(
        Settled(p, Origin(OriginKind.PROFILE, "profiles/a.yaml:3:1", "")) if by_profile else settled(p, src) for p in people
    )
    brief = compose(dossier(src, locality=replace(PLACE, level=level), people=given), {})
    items = section(brief.sections, "thong-tin-chung").items
    at = next(i for i, item in enumerate(items) if item.label == "Lãnh đạo nêu trong nguồn")
    return [words(item.text).split(" – ")[0] for item in items[at : at + len(people)]]


GUEST = Person("Lê Văn Khách", ("Ủy viên Ban Thường vụ Tỉnh ủy", "Phó Chủ tịch UBND tỉnh"), ())
MEMBER = Person("Phạm Thị Sở Tại", ("Huyện ủy viên", "Bí thư Đảng ủy xã"), ())
PLAIN = Person("Trần Văn Trống", ("Phó Chủ tịch HĐND",), ())
DISTRICT = Person("Đỗ Văn Huyện", ("Bí thư Huyện ủy",), ())


def test_the_places_own_people_come_before_guests() -> None:
    assert named(GUEST, DISTRICT, MEMBER, level=Level.XA) == ["Phạm Thị Sở Tại", "Lê Văn Khách", "Đỗ Văn Huyện"]
    assert named(GUEST, DISTRICT, MEMBER, level=Level.HUYEN) == ["Đỗ Văn Huyện", "Phạm Thị Sở Tại", "Lê Văn Khách"]
    assert named(GUEST, PLAIN, level=Level.XA) == ["Trần Văn Trống", "Lê Văn Khách"]
    assert named(GUEST, DISTRICT, level=Level.TINH) == ["Lê Văn Khách", "Đỗ Văn Huyện"]


def test_a_profiles_order_of_people_stands() -> None:
    assert named(GUEST, MEMBER, level=Level.XA, by_profile=True) == ["Lê Văn Khách", "Phạm Thị Sở Tại"]


def test_a_town_is_no_commune() -> None:
    town = Person("Vũ Văn Thị", ("Chủ tịch UBND thị xã",), ())
    assert named(town, MEMBER, level=Level.XA) == ["Phạm Thị Sở Tại", "Vũ Văn Thị"]


# --- entries of lists ------------------------------------------------------------------------------------------------------------


def tasks(*quotes: str, length: str | None = None) -> list[str]:
    src = source(" ".join(quotes))
    given = tuple(statement(src, quote, StatementKind.TASK) for quote in quotes)
    brief = compose(dossier(src, next_tasks=given), {}, length=length)
    return [words(item.text) for part in brief.sections if part.id == "nhiem-vu" for item in part.items]


def test_an_entry_that_breaks_off_is_left_out_and_named() -> None:
    whole, broken = "Mở rộng chợ xã.", "Thu ngân sách đạt 95% so"
    assert tasks(whole, broken) == ["Mở rộng chợ xã."]
    assert tasks(whole, broken, length="full") == ["Mở rộng chợ xã.", "Thu ngân sách đạt 95% so."]
    assert tasks("Xây dựng đường liên thôn, nhất là các tuyến còn lầy.") == ["Xây dựng đường liên thôn, nhất là các tuyến còn lầy."]


def test_marks_of_lists_and_footnotes_are_no_words() -> None:
    assert tasks("I. Phát triển làng nghề.") == ["Phát triển làng nghề."]
    assert tasks("Quảng bá sản phẩm của làng[3].") == ["Quảng bá sản phẩm của làng."]
    assert tasks("A Lưới phát triển du lịch.") == ["A Lưới phát triển du lịch."]
