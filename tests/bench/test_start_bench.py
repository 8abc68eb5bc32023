"""Start-up: the help text, and the five briefs from a cold start, as whole processes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNS = 5


def measured(*arguments: str) -> tuple[float, float]:
    """Median wall and processor seconds of ``nhiemky`` with these arguments, children included, after one warm-up."""
    walls, cpus = [], []
    for _ in range(RUNS + 1):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-m", "toolkit", *arguments], cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - start)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls[1:]), statistics.median(cpus[1:])


@pytest.mark.bench
def test_help() -> None:
    wall, cpu = measured("--help")
    print(f"\nnhiemky --help: {wall:.3f} s elapsed, {cpu:.3f} s of processor time (aim: under 0.2 s)")
    assert cpu < 0.2


@pytest.mark.bench
def test_five_briefs_from_a_cold_start(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        wall, cpu = measured("build", "--fresh", "--output", str(tmp_path), "--jobs", jobs)
        print(f"\nfive briefs, {jobs} process(es): {wall:.2f} s elapsed, {cpu:.2f} s of processor time (aim: under 8 s)")
    assert wall < 8  # of the last, on two cores
