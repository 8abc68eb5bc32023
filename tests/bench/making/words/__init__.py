"""Word lists and sentences of the generator, as YAML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def words(name: str) -> Any:
    """The content of one list (``places``, ``people``, ``sectors``, ``frame``, ``furniture``); not to be changed."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text("utf-8"))
