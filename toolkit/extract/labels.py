"""What a figure measures, in the text's own words.

The figures of a sentence are read in order; each takes its name from the words before it (the subject of a verb of reaching, the
verb that governs a counted thing), from the words after it (the counted thing and what describes it), or, when neither says
anything new, from the figure before it.  ``trong đó`` makes what follows a part of what came before.  The readings stand in
``_READINGS``, first match wins; their words stand in ``data/vi/labels.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from toolkit.extract.cases import LINKS, Case, lows, read_cases
from toolkit.extract.clauses import Clausal, Shape
from toolkit.extract.phrases import (
    Words,
    count,
    ends_with,
    governing,
    is_actor,
    last_words,
    only,
    phrases,
    plain,
    shortened,
    spoken,
    without_agent,
    without_closers,
    without_openers,
)
from toolkit.model.amount import Amount, Kind

_FAR = 9
"""Words before a preposition beyond which they no longer say what is done for those counted."""
_AVERAGE = frozenset({"bình", "quân", "trung", "mỗi", "năm"})
LONGEST = 9
"""Words of a label; annotators use two to eight, the function words that they drop come on top."""


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` of the label and the ``rule`` that found it.

    ``move`` is the sort of the verb right before the figure: ``reach``, ``change``, ``attain``, ``exist`` or empty.
    ``carried`` tells that the words are those of an earlier figure, ``head`` which figure that is.
    """

    text: str
    rule: str
    move: str = ""
    carried: bool = False
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """What a sentence leaves to a following "Trong đó …": the words of its last whole and their unit."""

    words: Words = ()
    unit: str = ""
    open: bool = False
    """It ended in "trong đó:", so that the items below are its parts."""


@dataclass
class _State:
    """What later figures of the sentence may refer to."""

    labels: dict[int, Label] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    clauses: dict[int, int] = field(default_factory=dict)
    subject: Words = ()
    action: Words = ()
    noun: Words = ()
    described: Words = ()
    parent: Words = ()
    unit: str = ""
    """Unit of the figure that ``parent`` names."""
    parts: bool = False
    clause: int = 0
    congress: Words = ()
    """``dự đại hội`` where the sentence tells of a congress."""


def read_labels(
    sentence: Clausal, amounts: tuple[Amount, ...], nouns: tuple[Words, ...], parent: Parent | None = None
) -> tuple[tuple[Label, ...], Parent]:
    """Labels of all figures of a sentence, in order, and the words that a following "Trong đó …" goes on with.

    ``nouns`` are the words of each figure's unit where it counts something, else empty.  ``parent`` is what the sentence before
    left for such a going on.
    """
    state = _State(congress=_congress(sentence))
    words = [t for t in sentence.tokens[:4] if t.shape is Shape.WORD]
    if phrases("parts").at(words) or (parent is not None and parent.open):
        state.parts = True
        if parent is not None:
            state.parent, state.unit = parent.words, parent.unit
    cases = read_cases(sentence, amounts, nouns)
    for case in cases:
        if case.frame.clause != state.clause:
            state.clause = case.frame.clause
            if not case.bare:
                state.parts = False
        if case.frame.colon and not state.parent:
            state.parent = shortened(without_openers(case.frame.earlier[-1]), 6)
        if case.parts or any(phrases("parts").at(plain(s)) for s in case.frame.earlier):
            state.parts = True
        state.units[case.frame.index] = case.amount.unit
        state.clauses[case.frame.index] = case.frame.clause
        state.labels[case.frame.index] = next(label for reading in _READINGS if (label := reading(case, state)))
    return tuple(state.labels[i] for i in range(len(sentence.frames))), _left(sentence, state, parent)


def _left(sentence: Clausal, state: _State, parent: Parent | None) -> Parent:
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

Reading = Callable[[Case, _State], "Label | None"]


def _part(case: Case, state: _State) -> Label | None:
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
    if same and count(case.described):
        return Label(spoken(own), "part-of-its-own", case.move)
    return Label(spoken(_joined(state.parent, own)), "part", case.move)


def _joined(base: Words, own: Words) -> Words:
    """Base and own words; what ends the one and begins the other stands once, and the own words stay when the whole is too long."""
    lows = [w.low for w in own]
    shared = next((k for k in range(min(len(base), len(own)), 0, -1) if [w.low for w in base[-k:]] == lows[:k]), 0)
    own = shortened(own, 6)
    room = max(0, LONGEST + 1 - count(own))
    kept = base[: len(base) - shared]
    return kept[max(0, len(kept) - room) :] + own


def _share(case: Case, state: _State) -> Label | None:
    """``100% các tổ dân phố duy trì …``: a percentage at the head of its clause names what it is a share of."""
    if case.amount.kind is not Kind.PERCENT or not case.tail or case.move in ("attain", "change"):
        return None
    if phrases("plans").at(case.tail) or (case.move == "reach" and _has_subject(case, state)):
        return None
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
        owner = next((i for i, w in enumerate(tail) if i >= 2 and w.low in ("trực", "thuộc", "của", "trên", "trong")), len(tail))
        said = next(
            (i for i in range(owner, len(tail)) if tail[i].low in ("đều", "được", "đã", "đạt", "có", "xây", "hoàn")), len(tail)
        )
        tail = tail[:owner] + tuple(w for w in tail[said:] if w.low not in ("đều", "đã"))
    return shortened(without_agent(tail), LONGEST, 5)


def _has_subject(case: Case, state: _State) -> bool:
    return bool(count(case.subject) or state.subject or case.frame.earlier)


def _level(case: Case, state: _State) -> Label | None:
    """``X đạt N``: the subject of the verb of reaching."""
    if case.move not in ("reach", "change", "attain") or (case.counted and case.amount.kind is Kind.FRACTION):
        return None
    label = _subject(case)
    if not count(label) or is_actor(label) or only_plan(label):
        return None
    if case.frame.opened is Shape.FIGURE and case.move == "attain" and case.amount.kind is Kind.PERCENT:
        return Label(state.labels[case.frame.index - 1].text, "carried", case.move, carried=True, head=case.frame.index - 1)
    return _named(label, case, state, "level")


def _named(label: Words, case: Case, state: _State, rule: str) -> Label:
    """A label of its own; a noun that means nothing alone takes what it belongs to, and does not become what others belong to."""
    whole = _completed(label, state)
    if whole is label:
        part = state.parts and count(label) <= 3 and not phrases("heads").at(label)
        if part and state.parent and case.amount.unit == state.unit:
            return Label(spoken(_joined(state.parent, label)), "part-of-level", case.move)
        state.subject = state.parent = label
        state.unit = case.amount.unit
        state.action, state.noun = (), ()
    return Label(spoken(whole), rule, case.move)


def _subject(case: Case) -> Words:
    """The subject as a label: openers, actor and endings cut; a head before a comma goes with what is coordinated with it."""
    phrase = governing(case.subject)
    headless = not phrases("heads").at(plain(case.subject))
    for stretch in case.frame.earlier[-1:] if headless and count(phrase) else ():
        before = without_closers(without_openers(stretch))
        if phrases("heads").at(plain(stretch)) and count(before) >= 2:
            return shortened(before + phrase if count(phrase) <= 2 else before, LONGEST)
    return shortened(phrase, LONGEST)


def _completed(label: Words, state: _State) -> Words:
    """``tổng kinh phí`` of what?  A noun that means nothing alone takes the name of the figure before it."""
    base = state.subject or state.parent
    if count(label) <= 4 and base and ends_with("dependents", label):
        lows = {w.low for w in label}
        return (label + tuple(w for w in base if w.low not in lows))[:LONGEST]
    return label


def only_plan(words: Words) -> bool:
    """True for words that only name the plan, not what is planned."""
    passed = {0, 1, phrases("attainments").at(words)} if phrases("attainments").at(words) else {0}
    return any(phrases("plan_names").at(words, size) == len(words) - size > 0 for size in passed)


def _bracketed(case: Case, state: _State) -> Label | None:
    """``(khiển trách 34)``, ``(tăng 5%)``: inside a bracket, the figure before it gives the subject."""
    frame = case.frame
    if frame.bracketed and frame.host is None and not count(governing(case.subject)) and not case.counted:
        told = frame.earlier[-1] if frame.earlier else ()
        if frame.previous is not None and only_plan(plain(told)):
            return Label(state.labels[frame.previous].text, "carried", case.move, carried=True, head=frame.previous)
        return _earlier(case, state)
    if not frame.bracketed or frame.host is None:
        return None
    host = state.labels[frame.host]
    own = governing(case.subject)
    if only_plan(own) or only_plan(plain(case.frame.lead)) or (only(own, _AVERAGE) and count(own)):
        return Label(host.text, "bracket", case.move, carried=True, head=frame.host)
    if case.move in ("", "reach") and count(own) and not is_actor(own) and not only_plan(own):
        base = (state.noun or state.subject) if case.amount.kind is Kind.COUNT else ()
        if size := phrases("heads").at(state.subject):
            return Label(spoken(state.subject[:size] + shortened(own, 6)), "bracket-part", case.move)
        return Label(spoken(_joined_after(shortened(own, LONGEST), base)), "bracket-part", case.move)
    if case.counted and case.move in ("", "exist") and not set(lows(case.noun)) <= set(host.text.split()):
        return None
    return Label(host.text, "bracket", case.move, carried=True, head=frame.host)


def _joined_after(own: Words, base: Words) -> Words:
    lows = {w.low for w in own}
    return (own + tuple(w for w in base if w.low not in lows))[:LONGEST]


def _total(case: Case, state: _State) -> Label | None:
    """``600 hộ trong tổng số 4.200 hộ``: the whole takes the verb of its part."""
    lead = tuple(w.low for w in plain(case.frame.lead))
    if not case.counted or not any(lead[i : i + 2] == ("tổng", "số") for i in range(max(0, len(lead) - 3), len(lead) - 1)):
        return None
    if case.frame.opened is not Shape.FIGURE:
        return None
    words = case.noun + (shortened(case.described, 5) or state.action)
    return Label("tổng số " + spoken(words), "total", case.move)


def _again(case: Case, state: _State) -> Label | None:
    """``vượt 8 đồng chí``, ``đến nay còn 4 hộ``: the same count once more."""
    previous = case.frame.previous
    if not case.counted or count(case.subject) or previous is None or case.frame.opened is Shape.STOP:
        return None
    moved = case.move in ("attain", "change") and case.amount.kind is Kind.COUNT
    same = case.move == "reach" and case.amount.kind is Kind.COUNT and state.units.get(previous) == case.amount.unit
    if not moved and not same:
        return None
    return Label(state.labels[previous].text, "carried", case.move, carried=True, head=previous)


def _counting(case: Case, state: _State) -> Label | None:
    """``kết nạp 40 đảng viên``: the verb, the counted thing and what describes it."""
    thing = case.amount.kind in (Kind.MEASURE, Kind.MONEY) and count(case.described) and case.move in ("", "exist")
    if not case.counted and not thing:
        return None
    described = _described(case, state)
    action, goes_to = _action(case, state)
    if phrases("members").at_end(plain(case.frame.lead)) and count(action) >= 2:
        return Label(spoken(action), "members", case.move)
    if count(described) and not goes_to and phrases("light_verbs").at_end(action):
        action = ()
    if count(described) > 2 and count(action + case.noun + described) > LONGEST:
        action = ()
    label = plain(action + case.noun + described)
    if not count(label):
        return None
    state.action = action if action[:1] and action[0].low != "toàn" else ()
    state.noun, state.described = case.noun or described, described
    state.subject, state.parent = label, plain(action + case.noun)
    state.unit = case.amount.unit
    return Label(spoken(_limited(label, count(action))), "counting", case.move)


def _described(case: Case, state: _State) -> Words:
    """What describes a counted thing: the words after it, without the thing once more; else what described it before."""
    words = shortened(_without_fillers(case.described), 6, grace=1)
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


def _action(case: Case, state: _State) -> tuple[Words, bool]:
    """The words that govern a counted thing, and whether a preposition stands between (``tạo việc làm cho …``)."""
    lead = plain(case.subject)
    if case.move == "attain" and case.amount.kind is Kind.FRACTION:
        size = phrases("attainments").at_end(plain(case.frame.lead))
        return plain(case.frame.lead)[-size:] if size else (), False
    if not count(lead) and case.frame.colon:
        return shortened(without_openers(case.frame.earlier[-1]), 7), True
    if phrases("members").at_end(plain(case.frame.lead)) and count(lead) >= 2:
        return last_words(governing(lead), 6), True
    if not count(lead) or only(lead, LINKS):
        nameless = " ".join(lows(case.noun)) in _PEOPLE and not count(case.described)
        carries = case.frame.opened is not Shape.STOP and (case.move == "" or (case.move == "exist" and nameless))
        return (state.action if carries else ()), False
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
    if (
        case.frame.opened is Shape.COMMA
        and count(words) <= 2
        and case.frame.earlier
        and phrases("heads").at(plain(case.frame.earlier[-1]))
    ):
        return shortened(without_openers(case.frame.earlier[-1]) + words, 6), True
    head = case.frame.earlier[-1] if case.frame.earlier else ()
    if case.frame.opened is Shape.COMMA and 0 < count(words) <= 2 and phrases("heads").at(plain(head)):
        return shortened(without_openers(head) + words, 6), True  # "tổng đàn trâu, bò 1.095 con"
    return words if count(words) <= 6 else last_words(words, 4), False


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


def _carried(case: Case, state: _State) -> Label | None:
    """Nothing new before the figure: it speaks of the subject of the figure before it."""
    subject = governing(case.subject)
    if count(subject) and not is_actor(subject) and not only_plan(subject):
        return None
    previous = case.frame.previous
    if previous is None or previous not in state.labels or _heads_between(case) or case.frame.colon:
        return None
    if case.frame.earlier and state.clauses[previous] != case.frame.clause and not case.frame.bracketed:
        return _earlier(case, state)  # "…; xây dựng - tiểu thủ công nghiệp, chiếm 24%"
    return Label(state.labels[previous].text, "carried", case.move, carried=True, head=previous)


def _heads_between(case: Case) -> bool:
    return any(phrases("heads").at(plain(s)) or phrases("parts").at(plain(s)) for s in case.frame.earlier)


def _plain_subject(case: Case, state: _State) -> Label | None:
    """Whatever stands before the figure."""
    words = governing(case.subject)
    if not count(words) or is_actor(words) or only_plan(words):
        return None
    return _named(shortened(words, LONGEST), case, state, "before")


def _earlier(case: Case, state: _State) -> Label | None:
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
    end = phrases("predicates").first(words, 4 if phrases("heads").at(words) else 2)
    return shortened(without_closers(words[:end]), LONGEST)


def _after(case: Case, state: _State) -> Label | None:
    """Whatever stands after the figure."""
    words = shortened(without_openers(case.noun + (case.described or case.tail)), LONGEST)
    if not count(words):
        return None
    state.subject = state.parent = words
    return Label(spoken(words), "after", case.move)


def _fallback(case: Case, state: _State) -> Label | None:
    previous = case.frame.previous
    if previous is not None and previous in state.labels:
        return Label(state.labels[previous].text, "carried", case.move, carried=True, head=previous)
    return Label(spoken(case.noun) or case.amount.unit or "số liệu", "unnamed", case.move)


_READINGS: tuple[Reading, ...] = (
    _part,
    _share,
    _total,
    _bracketed,
    _level,
    _again,
    _counting,
    _carried,
    _plain_subject,
    _earlier,
    _after,
    _fallback,
)
