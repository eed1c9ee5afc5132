"""The parts of a document one after the other: header, grounds, body, signature, recipients, annexes, attached texts.

Reads: paragraphs. Writes: components, ranges of paragraphs with their kind, that cover them all in order.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bonhoa.documents.model import NodeKind
from bonhoa.documents.paragraphs import TABLE, Paragraph

_GROUNDS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét|Trên cơ sở|Thực hiện\s.{10,}[;,]$)")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?", re.IGNORECASE)
_SIGNS = re.compile(r"(?:TM\.|T/M\b|KT\.|K/T\b|TL\.|TUQ\.|Q\.\s?[A-ZĐ])")
_CERTIFIES = re.compile(r"XÁC THỰC VĂN BẢN HỢP NHẤT")
_TITLES = re.compile(
    r"(?:PHÓ\s+)?(?:THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|CHỦ NHIỆM|TỔNG THANH TRA|THỐNG ĐỐC|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ "
    r"THƯ|VIỆN TRƯỞNG"
    r"|CHÁNH VĂN PHÒNG|CHÁNH ÁN|TRƯỞNG BAN|CỤC TRƯỞNG|TỔNG BÍ THƯ|TỔNG KIỂM TOÁN|HIỆU TRƯỞNG)\b"
)
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ LỤC SỐ|Phụ lục số)(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+[A-Za-z]?|[A-Z])\b)?"
)
_ATTACHED = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|QUY CHUẨN|ĐIỀU LỆ|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|DANH MỤC|NỘI QUY|CHIẾN LƯỢC"
    r"|QUY TRÌNH|BẢNG|MẪU)\b"
)
_ISSUED_WITH = re.compile(r"\(?\s*(?:Ban hành )?kèm theo\b|\(Ban hành theo\b|\((?:Được )?ban hành\b", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"(?:\*\s*)?(?:Luật số|Số)\s*:?\s*[\d…._]|Nghị quyết số\s*:\s")
_NOTE = re.compile(
    r"(?:\[\d{1,3}\]|\d{1,3})\s+\D.*"
    r"(?:sửa đổi|bổ sung|bãi bỏ|quy định như sau|căn cứ ban hành|có hiệu lực|được thay thế)"
)
_LONG = 200  # characters; no line of a signature or of recipients is longer
_LONG_ENTRY = 300  # characters; a form has more than its number and title


_FORM = re.compile(
    r"(?:MẪU|Mẫu|BIỂU MẪU|Biểu mẫu)(?: (?:SỐ|số))? ?:? ?"
    r"(?P<number>\d{1,3}[A-Za-zđ]?(?:[.\-/]?[A-ZĐ\d]{1,6})*)(?:\s*$|\s*[.:–-]|/(?=\s?Phụ lục)|\s*\(|\s+(?=[^\W\d_]{2}))"
)


@dataclass(frozen=True, slots=True)
class Component:
    """Paragraphs `start` to `end` (exclusive) are of one kind; `heading` and `number` of an annex or attached text."""

    kind: NodeKind
    start: int
    end: int
    number: str | None = None
    heading: str | None = None


def components(items: Sequence[Paragraph]) -> Iterator[Component]:
    """The components of a document, in order."""
    at = _header(items)
    if at:
        yield Component(NodeKind.HEADER, 0, at)
    grounds = _grounds(items, at)
    if grounds > at:
        yield Component(NodeKind.CAN_CU, at, grounds)
    at = grounds
    before: set[NodeKind] = set()
    forced = None
    while at < len(items):
        part = _component(items, at, before, forced)
        forced = None
        if part.kind is NodeKind.BODY:
            again = _second_article_one(items, at, part.end)
            if again is not None:
                part, forced = Component(NodeKind.BODY, at, again), NodeKind.ATTACHED
        yield part
        before.add(part.kind)
        at = part.end


def forms(items: Sequence[Paragraph]) -> Iterator[Component]:
    """The forms ("Mẫu số 01") of an annex, each a component; what stands before the first one is in none."""
    found = [(at, form) for at, item in enumerate(items) if (form := _form(item)) is not None]
    found = found[_listed(items, found) :]
    stops = [*(at for at, _ in found[1:]), len(items)]
    for (at, form), stop in zip(found, stops, strict=bool(found)):
        yield Component(NodeKind.ANNEX, at, stop, form["number"], items[at].text[:200])


def _listed(items: Sequence[Paragraph], found: Sequence[tuple[int, re.Match[str]]]) -> int:
    """How many of the titles `found` are a list of the forms: short entries, after which the numbers begin again."""
    numbers = [form["number"] for _, form in found]
    again = next((i for i, number in enumerate(numbers) if number in numbers[:i]), 0)
    while again > 1 and _order(numbers[again - 1]) < _order(numbers[again]):
        again -= 1  # "… 7.11, 7.1, 7.2": they begin with one that the list has not or was not read in
    starts = [items[at].start for at, _ in found[: again + 1]]
    entries = [after - start for start, after in itertools.pairwise(starts)]
    # The last one runs on to the first form.
    return again if entries and statistics.mean(entries[:-1] or entries) < _LONG_ENTRY else 0


def _order(number: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", number)]


def _form(item: Paragraph) -> re.Match[str] | None:
    """The title of a form: a short line, not the sentence that names one."""
    text = item.text
    if text[0] not in "MB" or len(text) > 160 or text.endswith((";", ",", ".")):
        return None
    found = _FORM.match(text)
    rest = text[found.end() :].strip() if found else ""
    return found if found and (not rest or not rest[0].islower() or text[found.end() - 1] in ".:–-(") else None


def _header(items: Sequence[Paragraph]) -> int:
    """The end of what stands before the first sentence: national motto, number, date, type, subject."""
    at, numbered = 0, False
    if items and _starts_appendix(items, 0):
        return 0  # an annex in a file of its own
    while at < min(len(items), 40):
        numbered = numbered or bool(_NUMBER_LINE.match(items[at].text))
        if _ends_header(items[at], numbered):
            break
        at += 1
    return at


def _ends_header(item: Paragraph, numbered: bool) -> bool:
    """True for the first paragraph that is text of the act; `numbered`: its number line has been passed."""
    text = item.text
    if text == TABLE or _GROUNDS.match(text) or text.startswith("Kính gửi") or text.rstrip().endswith("điện:"):
        return True
    if item.group == "dieu" or (numbered and item.group not in {None, "dash", "plus"}):
        return True
    if text.isupper():
        return False
    announces = numbered and len(text) > 40 and text.rstrip().endswith(":")
    return announces or (len(text) > 100 and text.endswith((".", ":", ";", ",")))


def _grounds(items: Sequence[Paragraph], at: int) -> int:
    first = at
    while (
        at < len(items)
        and at - first < 60
        and _GROUNDS.match(items[at].text)
        and (items[at].text.startswith(("Căn cứ", "Theo đề nghị", "Xét")) or items[at].text.endswith(";"))
    ):
        at += 1
    return at


def _component(items: Sequence[Paragraph], at: int, before: set[NodeKind], forced: NodeKind | None) -> Component:
    """The component that begins at `at`; `before`: the kinds that came already, `forced`: its kind if that is known."""
    first, end = items[at], at + 1
    if forced is None and _RECIPIENTS.match(first.text):
        while end < len(items) and not (
            _starts_signature(items, end) or _starts_appendix(items, end) or _is_no_frame(items, end)
        ):
            end += 1
        return Component(NodeKind.RECIPIENTS, at, _before_title(items, at, end))
    if forced is None and _starts_signature(items, at):
        while end < len(items) and not (
            _RECIPIENTS.match(items[end].text) or _starts_appendix(items, end) or _is_no_frame(items, end)
        ):
            end += 1
        return Component(NodeKind.SIGNATURE, at, _before_title(items, at, end))
    kind = forced or _starts_appendix(items, at)
    if kind is None and NodeKind.BODY in before and before & {NodeKind.SIGNATURE, NodeKind.RECIPIENTS}:
        if _NOTE.match(first.text):
            kind = NodeKind.QUOTE  # the notes of a consolidation repeat articles of the acts that amended it
        elif not _ends_body(items, at):
            kind = NodeKind.ATTACHED  # what follows the signature is not the act itself
    if kind is not None:
        found = _ANNEX.match(first.text)
        number = found["number"] if found else None
        while end < len(items) and not (end > at + 2 and _starts_another(items, end, number)):
            end += 1
        return Component(kind, at, end, number, first.text[:200] if kind is not NodeKind.QUOTE else None)
    while end < len(items) and not _ends_body(items, end):
        end += 1
    return Component(NodeKind.BODY, at, end)


def _starts_another(items: Sequence[Paragraph], at: int, number: str | None) -> bool:
    """Does an annex begin other than the one of `number`, whose title a page or a sample may repeat?"""
    if items[at].text[0] not in _BEGINS or _starts_appendix(items, at) is None:
        return False
    found = _ANNEX.match(items[at].text)
    return number is None or found is None or found["number"] != number


def _is_no_frame(items: Sequence[Paragraph], at: int) -> bool:
    """Too long for a line of a signature or of the recipients, or an article, or a note."""
    item = items[at]
    if item.group in {"dieu", "chuong", "phan"} or _NOTE.match(item.text):
        return True
    return len(item.text) > _LONG and item.group != "dash"


def _before_title(items: Sequence[Paragraph], first: int, end: int) -> int:
    """The title lines above what follows a signature belong to that."""
    if end < len(items) and not (_RECIPIENTS.match(items[end].text) or _starts_signature(items, end)):
        back = end
        while back > first + 1 and end - back < 6 and items[back - 1].text.isupper() and len(items[back - 1].text) > 25:
            back -= 1
        return back
    return end


def _second_article_one(items: Sequence[Paragraph], start: int, stop: int) -> int | None:
    """Where an attached act begins unannounced: "Điều 1" again after a later article, outside quotation marks."""
    seen = depth = 0
    for at in range(start, stop):
        text = items[at].text
        if items[at].group == "dieu" and (found := re.match(r"Điều (\d+)\s*[.:]", text)):
            if depth == 0 and int(found[1]) == 1 and seen >= 2:
                back = at
                while (
                    back > start + 1
                    and at - back < 8
                    and (
                        items[back - 1].text.isupper()
                        or _ISSUED_WITH.match(items[back - 1].text)
                        or items[back - 1].group == "chuong"
                    )
                ):
                    back -= 1
                return back
            if depth == 0:
                seen = int(found[1])
        if "“" in text or "”" in text:
            depth = max(0, depth + text.count("“") - text.count("”"))
    return None


def _ends_body(items: Sequence[Paragraph], at: int) -> bool:
    text = items[at].text
    if text[0] not in _BEGINS:
        return False
    return bool(_RECIPIENTS.match(text)) or _starts_signature(items, at) or bool(_starts_appendix(items, at))


# The first letters of all that ends a body: a quick way past most paragraphs.
_BEGINS = frozenset("NnTKQPBCGVHXĐMD")


def _starts_signature(items: Sequence[Paragraph], at: int) -> bool:
    text = items[at].text
    if (_SIGNS.match(text) and len(text) < 160 and text.upper()[:12] == text[:12]) or _CERTIFIES.match(text):
        return True
    if not (len(text) < 100 and _TITLES.match(text)):
        return False
    return any(i.text.rstrip().endswith(("./.", "/.")) for i in items[max(0, at - 3) : at]) or any(
        _RECIPIENTS.match(i.text) for i in items[max(0, at - 25) : at]
    )


def _starts_appendix(items: Sequence[Paragraph], at: int) -> NodeKind | None:
    """ANNEX for "PHỤ LỤC …" standing alone, ATTACHED for a title "QUY CHẾ …" followed by "(Ban hành kèm theo …"."""
    text = items[at].text
    title = text.split("(")[0]
    found = _ANNEX.match(text)
    alone = found and (
        len(text) == found.end() or title.isupper() or (found["number"] and re.match(r"\s*[.:–-]", text[found.end() :]))
    )
    if alone and len(text) < 250 and not re.search(r"\b(?:của|theo|tại|kèm theo Quyết)\b", title[:60]):
        return NodeKind.ANNEX
    if _ATTACHED.match(text) and title.isupper():
        following = [text[len(title) :], *(i.text for i in items[at + 1 : at + 6])]
        for line in following:
            if _ISSUED_WITH.match(line.strip()):
                return NodeKind.ATTACHED
            if line.strip() and not line.isupper():
                break
    return None
