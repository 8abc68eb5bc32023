"""Notes: one a sentence, in reading order, cut only where the text pauses."""

from __future__ import annotations

import pytest
from small_dossiers import dossier, source

from toolkit.compose.citations import Notes, Sentences

TEXT = "Câu một có 5 hộ và 6 hộ. Câu hai có 7 hộ.Câu ba liền, TP. Hà Nội có 1.234 hộ; giá 2,5% thôi! Hết"


def notes(text: str, limit: int = 0) -> tuple[Notes, object]:
    src = source(text)
    return Notes(dossier(src).sheets, limit), src


@pytest.mark.parametrize(
    ("needle", "sentence"),
    [
        ("5 hộ", "Câu một có 5 hộ và 6 hộ."),
        ("7 hộ", "Câu hai có 7 hộ."),
        ("1.234 hộ", "Câu ba liền, TP. Hà Nội có 1.234 hộ; giá 2,5% thôi!"),
        ("2,5%", "Câu ba liền, TP. Hà Nội có 1.234 hộ; giá 2,5% thôi!"),
        ("Hết", "Hết"),
    ],
)
def test_sentence_around_a_figure(needle: str, sentence: str) -> None:
    (sheet,) = dossier(source(TEXT)).sheets
    start, end = Sentences(sheet).around(TEXT.index(needle), TEXT.index(needle) + len(needle))
    assert TEXT[start:end] == sentence


def test_figures_of_one_sentence_share_a_note_and_numbers_run_in_order_of_asking() -> None:
    src = source(TEXT)
    made = Notes(dossier(src).sheets)
    asked = [made.number_at(src.quote(TEXT.index(n), TEXT.index(n) + 4)) for n in ("7 hộ", "5 hộ", "6 hộ")]
    assert asked == [1, 2, 2]
    assert [n.quote for n in made.notes] == ["Câu hai có 7 hộ.", "Câu một có 5 hộ và 6 hộ."]
    assert all(TEXT[n.start : n.end] == n.quote for n in made.notes)


def test_a_long_sentence_is_shown_as_far_as_its_clause() -> None:
    text = (
        "Mở đầu rất dài về nhiều việc đã làm trong cả nhiệm kỳ vừa qua, phong trào hiến máu đạt 171 người, "
        "các việc khác cũng được tiếp tục như mọi năm."
    )
    src = source(text)
    made = Notes(dossier(src).sheets, 60)
    made.number_at(src.quote(text.index("171"), text.index("171") + 9))
    (note,) = made.notes
    assert note.quote == "phong trào hiến máu đạt 171 người"
    assert note.cut == (True, True)


def test_a_source_that_is_not_at_hand_gives_no_note() -> None:
    made = Notes(dossier(source("Bài này.")).sheets)
    assert made.number_at(source("Bài khác có 5 hộ.").quote(0, 3)) is None


def test_many_figures_cost_linear_time() -> None:
    text = " ".join(f"Câu {i} có {i} hộ." for i in range(20000))
    src = source(text)
    made = Notes(dossier(src).sheets)
    at = 0
    for i in range(0, 20000, 4):
        at = text.index(f" {i} hộ.", at)
        made.number_at(src.quote(at + 1, at + 1 + len(f"{i} hộ")))
    assert len(made.notes) == 5000


def test_without_a_pause_no_figure_is_cut_in_part() -> None:
    text = "toàn xã đã thu được 11 tỷ 708 triệu đồng trong cả năm và đã chi hết 9 tỷ 15 triệu đồng cho việc xây dựng " * 3
    src = source(text.strip())
    made = Notes(dossier(src).sheets, 60)
    at = text.index("9 tỷ", 120)
    made.number_at(src.quote(at, at + len("9 tỷ 15 triệu đồng")))
    (note,) = made.notes
    assert "9 tỷ 15 triệu đồng" in note.quote
    assert not note.quote[0].isdigit()
    assert not note.quote[-1].isdigit()
