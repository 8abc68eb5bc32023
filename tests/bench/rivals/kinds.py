"""What the files of a rival are: how large, tagged or not, what standard they claim."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PART = re.compile(r"pdfaid:part(?:>|=\")(\d)")
_LEVEL = re.compile(r"pdfaid:conformance(?:>|=\")(\w)")
_UA = re.compile(r"pdfuaid:part(?:>|=\")(\d)")


@dataclass(frozen=True, slots=True)
class Kind:
    """Medians of kilobytes and pages; ``tagged`` and ``claims`` of the first file (all of one rival are alike)."""

    size: float
    pages: float
    tagged: bool
    claims: str


def kind(paths: Iterable[Path]) -> Kind:
    import pikepdf

    files = sorted(paths)
    counts = []
    tagged, claims = False, ""
    for path in files:
        with pikepdf.open(path) as pdf:
            counts.append(len(pdf.pages))
            if path is files[0]:
                tagged = bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in pdf.Root
                claims = _claims(pdf.Root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in pdf.Root else "")
    return Kind(statistics.median(path.stat().st_size for path in files) / 1000, statistics.median(counts), tagged, claims)


def _claims(metadata: str) -> str:
    part, level, ua = (pattern.search(metadata) for pattern in (_PART, _LEVEL, _UA))
    archived = f"PDF/A-{part.group(1)}{level.group(1).lower() if level else ''}" if part else ""
    accessible = f"PDF/UA-{ua.group(1)}" if ua else ""
    return " + ".join(filter(None, (archived, accessible)))
