"""What an act does to the acts it cites: tables of titles, grounds and closing articles of our own."""

import datetime as dt
import time

import pytest

from bonhoa.documents.citations import find_citations
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.model import RelationKind, SourceText
from bonhoa.documents.numbers import rank
from bonhoa.documents.reading import read_text
from bonhoa.documents.relations import find_relations
from bonhoa.documents.structure import find_structure

K = RelationKind


def decree(
    body: str,
    title: str = "Quy định về cây xanh",
    kind: str = "NGHỊ ĐỊNH",
    number: str = "20/2031/NĐ-CP",
    grounds: str = "Căn cứ Hiến pháp;",
) -> str:
    return (
        f"CHÍNH PHỦ\nSố: {number}\nHà Nội, ngày 10 tháng 5 năm 2031\n{kind}\n{title}\n{grounds}\n"
        f"Chính phủ ban hành {kind.capitalize()} {title[0].lower() + title[1:]}.\n"
        f"Điều 1. Phạm vi\nVăn bản quy định về cây xanh.\n{body}\n"
        "TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nLê Văn Minh\n"
    )


def relations(text: str) -> list[tuple[str, RelationKind, str | None]]:
    document = read_text(SourceText(text, "txt"))
    return [
        (text[c.start : c.end], r.kind, r.effective and r.effective.isoformat())
        for r in document.relations
        for c in [document.citations[r.citation]]
        if "Hiến pháp" not in text[c.start : c.end]
    ]


# (closing article or other part of the body, [(cited, relation, day of its end)], why)
BODIES = [
    # ended whole
    (
        "Điều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031.\n"
        "2. Nghị định này thay thế Nghị định số 5/2020/NĐ-CP ngày 01 tháng 2 năm 2020 của Chính phủ về cây xanh.",
        [("Nghị định số 5/2020/NĐ-CP ngày 01 tháng 2 năm 2020", K.REPLACES, "2031-07-01")],
        "replaces, from its own first day",
    ),
    (
        "Điều 2. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031 và thay thế Nghị định số 5/2020/NĐ-CP.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPLACES, "2031-07-01")],
        "in one sentence",
    ),
    (
        "Điều 2. Hiệu lực\n1. Nghị định này thay thế các Nghị định sau đây:\na) Nghị định số 5/2020/NĐ-CP;\n"
        "b) Nghị định số 6/2021/NĐ-CP.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPLACES, None), ("Nghị định số 6/2021/NĐ-CP", K.REPLACES, None)],
        "a list, the day is not said",
    ),
    (
        "Điều 2. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031.\n"
        "2. Nghị định số 5/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPEALS, "2031-07-01")],
        "ends with the first day of this one",
    ),
    (
        "Điều 2. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031.\n"
        "2. Nghị định số 5/2020/NĐ-CP của Chính phủ hết hiệu lực từ ngày 01 tháng 01 năm 2032.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPEALS, "2032-01-01")],
        "ends on a day of its own",
    ),
    (
        "Điều 2. Hiệu lực\nBãi bỏ Nghị định số 5/2020/NĐ-CP và Nghị định số 6/2021/NĐ-CP.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPEALS, None), ("Nghị định số 6/2021/NĐ-CP", K.REPEALS, None)],
        "two objects of one verb",
    ),
    (
        "Điều 2. Hiệu lực\n1. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực:\n"
        "a) Nghị định số 5/2020/NĐ-CP;\nb) Quyết định số 7/2019/QĐ-TTg.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPEALS, None), ("Quyết định số 7/2019/QĐ-TTg", K.REPEALS, None)],
        "a list of ended acts",
    ),
    (
        "Điều 2. Bãi bỏ toàn bộ 02 văn bản\n1. Nghị định số 5/2020/NĐ-CP ngày 01/2/2020 về cây xanh.\n"
        "2. Nghị định số 6/2021/NĐ-CP về hồ nước.",
        [("Nghị định số 5/2020/NĐ-CP ngày 01/2/2020", K.REPEALS, None), ("Nghị định số 6/2021/NĐ-CP", K.REPEALS, None)],
        "the verb stands in the heading of the article",
    ),
    (
        "Điều 2. Hiệu lực\nHủy bỏ Quyết định số 7/2019/QĐ-TTg.",
        [("Quyết định số 7/2019/QĐ-TTg", K.REPEALS, None)],
        "another verb",
    ),
    # parts
    (
        "Điều 2. Bãi bỏ khoản 2 Điều 5 Nghị định số 5/2020/NĐ-CP.",
        [("khoản 2 Điều 5 Nghị định số 5/2020/NĐ-CP", K.AMENDS, None)],
        "a part that is repealed amends the act",
    ),
    (
        "Điều 2. Hiệu lực\n1. Điều 7 Nghị định số 5/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
        [("Điều 7 Nghị định số 5/2020/NĐ-CP", K.AMENDS, None)],
        "a part that ends",
    ),
    (
        "Điều 2. Sửa đổi, bổ sung một số điều của Nghị định số 5/2020/NĐ-CP\n1. Sửa đổi khoản 1 Điều 3 như sau:\n“1. Cây.”",
        [("Nghị định số 5/2020/NĐ-CP", K.AMENDS, None)],
        "heading of an amending article",
    ),
    (
        "Điều 2. Sửa đổi các nghị định\n1. Sửa đổi, bổ sung khoản 2 Điều 4 Nghị định số 5/2020/NĐ-CP như sau:\n“2. Cây.”",
        [("khoản 2 Điều 4 Nghị định số 5/2020/NĐ-CP", K.AMENDS, None)],
        "item of an amending article",
    ),
    (
        "Điều 2. Thay thế cụm từ\nThay thế cụm từ “hồ” bằng cụm từ “ao” tại Điều 3 Nghị định số 5/2020/NĐ-CP.",
        [("Điều 3 Nghị định số 5/2020/NĐ-CP", K.AMENDS, None)],
        "words are replaced",
    ),
    # what only looks like it
    (
        "Điều 2. Thay thế cụm từ\nThay thế cụm từ “Nghị định số 5/2020/NĐ-CP” bằng cụm từ “Nghị định số 6/2021/NĐ-CP”.",
        [("Nghị định số 5/2020/NĐ-CP", K.CITES, None), ("Nghị định số 6/2021/NĐ-CP", K.CITES, None)],
        "the words that are put in and taken out",
    ),
    (
        "Điều 2. Áp dụng\nCây xanh theo Nghị định số 5/2020/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 6/2021/NĐ-CP.",
        [("Nghị định số 5/2020/NĐ-CP", K.CITES, None), ("Nghị định số 6/2021/NĐ-CP", K.CITES, None)],
        "the history of another act",
    ),
    (
        "Điều 2. Chuyển tiếp\nHồ sơ đã nộp trước ngày Nghị định này có hiệu lực thì theo Nghị định số 5/2020/NĐ-CP.",
        [("Nghị định số 5/2020/NĐ-CP", K.CITES, None)],
        "a transitional rule",
    ),
    (
        "Điều 2. Hiệu lực\nTrường hợp Nghị định số 5/2020/NĐ-CP được thay thế thì áp dụng văn bản thay thế.",
        [("Nghị định số 5/2020/NĐ-CP", K.CITES, None)],
        "if it is replaced one day",
    ),
    (
        "Điều 2. Hiệu lực\n1. Nghị định này thay thế Nghị định số 5/2020/NĐ-CP, trừ các trường hợp sau:\n"
        "a) Quy định tại Điều 7 Nghị định số 5/2020/NĐ-CP.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPLACES, None), ("Điều 7 Nghị định số 5/2020/NĐ-CP", K.CITES, None)],
        "what is excepted is not changed",
    ),
    (
        "Điều 2. Hiệu lực\nBãi bỏ Luật Cây xanh số 5/2020/QH14.",
        [("Luật Cây xanh số 5/2020/QH14", K.CITES, None)],
        "a decree cannot end a law",
    ),
    (
        "Điều 2. Hiệu lực\nNghị định này thay thế Nghị định số 5/2020/NĐ-CP quy định chi tiết thi hành Luật Cây xanh.",
        [("Nghị định số 5/2020/NĐ-CP", K.REPLACES, None), ("Luật Cây xanh", K.CITES, None)],
        "the law in the title of what is replaced",
    ),
    (
        "Điều 2. Hồ\nTheo khoản 1 Điều 3 Luật Cây xanh, hồ là hồ.",
        [("khoản 1 Điều 3 Luật Cây xanh", K.CITES, None)],
        "plain",
    ),
]


@pytest.mark.parametrize(("body", "expected", "why"), BODIES)
def test_relations_of_the_body(body, expected, why):
    assert relations(decree(body)) == expected, why


TITLES = [
    ("Sửa đổi, bổ sung một số điều của Nghị định số 5/2020/NĐ-CP", K.AMENDS, "amends"),
    ("Bãi bỏ Nghị định số 5/2020/NĐ-CP", K.REPEALS, "repeals"),
    ("Bãi bỏ khoản 1 Điều 2 Nghị định số 5/2020/NĐ-CP", K.AMENDS, "repeals a part"),
    ("Quy định chi tiết một số điều của Luật Cây xanh", K.GUIDES, "details"),
    ("Hướng dẫn thi hành Nghị định số 5/2020/NĐ-CP", K.GUIDES, "guides"),
    ("Triển khai thực hiện Nghị quyết số 57-NQ/TW", K.IMPLEMENTS, "carries out"),
    ("Về cây xanh theo Nghị định số 5/2020/NĐ-CP", K.CITES, "names"),
    ("Sửa đổi, bổ sung một số điều của Luật Cây xanh", K.CITES, "a decree cannot amend a law"),
]


@pytest.mark.parametrize(("title", "expected", "why"), TITLES)
def test_relations_of_the_title(title, expected, why):
    assert relations(decree("Điều 2. Cây", title))[0][1] is expected, why


GROUNDS = [
    ("Căn cứ Luật Cây xanh số 5/2020/QH14;", [K.BASED_ON], "grounds"),
    ("Căn cứ Luật Cây xanh; Luật Hồ nước;", [K.BASED_ON, K.BASED_ON], "two in one line"),
    (
        "Căn cứ Luật Cây xanh số 5/2020/QH14 được sửa đổi, bổ sung theo Luật số 6/2021/QH15;",
        [K.BASED_ON, K.CITES],
        "what amended it is only told",
    ),
]


@pytest.mark.parametrize(("grounds", "expected", "why"), GROUNDS)
def test_relations_of_the_grounds(grounds, expected, why):
    assert [kind for _, kind, _ in relations(decree("Điều 2. Cây", grounds=grounds))][: len(expected)] == expected, why


def test_a_plan_says_in_its_first_words_what_it_carries_out():
    text = (
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 7/KH-UBND\nLâm Đồng, ngày 9 tháng 4 năm 2031\nKẾ HOẠCH\nTrồng cây\n\n"
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2030, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n"
        "1. Sở Y tế trồng cây theo Nghị định số 5/2020/NĐ-CP.\n"
    )
    assert [kind for _, kind, _ in relations(text)] == [K.BASED_ON, K.CITES]


def test_every_citation_has_its_relation_in_order():
    document = read_text(SourceText(decree("Điều 2. Theo Luật Cây xanh và Nghị định số 5/2020/NĐ-CP."), "txt"))
    assert [r.citation for r in document.relations] == list(range(len(document.citations)))


@pytest.mark.parametrize(
    ("kind", "number", "level"),
    [
        ("Hiến pháp", None, 8),
        ("Luật", "5/2020/QH14", 7),
        ("Nghị quyết", "5/2020/QH14", 7),
        ("Pháp lệnh", None, 6),
        ("Nghị định", "5/2020/NĐ-CP", 5),
        ("Quyết định", "5/2020/QĐ-TTg", 4),
        ("Thông tư", "5/2020/TT-BNV", 3),
        ("Quyết định", "5/2020/QĐ-UBND", 2),
        (None, None, 2),
    ],
)
def test_ranks(kind, number, level):
    assert rank(kind, number) == level


def test_the_day_of_the_end_is_a_date():
    document = read_text(SourceText(decree(BODIES[0][0]), "txt"))
    assert dt.date(2031, 7, 1) in [r.effective for r in document.relations]


def test_a_text_without_line_ends_is_read_in_linear_time():
    def seconds(times: int) -> float:
        text = decree("Điều 2. " + "Theo Nghị định số 5/2020/NĐ-CP và Luật Cây xanh thì cây là cây, " * times)
        flow, source = Flow(text), SourceText(text, "txt")
        structure, metadata = find_structure(source), find_metadata(source)
        citations = find_citations(flow, metadata)
        began = time.process_time()
        find_relations(flow, structure, metadata, citations)
        return time.process_time() - began

    assert seconds(1200) < 16 * max(seconds(150), 0.01)
