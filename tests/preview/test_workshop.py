"""What is made again after a change, in which order, and what happens when files go away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from toolkit.pipeline import Making
from toolkit.preview import Change, Workshop, workshop
from toolkit.workspace import packaged_templates

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "seeds/ha-dinh-2020.txt").read_text("utf-8")
MASTHEAD = (packaged_templates() / "partials/masthead.html").read_text("utf-8")
WARDS = ("Hạ Đình", "An Lạc", "Bình Sơn", "Tân Phong")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workshop]:
    folder = tmp_path_factory.mktemp("work")
    for name in ("seeds", "profiles", "templates/partials"):
        (folder / name).mkdir(parents=True)
    for number, ward in enumerate(WARDS):
        (folder / f"seeds/{number}.txt").write_text(TEXT.replace("Hạ Đình", ward), "utf-8")
    shop = Workshop((folder / "seeds",), profiles=folder / "profiles", making=Making(templates=folder / "templates"))
    assert looked(shop)[-1].left == 0
    return folder, shop


def looked(shop: Workshop) -> list[Change]:
    """Looks until nothing is left to make."""
    changes = []
    while (change := shop.look()) is not None:
        changes.append(change)
        if not change.left:
            break
    return changes


def test_the_page_that_is_looked_at_comes_first_and_alone(made: tuple[Path, Workshop], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, shop = made
    monkeypatch.setattr(workshop, "SLICE", 0.0)
    before = dict(shop.state.pages)
    wanted = sorted(before)[-1]
    shop.asked(wanted)
    (folder / "templates/partials/masthead.html").write_text(MASTHEAD + "<p>một</p>", "utf-8")
    first = shop.look()
    assert first is not None
    assert (first.made, first.left) == (1, len(WARDS) - 1)
    assert [name for name, page in shop.state.pages.items() if page != before[name]] == [wanted]
    changes = looked(shop)
    assert (changes[-1].made, changes[-1].left) == (len(WARDS), 0)
    assert changes[-1].files == first.files
    assert all(b"<p>m\xe1\xbb\x99t</p>" in page.html for page in shop.state.pages.values())
    assert shop.look() is None


def test_a_change_does_not_wait_for_the_rest_of_the_one_before(
    made: tuple[Path, Workshop], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, shop = made
    monkeypatch.setattr(workshop, "SLICE", 0.0)
    masthead = folder / "templates/partials/masthead.html"
    masthead.write_text(MASTHEAD + "<p>hai hai</p>", "utf-8")
    assert (shop.look() or Change((), 0, 0, 0)).left == len(WARDS) - 1
    masthead.write_text(MASTHEAD + "<p>ba ba ba</p>", "utf-8")
    changes = looked(shop)
    assert changes[-1].made == len(WARDS)
    assert all(b"<p>ba ba ba</p>" in page.html for page in shop.state.pages.values())


def test_a_source_that_goes_takes_its_page_along_and_all_sources_may(made: tuple[Path, Workshop]) -> None:
    folder, shop = made
    (folder / "seeds/1.txt").rename(folder / "1.txt")
    looked(shop)
    assert len(shop.state.pages) == len(WARDS) - 1
    (folder / "seeds").rename(folder / "away")
    looked(shop)
    assert shop.state.pages == {}
    assert [bool(fault.remedy) for fault in shop.state.faults] == [True]
    (folder / "away").rename(folder / "seeds")
    (folder / "1.txt").rename(folder / "seeds/1.txt")
    looked(shop)
    assert len(shop.state.pages) == len(WARDS)
    assert shop.state.faults == ()


def test_a_folder_of_templates_may_go_and_come_back(made: tuple[Path, Workshop]) -> None:
    folder, shop = made
    shutil.rmtree(folder / "templates")
    looked(shop)
    assert shop.state.faults == ()  # the packaged ones stand alone then
    assert all(b'<header class="masthead">' in page.html for page in shop.state.pages.values())
    (folder / "templates/partials").mkdir(parents=True)
    (folder / "templates/partials/masthead.html").write_text(MASTHEAD + "<p>lại</p>", "utf-8")
    looked(shop)
    assert shop.state.faults == ()
    assert all("<p>lại</p>".encode() in page.html for page in shop.state.pages.values())
