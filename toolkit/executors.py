"""Executors by name, for the command line: ``dask://HOST:PORT``, ``processes:N``, ``threads:N``; the one home of distributed."""

from __future__ import annotations

import logging
import os
import pickle
import re
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from toolkit.errors import UsageError
from toolkit.incremental import own_state
from toolkit.workers import Call, prepare_worker

ANSWER = 10.0
"""Seconds for a scheduler to answer, and for its first worker to be there."""

_LOCAL = re.compile(r"(threads|processes):([1-9][0-9]{0,3})")
_DASK = re.compile(r"dask(?P<safe>\+tls)?://(?P<address>[^\s/@]+:[0-9]{1,5})/?")


@contextmanager
def opened(name: str, answer: float | None = None) -> Iterator[Executor]:
    """The executor that ``name`` asks for; closed in the end, a cluster itself left running.

    Raises ``UsageError`` when there is no such kind, when nobody answers, or when workers cannot run this nhiemky.
    """
    import multiprocessing

    answer = ANSWER if answer is None else answer
    if found := _LOCAL.fullmatch(name):
        kind, count = found[1], int(found[2])
        if kind == "threads":
            with ThreadPoolExecutor(count) as threads:
                yield threads
        else:
            # Processes that leave Ctrl-C to their parent, put temporary files where it clears them away, and end when it is gone.
            with (
                TemporaryDirectory(prefix="nhiemky-", ignore_cleanup_errors=True) as room,
                ProcessPoolExecutor(
                    count, multiprocessing.get_context("spawn"), initializer=prepare_worker, initargs=(os.getpid(), room, 0, False)
                ) as processes,
            ):
                yield processes
    elif found := _DASK.fullmatch(name):
        client = _client(f"{'tls' if found['safe'] else 'tcp'}://{found['address']}", name, answer)
        try:
            _check_workers(client, name, answer)
            yield client.get_executor(pure=False)
        finally:
            client.close()
    else:
        raise UsageError(
            f"there is no executor {name!r}", remedy="write dask://HOST:PORT, processes:N or threads:N; or leave --executor out"
        )


def _client(address: str, name: str, answer: float) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "a Dask cluster needs the extra “dask”", where=name, remedy="install it: pip install 'nhiemky[dask]'"
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters comes as an error, and is told once
    dask.config.set({"admin.large-graph-warning-threshold": "1GB"})
    try:
        return Client(address, timeout=answer, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            "no Dask scheduler answers there",
            where=name,
            remedy="start one (dask scheduler, then dask worker HOST:PORT on each machine), check address and firewall",
        ) from error


def _check_workers(client: Any, name: str, answer: float) -> None:
    """Every worker that is there now must be able to do the work; those that come later are asked with their first unit."""
    try:
        client.wait_for_workers(1, timeout=answer)
    except TimeoutError as error:
        raise UsageError(
            "the cluster has no workers", where=name, remedy="start some: dask worker HOST:PORT on each machine"
        ) from error
    told = client.run(pickle.loads, pickle.dumps(Call(_state, None), protocol=5), on_error="return")
    others = {worker: state for worker, state in told.items() if state != own_state()}
    if not others:
        return
    some = ", ".join(sorted(others)[:3])
    if any(isinstance(state, ModuleNotFoundError) for state in others.values()):
        raise UsageError(
            f"{len(others)} worker(s) cannot run nhiemky: it is not installed there",
            where=some,
            remedy="install the same version of nhiemky on all machines, then start the workers again",
        )
    raise UsageError(
        f"{len(others)} worker(s) have another version of nhiemky or of its libraries",
        where=some,
        remedy="install the same versions on all machines, then start the workers again",
    )


def _state(_: None) -> bytes:
    return own_state()
