"""Keeps one mention of each place: the longer one, and of two equally long the earlier rule."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.extract.mention import Mention


def merge(first: Iterable[Mention], second: Iterable[Mention]) -> list[Mention]:
    """Both lists in text order without overlap; where two overlap the longer stays, and of equals the one of ``first``."""
    ranked = [(mention, 0) for mention in first] + [(mention, 1) for mention in second]
    ranked.sort(key=lambda pair: (pair[0].start, pair[1]))
    kept: list[Mention] = []
    for mention, _ in ranked:
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return kept
