"""What each sentence does in its report: result, plan, limitation, lesson, event or context.

Two things decide: cues in the sentence, and what reaches it from afar: a heading ("Phương hướng, nhiệm vụ"), a lead-in
("Nhiệm kỳ tới, Đảng bộ đề ra 12 chỉ tiêu:") or a speaker's demands ("đồng chí … đề nghị").  A reach ends with a heading, with
a lead-in of another mode, or with sentences whose own cues say otherwise.  Years are read against the calendar of the
article: a year after it is a target, a year before it a result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import fold, phrases, prose
from toolkit.extract.publication import published
from toolkit.extract.term import Terms, terms
from toolkit.model.fact import Mode
from toolkit.model.text import BlockKind, CleanText

_TARGET_YEAR = re.compile(
    r"(?:đến|tới|vào|trong|cuối|hết|trước)\s+(?:cuối\s+|hết\s+|đầu\s+)?năm\s+(20\d\d)|giai đoạn\s+(20\d\d)\s*-\s*(20\d\d)"
)
_TERM = re.compile(r"(20\d\d)\s*-\s*(20\d\d)")
_ITEM = re.compile(r"^\s*(?:[-–+•*]|\(?\d{1,2}[).]|[a-zđ][).])\s*")
_QUOTE_OPEN = re.compile(r"^[“\"]\s*")
_NUMBERED = re.compile(r"^(?:[\dIVXivx]{1,4}[.)/-]|[-–+•*])\s*")
_CONTRARY = 2.5
"""How much stronger a sentence's own cues must be than those for the mode that reaches it."""


@dataclass(frozen=True)
class _Cues:
    pattern: re.Pattern[str]
    weights: dict[str, tuple[Mode, float]]
    headings: dict[Mode, re.Pattern[str]]
    leads: dict[Mode, re.Pattern[str]]
    carry: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = lexicon.load("vi/modes")
    weights = {fold(w): (Mode(g["mode"]), float(g["weight"])) for g in data["cues"] for w in g["words"]}
    return _Cues(
        phrases(weights),
        weights,
        {Mode(m): phrases(words) for m, words in data["headings"].items()},
        {Mode(m): phrases(words) for m, words in data["leads"].items()},
        re.compile(rf"\W*{phrases(data['carry']).pattern}"),
    )


@dataclass
class _Reach:
    """What reaches the sentences to come; ``firm`` reaches (headings, list lead-ins) yield only to strong contrary cues."""

    mode: Mode | None = None
    firm: bool = False
    block: int = -1
    listing: bool = False


def modes(clean: CleanText, known: Terms | None = None) -> tuple[Mode, ...]:
    """One mode for each of ``clean.sentences``; ``known`` spares reading the terms again."""
    text = prose(clean)
    known = known or terms(clean)
    horizon = _horizon(clean, known)
    reach = _Reach()
    result: list[Mode] = []
    previous: Mode | None = None
    for sentence in clean.sentences:
        folded = text.folded[sentence.span.start : sentence.span.end]
        block = clean.blocks[sentence.block]
        if block.kind is BlockKind.HEADING:
            mode = _heading(folded, reach, sentence.block)
        else:
            mode = _sentence(folded, sentence.block, block.kind, reach, previous, known, horizon)
        result.append(mode)
        previous = mode
    return tuple(result)


def _horizon(clean: CleanText, known: Terms) -> int | None:
    """The last year that can hold results."""
    day = published(clean)
    if day:
        return int(day[:4])
    if known.next_term:
        return int(known.next_term[:4])
    if known.year:
        return int(known.year)
    return int(known.term[5:]) if known.term else None


def _heading(folded: str, reach: _Reach, block: int) -> Mode:
    plain = _NUMBERED.sub("", folded)
    for mode in (Mode.LESSON, Mode.LIMITATION, Mode.RESULT, Mode.PLAN):
        if _cues().headings[mode].search(plain):
            reach.mode, reach.firm, reach.block, reach.listing = mode, mode is not Mode.RESULT and block > 0, block, False
            if block == 0:
                reach.mode = None
            return mode
    reach.mode, reach.firm, reach.listing = None, False, False
    return Mode.CONTEXT


def scores(folded: str, known: Terms, horizon: int | None) -> dict[Mode, float]:
    """Weight of the cues for each mode in one folded sentence."""
    totals = dict.fromkeys(Mode, 0.0)
    cues = _cues()
    for m in cues.pattern.finditer(folded):
        mode, weight = cues.weights[re.sub(r"\s+", " ", m.group())]
        totals[mode] += weight if totals[mode] < 3 else weight / 2
    for m in _TARGET_YEAR.finditer(folded):
        year = int(m.group(1) or m.group(3))
        if horizon is not None:
            totals[Mode.PLAN if year > horizon else Mode.RESULT] += 2.5 if year > horizon else 1.0
    for m in _TERM.finditer(folded):
        written = f"{m.group(1)}-{m.group(2)}"
        if written == known.next_term:
            totals[Mode.PLAN] += 1.5
        elif written == known.term:
            totals[Mode.RESULT] += 1.5
    if re.search(r"\d", folded):
        totals[Mode.RESULT] += 0.5
    if re.match(r"\W*(?:tuy nhiên|song|bên cạnh những kết quả|bên cạnh kết quả)\b", folded):
        totals[Mode.LIMITATION] += 2.0
    if re.match(
        r"\W*(?:tiếp tục|tập trung|đẩy mạnh|tăng cường|nâng cao|chú trọng|quan tâm|huy động|phát huy|xây dựng|"
        r"phát triển)\b",
        folded,
    ):
        totals[Mode.PLAN] += 0.75
    if re.match(
        r"\W*(?:sáng|chiều|tối|ngày|hôm nay|trong (?:hai|2|3) ngày|"
        r"vừa qua,)[^,.]{0,30}\d{1,2}\s?[/.-]\s?\d{1,2}",
        folded,
    ):
        totals[Mode.EVENT] += 3.0
    return totals


def _sentence(
    folded: str, block: int, kind: BlockKind, reach: _Reach, previous: Mode | None, known: Terms, horizon: int | None
) -> Mode:
    totals = scores(folded, known, horizon)
    item = kind is BlockKind.LIST_ITEM or bool(_ITEM.match(folded))
    if reach.listing and not item and block != reach.block:
        reach.mode, reach.listing, reach.firm = None, False, False
    if not reach.firm and reach.mode is not None and block > reach.block + 1:
        reach.mode = None
    own = _own(totals)
    lead = _lead(folded)
    if reach.mode is not None and (reach.firm or reach.block == block or item):
        bonus = 3.0 if reach.firm else 1.5
        totals[reach.mode] += bonus
    elif previous is not None and _cues().carry.match(folded):
        totals[previous] += 1.5
    mode = _own(totals)
    if own is Mode.EVENT and totals[Mode.EVENT] >= totals[mode] - 1:
        mode = Mode.EVENT
    if lead is not None and mode is lead and mode is not Mode.EVENT:
        _extend(reach, mode, folded, block)
    elif mode is not reach.mode and not reach.firm and mode in (Mode.RESULT, Mode.LIMITATION):
        reach.mode = None
    return mode


def _own(totals: dict[Mode, float]) -> Mode:
    best = max(totals, key=lambda m: totals[m])
    return best if totals[best] > 0.5 else Mode.CONTEXT


def _lead(folded: str) -> Mode | None:
    """The mode whose wording opens a passage at the head (or the list at the tail) of the sentence."""
    opening = folded[:130]
    for mode in (Mode.LESSON, Mode.LIMITATION, Mode.PLAN, Mode.RESULT):
        if _cues().leads[mode].search(opening):
            return mode
    return None


def _extend(reach: _Reach, mode: Mode, folded: str, block: int) -> None:
    listing = folded.rstrip().endswith(":")
    reach.mode, reach.block, reach.listing = mode, block, listing
    reach.firm = listing
