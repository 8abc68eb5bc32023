"""The marked content of each box: which page it stands on, and its number there.

WeasyPrint keeps this only while it paints and forgets it when its own tags are made, before a finisher runs.  It would be enough
for us if it handed its ``finisher`` the mapping, or the boxes their structure elements, as it does for table cells (``box.mark``).
"""

from __future__ import annotations

from typing import Any

Marks = dict[Any, tuple[int, int]]
"""From a box to the index of its page and the number (MCID) of its marked content."""


def record_marks(document: Any) -> Marks:
    """A mapping that fills itself while ``document`` is painted."""
    marks: Marks = {}
    for index, page in enumerate(document.pages):
        page.paint = _recorder(page.paint, index, marks)
    return marks


def _recorder(paint: Any, index: int, marks: Marks) -> Any:
    def painted(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        marks.update((box, (index, content["mcid"])) for box, content in stream._tags.items())

    return painted
