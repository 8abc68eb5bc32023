"""Labels of counted things: ``kết nạp 40 đảng viên``, ``trong đó 15 nữ``, ``600 hộ trong tổng số 4.200 hộ``.

Each function is a reading of ``labels``: it gives a label, or None where its structure is not that of the figure.
"""

from __future__ import annotations

from toolkit.extract.cases import LINKS, Case, lows, owned
from toolkit.extract.clauses import Shape
from toolkit.extract.naming import LONGEST, Label, State, carried, joined
from toolkit.extract.phrases import (
    Words,
    begins_body,
    count,
    governing,
    is_actor,
    is_one,
    last_words,
    only,
    phrases,
    plain,
    shortened,
    spoken,
    without_light_verbs,
    without_openers,
)
from toolkit.model.amount import Kind

_FAR = 9
"""Words before a preposition beyond which they no longer say what is done for those counted."""


def part(case: Case, state: State) -> Label | None:
    """``trong đó 44 nữ``, ``dân tộc 504``: a part of what was counted before."""
    if not state.parts or not state.parent or case.amount.kind is not Kind.COUNT or case.frame.bracketed:
        return None
    own = case.noun + shortened(case.described, 6)
    if case.bare:
        own = without_openers(sum((plain(s) for s in case.frame.earlier[-1:]), ()) + case.subject)
    elif count(case.subject) or case.move in ("attain", "change"):
        return None
    if not count(own):
        return None
    known = {tuple(unit.split()) for unit in state.units.values() if unit}
    if case.bare and any(tuple(lows(own)[: len(unit)]) == unit and count(own) > len(unit) for unit in known):
        return Label(spoken(shortened(own, LONGEST)), "part-of-its-own", case.move)
    same = case.noun and (set(lows(case.noun)) <= set(lows(state.parent)) or tuple(lows(case.noun)) in known)
    general = bool(case.noun) and phrases("generic_wholes").at(state.parent) == len(state.parent)
    if (same and count(case.described)) or general:
        return Label(spoken(own), "part-of-its-own", case.move)
    return Label(spoken(joined(state.parent, own)), "part", case.move)


def total(case: Case, state: State) -> Label | None:
    """``600 hộ trong tổng số 4.200 hộ``: the whole takes the verb of its part."""
    lead = tuple(w.low for w in plain(case.frame.lead))
    if not case.counted or not any(lead[i : i + 2] == ("tổng", "số") for i in range(max(0, len(lead) - 3), len(lead) - 1)):
        return None
    if case.frame.opened is not Shape.FIGURE:
        return None
    words = case.noun + (shortened(case.described, 5) or state.action)
    return Label("tổng số " + spoken(words), "total", case.move)


def again(case: Case, state: State) -> Label | None:
    """``vượt 8 đồng chí``, ``đến nay còn 4 hộ``: the same count once more."""
    previous = case.frame.previous
    if not case.counted or count(without_openers(case.subject)) or previous is None or case.frame.opened is Shape.STOP:
        return None
    moved = case.move in ("attain", "change") and case.amount.kind is Kind.COUNT
    same = case.move == "reach" and case.amount.kind is Kind.COUNT and _counts(state, previous, case.amount.unit)
    if not moved and not same:
        return None
    if not _alike(state.units.get(previous, ""), case.amount.unit):  # "21 chi bộ với 512 đảng viên, tăng 3 chi bộ"
        alike = [i for i, unit in state.units.items() if i < case.frame.index and _alike(unit, case.amount.unit)]
        previous = alike[-1] if alike else previous
    return carried(case, state, previous)


def _counts(state: State, index: int, unit: str) -> bool:
    """The figure counts the same things, or is told of them (``hộ nghèo giảm 1,2%/năm, hiện còn 25 hộ``)."""
    return _alike(state.units.get(index, ""), unit) or state.labels[index].text.startswith(unit + " ")


def _alike(unit: str, other: str) -> bool:
    """``22 hộ nghèo`` and ``15 hộ`` count the same."""
    return bool(other) and unit.split()[: len(other.split())] == other.split()


def counting(case: Case, state: State) -> Label | None:
    """``kết nạp 40 đảng viên``: the verb, the counted thing and what describes it."""
    thing = case.amount.kind in (Kind.MEASURE, Kind.MONEY) and count(case.described) and case.move in ("", "exist")
    if not case.counted and not thing:
        return None
    described = _described(case, state)
    action, goes_to = _action(case, state)
    if _body(case, plain(case.subject)):
        return Label(spoken(action), "members", case.move)
    if count(described) and not goes_to and phrases("light_verbs").at_end(action):
        action = ()
    if count(described) > 2 and count(action + case.noun + described) > LONGEST:
        action = ()
    label = plain(action + _thing(case, action) + described)
    if count(action) and " ".join(lows(case.noun)) in _PEOPLE and [w.low for w in case.tail[:1]] == ["vào"]:
        label = plain(action + shortened(case.tail, 8, grace=0))  # "bầu 15 đồng chí vào Ban Chấp hành Đảng bộ xã"
    if not count(label):
        return None
    state.action = action if action[:1] and action[0].low != "toàn" else ()
    state.noun, state.described = case.noun or described, described
    state.subject, state.parent = label, plain(action + case.noun)
    state.unit = case.amount.unit
    return Label(spoken(_limited(label, count(action))), "counting", case.move)


def _thing(case: Case, action: Words) -> Words:
    """The counted thing as the label needs it: not once more after a name that holds it, nor a bare classifier after a subject."""
    inside = set(lows(case.noun)) <= set(lows(action))
    named = phrases("heads").at(action) or case.frame.colon or case.amount.kind is Kind.FRACTION
    pieces = is_one(case.noun, "wares") and case.move == "" and not count(case.described) and count(action) > 1
    bare = pieces or (bool(named) and " ".join(lows(case.noun)) in _CLASSIFIERS)
    return () if action and (inside or bare) else case.noun


def _described(case: Case, state: State) -> Words:
    """What describes a counted thing: the words after it, without the thing once more; else what described it before."""
    described = () if owned(case.described) else _without_fillers(case.described)
    words = shortened(described, 6, grace=1)
    if lows(words)[: len(case.noun)] == lows(case.noun):
        words = words[len(case.noun) :]  # "khu phố giữ vững danh hiệu khu phố văn hóa"
    if lows(case.noun) == ["chỉ", "tiêu"] and words and words[0].low in ("đại", "nghị"):
        return ()  # whose targets they are
    if count(words):
        return words
    own = governing(case.subject)
    again = case.amount.kind is Kind.FRACTION and case.noun and lows(case.noun) == lows(state.noun)
    if again and (not count(own) or is_actor(own)):
        return state.described
    return state.congress if lows(case.noun) == ["đại", "biểu"] else words


def _without_fillers(words: Words) -> Words:
    for index in range(len(words)):
        if size := phrases("fillers").at(words, index):
            return words[:index] + words[index + size :]
    return words


def _action(case: Case, state: State) -> tuple[Words, bool]:
    """The words that govern a counted thing, and whether a preposition stands between (``tạo việc làm cho …``)."""
    lead = plain(case.subject)
    if case.move == "attain" and case.amount.kind is Kind.FRACTION:
        size = phrases("attainments").at_end(plain(case.frame.lead))
        return plain(case.frame.lead)[-size:] if size else (), False
    if not count(lead) and case.frame.colon and not is_actor(without_openers(case.frame.earlier[-1])):
        return shortened(without_openers(case.frame.earlier[-1]), 7), True
    if body := _body(case, lead):
        return body, True
    if not count(case.frame.lead) and case.frame.opened is Shape.FIGURE and count(state.noun) > 2:
        return state.noun[1:], False  # "lập 91 đoàn kiểm tra 270 tổ chức đảng"
    if case.frame.opened is Shape.FIGURE and lows(lead) == [] and is_one(case.noun, "members_of_bodies"):
        return state.noun, False  # "22 tổ hợp tác với 640 thành viên"
    if case.frame.opened is Shape.FIGURE and (lead[-1:] and lead[-1].low in _OWNING):
        return (), False
    if not count(lead) or only(lead, LINKS):
        nameless = " ".join(lows(case.noun)) in _PEOPLE and not count(case.described)
        carries = case.frame.opened is not Shape.STOP and (case.move == "" or (case.move == "exist" and nameless))
        return (state.action if carries else ()), False
    head = case.frame.earlier[-1] if case.frame.opened is Shape.COMMA and case.frame.earlier else ()
    head = without_light_verbs(head)
    whole = phrases("predicates").first(head) == len(head)  # not "công tác xây dựng Đảng đạt nhiều kết quả, nhất là kết nạp …"
    if 0 < count(governing(lead)) <= 2 and whole and phrases("heads").at(head) and not is_actor(governing(lead)):
        return shortened(without_openers(head) + governing(lead), 6), True  # "tổng đàn trâu, bò 1.095 con"
    if case.move == "exist":
        toan = lead[0].low == "toàn" and count(lead) <= 4 and not count(case.described) and count(case.noun) <= 2
        return (lead if toan else _owner(case, lead)), False
    if plain(case.frame.lead)[-1:] and plain(case.frame.lead)[-1].low in ("và", "cùng"):
        return (), False
    size = phrases("recipients").at_end(lead)
    if size:
        words = governing(lead[:-size])
        return (words + lead[-size:] if 0 < count(words) <= _FAR else ()), True
    words = governing(lead)
    if is_actor(words):
        return (), False
    if count(words) <= 6:
        return words, False
    short = last_words(words, 4)
    return (short if not count(case.described) and count(case.noun) < 2 else ()), False


def _body(case: Case, lead: Words) -> Words:
    """``bầu Ban Chấp hành Đảng bộ xã gồm 15 đồng chí``, ``Ban Thường vụ 9 đồng chí``: the body, without its ordinal."""
    told = phrases("members").at_end(plain(case.frame.lead))
    if told and not count(lead) and case.frame.earlier:
        lead = plain(case.frame.earlier[-1])  # "Ban Chấp hành Đảng bộ xã khóa XIII, nhiệm kỳ 2020-2025 gồm …"
    nameless = " ".join(lows(case.noun)) in _PEOPLE and not count(case.described) and case.move == ""
    begins = bool(lead) and begins_body(lead[0])
    if count(lead) < 2 or not (told or (nameless and begins)):
        return ()
    if not told and not all(w.text[:1].isupper() or phrases("body_words").at((w,)) for w in lead):
        return ()
    words = governing(lead)
    body = next((i for i, w in enumerate(words) if begins_body(w)), 0)
    end = next((i for i in range(body + 1, len(words)) if words[i].low in ("khóa", "lần", "nhiệm")), len(words))
    return last_words(words[body:end], 9) if count(words[body:end]) >= 2 else ()


_OWNING = frozenset({"của", "trên", "thuộc", "tại", "ở", "từ"})
"""Prepositions that tie a figure to the one before it, and govern nothing."""
_CLASSIFIERS = frozenset({"con", "người", "hộ", "vụ", "trường hợp", "cái", "chiếc", "lượt", "khẩu", "cây"})
"""Units that add nothing to a subject that says what they are (``tổng đàn bò 812 con``)."""
_PEOPLE = frozenset({"đồng chí", "người", "con", "trường hợp"})
"""Things counted that say nothing by themselves: whose they are does."""


def _owner(case: Case, lead: Words) -> Words:
    """``tổng đàn bò hiện có 1.380 con``: what has the things, where it is no actor and the things are nameless."""
    words = governing(lead)
    if phrases("owners").at(plain(lead)) and not count(case.described):
        return shortened(plain(lead), 7)
    named = phrases("heads").at(words) or " ".join(lows(case.noun)) in _PEOPLE
    return shortened(words, 7) if named and not count(case.described) and not is_actor(words) and count(words) <= 8 else ()


def _limited(label: Words, action: int) -> Words:
    return shortened(label, LONGEST, max(4, action + 2)) if count(label) > LONGEST else label
