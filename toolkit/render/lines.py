"""Lines of columns that are laid out once: WeasyPrint balances columns by laying them all out again for each height that it tries.

A line depends on its text, the place where it begins and the width that it may take, not on the height that is tried, so what was
broken into lines once is copied and moved.  That saves a third of a brief's layout, and the file is the same to the byte.  Only
where nothing else can touch a line: no float beside it or in it, nothing positioned, no ``::first-line`` or ``::first-letter``.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["lines_laid_out_once"]

PARAMETERS = (
    "context", "linebox", "position_y", "bottom_space", "skip_stack", "containing_block", "absolute_boxes", "fixed_boxes",
    "first_letter_style", "first_line_style",
)  # fmt: skip
"""Of ``get_next_linebox``.  An engine that has others works in another way; it is left alone, and is as fast as it is."""


@contextmanager
def lines_laid_out_once() -> Iterator[None]:
    """While it lasts, WeasyPrint keeps the lines of columns.  One thread at a time, as for the whole engine."""
    from weasyprint.layout import inline

    plain = getattr(inline, "get_next_linebox", None)
    if plain is None or tuple(inspect.signature(plain).parameters) != PARAMETERS:
        yield
        return
    inline.get_next_linebox = _Lines(plain).next
    try:
        yield
    finally:
        inline.get_next_linebox = plain


class _Lines:
    """The lines of one run of the engine.  Boxes are told apart by identity, so the box of each line is kept with it."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain
        self._kept: dict[tuple[Any, ...], tuple[Any, Any, Any, float, float]] = {}
        self._simple: dict[int, tuple[Any, bool]] = {}

    def next(
        self,
        context: Any,
        linebox: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        first_letter_style: Any,
        first_line_style: Any,
    ) -> tuple[Any, Any]:
        """The next line of ``linebox`` from ``skip_stack`` on, and where the one after it begins."""

        def laid_out() -> tuple[Any, Any]:
            line, resume_at = self._plain(
                context, linebox, position_y, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes,
                first_letter_style, first_line_style,
            )  # fmt: skip
            return line, resume_at

        if not context.in_column or context.excluded_shapes or first_letter_style or first_line_style or not self._alone(linebox):
            return laid_out()
        key = (id(linebox), _place(skip_stack), containing_block.width, linebox.text_indent)
        if key not in self._kept:
            line, resume_at = laid_out()
            copy = line.deepcopy() if line else None
            self._kept[key] = (linebox, copy, resume_at, containing_block.content_box_x(), position_y)
            return line, resume_at
        _, kept, resume_at, left, top = self._kept[key]
        if kept is None:
            return None, resume_at
        line = kept.deepcopy()
        line.translate(containing_block.content_box_x() - left, position_y - top)
        line.position_y = position_y  # exactly: the engine compares it
        return line, resume_at

    def _alone(self, linebox: Any) -> bool:
        """Whether everything in the box stands in the line itself."""
        known = self._simple.get(id(linebox))
        if known is None:
            known = self._simple[id(linebox)] = (linebox, _in_flow(linebox))
        return known[1]


def _in_flow(box: Any) -> bool:
    return all(child.is_in_normal_flow() and _in_flow(child) for child in getattr(box, "children", ()))


def _place(skip_stack: Any) -> tuple[Any, ...]:
    """A ``skip_stack`` (a dictionary in a dictionary: the child to resume at, and where in it) as something to be looked up by."""
    place = []
    while skip_stack:
        ((index, skip_stack),) = skip_stack.items()
        place.append(index)
    return tuple(place)
