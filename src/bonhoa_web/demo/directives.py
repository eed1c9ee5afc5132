"""The three documents of the demo, written for it: a directive under way, one under review, one newly arrived."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from bonhoa_web.demo.province import PROVINCE


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A document as it arrives: its file and what the clerk writes in the register."""

    filename: str
    data: bytes
    number: str
    issued_on: dt.date


def day(date: dt.date) -> str:
    """A date as official documents write it."""
    return f"{date.day:02d}/{date.month}/{date.year}" if date.month > 2 else f"{date:%d/%m/%Y}"


def main_directive(today: dt.date) -> DemoDocument:
    """The plan that the story follows: 15 places that give work, with the usual faults of a real directive."""
    issued = today - dt.timedelta(days=45)

    def before(days: int) -> str:
        return f"trước ngày {day(today + dt.timedelta(days=days))}"

    body = [
        ("heading", "I. MỤC ĐÍCH, YÊU CẦU"),
        (
            "text",
            "1. Đưa việc đơn giản hóa thủ tục hành chính, chuẩn hóa quy trình nội bộ thành công việc thường "
            "xuyên của từng cơ quan; lấy thời gian và chi phí của người dân, doanh nghiệp làm thước đo kết quả.",
        ),
        (
            "text",
            "2. Mỗi nhiệm vụ giao cho một cơ quan chủ trì, có thời hạn và sản phẩm cụ thể; việc hoàn thành do "
            "cơ quan giao nhiệm vụ xác nhận trên cơ sở sản phẩm.",
        ),
        ("heading", "II. NHIỆM VỤ CỤ THỂ"),
        (
            "text",
            "1. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp rà soát vị trí việc làm của các cơ quan chuyên môn "
            f"thuộc UBND tỉnh, trình UBND tỉnh phương án điều chỉnh {before(-12)}.",
        ),
        (
            "text",
            "2. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ xây dựng dự toán kinh phí thực hiện Kế hoạch, trình "
            f"UBND tỉnh {before(-20)}.",
        ),
        (
            "text",
            "3. Sở Xây dựng chủ trì rà soát, trình UBND tỉnh danh mục thủ tục cấp phép xây dựng cần cắt giảm "
            f"{before(3)}.",
        ),
        (
            "text",
            "4. Sở Khoa học và Công nghệ chủ trì, phối hợp với Văn phòng UBND tỉnh nâng cấp nền tảng dùng chung "
            f"của tỉnh, hoàn thành {before(48)}.",
        ),
        (
            "text",
            "5. Sở Y tế chủ trì xây dựng Đề án liên thông dữ liệu khám bệnh, chữa bệnh giữa các cơ sở y tế công "
            f"lập, trình UBND tỉnh {before(25)}.",
        ),
        (
            "text",
            "6. Sở Giáo dục và Đào tạo chủ trì ban hành hướng dẫn tuyển sinh đầu cấp trực tuyến, hoàn thành "
            f"{before(18)}.",
        ),
        (
            "text",
            "7. Sở Công Thương và Sở Nông nghiệp và Môi trường xây dựng quy trình liên thông cấp phép đối với "
            f"cơ sở chế biến nông sản, trình UBND tỉnh {before(30)}.",
        ),
        (
            "text",
            "8. Sở Kế hoạch và Đầu tư chủ trì tổng hợp danh mục dự án đầu tư công chậm tiến độ, trình UBND "
            f"tỉnh {before(-5)}.",
        ),
        ("text", "9. Sở Văn hóa, Thể thao và Du lịch chủ trì số hóa hồ sơ di tích cấp tỉnh."),
        (
            "text",
            "10. Sở Tư pháp chủ trì, phối hợp với Sở Tài chính xây dựng dự thảo Nghị quyết quy định mức thu lệ "
            "phí qua dịch vụ công trực tuyến, trình Hội đồng nhân dân tỉnh tại kỳ họp cuối năm.",
        ),
        (
            "text",
            "11. Thanh tra tỉnh chủ trì xây dựng kế hoạch kiểm tra việc tiếp nhận và trả kết quả thủ tục hành "
            f"chính, trình UBND tỉnh {before(20)}.",
        ),
        (
            "text",
            f"12. Sở Ngoại vụ chủ trì chuẩn hóa quy trình đón tiếp đoàn vào của tỉnh, ban hành quy trình {before(35)}.",
        ),
        (
            "text",
            "13. Ban Quản lý các khu công nghiệp tỉnh chủ trì xây dựng quy chế một cửa tại chỗ cho doanh nghiệp "
            f"trong khu công nghiệp, trình UBND tỉnh {before(40)}.",
        ),
        ("heading", "III. TỔ CHỨC THỰC HIỆN"),
        (
            "text",
            "1. UBND các xã, phường niêm yết công khai danh mục thủ tục hành chính đã cắt giảm tại trụ sở và "
            f"trên trang thông tin điện tử, hoàn thành {before(16)}.",
        ),
        (
            "text",
            "2. Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Kế hoạch; định kỳ hằng tháng báo cáo UBND "
            "tỉnh kết quả thực hiện.",
        ),
        (
            "text",
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Văn phòng "
            "UBND tỉnh để tổng hợp.",
        ),
    ]
    return official_document(
        "ke-hoach-don-gian-hoa-thu-tuc.docx",
        "KẾ HOẠCH",
        "128/KH-UBND",
        issued,
        f"Đơn giản hóa thủ tục hành chính và chuẩn hóa quy trình giải quyết công việc trên địa bàn {PROVINCE}",
        body,
    )


def second_directive(today: dt.date) -> DemoDocument:
    """A directive whose plan waits for review."""
    issued = today - dt.timedelta(days=4)
    due = day(today + dt.timedelta(days=21))
    body = [
        ("text", "Để chủ động phòng ngừa thiệt hại do mưa lớn và sạt lở đất, Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:"),
        (
            "text",
            "1. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Xây dựng rà soát các điểm có nguy cơ sạt "
            f"lở cao, lập bản đồ cảnh báo, trình UBND tỉnh trước ngày {due}.",
        ),
        (
            "text",
            "2. Sở Xây dựng, Sở Công Thương kiểm tra an toàn hồ đập và công trình giao thông trước mùa mưa, "
            f"hoàn thành trước ngày {due}.",
        ),
        ("text", "3. Sở Thông tin và Truyền thông chủ trì bảo đảm thông tin liên lạc phục vụ chỉ đạo, điều hành."),
        (
            "text",
            "4. Sở Y tế chủ trì chuẩn bị thuốc, hóa chất xử lý nước sạch, vệ sinh môi trường, hoàn thành trước "
            f"ngày {due}.",
        ),
        (
            "text",
            "5. UBND các xã, phường tổ chức diễn tập phương án sơ tán dân cư, hoàn thành trước ngày "
            f"{day(today + dt.timedelta(days=30))}.",
        ),
    ]
    return official_document(
        "chi-thi-phong-chong-thien-tai.docx",
        "CHỈ THỊ",
        "07/CT-UBND",
        issued,
        "Về tăng cường phòng, chống mưa lũ, sạt lở đất",
        body,
    )


def third_directive(today: dt.date) -> DemoDocument:
    """A document that has just arrived: registered and read, nothing decided yet."""
    issued = today - dt.timedelta(days=1)
    body = [
        (
            "text",
            "1. Sở Giáo dục và Đào tạo chủ trì, phối hợp với Sở Y tế kiểm tra bếp ăn bán trú tại các trường "
            f"học, hoàn thành trước ngày {day(today + dt.timedelta(days=28))}.",
        ),
        (
            "text",
            "2. Sở Công Thương chủ trì kiểm tra nguồn cung cấp thực phẩm cho trường học, hoàn thành trước ngày "
            f"{day(today + dt.timedelta(days=28))}.",
        ),
    ]
    return official_document(
        "ke-hoach-an-toan-thuc-pham.docx",
        "KẾ HOẠCH",
        "131/KH-UBND",
        issued,
        "Kiểm tra an toàn thực phẩm trong trường học",
        body,
    )


def evidence_file(title: str, on: dt.date) -> bytes:
    """A short report as a unit would attach it."""
    made = docx.Document()
    made.add_heading("Báo cáo kết quả thực hiện nhiệm vụ", level=1)
    made.add_paragraph(f"Nhiệm vụ: {title}")
    made.add_paragraph(f"Ngày lập: {day(on)}. Tệp minh chứng của dữ liệu mô phỏng.")
    return _bytes(made)


def official_document(
    filename: str,
    kind: str,
    number: str,
    issued: dt.date,
    subject: str,
    body: list[tuple[str, str]],
    grounds: str = "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình "
    "tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;",
) -> DemoDocument:
    """A document of the province's people's committee as a docx, in the layout of NĐ 30/2020/NĐ-CP."""
    made = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    made.styles["Normal"].font.size = Pt(14)
    head = made.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    left.text = f"ỦY BAN NHÂN DÂN\n{PROVINCE.upper()}\nSố: {number}"
    right.text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Sông Trăng, ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}"
    )
    for text in (kind, subject):
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    for ground in grounds.splitlines():
        made.add_paragraph(ground).runs[0].italic = True
    for style, text in body:
        made.add_paragraph().add_run(text).bold = style == "heading"
    foot = made.add_table(rows=1, cols=2)
    foot.rows[0].cells[0].text = "Nơi nhận:\n- Các sở, ban, ngành tỉnh;\n- UBND các xã, phường;\n- Lưu: VT, TH."
    foot.rows[0].cells[1].text = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nNguyễn Hữu Vinh"
    return DemoDocument(filename, _bytes(made), number, issued)


def _bytes(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
