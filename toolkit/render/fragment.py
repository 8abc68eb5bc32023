"""A marked page becomes a fragment for any newsletter tool: styles written into the elements, everything that could clash gone.

``css_inline`` writes the rules of the style sheet into the elements.  Then one pass over the tags takes out classes, ids,
``data-*`` attributes, comments and the ``<data>`` element (clients know nothing of it, and some refuse what they do not know),
neutralises what looks like a merge tag, and writes short markup.  The words stay as they were: the audit holds them against the
marked page.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from toolkit.render.merge_tags import neutralise_html

_UNMARKED = frozenset(("class", "id", "value"))
_EMPTY = frozenset(("br", "img", "hr"))
_SPACES = re.compile(r"[ \t\r\n]+")
_STYLE_SPACE = re.compile(r"\s*([:;,])\s*")


def inlined(page: str, css: str) -> str:
    """The fragment ``page`` with the rules of ``css`` written into its elements; nothing is fetched."""
    import css_inline

    return css_inline.inline_fragment(page, css, load_remote_stylesheets=False, keep_style_tags=False, keep_link_tags=False)


def unmarked(page: str) -> str:
    """``page`` without what only style sheets, scripts and the audit use."""
    writer = _Writer()
    writer.feed(page)
    writer.close()
    return "".join(writer.parts).strip() + "\n"


class _Writer(HTMLParser):
    """Writes what it reads, less the marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._spans: list[bool] = []
        """For each open ``span`` and ``data``, whether it was written."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(name, value or "") for name, value in attrs if name not in _UNMARKED and not name.startswith("data-")]
        if tag in ("span", "data"):
            # One that says nothing any more is left out with its end.
            self._spans.append(bool(kept))
            if not kept:
                return
            tag = "span"
        self.parts.append(f"<{tag}{''.join(map(_attribute, kept))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("span", "data"):
            if not self._spans or not self._spans.pop():
                return
            tag = "span"
        if tag not in _EMPTY:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", data)
        self.parts.append(neutralise_html(text).replace("\u00a0", "&nbsp;"))


def _attribute(pair: tuple[str, str]) -> str:
    name, value = pair
    if name == "style":
        value = _STYLE_SPACE.sub(r"\1", value).strip(" ;")
    return f' {name}="{neutralise_html(value, attribute=True)}"'
