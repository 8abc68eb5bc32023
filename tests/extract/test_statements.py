"""Awards, limitations, lessons, tasks, initiatives, themes: grounded, complete, printed alone."""

from __future__ import annotations

from typing import Any

import pytest
from cleaned import cases, cleaned, label
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.extract.awards import awards
from toolkit.extract.initiatives import initiatives
from toolkit.extract.lessons import lessons
from toolkit.extract.limitations import limitations
from toolkit.extract.modes import modes
from toolkit.extract.tasks import next_tasks
from toolkit.extract.theme import theme

KINDS = {"awards": awards, "limitations": limitations, "lessons": lessons, "next_tasks": next_tasks}
ALL = cases("statements")


@pytest.mark.parametrize("case", [c for c in ALL if "theme" not in c], ids=label)
def test_statements(case: dict[str, Any]) -> None:
    clean = cleaned(case["text"])
    told = modes(clean)
    found = {name: [s.text for s in read(clean, told)] for name, read in KINDS.items()}
    assert found == {name: case.get(name, []) for name in KINDS}
    if "initiatives" in case:
        assert [s.text for s in initiatives(clean, told)] == case["initiatives"]


@pytest.mark.parametrize("case", [c for c in ALL if "theme" in c], ids=label)
def test_theme(case: dict[str, Any]) -> None:
    found = theme(cleaned(case["text"]))
    assert (found.text if found else None) == case["theme"]


WORDS = (
    *[
        "Đảng bộ",
        "xã Tân An",
        "đã",
        "chưa",
        "còn",
        "phấn đấu",
        "đến năm 2030",
        "2020-2025",
        "nhiệm kỳ",
        "lần thứ XX",
        "hạn chế:",
        "12,5%",
        "tỷ đồng",
        ".",
        ",",
        ";",
        "“",
        "”",
        "(",
        ")",
    ],
    *[
        "đồng chí",
        "Lê Văn Hùng",
        "Bí thư",
        "đề nghị",
        "tặng",
        "Bằng khen",
        "mô hình",
        "bài học kinh nghiệm",
        "Thứ nhất",
        "Nghị quyết số 15-NQ/TW",
    ],
    *["Phường 9", "TP.HCM", "tuy nhiên", "cần", "không đạt", "-", "\n", "\n\n", "\n- "],
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_text_gives_grounded_statements_or_none(text: str) -> None:
    clean = cleaned(text)
    told = modes(clean)
    assert len(told) == len(clean.sentences)
    for read in (*KINDS.values(), initiatives):
        for statement in read(clean, told):
            assert clean.source.text[statement.quote.start : statement.quote.end] == statement.quote.text
            assert statement.text.strip() == statement.text
