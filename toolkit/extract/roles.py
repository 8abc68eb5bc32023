"""What a figure says: a level reached, a target, how a target was met, or a change.

Read from the verb before the figure, the words right after it, the bracket it stands in and, from far away, from the
sentence's mode and the heading above it.  The rules stand in ``_RULES``, first match wins; their words stand in
``data/vi/roles.yaml``.
"""

from __future__ import annotations

from toolkit.extract.attainments import against_plan, attained, carried_percent, share_of_targets, targets, targets_met
from toolkit.extract.clauses import Clausal, Frame, Shape, spelt_out
from toolkit.extract.naming import Label
from toolkit.extract.phrases import Words, count, governing, plain
from toolkit.extract.role_case import Case, Reading, Rule, base_after, counts_targets, cues, plan_after
from toolkit.model.amount import Amount, Kind
from toolkit.model.context import Role


def read_roles(
    sentence: Clausal, amounts: tuple[Amount, ...], labels: tuple[Label, ...], planned: tuple[bool, ...]
) -> tuple[Reading, ...]:
    """Roles of all figures of a sentence, in order; ``planned`` tells where a heading or the sentence's mode makes a figure a
    target.
    """
    readings: dict[int, Reading] = {}
    frames = sentence.frames
    for place, frame in enumerate(frames):
        index = frame.index
        following = frames[place + 1] if place + 1 < len(frames) and frames[place + 1].clause == frame.clause else None
        label = labels[index]
        host = label.head if label.head is not None else frame.previous
        case = Case(
            frame,
            amounts[index],
            label,
            plain(frame.lead),
            () if frame.tail[:1] and frame.tail[0].text == "/" else plain(frame.tail),  # "4,1 tỷ đồng / dự toán 4,6 tỷ đồng"
            _before(sentence, frame),
            planned[index],
            readings.get(host) if host is not None else None,
            amounts[following.index] if following else None,
            plain(following.tail) if following else (),
            amounts[host] if host is not None else None,
            host is not None and any(a.unit == amounts[host].unit and a.kind is Kind.COUNT for a in amounts[:host]),
            sentence.tokens[frame.at - 1].low.split()[-1] if frame.at else "",
            bool(frame.at) and sentence.tokens[frame.at - 1].text == "=",
            _inside(sentence, frame),
        )
        readings[index] = next(reading for rule in _RULES if (reading := rule(case)))
    return tuple(readings[i] for i in range(len(frames)))


def _before(sentence: Clausal, frame: Frame) -> Words:
    """Words of the sentence before the figure, back to the last stop outside its bracket."""
    start = frame.at
    while start and not (sentence.tokens[start - 1].shape is Shape.STOP and sentence.tokens[start - 1].text != ":"):
        start -= 1
    return spelt_out(sentence.tokens[start : frame.at])


def _inside(sentence: Clausal, frame: Frame) -> Words:
    if not frame.bracketed:
        return ()
    start = frame.at
    while start and (sentence.tokens[start - 1].text == ":" or sentence.tokens[start - 1].shape in _INNER):
        start -= 1
    return spelt_out(sentence.tokens[start : frame.at])


_INNER = frozenset({Shape.WORD, Shape.TIME, Shape.BOUND, Shape.JOIN})


def _targets_set(case: Case) -> Reading | None:
    """``thông qua nghị quyết với 20 chỉ tiêu``, ``xác định 3 khâu đột phá``: how many were set."""
    if case.amount.kind is not Kind.COUNT:
        return None
    unit = case.amount.unit.lower()
    aims = counts_targets(case.amount) or unit.startswith("khâu")
    if aims and [w.low for w in case.lead[-2:]] in (["trong", "số"], ["tổng", "số"]):
        return Reading(Role.PLAN, "targets-in-all")  # "trong số 15 chỉ tiêu, có 12 chỉ tiêu đạt và vượt"
    set_ = any(cues("setting_verbs").at(case.before, i) for i in range(max(0, len(case.before) - 10), len(case.before)))
    return Reading(Role.PLAN, "targets-set") if aims and set_ and not _turned(case.before[-4:]) else None


def _target_in_bracket(case: Case) -> Reading | None:
    """``đạt 61,8% chỉ tiêu (55 đảng viên)``: what the percentage is of."""
    host, amount = case.host, case.host_amount
    if host is None or amount is None or not case.frame.bracketed or case.lead or case.amount.kind is Kind.PERCENT:
        return None
    if host.rule == "of-plan" and amount.kind is Kind.PERCENT:
        return Reading(Role.PLAN, "target-in-bracket")
    return None


def _plan_in_bracket(case: Case) -> Reading | None:
    """``vượt chỉ tiêu đề ra (54%)``: the target itself."""
    if not case.frame.bracketed or case.lead or case.frame.host is not None or not case.frame.earlier:
        return None
    words = case.frame.earlier[-1]
    named = any(cues("plan_nouns").at(words, i) for i in range(len(words)))
    return Reading(Role.PLAN, "plan-in-bracket") if named and case.label.carried else None


def _named_in_bracket(case: Case) -> Reading | None:
    """``đạt 41 triệu đồng (KH: 43 triệu đồng)``, ``(nghị quyết: 12%)``: the plan beside the level."""
    at = cues("plan_nouns").at(case.inner)
    compared = {"so"} == {w.low for w in case.inner[:1]} and cues("plan_nouns").at_end(case.inner)
    if compared and case.amount.kind is Kind.PERCENT:
        return Reading(Role.ATTAINMENT, "against-plan-before")
    if not at or plan_after(case):
        return None
    while at < len(case.inner) and (size := cues("plan_links").at(case.inner, at)):
        at += size
    return Reading(Role.PLAN, "named-in-bracket") if at == len(case.inner) else None


def _planned(case: Case) -> Reading | None:
    """A plan word in the clause, a plan's name as subject, or a heading that makes all below it targets."""
    if case.planned:
        return Reading(Role.PLAN, "planned")
    return None


def _given(case: Case) -> bool:
    """``huyện giao thu 5 tỷ đồng``"""
    lows = [w.low for w in case.lead]
    at = lows.index("giao") if "giao" in lows else 0
    above = at > 0 and lows[at - 1] in ("huyện", "tỉnh", "quận", "phố", "trên", "xã")
    return above and case.frame.opened is not Shape.FIGURE and not {"kế", "chỉ", "dự", "vượt", "đạt", "hơn"} & set(lows[:at])


def _plan_passed(case: Case) -> Reading | None:
    """``đạt 26.348 tấn, vượt xa kế hoạch 23.900 tấn``: in the level's own unit and below it, so the plan and no margin."""
    host, amount = case.host_amount, case.amount
    if case.label.move not in ("attain", "") or host is None or host.value is None or amount.value is None:
        return None
    named = any(cues("plan_nouns").at(case.lead, i) for i in range(len(case.lead)))
    passed = any(w.low in ("vượt", "đạt", "hơn") for w in case.lead)
    alike = (host.kind, host.unit) == (amount.kind, amount.unit) and amount.kind is not Kind.PERCENT
    if named and passed and alike and host.value / 2 <= amount.value <= host.value:
        return Reading(Role.PLAN, "plan-passed")
    return None


def _named_plan(case: Case) -> Reading | None:
    """``kế hoạch đề ra là N``, ``(kế hoạch N)``, ``chỉ tiêu thu ngân sách N``: the figure is the plan itself."""
    lead = case.lead
    if case.label.move in ("attain", "change") or plan_after(case):
        return None
    if _given(case):
        return Reading(Role.PLAN, "given")
    at = next((i for i in range(len(lead) - 1, -1, -1) if cues("plan_nouns").at(lead, i)), -1)
    if at < 0 or any(w.low in ("vượt", "đạt", "bằng", "hoàn", "thực") for w in lead[:at]):
        return None
    after = at + cues("plan_nouns").at(lead, at)
    while after < len(lead) and (size := cues("plan_links").at(lead, after) or int(lead[after].text[:1].isupper())):
        after += size
    if after == len(lead):
        return Reading(Role.PLAN, "named-plan")
    owned = at == 0 or lead[at - 1].low in ("giao", "với", "nâng", "thông", "qua", "là")
    said = governing(lead[after:])
    if owned and len(said) and not cues("result_turns").at(said) and case.frame.opened is not Shape.FIGURE:
        shares = any(w.low in ("tỷ", "tỉ") for w in said)
        if case.amount.kind is Kind.PERCENT and lead[-1].low == "đạt" and not shares:
            return Reading(Role.ATTAINMENT, "target-attained")  # "chỉ tiêu cai nghiện bắt buộc đạt 250%"
        counts = case.amount.kind is Kind.COUNT and at > 0
        return None if counts else Reading(Role.PLAN, "plan-of-subject")
    return None


def _plan_word(case: Case) -> Reading | None:
    """``phấn đấu đạt N``: a plan word earlier in the clause, with nothing after it that turns it into a result."""
    words = case.before
    index, size = cues("plan_before").last(words)
    if index < 0 or _denied(words) or _past_plan(words, index):
        return None
    if any(w.shape is Shape.FIGURE for w in words[index + size :]) and case.label.move in ("attain", "change"):
        return None
    after = words[index + size :]
    if _turned(after) or plan_after(case):
        return None
    return Reading(Role.PLAN, "plan-word")


def _past_plan(words: Words, index: int) -> bool:
    """``đạt và vượt các chỉ tiêu Nghị quyết đề ra``: what was aimed at then, and what came of it."""
    if words[index].low not in ("đề", "đặt", "mục"):
        return False
    before = {w.low for w in words[max(0, index - 12) : index]}
    return bool(before & {"vượt", "đạt", "hoàn", "so"})


def _turned(words: Words) -> bool:
    return any(cues("result_turns").at(words, i) for i in range(len(words)))


def _denied(words: Words) -> bool:
    return any(cues("plan_denied").at(words, i) for i in range(len(words)))


def _moved(case: Case) -> Reading | None:
    """``tăng 5%``: a change, unless the words are those of a level (``tăng từ``, ``tăng lên``)."""
    lead = case.lead
    if not count(lead) and case.host is not None and case.host.rule == "move" and base_after(case):
        return Reading(Role.CHANGE, "move-too")  # "tăng 3 chi bộ, 87 đảng viên so với đầu nhiệm kỳ"
    if _moved_to(case):
        return Reading(Role.CHANGE, "move-reached")
    if case.label.move != "change":
        return None
    reached = case.next_before in ("từ", "lên", "còn", "xuống", "thành") or cues("levels").at_end(lead)
    if case.next_before in ("đến", "tới") and case.frame.opened is not Shape.FIGURE:
        reached = False  # "tăng đến 30%", but "từ 40 đến 60"
    if reached and not case.amount.is_range:
        return Reading(Role.RESULT, "level-after-move")
    if case.amount.kind is Kind.RATIO and case.tail and case.tail[0].low in ("mức", "bình", "trung", "tốc"):
        return Reading(Role.RESULT, "times-another-level")
    return Reading(Role.CHANGE, "move")


def _moved_to(case: Case) -> bool:
    """``thu ngân sách tăng bình quân đạt 15%``: the move, said to be reached; ``tốc độ tăng đạt`` is a level."""
    lows = [w.low for w in case.lead]
    at = next((i for i in (len(lows) - 2, len(lows) - 4) if i > 1 and lows[i] in ("tăng", "giảm")), -1)
    if case.label.move != "reach" or case.amount.kind is not Kind.PERCENT or lows[-1:] != ["đạt"] or at < 0:
        return False
    between = lows[at + 1 : -1]
    return between in ([], ["bình", "quân"]) and lows[at - 1] not in ("độ", "mức", "lệ", "số", "gia")


def _change_in_percent(case: Case) -> Reading | None:
    """``tăng 78 (3,3%)``: a bracket that says a change once more."""
    again = case.host is not None and case.host.role is Role.CHANGE and case.label.carried and not case.tail
    if again and case.frame.bracketed and case.amount.kind is Kind.PERCENT and case.label.move != "reach":
        return Reading(Role.CHANGE, "change-once-more")
    return None


def _compared(case: Case) -> Reading | None:
    """``bằng 97% cùng kỳ``: this year's level over last year's."""
    if case.amount.kind not in (Kind.PERCENT, Kind.RATIO) or not case.tail:
        return None
    equals = bool(case.lead) and case.lead[-1].low == "bằng" and case.tail[0].low == "so" and not plan_after(case)
    again = bool(case.lead) and case.lead[-1].low == "đạt" and case.label.carried and _of_level(case)
    if again and case.tail[0].low == "so" and base_after(case):
        return Reading(Role.CHANGE, "of-same-time")  # "đạt 310 tỷ đồng, đạt 97% so với cùng kỳ"
    bare = bool(case.lead) and case.lead[-1].low == "bằng" and any(cues("bases").at(case.tail, k) > 1 for k in (0, 1))
    if equals or bare or case.tail[0].low in ("cùng", "svck", "ck"):
        return Reading(Role.CHANGE, "of-same-time")
    return None


def _of_level(case: Case) -> bool:
    """The figure before is a level in a unit of its own, no percentage."""
    return case.host_amount is not None and case.host_amount.kind in (Kind.MONEY, Kind.MEASURE, Kind.COUNT)


def _result(_: Case) -> Reading | None:
    return Reading(Role.RESULT, "level")


_RULES: tuple[Rule, ...] = (
    targets,
    targets_met,
    _targets_set,
    _target_in_bracket,
    _plan_in_bracket,
    _named_in_bracket,
    share_of_targets,
    _planned,
    _plan_passed,
    attained,
    against_plan,
    _named_plan,
    _plan_word,
    _compared,
    _moved,
    _change_in_percent,
    carried_percent,
    _result,
)
