"""An office's own Word file: its styles, page and lists take the place of ours, whatever its ids are called."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Pt
from lxml import etree
from making_briefs import brief
from test_docx_form import official, table_of

from toolkit.audit.word import read_word
from toolkit.errors import TemplateError
from toolkit.model.brief import Brief
from toolkit.render.docx import render_docx
from toolkit.render.template_check import check_templates

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def of_an_office(folder: Path, made: Brief, name: str = "reference", **changes: Any) -> Path:
    """A folder of templates whose Word file began as a brief of ours and was changed in Word."""
    document = Document(io.BytesIO(render_docx(made)))
    for style, size in changes.get("sizes", {}).items():
        document.styles[style].font.size = Pt(size)
    for old, new in changes.get("renamed", {}).items():
        document.styles[old].element.find(f"{W}name").set(f"{W}val", new)
    if margin := changes.get("left"):
        document.sections[0].left_margin = Mm(margin)
    (folder / "word").mkdir(exist_ok=True)
    document.save(str(folder / "word" / f"{name}.docx"))
    return folder


def part(name: str, made: Brief, templates: Path) -> Any:
    with zipfile.ZipFile(io.BytesIO(render_docx(made, templates))) as file:
        return etree.fromstring(file.read(name))


def size(styles: Any, identity: str) -> int:
    return int(styles.find(f"{W}style[@{W}styleId='{identity}']/{W}rPr/{W}sz").get(f"{W}val"))


def test_styles_and_page_of_the_office_count(tmp_path: Path) -> None:
    templates = of_an_office(tmp_path, brief(), sizes={"Heading 1": 20, "Số lớn": 30}, left=35)
    made = Document(io.BytesIO(render_docx(brief(), templates)))
    assert made.styles["Heading 1"].font.size == Pt(20)
    assert made.styles["Số lớn"].font.size == Pt(30)
    assert round(made.sections[0].left_margin.mm) == 35
    widths = [int(c.get(f"{W}w")) for c in made.tables[1]._tbl.iter(f"{W}gridCol")]
    assert sum(widths) == pytest.approx(160 / 25.4 * 1440, abs=10), "tables are as wide as the text"


def test_the_file_of_one_style_counts_before_the_common_one(tmp_path: Path) -> None:
    of_an_office(tmp_path, official(), "dang", sizes={"Title": 17})
    of_an_office(tmp_path, brief(), sizes={"Title": 25})
    assert size(part("word/styles.xml", official(), tmp_path), "Title") == 34
    assert size(part("word/styles.xml", brief(), tmp_path), "Title") == 50


@pytest.mark.parametrize("style", ["an-pham", "dang"])
def test_a_plain_word_file_will_do(tmp_path: Path, style: str) -> None:
    """python-docx's own template: American, 160 styles, none of ours; what it lacks is taken from the house."""
    (tmp_path / "word").mkdir()
    Document().save(str(tmp_path / "word" / f"{style}.docx"))
    made = official(appendix=table_of()) if style == "dang" else brief(appendix=table_of())
    data = render_docx(made, tmp_path)
    assert [f.text for f in read_word(data).figures] == [f.text for f in read_word(render_docx(made)).figures]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: etree.fromstring(file.read(name)) for name in file.namelist() if re.fullmatch(r"word/\w+\.xml", name)}
    styles = parts["word/styles.xml"]
    identities = [s.get(f"{W}styleId") for s in styles.iter(f"{W}style")]
    assert len(identities) == len(set(identities))
    used = {n.get(f"{W}val") for root in parts.values() for t in ("pStyle", "rStyle", "tblStyle") for n in root.iter(f"{W}{t}")}
    assert used <= set(identities)
    numbers = {n.get(f"{W}numId") for n in parts["word/numbering.xml"].iter(f"{W}num")}
    assert {n.get(f"{W}val") for root in parts.values() for n in root.iter(f"{W}numId")} <= numbers
    order = [n.tag.removeprefix(W) for n in parts["word/numbering.xml"] if n.tag in (f"{W}abstractNum", f"{W}num")]
    assert order == sorted(order), "all lists stand before the numbers that use them"


def test_ids_of_another_language_are_found_by_their_names(tmp_path: Path) -> None:
    of_an_office(tmp_path, brief(), sizes={"Heading 1": 21})
    path = tmp_path / "word" / "reference.docx"
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name in ("word/styles.xml", "word/document.xml", "word/numbering.xml"):
                text = re.sub(rb'"Heading1"', b'"u1"', re.sub(rb'"SoLieu"', b'"Solieu0"', text))
            new.writestr(name, text)
    styles = part("word/styles.xml", brief(), tmp_path)
    assert size(styles, "Heading1") == 42
    assert "u1" not in {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    assert styles.find(f"{W}style[@{W}styleId='SoLieuDaChot']/{W}basedOn").get(f"{W}val") == "SoLieu"
    assert read_word(render_docx(brief(), tmp_path)).figures


def test_a_misspelt_name_is_named_with_the_right_one(tmp_path: Path) -> None:
    of_an_office(tmp_path, brief(), renamed={"Số liệu": "So liệu", "Dưới số lớn": "Dưới  số lớn"})
    with pytest.raises(TemplateError) as fault:
        render_docx(brief(), tmp_path)
    said = str(fault.value)
    assert "'So liệu'" in said
    assert "did you mean 'Số liệu'?" in said
    assert "did you mean 'Dưới số lớn'?" in said
    assert [issue.code for issue in check_templates(tmp_path)].count("template-word-style") == 2


def test_a_file_that_is_no_word_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "word").mkdir()
    (tmp_path / "word" / "reference.docx").write_bytes(b"no zip")
    with pytest.raises(TemplateError, match="cannot be read as a Word file"):
        render_docx(brief(), tmp_path)
    (issue,) = [issue for issue in check_templates(tmp_path) if issue.code == "template-word"]
    assert "reference.docx" in issue.where


def test_a_file_of_another_name_is_told_to_be_unused(tmp_path: Path) -> None:
    of_an_office(tmp_path, brief(), "mau")
    assert render_docx(brief(), tmp_path) == render_docx(brief())
    assert any(issue.code == "template-unused" and "reference.docx" in issue.remedy for issue in check_templates(tmp_path))


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "word").mkdir(parents=True)
    outside.mkdir()
    of_an_office(outside, brief(), sizes={"Title": 40})
    (inside / "word" / "reference.docx").symlink_to(outside / "word" / "reference.docx")
    assert render_docx(brief(), inside) == render_docx(brief())


def test_the_common_file_does_not_touch_an_official_form(tmp_path: Path) -> None:
    of_an_office(tmp_path, brief(), sizes={"Title": 25})
    assert render_docx(official(), tmp_path) == render_docx(official())


def test_no_file_changes_nothing(tmp_path: Path) -> None:
    assert render_docx(brief(), tmp_path) == render_docx(brief())


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    of_an_office(tmp_path, official(), "dang", sizes={"Title": 15})
    assert render_docx(official(), tmp_path) == render_docx(official(), tmp_path)
