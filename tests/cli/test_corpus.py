"""``corpus``, ``query`` and ``diff`` as a user meets them: what is printed, in which format, with which exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit.cli import query as shown
from toolkit.model.amount import Kind
from toolkit.model.context import Level, Role, Sector

ROOT = Path(__file__).parents[2]


def nhiemky(*arguments: str, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "NHIEMKY_LANG": "en"}
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments], cwd=cwd, env=env, input=stdin, capture_output=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus of the five seeds, filled through a pipe."""
    folder = tmp_path_factory.mktemp("seeds")
    facts = nhiemky("extract", "seeds").stdout
    done = nhiemky("corpus", "add", "-", cwd=folder, stdin=facts)
    assert done.returncode == 0, done.stderr
    assert b"5 new, 0 replaced, 0 unchanged; 75 figures" in done.stdout
    assert b"0 new, 0 replaced, 5 unchanged" in nhiemky("corpus", "add", "-", cwd=folder, stdin=facts).stdout
    (folder / "facts.jsonl").write_bytes(facts)
    return folder


def test_the_choices_are_those_of_the_model() -> None:
    assert tuple(Role) == shown.ROLES
    assert tuple(Kind) == shown.KINDS
    assert tuple(Sector) == shown.SECTORS
    assert tuple(Level) == shown.LEVELS


def test_export_gives_back_what_was_extracted(seeds: Path) -> None:
    out = nhiemky("corpus", "export", cwd=seeds).stdout
    assert sorted(out.splitlines()) == sorted((seeds / "facts.jsonl").read_bytes().splitlines())


def test_the_table_shows_sentence_and_place(seeds: Path) -> None:
    done = nhiemky("query", "thu ngân sách", "--locality", "Ngọc Thụy", cwd=seeds)
    out = done.stdout.decode()
    assert "tổng thu ngân sách trên địa bàn phường: 11 tỷ 708 triệu đồng" in out
    assert "seeds/ngoc-thuy-2023.txt:3400-3420 “" in out
    assert b"with a term inferred from the date" in done.stderr


def test_csv_is_what_spreadsheets_open(seeds: Path) -> None:
    done = nhiemky("query", "thu-ngan-sach", "--format", "csv", cwd=seeds)
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in done.stdout
    assert b"\r\r\n" not in done.stdout
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert {row["locality"]: row["value"] for row in rows} == {"Ngọc Thụy": "11708000000", "Thanh Xuân": "14.16"}


def test_json_and_json_lines_say_the_same(seeds: Path) -> None:
    whole = json.loads(nhiemky("query", "thu-ngan-sach", "--format", "json", cwd=seeds).stdout)
    lines = [json.loads(one) for one in nhiemky("query", "thu-ngan-sach", "--format", "jsonl", cwd=seeds).stdout.splitlines()]
    assert whole["rows"] == lines
    assert whole["counts"]["figures"] == 2
    assert lines[0]["value"] == 11708000000


def test_a_spreadsheet_is_written_the_same_each_time(seeds: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert nhiemky("query", "--kind", "percent", "--format", "xlsx", "-o", name, cwd=seeds).returncode == 0
    assert (seeds / "a.xlsx").read_bytes() == (seeds / "b.xlsx").read_bytes()
    with zipfile.ZipFile(seeds / "a.xlsx") as book:
        assert "đạt 143%" in book.read("xl/sharedStrings.xml").decode()
        assert b"<v>143</v>" in book.read("xl/worksheets/sheet1.xml")


def test_the_name_of_the_file_says_the_format(seeds: Path) -> None:
    for name, begins in (
        ("x.xlsx", b"PK"),
        ("x.json", b"{"),
        ("x.jsonl", b"{"),
        ("x.csv", b"\xef\xbb\xbf"),
        ("x", b"\xef\xbb\xbf"),
    ):
        assert nhiemky("query", "thu-ngan-sach", "-o", name, cwd=seeds).returncode == 0
        assert (seeds / name).read_bytes().startswith(begins)
    assert nhiemky("query", "thu-ngan-sach", "-o", "x.txt", "--format", "jsonl", cwd=seeds).returncode == 0
    assert (seeds / "x.txt").read_bytes() == (seeds / "x.jsonl").read_bytes()


def test_standard_input_may_be_closed(tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_bytes(nhiemky("extract", "seeds/ha-dinh-2020.txt").stdout)
    command = f"exec {sys.executable} -m toolkit corpus add f.jsonl <&-"
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "NHIEMKY_LANG": "en"}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, timeout=120, check=False)
    assert (done.returncode, b"1 new" in done.stdout) == (0, True), done.stderr


def test_ranking(seeds: Path) -> None:
    done = nhiemky("query", "đảng viên", "--kind", "count", "--rank", "--best", "high", "--format", "jsonl", cwd=seeds)
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["rank"] == 1
    assert b"left out" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("query", "thu-ngan-sahc"), 2, "did you mean thu-ngan-sach?"),
        (("query", "con tàu vũ trụ"), 1, "Nothing was found."),
        (("query", "thu-ngan-sach", "--rank", "--trend"), 2, "--rank or --trend"),
        (("query", "--format", "xlsx"), 2, "--output"),
        (("query", "x", "--best", "high"), 2, "add --rank"),
        (("query", "x", "--corpus", "none.sqlite"), 2, "there is no corpus"),
        (("query", "x", "--corpus", "."), 2, "a folder stands where the corpus should be"),
        (("corpus", "remove", "nowhere"), 2, "holds nothing named"),
        (("corpus", "add", "nowhere"), 2, "there is no such file or folder"),
        (("diff", "nowhere", "nowhere"), 2, "holds nothing named"),
        (("diff", "nowhere.txt", "nowhere.txt", "--corpus", "none.sqlite"), 2, "no file, folder or brief of a corpus named"),
    ],
)
def test_wrong_calls_say_what_to_do(seeds: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = nhiemky(*arguments, cwd=seeds)
    assert (done.returncode, says in done.stderr.decode()) == (code, True), done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_two_terms_of_a_locality_and_two_places_of_one_name(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests/corpus"))
    try:
        from corpus_filler import line, locality, quantity, sheet
    finally:
        sys.path.pop(0)

    def report(path: str, term: str, value: int, province: str = "Hà Nội") -> str:
        text = f"Toàn phường kết nạp {value} đảng viên."
        made = [quantity(text, 0, str(value), id="x", value=value, unit="đảng viên", label="đảng viên mới", period=term)]
        return line(sheet(path, text, made, [(0, len(text))], locality=locality("An", province), term=term))

    lines = [report("a.txt", "2015-2020", 40), report("b.txt", "2020-2025", 52), report("c.txt", "2020-2025", 7, "Huế")]
    (tmp_path / "1.jsonl").write_text("\n".join(lines[:2]), "utf-8")
    assert nhiemky("corpus", "add", "1.jsonl", cwd=tmp_path).returncode == 0
    done = nhiemky("diff", "an/2015-2020", "an/2020-2025", cwd=tmp_path)
    assert done.returncode == 1
    assert "40 đảng viên → 52 đảng viên" in done.stdout.decode().replace("\u00a0", " ")
    (tmp_path / "2.jsonl").write_text(lines[2], "utf-8")
    assert nhiemky("corpus", "add", "2.jsonl", cwd=tmp_path).returncode == 0
    done = nhiemky("diff", "an/2015-2020", "an/2020-2025", cwd=tmp_path)
    assert (done.returncode, b"several localities" in done.stderr) == (2, True)


def test_output_folders_are_held_against_each_other_brief_by_brief(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests/corpus"))
    try:
        from corpus_filler import article, settled
    finally:
        sys.path.pop(0)
    for side in ("old", "new"):
        for i in (1, 2):
            data = settled([article(i, 3)])
            if side == "new" and i == 2:
                data["quantities"][0]["value"]["value"] += 10**9
            folder = tmp_path / side / data["locality"]["slug"] / "2020-2025"
            folder.mkdir(parents=True)
            (folder / "facts.json").write_text(json.dumps(data), "utf-8")
    done = nhiemky("diff", "old", "new", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)["differences"]
    assert [len(one["changed"]) for one in found] == [0, 1]
    assert [one["same"] for one in found] == [3, 2]
    assert nhiemky("diff", "old", "old", cwd=tmp_path).returncode == 0


def test_two_drafts_of_an_article(tmp_path: Path) -> None:
    text = (ROOT / "seeds/ngoc-thuy-2023.txt").read_text("utf-8")
    assert "11 tỷ 708 triệu đồng" in text
    (tmp_path / "1.txt").write_text(text, "utf-8")
    (tmp_path / "2.txt").write_text(text.replace("11 tỷ 708 triệu đồng", "12 tỷ 500 triệu đồng"), "utf-8")
    assert nhiemky("diff", "1.txt", "1.txt", cwd=tmp_path).returncode == 0
    done = nhiemky("diff", "1.txt", "2.txt", cwd=tmp_path)
    assert done.returncode == 1
    out = done.stdout.decode().replace("\u00a0", " ")
    assert "tổng thu ngân sách trên địa bàn phường (result): 11 tỷ 708 triệu đồng → 12,5 tỷ đồng" in out
    assert "+ 2.txt:3400-3420 “" in out
    assert "1 changed, 0 added, 0 removed" in out
    found = json.loads(nhiemky("diff", "1.txt", "2.txt", "--format", "json", cwd=tmp_path).stdout)["differences"][0]
    assert [(c["old"]["value"], c["new"]["value"]) for c in found["changed"]] == [(11708000000, 12500000000)]
    assert (found["added"], found["removed"]) == ([], [])


def test_a_comparison_of_what_the_corpus_finds(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    (folder / "seeds").mkdir(parents=True)
    for path in (ROOT / "seeds").glob("*.txt"):
        (folder / "seeds" / path.name).write_bytes(path.read_bytes())
    assert nhiemky("corpus", "add", "-", cwd=folder, stdin=nhiemky("extract", "seeds", cwd=folder).stdout).returncode == 0
    done = nhiemky("compare", "--level", "phường", "--term", "2020-2025", "-f", "csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(next((folder / "output/so-sanh").rglob("*.csv")).read_text("utf-8-sig"))))
    assert {row["column"] for row in rows} == {"duc-thang/2022", "kien-hung/2020-2025", "ngoc-thuy/2020-2025"}

    (folder / "output/corpus.sqlite").rename(folder / "all.sqlite")
    done = nhiemky("compare", "--corpus", "all.sqlite", "-f", "csv", "--name", "tat-ca", cwd=folder)  # all that it holds
    assert done.returncode == 0, done.stderr
    assert "ha-dinh/2015-2020" in (folder / "output/so-sanh/tat-ca/comparison.csv").read_text("utf-8-sig")
    (folder / "all.sqlite").rename(folder / "output/corpus.sqlite")

    for asked in (("--term", "2020-2025"), ("--corpus", "output/corpus.sqlite")):
        done = nhiemky("compare", *asked, "seeds", cwd=folder)
        assert (done.returncode, b"leave the articles out" in done.stderr) == (2, True)
    done = nhiemky("compare", "--query", "tàu vũ trụ", cwd=folder)
    assert (done.returncode, b"no figure of what was asked for" in done.stderr) == (2, True)
    (folder / "seeds/kien-hung-2025.txt").unlink()
    done = nhiemky("compare", "--level", "phường", "--term", "2020-2025", cwd=folder)
    assert (done.returncode, b"seeds/kien-hung-2025.txt" in done.stderr) == (2, True)


def test_sets_of_one_name_stay_apart(tmp_path: Path) -> None:
    """Two terms told by one article are two lines of an export under the same article."""
    sys.path.insert(0, str(ROOT / "tests/corpus"))
    try:
        from corpus_filler import article, line, settled
    finally:
        sys.path.pop(0)
    former, latter = settled([article(1, 3)]), settled([article(1, 3)])
    latter["term"]["value"] = "2025-2030"
    (tmp_path / "old.jsonl").write_text(line(former) + "\n" + line(latter) + "\n", "utf-8")
    former["quantities"][0]["value"]["value"] += 10**9
    (tmp_path / "new.jsonl").write_text(line(former) + "\n" + line(latter) + "\n", "utf-8")
    assert nhiemky("diff", "old.jsonl", "old.jsonl", cwd=tmp_path).returncode == 0
    done = nhiemky("diff", "old.jsonl", "new.jsonl", "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)["differences"]
    assert (done.returncode, [len(one["changed"]) for one in found]) == (1, [1, 0])
