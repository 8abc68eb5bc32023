"""The general summariser: grounded, within its budget, the same every time, explained."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.clean import clean
from toolkit.clean.sentences import split
from toolkit.errors import ReadError, UsageError
from toolkit.model.text import Source
from toolkit.summarise import run_batch, summarise
from toolkit.summarise.wording import syllables

FLOOD = (
    "Mưa lớn kéo dài từ đêm 12/10 khiến nhiều xã ở huyện Quế Lâm ngập sâu. Nước sông Vàng lên nhanh, vượt báo động 3 gần nửa mét. "
    "Hơn 1.200 hộ dân phải di dời trong đêm. Ông Trần Văn Lộc kể lại lúc nước vào nhà. Ảnh: Minh Tú."
)
RELIEF = (
    "Sáng 13/10, huyện Quế Lâm cho biết hơn 1.200 hộ dân đã được di dời khỏi vùng ngập. Bộ đội và công an dùng xuồng đưa "
    "người già, trẻ em đến nơi an toàn. Huyện đã cấp 15 tấn gạo cứu trợ. Dự báo mưa còn kéo dài hai ngày."
)


def length(summary_quotes: list[str]) -> int:
    return sum(len(syllables(quote)) for quote in summary_quotes)


@pytest.mark.parametrize("budget", [1, 10, 25, 60, 500])
def test_grounded_and_within_budget(budget: int) -> None:
    texts = [FLOOD, RELIEF]
    summary = summarise(texts, budget, split=split)
    assert length([k.quote for k in summary.sentences]) <= budget
    assert all(texts[k.document][k.start : k.end] == k.quote for k in summary.sentences)
    places = [(k.document, k.start) for k in summary.sentences]
    assert places == sorted(set(places))


def test_what_both_texts_tell_is_kept_once() -> None:
    quotes = [k.quote for k in summarise([FLOOD, RELIEF], 45, split=split).sentences]
    assert sum("1.200 hộ dân" in quote for quote in quotes) == 1
    assert not any(quote.startswith("Ảnh") for quote in quotes)


def test_a_copied_text_adds_nothing() -> None:
    quotes = [k.quote for k in summarise([FLOOD, FLOOD], 500, split=split).sentences]
    assert len(quotes) == len(set(quotes))


def test_a_clean_text_is_quoted_in_source_coordinates() -> None:
    text = "Tiêu đề\n\n" + FLOOD.replace("Quế Lâm ngập", "Quế  Lâm ngập")
    source = Source("a.txt", text, "a" * 64)
    summary = summarise([clean(source)], 40)
    assert summary.sentences
    assert all(text[k.start : k.end] == k.quote for k in summary.sentences)


def test_nothing_in_nothing_out() -> None:
    assert summarise([], 100).sentences == ()
    assert summarise(["", " ***\n"], 100, split=split).sentences == ()


def test_a_budget_and_a_splitter_are_needed() -> None:
    with pytest.raises(UsageError, match="budget"):
        summarise([FLOOD], 0, split=split)
    with pytest.raises(UsageError, match="splitter"):
        summarise([FLOOD], 10)


def test_every_candidate_is_explained() -> None:
    summary = summarise([FLOOD, RELIEF], 30, split=split, explain=True)
    assert len(summary.candidates) == len(split(FLOOD)) + len(split(RELIEF))
    assert sorted(c.rank for c in summary.candidates) == list(range(1, len(summary.candidates) + 1))
    assert {c.quote for c in summary.candidates if c.kept} == {k.quote for k in summary.sentences}
    assert all(c.why and c.features for c in summary.candidates)
    best = max(summary.candidates, key=lambda c: c.score)
    assert best.rank == 1
    assert summary.explained().splitlines()[0].lstrip().startswith("1.")


def test_reasons_name_what_was_repeated() -> None:
    copy = "Sáng 13/10, huyện Quế Lâm cho biết hơn 1.200 hộ dân đã được di dời khỏi vùng ngập trong đêm."
    reasons = [c.why for c in summarise([RELIEF, copy], 25, split=split, explain=True).candidates if not c.kept]
    assert any("nói lại câu" in why for why in reasons)


def test_json_carries_spans() -> None:
    data = json.loads(summarise([FLOOD], 30, split=split).to_json())
    assert data["budget"] == 30
    assert all(FLOOD[s["start"] : s["end"]] == s["quote"] for s in data["sentences"])
    assert "candidates" not in data


def test_batch_answers_line_by_line() -> None:
    texts = {"a": FLOOD, "b": RELIEF}
    jobs = [json.dumps({"id": n, "documents": ["a", "b"], "budget": b}) for n, b in (("x", 30), ("y", 60))]
    answers = [json.loads(line) for line in run_batch([jobs[0], "\n", jobs[1]], texts.__getitem__, split)]
    assert [a["id"] for a in answers] == ["x", "y"]
    assert all(texts["ab"[s["document"]]][s["start"] : s["end"]] == s["quote"] for a in answers for s in a["sentences"])


BAD = ["{", "[]", '{"documents": "a"}', '{"documents": [1]}', '{"documents": ["a"], "budget": "x"}', "3", '{"documents": ["gone"]}']


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_answered_and_the_others_go_on(line: str) -> None:
    good = json.dumps({"id": "x", "documents": ["a"], "budget": 30})
    answers = [json.loads(answer) for answer in run_batch([line, good], {"a": FLOOD}.__getitem__, split)]
    assert answers[0]["id"] == 1
    assert "line 1" in answers[0]["error"]
    assert answers[1]["sentences"]


def test_a_file_that_cannot_be_read_is_answered_too() -> None:
    def read(path: str) -> str:
        raise ReadError("the file is empty", where=path, remedy="check it")

    (answer,) = run_batch(['{"id": "x", "documents": ["a.txt"]}'], read, split)
    assert json.loads(answer) == {"id": "x", "error": "a.txt: the file is empty\n  → check it"}


def test_the_same_whatever_the_order_of_hashes() -> None:
    program = (
        "import sys;from toolkit.summarise import summarise;from toolkit.clean.sentences import split;"
        "print(summarise(sys.argv[1:3],40,split=split,explain=True).to_json())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, FLOOD, RELIEF],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="aăbcđ .,!?\n12“”(", max_size=120), max_size=4), st.integers(1, 50))
def test_any_text_at_all(texts: list[str], budget: int) -> None:
    summary = summarise(texts, budget, split=split, explain=True)
    assert length([k.quote for k in summary.sentences]) <= budget


def test_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(times: int) -> float:
        text = " ".join(f"Hộ số {i} ở thôn {i % 97} thu {i * 37} tạ lúa, bán được {i * 11} triệu đồng." for i in range(times))
        start = time.process_time()
        summarise([text], 120, split=split)
        return time.process_time() - start

    small, large = (min(seconds(n) for _ in range(2)) for n in (400, 1600))
    assert large < 9 * small
    assert all(a < b for a, b in pairwise((small, large)))
