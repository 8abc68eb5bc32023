"""Counts of things: a number and the noun it counts, known to the lexicon or not; and numbers whose noun stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.extract.magnitudes import read_scaled
from toolkit.extract.numerals import Number, settle
from toolkit.extract.rates import read_per
from toolkit.extract.reading import Reading, bare_reading
from toolkit.extract.scan import Scan, Word
from toolkit.extract.vocabulary import cues, vocabulary
from toolkit.model.amount import Kind

_SLASH_NOUN = re.compile(r" ?/ ?(?=[^\W\d_])")
_CLOSES = re.compile(
    r" ?(?:[;.)\]|]|,|\n|\Z|\((?!\d)|và |so với|trong đó|\.\.\.|…)"
    r"|,? (?:trong khi|tương ứng|bao gồm|gồm|chiếm|tăng|giảm|vượt|đạt)(?![^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """The counted noun: its place, and the lexicon entry (empty when the lexicon does not know it)."""

    start: int
    end: int
    entry: str


def find_noun(scan: Scan, at: int) -> Noun | None:
    """The noun that starts at ``at``: the longest classifier of the lexicon, else one or two words that look like a noun."""
    known = vocabulary()
    words = scan.after(at, known.classifier_length)
    if words and words[0].text == "số":
        return find_noun(scan, words[0].end)  # "195 số gia đình": a slip of the pen
    if not words:
        return None
    if paired := _paired(scan, words[0].start, words[0].text):
        return paired
    for count in range(len(words), 0, -1):
        phrase = " ".join(word.text for word in words[:count])
        group = known.classifiers.get(phrase)
        if group is not None:
            return Noun(words[0].start, words[count - 1].end, f"vi/classifiers:{group}/{phrase}")
    if motto := _motto(words):
        return motto
    if words[0].text in known.stop_words:
        return None
    return _unknown(scan, at)


def _paired(scan: Scan, start: int, first: str) -> Noun | None:
    """``xã, phường``, ``đ/c``: nouns with a mark in them that the lexicon knows as one."""
    known = vocabulary()
    for phrase in known.paired_classifiers.get(first, ()):
        end = start + len(phrase)
        if scan.low.startswith(phrase, start) and not scan.low[end : end + 1].isalpha():
            return Noun(start, end, f"vi/classifiers:{known.classifiers[phrase]}/{phrase}")
    return None


def _motto(words: list[Word]) -> Noun | None:
    """The words of a motto (``4 tại chỗ``), which no other rule would take for a noun."""
    for count in (2, 1):
        if len(words) >= count and " ".join(word.text for word in words[:count]) in vocabulary().mottos:
            return Noun(words[0].start, words[count - 1].end, "")
    return None


def _unknown(scan: Scan, at: int) -> Noun | None:
    """One or two words that may be a noun.  Two capitalised words in a row are a name: an address, no count."""
    words = scan.after(at, 3)
    first = words[0]
    capitals = [scan.text[word.start].isupper() for word in words]
    if len(first.text) < 2 or (capitals[0] and len(words) > 1 and capitals[1]):
        return None
    short = scan.text[first.start : first.end].isupper()  # an abbreviation ("12 ĐVTN ưu tú") is a whole noun
    if (
        not short
        and len(words) > 1
        and not capitals[1]
        and words[1].text not in vocabulary().function_words
        and len(words[1].text) > 1
    ):
        return Noun(first.start, words[1].end, "")
    return Noun(first.start, first.end, "")


def read_count(scan: Scan, number: Number) -> Reading | None:
    """A number and its noun, with magnitudes between (``4,25 triệu lượt``) or a slash (``125.000/lao động``)."""
    scaled = read_scaled(scan, number)
    at = scaled.end
    if slash := _SLASH_NOUN.match(scan.low, at):
        noun = find_noun(scan, slash.end())
        if noun is None or not noun.entry or scaled.factor > 1:
            return None  # "45 triệu/người" is money of which only the magnitude is written
    else:
        noun = find_noun(scan, at)
    if noun is None or (scaled.mixed and not noun.entry):
        return None
    if scaled.factor >= 1000 and not noun.entry:
        return None  # an unknown word after "triệu" goes on with the sentence far more often than it is counted in millions
    unit = scan.words(noun.start, noun.end)
    settled = settle(number, Kind.COUNT, unit, scaled.factor > 1)
    value = scaled.value if settled is number else settled.value * scaled.factor
    end, per = read_per(scan, noun.end, unit)
    rule = "counts.classifier" if noun.entry else "counts.noun"
    return Reading(
        settled, value, Kind.COUNT, unit, rule, end, (noun.start, noun.end), noun.entry, per, scaled.factor, scaled.end
    )  # fmt: skip


def read_bare(scan: Scan, number: Number, *, counted_before: bool) -> Reading | None:
    """A number that ends its clause, its noun standing before it (``khiển trách 34``, ``tổng số đảng viên: 1.151``).

    ``counted_before``: an earlier count in the sentence, from which such a list takes its noun.
    """
    if _CLOSES.match(scan.low, number.end) is None:
        return None
    whole = number.value == number.value.to_integral_value()
    words = scan.before(number.start, 1)
    colon = scan.low[max(0, number.start - 2) : number.start].strip() == ":"
    if not words and not colon:
        return None
    if words and whole and not number.grouped:
        word = scan.text[words[0].start : words[0].end]
        if not word.islower() or (not counted_before and words[0].text not in cues("bare_before") and not colon):
            return None
    if whole and number.value < 2 and not counted_before:
        return None
    return bare_reading(number, Kind.COUNT, "counts.bare", rejected=("label",))
