"""A text as logical paragraphs: hard-wrapped lines joined, page furniture and empty table marks left out.

Reads: the text as it is. Writes: paragraphs with their source spans and their words in normal form (NFC, single
blanks, without Markdown signs), so that what follows sees what a reader sees.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bonhoa.documents.markers import UPPER, group_of
from bonhoa.documents.offsets import normal

TABLE = "\u0000table"
"""The words of the paragraph that stands for a table."""

_NOISE = re.compile(
    r"^(?:[\s|*_#=.\-–—~]*|CÔNG BÁO\s*/\s*Số\b.*|\d{1,4}\s+CÔNG BÁO\s*/\s*Số\b.*|Ký bởi\s*:.*"
    r"|Trang\s+\d+(?:\s*/\s*\d+)?"
    r"|Ngày ký\s*:.*|Người ký\s*:.*|-\s*\d{1,3}\s*-|\(?Xem tiếp Công báo.*|\(Tiếp theo Công báo.*)$",
    re.IGNORECASE,
)
_SIGNS = "*_#|"
_TAIL = re.compile(r"\s*Ký bởi\s*: CÔNG BÁO.*$|\s*Ký bởi\s*:.*Ngày ký\s*:.*$", re.IGNORECASE)

_LONE_MARKER = re.compile(r"(?:\d{1,3}|[a-zđ]|[IVXLC]{1,6})\s?[.)]")

_COMPONENT = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận|PHỤ LỤC|Phụ lục(?:\s+[IVX\d]+)?\s*[:.]?$|Số\s*:"
    r"|Lưu\s*:|TM\.|T/M|KT\.|TL\.|TUQ\.|Q\."
    r"|[“\"](?:Điều|Khoản|\d+\.|[a-zđ]\)))"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One logical paragraph: source span, words in normal form, the group of `MARKER` that they begin with."""

    start: int
    end: int
    text: str
    group: str | None = None


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    blank_before: bool
    group: str | None
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
    return tuple(_paragraph(group) for group in groups)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at, blank, bold = 0, True, 0
    cleaned = normal(text)
    for sign in _SIGNS:
        cleaned = cleaned.replace(sign, " ")
    for raw, clean in zip(text.split("\n"), cleaned.split("\n"), strict=True):
        words = " ".join(clean.split())
        if not words or (words[0] in _NOISY and _NOISE.match(words)):
            blank = blank or not raw.strip(" |*_#\t")
        else:
            if "ý b" in words or "ý B" in words or "Ý B" in words:
                words = _TAIL.sub("", words) or words
            lead = len(raw) - len(raw.lstrip(_AROUND))
            trail = len(raw.rstrip(_AROUND))
            if bold and "**" in raw[:lead]:
                bold = 0  # the bold before was never closed: this line opens its own
            if words.find("Điều", 4) > 0 and (heads := _ARTICLE_INSIDE.match(words)):
                cut = _ARTICLE_IN_SOURCE.search(raw, lead + 3)
                if cut:
                    end = len(raw[: cut.start()].rstrip(_AROUND))
                    lines.append(
                        _Line(at + lead, at + end, heads["before"], blank, group_of(heads["before"]), bold > 0)
                    )
                    lead, words, blank = cut.start(), heads["article"], True
            lines.append(_Line(at + lead, at + trail, words, blank, group_of(words), bold > 0))
            blank = False
        if "*" in raw and raw.count("**") % 2:  # Markdown bold that runs over a wrap, at most over a few lines
            bold = 0 if bold else 4
        elif bold:
            bold = bold - 1 if words else 0
        at += len(raw) + 1
    return lines


_AROUND = " \t*_#|\u00a0"
_NOISY = frozenset("|*_#=.-–—~(CcKkTtNn0123456789")
# An article on the line of its chapter, or behind the quotation mark that closes the one before.
_ARTICLE_INSIDE = re.compile(
    rf"(?P<before>(?:Chương|CHƯƠNG) [IVXLC\d]+\b.{{3,200}}?|[{UPPER}\W\d]{{6,200}}?|.*?[.;][”\"])"
    rf"\.? ?(?P<article>Điều \d+[a-zđ]?\.(?: ?[{UPPER}].*|$))"
)
_ARTICLE_IN_SOURCE = re.compile(r"[ĐÐ]i\S{1,4}\s+\d+[a-zđ]?\s*\.(?=\s*[^\W\d]|\s*$)")


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which this copy wraps its lines, or None if each paragraph stands on one line."""
    long_enough = [line for line in lines if len(line.text) > 20]
    lengths = sorted(len(line.text) for line in long_enough)
    if len(lengths) < 8 or lengths[-1] > 140:
        long = sum(n > 140 for n in lengths)
        if len(lengths) < 8 or long > len(lengths) / 50:
            return None
    open_ended = sum(line.text[-1] not in ".;:," for line in long_enough)
    return lengths[len(lengths) * 9 // 10] if open_ended > len(lengths) / 3 else None


_ENDS = (".", ";", ":", "!", "?", ".”", ";”", '."')


def _continues(previous: _Line, line: _Line, width: int | None, blanks: bool) -> bool:
    """True if `line` goes on the paragraph of `previous`."""
    if len(previous.text) < 9:
        if line.group is None and _LONE_MARKER.fullmatch(previous.text):
            return True
        if previous.text in _LONE_WORDS and line.text[:1].isdigit():
            return True
    if line.blank_before or line.text in _LONE_WORDS or _COMPONENT.match(line.text):
        return False
    if line.inside_bold and width is not None:
        return True
    ended = previous.text.endswith(_ENDS)
    if width is None:
        # one paragraph a line: only a lower-case beginning after an open end is a broken line
        return line.group is None and not ended and line.text[0].islower() and len(previous.text) > 60
    if line.group is not None and not (
        line.group in {"roman", "diem", "khoan"}
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


_LONE_WORDS = frozenset({"Điều", "“Điều"})


def _paragraph(group: list[_Line]) -> Paragraph:
    first = group[0]
    if len(group) == 1:
        return Paragraph(first.start, first.end, first.text, first.group)
    text = " ".join(line.text for line in group)
    return Paragraph(first.start, group[-1].end, text, first.group if len(first.text) > 30 else group_of(text))
