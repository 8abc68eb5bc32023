"""The claim of PDF/UA-1 in the metadata, and attachments that are listed once."""

from __future__ import annotations

from typing import Any

from toolkit.render.finish.write import object_of

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


def claim_ua(pdf: Any) -> None:
    """Add the identification of PDF/UA-1, with its extension schema, inside the metadata's RDF.

    WeasyPrint writes one variant a file, and its option ``xmp_metadata`` puts what it is given behind the RDF, where it means
    nothing; a list of variants, or that option writing inside the RDF, would make this needless.
    """
    stream = object_of(pdf, pdf.catalog["Metadata"]).stream
    stream[:] = [part.replace(_RDF_END, _UA_CLAIM + _RDF_END) if isinstance(part, bytes) else part for part in stream]


def attach_once(pdf: Any) -> None:
    """List each associated file once: ``pdfa`` of WeasyPrint takes those in the name tree, then all file specifications again."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
