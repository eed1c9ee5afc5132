"""What a heading or an announcing sentence is: title lines, bodies that it addresses, the host of a session."""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import regex

from bonhoa.execution.address import addressed_in, commanded
from bonhoa.execution.addressees import Subject, bodies_only, subject_at
from bonhoa.execution.running import Running
from bonhoa.execution.vocabulary import HEAD, NOT_BODY

_MARKER = regex.compile(
    r"\s*(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|Điều|ĐIỀU)\s+[\p{L}\d]+\s*[.:]?|[IVXLC]{1,7}\s*[.)/–-]|\(?[a-zđ\d]{1,3}\d?\)|\(?[ivx]{1,5}\)|(?:\d{1,3}\.)*\d{1,3}\s*(?:[.)/]|[–-](?=\s+\p{Lu}))|[a-zA-ZđĐ]\s?[.)]|[-–—•▪●·+])\s*"
)

TASK_PART = regex.compile(r"nhiệm vụ|giải pháp|thời gian tới|yêu cầu", regex.I)

TITLE = regex.compile(
    r"\s*(?:[IVX]{1,5}\s*[.)]\s*)?(?:Trách nhiệm|TRÁCH NHIỆM|Nhiệm vụ|NHIỆM VỤ|Tổ chức thực hiện|TỔ CHỨC THỰC HIỆN)(?![\p{L}])[^.;:]*$"
)

COMMANDS = regex.compile(r"(?:Giao|Đề nghị|Yêu cầu các|Yêu cầu Bộ|Yêu cầu Sở|Phân công)\s+\S")

_SESSION = regex.compile(
    r"(?:làm\s+việc|họp)\s+với\s+(?:tập\s+thể\s+)?(?:lãnh\s+đạo|Ban\s+Thường\s+vụ|Thường\s+trực)\s+(?:chủ\s+chốt\s+)?((?:tỉnh|thành\s+phố)\s+\p{Lu}\p{L}+(?:\s+\p{Lu}\p{L}+){0,3})"
)


def without_marker(own: Running) -> Running:
    """The running words behind the item's marker."""
    match = _MARKER.match(own.text)
    return own.behind(match.end()) if match and match.end() < len(own.text) else own


_CHARGED = regex.compile(r"\s*(?:Trách nhiệm|Nhiệm vụ)\s+của\s+([^.;:]{4,220}?)\s*:?\s*$")
_KIND = regex.compile(r"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng)\s")


def charged_by_title(text: str) -> tuple[str, int, int] | None:
    """Whom the title of a list of duties names, whatever his kind: "Trách nhiệm của đối tượng kiểm kê"."""
    match = _CHARGED.match(text)
    return (match[1], *match.span(1)) if match else None


def names_a_kind(text: str) -> bool:
    """True for a heading that may describe a kind of bodies by what they do ("Các chủ đầu tư xây dựng hạ tầng …").

    Alone it could as well be a sentence; among headings that name bodies it is one of them.
    """
    head = text.strip()
    whole = len(head) < 220 and not head.endswith((".", ";"))
    return whole and bool(_KIND.match(head) and HEAD.match(head)) and not NOT_BODY.match(head)


def first_subject(text: str, start: int) -> Subject | None:
    """Who an announcing sentence addresses: the bodies at its head, or those behind its command word."""
    head = COMMANDS.match(text, start)
    if head:
        return commanded(text, start) or None
    direct = subject_at(text, start)
    addressed = commanded(text, start)
    return addressed or direct or body_before_colon(text) or addressed_in(text)


def body_before_colon(text: str) -> Subject | None:
    """The bodies that an item's own words begin with or end in: "Các sở, ban, ngành: …", "Để …, các Sở, ngành:"."""
    head = regex.match(r"\s*([^:.;]{4,200}):\s", text)
    if head and (names := bodies_only(head[1])):
        return Subject(names, head.start(1), head.end(1), head.end())
    if text.rstrip().endswith(":"):
        for joint in regex.finditer(r",\s+", text):
            if (names := bodies_only(text[joint.end() :])) and regex.match(r"(?:các|Các|\p{Lu})", names[0]):
                return Subject(names, joint.end(), len(text.rstrip(" :")), len(text))
    kind = regex.match(r"\s*((?:Các\s+)?(?:[Cc]ơ quan|[Đđ]ơn vị)\s[^.;:,]{4,110})\s*$", text)
    return Subject((kind[1],), kind.start(1), kind.end(1), len(text)) if kind else None


def heading_line(source: str, own: Running) -> Running | None:
    """The first paragraph of a node's own words, if another follows; a mere line break may be a wrapped line."""
    start, end = own.span(0, len(own.text))
    cut = regex.compile(r"\n[ \t]*\n\s*(?=\**\p{Lu})").search(source, start, end)
    return Running(source, start, cut.start()) if cut and cut.start() - start < 300 else None


def named_in(text: str) -> tuple[str, ...]:
    """The bodies that the clauses of an attribute's value name first ("Bộ A rà soát …; các bộ khác gửi …")."""
    found = [subject_at(text, m.end()) for m in regex.finditer(r"^\s*|;\s+", text)]
    return tuple(dict.fromkeys(name for subject in found if subject for name in subject.names))


def host_of_session(text: str) -> tuple[str, int, int] | None:
    """The province or city with whose leaders the meeting was held that a notice of conclusions reports."""
    match = _SESSION.search(text, 0, 6000)
    return (" ".join(match[1].split()), *match.span(1)) if match else None
