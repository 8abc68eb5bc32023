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
@pytest.mark.parametrize(("jobs", "after"), [("1", 0.3), ("2", 0.1), ("2", 1.0)])
def test_a_stopped_run_ends_clean(tmp_path: Path, number: int, jobs: str, after: float) -> None:
    for year in range(1960, 2020, 5):
        (tmp_path / f"{year}.txt").write_text(TEXT.format(year, year + 5), "utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "build", ".", "-j", jobs, "-f", "html"],
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
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    assert not list(tmp_path.rglob("*.part"))
    for manifest in (tmp_path / "output").rglob("brief.html"):
        assert manifest.read_text("utf-8").rstrip().endswith("</html>")
