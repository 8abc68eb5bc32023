"""Indicators, contradictions and explanations over whole texts: the cases under ``tests/cases/extract``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.clean import clean
from toolkit.extract import extract
from toolkit.extract.explain import explain, find
from toolkit.extract.ids import distinct, name
from toolkit.extract.pairing import compare
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.fact import FactSheet, Indicator, Status
from toolkit.model.text import Source

CASES = Path(__file__).parent.parent / "cases" / "extract"


def sheet(text: str) -> FactSheet:
    return extract(clean(Source("case.txt", text, "0" * 64)))


def cases(folder: str) -> list[Any]:
    rows = [row for path in sorted((CASES / folder).glob("*.yaml")) for row in yaml.safe_load(path.read_text("utf-8"))]
    return [pytest.param(row, id=row["text"][:60]) for row in rows]


def told(one: Indicator, facts: FactSheet) -> dict[str, Any]:
    """An indicator as the case files write it: the figures of each role as written, status, whether the source says so."""
    quotes = {q.id: q.quote.text for q in facts.quantities}
    parts = {role: [quotes[i] for i in getattr(one, role)] for role in ("results", "plans", "attainments", "changes")}
    return {k: v for k, v in parts.items() if v} | {"status": one.status.value, "stated": one.stated}


@pytest.mark.parametrize("case", cases("pairing"))
def test_pairing(case: dict[str, Any]) -> None:
    facts = sheet(case["text"])
    assert {one.id: told(one, facts) for one in facts.indicators} == case["indicators"]


@pytest.mark.parametrize("case", cases("consistency"))
def test_contradictions(case: dict[str, Any]) -> None:
    found = [f"{w.code}: {w.stated} → {w.computed}" for w in sheet(case["text"]).warnings]
    assert found == case["warnings"]


def test_findings_point_into_the_source() -> None:
    text = "Kết nạp 7/6 đảng viên, đạt 130% chỉ tiêu."
    (finding,) = sheet(text).warnings
    assert [text[a:b] for a, b in finding.spans] == ["130%", "7/6 đảng viên"]
    assert finding.where == "case.txt:1:28"


@pytest.mark.parametrize(
    ("result", "plan", "direction", "status"),
    [
        ("95", "90", "up", Status.EXCEEDED),
        ("90", "90", "up", Status.MET),
        ("85", "90", "up", Status.MISSED),
        ("1.2", "1.5", "down", Status.EXCEEDED),
        ("1.8", "1.5", "down", Status.MISSED),
        ("85", "90", "neutral", Status.UNKNOWN),
    ],
)
def test_level_against_plan(result: str, plan: str, direction: str, status: Status) -> None:
    from decimal import Decimal

    level, aim = (Amount(Kind.PERCENT, Decimal(x), unit="%") for x in (result, plan))
    assert compare(level, aim, direction) is status


def test_a_bound_may_leave_the_verdict_open() -> None:
    from decimal import Decimal

    over = Amount(Kind.PERCENT, Decimal(85), unit="%", bound=Bound.OVER)
    assert compare(over, Amount(Kind.PERCENT, Decimal(90), unit="%"), "up") is Status.UNKNOWN
    assert compare(over, Amount(Kind.MONEY, Decimal(90), unit="đồng"), "up") is Status.UNKNOWN


def test_ids_survive_edits_elsewhere() -> None:
    one = "Thu ngân sách năm 2022 đạt 12 tỷ đồng, đạt 105% kế hoạch. Kết nạp 40 đảng viên."
    before = {q.id for q in sheet(one).quantities}
    after = {q.id for q in sheet(f"{one} Năm 2023, xã xây dựng 5 km đường giao thông.").quantities}
    assert "thu-ngan-sach.2022.attainment" in before
    assert before < after


def test_ids_differ() -> None:
    base = name("thu ngân sách", None, "result")
    assert distinct([(base, "5 tỷ đồng"), (base, "6 tỷ đồng"), (base, "6 tỷ đồng")]) == (
        "thu-ngan-sach.result",
        "thu-ngan-sach.result.6-ty-dong",
        "thu-ngan-sach.result.6-ty-dong.2",
    )


def test_explanation_names_rules_and_rejects() -> None:
    text = "Ngày 5/8/2025, xã báo cáo thu ngân sách đạt 12 tỷ đồng, đạt 105% kế hoạch."
    article = clean(Source("case.txt", text, "0" * 64))
    facts = extract(article)
    figure = explain(article, facts, text.index("105%"))
    assert "attainment by roles.of-plan" in figure
    assert "thu-ngan-sach" in figure
    assert "no figure: date" in explain(article, facts, text.index("5/8/2025"))
    with pytest.raises(ValueError, match="not inside"):
        explain(article, facts, len(text) + 5)


def test_figures_are_found_as_written() -> None:
    text = "Kết nạp 40 đảng viên; thu ngân sách đạt 12 tỷ đồng."
    facts = sheet(text)
    assert find(facts, "12 tỷ") == text.index("12 tỷ")
    assert find(facts, "Kết nạp") == 0
    assert find(facts, "không có") is None


def test_places_of_equal_standing_take_turns() -> None:
    text = (
        "Đại hội Đảng bộ xã Đông An, xã Tây An và xã Nam An\n\n"
        "Sáng 12/5/2020, Đảng bộ xã Đông An, Đảng bộ xã Tây An và Đảng bộ xã Nam An tổ chức đại hội nhiệm kỳ 2020-2025.\n\n"
        "Đảng bộ xã Đông An kết nạp 57 đảng viên. Hộ nghèo còn 2%.\n\n"
        "Tại xã Tây An, thu ngân sách đạt 5 tỷ đồng.\n\n"
        "Xã Nam An hoàn thành 16/18 chỉ tiêu."
    )
    facts = sheet(text)
    assert {(q.quote.text, q.place) for q in facts.quantities} == {
        ("57 đảng viên", "Đông An"),
        ("2%", "Đông An"),
        ("5 tỷ đồng", "Tây An"),
        ("16/18 chỉ tiêu", "Nam An"),
    }


WORDS = st.sampled_from(
    [
        "thu",
        "ngân",
        "sách",
        "đạt",
        "vượt",
        "tăng",
        "giảm",
        "kế",
        "hoạch",
        "so",
        "với",
        "cùng",
        "kỳ",
        "trong",
        "đó",
        "gồm",
        "hộ",
        "nghèo",
        "đảng",
        "viên",
        "chỉ",
        "tiêu",
        "kết",
        "nạp",
        "xã",
        "Phường",
        "năm",
        "2022",
        "nhiệm",
        "kỳ",
        "2020-2025",
        "phấn",
        "đấu",
        "12",
        "5,3%",
        "7/6",
        "1.234",
        "tỷ",
        "đồng",
        "(",
        ")",
        ",",
        ";",
        ":",
        ".",
        "–",
        "-",
        "\n",
        "\t",
        "từ",
        "lên",
        "còn",
        "là",
        "có",
        "%",
        "“",
        "”",
        "10-15%",
        "77.3",
        "ha",
        "đến",
        "nay",
    ]
)


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_yields_grounded_facts_or_none(words: list[str]) -> None:
    text = " ".join(words)
    facts = sheet(text)
    for q in facts.quantities:
        assert text[q.quote.start : q.quote.end] == q.quote.text
        assert q.label
    ids = [q.id for q in facts.quantities]
    assert len(set(ids)) == len(ids)
    known = set(ids)
    for one in facts.indicators:
        assert {*one.results, *one.plans, *one.attainments, *one.changes} <= known
