"""Which place an article reports on, with parents and predecessors."""

from __future__ import annotations

from typing import Any

import pytest
from cleaned import cases, cleaned, label

from toolkit.extract.cues import prose
from toolkit.extract.locality import find_localities
from toolkit.extract.places import mentions, tier, titled
from toolkit.model.context import Level

ALL = cases("locality")


@pytest.mark.parametrize("case", [c for c in ALL if "name" in c], ids=label)
def test_the_one_place(case: dict[str, Any]) -> None:
    place, several = find_localities(cleaned(case["text"]))
    assert several == ()
    assert place is not None
    assert (place.name, place.level, list(place.parents)) == (case["name"], case["level"], case["parents"])
    if "predecessors" in case:
        assert list(place.predecessors) == case["predecessors"]


@pytest.mark.parametrize("case", [c for c in ALL if "several" in c], ids=label)
def test_several_or_none(case: dict[str, Any]) -> None:
    place, several = find_localities(cleaned(case["text"]))
    assert place is None
    assert [p.name for p in several] == case["several"]


def test_slug_is_a_folder_name() -> None:
    place, _ = find_localities(cleaned("Phường 16 đổi mới\n\nĐảng bộ Phường 16 có 20 chi bộ."))
    assert place is not None
    assert place.slug == "phuong-16"


def test_a_mention_lies_where_it_says() -> None:
    text = prose(cleaned("Đảng bộ xã Tân An (huyện Châu Thành, tỉnh Long An) đại hội. Quận ủy Long Biên chúc mừng TP.HCM."))
    found = [(text.text[m.start : m.end], m.name, m.level) for m in mentions(text)]
    assert ("xã Tân An", "Tân An", Level.XA) in found
    assert ("Quận ủy Long Biên", "Long Biên", Level.QUAN) in found
    assert ("TP.HCM", "TP.HCM", Level.THANH_PHO) in found


@pytest.mark.parametrize(
    ("level", "name", "expected"),
    [(Level.THANH_PHO, "Hà Nội", 2), (Level.THANH_PHO, "Vinh", 1), (Level.XA, "Tân An", 0), (None, "An Giang", 2)],
)
def test_tier(level: Level | None, name: str, expected: int) -> None:
    assert tier(level, name) == expected


def test_capitals_are_undone_but_abbreviations_kept() -> None:
    assert titled("HÒA BÌNH") == "Hòa Bình"
    assert titled("TP HCM") == "TP HCM"
