"""One leaf of the document → requirements: split where the lead or the limit changes, with who, with whom, until when."""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from bonhoa.execution.address import PREAMBLE, called_at, commanded, regarding, subject_of
from bonhoa.execution.addressees import Subject, bodies_only, split_bodies
from bonhoa.execution.deadlines import Limit, continuous_in, limits_in
from bonhoa.execution.formulas import AGREES, NOT_ASKED, announces, own_demand
from bonhoa.execution.name_lists import list_end
from bonhoa.execution.vocabulary import words

_COOPERATE = regex.compile(
    r"(?:[Pp]hối\s+hợp|[Pp]hối\s+kết\s+hợp|[Kk]ết\s+hợp|hiệp\s+đồng)(?:\s+(?:chặt\s+chẽ|đồng\s+bộ|hiệu\s+quả|tốt|kịp\s+thời|thường\s+xuyên|cùng|tích\s+cực))*(?:(?:,|\s+và)\s*(?:hướng\s+dẫn|hỗ\s+trợ|đôn\s+đốc|chỉ\s+đạo|thống\s+nhất|trao\s+đổi))*(?:\s+(?:với|cùng))?\s+"
    r"|(?<=chủ\s+trì,?\s+)cùng\s+|cùng\s+với\s+|(?:(?<=[,)]\s)|(?<=[Đđ]ồng\s+thời\s)|(?<=\p{L}\s))cùng\s+(?=(?:các\s+)?(?:Bộ|Sở|UBND|Ủy ban|Đảng|Công an|Ban|Tổng|Văn phòng|Hội|Mặt trận|tỉnh\s+\p{Lu}|thành phố\s+\p{Lu}))|với\s+sự\s+phối\s+hợp\s+của\s+|(?:trao\s+đổi,?\s+)?thống\s+nhất\s+với\s+"
)
_REPORT = regex.compile(r"(?:báo cáo|gửi|trình|tổng hợp|thông báo|phản ánh|đề xuất)", regex.I)
_FINISH = regex.compile(
    r"\s*(?:(?:và\s+)?(?:phấn đấu\s+|bảo đảm\s+|cơ bản\s+)?hoàn\s+thành|thời\s+(?:gian|hạn)|xong|chậm\s+nhất|trước)",
    regex.I,
)
_SENTENCE = regex.compile(r"(?<=[\p{Ll}\d)”\"%])[.!?]\s+(?=[\p{Lu}“\"(])|(?<=\.\.\.|…)\s+(?=\p{Lu})")
_ENUMERATED = regex.compile(r"(?<=[:;.,]\s)\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s+(?=\p{L})")
_ASKS_ALONE = regex.compile(r"(?:\([\p{L}\d]{1,4}\)\s+)?\p{Lu}")
_MARK_AT_END = regex.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*$")
_TELLS = regex.compile(
    r"(?:Tuy nhiên|Những (?:tồn tại|hạn chế|kết quả)|(?:Trong )?[Tt]hời gian (?:vừa )?qua|Nhìn chung|Bên cạnh những|Những năm (?:gần đây|qua)|(?:Chỉ )?(?:[Tt]rong )?(?:\d+ (?:ngày|tháng) (?:đầu|qua)|Quý [IV]+(?:/\d{4})?)[^.;]{0,80}?\s(?:đạt|giữ|tăng|giảm|xảy ra|ước|đã)\s|Đến (?:hết )?ngày \d[^.;]{0,120}?\s(?:mới|đã|đạt|còn)\s|Hiện nay|Vừa qua|Qua đó|Nhờ đó|Đến nay|(?:Từ |Sáng |Chiều )?[Nn]gày \d[^.;]{0,300}?\s(?:đã\s|(?:có|ban hành) (?:Công văn|Thông báo|Kết luận|Quyết định|Chỉ thị|Kế hoạch)\s)|(?:Toàn|Trên địa bàn) (?:tỉnh|thành phố|xã|quốc)[^.;,]{0,30}\s(?:có|còn|đã)\s\d)"
)
_TOPIC = regex.compile(
    r"(?:(?:Về|Đối với)\s|\p{Lu}(?!iao|ề nghị|êu cầu))(?:[^:;.]|\.(?=\d)|(?<=Về [^:.]{3,300});){3,400}(?::[^:;.]{3,200})??:\s+(?=(?:giao|đề nghị|yêu cầu|với vai trò|\p{Lu}))"
)
_DIRECTING = regex.compile(r"\schỉ đạo\s*:\s*(?:\(\w{1,4}\)\s*)?$")  # "Đảng ủy A chỉ đạo: (1) Sở B …": A directs
_CHARGED = regex.compile(r"được (?:giao|phân công)|có trách nhiệm|phải\s")
_ABOUT = regex.compile(r"(?:Về|Đối với)\s[^:.;]{3,300}:\s+(?=\p{L})")
_SEMICOLON = regex.compile(r";\s+(?!trong đó\s|(?:trường hợp|nếu)\s[^;.]*\sthì\s)")


@dataclass(frozen=True, slots=True)
class Requirement:
    """Words of a leaf that require something; offsets count in the leaf's running text."""

    start: int
    end: int
    subject: Subject | None
    coordinate: tuple[str, ...]
    cooperate_at: tuple[int, int] | None
    limit: Limit | None
    verb: int | None


def requirements(
    text: str,
    today: dt.date | None,
    cited: Sequence[tuple[int, int]],
    inherited: bool,
    reported: bool = False,
    listed: bool = False,
) -> list[Requirement]:
    """The requirements of one leaf. `cited`: spans of citations in `text`, whose dates are no limits; `inherited`: a
    lead stands above, so that a sentence without a subject may still be a requirement; `listed`: the leaf is an item
    of somebody's tasks, so that its first sentence is one even if no known verb opens it; `reported`: the words are those
    of a press report, where each clause with a verb of its own is a requirement once somebody is called upon."""
    found: list[Requirement] = []
    subject: Subject | None = None
    called = not reported
    pieces, lists = _enumerated(text)
    directed = len(pieces) > 1 and _DIRECTING.search(text[slice(*pieces[0])]) is not None
    for first, last in pieces:
        last -= len(tail.group()) if (tail := _MARK_AT_END.search(text[first:last])) else 0
        piece: list[Requirement] = []
        for start, end in _pieces(text, first, last, _SENTENCE):
            if _TELLS.match(text, start):
                continue
            start = _behind_topic(text, start, end)
            if (topic := _ABOUT.match(text, start, end)) and AGREES.match(text[topic.end() :].lower()):
                continue  # "Về nguồn vốn: cơ bản thống nhất …"
            own = None if directed and first > 0 else subject_of(text, start, end)
            if own is not None and regarding(text, start):
                start = own.predicate
            charged = own is not None and _CHARGED.match(text, own.predicate) is not None
            called = called or charged or commanded(text[:end], start) is not None
            if not called or (own is not None and AGREES.search(text, own.start, own.predicate + 40)):
                continue
            if own is not None and _only_names(text, own, end):
                subject = own
                continue
            if own is not None and own_demand(text[own.predicate : end]) < 2:
                subject = own
                continue  # "yêu cầu các cơ quan nghiêm túc thực hiện Kế hoạch này"
            if own is not None and (rest := _behind_empty_call(text, own, end)):
                start = rest
            if own is None and AGREES.match(text[start : start + 60].lower()):
                continue  # "Cơ bản thống nhất với Báo cáo …", "Đồng ý chủ trương …"
            opens = listed and start == first and not announces(text[start:end])
            if own is None and not opens and not _requires(text[start:end], inherited or subject is not None):
                continue
            if own is not None and own.start > start and _SCOPE.match(text, start):
                cited = [*cited, (start, own.start)]  # what the task is about, not until when
            subject = own or subject
            given = subject
            if lists:
                limits = _limits(text, start, end, today, cited)
                piece.append(_requirement(text, start, end, given, limits[-1] if limits else None))
                continue
            piece += (
                _clauses(text, start, end, given, today, cited)
                if reported
                else _shared(text, _by_limit(text, start, end, given, today, cited))
            )
        found += piece if reported else _merged(text, piece)
    return found


def _behind_empty_call(text: str, own: Subject, end: int) -> int | None:
    """Where the demand begins in "yêu cầu A nghiêm túc thực hiện Kế hoạch này; định kỳ báo cáo …"."""
    parts = _pieces(text, own.predicate, end, _SEMICOLON)
    return parts[1][0] if len(parts) > 1 and own_demand(text[slice(*parts[0])]) < 2 else None


def _enumerated(text: str) -> tuple[list[tuple[int, int]], bool]:
    """The parts of "…: (i) …; (ii) …", each to be read by itself; or the whole and True, if they only list what the
    words before them ask for ("hoàn thiện các báo cáo: (i) …")."""
    pieces = _pieces(text, 0, len(text), _ENUMERATED)
    opening = text[slice(*pieces[0])].rstrip() if len(pieces) > 1 else ""
    opening = opening[: -len(mark.group())].rstrip() if (mark := _MARK_AT_END.search(opening)) else opening
    if not opening.endswith(":") or announces(opening):
        return pieces, False
    if all(_ASKS_ALONE.match(text, a) and text[a:b].rstrip(" *")[-1:] == "." for a, b in pieces[1:-1]) and pieces[2:]:
        return pieces, False  # sentences of their own, each with its verb
    own = subject_of(text, pieces[0][0], pieces[0][0] + len(opening))
    asked = opening[own.predicate :] if own else opening
    lists = len(asked.split()) > 5 and words().verb.search(asked) and not _only_names(opening, own, len(opening))
    return ([(0, len(text))], True) if lists else (pieces, False)


_SCOPE = regex.compile(r"(?:Đối với|Căn cứ|Theo|Trên cơ sở|Trường hợp)(?![\p{L}])")


def _only_names(text: str, subject: Subject | None, end: int) -> bool:
    """True if the sentence only says whom the following items address ("Bộ trưởng Bộ Tài chính chủ trì:")."""
    if subject is None:
        return False
    rest = text[subject.predicate : end].rstrip(" *")
    return (rest.endswith(":") and len(rest) < 100) or (announces(text[subject.predicate : end]) and len(rest) < 200)


def _clauses(
    text: str, start: int, end: int, subject: Subject | None, today: dt.date | None, cited: Sequence[tuple[int, int]]
) -> list[Requirement]:
    """The clauses of a reported sentence that begin with a verb of their own; what is said before the body is left out
    unless it names the limit, which then holds for all clauses."""
    own = subject if subject is not None and subject.start >= start else None
    head = _limits(text, start, own.start if own else start + 60, today, cited)
    year = regex.compile(r"(?:Trong\s+)?[Nn]ăm\s+(?:19|20)\d{2}(?=,)").match(text, start)
    if not head and year:
        head = [Limit(year.start(), year.end(), year.group(), dt.date(int(year.group()[-4:]), 12, 31))]
    if own is not None and not head and (spoken := list(_SPOKEN.finditer(text, start, own.start + 1))):
        start = spoken[-1].end()
    cuts = [start]
    for joint in regex.finditer(r";\s+|,\s+trong đó,?\s+|\s+và\s+(?=Đề án\s|Dự án\s|Luật\s)", text[:end], pos=start):
        quoted = text.count("“", start, joint.start()) > len(regex.findall('[”"]', text[start : joint.start()]))
        if not quoted and (
            words().verb.match(text, joint.end())
            or (joint.group().strip() == "và" and _ends_with_event(text[cuts[-1] : joint.start()]))
        ):
            cuts.append(joint.end())
    out = []
    for a, b in zip(cuts, [*cuts[1:], end], strict=True):
        limits = _limits(text, a, b, today, cited)
        limit = limits[-1] if limits else (head[-1] if head and (a == start or not year) else None)
        stop = regex.search(r"(?:,\s+trong đó,?|\s+và|;)\s*$", text[a:b])
        out.append(_requirement(text, a, a + stop.start() if stop else b, subject, limit))
    return out


def _ends_with_event(text: str) -> bool:
    return bool(regex.search(r"trình\s+(?:Hội nghị|Kỳ họp|Quốc hội|Bộ Chính trị|Trung ương)[^,.;]{0,40}$", text))


_SPOKEN = regex.compile(r"(?:lưu ý|đề nghị|yêu cầu|nêu rõ|nhấn mạnh)(?:\s+rằng)?\s+")


def _behind_topic(text: str, start: int, end: int) -> int:
    """Where the requirement begins in "Về việc A: giao Bộ B …"; `start` itself if there is no such topic."""
    match = _TOPIC.match(text, start, end)
    return match.end() if match and subject_of(text, match.end(), end) else start


def _pieces(text: str, start: int, end: int, joint: regex.Pattern[str]) -> list[tuple[int, int]]:
    cuts = [start]
    for match in joint.finditer(text, start, end):
        if text.count("(", cuts[-1], match.start()) == text.count(")", cuts[-1], match.start()):
            cuts.append(match.end())
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if text[a:b].strip(" .;")]


def first_sentence(text: str) -> int:
    """Where the first sentence of `text` ends; 0 for an empty text."""
    pieces = _pieces(text, 0, len(text), _SENTENCE)
    return 0 if not pieces else pieces[1][0] if len(pieces) > 1 else len(text)


def last_sentence(text: str) -> int:
    """Where the last sentence of `text` begins."""
    return _pieces(text, 0, len(text), _SENTENCE)[-1][0] if text.strip(" .;") else 0


def _requires(sentence: str, inherited: bool) -> bool:
    """True if a sentence without a subject of its own still asks for something."""
    head = sentence.strip(" -–+.;:")
    if not inherited or words().past.match(head) or announces(sentence):
        return False
    if (
        len(head.split()) < 9
        and sentence.rstrip()[-1:] not in ".;:/"
        and not words().predicate.match(head[:1].lower() + head[1:])
    ):
        return False  # a line without a verb at its head and without a full stop is a title or a cell
    window = head[:60] if not PREAMBLE.match(head) else head[:260]
    window = window[:1].lower() + window[1:]
    return any(not NOT_ASKED.search(window[: verb.start()]) for verb in words().verb.finditer(window))


def _by_limit(
    text: str, start: int, end: int, subject: Subject | None, today: dt.date | None, cited: Sequence[tuple[int, int]]
) -> list[Requirement]:
    """One sentence; split at semicolons where a reporting clause has a limit that the rest has not."""
    body = max(start, subject.predicate) if subject is not None and subject.start < end else start
    stretches = _outside(_cooperating_spans(text, body, end), _pieces(text, body, end, _SEMICOLON))
    stretches = [(start, stretches[0][1]), *stretches[1:]] if stretches else [(start, end)]
    parts = [(a, b, _limits(text, a, b, today, cited)) for a, b in stretches]
    limited = [p for p in parts if p[2]]
    acts = subject is not None and subject.start >= start and called_at(text, subject.start) is None
    changed = [_other_subject(text, a, b, acts) for a, b, _ in parts[1:]]
    changes = any(s is not None and (subject is None or s.names != subject.names) for s in changed)
    if len(parts) > 1 and limited and not changes:
        whole = [p for p in limited if not _only_reports(text, p)]
        keys = {p[2][-1].key for p in limited}
        ends = limited[-1][0] == parts[-1][0] or _FINISH.match(text, limited[-1][0])
        if len(keys) == 1 and whole and ends and _covers(text, limited[-1]):
            return [_requirement(text, start, end, subject, limited[-1][2][-1])]
        return [
            _requirement(
                text,
                a,
                b,
                _other_subject(text, a, b, acts) or subject,
                limits[-1]
                if limits
                else (whole[0][2][-1] if len(whole) == 1 and _FINISH.match(text, whole[0][0]) else None),
            )
            for a, b, limits in parts
        ]
    if changes:
        out, current = [], subject
        for a, b, limits in parts:
            current = (subject_of(text, a, b) if a == start else _other_subject(text, a, b, acts)) or current
            out.append(_requirement(text, a, b, current, limits[-1] if limits else None))
        return out
    limits = [limit for p in parts for limit in p[2]]
    return [_requirement(text, start, end, subject, limits[-1] if limits else None)]


def _shared(text: str, parts: list[Requirement]) -> list[Requirement]:
    """The clauses of one sentence: who cooperates right behind its subject ("Bộ A phối hợp với Bộ B theo dõi; định kỳ
    báo cáo …") does so in all of them."""
    first = parts[0] if parts else None
    if first is None or first.subject is None or first.cooperate_at is None:
        return parts
    if not _AT_ONCE.fullmatch(text, first.subject.end, first.cooperate_at[0]):
        return parts
    return [
        replace(
            part,
            coordinate=part.coordinate + tuple(n for n in first.coordinate if n not in part.coordinate),
            cooperate_at=part.cooperate_at or first.cooperate_at,
        )
        if part.subject is not None and part.subject.names == first.subject.names
        else part
        for part in parts
    ]


_AT_ONCE = regex.compile(r"[\s,]*(?:chủ\s+trì,?\s*)?(?:(?:phối\s+hợp|cùng)(?:\s+(?:chặt\s+chẽ|với|cùng))*\s+)")


def _other_subject(text: str, start: int, end: int, acts: bool) -> Subject | None:
    """Whom a further clause addresses. `acts`: the sentence tells what its own subject is to do, so that "…; yêu cầu
    Công ty B có phương án" is still its work."""
    return None if acts and _MAKES.match(text, start) else subject_of(text, start, end)


_MAKES = regex.compile(r"(?:yêu cầu|đôn đốc|hướng dẫn|chỉ đạo|phân công)\s")


def _covers(text: str, part: tuple[int, int, list[Limit]]) -> bool:
    """True if the limit of the last clause is that of the whole sentence: "…; hoàn thành trước ngày D", "…, hoàn thành
    trước ngày D", "… để ban hành trước ngày D", "… trước khi trình". Any other clause keeps its limit to itself."""
    start, end, limits = part
    before = text[start : limits[-1].start]
    acts = words().verb.search(text, limits[-1].end, end)  # "chậm nhất ngày D phải kết nối …" is a demand of its own
    says_when = _FINISH.match(text, start) and len(before.split()) < 6 and not acts
    return bool(says_when or _COVERING.search(before) or limits[-1].text.startswith("trước khi"))


_COVERING = regex.compile(r"(?:hoàn\s+(?:thành|thiện)|xong)\s*$|(?<![\p{L}])để\s+\p{Ll}+\s+\p{Ll}+\s*$")


def _cooperating_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where lists of cooperating bodies stand in [start, end), one behind the other."""
    found: list[tuple[int, int]] = []
    for match in _COOPERATE.finditer(text, start, end):
        if found and match.start() < found[-1][1]:
            continue  # "phối hợp với Sở A cùng Sở B": one list, read once
        if (last := list_end(text, match.end(), end)) is not None:
            found.append((match.end(), last))
    return found


def _outside(lists: list[tuple[int, int]], pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`pieces` put together again where a cut fell into a list of names."""
    out: list[tuple[int, int]] = []
    for a, b in pieces:
        if out and any(x < a < y for x, y in lists):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _limits(text: str, start: int, end: int, today: dt.date | None, cited: Sequence[tuple[int, int]]) -> list[Limit]:
    found = []
    for limit in limits_in(text[start:end], today):
        a, b = limit.start + start, limit.end + start
        if not any(x < b and a < y for x, y in cited):
            found.append(Limit(a, b, limit.text, limit.date, limit.recurrence, limit.event))
    return found


def _only_reports(text: str, part: tuple[int, int, list[Limit]]) -> bool:
    """True if the limit of this clause belongs to an act of reporting, sending or submitting."""
    start, _, limits = part
    before = text[start : limits[-1].start]
    return (
        bool(_REPORT.search(before))
        and not _FINISH.match(text, start)
        and not regex.search(r"hoàn thành\s*$", before.rstrip())
    )


def _requirement(text: str, start: int, end: int, subject: Subject | None, limit: Limit | None) -> Requirement:
    own = subject if subject is not None and subject.start >= start else None
    names, at = cooperating(text, start if own is None else own.end, end, own)
    verb = words().verb.search(text, own.predicate if own else start, end)
    if limit is None:
        act = own.predicate if own else start
        lowered = text[act:end].lstrip()
        offset = act + len(text[act:end]) - len(lowered)
        if continuous := continuous_in(lowered):
            limit = Limit(
                offset + continuous.start, offset + continuous.end, continuous.text, recurrence=continuous.recurrence
            )
    return Requirement(start, end, subject, names, at, limit, verb.start() if verb else None)


_IN_BRACKETS = regex.compile(
    r"\((?:(?P<names>[^()]{3,160}?)\s+(?:cùng\s+)?(?:phối\s+hợp|tham\s+gia)(?:\s+phối\s+hợp)?|có\s+(?:sự\s+)?tham\s+gia\s+của\s+(?P<names>[^()]{3,160}?))\)"
)


def cooperating(
    text: str, start: int, end: int, subject: Subject | None
) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The bodies named after "phối hợp với", "cùng với", "phối hợp" in [start, end)."""
    names: list[str] = []
    at: tuple[int, int] | None = None
    for a, b in _cooperating_spans(text, start, end):
        listed = split_bodies(text[a:b])
        taken = set(subject.names) if subject else set()
        names += [n for n in listed if n not in names and n not in taken]
        at = at or (a, b)
    for match in _IN_BRACKETS.finditer(text, start, end):
        if (found := bodies_only(match["names"])) is not None:
            names += [n for n in found if n not in names]
            at = at or match.span("names")
    return tuple(names), at


_PRODUCT_DUE = regex.compile(
    r"(?:Các|Những)?\s*(?i:báo cáo|văn bản|kết quả|hồ sơ|kế hoạch|đề án)\s+(?:nêu\s+)?(?:trên|này)\s+(?:gửi|trình|hoàn thành)"
)


def _merged(text: str, found: list[Requirement]) -> list[Requirement]:
    """Neighbouring requirements with the same lead and the same limit are one task; a clause that only says "hoàn
    thành trước ngày D" gives its limit to what stands before it."""
    out: list[Requirement] = []
    for item in found:
        if out and _same_lead(out[-1], item):
            last = out[-1]
            finishing = (
                item.limit is not None
                and last.limit is None
                and (finishes(text[item.start : item.limit.end]) or _PRODUCT_DUE.match(text, item.start))
            )
            if finishing or _key(last) == _key(item):
                names = last.coordinate + tuple(n for n in item.coordinate if n not in last.coordinate)
                out[-1] = Requirement(
                    last.start,
                    item.end,
                    last.subject,
                    names,
                    last.cooperate_at or item.cooperate_at,
                    item.limit or last.limit,
                    last.verb,
                )
                continue
        out.append(item)
    return out


def finishes(text: str) -> bool:
    """True if words that end in a limit only say when all that stands before is to be finished."""
    return bool(
        (_FINISH.match(text) and len(text.split()) < 14)
        or regex.search(r"[;.]\s+(?:(?:và|bảo đảm|phấn đấu|cơ bản)\s+)?hoàn thành[^;.]*$", text)
    )


def _key(item: Requirement) -> object:
    return item.limit.key if item.limit else None


def _same_lead(a: Requirement, b: Requirement) -> bool:
    return b.subject is None or (a.subject is not None and a.subject.names == b.subject.names)
