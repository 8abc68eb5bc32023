"""Indicators of several sources: one row each, over the settled figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheets import sheet

from toolkit.merge.fuse import fuse
from toolkit.merge.indicators import join_indicators, settle_indicators
from toolkit.model.context import Sector
from toolkit.model.fact import FactSheet, Indicator, Status


def reporting(path: str, quote: str, value: float, **more: Any) -> FactSheet:
    """A source with one figure and its indicator."""
    figure = {"quote": quote, "kind": "money", "value": value, "unit": "đồng", "label": "tổng thu ngân sách", "id": "thu", **more}
    made = sheet({"path": path, "term": "2015-2020", "quantities": [figure]})
    return replace(made, indicators=(Indicator("thu", "tổng thu ngân sách", Sector.KINH_TE, more.get("period"), results=("thu",)),))


def test_the_whole_term_and_no_period_are_one_row() -> None:
    sheets = [reporting("a.txt", "45 tỷ 620 triệu đồng", 45.62e9), reporting("b.txt", "45,6 tỷ đồng", 45.6e9, period="2015-2020")]
    fused = fuse(sheets)
    (row,) = join_indicators(sheets, fused.ids)
    assert row.results == ("thu",)
    assert row.period == "2015-2020"


def test_years_are_rows_of_their_own() -> None:
    sheets = [reporting("a.txt", "15 tỷ đồng", 15e9, period="2019"), reporting("b.txt", "12 tỷ đồng", 12e9, period="2018")]
    rows = join_indicators(sheets, fuse(sheets).ids)
    assert [(row.period, row.results) for row in rows] == [("2019", ("thu",)), ("2018", ("thu-2",))]


def test_a_verdict_of_a_source_goes_before_a_computed_one() -> None:
    one, other = (reporting(path, "15 tỷ đồng", 15e9) for path in ("a.txt", "b.txt"))
    one = replace(one, indicators=(replace(one.indicators[0], status=Status.MISSED),))
    other = replace(other, indicators=(replace(other.indicators[0], status=Status.EXCEEDED, stated=True),))
    (row,) = join_indicators([one, other], fuse([one, other]).ids)
    assert (row.status, row.stated) == (Status.EXCEEDED, True)


def test_a_row_whose_figures_are_all_hidden_goes() -> None:
    one = reporting("a.txt", "15 tỷ đồng", 15e9)
    fused = fuse([one])
    assert settle_indicators(join_indicators([one], fused.ids), fused.quantities, []) == ()
