"""What a figure measures, in the text's own words.

The figures of a sentence are read in order; each takes its name from the words before it (the subject of a verb of reaching, the
verb that governs a counted thing), from the words after it (the counted thing and what describes it), or, when neither says
anything new, from the figure before it.  ``trong đó`` makes what follows a part of what came before.  The readings stand in
``_READINGS``, first match wins; their words stand in ``data/vi/labels.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.extract import counted
from toolkit.extract.cases import Case, lows, read_cases
from toolkit.extract.clauses import Clausal, Shape
from toolkit.extract.naming import LONGEST, Label, Parent, State, carried, completed, joined, joined_after, only_plan
from toolkit.extract.phrases import (
    Words,
    count,
    governing,
    in_compound,
    is_actor,
    only,
    phrases,
    plain,
    shortened,
    spoken,
    without_agent,
    without_closers,
    without_light_verbs,
    without_openers,
)
from toolkit.model.amount import Amount, Kind

_AVERAGE = frozenset({"bình", "quân", "trung", "mỗi", "năm"})


def read_labels(
    sentence: Clausal, amounts: tuple[Amount, ...], nouns: tuple[Words, ...], parent: Parent | None = None
) -> tuple[tuple[Label, ...], Parent]:
    """Labels of all figures of a sentence, in order, and the words that a following "Trong đó …" goes on with.

    ``nouns`` are the words of each figure's unit where it counts something, else empty.  ``parent`` is what the sentence before
    left for such a going on.
    """
    state = State(congress=_congress(sentence))
    state.before = parent.words if parent is not None else ()
    words = [t for t in sentence.tokens[:4] if t.shape is Shape.WORD]
    if phrases("parts").at(words) or (parent is not None and parent.open):
        state.parts = True
        if parent is not None:
            state.parent, state.unit = parent.words, parent.unit
    cases = read_cases(sentence, amounts, nouns)
    for case in cases:
        if case.frame.clause != state.clause:
            state.clause = case.frame.clause
            state.proportion = ()
            if not case.bare and (case.counted or case.move):
                state.parts = False
        if case.frame.colon and not state.parent:
            state.parent = shortened(without_openers(case.frame.earlier[-1]), 6)
        if case.parts or any(phrases("parts").at(plain(s)) for s in case.frame.earlier):
            state.parts = True
        state.units[case.frame.index] = case.amount.unit
        state.clauses[case.frame.index] = case.frame.clause
        state.labels[case.frame.index] = next(label for reading in _READINGS if (label := reading(case, state)))
    return tuple(state.labels[i] for i in range(len(sentence.frames))), _left(sentence, state, parent)


def _left(sentence: Clausal, state: State, parent: Parent | None) -> Parent:
    """What the next sentence may go on with; the items of an open whole go on with the same."""
    if parent is not None and parent.open:
        return parent
    ending = tuple(t for t in sentence.tokens[-5:] if t.shape is Shape.WORD)
    opens = bool(sentence.tokens) and sentence.tokens[-1].text == ":" and bool(phrases("parts").at_end(ending))
    return Parent(state.parent, state.unit, opens)


def _congress(sentence: Clausal) -> Words:
    """The words of the sentence that say that delegates came to a congress."""
    lows = sentence.lows
    at = next((i for i in range(len(lows) - 1) if lows[i : i + 2] == ("đại", "hội")), -1)
    if at < 0:
        return ()
    came = next((t for t in sentence.tokens if t.low == "dự"), None)
    return ((came,) if came else ()) + sentence.tokens[at : at + 2]


# ---------------------------------------------------------------- readings, first match wins

Reading = Callable[[Case, State], "Label | None"]


def _share(case: Case, state: State) -> Label | None:
    """``100% các tổ dân phố duy trì …``: a percentage at the head of its clause names what it is a share of."""
    if case.amount.kind is not Kind.PERCENT or not case.tail or case.move in ("attain", "change"):
        return None
    left = case.tail[0].low == "hộ" and lows(plain(case.frame.lead))[-1:] == ["còn"] and not count(governing(case.subject))
    if phrases("plans").at(case.tail) or (case.move == "reach" and _has_subject(case, state) and not left):
        return None  # but: "…, hiện chỉ còn dưới 5% hộ nghèo"
    tail = _share_words(without_openers(case.tail))
    if not count(tail):
        return None
    before = shortened(governing(case.subject), 4) if case.move == "" else ()
    state.subject = state.parent = before + tail
    state.action, state.noun = (), ()
    return Label(spoken(state.subject), "share", case.move)


def _share_words(tail: Words) -> Words:
    """What the share is of and what is said of it; an owner between the two (``trực thuộc Đảng bộ xã``) is left out."""
    if count(tail) > LONGEST - 2:
        owner = next((i for i, w in enumerate(tail) if i >= 2 and _owning(tail, i)), len(tail))
        said = next(
            (i for i in range(owner, len(tail)) if tail[i].low in ("đều", "được", "đã", "đạt", "có", "xây", "hoàn")), len(tail)
        )
        tail = tail[:owner] + tuple(w for w in tail[said:] if w.low not in ("đều", "đã"))
    return shortened(without_agent(tail), LONGEST, 5)


def _owning(tail: Words, index: int) -> bool:
    """``trực thuộc``, ``của``, ``trên``, ``trong``, but not ``trong sạch``."""
    low = tail[index].low
    return low == "trực" or (low in ("thuộc", "của", "trên", "trong") and not in_compound(tail, index))


def _has_subject(case: Case, state: State) -> bool:
    own = governing(case.subject)
    return bool((count(own) and not is_actor(own)) or state.subject or case.frame.earlier)


def _measure_of(case: Case, state: State) -> Label | None:
    """``cây quế là cây chủ lực với diện tích 2.500 ha``: a measure of what the words before ``với`` are about."""
    words = plain(case.subject)
    at = next((i for i in range(len(words) - 1, 1, -1) if words[i].low == "với"), -1)
    own = without_closers(without_openers(words[at + 1 :])) if at > 0 else ()
    known = {phrases(name).at_end(own) for name in ("dependents", "values", "self_told")}
    if not count(own) or len(own) not in known:
        return None
    if phrases("self_told").at(own) == len(own):
        return _named(own, case, state, "measure")  # "một phần phường 5 với diện tích tự nhiên 4,6 km2"
    base = without_openers(words[:at])
    base = base[: phrases("predicates").first(base, 1)]  # "cây quế tiếp tục được …"
    if count(base) < 2 or is_actor(base) or len(base) == at:
        base = governing(words[:at])
        light = phrases("light_verbs").at(base)
        base = base[light:] if count(base) - light >= 2 else base
        base = base[: phrases("predicates").first(base, 2)]
    if count(base) < 2 or is_actor(base):
        return None
    label = own + shortened(base, LONGEST - count(own))
    state.subject = state.parent = label
    state.unit, state.action, state.noun = case.amount.unit, (), ()
    return Label(spoken(label), "measure-of", case.move)


def _level(case: Case, state: State) -> Label | None:
    """``X đạt N``: the subject of the verb of reaching."""
    if case.move not in ("reach", "change", "attain") or (case.counted and case.amount.kind is Kind.FRACTION):
        return None
    if case.counted and lows(plain(case.frame.lead))[-2:] == ["thực", "hiện"]:
        return None  # "thực hiện 3 nhiệm vụ": the verb governs the things
    label = _through_count(case) or _subject(case)
    if not count(label) or is_actor(label) or only_plan(label):
        return None
    if case.frame.opened is Shape.FIGURE and case.move == "attain" and case.amount.kind is Kind.PERCENT:
        return carried(case, state, case.frame.index - 1)
    return _named(label, case, state, "level")


def _through_count(case: Case) -> Words:
    """``tỷ lệ học sinh hoàn thành chương trình 3 cấp học đạt 100%``: a count inside the name of a share."""
    before = without_openers(case.before)
    if (
        case.frame.opened is not Shape.FIGURE
        or case.amount.kind is not Kind.PERCENT
        or before[:1] == ()
        or before[0].low not in ("tỷ", "tỉ")
    ):
        return ()
    return shortened(before + without_closers(case.subject), LONGEST)


def _named(label: Words, case: Case, state: State, rule: str) -> Label:
    """A label of its own; a noun that means nothing alone takes what it belongs to, and does not become what others belong to."""
    if count(label) == 1 and state.before[:1] and state.before[0].low == label[0].low:
        label = state.before  # "cả năm thu đạt …" after a sentence about "thu ngân sách"
    label = _of_proportion(label, case, state)
    whole = completed(label, state)
    if whole is label:
        part = state.parts and count(label) <= 4 and not phrases("heads").at(label)
        if part and phrases("heads").at(state.parent) and case.amount.unit == state.unit:
            return Label(spoken(joined(state.parent, label)), "part-of-level", case.move)
        state.subject = label
        if not (state.parts and count(state.parent) and case.amount.unit == state.unit):
            state.parent = label  # else a part among parts: "vốn ngân sách tỉnh 20 tỷ đồng, ngân sách huyện …"
        state.unit = case.amount.unit
        state.action, state.noun = (), ()
    return Label(spoken(whole), rule, case.move)


def _of_proportion(label: Words, case: Case, state: State) -> Words:
    """``tỷ trọng dịch vụ chiếm 42%, công nghiệp 40%``: shares of one whole, whose head is named once."""
    told = case.frame.earlier[-1] if case.frame.colon else ()
    for words in (label, without_openers(told)):
        if size := phrases("proportions").at(words):
            state.proportion = words[:size]
    ends = phrases("heads").at(label) and not phrases("proportions").at(label)
    if ends or case.amount.kind is not Kind.PERCENT:
        state.proportion = ()
    if case.move not in ("", "reach") or phrases("proportions").at(label) or count(label) > LONGEST - 2:
        return label
    return state.proportion + label


def _subject(case: Case) -> Words:
    """The subject as a label: openers, actor and endings cut; a head before a comma goes with what is coordinated with it."""
    phrase = governing(case.subject)
    headless = not phrases("heads").at(plain(case.subject))
    if headless and (listed := _listed_before(case)):
        return shortened(listed + phrase, LONGEST)
    coordinated = headless and count(phrase) and not case.frame.colon and not case.parts
    for stretch in case.frame.earlier[-1:] if coordinated else ():
        before = without_closers(without_openers(without_light_verbs(stretch)))
        if phrases("heads").at(without_light_verbs(stretch)) and count(before) >= 2:
            return shortened(before + phrase if count(phrase) <= 2 else before, LONGEST)
    measure = next((i for i, w in enumerate(phrase) if i >= 2 and w.low == "theo"), len(phrase))
    return shortened(phrase[:measure] if count(phrase) > 7 else phrase, LONGEST)  # "hộ nghèo trong xã theo tiêu chí của tỉnh"


def _bracketed(case: Case, state: State) -> Label | None:
    """``(khiển trách 34)``, ``(tăng 5%)``: inside a bracket, the figure before it gives the subject."""
    frame = case.frame
    if frame.bracketed and frame.host is None and not count(governing(case.subject)) and not case.counted:
        told = frame.earlier[-1] if frame.earlier else ()
        if frame.previous is not None and only_plan(plain(told)):
            return carried(case, state, frame.previous)
        return _earlier(case, state)
    if not frame.bracketed or frame.host is None:
        return None
    host = state.labels[frame.host]
    like = [i for i, unit in state.units.items() if unit == case.amount.unit and i != frame.index]
    if case.counted and case.move == "change" and like and state.units[frame.host] != case.amount.unit:
        return carried(case, state, like[-1], "bracket")  # "… 15 vụ, làm chết 6 người (giảm 3 vụ, 2 người)"
    own = governing(case.subject)
    if only_plan(own) or only_plan(plain(case.frame.lead)) or (only(own, _AVERAGE) and count(own)):
        return carried(case, state, frame.host, "bracket")
    if case.move in ("", "reach") and count(own) and not is_actor(own) and not only_plan(own):
        base = (state.noun or state.subject) if case.amount.kind is Kind.COUNT else ()
        if size := phrases("heads").at(state.subject):
            return Label(spoken(state.subject[:size] + shortened(own, 6)), "bracket-part", case.move)
        return Label(spoken(joined_after(shortened(own, LONGEST), base)), "bracket-part", case.move)
    if case.counted and case.move in ("", "exist") and not set(lows(case.noun)) <= set(host.text.split()):
        return None
    return carried(case, state, frame.host, "bracket")


def _carried(case: Case, state: State) -> Label | None:
    """Nothing new before the figure: it speaks of the subject of the figure before it."""
    subject = governing(case.subject)
    if count(subject) and not is_actor(subject) and not only_plan(subject):
        return None
    previous = case.frame.previous
    if previous is None or previous not in state.labels or _heads_between(case) or case.frame.colon:
        return None
    if case.frame.earlier and state.clauses[previous] != case.frame.clause and not case.frame.bracketed:
        return _earlier(case, state)  # "…; xây dựng - tiểu thủ công nghiệp, chiếm 24%"
    return carried(case, state, previous)


def _heads_between(case: Case) -> bool:
    return any(phrases("heads").at(plain(s)) or phrases("parts").at(plain(s)) for s in case.frame.earlier)


def _plain_subject(case: Case, state: State) -> Label | None:
    """Whatever stands before the figure."""
    words = governing(case.subject)
    if not count(words) or is_actor(words) or only_plan(words):
        return None
    head = without_openers(case.frame.earlier[-1]) if case.frame.opened is Shape.COMMA and case.frame.earlier else ()
    goes_on = count(head) >= 3 and phrases("proportional").at(head) and not phrases("heads").at(words)
    if goes_on and phrases("predicates").first(head) == len(head):
        return _named(shortened(head + words, LONGEST), case, state, "before")  # "tỷ lệ đảng viên đánh giá, xếp loại …"
    if only(words, _AVERAGE) and case.frame.earlier and (told := _earlier(case, state)):
        return told  # "tốc độ tăng trưởng khá, bình quân 12,6%/năm"
    return _named(shortened(_listed_before(case) + words, LONGEST), case, state, "before")


def _listed_before(case: Case) -> Words:
    """``nông, lâm, thủy sản 1.250 tỷ đồng``: short nouns listed before the last one."""
    listed: Words = ()
    if case.frame.opened is not Shape.COMMA or count(case.subject) > 3:
        return listed
    for stretch in reversed(case.frame.earlier):
        words = plain(stretch)
        head = phrases("heads").at(words)
        if listed and head and phrases("predicates").first(words, head + 1) == len(words):
            return without_openers(words) + listed  # "giá trị sản xuất ngành nông, lâm nghiệp, thủy sản"
        if not 0 < count(words) <= 2 or phrases("openers").at(words) or phrases("predicates").first(words) < len(words):
            break
        listed = words + listed
    return listed


def _earlier(case: Case, state: State) -> Label | None:
    """A subject before a comma or bracket: ``thu ngân sách được chỉ đạo quyết liệt, đạt …``."""
    for stretch in reversed(case.frame.earlier):
        words = shortened(without_openers(stretch), LONGEST) if case.frame.colon else _stretch_subject(stretch)
        if count(words) >= 2 and not is_actor(words):
            state.subject = state.parent = words
            return Label(spoken(words), "earlier", case.move)
    return None


def _stretch_subject(stretch: Words) -> Words:
    words = plain(stretch)
    copula = next((i for i, w in enumerate(words) if w.low == "là"), -1)
    words = without_openers(words[copula + 1 :])
    turn = next((i for i in range(len(words) - 1, 0, -1) if words[i].low in ("nên", "thì", "nhưng", "song")), -1)
    words = without_openers(words[turn + 1 :])
    end = phrases("predicates").first(words, max(2, phrases("heads").at(words) + 1))
    if lows(words[end : end + 2]) == ["duy", "trì"] and phrases("heads").at(words, end + 2):
        words = words[end + 2 :]  # "kinh tế duy trì tốc độ tăng trưởng khá, bình quân …"
        end = phrases("predicates").first(words, 4)
    return shortened(without_closers(words[:end]), LONGEST)


def _after(case: Case, state: State) -> Label | None:
    """Whatever stands after the figure."""
    words = shortened(without_openers(case.noun + (case.described or case.tail)), LONGEST)
    if not count(words):
        return None
    state.subject = state.parent = words
    return Label(spoken(words), "after", case.move)


def _fallback(case: Case, state: State) -> Label | None:
    previous = case.frame.previous
    if previous is not None and previous in state.labels:
        return carried(case, state, previous)
    return Label(spoken(case.noun) or case.amount.unit or "số liệu", "unnamed", case.move)


_READINGS: tuple[Reading, ...] = (
    counted.part,
    _share,
    _measure_of,
    counted.total,
    _bracketed,
    _level,
    counted.again,
    counted.counting,
    _carried,
    _plain_subject,
    _earlier,
    _after,
    _fallback,
)
