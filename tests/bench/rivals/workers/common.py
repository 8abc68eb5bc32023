"""How a worker talks to ``measure.py``."""

from __future__ import annotations

import sys


def ready() -> None:
    print("READY", flush=True)


def done(cpu: float = 0.0) -> None:
    """All is printed.  ``cpu``: processor seconds that the worker knows of better, such as those of processes that have ended."""
    print(f"DONE {cpu}", flush=True)
    sys.stdin.read()
