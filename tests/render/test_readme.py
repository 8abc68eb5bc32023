"""What templates/README.md promises is there."""

from __future__ import annotations

import re

from jinja2 import nodes
from making_briefs import brief

from toolkit.render import budget
from toolkit.render.environment import environment
from toolkit.render.filters import FILTERS
from toolkit.render.html import _context
from toolkit.render.template_calls import signature
from toolkit.workspace import packaged_templates

TEXT = (packaged_templates() / "README.md").read_text("utf-8")


def test_every_filter_is_documented() -> None:
    table = TEXT.split("| filter |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(FILTERS)


def test_every_macro_is_documented_with_its_arguments() -> None:
    table = TEXT.split("| macro |")[1].split("\n\n")[0]
    told = set(re.findall(r"^\| `(.+?)` \| `(\w+)` \|", table, re.MULTILINE))
    env = environment()
    trees = {path.stem: env.parse(path.read_text("utf-8")) for path in (packaged_templates() / "macros").iterdir()}
    assert told == {(signature(node), name) for name, tree in trees.items() for node in tree.find_all(nodes.Macro)}


def test_every_name_is_documented() -> None:
    table = TEXT.split("| name |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == {*_context(brief()), "target", "font_faces"}


def test_every_partial_is_documented() -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith("| `partials/`"))
    named = set(re.findall(r"`(\w+)`", row.split("|")[2]))
    assert named == {path.stem for path in (packaged_templates() / "partials").iterdir()}


def test_every_block_is_documented() -> None:
    page = (packaged_templates() / "brief/base.html").read_text("utf-8")
    assert all(f"`{name}`" in TEXT for name in re.findall(r"{% block (\w+) %}", page))


def test_what_is_said_of_the_sandbox_is_so() -> None:
    assert f"{budget.STEPS // 10**6} million steps" in TEXT
    assert f"{budget.CHARACTERS // 10**6} million characters or {budget.SECONDS:.0f} seconds" in TEXT.replace("\n", " ")
