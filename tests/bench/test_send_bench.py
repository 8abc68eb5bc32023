"""Sending: a thousand messages with a PDF each; and a sender killed two hundred times over a list of five hundred."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests/deliver"))

from killing import SETTINGS, assert_exactly_once, environment, killed, nhiemky_send  # noqa: E402
from sending import make_brief, recipients_csv, serving  # noqa: E402

from toolkit.model.mail import State  # noqa: E402


def most_memory(folder: Path, count: int) -> tuple[float, float, float]:
    """Seconds to render, seconds to hand over, and the most memory of the sender in MB."""
    make_brief(folder, pdf=b"%PDF-1.7\n" + bytes(range(256)) * 400)  # some 100 kB, as a brief has
    listed = recipients_csv(folder / "list.csv", count)
    with serving() as server:
        start = time.perf_counter()
        subprocess.run(nhiemky_send(folder, "-r", str(listed), *SETTINGS), check=True, capture_output=True, env=environment())
        rendered = time.perf_counter()
        go = nhiemky_send(folder, "--resume", "--confirm", *SETTINGS, "--port", str(server.port))
        code = f"import resource, subprocess as s; s.run({go!r}, check=True); print(resource.getrusage(-1).ru_maxrss)"
        result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment(), text=True)
        end = time.perf_counter()
        assert len(server.accepted) == count
        assert set(server.ids().values()) == {1}
    return rendered - start, end - rendered, int(result.stdout.split()[-1]) / 1024


@pytest.mark.bench
def test_a_thousand_messages(tmp_path: Path) -> None:
    _, _, small = most_memory(tmp_path / "small", 100)
    render, send, large = most_memory(tmp_path / "large", 1000)
    print(f"\n1,000 messages of 150 kB: rendered in {render:.1f} s, handed over in {send:.1f} s (aim: under 60 s)")
    print(f"most memory of the sender: {small:.0f} MB for 100 messages, {large:.0f} MB for 1,000")
    assert send < 60
    assert large < small + 15


@pytest.mark.bench
def test_two_hundred_kills(tmp_path: Path) -> None:
    found = killed(tmp_path, recipients=500, kills=200, longest=0.03)
    undecided = sum(one.state is State.UNDECIDED for one in found.before)
    accepted = sum(found.accepted[one.id] for one in found.before if one.state is State.UNDECIDED)
    print(f"\n{found.kills} kills over 500 recipients: {len(found.accepted)} accepted before anybody decided, none twice")
    print(f"undecided (killed between the end of the data and the answer): {undecided}, of which the server had {accepted}")
    assert found.kills >= 190
    assert_exactly_once(found, 500)
