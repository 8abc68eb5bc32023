"""The briefs that all rivals print: pages of made-up localities, each complete in one file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


def write_sources(folder: Path, count: int, seed: int) -> list[Path]:
    """The articles that the briefs are made of."""
    from making import Wishes, make_articles, write

    return write(make_articles(count, seed, Wishes(quirks=False)), folder)


def strings(sources: list[Path]) -> Iterator[tuple[str, str]]:
    """Name and page of every brief: the page that nhiemky prints, with its style sheet and the rules of its fonts inside."""
    from toolkit.model.profile import NO_PROFILES
    from toolkit.pipeline import Making, compose_brief, read_facts, settle
    from toolkit.render.fonts import faces
    from toolkit.render.html import print_html, stylesheet
    from toolkit.render.official_fonts import faces_of
    from toolkit.render.pdf import _face_rules
    from toolkit.styles import style

    for dossier in settle([read_facts(path) for path in sources], NO_PROFILES)[0]:
        brief = compose_brief(dossier, Making())
        rules = _face_rules(faces(faces_of(style(brief.style).faces)))
        sheet = f"<style>{rules}\n{stylesheet(None, brief.palette, brief.style)}</style></head>"
        yield brief.folder.replace("/", "-"), print_html(brief).replace("</head>", sheet)


def write_pages(sources: list[Path], folder: Path) -> list[Path]:
    """``strings`` as files, one page each, and the style sheet alone beside them for those that drop the one inside."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    sheet = ""
    for name, page in strings(sources):
        path = folder / f"{name}.html"
        path.write_text(page, "utf-8")
        paths.append(path)
        sheet = page[page.index("<style>") + 7 : page.index("</style>")]
    (folder / "style.css").write_text(sheet, "utf-8")
    return paths
