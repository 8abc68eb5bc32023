"""The cut faces: complete for Vietnamese, the same bytes on every machine, kept where they can be kept."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.errors import RenderError
from toolkit.render import fonts


def test_every_vietnamese_letter_is_there() -> None:
    assert len(set(fonts.VIETNAMESE)) == 134 + 12
    assert fonts.missing_letters() == {}


def test_faces_are_small_enough_to_embed() -> None:
    assert sum(map(len, fonts.web_faces().values())) < 60_000
    assert all(path.stat().st_size < 80_000 for path in fonts.faces().values())


def test_signs_of_the_templates_are_printable() -> None:
    fonts.check_coverage(["▲■▼◆—–…“”‘’₫≤≥→✓²°"], "x")


def test_a_missing_character_is_named() -> None:
    with pytest.raises(RenderError, match=r"ก \(U\+0E01 THAI CHARACTER KO KAI\)"):
        fonts.check_coverage(["Phường", "กx"], "here")


@pytest.mark.slow
def test_cutting_again_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    code = "from toolkit.render.fonts import faces; print(*faces().values(), sep='\\n')"
    run = subprocess.run(
        [sys.executable, "-c", code], env={"NHIEMKY_CACHE": str(tmp_path), "PATH": ""}, capture_output=True, text=True, check=True
    )
    made = [Path(line) for line in run.stdout.split()]
    assert all(tmp_path in path.parents for path in made)
    digests = [[hashlib.sha256(path.read_bytes()).hexdigest() for path in group] for group in (made, fonts.faces().values())]
    assert digests[0] == digests[1]


def test_a_cache_that_cannot_be_written_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    monkeypatch.setenv("NHIEMKY_CACHE", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = fonts._folder.__wrapped__()
    assert folder.is_dir()
    assert tmp_path in folder.parents
