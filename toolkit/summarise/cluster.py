"""What speaks for a sentence of a set of texts on one subject, measured against the whole set.

No vocabulary of the language is needed beyond a few cue words: how central a sentence is, how far other texts support it and how
early its content comes are counted over the syllable pairs of the set itself.  Every count is linear in the length of the texts:
pairs that stand in very many sentences (function words) are left out of the comparisons.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from toolkit.summarise.wording import SYLLABLE, fold, pattern

LEAD = 60
"""Syllables at the beginning of a text that count as its lead."""
COMMON = 40
"""Sentences from which a syllable pair is too common to compare sentences by; bounds the work a pair."""
SAME = 0.7
"""Dice overlap of syllable pairs from which two sentences count as one."""

_DATE = re.compile(r"\b(?:ngày|sáng|chiều|tối|hôm|tháng|năm|lúc|khoảng)\s+\d|\d/\d")


@dataclass(slots=True)
class Line:
    """One sentence of one text: where it stands, its syllables and what is counted over them."""

    document: int
    position: int
    start: int
    end: int
    text: str
    words: list[str]
    pairs: tuple[tuple[str, str], ...]
    """Neighbouring syllables, each pair once, in order: sums over them must not hang on the order of a set."""
    before: int = 0
    """Syllables of the text before it."""


def lines_of(document: int, text: str, spans: Sequence[tuple[int, int]]) -> list[Line]:
    """The sentences of a text that hold a syllable."""
    found: list[Line] = []
    before = 0
    for start, end in spans:
        piece = text[start:end]
        words = SYLLABLE.findall(unicodedata.normalize("NFC", piece).lower())
        if words:
            found.append(Line(document, len(found), start, end, piece, words, tuple(dict.fromkeys(pairwise(words))), before))
            before += len(words)
    return found


@dataclass(slots=True)
class _Sums:
    """What the syllable pairs of one sentence add up to."""

    first: float
    early: float
    texts: int = 0
    leads: int = 0
    twice: int = 0
    shared: list[list[int]] = field(default_factory=list)
    """For each pair that stands elsewhere too: the sentences it stands in."""


class _Pairs:
    """Counts over syllable pairs.  Most stand in one sentence only and are dealt with in bulk."""

    def __init__(self, lines: Sequence[Line], documents: int) -> None:
        self._lines = lines
        self._documents = documents
        where: dict[tuple[str, str], list[int]] = {}
        for i, line in enumerate(lines):
            for pair in line.pairs:
                places = where.get(pair)
                if places is None:
                    where[pair] = [i]
                else:
                    places.append(i)
        self.sums = [_Sums(*self._alone(line)) for line in lines]
        for places in where.values():
            if len(places) > 1:
                self._share(places)

    def _alone(self, line: Line) -> tuple[float, float]:
        once = len(line.pairs) / (1 + line.position)
        return once, once / self._documents

    def _share(self, places: list[int]) -> None:
        """Correct the sums of the sentences that share a pair."""
        lines, sums = self._lines, self.sums
        earliest: dict[int, int] = {}
        leads = 0
        for i in places:
            line = lines[i]
            if line.document not in earliest:
                earliest[line.document] = line.position
                leads += line.before <= LEAD
        first = 1 / (1 + min(earliest.values()))
        early = sum([1 / (1 + position) for position in earliest.values()]) / self._documents
        compared = len(places) <= COMMON
        for i in places:
            own, line = sums[i], lines[i]
            alone = 1 / (1 + line.position)
            own.first += first - alone
            own.early += early - alone / self._documents
            own.texts += len(earliest) - 1
            # Its own lead does not support a sentence; a pair that stands alone in a lead adds nothing either.
            own.leads += leads - (line.before <= LEAD)
            own.twice += 1
            if compared:
                own.shared.append(places)


class _Words:
    """Counts over words: each sentence as a vector, and the vectors of the set, of its leads and of each text."""

    def __init__(self, lines: Sequence[Line], documents: int) -> None:
        spread: Counter[str] = Counter()
        for line in lines:
            spread.update(list(dict.fromkeys(line.words)))
        rarity = {word: math.log(1 + len(lines) / n) for word, n in spread.items()}
        self.vectors: list[dict[str, float]] = []
        self.sizes, self.syllables = [0] * documents, [0] * documents
        self.centre: dict[str, float] = dict.fromkeys(spread, 0.0)
        self.leads: dict[str, float] = dict.fromkeys(spread, 0.0)
        self.own: list[dict[str, float]] = [{} for _ in range(documents)]
        for line in lines:
            vector = _unit({word: n * rarity[word] for word, n in Counter(line.words).items()})
            self.vectors.append(vector)
            self.sizes[line.document] += 1
            self.syllables[line.document] += len(line.words)
            self._add(line, vector)
        self.centre, self.leads = _unit(self.centre), _unit(self.leads)
        self.own = [_unit(own) for own in self.own]
        self.alike = [sum([value * self.centre[word] for word, value in own.items()]) for own in self.own]

    def _add(self, line: Line, vector: dict[str, float]) -> None:
        centre, leads, own = self.centre, self.leads, self.own[line.document]
        for word, value in vector.items():
            centre[word] += value
            own[word] = own.get(word, 0.0) + value
        if line.position < 3:
            weight = 1 / (1 + line.position)
            for word, value in vector.items():
                leads[word] += value * weight

    def central(self, index: int, document: int) -> tuple[float, float, float]:
        """Cosines of a sentence with the set, its leads and its text."""
        centre, leads, own = self.centre, self.leads, self.own[document]
        a = b = c = 0.0
        for word, value in self.vectors[index].items():
            a += value * centre[word]
            b += value * leads[word]
            c += value * own[word]
        return a, b, c


def _unit(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum([value * value for value in vector.values()])) or 1.0
    return {word: value / norm for word, value in vector.items()}


def measure(lines: Sequence[Line], documents: int) -> tuple[tuple[str, ...], list[list[float]]]:
    """Names of the features, and their values a sentence."""
    pairs, words = _Pairs(lines, documents), _Words(lines, documents)
    own = [_own_features(line, i, pairs.sums[i], words, lines) for i, line in enumerate(lines)]
    _add_seen(lines, own)
    _add_neighbours(lines, own)
    _add_ranks(lines, own)
    names = tuple(own[0]) if own else ()
    return names, [list(values.values()) for values in own]


def _own_features(line: Line, index: int, sums: _Sums, words: _Words, lines: Sequence[Line]) -> dict[str, float]:
    documents = len(words.sizes)
    others = max(1, documents - 1)
    length, position, size = len(line.words), line.position, max(1, len(line.pairs))
    cover, best, same, degree = _support(line, sums.shared, lines, others)
    centre, lead_centre, text_centre = words.central(index, line.document)
    return {
        "position": 1 / (1 + position),
        "position_root": 1 / math.sqrt(1 + position),
        "position_share": position / max(1, words.sizes[line.document] - 1),
        "before": math.exp(-line.before / 80),
        "before_long": math.exp(-line.before / 250),
        "sentences": float(min(60, words.sizes[line.document])),
        "total": float(min(200, len(lines))),
        "text_share": words.syllables[line.document] / max(words.syllables),
        "text_order": line.document / others,
        "text_alike": words.alike[line.document],
        "texts": float(min(8, documents)),
        "length": min(60, length) / 60,
        "length_log": math.log(length),
        "cover": cover,
        "cover_best": best,
        "same": same,
        "degree": degree / len(lines),
        "position_cover": cover / (1 + position),
        "texts_with": sums.texts / size / others,
        "in_leads": sums.leads / size / others,
        "earliest": sums.first / size,
        "early": sums.early / size,
        "twice": sums.twice / size,
        "centre": centre,
        "lead_centre": lead_centre,
        "text_centre": text_centre,
        **_surface(line),
    }


def _support(line: Line, shared: list[list[int]], lines: Sequence[Line], others: int) -> tuple[float, float, float, float]:
    """How far other texts hold it: mean and best cover by one sentence, share of texts with the same sentence, sum of overlaps."""
    size = max(1, len(line.pairs))
    most: dict[int, int] = {}
    overlaps: dict[int, float] = {}
    degree = 0.0
    for i, n in Counter(chain.from_iterable(shared)).items():
        other = lines[i]
        document = other.document
        if document == line.document:
            continue
        dice = 2 * n / (size + len(other.pairs))
        degree += dice
        if n > most.get(document, 0):
            most[document] = n
        if dice > overlaps.get(document, 0.0):
            overlaps[document] = dice
    same = sum([dice > SAME for dice in overlaps.values()]) / others
    return sum(most.values()) / size / others, max(most.values(), default=0) / size, same, degree


def _surface(line: Line) -> dict[str, float]:
    text, words = line.text, line.words
    low = text.lower()
    head = fold(text[:40])
    capitals = sum([part[0].isupper() for part in text.split()[1:]])
    return {
        "capitals": capitals / len(words),
        "numbers": min(0.3, sum([word.isdigit() for word in words]) / len(words)),
        "quoted": float(text[0] in "\"“'‘"),
        "question": float("?" in text),
        "caption": float(bool(pattern("news_captions").match(head.lstrip("( "))) or "ảnh:" in low or "(ảnh" in low),
        "leaning": float(bool(pattern("news_leaning").match(head.lstrip('"“ ')))),
        "said": float(bool(pattern("news_said").search(low))),
        "dated": float(bool(_DATE.search(low))),
        "open_end": float(text[-1] not in '.!?…"”'),
        "bracket": float("(" in text),
    }


def _add_seen(lines: Sequence[Line], values: list[dict[str, float]]) -> None:
    """Share of a sentence's words that its text has used before."""
    met: dict[int, set[str]] = defaultdict(set)
    for line, features in zip(lines, values, strict=True):
        words = set(line.words)
        features["seen"] = len(words & met[line.document]) / len(words)
        met[line.document] |= words


_NEIGHBOURS = ("lead_centre", "centre", "cover", "caption")


def _add_neighbours(lines: Sequence[Line], values: list[dict[str, float]]) -> None:
    for i, features in enumerate(values):
        for side, j in (("previous", i - 1), ("next", i + 1)):
            beside = 0 <= j < len(lines) and lines[j].document == lines[i].document
            for name in _NEIGHBOURS:
                features[f"{side}_{name}"] = values[j][name] if beside else -0.1


_RANKED = ("lead_centre", "centre", "text_centre", "texts_with", "in_leads", "length")


def _add_ranks(lines: Sequence[Line], values: list[dict[str, float]]) -> None:
    """Rank among all sentences and among those of its text, 0 the lowest and 1 the highest."""
    texts: dict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        texts[line.document].append(i)
    for name in _RANKED:
        _rank(range(len(lines)), name, f"rank_{name}", values)
        for members in texts.values():
            _rank(members, name, f"text_rank_{name}", values)


def _rank(members: Sequence[int], name: str, into: str, values: list[dict[str, float]]) -> None:
    ordered = sorted(members, key=lambda i: (round(values[i][name], 9), i))
    for rank, i in enumerate(ordered):
        values[i][into] = rank / max(1, len(ordered) - 1)
