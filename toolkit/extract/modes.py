"""What each sentence does in its report: result, plan, limitation, lesson, event or context.

Three things decide, strongest first.  A *frame*: how the sentence opens ("Nhiệm kỳ tới, …", "Đến năm 2030 …", "Tuy nhiên, …"), a
resolution that announces targets ("đề ra 12 chỉ tiêu: …"), a speaker who demands ("đồng chí … đề nghị …").  *Cues* inside it.  What
*reaches* it from afar: a heading, an announcement that lists, the frame of its paragraph.  Years are read against the calendar of
the article: a year after it is a target, a year before it a result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from toolkit import lexicon
from toolkit.extract.cues import fold, phrases, prose, trie
from toolkit.extract.publication import published
from toolkit.extract.term import Terms, other_congresses, terms
from toolkit.model.context import Report
from toolkit.model.fact import Mode
from toolkit.model.text import BlockKind, CleanText

_FRAME, _STRONG, _FAR, _NEAR, _CARRY = 5.0, 4.0, 5.0, 2.0, 2.0
"""Weights of a frame, of a target year, of a heading or list that reaches, of the paragraph's frame, of a carried opening."""
_CAP = {Mode.LIMITATION: 5.0}
"""Most that cues of one mode add up to (else 3.5): many small words must not outvote a frame."""

_TARGET_YEAR = re.compile(
    r"(?:đến|tới|vào|trong|cuối|hết|trước|từ)\s+(?:cuối\s+|hết\s+|đầu\s+|giữa\s+)?năm\s+(20\d\d)|"
    r"giai đoạn\s+20\d\d\s*-\s*(20\d\d)"
)
_OPENING_YEAR = re.compile(
    r"\W*(?:(?:phương hướng|nhiệm vụ|kế hoạch|chỉ tiêu|mục tiêu)(?:,? [^\W\d]+){0,4} )?(?:trong |đến |hết |đến hết |"
    r"đến cuối |riêng |cuối )?"
    r"năm (20\d\d)(?!\d)"
)
_OPENING_TERM = re.compile(r"\W*(?:trong |bước vào |bước sang |giai đoạn )?(?:nhiệm kỳ|giai đoạn) ?\(?(20\d\d)\s*-\s*(20\d\d)")
_OPENING_QUARTER = re.compile(r"\W*(?:trong |sang |bước sang |bước vào )?quý (i{1,3}|iv|[1-4])(?=,| (?!năm |/)[^\W\d])(?!\s?/)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TOLD = re.compile(r"(?<!\w)(?:đã|đạt|ước|so với|cùng kỳ|kết quả|được|bằng|hoàn thành|vượt|qua)(?!\w)")
_ITEM = re.compile(
    r"^\s*(?:(?:[-–+•*]|\(?\d{1,2}[).]|[a-zđ][).])\s+|(?:bài học )?thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám)\b|"
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là\b)"
)
_LESSONS = re.compile(r"(?:\d{1,2}|một số|những|các|ba|bốn|năm|sáu|rút ra)\s+(?:bài học|kinh nghiệm)")
_NUMBERED = re.compile(r"^(?:[\dIVXivx]{1,4}[.)/-]|[a-zđ][.)]|[-–+•*])\s*")
_DATED = re.compile(
    r"\W*(?:\([\w\s./]+\)\s*-?\s*)?(?:sáng|chiều|tối|ngày|hôm nay|vừa qua,|mới đây|trong (?:hai|2|3|02) ngày|"
    r"từ ngày)[^.,]{0,40}\d{1,2}\s?[/.-]\s?\d{1,2}"
)
_MEETING = re.compile(
    r"(?:tổ chức|khai mạc|tiến hành|long trọng|diễn ra|bế mạc)[^.;]{0,60}(?:đại hội|kỳ họp|buổi lễ|lễ |"
    r"(?:hội nghị )?(?:lần thứ|sơ kết|tổng kết|họp mặt|kiểm điểm giữa)|hội nghị (?:ban chấp|bch|công bố|lấy ý kiến))|"
    r"(?:được |đã |trước đó[^.;]{0,30} )nghe (?:báo cáo|các báo cáo|thông báo)|(?:đại hội|kỳ họp|"
    r"hội nghị) (?:cũng )?đã (?:thảo luận|nghe|thông qua)|"
    r"(?:đại hội|hội nghị|kỳ họp)[^.;]{0,90}(?:diễn ra|khai mạc|bế mạc|thành công tốt đẹp|được tổ chức|kết thúc|"
    r"tiến hành bầu|đã bầu|bầu ban|bầu bch|bầu \d+)"
)
_ANSWERS_PLAN = re.compile(
    r"(?:so với|theo|vượt|đạt|hoàn thành|thực hiện)[^.;,]{0,60}đề ra|(?:mục tiêu|chỉ tiêu|"
    r"nghị quyết|kế hoạch)[^.;,]{0,40} đề ra(?! \d)"
)


_QUOTED_NAME = re.compile(r"(?<=\w )[“\"][^“”\"]{8,220}[”\"]")
_TITLES = re.compile(
    r"(?:nghị quyết|chỉ thị|kết luận|chiến lược|đề án)[^.;]{0,80}?về (?:phương hướng|định hướng|mục tiêu|phát triển)[^.;]*?"
    r"(?:tầm nhìn (?:đến )?(?:năm )?20\d\d|đến năm 20\d\d)(?!,? tầm nhìn)|"
    r"quy hoạch[^.;]{0,120}?đến năm 20\d\d(?:,? (?:và những năm tiếp theo|tầm nhìn[^,.;]*))?"
)
"""Names in quotation marks and titles of documents ("Nghị quyết về phương hướng … đến năm 2030") plan nothing."""
_SESSION = re.compile(r"hội nghị|kỳ họp|đại hội|phiên họp|cuộc họp|tổng kết|sơ kết")
_AGENDA = re.compile(
    r"(?:triển khai|đề ra|ra nghị quyết|bàn|thảo luận|báo cáo|thông qua|xác định|về|và|;|"
    r",)\s+(?:thực hiện )?(?:phương hướng|nhiệm vụ|mục tiêu|kế hoạch)"
    r"(?:(?:,| và)? (?:phương hướng|mục tiêu|nhiệm vụ|giải pháp|trọng tâm|công tác|phát triển|các|kinh tế|xã hội|kt-xh|"
    r"ktxh|-)(?!\w))*"
    r"(?: (?:năm|trong năm|cho năm|nhiệm kỳ|cho nhiệm kỳ|6 tháng cuối năm) ?(?:20\d\d(?:\s?-\s?20\d\d)?|sau|tới|"
    r"mới)?)?(?=\s*(?:[,;.…)]|của|và|$))"
)
_PRAISED = re.compile(r"được[^.,;]{0,40}$")
_ANNOUNCED = re.compile(
    r"(?:đề ra|đặt ra|đưa ra|xác định|thông qua|thống nhất|nhất trí|quyết nghị|đề ra được)\s+(?:(?:các|một số|những|"
    r"\d{1,2}|hai|ba|bốn|năm|sáu|bảy)\s+)+"
    r"(?:nhóm\s+)?(?:chỉ tiêu|mục tiêu|nhiệm vụ|khâu đột phá|đột phá|giải pháp|chương trình trọng|phương hướng)"
)
_SPEAKER = re.compile(r"đồng chí|ông|bà|bí thư|chủ tịch|thủ tướng|trưởng|đại hội|nghị quyết|báo cáo chính trị|đại biểu")
_ACHIEVED = re.compile(r"(?<!\w)(?:đã|song|nhưng|tuy nhiên|vẫn|đạt)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã|được|hoàn thành|kết quả)(?!\w)")
_NAMED_BY_TERM = re.compile(r"đại hội|ban chấp hành|lần thứ|khóa")
_SPEAKER_HEAD = re.compile(
    r"[^.;:]{0,170}?(?:cho biết|nhấn mạnh|khẳng định|cho rằng|chia sẻ|"
    r"cho hay)(?: thêm)?\s*(?:rằng|[,:])\s*"
)
_AIMS = re.compile(r"(?<!\w)(?:phấn đấu|đặt mục tiêu|đặt chỉ tiêu|đề ra chỉ tiêu|đề ra mục tiêu|sẽ)(?!\w)")
_ATTENDS = re.compile(r"\W*(?:đến |về |tham |tới )?dự(?! kiến| án| báo| toán| thảo| phòng)")
_ONLY_NOUNS = re.compile(
    r"\W*(?:[\dIVXivx]{1,4}[.)/-]\s*)?(?:phương hướng|mục tiêu|định hướng|chỉ tiêu|nhiệm vụ|"
    r"tồn tại|hạn chế|bài học)"
)


@dataclass(frozen=True)
class _Lexicon:
    pattern: re.Pattern[str]
    weights: dict[str, tuple[Mode, float]]
    headings: dict[Mode, re.Pattern[str]]
    frames: dict[Mode, re.Pattern[str]]
    setting: re.Pattern[str]
    announces: re.Pattern[str]
    demands: re.Pattern[str]
    carry: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = lexicon.load("vi/modes")
    weights = {fold(w): (Mode(g["mode"]), float(g["weight"])) for g in data["cues"] for w in g["words"]}
    opening = r"[\W\d]*(?:(?:về|trong đó|cụ thể|và|bên cạnh đó|đồng thời|theo đó|với|thứ \w+|một là|hai là|ba là)[,:]?\s+)?"
    return _Lexicon(
        phrases(weights),
        weights,
        {Mode(m): phrases(words) for m, words in data["headings"].items()},
        {Mode(m): re.compile(rf"{opening}{trie(fold(w) for w in words)}(?!\w)") for m, words in data["frames"].items()},
        phrases(data["setting"]),
        phrases(data["announces"]),
        phrases(data["demands"]),
        re.compile(rf"\W*{trie(fold(w) for w in data['carry'])}(?!\w)"),
    )


@dataclass
class _Reach:
    """What reaches the sentences to come.

    ``far`` comes from a heading or a list's lead-in and holds until a heading or, for a list, its end; ``near`` is the frame
    of the paragraph ``block``.
    """

    far: Mode | None = None
    listing: int = -1
    near: Mode | None = None
    block: int = -1
    begun: bool = False


@dataclass(frozen=True)
class _Calendar:
    known: Terms
    horizon: int | None
    month: int | None = None
    """The month of publication."""


def modes(clean: CleanText, known: Terms | None = None) -> tuple[Mode, ...]:
    """One mode for each of ``clean.sentences``; ``known`` spares reading the terms again."""
    text = prose(clean)
    known = known or terms(clean)
    day = published(clean)
    calendar = _Calendar(known, _horizon(clean, known), int(day[5:7]) if day and day[5:7].isdigit() else None)
    reach = _Reach()
    result: list[Mode] = []
    previous: Mode | None = None
    for sentence in clean.sentences:
        folded = text.folded[sentence.span.start : sentence.span.end]
        block = clean.blocks[sentence.block]
        if block.kind is BlockKind.HEADING:
            mode = _heading(folded, reach)
        else:
            mode = _sentence(_masked(folded), sentence.block, block.kind, reach, previous, calendar)
            reach.begun |= len(folded) > 80
        asked = folded.rstrip(' ”"').endswith("?")
        result.append(Mode.CONTEXT if asked else mode)  # a question states nothing, but says what its answer is about
        previous = mode
    return tuple(result)


def _horizon(clean: CleanText, known: Terms) -> int | None:
    """The last year that can hold results."""
    day = published(clean)
    if known.report is Report.ANNUAL and known.year:
        return int(known.year)
    if day:
        return int(day[:4])
    if known.next_term:
        return int(known.next_term[:4])
    return int(known.term[5:]) if known.term else None


def _heading(folded: str, reach: _Reach) -> Mode:
    """A heading rules what stands below it, and a plain title ends that rule.

    A headline before any prose ("… phấn đấu về đích nông thôn mới") rules nothing, unless it is a numbered or plain noun.
    """
    plain = _NUMBERED.sub("", folded)
    reach.near, reach.listing = None, -1
    for mode in (Mode.LESSON, Mode.LIMITATION, Mode.RESULT, Mode.PLAN):
        if _lexicon().headings[mode].search(plain):
            rules = reach.begun or bool(_NUMBERED.match(folded)) or bool(_ONLY_NOUNS.match(folded))
            reach.far = mode if rules else None
            return mode if rules else Mode.CONTEXT
    if not _NUMBERED.match(folded) or reach.far not in (Mode.PLAN, Mode.RESULT):
        reach.far = None
    return reach.far or Mode.CONTEXT


def _masked(folded: str) -> str:
    """The sentence without what holds words of plans but plans nothing.

    Titles and names in quotation marks, congresses of other bodies, the agenda of a session ("tổng kết năm 2025, triển khai phương
    hướng, nhiệm vụ năm 2026").
    """
    for pattern in (_QUOTED_NAME, _TITLES, other_congresses()):
        folded = pattern.sub(lambda m: "#" * len(m.group()), folded)
    if _SESSION.search(folded):
        folded = _AGENDA.sub(lambda m: "#" * len(m.group()), folded)
    return folded


def scores(folded: str, frame: Mode | None, calendar: _Calendar) -> dict[Mode, float]:
    """Weight of the cues for each mode in one folded sentence, and of its frame."""
    totals = dict.fromkeys(Mode, 0.0)
    words = _lexicon()
    for m in words.pattern.finditer(folded):
        mode, weight = words.weights[re.sub(r"\s+", " ", m.group())]
        if mode is Mode.EVENT and _PRAISED.search(folded, max(0, m.start() - 45), m.start()):
            mode, weight = Mode.RESULT, 1.0
        totals[mode] = min(_CAP.get(mode, 3.5), totals[mode] + weight)
    if re.search(r"\d", folded):
        totals[Mode.RESULT] += 0.75
    for m in _TARGET_YEAR.finditer(folded):
        if calendar.horizon is not None:
            later = int(m.group(1) or m.group(2)) > calendar.horizon
            totals[Mode.PLAN if later else Mode.RESULT] += _STRONG if later else 1.0
    if _ATTENDS.match(folded):
        totals[Mode.EVENT] += 3.0
    if _DATED.match(folded):
        totals[Mode.EVENT] += 3.0
    if _MEETING.search(folded):
        totals[Mode.EVENT] += 4.0
    if frame is Mode.LIMITATION and not totals[frame]:
        totals[frame] += 1.0  # "Tuy nhiên, thu ngân sách vượt 13%": the opening alone makes no limitation
    elif frame is not None:
        totals[frame] += _FRAME
    return totals


def _frame(folded: str, calendar: _Calendar) -> Mode | None:
    """The mode that the sentence's opening, an announcement or a demand settles."""
    words = _lexicon()
    speaker = _SPEAKER_HEAD.match(folded)
    folded = folded[speaker.end() :] if speaker else folded
    opening = _opening(folded, calendar)
    if opening is Mode.RESULT and _OPENING_YEAR.match(folded) and _AIMS.search(folded):
        return Mode.PLAN
    if opening is not None:
        return opening
    comma = folded.find(", ", 0, 90)
    if (
        comma > 0
        and not _NAMED_BY_TERM.search(folded, 0, comma)
        and (words.frames[Mode.PLAN].match(folded, comma + 2) or _opening(folded[comma + 2 :], calendar) is Mode.PLAN)
    ):
        return Mode.PLAN
    if _LESSONS.search(folded) and not _ITEM.match(folded):
        return Mode.LESSON
    if not words.frames[Mode.RESULT].match(folded) and _announces(folded):
        return Mode.PLAN
    for mode in (Mode.LESSON, Mode.LIMITATION, Mode.PLAN, Mode.RESULT):
        if words.frames[mode].match(folded):
            return mode
    return Mode.CONTEXT if words.setting.search(folded, 0, 170) and not _ACHIEVED.search(folded) else None


def _opening(folded: str, calendar: _Calendar) -> Mode | None:
    term = _OPENING_TERM.match(folded)
    if term:
        written = f"{term.group(1)}-{term.group(2)}"
        if written == calendar.known.next_term:
            return Mode.PLAN
        if written == calendar.known.term:
            return Mode.RESULT
        if calendar.horizon is not None:
            return Mode.PLAN if int(term.group(1)) >= calendar.horizon else Mode.RESULT
    quarter = _OPENING_QUARTER.match(folded)
    if quarter and not _TOLD.search(folded):
        return Mode.PLAN if _to_come(quarter.group(1), calendar) else Mode.RESULT
    year = _OPENING_YEAR.match(folded)
    if year and calendar.horizon is not None:
        return Mode.PLAN if int(year.group(1)) > calendar.horizon else Mode.RESULT
    return None


def _to_come(written: str, calendar: _Calendar) -> bool:
    """Whether a quarter without its year lies ahead: an article tells what is planned for the quarter it appears in or before.

    Without a date, the second half of the year lies ahead unless the report is on a whole year.
    """
    quarter = _QUARTERS.get(written) or int(written)
    if calendar.month is not None:
        return (calendar.month - (3 * quarter - 5)) % 12 <= 4
    return quarter > 2 and calendar.known.report is not Report.ANNUAL


def _announces(folded: str) -> bool:
    """``đề ra 12 chỉ tiêu`` and ``đồng chí … đề nghị``, but not ``vượt chỉ tiêu đề ra``, ``đáp ứng yêu cầu``."""
    words = _lexicon()
    if not (words.announces.search(folded) or _ANNOUNCED.search(folded) or words.demands.search(folded)):
        return False
    shielded = words.pattern.sub(
        lambda m: "#" * len(m.group()) if words.weights[re.sub(r"\s+", " ", m.group())][1] == 0 else m.group(), folded
    )
    shielded = _ANSWERS_PLAN.sub(lambda m: "#" * len(m.group()), shielded)
    told = words.announces.search(shielded) or _ANNOUNCED.search(shielded)
    if told is not None and (not shielded[: told.start()].endswith("đã ") or _SPEAKER.search(shielded, 0, told.start())):
        return True
    return any(_is_verb(shielded, demand) for demand in words.demands.finditer(shielded))


def _is_verb(folded: str, demand: re.Match[str]) -> bool:
    """A demand as a verb: after a subject and before whom or what it asks; ``những kiến nghị của nhân dân`` is a noun."""
    before, after = folded[: demand.start()], folded[demand.end() :]
    if re.search(
        r"(?:các|những|đơn thư|đơn|ý kiến|nội dung|theo|đáp ứng|đáp ứng được|vượt|với|tiếp thu|của|số|cử tri|"
        r"giải quyết|về|là|hồ sơ)\s+$",
        before,
    ):
        return False
    if before.endswith("đã ") and not _SPEAKER.search(before):
        return False
    return not re.match(
        r"\s*(?:của|phát triển|nhiệm vụ|chính đáng|thực tiễn|đề ra|mới,|cao|ngày càng|hội nhập|"
        r"công việc|đổi mới)",
        after,
    )


def _sentence(folded: str, block: int, kind: BlockKind, reach: _Reach, previous: Mode | None, calendar: _Calendar) -> Mode:
    frame = _frame(folded, calendar)
    totals = scores(folded, frame, calendar)
    item = kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or bool(_ITEM.match(folded))
    _expire(reach, block, item, folded)
    if frame is None or frame is reach.far:
        if reach.far is not None:
            totals[reach.far] += _FAR
        elif reach.near is not None:
            totals[reach.near] += _NEAR
        if previous is not None and _lexicon().carry.match(folded):
            totals[previous] += _CARRY
        if previous is Mode.RESULT and block == reach.block:
            totals[Mode.RESULT] += 0.75
    elif reach.far is not None:
        totals[reach.far] += _FAR + _NEAR if item else _NEAR
    mode = _best(totals, folded)
    if mode is Mode.LIMITATION and reach.near is Mode.CONTEXT and frame is None:
        mode = Mode.CONTEXT  # the hard times of the paragraph, not a weakness of the work
    _extend(reach, mode, frame, folded, block)
    return mode


def _expire(reach: _Reach, block: int, item: bool, folded: str) -> None:
    if block != reach.block:
        reach.near = None if not (item or _lexicon().carry.match(folded)) else reach.near
    if reach.listing >= 0 and block != reach.listing and not item:
        reach.far, reach.listing = None, -1


def _best(totals: dict[Mode, float], folded: str) -> Mode:
    best = max(totals, key=lambda m: totals[m])
    if totals[best] < 0.7:
        return Mode.CONTEXT if not re.search(r"\d", folded) else Mode.RESULT
    return best


def _extend(reach: _Reach, mode: Mode, frame: Mode | None, folded: str, block: int) -> None:
    """Lets a framed sentence rule the rest of its paragraph, and one that ends in a colon the list below it."""
    if frame is not None and mode is frame:
        reach.near, reach.block = mode, block
        if mode is Mode.LESSON or (folded.rstrip().endswith(":") and mode is not Mode.RESULT):
            reach.far, reach.listing = mode, block
    elif reach.near is Mode.CONTEXT and not _DONE.search(folded):
        pass  # the setting goes on until the work itself is told of
    elif mode in (Mode.RESULT, Mode.LIMITATION) and mode is not reach.near and reach.far is None:
        reach.near = None if mode is Mode.RESULT else mode
    reach.block = block
