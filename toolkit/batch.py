"""Many sources to many briefs: find, spread over processes, collect what was made, what needs a look and what failed.

Two rounds.  In the first every source is read on its own; then all sheets are settled together, because sources group
themselves; in the second every locality is made on its own.  A source or locality that fails is reported and the others go on;
a worker process that dies costs what it was working on and nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from toolkit.errors import Issue, Severity, ToolkitError, UsageError
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.profile import ProfileSet
from toolkit.pipeline import Making, Timings, compose_brief, deliver_brief, load_profiles, make_brief, read_facts, settle

T = TypeVar("T")
R = TypeVar("R")

INTERRUPTED = 130
"""Exit code of a worker that was told to end."""

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


@dataclass(frozen=True)
class Outcome:
    """What became of one locality, or of one source that could not be read (then ``files`` is empty)."""

    name: str
    files: tuple[Path, ...] = ()
    issues: tuple[Issue, ...] = ()
    error: ToolkitError | None = None
    audited: int = 0

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


Progress = Callable[[str, int, int], None]
"""Called with the round (``reading``, ``making``), how many are done, how many there are."""


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
    """Make all briefs.  ``executor`` (any ``concurrent.futures.Executor``) takes the place of the own process pool."""
    profiles = load_profiles(options.profiles, options.settings)
    paths = find_sources(options.sources)
    timings = Timings()
    outcomes: list[Outcome] = []
    with _Pool(options.jobs, len(paths), executor) as pool:
        sheets: list[FactSheet] = []
        for path, result in pool.run(_read_one, paths, "reading", progress):
            if isinstance(result, ToolkitError):
                outcomes.append(Outcome(name=str(path), error=result))
            else:
                sheet, spent = result
                sheets.append(sheet)
                timings.add(spent)
        dossiers, issues = settle(sheets, profiles, timings)
        tasks = [(dossier, options.making, options.output) for dossier in dossiers]
        for task, made in pool.run(_make_one, tasks, "making", progress):
            if isinstance(made, ToolkitError):
                outcomes.append(Outcome(name=task[0].folder, error=made, issues=task[0].issues))
            else:
                outcome, spent = made
                outcomes.append(outcome)
                timings.add(spent)
    return RunReport(tuple(outcomes), (*issues, *_font_issues(dossiers, options.making)), timings)


def _font_issues(dossiers: Iterable[Dossier], making: Making) -> tuple[Issue, ...]:
    """A warning when an official form had to be printed in another face than the one that offices must use."""
    from toolkit.styles import Faces, style

    wanted = {making.style or dossier.display.style for dossier in dossiers}
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
    with _Pool(jobs, len(paths), None) as pool:
        for path, result in pool.run(_read_one, paths, "reading", progress):
            yield path, result if isinstance(result, ToolkitError) else result[0]


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


def _read_one(path: Path) -> tuple[FactSheet, Timings]:
    timings = Timings()
    return read_facts(path, timings), timings


def _make_one(task: tuple[Dossier, Making, Path]) -> tuple[Outcome, Timings]:
    dossier, making, output = task
    timings = Timings()
    made = make_brief(dossier, making, timings)
    with timings.stage("deliver"):
        files = deliver_brief(made, dossier, output)
    return Outcome(dossier.folder, files, made.brief.issues, audited=made.audited), timings


# ---------------------------------------------------------------- processes


class _Pool:
    """Runs work units here or in processes; yields results in order; isolates what breaks."""

    def __init__(self, jobs: int | None, units: int, executor: Executor | None) -> None:
        self._jobs = max(1, min(jobs or os.cpu_count() or 1, units))
        self._executor = executor
        self._own: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Pool:
        if self._executor is None and self._jobs > 1:
            self._own = _processes(self._jobs)
            self._executor = self._own
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._own is not None:
            if kind is not None:
                # After an interrupt nothing that waits may start, and what runs sweeps up and ends.
                for child in multiprocessing.active_children():
                    child.terminate()
            self._own.shutdown(wait=True, cancel_futures=True)

    def run(
        self, work: Callable[[T], R], units: Sequence[T], round_: str, progress: Progress | None
    ) -> Iterator[tuple[T, R | ToolkitError]]:
        """Each unit with its result, or with the ``ToolkitError`` that ended it, in the order of ``units``."""
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            if progress:
                progress(round_, done, len(units))

        if progress:
            progress(round_, 0, len(units))
        if self._executor is None:
            for unit in units:
                result = guarded(work, unit)
                tick()
                yield unit, result
            return
        results = self._spread(work, units, tick)
        for i, unit in enumerate(units):
            yield unit, results[i]

    def _spread(self, work: Callable[[T], R], units: Sequence[T], tick: Callable[[], None]) -> list[R | ToolkitError]:
        assert self._executor is not None
        results: dict[int, Any] = {}
        lost: list[int] = []
        futures: dict[Future[Any], int] = {}
        run = guarded if self._own is None else _in_worker
        with _no_interrupt():
            for i, unit in enumerate(units):
                try:
                    futures[self._executor.submit(run, work, unit)] = i
                except BrokenProcessPool:
                    lost.append(i)
        for future in as_completed(futures):
            try:
                results[futures[future]] = future.result()
                tick()
            except BrokenProcessPool:
                lost.append(futures[future])
        for i in sorted(lost):
            # One of these killed its worker; each gets a process of its own, so that only the culprit is lost.
            results[i] = _alone(work, units[i])
            tick()
        if lost and self._own is not None:
            self._own.shutdown(wait=False)
            self._own = self._executor = _processes(self._jobs)
        return [results[i] for i in range(len(units))]


def _processes(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_prepare_worker)


_working = False
"""Whether this worker process is at a unit, whose files must be swept up before it may end."""


def _prepare_worker() -> None:
    """Ctrl-C goes to the whole group; the parent alone decides what it means, and tells its workers by SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_worker)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})  # held back while the process began


def _end_worker(*_: object) -> None:
    if _working:
        raise KeyboardInterrupt
    os._exit(INTERRUPTED)


def _in_worker(work: Callable[[T], R], unit: T) -> R | ToolkitError:
    """``guarded`` in a process of the pool, which an interrupt ends when the unit has swept up."""
    global _working  # noqa: PLW0603 - a signal handler knows nothing else
    _working = True
    try:
        return guarded(work, unit)
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    finally:
        _working = False


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Holds Ctrl-C back while processes begin: one that it met before ``_prepare_worker`` would break the pool, and the run
    would hang instead of ending."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _alone(work: Callable[[T], R], unit: T) -> R | ToolkitError:
    with _processes(1) as single:
        try:
            with _no_interrupt():
                future = single.submit(_in_worker, work, unit)
            return future.result()
        except BrokenProcessPool:
            return ToolkitError(
                "the process that worked on it died (out of memory?)", remedy="close other programs or use --jobs 1, then run again"
            )


def guarded(work: Callable[[T], R], unit: T) -> R | ToolkitError:
    """The result, or the error as a value: errors of one unit never leave it.  Unknown ones become a ``ToolkitError`` too."""
    try:
        return work(unit)
    except ToolkitError as error:
        return error
    except MemoryError:
        return ToolkitError("out of memory", remedy="close other programs, use --jobs 1, or split the source")
    except Exception as error:  # noqa: BLE001 - one bad locality never stops the others
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        return ToolkitError(
            f"a fault in nhiemky itself: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})",
            remedy="send this line and the source to the people who look after nhiemky; the other briefs are not affected",
        )
