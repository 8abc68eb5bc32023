"""Files that must not bear marks, held against the marked page they were made of.

A fragment must say the same words in the same order.  Plain text and Markdown, which leave out or add nothing but markup, must hold
every figure and every quotation of the page as often, and no number that the page does not hold.  A picture shows the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from toolkit.audit.numbers import atoms, squash, tokens
from toolkit.model.artifact import Artifact

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~&.)+-])")
_ADDRESS = re.compile(r"https://[^\s<>)]+")
_COUNTED = re.compile(r"^\d+\. ", re.MULTILINE)


def differences(artifact: Artifact, said: str, figures: Sequence[str], quotations: Sequence[str]) -> tuple[str, ...]:
    """How the file differs from its marked page: ``said`` are the words of the page, with its figures and quotations."""
    if artifact.media_type == "text/html":
        return _fragment(artifact, said)
    if artifact.media_type in ("text/plain", "text/markdown"):
        text = artifact.data.decode("utf-8")
        if artifact.media_type == "text/markdown":
            text = _ESCAPED.sub(r"\1", text).replace("**", "")
        return _twin(_ADDRESS.sub("", text), said, figures, quotations)
    return ()


def _fragment(artifact: Artifact, said: str) -> tuple[str, ...]:
    from lxml import html

    page = html.document_fromstring(artifact.data.decode("utf-8"))
    own, meant = squash(page.text_content()), squash(said)
    if own != meant:
        at = next((i for i, (a, b) in enumerate(zip(own, meant, strict=False)) if a != b), min(len(own), len(meant)))
        return (f"the words differ from those audited: {own[max(at - 10, 0) : at + 30]!r}",)
    alone = [t for label in (*page.xpath("//@alt"), *page.xpath("//@title")) for t in tokens(label)]
    known = {a for t in tokens(said) for a in atoms(t)}
    return tuple(f"{t} stands in no fact, profile or quotation" for t in alone if not atoms(t) & known)


def _twin(text: str, said: str, figures: Sequence[str], quotations: Sequence[str]) -> tuple[str, ...]:
    whole = squash(text)
    faults = [
        f"the figure {figure!r} is missing"
        for figure, times in Counter(squash(one) for one in figures).items()
        if whole.count(figure) < times
    ]
    faults += [f"not the source's words: {quote.strip()[:80]!r}" for quote in quotations if squash(quote) not in whole]
    known = {a for t in tokens(said) for a in atoms(t)}
    faults += [f"{t} stands in no fact, profile or quotation" for t in tokens(_COUNTED.sub("", text)) if not atoms(t) & known]
    return tuple(faults)
