"""Questions, rankings and trends over small corpora: ``cases/corpus/queries.yaml`` and what cases cannot say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from corpus_filler import line, locality, quantity, sheet

from toolkit.corpus import Query, add, query, rank, select, suggestion, trend
from toolkit.corpus.sheet import to_xlsx
from toolkit.corpus.words import sort_text
from toolkit.errors import UsageError
from toolkit.model.vietnamese import collation

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/corpus/queries.yaml").read_text("utf-8"))


def make(path: Path, facts: list[list[Any]]) -> Path:
    """A corpus of one source a place."""
    by_place: dict[tuple[str, str, str, str], list[tuple[str, Any, dict[str, Any]]]] = {}
    for id_, name, value, more in facts:
        own = dict(more)
        where = (name, own.pop("province", "Hà Nội"), own.pop("level", "phường"), own.pop("term", "2020-2025"))
        by_place.setdefault(where, []).append((id_, value, own))
    lines = []
    for (name, province, level, term), own_facts in by_place.items():
        text, made, spans = "", [], []
        for id_, value, own in own_facts:
            start = len(text)
            text += f"{name} {own.get('label', 'hộ')} {value}.\n"
            spans.append((start, len(text) - 1))
            made.append(quantity(text, start, str(value), **{"id": id_, "value": value, "period": "2023", **own}))
        lines.append(line(sheet(f"in/{name}-{term}.txt", text, made, spans, locality=locality(name, province, level), term=term)))
    source = path.with_suffix(".jsonl")
    source.write_text("\n".join(lines) + "\n", "utf-8")
    assert not add(path, [source]).errors
    return path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("corpus") / "c.sqlite", CASES["facts"])


def asked(ask: dict[str, Any]) -> Query:
    return Query(**{**ask, "words": tuple(ask.get("words", ()))})


@pytest.mark.parametrize("case", CASES["questions"], ids=lambda case: str(case["ask"]))
def test_questions(corpus: Path, case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(UsageError, match=case["error"]) as raised:
            query(corpus, asked(case["ask"]))
        assert raised.value.remedy == case.get("remedy", raised.value.remedy)
    else:
        assert [row.id for row in query(corpus, asked(case["ask"])).rows] == case["finds"]


@pytest.mark.parametrize("case", CASES["rankings"], ids=lambda case: str(case["ask"]))
def test_rankings(corpus: Path, case: dict[str, Any]) -> None:
    found = query(corpus, asked(case["ask"]))
    if "error" in case:
        with pytest.raises(UsageError, match=case["error"]):
            rank(found.rows, case.get("best"), case["ask"].get("role"))
        return
    ranking = rank(found.rows, case.get("best"), case["ask"].get("role"))
    assert {placed.row.id: placed.rank for placed in ranking.placed} == case["ranks"]
    assert ranking.reasons == case["left_out"]
    assert len(ranking.placed) + len(ranking.left_out) == len(found.rows)  # nothing is lost in silence


def test_every_row_leads_back_to_its_sentence(corpus: Path) -> None:
    for row in query(corpus, Query()).rows:
        assert row.source
        assert (row.quote or "?") in (row.sentence or "")
        assert (row.end or 0) - (row.start or 0) == len(row.quote or "")


def test_what_cannot_be_compared_is_counted(corpus: Path) -> None:
    found = query(corpus, Query(("thu-ngan-sach",)))
    assert found.counts["units"] == 2
    assert found.counts["bounded"] == 1
    assert found.counts["of_other_places"] == 1


def test_an_alias_finds_the_indicator_and_slips_are_answered(corpus: Path) -> None:
    assert {row.indicator for row in query(corpus, Query(("tong thu nsnn",))).rows} == {"thu-ngan-sach"}
    assert suggestion(corpus, ("thu ngan sac",)) == "thu-ngan-sach"


def test_values_stay_exact(tmp_path: Path) -> None:
    corpus = make(tmp_path / "c.sqlite", [["a", "An", 12345678901234567, {}], ["b", "An", 0.1, {"kind": "percent", "unit": "%"}]])
    assert [row.value for row in query(corpus, Query()).rows] == ["12345678901234567", "0.1"]


def test_a_trend_compares_only_periods_of_one_length(tmp_path: Path) -> None:
    facts = [
        *(["a", "An", value, {"label": "hộ nghèo", "period": year}] for year, value in (("2021", 9), ("2019", 20), ("2023", 4))),
        ["t", "An", 5, {"label": "hộ nghèo", "period": "2020-2025"}],
        ["s", "An", 7, {"label": "hộ khá"}],
        ["o", "An", 3, {"label": "hộ nghèo", "period": "2024", "bound": "over"}],
    ]
    found = trend(query(make(tmp_path / "c.sqlite", facts), Query(("hộ",))).rows)
    (line_,) = found.lines
    assert [(step.row.when, step.change, step.why) for step in line_.steps] == [
        ("2019", None, ""),
        ("2021", -11, ""),
        ("2023", -5, ""),
        ("2024", None, "bound"),
        ("2020-2025", None, ""),
    ]
    assert [row.id for row in found.single] == ["s"]


def test_a_trend_is_of_one_place(corpus: Path) -> None:
    with pytest.raises(UsageError, match="a trend is of one locality"):
        trend(query(corpus, Query(("thu-ngan-sach",))).rows)


def test_a_selection_gives_folders_and_sources(corpus: Path) -> None:
    found = select(corpus, Query(("thu-ngan-sach",), province="Huế"))
    assert [(one.folder, [str(path) for path in one.sources]) for one in found] == [("phu/2020-2025", ["in/Phú-2020-2025.txt"])]


def test_the_sorting_text_follows_the_alphabet() -> None:
    names = [
        "Đông",
        "Dương",
        "Ân",
        "Ăn",
        "An",
        "Phường 2",
        "Phường Đa",
        "Y Tý",
        "Ô Môn",
        "Ơ Đu",
        "Hòa",
        "Hoà",
        "Hỏa",
        "Tân-An",
        "Tân An",
    ]
    assert sorted(names, key=sort_text) == sorted(names, key=collation)


def test_a_sheet_keeps_what_a_cell_cannot_hold_in_part() -> None:
    """The library writes nothing at all for a longer text."""
    data = to_xlsx([{"sentence": "Có 5 hộ. " * 5000, "value": "5"}], ["sentence", "value"], "hộ")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "Có 5 hộ. Có 5 hộ." in strings
    assert "…<" in strings


def test_what_is_shown_of_the_figures_does_not_change_how_many_there_are(tmp_path: Path) -> None:
    corpus = make(tmp_path / "c.sqlite", [["a", "An", 1, {}], ["b", "Bình", 2, {}], ["c", "Bình", 3, {}]])
    found = query(corpus, Query(limit=1))
    assert (len(found.rows), found.total, found.localities) == (1, 3, 2)
