"""``nhiemky template``: what a user sees and gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_main import nhiemky

from toolkit.cli.template import _about, _named, _packaged
from toolkit.errors import UsageError
from toolkit.workspace import packaged_templates


@pytest.mark.parametrize("name", _packaged())
def test_every_template_has_a_line_of_its_own(name: str) -> None:
    assert _about(name)


def test_list_names_all() -> None:
    result = nhiemky("template", "list")
    assert result.returncode == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(_packaged())


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("partials/masthead.html", ("partials/masthead.html",)),
        ("masthead", ("partials/masthead.html",)),
        ("dang/print.css", ("styles/dang/print.css",)),
        ("macros/", tuple(name for name in _packaged() if name.startswith("macros/"))),
    ],
)
def test_names_that_a_template_answers_to(given: str, found: tuple[str, ...]) -> None:
    assert _named(given) == found


def test_an_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        _named("mastehead.html")
    assert "partials/masthead.html" in caught.value.remedy


def test_copy_then_check_then_never_overwrite(tmp_path: Path) -> None:
    first = nhiemky(
        "template", "copy", "masthead", "macros", "--to", "mine", cwd=tmp_path, PYTHONPATH=str(packaged_templates().parent)
    )
    copied = tmp_path / "mine/partials/masthead.html"
    assert first.returncode == 0, first.stderr
    assert copied.read_bytes() == (packaged_templates() / "partials/masthead.html").read_bytes()
    copied.write_text("{{ brief.titel }}\n", "utf-8")
    again = nhiemky("template", "copy", "masthead", "--to", str(tmp_path / "mine"))
    assert again.returncode == 8
    assert copied.read_text("utf-8") == "{{ brief.titel }}\n"
    checked = nhiemky("template", "check", "--templates", str(tmp_path / "mine"), NHIEMKY_LANG="vi")
    assert checked.returncode == 5
    assert f"{copied}:1: brief (Brief) không có 'titel'; gần nhất là: title" in checked.stdout
    assert "Có 1 lỗi" in checked.stdout


def test_check_without_a_folder_looks_at_the_packaged_ones(tmp_path: Path) -> None:
    result = nhiemky("template", "check", cwd=tmp_path, PYTHONPATH=str(packaged_templates().parent))
    assert result.returncode == 0, result.stdout


def test_build_checks_the_templates_before_it_reads_anything(tmp_path: Path) -> None:
    (tmp_path / "mine/partials").mkdir(parents=True)
    (tmp_path / "mine/partials/masthead.html").write_text("{{ brief.titel }}\n{{ wrods.dash }}\n", "utf-8")
    result = nhiemky("build", "--templates", str(tmp_path / "mine"), "--output", str(tmp_path / "out"), NHIEMKY_LANG="en")
    assert result.returncode == 5
    assert "2 fault(s) in templates" in result.stderr
    assert "masthead.html:1: brief (Brief) has no 'titel'" in result.stderr
    assert "masthead.html:2: there is no name 'wrods' here; the nearest: words" in result.stderr
    assert "Reading" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_copy_of_one_block_or_macro_is_sound(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    for arguments in (
        *(("an-pham", "--block", block) for block in ("masthead", "lead")),
        ("base", "--block", "sections"),
        ("dang", "--block", "appendix", "--block", "head"),
        ("figures", "--macro", "fig", "--macro", "run"),
        ("entries", "--macro", "entry"),
    ):
        result = nhiemky("template", "copy", *arguments, "--to", str(mine))
        assert result.returncode == (8 if arguments[2] == "lead" else 0), result.stderr
    page = (mine / "brief/an-pham.html").read_text("utf-8")
    assert page.startswith('{% extends "nhiemky/brief/an-pham.html" %}\n\n{% block masthead %}')
    assert "{% block lead %}" not in page
    assert nhiemky("template", "check", "--templates", str(mine)).returncode == 0


def test_what_is_there_already_is_shown_to_be_put_in(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    nhiemky("template", "copy", "figures", "--macro", "fig", "--to", str(mine))
    again = nhiemky("template", "copy", "figures", "--macro", "refs", "--to", str(mine), NHIEMKY_LANG="vi")
    assert again.returncode == 8
    assert again.stdout.startswith("{%- macro refs(numbers) -%}")
    assert "hãy đưa phần này vào tệp ấy" in again.stderr
    assert "macro refs" not in (mine / "macros/figures.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("figures", "--macro", "rnu"), "did you mean run?"),
        (("an-pham", "--block", "mastehead"), "did you mean masthead?"),
        (("popover.js", "--block", "lead"), "template list --blocks"),
        (("macros", "--macro", "fig"), "name one of: macros/bars.html, "),
    ],
)
def test_what_a_template_does_not_have(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = nhiemky("template", "copy", *arguments, "--to", str(tmp_path), NHIEMKY_LANG="en")
    assert result.returncode == 2
    assert says in result.stderr
    assert not list(tmp_path.iterdir())


def test_list_shows_blocks_macros_and_what_a_folder_changes(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    nhiemky("template", "copy", "an-pham", "--block", "lead", "--to", str(mine))
    nhiemky("template", "copy", "figures", "--macro", "fig", "--to", str(mine))
    nhiemky("template", "copy", "masthead", "--to", str(mine))
    (mine / "styles/dang").mkdir(parents=True)
    (mine / "styles/dang/extra-print.css").write_text("h1 { color: red }\n", "utf-8")
    shown = nhiemky("template", "list", "--blocks", "--templates", str(mine), NHIEMKY_LANG="en").stdout.splitlines()
    for name, change in (
        ("brief/an-pham.html", f"    ← {mine}/brief/an-pham.html (blocks: lead)"),
        ("macros/figures.html", f"    ← {mine}/macros/figures.html (macro: fig)"),
        ("partials/masthead.html", f"    ← {mine}/partials/masthead.html"),
        ("styles/dang/print.css", f"    ← {mine}/styles/dang/extra-print.css"),
    ):
        at = next(i for i, line in enumerate(shown) if line.startswith(name))
        under = next((i for i in range(at + 1, len(shown)) if not shown[i].startswith("    ")), len(shown))
        assert shown[under - 1] == change
    assert '    macro: fig(figure, class="")' in shown
    assert "    blocks: head, sheet, masthead, lead, sections, appendix" in shown
    assert sum("←" in line for line in shown) == 4
