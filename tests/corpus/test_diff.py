"""What is told of two sets of facts: ``cases/corpus/diffs.yaml``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from corpus_filler import line, locality, quantity, sheet

from toolkit.corpus.diff import difference, matched, to_object
from toolkit.corpus.objects import read_object
from toolkit.corpus.rows import Built, take_apart

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/corpus/diffs.yaml").read_text("utf-8"))


def built(facts: list[list[Any]], **fields: object) -> Built:
    text, made, spans = "", [], []
    for id_, value, more in facts:
        own = dict(more)
        start = len(text)
        quote = str(value if value is not None else own["low"])
        text += f"{own.pop('before', 'Có')} {quote}.\n"
        spans.append((start, len(text) - 1))
        values = {} if value is None else {"value": value}
        made.append(quantity(text, start, quote, id=id_, **values, **{"label": "hộ vay vốn", **own}))
    data = sheet("in/a.txt", text, made, spans, **{"locality": locality("Hạ Đình"), **fields})
    return take_apart(read_object(line(data).encode(), "a"), "a")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    found = difference(built(case["old"]), built(case["new"]), ("old", "new"))
    assert [[c.old.id, c.new.id] for c in found.changed] == case.get("changed", [])
    assert [[c.old.id, c.new.id] for c in found.reworded] == case.get("reworded", [])
    assert [side.id for side in found.added] == case.get("added", [])
    assert [side.id for side in found.removed] == case.get("removed", [])
    assert found.same == case.get("same", 0)
    assert found.any == (case.get("same", 0) != len(case["old"]) or len(case["old"]) != len(case["new"]))
    assert 2 * (len(found.changed) + len(found.reworded) + found.same) + len(found.added) + len(found.removed) == len(
        case["old"] + case["new"]
    )


def test_people_documents_statements_and_the_head() -> None:
    def person(name: str, role: str) -> dict[str, Any]:
        return {"name": name, "roles": [role], "spans": [{"start": 0, "end": 2}]}

    def document(number: str) -> dict[str, Any]:
        return {"type": "Nghị quyết", "number": number, "date": None, "issuer": None, "spans": [{"start": 0, "end": 2}]}

    lesson = {"quote": "Có", "start": 0, "end": 2, "text": "Đoàn kết là then chốt.", "sector": "chung"}
    fact: list[list[Any]] = [["a", 1, {}]]
    old = built(
        fact, people=[person("Trần Lan Hương", "Bí thư"), person("Lê A", "Chủ tịch")], documents=[document("15-NQ/TW")], congress=4
    )
    new = built(fact, people=[person("Trần Lan Hương", "Chủ tịch")], documents=[document("16-NQ/TW")], lessons=[lesson], congress=5)
    found = difference(old, new, ("old", "new"))
    assert [(one.what, one.old, one.new) for one in found.head] == [("congress", "4", "5")]
    assert [(one.what, one.old, one.new) for one in found.others] == [
        ("people", "Trần Lan Hương (Bí thư)", "Trần Lan Hương (Chủ tịch)"),
        ("people", "Lê A (Chủ tịch)", None),
        ("documents", None, "Nghị quyết 16-NQ/TW"),
        ("documents", "Nghị quyết 15-NQ/TW", None),
        ("statements", None, "Đoàn kết là then chốt."),
    ]
    assert json.loads(json.dumps(to_object(found)))["same"] == 1


def test_sets_are_held_against_each_other_by_name() -> None:
    one, two = built([["a", 1, {}]]), built([["b", 2, {"label": "hộ khá"}]])
    found = matched([("x", one), ("y", two)], [("y", two), ("z", one)])
    assert [(d.old, d.new, d.any) for d in found] == [("y", "y", False), ("", "z", True), ("x", "", True)]


def test_a_set_that_one_side_has_is_told_with_all_that_it_says() -> None:
    lesson = {"quote": "Có", "start": 0, "end": 2, "text": "Đoàn kết là then chốt.", "sector": "chung"}
    both, bare = built([["a", 1, {}]]), built([])
    more = built([["a", 1, {}]], lessons=[lesson])
    found = matched([("x", both), ("gone", more), ("nothing", bare)], [("x", both), ("new", more)])
    assert [(d.old, d.new, d.any, len(d.others)) for d in found] == [
        ("x", "x", False, 0), ("", "new", True, 1), ("gone", "", True, 1), ("nothing", "", True, 0),
    ]  # fmt: skip
    assert (found[1].others[0].old, found[1].others[0].new) == (None, "Đoàn kết là then chốt.")
