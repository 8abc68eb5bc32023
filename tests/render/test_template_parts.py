"""The small file that changes one block or macro: it begins with the packaged text, and so changes nothing yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_briefs import brief
from test_templates import write

from toolkit.errors import UsageError
from toolkit.model.brief import Form
from toolkit.render.html import render_html
from toolkit.render.template_check import check_templates
from toolkit.render.template_parts import parts, small_file
from toolkit.styles import names
from toolkit.workspace import packaged_templates

FORM = Form(("ĐẢNG CỘNG SẢN VIỆT NAM",), "ĐẢNG BỘ QUẬN", "ĐẢNG ỦY PHƯỜNG", "Số 1-BC/ĐU", "Hạ Đình, ngày 07", "BÁO CÁO", "kết quả")
FILES = sorted(path.relative_to(packaged_templates()).as_posix() for path in packaged_templates().rglob("*.html"))
SMALL = [(name, block, "") for name in FILES for block in parts(name).blocks]
SMALL += [(name, "", macro) for name in FILES for macro in parts(name).macros]


@pytest.mark.parametrize(("name", "block", "macro"), SMALL, ids=["-".join(filter(None, one)) for one in SMALL])
def test_every_block_and_macro_by_itself_changes_nothing(tmp_path: Path, name: str, block: str, macro: str) -> None:
    write(tmp_path, name, small_file(name, (block,) if block else (), (macro,) if macro else ()))
    assert check_templates(tmp_path) == ()
    for style in names():
        whole = brief(style=style, form=FORM)
        assert render_html(whole, tmp_path) == render_html(whole)


def test_a_block_comes_from_the_nearest_page_that_has_it() -> None:
    assert "form_head" in small_file("brief/dang.html", ["masthead"])
    assert "partials/masthead.html" in small_file("brief/an-pham.html", ["masthead"])


def test_parts_of_what_has_none() -> None:
    assert parts("styles/popover.js").blocks == parts("partials/table.html").macros == ()
    with pytest.raises(UsageError):
        small_file("styles/popover.js", ["lead"])
