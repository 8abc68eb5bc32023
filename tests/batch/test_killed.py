"""Builds killed in the middle: no half file, no lost brief after the next run, the cache sound.  ``make bench`` kills fifty."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toolkit.batch import BuildOptions, build
from toolkit.pipeline import Making

TEXT = """Đảng bộ xã {name}: kết quả nhiệm kỳ 2015-2020

Đảng bộ xã {name}, huyện Mộc Châu, tỉnh Sơn La đã hoàn thành 12/14 chỉ tiêu. Thu ngân sách năm 2019 đạt {money} tỷ đồng.
"""
NAMES = [f"{a} {b}" for a in ("Tân", "Chiềng", "Mường", "Nà") for b in ("Lập", "Hắc", "Sang", "Khoa")]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("reports").mkdir()
    Path("temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    for i, name in enumerate(NAMES):
        Path(f"reports/{i:02}.txt").write_text(TEXT.format(name=name, money=i + 2), "utf-8")
    return tmp_path


def start() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "toolkit", "build", "reports", "-f", "html,pdf", "-j", "2", "--fresh"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)


def kill_somewhere(run: subprocess.Popen[str], chance: random.Random, longest: float, *, worker: bool) -> None:
    """SIGKILL for the run, or for one of its workers, at a moment between its first word and ``longest`` seconds later."""
    assert run.stderr is not None
    run.stderr.readline()
    time.sleep(chance.random() * longest)
    if worker:
        path = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        children = path.read_text().split() if path.exists() else []
        if children:
            os.kill(int(chance.choice(children)), signal.SIGKILL)
        run.communicate()
        return
    run.kill()
    run.communicate()


def half_files(output: Path) -> list[Path]:
    """Files that have their name and are not whole."""
    ends = {"brief.html": b"</html>", "brief.pdf": b"%%EOF"}
    found = [path for name, end in ends.items() for path in output.rglob(name) if not path.read_bytes().rstrip().endswith(end)]
    for path in (*output.rglob("manifest.json"), *output.rglob("facts.json")):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            found.append(path)
    return found


def check_cleared_away() -> None:
    """Workers clear up after a parent that was killed; where none was there yet, the next run does."""
    assert start().wait() == 0
    assert list(Path("temporary").iterdir()) == []


def check_mended() -> None:
    """The next run makes all briefs, and the one after it finds nothing to do; nothing unfinished is left."""
    options = BuildOptions((Path("reports"),), making=Making(formats=("html", "pdf")), jobs=2)
    report = build(options)
    assert not report.failed, [outcome.error for outcome in report.failed]
    assert not report.discarded
    assert len(report.made) == len(NAMES)
    assert len(list(Path("output").rglob("brief.pdf"))) == len(NAMES)
    assert not list(Path("output").rglob("*.part"))
    assert len(build(options).kept) == len(NAMES)


def kills(times: int, seed: int, longest: float) -> list[Path]:
    """Kill so many builds; the half files that were found after any of them."""
    chance, found = random.Random(seed), []
    for turn in range(times):
        kill_somewhere(start(), chance, longest, worker=turn % 2 == 1)
        found += half_files(Path("output"))
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_build_killed_now_and_then_is_mended_by_the_next(place: Path) -> None:
    assert kills(4, 7, 2.5) == []
    check_cleared_away()
    check_mended()


@pytest.mark.bench
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_fifty_kills(place: Path) -> None:
    for turn in range(5):
        assert kills(10, turn, 3.0) == []
        check_cleared_away()
        check_mended()
