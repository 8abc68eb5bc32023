"""The password of the mail server: from the environment, a file or the keyring; never from a command line, never printed."""

from __future__ import annotations

import os
from pathlib import Path

from toolkit.errors import DeliverError
from toolkit.model.mail import SendSettings

PASSWORD = "NHIEMKY_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
UNSUBSCRIBE_KEY = "NHIEMKY_UNSUBSCRIBE_KEY"


def password(settings: SendSettings) -> str | None:
    """The password for ``settings.user``, or None when there is none anywhere; the environment goes before file and keyring.

    Raises ``DeliverError`` for a file or keyring that was named and gives nothing.
    """
    if not settings.user:
        return None
    given = os.environ.get(PASSWORD)
    if given:
        return given
    if settings.password_file:
        return _from_file(Path(settings.password_file))
    return _from_keyring(settings.keyring, settings.user) if settings.keyring else None


def unsubscribe_key() -> bytes:
    """The secret behind ``{token}`` in addresses for unsubscribing; empty when there is none."""
    return os.environ.get(UNSUBSCRIBE_KEY, "").encode()


def _from_file(path: Path) -> str:
    try:
        text = path.read_text("utf-8-sig").strip("\r\n")
    except OSError as error:
        raise DeliverError(
            f"the file cannot be read: {error.strerror}", where=str(path), remedy="check password_file and its permissions"
        ) from error
    except UnicodeDecodeError:
        raise DeliverError("the file of the password is not UTF-8 text", where=str(path), remedy="save it as UTF-8") from None
    if not text or "\n" in text:
        remedy = "write the password alone into it, on one line"
        raise DeliverError("the file does not hold one password", where=str(path), remedy=remedy)
    return text


def _from_keyring(service: str, user: str) -> str:
    try:
        import keyring
    except ImportError:
        raise DeliverError(
            "the keyring cannot be asked", where="keyring", remedy="pip install keyring, or give password_file"
        ) from None
    try:
        found: str | None = keyring.get_password(service, user)
    except Exception as error:  # noqa: BLE001 - backends raise what they like
        what = f"the keyring does not answer: {type(error).__name__}"
        raise DeliverError(what, where="keyring", remedy="unlock it, or give password_file") from None
    if not found:
        what = f"the keyring has no password for {user} under {service}"
        raise DeliverError(what, where="keyring", remedy=f"keyring set {service} {user}")
    return found
