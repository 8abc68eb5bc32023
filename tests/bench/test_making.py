"""The generator of made-up localities: the same bytes from the same seed, a locality each, and figures where it says."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from making import Wishes, encode, make_article, make_articles, profile, write
from making.places import names

from toolkit.model.fact import FactSheet
from toolkit.model.profile import NO_PROFILES
from toolkit.pipeline import load_profiles, read_facts, settle

MANY = 60


def test_the_same_seed_gives_the_same_bytes() -> None:
    wishes = Wishes(formats=(".txt", ".html", ".docx", ".md"))
    first, again, other = ([encode(one) for one in make_articles(MANY, seed, wishes)] for seed in (3, 3, 4))
    assert first == again
    assert not set(first) & set(other)


def test_an_article_does_not_depend_on_how_many_are_made() -> None:
    assert encode(make_article(41, 5)) == encode(list(make_articles(MANY, 5))[41])


def test_names_suffice_for_all_communes_of_the_country_and_are_folders_of_their_own() -> None:
    from toolkit.model.vietnamese import slug

    folders = [slug(name) for name, _ in names(1)[:10_035]]
    assert len(set(folders)) == 10_035


def test_figures_stand_where_they_are_said_to_stand() -> None:
    for article in make_articles(MANY):
        assert article.text == unicodedata.normalize("NFC", article.text)
        assert "{" not in article.text
        assert "  " not in article.text.replace("  | Lượt xem", "")
        assert all(article.text[fact.start : fact.end] == fact.figure.text for fact in article.facts)
        assert len([f for f in article.facts if f.figure.kind in ("money", "percent", "fraction")]) >= 8


def test_articles_are_as_long_as_real_ones() -> None:
    lengths = sorted(len(article.text.split()) for article in make_articles(300))
    assert lengths[0] >= 450
    assert 900 <= lengths[150] <= 1500
    assert 2000 <= lengths[-1] <= 3400


def test_all_shapes_and_quirks_come_up() -> None:
    made = list(make_articles(300))
    assert {article.shape for article in made} == {"dai-hoi", "tong-ket", "so-ket", "hang-nam"}
    assert {article.place.level for article in made} == {"xã", "phường", "thị trấn", "đặc khu", "quận", "huyện", "thị xã"}
    assert {trait for article in made for trait in article.traits} == {
        "dotted-decimals",
        "glued-units",
        "bare-thousands",
        "spaced-percent",
    }
    for quirk in ("decomposed", "crlf", "contradicts"):
        assert 0 < sum(getattr(article, quirk) for article in made) < 60
    assert any(article.term is None and article.shape != "hang-nam" for article in made)


def test_a_contradiction_is_in_the_text() -> None:
    article = next(one for one in make_articles(300) if one.contradicts and "Văn phòng cấp ủy" in one.text)
    told = {fact.figure.text for fact in article.facts if fact.figure.indicator == "so-chi-tieu"}
    assert len(told) == 2


def test_without_quirks_there_are_none() -> None:
    for article in make_articles(MANY, wishes=Wishes(quirks=False)):
        assert not any((article.decomposed, article.crlf, article.contradicts))
        assert article.term is not None or article.shape == "hang-nam"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("making")
    write(make_articles(16, wishes=Wishes(formats=(".txt", ".html", ".docx", ".md"))), made, profiles=True, facts=True)
    return made


def sheets_of(folder: Path) -> list[FactSheet]:
    return [read_facts(path) for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".html", ".docx", ".md")]


def test_every_article_is_a_locality_of_its_own_in_all_formats(folder: Path) -> None:
    sheets = sheets_of(folder)
    dossiers, _ = settle(sheets, NO_PROFILES)
    assert len(dossiers) == 16
    found = {dossier.locality.name for dossier in dossiers}
    assert found == {article.place.name for article in make_articles(16)}


def test_profiles_fit_their_localities(folder: Path) -> None:
    profiles = load_profiles(folder / "profiles")
    assert len(profiles.profiles) == 16
    article = make_article(0)
    assert f"name: {article.place.name}" in profile(article)


def test_terms_of_one_locality_are_briefs_of_their_own(tmp_path: Path) -> None:
    write(make_articles(4, wishes=Wishes(terms=2, quirks=False)), tmp_path)
    dossiers, _ = settle(sheets_of(tmp_path), NO_PROFILES)
    assert len({dossier.locality.name for dossier in dossiers}) == 2
    assert sorted(dossier.term.value for dossier in dossiers if dossier.term) == sorted(["2010-2015", "2015-2020"] * 2)
