"""Mail on its way to the readers: who gets it, what it says, and what became of it.  Frozen, free of files, sockets and clocks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from toolkit.model.profile import Mark

FRAGMENT = "newsletter/short.html"
PLAIN = "newsletter/short.txt"
PDF = "brief.pdf"
PARTS = (FRAGMENT, PLAIN, PDF)
"""The files of a built brief that a mail is made of, relative to the brief's folder; ``nhiemky build`` writes them."""


_UNSEEN = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Marks of direction, joiners and line ends that no eye sees; a name with them can be made to look like another."""


def control(text: str) -> bool:
    """Whether a text holds control characters or marks that no eye sees: nothing of the kind may reach a header."""
    return _UNSEEN.search(text) is not None or any(unicodedata.category(c) == "Cc" for c in text)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name shown beside it.

    ``address`` is what goes on the wire: ASCII, the domain in its IDNA form and lower case.
    """

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.address.rpartition("@")[2]

    @property
    def key(self) -> str:
        """By this two spellings of one mailbox are the same.

        The part before the @ could differ by case in theory; in practice that is one person, who should not get two letters.
        """
        return self.address.lower()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who should get briefs: ``list`` is the distribution list, ``locality`` restricts it to one locality (empty: all)."""

    mailbox: Mailbox
    title: str = ""
    office: str = ""
    list: str = ""
    locality: str = ""
    mark: Mark = field(default_factory=lambda: Mark(""))

    @property
    def name(self) -> str:
        """The person's name; may be empty."""
        return self.mailbox.name

    @property
    def email(self) -> str:
        """The address as it goes on the wire."""
        return self.mailbox.address


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """A built brief as far as sending needs it.  ``folder`` is ``ha-dinh/2015-2020``; ``sums`` pairs the ``PARTS`` with SHA-256."""

    folder: str
    path: Path
    locality: str
    title: str
    term: str
    year: str
    sums: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        """The locality's folder."""
        return self.folder.partition("/")[0]

    @property
    def when(self) -> str:
        """The folder of the term or year."""
        return self.folder.partition("/")[2]


@dataclass(frozen=True, slots=True)
class BriefParts:
    """What a brief puts into every mail of it, read when it is its turn: some 3,000 briefs are more than the memory should hold."""

    fragment: str
    plain: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail with all its words settled; ``fragment`` is the only HTML, made and audited by the build."""

    subject: str
    salutation: str
    title: str
    fragment: str
    plain: str
    attachment: str
    sender: str
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class SendSettings:
    """How mail is made and handed over: the keys of ``send.yaml``, overridden by options.  Empty: not given."""

    sender: Mailbox | None = None
    reply_to: Mailbox | None = None
    subject: str = ""
    salutation: str = ""
    unsubscribe: str = ""
    channel: str = "smtp"
    folder: str = ""
    host: str = ""
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password_file: str = ""
    keyring: str = ""
    ca_file: str = ""
    rate: int = 0
    connections: int = 2
    retries: int = 4
    backoff: int = 5
    timeout: int = 60


class State(StrEnum):
    """What became of a message; ``toolkit/deliver/README.md`` has the way from one to the next."""

    RENDERED = "rendered"
    LEAVING = "leaving"
    SENDING = "sending"
    HANDED_OVER = "handed-over"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNDECIDED = "undecided"
    WITHDRAWN = "withdrawn"


OPEN = (State.RENDERED, State.DEFERRED)
"""States of messages that the next run hands over."""

FAILED = (State.DEFERRED, State.REFUSED)
"""States that ``--only-failed`` tries again."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of an outbox.  ``id`` is its Message-ID without brackets, ``file`` its place in the outbox, ``sha256`` of that.

    ``brief`` is the brief's folder; ``sender`` and ``recipient`` are the envelope.
    """

    id: str
    brief: str
    sender: str
    recipient: str
    subject: str
    date: str
    file: str
    bytes: int
    sha256: str
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger knows of a message: its state since ``at`` (UTC, ISO 8601) and the server's last ``answer``.

    ``channel`` is where it went last (``smtp:mail.example.vn``); empty when it has not left.
    """

    id: str
    brief: str
    recipient: str
    subject: str
    outbox: str
    state: State
    at: str
    attempts: int
    answer: str
    channel: str = ""
