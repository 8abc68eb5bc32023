"""Spaces: none twice, none missing.

Two kinds of repair.  *Outside words* (``squeezed``, ``stops``): double and trailing spaces, a missing space after a full stop,
comma or semicolon, a space before one.  *Inside words* (``run_together``): two syllables typed as one, a word glued to a number;
only where the grammar of syllables leaves no doubt.  Numbers, document symbols (``15-NQ/TW``), addresses of the web, codes
(``H5N1``, ``km2``, ``Q.1``) and names with a full stop inside (``TP.HCM``) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from toolkit.clean.offsets import Edit
from toolkit.clean.syllables import cuts, is_syllable
from toolkit.lexicon import load
from toolkit.model.vietnamese import split_tone

_SPACES = re.compile(r"[ \t]*\n[ \t]*|(?<=[^ \t\n])[ \t]{2,}|[ \t]+\Z|\A[ \t]+|\t")
_SPACES_IN_CELLS = re.compile(r" *\n *| {2,}| +(?=\t)|(?<=\t) +| +\Z|\A +")
_BEFORE_MARK = re.compile(r"(?<=[\w%)”]) +(?=[,;:!?](?:[ \n]|\Z)|[,;][^\W\d_]|\.(?:[ \n]|\Z|[A-ZĐÂÊÔƠƯÁÀẢÃẠ][^\W\d_]))")
_MARK = re.compile(r"[.;,:!?…](?=[^\W\d_]|[“‘])|[)”»\]](?=[^\W\d_])|(?<=[%\w])\((?=[^\W\d_]{2})")
_WEB = re.compile(r"://|\bwww\.|@|\.(?:vn|com|net|org|gov|edu|info|asp|html?|php)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_LIST_MARK = re.compile(r"(?:[-+*•–]|\(?[0-9]{1,2}[.)]|[a-zđ][.)])\Z")
_ROMAN = re.compile(r"[IVXLC]{2,}\Z")


@cache
def abbreviations() -> frozenset[str]:
    """All abbreviations that end in a full stop, in lower case, without it."""
    data = load("vi/abbreviations")
    return frozenset(entry["word"].lower() for group in ("before_name", "before_number", "anywhere") for entry in data[group])


@cache
def _codes() -> frozenset[str]:
    return frozenset(load("vi/abbreviations")["codes"])


def squeezed(text: str) -> Iterator[Edit]:
    """No space at the ends of a line, none twice; a tab stays only between the cells of a row."""
    for match in _SPACES.finditer(text):
        found = match[0]
        if "\n" in found:
            kept = "\n"
        elif match.start() == 0 or match.end() == len(text):
            kept = ""
        elif "\t" in found:
            near = max(0, match.start() - 8)  # a list mark is shorter than this
            line = text[text.rfind("\n", near, match.start()) + 1 or near : match.start()]
            kept = " " if _LIST_MARK.match(line.strip()) else "\t" * found.count("\t")
        else:
            kept = " "
        if kept != found:
            yield Edit(match.start(), match.end(), kept)


def squeezed_cells(text: str) -> Iterator[Edit]:
    """The same for a document with tables of its own, in which every tab stands between two cells, empty ones too."""
    for match in _SPACES_IN_CELLS.finditer(text):
        found = match[0]
        inner = match.start() > 0 and match.end() < len(text) and "\t" not in (text[match.start() - 1], text[match.end()])
        kept = "\n" if "\n" in found else " " if inner else ""
        if kept != found:
            yield Edit(match.start(), match.end(), kept)


def before_marks(text: str) -> Iterator[Edit]:
    """No space between a word and the mark that closes it."""
    for match in _BEFORE_MARK.finditer(text):
        yield Edit(match.start(), match.end(), "")


def stops(text: str) -> Iterator[Edit]:
    """A space after a mark that ends a sentence or clause and touches the next word."""
    for match in _MARK.finditer(text):
        at = match.end()
        left = _word_before(text, match.start())
        right = _word_after(text, at)
        mark = match[0]
        if mark == "(":
            if _opens_gloss(left, right, text, at):
                yield Edit(match.start(), match.start(), " ")
        elif _is_gap(mark, left, right, text, match.start()) and not _in_web_address(text, match.start()):
            yield Edit(at, at, " ")


def _opens_gloss(left: str, right: str, text: str, at: int) -> bool:
    """Whether a bracket opens a gloss of a word ("8,2%(giảm 3%)") and not a plural or a formula."""
    before = text[at - 2]
    return (before == "%" or is_syllable(left) or left.isdecimal()) and is_syllable(right)


def _is_gap(mark: str, left: str, right: str, text: str, at: int) -> bool:
    """Whether a space is missing after ``mark`` between the words ``left`` and ``right`` (either may be empty)."""
    if mark in ")”»]":
        return len(right) > 1
    before = text[at - 1] if at else " "
    if before in " \n":
        return False
    if not right or right[0] in "“‘":
        return mark in ".;!?…" and before not in "(“‘"
    if mark == ".":
        return _ends_sentence(left, right, before, text[at + 1 + len(right) : at + 2 + len(right)])
    if mark == "," and left.isupper() and right.isupper():
        return False  # the joint name of an office ("VH,TT&TT")
    if mark in ",;" and left.isdecimal():
        return len(right) > 1 or not right.isascii()
    if mark == ":":
        return is_syllable(left) and (is_syllable(right) or right.isupper())
    return not (mark == ";" and "&" in text[max(0, at - 8) : at])  # the end of a character reference


def _ends_sentence(left: str, right: str, before: str, after_right: str) -> bool:
    """Whether the full stop between two touching words ends a sentence ("giao.Nhìn"), and is no "TP.HCM", "v.v", "Th.S"."""
    if left.lower() in abbreviations() or after_right in ("/", "."):
        return False
    if before in "%)”»]…":
        return right[0].isupper() or is_syllable(right)
    if right[0].islower():
        return is_syllable(left) and is_syllable(right) and not right.isascii() and not (len(left) == 1 or len(right) == 1)
    if left.isupper():
        return (bool(_ROMAN.match(left)) or len(left) > 2) and (right[1:].islower() or (right.isupper() and len(left) > 2))
    if left.isdecimal():
        return len(right) > 2 and after_right != "-"
    return (is_syllable(left) or left[:1].islower()) and (right[1:].islower() or len(right) > 1)


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 24 and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _word_after(text: str, start: int) -> str:
    end = start
    while end < len(text) and end - start < 24 and text[end].isalnum():
        end += 1
    return text[start:end] or text[start : start + 1]


def _in_web_address(text: str, at: int) -> bool:
    """Whether the mark stands inside a web or mail address: looks at the unbroken run around it, at most 200 characters."""
    run_start = max(text.rfind(" ", max(0, at - 100), at), text.rfind("\n", max(0, at - 100), at)) + 1
    run_end = at
    while run_end < len(text) and run_end - at < 100 and not text[run_end].isspace():
        run_end += 1
    run = text[run_start:run_end]
    return bool(_WEB.search(run)) and not any(c.isalpha() and not c.isascii() for c in run)


def run_together(text: str) -> Iterator[Edit]:
    """A space inside a token that can only be several words ("phápnâng", "giaCuộc", "với1.138", "2021ước")."""
    for match in _TOKEN.finditer(text):
        if len(match[0]) < 3:
            continue
        for cut in token_cuts(match[0]):
            yield Edit(match.start() + cut, match.start() + cut, " ")


@lru_cache(maxsize=65536)
def token_cuts(token: str) -> tuple[int, ...]:
    """Where a token of letters and digits falls into words; empty for a word, a code, a name, a glued unit.

    >>> token_cuts("đạt16"), token_cuts("2021ước"), token_cuts("H5N1"), token_cuts("km2"), token_cuts("21km")
    ((3,), (4,), (), (), ())
    """
    if token.isascii() and token.isalpha():
        return ()
    parts = re.findall(r"\d+|[^\W\d_]+", token)
    if len(parts) == 1:
        return _letter_cuts(token)
    if len(parts) > 3 or not all(part.isdecimal() or _is_plain_word(part) for part in parts):
        return ()
    at = 0
    found = []
    for part in parts[:-1]:
        at += len(part)
        found.append(at)
    return tuple(found)


def _is_plain_word(part: str) -> bool:
    """A syllable in ordinary writing that a number may have been glued to: not a unit, a code, a grade ("7A")."""
    if not (part.islower() or part.istitle()) or not is_syllable(part) or part.lower() in _codes():
        return False
    return len(part) >= 3 or (len(part) == 2 and not part.isascii() and part.islower())


def _letter_cuts(token: str) -> tuple[int, ...]:
    """Cuts of a token of letters: at a capital after a small letter, else by the grammar of syllables."""
    if token.isupper() or len(token) < 4:
        return ()
    inner = [i for i in range(1, len(token)) if token[i].isupper()]
    if inner:
        edges = [0, *inner, len(token)]
        words = [token[a:b] for a, b in pairwise(edges)]
        sure = all(is_syllable(word) and len(word) > 1 for word in words) and len(words) == 2
        return tuple(inner) if sure else ()
    found = cuts(token)
    return found if found and _is_sure(token, found) else ()


def _is_sure(token: str, found: tuple[int, ...]) -> bool:
    """A loan word or a name of another language ("bêtông", "Sêpôn") is left whole: short, and without any tone mark."""
    edges = [0, *found, len(token)]
    words = [token[a:b] for a, b in pairwise(edges)]
    if any(len(word) == 1 for word in words[1:]) or (len(words) == 3 and min(map(len, words)) < 2):
        return False
    toned = any(split_tone(c)[1] for c in token.lower())
    return toned or (len(token) >= 7 and token[0].islower())
