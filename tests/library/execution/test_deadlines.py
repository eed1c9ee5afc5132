"""Words of limits → last day, recurrence, event."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.execution.deadlines import continuous_in, limit_of_attribute, limits_in
from bonhoa.execution.model import Recurrence

TODAY = dt.date(2025, 3, 5)
R = Recurrence

IN_A_SENTENCE = [
    ("Sở A trình đề án trước ngày 30/6/2025.", "trước ngày 30/6/2025", dt.date(2025, 6, 30), None),
    ("hoàn thành trước ngày 15 tháng 9 năm 2025", "trước ngày 15 tháng 9 năm 2025", dt.date(2025, 9, 15), None),
    ("gửi về Sở B chậm nhất ngày 10/4/2025 để tổng hợp", "chậm nhất ngày 10/4/2025", dt.date(2025, 4, 10), None),
    ("hoàn thành trong tháng 11/2025", "trong tháng 11/2025", dt.date(2025, 11, 30), None),
    ("xây dựng kế hoạch xong trong tháng 12/2025", "trong tháng 12/2025", dt.date(2025, 12, 31), None),
    ("báo cáo trong tháng 02 năm 2028", "trong tháng 02 năm 2028", dt.date(2028, 2, 29), None),
    ("trình HĐND tỉnh trong Quý III/2025", "trong Quý III/2025", dt.date(2025, 9, 30), None),
    ("trình trong quý I năm 2026", "trong quý I năm 2026", dt.date(2026, 3, 31), None),
    ("hoàn thành trong năm 2026", "trong năm 2026", dt.date(2026, 12, 31), None),
    ("nộp hồ sơ trước ngày 20/4", "trước ngày 20/4", dt.date(2025, 4, 20), None),
    ("nộp hồ sơ trước ngày 20/01", "trước ngày 20/01", dt.date(2026, 1, 20), None),
    ("Trước ngày 31/5/2026, Sở A báo cáo", "Trước ngày 31/5/2026", dt.date(2026, 5, 31), None),
    ("báo cáo trước ngày 15/11 hằng năm", "trước ngày 15/11 hằng năm", None, R.YEARLY),
    ("báo cáo trước ngày 25 hằng tháng", "trước ngày 25 hằng tháng", None, R.MONTHLY),
    ("định kỳ hằng quý báo cáo UBND tỉnh", "định kỳ hằng quý", None, R.QUARTERLY),
    ("báo cáo kết quả hằng tuần về tiến độ", "hằng tuần", None, R.WEEKLY),
    ("Định kỳ 06 tháng báo cáo Bộ A", "Định kỳ 06 tháng", None, R.HALF_YEARLY),
    ("báo cáo vào 15:00 ngày Chủ nhật hàng tuần", "vào 15:00 ngày Chủ nhật hàng tuần", None, R.WEEKLY),
    ("Định kỳ 6 tháng (trước ngày 05/6) và năm (trước ngày 05/12), các xã báo cáo", "và năm", None, R.HALF_YEARLY),
    ("gửi kết quả 6 tháng trước ngày 05/6, năm trước ngày 05/12", "6 tháng trước ngày 05/6", None, R.HALF_YEARLY),
    ("định kỳ hằng quý (trước ngày 10 tháng cuối quý), 6 tháng và năm báo cáo", "hằng quý (", None, R.QUARTERLY),
    ("báo cáo trước ngày 20 của tháng cuối mỗi quý", "trước ngày 20 của tháng cuối mỗi quý", None, R.QUARTERLY),
    ("họp giao ban vào tuần cuối của tháng cuối quý, có biên bản", "vào tuần cuối", None, R.QUARTERLY),
    ("kiểm tra cầu treo ít nhất 02 lần/tháng", "ít nhất 02 lần/tháng", None, R.MONTHLY),
    ("mở phiên lưu động mỗi quý một lần, có biên bản", "mỗi quý một lần", None, R.QUARTERLY),
    ("rà soát dữ liệu 03 tháng một lần", "03 tháng một lần", None, R.QUARTERLY),
    ("tổ chức thăm hỏi vào dịp Tết hằng năm; chi trả trợ cấp", "hằng năm", None, R.YEARLY),
    ("tham mưu sơ kết vào cuối năm 2028", "vào cuối năm 2028", dt.date(2028, 12, 31), None),
    ("nhiệm vụ trọng tâm từ nay đến tháng 6/2027", "từ nay đến tháng 6/2027", dt.date(2027, 6, 30), None),
    ("bảo đảm đến ngày 30/9/2026 giải ngân hết", "đến ngày 30/9/2026", dt.date(2026, 9, 30), None),
    ("hoàn thành trước 30/10/2026", "trước 30/10/2026", dt.date(2026, 10, 30), None),
]


@pytest.mark.parametrize(("text", "words", "day", "recurrence"), IN_A_SENTENCE)
def test_a_limit_in_a_sentence(text: str, words: str, day: dt.date | None, recurrence: Recurrence | None) -> None:
    limit = limits_in(text, TODAY)[-1]
    assert text[limit.start : limit.end] == limit.text
    assert words in limit.text
    assert (limit.date, limit.recurrence) == (day, recurrence)


@pytest.mark.parametrize(
    "text",
    [
        "quy định có hiệu lực từ ngày 01/7/2025",
        "kể từ ngày 01/7/2025, mức hỗ trợ được áp dụng",
        "khẩn trương, kịp thời triển khai ngay",
        "dự toán ngân sách hằng năm của đơn vị",
        "cử người tham dự tại hội nghị toàn quốc của ngành",
        "tính đến ngày 30/9/2025 toàn tỉnh còn 12 cầu treo",
        "nguồn chi thường xuyên",
        "ngày 31/02/2025",
        "trước ngày 31/02/2025",
    ],
)
def test_what_is_no_limit(text: str) -> None:
    assert limits_in(text, TODAY) == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("trong thời hạn 05 ngày kể từ ngày ký phải báo cáo", "trong thời hạn 05 ngày kể từ ngày ký"),
        ("Trong 03 ngày làm việc kể từ ngày nhận đơn, Sở A trả lời", "Trong 03 ngày làm việc kể từ ngày nhận đơn"),
        ("hướng dẫn ngay sau khi Nghị định mới được ban hành", "sau khi Nghị định mới được ban hành"),
        ("đề án trình Hội nghị Trung ương 9", "trình Hội nghị Trung ương 9"),
        ("đề nghị sau hội nghị, các đơn vị rà soát", "sau hội nghị"),
        ("thu gom rác thải ngay sau khi nước rút", "ngay sau khi nước rút"),
        ("trình HĐND tỉnh tại kỳ họp giữa năm", "tại kỳ họp giữa năm"),
        ("báo cáo Ban Thường vụ vào phiên họp tháng 10/2026", "vào phiên họp tháng 10/2026"),
        ("xong trước mùa mưa lũ năm 2027", "trước mùa mưa lũ"),
        ("hoàn thành lớp học trước khi khai giảng năm học mới", "trước khi khai giảng"),
        ("trả kết quả không quá 10 ngày làm việc kể từ ngày nhận hồ sơ", "không quá 10 ngày làm việc"),
        ("đối thoại trong thời gian 07 ngày kể từ ngày nhận văn bản, có biên bản", "trong thời gian 07 ngày"),
        ("tổng kết sau 12 tháng kể từ khi triển khai", "sau 12 tháng kể từ khi triển khai"),
        ("báo cáo đột xuất khi có yêu cầu của tỉnh", "khi có yêu cầu của tỉnh"),
    ],
)
def test_events(text: str, event: str) -> None:
    (limit,) = limits_in(text, TODAY)
    assert limit.event is not None and event in limit.event
    assert limit.date is None


@pytest.mark.parametrize(
    ("value", "day", "recurrence", "event"),
    [
        ("Tháng 5/2025", dt.date(2025, 5, 31), None, False),
        ("Tháng 12/2025", dt.date(2025, 12, 31), None, False),
        ("Quý II năm 2026.", dt.date(2026, 6, 30), None, False),
        ("Năm 2026 và các năm tiếp theo", dt.date(2026, 12, 31), R.YEARLY, False),
        ("2025 - 2027", dt.date(2027, 12, 31), None, False),
        ("Thường xuyên", None, R.CONTINUOUS, False),
        ("Thường xuyên, theo yêu cầu của cấp trên", None, R.CONTINUOUS, True),
        ("Hằng năm", None, R.YEARLY, False),
        ("Từ tháng 3/2025 đến khi kết thúc đợt rà soát", None, None, True),
        ("Theo lộ trình của Bộ", None, None, True),
        ("Tháng 11 - 12/2025", dt.date(2025, 12, 31), None, False),
        ("Kỳ họp cuối năm 2026 của HĐND tỉnh", None, None, True),
    ],
)
def test_values_of_attribute_lines(value: str, day: dt.date | None, recurrence: Recurrence | None, event: bool) -> None:
    limit = limit_of_attribute(value, TODAY)
    assert limit is not None
    assert (limit.date, limit.recurrence, bool(limit.event)) == (day, recurrence, event)


def test_a_beginning_without_an_end_is_no_limit() -> None:
    assert limit_of_attribute("Từ ngày 01/7/2025", TODAY) is None
    assert limit_of_attribute("  ", TODAY) is None


def test_continuous_belongs_to_the_main_act() -> None:
    assert continuous_in("thường xuyên kiểm tra các bến đò") is not None
    assert continuous_in("tiếp tục theo dõi thường xuyên tình hình") is not None
    assert continuous_in("bố trí kinh phí chi thường xuyên cho các trạm") is None
    assert continuous_in("kiểm tra các bến đò, nhắc nhở chủ đò thường xuyên mặc áo phao") is None


@given(st.text(alphabet="trước ngày tháng quý năm 0123456789/-.;,IV", max_size=80))
def test_no_words_break_it(text: str) -> None:
    for limit in limits_in(text, TODAY):
        assert 0 <= limit.start < limit.end <= len(text)
    limit_of_attribute(text, TODAY)
