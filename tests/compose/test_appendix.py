"""The appended table of indicators: units in their own column, years side by side, everything in it, nothing computed."""

from __future__ import annotations

from small_dossiers import amount, dossier, quantity, source, words

from toolkit.compose import compose
from toolkit.model.brief import Appendix, AppendixRow, Figure
from toolkit.model.dossier import Display
from toolkit.model.fact import Indicator, Quantity, Status
from toolkit.model.text import Source
from toolkit.model.walk import every


def money(src: Source, quote: str, value: str, label: str = "thu ngân sách", **more: str) -> Quantity:
    return quantity(src, quote, amount("money", value, unit="đồng"), label, **more)


def table(src: Source, facts: tuple[Quantity, ...], **more: object) -> Appendix:
    made = compose(dossier(src, facts, display=Display(appendix=True), **more), {}, length="one-page").appendix  # type: ignore[arg-type]
    assert made is not None
    return made


def rows(made: Appendix) -> list[AppendixRow]:
    return [row for group in made.groups for row in group.rows]


def test_it_is_there_only_when_asked_for() -> None:
    src = source("Thu ngân sách đạt 12 tỷ đồng.")
    facts = (money(src, "12 tỷ đồng", "12000000000"),)
    assert compose(dossier(src, facts), {}).appendix is None
    assert table(src, facts).groups


def test_nothing_to_tell_is_no_table() -> None:
    assert compose(dossier(source("Không có số liệu."), display=Display(appendix=True)), {}).appendix is None


def test_a_row_has_its_unit_plan_result_and_verdict_apart() -> None:
    src = source("Thu ngân sách đạt 12,5 tỷ đồng, nghị quyết giao 10 tỷ đồng, đạt 125% kế hoạch.")
    result = money(src, "12,5 tỷ đồng", "12500000000", id="r")
    plan = money(src, "10 tỷ đồng", "10000000000", role="plan", id="p")
    rate = quantity(src, "125%", amount("percent", "125", unit="%"), "thu ngân sách", role="attainment", id="a")
    line = Indicator(
        "thu", "thu ngân sách", result.sector, results=("r",), plans=("p",), attainments=("a",), status=Status.EXCEEDED
    )
    (row,) = rows(table(src, (result, plan, rate), indicators=(line,)))
    assert row.unit == "tỷ\u00a0đồng"
    assert (words(row.plan), words(row.result), words(row.rate), row.verdict) == ("10", "12,5", "125%", "Vượt")
    figures = list(every(Figure, row))
    assert [figure.unit for figure in figures] == ["tỷ\u00a0đồng", "tỷ\u00a0đồng", ""]
    assert row.notes


def test_another_unit_stands_beside_its_figure() -> None:
    src = source("Thu ngân sách đạt 12,5 tỷ đồng, nghị quyết giao 900 triệu đồng.")
    result, plan = money(src, "12,5 tỷ đồng", "12500000000", id="r"), money(src, "900 triệu đồng", "900000000", role="plan", id="p")
    line = Indicator("thu", "thu ngân sách", result.sector, results=("r",), plans=("p",), status=Status.EXCEEDED)
    (row,) = rows(table(src, (result, plan), indicators=(line,)))
    assert (row.unit, words(row.plan)) == ("tỷ\u00a0đồng", "900~triệu~đồng")


def test_results_of_several_years_stand_side_by_side_on_a_wide_page() -> None:
    src = source("Thu ngân sách năm 2018 đạt 6 tỷ đồng; thu ngân sách năm 2019 đạt 7 tỷ đồng. Tỷ lệ hộ nghèo năm 2020 còn 2%.")
    facts = (
        money(src, "6 tỷ đồng", "6000000000", period="2018"),
        money(src, "7 tỷ đồng", "7000000000", period="2019"),
        quantity(src, "2%", amount("percent", "2", unit="%"), "tỷ lệ hộ nghèo", sector="van-hoa-xa-hoi", period="2020"),
    )
    made = table(src, facts)
    assert (made.years, made.wide) == (("2018", "2019"), True)
    series, single = rows(made)
    assert [words(cell) for cell in series.yearly] == ["6", "7"]
    assert (series.result, series.verdict) == ((), "")
    assert [words(cell) for cell in single.yearly] == ["", ""]
    assert (words(single.result), single.unit) == ("2", "%")
    assert single.period.replace("\u00a0", " ") == "năm 2020"


def test_a_part_of_a_whole_is_the_result_where_there_is_no_other() -> None:
    src = source("Hoàn thành 11/12 chỉ tiêu.")
    fact = quantity(
        src, "11/12 chỉ tiêu", amount("fraction", "11", of="12", unit="chỉ tiêu"), "hoàn thành", role="attainment", sector="chung"
    )
    (row,) = rows(table(src, (fact,)))
    assert (words(row.result), row.unit, row.rate) == ("11/12", "chỉ tiêu", ())


def test_every_line_of_results_is_in_it_whatever_the_length() -> None:
    count = 30
    src = source(" ".join(f"Tỷ lệ việc thứ {'i' * n} đạt {n + 10}%." for n in range(1, count + 1)))
    facts = tuple(
        quantity(src, f"{n + 10}%", amount("percent", str(n + 10), unit="%"), f"tỷ lệ việc thứ {'i' * n}")
        for n in range(1, count + 1)
    )
    found = rows(table(src, facts))
    assert len(found) == count
    assert [row.number for row in found] == [str(n) for n in range(1, count + 1)]


def test_money_in_two_words_keeps_them_together() -> None:
    src = source("Thu ngân sách đạt 11 tỷ 708 triệu đồng mỗi người.")
    fact = quantity(src, "11 tỷ 708 triệu đồng", amount("money", "11708000000", unit="đồng", bound="about"), "thu ngân sách")
    (row,) = rows(table(src, (fact,)))
    assert (row.unit, words(row.result).endswith("11~tỷ~708~triệu~đồng")) == ("", True)
