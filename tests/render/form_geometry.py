"""What an official form must look like on paper, checked in the measured pages of a PDF, whoever made it.

Party: Hướng dẫn 05-HD/VPTW (27/5/2026); state: Nghị định 30/2020/NĐ-CP, Phụ lục I.  Distances to half a millimetre, sizes to a
quarter of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geometry import MM, Line, Sheet

_MM, _PT = 0.5, 0.25
_FONTS = ("times", "liberation", "tinos", "nimbus")


@dataclass(frozen=True)
class Sizes:
    """Allowed sizes in points, least and most, of one kind of form."""

    head: tuple[float, float]
    motto: tuple[float, float]
    bodies: tuple[float, float]
    number: tuple[float, float]
    date: tuple[float, float]
    type: tuple[float, float]
    abstract: tuple[float, float]
    text: tuple[float, float]
    recipients: tuple[float, float]
    page: tuple[float, float]


SIZES = {
    "dang": Sizes((15, 15), (15, 15), (14, 14), (14, 14), (14, 14), (15, 16), (14, 15), (14, 15), (12, 14), (14, 14)),
    "nha-nuoc": Sizes((12, 13), (13, 14), (12, 13), (13, 13), (13, 14), (13, 14), (13, 14), (13, 14), (11, 12), (13, 14)),
}
HEADS = {
    "dang": ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    "nha-nuoc": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
}


def faults(sheets: Sequence[Sheet], style: str, *, two_sided: bool = False) -> list[str]:
    """Everything on the pages that the form does not allow."""
    return [*_pages(sheets, style, two_sided=two_sided), *_head(sheets[0], style), *_title(sheets[0], style), *_text(sheets, style)]


def _within(value: float, allowed: tuple[float, float], slack: float = _PT) -> bool:
    return allowed[0] - slack <= value <= allowed[1] + slack


def _pages(sheets: Sequence[Sheet], style: str, *, two_sided: bool) -> Iterator[str]:
    for number, sheet in enumerate(sheets, start=1):
        size = (297.0, 210.0) if sheet.landscape else (210.0, 297.0)
        if abs(sheet.width - size[0]) > _MM or abs(sheet.height - size[1]) > _MM:
            yield f"page {number} is no A4: {sheet.width:.1f} by {sheet.height:.1f} mm"
        left, right = (15, 30) if two_sided and number % 2 == 0 else (30, 15)
        if sheet.landscape:
            left = right = 20
        counts = [line for line in sheet.lines if line.text == str(number) and line.y < 18]
        body = [line for line in sheet.lines if line not in counts]
        if number == 1 and counts:
            yield "page 1 bears a number"
        if number > 1:
            yield from _page_number(counts, number, left, sheet.width - right, style)
        for line in body:
            if line.x0 < left - _MM or line.x1 > sheet.width - right + _MM:
                yield f"page {number}: beyond the margins, {line.x0:.1f} to {line.x1:.1f} mm: {line.text[:60]!r}"
            if line.y - 0.7 * line.size * MM < 20 - _MM or line.y > sheet.height - 20 + _MM:
                yield f"page {number}: above or below the margins, {line.y:.1f} mm: {line.text[:60]!r}"
            if not any(font in line.font.lower() for font in _FONTS):
                yield f"page {number}: not in Times New Roman or a twin: {line.font}: {line.text[:60]!r}"


def _page_number(counts: Sequence[Line], number: int, left: float, right: float, style: str) -> Iterator[str]:
    if len(counts) != 1:
        yield f"page {number} has no number above its text"
        return
    (count,) = counts
    if abs(count.centre - (left + right) / 2) > _MM:
        yield f"page {number}: its number is not in the middle: {count.centre:.1f} mm"
    if not _within(count.size, SIZES[style].page) or count.bold or count.italic:
        yield f"page {number}: its number is set in {count.font} {count.size}"
    if not _within(count.y, (13.5, 15), _MM):  # figures that begin 10 mm below the edge stand on 14
        yield f"page {number}: its number stands at {count.y:.1f} mm"


def _head(sheet: Sheet, style: str) -> Iterator[str]:
    sizes = SIZES[style]
    lines = {}
    for i, words in enumerate(HEADS[style]):
        found = [line for line in sheet.lines if line.text == words]
        if len(found) != 1:
            yield f"{words!r} stands {len(found)} times on page 1"
            return
        line = lines[words] = found[0]
        if not line.bold or not _within(line.size, sizes.motto if i else sizes.head) or line.centre < sheet.width / 2:
            yield f"{words!r} is set in {line.font} {line.size} around {line.centre:.0f} mm"
    last = list(lines.values())[-1]
    rule = sheet.rule_below(last)
    if rule is None or abs(rule.length - (last.x1 - last.x0)) > 0.03 * (last.x1 - last.x0) or abs(rule.x0 - last.x0) > 1:
        yield f"the rule under the head is not as long as its words: {rule}"
    if any(other in sheet.text for kind, words in HEADS.items() if kind != style for other in words):
        yield "page 1 bears the head of the other form"
    left = [line for line in sheet.lines if line.centre < 105 and line.y < 56]
    capitals = [line for line in left if line.text.isupper() and len(line.text) > 3 and "/" not in line.text]
    bold = [line.bold for line in capitals]
    if not bold or bold != sorted(bold) or not bold[-1] or any(not _within(line.size, sizes.bodies) for line in capitals):
        yield f"bodies at the left: {[(line.text, line.font, line.size) for line in capitals]}"
    numbers = [line for line in left if line.text.startswith("Số:" if style == "nha-nuoc" else "Số ") or line.text == "Số"]
    if len(numbers) != 1 or not _within(numbers[0].size, sizes.number) or numbers[0].bold:
        yield f"number and symbol: {numbers}"
    dates = [line for line in sheet.lines if ", ngày" in line.text and line.y < 56]
    if len(dates) != 1 or not dates[0].italic or not _within(dates[0].size, sizes.date) or dates[0].x0 < 90:
        yield f"place and date: {dates}"
    if style == "dang" and not any(line.text == "*" for line in left):
        yield "there is no star under the issuer"
    if style == "nha-nuoc" and dates and numbers and abs(dates[0].y - numbers[0].y) > 1.5:
        yield f"number and date stand on different lines: {numbers[0].y:.1f}, {dates[0].y:.1f} mm"


def _title(sheet: Sheet, style: str) -> Iterator[str]:
    sizes = SIZES[style]
    types = [line for line in sheet.lines if line.text == "BÁO CÁO"]
    if len(types) != 1 or not types[0].bold or not _within(types[0].size, sizes.type) or abs(types[0].centre - 112.5) > 1:
        yield f"type of the document: {types}"
        return
    (kind,) = types
    below = [line for line in sheet.lines if kind.y < line.y < kind.y + 30]
    abstract = [line for line in below if line.bold and abs(line.centre - 112.5) < 1]
    if not abstract or any(not _within(line.size, sizes.abstract) for line in abstract):
        yield f"abstract: {[(line.text, line.size) for line in abstract]}"
        return
    if style == "dang":
        if not any(line.text == "-----" and abs(line.centre - 112.5) < 1 for line in below):
            yield "there are no five hyphens under the abstract"
        return
    rule, words = sheet.rule_below(abstract[-1], 6), abstract[-1]
    if rule is None or not 0.3 < rule.length / (words.x1 - words.x0) < 0.55:
        yield f"the rule under the abstract is not a third to a half of it: {rule}"


def _text(sheets: Sequence[Sheet], style: str) -> Iterator[str]:
    """Size, distance and indent of the running text up to the signature."""
    sizes = SIZES[style]
    whole = [(i, line) for i, sheet in enumerate(sheets) if not sheet.landscape for line in sheet.lines if line.y > 20]
    end = next((i for i, (_, line) in enumerate(whole) if line.text == "Nơi nhận:"), None)
    start = next((i for i, (_, line) in enumerate(whole) if re.match(r"I[-.] ", line.text)), None)
    if start is None or end is None:
        yield "there is no first heading, or nobody receives the document"
        return
    text = [(page, line) for page, line in whole[start:end] if line.size > 12.5]
    for _, line in text:
        if not _within(line.size, sizes.text):
            yield f"text of {line.size} pt: {line.text[:60]!r}"
    for (page, before), (next_page, after) in pairwise(text):
        gap = (after.y - before.y) / MM
        if page == next_page and before.size == after.size and 10 < gap < 23 and not _within(gap, (18, 22)):
            yield f"lines stand {gap:.1f} pt apart: {after.text[:60]!r}"
    edges = {round(line.x0 - min(one.x0 for p, one in text if p == page), 0) for page, line in text}
    if not edges <= {0.0, 10.0}:
        yield f"first lines stand in by {sorted(edges)} mm"
    yield from _foot([line for _, line in whole[end : end + 16]], style)


def _foot(lines: Sequence[Line], style: str) -> Iterator[str]:
    """Recipients and signature, all on the page of the first of them."""
    sizes = SIZES[style]
    to = lines[0]
    party = style == "dang"
    if (to.bold, to.italic) != ((False, False) if party else (True, True)) or not _within(to.size, (sizes.recipients[1],) * 2):
        yield f"the title of the recipients is set in {to.font} {to.size}"
    listed = [line for line in lines[1:] if line.x0 < 100 and line.text.startswith("- ")]
    if not listed or any(not _within(line.size, (sizes.recipients[0],) * 2) for line in listed):
        yield f"recipients: {[(line.text, line.size) for line in listed]}"
    authority = [line for line in lines if re.match(r"(?:T/M|K/T|T/L|Q\.) " if party else r"(?:TM|KT|TL|TUQ|Q)\. ", line.text)]
    if len(authority) != 1 or not authority[0].bold or authority[0].x0 < 100 or abs(authority[0].y - to.y) > 2:
        yield f"the signature's first line: {authority}"
