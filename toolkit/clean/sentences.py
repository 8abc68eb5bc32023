"""Where sentences end in Vietnamese reports.

Made for the text as it comes: spaces missing after stops, abbreviations (``TP.``, ``PGS.``, ``v.v.``), numbers with dots, ``./.``,
ellipses that end a sentence and ellipses that do not, list numbers, headings without a stop, quotations.  A semicolon or colon
does not end a sentence; a line end does.  One pass over the stops of the text, so linear.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.clean.spacing import abbreviations
from toolkit.lexicon import load

_STOP = re.compile(r"(?:\./\.|\.{2,}|[.!?…]+)[”\"’»)\]]*|\n+")
_LAST_WORD = re.compile(r"[^\s(“\"‘«\[]+\Z")
_OPENERS = '“"‘«([-–—+*•'
_ENUMERATOR = re.compile(r"[-–+*•(\s]*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[A-Za-zđĐ])\Z")
_LETTER_ITEM = re.compile(r"[a-zđ][.)] ")
_CONTENT = re.compile(r"\w")


@cache
def _before_name() -> frozenset[str]:
    return frozenset(entry["word"].lower() for entry in load("vi/abbreviations")["before_name"])


@cache
def _ordinals() -> frozenset[str]:
    """Words after which one capital letter is a number or a class."""
    return frozenset(load("vi/abbreviations")["letter_after"])


@cache
def _part_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load('vi/abbreviations')['parts'])})\s+\S{{1,5}}\Z", re.IGNORECASE)


@cache
def _before_number() -> frozenset[str]:
    return frozenset(entry["word"].lower() for entry in load("vi/abbreviations")["before_number"])


def split(text: str) -> list[tuple[int, int]]:
    """Half-open intervals of the sentences of ``text``, in order, without the spaces between them.

    Stretches without a letter or digit (``./.``, ``***``) belong to no sentence unless they end one.

    >>> [text[a:b] for text in ["UBND TP. Huế họp. Năm 2022, thu 1.234 tỷ."] for a, b in split(text)]
    ['UBND TP. Huế họp.', 'Năm 2022, thu 1.234 tỷ.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        if match[0][0] != "\n" and not _ends(text, start, match.start(), match.end()):
            continue
        _add(text, start, match.end(), found)
        start = match.end()
    _add(text, start, len(text), found)
    return found


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _CONTENT.search(text, start, end):
        found.append((start, end))


def _ends(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the stop at ``[stop, end)`` (closing quotes included) ends the sentence that began at ``start``."""
    if end >= len(text):
        return True
    touching = not text[end].isspace()
    follower = end
    while follower < len(text) and text[follower] in " \t\u00a0":
        follower += 1
    if follower >= len(text) or text[follower] == "\n":
        return True
    mark = text[stop:end].rstrip('”"’»)]')
    if touching and not _missing_space(text, stop, end):
        return False
    if not _opens(text, follower):
        return False
    return mark != "." or not _is_part_of_word(text, start, stop, follower)


def _missing_space(text: str, stop: int, end: int) -> bool:
    """A stop that touches a capital: "giao.Nhìn", "UBND.Trong", but not "TP.Huế" or "Q.Hai"."""
    before, after = text[stop - 1 : stop], text[end : end + 2]
    if not (after[:1].isupper() and after[1:].islower()) or text[stop:end] == '."':
        return False
    found = _LAST_WORD.search(text, max(0, stop - 12), stop)
    word = found[0] if found else ""
    return before in "%)”" or (word.lower() not in abbreviations() and (before.islower() or (word.isupper() and len(word) > 2)))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence may begin at ``at``: a capital, a digit, an opening quote, a dash."""
    c = text[at]
    if _LETTER_ITEM.match(text, at):
        return True
    if c in _OPENERS:
        inner = at + 1
        while inner < len(text) and text[inner] in ' “"‘':
            inner += 1
        return inner < len(text) and (text[inner].isupper() or text[inner].isdecimal())
    return c.isupper() or c.isdecimal()


def _is_part_of_word(text: str, start: int, stop: int, follower: int) -> bool:
    """Whether a single full stop belongs to an abbreviation, an initial, a list number or the number of a heading."""
    head = text[start:stop] if stop - start <= 40 else ""
    if head and (_ENUMERATOR.match(head.strip()) or _part_label().match(head.strip())):
        return True
    found = _LAST_WORD.search(text, max(start, stop - 12), stop)
    word = found[0] if found else ""
    low = word.lower()
    if low in _before_number():
        return text[follower].isdecimal()
    if low in abbreviations() and low not in _before_name():
        return False
    return (low in _before_name() or (len(word) == 1 and word.isupper())) and not _closes(word, text[max(start, stop - 30) : stop])


def _closes(word: str, head: str) -> bool:
    """Whether one capital letter ends what stands before it: a name ("ông Nguyễn Văn A."), an ordinal ("lần thứ V.", "loại A.")."""
    before = head.split()[:-1]
    if len(word) != 1 or not before:
        return False
    named = len(before) >= 2 and all(w.isalpha() and w.istitle() for w in before[-2:])
    return named or before[-1].lower() in _ordinals()
