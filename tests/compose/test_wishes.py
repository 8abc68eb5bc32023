"""What a profile promises shows in the brief: its order of figures, its colours, and why each settled value is as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from small_dossiers import PLACE, amount, dossier, passage, quantity, section, source, statement, words

from toolkit.compose import compose, figures_shown, sentences_barred
from toolkit.compose.palette import DARK_PAPERS, PAPERS, READABLE, contrast, palette
from toolkit.compose.standard import standard
from toolkit.model.brief import Brief, Figure, Palette
from toolkit.model.context import Sector
from toolkit.model.dossier import Display, Dossier, Origin, OriginKind, Settled
from toolkit.model.fact import CitedDocument, Person, StatementKind

TEXT = (
    "Tổng thu ngân sách đạt 110% kế hoạch. Tỷ lệ hộ nghèo còn 1,2%. Tỷ lệ bao phủ bảo hiểm y tế đạt 95%. "
    "Phường đã vận động nhân dân hiến đất mở đường. Cần giữ gìn trật tự đô thị."
)
SRC = source(TEXT)
BUDGET = quantity(SRC, "110%", amount("percent", "110", unit="%"), "tổng thu ngân sách", "attainment", id="thu-ngan-sach")
POOR = quantity(SRC, "1,2%", amount("percent", "1.2", unit="%"), "tỷ lệ hộ nghèo", id="ho-ngheo")
HEALTH = quantity(SRC, "95%", amount("percent", "95", unit="%"), "tỷ lệ bao phủ bảo hiểm y tế", id="bao-hiem-y-te")
WHY = Origin(OriginKind.PROFILE, "profiles/ha-dinh.yaml:7", "theo biên bản ngày họp")


def given(value: Any) -> Settled[Any]:
    return Settled(value, WHY)


def reasons(brief: Brief, notes: tuple[int, ...]) -> list[str]:
    return [note.reason for note in brief.notes if note.number in notes]


def shown(figures: list[Any], **more: Any) -> Dossier:
    return dossier(SRC, figures, **more)


def test_highlights_lead_in_the_profiles_order() -> None:
    brief = compose(shown([BUDGET, POOR, HEALTH], highlight=("bao-hiem-y-te", "ho-ngheo")), {})
    assert [card.figure.fact for card in brief.key_figures] == ["bao-hiem-y-te", "ho-ngheo", "thu-ngan-sach"]
    assert brief.summary.index("bảo hiểm y tế") < brief.summary.index("hộ nghèo") < brief.summary.index("ngân sách")


def test_a_single_highlight_is_shown_alone() -> None:
    one = dossier(SRC, [POOR])
    assert compose(one, {}).key_figures == ()
    assert [card.figure.fact for card in compose(replace(one, highlight=("ho-ngheo",)), {}).key_figures] == ["ho-ngheo"]


@pytest.mark.parametrize(
    ("label", "more"),
    [
        ("Nhiệm kỳ", {"term": "2015-2020"}),
        ("Nhiệm kỳ tới", {"next_term": given("2025-2030")}),
        ("Đại hội", {"congress": given(5)}),
        ("Chủ đề", {"theme": given("Đoàn kết")}),
        ("Trực thuộc", {"origins": {"locality.parents": WHY}}),
        ("Loại báo cáo", {"origins": {"report": WHY}}),
        ("Địa phương", {"origins": {"locality.level": WHY}}),
        ("Đơn vị trước sắp xếp", {"origins": {"locality.predecessors": WHY}, "locality": replace(PLACE, predecessors=("A",))}),
        ("Lãnh đạo nêu trong nguồn", {"people": (given(Person("Lê An", ("Bí thư",), ())),)}),
    ],
)
def test_every_settled_field_is_marked_with_its_reason(label: str, more: dict[str, Any]) -> None:
    made = dossier(SRC, [POOR], **more)
    brief = compose(replace(made, term=given(more["term"])) if "term" in more else made, {})
    items = section(brief.sections, "thong-tin-chung").items
    assert [item.label for item in items if item.settled] == [label]
    (item,) = (item for item in items if item.label == label)
    assert reasons(brief, item.notes) == ["theo biên bản ngày họp"]


def test_what_the_gazetteer_knows_is_not_marked_as_the_profiles() -> None:
    origins = {"locality.predecessors": Origin(OriginKind.INFERRED, "gazetteer", "theo danh mục")}
    brief = compose(dossier(SRC, [POOR], origins=origins, locality=replace(PLACE, predecessors=("A",))), {})
    assert not any(item.settled for item in section(brief.sections, "thong-tin-chung").items)


def test_settled_statements_and_documents_carry_their_reasons() -> None:
    task = statement(SRC, "Cần giữ gìn trật tự đô thị", StatementKind.TASK)
    changed = replace(given(replace(task.value, text="giữ trật tự đô thị")), hidden=((task.value, "x"),))
    brief = compose(
        dossier(SRC, [POOR], next_tasks=(changed,), documents=(given(CitedDocument("Kế hoạch", "5", None, None, ())),)), {}
    )
    for name, says in (("nhiem-vu", "Giữ trật tự đô thị."), ("van-ban", "Kế hoạch 5")):
        (item,) = section(brief.sections, name).items
        assert (words(item.text), item.settled, item.quote_of) == (says, True, None)
        assert reasons(brief, item.notes) == ["theo biên bản ngày họp"]


def test_a_settled_figure_is_marked_wherever_it_stands() -> None:
    corrected = replace(given(replace(POOR, amount=amount("percent", "1.5", unit="%"))), hidden=((POOR, "x"),))
    told = {Sector.VAN_HOA_XA_HOI: (passage(SRC, "Tỷ lệ hộ nghèo còn 1,2%.", Sector.VAN_HOA_XA_HOI),)}
    brief = compose(dossier(SRC, [BUDGET, corrected]), told)
    row = next(r for r in section(brief.sections, "chi-tieu").rows if r.label == "Tỷ lệ hộ nghèo")
    sentence = section(brief.sections, "linh-vuc").parts[0].sentences[0]
    figures = [f for f in (*row.result, *sentence.text, *(c.figure for c in brief.key_figures)) if isinstance(f, Figure)]
    assert [(f.text, f.settled) for f in figures if f.fact == "ho-ngheo"] == [("1,5%", True)] * 3
    assert reasons(brief, row.notes) == reasons(brief, sentence.notes) == ["theo biên bản ngày họp"]


def test_a_sentence_whose_figure_lost_says_so() -> None:
    other = source("Hộ nghèo giảm còn 0,9%.")
    winner = quantity(other, "0,9%", amount("percent", "0.9", unit="%"), "tỷ lệ hộ nghèo", id="ho-ngheo")
    settled = Settled(winner, Origin(OriginKind.SOURCE, other.id), hidden=((POOR, "nguồn có ngày muộn hơn"),))
    told = {Sector.VAN_HOA_XA_HOI: (passage(SRC, "Tỷ lệ hộ nghèo còn 1,2%.", Sector.VAN_HOA_XA_HOI),)}
    made = dossier(SRC, [POOR])
    brief = compose(replace(made, quantities=(settled,)), told)
    (sentence,) = section(brief.sections, "linh-vuc").parts[0].sentences
    assert words(sentence.text) == "Tỷ lệ hộ nghèo còn 1,2%."
    (reason,) = reasons(brief, sentence.notes)
    assert reason == "Nguồn khác nêu số liệu khác; bản tóm tắt chọn theo quy tắc: nguồn có ngày muộn hơn."


def test_a_sentence_with_a_hidden_figure_is_barred_unless_kept_and_then_noted() -> None:
    poor = passage(SRC, "Tỷ lệ hộ nghèo còn 1,2%.", Sector.VAN_HOA_XA_HOI)
    made = replace(dossier(SRC, [BUDGET, POOR], sentences=[poor]), quantities=dossier(SRC, [BUDGET]).quantities)
    assert sentences_barred(made) == ("Tỷ lệ hộ nghèo còn 1,2%.",)
    assert sentences_barred(replace(made, display=Display(keep=("tỷ lệ hộ nghèo",)))) == ()
    brief = compose(made, {Sector.VAN_HOA_XA_HOI: (poor,)})
    (sentence,) = section(brief.sections, "linh-vuc").parts[0].sentences
    assert reasons(brief, sentence.notes) == ["Hồ sơ địa phương không dùng một số liệu của câu này."]


def test_figures_shown_are_those_of_sentences_with_nothing_else() -> None:
    src = source(
        "Tỷ lệ hộ nghèo còn 1,2%. Tỷ lệ bao phủ bảo hiểm y tế đạt 95%, nhờ các đoàn thể kiên trì đến từng nhà vận động và hỗ trợ "
        "người khó khăn."
    )
    poor = quantity(src, "1,2%", amount("percent", "1.2", unit="%"), "tỷ lệ hộ nghèo")
    health = quantity(src, "95%", amount("percent", "95", unit="%"), "tỷ lệ bao phủ bảo hiểm y tế")
    assert figures_shown(dossier(src, [poor, health]), standard().length("standard")) == {
        (src.id, poor.quote.start, poor.quote.end)
    }


def test_title_sections_and_their_names_are_the_profiles() -> None:
    display = Display(title="Một nhiệm kỳ", sections=("linh-vuc", "chi-tieu"), wording={"chi-tieu": "Con số"})
    brief = compose(
        dossier(SRC, [BUDGET, POOR], display=display),
        {Sector.KINH_TE: (passage(SRC, "Tổng thu ngân sách đạt 110% kế hoạch.", Sector.KINH_TE),)},
    )
    assert brief.title == "Một nhiệm kỳ"
    assert [s.title for s in brief.sections][:2] == ["Kết quả theo lĩnh vực", "Con số"]


@pytest.mark.parametrize("colour", ["#9b1c1c", "#ffdd00", "#ffffff", "#000000", "#7f7f7f", "#00aa44", "#1e3a8a"])
def test_any_colour_becomes_one_that_can_be_read(colour: str) -> None:
    made = palette(colour)
    for band in (made.band, made.dark_band):
        assert min(contrast(band, text) for text in ("#ffffff", made.soft, made.kicker)) >= READABLE
    assert min(contrast(made.strong, paper) for paper in PAPERS) >= READABLE
    assert min(contrast(made.dark_strong, paper) for paper in DARK_PAPERS) >= READABLE


def test_a_readable_colour_stays_as_it_is_and_none_is_the_houses() -> None:
    assert palette("#9b1c1c").strong == palette("#9b1c1c").band == "#9b1c1c"
    assert palette(None) == palette("") == Palette()


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_a_profiles_colour_and_logo_reach_the_brief() -> None:
    display = Display(extra={"colour": "#1e3a8a", "logo": "profiles/huy-hieu.png"})
    brief = compose(dossier(SRC, [POOR], display=display), {})
    assert (brief.palette.band, brief.logo) == ("#1e3a8a", "profiles/huy-hieu.png")
