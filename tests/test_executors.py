"""A build by workers of somebody else: the same bytes, and every way in which they fail has its words."""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.batch import BuildOptions, RunReport, build
from toolkit.cli import nhiemky
from toolkit.errors import TemplateError, ToolkitError, UsageError
from toolkit.executors import opened
from toolkit.pipeline import Making
from toolkit.workers import Workers

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
ONE = SEEDS / "ha-dinh-2020.txt"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of profiles, one with a logo, and one of templates of the user's own."""
    profiles, templates = tmp_path / "profiles", tmp_path / "templates"
    profiles.mkdir()
    (profiles / "ha-dinh.yaml").write_text("locality:\n  name: Hạ Đình\ndisplay:\n  logo: huy-hieu.png\n", "utf-8")
    (profiles / "huy-hieu.png").write_bytes(PNG)
    (templates / "styles").mkdir(parents=True)
    (templates / "styles/extra-screen.css").write_text("body { background: #fffbe6 }\n", "utf-8")
    (templates / "partials").mkdir()
    (templates / "partials/sources.html").write_text("<p>Nguồn: đã đối chiếu.</p>\n", "utf-8")
    return profiles, templates


def run(
    source: Path,
    output: Path,
    executor: Executor | None = None,
    own: tuple[Path, Path] | None = None,
    formats: tuple[str, ...] = ("html",),
    **options: object,
) -> RunReport:
    profiles, templates = own or (None, None)
    making = Making(formats=formats, templates=templates)
    return build(BuildOptions((source,), output, profiles, making=making, **({"jobs": 1} | options)), executor=executor)  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, str]:
    """Every delivered file below a folder with its checksum; what the build keeps for itself is hidden."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(params=["threads:2", "processes:2"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with opened(request.param) as found:
        yield found


def test_the_same_bytes_as_at_home(executor: Executor, own: tuple[Path, Path], tmp_path: Path) -> None:
    far = run(ONE, tmp_path / "far", executor, own, formats=("html", "docx"))
    home = run(ONE, tmp_path / "home", None, own, formats=("html", "docx"))
    assert not far.failed, [str(outcome.error) for outcome in far.failed]
    assert tree(tmp_path / "far") == tree(tmp_path / "home")
    assert [(o.name, o.issues, o.audited, o.why) for o in far.outcomes] == [
        (o.name, o.issues, o.audited, o.why) for o in home.outcomes
    ]
    page = (tmp_path / "far/ha-dinh/2015-2020/brief.html").read_text("utf-8")
    assert "data:image/png;base64" in page
    assert "đã đối chiếu" in page
    assert {path.name for path in far.outcomes[0].files} == {"brief.html", "brief.docx", "facts.json"}
    assert not run(ONE, tmp_path / "far", executor, own, formats=("html", "docx")).outcomes[0].why, "the next build keeps it"


def test_what_cannot_be_read_or_written_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(ONE.read_bytes())
    (tmp_path / "in/b.docx").write_bytes(b"PK\x03\x04 no document")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/ha-dinh").write_text("in the way")
    with opened("threads:1") as executor:
        report = run(tmp_path / "in", tmp_path / "out", executor)
        lost = run(tmp_path / "no.txt", tmp_path / "other", executor)
    assert [(outcome.name.rsplit("/")[-1], outcome.error.exit_code) for outcome in report.failed if outcome.error] == [
        ("b.docx", 3),
        ("2015-2020", 8),
    ]
    assert lost.exit_code(strict=False) == 3


def test_faults_in_templates_are_told_as_the_user_knows_them(own: tuple[Path, Path], tmp_path: Path) -> None:
    (own[1] / "partials/sources.html").write_text("\n{{ brief.nothing_of_that }}\n", "utf-8")
    with opened("threads:1") as executor:
        far = run(ONE, tmp_path / "far", executor, own).failed
    home = run(ONE, tmp_path / "home", None, own).failed
    assert isinstance(far[0].error, TemplateError)
    assert str(own[1]) in far[0].error.where
    assert str(far[0].error) == str(home[0].error)


def test_templates_that_lead_out_do_not_travel(own: tuple[Path, Path], tmp_path: Path) -> None:
    (own[1] / "partials/title.html").symlink_to(ONE)
    with opened("threads:1") as executor, pytest.raises(TemplateError, match="leads out of its folder"):
        run(ONE, tmp_path / "far", executor, own)


@pytest.mark.parametrize(
    ("prepared", "said"),
    [
        ("import sys; sys.modules['toolkit'] = None", "cannot run nhiemky"),
        ("import toolkit.incremental as i; i.own_state = lambda: b'other'", "another version of nhiemky"),
        ("import os; os._exit(1)", "the executor failed: BrokenProcessPool"),
    ],
)
def test_workers_that_cannot_work_are_told_of(prepared: str, said: str, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=exec, initargs=(prepared,)) as executor:
        report = run(SEEDS, tmp_path, executor)
    assert len(report.failed) == 5
    for outcome in report.failed:
        assert outcome.error is not None
        assert said in outcome.error.what
        assert outcome.error.remedy


def test_an_executor_that_gives_nothing_is_given_up() -> None:
    free = threading.Event()
    with ThreadPoolExecutor(1) as executor, Workers(None, 40, executor, stalled=0.3) as workers:
        executor.submit(free.wait)
        results = list(workers.run(len, ["a"] * 40, "reading"))
        free.set()
    assert len(results) == 40
    assert all(isinstance(result, ToolkitError) and "gave no result" in result.what for _, result in results)


def test_threads_never_meet_in_the_engines(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as executor:
        report = run(SEEDS, tmp_path, executor, formats=("pdf",), jobs=None)
    assert len(report.made) == 5


@pytest.mark.parametrize(
    "name", ["cluster", "threads:0", "threads", "processes:x", "dask://", "dask://host", "dask:host:1", "http://x:1"]
)
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(UsageError, match="there is no executor") as caught, opened(name):
        pass
    assert "dask://HOST:PORT" in caught.value.remedy


def test_the_command_takes_a_name(tmp_path: Path) -> None:
    done = CliRunner().invoke(nhiemky, ["build", str(ONE), "-o", str(tmp_path), "-f", "html", "--executor", "threads:1"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "ha-dinh/2015-2020/brief.html").is_file()


def test_dask_asks_for_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="extra “dask”") as caught, opened("dask://localhost:8786"):
        pass
    assert "nhiemky[dask]" in caught.value.remedy
