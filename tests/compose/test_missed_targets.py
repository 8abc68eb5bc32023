"""A target that was missed is never worded as reached or exceeded, whatever the clause before it says."""

from __future__ import annotations

import hashlib

import pytest

from toolkit.clean import clean
from toolkit.model.profile import NO_PROFILES
from toolkit.model.text import Source
from toolkit.pipeline import compose_brief, facts_of, settle

HEAD = "Đảng bộ xã Tân Lộc: Kết quả nhiệm kỳ 2015-2020\n\nNhiệm kỳ 2015-2020, xã Tân Lộc (huyện Hậu Lộc, tỉnh Thanh Hóa) có "


@pytest.mark.parametrize(
    "rest",
    [
        "14/16 chỉ tiêu đạt và vượt kế hoạch, 2 chỉ tiêu chưa đạt.",
        "14 chỉ tiêu vượt kế hoạch, 2 chỉ tiêu không đạt.",
        "9 chỉ tiêu vượt, 5 chỉ tiêu đạt; 2 chỉ tiêu chưa hoàn thành.",
    ],
)
def test_missed(rest: str) -> None:
    text = HEAD + rest + "\n"
    sheet = facts_of(clean(Source("a.txt", text, hashlib.sha256(text.encode()).hexdigest())))
    ((dossier,), _) = settle([sheet], NO_PROFILES)
    rows = [row for section in compose_brief(dossier).sections for row in section.rows]
    said = ["".join(p if isinstance(p, str) else p.text for p in (*row.result, " ", *row.against_plan)) for row in rows]
    assert not [line for line in said if "vượt 2" in line or "đạt 2" in line]
