"""The file itself: what goes in comes out, adding again, several processes, crashes, damage, other schemas."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from corpus_filler import article, line, locality, quantity, settled, sheet

from toolkit.corpus import Query, add, articles, check, export, listing, query, remove, select, stored
from toolkit.corpus.store import VERSION
from toolkit.errors import ReadError, UsageError
from toolkit.model.place import Url

ROOT = Path(__file__).parents[2]


def write(path: Path, objects: list[dict[str, Any]]) -> Path:
    path.write_text("".join(line(one) + "\n" for one in objects), "utf-8")
    return path


def brief(folder: Path, data: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "facts.json"
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def small(name: str, value: object, *, path: str = "in/a.txt", **fields: Any) -> dict[str, Any]:
    text = f"{name} có {value} hộ."
    place = fields.pop("locality", locality(name))
    made = [quantity(text, 0, str(value), id="ho.result", value=value)]
    return sheet(path, text, made, [(0, len(text))], locality=place, **fields)


def dump(corpus: Path) -> list[str]:
    base = sqlite3.connect(corpus)
    try:
        return list(base.iterdump())
    finally:
        base.close()


def test_what_goes_in_comes_out_byte_for_byte(tmp_path: Path) -> None:
    facts = write(tmp_path / "facts.jsonl", [article(i, 12) for i in range(20)])
    add(tmp_path / "a.sqlite", [facts])
    out = tmp_path / "out.jsonl"
    out.write_text("".join(one + "\n" for one in export(tmp_path / "a.sqlite")), "utf-8")
    assert sorted(out.read_bytes().splitlines()) == sorted(facts.read_bytes().splitlines())
    add(tmp_path / "b.sqlite", [out])
    assert list(export(tmp_path / "b.sqlite")) == list(export(tmp_path / "a.sqlite"))
    assert check(tmp_path / "b.sqlite") == []


def test_a_facts_file_becomes_one_line_of_the_same_content(tmp_path: Path) -> None:
    data = settled([article(3, 6)])
    data["quantities"][0]["value"]["label"] = 'tên  có "dấu"\n và \\ khoảng trắng'
    brief(tmp_path / "out/x/2020-2025", data)
    add(tmp_path / "c.sqlite", [tmp_path / "out"])
    (found,) = export(tmp_path / "c.sqlite")
    assert found == line(data)


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    corpus, facts = tmp_path / "c.sqlite", write(tmp_path / "f.jsonl", [article(1, 6), article(2, 6)])
    assert add(corpus, [facts]).new == 2
    before = dump(corpus)
    again = add(corpus, [facts, facts])
    assert (again.new, again.replaced, again.unchanged, again.facts) == (0, 0, 4, 0)
    assert dump(corpus) == before


def test_a_rebuilt_brief_takes_the_place_of_the_former(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "c.sqlite", tmp_path / "out/an/2020-2025"
    brief(folder, settled([small("An", 5)]))
    brief(tmp_path / "out/binh/2020-2025", settled([small("Bình", 9, path="in/b.txt")]))
    add(corpus, [tmp_path / "out"])
    brief(folder, settled([small("An", 6)]))
    done = add(corpus, [tmp_path / "out"])
    assert (done.new, done.replaced, done.unchanged) == (0, 1, 1)
    assert [row.value for row in query(corpus, Query()).rows] == ["6", "9"]
    assert len([one for one in dump(corpus) if 'INSERT INTO "sources"' in one]) == 2  # the former version went
    assert check(corpus) == []


def test_another_output_folder_of_the_same_locality_is_the_same_brief(tmp_path: Path) -> None:
    brief(tmp_path / "a/an/2020-2025", settled([small("An", 5)]))
    brief(tmp_path / "b/an/2020-2025", settled([small("An", 6, path="in/other.txt")]))
    corpus = tmp_path / "c.sqlite"
    add(corpus, [tmp_path / "a"])
    assert add(corpus, [tmp_path / "b"]).replaced == 1


def test_two_places_of_one_name_stay_apart_where_the_province_is_unknown(tmp_path: Path) -> None:
    nowhere = locality("An", None)
    brief(tmp_path / "a/an/2020-2025", settled([small("An", 5, locality=nowhere)]))
    brief(tmp_path / "b/an/2020-2025", settled([small("An", 6, path="in/other.txt", locality=nowhere)]))
    corpus = tmp_path / "c.sqlite"
    add(corpus, [tmp_path / "a", tmp_path / "b"])
    assert [row.value for row in query(corpus, Query()).rows] == ["5", "6"]
    brief(tmp_path / "c/an/2020-2025", settled([small("An", 7, locality=nowhere)]))  # shares in/a.txt with the first
    assert add(corpus, [tmp_path / "c"]).replaced == 1
    assert sorted(row.value or "" for row in query(corpus, Query()).rows) == ["6", "7"]


def test_a_source_counts_once(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    raw = small("An", 5)
    add(corpus, [write(tmp_path / "raw.jsonl", [raw, {**raw, "source": {**raw["source"], "path": "copy/a.txt"}}])])
    assert len(query(corpus, Query()).rows) == 1
    brief(tmp_path / "out/an/2020-2025", settled([raw]))
    add(corpus, [tmp_path / "out"])
    assert [(one.kind, one.covered_by) for one in listing(corpus)] == [
        ("settled", None),
        ("facts", "an/2020-2025"),
        ("facts", "an/2020-2025"),
    ]
    assert len(query(corpus, Query()).rows) == 1
    assert len(list(export(corpus))) == 3
    remove(corpus, [str(tmp_path / "out")])
    assert len(query(corpus, Query()).rows) == 1  # told by the source again
    assert check(corpus) == []


def test_an_edited_source_takes_its_own_place_only(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    add(corpus, [write(tmp_path / "1.jsonl", [small("An", 5), small("Bình", 7, path="in/b.txt")])])
    done = add(corpus, [write(tmp_path / "2.jsonl", [small("An", 6), small("Đông", 8)])])  # in/a.txt of another project
    assert (done.new, done.replaced) == (1, 1)
    assert [row.value for row in query(corpus, Query()).rows] == ["6", "7", "8"]


def test_removing(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    add(corpus, [write(tmp_path / "1.jsonl", [small("An", 5), small("Bình", 7, path="in/b.txt")])])
    with pytest.raises(UsageError, match="holds nothing named"):
        remove(corpus, ["an", "nowhere/2020-2025"])
    assert len(listing(corpus)) == 2
    assert remove(corpus, ["an"]) == 1
    assert remove(corpus, [str(tmp_path / "1.jsonl")]) == 1
    assert not [one for one in dump(corpus) if one.startswith("INSERT")]


def test_a_figure_of_a_profile_names_the_profile(tmp_path: Path) -> None:
    data = settled([small("An", 5)])
    added = {**quantity("750 hộ", 0, "750 hộ", id="ho.plan", value=750, role="plan")}
    data["quantities"].append({"value": added, "origin": {"kind": "profile", "ref": "profiles/an.yaml:4:9", "reason": "báo cáo"}})
    brief(tmp_path / "out/an/2020-2025", data)
    add(tmp_path / "c.sqlite", [tmp_path / "out"])
    row = query(tmp_path / "c.sqlite", Query(role="plan")).rows[0]
    assert (row.source, row.origin, row.reason, row.quote) == ("profiles/an.yaml", "profile", "báo cáo", "750 hộ")


def test_a_corpus_moves_with_its_folder(tmp_path: Path) -> None:
    brief(tmp_path / "out/an/2020-2025", settled([small("An", 5)]))
    add(tmp_path / "out/corpus.sqlite", [tmp_path / "out"])
    (tmp_path / "out").rename(tmp_path / "moved")
    corpus = tmp_path / "moved/corpus.sqlite"
    assert add(corpus, [tmp_path / "moved"]).unchanged == 1
    assert [one.origin for one in select(corpus, Query())] == [tmp_path / "moved/an/2020-2025/facts.json"]
    assert stored(corpus, "an/2020-2025")[0][1]["schema"] == "nhiemky.dossier/1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "it is no JSON"),
        ("[]", "it holds no facts of nhiemky"),
        ('{"schema":"nhiemky.facts/9"}', "it holds no facts of nhiemky"),
        ('{"schema":"nhiemky.facts/1"}', "it does not hold to its schema"),
        ('{"schema":"nhiemky.facts/1","x":NaN}', "it is no JSON"),
        ("\udcff", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
    ],
)
def test_what_cannot_be_read_is_reported_and_the_rest_added(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "f.jsonl"
    path.write_bytes(text.encode("utf-8", "surrogateescape") + b"\n" + line(small("An", 5)).encode() + b"\n")
    done = add(tmp_path / "c.sqlite", [path])
    assert done.new == 1
    assert [(error.what.startswith(says), error.where) for error in done.errors] == [(True, f"{path}:1")]


@pytest.mark.parametrize(
    "change",
    [
        {"start": 0},
        {"quote": "66"},
        {"kind": "colour"},
        {"value": "5"},
        {"value": True},
        {"place": True},
        {"indicator": {}},
        {"per": "năm"},
        {"role": None},
    ],
)
def test_a_fact_without_ground_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    data = small("An", 5)
    data["source"]["text"] = "An có 5 hộ."
    data["quantities"][0] |= change
    done = add(tmp_path / "c.sqlite", [write(tmp_path / "f.jsonl", [data])])
    assert done.new == 0
    assert len(done.errors) == 1


def test_two_processes_add_at_the_same_time(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    files = [write(tmp_path / f"{k}.jsonl", [article(i, 30) for i in range(k * 40, k * 40 + 60)]) for k in range(3)]
    running = [command("corpus", "add", str(file), "--corpus", str(corpus)) for file in files]
    assert [process.wait(120) for process in running] == [0, 0, 0]
    assert len(listing(corpus)) == 140  # twenty of each neighbour are the same
    assert len(query(corpus, Query()).rows) == 140 * 30
    assert check(corpus) == []


def command(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"NHIEMKY_LANG": "en"},
    )


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_addition_leaves_the_former_state(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    add(corpus, [write(tmp_path / "first.jsonl", [article(i, 10) for i in range(5)])])
    before = dump(corpus)
    big = write(tmp_path / "big.jsonl", [article(i, 60) for i in range(2, 400)])
    caught = 0
    for wait in (0.0, 0.05, 0.15, 0.3):
        process = command("corpus", "add", str(big), "--corpus", str(corpus))
        journal = corpus.with_name(corpus.name + "-journal")
        deadline = time.monotonic() + 60
        while not journal.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(wait)
        process.kill()
        process.communicate()
        if process.returncode == 0:  # it was quicker
            break
        caught += 1
        assert check(corpus) == []
        assert dump(corpus) == before
    assert caught
    assert add(corpus, [big]).errors == []
    assert check(corpus) == []
    assert len(listing(corpus)) == 400


def spoiled(tmp_path: Path, how: str) -> Path:
    corpus = tmp_path / "c.sqlite"
    if how == "text":
        corpus.write_text("đây là văn bản, không phải cơ sở dữ liệu", "utf-8")
        return corpus
    if how == "foreign":
        base = sqlite3.connect(corpus)
        base.execute("CREATE TABLE bookmarks (x)")
        base.commit()
        base.close()
        return corpus
    add(corpus, [write(tmp_path / "f.jsonl", [article(i, 40) for i in range(8)])])
    if how in ("newer", "older"):
        base = sqlite3.connect(corpus)
        base.execute(f"PRAGMA user_version = {VERSION + (1 if how == 'newer' else -1)}")
        base.commit()
        base.close()
    elif how == "cut":
        corpus.write_bytes(corpus.read_bytes()[:9000])
    elif how == "noise":
        data = bytearray(corpus.read_bytes())
        data[4096 : len(data) // 2] = bytes(i % 251 for i in range(len(data) // 2 - 4096))
        corpus.write_bytes(data)
    return corpus


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("text", "it is no corpus"),
        ("foreign", "it is no corpus: it is a SQLite file of another program"),
        ("newer", f"the corpus has schema {VERSION + 1}"),
        ("older", f"the corpus has {'the older ' if VERSION > 1 else ''}"),
        ("cut", "the corpus is damaged"),
        ("noise", "the corpus is damaged"),
    ],
)
@pytest.mark.parametrize("call", [("query", "thu-ngan-sach"), ("corpus", "list"), ("corpus", "add", "{f}"), ("corpus", "export")])
def test_a_damaged_or_foreign_file_is_told_of(tmp_path: Path, how: str, says: str, call: tuple[str, ...]) -> None:
    if how == "older" and VERSION == 1:
        says = "the corpus has the older schema 0"
    corpus = spoiled(tmp_path, how)
    before = corpus.read_bytes()
    extra = write(tmp_path / "more.jsonl", [small("An", 5)])
    process = command(*(word.format(f=extra) for word in call), "--corpus", str(corpus))
    out, err = (text.decode() for text in process.communicate(timeout=60))
    assert process.returncode == ReadError.exit_code, (out, err)
    assert says in err
    assert "→" in err
    assert "Traceback" not in err
    assert corpus.read_bytes() == before


def test_check_sees_rows_that_were_changed(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    add(corpus, [write(tmp_path / "f.jsonl", [small("An", 5)])])
    base = sqlite3.connect(corpus)
    base.execute("UPDATE facts SET value = '6'")
    base.commit()
    base.close()
    (issue,) = check(corpus)
    assert "facts" in issue.message
    process = command("corpus", "check", "--corpus", str(corpus))
    assert process.wait(60) == 3
    process.communicate()


def test_no_corpus_no_surprise(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no corpus"):
        query(tmp_path / "none.sqlite", Query())
    assert not (tmp_path / "none.sqlite").exists()
    with pytest.raises(UsageError, match="there is no such file"):
        add(tmp_path / "none.sqlite", [tmp_path / "nothing"])
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"congress": "thứ tư"},
        {"congress": {"ordinal": 4}},
        {"congress": 10**30},
        {"next_term": ["2025-2030"]},
        {"year": {}},
        {"year": 2024},
        {"people": [{"name": "Lê A", "roles": None, "spans": []}]},
        {"documents": [{"type": "Nghị quyết", "number": 1.5, "date": None, "issuer": None, "spans": []}]},
        {"source": {"path": "in/x.txt", "sha256": "0", "title": ["a", "b"]}},
        {"source": {"path": "in/x.txt", "sha256": "0", "publisher": "\ud800"}},
    ],
)
def test_a_value_that_no_table_holds_is_the_objects_fault(tmp_path: Path, change: dict[str, Any]) -> None:
    """Not the corpus's: nobody shall throw that away because of a strange file; and nothing of it stays."""
    strange = {**small("Bình", 7, path="in/x.txt"), **change}
    path = tmp_path / "f.jsonl"
    objects = (small("An", 5), strange, small("Đông", 6, path="in/d.txt"))
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), "utf-8")
    done = add(tmp_path / "c.sqlite", [path])
    assert (done.new, [error.where for error in done.errors]) == (2, [f"{path}:2"])
    assert done.errors[0].what.startswith("it does not hold to its schema")
    assert [row.value for row in query(tmp_path / "c.sqlite", Query()).rows] == ["5", "6"]
    assert "Bình" not in "".join(dump(tmp_path / "c.sqlite"))
    assert check(tmp_path / "c.sqlite") == []


@pytest.mark.parametrize("where", ["out", "elsewhere"])
def test_a_folder_that_was_added_is_removed_by_its_name(tmp_path: Path, where: str) -> None:
    """Also the folder that the corpus itself is in, from which its files are named."""
    corpus = tmp_path / where / "corpus.sqlite"
    brief(tmp_path / "out/an/2020-2025", settled([small("An", 5)]))
    far = write(tmp_path / "far.jsonl", [small("Bình", 7, path="in/b.txt")])
    add(corpus, [tmp_path / "out", far])
    with pytest.raises(UsageError, match="holds nothing named ''"):
        remove(corpus, [""])
    assert remove(corpus, [str(tmp_path / "out")]) == 1
    assert [one.folder for one in listing(corpus)] == ["binh/2020-2025"]


def test_of_two_localities_of_one_name_the_one_asked_for_is_selected(tmp_path: Path) -> None:
    corpus = tmp_path / "c.sqlite"
    here, there = locality("An", "Hà Nội"), locality("An", "Huế")
    facts = [small("An", 5, path="in/1.txt", locality=here), small("An", 6, path="in/2.txt", locality=there)]
    add(corpus, [write(tmp_path / "f.jsonl", facts)])
    assert len({one.folder for one in listing(corpus)}) == 1
    assert [[str(path) for path in one.sources] for one in select(corpus, Query(province="Huế"))] == [["in/2.txt"]]
    assert len(select(corpus, Query())) == 2


def test_articles_of_a_store_are_told_by_their_address(tmp_path: Path) -> None:
    add(tmp_path / "c.sqlite", [write(tmp_path / "f.jsonl", [small("An", 5, path="s3://kho/a.txt")])])
    assert articles(tmp_path / "c.sqlite", Query()) == (Url("s3://kho/a.txt"),)


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE builds SET term = '2015-2020'", "builds"),
        ("UPDATE builds SET covered_by = NULL", "builds"),
        ("UPDATE builds SET locality = NULL", "builds"),
        ("UPDATE spans SET quote = '9'", "spans"),
        ("UPDATE spans SET start = start + 1", "spans"),
        ("DELETE FROM spans", "spans"),
        ("UPDATE sentences SET text = 'An có 9 hộ.'", "sentences"),
        ("UPDATE localities SET province = 'Huế'", "localities"),
        ("UPDATE localities SET parents = '['", "localities"),
    ],
)
def test_check_sees_whatever_a_question_would_show_otherwise(tmp_path: Path, change: str, table: str) -> None:
    corpus = tmp_path / "c.sqlite"
    raw = small("An", 5)
    add(corpus, [write(tmp_path / "f.jsonl", [raw, {**raw, "source": {**raw["source"], "path": "copy/a.txt"}}])])
    assert check(corpus) == []
    with sqlite3.connect(corpus) as base:
        base.execute(change)
    base.close()
    assert {issue.message.split("table ")[1].split()[0] for issue in check(corpus)} == {table}
