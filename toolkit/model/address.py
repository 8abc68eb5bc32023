"""Addresses under which an output folder is published."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from toolkit.errors import UsageError
from toolkit.model.brief import Published

_NEVER = frozenset("<>\"'{}|\\^`[]")


def is_whole(address: str) -> bool:
    """Whether an address is absolute, encrypted and free of anything that an address may not hold."""
    try:
        parts = urlsplit(address)
        valid = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False
    return valid and not any(c.isspace() or not c.isprintable() or c in _NEVER for c in address)


def site(address: str) -> str:
    """The address of a published folder with a slash at its end; raises ``UsageError`` for anything but a whole https address."""
    if not is_whole(address) or "?" in address or "#" in address:
        raise UsageError(
            f"not an address under which a folder can be published: {address}",
            remedy="give a whole address, as in --base-url https://example.vn/ban-tom-tat/",
        )
    return address.rstrip("/") + "/"


def below(base: str, path: str) -> str:
    """The address of a file in a published folder."""
    return base + quote(path)


def published(address: str, folder: str, files: tuple[str, ...]) -> Published:
    """Where a brief's files can be fetched, of those that are made; nothing when ``address`` is empty."""
    if not address:
        return Published()
    base = below(site(address), folder) + "/"
    page, pdf = (base + name if name in files else "" for name in ("brief.html", "brief.pdf"))
    return Published(base, page, pdf)
