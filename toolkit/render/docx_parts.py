"""The parts of a Word file that python-docx does not make: styles, settings, footnotes, properties, and a ZIP without a clock.

python-docx brings a template of 160 styles in American English; a brief takes its own small set instead
(``toolkit/data/word/*.xml``), so that the list of styles in Word shows what the brief uses.  Footnotes are a part of their own with
a relation from the document; Word asks for two separators in it that ``settings.xml`` names.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from toolkit.model.brief import Brief
from toolkit.render.docx_styles import numbering_xml, set_page, settings_xml, styles_xml

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Date in the file of a brief whose sources have none: fixed, because a clock would change the bytes."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_OOXML = "http://schemas.openxmlformats.org"
NAMESPACE = f"{_OOXML}/wordprocessingml/2006/main"
_APP = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="{_OOXML}/officeDocument/2006/extended-properties"><Application>nhiemky</Application></Properties>"""
_UNUSED = ("stylesWithEffects", "webSettings", "customXml", "fontTable", "thumbnail")
"""Ends of the relations of python-docx's template that a brief does without."""
_FOOTNOTES = f"""<w:footnotes xmlns:w="{NAMESPACE}"><w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" \
w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" \
w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p>\
</w:footnote></w:footnotes>"""


def blank(brief: Brief) -> Any:
    """An empty document with the styles, the page and the properties of a brief."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE as RELATION

    document = Document()
    for part in (document.part, document.part.package):
        for key in [key for key, relation in part.rels.items() if relation.reltype.endswith(_UNUSED)]:
            del part.rels[key]
    parts = {RELATION.STYLES: styles_xml, RELATION.NUMBERING: numbering_xml, RELATION.SETTINGS: settings_xml}
    for relation, make in parts.items():
        document.part.part_related_by(relation)._element = make(brief)
    document.part.package.part_related_by(RELATION.EXTENDED_PROPERTIES)._blob = _APP.encode()
    set_page(document.sections[0], brief)
    _properties(document.core_properties, brief)
    return document


def _properties(core: Any, brief: Brief) -> None:
    day = datetime.fromisoformat(brief.date).replace(tzinfo=UTC) if brief.date else EPOCH
    core.title, core.subject = brief.title[:255], brief.headline[:255]
    core.keywords = f"{brief.place_text}, {brief.headline}"[:255]
    core.comments, core.category = brief.summary[:255], brief.subtitle[:255]
    core.author = core.last_modified_by = brief.place_text[:255]
    core.language, core.revision = "vi-VN", 1
    core.created = core.modified = day.replace(tzinfo=None)


def add_footnotes(document: Any, notes: list[Any]) -> None:
    """Give the document its footnotes part; ``notes`` are finished ``w:footnote`` elements in order."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    root = parse_xml(_FOOTNOTES)
    root.extend(notes)
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
    # Links inside footnotes need the part's own relations; a brief has none there.
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def packed(document: Any) -> bytes:
    """The file's bytes: the same for the same document, whenever it is saved."""
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as saved, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as clean:
        for name in saved.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            clean.writestr(entry, saved.read(name))
    return out.getvalue()
