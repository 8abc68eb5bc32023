"""A label that a profile gives is printed as it is, also where an indicator or the sentence would say it in other words."""

from __future__ import annotations

from pathlib import Path

from toolkit.model.profile import ProfileSet
from toolkit.pipeline import compose_brief, read_amount, read_facts, settle
from toolkit.read.profiles import parse_profile

SEED = Path(__file__).parents[2] / "seeds/ngoc-thuy-2023.txt"
RULE = 'facts:\n  - {{correct: "40%", {what}, reason: nhãn trong bài quá dài}}\n'


def labels(what: str) -> list[str]:
    profile = parse_profile(RULE.format(what=what), "profiles/ngoc-thuy.yaml", read_amount)
    ((dossier,), _) = settle([read_facts(SEED)], ProfileSet((profile,)))
    return [row.label for section in compose_brief(dossier).sections for row in section.rows if row.settled]


def test_the_given_words_are_printed() -> None:
    assert labels("label: lao động tham gia bảo hiểm xã") == ["Lao động tham gia bảo hiểm xã"]


def test_a_changed_value_keeps_the_whole_label() -> None:
    assert labels('value: "41%"') == ["Tỷ lệ lao động tham gia bảo hiểm xã hội bắt buộc"]
