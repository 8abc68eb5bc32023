"""Addresses of mail, checked by email-validator and brought into the one form that goes on the wire.

A library beats own code here: the rules of RFC 5321, IDNA 2008 and the reserved names fill pages and change.  Nothing is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from email.utils import parseaddr
from functools import cache
from typing import Any

from toolkit.model.mail import Mailbox, control

MAX_WORDS = 200
"""Longest name, title or office; what is longer is a column in the wrong place."""


def read_mailbox(address: str, name: str = "") -> Mailbox:
    """The mailbox of an address; raises ``ValueError`` with what is wrong in words for a person."""
    known = _validator()
    if not address.isascii() and control(address):
        raise ValueError("the address holds an invisible character")
    try:
        found = known.validate_email(
            address, check_deliverability=False, allow_smtputf8=False, globally_deliverable=False, strict=True
        )
    except known.EmailNotValidError as error:
        raise ValueError(f"“{printable(address)}” is not an e-mail address: {error}") from None
    if "." not in found.ascii_domain:
        raise ValueError(f"“{address}” has no full domain")
    return Mailbox(f"{found.local_part}@{found.ascii_domain.lower()}", read_words(name))


def read_sender(text: str) -> Mailbox:
    """``Văn phòng <vp@example.vn>`` or a bare address; raises ``ValueError``."""
    if control(text):
        raise ValueError("the address holds a control character")
    match = re.fullmatch(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>\s*", text)
    if match is None:
        return read_mailbox(text.strip())
    name = parseaddr(f"{match['name']} <a@b.c>")[0] if match["name"].startswith('"') else match["name"]
    return read_mailbox(match["address"].strip(), name)


def read_words(text: str) -> str:
    """A name, title or office in NFC on one line; raises ``ValueError`` for what could break a header or deceive the eye."""
    plain = unicodedata.normalize("NFC", text).strip()
    if control(plain):
        raise ValueError("the text holds a control character")
    if len(plain) > MAX_WORDS:
        raise ValueError(f"the text has {len(plain)} characters, more than {MAX_WORDS}")
    return " ".join(plain.split())


def printable(text: str) -> str:
    """A text for a message: what cannot be seen is shown as its number."""
    return "".join(f"\\u{ord(c):04x}" if control(c) else c for c in text)


@cache
def _validator() -> Any:
    import email_validator

    # Offices run mail servers inside their own network under this ending; the library leaves the list open for that.
    if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
        email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")
    return email_validator
