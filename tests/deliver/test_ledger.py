"""The ledger: every way from state to state, one writer at a time, nothing lost in a crash."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.deliver import ledger as ledger_module
from toolkit.deliver.ledger import DIED, FILE, Ledger
from toolkit.errors import DeliverError, UsageError
from toolkit.model.mail import Message, State


def message(i: int, recipient: str = "", brief: str = "ha-dinh/2015-2020") -> Message:
    to = recipient or f"r{i}@example.vn"
    return Message(f"{i:032x}.nhiemky@example.vn", brief, "vp@example.vn", to, "Tiêu đề", "", f"messages/{i:032x}.eml", 1, "00")


def states(ledger: Ledger) -> list[str]:
    return [str(state) for _, state in sorted(ledger.states().items())]


class Ticking:
    """A clock that a test can read beforehand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 27, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def test_the_way_of_a_message(tmp_path: Path) -> None:
    one = message(1)
    with Ledger.open(tmp_path, Ticking()) as ledger:
        ledger.plan("send", [one])
        assert states(ledger) == ["rendered"]
        ledger.leaving(one.id, "smtp:x")
        assert states(ledger) == ["leaving"]
        ledger.sending(one.id)
        assert states(ledger) == ["sending"]
        ledger.settle(one.id, State.HANDED_OVER, "250 2.0.0 queued as 4F")
    with Ledger.open(tmp_path) as ledger:
        (record,) = ledger.records()
    assert (record.state, record.answer, record.attempts) == (State.HANDED_OVER, "250 2.0.0 queued as 4F", 1)
    assert (record.at, record.channel, record.outbox) == ("2026-11-27T08:00:03.000Z", "smtp:x", "send")


def test_what_was_sent_cannot_be_sent_again(tmp_path: Path) -> None:
    one = message(1)
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", [one])
        for state in (State.HANDED_OVER, State.UNDECIDED):
            ledger.settle(one.id, state, "")
            with pytest.raises(DeliverError, match="has this message as sent"):
                ledger.leaving(one.id, "")
            with pytest.raises(DeliverError, match="has this message as sent"):
                ledger.sending(one.id)
            ledger.plan("send", [one])  # rendering again does not bring it back
            assert states(ledger) == [state]
        with pytest.raises(DeliverError, match="has this message as sent"):
            ledger.leaving("nobody", "")


def test_what_a_dead_run_left_behind_waits_for_a_person(tmp_path: Path) -> None:
    one, other = message(1), message(2)
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", [one, other])
        for message_ in (one, other):
            ledger.leaving(message_.id, "")
        ledger.sending(one.id)
    with Ledger.open(tmp_path) as ledger:
        assert states(ledger) == ["undecided", "rendered"]
        assert ledger.records((State.UNDECIDED,))[0].answer == DIED


@pytest.mark.parametrize("name", ["another", ""])
def test_after_a_crash_of_the_machine_what_was_about_to_leave_waits_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """``sending`` is not flushed to the disk; after a crash it may be lost, and ``leaving`` be all that is left of it."""
    one, other = message(1), message(2)
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", [one, other])
        ledger.leaving(one.id, "")
    monkeypatch.setattr(ledger_module, "boot", lambda: name)
    with Ledger.open(tmp_path) as ledger:
        assert states(ledger) == ["undecided", "rendered"]


def test_a_stopped_run_puts_back_what_has_not_left(tmp_path: Path) -> None:
    one = message(1)
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", [one])
        ledger.leaving(one.id, "")
        ledger.stay(one.id)
        assert states(ledger) == ["rendered"]
        ledger.leaving(one.id, "")
        ledger.sending(one.id)
        ledger.stay(one.id)
        assert states(ledger) == ["sending"]


def test_a_person_decides(tmp_path: Path) -> None:
    ones = [message(0x10), message(0x11), message(0x200)]
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", ones)
        for one in ones[:2]:
            ledger.settle(one.id, State.UNDECIDED, "")
        for wrong, says in (("0" * 30, "names 2"), (ones[2].id, "no undecided"), ("", "names 2"), ("zz", "no undecided")):
            with pytest.raises(UsageError, match=says):
                ledger.decide(wrong, sent=True)
        assert ledger.decide(ones[0].id[:32], sent=True) == ones[0].id
        assert ledger.decide(ones[1].id[:32], sent=False) == ones[1].id
        assert states(ledger) == ["handed-over", "rendered", "rendered"]
        assert [state for _, state, _ in ledger.events(ones[1].id)] == ["undecided", "rendered"]


def test_what_leaves_the_outbox_is_withdrawn_and_can_come_back(tmp_path: Path) -> None:
    ones = [message(i) for i in range(5)]
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", ones)
        ledger.settle(ones[1].id, State.HANDED_OVER, "")
        ledger.settle(ones[2].id, State.UNDECIDED, "")
        ledger.settle(ones[3].id, State.REFUSED, "")
        ledger.plan("other", [message(9)])  # another outbox changes nothing here
        ledger.plan("send", ones[:1])
        assert states(ledger) == ["rendered", "handed-over", "undecided", "withdrawn", "withdrawn", "rendered"]
        ledger.plan("send", ones)
        assert states(ledger) == ["rendered", "handed-over", "undecided", "rendered", "rendered", "rendered"]


def test_who_got_which_brief(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        ones = [message(1, "A@example.vn"), message(2, "b@example.vn"), message(3, "c@example.vn")]
        ledger.plan("send", ones)
        ledger.settle(ones[0].id, State.HANDED_OVER, "")
        ledger.settle(ones[1].id, State.UNDECIDED, "")
        ledger.settle(ones[2].id, State.REFUSED, "")
        brief = "ha-dinh/2015-2020"
        assert ledger.left() == {("a@example.vn", brief): ones[0].id, ("b@example.vn", brief): ones[1].id}


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", [message(1)])
        with pytest.raises(DeliverError, match="another run"):
            Ledger.open(tmp_path)
        code = f"from pathlib import Path; from toolkit.deliver.ledger import Ledger; Ledger.open(Path({str(tmp_path)!r}))"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert "another run" in other.stderr
        with Ledger.look(tmp_path) as reader:  # looking is always possible, and changes nothing
            assert reader is not None
            assert states(reader) == ["rendered"]
            with pytest.raises(DeliverError):
                reader.settle(message(1).id, State.HANDED_OVER, "")
    Ledger.open(tmp_path).close()


def test_the_lock_of_a_killed_process_is_gone(tmp_path: Path) -> None:
    code = "import os; from pathlib import Path; from toolkit.deliver.ledger import Ledger;"
    code += f"Ledger.open(Path({str(tmp_path)!r})); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    Ledger.open(tmp_path).close()


def test_every_commit_is_on_the_disk(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        assert ledger._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        ledger.plan("send", [message(1)])
        assert ledger._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_damaged_ledger_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but long enough to look like one" * 40)
    with pytest.raises(DeliverError) as caught:
        Ledger.open(tmp_path)
    assert "backup" in caught.value.remedy
    assert (tmp_path / FILE).read_bytes().startswith(b"not a database")


def test_a_ledger_that_cannot_be_written_stops_everything(tmp_path: Path) -> None:
    one = message(1)
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", [one])
        ledger._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(DeliverError, match="ledger cannot be used"):
            ledger.leaving(one.id, "")
        ledger._connection.execute("PRAGMA query_only = OFF")
        assert states(ledger) == ["rendered"]


def test_nothing_was_ever_sent(tmp_path: Path) -> None:
    with Ledger.look(tmp_path) as ledger:
        assert ledger is None


def test_the_schema_is_that_of_the_readme(tmp_path: Path) -> None:
    Ledger.open(tmp_path).close()
    readme = (Path(__file__).parents[2] / "toolkit/deliver/README.md").read_text("utf-8")
    connection = sqlite3.connect(tmp_path / FILE)
    columns = [row[1] for table in ("messages", "events") for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.close()
    assert [name for name in columns if f"| `{name}` |" not in readme] == []
    assert [state for state in State if f"| `{state}` |" not in readme] == []
