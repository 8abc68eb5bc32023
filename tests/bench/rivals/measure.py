"""Runs a command and measures it from outside: time between two lines that it prints, processor time and memory of its family.

A worker prints ``READY`` when it is warm, ``DONE`` when all is printed, and ends when its input is closed.  Memory is the sum of
the proportional set sizes (pages that processes share count once), sampled five times a second.  Linux only: it reads /proc.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall and of processor time from READY to DONE; the highest memory of the whole run in MB."""

    wall: float
    cpu: float
    peak: float


@dataclass
class _Watch:
    """Samples a process and all that descend from it; processes that have ended keep what they had used."""

    root: int
    cpu: dict[int, float] = field(default_factory=dict)
    peak: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(EVERY):
            self.sample()

    def sample(self) -> float:
        """Processor seconds used so far."""
        memory = 0.0
        for pid, spent in _family(self.root).items():
            self.cpu[pid] = max(spent, self.cpu.get(pid, 0.0))
            memory += _memory(pid)
        self.peak = max(self.peak, memory)
        return sum(self.cpu.values())


def measure(command: list[str], env: dict[str, str]) -> Measured:
    """Runs one worker.  Raises ``RuntimeError`` with what it said when it does not come to ``DONE``."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **env}
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        said: list[str] = []
        listener = threading.Thread(target=lambda: said.extend(process.stderr or []), daemon=True)
        listener.start()
        watch = _Watch(process.pid)
        sampler = threading.Thread(target=watch.run, daemon=True)
        sampler.start()
        marks: dict[str, tuple[float, float]] = {}
        told = 0.0
        for line in process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word in ("READY", "DONE"):
                marks[word] = (time.perf_counter(), watch.sample())
                told = float(rest or 0)
            if word == "DONE":
                break
        watch.over.set()
        process.stdin.close()
        process.wait(60)
        listener.join(5)
    if "DONE" not in marks or process.returncode:
        raise RuntimeError("".join(said[-12:]) or f"ended with {process.returncode}")
    wall, cpu = (done - ready for ready, done in zip(marks["READY"], marks["DONE"], strict=True))
    return Measured(wall, max(cpu, told), watch.peak)


def _family(root: int) -> dict[int, float]:
    """Processor seconds of a process and its descendants; of those that it waited for, only the root's own count is known."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
        except OSError:
            continue
        fields = stat[stat.rindex(")") + 2 :].split()
        parents[int(entry.name)] = int(fields[1])
        spent[int(entry.name)] = (int(fields[11]) + int(fields[12])) / TICK
    family = {root}
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return {pid: spent[pid] for pid in family if pid in spent}


def _memory(pid: int) -> float:
    """Megabytes; the resident size where the kernel does not tell shares."""
    try:
        for line in Path("/proc", str(pid), "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return resident(pid)


def resident(pid: int) -> float:
    """Megabytes of a process in memory, shared pages too; 0 when it has ended."""
    try:
        return int(Path("/proc", str(pid), "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError):
        return 0.0
