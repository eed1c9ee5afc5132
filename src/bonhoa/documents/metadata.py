"""Data of the document itself: type, number, date, issuer, subject; the signature and what goes with it: `signature`.

Reads the head (two columns that copies untangle in any order) and the title; works for state and Party
documents, copies of the gazette, Markdown copies and press reports.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

import regex

from bonhoa.documents.metadata_case import sentence_case, title_case
from bonhoa.documents.model import Metadata, SourceText
from bonhoa.documents.numbers import (
    DATE,
    NUMBER,
    canonical,
    capitalised,
    document_types,
    newspapers,
    parse_date,
    type_of_number,
)
from bonhoa.documents.offsets import normal
from bonhoa.documents.signature import find_recipients, find_signature, find_urgency

_HEAD_LINES = 60


def find_metadata(source: SourceText) -> Metadata:
    """What the document says of itself; None where it does not say."""
    lines = _lines(source.text)
    if lines and regex.match(r"https?://", lines[0]):
        return _press_report(lines)
    head = _split_head(lines)
    number = _number(head.top + head.title[:1])
    kind, subject, issuer_of_title = _title(head)
    certificate = _certificate(head.body) if head.consolidated else None
    if head.consolidated:
        kind = capitalised(_CONSOLIDATION)
        number = number or (certificate.number if certificate else None)
    said = type_of_number(number) if number else None
    if number and (kind is None or said == "Văn bản hợp nhất"):  # a consolidation bears the title of the act it holds
        kind = said
        if kind is None and any(line.startswith("Kính gửi") for line in lines[:_HEAD_LINES]):
            kind = "Công văn"
    if subject is None:
        subject = _letter_subject(head)
    elif head.consolidated:
        subject = _NOTE_MARK.sub("", subject)
    announced = _announcement(head)
    date = _date(head.top) or (announced.date if announced else None)
    if certificate:
        date = date or certificate.date
    date = date or _adopted(lines)
    if kind and not head.consolidated and (number is None or date is None):
        number, date = _told_by_annexes(head.body, kind, number, date)
    bodies = _bodies(head.top) or (certificate.bodies if certificate else [])
    issuer = bodies[-1] if bodies else None
    if _is_party(number):
        issuer = issuer_of_title or _party_signature(lines) or _party_office(" ".join(bodies)) or issuer
    body = "\n".join(head.body)
    signature = find_signature(head.body)
    return Metadata(
        type=kind,
        number=number,
        date=date,
        issuer=title_case(issuer, body) if issuer else (announced.issuer if announced else None),
        signer=signature.signer if signature else announced.signer if announced else None,
        subject=sentence_case(subject, body) if subject else (announced.subject if announced else None),
        authority=signature.authority if signature else None,
        office=signature.office if signature else None,
        urgency=find_urgency(lines[:_HEAD_LINES]),
        recipients=find_recipients(lines, signature.line + len(lines) - len(head.body) if signature else None),
    )


# --- lines ----------------------------------------------------------------------------------------------------

_EMPHASIS = regex.compile(r"^ *\* +(?=Số)|[*_]{1,3}|^#+ *|\|", regex.MULTILINE)
_BLANKS = regex.compile(r" {2,}")
_FURNITURE = regex.compile(r"(?:\d{1,4} *)?C?ÔNG BÁO/Số.*|\d{1,3}|[-_=—–*. ]+|VĂN BẢN QUY PHẠM PHÁP LUẬT")


_FURNISHES = frozenset("CÔV-_=—–*. 0123456789")


def _lines(text: str) -> list[str]:
    """Lines with words, without page furniture and Markdown; NFC, single blanks."""
    found = []
    plain = normal(text)
    if any(sign in plain for sign in "*_#|"):
        plain = _BLANKS.sub(" ", _EMPHASIS.sub("", plain))
    for line in plain.split("\n"):
        clean = line.strip()
        if clean and not (clean[0] in _FURNISHES and _FURNITURE.fullmatch(clean)):
            found.append(clean)
    return found


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a document, cut at the title: what stands above, the title line and what follows it, all of it."""

    top: list[str]
    title: list[str]
    body: list[str]
    consolidated: bool = False


_TYPE_NAMES = sorted({t.name.upper() for t in document_types()}, key=lambda n: -len(n))
_TITLE = regex.compile(
    rf"(?P<type>{'|'.join(map(regex.escape, _TYPE_NAMES))})\d{{0,2}}(?P<rest>(?: [^\n]*)?|\p{{Lu}}\p{{Ll}}[^\n]*)"
)
_CONSOLIDATION = "VĂN BẢN HỢP NHẤT"
# What a consolidation says of itself at its end, or in its first note.
_HOLDS = regex.compile(rf"XÁC THỰC {_CONSOLIDATION}|\[?\d*\]? ?Văn bản (?:hợp nhất )?này được hợp nhất từ")


def _split_head(lines: list[str]) -> _Head:
    top = _type_on_one_line([part for line in lines[:_HEAD_LINES] for part in _DAY_AND_TITLE.split(line, 1)])
    lines = [part for line in top for part in _title_and_text(line)] + lines[_HEAD_LINES:]
    consolidated: int | None = None  # where a line says so above the title of the act that is held
    held = any(_HOLDS.match(line) for line in lines if "ợp nhất" in line or "HỢP NHẤT" in line)
    for i, line in enumerate(lines[:_HEAD_LINES]):
        match = _TITLE.fullmatch(line)
        if match and (not _mixed(match["rest"]) or regex.match(r" ?\p{Lu}\p{Ll}", match["rest"])):
            if match["type"] == _CONSOLIDATION and consolidated is None:
                consolidated = i
            else:
                return _Head(lines[:i], lines[i : i + 40], lines[i + 1 :], held or consolidated is not None)
    if consolidated is not None:
        return _Head(lines[:consolidated], lines[consolidated : consolidated + 40], lines[consolidated + 1 :], True)
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if line.startswith(("Kính gửi", "Kính trình")):
            return _Head(lines[:i], [], lines[i:])
    end = next((i for i, line in enumerate(lines[:25]) if line.startswith(("Căn cứ", "Điều 1"))), 25)
    return _Head(lines[:end], [], lines)


def _type_on_one_line(lines: list[str]) -> list[str]:
    """Lines with a type joined that a narrow column broke in two: "NGHỊ" + "ĐỊNH"."""
    joined: list[str] = []
    for line in lines:
        if joined and " " not in joined[-1] and any(t.startswith(f"{joined[-1]} {line}") for t in _TYPE_NAMES):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


# "Hà Nội, ngày 16 tháng 9 năm 2024 LUẬT THI HÀNH ÁN DÂN SỰ …" on one line of a copy.
_DAY_AND_TITLE = regex.compile(
    rf"(?<=\p{{Lu}}[\p{{L}} .-]{{1,40}}, {DATE}) (?=(?:{'|'.join(_TYPE_NAMES)}) \p{{Lu}}{{2}})"
)
_WORD_OF_TEXT = regex.compile(r" (?=\p{Lu}\p{Ll}+(?: [\d/,]+| \p{Lu}\p{Ll}+)* \p{Ll})")


def _title_and_text(line: str) -> list[str]:
    """A title in capitals and the text that a copy put behind it on the same line, apart."""
    title = _TITLE.match(line)
    text = _WORD_OF_TEXT.search(line) if title else None
    if text is None or len(line) < 80:
        return [line]
    capitals = line[: text.start()]
    sure = len(capitals.split()) > 5 or _HELD_ACT.match(line, text.end()) or line.startswith("Căn cứ", text.end())
    long_enough = sure and not _mixed(capitals)
    return [capitals, line[text.end() :]] if long_enough and not line[text.end() :].startswith("Về ") else [line]


def _mixed(text: str) -> bool:
    """Is `text` printed in sentence case (and not in capitals)?"""
    words = [w for w in regex.findall(r"\p{L}+", text) if len(w) > 1]
    return bool(words) and sum(w.isupper() for w in words) * 2 < len(words)


# --- the head -------------------------------------------------------------------------------------------------

_NUMBER_LINE = regex.compile(
    rf"(?<!\p{{L}})(?:(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Lệnh) )?(?:[Ss]ố|SỐ) ?:? ?(?P<number>{NUMBER})"
)


def _number(top: list[str]) -> str | None:
    """The number in the head; the copy may have put it on the line below its "Số:"."""
    match = _NUMBER_LINE.search(" ".join(top[:_HEAD_LINES]))
    return str(match["number"]) if match else None


_NOTE_MARK = regex.compile(r"(?<=\p{L}{2})\d{1,2}$")  # of the note that tells what a consolidation holds


@dataclass(frozen=True, slots=True)
class _Certificate:
    """Who certifies a consolidation, under what number and when: printed at its end, with the signature."""

    number: str | None
    date: dt.date | None
    bodies: list[str]


def _certificate(body: list[str]) -> _Certificate | None:
    numbers = {i: m for i, line in enumerate(body) if "VBHN" in line and (m := _NUMBER_LINE.match(line))}
    titles = (i for i, line in enumerate(body) if line.startswith(f"XÁC THỰC {_CONSOLIDATION}"))
    at = min([*itertools.islice(titles, 1), *itertools.islice(numbers, 1)], default=None)
    if at is None:
        return None
    days = (_PLACE_DATED.match(line) for line in body[at : at + 6])
    return _Certificate(
        next((str(m["number"]) for i, m in numbers.items() if i < at + 6), None),
        next((parse_date(m["date"]) for m in days if m), None),
        _bodies(body[max(0, at - 5) : at]),
    )


_PLACE_DATED = regex.compile(rf"\p{{Lu}}[\p{{L}} .-]{{1,40}}, (?P<date>{DATE})")
_DAY = regex.compile(DATE.removesuffix(r"(?!\d)"))  # a footnote's figure may be glued to the year


def _date(top: list[str]) -> dt.date | None:
    match = _DAY.search(" ".join(top))
    return parse_date(regex.sub(r"(\d{4})\d$", r"\1", match[0])) if match else None


_ADOPTED = regex.compile(
    rf"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được [^.]{{3,200}}? ?thông qua[^.]{{0,60}}?(?P<date>{DATE})"
)


def _adopted(lines: list[str]) -> dt.date | None:
    """The day on which an assembly adopted the act, printed in its last sentence."""
    match = _ADOPTED.search(" ".join(lines))
    return parse_date(match["date"]) if match else None


# The line below the title of an annex: "(Kèm theo Thông tư số 35/2025/TT-BKHCN ngày 17 tháng 11 năm 2025 của …)".
_ISSUED_WITH = regex.compile(
    rf"\((?:[Bb]an hành )?[Kk]èm theo (?P<kind>[\p{{L}} ]{{3,40}}?) số ?:? ?(?P<number>{NUMBER}),? ?(?P<date>{DATE})?+"
)


def _told_by_annexes(
    body: list[str], kind: str, number: str | None, date: dt.date | None
) -> tuple[str | None, dt.date | None]:
    """(number, date) with what the annexes of an act say of it, where its head says nothing and they do not differ."""
    found: set[tuple[str, dt.date | None]] = set()
    for at, line in enumerate(body):
        if line[0] == "(" and (told := _ISSUED_WITH.match(" ".join(body[at : at + 2]))) and told["kind"] == kind:
            found.add((told["number"], parse_date(told["date"]) if told["date"] else None))
    numbers, dates = {n for n, _ in found}, {d for _, d in found if d}
    if len(numbers) != 1 or (number is not None and canonical(number) not in map(canonical, numbers)):
        return number, date
    return number or numbers.pop(), date or (dates.pop() if len(dates) == 1 else None)


# The words of the state's and the Party's head, over however many lines.
_STATE_HEAD = regex.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|(?i:Độc\s+lập\s*[-–]?\s*Tự\s+do\s*[-–]?\s*Hạnh\s+phúc)"
)
_BODY_HEADS = (
    "ỦY BAN|UỶ BAN|HỘI ĐỒNG|BỘ|SỞ|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|VĂN PHÒNG|TỔNG CỤC|CỤC|BAN|ĐẢNG ỦY|ĐẢNG UỶ"
    "|TỈNH ỦY|TỈNH UỶ"
    "|THÀNH ỦY|THANH TRA|NGÂN HÀNG|TÒA ÁN|TOÀ ÁN|VIỆN|KIỂM TOÁN|CHỦ TỊCH NƯỚC|LIÊN ĐOÀN|ĐOÀN|MẶT TRẬN|BẢO HIỂM|CHI CỤC"
    "|TỔNG LIÊN|TRƯỜNG|TỔNG CÔNG TY|TẬP ĐOÀN|ĐẠI HỌC|HỌC VIỆN|BỘ CHÍNH TRỊ|ĐÀI"
)
_BODY_HEAD = regex.compile(rf"(?:{_BODY_HEADS})(?!\p{{L}})")


def _bodies(top: list[str]) -> list[str]:
    """The bodies printed in capitals above the number: the issuing one is the last, the first may be its superior."""
    names: list[str] = []
    open_name = False
    for line in _STATE_HEAD.sub("\n", "\n".join(top)).split("\n"):
        line = line.removeprefix(_CONSOLIDATION)
        rest = regex.split(r"(?:[Ss]ố|Luật số|Nghị quyết số) ?:", line)[0].strip(" -–")
        if rest == "UBND":  # the end of a number that its column broke: "Số: 3783/QĐ-" + "UBND"
            continue
        if not rest:
            continue
        if _mixed(rest) or _DAY.search(rest) or not regex.search(r"\p{Lu}{2}", rest) or regex.search(r"\d", rest):
            open_name = False
            continue
        if open_name and (_unfinished(names[-1]) or not _BODY_HEAD.match(rest)):
            names[-1] += " " + rest
        elif _BODY_HEAD.match(rest) or (_unfinished(rest) and not open_name):
            names.append(rest)
        else:
            continue
        open_name = True
    return names


# Words that no body's name ends with: the name goes on in the next line.
_UNFINISHED = regex.compile(r"ỦY|UỶ|VÀ|NHÂN|TỈNH|THÀNH|PHỐ|VĂN|THỦ|CHÍNH|QUỐC|BỘ|SỞ|BAN|CỦA|CỤC|TỔNG|XÃ|HUYỆN")


def _unfinished(name: str) -> bool:
    """Does a name broken over lines go on ("ỦY" + "BAN NHÂN DÂN", "HỘI ĐỒNG" + "NHÂN DÂN")?"""
    return name.endswith((",", "HỘI ĐỒNG")) or name == "HỘI" or bool(_UNFINISHED.fullmatch(name.split(" ")[-1]))


# --- the title ------------------------------------------------------------------------------------------------

_SUBJECT_ENDS = regex.compile(
    r"(?:[-*] ?)?(?:Căn cứ|CĂN CỨ|Thực hiện|Theo |Kính gửi|Trên cơ sở|Để |Ngày \d|Tại |Thời gian qua|Trong "
    r"|Từ ngày|Điều 1\b|Chương I\b|CHƯƠNG I\b"
    r"|Phần |PHẦN THỨ|I\.|I-|1\. |A\."
    r"|Sau khi|Xét |Nhằm |Hiện nay|Vừa qua|Thủ tướng Chính phủ điện|Qua |Ngay "
    r"|Quốc hội|Chính phủ|\(?Ban hành kèm|\(Kèm theo|Bộ trưởng|- )"
)
_TRIAL = regex.compile(r"Thực hiện [^\d]*[^\d,;:.]$")  # "Thực hiện thí điểm …" names what is done, and no ground for it
_HELD_ACT = regex.compile(rf"(?i:{'|'.join(_TYPE_NAMES)}) (?:[\p{{L}} ,-]+ )?(?:số|SỐ) ?:? ?\d")
_HEAD_OF = r"(?:CHỦ TỊCH|BỘ TRƯỞNG|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|CHỦ NHIỆM|THỐNG ĐỐC|CHÁNH ÁN|\p{L}+ TRƯỞNG|TRƯỞNG|TỔNG)"
_ISSUING_LINE = regex.compile(rf"(?:{_BODY_HEADS}|{_HEAD_OF})(?!\p{{L}})")
_ADDRESSING = regex.compile(
    r"[ ,]*(?:THỦ TƯỚNG CHÍNH PHỦ|CHỦ TỊCH (?:ỦY|UỶ) BAN NHÂN DÂN[^\n]*?"
    r"|(?:ỦY|UỶ) BAN NHÂN DÂN[^\n]*?|BỘ TRƯỞNG[^\n]*?)"
    r" (?:điện|ĐIỆN)[ :].*$"
)


def _title(head: _Head) -> tuple[str | None, str | None, str | None]:
    """(type, subject, issuer named in a Party title): "KẾT LUẬN CỦA BỘ CHÍNH TRỊ VỀ …"."""
    if not head.title:
        return None, None, None
    match = _TITLE.fullmatch(head.title[0])
    if match is None:
        return None, None, None
    parts = [match["rest"].strip()] if match["rest"].strip() else []
    capitals = bool(parts) or (len(head.title) > 1 and not _mixed(head.title[1]))
    for line in head.title[1:]:
        goes_on = _continues(parts[-1]) if parts else _TRIAL.match(line)
        if _SUBJECT_ENDS.match(line) and not goes_on:
            break
        if head.consolidated and parts and _HELD_ACT.match(line) and not _continues(parts[-1]):
            break
        if regex.fullmatch(r"[-–—*_ ]+", line):
            continue
        if parts and not capitals and _ISSUING_LINE.match(line) and not _mixed(line):
            break
        if (
            parts
            and not capitals
            and line[0].isupper()
            and line.endswith((":", ".", ";"))
            and not _continues(parts[-1])
        ):
            break  # a sentence: the text begins
        if parts and capitals and not _mixed(line) and not _continues(parts[-1]) and _issuing(line, head):
            if line.startswith("TRƯỞNG "):  # "BỘ" + "TRƯỞNG BỘ CÔNG THƯƠNG"
                parts[-1] = regex.sub(r" (?:BỘ|CỤC|VỤ)$", "", parts[-1])
            break
        if parts and capitals and _mixed(line) and not _ADDRESSING.search(" ".join([*parts, line])):
            break
        parts.append(line)
        if _ADDRESSING.search(" ".join(parts)):
            break
        following = head.title[head.title.index(line) + 1 :][:1]
        if capitals and following and following[0].startswith("Căn cứ"):
            parts[-1] = _without_issuer(parts[-1], head)
    subject = _ADDRESSING.sub("", " ".join(parts)).strip(" :")
    kind = capitalised(match["type"])
    organ = regex.match(
        r"(?i:của (?P<organ>(?:bộ chính trị|ban bí thư|ban chấp hành[\p{L} ]*?|ban thường vụ[\p{L} ]*?)"
        r"(?:, (?:ban bí thư))?)) (?=(?i:về))",
        subject,
    )
    if organ:
        return kind, subject[organ.end() :], organ["organ"]
    return kind, subject or None, None


def _continues(part: str) -> bool:
    return part.endswith(
        (",", " VÀ", " và", " CỦA", " của", " SỐ", " số", " ỦY", " UỶ", " THUỘC", " TẠI", " DO", " Thủ tướng")
    )


_LEADS_TO_A_BODY = regex.compile(r"(?:CỦA|TỔ CHỨC|DO|TẠI|VÀ|VỚI|THUỘC|BỞI|CHO|HỌP|,) ?$")


def _without_issuer(line: str, head: _Head) -> str:
    """A last line of the title without the issuing body that a copy put behind it ("… MÔI TRƯỜNG CHÍNH PHỦ")."""
    bodies = _bodies(head.top)
    rest = line.removesuffix(f" {bodies[-1]}") if bodies else line
    return line if rest == line or _LEADS_TO_A_BODY.search(rest) else rest


def _issuing(line: str, head: _Head) -> bool:
    """Is a line of capitals the body that speaks ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH") and not the subject going on?"""
    if not _ISSUING_LINE.match(line):
        return False
    known = regex.sub(r"\W+", " ", " ".join(head.top)).replace("UỶ", "ỦY")
    plain = regex.sub(r"\W+", " ", line).replace("UỶ", "ỦY").strip()
    plain = regex.sub(rf"^{_HEAD_OF} ", "", plain)
    return len(plain) > 3 and (plain in known or plain[:24] in known)


_LETTER_SUBJECT = regex.compile(r"(?:V/v|Về việc|Về)[: ]")


_PLACE_AND_DAY = regex.compile(r"\p{Lu}[\p{L} .-]{1,40}, ngày")  # "Thành" + "phố Hồ Chí Minh, ngày …"


def _letter_subject(head: _Head) -> str | None:
    """The subject of an official letter: "V/v …" under its number."""
    for i, line in enumerate(head.top):
        if _LETTER_SUBJECT.match(line):
            parts = [line]
            for more, after in zip(head.top[i + 1 :], [*head.top[i + 2 :], ""], strict=False):
                if _DAY.search(more) or _STATE_HEAD.match(more) or _PLACE_AND_DAY.match(f"{more} {after}"):
                    break
                parts.append(more)
            return " ".join(parts)
    return None


# --- the signature --------------------------------------------------------------------------------------------

_PARTY_SIGNATURE = regex.compile(r"T/M (?P<organ>BỘ CHÍNH TRỊ|BAN BÍ THƯ|BAN CHẤP HÀNH.*|BAN THƯỜNG VỤ.*)")


def _party_signature(lines: list[str]) -> str | None:
    for line in reversed(lines):
        match = _PARTY_SIGNATURE.match(line)
        if match:
            return str(match["organ"])
    return None


_CENTRAL_OFFICE = regex.compile(
    r"BAN CHẤP HÀNH TRUNG ƯƠNG (?P<office>(?:VĂN PHÒNG|BAN [\p{Lu} ,]+|(?:UỶ|ỦY) BAN KIỂM TRA).*)"
)


def _party_office(printed: str) -> str | None:
    """An office of the Central Committee, printed below it, by its name ("Văn phòng Trung ương Đảng")."""
    office = _CENTRAL_OFFICE.fullmatch(printed)
    if not office:
        return None
    return f"{office['office']} TRUNG ƯƠNG" + (" ĐẢNG" if office["office"] == "VĂN PHÒNG" else "")


def _is_party(number: str | None) -> bool:
    return bool(number and regex.match(r"\d+-\p{L}+/", number))


# --- documents without a head ---------------------------------------------------------------------------------

_ANNOUNCED = regex.compile(
    rf"(?P<person>(?:\p{{Lu}}\p{{Ll}}+ ?){{2,5}})(?:đã )?ký(?: ban hành)?"
    rf" (?P<kind>\p{{Lu}}\p{{Ll}}+ \p{{Ll}}+) số {NUMBER},?"
    rf" \(?(?P<date>{DATE})\)?"
    r" của (?P<issuer>[\p{L} ]+?) (?P<subject>về [^.;]+)"
)


def _announcement(head: _Head) -> Metadata | None:
    """A part of an act introduced by a sentence that says who signed it and when; only where there is no head."""
    if head.title:
        return None
    match = _ANNOUNCED.search(" ".join(head.body[:8]))
    if match is None:
        return None
    person = regex.sub(
        r"^.*(?:Tổng Bí thư|Thủ tướng|Chủ tịch nước|Chủ tịch|Bộ trưởng|Bí thư) ", "", match["person"].strip()
    )
    return Metadata(match["kind"], None, parse_date(match["date"]), match["issuer"], person, match["subject"].strip())


def _press_report(lines: list[str]) -> Metadata:
    """An article of a newspaper: its address, its headline, and the day it speaks of with the year it names."""
    site = regex.sub(r"^https?://(?:www\.)?([^/]+)/.*$", r"\1", lines[0] + "/")
    subject = next((line for line in lines[1:] if regex.search(r"\p{L}", line)), None)
    text = " ".join(lines[1:])
    full = _DAY.search(text)
    date = parse_date(full[0]) if full else None
    day = regex.search(r"(?:ngày|sáng|chiều|tối|Sáng|Chiều|Tối|Ngày)(?: ngày)? (\d{1,2})/(\d{1,2})(?![/\d])", text)
    year = regex.search(r"năm ((?:19|20)\d\d)", text)
    if day and year:
        date = parse_date(f"{day[1]}/{day[2]}/{year[1]}")
    return Metadata("Bài báo", None, date, newspapers().get(site, site), None, subject)
