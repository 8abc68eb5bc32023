"""What stands where on the pages of a PDF: lines of text with their sizes and faces, and drawn rules, measured in the file itself.

``measure`` reads character boxes and paths through pypdfium2, so that tests see paper and not the style sheet or the Word file that
it was made of.  Millimetres count from the left and the top edge; sizes are in points after every scaling of the page.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
"""Millimetres of a point."""

_GAP = 1.6
"""Ems of empty paper between two characters that part two lines side by side (justified words stand closer)."""

_THIN = 2.0
"""Points: a filled or stroked path no thicker than this is a rule."""

_RAISED = 0.55
"""Ems by which a note number may stand above or below the baseline of its line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: ``x0``/``x1`` of its first and last visible character, ``y`` of the baseline; face and size of most."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    bold: bool
    italic: bool

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight rule; a level one has ``y0`` = ``y1``, an upright one ``x0`` = ``x1``."""

    x0: float
    x1: float
    y0: float
    y1: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0

    @property
    def y(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def length(self) -> float:
        return max(self.x1 - self.x0, self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; lines from the top down and from left to right, rules as they are drawn."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    """Level ones."""
    uprights: tuple[Rule, ...]

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def line(self, beginning: str) -> Line:
        """The one line that begins so; ``LookupError`` when there is none or more than one."""
        found = [line for line in self.lines if line.text.startswith(beginning)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} lines begin with {beginning!r} of: {[line.text for line in self.lines]}")
        return found[0]

    def rule_below(self, line: Line, within: float = 4.0) -> Rule | None:
        """The nearest level rule at most ``within`` mm under the baseline that stands below some of the line."""
        below = [rule for rule in self.rules if 0 <= rule.y - line.y <= within and rule.x0 < line.x1 and rule.x1 > line.x0]
        return min(below, key=lambda rule: rule.y, default=None)


def measure(pdf: bytes) -> list[Sheet]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_sheet(page) for page in document]
    finally:
        document.close()


def _sheet(page: Any) -> Sheet:
    width, height = page.get_size()
    rules = sorted(_rules(page, height), key=lambda rule: (rule.y0, rule.x0))
    uprights = tuple(rule for rule in rules if not rule.level)
    textpage = page.get_textpage()
    try:
        lines = _lines(list(_characters(textpage, height)), uprights)
    finally:
        textpage.close()
    return Sheet(width * MM, height * MM, tuple(lines), tuple(rule for rule in rules if rule.level), uprights)


@dataclass(frozen=True, slots=True)
class _Character:
    """In points from the top left corner; ``x0``/``x1`` are pen positions, not ink."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    index: int


def _characters(textpage: Any, height: float) -> Iterator[_Character]:
    for index in range(textpage.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or text in "\r\n\x00":
            continue
        x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        yield _Character(text, x.value, max(box.right, x.value), height - y.value, size, _font(textpage, index), index)


def _font(textpage: Any, index: int) -> str:
    """The name of a character's face, without the six letters of a subset."""
    flags = ctypes.c_int()
    room = pdfium.FPDFText_GetFontInfo(textpage, index, None, 0, flags)
    if not room:
        return ""
    name = ctypes.create_string_buffer(room)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, room, flags)
    whole = name.value.decode("utf-8", "replace")
    return whole[7:] if whole[6:7] == "+" else whole


def _lines(characters: Sequence[_Character], uprights: Sequence[Rule]) -> list[Line]:
    rows: list[list[_Character]] = []
    for character in sorted(characters, key=lambda one: (one.y, one.x0)):
        if rows and abs(rows[-1][-1].y - character.y) < 0.4:
            rows[-1].append(character)
        else:
            rows.append([character])
    made = [_line(piece) for row in _joined(rows, uprights) for piece in _pieces(row, uprights) if _visible(piece)]
    return sorted(made, key=lambda line: (round(line.y, 1), line.x0))


def _joined(rows: Sequence[list[_Character]], uprights: Sequence[Rule]) -> list[list[_Character]]:
    """The rows with raised and lowered small characters put into the rows of the larger ones that they touch."""
    made = [list(row) for row in rows]
    for i, row in enumerate(rows):
        for piece in _pieces(row, uprights):
            for near in (j for j in (i - 1, i + 1, i - 2, i + 2) if 0 <= j < len(rows)):
                if _visible(piece) and any(_touches(piece, other) for other in rows[near] if not other.text.isspace()):
                    made[near] += piece
                    made[i] = [one for one in made[i] if one not in piece]
                    break
    return [row for row in made if row]


def _touches(piece: Sequence[_Character], other: _Character) -> bool:
    first, last = min(one.x0 for one in piece), max(one.x1 for one in piece)
    smaller = max(one.size for one in piece) < 0.9 * other.size
    raised = abs(piece[0].y - other.y) < _RAISED * other.size
    return smaller and raised and max(other.x0 - last, first - other.x1) < 0.5 * other.size


def _visible(piece: Sequence[_Character]) -> bool:
    return any(not one.text.isspace() for one in piece)


def _pieces(row: Sequence[_Character], uprights: Sequence[Rule]) -> list[list[_Character]]:
    """A row parted where much paper is empty or an upright rule goes through."""
    ordered = sorted(row, key=lambda one: (one.x0, one.index))
    pieces = [[ordered[0]]]
    for before, after in pairwise(ordered):
        gap = after.x0 - before.x1
        crossed = any(
            before.x1 * MM - 0.6 <= rule.x0 <= after.x0 * MM + 0.6 and rule.y0 < after.y * MM - 0.5 < rule.y1 for rule in uprights
        )
        if gap > _GAP * max(before.size, after.size) or crossed:
            pieces.append([])
        pieces[-1].append(after)
    return pieces


def _line(piece: Sequence[_Character]) -> Line:
    seen = [one for one in piece if not one.text.isspace()]
    size = _commonest(round(one.size, 2) for one in seen)
    font = _commonest(one.font for one in seen)
    y = _commonest(round(one.y, 2) for one in seen if round(one.size, 2) == size)
    face = font.lower()
    return Line(
        text=" ".join(unicodedata.normalize("NFC", "".join(_spaced(piece))).split()),
        x0=min(one.x0 for one in seen) * MM,
        x1=max(one.x1 for one in seen) * MM,
        y=y * MM,
        size=size,
        font=font,
        bold="bold" in face or "black" in face or "heavy" in face,
        italic="italic" in face or "oblique" in face,
    )


def _spaced(piece: Sequence[_Character]) -> Iterator[str]:
    """Characters with a space where words are only set apart."""
    for before, after in pairwise((None, *piece)):
        if before is not None and after is not None and after.x0 - before.x1 > 0.18 * after.size and not before.text.isspace():
            yield " "
        if after is not None:
            yield after.text


def _commonest(values: Iterable[Any]) -> Any:
    return Counter(values).most_common(1)[0][0]


def _rules(page: Any, height: float) -> Iterator[Rule]:
    """Thin paths, also those inside forms, and the sides of a frame that are drawn (a frame is one box inside another)."""
    for path in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=4):
        boxes = [path.get_bounds()]
        if _stroked(path):
            boxes = _subpaths(path)  # bounds would add the ends of the pen
        elif max(_across(boxes[0])) > 3 and min(_across(boxes[0])) > _THIN:
            boxes = list(_sides(_subpaths(path)))
        for left, bottom, right, top in boxes:
            across, down = right - left, top - bottom
            if min(across, down) <= _THIN and max(across, down) > max(3.0, 2 * min(across, down)):
                x0, x1, y0, y1 = left * MM, right * MM, (height - top) * MM, (height - bottom) * MM
                if across > down:
                    yield Rule(x0, x1, (y0 + y1) / 2, (y0 + y1) / 2)
                else:
                    yield Rule((x0 + x1) / 2, (x0 + x1) / 2, y0, y1)


def _stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value) and not fill.value


_Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the bottom left corner."""


def _across(box: _Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _sides(boxes: Sequence[_Box]) -> Iterator[_Box]:
    """The bands between an outer and an inner box; none for any other path."""
    if len(boxes) != 2:
        return
    outer, inner = sorted(boxes, key=lambda box: -_across(box)[0] * _across(box)[1])
    left, bottom, right, top = outer
    for band in (
        (left, inner[3], right, top),
        (left, bottom, right, inner[1]),
        (left, bottom, inner[0], top),
        (inner[2], bottom, right, top),
    ):
        if min(_across(band)) > 0.05:
            yield band


def _subpaths(path: Any) -> list[_Box]:
    """The boxes of a path's parts."""
    matrix, parts = path.get_matrix(), []
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(matrix.on_point(x.value, y.value))
    return [
        (min(x for x, _ in part), min(y for _, y in part), max(x for x, _ in part), max(y for _, y in part))
        for part in parts
        if len(part) > 1
    ]
