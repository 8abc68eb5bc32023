"""A fault inside a rendering names the template's line and the piece of the brief that it was at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from making_briefs import brief, figure, sections
from test_templates import write

from toolkit.errors import TemplateError
from toolkit.messages import translate
from toolkit.model.brief import Item
from toolkit.render.data_path import Places, shown, written
from toolkit.render.html import render_html

ROWS = "{% for section in brief.sections %}{% for row in section.rows %}\n"
ENDS = "\n{% endfor %}{% endfor %}"

CASES = [
    # A filter that is given what it cannot take.
    (ROWS + "{{ row.label | round }}" + ENDS, 2, "TypeError", "brief.sections[1].rows[0].label (“Thu ngân sách”)"),
    # The second row, because the first has a period.
    (ROWS + "{{ 1 / (row.period | length) }}" + ENDS, 2, "ZeroDivisionError", "brief.sections[1].rows[1].period"),
    # Two rows hold a figure each; a macro is called in two loops, the fault is inside.
    (
        "{% macro cell(part) %}\n{{ part.note + 1 }}{% endmacro %}" + ROWS + "{{ cell(row.result[0]) }}" + ENDS,
        2,
        "TypeError",
        "brief.sections[1].rows[0].result[0].note",
    ),
    # An attribute that is not there, found by the loop's variable of that name.
    (ROWS + "{{ row.status_text }} {{ row[brief.place_text] }}" + ENDS, 2, "", "brief.sections[1].rows[0]"),
    # A loop over plain values: numbers are told by the row around them.
    (
        ROWS + "{% for number in row.notes %}{{ number / (2 - number) }}{% endfor %}" + ENDS,
        2,
        "Zero",
        "sections[1].rows[1].notes[0] (2)",
    ),
    # The expression that fails, of several in a line, one inside the other.
    (ROWS + "{{ row.place }}{{ row.label ~ (row.sector_title | int(1) / 0) }}" + ENDS, 2, "Zero", "rows[0].sector_title"),
    ("\n{{ brief.key_figures[0].attainment | join }}", 2, "TypeError", "brief.key_figures[0].attainment (1.43)"),
    ("{% set top = brief.key_figures[1] %}\n{{ top.caption + 1 }}", 2, "TypeError", "brief.key_figures[1].caption (“Tổng thu”)"),
    ("\n{{ notes[1].quote + 1 }}", 2, "TypeError", "notes[1].quote"),
    ("\n{{ brief.sections[0] }}", 2, "prints what is no text: Section", "brief.sections[0]"),
    (
        "\n{{ brief.key_figures[0].figure.note }}{{ brief.key_figures[1].attainment }}",
        2,
        "nothing (None)",
        "key_figures[1].attainment",
    ),
]


@pytest.mark.parametrize(("text", "line", "says", "data"), CASES, ids=[c[3] for c in CASES])
def test_the_data_is_named(tmp_path: Path, text: str, line: int, says: str, data: str) -> None:
    path = write(tmp_path, "partials/masthead.html", text)
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    assert caught.value.where == f"{path}:{line}"
    assert says in caught.value.what
    assert data in caught.value.what.partition("; the data: ")[2]


def test_a_macro_of_the_user_called_by_packaged_loops(tmp_path: Path) -> None:
    path = write(
        tmp_path, "macros/figures.html", '{% macro fig(figure, class="") %}\n{{ figure.amount.value / 0 }}\n{% endmacro %}'
    )
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    assert caught.value.where == f"{path}:2"
    assert "; the data: brief.sections[1].rows[0].result[0].amount.value" in caught.value.what


def test_an_object_in_two_places_is_told_by_the_loop_it_is_in(tmp_path: Path) -> None:
    same = Item((figure(),), "Cùng một mục")
    first, second = replace(sections()[3], items=(same,)), replace(sections()[4], items=(Item(("a",)), same))
    text = (
        "{% for section in brief.sections[1:] %}{% for item in section.items %}\n{{ item.label | round }}{% endfor %}{% endfor %}"
    )
    write(tmp_path, "partials/masthead.html", text)
    with pytest.raises(TemplateError) as caught:
        render_html(brief(sections=(first, replace(second, items=second.items[1:]))), tmp_path)
    assert "; the data: brief.sections[1].items[0].label" in caught.value.what


def test_what_stays_in_doubt_is_not_told() -> None:
    places = Places({"brief": {"a": [1, 2], "b": [1]}})
    assert places.find(2) == ("brief", "a", 1)
    assert places.find(1) is None
    assert places.find(1, [("brief", "b")]) == ("brief", "b", 0)
    assert places.find("not there") is None


def test_paths_are_written_as_a_template_would() -> None:
    assert written(("brief", "sections", 2, "rows", 0, "label")) == "brief.sections[2].rows[0].label"
    assert written(("sources", "01ab", "text")) == "sources['01ab'].text"
    assert shown("x" * 41) == f"“{'x' * 39}…”"


def test_a_fault_of_the_template_alone_names_no_data(tmp_path: Path) -> None:
    write(tmp_path, "partials/masthead.html", ROWS + "{% include 'partials/none.html' %}" + ENDS)
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    assert "; the data" not in caught.value.what


def test_it_is_said_in_vietnamese(tmp_path: Path) -> None:
    write(tmp_path, "partials/masthead.html", "{{ brief.title / 2 }}")
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    said = translate(caught.value.what, "vi")
    assert said.startswith("mẫu hỏng khi đang dựng trang: TypeError: ")
    assert "; dữ liệu: brief.title (“Phường Hạ Đình: " in said
