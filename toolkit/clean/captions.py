"""Captions and repeats: lines that describe a picture, and lines that say again what the article says elsewhere."""

from __future__ import annotations

import re
from functools import cache

from toolkit.clean.page import HEAD_LINES, Line, folded
from toolkit.clean.sentences import split
from toolkit.lexicon import load

CREDITED_MAX, PLAIN_MAX, BARE_MAX = 300, 200, 100
"""Letters of the longest caption with a credit, with words of a picture, and with neither."""
NEIGHBOUR_MIN = 120
"""Letters of the paragraphs on both sides of a caption that only its place betrays."""
REPEAT_MIN, LEAD_MIN = 25, 60
"""Letters of the shortest line and the shortest lead that count as a repeat."""

UNMARKED_MIN = 4
"""Words of a line without marks, and sentences of the text with them, from which the line cannot be part of the article."""

_NOT_WORD = re.compile(r"\W+")


def mark_captions(lines: list[Line], marks: dict[int, str]) -> None:
    """Captions with a credit, the line before a bare credit, and lines that only say what a picture shows."""
    title = next((i for i in range(len(lines)) if i not in marks), -1)
    for i, line in enumerate(lines):
        if i in marks:
            continue
        text = line.text.strip()
        credited = len(text) <= CREDITED_MAX and bool(_credit().search(text)) and len(split(text)) <= 2
        if credited or (_could_be(text) and _is_picture_line(text, lines, i, marks, is_title=i == title)):
            marks[i] = "caption"


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(load("vi/furniture")["credit_at_end"])


@cache
def _name_number() -> re.Pattern[str]:
    """Years, dates, and numbers that are part of a name."""
    words = "|".join(load("vi/furniture")["numbered"])
    return re.compile(rf"\b(?:19|20)\d\d\b|\d{{1,2}}/\d{{1,2}}\b(?!\s+\w)|\b(?:{words})\s+\d{{1,2}}\b", re.IGNORECASE)


@cache
def _company() -> re.Pattern[str]:
    words = "|".join(load("vi/furniture")["captions"]["company"])
    return re.compile(rf"\s+(?:và|cùng)\s+(?:các\s+)?(?:{words})\b.{{0,40}}\Z")


def _could_be(text: str) -> bool:
    """A single short sentence without figures: what has figures is never left out for its looks."""
    return len(text) <= PLAIN_MAX and not has_figure(text) and len(split(text)) <= 1 and not text.endswith((":", ";"))


def has_figure(text: str) -> bool:
    """Whether a number stands in the text that is neither a year nor part of a name ("Phường 9", "lần thứ 2")."""
    return any(c.isdecimal() for c in _name_number().sub("", text))


def _is_picture_line(text: str, lines: list[Line], i: int, marks: dict[int, str], *, is_title: bool) -> bool:
    if is_title:
        return text.endswith(".") and _shows(text)
    return marks.get(i + 1) == "photo-credit" or _shows(text) or _stands_alone(text, lines, i, marks)


def _shows(text: str) -> bool:
    """Whether the words are those of a caption: "Quang cảnh hội nghị", a person who hands something over."""
    data = load("vi/furniture")["captions"]
    for entry in data["shows"]:
        if text.startswith(entry["begins"]) and len(text) <= 120 and _does(text, entry.get("acts")):
            return True
    return text.startswith(tuple(data["persons"])) and _named_person_does(text, data["acts"])


def _stands_alone(text: str, lines: list[Line], i: int, marks: dict[int, str]) -> bool:
    """A short line between two paragraphs: the name of an event, a gesture, or a sentence that states nothing."""
    sides = (_neighbour(lines, i, -1, marks), _neighbour(lines, i, 1, marks))
    data = load("vi/furniture")["captions"]
    if not sides[0].endswith((".", ":", ";", "…", "”", '"', "!", "?")):
        return False  # nothing stands before it that is a paragraph: it may be the title
    if not text.endswith("."):
        shows = text.startswith(tuple(data["events"])) or _does(text, data["gestures"])
        return shows and len(text) <= BARE_MAX + 20 and min(map(len, sides)) >= NEIGHBOUR_MIN // 2
    return len(text) <= BARE_MAX and min(map(len, sides)) >= NEIGHBOUR_MIN and not _states(text)


def _neighbour(lines: list[Line], i: int, step: int, marks: dict[int, str]) -> str:
    """The nearest line in a direction that is no furniture, at most three lines away."""
    near = (j for j in range(i + step, i + 4 * step, step) if 0 <= j < len(lines) and j not in marks)
    return next((lines[j].text for j in near), "")


def _states(text: str) -> bool:
    """Whether a sentence says that something was done, is or shall be, as captions do not."""
    words = f" {_NOT_WORD.sub(' ', text.lower()).strip()} "
    return any(f" {word} " in words for word in load("vi/furniture")["statement_words"])


def _named_person_does(text: str, acts: list[str]) -> bool:
    """Whether one of ``acts`` follows a name directly ("Nguyễn Văn A trao Giấy khen"), not further on in a report of a speech."""
    for act in acts:
        before, found, _ = f"{text.rstrip('.')} ".partition(f" {act} ")
        if found and _company().sub("", before).split()[-1].strip("()")[:1].isupper():
            return True
    return False


def _does(text: str, acts: list[str] | None) -> bool:
    return acts is None or any(f" {act} " in f" {text.rstrip('.')} ".lower() for act in acts)


def mark_repeats(lines: list[Line], marks: dict[int, str]) -> None:
    """A lead that a later paragraph holds whole, a title said twice, body lines that the captions at the end say again."""
    keys = [folded(line.text) if i < HEAD_LINES or i in marks else "" for i, line in enumerate(lines)]
    for i in range(min(HEAD_LINES, len(lines))):
        later = range(i + 1, min(i + 5, len(lines)))
        if i in marks:
            continue
        twice = len(keys[i]) >= REPEAT_MIN and any(keys[i] == keys[j] for j in range(i) if j not in marks)
        if twice or (
            len(keys[i]) >= LEAD_MIN and any(keys[i] in key and keys[i] != key for key in (folded(lines[j].text) for j in later))
        ):
            marks[i] = "repeated"
    captions = {keys[i] for i, why in marks.items() if why == "caption" and len(keys[i]) >= REPEAT_MIN}
    for i, line in enumerate(lines):
        if (
            i not in marks
            and captions
            and len(line.text) <= CREDITED_MAX
            and not has_figure(line.text)
            and folded(line.text) in captions
        ):
            marks[i] = "caption"
    _mark_unmarked(lines, marks)


def _mark_unmarked(lines: list[Line], marks: dict[int, str]) -> None:
    """Lines without any diacritic in a Vietnamese text: captions made from file names, or repeats of a line that has them."""
    bare = [
        i for i, line in enumerate(lines) if i not in marks and line.text.isascii() and REPEAT_MIN <= len(line.text) <= CREDITED_MAX
    ]
    if not bare:
        return
    known = {folded(line.text[a:b]) for line in lines if not line.text.isascii() for a, b in split(line.text)}
    for i in bare:
        foreign = len(lines[i].text.split()) >= UNMARKED_MIN and not has_figure(lines[i].text) and len(known) >= UNMARKED_MIN
        if foreign or folded(lines[i].text) in known:
            marks[i] = "repeated"
