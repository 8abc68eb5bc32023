"""People with their offices: named with evidence, linked, cut off places; and who is none."""

from __future__ import annotations

from typing import Any

import pytest
from cleaned import cases, cleaned, label

from toolkit.extract.people import people
from toolkit.lexicon import load
from toolkit.model.context import Level, Locality


@pytest.mark.parametrize("case", cases("people"), ids=label)
def test_people(case: dict[str, Any]) -> None:
    found = people(cleaned(case["text"]))
    assert [f"{p.name} | {'; '.join(p.roles)}" for p in found] == case["people"]
    if "mentions" in case:
        assert len(found[0].quotes) == case["mentions"]


def test_every_quote_is_in_the_text() -> None:
    clean = cleaned("Đồng chí Lê Văn Hùng, Bí thư Huyện ủy dự. Đồng chí Hùng đề nghị xã tập trung. Ông Lê Văn Hùng chúc mừng.")
    (person,) = people(clean)
    assert [clean.source.text[q.start : q.end] for q in person.quotes] == ["Lê Văn Hùng", "Hùng", "Lê Văn Hùng"]


def test_offices_leave_the_report_s_own_place_out() -> None:
    clean = cleaned("Bí thư Đảng ủy phường Hạ Lý Trần Lan Anh cho biết phường Hạ Lý đổi mới.")
    (person,) = people(clean, Locality("Hạ Lý", Level.PHUONG))
    assert person.roles == ("Bí thư Đảng ủy phường",)


def test_the_lists_of_surnames_do_not_overlap() -> None:
    data = load("vi/surnames")
    assert sorted(set(data["common"]) & set(data["rare"])) == []
    assert len(set(data["common"])) == len(data["common"])
