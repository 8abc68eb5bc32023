"""What the readings of labels share: the label itself, what later figures of a sentence may refer to, and how names are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.extract.cases import Case
from toolkit.extract.phrases import Words, count, ends_with, phrases, plan_links, shortened

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
class State:
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
    before: Words = ()
    """What the sentence before was about."""
    proportion: Words = ()
    """``tỷ trọng``, where a figure before or the lead-in told of shares of one whole."""
    congress: Words = ()
    """``dự đại hội`` where the sentence tells of a congress."""


def carried(case: Case, state: State, head: int, rule: str = "carried") -> Label:
    """The label of an earlier figure of the sentence, once more."""
    return Label(state.labels[head].text, rule, case.move, carried=True, head=head)


def joined(base: Words, own: Words) -> Words:
    """Base and own words; what ends the one and begins the other stands once, and the own words stay when the whole is too long."""
    lows = [w.low for w in own]
    shared = next((k for k in range(min(len(base), len(own)), 0, -1) if [w.low for w in base[-k:]] == lows[:k]), 0)
    own = shortened(own, 6, grace=0)
    room = max(0, LONGEST + 1 - count(own))
    kept = base[: len(base) - shared]
    if phrases("heads").at(kept) and count(kept) > room:
        return shortened(kept, room, grace=0) + own  # "tốc độ tăng trưởng kinh tế …": its head, not what ends it
    return kept[max(0, len(kept) - room) :] + own


def joined_after(own: Words, base: Words) -> Words:
    lows = {w.low for w in own}
    return (own + tuple(w for w in base if w.low not in lows))[:LONGEST]


def completed(label: Words, state: State) -> Words:
    """``tổng kinh phí`` of what?  A noun that means nothing alone takes the name of the figure before it."""
    base = _measured(state.subject or state.parent)
    if count(label) <= 4 and base and ends_with("dependents", label):
        lows = {w.low for w in label}
        return (label + tuple(w for w in base if w.low not in lows))[:LONGEST]
    return label


def _measured(base: Words) -> Words:
    """``diện tích thu hoạch``, ``thực hiện doanh số cho vay``: what was measured there, without that measure."""
    light = phrases("light_verbs").at(base)
    at = light if phrases("dependents").at(base, light) else 0
    size = phrases("dependents").at(base, at)
    return base[at + size :] if size and at + size < len(base) else base


def only_plan(words: Words) -> bool:
    """True for words that only name the plan, not what is planned: ``kế hoạch huyện giao``, ``cao hơn nghị quyết đề ra``."""
    passed = {0, 1, phrases("attainments").at(words), phrases("changes").at(words)} if _passing(words) else {0}
    return any(_names_plan(words, size) for size in passed)


def _passing(words: Words) -> bool:
    return bool(phrases("attainments").at(words) or phrases("changes").at(words))


def _names_plan(words: Words, start: int) -> bool:
    at = start + phrases("plan_names").at(words, start)
    if at == start:
        return False
    while at < len(words) and (size := plan_links().at(words, at)):
        at += size
    return at == len(words)
