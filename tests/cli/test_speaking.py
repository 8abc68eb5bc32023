"""What click says by itself is said in the user's language as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def nhiemky(*arguments: str, lang: str = "vi") -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "NHIEMKY_LANG": lang}
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments], env=env, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "-j", "0"), "giá trị của '-j' / '--jobs' không hợp lệ: 0 không nằm trong khoảng x>=1."),
        (("build", "--nope"), "không có tùy chọn '--nope'."),
        (("query", "--level", "x"), "'x' không thuộc các giá trị 'phường',"),
        (("corpus", "nope"), "không có lệnh 'nope'."),
        (("corpus", "add"), "thiếu 'PATHS...'."),
        (("diff", "a", "b", "c"), "thừa tham số (c)"),
        (("query", "--limit"), "tùy chọn '--limit' cần một giá trị."),
        (("build", "--summary", "."), "'.' là thư mục, không phải tệp."),
    ],
)
def test_a_wrong_call_is_told_in_vietnamese(arguments: tuple[str, ...], said: str) -> None:
    done = nhiemky(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    for english in ("Usage", "Try", "Error", "Invalid", "not ", "No such", "Missing", "Got", "requires"):
        assert english not in done.stderr


@pytest.mark.parametrize("command", [(), ("build",), ("corpus",), ("corpus", "add"), ("query",)])
def test_a_help_page_has_no_english_of_its_own(command: tuple[str, ...]) -> None:
    there, here = nhiemky(*command, "--help", lang="en").stdout, nhiemky(*command, "--help").stdout
    for english, vietnamese in (
        ("Usage:", "Cách dùng:"),
        ("Options:", "Các tùy chọn:"),
        ("Show this message", "In phần hướng dẫn"),
    ):
        assert english in there
        assert vietnamese in here
        assert english not in here
    assert "[default: " not in here


def test_no_command_is_answered_by_the_help_page() -> None:
    done = nhiemky()
    assert done.returncode == 2
    assert done.stderr.startswith("Cách dùng: nhiemky [OPTIONS]")
    assert done.stderr.count("Cách dùng") == 1


def test_a_folder_to_clean_must_be_there(tmp_path: Path) -> None:
    for name in ("nowhere", "file"):
        (tmp_path / "file").write_text("", "utf-8")
        done = nhiemky("clean", str(tmp_path / name))
        assert (done.returncode, "không có thư mục kết quả này" in done.stderr) == (2, True), done.stderr
