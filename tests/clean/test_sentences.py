"""Sentence ends: cases, every abbreviation of the lexicon, and what holds for any text."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.clean.sentences import split
from toolkit.lexicon import load

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/clean/sentences.yaml").read_text("utf-8"))
ABBREVIATIONS = [entry for group in ("before_name", "before_number", "anywhere") for entry in load("vi/abbreviations")[group]]


def text_and_sentences(case: dict) -> tuple[str, list[str]]:
    text = case["text"] if "text" in case else case["marked"].replace("|", "")
    return text, case.get("sentences", [part.strip() for part in case.get("marked", "").split("|")])


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case):
    text, sentences = text_and_sentences(case)
    assert [text[a:b] for a, b in split(text)] == sentences


@pytest.mark.parametrize("entry", ABBREVIATIONS, ids=[entry["word"] for entry in ABBREVIATIONS])
def test_an_abbreviation_ends_no_sentence(entry):
    text = f"{entry['example']} Hội nghị kết thúc."
    assert [text[a:b] for a, b in split(text)] == [entry["example"], "Hội nghị kết thúc."]


@given(st.text(alphabet=st.sampled_from(list('aăBĐ.…!?;:,\n ”“"()/-1290TPQ')), max_size=200) | st.text(max_size=200))
def test_sentences_are_in_order_apart_and_lose_no_letter(text):
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    outside = text
    for a, b in reversed(spans):
        outside = outside[:a] + outside[b:]
    assert not any(c.isalnum() for c in outside)
