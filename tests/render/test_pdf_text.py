"""What a reader copies out of the PDF is the brief's own text: composed Vietnamese letters, every word, in the order of the tags.

Viewers that copy as the page is drawn get headings in the margin first: floats are drawn before text (CSS 2.2, appendix E).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tagged_pdf import read_text

from toolkit.model.brief import Brief, Figure, Item, Section
from toolkit.pipeline import compose_brief, load_profiles, read_facts, settle
from toolkit.render.pdf import render_pdf

ROOT = Path(__file__).parents[2]
SEEDS = sorted(path.stem for path in (ROOT / "seeds").glob("*.txt"))
MARKS = r"[◆,\d]*"
"""What may stand behind a figure or sentence: the mark of what a profile settled, numbers of notes."""


@cache
def briefs() -> dict[str, Brief]:
    sheets = [read_facts(ROOT / "seeds" / f"{name}.txt") for name in SEEDS]
    dossiers, _ = settle(sheets, load_profiles(ROOT / "profiles"))
    return {Path(dossier.sheets[0].source.path).stem: compose_brief(dossier) for dossier in dossiers}


@cache
def printed(seed: str) -> bytes:
    return render_pdf(briefs()[seed], facts=b"{}")


@cache
def plain(seed: str) -> str:
    document = pypdfium2.PdfDocument(printed(seed))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def bare(text: str) -> str:
    return "".join(text.split())


def runs(brief: Brief) -> Iterator[tuple[str, ...]]:
    """Every paragraph, heading, cell and figure of a brief, as the pieces between which notes may stand."""
    yield (brief.place_text, brief.headline)
    yield (brief.date_text,)
    for card in brief.key_figures:
        yield from ((card.figure.text,), (card.caption,), (card.place,))
    for section in brief.sections:
        yield from _of_section(section)
    for note in brief.notes:
        yield from ((note.quote,), (note.reason,))
    yield from ((source.text,) for source in brief.sources)


def _of_section(section: Section) -> Iterator[tuple[str, ...]]:
    if section.kind != "fields":  # its heading is for those who listen to the page
        yield (section.title,)
    items = [*section.items, *([section.gap] if section.gap else [])]
    for row in section.rows:
        yield from ((row.label,), _pieces(row.result), _pieces(row.against_plan), (row.period,), (row.status_text,), (row.place,))
        yield (row.sector_title,)
    for part in section.parts:
        yield (part.title,)
        items += [*part.sentences, *part.figures]
    yield from (pieces for item in items for pieces in _of_item(item))


def _of_item(item: Item) -> Iterator[tuple[str, ...]]:
    yield (item.label,)
    yield _pieces(item.text)


def _pieces(run: tuple[str | Figure, ...]) -> tuple[str, ...]:
    return tuple(part.text if isinstance(part, Figure) else part for part in run)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_word_of_the_brief_stands_in_the_text_in_order(seed: str) -> None:
    text = bare(read_text(printed(seed)))
    wanted = {tuple(filter(None, map(bare, pieces))) for pieces in runs(briefs()[seed])} - {()}
    lost = [pieces for pieces in wanted if not re.search(MARKS.join(map(re.escape, pieces)), text)]
    assert len(wanted) > 30
    assert not lost


@pytest.mark.parametrize("seed", SEEDS)
def test_letters_are_composed_and_nothing_strange_stands_between_them(seed: str) -> None:
    letters = Counter(bare(read_text(printed(seed))))
    assert not letters - Counter(bare(plain(seed))), "copied as it is drawn, nothing is lost either"
    for text in (plain(seed), read_text(printed(seed))):
        assert unicodedata.is_normalized("NFC", text)
        strange = {char for char in text if unicodedata.category(char) in ("Cf", "Cn", "Co", "Cs", "Cc", "Mn")} - set("\r\n")
        assert not strange, [f"U+{ord(char):04X}" for char in strange]
        assert "\ufffd" not in text
        assert not re.search("[\ufb00-\ufb06]", text), "a ligature"


@pytest.mark.parametrize("seed", SEEDS)
def test_two_pages_stay_small(seed: str) -> None:
    data = printed(seed)
    assert len(pikepdf.open(io.BytesIO(data)).pages) <= 2
    assert len(data) < 120_000
