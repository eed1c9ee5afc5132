"""Mentions of other acts: "khoản 3 Điều 6 Nghị định số 31/2021/NĐ-CP ngày 26/3/2021", "Luật Đầu tư", "Nghị quyết 57".

One pass per form of citing finds mentions in the flowing text; the surest form wins where two overlap. Then each gets
the provision that stands before it and the date that stands near it. Spans follow the rule book of the gold set: from
the provision (or the kind) to the number (or the date that follows it directly).
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from bonhoa.common.folding import fold
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.citations_names import law_name_end
from bonhoa.documents.model import Citation, Metadata
from bonhoa.documents.numbers import (
    DATE,
    NUMBER,
    any_of,
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
    stands_for: int | None = None
    """The end of the mention that defines this short form."""


def find_citations(flow: Flow, metadata: Metadata) -> tuple[Citation, ...]:
    """Every mention of another act in a text, in order; the act's own number (`metadata.number`) and title are none.

    Mentions may nest ("Nghị định quy định chi tiết Luật X" holds "Luật X"), but do not otherwise overlap.
    """
    words = flow.text
    taken = _Taken()
    for form in (_laws, _party_acts, _numbered, _listed, _standards, _short):
        for mention in form(words, taken.mentions):
            taken.add(mention)
    short_forms = ShortForms(words, taken.mentions)
    for mention in short_forms.mentions():
        taken.add(mention)
    mentions = [short_forms.told(m) for m in taken.mentions]
    mentions += [m for m in _implementing(words, taken.mentions) if not _own(m, metadata)]
    provisions = Provisions(words)
    found = []
    for mention in mentions:
        if _own(mention, metadata) or _is_title(words[mention.start : mention.end], metadata):
            continue
        if mention.number and mention.number.isdigit() and flow.alone_on_line(mention.end):
            continue  # "Nghị định" + "3": the next row of a table
        mention = provisions.attach(_dated(words, mention))
        found.append(mention)
    ends = sorted(found, key=lambda m: m.end)
    bare = provisions.of_bare_kinds(short_forms, metadata.type)
    found += [m for m in bare if not _overlaps_any(m, ends)]
    spans = {(m.start, m.end): m for m in found}
    ordered = [m for _, m in sorted(spans.items())]
    index = {m.end: i for i, m in enumerate(ordered)}
    return tuple(
        Citation(
            *flow.span(m.start, m.end),
            m.kind,
            m.number,
            m.date,
            m.provision,
            None,
            m.name,
            None if m.stands_for is None else index.get(m.stands_for),
        )
        for m in ordered
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


def _overlaps_any(mention: Mention, ends: list[Mention]) -> bool:
    """Does `mention` overlap one of `ends`, which are in the order of their ends (and nest two deep at most)?"""
    at = bisect.bisect_right(ends, mention.start, key=lambda m: m.end)
    return any(_overlap(mention, other) for other in ends[at : at + 2])


# --- acts cited by their number -------------------------------------------------------------------------------

_FOLLOWING = "(?!Ngày)" + DATE  # "Ngày" with a capital begins the next sentence
_KIND = f"(?P<kind>{kind_pattern()})"
_KIND_FIRST = regex.compile(_KIND)
_NOT_EXTRA = r"(?:của|và|theo|tại|về|ngày|này|các|do|số|kèm|ban|được|có|trên|đã|là|tới|đến|với|từ|hoặc)"
_NUMBER = regex.compile(rf"(?P<number>{NUMBER})(?P<date>,? ?{_FOLLOWING})?+")
# What leads to a number, up to it; looked for from the number back, for numbers are rarer than kind words.
_LEADS = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}]){_KIND}"
    rf"(?:(?P<colon>:)? ?(?P<so>(?:số|Số|SỐ|so(?= )) ?:? ?)?"
    rf"|(?: Kết luận| Liên tịch|(?: (?!{_NOT_EXTRA} )\p{{Ll}}+){{1,4}}+"
    rf"| [Ll]iên (?:bộ|ngành|tịch)(?: (?!{_NOT_EXTRA} )\p{{L}}+){{1,6}}+) (?:số|Số) ?:? ?)$"
)
_FAR = 90  # characters from the kind word to the number
_BARE_NUMBER = regex.compile(rf"(?P<so>(?:số|Số|SỐ) ?:? ?)?(?P<number>{NUMBER})(?P<date>,? ?{_FOLLOWING})?+")
# The kind of a list whose issuer stands between: "các Nghị quyết của Quốc hội: số …".
_ANNOUNCED = regex.compile(rf"(?<!\p{{L}}){_KIND} (?:sau )?(?:của|do) [\p{{L}} ,]{{2,60}}: ?$")
# Words before a number that is a form's, a plot's or a contract's, not a document's.
_NO_DOCUMENT = regex.compile(
    r"(?i:(?<!\p{L})(?:mẫu|biểu|bảng|phụ lục|ký hiệu|mã|thửa|tờ(?! trình)|tài khoản|hồ sơ|hóa đơn|giấy phép"
    r"|giấy chứng nhận|công báo)"
    r"(?: [\p{L}]+){0,2} ?(?:số)? ?:? ?)$"
)


# A paragraph that does not go on a list ("tại các Tờ trình:" above it).
_BEGINS_TEXT = regex.compile(r"(?:(?<!:)\n|\A)$")
# An act of the National Assembly: law or resolution, its number does not say which.
_OF_ASSEMBLY = regex.compile(r"/(?:QH|UBTVQH)\d+$")

# The figure of a footnote behind a number: "140/NQ-CP2"; of these bodies no number ends with figures.
_FOOTNOTE = regex.compile(r"(?<=[-/](?:CP|TTg|TW|TU|BCĐ))\d{1,2}$")


def _mention(match: regex.Match[str], start: int, kind: str | None) -> Mention:
    """The mention of a number that was matched, with the date behind it."""
    number = _FOOTNOTE.sub("", match["number"])
    if number != match["number"]:
        return Mention(start, match.start("number") + len(number), kind, number)
    return Mention(start, match.end(), kind, number, _date(match["date"]))


def _numbered(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", "công điện: số 217/CĐ-TTg"."""
    after = 0
    for match in _NUMBER.finditer(text):
        lead = _LEADS.search(text, max(after, match.start() - _FAR), match.start())
        if lead:
            start = lead.start("so") if lead["colon"] and lead["so"] else lead.start()
            yield _mention(match, start, capitalised(lead["kind"]))
        after = match.end()


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
        if (match["so"] or "").startswith("Số") and _BEGINS_TEXT.search(text, max(0, match.start() - 2), match.start()):
            continue  # "Số: 141/KH-UBND" on a line of its own: the head of a document
        if _NO_DOCUMENT.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        if before and before.number and "\n" not in gap and "." not in gap:
            kind = before.kind if said is None or before.kind in (said, "Văn bản", "Công văn") else said
        elif announced := _ANNOUNCED.search(text[max(0, match.start() - 90) : match.start()]):
            kind = capitalised(announced["kind"])
        elif (said or _OF_ASSEMBLY.search(match["number"])) and (
            match["so"] or match["number"].count("-") + match["number"].count("/") > 1
        ):
            kind = said
        else:
            continue
        inherited = _mention(match, match.start(), kind)
        yield inherited


def _date(printed: str | None) -> dt.date | None:
    return parse_date(printed) if printed else None


# --- acts cited by their name ---------------------------------------------------------------------------------

_LAW = regex.compile(
    r"(?<![\p{L}])(?<!(?:Vụ|Cục|Phòng|Hội|ngành|Đại học|Khoa|Viện|PHÁP|Pháp|KỶ) )"
    r"(?P<kind>Bộ [Ll]uật|Luật|Pháp lệnh|BỘ LUẬT|LUẬT|PHÁP LỆNH) (?!(?:sư|gia|học|này|SƯ|NÀY)\b)(?=\p{L})"
)
_LAW_NUMBER = regex.compile(rf",? ?(?:(?:\(?sửa đổi\)? )?(?:số|Số|SỐ):? ?)?(?P<number>{NUMBER})(?P<date>,? ?{DATE})?+")
# A name whose end only its number tells: "Luật khiếu nại, tố cáo số 09/1998/QH10".
_TO_NUMBER = regex.compile(
    r"(?:(?!(?i:bộ luật|(?<!pháp )luật|pháp lệnh|nghị quyết|nghị định|thông tư|này|được|theo|tại|bởi|đã|hoặc)(?!\p{L}))"
    r"[\p{L}\-–]+(?:(?= (?:số|Số|SỐ):? ?\d)|,? )){1,24}+(?= (?:số|Số|SỐ):? ?\d{1,3}[a-z]?/\d{4}/(?:QH|UBTVQH|PL-))"
)
_LAW_DATE = regex.compile(rf",? ?(?P<date>{DATE})")
_LAW_YEAR = regex.compile(r",? (?:năm|NĂM) (?:19|20)\d{2}(?![\d/])| (?:19|20)\d{2}(?![\d/\-])(?! ?[–\-] ?\d)")
_CONSTITUTION = regex.compile(
    r"(?<!\p{L})(?:Hiến pháp|HIẾN PHÁP)(?: nước Cộng hòa xã hội chủ nghĩa Việt Nam)?(?:,? năm \d{4}| \d{4}(?!\d))?"
    rf"(?:,? ?(?P<date>{DATE}))?(?! (?:này|của nước))"
)


_AMENDS = regex.compile(r"(?i:sửa đổi|bổ sung)")
_DRAFT = regex.compile(r"(?i:dự án|dự thảo) $")


def _laws(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "Luật Ngân sách nhà nước", "Bộ luật Dân sự năm 2015", "Luật Lưu trữ số 33/2024/QH15"."""
    after = 0
    for match in _LAW.finditer(text):
        if match.start() < after:
            continue
        end = law_name_end(text, match.end())
        if end is None or not _LAW_NUMBER.match(text, end):
            numbered = _TO_NUMBER.match(text, match.end())
            end = numbered.end() if numbered else end
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
        if not number and _AMENDS.match(name) and _DRAFT.search(text[max(0, match.start() - 12) : match.start()]):
            continue  # of a law still to be made only the law that it will amend is an act
        after = end
        yield Mention(match.start(), end, kind, number, date, None, name)
    for match in _CONSTITUTION.finditer(text):
        year = regex.search(r"\d{4}$", match[0])
        name = "nước Cộng hòa xã hội chủ nghĩa Việt Nam" + (f" {year[0]}" if year else "")
        yield Mention(match.start(), match.end(), "Hiến pháp", None, _date(match["date"]), None, name)


_ORDINAL = r"(?:[IVXLC]+|\d{1,2}|(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?: \p{Ll}+)?)(?!\p{L})"
_TERM = rf",? \(?[Kk]h[óo][áa]? ?{_ORDINAL}(?:(?:,| và) (?:[Kk]h[óo][áa]? )?[IVX]+(?!\p{{L}}))*\)?"
_CONGRESS = (
    rf"(?i:đại hội)(?: (?!(?i:lần) |{_ORDINAL}|(?i:và|đồng|được|các) )\p{{L}}+){{0,12}}+ (?:(?i:lần thứ) )?{_ORDINAL}"
    r"(?i: (?:của )?đảng(?: bộ(?: tỉnh| thành phố)?)?(?: cộng sản việt nam)?)?"
    r"(?i:,? nhiệm kỳ \d{4} ?[-–] ?\d{4})?"
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


_STANDARD_KIND = regex.compile(
    r"(?:[Tt]iêu chuẩn|[Qq]uy chuẩn)(?: kỹ thuật)?(?: quốc gia| địa phương)?,? (?:số |về [\p{L} ,]{3,60} )?$"
)
_STANDARD = regex.compile(
    r"(?<!\p{L})(?P<number>(?P<code>TCVN|QCVN|TCXDVN|QCĐP|TCCS)"
    r" ?(?:ISO(?:/IEC)? )?\d+(?:-\d+)?(?: ?[:-] ?\d{4})?(?:/\p{Lu}+)?)"
)


def _standards(text: str, _: list[Mention]) -> Iterator[Mention]:
    """ "tiêu chuẩn TCVN 14423:2025", "QCVN 01:2021/BXD"."""
    done = 0
    for match in _STANDARD.finditer(text):
        kind = "Quy chuẩn" if match["code"].startswith("QC") else "Tiêu chuẩn"
        printed = _STANDARD_KIND.search(text, max(done, match.start() - 120), match.start())
        yield Mention(printed.start() if printed else match.start(), match.end(), kind, match["number"])
        done = match.end()


_SHORT = regex.compile(
    f"(?<!\\p{{L}})(?:(?P<kind>{any_of({w for k in short_kinds() for w in (k, k.upper())})}) (?:số )?"
    f"|(?P<full>{any_of(set(kind_words()) - {'Dự án', 'Hợp đồng', 'Giấy mời', 'Văn bản'})}) số )"
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
        if (len(number) == 4 and number[:2] in ("19", "20")) or not _GOES_ON.match(
            text[match.end() : match.end() + 20]
        ):
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
    """Is this the document itself, by its own number?"""
    if mention.number and metadata.number:
        own, said = canonical(metadata.number), canonical(mention.number)
        return said == own or (said == own.split("-")[0].split("/")[0] and mention.kind == metadata.type)
    return False


def _is_title(words: str, metadata: Metadata) -> bool:
    """Is this the title over the document itself ("LUẬT THANH TRA")? In a sentence the name may mean an older act."""
    return words.isupper() and f"{fold(f'{metadata.type} {metadata.subject}')} ".startswith(f"{fold(words)} ")


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
    rf"(?<!\p{{L}}){UNIT} {PLACES}(?:(?:,| và|, và|;| hoặc| của| đến| thuộc| và tại)? (?:các )?{UNIT} {PLACES})*+"
)
UNIT_WORD = re.compile(  # begins with a set of characters, which is searched fast
    "[ĐđKkTtMmPpCcGg](?:i(?:ểm|ều|ết|ểu mục)|hoản|ục|hần|hương|hụ lục|ạch đầu|I(?:ỂM|ỀU)|HOẢN|HỤ LỤC) "
)
_LINK = regex.compile(r",? (?:(?:của|thuộc|tại|trong|(?:ban hành )?kèm theo) )?(?:các )?")
_BARE_KIND = regex.compile(
    r"(?P<kind>Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Chỉ thị)(?![\p{L}\d])"
    r"(?! (?:này|trên|số|\d|đó|ban hành)| [\p{Lu}])"
)
_DEFINED = regex.compile(
    r"(?:gọi|viết)(?: (?:tắt|gọn|chung|là))* là:? ?[“\"]?"
    rf"(?P<form>{_KIND}(?: [\p{{L}}\d][^\n()“”\";:,.]{{0,60}}?)?)[”\"]? ?(?=[);,.]|$)"
)
# "Luật A số …, được sửa đổi, bổ sung bởi Luật số … (sau đây gọi tắt là …)": the first is meant.
_CHANGED_BY = regex.compile(r"(?i:sửa đổi|bổ sung|thay thế)[^;()]{0,80}$")
_REACH = 600  # characters between an act and the words that shorten it: its title stands there


class ShortForms:
    """Short forms that a text defines ("sau đây gọi tắt là Luật ĐTC"), and the act that each stands for."""

    def __init__(self, text: str, known: list[Mention]) -> None:
        self._text = text
        self.defined: dict[str, int | None] = {}
        """Short form → the end of the mention that it stands for, None where no such mention stands before."""
        self._from = len(text)
        ends = [m.end for m in known]
        for match in _DEFINED.finditer(text):
            kind, at = capitalised(match["kind"]), bisect.bisect_right(ends, match.start())
            near = [
                m
                for m in reversed(known[max(0, at - 8) : at])
                if m.kind == kind and match.start() - m.end < _REACH and "\n" not in text[m.end : match.start()]
            ]
            name = match["form"][len(kind) + 1 :].lower()
            named = [m for m in near if name and m.name and m.name.lower().startswith(name)]
            itself = [m for m in near if not _CHANGED_BY.search(text[max(0, m.start - 90) : m.start])]
            act = next(iter(named or itself or near), None)
            self.defined.setdefault(match["form"], act.end if act else None)
            self._from = min(self._from, match.start("form"))

    def mentions(self) -> Iterator[Mention]:
        """Every use of a short form of more than its kind, from its definition on."""
        forms = sorted(
            (f for f, act in self.defined.items() if act and " " in f.removeprefix("Bộ ")), key=len, reverse=True
        )
        if forms:
            names = "|".join(regex.escape(f, literal_spaces=True) for f in forms)
            for match in regex.finditer(rf"(?<!\p{{L}})(?:{names})(?![\p{{L}}\d])", self._text, pos=self._from):
                kind = _KIND_FIRST.match(match[0])
                if kind and kind.end() < len(match[0]):
                    yield Mention(match.start(), match.end(), capitalised(kind[0]), name=match[0][kind.end() + 1 :])

    def told(self, mention: Mention) -> Mention:
        """`mention` with the act it stands for, if it is a short form."""
        if mention.number and not mention.number.isdigit():
            return mention  # a full number says itself which act it is
        act = self.defined.get(self._text[mention.start : mention.end])
        return replace(mention, stands_for=act) if act is not None and act < mention.start else mention


class Provisions:
    """Chains of places ("điểm a khoản 2 Điều 7") of a text, and the act each stands before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_act: dict[int, tuple[int, int]] = {}  # where an act would begin → the chain before it
        done = 0
        for word in UNIT_WORD.finditer(text):
            if word.start() >= done and (chain := CHAIN.match(text, word.start())):
                link = _LINK.match(text, chain.end())
                self._by_act[link.end() if link else chain.end()] = chain.span()
                done = chain.end()

    def attach(self, mention: Mention) -> Mention:
        """`mention` with the provision before it, and its span from there."""
        span = self._by_act.get(mention.start)
        if span is None:
            return mention
        return replace(mention, start=span[0], provision=self._text[slice(*span)])

    def of_bare_kinds(self, short_forms: ShortForms, own_type: str | None) -> Iterator[Mention]:
        """ "khoản 1 Điều 13 Nghị định": an act by its kind alone, where the text has said which act that is."""
        for at, (start, end) in self._by_act.items():
            kind = _BARE_KIND.match(self._text, at)
            if kind and kind["kind"] in short_forms.defined and kind["kind"] != own_type:
                act = short_forms.defined[kind["kind"]]
                yield Mention(start, kind.end(), kind["kind"], None, None, self._text[start:end], None, act)
