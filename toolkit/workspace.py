"""Where templates, profiles, sources and output are: in a checkout, in an installed wheel, in a user's own folder."""

from __future__ import annotations

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
