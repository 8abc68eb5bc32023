"""What all channels have in common: how a message is handed over, and the few ways in which that ends.

A channel opens connections; a connection hands over one message at a time.  ``last_word`` must be called immediately before the
step after which the receiver may have the message: it writes ``sending`` into the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from toolkit.model.mail import Message

LastWord = Callable[[], None]


class Answer(Exception):  # noqa: N818 - answers are no faults
    """How a hand-over ended, when not well; ``broken`` says that the connection cannot be used any more."""

    def __init__(self, answer: str, *, broken: bool = False) -> None:
        super().__init__(answer)
        self.broken = broken


class Refused(Answer):
    """The receiver will not take this message: it says so for good (5xx)."""


class Deferred(Answer):
    """The receiver may take this message later (4xx), or the connection broke before the end of it."""


class Undecided(Answer):
    """The end of the message has left, and no answer came: nobody here can know whether the receiver has it."""


class Connection(Protocol):
    """One open way to the receiver; used by one thread."""

    def hand_over(self, message: Message, data: bytes, last_word: LastWord) -> str:
        """Hand over one message; returns the receiver's answer.

        Raises ``Refused``, ``Deferred`` or ``Undecided``, and ``DeliverError`` for what concerns the whole run.
        """

    def abort(self) -> None:
        """Break off from another thread; what waits for an answer then ends as ``Undecided``."""

    def close(self) -> None:
        """Say good-bye as far as that is possible; raises nothing."""


class Channel(Protocol):
    """A kind of receiver, ready to be connected to."""

    @property
    def label(self) -> str:
        """Kind and place, as the ledger writes them down: ``smtp:mail.example.vn``, ``eml:/srv/out``."""

    def connect(self) -> Connection:
        """A new connection.  Raises ``Deferred`` when it may come about later, ``DeliverError`` when it never will."""

    def knows(self, message: Message) -> bool | None:
        """Whether the receiver has this message, where that can be told afterwards; None where nobody can know."""
