"""Where rendering begins: which templates are filled first, and the names each of them is given.

A format with templates of its own adds a line here, and they are checked like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, partial
from typing import Any

from toolkit.render.template_types import comparison_context, context, embedded_context, mail_context, style_context
from toolkit.styles import comparisons, styles

EMBEDDED = (
    *(f"newsletter/{name}.html" for name in ("card", "short", "full", "picture", "digest")),
    *("embed/embed.html", "embed/snippet.html", "index/index.html", "index/index.js"),
)
"""Pages that go into somebody else's, and the index; what else is in their folders is called by them."""

MAIL = ("mail/message.html", "mail/message.txt", "mail/outbox.html")
"""The mail around an insert, and the page on which an outbox is looked at."""


@dataclass(frozen=True)
class Entry:
    """Templates of a kind: their path, ``*`` for any part of it, and the types of the names they are given.

    ``given`` is called once a check; a name more than a page has is ``lambda: {**context(), "subject": str}``.
    """

    path: str
    given: Callable[[], Mapping[str, Any]]

    def fits(self, name: str) -> bool:
        """Whether a template is one of these; ``*`` passes no slash."""
        wanted, there = self.path.split("/"), name.split("/")
        return len(wanted) == len(there) and all(map(fnmatchcase, there, wanted))


@cache
def entries() -> tuple[Entry, ...]:
    """The table."""
    return (
        Entry("brief/*", context),
        Entry("comparison/*", comparison_context),
        *(Entry(f"{folder}/*.css", style_context) for folder in ("newsletter", "embed", "index")),
        *(Entry(name, partial(embedded_context, name)) for name in EMBEDDED),
        *(Entry(name, partial(mail_context, name)) for name in MAIL),
        *(Entry(one.sheet("print"), style_context) for one in (*styles().values(), *comparisons().values())),
    )


def entry(name: str) -> Entry | None:
    """The entry that a template is; None for one that others call."""
    return next((one for one in entries() if one.fits(name)), None)
