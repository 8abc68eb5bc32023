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
from typing import Any, NamedTuple

from toolkit.clean.sentences import split
from toolkit.clean.syllables import is_syllable
from toolkit.lexicon import load
from toolkit.model.vietnamese import fold_tones, strip_marks

PARAGRAPH_MIN = 180
"""Letters from which a line is certainly a paragraph of the body."""
CAPTION_MAX = 300
"""Letters of the longest caption with a credit."""
PLAIN_CAPTION_MAX = 200
"""Letters of the longest caption that only its words betray."""
HEAD_LINES, REPEAT_MIN = 8, 25

_LINE = re.compile(r"[^\n]+")
_ALT_TEXT = re.compile(
    r"Description automatically generated(?: with (?:very )?\w+ confidence)?\.?"
    r"|(?<=[.!?”)])AI-generated content may be incorrect\.?"
)
_NOT_WORD = re.compile(r"\W+")


class Found(NamedTuple):
    """One piece of furniture in coordinates of the clean text."""

    start: int
    end: int
    why: str


class Line(NamedTuple):
    """A non-empty line of the clean text."""

    start: int
    end: int
    text: str


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
    """The pattern of an entry; ``prefix_any_case`` frees the case of the leading words only."""
    pattern = entry["pattern"]
    if entry.get("prefix_any_case"):
        pattern = re.sub(r"\(\?:theo\|nguồn\|nguồn tin\)", "(?:[Tt]heo|THEO|[Nn]guồn|NGUỒN|[Nn]guồn tin)", pattern)
    return re.compile(pattern, 0 if entry.get("case") else re.IGNORECASE)


@cache
def _patterns(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["why"], compiled(entry)) for entry in load("vi/furniture")[group])


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(load("vi/furniture")["credit_at_end"])


def find(text: str, known: Iterable[Found] = ()) -> list[Found]:
    """All furniture of a clean text in order, without overlap; ``known`` is what the document's own form says is furniture."""
    lines = [Line(m.start(), m.end(), m[0]) for m in _LINE.finditer(text)]
    marks: dict[int, str] = {}
    _mark_known(lines, marks)
    _mark_tail(lines, marks)
    _mark_captions(lines, marks)
    _mark_repeats(lines, marks)
    found = list(known)
    found += [Found(line.start, line.end, marks[i]) for i, line in enumerate(lines) if i in marks]
    found += _datelines(lines, marks)
    found += _inside(text)
    return _without_overlap(found)


def _without_overlap(found: list[Found]) -> list[Found]:
    """Sorted; of two that overlap the one that begins earlier, then the longer, stays."""
    kept: list[Found] = []
    for piece in sorted(found, key=lambda f: (f.start, -f.end)):
        if piece.end > piece.start and (not kept or piece.start >= kept[-1].end):
            kept.append(piece)
    return kept


def _zones(lines: list[Line]) -> tuple[int, int]:
    """Index of the first and of the last line that is certainly a paragraph (head before, tail after)."""
    long = [i for i, line in enumerate(lines) if len(line.text) >= PARAGRAPH_MIN]
    return (long[0], long[-1]) if long else (len(lines), len(lines))


def _mark_known(lines: list[Line], marks: dict[int, str]) -> None:
    """Lines that the lexicon knows, and lines that say one phrase twice ("Tin nổi bật Tin nổi bật")."""
    first, last = _zones(lines)
    for i, line in enumerate(lines):
        if len(line.text) > CAPTION_MAX:
            continue
        text = line.text.strip()
        zone = "head" if i < min(first, HEAD_LINES) else "tail" if i > last else ""
        why = next((r.why for r in line_rules() if (not r.where or r.where == zone) and r.pattern.fullmatch(text)), None)
        if why is None and _is_doubled(text):
            why = "navigation"
        if why is None and zone == "head" and i == 0 and _is_small_label(text, lines):
            why = "navigation"
        if why is not None:
            marks[i] = why


def _is_doubled(text: str) -> bool:
    """One short phrase said twice, nothing else."""
    half = (len(text) - 1) // 2
    return 6 <= len(text) <= 80 and text[:half].strip() == text[half:].strip() and not any(c.isdecimal() for c in text)


def _is_small_label(text: str, lines: list[Line]) -> bool:
    """A first line in small letters before the title: the name of a page's section."""
    return text[0].islower() and len(text) <= 40 and not text.endswith((".", ";", ",")) and len(lines) > 2


def _mark_tail(lines: list[Line], marks: dict[int, str]) -> None:
    """Signatures, and what follows one: after the author's name a page has captions and links, no paragraphs."""
    first, last = _zones(lines)
    signed = False
    for i in range(last + 1, len(lines)):
        text = lines[i].text.strip()
        if marks.get(i) in ("byline", "source", "related", "comments", "publisher"):
            signed = True
        elif i not in marks and is_signature(text) and not _after_office(lines, i):
            marks[i] = "byline"
            signed = True
        elif i not in marks and signed and not _is_official_ending(text):
            marks[i] = "caption" if text.endswith(".") or len(text) > 60 else "related"
    for i in range(1, min(first, HEAD_LINES)):
        if i not in marks and is_signature(lines[i].text.strip()) and len(lines) > i + 1:
            marks[i] = "byline"


def is_signature(text: str) -> bool:
    """A line that is nothing but one or two names of persons, as authors sign.

    >>> [is_signature(t) for t in ("Minh Tâm", "HỮU KHOA", "Thu Hà - Văn Hải", "Phường Tân An", "Kết quả")]
    [True, True, True, False, False]
    """
    names = re.split(r"\s*(?:[-–,&/]|\bvà\b)\s*", text.rstrip("."))
    return len(text) <= 60 and 1 <= len(names) <= 3 and all(map(_is_person, names))


def _is_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 4 or strip_marks(words[0]).lower() in _no_names() or " ".join(words).lower() in _places():
        return False
    shaped = all(w.istitle() for w in words) or all(w.isupper() and len(w) > 1 for w in words)
    return shaped and all(is_syllable(w) or len(w) == 1 for w in words)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(strip_marks(word).lower() for word in load("vi/furniture")["no_names"])


@cache
def _places() -> frozenset[str]:
    return frozenset(word.lower() for word in load("vi/furniture")["places"])


def _after_office(lines: list[Line], i: int) -> bool:
    """Whether the name signs an official document: the office stands above it in capitals ("T/M ĐẢNG ỦY", "BÍ THƯ")."""
    return any(lines[j].text.isupper() and not is_signature(lines[j].text.strip()) for j in range(max(0, i - 3), i))


def _is_official_ending(text: str) -> bool:
    """Recipients and signatures of an official document, which the extractor may want."""
    return text.isupper() or text.startswith(("Nơi nhận", "T/M", "TM.", "- ")) or text.startswith("KT.")


def _mark_captions(lines: list[Line], marks: dict[int, str]) -> None:
    """Captions with a credit, the line before a bare credit, and lines that only say what a picture shows."""
    title = next((i for i in range(len(lines)) if i not in marks), -1)
    for i, line in enumerate(lines):
        if i in marks:
            continue
        text = line.text.strip()
        credited = len(text) <= CAPTION_MAX and bool(_credit().search(text)) and len(split(text)) <= 2
        if credited or (_could_be_caption(text) and _is_picture_line(text, lines, i, marks, is_title=i == title)):
            marks[i] = "caption"


def _is_picture_line(text: str, lines: list[Line], i: int, marks: dict[int, str], *, is_title: bool) -> bool:
    return (marks.get(i + 1) == "photo-credit" and not is_title) or _shows_picture(text, lines, i, is_title=is_title)


def _could_be_caption(text: str) -> bool:
    return (
        len(text) <= PLAIN_CAPTION_MAX
        and not any(c.isdecimal() for c in text)
        and len(split(text)) <= 1
        and not text.endswith((":", ";"))
    )


def _shows_picture(text: str, lines: list[Line], i: int, *, is_title: bool) -> bool:
    """Whether a short line describes a picture: "Quang cảnh hội nghị", a person who hands something over."""
    data = load("vi/furniture")["captions"]
    for entry in data["shows"]:
        if text.startswith(entry["begins"]) and (len(text) <= 120) and _does(text, entry.get("acts")):
            return not is_title
    if text.startswith(tuple(data["persons"])) and _named_person_does(text, data["acts"]):
        return not is_title or text.endswith(".")
    between = 0 < i < len(lines) - 1 and min(len(lines[i - 1].text), len(lines[i + 1].text)) >= PARAGRAPH_MIN
    return between and len(text) <= 120 and not text.endswith(".") and text.startswith(tuple(data["events"])) and not is_title


def _named_person_does(text: str, acts: list[str]) -> bool:
    """Whether one of ``acts`` follows a name directly ("Nguyễn Văn A trao Giấy khen"), not further on in a report of a speech."""
    for act in acts:
        before, found, _ = f"{text.rstrip('.')} ".partition(f" {act} ")
        if found and before.split()[-1][:1].isupper() and "," not in before.rpartition(" ")[2]:
            return True
    return False


def _does(text: str, acts: list[str] | None) -> bool:
    return acts is None or any(f" {act} " in f"{text.rstrip('.')} " for act in acts)


def _mark_repeats(lines: list[Line], marks: dict[int, str]) -> None:
    """A lead that a later paragraph holds whole; a short line that a sentence elsewhere says again, with or without its marks."""
    folded = [_fold(line.text) if i < HEAD_LINES or i in marks else "" for i, line in enumerate(lines)]
    for i in range(min(HEAD_LINES, len(lines))):
        later = range(i + 1, min(i + 5, len(lines)))
        if i not in marks and len(folded[i]) >= 60 and any(folded[i] in _fold(lines[j].text) for j in later):
            marks[i] = "repeated"
    in_tail = {folded[i] for i, why in marks.items() if why == "caption" and len(folded[i]) >= REPEAT_MIN}
    for i, line in enumerate(lines):
        if i not in marks and in_tail and len(line.text) <= CAPTION_MAX and _fold(line.text) in in_tail:
            marks[i] = "caption"
    _mark_unmarked_twins(lines, marks)


def _mark_unmarked_twins(lines: list[Line], marks: dict[int, str]) -> None:
    """Lines without any diacritic that repeat a line with them (captions made from file names)."""
    bare = [
        i for i, line in enumerate(lines) if i not in marks and line.text.isascii() and REPEAT_MIN <= len(line.text) <= CAPTION_MAX
    ]
    if not bare:
        return
    known = {_fold(line.text[a:b]) for i, line in enumerate(lines) if not line.text.isascii() for a, b in split(line.text)}
    for i in bare:
        if _fold(lines[i].text) in known:
            marks[i] = "repeated"


def _fold(text: str) -> str:
    """Letters and digits without marks, for comparing a caption with the sentence it repeats."""
    return _NOT_WORD.sub(" ", strip_marks(fold_tones(text)).lower()).strip()


def _datelines(lines: list[Line], marks: dict[int, str]) -> Iterator[Found]:
    """The name of the paper before one of the first paragraphs."""
    never = set(load("vi/furniture")["dateline_never"])
    body = [line for i, line in enumerate(lines) if i not in marks][:5]
    for line in body:
        for why, pattern in _patterns("datelines"):
            match = pattern.match(line.text)
            if match and match.end() < len(line.text) and not never & set(re.findall(r"\w+", match[0])):
                yield Found(line.start, line.start + len(match[0].rstrip()), why)
                break


def _inside(text: str) -> Iterator[Found]:
    """Markup, picture names, credits and machine-made descriptions inside paragraphs."""
    for why, pattern in _patterns("inline"):
        for match in pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Found(start, match.end(), why)
    for match in _ALT_TEXT.finditer(text):
        yield Found(_back_to_english(text, match.start()), match.end(), "alt-text")


def _back_to_english(text: str, end: int) -> int:
    """Start of the English description that ends at ``end``: back over at most 250 ASCII letters to the stop before them."""
    start = end
    while (
        start > 0
        and end - start < 250
        and (text[start - 1].isascii() and (text[start - 1].isalpha() or text[start - 1] in " ,-'\"()"))
    ):
        start -= 1
    while start < end and not text[start].isupper():
        start += 1
    return start
