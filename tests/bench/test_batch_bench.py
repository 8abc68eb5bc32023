"""A warm batch of made-up briefs: against plain WeasyPrint, with two processes against one, and the memory of a worker.

``BENCH_BRIEFS`` (300) and ``BENCH_MEMORY_BRIEFS`` (1000) make it smaller; ``BENCH_ROUNDS`` (3) are interleaved and their medians
printed.  Each side runs in processes of its own, the clock starts when they are warm.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from making import Wishes, make_articles, write
from rivals.field import VARIANT, WORKERS
from rivals.measure import Measured, measure, resident
from rivals.pages import write_pages

from toolkit.batch import BuildOptions, build
from toolkit.workers import Tick

BRIEFS = int(os.environ.get("BENCH_BRIEFS", "300"))
MEMORY_BRIEFS = int(os.environ.get("BENCH_MEMORY_BRIEFS", "1000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.bench


def run(worker: str, *args: str) -> Measured:
    return measure([sys.executable, str(WORKERS / worker), *args], {"PYTHONPATH": str(ROOT)})


def ratio(name: str, ours: list[float], theirs: list[float], aim: str) -> float:
    found = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"{name:60}{found:6.2f}  (aim {aim})")
    return found


@pytest.mark.filterwarnings("ignore")
def test_a_batch_against_plain_weasyprint_and_two_processes_against_one(tmp_path: Path) -> None:
    """Reading to writing, HTML and PDF, the audit too, against the PDF alone of the same pages."""
    sources = write(make_articles(BRIEFS, wishes=Wishes(quirks=False)), tmp_path / "articles")
    pages = write_pages(sources, tmp_path / "pages")
    assert len(pages) == BRIEFS
    ours: dict[int, list[Measured]] = {1: [], 2: []}
    plain: dict[int, list[Measured]] = {1: [], 2: []}
    for turn in range(ROUNDS):
        for jobs in (1, 2):
            for name, runs in (("ours", ours), ("plain", plain)):
                out = tmp_path / f"{name}-{turn}-{jobs}"
                out.mkdir()
                args = (str(tmp_path / "articles"), str(out), str(jobs))
                runs[jobs].append(
                    run("ours.py", *args) if name == "ours" else run("plain.py", str(tmp_path / "pages"), *args[1:], VARIANT)
                )
                assert len(list(out.glob("*.pdf"))) == BRIEFS
    print(f"\n{BRIEFS} briefs, {ROUNDS} rounds, medians of ratios; load of the machine {os.getloadavg()[1]:.1f}")
    for name, runs in (("nhiemky", ours), ("plain WeasyPrint", plain)):
        for jobs, measured in runs.items():
            wall, cpu = (statistics.median(getattr(m, key) / BRIEFS for m in measured) for key in ("wall", "cpu"))
            print(f"{name:18}{jobs} process(es): {wall * 1000:5.0f} ms a brief, {cpu * 1000:5.0f} ms of processor time")
    for jobs in (1, 2):
        ratio(f"whole build to plain WeasyPrint, {jobs} process(es), time", *pair(ours, plain, jobs, "wall"), "0.95")
        spent = ratio(f"whole build to plain WeasyPrint, {jobs} process(es), processor", *pair(ours, plain, jobs, "cpu"), "0.95")
        assert spent <= 3
    speed = ratio("two processes against one, time", walls(ours[1]), walls(ours[2]), "1.85")
    ratio("the same of plain WeasyPrint", walls(plain[1]), walls(plain[2]), "none: what this machine can give")
    assert speed > 0.8


def pair(ours: dict[int, list[Measured]], plain: dict[int, list[Measured]], jobs: int, key: str) -> tuple[list[float], list[float]]:
    return [getattr(m, key) for m in ours[jobs]], [getattr(m, key) for m in plain[jobs]]


def walls(measured: list[Measured]) -> list[float]:
    return [m.wall for m in measured]


@pytest.mark.filterwarnings("ignore")
def test_the_memory_of_a_worker_is_flat(tmp_path: Path) -> None:
    """Resident memory of the one worker process while it makes briefs, a sample after each."""
    sources = write(make_articles(MEMORY_BRIEFS, seed=2, wishes=Wishes(quirks=False)), tmp_path / "articles")
    samples: list[float] = []

    def sample(tick: Tick) -> None:
        if tick.round == "making":
            samples.append(max((resident(child.pid) for child in multiprocessing.active_children() if child.pid), default=0.0))

    with ProcessPoolExecutor(1) as pool:
        options = BuildOptions(tuple(sources), tmp_path / "briefs", profiles=tmp_path / "articles", jobs=1)
        report = build(options, progress=sample, executor=pool)
    assert len(report.made) == MEMORY_BRIEFS
    samples = [one for one in samples if one]
    late = samples[len(samples) // 5 :]
    slope = statistics.linear_regression(range(len(late)), late).slope * 1000 * len(samples) / MEMORY_BRIEFS
    print(
        f"\n{MEMORY_BRIEFS} briefs: highest {max(samples):.0f} MB, after a fifth {late[0]:.0f} MB, at the end {late[-1]:.0f} MB, "
        f"{slope:+.1f} MB a thousand briefs (aim: flat, under 400 MB)"
    )
    assert max(samples) < 1000
