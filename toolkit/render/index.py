"""The index of all briefs: one page that opens from a disk as well as from a server, readable without its script.

The script searches by place (with or without marks) and filters by term and province; it and the style are let through by their
hashes, and nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from toolkit.lexicon import load
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Palette
from toolkit.model.shelf import Entry
from toolkit.model.vietnamese import collation
from toolkit.render.environment import render_template
from toolkit.render.html import _Colours, font_css

ENTRY = "index/index.html"
STYLE = "index/index.css"
SCRIPT = "index/index.js"

_SHOWN = (("brief.html", "html"), ("brief.pdf", "pdf"), ("brief.docx", "docx"))


@dataclass(frozen=True)
class Opens:
    """A file that a line of the index opens."""

    words: str
    address: str


@dataclass(frozen=True)
class IndexLine:
    """One brief in the index."""

    place: str
    headline: str
    title: str
    where: str
    date_text: str
    term: str
    opens: tuple[Opens, ...]


@dataclass(frozen=True)
class IndexGroup:
    """The briefs of one province; ``number`` counts groups."""

    number: int
    province: str
    lines: tuple[IndexLine, ...]


def render_index(entries: Sequence[Entry], templates: Path | None = None, *, feeds: bool = False) -> Artifact:
    """``index.html`` of all ``entries``; ``feeds`` tells that the feeds stand beside it.  Raises ``TemplateError``."""
    say = load("newsletter")["index"]
    style = "\n" + font_css() + "\n" + render_template(STYLE, {"brief": _Colours(Palette())}, templates) + "\n"
    script = "\n" + render_template(SCRIPT, {"say": say}, templates) + "\n"
    page = render_template(
        ENTRY,
        {
            "groups": _groups(entries, say["no_province"]),
            "terms": _terms(entries),
            "counted": say["count"].format(count=len(entries)),
            "say": say,
            "feeds": feeds,
            "style": style,
            "script": script,
            "style_hash": _hash(style),
            "script_hash": _hash(script),
        },
        templates,
    )
    return Artifact("index.html", "text/html", page.encode("utf-8"))


def _groups(entries: Iterable[Entry], unknown: str) -> tuple[IndexGroup, ...]:
    by_province: dict[str, list[Entry]] = {}
    for entry in entries:
        by_province.setdefault(entry.province, []).append(entry)
    names = sorted(by_province, key=lambda name: (not name, collation(name)))
    return tuple(
        IndexGroup(number, name or unknown, tuple(_line(entry) for entry in by_province[name]))
        for number, name in enumerate(names, 1)
    )


def _line(entry: Entry) -> IndexLine:
    say = load("newsletter")["index"]
    opens = tuple(Opens(say[kind], quote(f"{entry.folder}/{name}")) for name, kind in _SHOWN if name in entry.files)
    return IndexLine(
        entry.place,
        entry.headline,
        entry.title,
        entry.kicker,
        entry.date_text,
        entry.term.replace("-", "–"),
        opens,
    )


def _terms(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(sorted({entry.term.replace("-", "–") for entry in entries if entry.term}, reverse=True))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
