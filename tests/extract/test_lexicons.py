"""Every entry of the number lexicons is read as its own example says."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain

import pytest

from toolkit.extract.folding import fold
from toolkit.extract.numeral_words import read_numeral
from toolkit.extract.quantities import read_quantities
from toolkit.lexicon import load

UNITS = load("vi/units")
NUMERALS = load("vi/numerals")
BOUNDS = load("vi/bounds")
NOTHING = load("vi/not_quantities")
CLASSIFIERS = [(word, example) for group in load("vi/classifiers").values() for word, example in group.items()]


def only(text):
    found = read_quantities(text)
    assert len(found) == 1, f"{text!r} gave {[text[m.start : m.end] for m in found]}"
    return found[0]


@pytest.mark.parametrize(("word", "example"), CLASSIFIERS)
def test_classifier(word, example):
    mention = only(example)
    digits = re.search(r"[\d.]+", example)[0].replace(".", "")
    assert (mention.amount.kind, mention.amount.value) == ("count", Decimal(digits))
    assert fold(mention.amount.unit).startswith(fold(word))


@pytest.mark.parametrize(
    "row", list(chain(UNITS["money"], UNITS["percent"], UNITS["measures"], UNITS["time"])), ids=lambda row: row["unit"]
)
def test_unit(row):
    mention = only(row["example"])
    assert mention.amount.value == Decimal(str(row["value"]))
    assert fold(mention.amount.unit) in {fold(form) for form in [row["unit"], *row.get("forms", [])]}


@pytest.mark.parametrize("row", UNITS["measures"], ids=lambda row: row["unit"])
def test_every_form_of_a_measure_is_read(row):
    for form in row["forms"]:
        mention = only(f"đạt 12,5 {form} mỗi nơi")
        assert (mention.amount.kind, mention.amount.value) == ("measure", Decimal("12.5")), form


@pytest.mark.parametrize("row", UNITS["per"], ids=lambda row: row["unit"])
def test_denominator(row):
    mention = only(row["example"])
    assert mention.amount.value == Decimal(str(row["value"]))
    assert mention.amount.per == (row["unit"],)


@pytest.mark.parametrize(
    "row", list(chain(*(NUMERALS[name] for name in ("digits", "scales", "halves", "joints")))), ids=lambda row: row["word"]
)
def test_numeral_word(row):
    assert row["word"] in row["example"].split()
    assert read_numeral(row["example"]) == row["reads"]


@pytest.mark.parametrize("row", NUMERALS["magnitudes"], ids=lambda row: row["word"])
def test_magnitude(row):
    assert only(row["example"]).amount.value == row["reads"]


@pytest.mark.parametrize(
    "row", list(chain(BOUNDS["before"], BOUNDS["signs"], BOUNDS["after"], BOUNDS["clause"])), ids=lambda row: row["word"]
)
def test_bound(row):
    mention = only(row["example"])
    assert mention.amount.bound == row["bound"]
    start, end = mention.bound_span
    assert fold(row["example"][start:end]) in fold(row["word"])


@pytest.mark.parametrize(
    "row", list(chain(NOTHING["labels"], NOTHING["weak_labels"], NOTHING["motto_words"])), ids=lambda row: row["word"]
)
def test_no_quantity(row):
    assert fold(row["word"]) in fold(row["example"])
    assert read_quantities(row["example"]) == ()


@pytest.mark.parametrize("name", sorted(load("vi/number_cues")))
def test_cue_lists_hold_words(name):
    words = load("vi/number_cues")[name]
    assert words
    assert all(isinstance(word, str) for word in words)
