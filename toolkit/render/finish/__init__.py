"""What WeasyPrint 70 leaves undone in a tagged PDF, done before the file is written.

    document = HTML(...).render(...)
    document.write_pdf(finisher=finisher(document, tags=True, ua=True), ...)

WeasyPrint tags fragments: a table, list, section or paragraph that goes on in another page or column becomes one structure element
a fragment, running titles hang in no tree, links are called by their address, ``lang`` is dropped.  Boxes of one HTML element share
that element, so the tree is made anew from the laid out boxes, one structure element for one HTML element:

- ``marks``: which page and number each box's marked content has, noted while WeasyPrint paints
- ``roles``: which HTML element becomes which structure type
- ``tree``: the boxes of all pages become one tree of nodes; what no one should read becomes an artifact
- ``tables``: header cells get scopes and names, data cells the names of their headers
- ``write``: the tree replaces WeasyPrint's in the file, with its parent tree and identifiers
- ``metadata``: the claim of PDF/UA, and attachments listed once

All steps are linear in the number of boxes and use no clock; nothing here knows about briefs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit.render.finish.marks import record_marks
from toolkit.render.finish.metadata import attach_once, claim_ua
from toolkit.render.finish.tables import relate_cells
from toolkit.render.finish.tree import build_tree
from toolkit.render.finish.write import write_tree

__all__ = ["finisher"]


def finisher(document: Any, *, tags: bool, ua: bool, groups_rows: bool = True) -> Callable[[Any, Any], None]:
    """A ``finisher`` for ``document.write_pdf``; make it before writing, since marked content is noted while pages are painted.

    ``tags``: the file is tagged; ``groups_rows``: with the types of PDF 1.5 for head, body and foot of a table.
    ``ua``: it claims PDF/UA-1 beside the variant that WeasyPrint writes.
    """
    marks = record_marks(document) if tags else {}

    def finish(_document: Any, pdf: Any) -> None:
        if tags:
            tree = build_tree(document, marks)
            relate_cells(tree)
            write_tree(pdf, tree, groups_rows=groups_rows)
        if ua:
            claim_ua(pdf)
        attach_once(pdf)

    return finish
