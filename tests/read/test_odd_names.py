"""Names and places of sources that nobody would choose: found, read or refused with a reason, never left out in silence."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from toolkit.batch import BuildOptions, build, find_sources
from toolkit.errors import ReadError
from toolkit.pipeline import Making
from toolkit.read import read_source

TEXT = "Đảng bộ phường Hạ Đình, quận Thanh Xuân, nhiệm kỳ 2015 - 2020\n\nThu ngân sách năm 2019 đạt 5 tỷ đồng.\n"


@pytest.mark.parametrize("name", ["-rf.txt", "a\nb.txt", "Phường Hạ Đình.txt", "có dấu cách.TXT", "x" * 240 + ".txt", "a:3:4.txt"])
def test_a_brief_is_made_of_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, "utf-8")
    (profiles := tmp_path / "none").mkdir()
    report = build(BuildOptions((tmp_path,), tmp_path / "out", profiles, making=Making(("html",)), jobs=1))
    assert [outcome.error for outcome in report.outcomes] == [None]


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="only Linux keeps names that are no text")
def test_a_name_that_is_no_text_is_written_with_escapes(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")
    Path(path).write_text(TEXT, "utf-8")
    assert read_source(path).path == f"{tmp_path}/\\xff\\xfe.txt"


def test_a_name_too_long_for_the_disk_is_refused_with_a_reason() -> None:
    (path,) = find_sources([Path("y" * 300)])
    with pytest.raises(ReadError, match="cannot be opened"):
        read_source(path)


def test_no_more_is_taken_from_a_pipe_than_is_read(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe.txt")

    def fill() -> None:
        try:
            with pipe.open("wb") as end:
                while True:
                    end.write(b"a" * 4096)
        except BrokenPipeError:
            pass

    writer = threading.Thread(target=fill)
    writer.start()
    with pytest.raises(ReadError, match="more than"):
        read_source(pipe, max_bytes=10_000)
    writer.join(10)
    assert not writer.is_alive()


def test_folders_are_searched_in_order_without_following_loops(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.MD", "a.html", "b/.hidden/x.txt", "b/.x.txt", "README.md", "c.exe"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, "utf-8")
    (tmp_path / "b/loop").symlink_to(tmp_path)
    (tmp_path / "b/gone.txt").symlink_to("/nowhere")
    assert [path.relative_to(tmp_path).as_posix() for path in find_sources([tmp_path])] == ["a.html", "b/1.MD", "b/2.txt"]


def test_a_folder_that_cannot_be_looked_into_is_not_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    look = os.scandir

    def guarded(path: str | Path):
        # The tests may run as root, for whom every folder is open.
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [path.name for path in find_sources([tmp_path])] == ["a.txt", "closed"]
