"""A text as logical paragraphs: hard-wrapped lines joined, page furniture and empty table marks left out.

Reads: the text as it is. Writes: paragraphs with their source spans and their words in normal form (NFC, single
blanks, without Markdown signs), so that what follows sees what a reader sees.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bonhoa.documents.offsets import normal

_NOISE = re.compile(
    r"^(?:[\s|*_#=.\-–—~]*|CÔNG BÁO\s*/\s*Số\b.*|\d{1,4}\s+CÔNG BÁO\s*/\s*Số\b.*|Ký bởi\s*:.*"
    r"|Trang\s+\d+(?:\s*/\s*\d+)?"
    r"|Ngày ký\s*:.*|Người ký\s*:.*|-\s*\d{1,3}\s*-|\(?Xem tiếp Công báo.*|\(Tiếp theo Công báo.*)$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[*_#|]+")
_TAIL = re.compile(r"\s*Ký bởi\s*: CÔNG BÁO.*$|\s*Ký bởi\s*:.*Ngày ký\s*:.*$", re.IGNORECASE)

MARKER = re.compile(
    r"(?P<phan>(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ|Thứ)\s+\w+|[IVXLC]+|\d+)\b(?=[.:\s]*$|[.:]\s|\s+[A-ZÀ-ỸĐ]))"
    r"|(?P<chuong>(?:CHƯƠNG|Chương)\s+(?:[IVXLC]+|\d+)[a-zđ]?\b)"
    r"|(?P<tieu_muc>(?:TIỂU MỤC|Tiểu mục)\s+(?:\d+|[IVXLC]+)\b)"
    r"|(?P<muc>(?:MỤC|Mục)\s+(?:\d+|[IVXLC]+)\b(?=[.:\s]*$|[.:]\s|\s+[A-ZÀ-ỸĐ]))"
    r"|(?P<dieu>(?:Điều|ĐIỀU)\s+\d+\s?[a-zđ]{0,2}\s*(?:\[\d+\])?\s*(?:[.:]|$|(?=\(đã)))"
    r"|(?P<roman>[IVXLC]{1,7}\s*(?:[.)/]|\s?[-–](?=\s))\s*(?=\S))"
    r"|(?P<upper>[A-HĐ]\.\s+(?=[A-ZÀ-ỸĐ]{2}))"
    r"|(?P<multi>\d{1,2}(?:\.\d{1,2}){1,3}\.?\)?\s+(?=[^\d\s%]))"
    r"|(?P<khoan>(?:\d{1,3})[a-zđ]?\s?[.)/]\s*(?=[^\d\s.,)]))"
    r"|(?P<tiet>\((?:[ivx]{1,5}|\d{1,2}|[a-zđ])\)\s*(?=\S))"
    r"|(?P<diem>[a-zđ]\d?\s?[.)]\s*(?=\S))"
    r"|(?P<dash>[-–—•▪●·]\s*(?=[^\s\d\-–—]|\d))"
    r"|(?P<plus>\+\s*(?=\S))"
)
"""What a paragraph may begin with, as printed; the tree decides whether it is meant."""

_LONE_MARKER = re.compile(r"(?:\d{1,3}|[a-zđ]|[IVXLC]{1,6})\s?[.)]")

_COMPONENT = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận|PHỤ LỤC|Phụ lục(?:\s+[IVX\d]+)?\s*[:.]?$|Số\s*:"
    r"|Lưu\s*:|TM\.|T/M|KT\.|TL\.|TUQ\.|Q\."
    r"|[“\"](?:Điều|Khoản|\d+\.|[a-zđ]\)))"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One logical paragraph: source span and words in normal form."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    blank_before: bool
    inside_bold: bool = False


@functools.lru_cache(maxsize=4)
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The logical paragraphs of `text`, in order."""
    lines = _lines(text)
    width = _wrap_width(lines)
    blanks = sum(line.blank_before for line in lines) > len(lines) / 12
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, width, blanks):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_paragraph(text, group) for group in groups)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at, blank, bold = 0, True, False
    for raw, clean in zip(text.split("\n"), _SIGN.sub(" ", normal(text)).split("\n"), strict=True):
        words = " ".join(clean.split())
        if not words or _NOISE.match(words):
            blank = blank or not raw.strip(" |*_#\t")
        else:
            inner = _TAIL.sub("", words) if "ý" in words else words
            lead = len(raw) - len(raw.lstrip(" \t*_#|\u00a0"))
            trail = len(raw.rstrip(" \t*_#|\u00a0"))
            lines.append(_Line(at + lead, at + trail, inner or words, blank, bold))
            blank = False
        bold = bold ^ (raw.count("**") % 2 == 1) if raw.strip() else False  # Markdown bold that runs over a wrap
        at += len(raw) + 1
    return lines


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which this copy wraps its lines, or None if each paragraph stands on one line."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 20)
    if len(lengths) < 8 or lengths[-1] > 140:
        long = sum(n > 140 for n in lengths)
        if len(lengths) < 8 or long > len(lengths) / 50:
            return None
    open_ended = sum(not line.text.endswith((".", ";", ":", ",", "./.")) for line in lines if len(line.text) > 20)
    return lengths[len(lengths) * 9 // 10] if open_ended > len(lengths) / 3 else None


def _continues(previous: _Line, line: _Line, width: int | None, blanks: bool) -> bool:
    """True if `line` goes on the paragraph of `previous`."""
    if _LONE_MARKER.fullmatch(previous.text) and not MARKER.match(line.text):
        return True
    if previous.text in {"Điều", "“Điều"} and line.text[:1].isdigit():
        return True
    if line.blank_before or _COMPONENT.match(line.text):
        return False
    if line.inside_bold and width is not None:
        return True
    marker = MARKER.match(line.text)
    ended = previous.text.endswith((".", ";", ":", "./.", "!", "?", ".”", ";”", '."'))
    if width is None:
        # one paragraph a line: only a lower-case beginning after an open end is a broken line
        return not marker and not ended and line.text[0].islower() and len(previous.text) > 60
    if marker and not (
        marker.lastgroup in {"roman", "diem", "khoan"}
        and not ended
        and len(previous.text) > width * 0.9
        and line.text[:1].isdigit()
        and re.match(r"\d+\s*[%/]|\d{1,3}\.\d{3}", line.text)
    ):
        return False
    if previous.text.isupper() != line.text.isupper() and (previous.text.isupper() or len(previous.text) < width * 0.6):
        return False
    if not ended:
        return len(previous.text) > width * 0.55 or line.text[0].islower()
    return blanks and len(previous.text) > width * 0.8 and not previous.text.endswith((";", ":", "./."))


def _paragraph(text: str, group: list[_Line]) -> Paragraph:
    return Paragraph(group[0].start, group[-1].end, " ".join(line.text for line in group))
