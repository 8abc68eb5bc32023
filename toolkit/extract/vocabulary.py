"""The number lexicons, folded and compiled once: what the grammar looks words up in.

Everything here comes from ``data/vi/{numerals,units,classifiers,bounds,not_quantities}.yaml``; adding a word is an edit there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from toolkit.extract.folding import fold
from toolkit.lexicon import load
from toolkit.model.amount import Bound, Kind

LETTER = r"[^\W\d_]"
"""One letter of any script, as a pattern."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the lexicon: ``name`` as the contract calls it, ``entry`` its place in the data."""

    name: str
    kind: Kind
    entry: str


@dataclass(frozen=True)
class Vocabulary:
    """All lookups of the number grammar.  Keys are folded."""

    magnitudes: dict[str, Decimal]
    magnitude: re.Pattern[str]
    currency: re.Pattern[str]
    currencies: dict[str, Unit]
    percent: re.Pattern[str]
    percents: dict[str, Unit]
    measure: re.Pattern[str]
    measures: dict[str, Unit]
    times: dict[str, Unit]
    time_cues: frozenset[str]
    money_unless_next: frozenset[str]
    magnitude_unless_next: frozenset[str]
    per: re.Pattern[str]
    classifiers: dict[str, str]
    """Folded classifier to its group in the data."""
    classifier_length: int
    paired_classifiers: dict[str, tuple[str, ...]]
    """First syllable to the classifiers with a mark in them that begin with it (``xã, phường``, ``đ/c``), longest first."""
    bounds_before: dict[str, Bound]
    bound_length: int
    bound_signs: dict[str, Bound]
    bounds_after: dict[str, Bound]
    clause_bounds: dict[str, Bound]
    clause_unless_before: frozenset[str]
    more_unless_before: frozenset[str]
    on_nouns: frozenset[str]
    passed_nouns: frozenset[str]
    level_words: frozenset[str]
    labels: frozenset[str]
    weak_labels: frozenset[str]
    mottos: frozenset[str]
    motto_starts: frozenset[str]
    """The mottos and what they begin with, for a noun that was cut short."""
    stop_words: frozenset[str]
    function_words: frozenset[str]


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches the longest of some folded words; a space stands for one or more."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", " +") for word in ordered)


def _units(rows: list[dict[str, Any]], kind: Kind, section: str) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for row in rows:
        unit = Unit(row["unit"], kind, f"vi/units:{section}/{row['unit']}")
        for form in row["forms"]:
            found[fold(form)] = unit
    return found


def _words(rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(fold(row["word"] if isinstance(row, dict) else row) for row in rows)


def _bounds(rows: list[dict[str, str]]) -> dict[str, Bound]:
    return {fold(row["word"]): Bound(row["bound"]) for row in rows}


def _bounded(words: Iterable[str]) -> re.Pattern[str]:
    """Matches one of the forms where no letter (or digit, after a letter) goes on."""
    return re.compile(rf"(?:{alternatives(words)})(?!{LETTER}|[²³0-9])")


def _signs(words: Iterable[str]) -> re.Pattern[str]:
    """Matches one of the forms; only those that end in a letter must end a word (``31%KH`` is a percentage)."""
    known = set(words)
    spelt = {word for word in known if word[-1].isalpha()}
    return re.compile(rf"(?:{alternatives(spelt)})(?!{LETTER})|(?:{alternatives(known - spelt)})")


def _classifiers(groups: dict[str, dict[str, str]]) -> dict[str, str]:
    return {fold(word): group for group, rows in groups.items() for word in rows}


def _paired(classifiers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(
        (phrase for phrase in classifiers if not phrase.replace(" ", "").isalpha()), key=lambda phrase: -len(phrase)
    ):
        first = re.split(r"\W", phrase, maxsplit=1)[0]
        found[first] = (*found.get(first, ()), phrase)
    return found


@cache
def cues(name: str) -> frozenset[str]:
    """The folded words of one list of ``vi/number_cues``."""
    return _words(load("vi/number_cues")[name])


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, built at first use."""
    numerals, units = load("vi/numerals"), load("vi/units")
    bounds, nothing = load("vi/bounds"), load("vi/not_quantities")
    magnitudes = {fold(row["word"]): Decimal(row["value"]) for row in numerals["magnitudes"]}
    currencies = _units(units["money"], Kind.MONEY, "money")
    percents = _units(units["percent"], Kind.PERCENT, "percent")
    measures = _units(units["measures"], Kind.MEASURE, "measures")
    times = _units([{**row, "forms": [row["unit"]]} for row in units["time"]], Kind.MEASURE, "time")
    classifiers = _classifiers(load("vi/classifiers"))
    before = _bounds(bounds["before"])
    per = {fold(row["unit"]) for row in units["per"]} | set(classifiers) | set(measures)
    long_magnitudes = [word for word in magnitudes if word != "tr"]
    return Vocabulary(
        magnitudes=magnitudes,
        magnitude=re.compile(
            rf"(?:{alternatives(long_magnitudes)})(?!{LETTER})|(?:tỷ|tỉ|tr|triệu)(?=đ(?:ồng)?(?!{LETTER}))|tr(?!{LETTER})"
        ),
        currency=_bounded(currencies),
        currencies=currencies,
        percent=_signs(percents),
        percents=percents,
        measure=_bounded(measures),
        measures=measures,
        times=times,
        time_cues=_words(units["time_cues"]),
        money_unless_next=_words(units["money_unless_next"]),
        magnitude_unless_next=_words(units["magnitude_unless_next"]),
        per=re.compile(
            rf" ?/ ?(?:(?:1|một|mỗi) ?)?(?:1[0.]+ )?"
            rf"({alternatives(per)}|\d{{1,2}} (?:tháng|năm|ngày|vụ|tuần))(?!{LETTER})"
        ),
        classifiers=classifiers,
        classifier_length=max(len(word.split()) for word in classifiers),
        paired_classifiers=_paired(classifiers),
        bounds_before=before,
        bound_length=max(len(word.split()) for word in before),
        bound_signs=_bounds(bounds["signs"]),
        bounds_after=_bounds(bounds["after"]),
        clause_bounds=_bounds(bounds["clause"]),
        clause_unless_before=_words(bounds["clause_unless_before"]),
        more_unless_before=_words(bounds["more_unless_before"]),
        on_nouns=_words(bounds["on_nouns"]),
        passed_nouns=_words(bounds["passed_nouns"]),
        level_words=_words(bounds["level_words"]),
        labels=_words(nothing["labels"]),
        weak_labels=_words(nothing["weak_labels"]),
        mottos=_words(nothing["motto_words"]),
        motto_starts=frozenset(" ".join(motto.split()[:n]) for motto in _words(nothing["motto_words"]) for n in (1, 2, 3)),
        stop_words=_words(nothing["stop_words"]) | _words(nothing["function_words"]),
        function_words=_words(nothing["function_words"]),
    )
