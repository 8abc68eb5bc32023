"""Many sources to many briefs: find, keep what would come out the same, spread the rest over processes, say what became of each.

Two rounds.  In the first every source whose facts are not kept yet is read on its own; then all sources are grouped together by
small cards, because sources group themselves; in the second every locality that is stale is settled and made on its own.  A source
or locality that fails is reported and the others go on.  Facts travel as bytes and a few at a time, so that the memory of the
parent does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from toolkit.away import Away, Left, contents_of, delivered, size_of
from toolkit.cache import Cache, cache_file, digest
from toolkit.deliver.folder import MANIFEST
from toolkit.errors import Issue, Severity, ToolkitError
from toolkit.incremental import BUILT, CARD, FACTS, Built, Ground, cards, forsaken, kept_profiles, outdated, restamped, why
from toolkit.merge import Group, group
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.place import Place, Url
from toolkit.model.profile import ProfileSet
from toolkit.pipeline import Making, Timings, compose_brief, load_profiles, settle
from toolkit.read import MAX_BYTES
from toolkit.remote import Stock
from toolkit.sources import find_sources
from toolkit.units import Job, Reading, make_unit, read_unit, read_whole
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

P = TypeVar("P", bound=Place)


@dataclass(frozen=True)
class BuildOptions:
    """What one run needs.  ``jobs`` None means the number of cores; ``settings`` are ``key=value`` pairs for every profile."""

    sources: tuple[Place, ...]
    output: Place = Path("output")
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
    files: tuple[Place, ...] = ()
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
    former: tuple[Path, ...] = ()
    """What still lies in the output of an earlier state: files of formats that were not made again, folders of briefs whose sources
    make others now."""

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


def build(options: BuildOptions, *, progress: Progress | None = None, executor: Executor | None = None) -> RunReport:
    """Make all briefs that are stale.  ``executor`` (any ``concurrent.futures.Executor``) takes the place of the own processes."""
    paths = find_sources(options.sources)
    timings = Timings()
    away = Away.of(paths, options.output, options.making, executor)
    with (
        Cache(cache_file(options.output)) as cache,
        Workers(options.jobs, len(paths), executor, threaded=away.threads) as workers,
        Stock(MAX_BYTES) as stock,
    ):
        ground = Ground(cache, options.making)
        run = _Run(options, cache, ground, workers, timings, progress, away, stock)
        with timings.stage("merge"):
            try:
                profiles = kept_profiles(cache, ground, options.profiles, options.settings)
            except ToolkitError:
                cache.abandon()
                raise
        read = _read(paths, run)
        with timings.stage("merge"):
            groups = group(read.cards, profiles)
        outcomes = [Outcome(str(path), error=error) for path, error in read.errors]
        made, former = _made(groups, read, run)
        outcomes += made
        issues = (*profiles.issues, *_font_issues(groups, options.making))
        return RunReport(tuple(outcomes), issues, timings, discarded=cache.discarded, former=former)


@dataclass(frozen=True)
class _Run:
    """What both rounds of a run work with."""

    options: BuildOptions
    cache: Cache
    ground: Ground
    workers: Workers
    timings: Timings
    progress: Progress | None
    away: Away
    stock: Stock


@dataclass(frozen=True)
class _Read:
    """The first round: cards of all sources that could be read, the keys of their facts and where they are by the path that is
    told, what went wrong."""

    cards: list[FactSheet]
    keys: Mapping[str, bytes]
    places: Mapping[str, Place]
    errors: list[tuple[Place, ToolkitError]]


def _read(paths: Sequence[Place], run: _Run) -> _Read:
    """Read what is not kept; a source that cannot be read has no content to be kept by, and is tried again each time."""
    cache, ground = run.cache, run.ground
    with run.timings.stage("read"):
        contents = contents_of(cache, run.stock, paths)
        keys = {path: ground.facts_key(path, told) for path, told in contents.items()}
        known = {} if run.options.fresh else cards(cache, keys)
    errors: dict[Place, ToolkitError] = {}
    missing = sorted((Reading(path) for path in paths if path not in known), key=lambda unit: -size_of(unit.place))
    run.stock.ahead(unit.place for unit in missing if isinstance(unit.place, Url))
    pending = _Pending(cache)
    ready = run.away.reading(run.stock, contents)
    for unit, result in run.workers.run(read_unit, missing, "reading", run.progress, name=_place, prepare=ready):
        path = unit.place
        if isinstance(result, ToolkitError):
            errors[path] = result
            continue
        run.timings.add(result.spent)
        known[path] = result.card
        keys.setdefault(path, ground.facts_key(path, result.card.source.sha256.encode()))
        pending.add(keys[path], result.card, result.packed)
    pending.flush()
    cache.prune(FACTS, keys.values(), 2 * len(keys) + 200)
    cache.prune(CARD, keys.values(), 2 * len(keys) + 200)
    found = [known[path] for path in paths if path in known]
    shown = {small.source.path: keys[path] for path, small in known.items()}
    places = {small.source.path: path for path, small in known.items()}
    return _Read(found, shown, places, [(path, errors[path]) for path in paths if path in errors])


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


def _made(groups: Sequence[Group], read: _Read, run: _Run) -> tuple[list[Outcome], tuple[Path, ...]]:
    """The outcome of each group in their order, kept or made by the workers; beside them what is left of an earlier state."""
    options, cache = run.options, run.cache
    with run.timings.stage("merge"):
        folders = [one.folder for one in groups]
        inputs = {
            folder: guarded(lambda one: run.ground.inputs(one, read.keys), one) for folder, one in zip(folders, groups, strict=True)
        }
        names = {folder: digest(folder) for folder in folders}
        before = cache.get(BUILT, cache.keys(BUILT))
        left = Left(options.output, wanted=bool(before))
    done: dict[str, Outcome] = {}
    stale: list[Job] = []
    again: dict[bytes, Built] = {}
    for folder, one in zip(folders, groups, strict=True):
        told = inputs[folder]
        if isinstance(told, ToolkitError):
            done[folder] = Outcome(folder, error=told, issues=one.issues)
            continue
        built = before.get(names[folder])
        reasons = ("fresh",) if options.fresh else why(built, told, left.stamps(built.folder, built.outputs) if built else {})
        if built is not None and (same := _same(built, reasons, options.output)):
            again[names[folder]], reasons = same, ()
        if built is not None and not reasons:
            place = options.output / built.folder
            files = tuple(place / name for name in built.outputs if name != MANIFEST)
            done[folder] = Outcome(built.folder, files, built.issues, audited=built.audited)
        else:
            weight = sum(size_of(read.places[sheet.source.path]) for sheet in one.sheets)
            stale.append(Job(one, options.making, reasons, run.away.output(options.output), weight))
    cache.put(BUILT, again)
    finished: dict[bytes, Built] = {}
    former: list[Path] = []
    ready = run.away.making(run.stock, cache, read.keys, read.places)
    jobs = run.workers.run(make_unit, stale, "making", run.progress, weight=_weight, name=_folder, prepare=ready)
    for unit, result in delivered(jobs, options.output) if run.away.brings else jobs:
        folder = unit.group.folder
        if isinstance(result, ToolkitError):
            done[folder] = Outcome(folder, error=result, issues=unit.group.issues, why=unit.why)
            continue
        run.timings.add(result.spent)
        done[folder] = Outcome(result.folder, result.files, result.issues, audited=result.audited, why=unit.why)
        if isinstance(options.output, Path):
            former += outdated(options.output / result.folder, result.left, unit.why)
        told = inputs[folder]
        assert not isinstance(told, ToolkitError)
        finished[names[folder]] = Built(result.folder, told, result.left, result.issues, result.audited)
        if len(finished) >= FLUSHED:
            _keep(finished, run)
            finished = {}
    _keep(finished, run)
    if isinstance(options.output, Path):
        former += forsaken(options.output, before.values(), inputs, read.keys.keys())
    return [done[folder] for folder in folders], tuple(former)


def _keep(finished: Mapping[bytes, Built], run: _Run) -> None:
    """Remember finished briefs, unless what they were made of was touched meanwhile; then the next run makes them anew."""
    if run.ground.steady():
        run.cache.put(BUILT, finished)


def _same(built: Built, reasons: Sequence[str], output: Place) -> Built | None:
    """What is kept of a brief, brought up to date, when nothing but the times of its files is other than it was."""
    if not reasons or isinstance(output, Url) or not all(code.startswith("output:") for code in reasons):
        return None
    return restamped(built, output / built.folder)


def _place(unit: Reading) -> str:
    return str(unit.place)


def _folder(unit: Job) -> str:
    return unit.group.folder


def _weight(unit: Job) -> float:
    return unit.weight


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
    paths: Sequence[P], *, jobs: int | None = None, progress: Progress | None = None
) -> Iterator[tuple[P, FactSheet | ToolkitError]]:
    """The facts of many files, in the order given, an error in the place of a sheet where a file cannot be read."""
    units = sorted(map(Reading, paths), key=lambda unit: -size_of(unit.place))
    away = Away(sends=any(isinstance(path, Url) for path in paths))
    with Workers(jobs, len(paths), threaded=away.threads) as workers, Stock(MAX_BYTES) as stock:
        stock.ahead(unit.place for unit in units if isinstance(unit.place, Url))
        ready = away.reading(stock, {})
        results = {one.place: told for one, told in workers.run(read_whole, units, "reading", progress, name=_place, prepare=ready)}
    for path in paths:
        yield path, results[path]


def findings(
    sources: Iterable[Place],
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


def dossiers_of(sources: Iterable[Place], profiles: ProfileSet, *, jobs: int | None = None) -> tuple[Dossier, ...]:
    """The settled facts of all sources, grouped.  Raises the first ``ReadError``."""
    sheets = []
    for path, result in read_all(find_sources(sources), jobs=jobs):
        if isinstance(result, ToolkitError):
            result.where = result.where or str(path)
            raise result
        sheets.append(result)
    return settle(sheets, profiles)[0]
