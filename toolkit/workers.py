"""Work units over processes: results in order, the largest first, and nothing but its own unit lost to a worker that dies or hangs.

Pebble's pool gives each unit its own time limit, tells which unit a dead worker was at, and renews workers after so many units, so
that memory stays flat.  Any ``concurrent.futures.Executor`` may take its place (threads, a cluster); then units travel with all
their data, and what such an executor does about dead workers is its own.  What it is given to do is to unpickle some bytes, which
does the unit's work and gives its result: so neither it nor whatever stands between it and its workers needs to know nhiemky.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from toolkit.errors import ToolkitError

T = TypeVar("T")
R = TypeVar("R")

INTERRUPTED = 130
"""Exit code of a worker that was told to end."""

LIMIT = 300.0
"""Seconds after which a unit counts as hanging: a hundred times what the slowest honest brief takes."""

STALLED = 900.0
"""Seconds without any result after which somebody else's executor counts as lost: its units may have had to wait for other work."""

WINDOW = 8
"""Units that are on their way to each worker at once."""

LEAST = 2**30
"""Bytes that a worker may always take; beyond that its share of the machine's memory is the bound (Linux only)."""

ROOM = "nhiemky-"
"""How the names of the folders for temporary files begin; the number of the process that they belong to follows."""

RENEWED = 400
"""Units after which a worker is replaced: the engine's caches grow by some hundred kB a brief."""


@dataclass(frozen=True, slots=True)
class Tick:
    """How far a round is: ``unit`` is what was just finished, ``error`` its fault; both empty at the beginning."""

    round: str
    done: int
    total: int
    failed: int = 0
    unit: str = ""
    error: str = ""
    seconds: float = 0.0
    """Since the round began."""


Progress = Callable[[Tick], None]


class Workers:
    """Runs units here (one job), in processes of its own, or in ``executor``.  A context: leaving it ends its processes.

    ``threaded`` says that this process has threads of its own at work, of which a forked process would inherit the locks alone.
    ``memory`` is how many bytes each of the own processes may take, by default its share of the machine's: a unit that wants more
    fails, before the machine grinds to a halt.
    """

    def __init__(
        self,
        jobs: int | None,
        units: int,
        executor: Executor | None = None,
        limit: float = LIMIT,
        stalled: float = STALLED,
        *,
        threaded: bool = False,
        memory: int | None = None,
    ) -> None:
        self._jobs = max(1, min(jobs or (slots(executor) if executor else os.cpu_count()) or 1, units))
        self._executor, self._limit, self._stalled, self._threaded = executor, limit, stalled, threaded
        self._memory = memory
        self._pool: Any = None
        self._room: TemporaryDirectory[str] | None = None
        """Where the workers put what they need for a while (the engine's fonts): a worker that is ended cannot clear it away."""

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._pool is not None:
            # After an interrupt nothing that waits may start, and what runs sweeps up and ends.
            (self._pool.close if kind is None else self._pool.stop)()
            self._pool.join()
            self._pool = None
        if self._room is not None:
            self._room.cleanup()
            self._room = None

    def run(
        self,
        work: Callable[[T], R],
        units: Sequence[T],
        round_: str,
        progress: Progress | None = None,
        *,
        weight: Callable[[T], float] | None = None,
        name: Callable[[T], str] = str,
        prepare: Callable[[T], T] | None = None,
    ) -> Iterator[tuple[T, R | ToolkitError]]:
        """Each unit with its result, or with the ``ToolkitError`` that ended it, as they are finished.

        ``weight`` says how much there is to do: the largest begin first, so that none is left alone at the end.  ``prepare`` gives
        a unit its data just before it sets out; only a few are on their way at once.  What it raises is the unit's result.
        """
        count = _Count(round_, len(units), progress)
        if not units:
            return
        order = sorted(units, key=lambda unit: -weight(unit)) if weight else list(units)
        ready = prepare or _as_it_is
        if self._executor is None and (self._jobs == 1 or len(units) == 1):
            for unit in order:
                result = guarded(lambda one: work(ready(one)), unit)
                count.tick(name(unit), result)
                yield unit, result
            return
        waiting = iter(order)
        futures: dict[Future[Any], T] = {}
        with no_interrupt():
            for unit in islice(waiting, WINDOW * self._jobs):
                futures[self._submit(work, guarded(ready, unit))] = unit
        try:
            while futures:
                finished, _ = wait(futures, self._stalled if self._executor else None, return_when=FIRST_COMPLETED)
                if not finished:
                    break
                for future in finished:
                    unit = futures.pop(future)
                    result = self._result(future)
                    count.tick(name(unit), result)
                    yield unit, result
                    for following in islice(waiting, 1):
                        futures[self._submit(work, guarded(ready, following))] = following
        finally:
            if self._executor is not None:
                for future in futures:
                    future.cancel()
        for unit in (*futures.values(), *waiting):
            lost = ToolkitError(
                f"the executor gave no result for {self._stalled:.0f} seconds", remedy="look after the cluster, then run again"
            )
            count.tick(name(unit), lost)
            yield unit, lost

    def _submit(self, work: Callable[[T], R], unit: T | ToolkitError) -> Future[Any]:
        if isinstance(unit, ToolkitError):
            return _settled(unit)
        if self._executor is not None:
            try:
                return self._executor.submit(pickle.loads, pickle.dumps(Call(work, unit), protocol=5))
            except Exception as error:  # noqa: BLE001 - one that broke takes no more work
                return _settled(error)
        if self._pool is None:
            from pebble import ProcessPool

            context = multiprocessing.get_context("spawn") if self._threaded else multiprocessing
            _sweep_rooms()
            self._room = TemporaryDirectory(prefix=f"{ROOM}{os.getpid()}-", ignore_cleanup_errors=True)
            self._pool = ProcessPool(
                self._jobs,
                max_tasks=RENEWED,
                initializer=prepare_worker,
                initargs=(os.getpid(), self._room.name, self._memory or _share(self._jobs)),
                context=context,
            )
        return self._pool.schedule(_in_worker, args=(work, unit), timeout=self._limit)  # type: ignore[no-any-return]

    def _result(self, future: Future[Any]) -> Any:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TookTooLong:
            return ToolkitError(
                f"it took longer than {self._limit:.0f} seconds and was stopped",
                remedy="split the source, or report the fault with it",
            )
        except ProcessExpired:
            return ToolkitError(
                "the process that worked on it died (out of memory?)", remedy="close other programs or use --jobs 1, then run again"
            )
        except ModuleNotFoundError as error:
            return ToolkitError(
                f"a worker of the executor cannot run nhiemky: {error}",
                remedy="install the same version of nhiemky on all machines, then start the workers again",
            )
        except Exception as error:  # noqa: BLE001 - an executor of somebody else may fail in ways of its own
            return ToolkitError(
                f"the executor failed: {type(error).__name__}: {error}", remedy="look after the cluster, then run again"
            )


class Call:
    """Work on its way: pickled here and unpickled there, it is done, and its result is what comes out."""

    def __init__(self, work: Callable[[T], R], unit: T) -> None:
        self._work, self._unit = work, unit

    def __reduce__(self) -> tuple[object, ...]:
        return (guarded, (self._work, self._unit))


def slots(executor: Executor) -> int:
    """How many units an executor works on at once, as far as it tells; some more than that are kept on their way."""
    if (workers := getattr(executor, "_max_workers", None)) is not None:
        return int(workers)
    if (client := getattr(executor, "_client", None)) is not None and hasattr(client, "nthreads"):
        return sum(client.nthreads().values())
    return os.cpu_count() or 1


def _settled(result: Exception) -> Future[Any]:
    """A future that was never on its way: an error of nhiemky's is its result, another one its fault."""
    future: Future[Any] = Future()
    if isinstance(result, ToolkitError):
        future.set_result(result)
    else:
        future.set_exception(result)
    return future


class _Count:
    def __init__(self, round_: str, total: int, progress: Progress | None) -> None:
        self._round, self._total, self._progress = round_, total, progress
        self._done = self._failed = 0
        self._start = time.monotonic()
        if progress:
            progress(Tick(round_, 0, total))

    def tick(self, unit: str, result: object) -> None:
        self._done += 1
        bad = result.what if isinstance(result, ToolkitError) else ""
        self._failed += bool(bad)
        if self._progress:
            spent = time.monotonic() - self._start
            self._progress(Tick(self._round, self._done, self._total, self._failed, unit, bad, spent))


def _as_it_is(unit: T) -> T:
    return unit


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


# ---------------------------------------------------------------- inside a worker

_working = False
"""Whether this worker process is at a unit, whose files must be swept up before it may end."""


def prepare_worker(parent: int, room: str, memory: int, told: bool = True) -> None:
    """Ctrl-C goes to the whole group; the parent alone decides what it means, and tells its workers by SIGTERM.

    ``room`` is the folder for temporary files, ``memory`` how many bytes this process may take (0: no bound).  Workers that nobody
    tells (``told``), those of an executor, end after their unit: the pool of Python's own breaks and hangs when one of them goes by
    itself.
    """
    tempfile.tempdir = room
    _bound(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_worker if told else signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})  # held back while the process began
    if hasattr(os, "getppid"):
        threading.Thread(target=_end_with, args=(parent, room), daemon=True).start()


def _sweep_rooms() -> None:
    """Clear away the folders of runs that were killed before a worker was there to do it."""
    if os.name != "posix":  # elsewhere nobody can be asked without being ended
        return
    for room in Path(tempfile.gettempdir()).glob(f"{ROOM}[0-9]*-*"):
        owner = room.name.removeprefix(ROOM).split("-", 1)[0]
        try:
            os.kill(int(owner), 0)
        except ProcessLookupError:
            shutil.rmtree(room, ignore_errors=True)
        except (OSError, OverflowError, ValueError):
            continue  # somebody else's, or no folder of ours


def _share(jobs: int) -> int:
    """Bytes of memory that each of so many processes may take and leave a fifth of the machine's to everybody else."""
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
    return max(LEAST, there * 4 // 5 // jobs)


def _bound(memory: int) -> None:
    """Give this process no more memory than that; elsewhere than on Linux the limit means other things, or is none."""
    if not memory or not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or memory < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))


def _end_with(parent: int, room: str) -> None:
    """A parent that was killed cannot tell its workers to end, nor clear up; they would wait for ever."""
    while os.getppid() == parent:
        time.sleep(1.0)
    shutil.rmtree(room, ignore_errors=True)
    os._exit(INTERRUPTED)


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
def no_interrupt() -> Iterator[None]:
    """Holds Ctrl-C back while processes begin: one that it met before ``prepare_worker`` would break the pool, and the run
    would hang instead of ending."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():  # Windows, a thread
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
