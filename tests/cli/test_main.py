"""The command line as a user meets it: run as a process, judged by what it prints and its exit code."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from toolkit.cli import COMMANDS
from toolkit.lexicon import load
from toolkit.messages import say

ROOT = Path(__file__).parents[2]


def nhiemky(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "NHIEMKY"))} | environment
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False, encoding="utf-8")


def test_help_lists_every_command_and_is_quick() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = nhiemky("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.returncode == 0
    assert all(f"  {name}" in result.stdout for name in COMMANDS)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 0.4  # the aim is 0.2 s; twice that here, since test machines are shared


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['nhiemky', '--help']\nimport toolkit.cli\ntry: toolkit.cli.main()\nexcept SystemExit: pass\n"
    code += "print(sorted(m for m in ('weasyprint', 'underthesea', 'pydantic', 'lxml', 'jinja2', 'rich') if m in sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip().endswith("[]")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_command_explains_itself_in_both_languages(name: str, lang: str) -> None:
    result = nhiemky(name, "--help", NHIEMKY_LANG=lang)
    assert result.returncode == 0, result.stderr
    first = load("messages")["help"][name][lang].split("\n")[0].split(" (")[0][:40]
    assert first in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (("--lang", "vi", "--help"), {}, "Các lệnh"),
        (("doctor", "--lang=vi", "--help"), {}, "Kiểm tra máy"),
        (("--help",), {"LANG": "vi_VN.UTF-8"}, "Các lệnh"),
        (("--help",), {"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8"}, "Commands"),
        (("--help",), {"NHIEMKY_LANG": "en", "LANG": "vi_VN.UTF-8"}, "Commands"),
        (("--help",), {}, "Commands"),
    ],
)
def test_language(arguments: tuple[str, ...], environment: dict[str, str], expected: str) -> None:
    assert expected in nhiemky(*arguments, **environment).stdout


def test_an_unknown_command_names_the_nearest() -> None:
    result = nhiemky("biuld")
    assert result.returncode == 2
    assert "'build'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "remedy"),
    [
        (("build", "no-such-file.txt"), 3, "→"),
        (("extract", "no-such-file.txt"), 3, "→"),
        (("build", "--format", "docs"), 2, "choose among"),
        (("summarise",), 2, "--batch"),
    ],
)
def test_wrong_calls_say_what_to_do(tmp_path: Path, arguments: tuple[str, ...], code: int, remedy: str) -> None:
    result = nhiemky(*arguments, cwd=tmp_path)
    assert result.returncode == code, result.stderr
    assert remedy in result.stderr
    assert "Traceback" not in result.stderr


def test_a_profile_is_shown_to_programs_too() -> None:
    (shown,) = json.loads(nhiemky("profile", "show", "ha-dinh", "seeds/ha-dinh-2020.txt", "--json").stdout)
    assert shown["profile"] == "ha-dinh"
    assert {"path", "value", "layer", "where", "hid"} == set(shown["values"][0])
    assert list(shown["changes"]) == ["ha-dinh/2015-2020"]


def test_an_empty_folder_is_no_source(tmp_path: Path) -> None:
    result = nhiemky("build", str(tmp_path))
    assert result.returncode == 2
    assert "no sources were found" in result.stderr


def test_both_languages_have_the_same_placeholders() -> None:
    import string

    def names(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    for section, entries in load("messages").items():
        for key, entry in entries.items():
            assert names(entry["en"]) == names(entry["vi"]), f"{section}.{key}"
    for english, vietnamese in load("errors"):
        assert names(english) == names(vietnamese), english


def test_messages_file_has_no_duplicate_keys() -> None:
    text = (ROOT / "toolkit/data/messages.yaml").read_text("utf-8")
    root = yaml.compose(text)
    sections = [key.value for key, _ in root.value]
    assert len(sections) == len(set(sections))
    for section in root.value:
        keys = [key.value for key, _ in section[1].value]
        assert len(keys) == len(set(keys)), section[0].value


def test_say_fills_placeholders() -> None:
    assert "3" in say("check.total", n=3)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("build", "a.txt", "-f", ","), 2, "no format was given"),
        (("build", "a.txt", "-f", "html", "--templates", "empty"), 5, "the template printed nothing"),
        (("profile", "new", "a.txt", "-p", "file/profiles"), 8, "could not write"),
        (("profile", "new", "a.txt", "-p", "/dev/null"), 8, "could not write"),
        (("build", "y" * 300), 3, "cannot be opened"),
        (("build", "a.txt", "-f", "html", "-o", "y" * 300), 8, "could not write"),
        (("corpus", "add", "y" * 300), 2, "so long a name"),
        (("query", "x", "--corpus", "y" * 300), 2, "so long a name"),
        (("diff", "a.txt", "y" * 300), 2, "so long a name"),
        (("clean", "y" * 300), 2, "so long a name"),
        (("build", "--style", "so-sanh", "--why", "--summary", "run.json"), 2, "knows nothing of --why, --summary"),
    ],
)
def test_odd_calls_are_refused_with_a_reason(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    text = "Đảng bộ phường Hạ Đình, quận Thanh Xuân, nhiệm kỳ 2015 - 2020\n\nThu ngân sách năm 2019 đạt 5 tỷ đồng.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "empty/brief").mkdir(parents=True)
    (tmp_path / "empty/brief/an-pham.html").write_text("", "utf-8")
    result = nhiemky(*arguments, cwd=tmp_path)
    assert result.returncode == code, result.stderr
    assert said in result.stderr + result.stdout
    assert "fault in nhiemky" not in result.stderr


def test_a_run_tells_machines_what_it_did(tmp_path: Path) -> None:
    """Progress as JSON Lines, the totals at the end; the same totals, and each brief, in the summary file."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").write_bytes((ROOT / "seeds/ngoc-thuy-2023.txt").read_bytes())
    (tmp_path / "in/empty.txt").write_bytes(b"")
    done = nhiemky("build", "in", "-f", "html", "-j", "1", "--log", "json", "--summary", "run.json", cwd=tmp_path)
    assert done.returncode == 3
    lines = [json.loads(line) for line in done.stderr.splitlines()]  # nothing else stands among them
    assert "in/empty.txt: the file is empty" in done.stdout
    assert [(one["round"], one["done"], one["total"], one["failed"]) for one in lines[:-1]] == [
        ("reading", 0, 2, 0), ("reading", 1, 2, 0), ("reading", 2, 2, 1), ("making", 0, 1, 0), ("making", 1, 1, 0),
    ]  # fmt: skip
    assert [one["unit"] for one in lines if one.get("error")] == ["in/empty.txt"]
    end = lines[-1]
    assert (end.pop("round"), end["made"], end["kept"], end["failed"]) == ("end", 1, 0, 1)
    assert end["stages"]["extract"] > 0
    assert end["stages"]["render"] > 0
    told = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert [told[name] for name in ("made", "kept", "failed", "stages")] == [end[n] for n in ("made", "kept", "failed", "stages")]
    assert 20 < told["memory_mb"] < 1000
    assert [(one["brief"], one["state"], one["why"]) for one in told["briefs"]] == [
        ("in/empty.txt", "failed", []), ("ngoc-thuy/2020-2025", "made", ["new"]),
    ]  # fmt: skip
