"""Lists that count by Word's own numbers, and links."""

from __future__ import annotations

from typing import Any

from toolkit.render.docx_text import element, text_run


def restarted(document: Any, style: str = "List Number") -> int:
    """A numbering of a list style that begins at one again; the number to give to ``numbered``."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)._element
    own = str(document.styles[style].element.find("{*}pPr/{*}numPr/{*}numId").val)
    (abstract,) = (one.find("{*}abstractNumId") for one in numbering.findall("{*}num") if str(one.numId) == own)
    number = max(int(one.numId) for one in numbering.findall("{*}num")) + 1
    made, override = element("num", numId=number), element("lvlOverride", ilvl=0)
    made.append(element("abstractNumId", val=abstract.val))
    override.append(element("startOverride", val=1))
    made.append(override)
    numbering.append(made)
    return number


def numbered(paragraph: Any, number: int | None) -> None:
    """Count a paragraph by a numbering."""
    if number is not None:
        properties = element("numPr")
        properties.extend((element("ilvl", val=0), element("numId", val=number)))
        paragraph._p.get_or_add_pPr().append(properties)


def link(document: Any, url: str, text: str) -> Any:
    """A link out of the document."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    made = element("hyperlink")
    made.set(qn("r:id"), document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made.append(text_run(text, "Hyperlink"))
    return made
