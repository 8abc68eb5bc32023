"""A run: messages go to a channel over several connections, at a steady rate, again after temporary faults, all in the ledger.

Each connection has a thread that takes the next message that is due.  The first fault that concerns the whole run stops it, and so
does an interrupt: what is under way is finished, or broken off after a while and then undecided.
"""

from __future__ import annotations

import contextlib
import heapq
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from toolkit.deliver.channel import Answer, Channel, Connection, Deferred, Refused, Undecided
from toolkit.deliver.ledger import Ledger
from toolkit.errors import DeliverError
from toolkit.model.mail import Message, SendSettings, State

GRACE_SECONDS = 15.0
"""How long an interrupted run waits for answers that are under way."""
TICK = 0.03
"""Seconds between two looks at the threads."""
LONGEST_WAIT = 900.0
"""Seconds between two tries at most."""

Read = Callable[[Message], bytes]
Tell = Callable[[Message, State, str], None]


@dataclass(slots=True)
class Tally:
    """How many messages of a run came to what; the rest was not tried."""

    handed_over: int = 0
    refused: int = 0
    deferred: int = 0
    undecided: int = 0
    left: int = 0

    def count(self, state: State) -> None:
        """One more."""
        name = state.value.replace("-", "_")
        setattr(self, name, getattr(self, name) + 1)


@dataclass(order=True, slots=True)
class _Job:
    due: float
    order: int
    message: Message = field(compare=False)
    tries: int = field(default=0, compare=False)


class Dispatch:
    """One run over ``messages``.  ``read`` gives a message's bytes, ``tell`` hears what became of each; both from any thread."""

    def __init__(
        self, channel: Channel, ledger: Ledger, messages: Sequence[Message], settings: SendSettings, *, read: Read, tell: Tell
    ) -> None:
        self.channel = channel
        self.ledger = ledger
        self.settings = settings
        self.read = read
        self.tell = tell
        self.tally = Tally()
        self._waiting = [_Job(0.0, i, message) for i, message in enumerate(messages)]
        self._under_way = 0
        self._ended = 0
        self._change = threading.Condition()
        self._stopping = threading.Event()
        self._fault: BaseException | None = None
        self._connections: set[Connection] = set()
        self._pace = _Pace(settings.rate)

    def run(self) -> Tally:
        """Send until nothing is due any more.

        Raises ``DeliverError`` for the first fault that stopped the run, ``KeyboardInterrupt`` when it was interrupted; ``tally``
        tells in both cases what was done.
        """
        count = max(1, min(self.settings.connections, len(self._waiting)))
        threads = [threading.Thread(target=self._work, name=f"send-{i}") for i in range(count)]
        try:
            for thread in threads:
                thread.start()
            while self._ended < count:
                # Not ``join``: an interrupt that falls into it makes Python 3.11 believe that the thread has ended.
                time.sleep(TICK)
        except BaseException:
            self._break_off(sum(thread.ident is not None for thread in threads))
            raise
        finally:
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
            self.tally.left = len(self._waiting)
        if self._fault is not None:
            raise self._fault
        return self.tally

    def _break_off(self, begun: int) -> None:
        """No message is begun any more; what is under way gets a while for its answer."""
        self._stop()
        deadline = time.monotonic() + GRACE_SECONDS
        while self._ended < begun and time.monotonic() < deadline:
            time.sleep(TICK)
        with self._change:
            open_ = tuple(self._connections)
        for connection in open_:
            connection.abort()

    def _stop(self, fault: BaseException | None = None) -> None:
        with self._change:
            self._fault = self._fault or fault
            self._stopping.set()
            self._change.notify_all()

    # ------------------------------------------------------------ one thread

    def _work(self) -> None:
        connection: Connection | None = None
        try:
            while (job := self._next()) is not None:
                connection = connection or self._ready(job)
                if connection is None or not self._in_turn(job):
                    break
                if not self._one(connection, job):
                    self._let_go(connection, broken=True)
                    connection = None
        except BaseException as error:  # noqa: BLE001 - a thread's fault is the run's
            self._stop(error)
            self._let_go(connection, broken=True)
        else:
            self._let_go(connection)
        finally:
            with self._change:
                self._ended += 1

    def _ready(self, job: _Job) -> Connection | None:
        """A connection for a message; without one the message goes back to where it was."""
        try:
            made = self._connect()
        except BaseException:
            self._put_back(job)
            raise
        if made is None:
            self._put_back(job)
        return made

    def _in_turn(self, job: _Job) -> bool:
        if self._pace.wait(self._stopping):
            return True
        self._put_back(job)
        return False

    def _next(self) -> _Job | None:
        """The next message that is due; None when there will be none any more."""
        with self._change:
            while not self._stopping.is_set():
                wait = self._waiting[0].due - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    self._under_way += 1
                    return heapq.heappop(self._waiting)
                if wait is None and not self._under_way:
                    return None
                self._change.wait(wait)
            return None

    def _put_back(self, job: _Job, after: float = 0.0) -> None:
        with self._change:
            job.due = time.monotonic() + after if after else 0.0
            heapq.heappush(self._waiting, job)
            self._under_way -= 1
            self._change.notify_all()

    def _done(self, job: _Job, state: State, answer: str) -> None:
        with self._change:
            self._under_way -= 1
            self.tally.count(state)
            self.tell(job.message, state, answer)
            self._change.notify_all()

    def _connect(self) -> Connection | None:
        """A connection, tried again after growing waits; None when the run stops meanwhile."""
        for again in range(self.settings.retries + 1):
            try:
                made = self.channel.connect()
            except Deferred as answer:
                said = str(answer)
            else:
                with self._change:
                    self._connections.add(made)
                return made
            if again < self.settings.retries and self._stopping.wait(self._wait(again)):
                return None
        raise DeliverError(
            f"the mail server cannot be reached: {said}",
            where=self.channel.label,
            remedy="check host and port and the network; then go on by nhiemky send --resume --confirm",
        )

    def _let_go(self, connection: Connection | None, *, broken: bool = False) -> None:
        if connection is None:
            return
        with self._change:
            self._connections.discard(connection)
        if broken:  # in the middle of a message QUIT would be a line of it
            connection.abort()
        connection.close()

    def _wait(self, tries: int) -> float:
        """Seconds before the next try: doubled each time, by no chance, so that a run can be told beforehand."""
        return min(self.settings.backoff * 2.0**tries, LONGEST_WAIT)

    def _one(self, connection: Connection, job: _Job) -> bool:
        """Hand over one message and write down what came of it; whether the connection may be used further."""
        message = job.message
        try:
            data = self.read(message)
            self.ledger.leaving(message.id, self.channel.label)
            answer = connection.hand_over(message, data, lambda: self.ledger.sending(message.id))
        except Refused as refused:
            return self._write_down(job, State.REFUSED, refused)
        except Undecided as undecided:
            self._write_down(job, State.UNDECIDED, undecided)
            return False
        except Deferred as deferred:
            job.tries += 1
            if job.tries > self.settings.retries or self._stopping.is_set():
                return self._write_down(job, State.DEFERRED, deferred)
            self.ledger.settle(message.id, State.DEFERRED, str(deferred))
            self._put_back(job, self._wait(job.tries - 1))
            return not deferred.broken
        except BaseException:
            self._put_back(job)
            with contextlib.suppress(DeliverError):
                self.ledger.stay(message.id)
            raise
        self.ledger.settle(message.id, State.HANDED_OVER, answer)
        self._done(job, State.HANDED_OVER, answer)
        return True

    def _write_down(self, job: _Job, state: State, answer: Answer) -> bool:
        self.ledger.settle(job.message.id, state, str(answer))
        self._done(job, state, str(answer))
        return not answer.broken


class _Pace:
    """A steady rate: messages a minute, the same distance between any two; 0 is no limit."""

    def __init__(self, rate: int) -> None:
        self.distance = 60.0 / rate if rate else 0.0
        self._next = 0.0
        self._guard = threading.Lock()

    def wait(self, stopping: threading.Event) -> bool:
        """Wait for this message's turn; False when the run stops meanwhile."""
        if not self.distance:
            return not stopping.is_set()
        with self._guard:
            turn = max(self._next, time.monotonic())
            self._next = turn + self.distance
        return not stopping.wait(max(0.0, turn - time.monotonic()))
