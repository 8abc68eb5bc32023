"""What WeasyPrint 70 leaves undone in a tagged PDF, mended on its objects before the file is written.

1. ``claim_ua``: the identification of PDF/UA-1.  WeasyPrint writes one variant a file; its option puts metadata outside the RDF.
2. ``scope_headers``: header cells get a ``/Scope``, which readers use that do not follow ``/Headers``.
3. ``release_margin_boxes``: page numbers and running titles become pagination artifacts, so that nothing speaks them on every page
   (WeasyPrint issue 1836: they are marked content whose structure elements hang in no tree).

Each works on pydyf's dictionaries in place; nothing here knows about briefs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_RDF_END = b"</rdf:RDF>"
_UA_CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""A PDF/A file may use a metadata schema of its own only when the file describes it (ISO 19005-3, 6.6.2.3)."""


def finish(_document: Any, pdf: Any) -> None:
    """All repairs, in the form of WeasyPrint's ``finisher``."""
    claim_ua(pdf)
    scope_headers(pdf)
    release_margin_boxes(pdf)


def claim_ua(pdf: Any) -> None:
    """Add the identification of PDF/UA-1, with its extension schema, inside the metadata's RDF."""
    stream = _object(pdf, pdf.catalog["Metadata"]).stream
    stream[:] = [part.replace(_RDF_END, _UA_CLAIM + _RDF_END) if isinstance(part, bytes) else part for part in stream]


def scope_headers(pdf: Any) -> None:
    """``/Scope /Column`` for header cells in a table's head, ``/Scope /Row`` for the others."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH" and "A" in element:
            element["A"]["Scope"] = "/Column" if "/THead" in _ancestors(pdf, element) else "/Row"


def _ancestors(pdf: Any, element: Any) -> Iterator[str]:
    while "P" in element:
        element = _object(pdf, element["P"])
        yield element.get("S", "")


def release_margin_boxes(pdf: Any) -> None:
    """Turn marked content that no structure tree reaches into pagination artifacts, and forget its structure elements."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached = _reached(pdf, root)
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    by_key = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = _object(pdf, reference)
        owners = by_key.get(page.get("StructParents"))
        if not isinstance(owners, list):
            continue
        loose = {mcid for mcid, owner in enumerate(owners) if owner not in reached}
        if loose:
            _as_artifacts(_object(pdf, page["Contents"]).stream, loose)
            owners[:] = ["null" if mcid in loose else owner for mcid, owner in enumerate(owners)]


def _reached(pdf: Any, root: Any) -> set[bytes]:
    """References of all structure elements below the root."""
    seen: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference not in seen:
            seen.add(reference)
            waiting.extend(_object(pdf, reference).get("K", ()))
    return seen


def _as_artifacts(stream: list[Any], loose: set[int]) -> None:
    """Rewrite ``/Span <</MCID n>> BDC`` of the given numbers in a page's operators."""
    for i, operator in enumerate(stream):
        if operator == b"BDC" and stream[i - 1].get("MCID") in loose:
            stream[i - 2] = "/Artifact"
            stream[i - 1].clear()
            stream[i - 1]["Type"] = "/Pagination"


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
