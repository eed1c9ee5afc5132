"""Whom a sentence addresses: at its head, behind a command word, or behind a preamble."""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import regex

from bonhoa.execution.addressees import Subject, bodies_only, split_bodies, subject_at
from bonhoa.execution.name_lists import list_end
from bonhoa.execution.vocabulary import words

_COMMAND = regex.compile(
    r"(?:[Gg]iao(?:\s+(?:cho|nhiệm vụ cho))?|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công|[Ll]ưu ý|(?<=\s(?:ông|bà|[Ôô]ng \p{Lu}[\p{L} ]{3,30}|[Bb]à \p{Lu}[\p{L} ]{3,30}|đồng chí \p{Lu}[\p{L} ]{3,30})\s)(?:nêu rõ|nhấn mạnh)|[Uu]ỷ quyền|[Ủủ]y quyền|[Mm]ong muốn)\s+(?:đồng chí\s+|các đồng chí\s+(?=\p{Lu}))?"
)
PREAMBLE = regex.compile(
    r"(?:Căn cứ|Trên cơ sở|(?:Trong )?[Qq]uá trình|Trong (?:|phạm vi|thời gian|khi|bất cứ|trường hợp|năm|tháng|bối cảnh)|Đối với|Trường hợp|Để|Nhằm|Về|Khi|Hằng|Hàng|Định kỳ|Theo|Sau|Trước|Từ|Tùy|Năm"
    r"|Đồng thời|Ngoài ra|Bên cạnh|Nếu|Chậm nhất|Riêng|Tại|Với|với vai trò|Cùng với|Ngay sau|Qua|Hết|Quý|Tháng|\d+\.|Thực hiện (?=[\p{Lu}]|chỉ đạo|ý kiến|nội dung))(?![\p{L}])"
)


def commanded(text: str, start: int = 0) -> Subject | None:
    """The last list of bodies that a command word addresses: "… yêu cầu các bộ, ngành …"."""
    found = None
    for match in _COMMAND.finditer(text, start):
        found = subject_at(text, match.end()) or found
    return found


def addressed_in(text: str) -> Subject | None:
    """The bodies that a whole sentence addresses, wherever they stand in it."""
    return subject_of(text, 0, len(text))


def called_at(text: str, subject: int) -> int | None:
    """Where the command word stands whose object begins at `subject` ("Thủ tướng yêu cầu Bộ A": at "yêu cầu")."""
    found = [m for m in _COMMAND.finditer(text, max(0, subject - 40), subject) if m.end() == subject]
    return found[-1].start() if found else None


# "Ủy ban nhân dân tỉnh ban hành Kế hoạch … như sau:": the body speaks, nobody is charged
_SPEAKS = regex.compile(
    r"(?:cơ bản\s+)?(?:kết luận|có ý kiến|thông báo|yêu cầu|đề nghị|quyết định|ban hành|thống nhất|nhất trí|thông qua|quyết nghị|phê duyệt|công bố|xây dựng|triển khai|báo cáo|phát động|đã)(?![\p{L}]).*?(?:như sau|sau đây|cụ thể|dưới đây|gồm)\s*[:.]?\s*$",
    regex.S,
)


def subject_of(text: str, start: int, end: int) -> Subject | None:
    """The bodies that this sentence addresses: at its head, behind a command word, or behind a preamble. Who only
    speaks ("Ban Bí thư kết luận như sau") is not addressed."""
    found = _grammatical_subject(text, start, end)
    return None if found is not None and _SPEAKS.match(text[:end], found.predicate) else found


def _grammatical_subject(text: str, start: int, end: int) -> Subject | None:
    sentence = text[:end]
    start += len(text[start:end]) - len(text[start:end].lstrip(" -–+"))
    if besides := _BESIDES.match(sentence, start):
        start = besides.end()
    if (match := _COMMAND.match(sentence, start)) and (found := _called(sentence, match.end())):
        return found
    if (about := regarding(sentence, start)) and (names := bodies_only(about["body"])):
        return Subject(names, about.start("body"), about.end("body"), about.end())
    if (named := _NAMED.match(sentence, start)) and (names := bodies_only(named[1])):
        return Subject(names, named.start(1), named.end(1), named.end())  # "Bộ A: trong quý II phối hợp …"
    if found := subject_at(sentence, start):
        command = _ASKS.match(sentence, found.predicate)
        return (command and _called(sentence, command.end())) or found
    for match in _COMMAND.finditer(sentence, start, min(end, start + 700)):
        before = sentence[start : match.start()].rstrip()
        asked = before.endswith((",", ":")) or _ASKER.search(before)
        if asked and (found := _called(sentence, match.end())):
            return found
    preamble = PREAMBLE.match(sentence, start)
    for joint in regex.finditer(
        r"(?:[,:]|(?<=vướng mắc|phát sinh|khó khăn)(?=\s+các\s))\s+(?:thì\s+|giao\s+|đề nghị\s+|yêu cầu\s+)?",
        sentence[: min(end, start + 600)],
        pos=start,
    ):
        if preamble is None and ":" not in joint.group():
            continue
        if preamble is not None and _GROUNDS.match(sentence, start) and words().verb.match(sentence, joint.end()):
            return None  # "Căn cứ …, rà soát …": the main clause has begun and names nobody
        found = subject_at(sentence, joint.end())
        if found is not None and _PROPER.match(found.names[0]) and not _governed(sentence[start : joint.start()]):
            return found
    return None


def _called(sentence: str, start: int) -> Subject | None:
    """The bodies behind a command word, where a circumstance may stand first ("đề nghị sau hội nghị, các …")."""
    if (last := list_end(sentence, start, len(sentence))) and regex.fullmatch(
        r"\s*:\s*(?:\([ivx\d]+\)\s*)?", sentence[last:]
    ):
        return Subject(split_bodies(sentence[start:last]), start, last, last)  # "Giao Đảng ủy A: (i) …"
    circumstance = regex.compile(
        r"(?:sau|trước|trong|từ|ngay|căn cứ|trên cơ sở|thời gian tới)\s[^,.;:]{2,80},\s+"
    ).match(sentence, start)
    return subject_at(sentence, circumstance.end() if circumstance else start)


_NAMED = regex.compile(r"([^:.;]{3,160}):\s+(?=\p{Ll})")
_BESIDES = regex.compile(r"(?:[Rr]iêng(?: đối với)?|[Đđ]ồng thời,?|[Nn]goài ra,|[Tt]rước mắt,)\s+(?=\p{Lu}|các\s)")
# "Đối với Sở A, ông B giao hỗ trợ …", "Với UBND các xã, ông nhấn mạnh phải …"
_REGARDING = regex.compile(
    r"(?:Đối với|Với|Riêng|Về phía)\s+(?P<body>[^.;:]{3,160}?),\s+(?:(?:ông|bà|đồng chí|Chủ tịch|Thủ tướng|Bộ trưởng|Bí thư|Phó)[^,.;:]{0,60}\s)(?:giao|yêu cầu|đề nghị|nhấn mạnh|lưu ý|chỉ đạo)\s+"
)


def regarding(text: str, start: int) -> regex.Match[str] | None:
    """ "Đối với Sở A, ông B giao …" at `start`: whom somebody's words regard, behind which they begin."""
    return _REGARDING.match(text, start)


_ASKER = regex.compile(
    r"(?:Thủ tướng|Chính phủ|Chủ tịch|Bộ trưởng|Ủy ban nhân dân|UBND|Ban Bí thư|Bộ Chính trị|Thường trực|[Ôô]ng|[Bb]à|đồng chí|Trưởng [Bb]an|Bí thư)[^,.;]{0,60}$|(?:khó khăn|vướng mắc|phát sinh)$"
)
_ASKS = regex.compile(r"(?:đề nghị|yêu cầu|lưu ý)\s+(?:các\s+[Đđ]ồng chí\s+(?=\p{Lu}))?")
_GROUNDS = regex.compile(
    r"(?:Căn cứ|Trên cơ sở|Theo|Định kỳ|Hằng|Hàng|Tùy|Trong (?:phạm vi|năm|tháng)|Năm|Tháng|Quý)(?![\p{L}])"
)
_PROPER = regex.compile(
    r"(?:\p{Lu}|(?:ngành|tỉnh|thành phố|xã|phường) \p{Lu}|cấp ủy|cấp uỷ|chính quyền|sở,|bộ,|(?:các|toàn|mỗi|từng|tất cả|đồng chí|người đứng đầu|thủ trưởng|lãnh đạo|cán bộ|chủ đầu tư|nhà thầu)\s*|(?:cơ quan|đơn vị) (?:chủ trì|phối hợp|đăng ký|chủ quản|được|thẩm|quản|thanh|soạn))"
)


def _governed(before: str) -> bool:
    """True if the list that `before` ends in is the object of another word ("chỉ đạo phòng A, các cơ quan …")."""
    match = regex.search(
        r"(?:chỉ đạo|đôn đốc|hướng dẫn|với|cho|yêu cầu|đề nghị|giao|hỗ trợ|cùng)\s+((?:(?!chỉ đạo|đôn đốc|hướng dẫn|với |cho |yêu cầu|đề nghị|giao ).){1,200})$",
        before,
    )
    return match is not None and bodies_only(match[1]) is not None
