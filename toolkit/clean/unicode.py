"""One form for every character: NFC, plain spaces and line ends, đ for its look-alikes, nothing invisible.

Tone placement (``hòa``/``hoà``) is *not* changed here: a text keeps its own spelling, and comparisons go through
``model.vietnamese.fold_tones``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from toolkit.clean.offsets import Edit

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u202a-\u202e\u2066-\u2069\ufffe\x00-\x08\x0e-\x1f\x7f"
_ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[{_INVISIBLE}]+|[{_ODD_SPACE}]")
_ENTITY = re.compile(r"&(?:nbsp|amp|quot|apos|lt|gt|ndash|mdash|hellip|[lr][sd]quo|#\d{2,6}|#x[0-9a-fA-F]{2,5});")

LOOK_ALIKES = {
    "\u00d0": "Đ",  # Icelandic eth, the commonest: 8-bit fonts had Đ in its place
    "\u00f0": "đ",
    "\u0189": "Đ",  # African d
    "\u0256": "đ",
    "\uff0c": ",",
    "\uff1a": ":",
    "\uff1b": ";",
    "\uff05": "%",
    "\u2044": "/",
    "\u2215": "/",
    "\u2011": "-",  # no-break hyphen, in document numbers
    "\u2212": "-",
}
"""Characters that only look like the one meant."""

_LOOK = re.compile("[" + "".join(LOOK_ALIKES) + "]")


def entities(text: str) -> Iterator[Edit]:
    """HTML character references that survived a copy (``&nbsp;``)."""
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        yield Edit(match.start(), match.end(), html.unescape(match[0]))


def line_ends(text: str) -> Iterator[Edit]:
    """Every line end as ``\\n``."""
    for match in _LINE_END.finditer(text):
        yield Edit(match.start(), match.end(), "\n")


def odd_characters(text: str) -> Iterator[Edit]:
    """Drops what cannot be seen; makes every kind of space a space."""
    for match in _ODD.finditer(text):
        kept = match[0].isspace() and match[0] not in "\x1c\x1d\x1e\x1f"
        yield Edit(match.start(), match.end(), " " if kept else "")


def look_alikes(text: str) -> Iterator[Edit]:
    """``Ð`` (eth) as ``Đ``, and the like."""
    for match in _LOOK.finditer(text):
        yield Edit(match.start(), match.end(), LOOK_ALIKES[match[0]])


def composed(text: str) -> Iterator[Edit]:
    """Normal form C, a letter with its marks at a time."""
    if unicodedata.is_normalized("NFC", text):
        return
    marks = "".join(c for c in sorted(set(text)) if unicodedata.combining(c))
    alone = "".join(c for c in sorted(set(text)) if not unicodedata.is_normalized("NFC", c) and c not in marks)
    choices = [f".[{re.escape(marks)}]+"] if marks else []
    choices += [f"[{re.escape(alone)}]"] if alone else []
    if not choices:
        return
    for match in re.finditer("|".join(choices), text, re.DOTALL):
        whole = unicodedata.normalize("NFC", match[0])
        if whole != match[0]:
            yield Edit(match.start(), match.end(), whole)
