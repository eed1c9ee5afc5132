"""Lines that say something about a task instead of being one: "Cơ quan chủ trì: …", "Thời gian hoàn thành: …"."""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from enum import Enum

import regex

from bonhoa.documents.model import Node


class Attribute(Enum):
    """What a labelled line or a table column holds."""

    TASK = "task"
    LEAD = "lead"
    COORDINATE = "coordinate"
    DEADLINE = "deadline"
    DELIVERABLE = "deliverable"
    OTHER = "other"


_BODY = r"(?:[Nn]gười|[Cc]ơ quan|[Đđ]ơn vị|[Bb]ộ phận|[Tt]ổ chức|[Cc]ấp|[Cc]ơ quan, đơn vị|[Đđ]ịa phương)"
_LABELS = {
    Attribute.COORDINATE: rf"(?:{_BODY}(?:\s*[,/]\s*{_BODY})*\s+)?(?:cùng\s+)?[Pp]hối hợp(?:\s+(?:thực hiện|chính))?(?:\s+với)?|(?:{_BODY}\s+)?(?:cùng )?tham gia(?: phối hợp)?",
    Attribute.LEAD: rf"{_BODY}(?:\s*[,/]\s*{_BODY})*\s+(?:được giao\s+)?(?:chủ trì|thực hiện|chịu trách nhiệm|đầu mối|tham mưu|soạn thảo|tổ chức|triển khai)(?:\s+(?:chính|thực hiện|tham mưu|triển khai))*|[Cc]hủ trì(?:\s+thực hiện)?"
    r"|[Cc]hủ đầu tư(?:,\s+(?:đơn vị|cơ quan) chủ trì)?|[Đđ]ơn vị,? cá nhân chủ trì|[Pp]hân công(?:\s+(?:thực hiện|nhiệm vụ))?|[Tt]rách nhiệm(?:\s+(?:thực hiện|chủ trì))?|[Đđ]ầu mối(?:\s+thực hiện)?|[Nn]gười(?: chủ trì| thực hiện| phụ trách)",
    Attribute.DEADLINE: r"[Tt]hời (?:gian|hạn)(?:\s*(?:[,/]|và\s)?\s*(?:thực hiện|hoàn thành|triển khai|tổ chức|báo cáo|trình|kết thúc|dự kiến|xây dựng|gửi|địa điểm|ban hành))*|[Tt]iến độ(?:\s+(?:thực hiện|hoàn thành))?|[Hh]oàn thành|[Ll]ộ trình(?:\s+thực hiện)?|[Tt]hời điểm(?:\s+\S+ \S+)?|[Hh]ạn hoàn thành",
    Attribute.DELIVERABLE: r"(?:[Dd]ự kiến\s+)?[Ss]ản phẩm(?:\s*(?:[,/]|và\s)?\s*(?:đầu ra|dự kiến|kết quả|hoàn thành|đạt được|chủ yếu))*|[Kk]ết quả(?:\s*(?:[,/]|và\s)?\s*(?:đầu ra|dự kiến|sản phẩm|thực hiện|đạt được))*|[Hh]ình thức văn bản|[Đđ]ầu ra",
    Attribute.TASK: r"(?:[Nn]ội dung|[Nn]hiệm vụ|[Cc]ông việc|[Tt]ên nhiệm vụ|[Hh]oạt động)(?:\s*(?:[,/]|và\s)?\s*(?:thực hiện|công việc|nhiệm vụ|triển khai|chủ yếu|cụ thể|giải pháp|trọng tâm|hoạt động))*",
    Attribute.OTHER: r"[Kk]inh phí(?:\s+thực hiện)?|[Nn]guồn kinh phí|[Đđ]ịa điểm|[Đđ]ối tượng|[Thh]ành phần|[Hh]ình thức|[Pp]hạm vi|[Gg]hi chú|[Cc]ăn cứ(?: pháp lý| bổ sung| thực hiện)?|[Mm]ục tiêu|[Yy]êu cầu|[Cc]hỉ tiêu|[Ss]ố lượng|STT|TT|[Ss]ố TT",
}
_LINE = {k: regex.compile(rf"(?:{v})\s*:\s*") for k, v in _LABELS.items()}
_COLUMN = {k: regex.compile(rf"(?:{v})(?:\s*\([^)]*\))?") for k, v in _LABELS.items()}
# What a column head begins with, where the whole of it is in no list ("Tên nhiệm vụ/dự án", "Kết quả, tiến độ đạt được").
_COLUMN_BEGINS = {
    Attribute.COORDINATE: rf"(?:{_BODY}\s+)?(?:cùng\s+)?[Pp]hối hợp",
    Attribute.LEAD: rf"(?:{_BODY}\s+)(?:được giao|chủ trì|thực hiện|chịu trách nhiệm|tham mưu)|[Cc]hủ trì",
    Attribute.DEADLINE: r"[Tt]hời (?:gian|hạn|điểm)|[Tt]iến độ",
    Attribute.DELIVERABLE: r"(?:[Dd]ự kiến\s+)?(?:[Ss]ản phẩm|[Kk]ết quả)",
    Attribute.TASK: r"(?:[Tt]ên|[Dd]anh mục)?\s*(?:các\s+)?(?:[Nn]ội dung|[Nn]hiệm vụ|[Cc]ông việc|[Hh]oạt động|[Dd]ự án|[Đđ]ề án|[Gg]iải pháp)",
}
_BEGINS = {k: regex.compile(rf"(?:{v})(?![\p{{L}}])[^.;:]{{0,40}}") for k, v in _COLUMN_BEGINS.items()}
_LOOSE_DEADLINE = regex.compile(
    r"Thời (?:gian|hạn)\s+(?:thực hiện|hoàn thành|triển khai)\s+(?=sau|trước|trong|từ|đến|\d|[Qq]uý|[Tt]háng|[Nn]ăm)"
)


def attribute_of(text: str) -> tuple[Attribute, int] | None:
    """(attribute, offset of its value) if `text` is a labelled line."""
    for kind, pattern in _LINE.items():
        if match := pattern.match(text):
            return kind, match.end()
    if match := _LOOSE_DEADLINE.match(text):
        return Attribute.DEADLINE, match.end()
    return None


def attributes_in(text: str, start: int = 0) -> list[tuple[Attribute, int, int]]:
    """The labelled values behind one another in text[start:]: (attribute, start and end of its value).

    "Chủ trì: Sở A; phối hợp: Sở B; thời gian: Quý II" gives three. Empty if no label stands at `start`.
    """
    first = attribute_of(text[start:])
    if first is None:
        return []
    cuts = [(start, first[0], start + first[1])]
    for joint in _NEXT.finditer(text, start + first[1]):
        if (found := attribute_of(text[joint.end() :])) is not None and found[0] is not Attribute.TASK:
            cuts.append((joint.start(), found[0], joint.end() + found[1]))
    ends = [*(cut[0] for cut in cuts[1:]), len(text)]
    return [(kind, value, end) for (_, kind, value), end in zip(cuts, ends, strict=True)]


def attributes_behind(text: str) -> int | None:
    """Where the labelled values begin that close a paragraph ("… nông thôn. Thời hạn: Tháng 10/2026."); None if none
    does. What stands before must be a sentence of its own."""
    for joint in _CLOSING.finditer(text, 15):
        found = attribute_of(text[joint.end() :])
        if found is not None and found[0] not in {Attribute.TASK, Attribute.OTHER}:
            return int(joint.end())
    return None


_NEXT = regex.compile(r"\s*[;.]\s+(?=\p{L})|\s*,\s+(?=[Tt]hời (?:gian|hạn)|[Pp]hối hợp\s*:|[Ss]ản phẩm)")
_CLOSING = regex.compile(r"\s*(?:[.;]\s+|\()(?=\p{L}[^:;.]{3,40}:\s)")


def column_of(text: str, loose: bool = False) -> Attribute | None:
    """The attribute that a column head announces, or None if `text` is no column head.

    `loose`: its first words suffice; only where other heads beside it are sure.
    """
    words = " ".join(text.split()).strip(" .:*")
    if not words or len(words) > 60:
        return None
    folded = words[0] + words[1:].lower() if words.isupper() and len(words) > 4 else words
    patterns = _BEGINS if loose else _COLUMN
    return next((kind for kind, pattern in patterns.items() if pattern.fullmatch(folded)), None)


def columns_of(heads: Sequence[str]) -> list[Attribute | None]:
    """The attributes of the heads of one row; a head in no list is told by its first words if two others are sure."""
    found = [column_of(head) for head in heads]
    if sum(kind not in {None, Attribute.OTHER} for kind in found) < 2:
        return found
    taken = set(found)
    for at, head in enumerate(heads):
        if found[at] is None and (kind := column_of(head, loose=True)) not in taken:
            found[at] = kind
            taken.add(kind)
    return found


def with_their_lines(children: Sequence[Node], labelled: Callable[[Node], list[Node]]) -> list[tuple[Node, list[Node]]]:
    """Each child with the labelled lines that follow it, where such lines stand between the children."""
    out: list[tuple[Node, list[Node]]] = []
    for child in children:
        if lines := labelled(child):
            if out:
                out[-1][1].extend(lines)
        else:
            out.append((child, []))
    return out


def speak_for_all(node: Node, attributes: Sequence[Node], others: Sequence[Node]) -> bool:
    """True if the labelled lines of `node` speak for all of it, not each for the child above it."""
    if not others:
        return True
    kinds = ["o" if c in others else "a" for c in node.children]
    return sum(1 for a, b in itertools.pairwise(kinds) if a != b) <= 1
