"""Sector classification: the lexicon's own examples, clauses, headings and what carries on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.extract.sectors import heading_sector, sector_of, weigh
from toolkit.lexicon import load
from toolkit.model.context import Sector

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/extract/sectors/clauses.yaml").read_text("utf-8"))
ENTRIES = [(name, group) for name, groups in load("vi/sectors")["sectors"].items() for group in groups]


@pytest.mark.parametrize(("name", "group"), ENTRIES, ids=[g["example"][:40] for _, g in ENTRIES])
def test_example_of_every_entry(name: str, group: dict[str, Any]) -> None:
    assert sector_of(group["example"]) == name


def test_every_term_tells_its_own_sector() -> None:
    lost = [
        (term, name)
        for name, group in ENTRIES
        for term in group["terms"]
        if max(weigh(term).items(), key=lambda item: item[1], default=(None, 0))[0] != name
    ]
    assert lost == []


def test_no_term_stands_in_two_sectors() -> None:
    terms = [term for _, group in ENTRIES for term in group["terms"]] + load("vi/sectors")["neutral"]
    assert sorted({t for t in terms if terms.count(t) > 1}) == []


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_clause(case: dict[str, str]) -> None:
    context = Sector(case["context"]) if "context" in case else None
    assert sector_of(case["text"], context, focus=case.get("focus", "")) == case["sector"]


@pytest.mark.parametrize(
    ("heading", "sector"),
    [
        ("Trong lĩnh vực phát triển kinh tế", Sector.KINH_TE),
        ("II. QUỐC PHÒNG - AN NINH", Sector.QUOC_PHONG_AN_NINH),
        ("Công tác xây dựng Đảng", Sector.XAY_DUNG_DANG),
        ("Kinh tế, văn hóa, quốc phòng", None),
        ("Dấu ấn một nhiệm kỳ", None),
    ],
)
def test_heading(heading: str, sector: Sector | None) -> None:
    assert heading_sector(heading) is sector
