"""Number tokens of a text: the smallest common ground of HTML, PDF and facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

from toolkit.model.dossier import Origin
from toolkit.model.fact import Trace
from toolkit.model.text import Quote, Source, Span

_SPACES = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


def squash(text: str) -> str:
    """Text without spaces, in NFC and lower case, the letter Ð read as Đ: what must survive every repair of a quotation."""
    folded = unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110").replace("\u00f0", "\u0111")
    return _SPACES.sub("", folded).lower()


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*")


def tokens(text: str) -> list[str]:
    """Runs of digits with the dots and commas inside them (``1.138``, ``93,15``), in order, in NFKC."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text))


def atoms(token: str) -> set[str]:
    """The token, and the token as other writings of the same number have it (no leading zeros, no thousands dots)."""
    plain = token.replace(".", "")
    return {token, token.lstrip("0") or "0", plain, plain.lstrip("0") or "0"}


_SAID: dict[type, tuple[str, ...]] = {
    Quote: ("text",),
    Span: (),
    Origin: ("reason", "source"),
    Source: ("path", "title", "published", "publisher", "author", "url"),
    Trace: (),
}
"""What of these types somebody said; offsets, check sums and identities would let chance numbers pass."""


def of_value(value: object) -> set[str]:
    """Every number token in a value of the model: strings, numbers, and dataclasses, lists and mappings of them."""
    found: set[str] = set()
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if item is None or isinstance(item, bool | float):
            continue
        if isinstance(item, Enum):
            stack.append(item.value)
        elif isinstance(item, tuple(_SAID)):
            stack.extend(getattr(item, name) for name in _SAID[type(item)])
        elif isinstance(item, str):
            for token in tokens(item):
                found |= atoms(token)
        elif isinstance(item, int | Decimal):
            for token in tokens(format(item, "f") if isinstance(item, Decimal) else str(item)):
                found |= atoms(token)
        elif is_dataclass(item):
            stack.extend(getattr(item, f.name) for f in fields(item))
        elif isinstance(item, dict):
            stack.extend(item.keys())
            stack.extend(item.values())
        elif isinstance(item, Iterable):
            stack.extend(item)
    return found
