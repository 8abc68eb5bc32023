"""What a number without a unit counts: the noun stated earlier, for several figures at once.

``kỷ luật 48 tổ chức đảng (khiển trách 34, cảnh cáo 14)``: the bracket divides what stands before it.  ``số đảng viên … tăng 78``:
the subject names it.  ``ngô 1.200 ha; mỳ 640``: the list goes on in hectares.  ``18 triệu khách, cao hơn 2,5 triệu``: a bare
magnitude beside a count in millions is that count again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.extract.counts import find_noun
from toolkit.extract.mention import Mention
from toolkit.extract.reading import Reading
from toolkit.extract.scan import Scan
from toolkit.extract.vocabulary import cues, vocabulary
from toolkit.model.amount import Kind

_SUBJECT_VERB = re.compile(r"(?:tăng|giảm|là|còn|lên|thêm|đạt|:) ?(?:hơn|gần|trên|khoảng)? ?\Z")
_SUBJECT = re.compile(r"(?<![^\W\d_])số (?=[^\W\d_])")
_LIST_STEP = re.compile(r" ?[;,] ?[^\d;,()]{1,40}\Z")
_NAMED = re.compile(r"(?:\A|[,;(:]|\n) ?((?:[^\W\d_]+ ?){1,8}?) ?(:| là) ?\Z")
_CLAUSE = 60
"""Characters in which a noun and its colon are looked for."""
_REACH = 1_000
"""Characters of a sentence looked back through; keeps the cost linear where a text has no sentence ends."""
_LARGE = 10_000
"""Counts from here on are told in magnitudes, so that a bare magnitude beside them may be one more."""
_COUNTED = frozenset({Kind.COUNT, Kind.FRACTION})


@dataclass(frozen=True, slots=True)
class Loan:
    """Unit and kind taken over from an earlier figure or noun."""

    unit: str
    kind: Kind = Kind.COUNT


def borrow(scan: Scan, found: Sequence[Mention], at: int) -> Loan | None:
    """What a bare number at ``at`` counts, from the figures ``found`` before it in its sentence; None when nothing tells."""
    since = max(scan.sentence_start(at), at - _REACH)
    head = scan.low[since:at]
    if subject := _heading(scan, at) or _subject(scan, since, head):
        return Loan(subject)
    if found and found[-1].start >= since and found[-1].amount.kind is Kind.MEASURE and not found[-1].amount.per:
        return Loan(found[-1].amount.unit, Kind.MEASURE) if _LIST_STEP.match(scan.low[found[-1].end : at]) else None
    for mark in (head.rfind("trong đó"), _open_bracket(head)):
        if mark >= 0 and (mention := _last_count(found, since, since + mark)):
            return Loan(mention.amount.unit)
    mention = _last_count(found, since, at)
    return Loan(mention.amount.unit) if mention else None


def as_count(scan: Scan, found: Sequence[Mention], reading: Reading) -> Reading:
    """Money of which only a magnitude is written, or a count where the figure before it is one in millions."""
    mention = found[-1] if found and found[-1].start >= scan.sentence_start(reading.start) else None
    if mention is None or mention.amount.kind is not Kind.COUNT or mention.amount.value is None or mention.amount.value < _LARGE:
        return reading
    return replace(reading, kind=Kind.COUNT, unit=mention.amount.unit, rule="counts.magnitude", rejected=("money",))


def _last_count(found: Sequence[Mention], since: int, until: int) -> Mention | None:
    for mention in reversed(found):
        if mention.start < since:
            return None
        if mention.end <= until and mention.amount.kind in _COUNTED and mention.amount.unit and not mention.incidental:
            return mention
    return None


def _heading(scan: Scan, at: int) -> str:
    """``nhân khẩu: 5.120``, ``đảng viên dự bị là 44``: a counted noun before a colon or ``là``; no part (``trong đó nữ: 45``)."""
    match = _NAMED.search(scan.low[max(0, at - _CLAUSE) : at])
    if match is None:
        return ""
    words = match[1].split()
    for first in range(len(words) if match[2] == ":" else 1):
        for last in range(min(len(words), first + 4), first, -1):
            phrase = " ".join(words[first:last])
            if phrase in vocabulary().classifiers:
                return "" if phrase in cues("part_nouns") else phrase
    return ""


def _subject(scan: Scan, since: int, head: str) -> str:
    if not _SUBJECT_VERB.search(head):
        return ""
    last = None
    for last in _SUBJECT.finditer(head):  # noqa: B007 - the last one is wanted
        pass
    noun = find_noun(scan, since + last.end()) if last else None
    return scan.words(noun.start, noun.end) if noun and noun.entry else ""


def _open_bracket(head: str) -> int:
    """Index of the bracket that is still open at the end of ``head``, or -1."""
    opened = head.rfind("(")
    return opened if opened > head.rfind(")") else -1
