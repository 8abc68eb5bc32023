"""What meetings do, what guests say and what stood in the way is no result; the same words in a result stay."""

from __future__ import annotations

import pytest

from toolkit.summarise.newsroom import is_hope, is_news, is_remainder, spoken_end


@pytest.mark.parametrize(
    "text",
    [
        "Đại hội có nhiệm vụ kiểm điểm việc thực hiện nghị quyết nhiệm kỳ 2010-2015.",
        "Hội nghị đã nghe báo cáo và thảo luận các giải pháp thời gian tới.",
        "Với tinh thần dân chủ, kỳ họp thứ 9 HĐND xã đã hoàn thành các nội dung, thông qua 5 nghị quyết.",
        "Các đại biểu biểu quyết thông qua 14 chỉ tiêu.",
        "- Đại hội công bố quyết định chỉ định 27 đồng chí vào Ban Chấp hành.",
        "Phát biểu tại đây, đồng chí Bí thư Huyện ủy biểu dương những kết quả mà xã đạt được.",
        "Ông Lê Văn Bảy chia sẻ niềm vui khi con đường trước nhà được mở rộng.",
        "Cũng tại kỳ họp, các đại biểu trao đổi nhiều vấn đề cử tri quan tâm.",
        "Năm qua, dịch bệnh diễn biến phức tạp; giá vật tư tăng cao, tác động bất lợi đến đời sống.",
    ],
)
def test_news(text: str) -> None:
    assert is_news(text)


@pytest.mark.parametrize(
    "text",
    [
        "Trong 21 chỉ tiêu do đại hội thông qua, có 19 chỉ tiêu đạt và vượt.",
        "Thực hiện nghị quyết đại hội, kinh tế của xã tăng trưởng khá.",
        "Các chỉ tiêu đại hội đề ra đều hoàn thành.",
        "Đồng chí Chủ tịch xã khẳng định thu ngân sách năm nay đạt 16 tỷ đồng.",
        "Trong bối cảnh dịch bệnh diễn biến phức tạp, phường đã hoàn thành nhiệm vụ thu ngân sách.",
        "Nhân dân ghi nhận, đánh giá cao việc giải quyết đơn thư.",
        "Tại hội nghị, UBND xã báo cáo thu ngân sách đạt 16 tỷ đồng.",
        "Hội nghị truyền thông về dân số thu hút 400 lượt người.",
    ],
)
def test_no_news(text: str) -> None:
    assert not is_news(text)


@pytest.mark.parametrize(
    ("text", "hoped"),
    [
        ("Đảng bộ phường phấn đấu duy trì danh hiệu trong sạch, vững mạnh.", True),
        ("Xã phấn đấu đến cuối năm không còn hộ nghèo.", True),
        ("Với sự nỗ lực phấn đấu, xã đã về đích nông thôn mới.", False),
        ("Nhân dân đoàn kết, tích cực phấn đấu vươn lên thoát nghèo.", False),
        ("Sự phấn đấu của cán bộ, đảng viên được ghi nhận.", False),
    ],
)
def test_striving_for_something_is_a_hope(text: str, hoped: bool) -> None:
    assert is_hope(text) is hoped


def test_parts_counted_on_without_their_whole() -> None:
    assert is_remainder("dân tộc 504; người có đạo 151; đoàn viên 3.339.")
    assert not is_remainder("tỷ lệ hộ nghèo giảm còn 1,2%; kết nạp 45 đảng viên.")
    assert not is_remainder("số hộ nghèo cuối năm là 12.")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('Tháng đầu năm, xã thu đạt 18% kế hoạch ", ông Tám nói.', "Tháng đầu năm, xã thu đạt 18% kế hoạch"),
        ("Xã thu đạt 18% kế hoạch”, đồng chí Bí thư Đảng ủy xã cho biết.", "Xã thu đạt 18% kế hoạch"),
        ("Mô hình “Ngõ sạch”, ông Tám là người khởi xướng.", "Mô hình “Ngõ sạch”, ông Tám là người khởi xướng."),
        ("Xã thu đạt 18% kế hoạch.", "Xã thu đạt 18% kế hoạch."),
    ],
)
def test_the_words_that_name_the_speaker_at_the_end(text: str, left: str) -> None:
    assert text[: spoken_end(text)] == left
