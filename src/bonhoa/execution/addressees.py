"""Who is addressed: lists of bodies in running text, as printed, split where one body ends and the next begins.

A list begins with a head word (Bộ, Sở, Ủy ban, Chủ tịch, các …) and ends where its predicate begins. Group phrases
("các bộ, cơ quan ngang bộ") stay whole; bodies named one by one are separate entries.
"""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import functools
from typing import NamedTuple

import regex

from bonhoa.execution.name_lists import ends_names, list_end
from bonhoa.execution.vocabulary import DETERMINER, GROUP, HEAD, NOT_BODY, OFFICE, STRONG, STRONG_HEAD, words

_SENTENCE_END = regex.compile(
    rf"[.?!]\s|[.;]$|\n|;\s(?!(?:và\s+)?(?:{STRONG}|[Cc]ác (?:bộ|sở|ban|ngành|cơ quan|đơn vị|địa phương|tỉnh|xã|Bộ|Sở|Ban|Tập|Tổng)|[Tt]hủ trưởng|[Nn]gười đứng đầu)(?![\p{{L}}]))"
)


class Subject(NamedTuple):
    """Bodies named in front of a predicate: names as printed, where their words stand, where the predicate begins."""

    names: tuple[str, ...]
    start: int
    end: int
    predicate: int


def subject_at(text: str, start: int) -> Subject | None:
    """The list of bodies that begins at `start`, if a predicate follows it."""
    head = HEAD.match(text, start)
    if not head or NOT_BODY.match(text, start):
        return None
    limit = _SENTENCE_END.search(text, start)
    stop = min(limit.start() if limit else len(text), start + 600)
    if (direct := _subject_by_names(text, start, stop)) is not None:
        return direct
    name_end = 0
    end = list_end(text, start, stop)
    for found in words().predicate.finditer(text, head.end(), stop):
        segment = _MODAL.sub("", text[start : found.start()].rstrip(" ,:"))
        if found.start() < name_end or segment.count("(") != segment.count(")"):
            continue
        if _KIND_OF_BODY.search(segment) and (naming := _NAMING_VERB.match(text, found.start())):
            name_end = naming.end()  # the verb says what kind of body it is: "Cơ quan đăng ký đầu tư có trách nhiệm"
            continue
        if not segment or not _looks_like_bodies(segment):
            return None
        segment = regex.split(r",?\s+(?:cùng với|phối hợp với)\s", segment)[0]
        if end is not None and len(segment) > end - start and _names_end(text, start, end):
            # the names end before: what follows is their predicate, though no vocabulary knows it
            return Subject(split_bodies(text[start:end]), start, end, end + 1)
        return Subject(split_bodies(segment), start, start + len(segment), found.start())
    return None


_TELLS = regex.compile(r"(?:đã|là|được|bị|có|mới|đang|vẫn|còn|đạt)\s")


def _names_end(text: str, start: int, end: int) -> bool:
    """True if text[start:end] is a whole list of names: no preposition and no word of what they are for follows."""
    behind = end + len(text[end:]) - len(text[end:].lstrip())
    names_kind = _KIND_OF_BODY.search(text[start:end]) and _NAMING_VERB.match(text, behind)
    tells = _TELLS.match(text, behind)
    return not ends_names(text, end) and not names_kind and not tells and _looks_like_bodies(text[start:end])


def _subject_by_names(text: str, start: int, stop: int) -> Subject | None:
    """The list as its names end, if a predicate follows at once and does not say what kind of body it is."""
    end = list_end(text, start, stop)
    if end is None:
        return None
    segment_end = together.start() if (together := _TOGETHER.search(text, start, end)) else end
    if (besides := _BESIDES.match(text, end, stop)) and (found := words().predicate.search(text, besides.end(), stop)):
        end = found.start()  # "các địa phương, nhất là Hà Nội, phải …": the names are those before
    act = end + len(text[end:stop]) - len(text[end:stop].lstrip(" ,:"))
    segment = text[start:segment_end]
    lowered = text[:act] + text[act : act + 1].lower() + text[act + 1 : stop]
    if not words().predicate.match(lowered, act) or not _looks_like_bodies(segment):
        return None
    if _KIND_OF_BODY.search(segment) and _NAMING_VERB.match(text, act):
        return None
    return Subject(split_bodies(segment), start, segment_end, act)


_TOGETHER = regex.compile(
    r",?\s+cùng\s+(?:với\s+)?(?=\p{Lu}|các\s|công an)"
)  # "Đảng ủy A cùng với Đảng ủy B tiếp tục …": B cooperates
_BESIDES = regex.compile(r"\s*,?\s+(?:nhất là|đặc biệt là|trọng tâm là|trong đó có)\s+(?:tại\s+)?")
_MODAL = regex.compile(
    r"(?:\s+(?:không|chưa|sớm|mỗi|ngay|tự|trực tiếp|kịp thời|sẽ|cũng|đều|còn|vẫn|luôn|cần|phải|nên))+$"
)  # between a subject and its verb
_BARE = regex.compile(
    rf"{DETERMINER}|"
    r"(?:(?:Bộ|Sở|Cơ quan|Đơn vị|cơ quan|đơn vị|Cổng|Ban|Phòng|Hội|Đoàn|tổ chức|hệ thống)(?:,\s+|$))+"
)
_KIND_OF_BODY = regex.compile(r"(?:cơ quan|đơn vị|bộ phận|lực lượng|ngành)$", regex.I)
_NAMING_VERB = regex.compile(
    r"(?:chủ trì|phối hợp|đăng ký (?:đầu tư|kinh doanh)|thanh tra|kiểm tra|kiểm soát|giám sát|quản lý(?: [\p{L}]+){0,3}?|thẩm định|tham mưu|thực hiện|tiếp nhận|soạn thảo"
    r"|trình|chuyển giao|giải quyết)\s+(?=(?:và\s+)?(?:có trách nhiệm|chịu trách nhiệm|phải|cần|có văn bản|chủ trì|tiếp tục|khẩn trương|căn cứ|theo chức năng|tổ chức|hoàn thành"
    r"|hoàn thiện|báo cáo|tổng hợp|thông báo|rà soát|kịp thời|nghiên cứu|xem xét|xác định|lấy ý kiến))"
)


def _looks_like_bodies(segment: str) -> bool:
    segment = regex.sub(r"\s*\([^()]*\)", "", segment)
    if NOT_BODY.match(segment) or len(segment) > 450:
        return False
    if ":" in segment and not regex.match(
        r"(?:[Cc]ác\s+)?(?:[\p{Lu}]\p{L}*|[Bb]ộ|[Tt]ỉnh|[Tt]hành phố|[^:]{0,90}(?:tỉnh|thành phố))[^:]*:\s*\p{Lu}",
        segment,
    ):
        return False
    if _BARE.fullmatch(segment) or regex.search(
        r"\s(?:về|của|do|tại|theo|từ|cho)$|\stại (?:buổi|cuộc|hội nghị|phiên)", segment
    ):
        return False
    return not regex.search(r"\b(?:đã|là|được|bị|của mình|nêu trên,|nhằm|để)\b(?! (?:giao|phân công|nêu))", segment)


_NAMED_AFTER_ACT = regex.compile(
    r"(?:ban|đội|tổ|trung tâm|quỹ|cục|vụ|phòng|trạm|hội đồng|các|ngành|chức|về|và|,|công tác|viện|công ty|ngân hàng|nhà|chủ|cơ quan|đơn vị|hội|liên minh|đoàn|hiệp hội)\s+$",
    regex.I,
)


def bodies_only(text: str) -> tuple[str, ...] | None:
    """The bodies of a heading or attribute value that names nothing else ("Sở Nội vụ; UBND các xã"), or None. A
    heading in capitals ("BỘ NỘI VỤ") is read in small letters and given back as printed."""
    printed = text.strip()
    if not (printed.isupper() and len(printed.split()) > 1 and _CAPITALS.match(printed)):
        return _bodies_only(printed)
    spoken = _spoken(printed)
    names = _bodies_only(spoken) or ()
    at = [spoken.find(name) for name in names]
    return tuple(printed[a : a + len(n)] for a, n in zip(at, names, strict=True)) if names and min(at) >= 0 else None


def _spoken(printed: str) -> str:
    """Words printed in capitals as one would write them, abbreviations kept: "SỞ TÀI CHÍNH; UBND XÃ"."""
    parts = regex.split(r"(?<=\s)|(?=\s)", printed)
    small = "".join(w if _ABBREVIATION.fullmatch(w) else w.lower() for w in parts)
    return str(_BEGINS_NAME.sub(lambda m: m.group().upper(), small))


_BEGINS_NAME = regex.compile(
    rf"(?:^|(?<=[;,]\s)|(?<=\svà\s))(?!(?:ban|ngành)(?:,|\s+và|\s*$))(?=(?i:{STRONG})(?![\p{{L}}]))\p{{L}}"
)
_CAPITALS = regex.compile(rf"(?:(?i:{STRONG})|CÁC|THỦ TRƯỞNG)(?![\p{{L}}])")
_ABBREVIATION = regex.compile(r"(?:UBND|HĐND|MTTQ|MTTQVN|BHXH|TAND|VKSND|VPCP|TTXVN|EVN|VNPT|PVN|BQL|KCN|KKT)[,;.]?")


@functools.lru_cache(maxsize=20_000)
def _bodies_only(text: str) -> tuple[str, ...] | None:
    value = text.strip().rstrip(".;:,").strip()
    value = regex.sub(
        r"^(?:[Tt]rách nhiệm của|[Đđ]ối với|[Đđ]ề nghị|[Gg]iao|[Yy]êu cầu|[Pp]hân công|[Nn]hiệm vụ của)\s+", "", value
    )
    value = regex.sub(r"\s*\((?:sau đây|gọi tắt|viết tắt)[^)]*\)", "", value)
    if not value or len(value) > 600 or not HEAD.match(value) or NOT_BODY.match(value) or _BARE.fullmatch(value):
        return None
    if regex.search(r"\s(?:đã|là|được|bị)\s(?!giao|phân công|nêu|ủy quyền|tổ chức|hộ|cá nhân)", value):
        return None
    without_parentheses = regex.sub(r"\([^)]*\)", "", value)
    if regex.search(r"[.;]\s+\p{Ll}\p{Ll}+ (?:vào|trong|cho|với)\b", without_parentheses):
        return None
    end = list_end(value, 0, len(value))
    if end is not None and not (_QUALIFIES.match(value, end) or _NAMED_BY_ACT.match(value, end)):
        return None
    if end is not None and (rest := value[end:].split()) and len(rest) > 10 and words().verb.search(value, end):
        return None  # "Bộ A, Bộ B, theo chức năng, nhiệm vụ, tuyên truyền …": their predicate follows
    for found in words().verb.finditer(without_parentheses):
        before = without_parentheses[: found.start()]
        if end is not None and found.start() < end and found.group() != "tổ chức":
            continue  # a word of the name, as the list was read
        if _FORCED.match(found.group()) and not regex.search(r"(?:[Cc]ơ quan|[Đđ]ơn vị|[Bb]ộ phận|,|và)\s*$", before):
            return None  # "Bộ Quốc phòng chủ trì, phối hợp với …": no name contains these
        if found.group() == "tổ chức" and not regex.search(r"(?:[Cc]ác|,|và|là)\s*$", before):
            return None  # the verb, not the noun: "UBND các xã tổ chức diễn tập …"
        if not regex.search(r"(?:được|do|theo|có)\s*$|liên quan\s*$", before) and not (
            regex.match(r"liên quan|tổ chức|chuyển đổi|căn cứ", found.group()) or _NAMED_AFTER_ACT.search(before)
        ):
            return None
    return split_bodies(value)


_NAMED_BY_ACT = regex.compile(
    r"(?<=cơ quan|đơn vị|bộ phận|ngành|lực lượng)\s+(?:đăng ký (?:đầu tư|kinh doanh)|chủ trì|phối hợp|thanh tra|kiểm tra|thẩm định|soạn thảo|quản lý(?: \p{L}+){0,4}|chủ quản|tham mưu)\s*(?:,|$)",
    regex.I,
)
# What may follow the names in a heading: the end, a joint, what narrows them; any other word is their predicate.
_QUALIFIES = regex.compile(
    r"[\s,;:.–-]*(?:$|\((?![ivx\d]{1,4}\))|\p{Lu}|\d|(?:trong|tại|theo|về|có|được|do|đối với|của|và|là|hoặc|nơi|trên|khi|các|cùng|phụ trách|làm|chủ trì|ở|từ|với|cơ quan|đơn vị)(?![\p{L}]))"
)
_MINISTRY_TAIL = regex.compile(
    r"(?:Quốc phòng|Công an|Ngoại giao|Nội vụ|Tư pháp|Tài chính|Công Thương|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Xây dựng|"
    r"Giao thông vận tải|Văn hóa, Thể thao và Du lịch|Văn hoá, Thể thao và Du lịch|Khoa học và Công nghệ|Giáo dục và Đào tạo|Y tế|Dân tộc và Tôn giáo|"
    r"Tài nguyên và Môi trường|Kế hoạch và Đầu tư|Thông tin và Truyền thông|Lao động - Thương binh và Xã hội|Kế hoạch và Đầu tư)"
)


@functools.lru_cache(maxsize=20_000)
def split_bodies(segment: str) -> tuple[str, ...]:
    """The bodies of a list, each as printed: "các Bộ: Quốc phòng, Công an" gives "Quốc phòng" and "Công an", which
    the register knows for ministries; "các Bộ Quốc phòng, Công an" gives "Bộ Quốc phòng" and "Bộ Công an"."""
    text = _MANNER.sub("", segment.strip().strip(",;:.").strip())
    listed = regex.match(r"[Cc]ác ([Bb]ộ|[Ss]ở)\s*:?\s+(?=\p{Lu})(?!Bộ|Sở)", text)
    if listed and (tails := list(_MINISTRY_TAIL.finditer(text, listed.end()))) and len(tails) > 1:
        rest = text[tails[-1].end() :].lstrip(" ,;").removeprefix("và ").strip()
        kind = "" if ":" in listed.group() else f"{listed[1].capitalize()} "
        first = tuple(kind + t.group() for t in tails)
        return first + (split_bodies(rest) if rest else ())
    companies = regex.match(r"[Cc]ác (?:Tập đoàn|Tổng [Cc]ông ty|[Nn]gân hàng)\s*:\s+(?=\p{Lu})", text)
    if companies:
        return tuple(n.strip() for n in regex.split(r",\s+(?:và\s+)?|\s+và\s+(?=\p{Lu})", text[companies.end() :]))
    if ":" in text and not text.endswith(":"):
        return (text,)
    cuts = [0]
    for joint in regex.finditer(
        r"(?<=^(?:Sở|Bộ(?! trưởng)|[Cc]ác (?:bộ|sở))[\s,].*\p{Ll})\s+(?=(?:Sở|Bộ)\s+\p{Lu})|\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?(?:cùng (?:với )?)?|\s+và\s+|\s+cùng\s+(?:với\s+)?",
        text,
    ):
        if _begins_body(text, cuts[-1], joint):
            cuts.append(joint.end())
    names = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        name = regex.sub(r"(?:\s*[;,]\s*(?:và)?|\s+và|\s*,?\s+cùng(?: với)?)\s*$", "", text[start:end].strip()).strip(
            " ,;"
        )
        name = regex.sub(r"^(?:[Cc]ác\s+)?[Đđ]ồng chí\s+(?=\p{Lu})", "", _APPOSITION.sub("", name))
        if name:
            names.append(name)
    return tuple(names)


_FORCED = regex.compile(r"chủ\s+trì|phối\s+hợp|chịu\s+trách\s+nhiệm|có\s+trách\s+nhiệm")
_SECRETARY = regex.compile(
    r"(?:[Cc]ác\s+)?(?:đồng chí\s+)?(?:Bí thư|Phó Bí thư)(?:\s+(?:các\s+)?(?:[Tt]ỉnh|[Tt]hành|[Đđ]ảng)\s+(?:ủy|uỷ))*(?:,\s+[Tt]hành\s+(?:ủy|uỷ))?"
)
_BARE_OFFICE = regex.compile(rf"(?:[Cc]ác\s+)?(?:[Đđ]ồng chí\s+)?{OFFICE}(?:\s+Hội đồng (?:thành viên|quản trị))?")
_MINISTERS = regex.compile(
    r"(?:[Cc]ác\s+)?(?:[Đđ]ồng chí\s+)?Bộ trưởng(?:\s+các\s+[Bb]ộ)?(?:,\s+Thủ trưởng\s+(?:các\s+)?[Cc]ơ quan\s+ngang\s+[Bb]ộ)?"
)
_AGENCIES = regex.compile(
    r"(?:Thủ trưởng\s+)?(?:các\s+)?[Cc]ơ quan\s+(?:ngang\s+[Bb]ộ|(?:trực\s+)?thuộc\s+Chính\s+phủ)"
)
_APPOSITION = regex.compile(r"\s+[-–]\s+(?:[Cc]ơ quan|[Đđ]ơn vị)\s.*$")
_MANNER = regex.compile(
    r",?\s+(?:theo (?:chức năng|nhiệm vụ|phạm vi|phân cấp|thẩm quyền)|trong phạm vi|căn cứ|trên cơ sở)(?![\p{L}]).*$"
)


_GENERIC = regex.compile(
    r"(?:[Cc]ác\s+)?(?:[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|[Tt]ổ chức|[Tt]ập đoàn|[Dd]oanh nghiệp)(?![\p{L}])"
)


_COMMITTEES = regex.compile(r"(?:[Cc]ác\s+)?[Cc]ấp\s+(?:ủy|uỷ)(?:,\s+(?:các\s+)?(?:tổ chức [Đđ]ảng|chính quyền))*")


def _begins_body(text: str, start: int, joint: regex.Match[str]) -> bool:
    """True if another body begins behind `joint`, the present one having begun at `start`."""
    current, after = text[start : joint.start()], text[joint.end() :]
    if _MINISTERS.fullmatch(current) and _AGENCIES.match(after):
        return False  # heads of ministries and of agencies: the one group that such documents address
    if _BARE_OFFICE.fullmatch(current) and regex.match(OFFICE, after):
        return False  # "Bộ trưởng, Thủ trưởng các cơ quan ngang Bộ": offices that share one complement
    if regex.search(r"các (?:Tập đoàn|Tổng [Cc]ông ty)$", current) and regex.match(
        r"(?:Tập đoàn|Tổng [Cc]ông ty|đơn vị)", after
    ):
        return False
    if regex.search(r"các (?:Tập đoàn|Tổng [Cc]ông ty),.*$", current) and regex.match(r"đơn vị", after):
        return False
    if ";" in joint.group():
        return bool(HEAD.match(after))
    if current.count("(") > current.count(")"):
        return False
    if (
        regex.match(r"(?:Bí thư|Thủ trưởng|Giám đốc)[^,]*$", current)
        and regex.match(r"(?:Chủ tịch|Bí thư|Thủ trưởng|Giám đốc)", after)
        and joint.group().strip() == "và"
    ):
        shared = regex.search(r"\b(?:các|từng)\s+(?:tỉnh|thành phố|xã|phường)", current)
        if not shared and regex.match(r"(?:Chủ tịch|Bí thư)[^,]*\b(?:các|từng)\s+(?:tỉnh|thành|xã|phường)", after):
            return False
    if (
        regex.match(r"(?:Thành|Tỉnh|Đảng) (?:ủy|uỷ)(?!\s+(?:các\s|\p{Lu}))", after)
        and regex.search(r"(?:Tỉnh|Thành|Đảng) (?:ủy|uỷ)$", current)
        and len(current.split()) > 2
    ):
        return False  # "Ban Thường vụ Tỉnh ủy, Thành ủy" is one group
    if regex.fullmatch(r"[Nn]gười đứng đầu\s+(?:các\s+)?cấp\s+(?:ủy|uỷ)", current) and after.startswith("chính quyền"):
        return False
    if regex.match(r"Đảng\s+(?:ủy|uỷ|bộ)\s.*(?:Mặt trận Tổ quốc|MTTQ)(?:\s+Việt Nam)?$", current) and regex.match(
        r"các đoàn thể", after
    ):
        return False  # "Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh" is one body
    if _COMMITTEES.fullmatch(current) and regex.match(r"(?:[Cc]ác\s+)?(?:chính quyền|tổ chức [Đđ]ảng|đoàn thể)", after):
        return False  # "Cấp ủy, chính quyền thành phố": bodies of one place that share its name
    if regex.fullmatch(r"(?:[Cc]ác\s+)?(?:[Gg]iám đốc|[Tt]hủ trưởng)\s+(?:các\s+)?[Ss]ở", current) and regex.match(
        r"(?:[Tt]hủ trưởng|[Tt]rưởng)\s+(?:các\s+)?[Bb]an", after
    ):
        return False  # "Giám đốc các sở, Thủ trưởng các ban, ngành": the one group of a province's heads
    if _SECRETARY.fullmatch(current) and regex.match(
        r"Chủ tịch\s[^,;]*\s(?:các\s+)?(?:tỉnh|thành phố|xã|phường)(?![\p{L}])", after
    ):
        return False  # "Bí thư Tỉnh ủy, Chủ tịch Ủy ban nhân dân các tỉnh A, B": offices of the same places
    if _GENERIC.fullmatch(current) and _GENERIC.match(after):
        return False  # "Cơ quan, địa phương liên quan": nouns that share what narrows them
    if (
        (
            whole := regex.match(
                r"(?:[Cc]ác\s+)?(?:cơ quan|đơn vị)[^,;]*\s(?:thuộc|của)\s+(\p{Lu}\p{L}*)\s[^;]*$", current
            )
        )
        and after.startswith(whole[1] + " ")
        and ";" not in joint.group()
    ):
        return False  # "các cơ quan thuộc Bộ A, Bộ B": what they belong to
    if current.endswith("Đoàn đại biểu Quốc hội") and regex.match(r"HĐND|Hội đồng nhân dân", after):
        return False  # one office serves both
    if regex.match(r"(?:[Cc]ác\s+)?(?:[Ss]ở|[Bb]ộ|[Bb]an)$", current) and regex.match(r"(?:[Bb]an|[Nn]gành)\b", after):
        return False  # "các Sở, Ban, ngành"
    if STRONG_HEAD.match(after) and not NOT_BODY.match(after):
        return True
    if regex.match(r"(?:doanh nghiệp|lực lượng)\s+\p{Ll}", after) and STRONG_HEAD.match(current):
        return True
    if regex.match(r"(?:đảng (?:ủy|uỷ|đoàn|bộ)|ban cán sự|chi bộ|đoàn thanh niên|tổ công nghệ)\s", after):
        return True
    if regex.match(r"đặc khu\s+\p{Lu}", after) and regex.match(r"(?:[Cc]ác )?địa phương\s", current):
        return True
    if regex.match(r"(?:sở|bộ),", after) and regex.match(r"\p{Lu}", current):
        return True
    if regex.match(r"(?:lãnh đạo|người đứng đầu|thủ trưởng)\s", after) and regex.match(r"\p{Lu}", current):
        return True
    if regex.match(r"tổ chức, cá nhân", after) and len(current.split()) > 2:
        return True
    if regex.match(r"(?:chính quyền địa phương|lực lượng\s+\p{Lu})", after) and regex.search(
        r"\s(?:chức năng|liên quan|địa phương|cấp|đoàn thể)$", current
    ):
        return True
    if regex.match(r"(?:các|các cấp|một số|những|hệ thống các)\s", after, regex.I) and not NOT_BODY.match(after):
        return (
            "và" in joint.group()
            or not regex.match(r"(?:các|một số)\s", current, regex.I)
            or bool(regex.match(r"các\s", after))
        )
    if regex.match(r"toàn\s", after) and regex.match(r"toàn\s", current):
        return True
    generic = regex.match(
        r"(?:cơ quan|đơn vị|địa phương|chủ đầu tư|doanh nghiệp|nhà thầu|tổ chức|cá nhân|chính quyền|cấp ủy|cấp uỷ)\b",
        after,
    )
    specific = not regex.match(rf"(?:{GROUP})\b", current)
    return bool(
        generic
        and specific
        and not regex.search(r"(?:xã|phường|đặc khu|cơ quan|đơn vị|ngành)$", current)
        and "Thủ trưởng" not in current
    )
