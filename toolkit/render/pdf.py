"""The brief as PDF by WeasyPrint: by default tagged, PDF/A-3a and PDF/UA-1 in one file; the same bytes for the same brief.

WeasyPrint is imported on first use (0.6 s); the font configuration and the parsed style sheet are shared by all briefs of a process
(together 0.85 of the time).  WeasyPrint writes one variant a file: ``pdf/a-3a`` gives the tagged archive file, and ``finish`` adds
what PDF/UA-1 asks besides; veraPDF accepts the file for both standards.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from toolkit.errors import RenderError
from toolkit.model.brief import Brief, Palette
from toolkit.model.walk import every
from toolkit.render.finish import finisher
from toolkit.render.fonts import Face, faces
from toolkit.render.html import print_html, stylesheet
from toolkit.render.lines import lines_laid_out_once
from toolkit.render.official_fonts import faces_of
from toolkit.render.variants import Variant, variant
from toolkit.styles import Faces, style

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Date in the file of a brief whose sources have none: fixed, because a clock would change the bytes."""

TIGHTER = "tighter"

FACTS = "Số liệu của bản tóm tắt, có vị trí trong nguồn"
APPENDIX = "phu-luc"
JUDGED_BY_FINISH = 'Image "%s" has no required alt'
"""WeasyPrint says this of decorations (``alt=""``) as well; ``finish`` hides those and reports what has no words at all."""

LAST_SECTION = "nguon"
DENSE = (11_100, 13_000)
"""Densities (see ``_density``) of briefs that overrun two pages by a little: seen on 27 briefs, five real and 22 made up."""

SPILL = 0.3
"""A last page whose last section begins above this share of its height holds so little that it should not be."""

INSTALL = """install Pango, then run the same command again:
    Debian, Ubuntu:  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    Fedora:          sudo dnf install pango
    macOS:           brew install pango
    Windows:         install MSYS2 (https://www.msys2.org), then: pacman -S mingw-w64-x86_64-pango
                     and set WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\mingw64\\bin"""

_LOCK = threading.Lock()
"""Pango's font map is shared by all threads of a process; briefs are laid out one at a time in each."""


def check_engine() -> str | None:
    """None when the PDF engine works here, else what is wrong and how to install what is missing, for ``nhiemky doctor``."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return f"WeasyPrint finds no Pango: {_first_line(error)}\n{INSTALL}"
    except ImportError as error:
        return f"WeasyPrint is not installed: {error}\npip install weasyprint"
    return None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


class Printed(Protocol):
    """What printing needs to know of a document, besides its page."""

    @property
    def folder(self) -> str: ...
    @property
    def style(self) -> str: ...
    @property
    def palette(self) -> Palette: ...
    @property
    def date(self) -> str | None: ...


@dataclass(frozen=True)
class Attached:
    """A data file inside the PDF."""

    name: str
    description: str
    data: bytes


def render_pdf(brief: Brief, templates: Path | None = None, facts: bytes | None = None, kind: Variant | None = None) -> bytes:
    """The finished PDF; ``facts`` is attached as ``facts.json`` where ``kind`` allows it.

    Raises ``RenderError`` and ``TemplateError``.
    """
    page = print_html(brief, templates)
    attached = Attached("facts.json", FACTS, facts) if facts is not None else None
    with _engine(brief.folder):
        return _written(_fitted(brief, page, templates), brief, page, attached, kind or variant(None))


def print_page(printed: Printed, page: str, templates: Path | None, attached: Attached, kind: Variant | None = None) -> bytes:
    """The page of a document that is no brief, printed in the same way.  Raises ``RenderError`` and ``TemplateError``."""
    with _engine(printed.folder):
        return _written(_layout(page, templates, printed), printed, page, attached, kind or variant(None))


def _written(document: Any, printed: Printed, page: str, attached: Attached | None, kind: Variant) -> bytes:
    finish = finisher(document, tags=kind.tags, ua=kind.claims_ua, groups_rows=kind.groups_rows)
    return bytes(document.write_pdf(finisher=finish, **_options(printed, page, attached, kind)))


def count_pages(brief: Brief, templates: Path | None = None) -> int:
    """How many pages the brief takes in print, its appendix apart.  Raises ``RenderError`` and ``TemplateError``."""
    page = print_html(brief, templates)
    with _engine(brief.folder):
        return _text_pages(_fitted(brief, page, templates))


@contextmanager
def _engine(where: str) -> Iterator[None]:
    """The PDF engine for one thread at a time, its errors made ours."""
    trouble = check_engine()
    if trouble:
        raise RenderError(trouble.split("\n", 1)[0], where=where, remedy=trouble.split("\n", 1)[1])
    with _LOCK, _patient_collector(), lines_laid_out_once(), _engine_messages(where):
        yield


def _fitted(brief: Brief, page: str, templates: Path | None) -> Any:
    """The laid out document; what overruns its length, or its last page but one, by a little is set tighter, as a typesetter would.

    That takes some tenths of a point from sizes and distances (``.tighter`` of the style sheet), never more; when it does not
    help, the pages stay as they were.  A layout is the dearest step of a whole build: a brief whose words alone say that it will
    overrun a little is set tighter at once, and one that overruns by much is not tried again.
    """
    house = style(brief.style)
    if house.official:
        return _layout(page, templates, brief)  # sizes and distances of an official form are given
    tight = page.replace('<body class="', f'<body class="{TIGHTER} ', 1)
    limit = house.pages.get(brief.length)
    if limit == 2 and DENSE[0] <= _density(brief) < DENSE[1]:
        return _layout(tight, templates, brief)
    first = _layout(page, templates, brief)
    wanted = _wanted_pages(first, limit)
    if wanted == _text_pages(first):
        return first
    document = _layout(tight, templates, brief)
    return document if _text_pages(document) <= wanted else first


def _density(brief: Brief) -> int:
    """How much there is to set: characters of the sections, and those of the notes, whose narrow columns take twice the room."""
    return sum(map(len, every(str, brief.sections))) + 2 * sum(len(note.quote) + len(note.reason) for note in brief.notes)


def _wanted_pages(document: Any, limit: int | None) -> int:
    """How many pages the brief should take: one less where its last page holds so little that a step tighter may save it."""
    count = _text_pages(document)
    last = document.pages[count - 1]
    top = last.anchors[LAST_SECTION][1] if LAST_SECTION in last.anchors else last.height
    spills = count > 1 and top < last.height * SPILL
    return count - 1 if spills and (limit is None or count <= limit + 1) else count


def _text_pages(document: Any) -> int:
    """The pages of the brief itself; an appendix begins a page of its own and does not count."""
    return next((i for i, page in enumerate(document.pages) if APPENDIX in page.anchors), len(document.pages))


def _layout(page: str, templates: Path | None, printed: Printed) -> Any:
    from weasyprint import HTML

    config, rules = _fonts(style(printed.style).faces)
    sheet = _sheet(templates, printed.palette, printed.style)
    return HTML(string=page, base_url=None, url_fetcher=_fetcher({})).render(font_config=config, stylesheets=[rules, sheet])


def _options(printed: Printed, page: str, attached: Attached | None, kind: Variant) -> dict[str, Any]:
    attachments = [_attachment(printed, attached)] if attached is not None and kind.attaches else None
    return {
        "pdf_variant": kind.engine,
        "pdf_tags": kind.tags,
        "pdf_identifier": hashlib.blake2b(page.encode() + (attached.data if attached else b""), digest_size=16).digest(),
        "attachments": attachments,
    }


def _attachment(printed: Printed, attached: Attached) -> Any:
    from weasyprint import Attachment

    day = datetime.fromisoformat(printed.date).replace(tzinfo=UTC) if printed.date else EPOCH
    return Attachment(
        string=attached.data.decode("utf-8"),
        name=attached.name,
        description=attached.description,
        created=day,
        modified=day,
        relationship="Data",
    )


@lru_cache(maxsize=2)
def _fonts(kind: Faces) -> tuple[Any, Any]:
    """Font configuration and the rules of the embedded faces, made once a process for the house's and for the official face."""
    from multiprocessing.util import Finalize

    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    Finalize(None, _fonts.cache_clear, exitpriority=1)  # it cleans up its folder while Python still stands, in worker processes too
    files = faces(faces_of(kind))
    fetcher = _fetcher({path.as_uri(): path for path in files.values()})
    return config, CSS(string=_face_rules(files), font_config=config, url_fetcher=fetcher)


@lru_cache(maxsize=16)
def _sheet(templates: Path | None, palette: Palette | None, name: str) -> Any:
    """The parsed style sheet, made once for each template folder, palette and style."""
    from weasyprint import CSS

    return CSS(string=stylesheet(templates, palette, name), url_fetcher=_fetcher({}))


def _face_rules(files: Mapping[Face, Path]) -> str:
    rule = "@font-face{{font-family:'{0}';font-weight:{1};font-style:{2};src:url('{3}')}}"
    return "\n".join(
        rule.format(face.family, face.weight, "italic" if face.italic else "normal", path.as_uri()) for face, path in files.items()
    )


def _fetcher(allowed: Mapping[str, Path]) -> Any:
    """Hands out the files of ``allowed`` by their address, and nothing else: a brief needs nothing from outside."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, *_: object) -> Any:
            if url.startswith("data:image/"):
                return super().fetch(url)  # the logo, which stands in the page itself
            if url not in allowed:
                raise ValueError(f"a brief fetches nothing: {url}")
            return URLFetcherResponse(url, allowed[url].read_bytes(), {"Content-Type": "font/ttf"})

    return Fetcher()


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Layout makes many small objects that live to its end; collecting them again and again costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _engine_messages(where: str) -> Iterator[None]:
    """Errors that WeasyPrint only logs (no title, a Figure without words) become ours; warnings about CSS stay silent."""
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    before, spread = logger.level, logger.propagate
    logger.addHandler(heard)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(heard)
        logger.setLevel(before)
        logger.propagate = spread
    if heard.said:
        raise RenderError(
            "the PDF engine reports: " + "; ".join(heard.said[:3]), where=where, remedy="mend the template that it speaks of"
        )


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not str(record.msg).startswith(JUDGED_BY_FINISH):
            self.said.append(record.getMessage())


def print_small(page: str, style: str, where: str) -> bytes:
    """A plain PDF of one small page in the house's faces, on its way to becoming a picture.  Raises ``RenderError``."""
    with _engine(where):
        from weasyprint import CSS, HTML

        config, rules = _fonts(Faces.HOUSE)
        sheets = [rules, CSS(string=style, url_fetcher=_fetcher({}))]
        document = HTML(string=page, base_url=None, url_fetcher=_fetcher({})).render(font_config=config, stylesheets=sheets)
        return bytes(document.write_pdf())
