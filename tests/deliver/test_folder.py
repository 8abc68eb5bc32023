"""Delivery: whole or not at all, with checksums, and every fault said with what to do."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from toolkit.deliver import deliver
from toolkit.errors import DeliverError
from toolkit.model.artifact import Artifact

PAGE = Artifact("brief.html", "text/html", "<p>Hạ Đình</p>".encode())
PRINT = Artifact("brief.pdf", "application/pdf", b"%PDF-1.7 made up")


def test_files_and_manifest_stand_side_by_side(tmp_path: Path) -> None:
    folder = tmp_path / "Phường Hạ Đình" / "2015-2020"
    written = deliver(folder, [PAGE, PRINT], {"locality": "Hạ Đình"})
    assert [p.name for p in written] == ["brief.html", "brief.pdf"]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["locality"] == "Hạ Đình"
    assert {f["name"]: f["sha256"] for f in manifest["files"]} == {
        a.name: hashlib.sha256((folder / a.name).read_bytes()).hexdigest() for a in (PAGE, PRINT)
    }
    assert sorted(p.name for p in folder.iterdir()) == ["brief.html", "brief.pdf", "manifest.json"]


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        deliver(tmp_path / name, [PAGE], {"locality": "Hạ Đình"})
    assert (tmp_path / "a/manifest.json").read_bytes() == (tmp_path / "b/manifest.json").read_bytes()


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "free some space"), (errno.EROFS, "permissions"), (errno.EIO, "check the folder")],
)
def test_a_write_that_fails_leaves_the_former_brief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
) -> None:
    deliver(tmp_path, [PAGE, PRINT], {})
    real = os.fsync
    calls = []

    def failing(fd: int) -> None:
        # The second file is the one for which the disk has no room: the first is complete by then, under its temporary name.
        calls.append(fd)
        if len(calls) == 2:
            raise OSError(number, os.strerror(number))
        real(fd)

    monkeypatch.setattr(os, "fsync", failing)
    newer = [Artifact(a.name, a.media_type, a.data + b" newer") for a in (PAGE, PRINT)]
    with pytest.raises(DeliverError, match=r"→ .*" + remedy):
        deliver(tmp_path, newer, {})
    assert (tmp_path / "brief.html").read_bytes() == PAGE.data
    assert (tmp_path / "brief.pdf").read_bytes() == PRINT.data
    assert not list(tmp_path.glob(".*.part"))


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("not a folder")
    with pytest.raises(DeliverError, match="--output"):
        deliver(tmp_path / "output" / "ha-dinh", [PAGE], {})


def test_interrupt_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(fd: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        deliver(tmp_path, [PAGE], {})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_a_file_leaves_the_former_brief_whole(tmp_path: Path) -> None:
    deliver(tmp_path, [PAGE], {})
    (tmp_path / PRINT.name).mkdir()
    with pytest.raises(DeliverError, match="a folder stands where a file is needed"):
        deliver(tmp_path, [Artifact(PAGE.name, PAGE.media_type, b"new"), PRINT], {})
    assert (tmp_path / PAGE.name).read_bytes() == PAGE.data
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.html", "brief.pdf", "manifest.json"]


@pytest.mark.skipif(os.name != "posix", reason="asks for processes by their number")
def test_what_a_killed_run_left_is_swept_up_wherever_files_go(tmp_path: Path) -> None:
    card = Artifact("newsletter/card.html", "text/html", b"<p>5</p>")
    deliver(tmp_path, [PAGE, card], {})
    for folder in (tmp_path, tmp_path / "newsletter"):
        (folder / ".card.html.999999999.abc.part").write_bytes(b"half")
    deliver(tmp_path, [PAGE, card], {})
    assert not list(tmp_path.rglob("*.part"))
