"""The scores of report passages: results with figures first, ceremony and promises last, every score explained."""

from __future__ import annotations

import math
from array import array

import pytest

from toolkit.model.context import Sector
from toolkit.model.fact import Mode, Passage
from toolkit.model.text import CleanText, Source
from toolkit.summarise import rank
from toolkit.summarise.features import figures


def ranked(*told: tuple[str, Mode]) -> tuple[Passage, ...]:
    text = "\n".join(words for words, _ in told)
    source = Source("a.txt", text, "a" * 64)
    passages, at = [], 0
    for words, mode in told:
        passages.append(Passage(source.quote(at, at + len(words)), words, Sector.KINH_TE, mode))
        at += len(words) + 1
    n = len(text)
    return rank(CleanText(source, text, array("l", range(n)), array("l", range(1, n + 1))), tuple(passages))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Thu ngân sách đạt 15 tỷ đồng, bằng 121% dự toán.", "Thu ngân sách được quan tâm chỉ đạo sát sao, quyết liệt."),
        (
            "Kinh tế tiếp tục tăng trưởng, cơ cấu chuyển dịch đúng hướng.",
            "Phát huy truyền thống đoàn kết, chung sức đồng lòng.",
        ),
        (
            "Có 8.770 doanh nghiệp, tăng 1,2 lần, số vốn 91 tỷ đồng.",
            "Có nhiều doanh nghiệp đang hoạt động trên địa bàn.",
        ),
    ],
)
def test_content_before_slogans(better: str, worse: str) -> None:
    first, second = ranked((better, Mode.RESULT), (worse, Mode.RESULT))
    assert first.score > second.score


def test_a_result_before_the_same_as_a_plan() -> None:
    result, plan = ranked(("Thu ngân sách đạt 15 tỷ đồng.", Mode.RESULT), ("Thu ngân sách đạt 16 tỷ đồng.", Mode.PLAN))
    assert result.score > plan.score


def test_contributions_add_up_to_the_score() -> None:
    (passage,) = ranked(("Thu ngân sách đạt 15 tỷ đồng, bằng 121% dự toán.", Mode.RESULT))
    from toolkit.summarise.ranking import _weights

    logit = _weights()["bias"] + sum(value for _, value in passage.features)
    assert passage.score == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thu 15 tỷ 300 triệu đồng", 2),
        ("đạt 171% đến 253% kế hoạch", 2),
        ("năm 2022, ngày 02/02/2018, Nghị quyết số 15-NQ/TW, lần thứ 5", 0),
        ("hoàn thành 17/17 chỉ tiêu", 1),
        ("nhiệm kỳ 2020-2025", 0),
        ("có 13 chi bộ với 572 đảng viên", 2),
    ],
)
def test_figures_that_measure_something(text: str, count: int) -> None:
    assert figures(text)[0] == count
