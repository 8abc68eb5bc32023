"""Runs that are stopped in the middle: they end at once, say so, and leave only whole briefs and no other process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TEXT = "Đảng bộ phường Hạ Đình, quận Thanh Xuân, nhiệm kỳ {0} - {1}\n\n" + "Thu ngân sách năm {0} đạt 5 tỷ đồng, tăng 7%. " * 400


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("how", "after"), [("-j1", 0.3), ("-j2", 0.1), ("-j2", 1.0), ("--executor=threads:2", 0.5), ("--executor=processes:2", 2.0)]
)
def test_a_stopped_run_ends_clean(tmp_path: Path, number: int, how: str, after: float) -> None:
    for year in range(1960, 2020, 5):
        (tmp_path / f"{year}.txt").write_text(TEXT.format(year, year + 5), "utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "build", ".", how, "-f", "html"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
    assert run.stderr is not None
    said = run.stderr.readline()  # it has begun to read
    time.sleep(after)
    os.killpg(run.pid, number)
    os.killpg(run.pid, number)  # as a terminal does for who presses twice
    said += run.communicate(timeout=60)[1]
    # Python ends by SIGINT itself when the interrupt falls into an import; a shell calls that 130 too.
    assert run.returncode in (130, -signal.SIGINT), said
    assert "interrupted" in said
    assert "Traceback" not in said
    # Python's own tracker of resources, which such processes bring along, sees a moment later that they are gone.
    assert ended(run.pid, 5.0 if "processes" in how else 0.0)
    assert not list(tmp_path.rglob("*.part"))
    for manifest in (tmp_path / "output").rglob("brief.html"):
        assert manifest.read_text("utf-8").rstrip().endswith("</html>")


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("how", ["-j2", "--executor=processes:2"])
def test_workers_end_with_a_run_that_was_killed(tmp_path: Path, how: str) -> None:
    """Nobody tells them: they see that their parent is gone, and clear away what was temporary."""
    (tmp_path / "in").mkdir()
    (tmp_path / "temporary").mkdir()
    for year in range(1960, 2020, 5):
        (tmp_path / f"in/{year}.txt").write_text(TEXT.format(year, year + 5), "utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "build", "in", how, "-f", "html"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert run.stderr is not None
    run.stderr.readline()
    time.sleep(2.0)
    run.kill()
    run.communicate(timeout=60)
    assert ended(run.pid, 20.0)
    assert not list((tmp_path / "temporary").iterdir())


def ended(group: int, within: float) -> bool:
    """Whether no process of a group is left after so many seconds at most."""
    deadline = time.monotonic() + within
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
