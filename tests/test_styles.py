"""The house styles: each has its page and sheets, unknown names have a nearest one, options stand above the profile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.errors import ProfileError, UsageError
from toolkit.model.profile import NO_PROFILES
from toolkit.pipeline import Making, load_profiles, make_brief, read_facts, settle, wished
from toolkit.styles import DEFAULT, names, style, styles
from toolkit.workspace import packaged_templates

ROOT = Path(__file__).parents[1]


def test_the_default_comes_first() -> None:
    assert names()[0] == DEFAULT


@pytest.mark.parametrize("name", names())
def test_each_style_has_its_page_and_its_sheets(name: str) -> None:
    house = style(name)
    for path in (house.page, house.sheet("screen"), house.sheet("print")):
        assert (packaged_templates() / path).is_file()


def test_an_unknown_style_gives_the_nearest() -> None:
    with pytest.raises(UsageError, match="'dangg'") as caught:
        style("dangg")
    assert "dang" in caught.value.remedy


def test_a_profile_names_a_style_that_there_is(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("locality: {name: A}\ndisplay: {style: nha-nuok}\n", "utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profiles(tmp_path)
    (issue,) = caught.value.issues
    assert "nha-nuok" in issue.message
    assert "nha-nuoc" in issue.remedy
    assert issue.where.endswith("a.yaml:2:18")


@pytest.mark.parametrize("name", names())
def test_every_seed_is_made_in_every_style_as_html_pdf_and_with_its_appendix(name: str) -> None:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        (dossier,), _ = settle([read_facts(path)], load_profiles(ROOT / "profiles"))
        made = make_brief(dossier, Making(style=name, appendix=True))
        assert made.brief.style == name
        assert made.audited > 0
        assert {artifact.name for artifact in made.artifacts} == {"brief.html", "brief.pdf", "facts.json"}


def test_the_call_stands_above_the_profile() -> None:
    (dossier,), _ = settle([read_facts(ROOT / "seeds/ha-dinh-2020.txt")], NO_PROFILES)
    shown = replace(dossier, display=replace(dossier.display, style="dang", appendix=True, length="full"))
    assert wished(shown, Making()).display == shown.display
    other = wished(shown, Making(style="an-pham", appendix=False, length="one-page")).display
    assert (other.style, other.appendix, other.length) == ("an-pham", False, "one-page")


def test_a_style_of_one_length_refuses_another() -> None:
    (dossier,), _ = settle([read_facts(ROOT / "seeds/ha-dinh-2020.txt")], NO_PROFILES)
    assert wished(dossier, Making(style="mot-trang")).display.length == "one-page"
    with pytest.raises(UsageError, match="mot-trang"):
        wished(dossier, Making(style="mot-trang", length="full"))


def test_exact_styles_promise_pages_for_their_length() -> None:
    assert all(house.pages.get(house.length or "") for house in styles().values() if house.exact)
