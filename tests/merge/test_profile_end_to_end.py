"""A figure changed in a profile changes exactly that figure in HTML, PDF and facts, marked, with its reason reachable."""

from __future__ import annotations

import difflib
import html
import json
import re
from pathlib import Path

import pypdfium2
import pytest

from toolkit.model.fact import FactSheet
from toolkit.model.profile import NO_PROFILES, ProfileSet
from toolkit.pipeline import Made, Making, make_brief, read_amount, read_facts, settle
from toolkit.read.profiles import parse_profile

SEED = Path(__file__).parents[2] / "seeds/ha-dinh-2020.txt"
REASON = "bài báo đảo chữ số"
PROFILE = f'facts:\n  - {{correct: "143%", value: "134%", reason: {REASON}}}\n'


@pytest.fixture(scope="module")
def sheet() -> FactSheet:
    return read_facts(SEED)


@pytest.fixture(scope="module")
def plain(sheet: FactSheet) -> Made:
    return made(sheet, NO_PROFILES)


@pytest.fixture(scope="module")
def corrected(sheet: FactSheet) -> Made:
    return made(sheet, ProfileSet((parse_profile(PROFILE, "profiles/ha-dinh.yaml", read_amount),)))


def made(sheet: FactSheet, profiles: ProfileSet) -> Made:
    (dossier,), _ = settle([sheet], profiles)
    return make_brief(dossier, Making(formats=("html", "pdf")))


def data(one: Made, name: str) -> bytes:
    return next(artifact.data for artifact in one.artifacts if artifact.name == name)


def words(one: Made) -> list[str]:
    text = re.sub(r"(?s)<(style|script).*?</\1>", "", data(one, "brief.html").decode())
    return html.unescape(re.sub(r"<[^>]+>", " ", text)).split()


def pdf_text(one: Made) -> str:
    document = pypdfium2.PdfDocument(data(one, "brief.pdf"))
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def changes(before: list[str], after: list[str]) -> set[tuple[str, str]]:
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return {(" ".join(before[a:b]), " ".join(after[c:d])) for step, a, b, c, d in steps if step != "equal"}


def test_html_changes_in_that_figure_its_mark_and_its_reason_only(plain: Made, corrected: Made) -> None:
    found = changes(words(plain), words(corrected))
    numbers = {(re.sub(r"[^\d]", "", old), re.sub(r"[^\d]", "", new)) for old, new in found}
    # The changed figure's sentence now bears the number of the note that gives the reason; that note was there before.
    (note,) = re.findall(rf'id="n(\d+)"(?:(?!id="n).)*{REASON}', data(corrected, "brief.html").decode(), re.DOTALL)
    assert f'id="n{note}"' in data(plain, "brief.html").decode()
    assert numbers <= {("143", "134"), ("", ""), ("", note)}
    assert ("143", "134") in numbers
    assert any(REASON in new for _, new in found)


def test_the_pdf_has_the_new_figure_and_the_reason(plain: Made, corrected: Made) -> None:
    assert "134%" not in pdf_text(plain)
    assert "134%" in pdf_text(corrected)
    assert REASON in " ".join(pdf_text(corrected).split())


def test_the_facts_change_in_that_figure_only(plain: Made, corrected: Made) -> None:
    before, after = (json.loads(data(one, "facts.json")) for one in (plain, corrected))
    assert {key for key in before if before[key] != after[key]} == {"quantities"}
    differing = [new for old, new in zip(before["quantities"], after["quantities"], strict=True) if old != new]
    assert len(differing) == 1
    written = json.dumps(differing, ensure_ascii=False)
    assert REASON in written
    assert "profiles/ha-dinh.yaml:2:5" in written
    assert "143%" in written
