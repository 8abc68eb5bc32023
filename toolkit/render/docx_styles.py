"""The look of a Word brief: one XML file of styles a family in ``toolkit/data/word``, sizes patched by house style, page set up.

Styles and list numbers are written by hand and by nobody's program, so that they stay readable; ``sizes.yaml`` holds the few
values in which the styles of a family differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.lexicon import DATA, load
from toolkit.model.brief import Brief
from toolkit.render.docx_text import element
from toolkit.styles import style

_HOUSE = "0F4C4F"
"""The colour of headings, rules and large figures in ``styles.xml``."""

A4 = (210, 297)
_LANDSCAPE_MARGIN = 20
_ORDER = (
    *(
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "framePr",
        "widowControl",
        "numPr",
        "suppressLineNumbers",
        "pBdr",
        "shd",
    ),
    *("tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi"),
    *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
    *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)
"""Order of the properties of a paragraph, as Word's schema asks for it."""


def sizes(brief: Brief) -> Mapping[str, Any]:
    """The row of ``sizes.yaml`` for a brief's house style."""
    row: Mapping[str, Any] = load("word/sizes")[brief.style]
    return row


def text_width(document: Any) -> float:
    """Millimetres between the margins of the document's first page."""
    section = document.sections[0]
    return float(section.page_width.mm - section.left_margin.mm - section.right_margin.mm)


def styles_xml(brief: Brief) -> Any:
    """The styles of the brief's family in its sizes and its colour."""
    return family_styles(brief.style, brief.palette.strong)


def family_styles(name: str, colour: str = "") -> Any:
    """The styles that a house style has, its sizes in them."""
    made = part_xml("official-styles" if style(name).official else "styles", colour)
    for identity, row in load("word/sizes")[name].get("styles", {}).items():
        _patch(made, identity, row)
    return made


def numbering_xml(brief: Brief) -> Any:
    """The list numbers of the brief's family."""
    return part_xml("official-numbering" if style(brief.style).official else "numbering")


def settings_xml(brief: Brief) -> Any:
    """The settings: pages mirrored where a form is printed on both sides."""
    made = part_xml("settings")
    if brief.form and brief.form.two_sided:
        made.find("{*}zoom").addnext(element("mirrorMargins"))
    if brief.form:
        notes = made.find("{*}footnotePr")
        notes.getparent().remove(notes)  # a form has a list of notes instead
    return made


def part_xml(name: str, colour: str = "") -> Any:
    """A part of ``toolkit/data/word``, the house's colour in it replaced by the brief's own."""
    from docx.oxml import parse_xml

    text = (DATA / "word" / f"{name}.xml").read_text("utf-8")
    return parse_xml((text.replace(_HOUSE, colour.lstrip("#").upper()) if colour else text).encode("utf-8"))


def _patch(styles: Any, name: str, row: Mapping[str, Any]) -> None:
    from docx.oxml.ns import qn

    (found,) = [one for one in styles.findall(qn("w:style")) if one.get(qn("w:styleId")) == name]
    if "line" in row or "before" in row or "after" in row:
        spacing = property_of(group_of(found, "pPr", before="rPr"), "spacing")
        if "line" in row:
            spacing.set(qn("w:line"), str(round(row["line"] * 20)))
            spacing.set(qn("w:lineRule"), "exact")
        for key in ("before", "after"):
            if key in row:
                spacing.set(qn(f"w:{key}"), str(round(row[key] * 20)))
    letters = group_of(found, "rPr")
    for key, tags in (("bold", ("b", "bCs")), ("italic", ("i", "iCs")), ("underline", ("u",))):
        if key in row:
            for tag in tags:
                for old in letters.findall(qn(f"w:{tag}")):
                    letters.remove(old)
                if row[key]:
                    letters.insert(0, element(tag))
    if "size" in row:
        for tag in ("sz", "szCs"):
            for old in letters.findall(qn(f"w:{tag}")):
                letters.remove(old)
            letters.append(element(tag, val=round(row["size"] * 2)))
    if len(letters) == 0:
        found.remove(letters)


def group_of(found: Any, tag: str, before: str = "") -> Any:
    """The properties of a style, made where it has none."""
    group = found.find(f"{{*}}{tag}")
    if group is None:
        group = element(tag)
        later = found.find(f"{{*}}{before}") if before else None
        if later is None:
            found.append(group)
        else:
            later.addprevious(group)
    return group


def property_of(properties: Any, tag: str) -> Any:
    """A property of a paragraph, put at its place where it is missing."""
    child = properties.find(f"{{*}}{tag}")
    if child is None:
        child = element(tag)
        later = _ORDER[_ORDER.index(tag) + 1 :]
        place = next((i for i, one in enumerate(properties) if one.tag.partition("}")[2] in later), len(properties))
        properties.insert(place, child)
    return child


def set_page(section: Any, brief: Brief) -> None:
    """A4 with the margins of the house style; the offices' are 20 mm above and below, 30 mm for binding, 15 mm on the right."""
    from docx.shared import Mm

    row = sizes(brief)
    section.page_width, section.page_height = (Mm(side) for side in A4)
    top, right, bottom, left = row["margins"]
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(row["head_room"]), Mm(row["foot_room"])


def end_section(document: Any, paragraph: Any) -> Any:
    """Let a section of the document end with ``paragraph``; returns the section that follows."""
    from copy import deepcopy

    last = document.element.body.sectPr
    ended = deepcopy(last)
    paragraph._p.get_or_add_pPr().append(ended)
    for tag in ("headerReference", "footerReference", "titlePg"):
        for node in last.findall(f"{{*}}{tag}"):
            last.remove(node)  # those before go on
    return document.sections[-1]


def turn(section: Any) -> float:
    """Lay a section's pages across; returns the millimetres between its margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(_LANDSCAPE_MARGIN)
    return float(section.page_width.mm - 2 * _LANDSCAPE_MARGIN)


def turn_back(section: Any, first: Any) -> None:
    """Lay a section's pages as those of the first one."""
    section.orientation = first.orientation
    for name in ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(section, name, getattr(first, name))
