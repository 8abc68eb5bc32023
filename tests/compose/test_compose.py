"""The composed brief: what stands where, what never stands anywhere, and that nothing is blank."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_dossiers import PLACE, amount, by_id, dossier, passage, quantity, section, settled, source, statement, words

from toolkit.compose import compose, lengths
from toolkit.model.brief import Figure
from toolkit.model.context import Locality, Report, Sector
from toolkit.model.dossier import Display, Origin, OriginKind, Settled
from toolkit.model.fact import CitedDocument, Indicator, Mode, Person, StatementKind, Status, Theme

TEXT = (
    "Đảng bộ phường Hạ Đình, quận Thanh Xuân tổ chức tổng kết. "
    "Thu ngân sách trên địa bàn năm 2024 đạt 11 tỷ 708 triệu đồng, đạt 143% kế hoạch quận giao. "
    "Tỷ lệ hộ nghèo giảm còn 0,4%. Kết nạp 40 đảng viên. "
    "Phấn đấu đến năm 2030 thu ngân sách đạt 20 tỷ đồng."
)
SRC = source(TEXT, title="Dấu ấn một nhiệm kỳ", published="2025-03-09", publisher="Báo Thử")
REVENUE = quantity(
    SRC, "11 tỷ 708 triệu đồng", amount("money", "11708000000", unit="đồng"), "thu ngân sách trên địa bàn", period="2024", id="thu"
)
MET = quantity(SRC, "143%", amount("percent", "143", unit="%"), "thu ngân sách trên địa bàn", "attainment", period="2024", id="dat")
POOR = quantity(SRC, "0,4%", amount("percent", "0.4", unit="%"), "tỷ lệ hộ nghèo", sector="van-hoa-xa-hoi", id="ngheo")
MEMBERS = quantity(
    SRC, "40 đảng viên", amount("count", "40", unit="đảng viên"), "kết nạp đảng viên", sector="xay-dung-dang", id="kn"
)
AIM = quantity(SRC, "20 tỷ đồng", amount("money", "20000000000", unit="đồng"), "thu ngân sách", "plan", period="2030", id="dich")
ALL = (REVENUE, MET, POOR, MEMBERS, AIM)


def test_results_and_attainment_of_one_thing_are_one_row_and_share_their_note() -> None:
    rows = section(compose(dossier(SRC, ALL), {}).sections, "chi-tieu").rows
    first = rows[0]
    assert (first.label, words(first.result), words(first.against_plan)) == (
        "Thu ngân sách trên địa bàn",
        "11~tỷ~708~triệu~đồng",
        "đạt 143% kế hoạch quận giao",
    )
    assert first.period == "2024"
    assert len(first.notes) == 1
    assert [r.sector for r in rows] == [Sector.KINH_TE, Sector.VAN_HOA_XA_HOI]


def test_a_count_is_told_with_its_sector_and_not_in_the_table() -> None:
    brief = compose(dossier(SRC, ALL), {})
    assert all("đảng viên" not in row.label for row in section(brief.sections, "chi-tieu").rows)
    parts = {part.sector: part for part in section(brief.sections, "linh-vuc").parts}
    assert [words(item.text) for item in parts[Sector.XAY_DUNG_DANG].figures] == ["Kết nạp 40~đảng viên"]


def test_next_terms_aims_are_never_results() -> None:
    brief = compose(dossier(SRC, ALL), {})
    ids = {
        part.fact
        for row in section(brief.sections, "chi-tieu").rows
        for part in (*row.result, *row.against_plan)
        if isinstance(part, Figure)
    }
    assert ids == {"thu", "dat", "ngheo"}
    aims = section(brief.sections, "nhiem-vu").items
    assert [(item.label, words(item.text)) for item in aims] == [("Chỉ tiêu:", "Thu ngân sách: 20~tỷ~đồng (năm~2030)")]
    assert "20 tỷ" not in brief.summary.replace("\u00a0", " ")


def test_an_aim_in_a_passage_about_the_future_stays_out_even_without_a_year() -> None:
    text = "Thu ngân sách đạt 15 tỷ đồng. Thời gian tới, phấn đấu thu ngân sách đạt 20 tỷ đồng."
    src = source(text)
    got = quantity(src, "15 tỷ đồng", amount("money", "15000000000", unit="đồng"), "thu ngân sách", id="got")
    aim = quantity(src, "20 tỷ đồng", amount("money", "20000000000", unit="đồng"), "thu ngân sách", "plan", id="aim")
    plan = passage(src, "Thời gian tới, phấn đấu thu ngân sách đạt 20 tỷ đồng.", Sector.KINH_TE, Mode.PLAN)
    row = Indicator("thu", "thu ngân sách", Sector.KINH_TE, results=("got",), plans=("aim",))
    brief = compose(dossier(src, (got, aim), sentences=(plan,), indicators=(row,)), {})
    (printed,) = section(brief.sections, "chi-tieu").rows
    assert words(printed.against_plan) == ""
    assert words(section(brief.sections, "nhiem-vu").items[0].text) == "Thu ngân sách: 20~tỷ~đồng"


def test_a_plan_of_the_reported_term_stands_beside_its_result() -> None:
    src = source("Kế hoạch thu 12 tỷ đồng, thực hiện 15 tỷ đồng.")
    plan = quantity(src, "12 tỷ đồng", amount("money", "12000000000", unit="đồng"), "thu", "plan", id="plan", period="2024")
    got = quantity(src, "15 tỷ đồng", amount("money", "15000000000", unit="đồng"), "thu", id="got", period="2024")
    row = Indicator("thu", "thu ngân sách", Sector.KINH_TE, "2024", results=("got",), plans=("plan",), status=Status.EXCEEDED)
    brief = compose(dossier(src, (plan, got), indicators=(row,)), {})
    (printed,) = section(brief.sections, "chi-tieu").rows
    assert (words(printed.against_plan), printed.status_text) == (" (kế hoạch: 12~tỷ~đồng)", "Vượt")


@pytest.mark.parametrize(
    ("text", "quote", "value", "says"),
    [
        ("Thu ngân sách đạt 143% kế hoạch.", "143%", "143", "đạt 143% kế hoạch"),
        ("Thu ngân sách vượt 14,16% so với Nghị quyết đề ra.", "14,16%", "14.16", "vượt 14,16% so với Nghị quyết"),
        ("Thu thuế vượt 160% chỉ tiêu được giao.", "160%", "160", "vượt 160% chỉ tiêu được giao"),
        ("Vượt khó vươn lên, thu đạt 95%.", "95%", "95", "đạt 95% kế hoạch"),
    ],
)
def test_words_of_an_attainment(text: str, quote: str, value: str, says: str) -> None:
    src = source(text)
    fact = quantity(src, quote, amount("percent", value, unit="%"), "thu ngân sách", "attainment")
    (row,) = section(compose(dossier(src, (fact,)), {}).sections, "chi-tieu").rows
    assert words(row.against_plan) == says


@pytest.mark.parametrize(
    ("text", "quote", "bound", "says"),
    [
        ("Có gần 500 hộ.", "500 hộ", "under", "gần 500~hộ"),
        ("Có dưới 500 hộ.", "500 hộ", "under", "dưới 500~hộ"),
        ("Tạo việc cho hơn 750 hộ.", "750 hộ", "over", "hơn 750~hộ"),
        ("Từ 90% trở lên.", "90%", "over", "90% trở lên"),
        ("Ước đạt 80 hộ.", "80 hộ", "about", "ước đạt 80~hộ"),
        ("Số liệu chừng ấy: 80 hộ.", "80 hộ", "about", "khoảng 80~hộ"),
    ],
)
def test_a_bound_in_the_sources_own_word(text: str, quote: str, bound: str, says: str) -> None:
    src = source(text)
    kind = "percent" if "%" in quote else "count"
    unit = "%" if "%" in quote else "hộ"
    fact = quantity(src, quote, amount(kind, quote.split(maxsplit=1)[0].rstrip("%"), unit=unit, bound=bound), "số hộ có nước sạch")
    brief = compose(dossier(src, (fact,)), {}, length="full")
    row = section(brief.sections, "chi-tieu").rows
    texts = [words(r.result) for r in row] + [words(i.text) for p in section(brief.sections, "linh-vuc").parts for i in p.figures]
    assert any(says in t for t in texts)


def test_predecessors_stand_side_by_side() -> None:
    src = source("Hoàn thành 11/12 chỉ tiêu (phường Kiến Hưng), 13/14 chỉ tiêu (phường Phú La).")
    place = replace(PLACE, name="Kiến Hưng", predecessors=("phường Kiến Hưng", "phường Phú La"))
    facts = [
        quantity(src, q, amount("fraction", a, of=b, unit="chỉ tiêu"), "hoàn thành chỉ tiêu", "attainment", "chung", place=where)
        for q, a, b, where in (("11/12 chỉ tiêu", "11", "12", "Kiến Hưng"), ("13/14 chỉ tiêu", "13", "14", "Phú La"))
    ]
    brief = compose(dossier(src, facts, locality=place), {})
    rows = section(brief.sections, "chi-tieu").rows
    assert [(words(r.result), r.place) for r in rows] == [("11/12~chỉ tiêu", "Kiến Hưng (cũ)"), ("13/14~chỉ tiêu", "Phú La (cũ)")]
    assert [(card.place, card.attainment) for card in brief.key_figures] == [("Kiến Hưng (cũ)", None), ("Phú La (cũ)", None)]


def test_another_units_figures_are_no_row_of_this_place() -> None:
    src = source("Toàn quận thu 900 tỷ đồng.")
    fact = quantity(src, "900 tỷ đồng", amount("money", "900000000000", unit="đồng"), "thu ngân sách", place="Thanh Xuân")
    brief = compose(dossier(src, (fact,)), {}, length="full")
    assert section(brief.sections, "chi-tieu").rows == ()
    (part,) = section(brief.sections, "linh-vuc").parts
    assert words(part.figures[0].text) == "Thu ngân sách: 900~tỷ~đồng (Thanh Xuân)"


def test_what_can_mean_either_gets_no_bar_unless_a_fraction_settles_it() -> None:
    src = source("Thu thuế vượt 160% chỉ tiêu. Có 1.138/820 bài dự thi, vượt 138,8% kế hoạch.")
    tax = quantity(src, "160%", amount("percent", "160", unit="%"), "thu thuế", "attainment", id="thue")
    share = quantity(src, "1.138/820 bài", amount("fraction", "1138", of="820", unit="bài"), "bài dự thi", "attainment", id="bai")
    percent = quantity(src, "138,8%", amount("percent", "138.8", unit="%"), "bài dự thi", "attainment", id="ty-le")
    row = Indicator("bai", "bài dự thi", Sector.KINH_TE, attainments=("bai", "ty-le"))
    brief = compose(dossier(src, (tax, share, percent), indicators=(row,)), {})
    bars = {words((card.figure,)): card.attainment for card in brief.key_figures}
    assert bars == {"138,8%": 1.388, "160%": None}
    assert [words(r.against_plan) for r in section(brief.sections, "chi-tieu").rows] == [
        "vượt 160% chỉ tiêu",
        "đạt 138,8% kế hoạch",
    ]


def test_computed_failure_is_not_told_but_a_stated_one_is() -> None:
    src = source("Bảo hiểm đạt 37,5% chỉ tiêu. Xây nhà chưa đạt, mới 60% kế hoạch.")
    a = quantity(src, "37,5%", amount("percent", "37.5", unit="%"), "bảo hiểm thất nghiệp", "attainment", id="a")
    b = quantity(src, "60%", amount("percent", "60", unit="%"), "xây nhà", "attainment", id="b")
    rows = (
        Indicator("a", "bảo hiểm thất nghiệp", Sector.KINH_TE, attainments=("a",), status=Status.MISSED),
        Indicator("b", "xây nhà", Sector.KINH_TE, attainments=("b",), status=Status.MISSED, stated=True),
    )
    printed = section(compose(dossier(src, (a, b), indicators=rows), {}).sections, "chi-tieu").rows
    assert [row.status_text for row in printed] == ["", "Chưa đạt"]


# --- sentences -----------------------------------------------------------------------------------------------------------------


def test_sentences_are_the_sources_words_with_their_figures_marked() -> None:
    digest = {Sector.KINH_TE: (passage(SRC, "Tỷ lệ hộ nghèo giảm còn 0,4%.", Sector.KINH_TE),)}
    part = section(compose(dossier(SRC, ALL), digest).sections, "linh-vuc").parts[0]
    (item,) = part.sentences
    assert item.verbatim
    assert item.quote_of == (SRC.id, TEXT.index("Tỷ lệ"), TEXT.index("Tỷ lệ") + 29)
    assert [(p.text, p.fact) for p in item.text if isinstance(p, Figure)] == [("0,4%", "ngheo")]


def test_only_results_are_told_of_the_past_term() -> None:
    digest = {Sector.KINH_TE: (passage(SRC, "Phấn đấu đến năm 2030 thu ngân sách đạt 20 tỷ đồng.", Sector.KINH_TE, Mode.PLAN),)}
    brief = compose(dossier(SRC, ALL), digest)
    assert all(part.sentences == () for part in section(brief.sections, "linh-vuc").parts)


def test_a_figure_that_a_profile_changed_is_changed_in_the_sentence_too_which_is_then_no_quotation() -> None:
    new = replace(POOR, amount=amount("percent", "0.5", unit="%"))
    changed = Settled(new, Origin(OriginKind.PROFILE, "profiles/ha-dinh.yaml:9:5", "số đã rà soát"), hidden=((POOR, "profile"),))
    digest = {Sector.VAN_HOA_XA_HOI: (passage(SRC, "Tỷ lệ hộ nghèo giảm còn 0,4%.", Sector.VAN_HOA_XA_HOI),)}
    brief = compose(dossier(SRC, (REVENUE, MET, changed)), digest)  # type: ignore[arg-type]
    (item,) = section(brief.sections, "linh-vuc").parts[0].sentences
    assert (words(item.text), item.quote_of, item.settled) == ("Tỷ lệ hộ nghèo giảm còn 0,5%.", None, True)
    row = next(r for r in section(brief.sections, "chi-tieu").rows if r.sector is Sector.VAN_HOA_XA_HOI)
    assert row.settled
    (note,) = [n for n in brief.notes if n.number in row.notes]
    assert (note.reason, note.profile) == ("số đã rà soát", "profiles/ha-dinh.yaml:9:5")


def test_a_sentence_that_a_list_prints_is_not_told_twice() -> None:
    src = source("Phường được tặng Cờ thi đua của Chính phủ năm 2023. Kinh tế phát triển.")
    award = statement(src, "Phường được tặng Cờ thi đua của Chính phủ năm 2023.", StatementKind.AWARD)
    digest = {Sector.CHUNG: (passage(src, "Phường được tặng Cờ thi đua của Chính phủ năm 2023.", Sector.CHUNG),)}
    brief = compose(dossier(src, awards=(award,)), digest)
    assert [words(i.text) for i in section(brief.sections, "mo-hinh-khen-thuong").items] == [
        "Phường được tặng Cờ thi đua của Chính phủ năm 2023."
    ]
    assert section(brief.sections, "linh-vuc").parts == ()


def test_the_same_statement_of_two_sources_is_printed_once() -> None:
    src = source("Còn nợ đọng xây dựng. Việc khác. còn nợ đọng xây dựng;")
    both = (
        statement(src, "Còn nợ đọng xây dựng", StatementKind.LIMITATION),
        statement(src, "còn nợ đọng xây dựng;", StatementKind.LIMITATION),
    )
    items = section(compose(dossier(src, limitations=both), {}).sections, "han-che").items
    assert [words(i.text) for i in items] == ["Còn nợ đọng xây dựng."]


# --- gaps, headline, lengths ---------------------------------------------------------------------------------------------------


def test_what_is_missing_is_worded_and_listed() -> None:
    src = source("Phường tổ chức gặp mặt.")
    brief = compose(dossier(src, term=None, locality=Locality("Hạ Đình"), report=Report.OTHER), {})
    found = by_id(brief.sections)
    assert found["chi-tieu"].gap is not None
    assert found["linh-vuc"].gap is not None
    (item,) = found["con-thieu"].items
    assert words(item.text) == ("Mô hình và khen thưởng; hạn chế; bài học kinh nghiệm; phương hướng, nhiệm vụ.")
    gaps = {i.label: words(i.text) for i in found["thong-tin-chung"].items if i.gap}
    assert gaps == {"Trực thuộc": "nguồn không nêu", "Nhiệm kỳ": "nguồn không nêu"}
    assert {i.code for i in brief.issues} == {"brief-gap"}
    assert len(brief.issues) == 8
    assert brief.key_figures == ()
    assert brief.summary == "Hạ Đình, kết quả thực hiện nhiệm vụ."


@pytest.mark.parametrize(
    ("report", "term", "year", "says"),
    [
        (Report.FULL_TERM, "2015-2020", None, "Kết quả nhiệm kỳ 2015–2020"),
        (Report.HALF_TERM, "2020-2025", None, "Kết quả nửa đầu nhiệm kỳ 2020–2025"),
        (Report.ANNUAL, "2020-2025", "2022", "Kết quả năm 2022"),
        (Report.ANNUAL, None, None, "Kết quả công tác năm"),
        (Report.OTHER, "2020-2025", None, "Kết quả thực hiện nhiệm vụ, nhiệm kỳ 2020–2025"),
        (Report.OTHER, None, None, "Kết quả thực hiện nhiệm vụ"),
        (Report.HALF_TERM, None, None, "Kết quả nửa đầu nhiệm kỳ"),
    ],
)
def test_headline(report: Report, term: str | None, year: str | None, says: str) -> None:
    brief = compose(dossier(SRC, term=term, report=report, year=year), {})
    assert brief.headline == says
    assert brief.title == f"Phường Hạ Đình: {says[0].lower()}{says[1:]}"


def test_kicker_takes_levels_from_the_source_and_guesses_none() -> None:
    assert compose(dossier(SRC), {}).kicker == "Quận Thanh Xuân, Hà Nội"


def test_summary_is_one_sentence_of_the_weightiest_figures() -> None:
    brief = compose(dossier(SRC, ALL), {})
    assert brief.summary.replace("\u00a0", " ") == (
        "Phường Hạ Đình, kết quả nhiệm kỳ 2020–2025: thu ngân sách trên địa bàn năm 2024 đạt 143% kế hoạch quận giao; "
        "tỷ lệ hộ nghèo còn 0,4%."
    )


def test_a_place_without_figures_still_reads_well() -> None:
    src = source("Công tác văn hóa được quan tâm. Quốc phòng được giữ vững.")
    digest = {
        Sector.VAN_HOA_XA_HOI: (passage(src, "Công tác văn hóa được quan tâm.", Sector.VAN_HOA_XA_HOI),),
        Sector.QUOC_PHONG_AN_NINH: (passage(src, "Quốc phòng được giữ vững.", Sector.QUOC_PHONG_AN_NINH),),
    }
    brief = compose(dossier(src), digest)
    assert brief.summary == (
        "Phường Hạ Đình, kết quả nhiệm kỳ 2020–2025: tóm tắt kết quả trên các lĩnh vực văn hóa - xã hội và quốc phòng - an ninh."
    )


def test_an_unknown_place_is_worded() -> None:
    brief = compose(dossier(SRC, ALL, locality=Locality("")), {})
    assert brief.place_text == "Địa phương chưa xác định"
    (gap,) = [i for i in section(brief.sections, "thong-tin-chung").items if i.label == "Địa phương"]
    assert gap.gap


def test_date_is_the_profiles_else_the_latest_sources_and_never_a_clocks() -> None:
    assert (compose(dossier(SRC), {}).date, compose(dossier(SRC), {}).date_text.replace("\u00a0", " ")) == (
        "2025-03-09",
        "Theo nguồn ngày 09 tháng 3 năm 2025",
    )
    told = compose(dossier(SRC, display=Display(date="2025-06-01")), {})
    assert told.date == "2025-06-01"
    assert compose(dossier(source("Không ngày.")), {}).date_text == "Nguồn không ghi ngày"


def test_an_inferred_term_is_marked() -> None:
    plain = dossier(SRC, term=None)
    inferred = replace(plain, term=Settled("2020-2025", Origin(OriginKind.INFERRED)))
    fields = {i.label: words(i.text) for i in section(compose(inferred, {}).sections, "thong-tin-chung").items}
    assert fields["Nhiệm kỳ"] == "2020–2025 (suy từ chu kỳ đại hội)"


def test_lengths_hold_more_and_more_and_say_what_they_leave_out() -> None:
    text = " ".join(f"Kết quả số {i} đạt {i + 10},5% toàn phường." for i in range(1, 31))
    src = source(text)
    facts = [quantity(src, f"{i + 10},5%", amount("percent", f"{i + 10}.5", unit="%"), f"kết quả số {i}") for i in range(1, 31)]
    counts = [len(section(compose(dossier(src, facts), {}, length=name).sections, "chi-tieu").rows) for name in lengths()]
    assert lengths() == ("one-page", "standard", "full")
    assert counts == [5, 14, 30]
    left = [i for i in compose(dossier(src, facts), {}, length="standard").issues if i.code == "left-out-by-length"]
    assert len(left) == 1
    assert not [i for i in compose(dossier(src, facts), {}, length="full").issues if i.code == "left-out-by-length"]


def test_an_unknown_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no such length: short"):
        compose(dossier(SRC), {}, length="short")


def test_a_profile_orders_sections_and_changes_their_words() -> None:
    display = Display(sections=("han-che", "thong-tin-chung"), wording={"han-che": "Hạn chế, khó khăn"}, title="Bản tin phường")
    limits = (statement(SRC, "Tỷ lệ hộ nghèo giảm còn 0,4%", StatementKind.LIMITATION),)
    brief = compose(dossier(SRC, ALL, display=display, limitations=limits), {})
    assert [s.title for s in brief.sections] == ["Hạn chế, khó khăn", "Thông tin chung", "Nguồn"]
    assert brief.title == "Bản tin phường"


def test_fields_documents_people_theme() -> None:
    text = "Theo Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị. Thực hiện Đề án 06."
    src = source(text)
    documents = (
        CitedDocument("chỉ thị", "35-CT/TW", "2019-05-30", "Bộ Chính trị", (src.quote(5, 26),)),
        CitedDocument("Đề án", "06", None, None, (src.quote(text.index("Đề án"), text.index("Đề án") + 8),)),
    )
    made = dossier(
        src,
        documents=tuple(settled(d, src) for d in documents),
        people=(settled(Person("Trần Lan Hương", ("Bí thư Đảng ủy", "Chủ tịch HĐND"), ()), src),),
        theme=settled(Theme("x", src.quote(0, 1)).text, src),
        congress=settled(22, src),
    )
    brief = compose(made, {})
    items = [words(i.text) for i in section(brief.sections, "van-ban").items]
    assert items == ["Chỉ thị số 35-CT/TW, ngày~30~tháng~5~năm~2019 của Bộ Chính trị", "Đề án 06"]
    fields = {i.label: words(i.text) for i in section(brief.sections, "thong-tin-chung").items}
    assert fields["Đại hội"] == "Lần~thứ~XXII"
    assert fields["Lãnh đạo nêu trong nguồn"] == "Trần Lan Hương – Bí thư Đảng ủy, Chủ tịch HĐND"


def test_composing_twice_gives_the_same() -> None:
    assert compose(dossier(SRC, ALL), {}) == compose(dossier(SRC, ALL), {})


def test_of_several_results_the_one_beside_the_attainment_is_its_row() -> None:
    src = source("Đăng ký nghĩa vụ cho 446 công dân, động viên 26 công dân nhập ngũ, đạt 100% chỉ tiêu giao.")
    many = quantity(src, "446 công dân", amount("count", "446", unit="công dân"), "đăng ký nghĩa vụ", id="dk")
    few = quantity(src, "26 công dân", amount("count", "26", unit="công dân"), "công dân nhập ngũ", id="nn")
    met = quantity(src, "100%", amount("percent", "100", unit="%"), "công dân nhập ngũ", "attainment", id="dat")
    row = Indicator("nn", "công dân nhập ngũ", Sector.QUOC_PHONG_AN_NINH, results=("dk", "nn"), attainments=("dat",))
    (printed,) = section(compose(dossier(src, (many, few, met), indicators=(row,)), {}).sections, "chi-tieu").rows
    assert (words(printed.result), words(printed.against_plan)) == ("26~công dân", "đạt 100% chỉ tiêu giao")


def test_lessons_are_numbered_and_the_numbers_are_constants() -> None:
    src = source("Thứ nhất, bám sát cơ sở. Thứ hai, giữ đoàn kết.")
    lessons = tuple(statement(src, quote, StatementKind.LESSON) for quote in ("Thứ nhất, bám sát cơ sở.", "Thứ hai, giữ đoàn kết."))
    brief = compose(dossier(src, lessons=lessons), {})
    assert section(brief.sections, "bai-hoc").ordered
    assert brief.constants == ("1", "2")


def test_beginning_and_end_of_a_way_are_one_row() -> None:
    src = source("Tỷ lệ hộ nghèo giảm từ 5,2% xuống còn 1,1%.")
    a = quantity(src, "5,2%", amount("percent", "5.2", unit="%"), "tỷ lệ hộ nghèo", id="a")
    b = quantity(src, "1,1%", amount("percent", "1.1", unit="%"), "tỷ lệ hộ nghèo", id="b")
    (row,) = section(compose(dossier(src, (a, b)), {}).sections, "chi-tieu").rows
    assert words(row.result) == "5,2% → 1,1%"


def test_a_bare_number_that_counts_nothing_is_left_out() -> None:
    src = source("Tổng vốn đầu tư toàn xã hội đạt 2.4")
    cut = quantity(src, "2.4", amount("count", "2.4"), "tổng vốn đầu tư")
    brief = compose(dossier(src, (cut,)), {}, length="full")
    assert section(brief.sections, "chi-tieu").rows == ()
    assert any(cut.id in issue.message for issue in brief.issues if issue.code == "left-out-by-length")


def test_digits_without_their_unit_stay_plain_words_of_a_quotation() -> None:
    src = source("Kỷ luật 03 đảng viên (khiển trách 02; cảnh cáo 01).")
    facts = [
        quantity(src, quote, amount("count", value, unit="đảng viên"), label, sector="xay-dung-dang")
        for quote, value, label in (("03 đảng viên", "3", "kỷ luật đảng viên"), ("02", "2", "khiển trách"), ("01", "1", "cảnh cáo"))
    ]
    digest = {Sector.XAY_DUNG_DANG: (passage(src, src.text, Sector.XAY_DUNG_DANG),)}
    (item,) = section(compose(dossier(src, facts), digest).sections, "linh-vuc").parts[0].sentences
    assert [part.text for part in item.text if isinstance(part, Figure)] == ["03 đảng viên"]


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("Một hai ba; bốn năm sáu bảy tám chín mười.", 5, "Một hai ba […]"),
        ("Kinh tế phát triển tốt, góp phần nâng cao đời sống nhân dân.", 8, "Kinh tế phát triển tốt […]"),
        ("Kinh tế, xã hội, văn hóa, giáo dục, y tế, quốc phòng phát triển.", 8, None),
        ("Ngắn gọn.", 8, None),
    ],
)
def test_a_long_entry_ends_where_its_thought_ends(text: str, room: int, short: str | None) -> None:
    from toolkit.compose.listings import shorten

    assert shorten(text, room) == (short or text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Có 200 đại biểu đại diện cho 1.512 đảng viên về dự.", None),
        ("Toàn xã có 200 đại biểu của các chi bộ, đoàn thể.", "200~đại biểu của các chi bộ"),
        ("Toàn xã có 200 đại biểu.", None),
    ],
)
def test_a_bare_figure_takes_the_words_after_it_but_never_a_part_of_a_number(text: str, says: str | None) -> None:
    src = source(text)
    fact = quantity(src, "200 đại biểu", amount("count", "200", unit="đại biểu"), "đại biểu", sector="chung")
    parts = section(compose(dossier(src, (fact,)), {}).sections, "linh-vuc").parts
    assert [words(item.text) for part in parts for item in part.figures] == ([says] if says else [])


def test_a_source_in_one_line_keeps_its_date_together() -> None:
    (line,) = compose(dossier(SRC), {}).sources
    assert line.text.replace("\u00a0", "~") == "“Dấu ấn một nhiệm kỳ”, Báo Thử, ngày~09~tháng~3~năm~2025"
    (bare,) = compose(dossier(source("Không tên.")), {}).sources
    assert bare.text == "Bài viết không có tiêu đề (bai.txt)"
