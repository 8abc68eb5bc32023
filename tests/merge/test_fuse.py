"""Figures of several sources fused, as data: what is one fact, what contradicts, who wins, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sheets import sheet

from toolkit.merge.fuse import fuse
from toolkit.merge.precedence import MEASURES, sheet_order, table

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/merge/fuse.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_fuse(case: dict[str, Any]) -> None:
    sheets = [sheet(spec) for spec in case["sheets"]]
    fused = fuse(sheet_order(sheets))
    found = [
        {
            "chosen": one.value.quote.text,
            "support": [other.quote.text for other in one.support],
            "hidden": [[other.quote.text, why] for other, why in one.hidden],
        }
        for one in fused.quantities
    ]
    expected = [{"chosen": e["chosen"], "support": e.get("support", []), "hidden": e.get("hidden", [])} for e in case["entries"]]
    assert found == expected
    assert [issue.code for issue in fused.issues] == case.get("issues", [])
    for one, entry in zip(fused.quantities, case["entries"], strict=True):
        assert one.value.id == entry.get("id", one.value.id)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_no_figure_is_lost_and_ids_are_unique(case: dict[str, Any]) -> None:
    sheets = [sheet(spec) for spec in case["sheets"]]
    fused = fuse(sheet_order(sheets))
    given = sorted((q.quote.source, q.quote.start) for s in sheets for q in s.quantities)
    kept = [q for one in fused.quantities for q in (one.value, *one.support, *(other for other, _ in one.hidden))]
    assert sorted((q.quote.source, q.quote.start) for q in kept) == given
    ids = [one.value.id for one in fused.quantities]
    assert len(set(ids)) == len(ids)
    assert set(fused.ids.values()) <= set(ids)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_the_sources_does_not_matter(case: dict[str, Any]) -> None:
    sheets = [sheet(spec) for spec in case["sheets"]]
    assert fuse(sheet_order(sheets)) == fuse(sheet_order(sheets[::-1]))


def test_a_conflict_shows_both_quotes_with_their_places() -> None:
    case = next(one for one in CASES if one["name"] == "the later source wins a contradiction")
    issue = fuse(sheet_order([sheet(spec) for spec in case["sheets"]])).issues[0]
    assert issue.message == (
        "sources differ about “thu ngân sách nhà nước”: “141%” (b.txt:2:1) was chosen over “143%” (a.txt:2:1) "
        "(nguồn có ngày muộn hơn)"
    )
    assert issue.where == "b.txt:2:1"
    assert "correct: thu-ngan-sach-nha-nuoc.2019.attainment" in issue.remedy


def test_every_rule_of_the_table_has_a_measure() -> None:
    assert [rule.id for rule in table()] == list(MEASURES)


def test_many_figures_take_time_in_proportion() -> None:
    """Two sources of some thousand figures each: a pairwise comparison would take minutes."""
    figures = [{"quote": f"{i} hộ", "value": i, "unit": "hộ", "label": f"số hộ ở tổ dân phố {i}"} for i in range(3000)]
    one, two = (sheet({"path": path, "quantities": figures}) for path in ("a.txt", "b.txt"))
    fused = fuse([one, two])
    assert len(fused.quantities) == 3000
