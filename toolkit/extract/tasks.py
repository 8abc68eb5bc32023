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
from toolkit.extract.lists import FIGURE, distinct, list_colon, pieces, split_commas, split_figures, statement, task_verbs, trimmed
from toolkit.model.fact import Mode, Statement, StatementKind
from toolkit.model.text import BlockKind, CleanText

_ONLY_COUNTED = re.compile(
    r"(?<![\d/])(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|các|một số|những)\s+(?:nhóm\s+)?"
    r"(?:nhiệm vụ|khâu đột phá|đột phá|chỉ tiêu|giải pháp|mục tiêu|chương trình|phương hướng)[^\d:;]{0,70}$"
)
_YEARS = re.compile(r"20\d\d(?:\s?-\s?20\d\d)?")
_ELECTS = re.compile(r"(?<!\w)bầu\s+(?:\d+|ban|bch|ra|đoàn)(?!\w)|ra mắt")
_BY_YEAR = re.compile(r"(?:đến|trong|vào|hết|trước)\s+(?:cuối\s+)?năm 20\d\d")
_MODAL = re.compile(r"(?<!\w)(?:phải|cần|sẽ|trở thành|được|không để|vận hành|nâng lên)(?!\w)")
_NEED = r"(?:(?:cũng\s+)?(?:cần phải|cần|phải|sẽ)\s+)?"
_OPENING_NEED = re.compile(r"\W*(?:cần phải|cần|phải|sẽ)\s+")
_SPELL = re.compile(r"\W*(?:trong|sau|qua|với)\s+\d+\s+(?:năm|tháng|quý)\W*")
_OF_THE_CONGRESS = re.compile(r"\W*(?:kỳ |thành công của |thành công )?(?:đại hội|hội nghị|kỳ họp|sự kiện|đây)(?!\w)")
"""The event itself, which does no task ("Đại hội … sẽ đặt nền móng cho …")."""
_DANGLING = re.compile(
    r"^(?:của|cho|với|mà|để|nhằm|được|theo|do|là|bởi|từ đó|qua đó|việc này|này|đó|điều|chỉ khi|vì|đây là)(?!\w)|"
    r"(?<!\w)(?:này|đó)$"
)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    data = lexicon.load("vi/lists")
    verb = phrases(data["task_verbs"]).pattern
    addressee = rf"(?:{trie(fold(a) for a in data['addressees'])}(?!\w)(?:\s+[\w.]+){{0,6}}?,?\s+)?"
    return {
        "demand": re.compile(
            rf"(?<!\w){trie(fold(d) for d in data['demands'])}(?!\w)\W*(?:[^.;:]{{0,90}}?,\s*)??{addressee}{_NEED}(?={verb})"
        ),
        "aim": re.compile(
            rf"(?<!\w){trie(fold(a) for a in data['aims'])}(?!\w)\s*+:?+\s*+(?!của|để|nhằm|vươn|[,.]|(?:đạt|"
            rf"tăng|giảm|còn|trên|dưới|từ|khoảng)\s+\d)"
        ),
        "opening": re.compile(
            rf"\W*{trie(fold(f) for f in lexicon.load('vi/modes')['frames']['plan'])}(?!\w)[^,.;:]{{0,40}},\s+{addressee}"
            rf"{_NEED}(?={verb}|vừa\s)"
        ),
        "rhetoric": phrases(data["rhetoric"]),
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
        if not _leads_in(text, start, end):
            found += _tasks(text, start, end)
    return distinct(found)


def _leads_in(text: Prose, start: int, end: int) -> bool:
    """True for a sentence that only opens the list below it, and for one that lists limitations ("chỉ rõ hạn chế, như: …")."""
    colon = list_colon(text, start, end)
    if colon is not None and _words()["limits"].search(text.folded, start, colon):
        return True
    return text.folded[start:end].rstrip().endswith(":")


def _tasks(text: Prose, start: int, end: int) -> list[Statement]:
    found = []
    parts = pieces(text, start, end)
    for a, b in parts:
        at = _after_lead(text, a, b)
        for c, d in split_commas(text, at, b, task_verbs()):
            for part in split_figures(text, c, d):
                e, f = trimmed(text, *part)
                e = _after_opening(text, e, f)
                if not _says_something(text, e, f, listed=len(parts) > 1) or _broken_off(text, f):
                    continue
                made = statement(text, StatementKind.TASK, e, f, "next-task")
                if made is not None and not _DANGLING.search(fold(made.text)):
                    found.append(made)
    return found


def _broken_off(text: Prose, end: int) -> bool:
    """The article ends here, inside a figure: what the target was is not known."""
    return end >= len(text.text.rstrip()) and text.text[end - 1 : end].isdigit()


def _after_lead(text: Prose, start: int, end: int) -> int:
    """Where the task itself begins, behind ``đồng chí … đề nghị quận``, ``Đảng bộ xã phấn đấu``."""
    words = _words()
    at = _after_opening(text, start, end)
    for m in words["demand"].finditer(text.folded, start, end):
        if m.start() - at < 170:
            at = m.end()
    aim = words["aim"].search(text.folded, at, end)
    if aim is not None and aim.start() - at < 170 and not _another(text.folded[at : aim.start()]):
        year = _BY_YEAR.search(text.folded, at, aim.start())
        at = year.start() if year else aim.end()
    return _after_opening(text, at, end)


def _after_opening(text: Prose, start: int, end: int) -> int:
    """Behind a time to come with whose task it is ("Thời gian tới, Đảng bộ xã …"), and behind "cần", "phải"."""
    opening = _words()["opening"].match(text.folded, start, end)
    at = opening.end() if opening else start
    need = _OPENING_NEED.match(text.folded, at, end)
    return need.end() if need else at


def _another(before: str) -> bool:
    """Whether a task of its own stands before ("xã tiếp tục chuyển đổi 25 ha, phấn đấu …")."""
    if ";" in before:
        return True
    return before.rstrip().endswith(",") and (FIGURE.search(before) is not None or len(before.split()) > 12)


def _says_something(text: Prose, start: int, end: int, *, listed: bool) -> bool:
    folded = text.folded[start:end]
    undated = _YEARS.sub("", folded).rstrip(' .;:,…”"')
    if _ELECTS.search(folded) or _ONLY_COUNTED.search(undated) or folded.rstrip().endswith("?"):
        return False
    if _OF_THE_CONGRESS.match(folded) and _words()["rhetoric"].search(folded):
        return False
    if _SPELL.fullmatch(folded):
        return False
    if FIGURE.search(folded) or _BY_YEAR.search(folded):
        return True
    if _words()["general"].search(folded) or (re.match(r"\W*về\s", folded) and len(folded.split()) < 8):
        return False
    acts = task_verbs().match(re.sub(r"^\s*vừa\s", "", folded)) or _MODAL.search(folded)
    return bool(acts) or (listed and len(folded.split()) >= 8)
