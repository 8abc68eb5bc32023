"""Runs against a real SMTP server: what is accepted, refused, put off, cut off, and what the ledger says of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sending import Conduct, Server, make_brief, recipients_csv, serving

from toolkit.deliver import dispatch as dispatch_module
from toolkit.deliver.dispatch import Dispatch
from toolkit.deliver.ledger import Ledger
from toolkit.deliver.outbox import Outbox
from toolkit.deliver.smtp import SmtpChannel, is_loopback, stuffed
from toolkit.errors import DeliverError
from toolkit.mailing import Addressing, Rendering, due, outbox_of, plan, render
from toolkit.model.mail import Mailbox, Message, SendSettings, State
from toolkit.model.profile import NO_PROFILES
from toolkit.read.brief_folder import find_briefs, read_briefs
from toolkit.read.recipients import read_recipients

SENDER = Mailbox("vp@example.vn", "Văn phòng")


class Bench:
    """An outbox for some recipients and a ledger, ready for runs."""

    def __init__(self, folder: Path, count: int) -> None:
        from datetime import UTC, datetime

        make_brief(folder)
        listed = read_recipients([recipients_csv(folder / "list.csv", count)])
        self.plan = plan(read_briefs(find_briefs((), folder)), Addressing(listed=listed), NO_PROFILES)
        self.outbox: Outbox = outbox_of(folder, "send")
        self.ledger = Ledger.open(folder / "outbox")
        rendering = Rendering(SendSettings(sender=SENDER), datetime(2026, 11, 27, 8, tzinfo=UTC))
        self.messages = render(self.plan, self.outbox, self.ledger, rendering).messages
        self.told: list[tuple[str, State, str]] = []

    def run(self, server: Server, **settings: object) -> Dispatch:
        given = {"host": "127.0.0.1", "port": server.port, "security": "none", "backoff": 0, "retries": 2, "timeout": 5, **settings}
        made = SendSettings(sender=SENDER, **given)  # type: ignore[arg-type]
        channel = SmtpChannel(made, "geheim" if made.user else None)
        todo = due(self.messages, self.ledger)
        run = Dispatch(channel, self.ledger, todo, made, read=self.outbox.data, tell=self._tell)
        run.run()
        return run

    def _tell(self, message: Message, state: State, answer: str) -> None:
        self.told.append((message.recipient, state, answer))

    def states(self) -> dict[str, State]:
        return {one.recipient: one.state for one in self.ledger.records()}

    def answers(self) -> dict[str, str]:
        return {one.recipient: one.answer for one in self.ledger.records()}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[[int], Bench]]:
    made: list[Bench] = []

    def make(count: int) -> Bench:
        made.append(Bench(tmp_path, count))
        return made[-1]

    yield make
    for one in made:
        one.ledger.close()


def who(i: int) -> str:
    return f"r{i:04}@example.vn"


def test_every_message_arrives_once_and_as_rendered(bench: Callable[[int], Bench]) -> None:
    one = bench(12)
    with serving() as server:
        run = one.run(server, connections=3)
        assert run.tally.handed_over == 12
        assert run.tally.left == 0
        assert server.counts == dict.fromkeys(map(who, range(12)), 1)
        assert server.connections <= 3
        sent = dict(server.accepted)
        assert all(sent[message.recipient] == one.outbox.data(message) for message in one.messages)
        assert set(one.states().values()) == {State.HANDED_OVER}
        assert set(one.answers().values()) == {"250 OK"}
        assert one.run(server).tally.handed_over == 0  # nothing is due any more
        assert len(server.accepted) == 12


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_encrypted_and_logged_in(bench: Callable[[int], Bench], tmp_path: Path, tls: str) -> None:
    one = bench(3)
    with serving(tls=tls, login=("vp", "geheim")) as server:
        assert server.ca is not None
        ca = tmp_path / "ca.pem"
        server.ca.cert_pem.write_to_path(ca)
        run = one.run(server, security=tls, user="vp", ca_file=str(ca))
        assert run.tally.handed_over == 3


def test_a_wrong_login_stops_the_run_and_says_nothing_secret(bench: Callable[[int], Bench]) -> None:
    one = bench(3)
    with serving(login=("vp", "other")) as server, pytest.raises(DeliverError) as caught:
        one.run(server, user="vp")
    assert "the server refuses the login: 535" in caught.value.what
    assert "geheim" not in str(caught.value)
    assert set(one.states().values()) == {State.RENDERED}


def test_an_unknown_certificate_stops_the_run(bench: Callable[[int], Bench]) -> None:
    one = bench(1)
    with serving(tls="tls") as server, pytest.raises(DeliverError, match="certificate is not valid"):
        one.run(server, security="tls")
    assert not server.accepted


def test_a_server_without_starttls_stops_the_run(bench: Callable[[int], Bench]) -> None:
    one = bench(1)
    with serving() as server, pytest.raises(DeliverError, match="the server cannot do what is needed"):
        one.run(server, security="starttls")
    assert not server.accepted


def test_a_server_that_is_not_there_leaves_everything_as_it_was(bench: Callable[[int], Bench]) -> None:
    one = bench(4)
    with serving() as server:
        pass
    with pytest.raises(DeliverError, match="the mail server cannot be reached"):
        one.run(server)
    assert set(one.states().values()) == {State.RENDERED}


def test_a_refused_sender_is_no_fault_of_the_recipients(bench: Callable[[int], Bench]) -> None:
    one = bench(4)
    with (
        serving(Conduct(mail="550 5.7.1 not allowed")) as server,
        pytest.raises(DeliverError, match=r"refuses the sender .* 550 5\.7\.1"),
    ):
        one.run(server)
    assert set(one.states().values()) == {State.RENDERED}


def test_refusals_are_per_recipient(bench: Callable[[int], Bench]) -> None:
    one = bench(6)
    conduct = Conduct(rcpt={who(1): ["550 5.1.1 no such mailbox"]}, data={who(3): ["554 5.7.1 looks like spam"]})
    with serving(conduct) as server:
        run = one.run(server)
    assert (run.tally.handed_over, run.tally.refused) == (4, 2)
    assert one.states()[who(1)] is State.REFUSED
    assert one.answers()[who(1)] == "550 5.1.1 no such mailbox"
    assert one.answers()[who(3)] == "554 5.7.1 looks like spam"
    assert due(one.messages, one.ledger) == ()
    again = due(one.messages, one.ledger, only_failed=True)
    assert {message.recipient for message in again} == {who(1), who(3)}


def test_temporary_faults_are_tried_again(bench: Callable[[int], Bench]) -> None:
    one = bench(4)
    conduct = Conduct(
        rcpt={who(0): ["450 4.2.1 greylisted", "250 OK"], who(1): ["450 4.2.1 busy"]},
        data={who(2): ["451 4.3.0 later", "451 4.3.0 later", "250 OK"]},
    )
    with serving(conduct) as server:
        run = one.run(server)
        assert (run.tally.handed_over, run.tally.deferred) == (3, 1)
        assert server.counts == {who(0): 1, who(2): 1, who(3): 1}
    assert one.states()[who(1)] is State.DEFERRED
    assert one.answers()[who(1)] == "450 4.2.1 busy"
    assert [message.recipient for message in due(one.messages, one.ledger)] == [who(1)]
    assert [state for _, state, _ in one.ledger.events(one.messages[1].id)] == ["deferred"] * 3


def test_a_connection_that_breaks_before_the_end_of_the_data_is_safe_to_repeat(bench: Callable[[int], Bench]) -> None:
    one = bench(4)
    with serving(Conduct(rcpt={who(1): ["drop", "250 OK"], who(2): ["421 4.3.2 shutting down", "250 OK"]})) as server:
        run = one.run(server)
    assert run.tally.handed_over == 4
    assert server.counts == dict.fromkeys(map(who, range(4)), 1)


@pytest.mark.parametrize("conduct", [Conduct(after={who(1)}), Conduct(data={who(1): ["drop"]})], ids=["accepted", "lost"])
def test_no_answer_to_the_end_of_the_data_is_left_to_a_person(bench: Callable[[int], Bench], conduct: Conduct) -> None:
    """Whether the server took the message before it hung up looks the same from here."""
    one = bench(4)
    with serving(conduct) as server:
        run = one.run(server)
        assert (run.tally.handed_over, run.tally.undecided) == (3, 1)
        assert one.states()[who(1)] is State.UNDECIDED
        assert one.run(server).tally.handed_over == 0  # not sent again by itself
        assert server.counts[who(1)] == (1 if conduct.after == set() and not conduct.data else 0)
        one.ledger.decide(one.messages[1].id[:8], sent=False)
        conduct.data.clear()
        assert one.run(server).tally.handed_over == 1


def test_a_slow_server_is_waited_for(bench: Callable[[int], Bench]) -> None:
    one = bench(4)
    with serving(Conduct(delay=1.2)) as server:
        run = one.run(server, connections=4, timeout=1)  # shorter than the answer takes: giving up would make doubles
    assert run.tally.handed_over == 4
    assert server.most_at_once == 4


def test_the_rate_is_kept(bench: Callable[[int], Bench]) -> None:
    one = bench(4)
    with serving() as server:
        start = time.monotonic()
        one.run(server, connections=4, rate=120)
        assert time.monotonic() - start > 1.5  # three distances of half a second
    assert len(server.accepted) == 4


def test_growing_waits(bench: Callable[[int], Bench]) -> None:
    one = bench(1)
    settings = SendSettings(host="127.0.0.1", security="none", backoff=5)
    run = Dispatch(SmtpChannel(settings), one.ledger, (), settings, read=one.outbox.data, tell=one._tell)
    assert [run._wait(i) for i in range(9)] == [5, 10, 20, 40, 80, 160, 320, 640, 900]


def test_an_interrupt_finishes_what_is_under_way(bench: Callable[[int], Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    one = bench(30)
    run = interrupted(one, monkeypatch, Conduct(delay=0.3), after=0.5)
    assert run.tally.handed_over > 0
    assert run.tally.undecided == 0
    assert run.tally.handed_over + run.tally.left == 30


def test_an_interrupt_breaks_off_what_takes_too_long(bench: Callable[[int], Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch_module, "GRACE_SECONDS", 0.3)
    one = bench(6)
    run = interrupted(one, monkeypatch, Conduct(delay=30), after=0.5)
    assert (run.tally.handed_over, run.tally.undecided, run.tally.left) == (0, 2, 4)
    assert sum(state is State.UNDECIDED for state in one.states().values()) == 2


def interrupted(one: Bench, monkeypatch: pytest.MonkeyPatch, conduct: Conduct, after: float) -> Dispatch:
    """A run into which KeyboardInterrupt falls, as the signal handler of the command raises it."""
    begun = time.monotonic()
    done: list[bool] = []

    def sleep(seconds: float) -> None:
        if threading.current_thread() is threading.main_thread() and time.monotonic() - begun > after and not done:
            done.append(True)
            raise KeyboardInterrupt
        time.sleep(seconds)

    monkeypatch.setattr(dispatch_module, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))
    with serving(conduct) as server:
        settings = SendSettings(sender=SENDER, host="127.0.0.1", port=server.port, security="none", connections=2)
        todo = due(one.messages, one.ledger)
        run = Dispatch(SmtpChannel(settings), one.ledger, todo, settings, read=one.outbox.data, tell=one._tell)
        with pytest.raises(KeyboardInterrupt):
            run.run()
        assert time.monotonic() - begun < after + 4
    return run


def test_a_message_that_was_changed_after_rendering_is_not_sent(bench: Callable[[int], Bench]) -> None:
    one = bench(2)
    path = one.outbox.folder / one.messages[0].file
    path.write_bytes(path.read_bytes().replace(b"Subject:", b"X-Other:"))
    with serving() as server, pytest.raises(DeliverError, match="changed after it was rendered"):
        one.run(server, connections=1)
    assert not server.accepted


def test_what_cannot_be_written_down_is_not_sent(bench: Callable[[int], Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    one = bench(3)

    def full(*_: object) -> None:
        raise DeliverError("the ledger cannot be used: database or disk is full")

    monkeypatch.setattr(one.ledger, "sending", full)
    with serving() as server:
        with pytest.raises(DeliverError, match="disk is full"):
            one.run(server)
        time.sleep(0.2)
        assert not server.accepted
    assert set(one.states().values()) == {State.RENDERED}


@pytest.mark.parametrize(
    ("settings", "password", "insecure", "says"),
    [
        ({"host": ""}, None, False, "no mail server"),
        ({"host": "mail.example.vn", "security": "none"}, None, False, "without encryption"),
        ({"host": "mail.example.vn", "user": "vp"}, None, False, "no password for vp"),
        ({"host": "mail.example.vn", "security": "none", "user": "vp"}, "x", False, "without encryption"),
        ({"host": "mail.example.vn", "ca_file": "none.pem"}, None, False, "cannot be read"),
    ],
)
def test_settings_that_would_let_something_out_are_refused(
    settings: dict[str, str], password: str | None, insecure: bool, says: str
) -> None:
    with pytest.raises(DeliverError, match=says):
        SmtpChannel(SendSettings(**settings), password, insecure=insecure)  # type: ignore[arg-type]


def test_insecure_is_possible_when_it_is_said() -> None:
    channel = SmtpChannel(SendSettings(host="mail.example.vn", security="none"), insecure=True)
    assert channel.settings.security == "none"


@pytest.mark.parametrize(
    ("host", "yes"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("x.vn", False)]
)
def test_only_this_machine_is_loopback(host: str, yes: bool) -> None:
    assert is_loopback(host) is yes


@pytest.mark.parametrize(
    ("data", "wire"), [(b".\r\n", b"..\r\n"), (b"a\r\n.\r\n..b", b"a\r\n..\r\n...b\r\n"), (b"a.b\r\n", b"a.b\r\n")]
)
def test_dots_that_begin_a_line_are_doubled(data: bytes, wire: bytes) -> None:
    assert stuffed(data) == wire
