"""Where sources and outputs are: a path of this machine, or an address of a store elsewhere (``s3://bucket/reports/``).

``pathlib`` would fold the slashes of an address, and has no idea of the password that one may hold; so an address is a small type
of its own, with the few names of ``Path`` that are needed here.  What is printed of it, or written into a file, is never a secret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_ADDRESS = re.compile(r"(?P<kind>[a-zA-Z][a-zA-Z0-9+.-]+)://(?P<rest>.*)", re.DOTALL)
"""Two letters at least, so that ``C://`` stays the drive of Windows that it is."""

_WEB = ("http", "https")
_LOGIN = re.compile(r"(?<=://)[^/@\s]*@")
_QUERY = re.compile(r"(?<=[^\s/])[?#]\S*")


@dataclass(frozen=True, slots=True, repr=False)
class Url:
    """An address as it was given.  ``str`` of it leaves names, passwords and signed queries out; ``address`` holds them."""

    address: str
    stamp: tuple[int, int] | None = field(default=None, compare=False)
    """Size and a token of the last change, when a listing told them."""

    @property
    def kind(self) -> str:
        """``s3`` of ``s3://…``, in small letters."""
        return self.address.partition("://")[0].lower()

    @property
    def is_web(self) -> bool:
        """Whether a question mark begins a query; elsewhere it stands for one letter of a name."""
        return self.kind in _WEB

    def __str__(self) -> str:
        return without_secrets(self.address, web=self.is_web)

    def __repr__(self) -> str:
        return f"Url({str(self)!r})"

    def __truediv__(self, part: str) -> Url:
        return Url(f"{self.address.rstrip('/')}/{part}")

    @property
    def name(self) -> str:
        """The last part of the address."""
        return PurePosixPath(str(self).partition("://")[2]).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix


Place = Path | Url
"""Where a source or an output is."""


def is_url(text: str) -> bool:
    """Whether a text is the address of a store rather than a path; ``file://`` is a path written in another way."""
    return (found := _ADDRESS.fullmatch(text)) is not None and found["kind"].lower() != "file"


def place(text: str) -> Place:
    """The place that a text names: an address for what looks like one (``kind://…``), else a path."""
    if is_url(text):
        return Url(text)
    if _ADDRESS.fullmatch(text):
        path = unquote(urlsplit(text, allow_fragments=False).path) if "?" not in text else text.partition("://")[2]
        return Path(path[1:] if re.match(r"/[a-zA-Z]:", path) else path)
    return Path(text)


def without_secrets(text: str, *, web: bool = True) -> str:
    """A text with whatever in an address may be a secret taken out: ``name:password@`` and (``web``) everything after ``?``."""
    text = _LOGIN.sub("", text)
    return _QUERY.sub("", text) if web else text
