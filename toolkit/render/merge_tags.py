"""Words that look like a merge tag of a newsletter service, written so that no service takes them for one.

A word joiner (U+2060) parts the two characters of a sign, or a single sign from the name behind it.  It has no width, is no letter
and allows no break: a reader sees the same, no figure is touched.  In HTML braces, brackets and bars are numeric references too.
One of the two alone would not do: a visual editor turns references back into characters when it saves, and a service may read
Markdown before or after it has become HTML.  The signs are in ``data/merge-tags.yaml``.
"""

from __future__ import annotations

import html
import re
from functools import cache

from toolkit.lexicon import load

JOINER = "\u2060"

_NAME = r"[A-Za-z_][\w.:|-]{0,60}"
"""What stands between two single signs of a tag."""

_AS_REFERENCE = re.compile(r"[{}\[\]|]")


def neutralise(text: str) -> str:
    """``text`` with every sign of a merge tag parted.

    >>> neutralise("Kính gửi {{ name }}").replace(JOINER, "·")
    'Kính gửi {·{ name }·}'
    """
    parted = _pairs().sub(JOINER, text)
    return _named().sub(JOINER, parted)


def neutralise_html(text: str, *, attribute: bool = False) -> str:
    """The same for the plain text of an HTML element or attribute; comes back escaped."""
    escaped = html.escape(neutralise(text), quote=attribute)
    return _AS_REFERENCE.sub(lambda found: f"&#{ord(found[0])};", escaped)


def live_tag(text: str) -> str:
    """The first live sign of a merge tag in ``text`` with what follows it; empty when there is none."""
    found = _pairs().search(text) or _named().search(text)
    return text[max(found.start() - 1, 0) : found.start() + 12] if found else ""


@cache
def _pairs() -> re.Pattern[str]:
    """The places between the two characters of a sign; in a run of three there are two."""
    signs = sorted({sign for tag in load("merge-tags") for sign in (tag["opens"], tag["closes"]) if len(sign) == 2})
    return re.compile("|".join(f"(?<={re.escape(a)})(?={re.escape(b)})" for a, b in signs))


@cache
def _named() -> re.Pattern[str]:
    """The places behind a single sign that a name and its counterpart follow."""
    single = [(tag["opens"], tag["closes"]) for tag in load("merge-tags") if tag.get("named")]
    return re.compile("|".join(f"(?<={re.escape(a)})(?={_NAME}{re.escape(b)})" for a, b in single))
