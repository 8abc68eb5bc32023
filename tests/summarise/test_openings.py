"""What may be left out at the beginning of a sentence, and what must stand before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.summarise.openings import leads_in, leans, list_mark, opening

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/summarise/openings.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_opening(case: dict[str, Any]) -> None:
    assert case["text"][: opening(case["text"])] == case["left"]
    assert leans(case["text"]) is case["leans"]


def test_a_sentence_that_only_announces() -> None:
    assert leads_in("Kết quả cụ thể như sau: ")
    assert not leads_in("Kết quả: thu 12 tỷ đồng.")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("- Thu ngân sách 4 tỷ đồng.", "- "),
        ("+ Rừng trồng: 462 ha", "+ "),
        ("b. Vụ Hè thu: 98 ha.", "b. "),
        ("(3) Tỷ lệ hộ nghèo 1,9%.", "(3) "),
        ("1. Kinh tế phát triển.", "1. "),
        ("1- Đường giao thông: 41 km.", "1- "),
        ("10-12 triệu đồng mỗi hộ.", ""),
        ("100% tổ dân phố đạt.", ""),
        ("12,5 km đường.", ""),
        ("6/9 trường đạt chuẩn.", ""),
        ("Ý kiến của cử tri.", ""),
    ],
)
def test_the_mark_of_a_list_is_no_word(text: str, mark: str) -> None:
    assert text[: list_mark(text)] == mark


def test_what_leans_behind_a_list_mark() -> None:
    assert leans("- Trong đó: lúa 118 ha.")
