"""Tasks and targets for the next period that a report states, one statement for each.

What is only announced ("6 nhiệm vụ trọng tâm") stays a count and makes no task.  A speaker's demand is cut to what is demanded, an
announcement to what it announces; a list of targets gives one statement a target.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import Prose, fold, phrases, prose, trie
from toolkit.extract.lists import distinct, list_colon, pieces, split_commas, split_figures, statement, task_verbs
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_ONLY_COUNTED = re.compile(
    r"(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|các|một số|những)\s+(?:nhóm\s+)?(?:nhiệm vụ|khâu đột phá|đột phá|chỉ tiêu|"
    r"giải pháp|mục tiêu|"
    r"chương trình|phương hướng)[\w\s,-]{0,80}$"
)
_FIGURE = re.compile(r"\d")
_BY_YEAR = re.compile(r"(?:đến|trong|vào|hết)\s+(?:cuối\s+)?năm 20\d\d")
_MODAL = re.compile(r"(?<!\w)(?:phải|cần|sẽ|trở thành|được|không để)(?!\w)")
_DANGLING = re.compile(
    r"^(?:của|cho|với|mà|để|nhằm|được|bằng|trên|theo|do|là|bởi|từ đó|qua đó|việc này|này|đó|"
    r"các thành phần này|cùng với)(?!\w)"
)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    data = lexicon.load("vi/lists")
    verb = phrases(data["task_verbs"]).pattern
    need = r"(?:(?:cần phải|cần|phải|sẽ)\s+)?"
    addressee = rf"(?:{trie(fold(a) for a in data['addressees'])}(?!\w)(?:\s+[\w.]+){{0,6}}?,?\s+)?"
    return {
        "demand": re.compile(rf"(?<!\w){trie(fold(d) for d in data['demands'])}(?!\w)\W*{addressee}{need}(?={verb})"),
        "aim": re.compile(
            rf"(?<!\w){trie(fold(a) for a in data['aims'])}(?!\w)\s*:?\s*(?={need}{verb}|đến\s|thu\s|tổng|"
            rf"tỷ lệ|mỗi năm|\d)"
        ),
        "general": phrases(data["general"]),
        "limits": phrases(lexicon.load("vi/limitations")["announcing"]),
    }


def next_tasks(clean: CleanText, modes: Sequence[Mode]) -> tuple[Statement, ...]:
    """``modes`` holds one mode a sentence of ``clean`` (``extract.modes.modes``)."""
    text = prose(clean)
    found: list[Statement] = []
    for sentence, mode in zip(clean.sentences, modes, strict=True):
        if mode is not Mode.PLAN or clean.blocks[sentence.block].kind is BlockKind.HEADING:
            continue
        start, end = sentence.span.start, sentence.span.end
        colon = list_colon(text, start, end)
        if colon is not None and _words()["limits"].search(text.folded, start, colon):
            continue  # "chỉ rõ một số hạn chế …, như: …" lists limitations
        if text.folded[start:end].rstrip().endswith(":"):
            continue  # the lead-in of the list below
        found += _tasks(text, start, end)
    return distinct(found)


def _tasks(text: Prose, start: int, end: int) -> list[Statement]:
    found = []
    for a, b in pieces(text, start, end):
        at = _after_lead(text, a, b)
        parts = [f for c, d in split_commas(text, at, b, task_verbs()) for f in split_figures(text, c, d)]
        for c, d in parts:
            if not _says_something(text, c, d):
                continue
            made = statement(text, StatementKind.TASK, c, d, "next-task")
            if made is not None and not _DANGLING.match(fold(made.text)):
                found.append(made)
    return found


def _after_lead(text: Prose, start: int, end: int) -> int:
    """Where the task itself begins, behind ``đồng chí … đề nghị quận``, ``Đảng bộ xã phấn đấu``."""
    words = _words()
    at = start
    for m in words["demand"].finditer(text.folded, start, end):
        if m.start() - at < 160:
            at = m.end()
    aim = words["aim"].search(text.folded, at, end)
    if aim is not None and aim.start() - at < 160 and not re.search(r"[;:]", text.folded[at : aim.start()]):
        year = _BY_YEAR.search(text.folded, at, aim.start())
        at = year.start() if year else aim.end()
    return at


def _says_something(text: Prose, start: int, end: int) -> bool:
    folded = text.folded[start:end]
    if _words()["general"].search(folded) and not _FIGURE.search(folded):
        return False
    if not (_FIGURE.search(folded) or task_verbs().match(folded) or _MODAL.search(folded)) and len(folded.split()) < 7:
        return False
    if re.match(r"\W*về\s", folded) and len(folded.split()) < 8 and not _FIGURE.search(folded):
        return False
    return not _ONLY_COUNTED.search(folded.rstrip(' .;:,…”"'))
