"""Mentions of other acts: "khoản 3 Điều 6 Nghị định số 31/2021/NĐ-CP ngày 26/3/2021", "Luật Đầu tư", "Nghị quyết 57".

One pass per form of citing finds mentions in the flowing text; the surest form wins where two overlap. Then each gets
the provision that stands before it and the date that stands near it. Spans follow the rule book of the gold set: from
the provision (or the kind) to the number (or the date that follows it directly).
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.citations_names import law_name_end
from bonhoa.documents.model import Citation, Metadata
from bonhoa.documents.numbers import (
    DATE,
    NUMBER,
    canonical,
    capitalised,
    kind_pattern,
    kind_words,
    parse_date,
    short_kinds,
    type_of_number,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in the flowing text, before its provision is known."""

    start: int
    end: int
    kind: str | None
    number: str | None = None
    date: dt.date | None = None
    provision: str | None = None
    name: str | None = None


def find_citations(flow: Flow, metadata: Metadata) -> tuple[Citation, ...]:
    """Every mention of another act in a text, in order; the act's own number (`metadata.number`) is none.

    Mentions may nest ("Nghị định quy định chi tiết Luật X" holds "Luật X"), but do not otherwise overlap.
    """
    words = flow.text
    taken = _Taken()
    for form in (_laws, _party_acts, _numbered, _listed, _standards, _short):
        for mention in form(words, taken.mentions):
            taken.add(mention)
    mentions = taken.mentions + [m for m in _implementing(words, taken.mentions) if not _own(m, metadata)]
    provisions = Provisions(words)
    found = []
    for mention in mentions:
        if _own(mention, metadata):
            continue
        mention = provisions.attach(_dated(words, mention))
        found.append(mention)
    found += [m for m in provisions.of_bare_kinds(metadata.type) if not any(_overlap(m, x) for x in _near(found, m))]
    spans = {(m.start, m.end): m for m in found}
    return tuple(
        Citation(*flow.span(start, end), m.kind, m.number, m.date, m.provision, None, m.name)
        for (start, end), m in sorted(spans.items())
    )


class _Taken:
    """Mentions kept so far, in order of the text; a new one that overlaps an older one is left out."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []

    def add(self, mention: Mention) -> None:
        at = bisect.bisect_left(self.mentions, mention.start, key=lambda m: m.start)
        neighbours = self.mentions[max(0, at - 1) : at + 1]
        if not any(_overlap(mention, other) for other in neighbours):
            self.mentions.insert(at, mention)


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _near(found: list[Mention], mention: Mention) -> list[Mention]:
    """Mentions that could overlap `mention`; `found` holds a few thousand at most, so plain comparison will do."""
    return [m for m in found if m.end > mention.start and m.start < mention.end]


# --- acts cited by their number -------------------------------------------------------------------------------

_KIND = f"(?P<kind>{kind_pattern()})"
_NOT_EXTRA = r"(?:của|và|theo|tại|về|ngày|này|các|do|số|kèm|ban|được|có|trên|đã|là|tới|đến|với|từ|hoặc)"
_NUMBERED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}]){_KIND}"
    rf"(?:(?P<colon>:)? ?(?P<so>(?:số|Số|SỐ) ?:? ?)?|(?: (?!{_NOT_EXTRA} )(?:\p{{Ll}}+|Kết luận|Liên tịch)){{1,4}}+"
    rf" (?:số|Số) ?:? ?)"
    rf"(?P<number>{NUMBER})(?P<date>,? ?{DATE})?+"
)
_BARE_NUMBER = regex.compile(rf"(?P<so>(?:số|Số|SỐ) ?:? ?)?(?P<number>{NUMBER})(?P<date>,? ?{DATE})?+")
# The kind of a list whose issuer stands between: "các Nghị quyết của Quốc hội: số …".
_ANNOUNCED = regex.compile(rf"(?<!\p{{L}}){_KIND} (?:sau )?(?:của|do) [\p{{L}} ,]{{2,60}}: ?$")
# Words before a number that is a form's, a plot's or a contract's, not a document's.
_NO_DOCUMENT = regex.compile(
    r"(?i:(?:mẫu|biểu|bảng|phụ lục|ký hiệu|mã|thửa|tờ|tài khoản|hồ sơ|hóa đơn|giấy phép|giấy chứng nhận|công báo)"
    r"(?: [\p{L}]+){0,2} ?(?:số)? ?:? ?)$"
)


def _numbered(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", "công điện: số 217/CĐ-TTg"."""
    for match in _NUMBERED.finditer(text):
        start = match.start("so") if match["colon"] and match["so"] else match.start()
        yield Mention(start, match.end(), capitalised(match["kind"]), match["number"], _date(match["date"]))


def _listed(text: str, known: list[Mention]) -> Iterator[Mention]:
    """Numbers without a kind word of their own: the next items of a list, which inherit the kind, or a sure number."""
    known = list(known)  # what is yielded below is added to the caller's list
    ends = [m.end for m in known]
    inherited: Mention | None = None
    for match in _BARE_NUMBER.finditer(text):
        at = bisect.bisect_right(ends, match.start()) - 1
        if at + 1 < len(known) and known[at + 1].start <= match.start() < known[at + 1].end:
            continue
        before = known[at] if at >= 0 else None
        if inherited and (before is None or inherited.end > before.end):
            before = inherited
        gap = text[before.end : match.start()] if before and match.start() - before.end < 240 else "\n"
        said = type_of_number(match["number"])
        if (match["so"] or "").startswith("Số") and text[match.start() - 1 : match.start()] in ("", "\n"):
            continue  # "Số: 141/KH-UBND" on a line of its own: the head of a document
        if _NO_DOCUMENT.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        if before and before.number and not regex.search(r"[\n.]", gap):
            kind = before.kind if said is None or before.kind in (said, "Văn bản", "Công văn") else said
        elif announced := _ANNOUNCED.search(text[max(0, match.start() - 90) : match.start()]):
            kind = capitalised(announced["kind"])
        elif said and (match["so"] or match["number"].count("-") + match["number"].count("/") > 1):
            kind = said
        else:
            continue
        inherited = Mention(match.start(), match.end(), kind, match["number"], _date(match["date"]))
        yield inherited


def _date(printed: str | None) -> dt.date | None:
    return parse_date(printed) if printed else None


# --- acts cited by their name ---------------------------------------------------------------------------------

_LAW = regex.compile(
    r"(?<![\p{L}])(?<!(?:Vụ|Cục|Phòng|Hội|ngành|Đại học|Khoa|Viện|PHÁP|Pháp|KỶ) )"
    r"(?P<kind>Bộ [Ll]uật|Luật|Pháp lệnh|BỘ LUẬT|LUẬT|PHÁP LỆNH) (?!(?:sư|gia|học|này|SƯ|NÀY)\b)(?=\p{L})"
)
_LAW_NUMBER = regex.compile(rf",? ?(?:(?:\(?sửa đổi\)? )?(?:số|Số|SỐ):? ?)?(?P<number>{NUMBER})(?P<date>,? ?{DATE})?+")
_LAW_DATE = regex.compile(rf",? ?(?P<date>{DATE})")
_LAW_YEAR = regex.compile(r",? (?:năm|NĂM) (?:19|20)\d{2}(?![\d/])| (?:19|20)\d{2}(?![\d/\-])(?! ?[–\-] ?\d)")
_CONSTITUTION = regex.compile(
    r"(?<!\p{L})(?:Hiến pháp|HIẾN PHÁP)(?: nước Cộng hòa xã hội chủ nghĩa Việt Nam)?(?:,? năm \d{4}| \d{4}(?!\d))?"
    rf"(?:,? ?(?P<date>{DATE}))?(?! (?:này|của nước))"
)


def _laws(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "Luật Ngân sách nhà nước", "Bộ luật Dân sự năm 2015", "Luật Lưu trữ số 33/2024/QH15"."""
    after = 0
    for match in _LAW.finditer(text):
        if match.start() < after:
            continue
        end = law_name_end(text, match.end())
        if end is None:
            continue
        kind, number, date = capitalised(match["kind"]), None, None
        name = text[match.end() : end]
        tail = _LAW_NUMBER.match(text, end)
        if tail:
            end, number, date = tail.end(), tail["number"], _date(tail["date"])
        elif tail := _LAW_DATE.match(text, end):
            end, date = tail.end(), _date(tail["date"])
        elif tail := _LAW_YEAR.match(text, end):
            end = tail.end()
            name = text[match.end() : end]
        after = end
        yield Mention(match.start(), end, kind, number, date, None, name)
    for match in _CONSTITUTION.finditer(text):
        year = regex.search(r"\d{4}$", match[0])
        name = "nước Cộng hòa xã hội chủ nghĩa Việt Nam" + (f" {year[0]}" if year else "")
        yield Mention(match.start(), match.end(), "Hiến pháp", None, _date(match["date"]), None, name)


_ORDINAL = r"(?:[IVXLC]+|\d{1,2}|(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?: \p{Ll}+)?)(?!\p{L})"
_TERM = rf",? \(?[Kk]h[óo][áa]? ?{_ORDINAL}(?:(?:,| và) (?:[Kk]h[óo][áa]? )?[IVX]+(?!\p{{L}}))*\)?"
_CONGRESS = (
    rf"[Đđ]ại hội(?: (?!lần |{_ORDINAL}|và |đồng |được |các )\p{{L}}+){{0,12}}+ (?:lần thứ )?{_ORDINAL}"
    r"(?: (?:của )?Đảng(?: bộ(?: tỉnh| thành phố)?)?(?: Cộng sản Việt Nam)?)?"
    r"(?:,? nhiệm kỳ \d{4} ?[-–] ?\d{4})?"
)
_PLENUM = (
    rf"(?:Hội nghị )?(?:lần thứ {_ORDINAL},? )?(?:của )?(?:Ban Chấp hành )?(?:Trung ương|TW)(?: Đảng)?(?: lần thứ)?"
    rf"(?: {_ORDINAL})?(?: Ban Chấp hành Trung ương(?: Đảng)?)?(?:{_TERM})?"
)
_PARTY_ACT = regex.compile(
    rf"(?<!\p{{L}})(?P<kind>Nghị quyết|Kết luận|Văn kiện|NGHỊ QUYẾT) (?:(?:của|tại) )?"
    rf"(?:(?P<congress>{_CONGRESS})|(?P<plenum>{_PLENUM}))"
)
_IDENTIFIED = regex.compile(r"[IVXLC]{1,6}(?!\p{L})|\d|thứ")


def _party_acts(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "Nghị quyết Đại hội XII của Đảng", "Nghị quyết Trung ương 4 khóa XI, XII"."""
    for match in _PARTY_ACT.finditer(text):
        if _IDENTIFIED.search(match["congress"] or match["plenum"]):
            yield Mention(match.start(), match.end(), capitalised(match["kind"]))


_STANDARD = regex.compile(
    r"(?P<kind>(?:[Tt]iêu chuẩn|[Qq]uy chuẩn)(?: kỹ thuật)?(?: quốc gia| địa phương)?,? (?:số |về [\p{L} ,]{3,60} )?)?"
    r"(?<!\p{L})(?P<number>(?P<code>TCVN|QCVN|TCXDVN|QCĐP|TCCS)"
    r" ?(?:ISO(?:/IEC)? )?\d+(?:-\d+)?(?: ?[:-] ?\d{4})?(?:/\p{Lu}+)?)"
)


def _standards(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "tiêu chuẩn TCVN 14423:2025", "QCVN 01:2021/BXD"."""
    for match in _STANDARD.finditer(text):
        kind = "Quy chuẩn" if match["code"].startswith("QC") else "Tiêu chuẩn"
        yield Mention(match.start(), match.end(), kind, match["number"])


_SHORT = regex.compile(
    "(?<!\\p{L})(?:(?P<kind>" + "|".join(f"{k}|{k.upper()}" for k in short_kinds()) + ") (?:số )?"
    "|(?P<full>" + "|".join(k for k in kind_words() if k not in ("Dự án", "Hợp đồng", "Giấy mời", "Văn bản")) + ") số )"
    r"(?P<number>\d{2,4}(?:\.\d{1,2})?|\d)(?!\d|[.,]\d|[/\-–]\p{L}| ?%)(?P<date>,? ?" + DATE + ")?+"
)
# After a short number the sentence goes on; a noun there means that things are counted ("Chương trình 5 năm").
_SENTENCE_WORDS = (
    "của|và|về|trên|là|đã|được|để|tại|theo|có|do|đến|trong|với|cho|ngày|nhằm|cần|phải|thì|hoặc|không|trước|sau|nếu|như"
    "|gắn|sang|vào|khi|sẽ|nêu|còn|bằng|cũng|từ"
)
_GOES_ON = regex.compile(
    r" ?(?:$|[^\p{L}\s\d%]|\n|\p{Lu}|(?:" + _SENTENCE_WORDS + r"|giai đoạn|ban hành|quy định|bảo đảm|thực hiện"
    r"|năm (?:19|20)\d\d)(?!\p{L}))"
)


def _short(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "Nghị quyết 57", "Đề án 06", "Kết luận số 14"."""
    for match in _SHORT.finditer(text):
        number = match["number"]
        if regex.fullmatch(r"(?:19|20)\d\d", number) or not _GOES_ON.match(text[match.end() : match.end() + 20]):
            continue
        kind = match["kind"] or match["full"]
        yield Mention(match.start(), match.end(), capitalised(kind), number, _date(match["date"]))


_IMPLEMENTING = regex.compile(
    r"(?<=(?i:thi hành|thực hiện|triển khai|theo|tại|cứ) )"
    r"(?P<kind>Nghị định|NGHỊ ĐỊNH|Thông tư|THÔNG TƯ|Nghị quyết|NGHỊ QUYẾT) "
    r"(?i:quy định chi tiết|hướng dẫn)"
    r"(?i:(?:(?! (?:bộ )?luật | pháp lệnh )[ ,\p{L}]){0,110}) (?=(?:Luật|LUẬT|Bộ luật|BỘ LUẬT|Pháp lệnh) )"
)


def _implementing(text: str, known: list[Mention]) -> Iterator[Mention]:
    """A decree that is named by the law it details: "Nghị định quy định chi tiết một số điều của Luật X".

    Only where it is carried out or followed; elsewhere the words may speak of a decree still to be written.
    """
    laws = {m.start: m for m in known if m.kind in ("Luật", "Bộ luật", "Pháp lệnh")}
    for match in _IMPLEMENTING.finditer(text):
        law = laws.get(match.end())
        if law:
            yield Mention(match.start(), law.end, capitalised(match["kind"]))


# --- what stands around a mention -----------------------------------------------------------------------------


def _own(mention: Mention, metadata: Metadata) -> bool:
    """Is this the document itself: its own number, or a law that bears its own name?"""
    if mention.number and metadata.number:
        own, said = canonical(metadata.number), canonical(mention.number)
        return said == own or (said == own.split("-")[0].split("/")[0] and mention.kind == metadata.type)
    return False


_ISSUED_ON = regex.compile(rf" của [^.;:,()\n\d]{{3,70}}? (?P<date>{DATE})")
_IN_BRACKETS = regex.compile(rf" ?\((?P<date>{DATE})\)")
_DATED_BEFORE = regex.compile(rf"(?P<date>{DATE}),? tại $")


def _dated(text: str, mention: Mention) -> Mention:
    """With the date that stands near and not in the span: "… của Chính phủ ngày 08/3/2025", "Ngày …, tại …"."""
    if mention.date or not mention.number:
        return mention
    near = _ISSUED_ON.match(text, mention.end) or _IN_BRACKETS.match(text, mention.end)
    near = near or _DATED_BEFORE.search(text[max(0, mention.start - 50) : mention.start])
    return replace(mention, date=parse_date(near["date"])) if near else mention


PLACE_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})*[a-zđ]?|[IVXLC]+(?:\.\d+)?|[a-zđ]\d?|[A-H])(?![\p{L}\d])"
PLACES = rf"{PLACE_NUMBER}(?:(?:, ?| và | hoặc | đến |-|–|, và ){PLACE_NUMBER})*+"
UNIT = (
    r"(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Tt]iết|[Mm]ục|[Tt]iểu mục|[Pp]hần|[Cc]hương|[Pp]hụ lục(?: số)?|[Gg]ạch đầu dòng thứ"
    r"|ĐIỂM|KHOẢN|ĐIỀU|PHỤ LỤC)"
)
CHAIN = regex.compile(
    rf"(?<!\p{{L}}){UNIT} {PLACES}(?:(?:,| và|, và|;| hoặc| của| đến| thuộc)? (?:các )?{UNIT} {PLACES})*+"
)
_LINK = regex.compile(r",? (?:(?:của|thuộc|tại|trong|(?:ban hành )?kèm theo) )?(?:các )?")
_BARE_KIND = regex.compile(
    r"(?P<kind>Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Chỉ thị)(?![\p{L}\d])"
    r"(?! (?:này|trên|số|\d|đó|ban hành)| [\p{Lu}])"
)
# "(sau đây viết tắt là Nghị định)": from here on the kind alone names that act.
_ALIAS = regex.compile(
    r"(?:gọi|viết)(?: (?:tắt|chung|là))* là:? ?[“\"]?"
    r"(?P<kind>Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư"
    r"|Quyết định|Pháp lệnh|Chỉ thị)[”\"]? ?\)"
)


class Provisions:
    """Chains of places ("điểm a khoản 2 Điều 7") of a text, and the act each stands before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_act: dict[int, tuple[int, int]] = {}  # where an act would begin → the chain before it
        for chain in CHAIN.finditer(text):
            link = _LINK.match(text, chain.end())
            self._by_act[link.end() if link else chain.end()] = chain.span()

    def attach(self, mention: Mention) -> Mention:
        """`mention` with the provision before it, and its span from there."""
        span = self._by_act.get(mention.start)
        if span is None:
            return mention
        return replace(mention, start=span[0], provision=self._text[slice(*span)])

    def of_bare_kinds(self, own_type: str | None) -> Iterator[Mention]:
        """ "khoản 1 Điều 13 Nghị định": an act by its kind alone, where the text has said which act that is."""
        aliases = {alias["kind"] for alias in _ALIAS.finditer(self._text)}
        for at, (start, end) in self._by_act.items():
            kind = _BARE_KIND.match(self._text, at)
            if kind and kind["kind"] in aliases and kind["kind"] != own_type:
                yield Mention(start, kind.end(), kind["kind"], provision=self._text[start:end])
