"""Case texts as the extractor meets them: read and cleaned by the real stages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

from toolkit.clean import clean
from toolkit.model.text import CleanText, Source

CASES = Path(__file__).parents[1] / "cases" / "extract"


def cleaned(text: str) -> CleanText:
    return clean(Source("case.txt", text, hashlib.sha256(text.encode()).hexdigest()))


def cases(name: str) -> list[Any]:
    """All cases of the files in ``tests/cases/extract/<name>``, in the order of the files."""
    return [case for path in sorted((CASES / name).glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]


def label(case: dict[str, Any]) -> str:
    return str(case.get("what", case.get("text", "")))[:60]
