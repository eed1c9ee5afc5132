"""Where a list of bodies ends in running text: read forward word by word, as a noun phrase.

A list goes on through the words of a name (capitals, the syllable that completes a compound, the words of
data/task_words.yaml and of the register), through what narrows a group ("có liên quan", "trên địa bàn tỉnh") and over
joints behind which another body begins. A verb or a preposition ends it. No list of predicates is needed, so that
"phối hợp với Sở Y tế trong việc …" and "phối hợp với Đảng đoàn Quốc hội thể chế hóa …" end where the names do.
"""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import functools

import regex

from bonhoa.apparatus.register import read_yaml
from bonhoa.execution.vocabulary import HEAD, NOT_BODY, STRONG_HEAD, words

_TOKEN = regex.compile(r"\([^()]*\)|[\p{L}\d]+(?:[./&][\p{L}\d]+)*|[-–,;:“”\"]")
_NARROWING = regex.compile(
    r"(?:(?:có\s+)?liên\s+quan(?!\s+đến)|có\s+(?:thẩm\s+quyền|chức\s+năng|nhu\s+cầu)|nêu\s+trên|nói\s+trên|tương\s+ứng|trên\s+địa\s+bàn(?:\s+(?:tỉnh|thành\s+phố|Thành\s+phố|xã|phường|huyện|toàn\s+\p{L}+))?"
    r"|(?:trực\s+)?thuộc(?:\s+(?:và\s+trực\s+thuộc|phạm\s+vi\s+quản\s+lý|thẩm\s+quyền(?:\s+quản\s+lý)?))?|(?:của|tại)\s+(?=\p{Lu}|tỉnh|thành\s+phố|địa\s+phương|trung\s+ương|bộ|ngành|nước|các\s+(?:tỉnh|bộ|sở|xã|địa))|ở\s+(?:trung\s+ương|Trung\s+ương|địa\s+phương|cơ\s+sở)"
    r"|phụ\s+trách\s+(?:lĩnh\s+vực|địa\s+bàn)|(?:được|đã\s+được)\s+(?:giao|phân\s+công)(?:\s+(?:nhiệm\s+vụ|chủ\s+trì|phụ\s+trách|quản\s+lý|thực\s+hiện(?=\s+(?:các\s+)?nhiệm)|các(?=\s+nhiệm)|phụ\s+trách(?:\s+(?:địa\s+bàn|lĩnh\s+vực))?|(?:theo|tại)\s+(?:Kế\s+hoạch|Quyết\s+định|Chỉ\s+thị)\s+này))*|ngang\s+[Bb]ộ|các\s+cấp|cùng\s+cấp|cấp\s+(?:trên|dưới|tỉnh|xã|huyện|cơ\s+sở|trung\s+ương|Trung\s+ương|ủy|uỷ)|khu\s+vực\s+(?:[IVX]+|\d+)|khác)(?![\p{L}])"
)
_JOINT = regex.compile(
    r"\s*[,;]\s*(?:và\s+|cùng\s+(?:với\s+)?|với\s+)?|\s+và\s+|\s+cùng\s+(?:với\s+)?(?=các\s|\p{Lu})|\s*/\s*"
)
_COMMA_NAMES = regex.compile(
    r"(?:Văn (?:hóa|hoá),(?=\s+Thể)|Khoa học,(?=\s+Công)|Quốc phòng,(?=\s+An)|Báo (?:và|chí),?|Phát thanh,?(?=\s+(?:và\s+)?[Tt]ruyền)|[Pp]hòng,(?=\s+chống)|[Tt]hi đua,(?=\s+khen)|Hợp tác,?|Lao động,(?=\s+Thương))"
)
_STOP_PHRASE = regex.compile(
    r"(?:đồng\s+(?:thời|bộ)|công\s+tác|nội\s+dung|thông\s+qua|nhiệm\s+vụ|các(?=\s+(?:nội|nhiệm|công\s+tác|giải|biện|vấn|chủ\s+trương|quy|chính\s+sách|hoạt|chương|văn|dự|thủ|phương|điều|mục|chỉ|khó|đề|hình)))(?![\p{L}])"
)
_SMALL_HEAD = regex.compile(
    r"(?:sở|bộ|ban|hội|đoàn thể|mặt trận|trường|công an|quân đội|kiểm lâm|nhân dân|ủy ban|Tỉnh|Thành phố|hiệp hội|tập đoàn|đội|chuyên gia|nhà đầu tư|nhà khoa học)(?![\p{L}])"
)


@functools.cache
def _name_words() -> frozenset[str]:
    """Words that occur in names of bodies and groups, in lower case."""
    listed: set[str] = set()
    for name in ("bodies.yaml", "local_bodies.yaml", "groups.yaml"):
        for rows in read_yaml(name).values():
            for row in rows if isinstance(rows, list) else ():
                for value in (row.get("name"), *row.get("phrases", ())) if isinstance(row, dict) else (row,):
                    listed |= {w.lower() for w in regex.findall(r"\p{L}+", value or "")}
    return frozenset(
        (listed | {w for line in read_yaml("task_words.yaml")["name_words"] for w in line.split()}) - _stops()
    )


@functools.cache
def _stops() -> frozenset[str]:
    """Words that end a list of names."""
    return frozenset(w for line in read_yaml("task_words.yaml")["ends_names"] for w in line.split())


@functools.cache
def _name_phrases() -> regex.Pattern[str]:
    """What bodies are called after, though a verb stands in it: "y tế dự phòng", "đầu tư xây dựng"."""
    phrases = [p for line in read_yaml("task_words.yaml")["name_phrases"] for p in line.split("|")]
    alternatives = "|".join(regex.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))
    return regex.compile(rf"(?i:{alternatives})(?![\p{{L}}])")


def ends_names(text: str, at: int) -> bool:
    """True if the word behind `at` is a preposition or the like, so that what stands before may be no whole name."""
    word = regex.compile(r"\s*(\p{L}+)").match(text, at)
    return word is not None and word[1] in _stops()


def _verb_at(text: str, at: int, word: str) -> bool:
    """True if a verb of command begins at `at` with `word`."""
    return word in words().starts and bool(words().verb.match(text, at))


def list_end(text: str, start: int, stop: int) -> int | None:
    """Where the list of bodies that begins at `start` ends in text[:stop]; None if no body begins there."""
    head = _head(text, start, stop)
    if head is None:
        return None
    at = end = int(head.end())
    previous, fresh = head.group().split()[-1], True
    while at < stop:
        if joint := _JOINT.match(text, at, stop):
            if _COMMA_NAMES.search(text, max(start, at - 24), min(stop, at + 30), partial=False) and _inside(text, at):
                at = joint.end()
                continue
            if not _goes_on(text, joint.end(), stop, previous):
                break
            at = joint.end()
            if opening := _head(text, at, stop):
                at = end = opening.end()
                previous, fresh = opening.group().split()[-1], True
            continue
        at = _behind_blanks(text, at, stop)
        if narrowing := _NARROWING.match(text, at, stop):
            at = end = narrowing.end()
            open_ended = regex.search(r"(?:thuộc|của|tại|cấp)\s*$", narrowing.group())
            previous, fresh = (narrowing.group().split()[-1] if open_ended else ""), bool(open_ended)
            continue
        token = _TOKEN.match(text, at, stop)
        if token is None:
            break
        word = token.group()
        if word.startswith("("):
            at = end = token.end()
            continue
        if word in "-–":
            if not regex.compile(r"\s*\p{L}").match(text, token.end()) or not _carries(text, token.end(), stop):
                break
            at = token.end()
            continue
        if word == ":":
            if not regex.compile(r":\s+\p{Lu}").match(text, at) or not _names_places(text, start, at):
                break
            at = token.end()
            continue
        if not word[0].isalnum():
            break
        if previous and (phrase := _name_phrases().match(text, at, stop)):
            at = end = phrase.end()
            previous, fresh = phrase.group().split()[-1], False
            continue
        if not _carries_word(text, at, word, previous, fresh):
            if not previous or (rest := _unknown_words(text, at, stop)) is None:
                break
            token, word = rest, rest.group().split()[-1]
        at = end = token.end()
        previous, fresh = word, False
    return end


def _behind_blanks(text: str, at: int, stop: int) -> int:
    while at < stop and text[at].isspace():
        at += 1
    return at


def _head(text: str, at: int, stop: int) -> regex.Match[str] | None:
    """The word that begins a body at `at`."""
    head = HEAD.match(text, at, stop) or _SMALL_HEAD.match(text, at, stop)
    return None if head is None or NOT_BODY.match(text, at) or _STOP_PHRASE.match(text, at) else head


_BRIDGE = regex.compile(
    r"\p{Ll}+(?:\s+\p{Ll}+)?(?=[,;.]|$|\s+(?:để|trong|về|theo|nhằm|và|tại|có\s+trách\s+nhiệm)(?![\p{L}]))"
)


def _unknown_words(text: str, at: int, stop: int) -> regex.Match[str] | None:
    """One or two words that no vocabulary knows, if the phrase visibly ends behind them ("doanh nghiệp đồng hành để")."""
    found = _BRIDGE.match(text, at, stop)
    if found is None or any(w in _stops() for w in found.group().split()) or _STOP_PHRASE.match(text, at):
        return None
    second = at + found.group().find(" ") + 1
    return None if words().verb.match(text, at) or words().verb.match(text, second) else found


def _inside(text: str, at: int) -> bool:
    """True if the comma at `at` stands inside one name ("Văn hóa, Thể thao và Du lịch")."""
    return any(m.start() <= at < m.end() + 1 for m in _COMMA_NAMES.finditer(text, max(0, at - 24), at + 12))


def _names_places(text: str, start: int, at: int) -> bool:
    return bool(regex.search(r"(?:các|Các)\s+(?:\p{L}+,?\s+){0,6}\p{L}+$", text[start:at])) or text[start:at].endswith(
        ("tỉnh", "thành phố", "Bộ", "Sở")
    )


def _goes_on(text: str, at: int, stop: int, previous: str) -> bool:
    """True if behind a joint the list goes on: another body, another noun of a group, or the rest of a name."""
    if words().verb.match(text, at) or NOT_BODY.match(text, at):
        return False
    if STRONG_HEAD.match(text, at) or _head(text, at, stop):
        return True
    token = _TOKEN.match(text, at, stop)
    if token is None:
        return False
    word = token.group()
    if word[0].isupper():
        return True
    return word in _name_words() or bool(_NARROWING.match(text, at))


def _carries(text: str, at: int, stop: int) -> bool:
    at = _behind_blanks(text, at, stop)
    token = _TOKEN.match(text, at, stop)
    return token is not None and (token.group()[0].isupper() or token.group() in _name_words())


_COMPLETE = regex.compile(r"(?:tỉnh|Tỉnh|phố|xã|phường|đặc khu|huyện|quan|vị|phương|ngành|ủy|uỷ)$")


# "Viện Nghiên cứu phát triển Thành phố", "Trung tâm Xúc tiến đầu tư tỉnh": what an institute is for belongs to its name
_OF_A_NAME = regex.compile(
    r"(?:phát triển|hỗ trợ|đầu tư|phục vụ|bảo tồn|kiểm soát|ứng dụng)(?:(?:,|\s+và)?\s+\p{Ll}+){0,6}\s+(?=tỉnh|Tỉnh|[Tt]hành phố|Việt Nam)"
)
_INSTITUTE = regex.compile(r"(?:Viện|Trung tâm|Quỹ|Công ty)(?:\s+\p{L}+){1,4}\s*$")


def _carries_word(text: str, at: int, word: str, previous: str, fresh: bool) -> bool:
    """True if `word` belongs to the name before it; `fresh`: it stands directly behind the word that began the body."""
    if not previous:
        return False
    if word[0].isupper() or word.isdigit():
        if word.isdigit():
            return previous in {"vực", "số", "khu", "khóa", "đạo", "tác"} or previous[0].isupper()
        lowered = word[0].lower() + text[at + 1 : at + 40]
        complete = not fresh and (previous[0].islower() or _COMPLETE.search(previous))
        # "Sở Xây dựng Theo dõi, đôn đốc …": a heading run together with its requirement
        verb = words().verb.match(lowered) if complete else None
        behind = lowered[verb.end() :].lstrip(" ,") if verb else ""
        opens = verb and (_COMPLETE.search(previous) or behind[:1].islower()) and " " in verb.group()
        return not (opens and not regex.search(r"(?i:ban|cục|vụ|phòng|sở|bộ|viện|tổ|đoàn|và|các|hội|,)\s*$", text[:at]))
    if _OF_A_NAME.match(text, at) and _INSTITUTE.search(text, max(0, at - 60), at):
        return True
    if word in _stops() or _verb_at(text, at, word) or _STOP_PHRASE.match(text, at):
        return False
    return (previous[0].isupper() and not previous.isupper() and len(previous) > 1) or word in _name_words()
