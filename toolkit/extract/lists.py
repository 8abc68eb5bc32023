"""Cuts sentences into statements that can stand alone: list items, clauses, without the words that only tie them to the text.

All spans are in clean coordinates.  A statement is always one run of the text; it is shortened at its ends, never inside.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import LOWER, SYLLABLE, Prose, fold, phrases, trie
from toolkit.extract.sectors import sector_of
from toolkit.model.fact import Statement, StatementKind, Trace

_MARK = re.compile(r"^[\s“”\"'•*+>.…]*(?:[-–—]\s+|\(?\d{1,2}[.)](?!\d)\s*|\(?[a-zđ]\)\s*)?[\s“”\"']*")
_NUMBER_INSIDE = re.compile(r"\(\d{1,2}\)\s*|(?<=[;:.,])\s*(?:\d{1,2}[.)]|[a-zđ]\))\s+(?=[^\W\d])")
_TRAILED_OFF = re.compile(rf"(?:\.\.\.|…)\s+[{LOWER}]")
_OPEN, _CLOSE = "([“", ")]”"
_SPEAKER_TAIL = re.compile(
    r"\s*[”\"]?\s*(?:,|\s[-–])\s*(?:theo )?(?:ông|bà|đồng chí|đ/c|vị|thủ tướng|tổng bí thư|"
    r"chủ tịch|phó chủ tịch|bí thư|phó bí thư|anh|chị)"
    r"(?!\w)[^,;.]{0,70}(?:,[^,;.]{0,70})?"
    r"(?:nói|nhấn mạnh|cho biết|đề nghị|yêu cầu|khẳng định|chia sẻ|lưu ý|cho hay|phát biểu|nêu|nêu rõ|thông tin|"
    r"trao đổi|bày tỏ)(?: thêm)?$"
)
_NAMED_TAIL = re.compile(rf"(?:,| [-–]) (?:theo )?(?:ông|bà|đồng chí|đ/c) {SYLLABLE}(?: {SYLLABLE}){{1,4}}$")
"""A speaker's mere name at the end: "…, đồng chí Nguyễn Văn An"."""
_SPEAKER_HEAD = re.compile(
    r"[^.;:]{0,200}?(?<!\w)(?:đồng chí|ông|bà|bí thư|chủ tịch|trưởng|thủ tướng)(?!\w)[^.;:]{0,140}?"
    r"(?:(?:cho biết|khẳng định|cho rằng|"
    r"nhấn mạnh|chia sẻ|cho hay|thừa nhận|nhìn nhận|bày tỏ|thông tin|trăn trở|"
    r"phát biểu)(?: thêm)?\s*(?:rằng\s+|[,:]\s*)|(?:cho biết|cho hay|thừa nhận)\s+(?=\w))"
)
_LEADS = re.compile(
    r"(?:đó là|hạn chế|khó khăn|tồn tại|khuyết điểm|bất cập|một số hạn chế|những hạn chế)[\w\s]{0,45}?(?:\s(?:là|như|"
    r"gồm)(?!\w)|:)\s*|"
    r"với những (?:nỗ lực|kết quả|thành tích|thành tựu)[\w\s]{0,40},\s*|phát huy những (?:kết quả|"
    r"thành tích)[\w\s]{0,30},\s*|dịp này,\s*|nhân dịp này,\s*|"
    r"nhìn nhận (?=\w)|đáng chú ý,\s*"
)
_SUBJECT_COLON = re.compile(
    r"(?:chỉ tiêu|mục tiêu|nhiệm vụ|hạn chế|khuyết điểm|tồn tại|bài học|cụ thể|như|sau|là|gồm|"
    r"tập trung|đề nghị|yêu cầu|nêu rõ|chỉ rõ|giải pháp|"
    r"đột phá|kinh nghiệm|khó khăn|vướng mắc|nhược điểm|yếu kém|bất cập|phấn đấu|cho biết|nêu|rằng|nhấn mạnh|lưu ý|"
    r"công tác|trong đó|phương hướng|kế hoạch|định hướng|quý (?:i{1,3}|iv|\d))(?:\s*\([^)]*\))?[^:]{0,25}$"
)


@cache
def _connectors() -> re.Pattern[str]:
    return re.compile(rf"{trie(fold(c) for c in lexicon.load('vi/lists')['connectors'])}(?!\w)\s*[,:]?\s*")


@cache
def task_verbs() -> re.Pattern[str]:
    """A task verb at the beginning of a folded clause."""
    return re.compile(rf"\s*(?:(?:cần|phải|sẽ|cần phải)\s+)?{phrases(lexicon.load('vi/lists')['task_verbs']).pattern}")


def pieces(text: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a sentence: what semicolons and numbers in brackets part, outside quotation marks and brackets.

    After a colon that opens a list, the words before it are no item.
    """
    cuts = [(m.start(), m.end()) for m in _NUMBER_INSIDE.finditer(text.text, start, end)]
    colon = list_colon(text, start, end)
    depth = 0
    straight = False
    for i in range(start, end):
        c = text.text[i]
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif c == '"':
            straight = not straight
        elif (c == ";" and not depth and not straight) or (c in ".…" and not depth and _TRAILED_OFF.match(text.text, i)):
            cuts.append((i, i + 1))
    if colon is not None:
        cuts.append((colon, colon + 1))
    cuts.sort()
    spans = []
    at = start if colon is None else colon + 1
    for a, b in cuts:
        if a >= at:
            spans.append((at, a))
            at = b
    spans.append((at, end))
    return [s for s in spans if text.text[s[0] : s[1]].strip(" \n,.;:–-")]


def list_colon(text: Prose, start: int, end: int) -> int | None:
    """Place of a colon that opens a list of at least two items or one long clause, else None.

    A colon after the mere name of what follows ("Cơ cấu kinh tế: …", "Tỷ lệ lao động qua đào tạo: trên 25%") opens none.
    """
    colon = text.text.find(":", start, end)
    while colon >= 0:
        if not (text.text[colon - 1].isdigit() and text.text[colon + 1 : colon + 2].isdigit()):
            rest = text.text[colon + 1 : end]
            lead = text.folded[start:colon]
            names = len(lead.split()) <= 14 and not _SUBJECT_COLON.search(lead)
            return colon if rest.strip() and (";" in rest or len(rest) > 25) and not names else None
        colon = text.text.find(":", colon + 1, end)
    return None


def trimmed(text: Prose, start: int, end: int) -> tuple[int, int]:
    """Without list marks, connectors, quotation marks left alone and closing punctuation."""
    while True:
        before = (start, end)
        start += len(_MARK.match(text.text[start:end]).group())  # type: ignore[union-attr]
        tail = _SPEAKER_TAIL.search(text.folded[start:end].rstrip(' .”"'))
        end = start + tail.start() if tail else end
        named = _NAMED_TAIL.search(text.text[start:end].rstrip(' .”"'))
        end = start + named.start() if named else end
        for opening in (_SPEAKER_HEAD, _LEADS):
            head = opening.match(text.folded, start, end)
            start = head.end() if head and head.end() < end - 10 else start
        lead = _connectors().match(text.folded, start, end)
        if lead and lead.end() < end and (lead.group().rstrip() != fold("và") or lead.end() - lead.start() > 2):
            start = lead.end()
        while end > start and text.text[end - 1] in ' \n\t,;:.…/-–“"':
            end -= 1
        end = _without_lone_closer(text.text, start, end)
        if (start, end) == before or start >= end:
            return start, end


def _without_lone_closer(text: str, start: int, end: int) -> int:
    last = text[end - 1 : end]
    if last == "”" and "“" not in text[start:end]:
        return end - 1
    if last == ")" and "(" not in text[start:end]:
        return end - 1
    return end


def split_figures(text: Prose, start: int, end: int) -> list[tuple[int, int]]:
    """Parts at commas between two clauses that each hold a figure and open with a word ("…, thu nhập … 130 triệu đồng")."""
    spans = []
    at = start
    for cut in _FIGURE_COMMA.finditer(text.folded, start, end):
        left, right = text.folded[at : cut.start()], text.folded[cut.end() : end]
        head = re.split(r",\s|;", right)[0]
        if FIGURE.search(left) and FIGURE.search(head) and left.count("(") == left.count(")") and len(head.split()) >= 3:
            spans.append((at, cut.start()))
            at = cut.end()
    spans.append((at, end))
    return spans


FIGURE = re.compile(r"(?<![\d/.-])(?!(?:19|20)\d\d(?![\d.,]))\d[\d.,]*")
_FIGURE_COMMA = re.compile(
    r",\s+(?!(?:tăng|giảm|gấp|vượt|đạt|chiếm|bằng|trong đó|nâng)\s+(?:gấp|thêm|khoảng|hơn|trên|gần|tổng|\d))"
    r"(?=(?:thu|chi|giá|tổng|tỷ|tỉ|hộ|có|mỗi|số|diện|sản|năng|bình|độ|kết|phát|giải|giảm|tăng|nâng|xây|100|trên|ít|hàng|"
    r"hằng|tạo|doanh|"
    r"lao|trường|bảo|đàn|dân|gia|thôn|khu|đảng|\d+(?:[.,]\d+)?%|\d+/\d+|giữ|tốc|vốn|kim|trồng|thành|xuất|lượng|mức|hoàn|"
    r"duy|từ)\s)"
)
_ADVERBIAL = re.compile(r"\W*(?:để|nhằm|với|nếu|khi|cùng với|trong|sau|từ|bên cạnh|phát huy|trên cơ sở|đến năm|năm|vừa)(?!\w)")


def split_commas(text: Prose, start: int, end: int, opening: re.Pattern[str]) -> list[tuple[int, int]]:
    """Parts at commas that ``opening`` follows, outside quotation marks and brackets.

    Both sides have at least four words, and an adverbial ("Để bảo đảm trật tự, …") stays with the clause that it opens.
    """
    spans = []
    at = start
    depth = 0
    for i in range(start, end):
        c = text.text[i]
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif (
            c == ","
            and not depth
            and opening.match(text.folded, i + 1, end)
            and _both_stand(text, at, i, end)
            and not (_BOTH.search(text.folded, at, i) and _BOTH.search(text.folded, i, end))
        ):
            spans.append((at, i))
            at = i + 1
    spans.append((at, end))
    return spans


_BOTH = re.compile(r"(?<!\w)vừa(?! qua| tổ chức| ban hành)(?!\w)")
"""Two of them hold a clause together: "vừa gìn giữ …, vừa phát huy …"."""
_VERB_AT_END = re.compile(
    r"(?:lãnh đạo|chỉ đạo|củng cố|xây dựng|đầu tư|nâng cao|nâng cấp|rà soát|tăng cường|bổ sung|"
    r"phát huy|giữ gìn|gìn giữ|bảo tồn)\s*$"
)
"""A verb that shares its object with the one after the comma ("tập trung lãnh đạo, chỉ đạo vận hành …")."""


def _both_stand(text: Prose, start: int, comma: int, end: int) -> bool:
    left, right = text.folded[start:comma], text.folded[comma + 1 : end]
    if _ADVERBIAL.match(left) and "," not in left:
        return False
    head = re.split(r"[,;]", right)[0]
    return (
        len(left.split()) >= 4
        and not _VERB_AT_END.search(left)
        and len(head.split()) >= 4
        and not re.match(r"\s*(?:giảm|tăng)\s+(?:gấp|thêm|khoảng|hơn|trên|gần|\d)", right)
    )


def statement(text: Prose, kind: StatementKind, start: int, end: int, rule: str) -> Statement | None:
    """The statement of a span after trimming, or None when nothing that says something is left."""
    start, end = trimmed(text, start, end)
    if end - start < 10 or len(text.text[start:end].split()) < 3:
        return None
    wording = re.sub(r"\s+", " ", text.text[start:end])
    return Statement(kind, text.clean.quote(start, end), wording, sector_of(wording), Trace(rule))


def distinct(found: list[Statement]) -> tuple[Statement, ...]:
    """Without repetitions: a statement whose words mostly stand in one of the last ``_MEMORY`` before it is the same."""
    kept: list[Statement] = []
    sets: deque[frozenset[str]] = deque(maxlen=_MEMORY)
    for s in found:
        words = frozenset(re.findall(r"\w+", fold(s.text)))
        if any(len(words & seen) >= max(3.0, 0.75 * min(len(words), len(seen))) for seen in sets):
            continue
        kept.append(s)
        sets.append(words)
    return tuple(kept)


_MEMORY = 60
"""How many statements back a repetition is looked for: more than an article holds, and a bound for a book."""
