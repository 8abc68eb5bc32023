"""Where the text of a template comes from: the packaged file, the user's file in its place, or both, one laid over the other.

- ``partials/masthead.html`` is the user's file when there is one, else the packaged one.
- ``nhiemky/partials/masthead.html`` is always the packaged one, so that a user's file can extend it, or import a macro of it.
- A file of macros is the packaged text followed by the user's: a macro that is written twice counts as written the second time,
  also for the macros before it, so the user's file holds nothing but what it changes.
- A style sheet is followed by the user's ``extra-…`` sheets, which hold nothing but the rules they change.

A text of several files remembers where each begins (``place``), so that every fault is told with the file and line it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import jinja2
from jinja2.loaders import split_template_path

PACKAGED = "nhiemky/"
"""Before a template's name: the packaged one, whatever the user's folder holds."""

ALONE = "./"
"""Before a style sheet's name: without the user's rules after it, for a sheet inside another one."""

MACROS = "macros"
SHEETS = "styles"
EXTRA = "extra-"


class LeadsOutError(jinja2.TemplateNotFound):
    """A link in the user's folder that leads out of it: whoever made the folder must not read other files of this machine."""


class NotTextError(jinja2.TemplateSyntaxError):
    """A template that is not UTF-8 text."""


class Overlay(jinja2.BaseLoader):
    """The packaged templates, overlaid by the folder ``own`` (None: nothing over them)."""

    def __init__(self, packaged: Path, own: Path | None = None) -> None:
        self.packaged = packaged
        # A checkout's own templates/ given as the user's folder is nothing over itself.
        self.own = own if own is not None and own.resolve() != packaged.resolve() else None
        self._seams: dict[str, tuple[tuple[str, int], ...]] = {}

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002 - Jinja gives it
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text, the file it is told to come from, and whether it is still the newest.  Raises ``TemplateNotFound``."""
        looked_at: list[Path] = []
        files = list(self._files(template, looked_at))
        if not files:
            raise jinja2.TemplateNotFound(template)
        text, seams = "", []
        for file in files:
            seams.append((str(file), text.count("\n")))
            text += _ended(_read(file, template))
        then = _stamps(looked_at)
        return text, self._named(seams), lambda: _stamps(looked_at) == then

    def list_templates(self) -> list[str]:
        """Every name that a template can be called by, the packaged ones of an overlaid folder included."""
        packaged = _below(self.packaged)
        if self.own is None:
            return sorted(packaged)
        return sorted({*packaged, *_below(self.own), *(PACKAGED + name for name in packaged)})

    def place(self, file: str, line: int) -> tuple[str, int]:
        """File and line as a person finds them, of a file and line as Jinja tells them."""
        for part, before in reversed(self._seams.get(file, ())):
            if line > before:
                return part, line - before
        return file, line

    def files(self, template: str) -> tuple[Path, ...]:
        """The files that make a template, in their order; the last one is the user's where he has one."""
        return tuple(self._files(template, []))

    def is_own(self, file: str) -> bool:
        """Whether a file that ``place`` told is the user's."""
        return self.own is not None and Path(file).is_relative_to(self.own)

    # ------------------------------------------------------------ files

    def _files(self, template: str, looked_at: list[Path]) -> Iterator[Path]:
        if template.startswith(PACKAGED):
            yield from self._one(self.packaged, template.removeprefix(PACKAGED), looked_at)
            return
        own = list(self._one(self.own, template, looked_at))
        if not own or is_macros(template):
            yield from self._one(self.packaged, template, looked_at)
        yield from own
        for name in extras(template):
            yield from self._one(self.own, name, looked_at)

    def _one(self, folder: Path | None, template: str, looked_at: list[Path]) -> Iterator[Path]:
        """The file of one folder; none where there is none."""
        if folder is None:
            return
        path = folder.joinpath(*split_template_path(template))
        looked_at.append(path)
        if not path.is_file():
            return
        if not path.resolve().is_relative_to(folder.resolve()):
            raise LeadsOutError(template)
        yield path

    def _named(self, seams: list[tuple[str, int]]) -> str:
        """What Jinja may call the text; of several files it is no file's name, lest a line of the wrong one be shown."""
        if len(seams) == 1:
            return seams[0][0]
        name = " + ".join(file for file, _ in seams)
        self._seams[name] = tuple(seams)
        return name


def is_macros(template: str) -> bool:
    """Whether a template is a file of macros, which is laid over the packaged one instead of taking its place."""
    return MACROS in PurePosixPath(template).parts[:-1]


def extras(template: str) -> tuple[str, ...]:
    """The user's sheets that follow a style sheet: ``styles/dang/print.css`` → that of all styles, then that of its own."""
    path = PurePosixPath(template)
    if template.startswith(ALONE):
        return ()
    if path.suffix != ".css" or path.parts[0] != SHEETS or path.name.startswith(EXTRA):
        return ()
    return tuple(dict.fromkeys(f"{folder}/{EXTRA}{path.name}" for folder in (SHEETS, str(path.parent))))


def inside(template: str, parent: str) -> str:
    """The name of a template that ``parent`` includes: of a sheet inside a sheet, alone, so that the user's rules come last."""
    return ALONE + template if extras(template) and extras(parent.removeprefix(ALONE)) else template


def _read(file: Path, template: str) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise NotTextError("the template is not UTF-8 text", line, template, str(file)) from None


def _ended(text: str) -> str:
    """With a line end after the last line, so that the next file begins on a line of its own."""
    return text if text.endswith("\n") else text + "\n"


def _stamps(paths: list[Path]) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            status = path.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except OSError:
            found.append(None)
    return found


def _below(folder: Path) -> list[str]:
    """Templates of a folder; notes for people and hidden files are none."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [name for name in names if not name.endswith(".md") and "/." not in f"/{name}"]
