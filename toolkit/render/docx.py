"""The brief as a Word document that an office edits further: made of the composed brief, not of its HTML.

Headings, lists, tables, notes and fields are Word's own, so that the outline, the numbering and the notes go on working when
somebody writes into the document.  ``docx_publication`` places the parts of a publication, ``docx_form`` those of an official
form, ``docx_tables`` the tables of both; ``docx_text`` places words and notes, ``docx_parts`` and ``docx_styles`` the parts of
the file around them.  Styles, list numbers and settings are XML files in ``toolkit/data/word``.

Why python-docx and not docxtpl: docxtpl fills a Word file that the office owns, placeholders and all, which is handy for a
letter with a dozen fields.  A brief is sections of unknown number, tables of unknown length, notes, bookmarks and styles that
the audit reads again; in a template they would be Jinja loops inside Word's runs, which Word itself splits while somebody
types, and nothing could check them before rendering.  What an office does want to own, the look, it owns by
``word/reference.docx`` in its folder of templates (``docx_reference``): its styles, page and theme take the place of ours, the
structure stays checked.
"""

from __future__ import annotations

from pathlib import Path

from toolkit.model.brief import Brief
from toolkit.render.docx_form import place_form
from toolkit.render.docx_parts import add_footnotes, blank, packed
from toolkit.render.docx_publication import place_publication
from toolkit.render.docx_reference import dress, reference
from toolkit.render.docx_text import Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_docx(brief: Brief, templates: Path | None = None) -> bytes:
    """The finished document; the same bytes for the same brief.  Raises ``TemplateError`` for a faulty reference document.

    Notes of a publication are footnotes.  Those of an official form are a numbered list after the signature, under "Nguồn và chú
    thích" as in the printed form, and the text refers to it by fields that Word brings up to date: an office signs the text, not
    where its figures were read.  Word's endnotes would stand there too, but LibreOffice counts them i, ii and gives them a page
    without a number.
    """
    document = blank(brief)
    if own := reference(templates, brief.style):
        dress(document, own)
    writer = Writer(brief, listed=brief.form is not None)
    (place_form if brief.form else place_publication)(document, writer, brief)
    if writer.footnotes:
        add_footnotes(document, writer.footnotes)
    return packed(document)
