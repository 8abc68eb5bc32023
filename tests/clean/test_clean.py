"""The cleaning as a whole: repairs by case, places kept whatever the text, time linear in it."""

import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.clean import clean
from toolkit.clean.offsets import Edit, Mapped
from toolkit.model.text import Block, BlockKind, Source, Span

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests/cases/clean/spacing.yaml").read_text("utf-8"))
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
VIETNAMESE = st.text(
    alphabet=st.sampled_from(list("aăâbđeêghiôơưuyknt ạảớễùẹĐỨTH0123.,;:()%“”/-…\n\r\t\u00a0\u0301\u0323\u200bÐ&|*")), max_size=300
)


def source(text: str, **more: object) -> Source:
    return Source("x.txt", text, "0" * 64, **more)


@pytest.mark.parametrize("case", CASES, ids=[repr(case["in"])[:40] for case in CASES])
def test_repair(case):
    assert clean(source(case["in"])).text == case.get("out", case["in"])


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_seeds_map_back(path):
    cleaned = clean(source(path.read_bytes().decode()))
    check_places(cleaned)
    assert len(cleaned.sentences) > 10


def check_places(cleaned):
    text = cleaned.source.text
    assert len(cleaned.text) == len(cleaned.starts) == len(cleaned.ends)
    assert all(a <= b for a, b in pairwise(cleaned.starts))
    assert all(a <= b for a, b in pairwise(cleaned.ends))
    assert all(0 <= a <= b <= len(text) for a, b in zip(cleaned.starts, cleaned.ends, strict=True))
    for sentence in cleaned.sentences:
        quote = cleaned.quote(sentence.span.start, sentence.span.end)
        assert text[quote.start : quote.end] == quote.text
        assert cleaned.blocks[sentence.block].span.contains(sentence.span)
    for noise in cleaned.noise:
        assert 0 <= noise.span.start < noise.span.end <= len(text)
    for before, after in pairwise(cleaned.blocks):
        assert before.span.end <= after.span.start
    for offset in range(0, len(text), max(1, len(text) // 50)):
        assert 0 <= cleaned.clean_offset(offset) <= len(cleaned.text)


@given(VIETNAMESE | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_keeps_its_places(text):
    check_places(clean(source(text)))


@given(VIETNAMESE)
@settings(max_examples=200, deadline=None)
def test_no_letter_or_digit_is_lost_or_made(text):
    def letters(t: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFC", t.replace("Ð", "Đ").replace("\u200b", "")) if c.isalnum())

    assert letters(clean(source(text)).text) == letters(text)


@given(VIETNAMESE)
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_changes_hardly_anything(text):
    once = clean(source(text)).text
    twice = clean(source(once)).text
    assert twice.replace(" ", "").replace("\n", "") == once.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_cleaning_twice_changes_nothing_on_the_seeds(path):
    once = clean(source(path.read_bytes().decode())).text
    assert clean(source(once)).text == once


def test_steps_are_named():
    assert clean(source("Ðảng  bộ.\r\n")).steps == ("line-ends", "look-alikes", "spaces")
    assert clean(source("Đảng bộ.")).steps == ()


def test_a_decomposed_text_reads_like_a_composed_one():
    text = "Đảng bộ phường Hạ Đình có 13 chi bộ.Thu ngân sách đạt 120%."
    decomposed = clean(source(unicodedata.normalize("NFD", text)))
    assert decomposed.text == clean(source(text)).text
    start = decomposed.text.index("Hạ Đình")
    assert unicodedata.normalize("NFC", decomposed.quote(start, start + 7).text) == "Hạ Đình"


def test_blocks_of_the_source_are_kept_and_cut_at_furniture():
    text = "Kết quả\n\nThu đạt 120%.<br />Chi đạt 95%.\n\nQuang cảnh hội nghị"
    blocks = (
        Block(Span(0, 7), BlockKind.HEADING, 2),
        Block(Span(9, 40), BlockKind.PARAGRAPH),
        Block(Span(42, len(text)), BlockKind.CAPTION),
    )
    cleaned = clean(source(text, blocks=blocks))
    assert [(b.kind, cleaned.text[b.span.start : b.span.end]) for b in cleaned.blocks] == [
        (BlockKind.HEADING, "Kết quả"),
        (BlockKind.PARAGRAPH, "Thu đạt 120%."),
        (BlockKind.PARAGRAPH, "Chi đạt 95%."),
    ]


def test_empty_cells_keep_their_place():
    text = "Chỉ tiêu\tKế hoạch\tKết quả\n\t\t12"
    blocks = (Block(Span(0, 27), BlockKind.TABLE_ROW), Block(Span(27, len(text)), BlockKind.TABLE_ROW))
    assert clean(source(text, blocks=blocks)).text == text


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "a" * 50,
        " ",
        "\t",
        "\n",
        "(",
        ".",
        "“",
        "Ảnh: ",
        "a.A",
        "1",
        "đ\u0301",
        "<p ",
        "& ",
        "Description automatically generated ",
        "- a\n",
        "http://a ",
    ],
)
def test_cost_grows_linearly(unit):
    def cost(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        clean(source(text))
        return time.process_time() - start

    cost(5_000)
    small, large = max(cost(20_000), 0.02), cost(160_000)
    assert large < 24 * small


def test_edits_must_not_overlap():
    with pytest.raises(ValueError, match="overlap"):
        Mapped.identity("abc").apply([Edit(0, 2, "x"), Edit(1, 3, "y")])


def test_edits_compose():
    mapped = Mapped.identity("a  b").apply([Edit(1, 3, " ")]).apply([Edit(3, 3, "!"), Edit(3, 3, "?")])
    assert mapped.text == "a b!?"
    assert list(mapped.starts) == [0, 1, 3, 4, 4]
    assert list(mapped.ends) == [1, 3, 4, 4, 4]
