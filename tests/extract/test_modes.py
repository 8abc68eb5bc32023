"""Modes of sentences: frames, cues, what reaches from afar."""

from __future__ import annotations

from typing import Any

import pytest
from cleaned import cases, cleaned, label

from toolkit.extract.modes import modes
from toolkit.lexicon import load
from toolkit.model.fact import Mode


@pytest.mark.parametrize("case", cases("modes"), ids=label)
def test_sentences(case: dict[str, Any]) -> None:
    paragraphs = [[line.split(" | ", 1) for line in part.splitlines()] for part in case["article"].strip().split("\n\n")]
    clean = cleaned("\n\n".join(" ".join(sentence for _, sentence in part) for part in paragraphs))
    found = [[str(mode), clean.text[s.span.start : s.span.end]] for s, mode in zip(clean.sentences, modes(clean), strict=True)]
    assert found == [line for part in paragraphs for line in part]


@pytest.mark.parametrize("group", [g for g in load("vi/modes")["cues"] if not g.get("not")], ids=lambda g: g["example"][:50])
def test_example_of_every_group_of_cues(group: dict[str, Any]) -> None:
    assert modes(cleaned(group["example"])) == (Mode(group["mode"]),)


@pytest.mark.parametrize("group", [g for g in load("vi/modes")["cues"] if g.get("not")], ids=lambda g: g["example"][:50])
def test_shields_keep_a_cue_from_telling(group: dict[str, Any]) -> None:
    assert Mode(group["mode"]) not in modes(cleaned(group["example"])) or group["mode"] == "result"


HEADINGS = """Báo cáo kết quả nhiệm kỳ của xã Tân An

I. KẾT QUẢ ĐẠT ĐƯỢC

- Thu ngân sách 12 tỷ đồng.

II. TỒN TẠI, HẠN CHẾ

- Rác thải ở một số thôn gây ô nhiễm.

III. PHƯƠNG HƯỚNG, NHIỆM VỤ

- Thu ngân sách 15 tỷ đồng.

- Kết nạp 30 đảng viên.
"""


def test_headings_rule_what_stands_below_them() -> None:
    clean = cleaned(HEADINGS)
    items = {clean.text[s.span.start : s.span.end]: m for s, m in zip(clean.sentences, modes(clean), strict=True)}
    assert items["- Thu ngân sách 12 tỷ đồng."] is Mode.RESULT
    assert items["- Rác thải ở một số thôn gây ô nhiễm."] is Mode.LIMITATION
    assert items["- Thu ngân sách 15 tỷ đồng."] is Mode.PLAN
    assert items["- Kết nạp 30 đảng viên."] is Mode.PLAN


def test_a_headline_rules_nothing() -> None:
    clean = cleaned("Xã Tân An phấn đấu về đích nông thôn mới\n\nNhững năm qua, xã Tân An đã huy động 52 tỷ đồng làm đường.")
    assert modes(clean)[-1] is Mode.RESULT
