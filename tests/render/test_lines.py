"""Lines of columns that are laid out once: the file is the same to the byte, and where a line depends on more, nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.layout import inline

from toolkit.model.brief import Brief
from toolkit.model.profile import NO_PROFILES
from toolkit.pipeline import Making, compose_brief, read_facts, settle
from toolkit.render import lines
from toolkit.render.html import print_html
from toolkit.render.lines import lines_laid_out_once
from toolkit.render.pdf import _engine, _layout

SEEDS = Path(__file__).parents[2] / "seeds"
WORDS = "Đảng bộ phường đã lãnh đạo hoàn thành các chỉ tiêu nghị quyết, thu ngân sách đạt 143% kế hoạch năm. "


class Counting:
    """Stands in for the engine's own function and counts how often it is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        self.plain = inline.get_next_linebox
        monkeypatch.setattr(inline, "get_next_linebox", self.next)

    def next(
        self, context: Any, linebox: Any, position_y: Any, bottom_space: Any, skip_stack: Any, containing_block: Any,
        absolute_boxes: Any, fixed_boxes: Any, first_letter_style: Any, first_line_style: Any,
    ) -> Any:  # fmt: skip
        self.asked += 1
        return self.plain(
            context, linebox, position_y, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes,
            first_letter_style, first_line_style,
        )  # fmt: skip


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(monkeypatch)


def brief_of(seed: str, style: str) -> Brief:
    (dossier,) = settle([read_facts(SEEDS / f"{seed}.txt")], NO_PROFILES)[0]
    return compose_brief(dossier, Making(style=style))


@pytest.mark.parametrize("style", ["an-pham", "mot-trang"])
def test_a_brief_is_the_same_to_the_byte_and_takes_fewer_lines(
    style: str, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = brief_of("ngoc-thuy-2023", style)
    page = print_html(brief)
    with _engine(brief.folder):
        kept = _layout(page, None, brief).write_pdf(pdf_identifier=b"1", pdf_variant="pdf/a-3a")
    few, counting.asked = counting.asked, 0
    monkeypatch.setattr(lines, "PARAMETERS", ())
    with _engine(brief.folder):
        plain = _layout(page, None, brief).write_pdf(pdf_identifier=b"1", pdf_variant="pdf/a-3a")
    assert kept == plain
    assert 0 < few < counting.asked * 0.7


def columns(body: str, more: str = "") -> HTML:
    style = f".c{{columns:3;column-gap:5mm;text-align:justify}} .f{{float:left;width:2cm}} .a{{position:absolute}} {more}"
    return HTML(string=f"<html lang=vi><style>{style}</style><body>{body}")


def both(page: HTML, counting: Counting) -> tuple[int, int]:
    """How many lines the engine was asked for with and without keeping; the same file both times."""
    plain = page.render().write_pdf(pdf_identifier=b"1")
    without, counting.asked = counting.asked, 0
    with lines_laid_out_once():
        kept = page.render().write_pdf(pdf_identifier=b"1")
    assert kept == plain
    with_, counting.asked = counting.asked, 0
    return with_, without


def paragraphs(count: int, inner: str = "") -> str:
    return f"<div class=c>{''.join(f'<p>{i} {inner}{WORDS * 3}</p>' for i in range(count))}</div>"


def test_lines_of_columns_are_laid_out_once(counting: Counting) -> None:
    few, all_ = both(columns(paragraphs(14, "<b>Kinh tế:</b> <span style='display:inline-block'>12</span> ")), counting)
    assert few < all_ * 0.7


@pytest.mark.parametrize(
    ("inner", "more"),
    [
        ("<i class=f>bên trái</i>", ""),
        ("<i class=a>ở trên</i>", ""),
        ("", "p::first-line{font-weight:bold}"),
        ("", "p::first-letter{font-size:2em}"),
    ],
)
def test_a_line_that_depends_on_more_is_laid_out_each_time(inner: str, more: str, counting: Counting) -> None:
    few, all_ = both(columns(paragraphs(8, inner), more), counting)
    if more:  # only the first lines depend on more, those after them are kept
        assert few < all_ * 0.7
    else:  # but for the lines within the float, all of them
        assert few > all_ * 0.8


def test_columns_over_several_pages_with_a_step_of_indent(counting: Counting) -> None:
    page = columns(paragraphs(60), "p{text-indent:6mm} @page{size:A5} ol{columns:2}")
    few, all_ = both(page, counting)
    assert few < all_


def test_the_engine_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    before = inline.get_next_linebox
    with lines_laid_out_once():
        assert inline.get_next_linebox is not before
    assert inline.get_next_linebox is before

    def other(context: Any, box: Any) -> Any:
        """As another version of the engine might have it."""

    monkeypatch.setattr(inline, "get_next_linebox", other)
    with lines_laid_out_once():
        assert inline.get_next_linebox is other
