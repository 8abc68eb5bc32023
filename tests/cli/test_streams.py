"""Standard streams in the states in which shells, services and full disks leave them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Đảng bộ phường Hạ Đình, quận Thanh Xuân, nhiệm kỳ 2015 - 2020\n\nThu ngân sách năm 2019 đạt 5 tỷ đồng, tăng 7%.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = f'n() {{ "{sys.executable}" -m toolkit "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("n extract a.txt >&-", 0),
        ("n check a.txt >&- 2>&-", 0),
        ("n extract a.txt | head -c 10; exit ${PIPESTATUS[0]}", 0),
        ("n doctor --help | true; exit ${PIPESTATUS[0]}", 0),
        ("LC_ALL=C PYTHONUTF8=0 n extract a.txt", 0),
        ("PYTHONIOENCODING=ascii n extract a.txt", 0),
    ],
)
def test_streams_that_are_closed_or_poor(article: Path, line: str, code: int) -> None:
    result = shell(line, article)
    assert result.returncode == code, result.stderr
    assert not any(word in result.stderr for word in ("Traceback", "fault in nhiemky", "Exception ignored"))


def test_locale_changes_no_byte_of_the_facts(article: Path) -> None:
    plain = shell("n extract a.txt", article).stdout
    assert "Hạ Đình" in plain
    assert shell("LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=latin-1 n extract a.txt", article).stdout == plain


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("line", ["n extract a.txt > /dev/full", "n summarise a.txt > /dev/full", "n place 'Hạ Đình' > /dev/full"])
def test_a_full_disk_under_the_output_is_not_taken_for_done(article: Path, line: str) -> None:
    result = shell(line, article)
    assert result.returncode == 8, result.stderr
    assert "→" in result.stderr


def test_one_bad_line_of_a_batch_is_one_error(article: Path) -> None:
    lines = [
        rb"\xff\xfe no text",
        b"[" * 3000,
        b'{"id": "inf", "documents": ["a.txt"], "budget": 1e999}',
        b'{"id": "\\ud800", "documents": ["a.txt"], "budget": 30}',
        '{"id": "Hạ Đình", "documents": ["a.txt"], "budget": 30}'.encode(),
    ]
    (article / "batch").write_bytes(b"\n".join(lines).replace(rb"\xff\xfe", b"\xff\xfe"))
    result = shell("LC_ALL=C PYTHONUTF8=0 n summarise --batch < batch", article)
    assert result.returncode == 0, result.stderr
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["error" in answer for answer in answers] == [True, True, True, False, False]
    assert answers[-1]["id"] == "Hạ Đình"
