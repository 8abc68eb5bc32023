"""Where templates, profiles, sources and output are: in a checkout, in an installed wheel, in a user's own folder."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).parent

SOURCES = Path("seeds")
PROFILES = Path("profiles")
TEMPLATES = Path("templates")
OUTPUT = Path("output")
"""Folders of the place where the command runs, for whoever names none."""

CORPUS = OUTPUT / "corpus.sqlite"
"""Where facts of many localities are kept."""


def packaged_templates() -> Path:
    """The templates that travel with the package: beside it in a checkout, inside it in a wheel."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def user_cache() -> Path:
    """Where this system keeps a user's caches; ``NHIEMKY_CACHE`` names another folder."""
    if chosen := os.environ.get("NHIEMKY_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir()))
    if sys.platform == "darwin":
        return Path("~/Library/Caches").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
