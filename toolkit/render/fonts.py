"""The faces of a brief: cut from the font packages to what Vietnamese needs, kept in the user's cache, checked before printing.

Source Serif 4 comes as a variable font, which costs WeasyPrint 1.6 times the time of static faces; so fontTools makes static faces
of it, without the glyphs that no brief uses.  The bytes depend on the packages' versions alone.  The cache is found again by a name
made of those versions and of this module's settings, and a cache that cannot be written is replaced by a temporary folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.errors import RenderError
from toolkit.workspace import user_cache

VIETNAMESE = "".join(
    base + "".join(tones)
    for base, tones in (
        ("aA", "àảãáạÀẢÃÁẠ"), ("ăĂ", "ằẳẵắặẰẲẴẮẶ"), ("âÂ", "ầẩẫấậẦẨẪẤẬ"), ("eE", "èẻẽéẹÈẺẼÉẸ"), ("êÊ", "ềểễếệỀỂỄẾỆ"),
        ("iI", "ìỉĩíịÌỈĨÍỊ"), ("oO", "òỏõóọÒỎÕÓỌ"), ("ôÔ", "ồổỗốộỒỔỖỐỘ"), ("ơƠ", "ờởỡớợỜỞỠỚỢ"), ("uU", "ùủũúụÙỦŨÚỤ"),
        ("ưƯ", "ừửữứựỪỬỮỨỰ"), ("yY", "ỳỷỹýỵỲỶỸÝỴ"), ("đĐ", ""),
    )
)  # fmt: skip
"""Every letter with a mark, both cases: what each face must hold for a brief to be printed in it."""

_PRINT_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1EA0, 0x1EF9), (0x300, 0x303), (0x309, 0x309))
_SIGNS = "\u0306\u031b\u0323–—‘’‚“”„†•…‰′″‹›₫€→↑↓−×÷≤≥≈✓▲▼▶◆■□°²³\u2009\u202f\u2011"
_TEXT_RANGES = ((0x20, 0x7E), (0xA0, 0xA0))
_FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "liga")
_SETTINGS = "3"
"""Changes whenever the way of cutting changes, so that old caches are left alone."""


@dataclass(frozen=True, slots=True)
class Face:
    """One static face: CSS family, weight and slope; its package and where on the design axes it lies, or its file."""

    family: str
    weight: int
    package: str = ""
    source_weight: int = 0
    axes: tuple[tuple[str, float], ...] = ()
    italic: bool = False
    file: str = ""

    @property
    def name(self) -> str:
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}{'-italic' if self.italic else ''}"


FACES = (
    Face("Nhiemky Serif", 400, "source-serif-4", 400, (("opsz", 11.0), ("wght", 400.0))),
    Face("Nhiemky Serif", 600, "source-serif-4", 600, (("opsz", 32.0), ("wght", 600.0))),
    Face("Nhiemky Sans", 400, "be-vietnam-pro", 400),
    Face("Nhiemky Sans", 600, "be-vietnam-pro", 600),
)
"""Text and headlines in Source Serif 4 (its optical sizes for text and for display), labels, tables and notes in Be Vietnam Pro."""

REMEDY = "pip install --force-reinstall fontpkg-source-serif-4 fontpkg-be-vietnam-pro"


def faces(wanted: tuple[Face, ...] = FACES) -> Mapping[Face, Path]:
    """The static faces on disk, made now if they are not there yet.  Raises ``RenderError`` when a package is missing."""
    return dict(zip(wanted, _faces_on_disk(wanted), strict=True))


@cache
def _faces_on_disk(faces_: tuple[Face, ...]) -> tuple[Path, ...]:
    folder = _folder()
    wanted = tuple(folder / f"{face.name}{_of_file(face)}.ttf" for face in faces_)
    sources: dict[Path, bytes] = {}
    for face, path in zip(faces_, wanted, strict=True):
        if not path.is_file():
            original = _original(face)
            if original not in sources:
                sources[original] = _cut(original.read_bytes(), _printable())
            _write(path, _static(sources[original], face))
    return wanted


@cache
def web_faces() -> Mapping[Face, bytes]:
    """The faces as WOFF2 with Vietnamese letters, ASCII and signs only, for embedding in an HTML file (about 15 kB each)."""
    folder = _folder()
    made = {}
    for face, path in faces().items():
        small = folder / f"{face.name}.woff2"
        if not small.is_file():
            _write(small, _cut(path.read_bytes(), _web_printable(), flavor="woff2"))
        made[face] = small.read_bytes()
    return made


def missing_letters() -> Mapping[str, str]:
    """Vietnamese letters that a face lacks, by face; empty when all is well."""
    lacking = {face.name: "".join(c for c in VIETNAMESE if ord(c) not in characters(path)) for face, path in faces().items()}
    return {name: letters for name, letters in lacking.items() if letters}


def check_coverage(text: Iterable[str], where: str, wanted: tuple[Face, ...] = FACES) -> None:
    """Raise ``RenderError`` that names every character which some face cannot print.

    A character must be in one of the upright faces of ``wanted``, which fall back on each other.
    """
    covered = set().union(*(characters(path) for face, path in faces(wanted).items() if face.weight == 400 and not face.italic))
    lacking = sorted({c for piece in text for c in piece if ord(c) not in covered and not c.isspace() and c.isprintable()})
    if lacking:
        import unicodedata

        named = ", ".join(f"{c} (U+{ord(c):04X} {unicodedata.name(c, 'unnamed')})" for c in lacking[:12])
        raise RenderError(
            f"the fonts have no glyph for {named}",
            where=where,
            remedy="correct the character in the source or the profile; Latin letters, Vietnamese and common signs can be printed",
        )


@cache
def characters(path: Path) -> frozenset[int]:
    """The characters that a font file has glyphs for; none when it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


def _printable() -> frozenset[int]:
    return frozenset(c for low, high in _PRINT_RANGES for c in range(low, high + 1)) | frozenset(map(ord, _SIGNS))


def _web_printable() -> frozenset[int]:
    return frozenset(c for low, high in _TEXT_RANGES for c in range(low, high + 1)) | frozenset(map(ord, _SIGNS + VIETNAMESE))


def _original(face: Face) -> Path:
    """The font file of a face's package; raises ``RenderError`` when the package is not installed."""
    if face.file:
        return Path(face.file)
    import fontpkg

    try:
        return Path(fontpkg.path(face.package, face.source_weight, style="italic" if face.italic else "normal"))
    except fontpkg.FontpkgError as error:
        raise RenderError(f"the font {face.package} is missing: {error}", where="fonts", remedy=REMEDY) from error


def _cut(data: bytes, characters: frozenset[int], flavor: str | None = None) -> bytes:
    """A font file with only the glyphs for ``characters``; no hinting, no names but those a font needs."""
    import io

    from fontTools import subset

    options = subset.Options(layout_features=list(_FEATURES), hinting=False, glyph_names=False, recalc_timestamp=False)
    options.drop_tables += ["FFTM"]  # FontForge's own time stamp
    font = _open(data)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _static(data: bytes, face: Face) -> bytes:
    """The face at its place on the design axes; a font without axes as it is."""
    import io

    if not face.axes:
        return data
    from fontTools.varLib import instancer

    keep = instancer.OverlapMode.KEEP_AND_DONT_SET_FLAGS
    font = instancer.instantiateVariableFont(_open(data), dict(face.axes), inplace=True, overlap=keep)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _of_file(face: Face) -> str:
    """Tells cuts of one file from those of another that took its place on the machine; empty for packaged faces."""
    if not face.file:
        return ""
    status = Path(face.file).stat()
    seed = f"{face.file} {status.st_size} {status.st_mtime_ns}"
    return "-" + hashlib.blake2b(seed.encode(), digest_size=6).hexdigest()


def _open(data: bytes) -> Any:
    import io

    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def _write(path: Path, data: bytes) -> None:
    """Write so that another process sees the whole file or none."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(data)
    Path(part.name).replace(path)


@cache
def _folder() -> Path:
    """The cache folder of these faces; a temporary one where the user's cannot be written."""
    folder = user_cache() / "nhiemky" / "fonts" / _stamp()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        spare = Path(tempfile.gettempdir()) / f"nhiemky-fonts-{os.getuid() if hasattr(os, 'getuid') else 'user'}" / _stamp()
        spare.mkdir(parents=True, exist_ok=True)
        return spare


@cache
def _stamp() -> str:
    """Names a cut: the packages' versions, fontTools' version, and the settings above."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [_SETTINGS, repr(FACES), _SIGNS]
    for package in ("fontpkg-source-serif-4", "fontpkg-be-vietnam-pro", "fonttools"):
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            parts.append(f"{package} -")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
