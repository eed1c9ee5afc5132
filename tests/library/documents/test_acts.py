"""The register of acts on a date: which act is meant, whether it applies, what came after it."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from bonhoa.documents.acts import Act, Acts, ActState, act_key, law_names, name_key
from bonhoa.documents.model import Citation, Metadata, Relation, RelationKind
from bonhoa.documents.readers import read_source
from bonhoa.documents.reading import read_text
from bonhoa.documents.resolving import ENDED, resolved

D = dt.date


def act(number: str | None, name: str | None = None, kind: str = "Nghị định", **facts: object) -> Act:
    date = facts.get("date")
    key = act_key(number, date) if number else name_key(kind, name or "")  # type: ignore[arg-type]
    return Act(key=key, kind=kind, number=number, name=name, **facts)  # type: ignore[arg-type]


LAW_1 = act("7/2030/QH20", "Cây xanh", "Luật", effective=D(2031, 1, 1), ended=D(2035, 3, 1), ended_by=("9/2034/QH20",))
LAW_2 = act("9/2034/QH20", "Cây xanh", "Luật", effective=D(2035, 3, 1), status="checked")
DECREE = act("5/2031/NĐ-CP", effective=D(2031, 5, 1), ended=D(2033, 1, 1), ended_by=("6/2033/NĐ-CP",))
DECREE_2 = act("6/2033/NĐ-CP", effective=D(2033, 1, 1), ended=D(2036, 1, 1), ended_by=("8/2036/NĐ-CP",))
DECREE_3 = act("8/2036/NĐ-CP", effective=D(2036, 1, 1))
PARTY = act("57-NQ/TW", None, "Nghị quyết", date=D(2034, 12, 22))
LETTER_A = act("12/KH-UBND", None, "Kế hoạch", date=D(2034, 2, 1))
LETTER_B = act("12/KH-UBND", None, "Kế hoạch", date=D(2034, 3, 1))
GONE = act("3/2029/QH19", "Hồ nước", "Luật", effective=D(2029, 7, 1), ended=D(2034, 1, 1), ended_by=("9/2034/QH20",))
ACTS = Acts([LAW_1, LAW_2, DECREE, DECREE_2, DECREE_3, PARTY, LETTER_A, LETTER_B, GONE])


def by_number(number: str, date: dt.date | None = None) -> Citation:
    return Citation(0, 1, None, number, date, None)


def by_name(name: str, kind: str = "Luật") -> Citation:
    return Citation(0, 1, kind, None, None, None, None, name)


@pytest.mark.parametrize(
    ("citation", "on", "expected", "why"),
    [
        (by_number("05/2031/NĐ-CP"), D(2032, 1, 1), DECREE, "leading zero"),
        (by_number("05/2031/NĐ -CP"), None, DECREE, "a blank in the number; no day is needed"),
        (by_number("5/2031/NĐ-CP", D(2031, 1, 9)), D(2032, 1, 1), DECREE, "a misprinted date changes nothing"),
        (by_number("4/2031/NĐ-CP"), D(2032, 1, 1), None, "not in the register"),
        (by_name("Cây xanh"), D(2032, 1, 1), LAW_1, "the law in force that day"),
        (by_name("cây Xanh"), D(2035, 3, 1), LAW_2, "its successor from its first day"),
        (by_name("Cây xanh"), D(2030, 6, 1), None, "before any known law of the name: an older one is meant"),
        (by_name("Cây xanh năm 2030"), D(2036, 1, 1), None, "the year is asked of the date, which is not known"),
        (by_name("Hồ nước"), D(2036, 1, 1), GONE, "ended, and no later act has the name"),
        (by_name("Cây xanh"), None, None, "a name without a day"),
        (by_number("57-NQ/TW", D(2034, 12, 22)), D(2035, 1, 1), PARTY, "Party number with its date"),
        (by_number("57-NQ/TW"), D(2035, 1, 1), PARTY, "Party number in its term"),
        (by_number("57-NQ/TW"), D(2041, 1, 1), None, "Party number of a later term"),
        (by_number("57-NQ/TW", D(2029, 1, 1)), D(2035, 1, 1), None, "Party number of another date"),
        (by_number("12/KH-UBND", D(2034, 3, 1)), D(2034, 5, 1), LETTER_B, "told by its date"),
        (by_number("12/KH-UBND"), D(2034, 5, 1), None, "every province has one"),
        (by_number("57"), D(2035, 1, 1), None, "a short number alone"),
    ],
)
def test_resolve(citation: Citation, on: dt.date | None, expected: Act | None, why: str) -> None:
    assert ACTS.resolve(citation, on) == expected, why


def test_two_that_fit_give_none() -> None:
    twice = Acts([LAW_2, act("2/2035/QH20", "Cây xanh", "Luật", effective=D(2035, 6, 1))])
    assert twice.resolve(by_name("Cây xanh"), D(2035, 4, 1)) == LAW_2
    assert twice.resolve(by_name("Cây xanh"), D(2036, 1, 1)) is None


@pytest.mark.parametrize(
    ("of", "on", "state", "successors"),
    [
        (DECREE, D(2031, 4, 30), ActState.NOT_YET, ()),
        (DECREE, D(2031, 5, 1), ActState.IN_FORCE, ()),
        (DECREE, D(2032, 12, 31), ActState.IN_FORCE, ()),
        (DECREE, D(2033, 1, 1), ActState.ENDED, (DECREE_2,)),
        (DECREE, D(2040, 1, 1), ActState.ENDED, (DECREE_3,)),
        (DECREE_3, D(2040, 1, 1), ActState.IN_FORCE, ()),
        (PARTY, D(2040, 1, 1), ActState.UNKNOWN, ()),
        (PARTY, D(2034, 1, 1), ActState.NOT_YET, ()),
        (act("1/2030/NĐ-CP"), D(2029, 12, 31), ActState.NOT_YET, ()),
    ],
)
def test_state(of: Act, on: dt.date, state: ActState, successors: tuple[Act, ...]) -> None:
    standing = ACTS.state(of, on)
    assert (standing.state, standing.successors) == (state, successors)


def test_cycles_end() -> None:
    a = act("1/2030/NĐ-CP", ended=D(2031, 1, 1), ended_by=("2/2031/NĐ-CP",))
    b = act("2/2031/NĐ-CP", ended=D(2032, 1, 1), ended_by=("1/2030/NĐ-CP", "2/2031/NĐ-CP"))
    assert Acts([a, b]).state(a, D(2033, 1, 1)).successors == ()


@dataclass
class Read:
    metadata: Metadata
    citations: tuple[Citation, ...] = ()
    relations: tuple[Relation, ...] = field(default=())


def change(number: str, by: str, kind: RelationKind, day: dt.date | None = None, name: str | None = None) -> Read:
    cited = Citation(0, 1, "Nghị định" if number else "Luật", number or None, None, None, None, name)
    metadata = Metadata("Nghị định", by, D(2037, 1, 1), subject="về cây xanh", effective=D(2037, 2, 1))
    return Read(metadata, (cited,), (Relation(kind, 0, day),))


def test_documents_extend_the_register() -> None:
    more = ACTS.with_documents([change("8/2036/NĐ-CP", "1/2037/NĐ-CP", RelationKind.REPLACES, D(2037, 2, 1))])
    ended = more.get("8/2036/NĐ-CP")
    assert ended and ended.ended == D(2037, 2, 1) and ended.ended_by == ("1/2037/NĐ-CP",)
    assert ended.status == "unverified"
    assert more.state(DECREE, D(2038, 1, 1)).successors == (more.get("1/2037/NĐ-CP"),)
    assert ACTS.get("8/2036/NĐ-CP") == DECREE_3, "the register that was extended is as it was"


def test_documents_may_end_acts_that_were_not_known_and_laws_by_name() -> None:
    more = ACTS.with_documents(
        [
            change("99/2030/NĐ-CP", "1/2037/NĐ-CP", RelationKind.REPEALS, D(2037, 2, 1)),
            change("", "2/2037/NĐ-CP", RelationKind.AMENDS, None, "Cây xanh"),
        ]
    )
    unknown = more.get("99/2030/NĐ-CP")
    assert unknown and unknown.ended == D(2037, 2, 1)
    law = more.get("9/2034/QH20")
    assert law and law.amended_by == ("2/2037/NĐ-CP",) and law.status == "checked"


def test_what_is_known_stays() -> None:
    more = ACTS.with_documents([change("5/2031/NĐ-CP", "1/2037/NĐ-CP", RelationKind.REPEALS, D(2037, 2, 1))])
    assert more.get("5/2031/NĐ-CP") == DECREE


def test_an_act_that_ends_or_amends_itself_does_not() -> None:
    for kind in (RelationKind.REPLACES, RelationKind.AMENDS):
        more = ACTS.with_documents([change("1/2037/NĐ-CP", "1/2037/NĐ-CP", kind, D(2037, 2, 1))])
        own = more.get("1/2037/NĐ-CP")
        assert own and not own.ended and not own.ended_by and not own.amended_by


def test_acts_that_amend_each_other_both_stand() -> None:
    circle = [
        change("2/2037/NĐ-CP", "1/2037/NĐ-CP", RelationKind.AMENDS),
        change("1/2037/NĐ-CP", "2/2037/NĐ-CP", RelationKind.AMENDS),
    ]
    more = ACTS.with_documents(circle)
    assert more.get("1/2037/NĐ-CP").amended_by == ("2/2037/NĐ-CP",)  # type: ignore[union-attr]
    assert more.get("2/2037/NĐ-CP").amended_by == ("1/2037/NĐ-CP",)  # type: ignore[union-attr]


# --- the shipped register


def test_shipped_register_is_consistent() -> None:
    acts = Acts.shipped()
    assert len(acts) > 800
    for one in acts:
        assert one.key == (act_key(one.number, one.date) if one.number else name_key(one.kind, one.name or ""))
        assert one.status in ("checked", "unverified") and one.source
        assert not (one.ended and one.effective) or one.effective < one.ended, one
        assert one.key not in one.ended_by + one.amended_by, one
        for key in one.ended_by + one.amended_by:
            assert acts.get(key), (one.key, key)


@pytest.mark.parametrize(
    ("name", "on", "number"),
    [
        ("Tổ chức chính quyền địa phương", D(2020, 5, 1), "77/2015/QH13"),
        ("Tổ chức chính quyền địa phương", D(2025, 4, 1), "65/2025/QH15"),
        ("Tổ chức chính quyền địa phương", D(2025, 12, 1), "72/2025/QH15"),
        ("Đầu tư công", D(2024, 12, 31), "39/2019/QH14"),
        ("Đầu tư công", D(2025, 1, 1), "58/2024/QH15"),
        ("Đất đai năm 2024", D(2024, 6, 1), "31/2024/QH15"),
        ("Đất đai", D(2024, 6, 1), "45/2013/QH13"),
    ],
)
def test_laws_by_name_on_a_date(name: str, on: dt.date, number: str) -> None:
    found = Acts.shipped().resolve(by_name(name), on)
    assert found and found.number == number


def test_law_names_are_those_of_the_register_the_longest_first() -> None:
    names = law_names()
    assert "Tổ chức chính quyền địa phương" in names
    assert list(map(len, names)) == sorted(map(len, names), reverse=True)
    assert not any(name.startswith("sửa đổi") for name in names)


# --- citations of a document


def document(body: str) -> str:
    return (
        "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\nSố: 45/KH-UBND\nSông Lam, ngày 10 tháng 4 năm 2034\n"
        f"KẾ HOẠCH\nTrồng cây xanh\n{body}\n"
    )


def targets(body: str, acts: Acts = ACTS, on: dt.date | None = None) -> list[str | None]:
    source = read_source(document(body).encode(), "ke-hoach.txt")
    return [c.target for c in resolved(read_text(source), acts, on).citations]


def notices(body: str, on: dt.date | None = None) -> list[str]:
    source = read_source(document(body).encode(), "ke-hoach.txt")
    return [n.vi for n in resolved(read_text(source), ACTS, on).notices if n.code == ENDED]


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        ("Căn cứ Nghị định số 05/2031/NĐ-CP;", ["5/2031/NĐ-CP"], "number"),
        ("Thực hiện Luật Cây xanh và các quy định khác.", ["7/2030/QH20"], "name on the document's date"),
        (
            "Thực hiện Luật Cây xanh số 09/2034/QH20. Theo khoản 2 Điều 3 Luật Cây xanh, các đơn vị làm ngay.",
            ["9/2034/QH20", "9/2034/QH20"],
            "the law that the text has named with its number, not the one in force that day",
        ),
        (
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2034. Các sở triển khai Nghị quyết 57 và báo cáo.",
            ["57-NQ/TW@2034-12-22", "57-NQ/TW@2034-12-22"],
            "a short number given in full before",
        ),
        ("Các sở triển khai Nghị quyết 57 và báo cáo.", [None], "a short number given nowhere"),
        ("Theo Nghị định số 77/2031/NĐ-CP.", [None], "not in the register"),
    ],
)
def test_targets(body: str, expected: list[str | None], why: str) -> None:
    assert targets(body) == expected, why


def test_ended_acts_are_told_with_their_successor() -> None:
    body = "Căn cứ Nghị định số 05/2031/NĐ-CP;"
    assert notices(body) == [
        "Nghị định số 5/2031/NĐ-CP đã hết hiệu lực từ 01/01/2033, do Nghị định số 6/2033/NĐ-CP; "
        "hãy xem có phải dẫn văn bản còn hiệu lực không (chưa kiểm chứng)."
    ]
    assert notices(body, D(2032, 1, 1)) == []
    assert "nay là Nghị định số 8/2036/NĐ-CP" in notices(body, D(2037, 1, 1))[0]


def test_resolving_again_replaces_what_was_said() -> None:
    source = read_source(document("Căn cứ Nghị định số 05/2031/NĐ-CP;").encode(), "ke-hoach.txt")
    first = resolved(read_text(source), ACTS)
    assert len([n for n in first.notices if n.code == ENDED]) == 1
    again = resolved(first, Acts([]))
    assert not [n for n in again.notices if n.code == ENDED] and again.citations[0].target is None
