"""brief.yaml is whole: every kind of report, sector, status and section has its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.compose.standard import standard, worded
from toolkit.lexicon import DATA
from toolkit.model.context import Report, Sector
from toolkit.model.dossier import Display
from toolkit.model.fact import Status


def test_every_kind_sector_and_status_has_its_words() -> None:
    base = standard()
    assert set(base.sectors) == set(Sector)
    assert set(base.titles) == set(base.titles_undated) == set(base.reports) == set(Report)
    assert set(base.status) == set(Status)


def test_a_required_section_or_field_can_be_told_missing() -> None:
    base = standard()
    assert all(spec.gap or spec.missing for spec in base.sections if spec.required)
    assert all(spec.gap for spec in base.fields if spec.required)


def test_each_length_holds_at_least_as_much_as_the_shorter_one() -> None:
    short, middle, full = standard().lengths.values()
    for name in ("digest", "key", "rows", "syllables", "figures", "items", "people", "documents"):
        assert getattr(short, name) <= getattr(middle, name) <= getattr(full, name)


def test_words_of_the_source_are_sought_longest_first() -> None:
    for words in (*standard().bounds.values(), standard().plan_objects):
        assert [len(w) for w in words] == sorted((len(w) for w in words), reverse=True)


def test_every_word_of_the_code_is_in_the_file() -> None:
    folder = Path(__file__).parents[2] / "toolkit/compose"
    used = {word for path in folder.glob("*.py") for word in re.findall(r'words\["(\w+)"', path.read_text("utf-8"))}
    assert used <= set(standard().words)


def test_readme_names_every_data_file() -> None:
    text = (DATA / "README.md").read_text("utf-8")
    missing = [p.name for p in DATA.iterdir() if p.name != "README.md" and not p.name.startswith(("_", ".")) and p.name not in text]
    assert missing == []


@pytest.mark.parametrize("key", ["han-che", "chi-tieu.gap", "sectors.kinh-te", "fields.dai-hoi", "dash"])
def test_a_profile_can_change_any_word(key: str) -> None:
    changed = worded(standard(), Display(wording={key: "LỜI KHÁC"}))
    assert "LỜI KHÁC" in repr(changed)
    assert "LỜI KHÁC" not in repr(standard())
