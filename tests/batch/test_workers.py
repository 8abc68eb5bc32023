"""Workers that die, hang or are told to end: each costs its own unit and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from toolkit.errors import ReadError, ToolkitError
from toolkit.workers import RENEWED, Tick, Workers

UNITS = list(range(12))


def square(unit: int) -> int:
    return unit * unit


def dies_at_five(unit: int) -> int:
    if unit == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return unit * unit


def hangs_at_five(unit: int) -> int:
    if unit == 5:
        time.sleep(600)
    return unit * unit


def fails_at_five(unit: int) -> int:
    if unit == 5:
        raise ReadError("no such file", where="5.txt")
    if unit == 6:
        raise ZeroDivisionError("six")
    return unit * unit


def takes_much_at_five(unit: int) -> int:
    return len(bytearray(2**30 if unit == 5 else 2**20)) * 0 + unit * unit


def who(_unit: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_unit_has_its_result(jobs: int) -> None:
    with Workers(jobs, len(UNITS)) as workers:
        assert dict(workers.run(square, UNITS, "making")) == {n: n * n for n in UNITS}


def test_nothing_to_do_is_nothing_begun() -> None:
    with Workers(2, 0) as workers:
        assert list(workers.run(square, [], "making")) == []
        assert workers._pool is None


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_is_a_value_and_the_others_go_on(jobs: int) -> None:
    with Workers(jobs, len(UNITS)) as workers:
        found = dict(workers.run(fails_at_five, UNITS, "making"))
    assert isinstance(found.pop(5), ReadError)
    unknown = found.pop(6)
    assert isinstance(unknown, ToolkitError)
    assert "ZeroDivisionError" in unknown.what
    assert found == {n: n * n for n in UNITS if n not in (5, 6)}


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_worker_that_dies_costs_its_unit() -> None:
    with Workers(2, len(UNITS)) as workers:
        found = dict(workers.run(dies_at_five, UNITS, "making"))
    lost = found.pop(5)
    assert isinstance(lost, ToolkitError)
    assert "died" in lost.what
    assert found == {n: n * n for n in UNITS if n != 5}


def test_a_worker_that_hangs_costs_its_unit() -> None:
    with Workers(2, len(UNITS), limit=2.0) as workers:
        found = dict(workers.run(hangs_at_five, UNITS, "making"))
    lost = found.pop(5)
    assert isinstance(lost, ToolkitError)
    assert "2 seconds" in lost.what
    assert found == {n: n * n for n in UNITS if n != 5}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux only")
def test_a_unit_that_wants_too_much_memory_costs_itself() -> None:
    with Workers(2, len(UNITS), memory=2**29) as workers:
        results = dict(workers.run(takes_much_at_five, UNITS, "making"))
    failed = results.pop(5)
    assert isinstance(failed, ToolkitError)
    assert "memory" in failed.what
    assert results == {n: n * n for n in UNITS if n != 5}


def test_workers_are_renewed() -> None:
    units = list(range(2 * RENEWED + 40))
    with Workers(2, len(units)) as workers:
        pids = {pid for _, pid in workers.run(who, units, "making")}
    assert len(pids) >= 3
    assert os.getpid() not in pids


def test_the_largest_begin_first() -> None:
    begun: list[int] = []

    def note(unit: int) -> int:
        begun.append(unit)
        return unit

    with Workers(1, len(UNITS)) as workers:
        list(workers.run(note, UNITS, "making", weight=lambda unit: unit))
    assert begun == sorted(UNITS, reverse=True)


def test_units_get_their_data_shortly_before_they_set_out() -> None:
    ready: list[int] = []

    def prepare(unit: int) -> int:
        ready.append(unit)
        return unit

    with Workers(2, 400) as workers:
        rounds = workers.run(square, list(range(400)), "making", prepare=prepare)
        next(rounds)
        assert len(ready) < 100
        assert len(list(rounds)) == 399


def test_progress_counts_failures_and_time() -> None:
    ticks: list[Tick] = []
    with Workers(2, len(UNITS)) as workers:
        list(workers.run(fails_at_five, UNITS, "making", ticks.append, name=lambda unit: f"u{unit}"))
    assert [tick.done for tick in ticks] == list(range(len(UNITS) + 1))
    assert (ticks[0].unit, ticks[-1].failed, ticks[-1].total) == ("", 2, len(UNITS))
    assert {tick.unit for tick in ticks[1:]} == {f"u{n}" for n in UNITS}
    assert ticks[-1].seconds > 0


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(2) as executor, Workers(None, len(UNITS), executor) as workers:
        found = dict(workers.run(fails_at_five, UNITS, "making"))
    assert isinstance(found.pop(5), ReadError)
    assert len(found) == len(UNITS) - 1


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys, time; from toolkit.workers import Workers\n"
        "def say(n):\n    import os; os.write(1, b'%d\\n' % os.getpid()); time.sleep(60)\n"  # at once: two of them write
        "import __main__\n"
        "with Workers(2, 2) as w: list(w.run(say, [1, 2], 'making'))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    pids = [int(run.stdout.readline()) for _ in range(2)]
    run.kill()
    run.wait()
    run.stdout.close()
    end = time.monotonic() + 15
    while any(Path(f"/proc/{pid}/cmdline").exists() and _alive(pid) for pid in pids):
        assert time.monotonic() < end, "workers outlived their parent"
        time.sleep(0.2)


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(os.name != "posix", reason="processes can be asked on POSIX only")
def test_what_a_killed_run_left_is_cleared_away_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f"nhiemky-{gone.pid}-a", f"nhiemky-{os.getpid()}-b", "nhiemky-c", f"other-{gone.pid}-d"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "font").write_bytes(b"1")
    with Workers(2, len(UNITS)) as workers:
        assert dict(workers.run(square, UNITS, "making")) == {n: n * n for n in UNITS}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [f"nhiemky-{os.getpid()}-b", "nhiemky-c", f"other-{gone.pid}-d"]
    )
