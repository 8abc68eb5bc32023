"""Cutting a run of words down to the phrase that names something: what may open it, close it, and where it is long enough.

All cutting words live in ``data/vi/labels.yaml``.  A phrase is a tuple of tokens of one sentence, so that its words stay the
text's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.extract.clauses import Shape, Token
from toolkit.lexicon import load

Words = tuple[Token, ...]


@dataclass(frozen=True)
class Phrases:
    """A set of word sequences, looked up at the beginning, the end or inside a run of tokens.

    The cost of a look-up is the length of the longest phrase, not the number of phrases.
    """

    entries: frozenset[tuple[str, ...]]
    longest: int
    heads: frozenset[str]
    """First words of the entries; most words of a text are none, which settles most look-ups at once."""
    ends: frozenset[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        entries = frozenset(tuple(str(p).split()) for p in phrases)
        longest = max((len(e) for e in entries), default=0)
        return cls(entries, longest, frozenset(e[0] for e in entries), frozenset(e[-1] for e in entries))

    def at_end(self, words: Sequence[Token]) -> int:
        """Number of words of the longest phrase that ends the run; 0 when none does."""
        if not words or words[-1].low not in self.ends:
            return 0
        for size in range(min(self.longest, len(words)), 0, -1):
            if tuple(w.low for w in words[-size:]) in self.entries:
                return size
        return 0

    def at(self, words: Sequence[Token], index: int = 0) -> int:
        """Number of words of the longest phrase that begins at ``index``; 0 when none does."""
        if index >= len(words) or words[index].low not in self.heads:
            return 0
        for size in range(min(self.longest, len(words) - index), 0, -1):
            if tuple(w.low for w in words[index : index + size]) in self.entries:
                return size
        return 0

    def last(self, words: Sequence[Token]) -> tuple[int, int]:
        """Place and size of the last phrase inside the run; ``(-1, 0)`` when there is none."""
        for index in range(len(words) - 1, -1, -1):
            if size := self.at(words, index):
                return index, size
        return -1, 0

    def first(self, words: Sequence[Token], start: int = 0) -> int:
        """Place of the first phrase at or after ``start``; the length of the run when there is none."""
        return next((i for i in range(start, len(words)) if self.at(words, i)), len(words))


@cache
def phrases(name: str) -> Phrases:
    """The word list ``name`` of ``data/vi/labels.yaml``."""
    data: dict[str, Any] = load("vi/labels")
    return Phrases.of(data[name]["words"])


def is_one(words: Words, name: str) -> bool:
    """The run is one entry of a word list, and nothing more."""
    return 0 < len(words) == phrases(name).at(words)


def begins_body(word: Token) -> bool:
    """The first word of a body's name (``Ban Chấp hành``): words before it are no part of the name (``Bầu Ban Chấp hành``)."""
    return word.text[:1].isupper() and bool(phrases("bodies").at((word,)))


@cache
def plan_links() -> Phrases:
    """What may stand between the name of a plan and its figure (``data/vi/roles.yaml``)."""
    data: dict[str, Any] = load("vi/roles")
    return Phrases.of(data["plan_links"]["words"])


def plain(words: Iterable[Token]) -> Words:
    """Without joining dashes at either end, which belong to no phrase."""
    out = list(words)
    while out and out[0].shape is Shape.JOIN:
        out.pop(0)
    while out and out[-1].shape is Shape.JOIN:
        out.pop()
    return tuple(out)


def count(words: Iterable[Token]) -> int:
    """Number of words proper."""
    return sum(w.shape is Shape.WORD for w in words)


def without_openers(words: Words) -> Words:
    words = plain(words)
    while words and not phrases("compounds").at(words) and (size := phrases("openers").at(words)):
        words = plain(words[size:])
    return words


def without_closers(words: Words) -> Words:
    words = plain(words)
    while words and not phrases("compounds").at_end(words) and (size := phrases("closers").at_end(words)):
        words = plain(words[:-size])
    return words


def without_light_verbs(words: Words) -> Words:
    """``Duy trì tổng đàn gia súc``, ``tăng tỷ trọng dịch vụ``: without the verb, where it governs the name of an indicator."""
    words = without_openers(words)
    size = phrases("light_verbs").at(words) or phrases("changes").at(words)
    return words[size:] if size and phrases("heads").at(words, size) else words


def after_actor(words: Words) -> Words:
    """What stands after the last marker of an action (``đã``, ``tiếp tục``): what was done, without who did it."""
    words = without_closers(words)
    if phrases("heads").at(without_openers(words)):
        return words  # "tỷ lệ lao động đã qua đào tạo": what is said of those measured, not what somebody did
    index, size = phrases("aspects").last(words)
    return words[index + size :] if index >= 0 and index + size < len(words) else words


def governing(words: Words) -> Words:
    """The phrase that governs a figure: without actor, openers and endings."""
    return without_closers(without_openers(without_actor(without_openers(after_actor(_after_turn(words))))))


def _after_turn(words: Words) -> Words:
    """``mặc dù … nhưng thu ngân sách vẫn đạt``, ``với các chỉ tiêu chủ yếu thu ngân sách đạt``: what the sentence comes to."""
    index = next((i for i in range(len(words) - 2, 0, -1) if words[i].low in ("nhưng", "nên", "thì", "song")), -1)
    words = words[index + 1 :] if index > 0 else words
    at, size = phrases("announcers").last(words)
    return words[at + size :] if at > 0 and at + size + 1 < len(words) else words


_LEVELS = frozenset(
    [
        "phường",
        "xã",
        "thị",
        "trấn",
        "huyện",
        "quận",
        "tỉnh",
        "thành",
        "phố",
        "đặc",
        "khu",
        "này",
        "ta",
        "đảng",
        "bộ",
        "và",
        "toàn",
        "quận",
    ]
)


def without_actor(words: Words) -> Words:
    """Without the unit or office that acts, at the beginning: ``đặc khu đón``, ``Đảng bộ Phường 9 đặt``, ``Quế Thọ phấn đấu``."""
    size = 0 if phrases("actor_compounds").at(words) else phrases("actors").at(words)
    while size and size < len(words):
        more = _more_of_actor(words, size)
        if not more:
            break
        size += more
    if not size:
        run = next((i for i, w in enumerate(words) if not _named(w) or (i and begins_body(w))), len(words))
        size = run if run >= 2 and not words[0].text.isupper() and words[0].low not in _BODIES else 0
    return words[size:] if 0 < size < len(words) else words


def _more_of_actor(words: Words, at: int) -> int:
    """Words at a place that go on naming who acts: its level, its own name, the body it belongs to (``trực thuộc Huyện ủy``)."""
    if [w.low for w in words[at : at + 2]] == ["trực", "thuộc"]:
        size = phrases("actors").at(words, at + 2)
        return 2 + size if size else 0
    if phrases("actor_compounds").at(words, at):
        return 0
    if words[at].low == "thành" and not (at + 1 < len(words) and words[at + 1].low in ("phố", "ủy")):
        return 0  # "Đảng bộ thành lập …"
    return phrases("actors").at(words, at) or int(words[at].low in _LEVELS or _named(words[at]))


_BODIES = frozenset({"ban", "ủy", "hội", "đoàn", "quỹ", "chương", "phong", "cuộc", "nghị", "tổng", "công", "mặt", "tỷ", "thu"})
"""First words of names that say what is counted, not who acts."""


def _named(word: Token) -> bool:
    return word.text[:1].isupper() or word.text[:1].isdigit()


_GRACE = 3
"""Words by which a phrase may pass its limit when it then ends by itself, so that no word of two syllables is cut in half."""


def shortened(words: Words, limit: int = 8, least: int = 3, grace: int = _GRACE) -> Words:
    """About ``limit`` words; a longer run ends before its last cutting word within the limit, but not before ``least`` words."""
    if count(words) > limit:
        cuts = [i for i in range(least, len(words)) if phrases("cuts").at(words, i) and not _kept(words, i)]
        words = words[: max((i for i in cuts if count(words[:i]) <= limit), default=cuts[0] if cuts else None)]
    if count(words) <= limit + grace:
        return without_closers(words)
    out: list[Token] = []
    for index, word in enumerate(words):
        if count(out) >= limit and not _within_word(words, index):
            break
        out.append(word)
    return without_closers(tuple(out))


def _kept(words: Words, index: int) -> bool:
    """What follows belongs to the name (``đạt chuẩn quốc gia``), or the word is part of another one."""
    return in_compound(words, index) or bool(phrases("tail_keeps").at(words, index))


def _within_word(words: Words, index: int) -> bool:
    """A word or fixed phrase of several syllables begins before the place and ends behind it."""
    known = phrases("whole_words")
    return any(known.at(words, start) > index - start for start in range(max(0, index - known.longest + 1), index))


def in_compound(words: Words, index: int) -> bool:
    """The word is part of a compound (``trực thuộc``, ``trong sạch``), where it cuts nothing."""
    return any(phrases("compounds").at(words, start) > index - start for start in range(max(0, index - 2), index + 1))


def last_words(words: Words, limit: int) -> Words:
    """The last ``limit`` words; a longer run is cut after its last conjunction first."""
    if count(words) > limit:
        index = next((i for i in range(len(words) - 1, -1, -1) if words[i].low == "và"), -1)
        words = words[index + 1 :] if 0 <= index < len(words) - 1 else words
    return plain(words[-limit:]) if len(words) > limit else words


def only(words: Words, allowed: frozenset[str]) -> bool:
    """True when every word is one of ``allowed`` (also for no words)."""
    return all(w.low in allowed for w in words)


def is_actor(words: Words) -> bool:
    """True for words that name who acts or owns: an office, a unit, a proper name."""
    if not words:
        return False
    size = phrases("actors").at(words)
    rest = words[size:]
    named = all(w.text[:1].isupper() or w.text[:1].isdigit() or w.low in _LEVELS for w in rest)
    return named and (size > 0 or (len(words) >= 2 and all(w.text[:1].isupper() for w in words)))


def without_agent(words: Words) -> Words:
    """``được Ban Thường vụ Quận ủy công nhận`` without the one who did it: a run of two capitalised words or more after
    ``được``.
    """
    for index, word in enumerate(words):
        if word.low in ("được", "bị", "do"):
            end = index + 1
            last = end
            while end < len(words) and (
                words[end].text[:1].isupper() or (end + 1 < len(words) and words[end + 1].text[:1].isupper())
            ):
                end += 1
                last = end
            if last > index + 1 and last < len(words):
                # An agent's last syllables are often in small letters: "Quận ủy", "Ban Thường vụ".
                while last < len(words) - 1 and words[last].low in ("ủy", "vụ", "trung", "ương", "tỉnh", "phủ", "sự"):
                    last += 1
                return words[: index + 1] + words[last:]
    return words


def ends_with(name: str, words: Words) -> bool:
    """True when the run ends with a phrase of the list ``name`` that covers all of it but an opener."""
    size = phrases(name).at_end(words)
    return size == len(words)


def spoken(words: Iterable[Token]) -> str:
    """The phrase as a label: lower case, single spaces, dashes kept."""
    return " ".join("–" if w.shape is Shape.JOIN and w.text in "–—" else w.text.lower() for w in plain(words))
