"""The end and the margins of a document: who signs and in what quality, to whom it goes, how urgent it is.

Source: NĐ 30/2020/NĐ-CP Phụ lục I (state), Hướng dẫn 36-HD/VPTW and 05-HD/VPTW (Party: T/M, K/T, T/L). Copies put the
marks, the office and the name on one line or on many, and break names; so the signature is read as a run of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs; `authority` as printed without a body ("TM. KT."), `office` as printed ("PHÓ CHỦ TỊCH")."""

    signer: str
    authority: str | None
    office: str | None
    line: int
    """The line of the body where it begins."""


_MARK = r"(?:TM|KT|TUQ|TL|Q|T/M|K/T|T/L|T/UQ|QUYỀN)"
_OFFICE = (
    r"(?:PHÓ |QUYỀN )*(?:THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|CHỦ NHIỆM|THỨ TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG"
    r"|TỔNG CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG BÍ THƯ|BÍ THƯ|TRƯỞNG BAN|TRƯỞNG PHÒNG|TRƯỞNG ĐOÀN|CHÁNH VĂN PHÒNG"
    r"|CHÁNH THANH TRA|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|TỔNG THANH TRA|HIỆU TRƯỞNG|TỔNG THƯ KÝ"
    r"|CHỈ HUY TRƯỞNG|TƯ LỆNH)(?!\p{L})"
)
# Where a signature begins: a mark with what it stands for, or an office in capitals.
_BEGINS = regex.compile(rf"(?P<office>{_MARK}(?:[./:,] ?| )(?=\p{{Lu}}{{2}})|{_OFFICE}|\( ?[Đđ]ã ký ?\) ?(?=\p{{Lu}}))")
_GLUED = regex.compile(rf"(?<=[.;)\w] )(?P<office>{_MARK}\. ?(?=\p{{Lu}}{{2}}[\p{{Lu}} ,]+))")
# A consolidation copied on one line.
_CERTIFIED = regex.compile(rf"XÁC THỰC VĂN BẢN HỢP NHẤT (?P<office>{_MARK}[./:,] ?(?=\p{{Lu}}{{2}})|{_OFFICE})")
_CAPITALS = r"[\p{Lu}\d]+[\p{Lu}\d,.&/()–-]*"
_RUN = regex.compile(rf"{_CAPITALS}(?: {_CAPITALS})*(?= |$)|{_CAPITALS}$")
_SIGNED = regex.compile(r"^\(? ?(?i:đã ký|ký tên|đã kí)\b ?:? ?\)?[ ,.:]*")
# What character recognition made of the signature itself.
_SCRAWL = regex.compile(r"(?<!\p{L})\p{Ll}{0,3}\](?=\p{Lu}|$)|(?<=\p{Lu}{2})\p{Ll}{1,3}\]$")
_RANKS = r"(?:(?:Đại|Thượng|Trung|Thiếu) tướng|(?:Đại|Thượng|Trung|Thiếu) tá|GS|PGS|TS|ThS|BS|NSND|NSƯT)[.,]? ?"
_SYLLABLE = r"\p{Lu}\p{Ll}*"
_NAME = regex.compile(
    rf"(?:{_RANKS})*(?P<name>{_SYLLABLE}(?: {_SYLLABLE}\.?){{1,5}})(?=$|[ .]*(?:\(|\[\d|Phụ lục|PHỤ LỤC))"
    r"|(?P<one>\p{Lu}\p{Ll}+)$"
)
_STOP = regex.compile(r"(?:Căn cứ|Điều |Theo |QUYẾT ĐỊNH|NGHỊ QUYẾT|Kính gửi|PHỤ LỤC|CHỈ THỊ|Xét )")
_REACH = 7  # lines after the mark within which the name stands; "(Đã ký)" and other columns come between


def find_signature(body: Sequence[str]) -> Signature | None:
    """The first signature in `body`, whose lines have single blanks and no Markdown; None without a signer's name.

    Annexes bear signatures of forms and tables, and come later.
    """
    for at, line in enumerate(body):
        begins = _BEGINS.match(line) if line[:2].isupper() or line[0] in "TKQ(" else None
        begins = begins or (_GLUED.search(line) if ". " in line else None) or _CERTIFIED.match(line)
        if begins and (found := _read(line[begins.start("office") :], body[at + 1 : at + 1 + _REACH])):
            return replace(found, line=at)
    return None


def _read(first: str, following: Sequence[str]) -> Signature | None:
    """The signature that begins with the line `first`; None if those lines are none."""
    office: list[str] = []
    half: str | None = None  # the first word of a name that the copy broke in two
    lines = [_SCRAWL.sub("", line) for line in (first, *following)]
    for at, line in enumerate(lines):
        run = None if _NAME.match(line) else _RUN.match(line)
        rest = line
        if run and not half:
            if office and _STOP.match(line):
                return None
            office.append(run[0])
            rest = line[run.end() :].strip()
            if not rest:
                continue
        elif _STOP.match(line):
            return None
        rest = _SIGNED.sub("", rest)
        if half:
            rest = f"{half} {rest}"
        name = _NAME.match(rest)
        if name and name["name"]:
            after = _NAME.fullmatch(lines[at + 1]) if at + 1 < len(lines) else None
            last = f" {after['one']}" if after and after["one"] and name["name"].count(" ") == 1 else ""
            return Signature(name["name"].rstrip(".") + last, _authority(office), _office(office), 0)
        half = name["one"] if name else None
        if run and rest and not name:  # capitals that a sentence goes on: a heading, not a signature
            return None
    return None


_MARK_AND_WORDS = regex.compile(rf"(?<!\p{{L}}){_MARK}(?:[./:,] ?| )(?=\p{{Lu}}{{2}})")
_LAST_OFFICE = regex.compile(rf"(?<!\p{{L}}){_OFFICE}[\p{{Lu}} ,-]*?(?= (?:{_OFFICE})|$)")


def _authority(office: Sequence[str]) -> str | None:
    marks = [m[0].rstrip(" ,:") for line in office for m in _MARK_AND_WORDS.finditer(line)]
    return " ".join(m if m.endswith(".") or "/" in m else m.rstrip(".") + "." for m in marks) or None


def _office(office: Sequence[str]) -> str | None:
    """The office under the last mark; of one line "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" the second."""
    words = " ".join(office)
    after = _MARK_AND_WORDS.split(words)[-1]
    found = [m[0].strip(" ,") for m in _LAST_OFFICE.finditer(after)]
    return found[-1] if found else None


# --- to whom, how urgent --------------------------------------------------------------------------------------

_RECIPIENTS = regex.compile(r"(?i:nơi nhận) ?:? ?(?P<rest>.*)")
_ADDRESSEE = regex.compile(r"(?:Kính gửi|Đồng kính gửi|Kính trình) ?:? ?(?P<rest>.*)")
_ITEM = regex.compile(r"[-–+•] ?(?P<name>.+)")
_BETWEEN = regex.compile(r"[;,.] ?[-–] ?(?=\p{Lu})")
_FILED = regex.compile(r"(?i:lưu)\b")
_BESIDE = 60  # lines: the list may be long
_TOP = 60  # lines: whom a letter is addressed to
_PURPOSE = regex.compile(r" ?\((?:để|b/c|thay|\d+|t/h|p/h)[^()]*\)")


def find_recipients(lines: Sequence[str], signed_at: int | None) -> tuple[str, ...]:
    """The names after "Kính gửi" and in the list "Nơi nhận", as printed, without their purpose and without the filing.

    The list stands beside the signature (`signed_at`: its line); those of forms in the annexes are not the document's.
    """
    found: list[str] = []
    for at, line in enumerate(lines[:_TOP]):
        if begins := _ADDRESSEE.match(line):
            found += _list(begins["rest"], lines[at + 1 : at + 60])
    first, last = (0, len(lines)) if signed_at is None else (max(0, signed_at - _BESIDE), signed_at + _BESIDE)
    for at in range(first, min(last, len(lines))):
        if lines[at][:1] in "Nn" and (begins := _RECIPIENTS.match(lines[at])):
            found += _list(begins["rest"], lines[at + 1 : at + 60])
            break
    names = (_PURPOSE.sub("", name).strip(" ;,.") for name in found)
    return tuple(dict.fromkeys(name for name in names if name and not _FILED.match(name) and name != "Như trên"))


def _list(first: str, following: Sequence[str]) -> list[str]:
    """The items of one list; an item may go on in the next line, and all may stand in one."""
    items = [part for part in _BETWEEN.split(first.lstrip("-– ")) if part.strip(" .;:")]
    closed = bool(items) and items[-1].rstrip().endswith(".")
    for line in following:
        item = _ITEM.match(line)
        if item:
            items += _BETWEEN.split(item["name"])
        elif not items or closed or not (line[0].islower() or items[-1].rstrip().endswith(",")) or len(line) > 120:
            break
        else:
            items[-1] += " " + line
        closed = items[-1].rstrip().endswith(".") and bool(_FILED.match(items[-1]))
        if closed:
            break
    return items


_URGENT = regex.compile(r"[^\p{L}]*(?P<mark>HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)(?: HẸN GIỜ)?[^\p{L}]*")
_URGENCY = {"HỎA TỐC": "Hỏa tốc", "HOẢ TỐC": "Hỏa tốc", "THƯỢNG KHẨN": "Thượng khẩn", "KHẨN": "Khẩn"}


def find_urgency(top: Sequence[str]) -> str | None:
    """The mark of urgency that stands alone on a line of the head, in capitals."""
    for line in top:
        mark = _URGENT.fullmatch(line)
        if mark:
            return _URGENCY[mark["mark"]]
    return None
