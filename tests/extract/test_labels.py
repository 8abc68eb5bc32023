"""Labels, roles, periods and verdicts: every example of their lexicons, and the case files under ``tests/cases/extract``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.clean import clean
from toolkit.extract import read_quantities
from toolkit.extract.cues import fold
from toolkit.extract.figures import read_figures
from toolkit.extract.indicators import catalogue, find
from toolkit.extract.modes import modes
from toolkit.extract.pairing import Told
from toolkit.extract.periods import Calendar
from toolkit.extract.targets import announces, heading_words
from toolkit.lexicon import load
from toolkit.model.amount import Kind
from toolkit.model.context import Role, Sector
from toolkit.model.text import Source

CASES = Path(__file__).parent.parent / "cases" / "extract"
CALENDAR = Calendar(2024, "2020-2025")


def figure(marked: str) -> Told:
    """The figure between ⟦ and ⟧ of a text, read with everything around it."""
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = clean(Source("case.txt", marked.replace("⟦", "").replace("⟧", ""), "0" * 64))
    sectors = [Sector.CHUNG] * len(text.sentences)
    told = read_figures(text, fold(text.text), read_quantities(text.text), modes(text), sectors, CALENDAR)
    found = [one for one in told if one.quantity.quote.start < end and start < one.quantity.quote.end]
    assert found, f"no figure at {marked!r}; read {[t.quantity.quote.text for t in told]}"
    return found[0]


def examples(lexicon: str, key: str) -> list[Any]:
    rows = load(f"vi/{lexicon}")
    return [pytest.param(e, id=f"{name}: {e['text'][:50]}") for name, row in rows.items() for e in row["examples"] if key in e]


def cases(folder: str, key: str) -> list[Any]:
    files = sorted((CASES / folder).glob("*.yaml"))
    rows = [(path.stem, row) for path in files for row in yaml.safe_load(path.read_text("utf-8"))]
    return [pytest.param(row, id=f"{stem}: {row['text'][:50]}") for stem, row in rows if key in row]


@pytest.mark.parametrize("case", [*examples("labels", "label"), *cases("labels", "label")])
def test_label(case: dict[str, str]) -> None:
    assert figure(case["text"]).quantity.label == case["label"]


@pytest.mark.parametrize("case", [*examples("roles", "role"), *cases("roles", "role")])
def test_role(case: dict[str, str]) -> None:
    assert figure(case["text"]).quantity.role.value == case["role"]


@pytest.mark.parametrize("case", [*examples("periods", "period"), *cases("periods", "period")])
def test_period(case: dict[str, str | None]) -> None:
    assert figure(str(case["text"])).quantity.period == case["period"]


@pytest.mark.parametrize("case", examples("roles", "status"))
def test_verdict_in_words(case: dict[str, str]) -> None:
    verdict = figure(case["text"]).verdict
    assert verdict is not None
    assert verdict.value == case["status"]


@pytest.mark.parametrize("case", examples("roles", "targets"))
def test_headings_announce(case: dict[str, Any]) -> None:
    assert announces(heading_words(fold(case["text"]))) is case["targets"]


@pytest.mark.parametrize("key", load("vi/indicators"))
def test_indicator_is_found_by_its_example(key: str) -> None:
    row = load("vi/indicators")[key]
    kind = Kind(row["kinds"][0])
    entry = find(row["example"], kind, Role.RESULT)
    assert entry is not None
    assert entry.key == key


def test_indicator_needs_its_kind() -> None:
    assert find("hộ nghèo", Kind.MONEY, Role.RESULT) is None
    assert find("hộ nghèo", Kind.COUNT, Role.RESULT) == catalogue()["so-ho-ngheo"]
    assert find("hộ nghèo", Kind.PERCENT, Role.RESULT) == catalogue()["ho-ngheo"]


def test_no_word_stands_twice_in_a_list() -> None:
    for lexicon in ("labels", "roles", "periods"):
        for name, row in load(f"vi/{lexicon}").items():
            assert len(set(row["words"])) == len(row["words"]), f"{lexicon}.{name}"
