"""300 made-up briefs by processes of this machine and by a Dask cluster of two workers: the same bytes, and what the way costs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from making import Wishes, make_articles, write

from toolkit.batch import BuildOptions, build
from toolkit.executors import opened
from toolkit.pipeline import Making

pytest.importorskip("distributed", reason="the extra “dask” is not installed")

COUNT = 300
DEAREST = 1.5
"""Times the own processes' time that a cluster of as many workers on the same machine may take: units and briefs travel twice."""


@pytest.mark.bench
@pytest.mark.parametrize("formats", [("html",), ("html", "pdf")], ids=",".join)
@pytest.mark.filterwarnings("ignore:::distributed.*", "ignore::ResourceWarning")
def test_a_cluster_of_two_workers_makes_the_same_briefs(formats: tuple[str, ...], tmp_path: Path) -> None:
    from distributed import LocalCluster

    sources, profiles = tmp_path / "sources", tmp_path / "sources/profiles"
    write(make_articles(COUNT, 8, Wishes((".txt",))), sources, profiles=True)
    seconds: dict[str, float] = {}

    def options(output: str) -> BuildOptions:
        return BuildOptions((sources,), tmp_path / output, profiles, making=Making(formats=formats), jobs=2)

    start = time.perf_counter()
    home = build(options("home"))
    seconds["own processes"] = time.perf_counter() - start
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        opened("dask://" + cluster.scheduler_address.partition("://")[2]) as executor,
    ):
        start = time.perf_counter()
        far = build(options("far"), executor=executor)
        seconds["cluster"] = time.perf_counter() - start
        start = time.perf_counter()
        kept = build(options("far"), executor=executor)
        seconds["cluster, nothing changed"] = time.perf_counter() - start
    print(
        f"\n{len(far.made)} briefs, {', '.join(formats)}: " + ", ".join(f"{name} {spent:.1f} s" for name, spent in seconds.items())
    )
    assert [(o.name, o.error and o.error.what) for o in far.outcomes] == [(o.name, o.error and o.error.what) for o in home.outcomes]
    files = [path.relative_to(tmp_path / "home") for path in (tmp_path / "home").rglob("*") if path.is_file()]
    delivered = [name for name in files if not name.name.startswith(".")]
    assert len(delivered) == (2 + len(formats)) * len(home.made)
    others = [str(name) for name in delivered if (tmp_path / "home" / name).read_bytes() != (tmp_path / "far" / name).read_bytes()]
    assert others == []
    assert len(kept.kept) == len(far.made) == COUNT
    assert seconds["cluster"] <= DEAREST * seconds["own processes"]
