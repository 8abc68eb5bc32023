"""The page for readers: sound, self-contained, every figure marked, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html
from making_briefs import SOURCE, brief

from toolkit.errors import UsageError
from toolkit.model.brief import Form
from toolkit.render import FORMATS, render
from toolkit.render.html import render_html


def page(**changes: object) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render_html(brief(**changes)).decode())


def texts(root: lxml_html.HtmlElement, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in root.xpath(path)]


def test_head_tells_title_language_summary_and_date() -> None:
    root = page()
    assert root.get("lang") == "vi"
    assert texts(root, "//head/title") == ["Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020"]
    metas = {m.get("name"): m.get("content") for m in root.xpath("//meta[@name]")}
    assert metas["description"] == "Phường Hạ Đình: thu ngân sách đạt 143% kế hoạch."
    assert metas["dcterms.created"] == "2020-05-07"


def test_one_h1_and_no_level_is_skipped() -> None:
    levels = [int(node.tag[1]) for node in page().xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_nothing_is_fetched() -> None:
    data = render_html(brief()).decode()
    addresses = page().xpath("//@href|//@src|//@srcset|//@action")
    assert {a for a in addresses if not a.startswith("#")} == {"https://example.org/a?b=1&c=2"}
    assert set(re.findall(r"url\((\w+):", data)) == {"data"}
    assert "@import" not in data


def test_every_figure_is_marked_with_its_value_and_fact() -> None:
    marked = {(d.get("data-fact"), d.get("value"), d.text_content().replace("\u00a0", " ")) for d in page().xpath("//data")}
    assert {
        ("thu.2019", "143", "143%"),
        ("thu", "11708000000", "11 tỷ 708 triệu đồng"),
        ("kn", "143", "40 đảng viên"),
    } <= marked


def test_no_digit_that_is_not_in_the_brief() -> None:
    root = page()
    for node in root.xpath("//style|//script"):
        node.getparent().remove(node)
    known = re.findall(r"\d+", repr(brief()))
    printed = re.findall(r"\d+", " ".join(root.itertext()))
    assert set(printed) <= set(known)


def test_quotations_carry_their_place_and_are_escaped() -> None:
    quoted = page().xpath("//*[@data-source]")
    assert {(q.get("data-source"), q.get("data-start"), q.get("data-end")) for q in quoted} == {
        (SOURCE, "3", "40"),
        (SOURCE, "0", "30"),
        (SOURCE, "31", "60"),
    }
    assert quoted[0].text_content() == "Thu ngân sách đạt 143% <kế hoạch> & hơn."


def test_notes_are_where_their_numbers_lead() -> None:
    root = page()
    targets = {a.get("href")[1:] for a in root.xpath("//sup/a")}
    assert targets == set(root.xpath("//ol/li[starts-with(@id,'n')]/@id")) == {"n1", "n2"}
    assert texts(root, "//li[@id='n1']") == ["… Thu ngân sách năm 2019 đạt 143%. …"]
    assert texts(root, "//li[@id='n2']/*[@class='settled-by']") == ["◆ số đã rà soát"]


def test_table_has_headers_sector_groups_and_words_for_status() -> None:
    root = page()
    assert texts(root, "//thead//th") == ["Lĩnh vực", "Chỉ tiêu", "Kết quả", "So với kế hoạch", "Kỳ", "Nguồn"]
    assert root.xpath("//thead//th/@scope") == ["col"] * 6
    assert texts(root, "//tbody//th[@scope='row']") == ["Thu ngân sách", "Chỉ tiêu hoàn thành Phú La (cũ) ◆"]
    assert texts(root, "//td[contains(@class,'c-plan')]") == ["Vượtđạt 143% kế hoạch", "—"]
    assert texts(root, "//td[contains(@class,'c-period')]") == ["2019", "—"]


def test_columns_that_nothing_fills_are_left_out() -> None:
    table = next(s for s in brief().sections if s.kind == "table")
    bare = replace(table, rows=(replace(table.rows[1], result=("—",), place=""),))
    root = page(sections=(bare,))
    assert texts(root, "//thead//th") == ["Lĩnh vực", "Chỉ tiêu", "Nguồn"]


@pytest.mark.parametrize("style", ["an-pham", "mot-trang", "dang"])
def test_the_dash_is_explained_where_one_is_printed(style: str) -> None:
    sections = brief().sections
    table = next(section for section in sections if section.kind == "table")
    full = replace(table, rows=tuple(replace(row, period="2019", against_plan=("đạt",)) for row in table.rows))
    form = Form(("ĐẢNG CỘNG SẢN VIỆT NAM",), "", "ĐẢNG ỦY PHƯỜNG", "Số 1", "Hạ Đình", "BÁO CÁO", "kết quả")
    for one, explained in ((table, 1), (full, 0)):
        root = page(
            style=style,
            form=form if style == "dang" else None,
            sections=tuple(one if section is table else section for section in sections),
        )
        assert len(texts(root, "//table[contains(@class, 'indicators')]/following-sibling::p[@class='legend']")) == explained


def test_a_field_of_several_values_takes_the_whole_width() -> None:
    fields = {
        field.xpath("span[@class='name']")[0].text: field.get("class") for field in page().xpath("//li[contains(@class, 'field')]")
    }
    assert fields == {"Địa phương": "field", "Trực thuộc": "field", "Lãnh đạo": "field wide"}


def test_bars_are_drawings_with_words() -> None:
    svg = page().xpath("//*[local-name()='svg']")
    assert len(svg) == 1
    words = svg[0].text_content()
    assert "Thu ngân sách, năm 2019, 143%" in words
    assert "vạch đứng là mức kế hoạch" in words


def test_an_empty_brief_is_still_a_page() -> None:
    root = page(sections=(), notes=(), sources=(), key_figures=(), date=None, kicker="")
    assert len(root.xpath("//h1")) == 1
    assert not root.xpath("//data")


def test_a_title_of_the_profiles_own_stands_alone() -> None:
    assert texts(page(title="Bản tin phường"), "//h1") == ["Bản tin phường"]
    assert texts(page(), "//h1") == ["Phường Hạ Đình Kết quả nhiệm kỳ 2015–2020"]


def test_same_brief_same_bytes() -> None:
    assert render_html(brief()) == render_html(brief())


def test_page_stays_small() -> None:
    assert len(render_html(brief())) < 110_000
    assert len(render_html(brief(), embed_fonts=False)) < 32_000


def test_unknown_format_is_refused() -> None:
    assert FORMATS[:2] == ("html", "pdf")
    with pytest.raises(UsageError, match="odt"):
        render(brief(), ("odt",))


def test_settled_figures_are_marked() -> None:
    changed = tuple(replace(card, figure=replace(card.figure, settled=True)) for card in brief().key_figures)
    assert len(page(key_figures=changed).xpath("//data[contains(@class,'settled')]")) == 2
