"""Terms of office, congresses, kinds of report, dates of publication."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
from cleaned import cases, cleaned, label

from toolkit.extract.cues import ordinal
from toolkit.extract.publication import published
from toolkit.extract.term import terms

ALL = cases("term")


@pytest.mark.parametrize("case", [c for c in ALL if "report" in c], ids=label)
def test_terms(case: dict[str, Any]) -> None:
    found = {key: value for key, value in asdict(terms(cleaned(case["text"]))).items() if value is not None}
    assert found == {key: value for key, value in case.items() if key not in ("what", "text")}


@pytest.mark.parametrize("case", [c for c in ALL if "report" not in c], ids=label)
def test_published(case: dict[str, Any]) -> None:
    date = case.get("date")
    assert published(cleaned(case["text"])) == (str(date) if date else None)


def test_metadata_win_over_the_text() -> None:
    clean = cleaned("Ngày đăng 29/03/2023 | 14:27\n\nXã Tân An đổi mới.")
    assert published(replace(clean, source=replace(clean.source, published="2023-03-30T08:00:00+07:00"))) == "2023-03-30"


@pytest.mark.parametrize(
    ("written", "number"), [("XXII", 22), ("IX", 9), ("xiv", 14), ("16", 16), ("nhất", 1), ("Nhất", 1), ("ABC", None), ("", None)]
)
def test_ordinal(written: str, number: int | None) -> None:
    assert ordinal(written) == number
