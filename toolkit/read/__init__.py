"""Stage: read.  A file or its bytes become a ``Source``; what cannot be read is refused with a reason and a remedy.

This module decides which reader a source needs, by its content first and its suffix second, and holds the checks that are the
same for all.  One module a format follows: ``text``, ``markdown``, ``html``, ``docx``, ``pdf``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from toolkit.errors import ReadError
from toolkit.model.place import Place, Url
from toolkit.model.text import Source

MAX_BYTES = 64 * 2**20
"""Largest source read unless the caller says otherwise; the longest real report met has 3 MB."""

Reader = Callable[[bytes, str, str], Source]
"""Bytes, name and SHA-256 to a source."""

TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
"""Suffix to media type of everything that can be read."""

SUPPORTED = tuple(TYPES)

CONVERT = {
    ".doc": "open it in Word or LibreOffice and save it as .docx (soffice --headless --convert-to docx FILE)",
    ".rtf": "open it in Word or LibreOffice and save it as .docx (soffice --headless --convert-to docx FILE)",
    ".odt": "save it as .docx (soffice --headless --convert-to docx FILE)",
    ".wpd": "save it as .docx with LibreOffice",
    ".xls": "copy the article's text into a .txt or .docx file; put figures of a table into a profile",
    ".xlsx": "copy the article's text into a .txt or .docx file; put figures of a table into a profile",
    ".ppt": "export the slides as .pdf",
    ".pptx": "export the slides as .pdf",
    ".zip": "unpack it and give the files in it",
    ".rar": "unpack it and give the files in it",
    ".7z": "unpack it and give the files in it",
    ".jpg": "make text of the picture with a text-recognition program first",
    ".jpeg": "make text of the picture with a text-recognition program first",
    ".png": "make text of the picture with a text-recognition program first",
    ".epub": "save it as .html or .txt",
    ".eml": "save the message's text as .txt or .html",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
}
"""Suffix to what a person does with a file that cannot be read."""

__all__ = ["CONVERT", "MAX_BYTES", "SUPPORTED", "TYPES", "fetch", "printable", "read_bytes", "read_source"]


def read_source(path: str | Place, *, max_bytes: int = MAX_BYTES) -> Source:
    """The file at ``path``; raises ``ReadError`` with a remedy when it cannot be read."""
    return read_bytes(fetch(path, max_bytes), printable(path), max_bytes=max_bytes)


def fetch(path: str | Place, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of the file at ``path``; raises ``ReadError`` when there are none or too many."""
    if isinstance(path, Url):
        from toolkit.remote import read

        return read(path, max_bytes)
    file = Path(path)
    where = printable(path)
    try:
        if file.is_dir():
            if not os.access(file, os.R_OK | os.X_OK):
                raise PermissionError
            raise ReadError(
                "this is a folder, not a file", where=where, remedy="name the files in it, or give the folder to `nhiemky build`"
            )
        size = file.stat().st_size
        if size > max_bytes:
            raise _too_large(size, max_bytes, where)
        with file.open("rb") as stream:
            # A device or a pipe says no size beforehand; one byte more than is read tells that there is too much.
            return stream.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise ReadError("no such file", where=where, remedy="check the name and the folder") from error
    except PermissionError as error:
        raise ReadError(
            "no permission to read this", where=where, remedy="allow reading it (chmod +r, or its properties)"
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the file cannot be opened: {why}", where=where, remedy="check the name and the disk") from error


def printable(path: str | Place) -> str:
    """A path as it can be written into a file: bytes of its name that are no UTF-8 as ``\\xff``."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_bytes(data: bytes, name: str, media_type: str | None = None, *, max_bytes: int = MAX_BYTES) -> Source:
    """``data`` as read from ``name``; ``media_type`` overrides what the suffix says.  Raises ``ReadError``."""
    if len(data) > max_bytes:
        raise _too_large(len(data), max_bytes, name)
    if not data.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        raise ReadError("the file is empty", where=name, remedy="save the article's text into it, or leave it out")
    kind = detect(data, name, media_type)
    source = _reader(kind)(data, name, hashlib.sha256(data).hexdigest())
    if not any(c.isalnum() for c in source.text):
        raise ReadError("there is no text in this file", where=name, remedy="save the article's text as .txt or .docx")
    return source


def _too_large(size: int, most: int, where: str) -> ReadError:
    return ReadError(
        f"the file has {size / 2**20:.1f} MB, more than the {most / 2**20:.0f} MB that are read",
        where=where,
        remedy="split it, or leave pictures and attachments out",
    )


def detect(data: bytes, name: str, media_type: str | None = None) -> str:
    """Media type of ``data``: by its first bytes, then the given type, then the suffix.  Raises ``ReadError`` when none fits."""
    suffix = Path(name).suffix.lower()
    head = data[:1024]
    if b"%PDF-" in head:
        return TYPES[".pdf"]
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(data, name, suffix)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _of_ole(data, name)
    if head.lstrip().startswith(b"{\\rtf"):
        raise ReadError("this is a Rich Text file", where=name, remedy=CONVERT[".rtf"])
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM\x00", b"II*\x00", b"MM\x00*")):
        raise ReadError("this is a picture, not a text", where=name, remedy=CONVERT[".png"])
    if media_type is not None and media_type.split(";")[0].strip() in TYPES.values():
        return media_type.split(";")[0].strip()
    if suffix in CONVERT:
        raise ReadError(f"files of type {suffix} are not read", where=name, remedy=CONVERT[suffix])
    if suffix in (".pdf", ".docx"):
        raise ReadError(
            f"this is no {suffix[1:].upper()} file, or it is damaged",
            where=name,
            remedy="open it and save it again, or save it as .txt",
        )
    if suffix not in TYPES and suffix:
        raise ReadError(
            f"files of type {suffix} are not read", where=name, remedy=f"save the article as one of {', '.join(SUPPORTED)}"
        )
    if TYPES.get(suffix, "text/plain") == "text/plain" and _looks_like_html(head):
        return TYPES[".html"]
    return TYPES.get(suffix, "text/plain")


def _looks_like_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<?xml version", b"<head", b"<body"))


def _of_zip(data: bytes, name: str, suffix: str) -> str:
    """A ZIP is a DOCX when it holds a Word document; else it is named for what it is."""
    if b"word/document" in data:
        return TYPES[".docx"]
    if b"xl/workbook" in data:
        raise ReadError("this is an Excel file", where=name, remedy=CONVERT[".xlsx"])
    if b"ppt/presentation" in data:
        raise ReadError("this is a PowerPoint file", where=name, remedy=CONVERT[".pptx"])
    if b"opendocument.text" in data:
        raise ReadError("this is an OpenDocument text", where=name, remedy=CONVERT[".odt"])
    remedy = "open it in Word and save it again" if suffix == ".docx" else CONVERT[".zip"]
    raise ReadError("this is an archive, not a text", where=name, remedy=remedy)


def _of_ole(data: bytes, name: str) -> ReadError:
    """Old Office files, and new ones with a password, share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError("the document is encrypted", where=name, remedy="open it with its password and save it without one")
    return ReadError("this is a file of an old Office version (.doc, .xls, .ppt)", where=name, remedy=CONVERT[".doc"])


def _reader(kind: str) -> Reader:
    """The reader of a media type; imported here, so that a text file does not wait for the PDF engine."""
    if kind == TYPES[".html"]:
        from toolkit.read.html import read
    elif kind == TYPES[".docx"]:
        from toolkit.read.docx import read
    elif kind == TYPES[".pdf"]:
        from toolkit.read.pdf import read
    elif kind == TYPES[".md"]:
        from toolkit.read.markdown import read
    else:
        from toolkit.read.text import read
    return read
