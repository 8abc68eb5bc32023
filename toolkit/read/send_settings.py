"""``send.yaml`` and the options that override it: how mail is made and handed over.

``KEYS`` is the one table: what a key may hold, for the file, for the options of ``nhiemky send`` and for the README.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toolkit.model.mail import SendSettings, control
from toolkit.model.profile import Mark
from toolkit.read.mail_address import read_sender
from toolkit.read.profile_faults import did_you_mean
from toolkit.read.profile_yaml import Node, read_documents
from toolkit.read.sending_faults import Faults

FILE = Path("send.yaml")
"""Read where the command runs, if it is there and no other is named."""
CHANNELS = ("smtp", "eml", "maildir", "pickup")
SECURITY = ("starttls", "tls", "none")
SECRET = frozenset(("password", "pass", "secret", "mat-khau", "token", "api-key"))


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: the field of ``SendSettings``, how its text is read (``ValueError`` says what is wrong), how it is written."""

    field: str
    read: Callable[[str], Any]
    remedy: str


def _line(text: str) -> str:
    if control(text):
        raise ValueError("the text holds a control character")
    return text.strip()


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]{1,253}", text):
        raise ValueError(f"“{text}” is not the name of a server")
    return text


def _among(known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"“{text}” is not known here")
        return text

    return read


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"“{text}” is not a whole number from {low} to {high}")
        return int(text)

    return read


def _unsubscribe(text: str) -> str:
    """RFC 8058 wants an https address that tells the recipient; the length leaves room in one line of the header."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a web address") from None
    if parts.scheme != "https" or not parts.hostname or not re.fullmatch(r"[!-;=?-~]{1,700}", text):
        raise ValueError(f"“{text}” is not an https address")
    if not re.search(r"\{(?:email|token)\}", text) or re.search(r"\{(?!email\}|token\})", text):
        raise ValueError(f"“{text}” does not tell who unsubscribes")
    return text


KEYS: Mapping[str, Key] = {
    "from": Key("sender", read_sender, "write from: Văn phòng <vanphong@example.vn>"),
    "reply_to": Key("reply_to", read_sender, "write reply_to: vanphong@example.vn"),
    "subject": Key("subject", _line, "write it on one line"),
    "salutation": Key("salutation", _line, "write it on one line"),
    "unsubscribe": Key(
        "unsubscribe", _unsubscribe, "write an https address with the word email or token in braces where the recipient stands"
    ),
    "channel": Key("channel", _among(CHANNELS), f"choose among: {', '.join(CHANNELS)}"),
    "folder": Key("folder", _line, "write the folder that the channel writes into"),
    "host": Key("host", _host, "write host: smtp.example.vn"),
    "port": Key("port", _whole(1, 65535), "write port: 587"),
    "security": Key("security", _among(SECURITY), f"choose among: {', '.join(SECURITY)}"),
    "user": Key("user", _line, "write user: vanphong@example.vn"),
    "password_file": Key("password_file", _line, "write the file that holds the password alone"),
    "keyring": Key("keyring", _line, "write the name under which the keyring holds the password"),
    "ca_file": Key("ca_file", _line, "write the file (PEM) of the authority that vouches for the server"),
    "rate": Key("rate", _whole(0, 100_000), "write how many messages a minute, 0 for no limit"),
    "connections": Key("connections", _whole(1, 20), "write a whole number from 1 to 20"),
    "retries": Key("retries", _whole(0, 20), "write a whole number from 0 to 20"),
    "backoff": Key("backoff", _whole(0, 3600), "write a whole number of seconds"),
    "timeout": Key("timeout", _whole(1, 3600), "write a whole number of seconds"),
}


def read_settings(path: Path | None, options: Mapping[str, str]) -> SendSettings:
    """The settings of a file (None: ``send.yaml`` here, if it is there) under those of the command line.

    Raises ``SendingError`` with all faults of both.
    """
    faults = Faults()
    values: dict[str, Any] = {}
    file = path or (FILE if FILE.is_file() else None)
    text = faults.text(file) if file is not None else None
    if file is not None and text is not None:
        values = _from_file(text, file, faults)
    for name, given in options.items():
        key = KEYS[name]
        mark = Mark(f"--{name.replace('_', '-')}")
        values[key.field] = faults.attempt("send-value", mark, lambda key=key, given=given: key.read(given), key.remedy)  # type: ignore[misc]
    faults.stop()
    return replace(SendSettings(), **values)


def _from_file(text: str, path: Path, faults: Faults) -> dict[str, Any]:
    documents, wrong = read_documents(text, path.as_posix(), "send")
    faults.found += wrong
    values: dict[str, Any] = {}
    for document in documents:
        if not isinstance(document.value, dict):
            faults.add("send-form", document.mark, "keys are needed here", "write key: value, as in host: smtp.example.vn")
            continue
        for name, node in document.value.items():
            mark = document.keys.get(name, node.mark)
            if name in KEYS:
                values[KEYS[name].field] = _value(KEYS[name], node, faults, path.parent)
            elif name.lower().replace("_", "-") in SECRET:
                remedy = "take it out; give it by NHIEMKY_SMTP_PASSWORD, password_file or keyring"
                faults.add("send-secret", mark, "a password has no place in this file", remedy)
            else:
                faults.add("send-key", mark, f"there is no key “{name}” here", did_you_mean(name, set(KEYS)))
    return values


def _value(key: Key, node: Node, faults: Faults, base: Path) -> Any:
    if isinstance(node.value, dict | list | bool):
        faults.add("send-form", node.mark, "a text is needed here", key.remedy)
        return None
    value = faults.attempt("send-value", node.mark, lambda: key.read(str(node.value)), key.remedy)
    if key.field in ("folder", "password_file", "ca_file") and value:
        return str(base / value)  # beside the file that names it
    return value


def default_of(name: str) -> Any:
    """What a setting is when nobody gives it; empty text, 0 or None where there is no default."""
    (field,) = (field for field in fields(SendSettings) if field.name == KEYS[name].field)
    return field.default
