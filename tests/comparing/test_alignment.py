"""What stands beside what, and what is made of it: cases in ``tests/cases/comparing``."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from making_comparisons import compared, dossier, money, rows, shown, table, words

from toolkit.comparing import indicator_of
from toolkit.compose.comparing import compose_comparison
from toolkit.errors import UsageError
from toolkit.model.brief import Figure
from toolkit.model.comparison import Layout
from toolkit.model.walk import every

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "comparing" / "alignment.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_stands_beside_what(case: dict[str, Any]) -> None:
    comparison, _ = compared(case["of"])
    assert table(comparison) == [(label, unit, cells) for label, unit, cells in case["rows"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("length", ["one-page", "standard", "full"])
def test_no_figure_is_lost_at_any_length(case: dict[str, Any], length: str) -> None:
    comparison, dossiers = compared(case["of"], length=length)
    settled = {(d.folder, fact.value.id) for d in dossiers for fact in d.quantities}
    assert {(row.column, row.fact) for row in comparison.facts} == settled
    printed = {(f.of, f.fact) for f in every(Figure, (comparison.groups, comparison.own))}
    counted = sum(int(n) for part in comparison.own for n in part.rest.split() if n.isdigit())
    assert len(printed) + counted == len(settled)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_printed_figure_leads_to_its_sentence(case: dict[str, Any]) -> None:
    comparison, dossiers = compared(case["of"])
    texts = {d.folder: d.sheets[0].source.text for d in dossiers}
    quotes = {note.number: note.quote for note in comparison.notes}
    spans = {(d.folder, s.value.id): s.value.quote.text for d in dossiers for s in d.quantities}
    for figure in every(Figure, tuple(row.cells for row in rows(comparison))):
        assert figure.note is not None
        assert spans[figure.of, figure.fact] in quotes[figure.note]
        assert quotes[figure.note] in texts[figure.of]


def test_fewer_than_two_say_what_to_do() -> None:
    with pytest.raises(UsageError, match="nothing to compare: 1 locality") as error:
        compose_comparison([dossier(money("An Bình", 10**9, "1 tỷ đồng"))], indicator_of)
    assert "at least two localities" in error.value.remedy


# ---------------------------------------------------------------- ranks and differences


def poverty(place: str, value: str, **more: Any) -> dict[str, Any]:
    figure = value.replace(".", ",") + "%"
    fact = {
        "say": f"Hộ nghèo của {place} còn {figure}",
        "figure": figure,
        "kind": "percent",
        "value": value,
        "label": "tỷ lệ hộ nghèo",
    }
    return {"place": place, "term": "2020-2025", "facts": [{**fact, **more.pop("fact", {})}], **more}


def ranks(given: list[dict[str, Any]]) -> list[str]:
    return [cell.rank for cell in rows(compared(given)[0])[0].cells]


def test_fewer_poor_households_rank_first_and_equals_share_a_rank() -> None:
    given = [poverty("An Bình", "4.6"), poverty("Bình Minh", "1.35"), poverty("Cẩm Sơn", "4.6"), poverty("Duy Tân", "5")]
    assert ranks(given) == ["hạng 2", "hạng 1", "hạng 2", "hạng 4"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"fact": {"bound": "over", "say": "Hộ nghèo của Duy Tân còn hơn 5%"}}, "a bound has no rank"),
        ({"fact": {"period": "2023"}}, "a year among terms"),
        ({"report": "half-term"}, "half a term among whole ones"),
    ],
)
def test_what_cannot_be_compared_has_no_rank(change: dict[str, Any], why: str) -> None:
    given = [poverty("An Bình", "4.6"), poverty("Bình Minh", "1.35"), poverty("Cẩm Sơn", "2"), poverty("Duy Tân", "5", **change)]
    assert ranks(given) == ["", "", "", ""], why


def test_two_values_make_no_ranking() -> None:
    assert ranks([poverty("An Bình", "4.6"), poverty("Bình Minh", "1.35")]) == ["", ""]


def test_what_has_no_known_direction_is_never_ranked() -> None:
    given = [money(place, n * 10**9, f"{n} tỷ đồng") for place, n in (("An Bình", 1), ("Bình Minh", 2), ("Cẩm Sơn", 3))]
    assert ranks(given) == ["hạng 3", "hạng 2", "hạng 1"]
    for row in given:
        row["facts"][0]["label"] = "chi ngân sách"
    assert ranks(given) == ["", "", ""]


def test_amounts_of_a_commune_and_a_district_are_not_ranked() -> None:
    given = [money("An Bình", 10**9, "1 tỷ đồng"), money("Bình Minh", 2 * 10**9, "2 tỷ đồng")]
    given.append(money("Bình Giang", 90 * 10**9, "90 tỷ đồng", level="huyện"))
    comparison, _ = compared(given)
    assert not any(cell.rank for row in rows(comparison) for cell in row.cells)
    assert any("xã và huyện" in remark or "huyện và xã" in remark for remark in comparison.remarks)


def difference(first: dict[str, Any], then: dict[str, Any]) -> str:
    made = [row.difference for row in rows(compared([first, then])[0])]
    return "; ".join(one.text if one else "—" for one in made).replace("\u00a0", " ")


def test_percentages_of_two_terms_differ_by_points() -> None:
    assert difference(poverty("An Bình", "4.6", term="2015-2020"), poverty("An Bình", "1.35")) == "giảm 3,25 điểm %"
    assert difference(poverty("An Bình", "1.35", term="2015-2020"), poverty("An Bình", "1.35")) == "không đổi"


def test_money_of_two_terms_differs_in_the_unit_of_its_row() -> None:
    earlier = money("An Bình", 850 * 10**6, "850 triệu đồng", term="2015-2020")
    assert difference(earlier, money("An Bình", 12 * 10**8, "1,2 tỷ đồng")) == "tăng 0,35 tỷ đồng"


def test_values_that_cannot_be_compared_have_no_difference() -> None:
    assert difference(poverty("An Bình", "4.6", term="2015-2020"), poverty("An Bình", "1.35", fact={"period": "2023"})) == "—"
    assert difference(poverty("An Bình", "4.6", term="2015-2020"), poverty("An Bình", "1.35", report="half-term")) == "—"
    percent = poverty("An Bình", "4.6", term="2015-2020", fact={"label": "thu ngân sách", "role": "attainment"})
    assert difference(percent, money("An Bình", 10**9, "1 tỷ đồng")) == "—; —"


# ---------------------------------------------------------------- charts, own figures, layouts


def test_a_chart_shows_gaps_and_begins_at_zero() -> None:
    given = [poverty("An Bình", "4.6"), money("Bình Minh", 10**9, "1 tỷ đồng"), poverty("Cẩm Sơn", "2.3")]
    panel = compared(given)[0].panels[0]
    assert [(bar.name, bar.note, bar.share) for bar in panel.bars] == [
        ("Xã An Bình", "", 0.046),
        ("Xã Bình Minh", "không nêu", None),
        ("Xã Cẩm Sơn", "", 0.023),
    ]
    assert panel.hint == "Thấp hơn là tốt hơn."


def test_amounts_of_other_periods_are_not_drawn_together() -> None:
    given = [money("An Bình", 10**9, "1 tỷ đồng"), money("Bình Minh", 2 * 10**9, "2 tỷ đồng")]
    given[1]["facts"][0]["period"] = "2023"
    assert compared(given)[0].panels == ()


def test_what_one_place_tells_is_told_below_and_counted() -> None:
    alone = {
        "say": "Xã có 12 ha hoa",
        "figure": "12 ha",
        "kind": "measure",
        "value": 12,
        "unit": "ha",
        "label": "diện tích trồng hoa",
    }
    loans = {"say": "Tỷ lệ hộ vay vốn là 31%", "figure": "31%", "kind": "percent", "value": 31, "label": "tỷ lệ hộ vay vốn"}
    first = money("An Bình", 10**9, "1 tỷ đồng")
    first["facts"] += [alone, loans]
    own = compared([first, money("Bình Minh", 2 * 10**9, "2 tỷ đồng")], length="standard")[0].own
    assert [([words(run) for run in part.runs], part.rest) for part in own] == [
        (["Tỷ lệ hộ vay vốn: 31%"], "và 1 số liệu khác"),
        ([], "không có số liệu nào ngoài bảng"),
    ]


def many(count: int) -> list[dict[str, Any]]:
    return [money(f"Xã số {n}", n * 10**9, f"{n} tỷ đồng") for n in range(1, count + 1)]


def test_more_places_than_columns_become_rows_and_say_so() -> None:
    comparison, _ = compared(many(7))
    assert comparison.layout is Layout.ROWS
    assert comparison.wide
    assert [shown(value) for cell in rows(comparison)[0].cells for value in cell.values] == [str(n) for n in range(1, 8)]
    assert compared(many(6))[0].layout is Layout.COLUMNS


def test_places_stand_in_the_order_of_the_alphabet() -> None:
    given = [money(place, 10**9, "1 tỷ đồng") for place in ("Đông Sơn", "Dương Hà", "Ân Thi", "An Bình")]
    assert [column.place for column in compared(given)[0].columns] == ["Xã An Bình", "Xã Ân Thi", "Xã Dương Hà", "Xã Đông Sơn"]


def test_a_common_scale_is_never_a_rounding() -> None:
    comparison, _ = compared([money("An Bình", 1234567891234, "1.234.567.891.234 đồng"), money("Bình Minh", 10**9, "1 tỷ đồng")])
    assert [shown(cell.values[0]) for cell in rows(comparison)[0].cells] == ["1.234.567.891.234", "1.000.000.000"]
    assert rows(comparison)[0].unit == "đồng"


def test_the_same_dossiers_in_other_order_give_the_same_comparison() -> None:
    given = [money("An Bình", 10**9, "1 tỷ đồng"), poverty("Bình Minh", "2"), poverty("Cẩm Sơn", "3")]
    assert compared(given)[0] == compared(given[::-1])[0]


def test_a_difference_names_both_its_figures() -> None:
    made = compared([poverty("An Bình", "4.6", term="2015-2020"), poverty("An Bình", "1.35")])[0]
    one = rows(made)[0].difference
    assert one is not None
    assert (one.less.of, one.figure.of, one.value) == ("an-binh/2015-2020", "an-binh/2020-2025", Decimal("-3.25"))
    assert replace(one, text="") != one
