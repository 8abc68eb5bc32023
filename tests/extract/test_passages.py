"""How sentences become passages: whole, and cut where a semicolon parts statements of different sectors."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.extract.passages import passages, pieces
from toolkit.model.context import Sector
from toolkit.model.fact import Mode
from toolkit.model.text import Block, BlockKind, CleanText, Sentence, Source, Span

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/extract/passages/pieces.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_pieces(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [[sector.value, text[start:end]] for start, end, sector in pieces(text)] == case["pieces"]


def _clean(*paragraphs: tuple[BlockKind, str]) -> CleanText:
    text, blocks, sentences = "", [], []
    for kind, paragraph in paragraphs:
        span = Span(len(text), len(text) + len(paragraph))
        sentences.append(Sentence(span, len(blocks)))
        blocks.append(Block(span, kind))
        text += paragraph + "\n"
    n = len(text)
    source = Source("a.txt", text, "0" * 64)
    starts, ends = array("l", range(n)), array("l", range(1, n + 1))
    return CleanText(source, text, starts, ends, blocks=tuple(blocks), sentences=tuple(sentences))


SURVEY = "Kinh tế tiếp tục tăng trưởng 8,2%; tỷ lệ hộ nghèo giảm còn 0,5%."


def test_headings_and_captions_give_none() -> None:
    clean = _clean(
        (BlockKind.HEADING, "Kinh tế tăng trưởng"), (BlockKind.CAPTION, "Ảnh: Thu hoạch lúa"), (BlockKind.PARAGRAPH, "Thu đủ.")
    )
    found = passages(clean, [Mode.RESULT] * 3, [Sector.KINH_TE] * 3)
    assert [p.text for p in found] == ["Thu đủ."]


def test_every_passage_is_grounded_and_pieces_follow_their_sentence() -> None:
    clean = _clean((BlockKind.PARAGRAPH, SURVEY))
    found = passages(clean, [Mode.RESULT], [Sector.KINH_TE])
    assert found[0].text == SURVEY
    assert {p.sector for p in found} == {Sector.KINH_TE, Sector.VAN_HOA_XA_HOI}
    assert all(clean.source.text[p.quote.start : p.quote.end] == p.quote.text for p in found)
    assert all(found[0].quote.span.contains(p.quote.span) for p in found)


def test_a_plan_is_never_cut() -> None:
    clean = _clean((BlockKind.PARAGRAPH, SURVEY))
    found = passages(clean, [Mode.PLAN], [Sector.KINH_TE])
    assert [p.mode for p in found] == [Mode.PLAN]


def test_a_sentence_of_two_sectors_is_given_under_both() -> None:
    text = "Sự nghiệp văn hóa, y tế tiếp tục phát triển."
    found = passages(_clean((BlockKind.PARAGRAPH, text)), [Mode.RESULT], [Sector.VAN_HOA_XA_HOI])
    assert [(p.sector, p.text) for p in found] == [(Sector.VAN_HOA_XA_HOI, text), (Sector.GIAO_DUC_Y_TE, text)]
