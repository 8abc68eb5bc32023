"""Plain text: which encoding its bytes are in, and the text exactly as ``bytes.decode`` gives it.

No newline is translated and nothing is normalised, so that an offset into ``Source.text`` is an offset into the decoded file.
A byte order mark stays out of the text (``utf-8-sig``, ``utf-16``), as it does when Python opens a file by these names.
"""

from __future__ import annotations

from itertools import pairwise

from toolkit.errors import ReadError
from toolkit.lexicon import load
from toolkit.model.text import Source

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TONES_1258 = b"\xcc\xec\xde\xd2\xf2"
"""Bytes of the five combining tones in Windows-1258."""


def read(data: bytes, name: str, sha256: str) -> Source:
    """``data`` as plain text; raises ``ReadError`` when it is no text."""
    text, encoding = decode(data, name)
    return Source(path=name, text=text, sha256=sha256, media_type="text/plain", title=title_of(text), encoding=encoding)


def decode(data: bytes, name: str = "") -> tuple[str, str]:
    """Text and Python name of its encoding.  Tries a byte order mark, UTF-8, UTF-16 without a mark, then 8-bit code pages."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    wide = _wide(data)
    if wide:
        return _strict(data, wide, name), wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _of_eight_bits(data, name, fault)
    return _no_binary(text, name), "utf-8"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return _no_binary(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"the text is broken at byte {error.start} ({encoding})", where=name, remedy="save it again as UTF-8"
        ) from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Vietnamese text most high bytes are 0, 1 or 0x1E."""
    head = data[:4096]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    for encoding, high in (("utf-16-le", odd), ("utf-16-be", even)):
        if sum(b in (0, 1, 3, 0x1E, 0x20) for b in high) > 0.9 * len(high) and high.count(0) > 0.4 * len(high):
            return encoding
    return None


def _no_binary(text: str, name: str) -> str:
    """``text`` unless it is binary data that happens to decode."""
    head = text[:65536]
    odd = sum(1 for c in head if (c < " " and c not in "\t\n\r\x0b\x0c\x1a\x1e\x1f") or c in "\x7f\ufffd")
    if odd > 0.02 * len(head) or "\x00\x00\x00" in head:
        raise ReadError("this is binary data, not a text", where=name, remedy="save the article as .txt (UTF-8) or .docx")
    return text


def _of_eight_bits(data: bytes, name: str, fault: UnicodeDecodeError) -> tuple[str, str]:
    """A code page of one byte a letter: Windows-1258 when its combining tones follow vowels, else what typists' fonts used.

    TCVN3 and VNI are no code pages of Python; their bytes are kept as Latin-1 letters here and become Vietnamese in the cleaning.
    """
    high = sum(b > 0x7F for b in data)
    if data.count(b"\x00") or sum(b < 0x20 and b not in b"\t\n\r\x0b\x0c\x1a" for b in data[:65536]) > 0.01 * len(data[:65536]):
        raise ReadError(
            "this is binary data, not a text", where=name, remedy="save the article as .txt (UTF-8) or .docx"
        ) from fault
    if fault.start > len(data) - 4 and fault.start > 0:  # broken off inside the last letter
        return data[: fault.start].decode("utf-8"), "utf-8"
    if fault.start > 1000 and high > 0 and _mostly_utf8(data):
        raise ReadError(f"the UTF-8 text is broken at byte {fault.start}", where=name, remedy="save it again as UTF-8") from fault
    tones = sum(data.count(bytes([tone])) for tone in _TONES_1258)
    for encoding in ("cp1258", "cp1252") if _is_1258(data, tones, high) else ("cp1252", "latin-1"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _mostly_utf8(data: bytes) -> bool:
    """Whether only a few places of a UTF-8 text are damaged."""
    return data.decode("utf-8", errors="replace").count("\ufffd") < 0.001 * len(data)


def _is_1258(data: bytes, tones: int, high: int) -> bool:
    """Whether the tone bytes of Windows-1258 nearly always follow a vowel, as they must there."""
    vowels = b"aeiouyAEIOUY\xe2\xc2\xea\xca\xf4\xd4\xf5\xd5\xfd\xdd\xe3\xc3"
    after = sum(1 for before, tone in pairwise(data) if tone in _TONES_1258 and before in vowels)
    return high > 0 and tones > 0.15 * high and after >= 0.9 * tones


def title_of(text: str) -> str | None:
    """The first line that looks like a title: 3 to 40 words, no final stop, followed by more text."""
    lines = [" ".join(line.split()) for line in text[:20000].splitlines()]
    lines = [line for line in lines if line]
    for line, following in pairwise(lines[:7]):
        if _is_title(line):
            return line
        if len(following) > 400 and len(line) > 200:
            return None
    return None


def _is_title(line: str) -> bool:
    words = line.split()
    half = len(words) // 2
    doubled = len(words) % 2 == 0 and words[:half] == words[half:]
    return (
        4 <= len(words) <= 40
        and len(line) <= 220
        and not line.endswith((".", ";", ",", ":"))
        and line.lstrip("“\"‘'(")[:1].isupper()
        and not doubled
        and "|" not in line
        and "http" not in line
        and not line.lower().startswith(tuple(load("vi/furniture_html")["not_titles"]))
    )
