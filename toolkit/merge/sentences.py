"""Sentences that a profile keeps or drops: a beginning that no sentence has is reported with the nearest ones."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.errors import Issue, Severity
from toolkit.model.fact import FactSheet
from toolkit.model.profile import Profile, SentenceRule
from toolkit.model.vietnamese import name_key

SHOWN = 60
"""Characters of a sentence that a message shows."""


def unmatched(profile: Profile, sheets: Sequence[FactSheet]) -> list[Issue]:
    """A warning for each rule of ``sentences`` that fits no sentence of the sources."""
    if not profile.sentences:
        return []
    texts = list(dict.fromkeys(" ".join(passage.text.split()) for sheet in sheets for passage in sheet.sentences))
    keys = [name_key(text) for text in texts]
    missing = [rule for rule in profile.sentences if not any(key.startswith(name_key(rule.text)) for key in keys)]
    return [_issue(rule, texts, keys) for rule in missing]


def _issue(rule: SentenceRule, texts: Sequence[str], keys: Sequence[str]) -> Issue:
    from rapidfuzz import fuzz, process

    wanted = name_key(rule.text)
    near = process.extract(wanted, keys, scorer=fuzz.partial_ratio, limit=2, score_cutoff=60)
    shown = "; ".join(f"“{texts[i][:SHOWN]}…”" for _, _, i in near)
    return Issue(
        "profile-unknown-sentence",
        f"{rule.op} “{rule.text[:SHOWN]}”: no sentence begins like that" + (f"; the nearest: {shown}" if shown else ""),
        Severity.WARNING,
        where=str(rule.mark),
        remedy="copy the first words of the sentence from the source",
    )
