"""The files that the look of a brief depends on: templates and style sheets of its style with all that they call, the fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.render.overlay import Overlay
from toolkit.styles import HouseStyle
from toolkit.workspace import packaged_templates

_CALLED = re.compile(
    r"{%-?\s*(?:extends|include|import|from)\s+(?:\[(?P<many>[^\]]*)\]|(?P<one>\"[^\"]*\"|'[^']*')|(?P<other>[^\s%]))"
)
_NAMES = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def template_files(house: HouseStyle, formats: Sequence[str], templates: Path | None = None) -> tuple[Path, ...]:
    """The files behind a style's page and print sheet, the user's over the packaged ones; and all in the folders that are named
    as one of ``formats``, which have templates of their own."""
    overlay = Overlay(packaged_templates(), templates)
    own = [name for name in overlay.list_templates() if name.partition("/")[0] in formats]
    return files_of(overlay, (house.page, house.sheet("print"), *own))


def files_of(overlay: Overlay, names: Iterable[str]) -> tuple[Path, ...]:
    """The files of templates and of all that they extend, include and import; every file there is where a name is worked out."""
    seen: set[str] = set()
    files: dict[Path, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for path in overlay.files(name):
            files[path] = None
            for call in _CALLED.finditer(path.read_text("utf-8", "replace")):
                if call["other"]:
                    waiting += overlay.list_templates()
                waiting += [one or other for one, other in _NAMES.findall(call["many"] or call["one"] or "")]
    return tuple(sorted(files))


def font_files(house: HouseStyle) -> tuple[Path, ...]:
    """The cut faces that a style prints in."""
    from toolkit.render.fonts import faces
    from toolkit.render.official_fonts import faces_of

    return tuple(sorted(faces(faces_of(house.faces)).values()))
