"""The face of the official forms: Times New Roman, or a metric twin with every Vietnamese letter, found on this machine.

Offices must print in Times New Roman, which no package may bring along.  Liberation Serif 2 and Tinos have its widths; Liberation
Serif 1, which Debian still installs as ``fonts-liberation``, lacks two thirds of the Vietnamese letters and is passed over.  Where
none is found the packaged Source Serif 4 stands in, and ``official_trouble`` says how to get a better one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from toolkit.render.fonts import FACES, VIETNAMESE, Face
from toolkit.styles import Faces

REGULAR, BOLD, ITALIC, BOLD_ITALIC = (400, False), (700, False), (400, True), (700, True)

TWINS: Mapping[str, Mapping[tuple[int, bool], tuple[str, ...]]] = {
    "Times New Roman": {
        REGULAR: ("times.ttf", "times new roman.ttf"),
        BOLD: ("timesbd.ttf", "times new roman bold.ttf"),
        ITALIC: ("timesi.ttf", "times new roman italic.ttf"),
        BOLD_ITALIC: ("timesbi.ttf", "times new roman bold italic.ttf"),
    },
    "Liberation Serif": {
        REGULAR: ("liberationserif-regular.ttf",),
        BOLD: ("liberationserif-bold.ttf",),
        ITALIC: ("liberationserif-italic.ttf",),
        BOLD_ITALIC: ("liberationserif-bolditalic.ttf",),
    },
    "Tinos": {
        REGULAR: ("tinos-regular.ttf",),
        BOLD: ("tinos-bold.ttf",),
        ITALIC: ("tinos-italic.ttf",),
        BOLD_ITALIC: ("tinos-bolditalic.ttf",),
    },
}
"""Families in the order in which they are taken, with the names of their files on Windows, macOS and Linux."""

SUFFIX = " VN"
"""Behind the family's name in the files we make: the machine may have an older version of it under the plain name."""

STAND_IN = (
    Face("Nhiemky Form", 400, "source-serif-4", 400, (("opsz", 14.0), ("wght", 400.0))),
    Face("Nhiemky Form", 700, "source-serif-4", 700, (("opsz", 14.0), ("wght", 700.0))),
    Face("Nhiemky Form", 400, "source-serif-4", 400, (("opsz", 14.0), ("wght", 400.0)), italic=True),
)

HINT = """neither Times New Roman nor a font of its widths with all Vietnamese letters is here; official forms get Source Serif
    Debian, Ubuntu:  sudo apt install fonts-liberation2
    Fedora:          sudo dnf install liberation-serif-fonts
    Windows, macOS:  Times New Roman belongs to the system; put its files back
    elsewhere:       put the four files of Tinos or Liberation Serif 2 into a folder and set NHIEMKY_FONTS to it"""


def faces_of(kind: Faces) -> tuple[Face, ...]:
    """The faces that a style prints in; those of the official forms fall back on the house's for signs."""
    return FACES if kind is Faces.HOUSE else (*official_faces(), *FACES)


def family() -> str:
    """The CSS name of the official face."""
    return official_faces()[0].family


@cache
def official_faces() -> tuple[Face, ...]:
    """Regular, bold, italic and bold italic of the first family that is whole on this machine; else the packaged stand-in."""
    found = dict(_files())
    for name, wanted in TWINS.items():
        for files in _wholes(found, wanted):
            if all(_speaks_vietnamese(file) for file in files):
                return tuple(
                    Face(name + SUFFIX, weight, italic=italic, file=str(file))
                    for (weight, italic), file in zip(wanted, files, strict=True)
                )
    return STAND_IN


def official_trouble() -> str | None:
    """None when the official forms have their face, else how to get it."""
    return HINT if official_faces() is STAND_IN else None


def _wholes(
    found: Mapping[str, tuple[Path, ...]], wanted: Mapping[tuple[int, bool], tuple[str, ...]]
) -> Iterator[tuple[Path, ...]]:
    """Each folder's set of the four files."""
    regular = [path for name in wanted[REGULAR] for path in found.get(name, ())]
    for folder in dict.fromkeys(path.parent for path in regular):
        files = [next((p for name in names for p in found.get(name, ()) if p.parent == folder), None) for names in wanted.values()]
        if all(files):
            yield tuple(file for file in files if file is not None)


def _files() -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Font files of this machine by their small names, of the names that are looked for."""
    names = {name for wanted in TWINS.values() for some in wanted.values() for name in some}
    found: dict[str, list[Path]] = {}
    for folder in _folders():
        for at, folders, files in os.walk(folder):
            folders.sort()
            for file in files:
                if file.lower() in names:
                    found.setdefault(file.lower(), []).append(Path(at, file))
    for name, paths in found.items():
        yield name, tuple(sorted(paths))


def _folders() -> tuple[Path, ...]:
    """Where this system keeps fonts; ``NHIEMKY_FONTS`` names one more, looked at first."""
    own = [Path(chosen)] if (chosen := os.environ.get("NHIEMKY_FONTS")) else []
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        return (*own, windows, Path(os.environ.get("LOCALAPPDATA", ""), "Microsoft", "Windows", "Fonts"))
    home = Path.home()
    if sys.platform == "darwin":
        return (*own, Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (*own, Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


def _speaks_vietnamese(file: Path) -> bool:
    """Whether a file has a glyph for each letter with a mark; a file that cannot be read has none."""
    from toolkit.render.fonts import characters

    return not set(map(ord, VIETNAMESE)) - characters(file)
