"""Sources and outputs in stores elsewhere: fsspec's own in memory, and a real server of Amazon's protocol."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit import remote
from toolkit.batch import BuildOptions, RunReport, build, findings
from toolkit.cli import nhiemky
from toolkit.errors import DeliverError, ReadError, UsageError
from toolkit.model.artifact import Artifact
from toolkit.model.place import Place, Url, place
from toolkit.pipeline import Making, read_facts
from toolkit.sources import find_sources

fsspec = pytest.importorskip("fsspec", reason="the extra “remote” is not installed")

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
BRIEF = ("brief.html", "facts.json", "manifest.json")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of an output elsewhere is among the user's: each test has one of its own, but the fonts, which take long."""
    monkeypatch.setattr("toolkit.cache.user_cache", lambda: tmp_path / "user-cache")


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    for path in SEEDS[:3]:
        system.pipe_file(f"/in/reports/{path.name}", path.read_bytes())
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def run(*sources: str, output: str = "memory://out/briefs", **options: Any) -> RunReport:
    making = Making(formats=("html",))
    given = {"jobs": 1} | options
    return build(BuildOptions(tuple(map(place, sources)), place(output), ROOT / "profiles", making=making, **given))


def delivered(system: Any, root: str) -> dict[str, bytes]:
    return {path.split(root, 1)[1].lstrip("/"): system.cat_file(path) for path in system.find(root)}


def test_a_folder_elsewhere_is_built_into_another(memory: Any) -> None:
    report = run("memory://in/reports/")
    assert not report.failed, [str(outcome.error) for outcome in report.failed]
    made = delivered(memory, "/out/briefs")
    assert set(made) == {f"{outcome.name}/{name}" for outcome in report.made for name in BRIEF}
    assert str(report.outcomes[0].files[0]) == f"memory://out/briefs/{report.outcomes[0].name}/brief.html"
    sources = [json.loads(data)["sources"][0]["path"] for name, data in made.items() if name.endswith(BRIEF[2])]
    assert sorted(sources) == [f"memory://in/reports/{path.name}" for path in SEEDS[:3]]


def test_what_is_made_of_bytes_is_what_is_made_of_files(memory: Any, tmp_path: Path) -> None:
    """A ``file://`` address is a path; sources here, output there and the other way round give the same pages."""
    run(SEEDS[1].as_uri(), output="memory://out/a")
    run(str(SEEDS[1]), output=(tmp_path / "b").as_uri())
    run(str(SEEDS[1]), output="memory://out/c", jobs=2)
    home = {p.relative_to(tmp_path / "b").as_posix(): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.name in BRIEF}
    assert delivered(memory, "/out/a") == delivered(memory, "/out/c") == home
    assert len(home) == 3


def test_processes_of_this_machine_take_sources_from_elsewhere(memory: Any, tmp_path: Path) -> None:
    report = run("memory://in/reports", output=str(tmp_path), jobs=2)
    assert len(report.made) == 3, [str(outcome.error) for outcome in report.failed]
    assert all(isinstance(path, Path) and path.is_file() for outcome in report.made for path in outcome.files)


def test_a_rebuild_keeps_what_did_not_change(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run("memory://in/reports/")
    fetched: list[Url] = []
    monkeypatch.setattr(remote, "read", lambda url, most, read=remote.read: fetched.append(url) or read(url, most))
    again = run("memory://in/reports/")
    assert (len(again.kept), fetched) == (3, []), "neither made nor fetched"

    name = f"/in/reports/{SEEDS[1].name}"
    memory.pipe_file(name, memory.cat_file(name))
    assert len(run("memory://in/reports/").kept) == 3, "written again, with the same content"
    memory.pipe_file(name, memory.cat_file(name) + "\nKết nạp 77 đảng viên mới.\n".encode())
    report = run("memory://in/reports/")
    assert [outcome.why for outcome in report.outcomes if outcome.why] == [(f"changed:source memory:/{name}",)]

    first = report.outcomes[0].name
    memory.pipe_file(f"/out/briefs/{first}/brief.html", b"changed by hand")
    memory.rm_file(f"/out/briefs/{report.outcomes[1].name}/manifest.json")
    reasons = {outcome.name: outcome.why for outcome in run("memory://in/reports/").outcomes}
    assert list(reasons.values()) == [("output:brief.html",), ("output:manifest.json",), ()]
    assert len(run("memory://in/reports/").kept) == 3


def test_patterns_folders_and_names(memory: Any) -> None:
    memory.pipe_file("/in/reports/README.md", b"about")
    memory.pipe_file("/in/reports/.hidden/x.txt", b"x")
    memory.pipe_file("/in/reports/picture.png", b"x")
    memory.pipe_file("/in/reports/deep/er/a.md", b"a")

    def names(*given: str) -> list[str]:
        return [str(one).removeprefix("memory://in/reports/") for one in find_sources(map(place, given))]

    seeds = [path.name for path in SEEDS[:3]]
    assert names("memory://in/reports") == names("memory://in/reports/") == ["deep/er/a.md", *seeds]
    assert names("memory://in/reports/*-2020.txt") == [name for name in seeds if name.endswith("-2020.txt")]
    assert names("memory://in/**/*.md") == ["README.md", "deep/er/a.md"]
    assert names("memory://in/reports/picture.png") == ["picture.png"], "what is named is read, and refused then"
    assert names("memory://in/no.txt")[0].endswith("no.txt")
    with pytest.raises(UsageError, match="no sources were found"):
        find_sources([Url("memory://in/reports/*.pdf")])
    assert all(one.stamp for one in find_sources([Url("memory://in/reports")]) if isinstance(one, Url))


def test_one_that_vanishes_costs_itself(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanishing(url: Url, most: int, read: Any = remote.read) -> bytes:
        if SEEDS[0].name in str(url) and memory.exists(f"/in/reports/{SEEDS[0].name}"):
            memory.rm_file(f"/in/reports/{SEEDS[0].name}")
        return read(url, most)  # type: ignore[no-any-return]

    with monkeypatch.context() as here:
        here.setattr(remote, "read", vanishing)
        report = run("memory://in/reports")
    assert [(outcome.name, outcome.error.what) for outcome in report.failed if outcome.error] == [
        (f"memory://in/reports/{SEEDS[0].name}", "no such file")
    ]
    assert (len(report.made), report.exit_code(strict=False)) == (2, 3)


def test_a_server_that_cannot_be_reached_is_not_a_file_that_is_not_there(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What web addresses' file system makes of a refused connection."""

    def refused(*_: object, **__: object) -> None:
        raise FileNotFoundError("http://x") from ConnectionRefusedError("nobody answers")

    monkeypatch.setattr(type(memory), "cat_file", refused)
    with pytest.raises(ReadError, match="cannot be fetched: ConnectionRefusedError: nobody answers") as caught:
        remote.read(Url(f"memory://in/reports/{SEEDS[0].name}"), 10**6)
    assert "network" in caught.value.remedy


def test_the_manifest_comes_last_and_alone(memory: Any) -> None:
    put: list[str] = []
    kept = type(memory).pipe_file

    def noted(self: Any, path: str, value: bytes, **more: Any) -> None:
        put.append(path)
        if path.endswith("b"):
            raise OSError("the store is full\nsecond line")
        kept(self, path, value, **more)

    files = [Artifact(name, "text/plain", name.encode()) for name in ("a", "c", "manifest.json")]
    with pytest.MonkeyPatch.context() as here:
        here.setattr(type(memory), "pipe_file", noted)
        assert [str(one) for one in remote.write(Url("memory://out/x"), files)] == [f"memory://out/x/{a.name}" for a in files]
        assert put == ["/out/x/a", "/out/x/c", "/out/x/manifest.json"]
        with pytest.raises(DeliverError, match="OSError: the store is full") as caught:
            remote.write(Url("memory://out/y"), [Artifact("b", "text/plain", b"b"), *files])
    assert "second line" not in str(caught.value)
    assert "/out/y/manifest.json" not in put


def test_other_commands_read_addresses_too(memory: Any) -> None:
    url = f"memory://in/reports/{SEEDS[1].name}"
    assert read_facts(Url(url)).source.path == url
    done = CliRunner().invoke(nhiemky, ["extract", url])
    assert (done.exit_code, json.loads(done.output)["source"]["path"]) == (0, url)
    assert all(issue.code != "unreadable" for issue in findings([Url(url)], jobs=1))


def test_the_largest_that_is_read(memory: Any) -> None:
    memory.pipe_file("/in/large.txt", b"x" * 2000)
    with pytest.raises(ReadError, match="more than the 0 MB"):
        remote.read(Url("memory://in/large.txt"), 1999)
    assert len(remote.read(Url("memory://in/large.txt"), 2000)) == 2000


def test_more_than_there_is_room_for_is_fetched_again(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "HELD", 1)
    monkeypatch.setattr(remote, "THREADS", 1)
    assert len(run("memory://in/reports").made) == 3


# ---------------------------------------------------------------- faults and secrets


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UsageError, match="extra “remote”") as caught:
        find_sources([Url("s3://bucket/a.txt")])
    assert "nhiemky[remote]" in caught.value.remedy
    with pytest.raises(DeliverError, match="extra “remote”"):
        remote.write(Url("s3://bucket/out"), [Artifact("manifest.json", "x", b"")])


def test_addresses_that_nothing_knows() -> None:
    with pytest.raises(UsageError, match="this address cannot be used"):
        find_sources([Url("nowhere://x/a.txt")])


def test_no_secret_in_any_word(tmp_path: Path) -> None:
    """The port is closed: the library's own words hold the address."""
    report = run("ftp://clerk:s3cret@127.0.0.1:9/a.txt", str(SEEDS[1]), output="ftp://clerk:s3cret@127.0.0.1:9/out")
    assert len(report.failed) == 2
    said = repr(report) + "".join(f"{outcome.error} {outcome.name}" for outcome in report.outcomes)
    assert "s3cret" not in said
    assert {outcome.error.exit_code for outcome in report.failed if outcome.error} == {3, 8}
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"s3cret" not in written


def test_no_secret_travels(memory: Any) -> None:
    """The memory store has no servers: what stands before the ``@`` is part of a name to it, and a login to us."""
    memory.pipe_file("/clerk:s3cret@in/a.txt", SEEDS[1].read_bytes())
    sent: list[bytes] = []

    class Watched(ThreadPoolExecutor):
        def submit(self, work: Any, data: bytes, /) -> Any:  # type: ignore[override]
            sent.append(data)
            return super().submit(work, data)

    options = BuildOptions((Url("memory://clerk:s3cret@in/a.txt"),), Url("memory://out/s3cret"), making=Making(formats=("html",)))
    with Watched(1) as executor:
        report = build(options, executor=executor)
    assert len(report.made) == 1, [str(outcome.error) for outcome in report.failed]
    assert len(sent) == 2
    assert not any(b"s3cret" in data for data in sent)
    assert not any(b"s3cret" in data for data in delivered(memory, "/out").values())


# ---------------------------------------------------------------- an object store


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of a server that speaks S3, and what its clients find in their environment."""
    pytest.importorskip("s3fs", reason="s3fs is not installed (extra store-tests)")
    moto = pytest.importorskip("moto.server", reason="moto[server] is not installed (extra store-tests)")
    server = moto.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        environment.setenv("AWS_ACCESS_KEY_ID", "clerk")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "s3cret")
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield f"http://{host}:{port}"
    fsspec.filesystem("s3").clear_instance_cache()
    server.stop()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_real_object_store(store: str, tmp_path: Path) -> None:
    system = fsspec.filesystem("s3")
    system.mkdir("phuong")
    for path in SEEDS[:3]:
        system.pipe_file(f"phuong/báo cáo/{path.name}", path.read_bytes())
    source, output = "s3://phuong/báo cáo/", "s3://phuong/ket-qua"
    report = run(source, output=output, jobs=2)
    assert not report.failed, [str(outcome.error) for outcome in report.failed]
    home: dict[str, bytes] = {}
    for path in SEEDS[:3]:
        built: Place = tmp_path / path.stem
        build(BuildOptions((path,), built, ROOT / "profiles", making=Making(formats=("html",)), jobs=1))
        home |= {p.relative_to(built).as_posix(): p.read_bytes() for p in tmp_path.joinpath(path.stem).rglob("brief.html")}
    system.invalidate_cache()
    there = {name: data for name, data in delivered(system, "phuong/ket-qua").items() if name.endswith("brief.html")}
    assert there == home
    assert len(run(source, output=output).kept) == 3
    system.pipe_file("phuong/ket-qua/" + report.outcomes[0].name + "/facts.json", b"{}")
    assert [outcome.why for outcome in run(source, output=output).outcomes] == [("output:facts.json",), (), ()]
    assert len(run("s3://phuong/b*/*.txt", output=output).kept) == 3
    # The table never names the key, and a bucket that is not there is told for what it is.
    missing = run("s3://nobody/a.txt", str(SEEDS[0]), output="s3://nobody/out")
    assert {outcome.error.exit_code for outcome in missing.failed if outcome.error} == {3, 8}
    assert "s3cret" not in repr(missing)
