"""Rendered bytes on their way to a folder, a message or a caller."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file: ``name`` relative to the locality's folder, ``media_type``, ``data``.

    ``marked`` is the HTML it was made of, with figures and quotations still marked, where the file itself must not bear the marks
    (a newsletter insert, its plain-text twin, a picture): the audit reads it and holds the file against it; nobody writes it.
    """

    name: str
    media_type: str
    data: bytes
    marked: bytes = b""
