"""Rendered bytes on their way to a folder, a message or a caller."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file: ``name`` relative to the locality's folder, ``media_type``, ``data``."""

    name: str
    media_type: str
    data: bytes
