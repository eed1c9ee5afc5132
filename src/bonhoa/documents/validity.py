"""From when, and until when, an act says it applies."""

from __future__ import annotations

import datetime as dt

import regex

from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.numbers import DATE, parse_date

_ACT = (
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Chỉ thị|Quy chế|Quy định"
    r"|Hướng dẫn|Kết luận|Hiến pháp)"
)
_SIGNED = r"ngày (?:ký|ban hành|được thông qua|Quốc hội thông qua|thông qua)"
_APPLIES = regex.compile(
    rf"(?<!\p{{L}}){_ACT} này (?:bắt đầu )?có hiệu lực(?: thi hành)?"
    rf"(?:,? (?:kể )?từ| vào)? "
    rf"(?:(?P<date>{DATE})|sau (?P<days>\d+) ngày,? (?:kể )?từ {_SIGNED}|(?P<signed>{_SIGNED}))"
    rf"(?: (?:ban hành )?(?:và được thực hiện |và có hiệu lực )?đến (?:hết )?(?P<until>{DATE}))?"
)
_ENDS = regex.compile(rf"(?<!\p{{L}}){_ACT} này hết hiệu lực(?: thi hành)?(?: kể)? từ (?P<date>{DATE})")


def find_validity(flow: Flow, signed: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """(first day, first day no longer) of an act signed on `signed`; None for what its text does not say.

    Only the first such sentence counts: those of attached texts come later.
    """
    applies = _APPLIES.search(flow.text)
    ends = _ENDS.search(flow.text)
    first, last = None, parse_date(ends["date"]) if ends else None
    if applies:
        if applies["date"]:
            first = parse_date(applies["date"])
        elif signed is not None:
            first = signed + dt.timedelta(days=int(applies["days"] or 0))
        until = parse_date(applies["until"]) if applies["until"] else None
        last = until + dt.timedelta(days=1) if until else last
    return first, last
