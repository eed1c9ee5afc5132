"""Four acts of the province for its library: one amends, one replaces, one is based on what the others said."""

from __future__ import annotations

import datetime as dt

from bonhoa_web.demo.directives import DemoDocument, official_document
from bonhoa_web.demo.province import PROVINCE

_LAW = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"
_RULES = "Quy chế phối hợp giải quyết thủ tục hành chính"


def _cited(number: str, issued: dt.date) -> str:
    return (
        f"Quyết định số {number} ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year} "
        f"của Ủy ban nhân dân {PROVINCE}"
    )


def _from(day: dt.date) -> str:
    return f"Quyết định này có hiệu lực từ ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"


def acts_on_file(today: dt.date) -> list[DemoDocument]:
    """The acts, the oldest first: the rules, their amendment, the new rules in their place, and what details these."""
    first, second, third, fourth = (today - dt.timedelta(days=d) for d in (400, 250, 120, 90))
    rules = _act(
        "41/QĐ-UBND",
        first,
        f"Ban hành {_RULES}",
        [
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp giữa các cơ quan của tỉnh khi giải quyết thủ "
            "tục hành chính liên thông.",
            f"Điều 2. {_from(first)}.",
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở thi hành Quyết định này.",
        ],
        "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về thực hiện cơ chế một cửa;",
    )
    amendment = _act(
        "87/QĐ-UBND",
        second,
        f"Sửa đổi, bổ sung một số điều của {_RULES}",
        [
            f"Điều 1. Sửa đổi khoản 2 Điều 5 của Quy chế ban hành kèm theo {_cited('41/QĐ-UBND', first)}: thời hạn trả "
            "lời của cơ quan phối hợp là ba ngày làm việc.",
            f"Điều 2. {_from(second)}.",
        ],
        f"Căn cứ {_cited('41/QĐ-UBND', first)};",
    )
    renewed = _act(
        "19/QĐ-UBND",
        third,
        f"Ban hành {_RULES} theo mô hình chính quyền địa phương hai cấp",
        [
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp giữa các sở và Ủy ban nhân dân các xã, phường.",
            f"Điều 2. {_from(third)} và thay thế {_cited('41/QĐ-UBND', first)}.",
            "Điều 3. Thủ trưởng các cơ quan quy định tại Điều 1 Quyết định này thi hành.",
        ],
    )
    detail = _act(
        "52/QĐ-UBND",
        fourth,
        "Quy trình nội bộ giải quyết thủ tục hành chính lĩnh vực hộ tịch",
        [
            f"Điều 1. Quy trình thực hiện theo {_cited('19/QĐ-UBND', third)}.",
            f"Điều 2. Hồ sơ đã nhận theo {_cited('41/QĐ-UBND', first)} được giải quyết tiếp đến khi xong.",
            f"Điều 3. {_from(fourth)}.",
        ],
        f"{_LAW}\nCăn cứ {_cited('19/QĐ-UBND', third)};",
    )
    return [rules, amendment, renewed, detail]


def _act(number: str, issued: dt.date, subject: str, body: list[str], grounds: str = _LAW) -> DemoDocument:
    name = f"quyet-dinh-{number.partition('/')[0]}.docx"
    return official_document(name, "QUYẾT ĐỊNH", number, issued, subject, [("text", line) for line in body], grounds)
