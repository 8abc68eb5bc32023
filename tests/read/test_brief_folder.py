"""Built briefs read back: found by folder or place, whole, and as they were built."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "deliver"))

from sending import PDF, make_brief

from toolkit.errors import DeliverError, UsageError
from toolkit.read.brief_folder import find_briefs, read_briefs, read_parts


def test_briefs_are_found_by_folder_slug_name_and_term(tmp_path: Path) -> None:
    first = make_brief(tmp_path, "ha-dinh/2015-2020")
    second = make_brief(tmp_path, "ha-dinh/2020-2025")
    other = make_brief(tmp_path, "kien-hung/2020-2025", "Kiến Hưng")
    (tmp_path / "outbox/send").mkdir(parents=True)
    (tmp_path / "outbox/send/manifest.json").write_text("{}")
    assert find_briefs((), tmp_path) == (first, second, other)
    assert find_briefs(("ha-dinh",), tmp_path) == (first, second)
    assert find_briefs(("Hạ Đình",), tmp_path) == (first, second)
    assert find_briefs(("ha-dinh/2020-2025", "Kiến Hưng", "ha-dinh/2020-2025"), tmp_path) == (second, other)
    assert find_briefs((str(other),), tmp_path / "none") == (other,)
    for wrong in ("ha-din", "–", ""):
        with pytest.raises(UsageError) as caught:
            find_briefs((wrong or "//",), tmp_path)
        assert caught.value.remedy == "there are: ha-dinh, kien-hung"
    with pytest.raises(UsageError, match="no briefs were found"):
        find_briefs((), tmp_path / "none")


def test_a_brief_is_read_with_its_checksums(tmp_path: Path) -> None:
    (brief,) = read_briefs([make_brief(tmp_path)])
    assert (brief.folder, brief.slug, brief.when, brief.locality) == ("ha-dinh/2015-2020", "ha-dinh", "2015-2020", "Hạ Đình")
    assert brief.title == "Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020"
    assert read_parts(brief).pdf == PDF


@pytest.mark.parametrize("name", ["newsletter/short.html", "newsletter/short.txt", "brief.pdf"])
def test_a_file_that_is_missing_or_was_changed_is_named(tmp_path: Path, name: str) -> None:
    folder = make_brief(tmp_path)
    (folder / name).write_bytes(b"143% 153%")
    with pytest.raises(DeliverError, match="not as it was built") as caught:
        read_briefs([folder])
    assert caught.value.where == str(folder / name)
    assert "nhiemky build -f html,pdf,newsletter" in caught.value.remedy
    (folder / name).unlink()
    with pytest.raises(DeliverError, match=f"has no {name}"):
        read_briefs([folder])


def test_all_unsound_briefs_are_named_at_once(tmp_path: Path) -> None:
    folders = [make_brief(tmp_path, f"{name}/2020-2025") for name in ("a", "b", "c")]
    (folders[0] / "brief.pdf").unlink()
    (folders[2] / "manifest.json").write_text("[]")
    with pytest.raises(DeliverError) as caught:
        read_briefs(folders)
    assert caught.value.what.startswith("2 briefs cannot be sent")
    assert str(folders[0]) in caught.value.what
    assert str(folders[2]) in caught.value.what
