"""The picture in a brief's masthead, carried inside the file: a local PNG or SVG beside the profile, nothing from elsewhere."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from toolkit.errors import RenderError

LARGEST = 1_000_000
"""Bytes; a larger picture would make every brief heavy."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = re.compile(rb"\A\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<svg[\s>]", re.DOTALL)
_REACHES_OUT = re.compile(
    rb"<script|<foreignObject|<!ENTITY|@import|\bon\w+\s*=|(?:href|src)\s*=\s*[\"'](?!#|data:)", re.IGNORECASE
)
_ADDRESS = re.compile(r"[a-z]{2,}:/", re.IGNORECASE)
_NEAR = 3
"""Folders above the picture among which one must hold profiles, when it lies outside the folder the command runs in."""


def data_uri(logo: str, where: str) -> str:
    """The picture as a ``data:`` address; empty for no picture.  Raises ``RenderError`` that says what is wrong with the file."""
    if not logo or logo.startswith("data:"):
        return logo
    path = Path(logo)
    if _ADDRESS.search(logo) or not _belongs(path):
        raise _fault(f"the logo is not a file of this project: {logo}", where)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _fault(f"the logo cannot be read: {logo} ({error.strerror})", where) from error
    if len(data) > LARGEST:
        raise _fault(f"the logo is too large: {logo} has {len(data):,} bytes, a brief takes {LARGEST:,}", where)
    if data.startswith(_PNG):
        kind = "image/png"
    elif _SVG.match(data) and not _REACHES_OUT.search(data):
        kind = "image/svg+xml"
    else:
        raise _fault(f"the logo is neither PNG nor a plain SVG without scripts and links: {logo}", where)
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _belongs(path: Path) -> bool:
    """Whether the file lies below the working folder, or beside profiles elsewhere."""
    real = path.resolve()
    if real.is_relative_to(Path.cwd().resolve()):
        return True
    return any(next(folder.glob("*.yaml"), None) is not None for folder in list(real.parents)[:_NEAR])


def _fault(what: str, where: str) -> RenderError:
    return RenderError(
        what, where=where, remedy="put a PNG or SVG beside the profile and name it under display: logo: huy-hieu.png"
    )
