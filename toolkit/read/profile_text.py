"""How people write terms, dates and ordinals in a profile."""

from __future__ import annotations

import re
from datetime import date

_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\Z")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_DAY_FIRST = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})\Z")

ROMAN = "[IVXLivxl]+"
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_FORM = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")


def span_of(text: str) -> tuple[int, int] | None:
    """``2015-2020``, ``2015 – 2020`` as two years; None for anything else."""
    match = _SPAN.match(text)
    return (int(match[1]), int(match[2])) if match else None


def to_date(text: str) -> date | None:
    """``2023-04-03`` or ``03/04/2023`` (day first, as Vietnamese offices write) as a day; None when there is no such day."""
    if match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_roman(text: str) -> int | None:
    """``XXII`` as 22; None when it is no Roman numeral below 50."""
    numeral = text.strip().upper()
    if not numeral or not _ROMAN_FORM.match(numeral):
        return None
    values = [_ROMAN_VALUE[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
