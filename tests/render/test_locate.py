"""Every place that the trace names is there, in the packaged templates and in a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.compose.trace import PRINTED_BY
from toolkit.render.locate import locate


@pytest.mark.parametrize(("template", "expression"), PRINTED_BY.values(), ids=PRINTED_BY)
def test_the_packaged_templates_print_it_there(template: str, expression: str) -> None:
    found = locate(template, expression)
    assert found.startswith(f"{template}:")


def test_a_users_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/table.html").write_text("<p>\n<b>{{ run(row.result) }}</b>\n", "utf-8")
    assert locate("partials/table.html", "run(row.result)", tmp_path) == "partials/table.html:2"
    assert locate("partials/table.html", "run(row.against_plan)", tmp_path) == "partials/table.html"
