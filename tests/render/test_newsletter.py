"""Newsletter inserts: fragments that clash with nothing, twins that say the same, a gate that lets nothing broken through."""

from __future__ import annotations

import colorsys
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import html as lxml_html
from making_briefs import brief, figure
from PIL import Image

from toolkit.compose.palette import contrast, palette
from toolkit.errors import RenderError
from toolkit.model.address import published
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief, Figure, Item, KeyFigure, SectorPart
from toolkit.model.context import Sector
from toolkit.model.walk import every
from toolkit.render.insert import bar, chosen, insert, preheader, words
from toolkit.render.mail_gate import check_insert, encoded_size, found_in
from toolkit.render.merge_tags import live_tag
from toolkit.render.newsletter import render_newsletter
from toolkit.render.picture import SIZE
from toolkit.render.template_check import check_templates

ADDRESS = "https://example.vn/tom-tat"


def public(made: Brief) -> Brief:
    return replace(made, published=published(ADDRESS, made.folder, ("brief.html", "brief.pdf")))


@cache
def files(*, address: bool = False) -> dict[str, Artifact]:
    made = public(brief()) if address else brief()
    return {artifact.name: artifact for artifact in render_newsletter(made)}


def text(name: str, *, address: bool = False) -> str:
    return files(address=address)[f"newsletter/{name}"].data.decode("utf-8")


def test_three_sizes_each_with_its_twins_and_a_picture() -> None:
    kinds = [f"newsletter/{size}.{kind}" for size in ("card", "short", "full") for kind in ("html", "txt", "md")]
    assert list(files()) == [*kinds, "newsletter/card.png"]


@pytest.mark.parametrize("size", ["card", "short", "full"])
@pytest.mark.parametrize("address", [False, True])
def test_a_fragment_is_one_table_that_clashes_with_nothing(size: str, address: bool) -> None:
    page = text(f"{size}.html", address=address)
    (root,) = lxml_html.fragments_fromstring(page.strip())
    assert (root.tag, root.get("lang"), root.get("role"), root.get("width")) == ("table", "vi", "presentation", "600")
    assert not root.xpath(".//@class | .//@id | .//data | .//style | .//script | .//comment() | .//*[name()='svg']")
    assert not re.search(r"data-|<html|<head|<body", page)
    assert found_in(page) == ()


@pytest.mark.parametrize("size", ["card", "short", "full"])
def test_without_an_address_nothing_is_linked(size: str) -> None:
    for kind in ("html", "txt", "md"):
        own = text(f"{size}.{kind}").replace("https://example.org/a?b=1&amp;c=2", "")  # the address of the source itself
        assert "http" not in own


@pytest.mark.parametrize("size", ["card", "short", "full"])
@pytest.mark.parametrize("kind", ["html", "txt", "md"])
def test_with_one_the_whole_brief_is(size: str, kind: str) -> None:
    assert f"{ADDRESS}/ha-dinh/2015-2020/brief.html" in text(f"{size}.{kind}", address=True)


def test_a_page_that_is_not_made_is_not_linked() -> None:
    only_pdf = replace(brief(), published=published(ADDRESS, "ha-dinh/2015-2020", ("brief.pdf",)))
    assert insert(only_pdf, "short").link.endswith("brief.pdf")
    assert "PDF" in insert(only_pdf, "short").link_words
    assert insert(replace(brief(), published=published(ADDRESS, "a", ())), "short").link == ""


def test_the_picture_stands_in_the_card_with_words_and_size() -> None:
    (image,) = lxml_html.fromstring(text("card.html", address=True)).xpath("//img")
    assert image.get("src") == f"{ADDRESS}/ha-dinh/2015-2020/newsletter/card.png"
    assert (image.get("alt"), image.get("width"), image.get("height")) == (brief().title, "600", "315")
    assert brief().summary in lxml_html.fromstring(text("card.html", address=True)).text_content()
    assert "<img" not in text("short.html", address=True)


@pytest.mark.parametrize("kind", ["html", "txt", "md"])
def test_the_full_insert_holds_every_figure_section_and_source(kind: str) -> None:
    written = text(f"full.{kind}")
    page = lxml_html.fromstring(written).text_content() if kind == "html" else written.replace("\\", "")
    page = page.replace("\u00a0", " ")
    page = " ".join(page.split())
    for one in every(Figure, (brief().key_figures, brief().sections)):
        assert one.text.replace("\u00a0", " ") in page
    for section in brief().sections:
        if section.kind == "fields" and kind == "html":
            continue  # its tint sets it apart, as in the brief
        assert section.title.upper() in page.upper()
    assert brief().sources[0].text in page
    assert "◆" in page


def test_the_mark_is_explained_where_it_stands_and_only_there() -> None:
    assert text("full.html").count("◆") > 1
    assert "◆" not in text("card.html")
    assert "◆" not in text("card.md")


def test_status_is_told_by_sign_and_word() -> None:
    assert re.search(r"▲</span> Vượt", text("full.html"))
    assert "▲ Vượt" in text("full.md")
    assert "▲ Vượt" in text("full.txt")


def test_headers_of_the_table_say_what_they_head() -> None:
    table = lxml_html.fromstring(text("full.html")).xpath("//table[.//th[@scope='col']]")[-1]
    assert not table.get("role")
    assert len(table.xpath(".//th[@scope='col']")) <= 4
    assert table.xpath(".//th[@scope='row']")
    assert table.xpath(".//th[@scope='rowgroup']")


def test_hostile_words_stay_words() -> None:
    nasty = Item(("Kính gửi {{ name }}, *|FNAME|*, {% if %} <script>alert(1)</script>",))
    part = SectorPart(Sector.CHUNG, "Chung", (nasty,))
    made = [replace(s, parts=(part, *s.parts)) if s.kind == "sectors" else s for s in brief().sections]
    for artifact in render_newsletter(replace(brief(), sections=tuple(made), title="{{ tiêu đề }}", summary="{{ tóm tắt }}.")):
        if artifact.media_type != "image/png":
            written = artifact.data.decode("utf-8")
            assert not live_tag(written), artifact.name
            assert artifact.media_type != "text/html" or "<script" not in written


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert {a.name: a.data for a in render_newsletter(brief())} == {name: a.data for name, a in files().items()}


def test_the_picture_has_the_size_that_is_shared() -> None:
    image = Image.open(io.BytesIO(files()["newsletter/card.png"].data))
    assert image.size == SIZE == (1200, 630)
    assert image.getpixel((5, 5)) == tuple(bytes.fromhex(brief().palette.band[1:]))
    assert sum(count > 0 for count in image.convert("L").histogram()) > 50  # letters, not an empty sheet


# ---------------------------------------------------------------- colours


def pairs(page: str) -> set[tuple[str, str]]:
    """Colours of text and of what lies behind it, of every element with words of its own."""
    found = set()
    for node in lxml_html.fromstring(page).iter():
        if not isinstance(node.tag, str) or not (node.text or "").strip(" \u00a0\n"):
            continue
        chain = [
            dict(rule.split(":", 1) for rule in one.get("style", "").split(";") if rule) for one in (node, *node.iterancestors())
        ]
        if any(rules.get("display") == "none" for rules in chain):
            continue
        found.add(tuple(next(rules[name] for rules in chain if name in rules) for name in ("color", "background-color")))
    return found  # type: ignore[return-value]


def turned(colour: str) -> str:
    """A colour as clients turn it for a dark screen: the same hue, its lightness reversed."""
    hue, light, full = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, 1 - light, full))


@pytest.mark.parametrize("colour", [None, "#9b1c1c", "#1e3a8a", "#f2c200"])
def test_every_word_can_be_read_light_and_dark(colour: str | None) -> None:
    made = [a for a in render_newsletter(replace(brief(), palette=palette(colour))) if a.media_type == "text/html"]
    seen = set().union(*(pairs(artifact.data.decode("utf-8")) for artifact in made))
    assert len(seen) > 8
    assert {pair for pair in seen if contrast(*pair) < 4.5} == set()
    assert {pair for pair in seen if contrast(turned(pair[0]), turned(pair[1])) < 4.5} == set()


def test_every_cell_says_both_its_colours() -> None:
    for cell in lxml_html.fromstring(text("full.html")).xpath("//td[normalize-space()] | //th"):
        style = cell.get("style") or ""
        if not cell.xpath("./table") or cell.xpath("./p"):
            assert re.search(r"(^|;)color:|display:none", style) or cell.xpath("./h3 | ./h4"), lxml_html.tostring(cell)[:200]
            assert "background-color:" in style


# ---------------------------------------------------------------- the gate

GOOD = '<table lang="vi"><tbody><tr><td style="color:#000000">Chữ</td></tr></tbody></table>'


@pytest.mark.parametrize(
    ("page", "what"),
    [
        (GOOD + GOOD, "an insert is one table"),
        ("<p>Chữ</p>", "an insert is one table"),
        ("Chữ" + GOOD, "words outside"),
        (GOOD.replace(' lang="vi"', ""), "no lang"),
        (GOOD.replace("<td", '<td class="a"'), "<td class>"),
        (GOOD.replace("<td", '<td id="a"'), "<td id>"),
        (GOOD.replace("<td", '<td onclick="a()"'), "<td onclick>"),
        (GOOD.replace("Chữ", "<svg></svg>"), "<svg>"),
        (GOOD.replace("Chữ", "<script>a</script>"), "<script>"),
        (GOOD.replace("Chữ", "<!-- a -->"), "a comment"),
        (GOOD.replace("color:#000000", "display:flex"), "display: flex"),
        (GOOD.replace("color:#000000", "position:absolute"), "position"),
        (GOOD.replace("color:#000000", "background-color:url(https://example.vn/a.png)"), "background-color: url"),
        (GOOD.replace("color:#000000", "max-width:700px"), "max-width: 700px"),
        (GOOD.replace("<td", '<td width="601"'), "width: 601"),
        (GOOD.replace("Chữ", '<a href="brief.html">a</a>'), "not a whole https address: brief.html"),
        (GOOD.replace("Chữ", '<a href="http://example.vn/">a</a>'), "not a whole https address"),
        (GOOD.replace("Chữ", '<a href="javascript:a()">a</a>'), "not a whole https address"),
        (GOOD.replace("Chữ", '<img src="card.png" alt="a" width="1" height="1">'), "picture is not at a whole https"),
        (GOOD.replace("Chữ", '<img src="https://example.vn/a.png" width="1" height="1">'), "<img> without alt"),
        (GOOD.replace("Chữ", "{{ name }}"), "a merge tag"),
    ],
)
def test_what_clients_do_not_show_is_found(page: str, what: str) -> None:
    assert found_in(GOOD) == ()
    assert what in "; ".join(found_in(page))
    with pytest.raises(RenderError, match="mail clients do not show") as caught:
        check_insert(page, "newsletter/card.html", "ha-dinh/2020")
    assert "mail-features.yaml" in caught.value.remedy


def test_an_insert_that_would_be_cut_is_refused_with_a_way_out() -> None:
    heavy = GOOD.replace("Chữ", "ữ" * 20_000)  # 60 kB as it stands, 180 kB in quoted-printable
    assert len(heavy.encode()) < 90_000 < encoded_size(heavy)
    with pytest.raises(RenderError, match="mail clients cut at 90,000") as caught:
        check_insert(heavy, "newsletter/full.html", "ha-dinh/2020")
    assert "--length" in caught.value.remedy


def test_a_template_of_the_user_goes_through_the_same_gate(tmp_path: Path) -> None:
    (tmp_path / "newsletter").mkdir()
    (tmp_path / "newsletter/card.html").write_text('<table lang="vi"><tr><td><video></video></td></tr></table>', "utf-8")
    with pytest.raises(RenderError, match="<video>"):
        render_newsletter(brief(), tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("newsletter/short.html", "{{ insert.titel }}", "insert (Insert) has no 'titel'"),
        ("newsletter/insert.css", "{{ brief.title }}", "brief (_Colours) has no 'title'"),
        ("newsletter/digest.html", "{{ digest.lines[0].titel }}", "(Line) has no 'titel'"),
        ("embed/snippet.html", "{{ brief }}", "there is no name 'brief'"),
        ("index/index.html", "{{ groups[0].lines[0].plaec }}", "(IndexLine) has no 'plaec'"),
        ("index/index.js", "{{ sya.shown }}", "there is no name 'sya'"),
    ],
)
def test_templates_are_checked_against_the_names_of_their_page(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    assert what in str(check_templates(tmp_path)[0])


# ---------------------------------------------------------------- what an insert holds


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, None), (0.004, None), (0.5, None), (1.0, None), (1.43, None), (1.71, 2.53), (40.0, None)]
)
def test_a_bar_fills_its_row_and_shows_its_plan(low: float, high: float | None) -> None:
    cells = bar(low, high)
    assert sum(cell.percent for cell in cells) == 100
    assert [cell.kind for cell in cells if cell.kind in ("plan", "passed")] == ["passed" if low >= 1 else "plan"]
    assert ("range" in {cell.kind for cell in cells}) == (high is not None)


def test_no_attainment_no_bar() -> None:
    assert bar(None) == ()


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("Phường A: thu 11 tỷ 708 triệu đồng; kết nạp 40 đảng viên.", "Phường A: thu 11 tỷ 708 triệu đồng; kết nạp 40 đảng viên."),
        ("Phường A: " + "thu ngân sách " * 8 + "143%; kết nạp 40 đảng viên.", "Phường A: " + "thu ngân sách " * 8 + "143%."),
    ],
)
def test_the_first_line_holds_whole_clauses(summary: str, shown: str) -> None:
    assert preheader(summary) == shown


def test_three_sentences_of_different_sectors_whole_ones_with_figures_first() -> None:
    def part(sector: Sector, *sentences: Item) -> SectorPart:
        return SectorPart(sector, sector.value, sentences)

    told = Item(("Kết nạp ", figure("40 đảng viên", "kn"), "."))
    parts = (
        part(Sector.CHUNG, Item(("Nhiệm kỳ đạt kết quả khá.",))),
        part(Sector.KINH_TE, Item(("… Kinh tế tăng.",)), Item(("Kinh tế ổn định.",))),
        part(Sector.DO_THI, Item(("… bị cắt",))),
        part(Sector.VAN_HOA_XA_HOI, Item((" ".join(["dài"] * 80),))),
        part(Sector.XAY_DUNG_DANG, Item(("Một câu.",)), told),
    )
    made = [replace(s, parts=parts) if s.kind == "sectors" else s for s in brief().sections]
    picked = [words(item.text) for item in chosen(replace(brief(), sections=tuple(made)))]
    assert picked == ["Nhiệm kỳ đạt kết quả khá.", "Kinh tế ổn định.", "Kết nạp 40 đảng viên."]


def test_a_brief_without_figures_or_sentences_says_its_summary() -> None:
    bare = replace(brief(), key_figures=(), sections=())
    made = {a.name: a.data.decode("utf-8") for a in render_newsletter(bare) if a.media_type != "image/png"}
    assert all(bare.summary in " ".join(page.split()) for page in made.values())


def test_a_title_of_the_profile_stands_whole() -> None:
    own = insert(replace(brief(), title="Một nhiệm kỳ đổi mới"), "card")
    assert (own.place, own.what) == ("Một nhiệm kỳ đổi mới", "")


def test_a_unit_outside_its_figure_is_printed_too() -> None:
    made = replace(brief(), key_figures=(KeyFigure(figure(), "Thu ngân sách", "kế hoạch"),))
    for artifact in render_newsletter(made):
        if artifact.name.startswith("newsletter/card") and artifact.media_type != "image/png":
            assert "kế hoạch" in artifact.data.decode("utf-8")
