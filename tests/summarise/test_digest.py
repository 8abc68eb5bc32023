"""The sector digest: results only, nothing twice, nothing that hangs in the air, within its length."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.amount import Amount, Kind
from toolkit.model.context import Role, Sector
from toolkit.model.fact import FactSheet, Mode, Passage, Quantity
from toolkit.model.text import Source
from toolkit.summarise import digest
from toolkit.summarise.wording import syllables

K, V, G = Sector.KINH_TE, Sector.VAN_HOA_XA_HOI, Sector.GIAO_DUC_Y_TE
BUDGET = "Thu ngân sách trên địa bàn đạt 15 tỷ 300 triệu đồng, bằng 121% dự toán."
POOR = "Tỷ lệ hộ nghèo giảm từ 3,2% xuống còn 0,8%."
SCHOOL = "Có 6 trường đạt chuẩn quốc gia."


def sheet(*told: tuple[str, Sector, float] | tuple[str, Sector, float, Mode], name: str = "a") -> FactSheet:
    """A source whose sentences are given one a line, all in one block."""
    text = "\n".join(t[0] for t in told)
    source = Source(f"{name}.txt", text, (name * 64)[:64])
    passages, at = [], 0
    for words, sector, score, *mode in told:
        mode_of = mode[0] if mode else Mode.RESULT
        passages.append(Passage(source.quote(at, at + len(words)), words, sector, mode_of, score))
        at += len(words) + 1
    return FactSheet(source, sentences=tuple(passages))


def texts(found: dict[Sector, tuple[Passage, ...]]) -> list[str]:
    return [p.text for passages in found.values() for p in passages]


def test_best_of_every_sector_in_reading_order() -> None:
    source = sheet((SCHOOL, G, 0.6), (BUDGET, K, 0.9), ("Cơ cấu kinh tế chuyển dịch đúng hướng.", K, 0.7), (POOR, V, 0.8))
    found = digest([source], budget=200)
    assert list(found) == [K, V, G]
    assert [p.text for p in found[K]] == [BUDGET, "Cơ cấu kinh tế chuyển dịch đúng hướng."]


def test_a_short_budget_keeps_one_a_sector_before_seconds() -> None:
    source = sheet((BUDGET, K, 0.9), ("Cơ cấu kinh tế chuyển dịch đúng hướng.", K, 0.85), (POOR, V, 0.5))
    length = len(syllables(BUDGET)) + len(syllables(POOR)) + 3
    assert texts(digest([source], budget=length)) == [BUDGET, POOR]


def test_plans_limitations_and_events_stay_out() -> None:
    modes = [m for m in Mode if m is not Mode.RESULT]
    source = sheet(*((f"Việc thứ {i} được nói đến ở đây {i}00 lần.", K, 0.9, m) for i, m in enumerate(modes)), (POOR, V, 0.5))
    assert texts(digest([source], budget=500)) == [POOR]


def test_the_same_told_by_two_sources_is_printed_once() -> None:
    again = "Thu ngân sách trên địa bàn đạt 15 tỷ 300 triệu đồng, bằng 121% dự toán được giao."
    assert texts(digest([sheet((BUDGET, K, 0.9)), sheet((again, K, 0.8), name="b")], budget=500)) == [BUDGET]


def test_what_leans_is_printed_only_behind_what_it_leans_on() -> None:
    first, second = "Phường thí điểm mô hình tổ dân phố điện tử ở 12 tổ.", "Mô hình này được nhân dân đánh giá cao."
    together = sheet((first, Sector.CHINH_QUYEN, 0.9), (second, Sector.CHINH_QUYEN, 0.8))
    assert texts(digest([together], budget=500)) == [first, second]
    assert texts(digest([together], budget=500, drop=["Phường thí điểm"])) == []
    assert texts(digest([sheet((second, Sector.CHINH_QUYEN, 0.8))], budget=500)) == []


def test_what_ought_to_be_done_is_no_result() -> None:
    said = "Đồng chí Bí thư cho rằng thương mại phát triển khá, nhưng cần khơi dậy tinh thần khởi nghiệp."
    assert texts(digest([sheet((said, K, 0.9), (BUDGET, K, 0.5))], budget=100)) == [BUDGET]


def test_a_meeting_and_a_speech_are_not_told_even_where_a_sector_has_nothing_else() -> None:
    met = "Đại hội công bố quyết định chỉ định 27 đồng chí vào Ban Chấp hành."
    said = "Đồng chí Chủ tịch nhấn mạnh, văn hóa là nền tảng tinh thần của xã hội."
    assert texts(digest([sheet((met, Sector.XAY_DUNG_DANG, 0.9), (said, V, 0.8), (BUDGET, K, 0.5))], budget=200)) == [BUDGET]
    assert texts(digest([sheet((said, V, 0.8))], budget=200, keep=["Đồng chí Chủ tịch"])) == [said]


def test_what_tells_only_aims_is_no_result() -> None:
    aim, met = "Mỗi năm giảm 15% tổng số hộ nghèo.", "Giảm 15% hộ nghèo, hoàn thành mục tiêu."
    for text, told in ((aim, []), (met, [met])):
        source = sheet((text, V, 0.9))
        start = text.index("15%")
        quote = source.source.quote(start, start + 3)
        planned = Quantity("a", quote, Amount(Kind.PERCENT, Decimal(15), unit="%"), "hộ nghèo", Role.PLAN, V)
        assert texts(digest([replace(source, quantities=(planned,))], budget=100)) == told
        got = replace(planned, role=Role.CHANGE)
        assert texts(digest([replace(source, quantities=(got,))], budget=100)) == [text]


def test_a_lead_in_is_not_printed() -> None:
    assert texts(digest([sheet(("Kết quả đạt được trên từng lĩnh vực như sau:", K, 0.9))], budget=100)) == []


def test_what_has_a_section_of_its_own_is_left_to_it() -> None:
    from toolkit.model.fact import Statement, StatementKind

    award = "Phường được Thủ tướng Chính phủ tặng Bằng khen năm 2020."
    source = sheet((award, Sector.CHUNG, 0.9), (BUDGET, K, 0.5))
    quote = source.sentences[0].quote
    told = replace(source, awards=(Statement(StatementKind.AWARD, quote, award, Sector.CHUNG),))
    assert texts(digest([source], budget=100)) == [BUDGET, award]
    assert texts(digest([told], budget=100)) == [BUDGET]


def test_empty_openings_become_an_ellipsis() -> None:
    source = sheet(("Bên cạnh đó, phường đã hoàn thành cải tạo 12 tuyến ngõ trong hai năm.", Sector.DO_THI, 0.9))
    assert texts(digest([source], budget=100)) == ["… phường đã hoàn thành cải tạo 12 tuyến ngõ trong hai năm."]


def test_pieces_stand_for_their_sentence_and_show_where_they_were_cut() -> None:
    text = "Kinh tế tăng trưởng 8,2%; tỷ lệ hộ nghèo giảm còn 0,5%."
    source = Source("a.txt", text, "a" * 64)
    cut = text.index(";")
    passages = (
        Passage(source.quote(0, len(text)), text, K, score=0.9),
        Passage(source.quote(0, cut), text[:cut], K, score=0.5),
        Passage(source.quote(cut + 2, len(text) - 1), text[cut + 2 : -1], V, score=0.5),
    )
    found = digest([FactSheet(source, sentences=passages)], budget=100)
    assert found[K][0].text == "Kinh tế tăng trưởng 8,2%…"
    assert found[V][0].text == "… tỷ lệ hộ nghèo giảm còn 0,5%."
    assert found[V][0].quote.text == "tỷ lệ hộ nghèo giảm còn 0,5%"


def test_a_sentence_of_two_sectors_goes_where_nothing_else_is() -> None:
    both = "Văn nghệ, thể thao được quan tâm, hiến máu tình nguyện đạt 171% kế hoạch."
    source = Source("a.txt", f"{both}\n{POOR}", "a" * 64)
    at = len(both) + 1
    passages = (
        Passage(source.quote(0, len(both)), both, V, score=0.9),
        Passage(source.quote(0, len(both)), both, G, score=0.6),
        Passage(source.quote(at, at + len(POOR)), POOR, V, score=0.7),
    )
    found = digest([FactSheet(source, sentences=passages)], budget=100)
    assert {s: [p.text for p in ps] for s, ps in found.items()} == {V: [POOR], G: [both]}


def test_keep_brings_in_and_drop_leaves_out() -> None:
    plan = "Phấn đấu đến năm 2030 không còn hộ cận nghèo."
    source = sheet((BUDGET, K, 0.9), (plan, V, 0.1, Mode.PLAN))
    assert texts(digest([source], budget=100, keep=["phấn đấu đến  năm 2030"], drop=["Thu ngân sách"])) == [plan]


def test_what_the_table_tells_gives_way() -> None:
    other = "Doanh thu thương mại, dịch vụ đạt 32 tỷ đồng."
    source = sheet((BUDGET, K, 0.9), (other, K, 0.7))
    spans = [(source.source.id, BUDGET.index(q), BUDGET.index(q) + len(q)) for q in ("15 tỷ 300 triệu đồng", "121%")]
    budget = len(syllables(BUDGET))
    assert texts(digest([source], budget=budget)) == [BUDGET]
    assert texts(digest([source], budget=budget, told=spans)) == [other]


def test_no_sources_and_no_room() -> None:
    assert digest([], budget=100) == {}
    assert digest([sheet((BUDGET, K, 0.9))], budget=3) == {}


@given(
    st.lists(st.tuples(st.sampled_from([BUDGET, POOR, SCHOOL, "Cơ cấu kinh tế chuyển dịch."]), st.floats(0, 1)), max_size=6),
    st.integers(1, 80),
)
def test_never_over_budget_and_never_twice(told: list[tuple[str, float]], budget: int) -> None:
    source = sheet(*((text, K, score) for text, score in told)) if told else FactSheet(Source("a", "", "a" * 64))
    found = texts(digest([source], budget=budget))
    assert sum(len(syllables(text)) for text in found) <= budget
    assert len(set(found)) == len(found)
