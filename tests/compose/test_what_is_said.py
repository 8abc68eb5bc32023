"""Figures keep the sense of their sentence: whose verb it is, whose plan it is, what is hoped for and who merely came."""

from __future__ import annotations

import unicodedata

import pytest
from small_dossiers import amount, dossier, passage, quantity, section, source, statement, words

from toolkit.compose import compose
from toolkit.compose.labels import read_on_apart, read_on_behind
from toolkit.compose.standard import standard
from toolkit.model.brief import IndicatorRow
from toolkit.model.context import Report, Sector
from toolkit.model.fact import Indicator, Mode, StatementKind, Status


def rows(src, facts, **more) -> tuple[IndicatorRow, ...]:  # type: ignore[no-untyped-def]
    return section(compose(dossier(src, facts, **more), {}).sections, "chi-tieu").rows


def targets(src, *quotes: str):  # type: ignore[no-untyped-def]
    """Attainments that count targets, as the extractor reads them."""
    return [
        quantity(src, q, amount("count", q.split()[0], unit="chỉ tiêu"), "chỉ tiêu", "attainment", "chung", indicator="so-chi-tieu")
        for q in quotes
    ]


# --- counts of targets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trong 30 tiêu chuẩn, có 8 chỉ tiêu vượt và 21 chỉ tiêu đạt.", [("Chỉ tiêu vượt", "8"), ("Chỉ tiêu đạt", "21")]),
        ("Xã thực hiện vượt 7 chỉ tiêu, đạt 12 chỉ tiêu.", [("Chỉ tiêu vượt", "7"), ("Chỉ tiêu đạt", "12")]),
        ("Hoàn thành 18 chỉ tiêu đại hội đề ra.", [("Chỉ tiêu hoàn thành", "18")]),
        ("Có 14 chỉ tiêu kinh tế đạt và vượt, 2 chỉ tiêu chưa đạt.", [("Chỉ tiêu đạt và vượt", "14"), ("Chỉ tiêu chưa đạt", "2")]),
        ("Tổng số 19 chỉ tiêu.", [("Chỉ tiêu hoàn thành", "19")]),
        ("Có 11 chỉ tiêu có khả năng sẽ đạt vào cuối nhiệm kỳ.", [("Chỉ tiêu có khả năng sẽ đạt", "11")]),
    ],
)
def test_a_count_of_targets_has_its_own_verb(text: str, told: list[tuple[str, str]]) -> None:
    src = source(text)
    facts = targets(src, *(f"{count} chỉ tiêu" for _, count in told))
    printed = rows(src, facts)
    assert [(row.label, words(row.result), words(row.against_plan)) for row in printed] == [
        (label, f"{count}~chỉ tiêu", "") for label, count in told
    ]


def test_a_count_of_targets_is_not_named_after_what_was_carried_out() -> None:
    src = source("Phường thực hiện Nghị quyết đạt và vượt 17 chỉ tiêu.")
    fact = quantity(src, "17 chỉ tiêu", amount("count", "17", unit="chỉ tiêu"), "thực hiện nghị quyết", "attainment", "chung")
    assert [row.label for row in rows(src, (fact,))] == ["Chỉ tiêu đạt và vượt"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Có 8 chỉ tiêu vượt, 21 chỉ tiêu đạt. Tỷ lệ che phủ rừng đạt 41%.", "8 chỉ tiêu vượt"),
        ("Hoàn thành 29/30 chỉ tiêu. Có 8 chỉ tiêu vượt. Tỷ lệ che phủ rừng đạt 41%.", "hoàn thành 29/30 chỉ tiêu"),
        ("Có 2 chỉ tiêu xấp xỉ đạt. Tỷ lệ che phủ rừng đạt 41%.", "tỷ lệ che phủ rừng đạt 41%"),
        ("Có 9 chỉ tiêu có khả năng đạt. Tỷ lệ che phủ rừng đạt 41%.", "tỷ lệ che phủ rừng đạt 41%"),
    ],
)
def test_counts_of_targets_lead_where_no_whole_does(text: str, first: str) -> None:
    src = source(text)
    facts = [quantity(src, "41%", amount("percent", "41", unit="%"), "tỷ lệ che phủ rừng", indicator="che-phu-rung")]
    if "29/30" in text:
        share = amount("fraction", "29", of="30", unit="chỉ tiêu")
        facts.append(quantity(src, "29/30 chỉ tiêu", share, "hoàn thành chỉ tiêu", "attainment", "chung", indicator="so-chi-tieu"))
    facts += targets(src, *(q for q in ("8 chỉ tiêu", "21 chỉ tiêu", "2 chỉ tiêu", "9 chỉ tiêu") if f" {q}" in text))
    facts.sort(key=lambda fact: fact.quote.start)
    assert compose(dossier(src, facts), {}).summary.split(": ", 1)[1].replace("\u00a0", " ").startswith(first)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("kinh tế chỉ tiêu", "Chỉ tiêu kinh tế"),
        ("văn hóa-xã hội chỉ tiêu", "Chỉ tiêu văn hóa-xã hội"),
        ("hoàn thành chỉ tiêu", "Hoàn thành chỉ tiêu"),
    ],
)
def test_targets_of_a_sector_are_named_as_one_speaks(label: str, shown: str) -> None:
    src = source("Kết quả: 4/5 chỉ tiêu.")
    fact = quantity(src, "4/5 chỉ tiêu", amount("fraction", "4", of="5", unit="chỉ tiêu"), label, "attainment")
    assert [row.label for row in rows(src, (fact,))] == [shown]


# --- plans ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Thu ngân sách đạt 121% huyện giao và đạt 240% kế hoạch tỉnh giao.", "đạt 121% kế hoạch huyện giao"),
        ("Thu ngân sách đạt 121% so với dự toán.", "đạt 121% dự toán"),
        ("Thu ngân sách đạt 121% và thu phí đạt 99% dự toán.", "đạt 121% kế hoạch"),
        ("Thu ngân sách ước đạt 121% dự toán.", "ước đạt 121% dự toán"),
    ],
)
def test_a_share_is_measured_by_its_own_plan_and_has_one_verb(text: str, says: str) -> None:
    src = source(text)
    bound = "about" if "ước" in text else "exact"
    fact = quantity(src, "121%", amount("percent", "121", unit="%", bound=bound), "thu ngân sách", "attainment")
    (row,) = rows(src, (fact,))
    assert words(row.against_plan) == says


def test_a_verdict_stands_before_a_figure_that_has_its_verb() -> None:
    src = source("Thu ngân sách ước đạt 121% dự toán.")
    fact = quantity(src, "121%", amount("percent", "121", unit="%", bound="about"), "thu ngân sách", "attainment", id="a")
    row = Indicator("a", "thu ngân sách", Sector.KINH_TE, attainments=("a",), status=Status.EXCEEDED)
    brief = compose(dossier(src, (fact,), indicators=(row,)), {})
    (printed,) = section(brief.sections, "chi-tieu").rows
    assert printed.status_text + words(printed.against_plan) == "Vượt, ước đạt 121% dự toán"
    assert "đạt ước đạt" not in brief.summary


def test_large_type_has_no_verb() -> None:
    src = source("Thu ngân sách ước đạt 52 tỷ đồng. Tỷ lệ hộ nghèo còn 2%.")
    money = quantity(src, "52 tỷ đồng", amount("money", "52000000000", unit="đồng", bound="about"), "thu ngân sách")
    poor = quantity(src, "2%", amount("percent", "2", unit="%"), "tỷ lệ hộ nghèo")
    cards = compose(dossier(src, (money, poor)), {}).key_figures
    assert words((cards[0].figure,)) == "ước 52~tỷ~đồng"


@pytest.mark.parametrize(("reached", "says"), [(True, "đạt 125% kế hoạch (40~đảng viên)"), (False, "kế hoạch: 40~đảng viên")])
def test_the_plan_stands_behind_the_share_that_names_it(reached: bool, says: str) -> None:
    src = source("Kế hoạch kết nạp 40 đảng viên, đã kết nạp 50 đảng viên, đạt 125% kế hoạch.")
    of = {"sector": "xay-dung-dang"}
    facts = [
        quantity(src, "40 đảng viên", amount("count", "40", unit="đảng viên"), "kết nạp đảng viên", "plan", id="p", **of),
        quantity(src, "50 đảng viên", amount("count", "50", unit="đảng viên"), "kết nạp đảng viên", id="r", **of),
        quantity(src, "125%", amount("percent", "125", unit="%"), "kết nạp đảng viên", "attainment", id="a", **of),
    ]
    row = Indicator(
        "kn",
        "kết nạp đảng viên",
        Sector.XAY_DUNG_DANG,
        results=("r",),
        plans=("p",),
        attainments=("a",) if reached else (),
    )
    (printed,) = rows(src, facts if reached else facts[:2], indicators=(row,))
    assert words(printed.against_plan) == says


# --- changes --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Thu ngân sách đạt 9 tỷ đồng, bằng 131% so cùng kỳ.", "9~tỷ~đồng (bằng 131% so với cùng kỳ)"),
        ("Thu ngân sách đạt 9 tỷ đồng, bằng 131%.", "9~tỷ~đồng (bằng~131%)"),
        ("Thu ngân sách đạt 9 tỷ đồng, tăng 131% so cùng kỳ.", "9~tỷ~đồng (tăng~131%)"),
    ],
)
def test_a_change_says_what_it_is(text: str, says: str) -> None:
    src = source(text)
    got = quantity(src, "9 tỷ đồng", amount("money", "9000000000", unit="đồng"), "thu ngân sách", id="got")
    change = quantity(src, "131%", amount("percent", "131", unit="%"), "thu ngân sách", "change", id="change")
    row = Indicator("thu", "thu ngân sách", Sector.KINH_TE, results=("got",), changes=("change",))
    (printed,) = rows(src, (got, change), indicators=(row,))
    assert words(printed.result) == says


@pytest.mark.parametrize(
    ("text", "label", "says"),
    [
        ("Tăng trưởng kinh tế đạt 10,4% (tăng 2,15% so với nhiệm kỳ trước).", "tăng trưởng kinh tế", "10,4% (tăng~2,15%)"),
        ("Hộ nghèo còn 10,4%, thấp hơn 2,15% so với 3 năm trước.", "hộ nghèo", "10,4% (thấp~hơn~2,15%)"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_change_in_brackets_has_its_word(text: str, label: str, says: str, form: str) -> None:
    src = source(unicodedata.normalize(form, text))  # type: ignore[arg-type]
    facts = [
        quantity(src, "10,4%", amount("percent", "10.4", unit="%"), label, id="r"),
        quantity(src, "2,15%", amount("percent", "2.15", unit="%"), label, "change", id="c"),
    ]
    row = Indicator("i", label, Sector.KINH_TE, results=("r",), changes=("c",))
    (printed,) = rows(src, facts, indicators=(row,))
    assert words(printed.result) == says


def test_a_change_dated_after_the_year_of_the_report_is_hoped_for() -> None:
    src = source("Năm 2023, thu ngân sách tăng 8%. Năm 2024, giảm 40% số hộ nghèo.")
    got = quantity(src, "8%", amount("percent", "8", unit="%"), "thu ngân sách", "change", period="2023")
    aim = quantity(src, "40%", amount("percent", "40", unit="%"), "số hộ nghèo", "change", "van-hoa-xa-hoi", period="2024")
    brief = compose(dossier(src, (got, aim), report=Report.ANNUAL, year="2023"), {})
    assert [row.label for row in section(brief.sections, "chi-tieu").rows] == ["Thu ngân sách"]
    (task,) = section(brief.sections, "nhiem-vu").items
    assert words(task.text) == "Số hộ nghèo: giảm 40% (năm~2024)"


def test_a_change_against_the_year_before_has_happened_even_among_plans() -> None:
    text = "Nhiệm vụ: doanh thu vận tải tăng 6% so với cùng kỳ, doanh thu du lịch tăng 9%."
    src = source(text)
    facts = [
        quantity(src, "6%", amount("percent", "6", unit="%"), "doanh thu vận tải", "change"),
        quantity(src, "9%", amount("percent", "9", unit="%"), "doanh thu du lịch", "change"),
    ]
    plan = passage(src, text, Sector.KINH_TE, Mode.PLAN)
    assert [row.label for row in rows(src, facts, sentences=(plan,))] == ["Doanh thu vận tải"]


# --- what is told with the sectors ----------------------------------------------------------------------------------------------


def told(src, facts, **more) -> list[str]:  # type: ignore[no-untyped-def]
    parts = section(compose(dossier(src, facts, **more), {}).sections, "linh-vuc").parts
    return [words(item.text) for part in parts for item in part.figures]


def test_guests_are_no_result() -> None:
    src = source("Dự đại hội có 120 đại biểu. Cử tri bầu 24 đại biểu hội đồng nhân dân xã.")
    facts = [
        quantity(src, "120 đại biểu", amount("count", "120", unit="đại biểu"), "đại biểu dự đại hội", sector="chung"),
        quantity(src, "24 đại biểu", amount("count", "24", unit="đại biểu"), "bầu đại biểu", sector="chinh-quyen"),
    ]
    assert told(src, facts) == ["Bầu 24~đại biểu"]


def test_a_figure_that_a_later_sector_tells_is_not_told_before() -> None:
    text = "Xã làm mới 6 km đường, trồng 9 km hoa."
    src = source(text)
    facts = [
        quantity(src, "6 km", amount("measure", "6", unit="km"), "làm mới đường", sector="do-thi"),
        quantity(src, "9 km", amount("measure", "9", unit="km"), "trồng hoa", sector="kinh-te"),
    ]
    digest = {Sector.DO_THI: (passage(src, text, Sector.DO_THI),)}
    parts = section(compose(dossier(src, facts), digest).sections, "linh-vuc").parts
    assert [(part.sector, len(part.figures)) for part in parts] == [(Sector.DO_THI, 0)]


@pytest.mark.parametrize(
    ("award", "left"),
    [
        ("xã được tặng cờ thi đua", "… Thu ngân sách đạt 9 tỷ đồng; hộ nghèo còn 2%."),
        ("hộ nghèo còn 2%", "Xã được tặng cờ thi đua; thu ngân sách đạt 9 tỷ đồng…"),
        ("thu ngân sách", "Xã được tặng cờ thi đua; thu ngân sách đạt 9 tỷ đồng; hộ nghèo còn 2%."),
    ],
)
def test_a_clause_that_an_entry_tells_is_not_told_again(award: str, left: str) -> None:
    text = "xã được tặng cờ thi đua; thu ngân sách đạt 9 tỷ đồng; hộ nghèo còn 2%."
    src = source(text)
    digest = {Sector.KINH_TE: (passage(src, text, Sector.KINH_TE),)}
    given = dossier(src, awards=(statement(src, award, StatementKind.AWARD),))
    (part,) = section(compose(given, digest).sections, "linh-vuc").parts
    assert words(part.sentences[0].text) == left


def test_a_quotation_mark_that_opens_nothing_goes() -> None:
    text = "Đời sống nhân dân ngày càng khá lên”."
    src = source(text)
    digest = {Sector.KINH_TE: (passage(src, text, Sector.KINH_TE),)}
    (part,) = section(compose(dossier(src), digest).sections, "linh-vuc").parts
    assert words(part.sentences[0].text) == "Đời sống nhân dân ngày càng khá lên."


def test_what_an_award_tells_is_not_told_again() -> None:
    text = "Xã có 6 mô hình hay được huyện tặng giấy khen. Kết nạp 31 đảng viên."
    src = source(text)
    facts = [
        quantity(src, "6 mô hình", amount("count", "6", unit="mô hình"), "mô hình hay được huyện", sector="chung"),
        quantity(src, "31 đảng viên", amount("count", "31", unit="đảng viên"), "kết nạp đảng viên", sector="xay-dung-dang"),
    ]
    award = statement(src, "Xã có 6 mô hình hay được huyện tặng giấy khen.", StatementKind.AWARD)
    assert told(src, facts, awards=(award,)) == ["Kết nạp 31~đảng viên"]
    assert "6~mô hình hay được huyện" in told(src, facts)


@pytest.mark.parametrize(
    ("label", "unit", "says"),
    [
        ("đạt và vượt nhiệm vụ trọng tâm", "nhiệm vụ", "Đạt và vượt 7~nhiệm vụ trọng tâm"),
        ("thực hiện các kế hoạch công tác", "kế hoạch", "Thực hiện các kế hoạch công tác: 7~kế hoạch"),
        ("tổng số đảng viên bị kỷ luật", "đảng viên", "Tổng số đảng viên bị kỷ luật: 7~đảng viên"),
        ("biểu chính thức", "đảng viên", None),
    ],
)
def test_a_count_stands_where_its_noun_stands(label: str, unit: str, says: str | None) -> None:
    src = source(f"Có 7 {unit} ở đây.")
    fact = quantity(src, f"7 {unit}", amount("count", "7", unit=unit), label, sector="xay-dung-dang")
    assert told(src, (fact,)) == ([] if says is None else [says])


@pytest.mark.parametrize(
    ("label", "after", "whole"),
    [
        ("huy động cho công tác xây dựng nông", " cho công tác xây dựng nông thôn mới, lũy kế 9 xã", "xây dựng nông thôn mới"),
        ("đảng viên đủ tư cách hoàn thành và hoàn", " đảng viên đủ tư cách hoàn thành và hoàn thành tốt nhiệm vụ.", "tốt nhiệm vụ"),
        ("luân chuyển về cơ sở cán bộ trẻ", " cán bộ trẻ (chiếm 21%), 30% cán bộ trẻ tuổi", "cán bộ trẻ"),
        ("tổng số hộ được vay vốn ưu đãi", " tỷ đồng cho vay.", "vay vốn ưu đãi"),
    ],
)
def test_a_label_cut_behind_its_figure_is_read_on(label: str, after: str, whole: str) -> None:
    assert read_on_behind(label, after, standard().label_stops).endswith(whole)


@pytest.mark.parametrize(
    ("label", "before", "whole"),
    [
        (
            "tổng số tiền chăm lo cho đối tượng chính",
            "Xã chăm lo cho 900 đối tượng chính sách với tổng số tiền ",
            "đối tượng chính sách",
        ),
        ("số tiền trường hợp vi phạm trật tự đô", "Xử phạt 71 trường hợp vi phạm trật tự đô thị, số tiền ", "trật tự đô thị"),
        ("tổng số tiền hỗ trợ sửa chữa nhà", "Hỗ trợ sửa chữa nhà ở với tổng số tiền ", "sửa chữa nhà"),
        ("trị giá trao phương tiện sinh kế", "Trao phương tiện sinh kế trị giá ", "sinh kế"),
        ("tổng số tiền của các nhà hảo tâm", "Tổng số tiền ủng hộ là ", "nhà hảo tâm"),
    ],
)
def test_a_label_cut_before_its_figure_is_read_on(label: str, before: str, whole: str) -> None:
    assert read_on_apart(label, before, standard().label_stops).endswith(whole)


# --- ways and strange changes ----------------------------------------------------------------------------------------------------


def money(value: int):  # type: ignore[no-untyped-def]
    return amount("money", str(value * 10**9), unit="đồng")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "Giá trị sản xuất tăng từ 120 tỷ đồng năm 2010 lên 310 tỷ đồng năm 2015.",
            [("120~tỷ~đồng → 310~tỷ~đồng", "2010–2015")],
        ),
        (
            "Giá trị sản xuất năm 2010 là 120 tỷ đồng. Đến nay giá trị sản xuất đạt 310 tỷ đồng.",
            [("120~tỷ~đồng", "2010"), ("310~tỷ~đồng", "2015")],
        ),
    ],
)
def test_a_way_from_year_to_year_is_one_row(text: str, printed: list[tuple[str, str]]) -> None:
    src = source(text)
    facts = [
        quantity(src, "120 tỷ đồng", money(120), "giá trị sản xuất", period="2010"),
        quantity(src, "310 tỷ đồng", money(310), "giá trị sản xuất", period="2015"),
    ]
    assert [(words(row.result), row.period) for row in rows(src, facts, term="2011-2015")] == printed


def test_a_way_leads_by_its_end() -> None:
    src = source("Giá trị sản xuất tăng từ 120 tỷ đồng năm 2010 lên 310 tỷ đồng năm 2015. Tỷ lệ hộ nghèo còn 3%.")
    facts = [
        quantity(src, "120 tỷ đồng", money(120), "giá trị sản xuất", period="2010"),
        quantity(src, "310 tỷ đồng", money(310), "giá trị sản xuất", period="2015"),
        quantity(src, "3%", amount("percent", "3", unit="%"), "tỷ lệ hộ nghèo"),
    ]
    brief = compose(dossier(src, facts, term="2011-2015"), {})
    first = brief.key_figures[0]
    assert (words((first.figure,)), first.caption) == ("310~tỷ~đồng", "Giá trị sản xuất, năm\u00a02015")
    assert "giá trị sản xuất năm\u00a02015 đạt 310\u00a0tỷ\u00a0đồng" in brief.summary


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Kết nạp 31 đảng viên, nâng tổng số lên 480 đồng chí, tăng 90 đảng viên.", "31~đảng viên"),
        ("Kết nạp 31 đảng viên, tăng 90 đảng viên so với năm 2020.", "31~đảng viên (tăng 90~đảng viên)"),
    ],
)
def test_a_change_of_another_figure_is_not_told_of_this_one(text: str, says: str) -> None:
    src = source(text)
    of = {"sector": "xay-dung-dang", "indicator": "ket-nap"}
    got, more = (amount("count", n, unit="đảng viên") for n in ("31", "90"))
    facts = [
        quantity(src, "31 đảng viên", got, "kết nạp đảng viên", id="a", **of),
        quantity(src, "90 đảng viên", more, "kết nạp đảng viên", "change", id="b", **of),
    ]
    row = Indicator("a", "kết nạp đảng viên", Sector.XAY_DUNG_DANG, results=("a",), changes=("b",))
    brief = compose(dossier(src, facts, indicators=(row,)), {}, length="full")
    (shown,) = section(brief.sections, "chi-tieu").rows
    assert words(shown.result) == says
    assert any("b" in issue.message for issue in brief.issues if issue.code == "left-out-by-length") is ("90" not in says)
