"""Awards, limitations, lessons, tasks, initiatives, themes: grounded, complete, printed alone."""

from __future__ import annotations

from typing import Any

import pytest
from cleaned import cases, cleaned, label

from toolkit.extract.awards import awards
from toolkit.extract.initiatives import initiatives
from toolkit.extract.lessons import lessons
from toolkit.extract.limitations import limitations
from toolkit.extract.modes import modes
from toolkit.extract.tasks import next_tasks
from toolkit.extract.theme import theme

KINDS = {"awards": awards, "limitations": limitations, "lessons": lessons, "next_tasks": next_tasks}
ALL = cases("statements")


@pytest.mark.parametrize("case", [c for c in ALL if "theme" not in c], ids=label)
def test_statements(case: dict[str, Any]) -> None:
    clean = cleaned(case["text"])
    told = modes(clean)
    found = {name: [s.text for s in read(clean, told)] for name, read in KINDS.items()}
    assert found == {name: case.get(name, []) for name in KINDS}
    if "initiatives" in case:
        assert [s.text for s in initiatives(clean, told)] == case["initiatives"]


@pytest.mark.parametrize("case", [c for c in ALL if "theme" in c], ids=label)
def test_theme(case: dict[str, Any]) -> None:
    found = theme(cleaned(case["text"]))
    assert (found.text if found else None) == case["theme"]
