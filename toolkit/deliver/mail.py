"""One mail as bytes: text, HTML and the PDF in one ``EmailMessage``, the same bytes for the same letter.

Everything is base64 or ASCII, lines end in CRLF and stay under 998 bytes, so that no server on the way has to change anything.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from toolkit.errors import DeliverError
from toolkit.model.mail import BriefFiles, Mailbox, Recipient, control

CLIPPED = 102_400
"""Bytes of HTML beyond which Gmail cuts a mail."""

ENCODED_BYTES = 42
"""Bytes of text in one encoded word: 56 letters of base64, so that the first line stays under 76 with the header's name."""
_KEPT_AS_IS = ("message-id", "list-unsubscribe")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
MAX_NAME = 120
"""Longest attachment name in bytes; Vietnamese letters take up to three, and some systems allow 255 for a whole name."""


class _Policy(EmailPolicy):
    """SMTP's policy, but for headers that must stay one word however long they are: folded, RFC 2047 would encode them."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}\r\n" if name.lower() in _KEPT_AS_IS else _folded(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")


@lru_cache(maxsize=256)
def _folded(name: str, value: Any) -> str:
    """A header with its Vietnamese in encoded words (RFC 2047).

    ``EmailPolicy`` of Python 3.11 loses the space between two encoded words, so it folds ASCII only.  Folding takes longer than all
    the rest of a message, and sender and subject are the same in all of a brief: hence the cache.
    """
    boxes = getattr(value, "addresses", None)
    if str(value).isascii() or (boxes is None and name != "Subject"):  # parameters (file names) have a form of their own
        return str(EmailPolicy.fold(POLICY, name, value))
    if boxes is None:
        return f"{name}: {_encoded(str(value))}\r\n"
    (box,) = boxes
    return f"{name}: {_encoded(box.display_name)}\r\n <{box.addr_spec}>\r\n"


def _encoded(text: str) -> str:
    """Encoded words that end between words, each holding its space: a reader that joins them wrongly still cuts no word."""
    pieces: list[str] = []
    for word in re.findall(r"\S{1,15}\s?", text):
        if pieces and len((pieces[-1] + word).encode()) <= ENCODED_BYTES:
            pieces[-1] += word
        else:
            pieces.append(word)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece.encode()).decode()}?=" for piece in pieces)


POLICY = _Policy(linesep=SMTP.linesep, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around a letter: who sends it to whom, its id and date, and the address for unsubscribing (empty: none)."""

    id: str
    date: str
    sender: Mailbox
    recipient: Recipient
    subject: str
    reply_to: Mailbox | None = None
    unsubscribe: str = ""


def message_id(brief: BriefFiles, recipient: Recipient, subject: str, sender: Mailbox) -> str:
    """Message-ID without brackets, by content: recipient, checksums of the brief's parts, subject; no clock and no salutation.

    Whoever corrects a salutation therefore sends nobody the same brief again.
    """
    digest = hashlib.blake2b(digest_size=16, person=b"nhiemky-mail")
    for part in (recipient.mailbox.key, subject, *(f"{name}={sha256}" for name, sha256 in brief.sums)):
        digest.update(part.encode() + b"\0")
    return f"{digest.hexdigest()}.nhiemky@{sender.domain}"


def attachment_name(title: str) -> str:
    """A file name for the PDF from the brief's title, safe on every system.

    >>> attachment_name("Phường Hạ Đình: kết quả 2015–2020")
    'Phường Hạ Đình - kết quả 2015–2020.pdf'
    >>> attachment_name("../../etc/passwd")
    'etc passwd.pdf'
    """
    text = unicodedata.normalize("NFC", title)
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    text = re.sub(r"\s*:\s+", " - ", text)
    text = " ".join(re.sub(r'[\\/:*?"<>|%]', " ", text).split()).strip(". -")
    while len(text.encode()) > MAX_NAME:
        text = text[:-1].rstrip(". -")
    return f"{'tom-tat' if not text or _RESERVED.match(text) else text}.pdf"


def unsubscribe_url(template: str, recipient: Recipient, key: bytes) -> str:
    """The recipient's address for unsubscribing; ``{token}`` is an HMAC-SHA256 of the address, so that nobody guesses another's.

    Raises ``DeliverError`` when a token is wanted and no key is there.
    """
    if "{token}" in template and not key:
        raise DeliverError(
            "the address for unsubscribing holds a token, which needs a key",
            where="unsubscribe",
            remedy="set NHIEMKY_UNSUBSCRIBE_KEY to the secret that your unsubscribe page knows",
        )
    token = hmac.new(key, recipient.mailbox.key.encode(), hashlib.sha256).hexdigest()[:40]
    return template.replace("{email}", quote(recipient.email, safe="")).replace("{token}", token)


def compose(envelope: Envelope, html: str, text: str, pdf: bytes, attachment: str) -> bytes:
    """The message as it goes on the wire.  Raises ``DeliverError`` for a header that could not be written safely."""
    message = EmailMessage(policy=POLICY)
    recipient = envelope.recipient.mailbox
    _require_plain(envelope)
    try:
        message["From"] = _address(envelope.sender)
        message["To"] = _address(recipient)
        if envelope.reply_to is not None:
            message["Reply-To"] = _address(envelope.reply_to)
        message["Subject"] = envelope.subject
        message["Date"] = envelope.date
        message["Message-ID"] = f"<{envelope.id}>"
        message["Auto-Submitted"] = "auto-generated"
        if envelope.unsubscribe:
            # Both or neither (RFC 8058); the sending service must sign both by DKIM.
            message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    except (ValueError, IndexError) as error:
        where = recipient.address
        raise DeliverError(f"a header cannot be written: {error}", where=where, remedy="take control characters out") from error
    message.set_content(text, subtype="plain", charset="utf-8", cte="base64")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    message.make_mixed()
    message.attach(_pdf_part(pdf, attachment))
    message["Content-Language"] = "vi"
    _bound(message, envelope.id)
    return message.as_bytes()


def _require_plain(envelope: Envelope) -> None:
    """Nothing that could end a header or deceive the eye, whoever made the envelope."""
    boxes = [envelope.sender, envelope.recipient.mailbox, *([envelope.reply_to] if envelope.reply_to else [])]
    words = [
        envelope.id,
        envelope.date,
        envelope.subject,
        envelope.unsubscribe,
        *(text for b in boxes for text in (b.name, b.address)),
    ]
    for text in words:
        if control(text):
            where = envelope.recipient.email
            raise DeliverError(
                "a header cannot be written: control character", where=repr(where), remedy="take control characters out"
            )


def _address(box: Mailbox) -> Address:
    return Address(display_name=box.name, addr_spec=box.address)


@lru_cache(maxsize=2)
def _pdf_part(pdf: bytes, name: str) -> EmailMessage:
    """The attachment, encoded once for all recipients of a brief."""
    part = EmailMessage(policy=POLICY)
    part.set_content(pdf, maintype="application", subtype="pdf", disposition="attachment", filename=name, cte="base64")
    del part["MIME-Version"]
    return part


def _bound(message: EmailMessage, id_: str) -> None:
    """Boundaries by the message's id: Python's own are random, and the same letter should be the same bytes."""
    stem = id_.partition(".")[0]
    for i, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{stem}_{i}")
