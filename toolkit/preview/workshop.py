"""What is on show, and what a change makes new.

A source is read again only when its file changes, a brief composed again only when its settled facts change, and a template that
changes only renders what is composed already.  What changes many briefs makes first the one that was looked at last, and the rest a
slice at a time, so that the next change need not wait for them.  A fault never ends the preview: it stands in the place of what it
spoils.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.batch import find_sources, guarded, read_all
from toolkit.errors import Issue, Severity, TemplateError, ToolkitError
from toolkit.model.brief import Brief
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.profile import NO_PROFILES, ProfileSet
from toolkit.pipeline import Making, finish_brief, fitted_brief, load_profiles, read_facts, settle
from toolkit.workspace import PROFILES, packaged_templates

SLICE = 0.25
"""Seconds of making briefs after which the files are looked at again."""

Stamp = tuple[int, int]
"""Time of the last change in nanoseconds, and size: when either differs, the file is read again."""


@dataclass(frozen=True)
class Page:
    """One brief as it is shown: its HTML, or the error in its place; neither before it is made for the first time.

    ``version`` grows whenever what is shown changes.
    """

    title: str
    version: int
    html: bytes = b""
    error: ToolkitError | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Change:
    """What became of a change up to now: the files, how many briefs were made, how many faults there are, in what time, and how
    many briefs are still to be made (then another look tells the same change with more of them)."""

    files: tuple[Path, ...]
    made: int
    faults: int
    seconds: float
    left: int = 0


@dataclass(frozen=True)
class State:
    """Everything that is on show at one moment; replaced as a whole, so that readers need no lock."""

    version: int = 0
    pages: Mapping[str, Page] = field(default_factory=dict)
    faults: tuple[ToolkitError, ...] = ()
    """Faults that belong to no single brief: profiles, templates, sources that cannot be read."""


class Workshop:
    """Sources, profiles and templates under watch.  ``look`` is for one thread; ``state`` may be read from any."""

    def __init__(
        self,
        sources: Iterable[Path],
        *,
        profiles: Path | None = None,
        settings: tuple[str, ...] = (),
        making: Making | None = None,
    ) -> None:
        self.state = State()
        self._sources, self._profiles, self._settings = tuple(sources), profiles, settings
        self._making = replace(making or Making(), formats=("html",))
        self._stamps: dict[Path, Stamp] | None = None
        self._read: dict[Path, FactSheet | ToolkitError] = {}
        self._loaded: ProfileSet = NO_PROFILES
        self._profile_faults: list[ToolkitError] = []
        self._template_faults: list[ToolkitError] = []
        self._settle_faults: list[ToolkitError] = []
        self._settled: tuple[Dossier, ...] = ()
        self._composed: dict[str, tuple[Dossier, Brief]] = {}
        self._due: dict[str, Dossier] = {}
        self._asked: dict[str, float] = {}
        self._last = Change((), 0, 0, 0.0)

    def asked(self, name: str) -> None:
        """Somebody looks at this page: it is made before others.  May be called from any thread."""
        self._asked[name] = time.monotonic()

    def look(self) -> Change | None:
        """Make again what changed since the last look; None when nothing did.  Never raises: what goes wrong is shown."""
        found = guarded(lambda one: one._look(), self)
        if not isinstance(found, ToolkitError):
            return found
        if found.what in {error.what for error in self.state.faults}:
            return None
        self.state = State(self.state.version + 1, self.state.pages, (found,))
        return Change((), 0, 1, 0.0)

    def warm(self) -> None:
        """Load what reading needs into this process, when other processes did the first reading."""
        if len(self._read) > 1:
            guarded(read_facts, next(iter(self._read)))

    def _look(self) -> Change | None:
        start = time.perf_counter()
        paths, fault = self._found()
        stamps = _stamps((*paths, *_files(self._profile_folders), *_files(self._template_folders)))
        before = self._stamps
        if stamps != before:
            self._stamps = stamps
            changed = tuple(sorted(path for path in {*stamps, *(before or {})} if stamps.get(path) != (before or {}).get(path)))
            self._settle(paths, set(changed), [fault] if fault else [], first=before is None)
            self._last = Change(changed if before is not None else (), 0, 0, 0.0)
        elif not self._due:
            return None
        made = self._make_due(start + SLICE)
        bad = len(self.state.faults) + sum(page.error is not None for page in self.state.pages.values())
        seconds = self._last.seconds + time.perf_counter() - start
        self._last = Change(self._last.files, self._last.made + made, bad, seconds, len(self._due))
        return self._last

    # ------------------------------------------------------------ what is watched

    def _found(self) -> tuple[tuple[Path, ...], ToolkitError | None]:
        try:
            return find_sources(self._sources), None
        except ToolkitError as error:
            return (), error

    @property
    def _profile_folders(self) -> tuple[Path, ...]:
        return (self._profiles or PROFILES,)

    @property
    def _template_folders(self) -> tuple[Path, ...]:
        return (packaged_templates(), *([self._making.templates] if self._making.templates else []))

    # ------------------------------------------------------------ what is made

    def _settle(self, paths: tuple[Path, ...], changed: set[Path], faults: list[ToolkitError], *, first: bool) -> None:
        """Read what changed, and find which briefs are due."""
        self._read_changed(paths, changed, jobs=None if first else 1)
        if first or _any_below(changed, self._profile_folders):
            self._load_profiles()
        retemplated = first or _any_below(changed, self._template_folders)
        if retemplated:
            self._check_templates()
        faults += [*self._profile_faults, *self._template_faults]
        for path, result in self._read.items():
            if isinstance(result, ToolkitError):
                result.where = result.where or str(path)
                faults.append(result)
        resettled = first or not all(_any_below([path], self._template_folders) for path in changed)
        self._pages(faults, retemplated=retemplated, resettled=resettled)

    def _read_changed(self, paths: tuple[Path, ...], changed: set[Path], *, jobs: int | None) -> None:
        # Later rounds stay in this process: it serves by threads, and threads and new processes go ill together.
        known = {path: self._read[path] for path in paths if path in self._read and path not in changed}
        wanted = [path for path in paths if path not in known]
        if len(wanted) > 1:
            known.update(read_all(wanted, jobs=jobs))
        elif wanted:
            known[wanted[0]] = guarded(read_facts, wanted[0])
        self._read = {path: known[path] for path in paths}

    def _load_profiles(self) -> None:
        """The profiles; while they have faults the last sound ones stay in force."""
        loaded = guarded(lambda folder: load_profiles(folder, self._settings), self._profiles)
        self._profile_faults = [loaded] if isinstance(loaded, ToolkitError) else []
        if isinstance(loaded, ProfileSet):
            self._loaded = loaded

    def _check_templates(self) -> None:
        from toolkit.render.template_check import check_templates

        found = guarded(check_templates, self._making.templates)
        self._template_faults = (
            [found]
            if isinstance(found, ToolkitError)
            else [TemplateError(i.message, where=i.where, remedy=i.remedy) for i in found if i.severity is Severity.ERROR]
        )

    def _pages(self, faults: list[ToolkitError], *, retemplated: bool, resettled: bool) -> None:
        """The pages that there are from now on; what has to be made again is due, and shows what it was until then."""
        if resettled:
            sheets = [sheet for sheet in self._read.values() if isinstance(sheet, FactSheet)]
            settled = guarded(lambda _: settle(sheets, self._loaded)[0], None)
            self._settled = () if isinstance(settled, ToolkitError) else settled
            self._settle_faults = [settled] if isinstance(settled, ToolkitError) else []
        faults += self._settle_faults
        pages: dict[str, Page] = {}
        composed: dict[str, tuple[Dossier, Brief]] = {}
        due: dict[str, Dossier] = {}
        for dossier in self._settled:
            name = dossier.folder
            known, page = self._composed.get(name), self.state.pages.get(name)
            same = known is not None and (known[0] is dossier or known[0] == dossier)
            if known is not None and same:
                composed[name] = known
            pages[name] = page or Page(name, 0)
            if not same or page is None or page.error is not None or retemplated or name in self._due:
                due[name] = dossier
        self._composed, self._due = composed, due
        self.state = State(self.state.version + 1, pages, tuple(faults))

    def _make_due(self, until: float) -> int:
        """Make briefs that are due, at least one, those that were asked for last before all others; returns how many."""
        made: dict[str, Page] = {}
        for name in sorted(self._due, key=lambda name: -self._asked.get(name, 0.0)):
            made[name] = self._page(self._due.pop(name), self._composed, self.state.version + 1)
            if name in self._asked or time.perf_counter() >= until:
                break  # who looks at a page need not wait for a whole slice
        if made:
            self.state = State(self.state.version + 1, {**self.state.pages, **made}, self.state.faults)
        return len(made)

    def _page(self, dossier: Dossier, composed: dict[str, tuple[Dossier, Brief]], version: int) -> Page:
        if dossier.folder not in composed:
            brief = guarded(lambda one: fitted_brief(one, self._making), dossier)
            if isinstance(brief, ToolkitError):
                return Page(dossier.folder, version, error=brief, issues=dossier.issues)
            composed[dossier.folder] = dossier, brief
        brief = composed[dossier.folder][1]
        made = guarded(lambda one: finish_brief(one, dossier, self._making), brief)
        if isinstance(made, ToolkitError):
            return Page(brief.title, version, error=made, issues=brief.issues)
        return Page(brief.title, version, html=made.artifacts[0].data, issues=brief.issues)


def _files(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]


def _any_below(paths: Iterable[Path], folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders for path in paths)


def _stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """When each file changed last; one that vanished meanwhile has no stamp."""
    found = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found
