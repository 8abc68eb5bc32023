"""Templates that users own: overriding file by file, and faults with file, line and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_briefs import brief

from toolkit.errors import TemplateError
from toolkit.render.html import render_html
from toolkit.workspace import packaged_templates


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_one_file_of_the_user_replaces_the_packaged_one(tmp_path: Path) -> None:
    write(tmp_path, "partials/masthead.html", "<header><h1>Của phường: {{ brief.place_text }}</h1></header>\n")
    made = render_html(brief(), tmp_path).decode()
    assert "<h1>Của phường: Phường Hạ Đình</h1>" in made
    assert "Kết quả thực hiện các chỉ tiêu" in made


def test_one_block_can_be_overridden_without_copying_the_page(tmp_path: Path) -> None:
    original = (packaged_templates() / "brief/publication.html").read_text("utf-8")
    write(tmp_path, "base.html", original)
    write(tmp_path, "brief/an-pham.html", '{% extends "base.html" %}{% block lead %}<p>Lời đầu</p>{% endblock %}')
    assert "<p>Lời đầu</p>" in render_html(brief(), tmp_path).decode()


CASES = [
    ("partials/masthead.html", "<p>\n{{ brief.tieu_de }}\n</p>", 2, "not there"),
    ("partials/masthead.html", "<p>\n\n{{ khong_co }}</p>", 3, "not there"),
    ("partials/masthead.html", "<p>\n{% if %}\n</p>", 2, "does not parse"),
    ("partials/masthead.html", "{{ brief.title | khong_co_bo_loc }}", 1, "does not parse"),
    ("partials/masthead.html", '\n{% include "partials/khong-co.html" %}', 2, "is not there"),
    ("partials/masthead.html", "\n{{ 1 / 0 }}", 2, "breaks while"),
    ("partials/masthead.html", "\n{{ brief.__class__.__mro__ }}", 2, "no template may"),
    (
        "macros/entries.html",
        "{% macro quoted(x) %}\n{{ x.sai }}{% endmacro %}{% macro entry(x) %}{% endmacro %}",
        2,
        "not there",
    ),
]


@pytest.mark.parametrize(("name", "text", "line", "what"), CASES, ids=[f"{c[3]}-{i}" for i, c in enumerate(CASES)])
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, name: str, text: str, line: int, what: str) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    assert caught.value.where == f"{path}:{line}"
    assert what in caught.value.what
    assert caught.value.remedy


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder"):
        render_html(brief(), tmp_path / "khong-co")


def test_user_templates_cannot_reach_the_machine(tmp_path: Path) -> None:
    secret = write(tmp_path, "bi-mat.txt", "mật khẩu")
    write(tmp_path / "mau", "partials/masthead.html", f"{{% include '{secret}' %}}")
    with pytest.raises(TemplateError):
        render_html(brief(), tmp_path / "mau")
    write(tmp_path / "mau", "partials/masthead.html", "{{ ''.__class__.__base__.__subclasses__() }}")
    with pytest.raises(TemplateError):
        render_html(brief(), tmp_path / "mau")


def test_text_is_escaped_everywhere() -> None:
    made = render_html(brief(title="<script>alert(1)</script>", place_text="<b>x</b>", kicker='"><img src=x>')).decode()
    assert "<script>alert" not in made
    assert "<img" not in made
    assert "<b>" not in made
