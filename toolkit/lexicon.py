"""Loads and checks the package's data files; gives frozen, cached Python values.

Words live in ``toolkit/data`` as YAML, one file a concern.  Each stage asks here for the file it needs and turns it into its own
frozen structure once (``functools.cache``).  A file is read once a process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from toolkit.errors import DataError

DATA = Path(__file__).parent / "data"


def load_yaml_text(text: str, where: str) -> Any:
    """Parse trusted YAML with the fast loader; raises ``DataError`` with the place of the fault."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader either way
    except yaml.YAMLError as error:
        raise DataError(
            f"the package's data file is broken: {error}", where=where, remedy="install nhiemky again, or mend the file"
        ) from error


@cache
def load(name: str) -> Any:
    """Content of ``toolkit/data/<name>.yaml`` (``load("vi/units")``).  Shared by all callers: never change it."""
    path = DATA / f"{name}.yaml"
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise DataError(f"the package's data file is missing: {error}", where=str(path), remedy="install nhiemky again") from error
    return load_yaml_text(text, str(path))
