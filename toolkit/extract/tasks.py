"""Tasks and targets for the next period that a report states, one statement for each.

What is only announced ("6 nhiệm vụ trọng tâm") stays a count and makes no task.  A speaker's demand is cut to what is demanded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import Prose, fold, phrases, prose, trie
from toolkit.extract.lists import distinct, pieces, split_commas, statement, task_verbs
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_ANNOUNCED = re.compile(
    r"(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|các|một số|những)\s+(?:nhóm\s+)?(?:nhiệm vụ|khâu đột phá|đột phá|chỉ tiêu|"
    r"giải pháp|mục tiêu|chương trình|phương hướng)[\w\s,]{0,80}$"
)
_TARGET = re.compile(r"\d")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon.load("vi/lists")
    demands = re.compile(rf"(?<!\w){trie(fold(d) for d in data['demands'])}(?!\w)")
    addressee = re.compile(
        rf"\W*(?:{trie(fold(a) for a in data['addressees'])}(?!\w)(?:\s+[\w.]+){{0,6}}?\s+)?(?=(?:(?:cần|phải|sẽ|"
        rf"cần phải)\s+)?{phrases(data['task_verbs']).pattern})"
    )
    return demands, addressee, phrases(data["general"])


def next_tasks(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found: list[Statement] = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        if mode is not Mode.PLAN or clean.blocks[sentence.block].kind is BlockKind.HEADING:
            continue
        found += _tasks(text, sentence.span.start, sentence.span.end)
    return distinct(found)


def _tasks(text: Prose, start: int, end: int) -> list[Statement]:
    found = []
    for a, b in pieces(text, start, end):
        at = _after_demand(text, a, b)
        for c, d in split_commas(text, at, b, task_verbs()):
            if not _says_something(text, c, d):
                continue
            made = statement(text, StatementKind.TASK, c, d, "next-task")
            if made is not None:
                found.append(made)
    return found


def _after_demand(text: Prose, start: int, end: int) -> int:
    """Where the task itself begins, behind ``đồng chí … đề nghị quận``."""
    demands, addressee, _ = _words()
    at = start
    for m in demands.finditer(text.folded, start, end):
        tail = addressee.match(text.folded, m.end(), end)
        if tail:
            at = tail.end()
    return at


def _says_something(text: Prose, start: int, end: int) -> bool:
    folded = text.folded[start:end]
    if _words()[2].search(folded) and not _TARGET.search(folded):
        return False
    return not _ANNOUNCED.search(folded.rstrip(' .;:,…”"'))
