"""Page furniture: what stands around an article and is no part of it, found as spans, each with its reason.

The words are data (``data/vi/furniture.yaml``); here is where on a page they count.  Three zones exist: the *head* (the few lines
before the first paragraph), the *body* and the *tail* (what follows the last paragraph).  A line that looks like a signature is one
only in head or tail; captions stand anywhere.  What is marked is left out of blocks and sentences but stays in the text, so that
a date line can still be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from toolkit.clean.captions import CREDITED_MAX, has_figure, mark_captions, mark_repeats
from toolkit.clean.page import HEAD_LINES, PARAGRAPH_MIN, Found, Line, folded, is_official_ending, lines_of, zones
from toolkit.clean.sentences import split
from toolkit.clean.signatures import is_signature
from toolkit.lexicon import load

TITLE_WORDS = 6
"""Words of the shortest title that labels may stand before."""

WITHOUT_FIGURES = ("byline", "source", "photo-credit", "navigation", "letterhead")
"""Reasons that no line with a figure has: "Thực hiện: 120 ha" names no author."""

_ALT_TEXT = re.compile(
    r"Description automatically generated(?: with (?:very )?\w+ confidence)?\.?"
    r"|(?<=[.!?”)])AI-generated content may be incorrect\.?"
)
_ALT_TEXT_MAX = 250
_DIVIDER = re.compile(r"\s*(?:\||•|»|>{1,2}|\s[/–-]\s)\s*")


@dataclass(frozen=True, slots=True)
class LineRule:
    """A pattern for a whole line; ``where`` is ``head``, ``tail`` or empty (anywhere)."""

    why: str
    pattern: re.Pattern[str]
    where: str


@cache
def line_rules() -> tuple[LineRule, ...]:
    """The ``lines`` of the lexicon, compiled."""
    return tuple(LineRule(e["why"], compiled(e), e.get("where", "")) for e in load("vi/furniture")["lines"])


def compiled(entry: dict[str, Any]) -> re.Pattern[str]:
    """The pattern of an entry of the lexicon."""
    return re.compile(entry["pattern"], 0 if entry.get("case") else re.IGNORECASE)


@cache
def _patterns(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["why"], compiled(entry)) for entry in load("vi/furniture")[group])


def find(text: str, known: Iterable[Found] = ()) -> list[Found]:
    """All furniture of a clean text in order, without overlap; ``known`` is what the document's own form says is furniture."""
    inside = list(_inside(text))
    lines = lines_of(text, [piece for piece in inside if piece.why == "date-line"])
    first, last = zones(lines)
    marks: dict[int, str] = {}
    _mark_known(lines, marks, first, last)
    _mark_signatures(lines, marks, first, last)
    _mark_labels(lines, marks, first, last)
    _mark_page_numbers(lines, marks)
    mark_captions(lines, marks)
    mark_repeats(lines, marks)
    found = list(known)
    found += [Found(line.start, line.end, marks[i]) for i, line in enumerate(lines) if i in marks]
    found += _datelines(text, lines, marks)
    found += inside
    found += _last_words(text, lines, marks)
    return _without_overlap(found)


def _without_overlap(found: list[Found]) -> list[Found]:
    """Sorted; of two that overlap the one that begins earlier, then the longer, stays."""
    kept: list[Found] = []
    for piece in sorted(found, key=lambda f: (f.start, -f.end)):
        if piece.end > piece.start and (not kept or piece.start >= kept[-1].end):
            kept.append(piece)
    return kept


def _mark_known(lines: list[Line], marks: dict[int, str], first: int, last: int) -> None:
    """Lines that the lexicon knows, and lines that say one phrase twice ("Tin nổi bật Tin nổi bật")."""
    for i, line in enumerate(lines):
        if len(line.text) > CREDITED_MAX:
            continue
        text = line.text.strip()
        zone = "head" if i < min(first, HEAD_LINES) else "tail" if i > last else ""
        why = _why_known(text, zone) or ("navigation" if _is_doubled(text) or _is_divided_menu(text) else None)
        if why is None and i == 0 and zone == "head" and _is_small_label(text, lines):
            why = "navigation"
        if why is not None:
            marks[i] = why


def _why_known(text: str, zone: str) -> str | None:
    """The reason of the first rule for whole lines that fits."""
    if is_stamp(text):
        return "date-line"
    fitting = (r.why for r in line_rules() if (not r.where or r.where == zone) and r.pattern.fullmatch(text))
    why = next(fitting, None)
    return None if why in WITHOUT_FIGURES and has_figure(text) else why


def _is_doubled(text: str) -> bool:
    """One short phrase said twice, nothing else."""
    half = (len(text) - 1) // 2
    return 6 <= len(text) <= 80 and text[:half].strip() == text[half:].strip() and not any(c.isdecimal() for c in text)


def _is_divided_menu(text: str) -> bool:
    """Words of a menu on one line, apart by bars or arrows: each part is furniture by itself."""
    parts = [part.strip() for part in _DIVIDER.split(text) if part.strip()]
    return 1 < len(parts) <= 12 and all(
        is_stamp(part) or any(rule.pattern.fullmatch(part) for rule in line_rules()) for part in parts
    )


def _is_small_label(text: str, lines: list[Line]) -> bool:
    """A first line in small letters before the title: the name of a page's section."""
    plain = not any(c.isdecimal() for c in text)
    return plain and text[0].islower() and len(text) <= 40 and not text.endswith((".", ";", ",")) and len(lines) > 2


@cache
def _stamp() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line of stamp words only; and what it must hold at least once."""
    data = load("vi/furniture")["stamp"]
    needed = "|".join((*data["counters"], *data["dates"]))
    word = "|".join((*data["counters"], *data["dates"], *data["words"], r"\d{1,2}:\d{2}(?::\d{2})?"))
    whole = rf"(?:(?>(?<!\w)(?:{word})(?!\w))|[\s|,:.@•()\[\]–—-])+"
    return re.compile(whole, re.IGNORECASE), re.compile(needed, re.IGNORECASE)


def is_stamp(text: str) -> bool:
    """A line that only says when a page was published and how often it was read."""
    whole, needed = _stamp()
    return len(text) <= 120 and whole.fullmatch(text) is not None and needed.search(text) is not None


def _mark_signatures(lines: list[Line], marks: dict[int, str], first: int, last: int) -> None:
    """Signatures, and what follows one: after the author's name a page has captions and links, no paragraphs.

    Only a sentence with figures that the text above has not said in the same words stays there.
    """
    signed = False
    said = {folded(line.text) for line in lines[: last + 1]} if last + 1 < len(lines) else set()
    for i in range(last + 1, len(lines)):
        text = lines[i].text.strip()
        if marks.get(i) in ("byline", "source", "related", "comments", "publisher"):
            signed = True
        elif i not in marks and is_signature(text) and not _after_office(lines, i):
            marks[i] = "byline"
            signed = True
        elif (
            i not in marks
            and signed
            and not is_official_ending(text)
            and not (text.endswith(".") and has_figure(text) and folded(text) not in said)
        ):
            marks[i] = "caption" if text.endswith(".") or len(text) > 60 else "related"
    for i in range(1, min(first, HEAD_LINES)):
        if i not in marks and is_signature(lines[i].text.strip()) and len(lines) > i + 1:
            marks[i] = "byline"


def _after_office(lines: list[Line], i: int) -> bool:
    """Whether the name signs an official document: the office stands above it in capitals ("T/M ĐẢNG ỦY", "BÍ THƯ")."""
    return any(lines[j].text.isupper() and not is_signature(lines[j].text.strip()) for j in range(max(0, i - 3), i))


def _mark_labels(lines: list[Line], marks: dict[int, str], first: int, last: int) -> None:
    """Menu words before the title and after the last paragraph, which no lexicon can list: short, without figure or stop."""
    head = range(min(first, HEAD_LINES))
    title = next((i for i in head if i not in marks and len(lines[i].text.split()) >= TITLE_WORDS), 0)
    for i in (*range(title), *range(last + 1, len(lines))):
        text = lines[i].text.strip()
        if i not in marks and _is_label(text) and not (i > last and is_official_ending(text)) and not _after_office(lines, i):
            marks[i] = "navigation"


def _is_label(text: str) -> bool:
    """A few words without figure or stop that name no place and no body."""
    words = text.lower().split()
    if len(words) > 5 or len(text) > 45 or text.endswith((".", ":", ";", ",", "…")) or any(c.isdecimal() for c in text):
        return False
    if any(a.istitle() and b.istitle() for a, b in pairwise(text.split())):
        return False  # a name
    return not set(load("vi/furniture")["label_never"]) & {*words, *(" ".join(pair) for pair in pairwise(words))}


def _mark_page_numbers(lines: list[Line], marks: dict[int, str]) -> None:
    """Numbers alone on a line that count up through a text copied from pages; cells of a copied table stand close together."""
    alone = [i for i, line in enumerate(lines) if i not in marks and line.text.isdecimal() and len(line.text) <= 3]
    count = [int(lines[i].text) for i in alone]
    apart = all(b - a > 3 for a, b in pairwise(alone))
    if alone and apart and count[0] in (1, 2) and all(b - a == 1 for a, b in pairwise(count)):
        marks.update(dict.fromkeys(alone, "pagination"))


def _datelines(text: str, lines: list[Line], marks: dict[int, str]) -> Iterator[Found]:
    """The name of the paper before one of the first paragraphs."""
    never = set(load("vi/furniture")["dateline_never"])
    body = [line for i, line in enumerate(lines) if i not in marks][:5]
    for line in body:
        for why, pattern in _patterns("datelines"):
            match = pattern.match(line.text)
            if match and match.end() < len(line.text) and not never & set(re.findall(r"\w+", match[0])):
                start = text.find(match[0], line.start, line.end)
                yield Found(start, start + len(match[0].rstrip()), why)
                break


def _last_words(text: str, lines: list[Line], marks: dict[int, str]) -> Iterator[Found]:
    """A signature or source behind the last stop of the last paragraph, in a text that lost its line ends."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if i not in marks), None)
    if last is None or len(lines[last].text) < PARAGRAPH_MIN:
        return
    line = lines[last]
    start = max(line.start, line.end - PARAGRAPH_MIN)
    ends = split(text[start : line.end])
    if len(ends) < 2:
        return
    piece = text[start + ends[-1][0] : start + ends[-1][1]]
    why = "byline" if is_signature(piece) else _why_known(piece, "tail")
    if why in ("byline", "source", "photo-credit"):
        yield Found(start + ends[-1][0], start + ends[-1][1], why)


def _inside(text: str) -> Iterator[Found]:
    """Markup, picture names, credits and machine-made descriptions inside paragraphs."""
    for why, pattern in _patterns("inline"):
        for match in pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Found(start, match.end(), why)
    for match in _ALT_TEXT.finditer(text):
        yield Found(_back_to_english(text, match.start()), match.end(), "alt-text")


def _back_to_english(text: str, end: int) -> int:
    """Start of the English description that ends at ``end``: back over ASCII letters to the stop before them."""
    start = end
    while (
        start > max(0, end - _ALT_TEXT_MAX)
        and text[start - 1].isascii()
        and (text[start - 1].isalpha() or text[start - 1] in " ,-'\"()")
    ):
        start -= 1
    while start < end and not text[start].isupper():
        start += 1
    return start
