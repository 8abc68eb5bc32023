"""Official documents: canonical numbers, dates, issuers, and numbers that are none."""

from __future__ import annotations

from typing import Any

import pytest
from cleaned import cases, cleaned, label

from toolkit.extract.documents import canonical, documents
from toolkit.lexicon import load


@pytest.mark.parametrize("case", cases("documents"), ids=label)
def test_documents(case: dict[str, Any]) -> None:
    found = documents(cleaned(case["text"]))
    assert [f"{d.type} | {d.number} | {d.date or '-'} | {d.issuer or '-'}" for d in found] == case["documents"]


@pytest.mark.parametrize("entry", load("vi/document_types"), ids=lambda e: e["name"])
def test_example_of_every_type(entry: dict[str, Any]) -> None:
    (found,) = documents(cleaned(f"Đảng ủy đã triển khai {entry['example']}."))
    assert (found.type, found.number) == (entry["name"], entry["number"])


def test_all_mentions_of_one_document_are_linked() -> None:
    (found,) = documents(
        cleaned("Theo Chỉ thị số 34 ngày 28/12/2018 của Thủ tướng, tỉnh thực hiện Chỉ thị số 34 và Chỉ thị số 34.")
    )
    assert [q.text for q in found.quotes] == ["Chỉ thị số 34"] * 3


@pytest.mark.parametrize(
    ("written", "number"), [("02 –CTr/QU", "02-CTr/QU"), ("15-NQ/TƯ", "15-NQ/TW"), ("49 - TTr / TU", "49-TTr/TU")]
)
def test_canonical(written: str, number: str) -> None:
    assert canonical(written) == number
