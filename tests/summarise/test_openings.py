"""What may be left out at the beginning of a sentence, and what must stand before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.summarise.openings import leads_in, leans, opening

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/summarise/openings.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_opening(case: dict[str, Any]) -> None:
    assert case["text"][: opening(case["text"])] == case["left"]
    assert leans(case["text"]) is case["leans"]


def test_a_sentence_that_only_announces() -> None:
    assert leads_in("Kết quả cụ thể như sau: ")
    assert not leads_in("Kết quả: thu 12 tỷ đồng.")
