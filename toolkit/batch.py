"""Many sources to many briefs: find, keep what would come out the same, spread the rest over processes, say what became of each.

Two rounds.  In the first every source whose facts are not kept yet is read on its own; then all sources are grouped together by
small cards, because sources group themselves; in the second every locality that is stale is settled and made on its own.  A source
or locality that fails is reported and the others go on.  Facts travel as bytes and a few at a time, so that the memory of the
parent does not grow with them.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.cache import NAME, Cache, digest
from toolkit.deliver.folder import MANIFEST
from toolkit.errors import Issue, Severity, ToolkitError, UsageError
from toolkit.incremental import BUILT, CARD, FACTS, Built, Ground, cards, kept_profiles, stamps_of, why
from toolkit.merge import Group, card, group
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.profile import ProfileSet
from toolkit.pipeline import (
    Making,
    Timings,
    compose_brief,
    deliver_brief,
    load_profiles,
    make_brief,
    read_facts,
    settle,
    settle_group,
)
from toolkit.workers import Progress, Workers, guarded

__all__ = [
    "BuildOptions",
    "Outcome",
    "Progress",
    "RunReport",
    "build",
    "dossiers_of",
    "find_sources",
    "findings",
    "guarded",
    "read_all",
]

FLUSHED = 64
"""Values that are written into the cache together; what a killed run made since is made again by the next."""

IGNORED = ("readme", "license", "changelog")
"""File names (without suffix) that stand beside sources and are none."""


@dataclass(frozen=True)
class BuildOptions:
    """What one run needs.  ``jobs`` None means the number of cores; ``settings`` are ``key=value`` pairs for every profile."""

    sources: tuple[Path, ...]
    output: Path = Path("output")
    profiles: Path | None = None
    settings: tuple[str, ...] = ()
    making: Making = field(default_factory=Making)
    jobs: int | None = None
    strict: bool = False
    fresh: bool = False
    """Make everything anew, whatever is kept."""


@dataclass(frozen=True)
class Outcome:
    """What became of one locality, or of one source that could not be read (then ``files`` is empty)."""

    name: str
    files: tuple[Path, ...] = ()
    issues: tuple[Issue, ...] = ()
    error: ToolkitError | None = None
    audited: int = 0
    why: tuple[str, ...] = ()
    """Why it was made, in the codes of ``incremental.why``; empty when it was kept as it was."""

    @property
    def looks(self) -> int:
        """How many findings a person should look at; mere notes (``Severity.INFO``) do not count."""
        return sum(issue.severity is not Severity.INFO for issue in self.issues)

    @property
    def needs_look(self) -> bool:
        return self.error is None and self.looks > 0


@dataclass(frozen=True)
class RunReport:
    """The end of a run: sources that could not be read, then localities in the order of their folders; where the time went."""

    outcomes: tuple[Outcome, ...]
    issues: tuple[Issue, ...]
    timings: Timings
    discarded: bool = False
    """Whether a damaged or foreign cache was thrown away."""

    @property
    def kept(self) -> tuple[Outcome, ...]:
        """Briefs that would have come out the same and were left as they were."""
        return tuple(o for o in self.outcomes if o.error is None and not o.why)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(o for o in self.outcomes if o.error is not None)

    @property
    def made(self) -> tuple[Outcome, ...]:
        return tuple(o for o in self.outcomes if o.error is None)

    def exit_code(self, *, strict: bool) -> int:
        """0, or the failures' own code when they agree on one, else 1; 10 when only ``strict`` objects."""
        codes = {o.error.exit_code for o in self.outcomes if o.error is not None}
        if codes:
            return codes.pop() if len(codes) == 1 else 1
        return 10 if strict and any(o.needs_look for o in self.outcomes) else 0


def find_sources(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files to read: those named, and in folders all of a supported type, in order of their names.

    Hidden files and READMEs inside folders are passed over; a file that is named is always read.  Raises ``UsageError`` when a
    path does not exist or nothing is found.
    """
    from toolkit.read import SUPPORTED

    found: list[Path] = []
    for path in paths:
        found += _inside(path) if os.path.isdir(path) else [path]  # noqa: PTH112 - Path.is_dir raises for a name too long
    if not found:
        raise UsageError(
            "no sources were found",
            where=", ".join(map(str, paths)),
            remedy=f"name a file or a folder that holds files of these types: {', '.join(sorted(SUPPORTED))}",
        )
    return tuple(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """Sources below a folder.  Links to folders are not followed; a folder that cannot be looked into counts as a source,
    so that reading it says so: what it holds must not be left out in silence."""
    from toolkit.read import SUPPORTED

    found: list[Path] = []
    closed: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(at, name) for name in names if not name.startswith("."))
        found += (
            file
            for file in files
            if file.suffix.lower() in SUPPORTED and file.stem.lower().split(".")[0] not in IGNORED and file.is_file()
        )
    return sorted(found + closed)


def build(options: BuildOptions, *, progress: Progress | None = None, executor: Executor | None = None) -> RunReport:
    """Make all briefs that are stale.  ``executor`` (any ``concurrent.futures.Executor``) takes the place of the own processes."""
    paths = find_sources(options.sources)
    timings = Timings()
    with Cache(options.output / NAME) as cache, Workers(options.jobs, len(paths), executor) as workers:
        ground = Ground(cache, options.making)
        with timings.stage("merge"):
            profiles = kept_profiles(cache, ground, options.profiles, options.settings)
        read = _read(paths, cache, ground, workers, timings, progress, fresh=options.fresh)
        with timings.stage("merge"):
            groups = group(read.cards, profiles)
        outcomes = [Outcome(str(path), error=error) for path, error in read.errors]
        outcomes += _made(groups, read.keys, cache, ground, workers, options, timings, progress)
        return RunReport(
            tuple(outcomes), (*profiles.issues, *_font_issues(groups, options.making)), timings, discarded=cache.discarded
        )


@dataclass(frozen=True)
class _Read:
    """The first round: cards of all sources that could be read, the keys of their facts by path, what went wrong."""

    cards: list[FactSheet]
    keys: Mapping[str, bytes]
    errors: list[tuple[Path, ToolkitError]]


def _read(
    paths: Sequence[Path],
    cache: Cache,
    ground: Ground,
    workers: Workers,
    timings: Timings,
    progress: Progress | None,
    *,
    fresh: bool,
) -> _Read:
    """Read what is not kept; a source that cannot be read has no content to be kept by, and is tried again each time."""
    with timings.stage("read"):
        contents = cache.contents(paths)
        keys = {path: ground.facts_key(path, told) for path, told in contents.items()}
        known = {} if fresh else cards(cache, keys)
    errors: dict[Path, ToolkitError] = {}
    missing = [path for path in paths if path not in known]
    pending = _Pending(cache)
    for path, result in workers.run(_read_one, missing, "reading", progress, weight=_size):
        if isinstance(result, ToolkitError):
            errors[path] = result
            continue
        small, packed, spent = result
        timings.add(spent)
        known[path] = small
        keys.setdefault(path, ground.facts_key(path, small.source.sha256.encode()))
        pending.add(keys[path], small, packed)
    pending.flush()
    cache.prune(FACTS, keys.values(), 2 * len(keys) + 200)
    cache.prune(CARD, keys.values(), 2 * len(keys) + 200)
    found = [known[path] for path in paths if path in known]
    shown = {small.source.path: keys[path] for path, small in known.items()}
    return _Read(found, shown, [(path, errors[path]) for path in paths if path in errors])


def _kept(outcome: Outcome, inputs: Mapping[str, bytes], output: Path) -> Built:
    """What is kept of a brief that was just made."""
    place = output / outcome.name
    stamps = stamps_of(place, [*(path.relative_to(place).as_posix() for path in outcome.files), MANIFEST])
    left = {name: stamp for name, stamp in stamps.items() if stamp is not None}
    return Built(outcome.name, inputs, left, outcome.issues, outcome.audited)


class _Pending:
    """Facts on their way into the cache, some at a time: a lock and a flush for each would cost more than the facts."""

    def __init__(self, cache: Cache, most: int = FLUSHED) -> None:
        self._cache, self._most = cache, most
        self._cards: dict[bytes, FactSheet] = {}
        self._facts: dict[bytes, bytes] = {}

    def add(self, key: bytes, small: FactSheet, packed: bytes) -> None:
        self._cards[key], self._facts[key] = small, packed
        if len(self._cards) >= self._most:
            self.flush()

    def flush(self) -> None:
        self._cache.put_packed(FACTS, self._facts)
        self._cache.put(CARD, self._cards)
        self._cards, self._facts = {}, {}


def _made(
    groups: Sequence[Group],
    keys: Mapping[str, bytes],
    cache: Cache,
    ground: Ground,
    workers: Workers,
    options: BuildOptions,
    timings: Timings,
    progress: Progress | None,
) -> Iterator[Outcome]:
    """The outcome of each group in their order: kept, or made by the workers."""
    with timings.stage("merge"):
        folders = [one.folder for one in groups]
        inputs = {folder: guarded(lambda one: ground.inputs(one, keys), one) for folder, one in zip(folders, groups, strict=True)}
        names = {folder: digest(folder) for folder in folders}
        before = cache.get(BUILT, names.values())
    done: dict[str, Outcome] = {}
    stale: list[_Unit] = []
    for folder, one in zip(folders, groups, strict=True):
        told = inputs[folder]
        if isinstance(told, ToolkitError):
            done[folder] = Outcome(folder, error=told, issues=one.issues)
            continue
        built = before.get(names[folder])
        place = options.output / (built.folder if built else folder)
        reasons = ("fresh",) if options.fresh else why(built, told, stamps_of(place, built.outputs) if built else {})
        if built is not None and not reasons:
            files = tuple(place / name for name in built.outputs if name != MANIFEST)
            done[folder] = Outcome(built.folder, files, built.issues, audited=built.audited)
        else:
            stale.append(_Unit(one, (), options.making, options.output, reasons))
    finished: dict[bytes, Built] = {}
    jobs = workers.run(
        _make_one, stale, "making", progress, weight=_weight, name=_name, prepare=lambda unit: _with_facts(unit, keys, cache)
    )
    for unit, result in jobs:
        folder = unit.group.folder
        if isinstance(result, ToolkitError):
            done[folder] = Outcome(folder, error=result, issues=unit.group.issues, why=unit.why)
            continue
        done[folder], spent = result
        timings.add(spent)
        told = inputs[folder]
        assert not isinstance(told, ToolkitError)
        finished[names[folder]] = _kept(done[folder], told, options.output)
        if len(finished) >= FLUSHED:
            cache.put(BUILT, finished)
            finished = {}
    cache.put(BUILT, finished)
    yield from (done[folder] for folder in folders)


def _font_issues(groups: Iterable[Group], making: Making) -> tuple[Issue, ...]:
    """A warning when an official form had to be printed in another face than the one that offices must use."""
    from toolkit.styles import DEFAULT, Faces, style

    wanted = {making.style or str(one.profile.display.get("style", "") if one.profile else "") or DEFAULT for one in groups}
    if "pdf" not in making.formats or not any(style(name).faces is Faces.OFFICIAL for name in wanted):
        return ()
    from toolkit.render.official_fonts import official_trouble

    trouble = official_trouble()
    if trouble is None:
        return ()
    what, _, remedy = trouble.partition("\n")
    return (Issue("official-font", what, Severity.WARNING, remedy=remedy.strip()),)


def read_all(
    paths: Sequence[Path], *, jobs: int | None = None, progress: Progress | None = None
) -> Iterator[tuple[Path, FactSheet | ToolkitError]]:
    """The facts of many files, in the order given, an error in the place of a sheet where a file cannot be read."""
    with Workers(jobs, len(paths)) as workers:
        results = dict(workers.run(_read_whole, paths, "reading", progress, weight=_size))
    for path in paths:
        yield path, results[path]


def findings(
    sources: Iterable[Path],
    profiles: Path | None = None,
    settings: Sequence[str] = (),
    making: Making | None = None,
    *,
    jobs: int | None = None,
) -> tuple[Issue, ...]:
    """Everything a careful editor should look at: unreadable sources, profiles, and what merging and composing found."""
    loaded = load_profiles(profiles, settings)
    found: list[Issue] = []
    sheets: list[FactSheet] = []
    for path, result in read_all(find_sources(sources), jobs=jobs):
        if isinstance(result, ToolkitError):
            found.append(Issue("unreadable", result.what, Severity.ERROR, where=result.where or str(path), remedy=result.remedy))
        else:
            sheets.append(result)
    dossiers, general = settle(sheets, loaded)
    found += general
    for dossier in dossiers:
        found += compose_brief(dossier, making).issues
    return tuple(dict.fromkeys(found))


def dossiers_of(sources: Iterable[Path], profiles: ProfileSet, *, jobs: int | None = None) -> tuple[Dossier, ...]:
    """The settled facts of all sources, grouped.  Raises the first ``ReadError``."""
    sheets = []
    for path, result in read_all(find_sources(sources), jobs=jobs):
        if isinstance(result, ToolkitError):
            result.where = result.where or str(path)
            raise result
        sheets.append(result)
    return settle(sheets, profiles)[0]


# ---------------------------------------------------------------- the work units (top level: they travel to other processes)


@dataclass(frozen=True)
class _Unit:
    """One locality to make: its group of cards, the packed facts of its sources, and how."""

    group: Group
    facts: tuple[bytes, ...]
    making: Making
    output: Path
    why: tuple[str, ...]


def _read_one(path: Path) -> tuple[FactSheet, bytes, Timings]:
    """A source's card, and its facts as bytes."""
    timings = Timings()
    sheet = read_facts(path, timings)
    return card(sheet), pickle.dumps(sheet, protocol=5), timings


def _read_whole(path: Path) -> FactSheet:
    return read_facts(path)


def _make_one(unit: _Unit) -> tuple[Outcome, Timings]:
    timings = Timings()
    sheets = [pickle.loads(packed) for packed in unit.facts]  # noqa: S301 - made by this run, or sealed by this user
    if not sheets:  # a cache that lost them
        sheets = [read_facts(Path(one.source.path), timings) for one in unit.group.sheets]
    dossier = settle_group(unit.group.filled({sheet.source.path: sheet for sheet in sheets}), timings)
    made = make_brief(dossier, unit.making, timings)
    with timings.stage("deliver"):
        files = deliver_brief(made, dossier, unit.output)
    return Outcome(dossier.folder, files, made.brief.issues, audited=made.audited, why=unit.why), timings


def _with_facts(unit: _Unit, keys: Mapping[str, bytes], cache: Cache) -> _Unit:
    wanted = [keys[sheet.source.path] for sheet in unit.group.sheets]
    found = dict(cache.packed(FACTS, wanted))
    whole = all(key in found for key in wanted)
    return replace(unit, facts=tuple(found[key] for key in wanted) if whole else ())


def _size(path: Path) -> float:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _weight(unit: _Unit) -> float:
    return sum(_size(Path(sheet.source.path)) for sheet in unit.group.sheets)


def _name(unit: _Unit) -> str:
    return unit.group.folder
