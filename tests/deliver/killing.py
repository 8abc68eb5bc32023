"""A sender that is killed again and again at random points; shared by the unit test and the bench."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sending import Conduct, Server, make_brief, recipients_csv, serving

from toolkit.deliver.ledger import Ledger
from toolkit.model.mail import Record, State

ROOT = Path(__file__).parents[2]
SETTINGS = ("--from", "Văn phòng <vp@example.vn>", "--host", "127.0.0.1", "--security", "none", "--backoff", "0")


def nhiemky_send(folder: Path, *arguments: str) -> list[str]:
    """The command line of a run."""
    return [sys.executable, "-m", "toolkit", "send", "-o", str(folder), *arguments]


def environment() -> dict[str, str]:
    """The child's: this checkout, English messages."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "NHIEMKY_LANG": "en"}


@dataclass
class Killed:
    """What happened: kills that met a living process, what was accepted by Message-ID, the ledger before and after a decision."""

    kills: int
    accepted: Counter[str]
    before: tuple[Record, ...]
    after: tuple[Record, ...]
    total: Counter[str]


def killed(folder: Path, recipients: int, kills: int, *, longest: float, seed: int = 7) -> Killed:
    """Send to so many recipients while the process is killed so many times, each up to ``longest`` seconds after it connected.

    Then one run to the end, a person who decides by what the server really has, and one more run.
    """
    make_brief(folder)
    listed = recipients_csv(folder / "list.csv", recipients)
    rendered = nhiemky_send(folder, "-r", str(listed), *SETTINGS)
    subprocess.run(rendered, check=True, capture_output=True, env=environment(), cwd=folder)
    chance = random.Random(seed)
    with serving(Conduct(pause=0.006, thinking=0.004, stubborn=True)) as server:
        go = nhiemky_send(folder, "--resume", "--confirm", *SETTINGS, "--port", str(server.port))
        done = sum(_kill(go, folder, server, chance.uniform(0, longest)) for _ in range(kills))
        subprocess.run(go, capture_output=True, env=environment(), cwd=folder, timeout=300, check=False)
        accepted = server.ids()
        with Ledger.open(folder / "outbox") as ledger:
            before = ledger.records()
            for one in before:
                if one.state is State.UNDECIDED:
                    ledger.decide(one.id, sent=accepted[one.id] == 1)
        subprocess.run(go, capture_output=True, env=environment(), cwd=folder, timeout=300, check=True)
        with Ledger.look(folder / "outbox") as ledger_again:
            assert ledger_again is not None
            return Killed(done, accepted, before, ledger_again.records(), server.ids())


def _kill(command: list[str], folder: Path, server: Server, after: float) -> bool:
    """Start, wait for the connection, wait a little more, kill; whether the process still lived."""
    known = server.connections
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=folder)
    while server.connections == known and process.poll() is None:
        time.sleep(0.001)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def assert_exactly_once(found: Killed, recipients: int) -> None:
    """Nothing twice, nothing lost, and what nobody can know is listed."""
    assert max(found.accepted.values()) == 1
    assert len(found.before) == recipients
    for one in found.before:
        if one.state is State.HANDED_OVER:
            assert found.accepted[one.id] == 1
        else:
            assert one.state is State.UNDECIDED
    assert set(found.accepted) <= {one.id for one in found.before}
    assert {one.state for one in found.after} == {State.HANDED_OVER}
    assert found.total == dict.fromkeys((one.id for one in found.after), 1)
