"""What a second build makes anew, and what it leaves as it was."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from toolkit.batch import BuildOptions, RunReport, build
from toolkit.cache import NAME
from toolkit.errors import ProfileError
from toolkit.incremental import LIBRARIES
from toolkit.pipeline import Making
from toolkit.workspace import packaged_templates

TEXT = """Đảng bộ {name}: kết quả nhiệm kỳ 2015-2020

Đảng bộ {name}, huyện Mộc Châu, tỉnh Sơn La đã hoàn thành 12/14 chỉ tiêu nghị quyết đề ra. Thu ngân sách năm 2019 đạt
{money} tỷ đồng, vượt kế hoạch. Trong nhiệm kỳ kết nạp {people} đảng viên mới. Công tác cải cách hành chính được quan tâm thực hiện.
"""
ROOT = Path(__file__).parents[2]
NAMES = ("Tân Lập", "Chiềng Hắc", "Mường Sang")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three localities with a profile each."""
    monkeypatch.chdir(tmp_path)
    for folder in ("reports", "profiles/shared", "templates"):
        Path(folder).mkdir(parents=True)
    for i, name in enumerate(NAMES):
        Path(f"reports/{i}.txt").write_text(TEXT.format(name=f"xã {name}", money=i + 5, people=40 + i), "utf-8")
        profile = f"extends: son-la\nlocality: {{name: {name}, level: xã}}\nsources: [reports/{i}.txt]\n"
        Path(f"profiles/{i}.yaml").write_text(profile, "utf-8")
    Path("profiles/shared/son-la.yaml").write_text("display: {place: Sơn La}\n", "utf-8")
    return tmp_path


def run(**more: object) -> RunReport:
    making = replace(Making(formats=("html",)), **{k: more.pop(k) for k in ("style", "templates", "length") if k in more})  # type: ignore[arg-type]
    report = build(BuildOptions((Path("reports"),), making=making, jobs=1, **more))  # type: ignore[arg-type]
    assert not report.failed, report.failed
    return report


def made(report: RunReport) -> dict[str, tuple[str, ...]]:
    return {outcome.name.split("/")[0]: outcome.why for outcome in report.outcomes if outcome.why}


@pytest.fixture
def aged(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """As if all files were written some time ago: contents of fresh ones are never remembered."""
    return lambda: monkeypatch.setattr("toolkit.cache.SETTLED", -1)


def test_nothing_changed_is_nothing_made(place: Path) -> None:
    first = run()
    assert {*made(first).values()} == {("new",)}
    before = {path: path.stat().st_mtime_ns for path in Path("output").rglob("brief.html")}
    second = run()
    assert made(second) == {}
    assert [outcome.name for outcome in second.outcomes] == [outcome.name for outcome in first.outcomes]
    assert [outcome.issues for outcome in second.outcomes] == [outcome.issues for outcome in first.outcomes]
    assert [outcome.files for outcome in second.outcomes] == [outcome.files for outcome in first.outcomes]
    assert before == {path: path.stat().st_mtime_ns for path in Path("output").rglob("brief.html")}


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def add(path: str, text: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(text)


GONE = ("output:brief.html", "output:facts.json", "output:manifest.json")
CHANGES: list[tuple[str, Callable[[], object], dict[str, tuple[str, ...]]]] = [
    ("a source", lambda: edit("reports/1.txt", "41 đảng", "44 đảng"), {"1": ("changed:source reports/1.txt",)}),
    (
        "a profile's wish",
        lambda: edit("profiles/2.yaml", "locality:", "display: {length: full}\nlocality:"),
        {"2": ("changed:profile",)},
    ),
    ("a note in a profile", lambda: add("profiles/0.yaml", "# ghi chú\n"), {}),
    ("distribution alone", lambda: add("profiles/0.yaml", "distribution: {a: [{email: a@example.vn}]}\n"), {}),
    ("a file only touched", lambda: os.utime("reports/0.txt"), {}),
    (
        "a shared layer",
        lambda: edit("profiles/shared/son-la.yaml", "place: Sơn La", 'colour: "#9b1c1c"'),
        dict.fromkeys("012", ("changed:profile",)),
    ),
    (
        "a brief that was edited",
        lambda: edit("output/1/2015-2020/brief.html", "</body>", "x</body>"),
        {"1": ("output:brief.html",)},
    ),
    ("a brief that is gone", lambda: shutil.rmtree("output/0"), {"0": GONE}),
    (
        "a new source of a known place",
        lambda: add("reports/0b.txt", TEXT.format(name="xã Tân Lập", money=9, people=1)),
        {"0": ("joined:source reports/0b.txt",)},
    ),
]


@pytest.mark.parametrize(("change", "expected"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_exactly_what_depends_on_a_change_is_made(
    place: Path, aged: Callable[[], None], change: Callable[[], object], expected: dict[str, tuple[str, ...]]
) -> None:
    run()
    aged()
    run()
    change()
    found = made(run())
    assert {name: tuple(code for code in codes if code != "changed:grouping") for name, codes in found.items()} == {
        name: tuple(code for code in codes if code != "changed:grouping") for name, codes in expected.items()
    }
    assert made(run()) == {}


def test_another_content_of_the_same_size_and_time_is_seen(place: Path, aged: Callable[[], None]) -> None:
    """``cp -p``, an unpacked archive, a restored backup: the time that a user sees says nothing."""
    aged()
    run()
    assert made(run()) == {}
    for name, old, new, why in (
        ("reports/1.txt", "41 đảng", "44 đảng", {"1": ("changed:source reports/1.txt",)}),
        ("profiles/shared/son-la.yaml", "Sơn La", "Sơn Na", dict.fromkeys("012", ("changed:profile",))),
        ("output/1/2015-2020/brief.html", "</body>", "</BODY>", {"1": ("output:brief.html",)}),
    ):
        before = Path(name).stat()
        edit(name, old, new)
        os.utime(name, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert Path(name).stat().st_size == before.st_size
        assert made(run()) == why
        assert made(run()) == {}


def test_briefs_of_which_only_the_times_are_other_are_kept(place: Path) -> None:
    """A copied or restored output folder, or two runs that wrote the same at once."""
    run()
    Path("output").rename("former")
    shutil.copytree("former", "output")
    for path in Path("output").rglob("*.*"):
        os.utime(path, ns=(0, 0))
    before = {path: path.stat().st_ctime_ns for path in Path("output/1").rglob("*.*")}
    assert made(run()) == {}
    assert before == {path: path.stat().st_ctime_ns for path in Path("output/1").rglob("*.*")}
    edit("output/1/2015-2020/facts.json", "41", "44")
    assert made(run()) == {"1": ("output:facts.json",)}


def test_a_rebuild_gives_what_a_fresh_build_gives(place: Path, tmp_path: Path) -> None:
    run()
    edit("reports/1.txt", "41 đảng viên", "44 đảng viên")
    edit("profiles/2.yaml", "locality:", "display: {length: full}\nlocality:")
    run()
    again = {path.relative_to("output"): path.read_bytes() for path in Path("output").rglob("*.*") if not path.name.startswith(".")}
    shutil.rmtree("output")
    run()
    fresh = {path.relative_to("output"): path.read_bytes() for path in Path("output").rglob("*.*") if not path.name.startswith(".")}
    assert again == fresh


def test_a_macro_makes_the_briefs_of_the_styles_that_call_it(place: Path) -> None:
    """``bars`` is called by publications, never by an official form."""
    mine = Path("templates")
    (mine / "macros").mkdir()
    macro = mine / "macros/bars.html"
    shutil.copy(packaged_templates() / "macros/bars.html", macro)
    edit("profiles/1.yaml", "locality:", "display: {style: dang}\nlocality:")
    run(templates=mine)
    edit(str(macro), "Thanh dài bằng kết quả", "Thanh cho biết kết quả")
    assert made(run(templates=mine)) == {"0": ("changed:templates",), "2": ("changed:templates",)}


def test_what_is_left_of_an_earlier_state_is_named(place: Path) -> None:
    """A format that is not made again, a folder whose sources make another brief now; nothing where all is as it should be."""
    edit("reports/0.txt", "nhiệm kỳ 2015-2020", "nhiệm kỳ 2010-2015")
    first = Path("output/0/2010-2015")
    both = BuildOptions((Path("reports"),), making=Making(formats=("html", "embed")), jobs=1)
    assert build(both).former == ()
    Path("output/1/2015-2020/ghi-chu.txt").write_text("của người dùng", "utf-8")
    assert run().former == (), "the facts are still the same"
    edit("reports/1.txt", "41 đảng", "44 đảng")
    assert run().former == (Path("output/1/2015-2020/embed.html"),)
    edit("reports/0.txt", "nhiệm kỳ 2010-2015", "nhiệm kỳ 2015-2020")
    assert run().former == (first,)
    assert run().former == (first,), "as long as it is there"
    assert build(replace(both, sources=(Path("reports/2.txt"),))).former == (), "of sources that were not read nothing is known"
    shutil.rmtree(first)
    assert run().former == ()


def test_another_wish_of_the_call_makes_all_anew(place: Path) -> None:
    run()
    assert set(made(run(length="full"))) == {"0", "1", "2"}
    assert all("changed:options" in codes for codes in made(run(style="dang")).values())


def test_another_version_of_a_library_makes_all_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of one that another one brings along, as the hyphenation of the PDF engine or the dates of web pages."""
    import importlib.metadata

    run()
    versions = importlib.metadata.version
    for library in ("pyphen", "htmldate"):
        monkeypatch.setattr(importlib.metadata, "version", lambda name, other=library: "0" if name == other else versions(name))
        assert all("changed:package" in codes for codes in made(run()).values())
        assert made(run()) == {}


def test_every_library_is_looked_at_that_a_brief_may_depend_on() -> None:
    """Everything that nhiemky asks for, but for what shows, sends, spreads work or writes spreadsheets."""
    import tomllib

    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[><=\s]", one)[0] for one in asked}
    assert names - set(LIBRARIES) == {"click", "rich", "email-validator", "pebble", "xlsxwriter"}
    assert all(version(name) for name in LIBRARIES)


def test_fresh_makes_all_anew(place: Path) -> None:
    run()
    assert made(run(fresh=True)) == dict.fromkeys("012", ("fresh",))


def test_a_fault_in_one_changed_profile_is_told_and_the_next_run_is_whole(place: Path) -> None:
    run()
    sound = Path("profiles/1.yaml").read_text("utf-8")
    Path("profiles/1.yaml").write_text("locality: {nam: x}\n", "utf-8")
    with pytest.raises(ProfileError) as caught:
        run()
    assert [issue.where.split(":")[0] for issue in caught.value.issues] == ["profiles/1.yaml"]
    Path("profiles/1.yaml").write_text(sound, "utf-8")
    assert made(run()) == {}


def test_a_source_that_goes_and_comes_back(place: Path) -> None:
    run()
    kept = Path("reports/1.txt").read_text("utf-8")
    Path("reports/1.txt").unlink()
    report = run()
    assert [outcome.name.split("/")[0] for outcome in report.outcomes] == ["0", "2"]
    Path("reports/1.txt").write_text(kept, "utf-8")
    assert made(run()) == {}


DAMAGES = ["rubbish", "empty", "half", "inside", "another layout", "another program's", "values", "seals", "another user's"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_cache_that_is_damaged_or_foreign_is_made_again(
    place: Path, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    cache = Path("output") / NAME
    with sqlite3.connect(cache) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if damage == "another layout":
            base.execute("PRAGMA user_version = 999")
        elif damage == "another program's":
            base.execute("PRAGMA application_id = 7")
        elif damage == "values":
            base.execute("UPDATE value SET data = zeroblob(length(data))")
        elif damage == "seals":
            base.execute("UPDATE value SET seal = 'x', data = 'y'")
    base.close()
    data = cache.read_bytes()
    if damage == "rubbish":
        cache.write_bytes(b"\x00\xffnonsense" * 5000)
    elif damage == "empty":
        cache.write_bytes(b"")
    elif damage == "half":
        cache.write_bytes(data[: len(data) // 2 // 4096 * 4096])
    elif damage == "inside":
        cache.write_bytes(data[:8192] + b"\x05" * (len(data) - 8192))
    elif damage == "another user's":
        monkeypatch.setenv("NHIEMKY_CACHE", str(tmp_path / "elsewhere"))
    report = run()
    assert set(made(report)) == {"0", "1", "2"}
    assert report.discarded is (damage in ("rubbish", "half", "inside", "another layout", "another program's"))
    assert made(run()) == {}


@pytest.mark.parametrize("path", ["templates/partials/sources.html", "templates/partials/masthead.html", "profiles/logo.svg"])
def test_what_is_changed_and_changed_back_while_briefs_are_made(place: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """What such a brief was made of nobody knows; it must not count as made of what is there before and after."""
    from toolkit import batch

    mine = Path("templates")
    (mine / "partials").mkdir()
    shutil.copy(packaged_templates() / "partials/sources.html", mine / "partials/sources.html")
    Path("profiles/logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    edit("profiles/1.yaml", "locality:", "display: {logo: logo.svg}\nlocality:")
    make, former = batch.make_unit, Path(path).read_bytes() if Path(path).exists() else None

    def meanwhile(unit: object) -> object:
        text = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>' if path.endswith("svg") else "<p>dở dang</p>"
        Path(path).write_text(text, "utf-8")
        try:
            return make(unit)  # type: ignore[arg-type]
        finally:
            Path(path).unlink() if former is None else Path(path).write_bytes(former)

    with monkeypatch.context() as here:
        here.setattr(batch, "make_unit", meanwhile)
        run(templates=mine)
    assert set(made(run(templates=mine))) == {"0", "1", "2"}
    assert "dở dang" not in Path("output/1/2015-2020/brief.html").read_text("utf-8")
    assert made(run(templates=mine)) == {}


@pytest.mark.parametrize("damage", ["digest = zeroblob(16)", "digest = 'x'", "seal = 'x'", "size = 'x', changed = NULL"])
def test_what_is_kept_of_files_is_sealed_as_well(place: Path, aged: Callable[[], None], damage: str) -> None:
    """A digest that the file does not have would be taken for a change while it was read, at every run again."""
    aged()
    run()
    with sqlite3.connect(Path("output") / NAME) as base:
        base.execute(f"UPDATE OR IGNORE stamp SET {damage}")
    base.close()
    assert made(run()) == {}


def test_a_folder_that_is_read_only_is_still_known(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A published copy on a read-only disk: nothing has changed, so nothing is made, and nothing fails."""
    run()
    cache = Path("output") / NAME
    sound = cache.read_bytes()

    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("toolkit.cache._ours", locked)
    monkeypatch.setattr("toolkit.cache.os.access", lambda *_: False)
    assert made(run()) == {}
    edit("reports/1.txt", "41 đảng", "44 đảng")
    assert made(run()) == {"1": ("changed:source reports/1.txt",)}
    assert cache.read_bytes() == sound
    cache.write_bytes(b"rubbish" * 1000)
    assert set(made(run())) == {"0", "1", "2"}
    cache.unlink()
    cache.symlink_to("nowhere")
    assert set(made(run())) == {"0", "1", "2"}


def test_an_output_folder_that_cannot_hold_a_cache_still_gets_its_briefs(place: Path) -> None:
    (Path("output") / NAME).mkdir(parents=True)
    assert set(made(run())) == {"0", "1", "2"}
    assert set(made(run())) == {"0", "1", "2"}


def test_a_source_that_changes_while_it_is_read_is_no_brief_of_either_state(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit import batch

    digests = batch.contents_of

    def meanwhile(*given: object) -> dict[object, bytes]:
        told = digests(*given)  # type: ignore[arg-type]
        edit("reports/1.txt", "6 tỷ đồng", "66 tỷ đồng")
        return told  # type: ignore[return-value]

    monkeypatch.setattr(batch, "contents_of", meanwhile)
    report = build(BuildOptions((Path("reports"),), making=Making(formats=("html",)), jobs=1))
    assert [(o.name, o.error.what) for o in report.failed if o.error] == [("reports/1.txt", "the file changed while it was read")]
    assert len(report.made) == 2
    monkeypatch.setattr(batch, "contents_of", digests)
    assert made(run()) == {"1": ("new",)}
    assert "66 tỷ" in next(Path("output/1").rglob("brief.html")).read_text("utf-8").replace("\u00a0", " ")
