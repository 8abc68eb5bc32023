"""Filters as templates call them, from good values and from wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_briefs import brief
from test_templates import write

from toolkit.errors import TemplateError
from toolkit.render.html import render_html
from toolkit.render.template_check import check_templates

SAYS = [
    ("1234.5 | number", "1.234,5"),
    ("1250000 | number", "1.250.000"),
    ("'0.10' | number", "0,10"),
    ("0.1 | number", "0,1"),
    ("-3 | number", "-3"),
    ("11708000000 | money", "11~tỷ~708~triệu~đồng"),
    ("2500000 | money('USD')", "2,5~triệu~USD"),
    ("51.2 | percent", "51,2%"),
    ("93.15 | percent(93.9)", "93,15–93,9%"),
    ("brief.date | date", "ngày~07~tháng~5~năm~2020"),
    ("'2025-01-31' | date", "ngày~31~tháng~01~năm~2025"),
    ("brief.date | short_date", "07/5/2020"),
    ("'2025-02-01' | short_date", "01/02/2025"),
    ("brief.key_figures[1].figure.amount | amount", "11~tỷ~708~triệu~đồng"),
    ("brief.key_figures[0].figure.amount | canonical", "143"),
    ("'2020-2025' | years", "2020–2025"),
    ("22 | roman", "XXII"),
    ("['A', 'B', 'C'] | listing", "A, B và C"),
    ("[] | listing", ""),
    ("brief.sections[0].items[0].text | words", "Phường Hạ Đình"),
    ("'143%' | without_unit('%')", "143"),
    ("1.43 | percentage(2.0)", "71.5"),
    ("brief.sections[1].rows | batches('sector') | length", "2"),
]


@pytest.mark.parametrize(("expression", "says"), SAYS, ids=[s[0] for s in SAYS])
def test_a_filter(tmp_path: Path, expression: str, says: str) -> None:
    write(tmp_path, "partials/masthead.html", f"<h1>[{{{{ {expression} }}}}]</h1>")
    assert check_templates(tmp_path) == ()
    assert f"<h1>[{says}]</h1>" in render_html(brief(), tmp_path).decode().replace("\u00a0", "~")


WRONG = [
    ("'ba' | number", "“ba” is no number"),
    ("true | number", "bool is no number"),
    ("brief.key_figures[0].figure | number", "Figure is no number; the data: brief.key_figures[0].figure"),
    ("'7/5/2020' | date", "“7/5/2020” is no date (2020-05-07)"),
    ("'2020-02-30' | short_date", "is no date"),
    ("none | date", "“None” is no date"),
    ("brief.title | amount", "str is no amount; the data: brief.title"),
]


@pytest.mark.parametrize(("expression", "says"), WRONG, ids=[w[0] for w in WRONG])
def test_what_is_no_number_and_no_date_stops_the_template(tmp_path: Path, expression: str, says: str) -> None:
    path = write(tmp_path, "partials/masthead.html", f"\n{{{{ {expression} }}}}")
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    assert caught.value.where == f"{path}:2"
    assert says in caught.value.what
