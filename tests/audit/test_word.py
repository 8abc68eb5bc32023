"""The audit of a Word document, on a real brief whose file somebody changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.audit import audit
from toolkit.audit.word import MEDIA_TYPE, read_word
from toolkit.errors import AuditError
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief
from toolkit.model.dossier import Dossier
from toolkit.model.profile import NO_PROFILES
from toolkit.pipeline import Making, compose_brief, read_amounts, read_facts, settle
from toolkit.render import docx, render

SEEDS = Path(__file__).parents[2] / "seeds"
Made = tuple[Brief, Dossier, bytes]


@pytest.fixture(scope="module")
def made() -> Made:
    (dossier,), _ = settle([read_facts(SEEDS / "ngoc-thuy-2023.txt")], NO_PROFILES)
    brief = compose_brief(dossier)
    return brief, dossier, render(brief, ("docx",))[0].data


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == f"word/{part}.xml":
                after = change(text.decode("utf-8")).encode("utf-8")
                assert after != text
                text = after
            new.writestr(name, text)
    return out.getvalue()


def look(made: Made, data: bytes) -> int:
    return audit(made[0], made[1], [Artifact("brief.docx", MEDIA_TYPE, data)], read_amounts)


def test_writer_and_reader_speak_of_the_same_type() -> None:
    assert docx.MEDIA_TYPE == MEDIA_TYPE


def test_a_true_document_passes_and_its_numbers_are_counted(made: Made) -> None:
    assert look(made, made[2]) > 50


def test_figures_and_quotations_are_found_again(made: Made) -> None:
    page = read_word(made[2])
    assert "1.089\u00a0đảng viên" in [figure.text for figure in page.figures]
    assert page.quotations
    assert all(0 < q.start < q.end for q in page.quotations)


CHANGES = [
    ("document", lambda t: t.replace("11\u00a0tỷ\u00a0708", "11\u00a0tỷ\u00a0780"), "does not read as the value"),
    ("document", lambda t: t.replace("11,708", "11,807"), "does not read as the value"),
    ("document", lambda t: t.replace("11,708", ""), "is missing"),
    ("document", lambda t: t.replace("</w:t></w:r></w:p>", " 98765</w:t></w:r></w:p>", 1), "98765 stands in no fact"),
    ("document", lambda t: t.replace("Phát triển kinh tế", "Phát triển công nghiệp"), "not the source's words"),
    ("footnotes", lambda t: t.replace("</w:t></w:r></w:p>", " 98765</w:t></w:r></w:p>", 1), "98765 stands in no fact"),
    ("footer1", lambda t: t.replace("Trang ", "Trang 98765 "), "98765 stands in no fact"),
    ("footer1", lambda t: t.replace(" PAGE ", " QUOTE 98765 ").replace(">1<", ">98765<"), "98765 stands in no fact"),
]


@pytest.mark.parametrize(("part", "change", "fault"), CHANGES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CHANGES)])
def test_a_changed_document_is_stopped(made: Made, part: str, change: Callable[[str], str], fault: str) -> None:
    with pytest.raises(AuditError, match=fault):
        look(made, changed(made[2], part, change))


@pytest.fixture(scope="module", params=["dang", "nha-nuoc", "an-pham"])
def appended(request: pytest.FixtureRequest) -> Made:
    """A brief in each kind of form, with the table whose column prints the units."""
    (dossier,), _ = settle([read_facts(SEEDS / "ngoc-thuy-2023.txt")], NO_PROFILES)
    brief = compose_brief(dossier, Making(style=request.param, appendix=True))
    return brief, dossier, render(brief, ("docx",))[0].data


def test_a_figure_without_its_unit_is_read_with_that_of_its_row(appended: Made) -> None:
    assert look(appended, appended[2]) > 80
    figures = read_word(appended[2]).figures
    assert {figure.unit for figure in figures if figure.text == "11,708"} >= {"tỷ\u00a0đồng"}
    assert {figure.unit for figure in figures if figure.text == "1.089\u00a0đảng viên"} == {""}


def bare(text: str) -> str:
    """A figure of the appendix as its run stands in the file."""
    return f">{text}</w:t>"


IN_THE_APPENDIX = [
    (lambda t: t.replace(bare("11,708"), bare("11,807")), "'11,807 tỷ đồng' does not read as the value"),
    (lambda t: t.replace(bare("11,708"), bare("")), "is missing"),
    (lambda t: t.replace(bare("tỷ\u00a0đồng"), bare("triệu\u00a0đồng")), "'11,708 triệu đồng' does not read as the value"),
    (lambda t: t.replace('w:val="DonVi"', 'w:val="Strong"'), "does not read as the value"),
    (lambda t: t.replace("STT</w:t>", "STT 98765</w:t>"), "98765 stands in no fact"),
]


@pytest.mark.parametrize(("change", "fault"), IN_THE_APPENDIX, ids=[str(i) for i in range(len(IN_THE_APPENDIX))])
def test_a_changed_appendix_is_stopped(appended: Made, change: Callable[[str], str], fault: str) -> None:
    with pytest.raises(AuditError, match=fault):
        look(appended, changed(appended[2], "document", change))


IN_THE_FORM = [
    ("document", lambda t: t.replace("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM 98765"), "98765 stands in no fact"),
    ("document", lambda t: t.replace("-BC/ĐU", "98765-BC/ĐU"), "98765 stands in no fact"),
    ("document", lambda t: t.replace("Phát triển kinh tế", "Phát triển công nghiệp"), "not the source's words"),
    (
        "document",
        lambda t: t.replace("REF _ChuThich1 ", "REF So_khac ").replace(">1</w:t>", ">98765</w:t>"),
        "98765 stands in no fact",
    ),
    ("document", lambda t: t.replace("… Tổng thu ngân sách", "98765 Tổng thu ngân sách"), "98765 stands in no fact"),
    ("header1", lambda t: t.replace(" PAGE ", " QUOTE 98765 ").replace(">2<", ">98765<"), "98765 stands in no fact"),
]


@pytest.mark.parametrize(("part", "change", "fault"), IN_THE_FORM, ids=[str(i) for i in range(len(IN_THE_FORM))])
@pytest.mark.parametrize("appended", ["dang"], indirect=True)
def test_a_changed_form_is_stopped(appended: Made, part: str, change: Callable[[str], str], fault: str) -> None:
    with pytest.raises(AuditError, match=fault):
        look(appended, changed(appended[2], part, change))
