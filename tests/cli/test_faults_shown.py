"""Faults of profiles as every command shows them: place, line, caret, remedy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.errors import Issue
from toolkit.read.profile_faults import profile_error

WRONG = "locality: Phường Hạ Đình\nfacts:\n  - add: thu\n    vlaue: 5%\ntemr: 2015\n"


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("profile", "check")])
def test_a_fault_is_shown_with_its_line_and_a_caret(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/ha-dinh.yaml").write_text(WRONG, "utf-8")
    (tmp_path / "a.txt").write_text("Phường Hạ Đình, quận Thanh Xuân: thu ngân sách đạt 5 tỷ đồng.", "utf-8")
    sources = () if arguments[0] == "profile" else ("a.txt",)
    command = [sys.executable, "-m", "toolkit", *arguments, *sources]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False, encoding="utf-8")
    said = result.stdout + result.stderr
    assert result.returncode in (4, 10), said
    assert "     5 | temr: 2015\n       | ^\n" in said
    assert "     4 |     vlaue: 5%\n       |     ^\n" in said


@pytest.mark.parametrize("folder", ["profiles/", r"C:\hồ sơ\\", "12:30/", "a:7:"])
def test_places_are_in_order_whatever_the_folder_is_called(folder: str) -> None:
    places = [f"{folder}a.yaml:2:1", f"{folder}a.yaml:10:1", f"{folder}b.yaml:1", f"{folder}c.yaml"]
    error = profile_error(Issue("x", "…", where=place) for place in reversed(places))
    assert [issue.where for issue in error.issues] == places
    assert "in 3 profiles" in error.what
