"""Templates held against their data before rendering: every fault at once, none where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from making_briefs import brief
from test_templates import CASES, write

from toolkit.errors import Severity, TemplateError
from toolkit.render.html import _context, render_html
from toolkit.render.template_check import check_templates
from toolkit.render.template_types import context
from toolkit.workspace import packaged_templates

BLOCKS = (packaged_templates() / "brief/publication.html").read_text("utf-8")


def test_the_packaged_templates_have_no_fault() -> None:
    assert check_templates(None) == ()


def test_a_full_copy_has_no_fault_and_no_unused_file(tmp_path: Path) -> None:
    shutil.copytree(packaged_templates(), tmp_path / "t")
    assert check_templates(tmp_path / "t") == ()


def test_it_knows_the_names_that_templates_are_given() -> None:
    assert set(context()) == {*_context(brief()), "target", "font_faces"}


FAULTS = [
    ("partials/masthead.html", "\n{{ brief.titel }}", 2, "brief (Brief) has no 'titel'; the nearest: title"),
    ("partials/masthead.html", "{{ breif.title }}", 1, "there is no name 'breif' here; the nearest: brief"),
    ("partials/masthead.html", "{{ words.dahs }}", 1, "words has no 'dahs'; the nearest: dash"),
    ("partials/masthead.html", "{{ words['dahs'] }}", 1, "words has no 'dahs'; the nearest: dash"),
    ("partials/masthead.html", "{{ brief.title | lowr }}", 1, "there is no filter 'lowr'; the nearest: lower"),
    ("partials/masthead.html", "{% if brief.title is defind %}{% endif %}", 1, "there is no test 'defind'; the nearest: defined"),
    (
        "partials/masthead.html",
        "{% include 'partials/hed.html' %}",
        1,
        "the template 'partials/hed.html' is not there; the nearest",
    ),
    ("partials/masthead.html", "{% from 'macros/figures.html' import ruun %}", 1, "macros/figures.html has no macro 'ruun'"),
    ("partials/masthead.html", "{% import 'macros/bars.html' as b %}{{ b.bar() }}", 1, "b has no 'bar'"),
    ("partials/masthead.html", "{% for s in brief.sections %}\n{{ s.titel }}{% endfor %}", 2, "s (Section) has no 'titel'"),
    ("partials/masthead.html", "{{ brief.sections[0].rows[0].status.nme }}", 1, "brief.sections[0].rows[0].status (Status) has no"),
    ("partials/masthead.html", "{{ notes[1].qote }}", 1, "notes[1] (Note) has no 'qote'; the nearest: quote"),
    ("partials/masthead.html", "{{ brief.__class__ }}", 1, "the template does what no template may: '__class__'"),
    ("partials/masthead.html", "{{ (brief.sections | first).tilte }}", 1, "Section has no 'tilte'; the nearest: title"),
    ("partials/masthead.html", "{{ brief.notes | map(attribute='x') }}", 1, "brief.notes holds Note, which has no 'x'"),
    ("partials/masthead.html", "{% set top = brief.key_figures[0] %}{{ top.captoin }}", 1, "top (KeyFigure) has no 'captoin'"),
    ("partials/masthead.html", "{% if %}", 1, "the template does not parse"),
    # Names that come from the place of the include, types that come from the call of a macro.
    ("partials/table.html", "{% for row in section.rows %}\n{{ row.labl }}{% endfor %}", 2, "row (IndicatorRow) has no 'labl'"),
    ("partials/list.html", "{% for i in section.itmes %}{% endfor %}", 1, "section (Section) has no 'itmes'; the nearest: items"),
    (
        "macros/entries.html",
        "{% macro quoted(item) %}\n{{ item.txt }}{% endmacro %}{% macro entry(item) %}{{ quoted(item) }}{% endmacro %}",
        2,
        "item (Item) has no 'txt'; the nearest: text",
    ),
    ("styles/an-pham/print.css", "a { color: {{ colour }} }", 1, "there is no name 'colour' here"),
    ("styles/an-pham/print.css", "h1 { content: '{{ brief.title }}' }", 1, "has no 'title'"),
    (
        "brief/an-pham.html",
        "{% extends 'base.html' %}{% block masthed %}{% endblock %}",
        1,
        "the template 'base.html' is not there",
    ),
]


@pytest.mark.parametrize(("name", "text", "line", "says"), FAULTS, ids=[f[3][:50] for f in FAULTS])
def test_a_fault_is_found_with_file_line_and_nearest_name(tmp_path: Path, name: str, text: str, line: int, says: str) -> None:
    path = write(tmp_path, name, text)
    found = [issue for issue in check_templates(tmp_path) if issue.where == f"{path}:{line}"]
    assert any(says in issue.message for issue in found), found
    assert all(issue.severity is Severity.ERROR and issue.remedy for issue in found)


def test_a_block_that_no_page_has_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "base.html", BLOCKS)
    path = write(tmp_path, "brief/an-pham.html", "{% extends 'base.html' %}\n{% block masthed %}{% endblock %}")
    (issue,) = check_templates(tmp_path)
    assert issue.where == f"{path}:2"
    assert "the nearest: masthead" in issue.message


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, "partials/masthead.html", "{{ a_a }}\n{{ b_b }}\n{{ brief.c_c }}")
    write(tmp_path, "partials/list.html", "{% for %}")
    write(tmp_path, "partials/notes.html", "{{ brief.title | d_d }}")
    assert len(check_templates(tmp_path)) == 5


SOUND = [
    ("partials/masthead.html", "{{ brief.title.upper() }} {{ loop is defined }} {{ extra | default('') }}"),
    ("partials/masthead.html", "{% if extra is defined %}{{ extra.anything }}{% endif %}"),
    ("partials/masthead.html", "{% set n = namespace(a=1) %}{% set n.a = 2 %}{{ n.a }} {{ range(3) | list | length }}"),
    ("partials/masthead.html", "{% for id, s in sources.items() %}{{ id }}{{ s.anything }}{{ loop.index }}{% endfor %}"),
    ("partials/masthead.html", "{% for s in brief.sections if s.rows %}{{ s.rows[-1].sector.value }}{% else %}-{% endfor %}"),
    ("partials/masthead.html", "{% macro m(x, y=1) %}{{ x.title }}{{ y }}{{ caller() if caller }}{% endmacro %}{{ m(brief) }}"),
    ("partials/masthead.html", "{% with a = brief.notes %}{{ a[0].quote }}{% endwith %}{{ brief.title[:3] }}"),
    ("partials/masthead.html", "{% include 'partials/none.html' ignore missing %}{% include ['a.html'] ignore missing %}"),
    ("partials/masthead.html", "{% filter upper %}{{ brief.locality.name }}{% endfilter %}{% set t %}x{% endset %}{{ t }}"),
]


@pytest.mark.parametrize(("name", "text"), SOUND, ids=[s[1][:40] for s in SOUND])
def test_what_is_sound_is_no_fault(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, name, text)
    assert check_templates(tmp_path) == ()


def test_one_overridden_block_is_sound(tmp_path: Path) -> None:
    write(tmp_path, "base.html", BLOCKS)
    text = "{% extends 'base.html' %}{% from 'macros/figures.html' import run %}"
    text += "{% block lead %}{{ super() }}{{ run(('a',)) }}{% endblock %}"
    write(tmp_path, "brief/an-pham.html", text)
    assert check_templates(tmp_path) == ()


@pytest.mark.parametrize(("name", "text", "line", "what"), [c for c in CASES if c[3] != "breaks while"])
def test_what_breaks_a_rendering_was_found_before(tmp_path: Path, name: str, text: str, line: int, what: str) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(TemplateError):
        render_html(brief(), tmp_path)
    # A macro file without its macros is wrong at the call as well.
    assert path.name in str(check_templates(tmp_path)[-1])


def test_a_file_that_no_page_uses_is_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, "partials/mast-head.html", "x")
    (issue,) = check_templates(tmp_path)
    assert (issue.severity, issue.where) == (Severity.WARNING, str(path))
    assert "partials/masthead.html" in issue.remedy


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder"):
        check_templates(tmp_path / "none")
