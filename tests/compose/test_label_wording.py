"""Labels in their own capitals, and cut ones read on to where they end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.compose.labels import display_label, read_on
from toolkit.compose.standard import standard

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/compose/labels.yaml").read_text("utf-8"))
INSURANCE = (
    "Tỷ lệ lao động tham gia bảo hiểm xã hội bắt buộc trên lực lượng lao động đạt 40%; "
    "Tỷ lệ lao động tham gia bảo hiểm xã hội tự nguyện trên lực lượng lao động đạt 1,5%"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_display_label(case: dict[str, Any]) -> None:
    assert display_label(case["label"], case["sentence"], case.get("known", ())) == case["shows"]


@pytest.mark.parametrize(
    ("label", "before", "whole"),
    [
        ("tỷ lệ lao động tham gia bảo hiểm xã", INSURANCE[: INSURANCE.index("40%")], "xã hội bắt buộc"),
        ("tỷ lệ lao động tham gia bảo hiểm xã", INSURANCE, "xã hội tự nguyện"),
        ("tỷ lệ đảng viên tham dự học tập nghị", "Tỷ lệ đảng viên tham dự học tập nghị quyết, nghe thời sự đạt ", "nghị quyết"),
        ("tổ dân phố duy trì việc tổng dọn vệ", "Các tổ dân phố duy trì việc tổng dọn vệ sinh sáng thứ 7 ", "vệ sinh"),
        ("tỷ lệ chi bộ hoàn thành tốt nhiệm vụ", "Tỷ lệ chi bộ hoàn thành tốt nhiệm vụ trở lên đạt từ ", "trở lên"),
    ],
)
def test_a_cut_label_is_read_on_from_the_figures_own_words(label: str, before: str, whole: str) -> None:
    assert read_on(label, before, standard().label_stops).endswith(whole)


def test_a_label_that_does_not_stand_there_stays_as_it_is() -> None:
    assert (
        read_on("thu ngân sách nhà nước trên địa bàn", "Không liên quan.", standard().label_stops)
        == "thu ngân sách nhà nước trên địa bàn"
    )
