"""From article to brief: the whole way with real parts, on the seeds and on everything that goes wrong in an office."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toolkit.batch import BuildOptions, RunReport, build, findings
from toolkit.errors import AuditError, DeliverError, ProfileError, ReadError, TemplateError, UsageError
from toolkit.pipeline import Making

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
EXPECTED = {
    "duc-thang/2022": ("Đức Thắng", "annual"),
    "ha-dinh/2015-2020": ("Hạ Đình", "full-term"),
    "kien-hung/2020-2025": ("Kiến Hưng", "full-term"),
    "ngoc-thuy/2020-2025": ("Ngọc Thụy", "half-term"),
    "thanh-xuan/2020-2025": ("Thanh Xuân", "half-term"),
}
FURNITURE = (
    "Tin nổi bật", "Lượt xem", "Xem với cỡ chữ", "Đọc bài viết", "group of people", "Kinhtedothi", "PNTĐ", "Nhóm PV", "Minh Tâm",
    "các bài viết chuyên sâu", "]]>", "./.",
)  # fmt: skip

ARTICLE = """Đảng bộ xã Tân Lập: Kết quả nổi bật nhiệm kỳ 2015-2020

Nhiệm kỳ 2015-2020, Đảng bộ xã Tân Lập (huyện Yên Mỹ, tỉnh Hưng Yên) đã lãnh đạo hoàn thành 14/15 chỉ tiêu Nghị quyết Đại hội đề ra.

Về kinh tế: Thu nhập bình quân đầu người năm 2019 đạt 52 triệu đồng/người/năm.
Tổng thu ngân sách đạt 8 tỷ 250 triệu đồng, bằng 112% kế hoạch.

Về xây dựng Đảng: Kết nạp 35 đảng viên mới.
"""
PLAIN = "Đảng bộ xã Tân Lập, huyện Yên Mỹ tổ chức hội nghị gặp mặt.\n\nCác đại biểu trao đổi, chia sẻ kinh nghiệm công tác.\n"


def run(source: Path, output: Path, **options: object) -> RunReport:
    making = options.pop("making", Making(formats=("html",)))
    profiles = options.pop("profiles", None)
    settings = {"jobs": 1, **options}
    return build(BuildOptions((source,), output=output, profiles=profiles, making=making, **settings))


@pytest.fixture(scope="module")
def seeds_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunReport]:
    output = tmp_path_factory.mktemp("seeds")
    return output, run(SEEDS, output, profiles=ROOT / "profiles", making=Making(), jobs=2)


def test_the_seeds_give_five_briefs(seeds_built: tuple[Path, RunReport]) -> None:
    output, report = seeds_built
    assert not report.failed
    assert {o.name for o in report.outcomes} == set(EXPECTED)
    for folder, (name, kind) in EXPECTED.items():
        assert {p.name for p in (output / folder).iterdir()} == {"brief.html", "brief.pdf", "facts.json", "manifest.json"}
        facts = json.loads((output / folder / "facts.json").read_text("utf-8"))
        assert (facts["locality"]["name"], facts["report"]) == (name, kind)


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_each_format_can_be_made_alone(tmp_path: Path, form: str) -> None:
    report = run(SEEDS / "ha-dinh-2020.txt", tmp_path, making=Making(formats=(form,), length="one-page"))
    assert not report.failed, [str(o.error) for o in report.failed]
    folder = tmp_path / "ha-dinh/2015-2020"
    assert {p.name for p in folder.iterdir()} == {f"brief.{form}", "facts.json", "manifest.json"}


def test_no_page_furniture_in_any_brief(seeds_built: tuple[Path, RunReport]) -> None:
    from lxml import html

    output, _ = seeds_built
    for folder in EXPECTED:
        page = html.document_fromstring((output / folder / "brief.html").read_bytes())
        text = page.find("body").text_content()
        assert not [word for word in FURNITURE if word in text], folder


def test_every_quote_is_grounded(seeds_built: tuple[Path, RunReport]) -> None:
    output, _ = seeds_built
    for folder in EXPECTED:
        facts = json.loads((output / folder / "facts.json").read_text("utf-8"))
        for source in facts["sources"]:
            text = (SEEDS / Path(source["source"]["path"]).name).read_bytes().decode("utf-8")
            quoted = [x for key in ("quantities", "awards", "limitations", "lessons", "next_tasks") for x in source[key]]
            assert quoted
            assert all(text[x["start"] : x["end"]] == x["quote"] for x in quoted)


def test_facts_fit_the_published_schema(seeds_built: tuple[Path, RunReport]) -> None:
    import jsonschema

    from toolkit.contract import schema

    output, _ = seeds_built
    validator = jsonschema.Draft202012Validator(schema())
    for folder in EXPECTED:
        for source in json.loads((output / folder / "facts.json").read_text("utf-8"))["sources"]:
            assert not list(validator.iter_errors(source)), folder


def test_predecessors_stand_side_by_side(seeds_built: tuple[Path, RunReport]) -> None:
    output, _ = seeds_built
    facts = json.loads((output / "kien-hung/2020-2025/facts.json").read_text("utf-8"))
    shares = {q["value"]["quote"]: q["value"]["place"] for q in facts["quantities"] if q["value"]["kind"] == "fraction"}
    assert len(shares) == 2
    assert len(set(shares.values())) == 2
    page = (output / "kien-hung/2020-2025/brief.html").read_text("utf-8")
    assert "11/12" in page
    assert "13/14" in page


def test_two_builds_give_the_same_bytes(seeds_built: tuple[Path, RunReport], tmp_path: Path) -> None:
    output, _ = seeds_built
    run(SEEDS, tmp_path, profiles=ROOT / "profiles", making=Making())
    for path in sorted(output.rglob("[!.]*.*")):
        assert path.read_bytes() == (tmp_path / path.relative_to(output)).read_bytes(), path.name


# ---------------------------------------------------------------- what goes wrong


def article(folder: Path, name: str = "tan-lap.txt", text: str = ARTICLE) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_no_sources(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sources"):
        run(tmp_path, tmp_path / "out")


def test_one_bad_source_does_not_stop_the_others(tmp_path: Path) -> None:
    article(tmp_path / "in")
    (tmp_path / "in/empty.txt").write_bytes(b"")
    (tmp_path / "in/picture.txt").write_bytes(bytes(range(256)) * 20)
    report = run(tmp_path / "in", tmp_path / "out")
    assert [o.name for o in report.made] == ["tan-lap/2015-2020"]
    assert len(report.failed) == 2
    assert all(isinstance(o.error, ReadError) and o.error.remedy for o in report.failed)
    assert report.exit_code(strict=False) == ReadError.exit_code


def test_no_recognisable_locality_goes_to_unknown(tmp_path: Path) -> None:
    text = "Kết quả nhiệm kỳ 2015-2020\n\nThu ngân sách đạt 8 tỷ đồng, bằng 112% kế hoạch. Kết nạp 35 đảng viên mới.\n"
    report = run(article(tmp_path, text=text), tmp_path / "out")
    (outcome,) = report.made
    assert outcome.name.startswith("unknown/")
    remedies = " ".join(issue.remedy for issue in outcome.issues)
    assert "locality" in remedies


def test_an_article_without_figures_still_makes_a_brief(tmp_path: Path) -> None:
    report = run(article(tmp_path, text=PLAIN), tmp_path / "out")
    (outcome,) = report.made
    page = (tmp_path / "out" / outcome.name / "brief.html").read_text("utf-8")
    assert "Tân Lập" in page
    assert "None" not in page


def test_two_sources_that_contradict_each_other(tmp_path: Path) -> None:
    article(tmp_path / "in")
    article(tmp_path / "in", "khac.txt", ARTICLE.replace("52 triệu", "58 triệu"))
    report = run(tmp_path / "in", tmp_path / "out")
    (outcome,) = report.made
    assert outcome.needs_look
    facts = json.loads((tmp_path / "out" / outcome.name / "facts.json").read_text("utf-8"))
    assert len(facts["sources"]) == 2
    (conflict,) = facts["conflicts"]
    assert conflict["rule"]
    assert {o["quote"][:2] for o in conflict["others"]} <= {"52", "58"}
    assert any("52" in i.message + str(i.stated) and "58" in i.message + str(i.computed) + str(i.stated) for i in outcome.issues)


def test_a_wrong_profile_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/tan-lap.yaml").write_text("locality:\n  nmae: Tân Lập\nterm: 2015-2020-2025\n", "utf-8")
    with pytest.raises(ProfileError) as caught:
        run(article(tmp_path), tmp_path / "out", profiles=tmp_path / "profiles")
    assert len(caught.value.issues) == 2
    assert ":2:3" in caught.value.issues[0].where
    assert "name" in caught.value.issues[0].message + caught.value.issues[0].remedy
    assert not (tmp_path / "out").exists()


def test_a_wrong_template_names_file_and_line_and_keeps_the_former_brief(tmp_path: Path) -> None:
    source = article(tmp_path)
    run(source, tmp_path / "out")
    before = (tmp_path / "out/tan-lap/2015-2020/brief.html").read_bytes()
    mine = tmp_path / "mine/brief"
    mine.mkdir(parents=True)
    (mine / "an-pham.html").write_text("<!doctype html>\n<p>{{ brief.tittle }}</p>\n", "utf-8")
    report = run(source, tmp_path / "out", making=Making(formats=("html",), templates=tmp_path / "mine"))
    (outcome,) = report.failed
    assert isinstance(outcome.error, TemplateError)
    assert "an-pham.html:2" in outcome.error.where
    assert (tmp_path / "out/tan-lap/2015-2020/brief.html").read_bytes() == before


def test_a_template_that_invents_a_number_is_stopped(tmp_path: Path) -> None:
    mine = tmp_path / "mine/brief"
    mine.mkdir(parents=True)
    (mine / "an-pham.html").write_text(
        "<!doctype html><html><body><h1>{{ brief.title }}</h1><p>tăng 47%</p></body></html>", "utf-8"
    )
    report = run(article(tmp_path), tmp_path / "out", making=Making(formats=("html",), templates=tmp_path / "mine"))
    (outcome,) = report.failed
    assert isinstance(outcome.error, AuditError)
    assert "47" in outcome.error.what
    assert not (tmp_path / "out/tan-lap/2015-2020/brief.html").exists()


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("chattr"), reason="root may write everywhere")
def test_a_read_only_output_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    source = article(tmp_path)
    out.chmod(0o500)
    blocked = out
    if os.access(out, os.W_OK):  # root is not stopped by permissions: a file in the way is the nearest thing
        out.chmod(0o700)
        (out / "tan-lap").write_text("in the way")
    try:
        report = run(source, blocked)
    finally:
        out.chmod(0o700)
    (outcome,) = report.failed
    assert isinstance(outcome.error, DeliverError)
    assert "--output" in outcome.error.remedy


def test_vietnamese_file_names_with_spaces(tmp_path: Path) -> None:
    report = run(article(tmp_path / "Báo cáo năm", "Đảng bộ xã Tân Lập (bản cuối).txt"), tmp_path / "kết quả đầu ra")
    (outcome,) = report.made
    assert (tmp_path / "kết quả đầu ra" / outcome.name / "brief.html").exists()


def test_interrupt_in_the_middle_leaves_nothing_half(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "toolkit", "build", str(SEEDS), "--output", str(out), "--jobs", "2"]
    for delay in (0.3, 1.2, 2.0):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(delay)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        # Python ends by the signal itself when the interrupt falls into an import; a shell calls that 130 too.
        assert process.returncode in (0, 130, -signal.SIGINT), err.decode()
        assert b"Traceback" not in err
        for folder in out.glob("*/*"):
            names = {p.name for p in folder.iterdir()}
            assert not [n for n in names if n.endswith(".part")]
            if "manifest.json" in names:
                listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
                assert {f["name"] for f in listed} <= names


@pytest.mark.slow
def test_a_long_article_takes_linear_time(tmp_path: Path) -> None:
    def spent(times: int) -> float:
        source = article(tmp_path, text=ARTICLE * times)
        start = time.process_time()
        run(source, tmp_path / "out")
        return time.process_time() - start

    spent(1)
    short, long = spent(100), spent(400)
    assert long < 4 * short * 1.6 + 0.5


def test_findings_cover_sources_profiles_and_gaps(tmp_path: Path) -> None:
    article(tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    codes = {issue.code for issue in findings([tmp_path], None, jobs=1)}
    assert "unreadable" in codes
    assert len(codes) > 1
