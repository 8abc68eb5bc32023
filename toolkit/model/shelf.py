"""What is known of a finished brief from its folder alone: the entries of an index, a feed, a digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a brief as its manifest lists it."""

    name: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One brief in an output folder; ``kicker`` are the units above its place, in words.

    ``folder`` is ``ha-dinh/2015-2020``, relative to the output folder; ``term`` the term of office or the year that the brief is of
    (``2015-2020`` or ``2022``; empty: unknown); ``province`` the uppermost unit that was named.  ``files`` are those that are
    there, by name; ``base`` the address at which the folder was published when the brief was made, or empty.
    """

    folder: str
    place: str
    title: str
    headline: str
    summary: str
    kicker: str = ""
    province: str = ""
    term: str = ""
    report: str = ""
    date: str | None = None
    date_text: str = ""
    base: str = ""
    files: Mapping[str, FileLine] = field(default_factory=dict)
