"""What a profile gives to look at: colours in page and print, a logo inside the file, the mark of settled values."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from lxml import html as lxml_html
from making_briefs import brief

from toolkit.compose.palette import palette
from toolkit.errors import RenderError
from toolkit.model.brief import Palette
from toolkit.render.html import print_html, render_html, stylesheet
from toolkit.render.logo import data_uri
from toolkit.render.pdf import render_pdf

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
RING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'


def test_colours_reach_page_and_print() -> None:
    blue = palette("#1e3a8a")
    page = render_html(replace(brief(), palette=blue)).decode()
    assert "--band: #1e3a8a" in page
    assert f"--strong: {blue.dark_strong}" in page
    assert "#1e3a8a" in stylesheet(None, blue)
    assert Palette().strong not in stylesheet(None, blue)


def test_print_rules_of_one_palette_do_not_colour_the_next() -> None:
    assert "#1e3a8a" not in stylesheet(None)


@pytest.mark.parametrize(("name", "data", "kind"), [("a.png", DOT, "image/png"), ("a.svg", RING, "image/svg+xml")])
def test_a_logo_is_carried_inside_with_words_for_it(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / "x.yaml").touch()
    (tmp_path / name).write_bytes(data)
    made = replace(brief(), logo=str(tmp_path / name))
    (image,) = lxml_html.fromstring(render_html(made)).xpath("//header//img")
    assert image.get("src") == f"data:{kind};base64,{base64.b64encode(data).decode()}"
    assert image.get("alt") == f"Biểu trưng của {made.place_text}"
    pdf = pikepdf.open(io.BytesIO(render_pdf(made)))
    figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert f"Biểu trưng của {made.place_text}" in [str(o.get("/Alt")) for o in figures]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("missing.png", None, "cannot be read"),
        ("text.png", b"secret", "neither PNG nor a plain SVG"),
        ("script.svg", RING.replace(b"<circle", b"<script>1</script><circle"), "neither PNG"),
        ("remote.svg", RING.replace(b"<circle", b'<image href="https://example.org/x.png"/><circle'), "neither PNG"),
        ("entity.svg", b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RING, "neither PNG"),
        ("large.png", DOT + b"0" * 1_000_000, "too large"),
    ],
)
def test_a_logo_that_will_not_do_is_refused_with_a_remedy(tmp_path: Path, name: str, data: bytes | None, what: str) -> None:
    (tmp_path / "x.yaml").touch()
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(RenderError, match=what) as found:
        data_uri(str(tmp_path / name), "ha-dinh/2020")
    assert found.value.remedy


@pytest.mark.parametrize("logo", ["https://example.org/a.png", "/etc/hostname", "../../../../../../../../etc/hostname"])
def test_no_file_from_outside_the_project(logo: str) -> None:
    with pytest.raises(RenderError, match="not a file of this project"):
        data_uri(logo, "ha-dinh/2020")


def test_settled_figures_show_the_mark_and_their_note() -> None:
    made = brief()
    card = made.key_figures[0]
    marked = replace(made, key_figures=(replace(card, figure=replace(card.figure, settled=True)), *made.key_figures[1:]))
    captions = lxml_html.fromstring(render_html(marked)).xpath("//li[@class='card']/p[starts-with(@class, 'caption')]")
    assert ["◆" in caption.text_content() for caption in captions] == [True, *([False] * (len(captions) - 1))]


def test_words_keep_apart_when_the_page_is_read_as_text() -> None:
    text = lxml_html.fromstring(render_html(brief())).text_content()
    for card in brief().key_figures:
        assert card.figure.text.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_figures_do_not_break_in_print() -> None:
    figures = lxml_html.fromstring(print_html(brief())).xpath("//section[contains(@class, 'k-')]//data")
    assert figures
    assert all(" " not in figure.text_content().strip() for figure in figures)
