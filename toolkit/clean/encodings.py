"""Vietnamese typed before Unicode: TCVN3 (ABC), VNI, and UTF-8 that was read as Windows-1252.

Such text is made of Western letters, so nothing in its bytes gives it away; but once put through the right table, its words become
Vietnamese syllables, and before that they are none.  That is the test, a line at a time, so that a document may mix encodings.  A
line with a single letter that only Unicode has (``ạ`` … ``ỹ``, ``ă``, ``đ``, ``ơ``, ``ư``) is never touched, and neither is a line
of English, French or Unicode Vietnamese.  A clean letter stands for the one to three characters it was typed with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from toolkit.clean.offsets import Edit
from toolkit.clean.syllables import is_syllable
from toolkit.lexicon import load

SURE_WORDS = 3
"""Words with marks from which a line is judged by itself; a shorter line follows the document's other lines."""
SURE_SHARE, GAIN = 0.75, 0.4
"""Share of words that must be syllables after conversion, and by how much that must exceed the share before."""
JUDGED = 4000
"""Letters of a line that are looked at."""

_LINE = re.compile(r"[^\n]+")
_MODERN = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff\u00ad]+")
_WESTERN = re.compile("[\u00a1-\u00ff\u00ad]")
_CP1252 = {bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_FOLLOW = "\u0080-\u00bf" + re.escape("".join(_CP1252))
_UTF8 = re.compile(
    f"[\u00c3-\u00c6][{_FOLLOW}]|\u00e1[\u00ba\u00bb][{_FOLLOW}]|[\u00e1\u00e2][{_FOLLOW}]{{2}}|\u00c4(?=[A-Za-z\u00c3\u00e1])"
)

Conversion = Callable[[str], list[Edit]]


def legacy(text: str) -> Iterator[Edit]:
    """Edits that make Unicode of every line in an older encoding."""
    if text.isascii():
        return
    lines = [match for match in _LINE.finditer(text) if _WESTERN.search(match[0]) and not _MODERN.search(match[0])]
    chosen = [_encoding(line[0]) for line in lines]
    usual = {name for name in chosen if name}
    wholly = len(usual) == 1 and not _MODERN.search(text)
    for line, own in zip(lines, chosen, strict=True):
        name = own or (_follows(line[0], usual, wholly=wholly) if usual else None)
        if name:
            for edit in _conversions()[name](line[0]):
                yield Edit(line.start() + edit.start, line.start() + edit.end, edit.text)


def _encoding(line: str) -> str | None:
    """Name of the encoding that a line is surely typed in, or None."""
    words, before, after = _shares(line[:JUDGED])
    if words < SURE_WORDS:
        return None
    best = max(after, key=lambda name: after[name])
    return best if after[best] >= SURE_SHARE and after[best] >= before + GAIN else None


def _follows(line: str, usual: set[str], *, wholly: bool) -> str | None:
    """The encoding of the document's other lines, when every word of a short line becomes a syllable by it.

    None may have been one before, unless the document has no line of Unicode Vietnamese ("wholly"): "Nhãm" is "Nhóm" there.
    """
    words, before, after = _shares(line[:JUDGED])
    return next((name for name in sorted(usual) if words and (before == 0 or wholly) and after[name] == 1), None)


def _shares(line: str) -> tuple[int, float, dict[str, float]]:
    """Number of words with Western letters, and the share of them that are syllables as they are and by each encoding."""
    words = {word for word in _WORD.findall(line) if len(word) > 1 and not word.isascii() and any(c.isascii() for c in word)}
    mangled = len(_UTF8.findall(line))
    if mangled >= SURE_WORDS:
        whole = applied(line, _conversions()["utf-8"](line))
        return mangled, 0.0, {"tcvn3": 0.0, "vni": 0.0, "utf-8": float(bool(_MODERN.search(whole)))}
    if not words:
        return 0, 0.0, {"tcvn3": 0.0, "vni": 0.0, "utf-8": 0.0}
    before = sum(map(is_syllable, words)) / len(words)
    after = {
        name: sum(is_syllable(applied(word, _conversions()[name](word))) for word in words) / len(words)
        for name in ("tcvn3", "vni")
    }
    return len(words), before, {**after, "utf-8": 0.0}


def applied(text: str, edits: list[Edit]) -> str:
    """``text`` with the edits made, places forgotten."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*parts, text[done:]))


@cache
def _conversions() -> dict[str, Conversion]:
    return {"tcvn3": _from_tcvn3, "vni": _from_vni, "utf-8": _from_utf8}


@cache
def _tcvn3() -> dict[str, str]:
    return {typed: letter for letter, typed in load("vi/encodings")["tcvn3"].items()}


def _from_tcvn3(line: str) -> list[Edit]:
    """One letter for one; all capitals in a line of capitals, since capitals with tones had fonts of their own."""
    table = _tcvn3()
    shout = _is_capital(line)
    edits = []
    for word in _WORD.finditer(line):
        if len(word[0]) == 1 and not word[0].isalpha() and word[0] != "«":
            continue  # a sign that stands alone: ©, ®, ·
        for at, c in enumerate(word[0], word.start()):
            letter = table.get(c)
            if letter:
                edits.append(Edit(at, at + 1, letter.upper() if shout else letter))
    return edits


def _is_capital(line: str) -> bool:
    letters = [c for c in line if c.isascii() and c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    """Pattern and table of typed pairs and single letters, small and capital."""
    table: dict[str, str] = {}
    for group, signs in load("vi/encodings")["vni"].items():
        base = "" if group == "alone" else group.removeprefix("after_")
        for letter, sign in signs.items():
            table[base + sign] = letter
            table[(base + sign).upper()] = letter.upper()
            if base:
                table[base.upper() + sign] = letter.upper()
    table = {typed: letter for typed, letter in table.items() if typed != letter}
    return re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True))), table


def _from_vni(line: str) -> list[Edit]:
    pattern, table = _vni()
    return [
        Edit(word.start() + match.start(), word.start() + match.end(), table[match[0]])
        for word in _WORD.finditer(line)
        for match in pattern.finditer(word[0])
    ]


def _from_utf8(line: str) -> list[Edit]:
    """Letters whose two or three bytes were read as letters of their own."""
    edits = []
    for match in _UTF8.finditer(line):
        if match[0] == "\u00c4":  # the second byte of Đ has no letter in Windows-1252 and got lost
            edits.append(Edit(match.start(), match.end(), "Đ"))
            continue
        data = bytes(_CP1252.get(c, ord(c)) for c in match[0])
        try:
            letter = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        edits.append(Edit(match.start(), match.end(), unicodedata.normalize("NFC", letter)))
    return edits
