"""Changing one block, one macro, one rule of style: the user's file holds that and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from making_briefs import brief
from test_templates import write

from toolkit.errors import Severity, TemplateError
from toolkit.render.html import render_html, stylesheet
from toolkit.render.overlay import Overlay, extras
from toolkit.render.template_check import check_templates
from toolkit.styles import names
from toolkit.workspace import packaged_templates

NOTE = '{%- macro note_ref(number) -%}\n<sup class="ours"><a href="#n{{ number }}">{{ number }}</a></sup>\n{%- endmacro -%}\n'


def page(folder: Path) -> str:
    return render_html(brief(), folder).decode()


def test_one_block_of_the_packaged_page(tmp_path: Path) -> None:
    write(
        tmp_path,
        "brief/an-pham.html",
        '{% extends "nhiemky/brief/an-pham.html" %}\n{% block lead %}<p>Lời đầu</p>{{ super() }}{% endblock %}\n',
    )
    made = page(tmp_path)
    assert '<p>Lời đầu</p><section class="lead-figures"' in made.replace("\n", "")
    assert '<header class="masthead">' in made
    assert check_templates(tmp_path) == ()


def test_inside_a_packaged_page_the_users_files_count(tmp_path: Path) -> None:
    write(tmp_path, "brief/an-pham.html", '{% extends "nhiemky/brief/an-pham.html" %}\n')
    write(tmp_path, "partials/masthead.html", "<h1>Của phường</h1>\n")
    assert "<h1>Của phường</h1>" in page(tmp_path)


def test_one_macro_is_laid_over_the_others_and_called_by_them(tmp_path: Path) -> None:
    write(tmp_path, "macros/figures.html", NOTE)
    made = page(tmp_path)
    assert 'class="ref"' not in made
    # `refs` and `fig_with_note` of the package call it, and so do the partials.
    assert made.count('class="ours"') == render_html(brief()).decode().count('class="ref"')
    assert '<data class="fig' in made
    assert check_templates(tmp_path) == ()


def test_a_macro_may_call_the_packaged_one_in_whose_place_it_stands(tmp_path: Path) -> None:
    text = '{% from "nhiemky/macros/figures.html" import fig as packaged %}\n'
    text += '{% macro fig(figure, class="") %}<b>{{ packaged(figure, class) }}</b>{% endmacro %}\n'
    write(tmp_path, "macros/figures.html", text)
    assert check_templates(tmp_path) == ()
    assert '<b><data class="fig"' in page(tmp_path)


def test_a_full_copy_prints_the_same(tmp_path: Path) -> None:
    shutil.copytree(packaged_templates(), tmp_path / "t")
    assert page(tmp_path / "t") == render_html(brief()).decode()


def test_rules_of_style_follow_the_packaged_sheets(tmp_path: Path) -> None:
    write(tmp_path, "styles/extra-print.css", "h1 { color: {{ brief.palette.strong }} }\n")
    write(tmp_path, "styles/extra-screen.css", "h2 { color: red }")
    for name in names():
        assert stylesheet(tmp_path, name=name) == stylesheet(name=name) + "\nh1 { color: #0f4c4f }"
    assert page(tmp_path).count("h2 { color: red }") == 1
    assert "h2" not in stylesheet(tmp_path).partition("h1 { color: #0f4c4f }")[2]
    assert check_templates(tmp_path) == ()


@pytest.mark.parametrize(
    ("sheet", "followed_by"),
    [
        ("./styles/dang/print.css", ()),
        ("styles/dang/print.css", ("styles/extra-print.css", "styles/dang/extra-print.css")),
        ("styles/dang/extra-print.css", ()),
        ("styles/popover.js", ()),
        ("print.css", ()),
    ],
)
def test_sheets_that_follow_a_sheet(sheet: str, followed_by: tuple[str, ...]) -> None:
    assert extras(sheet) == followed_by


FAULTS = [
    ("macros/figures.html", NOTE + "{% macro fig(figure) %}\n{{ figure.txt }}\n{% endmacro %}", 5, "has no 'txt'; the"),
    ("macros/figures.html", "{% macro fig(figure) %}\n{{ figure.text | numbr }}\n{% endmacro %}", 2, "there is no filter 'numbr'"),
    ("macros/figures.html", "\n\n{% macro fig(figure) %}{% if %}{% endmacro %}", 3, "the template does not parse"),
    ("macros/figures.html", "{% macro fig(figure) %}", 1, "the template does not parse"),
    ("macros/figures.html", "{% macro fig(figure) %}{{ brief.title }}{% endmacro %}", 1, "there is no name 'brief' here"),
    ("macros/figures.html", "\n{% macro run(parts) %}{{ parts }}{% endmacro %}", 2, "parts is no text but tuple"),
    ("styles/extra-print.css", "h1 {}\nh2 { color: {{ brief.palette.storng }} }", 2, "has no 'storng'; the nearest: strong"),
    ("styles/extra-screen.css", "h1 { color: {{ colour }} }", 1, "there is no name 'colour' here"),
    (
        "brief/an-pham.html",
        "{% extends 'nhiemky/brief/an-pham.html' %}\n{% block masthed %}{% endblock %}",
        2,
        "the nearest: masthead",
    ),
    ("brief/an-pham.html", "{% extends 'nhiemky/brief/an-phan.html' %}", 1, "the nearest: nhiemky/brief/an-pham.html"),
    ("partials/list.html", "{% from 'nhiemky/macros/entries.html' import enrty %}", 1, "the nearest: entry"),
    # Arguments: at the macro where the package calls it, at the call where the user does.
    (
        "macros/figures.html",
        "\n{% macro refs() %}{% endmacro %}",
        2,
        "the macro 'refs' takes 0 argument(s), not 1; it is called so in",
    ),
    (
        "macros/figures.html",
        "{% macro refs(numbers, sign) %}{{ sign }}{% endmacro %}",
        1,
        "the macro 'refs' needs the argument 'sign'",
    ),
    (
        "partials/list.html",
        "{% from 'macros/entries.html' import quoted %}\n{{ quoted(section.items[0], tga='p') }}",
        2,
        "the macro 'quoted' takes no argument 'tga'; the nearest: tag; it is in",
    ),
    ("partials/list.html", "{% from 'macros/entries.html' import entry %}\n\n{{ entry() }}", 3, "needs the argument 'item'"),
]


@pytest.mark.parametrize(("name", "text", "line", "says"), FAULTS, ids=[f"{f[0]}-{f[3][:30]}" for f in FAULTS])
def test_a_fault_is_found_in_the_users_file_and_line(tmp_path: Path, name: str, text: str, line: int, says: str) -> None:
    path = write(tmp_path, name, text)
    found = [issue for issue in check_templates(tmp_path) if issue.where == f"{path}:{line}"]
    assert any(says in issue.message for issue in found), check_templates(tmp_path)


def test_a_changed_signature_names_every_call_of_the_package(tmp_path: Path) -> None:
    write(tmp_path, "macros/figures.html", "{% macro refs() %}{% endmacro %}")
    calls = {issue.message.rpartition("/")[2] for issue in check_templates(tmp_path)}
    sources = [*(packaged_templates() / "partials").iterdir(), packaged_templates() / "macros/entries.html"]
    wanted = {
        f"{path.name}:{line}"
        for path in sources
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "refs(" in text
    }
    assert calls == wanted


SOUND = [
    ("macros/figures.html", "{% macro refs(numbers, sign='') %}{{ sign }}{% endmacro %}"),
    ("macros/figures.html", "{% macro refs() %}{{ varargs | length }}{% endmacro %}"),
    ("macros/figures.html", "{% macro refs(numbers, extra) %}{{ extra if extra is defined }}{% endmacro %}"),
    ("macros/ours.html", "{% macro ours(x) %}{{ x }}{% endmacro %}"),
]


@pytest.mark.parametrize(("name", "text"), SOUND, ids=[s[1][:40] for s in SOUND])
def test_arguments_that_no_call_misses_are_no_fault(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, name, text)
    assert [issue for issue in check_templates(tmp_path) if issue.severity is Severity.ERROR] == []


def test_a_macro_that_nothing_calls_is_a_warning_with_the_nearest_name(tmp_path: Path) -> None:
    path = write(tmp_path, "macros/figures.html", "{% macro figg(figure) %}x{% endmacro %}")
    (issue,) = check_templates(tmp_path)
    assert (issue.severity, issue.where) == (Severity.WARNING, f"{path}:1")
    assert issue.message == "nothing calls the macro 'figg'; the nearest: fig"


def test_a_fault_while_rendering_names_the_file_it_stands_in(tmp_path: Path) -> None:
    path = write(tmp_path, "macros/figures.html", "\n{% macro note_ref(number) %}\n{{ number / 0 }}{% endmacro %}")
    with pytest.raises(TemplateError) as caught:
        page(tmp_path)
    assert caught.value.where == f"{path}:3"
    write(tmp_path, "macros/figures.html", "{% macro settled_mark() %}x{% endmacro %}")
    write(tmp_path, "partials/list.html", "{% from 'macros/figures.html' import run %}{{ run(7) }}")
    with pytest.raises(TemplateError) as caught:
        page(tmp_path)
    lines = (packaged_templates() / "macros/figures.html").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "for part in parts" in text)
    assert caught.value.where == f"{packaged_templates() / 'macros/figures.html'}:{line}"


def test_a_file_that_is_no_text_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "macros/figures.html"
    path.parent.mkdir()
    path.write_bytes(b"{% macro fig(figure) %}\n\xff\xfe{% endmacro %}")
    assert [(i.where, i.message) for i in check_templates(tmp_path)] == [(f"{path}:2", "the template is not UTF-8 text")]
    with pytest.raises(TemplateError, match="not UTF-8"):
        page(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "macros/figures.html"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf{% macro fig(figure) %}\r\n\r\n{{ figure.txt }}{% endmacro %}\r\n")
    assert {issue.where for issue in check_templates(tmp_path)} == {f"{path}:3"}


def test_a_new_file_is_seen_without_a_new_environment(tmp_path: Path) -> None:
    assert 'class="ours"' not in page(tmp_path)
    path = write(tmp_path, "macros/figures.html", NOTE)
    assert 'class="ours"' in page(tmp_path)
    path.unlink()
    assert 'class="ours"' not in page(tmp_path)


def test_a_folder_over_itself_is_nothing_over_it() -> None:
    assert Overlay(packaged_templates(), packaged_templates()).own is None
    assert check_templates(packaged_templates()) == ()
