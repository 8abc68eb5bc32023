"""The Vietnamese number grammar, usable alone: text in, quantities with their places out.

    >>> [(m.start, m.end, str(m.amount.value), m.amount.unit) for m in read_quantities("Thu ngân sách đạt 11 tỷ 708 triệu đồng.")]
    [(18, 38, '11708000000', 'đồng')]

One pass over the digits of a text.  Shapes that measure nothing (dates, document numbers) are shut out first; around every other
number ``assembly`` asks its rules in order.  Cost grows linearly with the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.extract.assembly import assemble, why_none
from toolkit.extract.cells import Shut, read_cells
from toolkit.extract.folding import compose
from toolkit.extract.mention import Mention
from toolkit.extract.not_quantities import masks
from toolkit.extract.numerals import DOT_DECIMAL, read_number
from toolkit.extract.overlaps import merge
from toolkit.extract.scan import Scan, prepare
from toolkit.extract.worded import read_worded
from toolkit.model.amount import Kind

LOOSE_DOTS = "bài viết có chỗ dùng dấu chấm làm dấu thập phân"
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"\d[\d.,]*(?:/\d[\d.,]*)*(?<=\d)")


def read_quantities(text: str, *, words: bool = False, incidental: bool = False) -> tuple[Mention, ...]:
    """All quantities of a text in order, without overlap.

    ``words`` also reads numbers written in words (``ba mươi hộ``); ``incidental`` also yields what a fair reader leaves out
    (ages, spells of time, digits of mottos).  Indices point into ``text`` as given, whatever its Unicode form.
    """
    composed, places = compose(text)
    scan = prepare(composed)
    figures, cells = read_cells(scan, _read_piece)
    found = _doubt_dots(merge(_read_digits(scan, cells), figures))
    if words:
        found = merge(found, read_worded(scan))
    kept = (mention for mention in found if incidental or not mention.incidental)
    return tuple(kept if places is None else (_relocate(mention, places) for mention in kept))


def read_rejections(text: str) -> tuple[tuple[int, int, str], ...]:
    """Digits of a text that ``read_quantities`` takes for no figure: their interval and why (``date``, ``label``, ``code`` …).

    What a fair reader leaves out is told as ``incidental``.
    """
    composed, places = compose(text)
    scan = prepare(composed)
    _, cells = read_cells(scan, _read_piece)
    skipped: list[tuple[int, int, str]] = []
    found = _read_digits(scan, cells, skipped)
    skipped += [(mention.start, mention.end, "incidental") for mention in found if mention.incidental]
    skipped.sort()
    return tuple(row if places is None else (places[row[0]], places[row[1]], row[2]) for row in skipped if row[2] != "table")


def _read_piece(text: str) -> list[Mention]:
    """The figures of a short composed text that holds no table."""
    return _read_digits(prepare(text), [])


def _read_digits(scan: Scan, shut: list[Shut], skipped: list[Shut] | None = None) -> list[Mention]:
    """The figures of the running text, with some intervals shut out besides those that ``masks`` finds.

    ``skipped`` collects the digits that are no figures, with the reason.
    """
    found: list[Mention] = []
    shut = sorted([*shut, *masks(scan)])
    at = index = 0
    while anchor := _DIGIT.search(scan.low, at):
        start = anchor.start()
        while index < len(shut) and shut[index][1] <= start:
            index += 1
        if index < len(shut) and shut[index][0] <= start:
            at = shut[index][1]
            if skipped is not None:
                skipped.append(shut[index])
            continue
        number = read_number(scan, start)
        mention = assemble(scan, number, found) if number else None
        if mention is not None:
            found.append(mention)
        at = max(start + 1, mention.end if mention else _past(scan, start))
        if mention is None and skipped is not None:
            skipped.append((start, at, why_none(scan, number) if number else "no-number"))
    return found


def _past(scan: Scan, start: int) -> int:
    """End of the digits at ``start`` that were no figure, with what a slash ties to them (``nhà máy 19/5``)."""
    run = _RUN.match(scan.low, start)
    return run.end() if run else start + 1


def _doubt_dots(found: list[Mention]) -> list[Mention]:
    """Marks measures with one grouping dot for review where the text also writes ``77.3``: its ``1.385 ha`` may be either."""
    if not any(mention.why == DOT_DECIMAL for mention in found):
        return found
    return [
        replace(mention, review=True, why=LOOSE_DOTS)
        if mention.rejected and mention.rejected[-1].startswith("value") and not mention.why and mention.amount.kind is Kind.MEASURE
        else mention
        for mention in found
    ]


def _relocate(mention: Mention, places: list[int]) -> Mention:
    """The mention with its indices moved from the composed text to the given one."""

    def back(span: tuple[int, int]) -> tuple[int, int]:
        return places[span[0]], places[span[1]]

    cell = mention.cell
    return replace(
        mention,
        start=places[mention.start],
        end=places[mention.end],
        number_span=back(mention.number_span),
        unit_span=back(mention.unit_span),
        bound_span=back(mention.bound_span) if mention.bound_span else None,
        cell=replace(cell, row=back(cell.row), heading=back(cell.heading) if cell.heading else None) if cell else None,
    )
