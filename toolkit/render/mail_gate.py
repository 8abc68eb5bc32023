"""The gate of newsletter inserts: what would break in a mail client does not leave.

Size before and after transfer encoding, tags, attributes and properties (``data/mail-features.yaml``), links that are whole and
safe, pictures with words and size, no live merge tag.  All faults of an insert are told at once.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from toolkit.errors import RenderError
from toolkit.lexicon import load
from toolkit.model.address import is_whole
from toolkit.render.merge_tags import live_tag

_SHOWN = 8
_FETCHES = ("url(", "expression(", "@import", "javascript:")


def check_insert(page: str, name: str, where: str) -> None:
    """Raise ``RenderError`` for an insert that is too large or holds what clients do not show."""
    check_size(page, name, where)
    faults = found_in(page)
    if faults:
        raise RenderError(
            f"{name} holds what mail clients do not show: " + "; ".join(faults[:_SHOWN]),
            where=where,
            remedy="mend the templates in newsletter/; toolkit/data/mail-features.yaml lists what an insert may consist of",
        )


def check_size(page: str, name: str, where: str) -> None:
    """Raise ``RenderError`` when the page is larger than clients take, as it stands or encoded for transport."""
    largest: int = load("mail-features")["largest"]
    size = encoded_size(page)
    if size > largest:
        raise RenderError(
            f"{name} takes {size:,} bytes when it is sent, mail clients cut at {largest:,}",
            where=where,
            remedy="use --length standard or one-page, or drop sections by display.sections in the profile",
        )


def encoded_size(page: str) -> int:
    """Bytes of the page as the larger of its transfer encodings (8bit, quoted-printable, base64)."""
    data = page.encode("utf-8")
    return max(len(data), len(quopri.encodestring(data)), len(base64.encodebytes(data)))


def found_in(page: str) -> tuple[str, ...]:
    """What is wrong with an insert, in the order of its markup; nothing when all is well."""
    reader = _Reader(load("mail-features"))
    reader.feed(page)
    reader.close()
    tag = live_tag(page)
    return (*dict.fromkeys(reader.faults), *([f"a merge tag of a newsletter service: {tag}"] if tag else []))


class _Reader(HTMLParser):
    def __init__(self, rules: Mapping[str, Any]) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._rules = rules
        self._depth = 0
        self._roots = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self._roots += 1
            if tag != "table" or self._roots > 1:
                self.faults.append("an insert is one table")
            elif dict(attrs).get("lang") != "vi":
                self.faults.append("the table has no lang")
        if tag not in ("br", "img"):
            self._depth += 1
        if tag not in self._rules["tags"]:
            self.faults.append(f"<{tag}>")
            return
        for name, value in attrs:
            if name == "style":
                self._style(value or "")
            elif name != "lang" and name not in self._rules["tags"][tag]:
                self.faults.append(f"<{tag} {name}>")
        self._address(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in ("br", "img")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data.strip()[:20]}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def handle_data(self, data: str) -> None:
        if self._depth == 0 and data.strip():
            self.faults.append(f"words outside of the table: {data.strip()[:20]}")

    def _style(self, style: str) -> None:
        for rule in filter(None, style.split(";")):
            name, _, value = rule.partition(":")
            if name not in self._rules["properties"]:
                self.faults.append(name)
            elif not self._harmless(name, value):
                self.faults.append(f"{name}: {value}")

    def _harmless(self, name: str, value: str) -> bool:
        if name == "max-width" and not _at_most(value, self._rules["widest"]):
            return False
        safe = self._rules["values"].get(name, (value,))
        return value in safe and not any(word in value.lower() for word in _FETCHES)

    def _address(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "a" and not is_whole(given.get("href", "")):
            self.faults.append(f"the link is not a whole https address: {given.get('href') or '(empty)'}")
        if tag == "img":
            if not is_whole(given.get("src", "")):
                self.faults.append(f"the picture is not at a whole https address: {given.get('src') or '(empty)'}")
            self.faults += [f"<img> without {name}" for name in ("alt", "width", "height") if not given.get(name)]
        if "width" in given and given["width"].isdigit() and int(given["width"]) > self._rules["widest"]:
            self.faults.append(f"width: {given['width']}")


def _at_most(value: str, widest: int) -> bool:
    return value.endswith("px") and value[:-2].isdigit() and int(value[:-2]) <= widest
