"""Whole small documents of our own → drafts: who, with whom, until when, what; and what is left out."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonhoa.documents import read
from bonhoa.execution.extract import explain, extract
from bonhoa.execution.model import Recurrence, TaskDraft

HEAD = """ỦY BAN NHÂN DÂN TỈNH HÒA HỢP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/{code}
Hòa Hợp, ngày 05 tháng 3 năm 2025
{kind}
Về việc sửa chữa cầu treo dân sinh
"""
TAIL = """
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Trần Văn Mẫu
"""


def drafts(body: str, kind: str = "KẾ HOẠCH", code: str = "KH-UBND") -> tuple[str, tuple[TaskDraft, ...]]:
    text = HEAD.format(kind=kind, code=code) + body.strip() + TAIL
    document = read(text.encode(), "mau.txt")
    return document.text, extract(document)


def rows(body: str, **kind: str) -> list[tuple[str, tuple[str, ...]]]:
    text, found = drafts(body, **kind)
    return [(text[d.start : d.end], d.lead) for d in found]


def test_items_inherit_the_body_of_their_heading() -> None:
    assert rows("""
I. TỔ CHỨC THỰC HIỆN
1. Sở Xây dựng
a) Rà soát toàn bộ cầu treo trên địa bàn.
b) Hướng dẫn các xã sửa chữa.
2. UBND các xã, phường
- Cắm biển báo hai đầu cầu.
""") == [
        ("Rà soát toàn bộ cầu treo trên địa bàn", ("Sở Xây dựng",)),
        ("Hướng dẫn các xã sửa chữa", ("Sở Xây dựng",)),
        ("Cắm biển báo hai đầu cầu", ("UBND các xã, phường",)),
    ]


def test_an_announcing_sentence_addresses_all_that_follows() -> None:
    found = rows(
        """
Chủ tịch UBND tỉnh yêu cầu các sở, ngành và UBND các xã, phường thực hiện các nhiệm vụ sau:
1. Kiểm tra các cầu treo trên địa bàn.
2. Tuyên truyền cho người dân về tải trọng cầu.
""",
        kind="CHỈ THỊ",
        code="CT-UBND",
    )
    assert [lead for _, lead in found] == [("các sở, ngành", "UBND các xã, phường")] * 2


def test_attribute_lines_decide() -> None:
    text, (draft,) = drafts("""
II. NHIỆM VỤ
1. Xây dựng đề án thay thế cầu treo.
- Cơ quan chủ trì: Sở Xây dựng.
- Cơ quan phối hợp: Sở Tài chính; UBND các xã, phường.
- Thời gian hoàn thành: Quý II/2025.
- Sản phẩm: Đề án thay thế cầu treo.
""")
    assert text[draft.start : draft.end] == "Xây dựng đề án thay thế cầu treo"
    assert draft.lead == ("Sở Xây dựng",)
    assert draft.coordinate == ("Sở Tài chính", "UBND các xã, phường")
    assert draft.deadline is not None and draft.deadline.date == dt.date(2025, 6, 30)
    assert draft.deliverable == "Đề án thay thế cầu treo"


def test_nested_attribute_lines() -> None:
    _, found = drafts("""
II. NHIỆM VỤ
1. Về rà soát
a) Nhiệm vụ:
- Rà soát hồ sơ các cầu treo đã xây dựng.
- Kiểm tra tải trọng từng cầu.
b) Cơ quan thực hiện:
- Đơn vị chủ trì: Sở Xây dựng.
- Đơn vị phối hợp: Công an tỉnh.
c) Thời gian thực hiện: Thực hiện trong năm 2025.
""")
    assert len(found) == 2
    assert {d.lead for d in found} == {("Sở Xây dựng",)}
    assert {d.coordinate for d in found} == {("Công an tỉnh",)}
    assert {d.deadline.date for d in found if d.deadline} == {dt.date(2025, 12, 31)}


def test_who_only_speaks_is_not_addressed() -> None:
    assert rows(
        """
Ban Thường vụ Tỉnh ủy kết luận như sau:
1. Thống nhất chủ trương thay thế cầu treo.
2. Giao Đảng ủy UBND tỉnh lãnh đạo việc thay thế cầu treo.
""",
        kind="THÔNG BÁO",
        code="TB-TU",
    ) == [("Giao Đảng ủy UBND tỉnh lãnh đạo việc thay thế cầu treo", ("Đảng ủy UBND tỉnh",))]


def test_an_announcing_sentence_that_asks_for_more_is_a_task_itself() -> None:
    found = rows(
        """
Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở đề cao trách nhiệm, khắc phục ngay các tồn tại trong quản lý cầu treo \
dân sinh trên địa bàn, trong đó tập trung thực hiện một số nhiệm vụ sau:
1. Kiểm tra các cầu treo.
""",
        kind="CHỈ THỊ",
        code="CT-UBND",
    )
    assert len(found) == 2
    assert found[0][0].startswith("yêu cầu Giám đốc các sở đề cao trách nhiệm")
    assert {lead for _, lead in found} == {("Giám đốc các sở",)}


def test_a_call_to_carry_out_the_act_is_none_but_the_report_behind_it_is() -> None:
    (found,) = rows("""
1. Sở Xây dựng
- Rà soát cầu treo.
UBND tỉnh yêu cầu các sở, ngành nghiêm túc triển khai thực hiện; định kỳ trước ngày 15 tháng 11 hằng năm báo cáo \
kết quả về UBND tỉnh.
""")[1:]
    assert found == (
        "định kỳ trước ngày 15 tháng 11 hằng năm báo cáo kết quả về UBND tỉnh",
        ("các sở, ngành",),
    )


def test_a_list_of_what_one_demand_consists_of_is_one_task() -> None:
    found = rows("""
1. Sở Xây dựng
- Khẩn trương rà soát, hoàn thiện các báo cáo: (i) Báo cáo hiện trạng; (ii) Báo cáo kinh phí, trong đó nêu rõ nguồn.
2. Giao Sở Tài chính: (i) Bố trí kinh phí; (ii) Kiểm tra quyết toán.
""")
    assert [text.split(",")[0] for text, _ in found] == [
        "Khẩn trương rà soát",
        "Bố trí kinh phí",
        "Kiểm tra quyết toán",
    ]
    assert [lead for _, lead in found] == [("Sở Xây dựng",), ("Sở Tài chính",), ("Sở Tài chính",)]


def test_items_below_a_limit_line_are_tasks_and_content_lines_are_not() -> None:
    found = rows("""
1. Xây dựng Cổng thông tin cầu treo
- Nội dung: Cổng cung cấp thông tin tải trọng cho người dân.
- Cơ quan thực hiện: Sở Xây dựng.
2. Rà soát cầu treo
- Cơ quan thực hiện: Sở Xây dựng.
- Thời gian thực hiện:
+ UBND các xã gửi kết quả về Sở Xây dựng trước ngày 15 tháng 4 năm 2025.
""")
    assert next(text for text, _ in found) == "Xây dựng Cổng thông tin cầu treo"
    assert ("UBND các xã gửi kết quả về Sở Xây dựng trước ngày 15 tháng 4 năm 2025", ("UBND các xã",)) in found
    assert not any("cung cấp thông tin" in text for text, _ in found)


def test_a_leaf_splits_where_the_body_changes() -> None:
    text, found = drafts("""
1. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập dự toán sửa chữa trước ngày 30/4/2025; \
UBND các xã bố trí lực lượng canh gác.
""")
    assert [d.lead for d in found] == [("Sở Xây dựng",), ("UBND các xã",)]
    assert found[0].coordinate == ("Sở Tài chính",)
    assert found[0].deadline is not None and found[0].deadline.date == dt.date(2025, 4, 30)
    assert found[1].deadline is None
    assert found[0].deliverable == "dự toán sửa chữa"
    assert text[found[0].start :].startswith("Giao Sở Xây dựng")


def test_enumerations_within_a_paragraph() -> None:
    found = rows("""
1. Sở Xây dựng chủ trì: (1) Kiểm tra các cầu treo đã hết hạn. (2) Lập danh mục cầu phải thay thế.
""")
    assert found == [
        ("Kiểm tra các cầu treo đã hết hạn", ("Sở Xây dựng",)),
        ("Lập danh mục cầu phải thay thế", ("Sở Xây dựng",)),
    ]


def test_a_topic_is_left_out_of_the_evidence() -> None:
    found = rows("1. Về cầu treo Suối Mơ: giao Sở Xây dựng khảo sát, đề xuất phương án thay thế.")
    assert found == [("giao Sở Xây dựng khảo sát, đề xuất phương án thay thế", ("Sở Xây dựng",))]


def test_a_finishing_clause_limits_the_whole_item() -> None:
    _, found = drafts("""
1. Sở Xây dựng rà soát các cầu treo; lập danh mục cầu phải thay; hoàn thành trước ngày 15/5/2025.
""")
    assert [d.deadline.date for d in found if d.deadline] == [dt.date(2025, 5, 15)]
    assert len(found) == 1


def test_objects_are_no_subjects() -> None:
    found = rows("""
1. Sở Xây dựng
a) Tiếp tục chỉ đạo phòng chuyên môn, các đơn vị có liên quan kiểm tra cầu treo.
b) Trên cơ sở kết quả kiểm tra, phối hợp với các cơ quan, đơn vị có liên quan đề xuất phương án sửa chữa.
""")
    assert [lead for _, lead in found] == [("Sở Xây dựng",)] * 2


def test_what_requires_nothing_is_left_out_with_a_reason() -> None:
    text = (
        HEAD.format(kind="CHỈ THỊ", code="CT-UBND")
        + """Thời gian qua, các sở, ngành đã kiểm tra nhiều cầu treo. Tuy nhiên, một số cầu chưa bảo đảm an toàn.
I. MỤC ĐÍCH, YÊU CẦU
1. Bảo đảm an toàn cho người qua cầu.
II. NHIỆM VỤ
1. Sở Xây dựng kiểm tra toàn bộ cầu treo.
Trên đây là Chỉ thị về an toàn cầu treo./.
"""
        + TAIL
    )
    document = read(text.encode(), "mau.txt")
    found = extract(document)
    assert [document.text[d.start : d.end] for d in found] == ["Sở Xây dựng kiểm tra toàn bộ cầu treo"]
    skipped = explain(document)
    assert any("Bảo đảm an toàn" in document.text[s.start : s.end] for s in skipped)
    assert all(s.vi and s.en for s in skipped)


def test_recurring_duties() -> None:
    _, found = drafts("""
1. UBND các xã thường xuyên kiểm tra cầu treo.
2. Sở Xây dựng báo cáo UBND tỉnh trước ngày 15/11 hằng năm.
""")
    assert [d.deadline.recurrence for d in found if d.deadline] == [Recurrence.CONTINUOUS, Recurrence.YEARLY]


def test_a_press_report_yields_a_task_for_each_clause() -> None:
    report = (
        "Hội nghị ngành Cầu đường\nNgày 5/3/2025, hội nghị ngành Cầu đường đã bế mạc. Ông Trần Văn Mẫu đề nghị ngành "
        "Cầu đường đổi mới cách kiểm tra; tăng cường ứng dụng công nghệ; xây dựng Đề án “Cầu an toàn” trình Hội nghị "
        "Trung ương 9.\n"
    )
    document = read(report.encode(), "bao.txt")
    found = extract(document)
    assert len(found) == 3
    assert {d.lead for d in found} == {("ngành Cầu đường",)}
    assert found[2].deadline is not None and found[2].deadline.event == "trình Hội nghị Trung ương 9"
    assert found[2].deliverable == "Đề án “Cầu an toàn”"


def test_every_draft_rests_on_words_of_the_document() -> None:
    text, found = drafts("""
1. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch sửa chữa trong tháng 6/2025.
""")
    (draft,) = found
    fields = {r.field for r in draft.reasons}
    assert fields >= {"lead", "coordinate", "deadline", "deliverable"}
    for reason in draft.reasons:
        assert reason.start is not None and reason.end is not None
        assert text[reason.start : reason.end].strip()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "1. ",
                "a) ",
                "- ",
                "I. ",
                "Sở Xây dựng",
                "UBND các xã",
                " chủ trì",
                ", phối hợp với ",
                " kiểm tra",
                ":",
                ";",
                ".",
                "\n",
                " trước ngày 30/4/2025",
                "(1) ",
                "(",
                ")",
                "Về việc ",
                "“",
                "Thời gian: ",
                "Điều 1. ",
                "|",
                " ",
            ]
        ),
        max_size=60,
    )
)
def test_no_text_breaks_it(parts: list[str]) -> None:
    text, found = drafts("".join(parts) + "\nx")
    for at, draft in enumerate(found):
        assert 0 <= draft.start < draft.end <= len(text)
        assert draft.parent is None or 0 <= draft.parent < at


def test_gold(shared: Path, tmp_path: Path) -> None:
    """The annotated documents: the bars of the project."""
    gold = shared / "gold" / "dev"
    for path in sorted(gold.glob("*.txt")):
        document = read(path.read_bytes(), path.name)
        found = extract(document)
        data = document.to_json()
        tasks = [
            {
                "start": d.start,
                "end": d.end,
                "lead": d.lead,
                "coordinate": d.coordinate,
                "deliverable": d.deliverable,
                "deadline": d.deadline
                and {
                    "text": d.deadline.text,
                    "date": d.deadline.date and str(d.deadline.date),
                    "recurrence": d.deadline.recurrence,
                    "event": d.deadline.event,
                },
            }
            for d in found
        ]
        out = {"metadata": data["metadata"], "citations": data["citations"], "tasks": tasks}
        (tmp_path / f"{path.stem}.json").write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "score.py"), str(gold), "--pred", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    scores = json.loads(result.stdout.strip().splitlines()[-1])
    assert scores["tasks_f1"] >= 0.90
    assert scores["plan_f1"] >= 0.75
    assert scores["coordinators_f1"] >= 0.80


def test_gold_of_our_own() -> None:
    """What was learnt from the documents in tests/gold is kept; no measure of unseen ones."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "tools/gold.py", "tests/gold"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    scores = json.loads(result.stdout.strip().splitlines()[-1])
    assert scores["failed"] == 0
    assert scores["tasks_f1"] >= 0.94
    assert scores["plan_f1"] >= 0.86
    assert scores["coordinators_f1"] >= 0.88


@pytest.mark.parametrize("text", ["", "\n", "không có gì"])
def test_nothing_to_find(text: str) -> None:
    _, found = drafts(text)
    assert found == ()


def test_a_heading_among_bodies_names_a_body_whatever_its_words() -> None:
    assert rows("""
I. TỔ CHỨC THỰC HIỆN
1. Sở Xây dựng
a) Rà soát toàn bộ cầu treo trên địa bàn.
2. Các chủ sở hữu xây dựng và khai thác bến đò ngang
a) Trang bị áo phao cho người qua sông.
b) Ngừng đón khách khi nước lên.
3. Công an tỉnh
a) Kiểm tra các bến đò.
""") == [
        ("Rà soát toàn bộ cầu treo trên địa bàn", ("Sở Xây dựng",)),
        ("Trang bị áo phao cho người qua sông", ("Các chủ sở hữu xây dựng và khai thác bến đò ngang",)),
        ("Ngừng đón khách khi nước lên", ("Các chủ sở hữu xây dựng và khai thác bến đò ngang",)),
        ("Kiểm tra các bến đò", ("Công an tỉnh",)),
    ]


def test_a_title_of_duties_names_whom_it_charges() -> None:
    assert rows("""
1. Sở Tài chính tổng hợp kết quả kiểm đếm.
Trách nhiệm của người được giao trông coi kho:
- Lập danh sách vật tư trong kho.
""") == [
        ("Sở Tài chính tổng hợp kết quả kiểm đếm", ("Sở Tài chính",)),
        ("Lập danh sách vật tư trong kho", ("người được giao trông coi kho",)),
    ]


def test_demands_stand_behind_an_assessment() -> None:
    assert rows(
        """
I. ĐÁNH GIÁ CHUNG
Xã đã vượt qua khó khăn và hoàn thành các chỉ tiêu.
Để giữ vững kết quả đó, Ủy ban nhân dân xã Mường Mẫu cần thực hiện tốt các nhiệm vụ sau đây:
1. Khôi phục hai tuyến kênh bị vùi lấp.
2. Cấp nước sạch cho ba thôn.
""",
        kind="THÔNG BÁO",
        code="TB-VP",
    ) == [
        ("Khôi phục hai tuyến kênh bị vùi lấp", ("Ủy ban nhân dân xã Mường Mẫu",)),
        ("Cấp nước sạch cho ba thôn", ("Ủy ban nhân dân xã Mường Mẫu",)),
    ]


def test_sentences_counted_within_a_paragraph_are_tasks_of_their_own() -> None:
    assert [
        words
        for words, _ in rows("""
1. Chủ tịch UBND các xã tập trung chỉ đạo ứng phó với mưa lũ, trong đó: (1) Kêu gọi người dân rời khỏi bãi sông. \
(2) Rà soát phương án sơ tán. (3) Bố trí lực lượng trực tại các ngầm tràn.
""")
    ] == [
        "Kêu gọi người dân rời khỏi bãi sông",
        "Rà soát phương án sơ tán",
        "Bố trí lực lượng trực tại các ngầm tràn",
    ]


def test_things_enclosed_are_no_tasks() -> None:
    assert rows(
        """
Sở Y tế đề nghị UBND các xã quan tâm chỉ đạo:
1. Phổ biến sổ tay đến từng thôn.
UBND tỉnh Hòa Hợp gửi kèm bộ tài liệu gồm:
- Sổ tay phòng bệnh mùa lũ;
- Tranh cổ động.
""",
        kind="KẾ HOẠCH",
    ) == [("Phổ biến sổ tay đến từng thôn", ("UBND các xã",))]


def test_a_plan_about_procedures_gives_work() -> None:
    text, _ = drafts("1. Sở Tư pháp rà soát các mẫu đơn của tỉnh.")
    document = read(
        text.replace("Về việc sửa chữa cầu treo dân sinh", "Đơn giản hóa thủ tục hành chính").encode(), "a.txt"
    )
    assert [d.lead for d in extract(document)] == [("Sở Tư pháp",)]


def test_a_kind_of_thing_is_no_product() -> None:
    _, found = drafts("1. Sở Xây dựng rà soát, bổ sung quy hoạch; trình UBND tỉnh Đề án bến thủy.")
    assert [d.deliverable for d in found] == ["Đề án bến thủy"]
    _, found = drafts("1. Sở Xây dựng rà soát, bổ sung quy hoạch.")
    assert [d.deliverable for d in found] == [None]


def test_what_stands_below_a_dropped_paragraph_keeps_a_parent_above_it() -> None:
    _, found = drafts("""
1. Sở Y tế chủ trì xây dựng kế hoạch phòng dịch mùa lũ, trình Ủy ban nhân dân tỉnh.
Sở Y tế rà soát các trạm y tế ven sông.
Sở Y tế kiểm tra các quầy thuốc ven sông.
Sở Y tế báo cáo tình hình dịch bệnh.
a) Sở Y tế tổ chức kiểm tra các kho thuốc của tỉnh.
- Sở Y tế rà soát danh mục thuốc của các trạm.
""")
    assert found
    assert all(draft.parent is None or draft.parent < at for at, draft in enumerate(found))


def test_a_clause_keeps_its_limit_to_itself() -> None:
    body = """
1. Sở Xây dựng rà soát các cầu treo; cắm biển báo tại các cầu yếu trước ngày 30/6/2025.
2. Sở Tài chính bố trí kinh phí; hướng dẫn thủ tục thanh toán, hoàn thành trước ngày 31/7/2025.
"""
    _, found = drafts(body)
    assert [d.deadline and str(d.deadline.date) for d in found] == [None, "2025-06-30", "2025-07-31"]


def test_labelled_values_on_one_line_and_behind_a_sentence() -> None:
    text, (first, second) = drafts("""
II. NHIỆM VỤ
a) Xây dựng bản đồ cầu treo của tỉnh.
Chủ trì: Sở Xây dựng; phối hợp: Sở Tài chính, UBND các xã; thời gian: Trong năm 2025; sản phẩm: Bản đồ số.
b) Hướng dẫn bảo trì cầu treo dân sinh. Cơ quan chủ trì: Sở Tư pháp. Thời hạn: Tháng 10/2025.
""")
    assert (first.lead, first.coordinate) == (("Sở Xây dựng",), ("Sở Tài chính", "UBND các xã"))
    assert first.deadline and first.deadline.date == dt.date(2025, 12, 31) and first.deliverable == "Bản đồ số"
    assert text[second.start : second.end] == "Hướng dẫn bảo trì cầu treo dân sinh"
    assert second.lead == ("Sở Tư pháp",) and second.deadline and second.deadline.date == dt.date(2025, 10, 31)


def test_a_limit_in_the_heading_of_tasks_holds_for_all() -> None:
    _, found = drafts("""
1. Nhiệm vụ trọng tâm từ nay đến tháng 6/2027
a) Sở Xây dựng thay thế các cầu treo xuống cấp.
b) Sở Tài chính bố trí kinh phí bảo trì hằng năm; quyết toán trước ngày 31/3/2026.
""")
    assert found[0].deadline and found[0].deadline.date == dt.date(2027, 6, 30)
    assert found[-1].deadline and found[-1].deadline.date == dt.date(2026, 3, 31)


def test_an_item_of_somebody_is_a_task_whatever_its_verb() -> None:
    found = rows("""
1. Chủ tịch UBND xã An Bình:
- Bắc cầu tạm cho học sinh qua suối; gia cố mố cầu trước ngày 30/4/2025.
""")
    assert [lead for _, lead in found] == [("Chủ tịch UBND xã An Bình",)] * 2


def test_what_is_agreed_to_is_not_asked_for() -> None:
    found = rows(
        """
1. Về nguồn vốn: Cơ bản thống nhất với đề xuất của Sở Tài chính. Giao Sở Xây dựng lập dự toán chi tiết.
2. Đồng ý chủ trương thay thế cầu treo. UBND xã An Bình bàn giao mặt bằng.
""",
        kind="THÔNG BÁO",
        code="TB-UBND",
    )
    assert [lead for _, lead in found] == [("Sở Xây dựng",), ("UBND xã An Bình",)]


def test_whom_a_report_regards() -> None:
    text = "Đối với Sở Xây dựng, ông Mẫu giao lập danh mục cầu yếu. Với UBND các xã, đồng chí Chủ tịch yêu cầu cắm biển báo."
    found = rows(text, kind="THÔNG BÁO", code="TB-UBND")
    assert [lead for _, lead in found] == [("Sở Xây dựng",), ("UBND các xã",)]


def test_who_directs_others_leads() -> None:
    found = rows("""
1. Đảng ủy UBND tỉnh chỉ đạo: (1) Sở Xây dựng lập danh mục cầu treo; (2) Thanh tra tỉnh thanh tra các dự án chậm.
2. Sở Công Thương: kiểm tra các chủ hồ; yêu cầu Công ty Điện lực có phương án cấp điện.
""")
    assert [lead for _, lead in found][:2] == [("Đảng ủy UBND tỉnh",)] * 2
    assert {lead for _, lead in found[2:]} == {("Sở Công Thương",)}


def test_numbers_of_party_documents_end_in_a_dash() -> None:
    found = rows("""
II- NỘI DUNG
1- Rà soát cầu treo
1.1- Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh:
- Rà soát toàn bộ cầu treo của tỉnh.
- Cắt giảm chi phí khảo sát.
1.2- Đảng ủy HĐND tỉnh lãnh đạo giám sát việc thực hiện.
""")
    assert [lead for _, lead in found] == [("Đảng ủy UBND tỉnh",)] * 2 + [("Đảng ủy HĐND tỉnh",)]


def test_who_leads_may_stand_in_brackets() -> None:
    _, (draft,) = drafts("""
II. NHIỆM VỤ
- Lập quy hoạch cầu treo đến năm 2035 (Sở Xây dựng chủ trì; phối hợp: Sở Tài chính, UBND các xã).
""")
    assert (draft.lead, draft.coordinate) == (("Sở Xây dựng",), ("Sở Tài chính", "UBND các xã"))


def test_an_act_below_a_heading_that_only_discusses_it_is_no_product() -> None:
    body = """
1. {heading}
a) Nghị định quy định về quản lý cầu treo.
- Cơ quan chủ trì: Sở Xây dựng.
- Thời gian: Quý II/2025.
"""
    _, (built,) = drafts(body.format(heading="Xây dựng văn bản"))
    _, (discussed,) = drafts(body.format(heading="Tham gia góp ý văn bản"))
    assert built.deliverable == "Nghị định quy định về quản lý cầu treo" and discussed.deliverable is None


def test_who_cooperates_right_behind_the_subject_does_so_in_every_clause() -> None:
    _, found = drafts("""
1. Văn phòng Tỉnh ủy phối hợp với Ban Nội chính Tỉnh ủy theo dõi việc thực hiện; định kỳ 6 tháng báo cáo kết quả.
2. Sở Xây dựng chủ trì, phối hợp với Công an tỉnh:
a) Kiểm tra các cầu treo.
b) Sở Tài chính bố trí kinh phí.
3. Sở Công Thương: kiểm tra chợ tạm, cùng UBND các phường chấm dứt việc lấn chiếm (Công an tỉnh phối hợp).
""")
    assert [d.coordinate for d in found] == [
        ("Ban Nội chính Tỉnh ủy",),
        ("Ban Nội chính Tỉnh ủy",),
        ("Công an tỉnh",),
        (),
        ("UBND các phường", "Công an tỉnh"),
    ]
