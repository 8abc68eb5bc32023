"""A build on a real Dask cluster of two worker processes."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.batch import BuildOptions, build
from toolkit.errors import UsageError
from toolkit.executors import opened
from toolkit.pipeline import Making
from toolkit.workers import Tick

pytest.importorskip("distributed", reason="the extra “dask” is not installed")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:::distributed.*", "ignore::ResourceWarning")]

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def name_of(cluster: Any) -> str:
    return "dask://" + cluster.scheduler_address.partition("://")[2]


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def options(output: Path, templates: Path | None = None, *formats: str) -> BuildOptions:
    making = Making(formats=formats or ("html", "pdf"), templates=templates)
    return BuildOptions((ROOT / "seeds",), output, ROOT / "profiles", making=making, jobs=2)


def test_the_five_briefs_are_the_same_bytes(cluster: Any, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "styles").mkdir(parents=True)
    (templates / "styles/extra-print.css").write_text("h1 { color: #7a1f1f }\n", "utf-8")
    with opened(name_of(cluster)) as executor:
        far = build(options(tmp_path / "far", templates), executor=executor)
        again = build(options(tmp_path / "far", templates), executor=executor)
    home = build(options(tmp_path / "home", templates))
    assert not far.failed, [str(outcome.error) for outcome in far.failed]
    made, wanted = tree(tmp_path / "far"), tree(tmp_path / "home")
    assert len(made) == 20
    assert [name for name in wanted if made.get(name) != wanted[name]] == []
    assert [(o.name, o.issues, o.audited) for o in far.outcomes] == [(o.name, o.issues, o.audited) for o in home.outcomes]
    assert len(again.kept) == 5


def test_a_worker_that_is_killed_costs_nothing_but_time(cluster: Any, tmp_path: Path) -> None:
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:
        victims = iter(list(client.run(os.getpid).values())[:1])

    def progress(tick: Tick) -> None:
        if tick.round == "making" and tick.done == 1 and (victim := next(victims, None)):
            os.kill(victim, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)

    with opened(name_of(cluster)) as executor:
        report = build(options(tmp_path, None, "html"), progress=progress, executor=executor)
    assert next(victims, None) is None, "one was killed"
    assert len(report.made) == 5, [str(outcome.error) for outcome in report.failed]
    assert all(path.is_file() for outcome in report.made for path in outcome.files)


def test_clusters_that_cannot_work_are_refused_at_once() -> None:
    from distributed import Client, LocalCluster

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"dask://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(UsageError, match="no Dask scheduler answers") as caught, opened(nobody, 1):
        pass
    assert (caught.value.where, caught.value.exit_code) == (nobody, 2)
    with LocalCluster(n_workers=0, threads_per_worker=1, processes=True, dashboard_address=None) as empty:
        with pytest.raises(UsageError, match="has no workers"), opened(name_of(empty), 0.5):
            pass
        empty.scale(1)
        with Client(empty, set_as_default=False) as client:
            client.wait_for_workers(1)
            client.run(exec, "import sys; sys.modules['toolkit'] = None")
        with pytest.raises(UsageError, match="it is not installed there"), opened(name_of(empty)):
            pass
