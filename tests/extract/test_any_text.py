"""Any text at all: nothing crashes, every fact is a slice of its source, the same text gives the same facts."""

from __future__ import annotations

import pytest
from cleaned import cleaned
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.extract.awards import awards
from toolkit.extract.documents import documents
from toolkit.extract.initiatives import initiatives
from toolkit.extract.lessons import lessons
from toolkit.extract.limitations import limitations
from toolkit.extract.locality import find_localities
from toolkit.extract.modes import modes
from toolkit.extract.people import people
from toolkit.extract.publication import published
from toolkit.extract.tasks import next_tasks
from toolkit.extract.term import terms
from toolkit.extract.theme import theme
from toolkit.model.text import CleanText, Quote

PIECES = [
    *["Đảng bộ", "xã Tân An", "xã Trần Văn Thời", "Phường 9", "TP.HCM", "(huyện Châu Thành, tỉnh Long An)", "Quận ủy", "H.", "P."],
    *["đã", "chưa", "còn", "phấn đấu", "đến năm 2030", "2020-2025", "nhiệm kỳ", "lần thứ XX", "khóa IV", "hạn chế:", "tuy nhiên"],
    *["12,5%", "tỷ đồng", "29/03/2023 | 14:27", "Thứ năm,", "31/02/2020", "ngày 5 tháng 6 năm 2020", "5/8", "Ð", "ỦY", "Uỷ"],
    *["đồng chí", "Lê Văn Hùng", "Bí thư", "Nguyễn", "Đoàn Thanh niên", "đề nghị", "tặng", "Bằng khen", "mô hình", "phương châm"],
    *[
        "bài học kinh nghiệm",
        "Thứ nhất",
        "Nghị quyết số 15-NQ/TW",
        "Chỉ thị 05",
        "Kế hoạch 5 năm",
        "Đề án",
        "02 –CTr/QU",
        "không đạt",
    ],
    *[".", ",", ";", ":", "“", "”", '"', "(", ")", "-", "–", "...", "\n", "\n\n", "\n- ", "\t", "\u00a0", "a\u0301"],
]


def quotes_of(clean: CleanText) -> list[Quote]:
    told = modes(clean)
    place, _ = find_localities(clean)
    terms(clean, place)
    published(clean)
    found = [q for p in people(clean, place) for q in p.quotes] + [q for d in documents(clean) for q in d.quotes]
    for read in (awards, limitations, lessons, next_tasks, initiatives):
        found += [s.quote for s in read(clean, told)]
    motto = theme(clean)
    return [*found, motto.quote] if motto else found


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=70).map(" ".join))
def test_every_fact_is_a_slice_of_its_source(text: str) -> None:
    clean = cleaned(text)
    found = quotes_of(clean)
    assert all(clean.source.text[q.start : q.end] == q.text for q in found)
    assert quotes_of(cleaned(text)) == found


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_random_text_is_read_without_a_crash(text: str) -> None:
    clean = cleaned(text)
    assert all(clean.source.text[q.start : q.end] == q.text for q in quotes_of(clean))


@pytest.mark.parametrize("text", ["", "\n\n", " ", "x", "XÃ", "xã", "Phường", "đồng chí", "“", "lần thứ", "1.", "TP."])
def test_nothing_to_read(text: str) -> None:
    assert quotes_of(cleaned(text)) == []
