"""PDF: pages made by hand, line by line at their places; each case is a hazard of real files."""

from __future__ import annotations

import itertools
import tracemalloc

import pytest

from bonhoa.common.errors import InputError
from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.readers import read_source
from bonhoa.documents.readers.pdf import boxes

Line = tuple[float, float, str]
"""x, y in points from the lower left corner, words."""


def pdf(*pages: list[Line]) -> bytes:
    """A PDF of these pages. The font is Helvetica with a map of its codes to the letters that are needed."""
    letters = sorted({c for page in pages for _, _, words in page for c in words})
    codes = {letter: code for code, letter in enumerate(letters, 33)}
    assert len(letters) < 220
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> "
        f"endcodespacerange {len(codes)} beginbfchar "
        + " ".join(f"<{code:02X}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
        + " endbfchar endcmap end end"
    )
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "", stream(cmap)]
    objects[2] = (
        "<< /Type /Font /Subtype /TrueType /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths "
        f"[{' '.join(['500'] * 256)}] /ToUnicode 4 0 R >>"
    )
    kids = []
    for page in pages:
        shown = " ".join(
            f"BT /F1 12 Tf {x} {y} Td <{''.join(f'{codes[c]:02X}' for c in words)}> Tj ET" for x, y, words in page
        )
        objects += [stream(shown)]
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ]
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def lines(*words: str, top: float = 780) -> list[Line]:
    return [(80, top - 20 * i, line) for i, line in enumerate(words)]


BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Theo đề nghị của Giám đốc Sở Nội vụ, Ủy ban nhân dân tỉnh ban hành kế hoạch với các nội dung sau đây",
    "để các cơ quan, đơn vị biết và thực hiện.",
)
JOINED = f"{BODY[0]}\n{BODY[1]} {BODY[2]}\n"

CASES = {
    "wrapped lines are joined": ([lines(*BODY)], JOINED),
    "a gazette's heads, page numbers and stamps of signatures go": (
        [
            lines("CÔNG BÁO/Số 302/Ngày 02-06-2031 70", *BODY[:1]),
            lines("71", "Ký bởi: Cổng Thông tin", "Ngày ký: 2/6/2031", *BODY[1:]),
        ],
        JOINED,
    ),
    "a number broken at its hyphen keeps it": (
        [lines("Thực hiện theo quy định tại Điều 13 của Thông tư số 27/2031/TT-", "BLĐTBXH và các quy định khác.")],
        "Thực hiện theo quy định tại Điều 13 của Thông tư số 27/2031/TT-BLĐTBXH và các quy định khác.\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_pages_become_text(case: str) -> None:
    pages, expected = CASES[case]
    assert read_source(pdf(*pages), "a.pdf").text == expected


def test_what_was_left_out_is_listed_with_its_page() -> None:
    source = read_source(pdf(*CASES["a gazette's heads, page numbers and stamps of signatures go"][0]), "a.pdf")
    assert [(line.page, line.text[:8]) for line in source.removed] == [
        (1, "CÔNG BÁO"),
        (2, "71"),
        (2, "Ký bởi: "),
        (2, "Ngày ký:"),
    ]
    assert [n.code for n in source.notices] == ["furniture"]


HEAD: list[Line] = [
    (60, 780, "ỦY BAN NHÂN DÂN"),
    (260, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (75, 762, "TỈNH HÀ GIANG"),
    (290, 762, "Độc lập - Tự do - Hạnh phúc"),
    (60, 740, "Số: 41/KH-UBND"),
    (280, 740, "Hà Giang, ngày 05 tháng 3 năm 2031"),
    (200, 700, "KẾ HOẠCH PHÁT TRIỂN THƯ VIỆN"),
]


def test_the_two_columns_of_the_head_are_read_one_after_the_other() -> None:
    source = read_source(pdf([*HEAD, *lines(*BODY, top=660)]), "a.pdf")
    assert source.text.splitlines()[:7] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÀ GIANG",
        "Số: 41/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Giang, ngày 05 tháng 3 năm 2031",
        "KẾ HOẠCH PHÁT TRIỂN THƯ VIỆN",
    ]
    found = find_metadata(source)
    assert (found.number, found.issuer) == ("41/KH-UBND", "Ủy ban nhân dân tỉnh Hà Giang")


def test_a_name_before_the_words_of_the_party_is_no_column() -> None:
    title = "ĐIỀU LỆ ĐẢNG CỘNG SẢN VIỆT NAM"
    source = read_source(pdf([(150, 780, title), *lines(*BODY, top=740)]), "a.pdf")
    assert source.text.startswith(title + "\n")


def test_every_character_knows_its_page_and_its_place() -> None:
    data = pdf([*HEAD, *lines(*BODY, top=660)], lines("Trang hai có chữ: các đơn vị thực hiện nhiệm vụ được giao."))
    source = read_source(data, "a.pdf")
    at = source.text.index("Trang hai")
    assert list(source.pages(at, at + 5)) == [2] and list(source.pages(0, 5)) == [1]
    assert list(source.pages(at - 10, at + 5)) == [1, 2]
    at = source.text.index("Độc lập")
    found = boxes(data, source, at, at + 3)
    assert [box.page for box in found] == [1, 1, 1]
    assert all(762 - 4 <= box.bottom <= box.top <= 762 + 14 for box in found)
    assert 289 <= found[0].left < found[1].left < found[2].left < 310


def test_a_page_without_text_is_named_and_a_file_of_such_pages_refused() -> None:
    pages = [lines(*BODY, *BODY), lines("2"), lines(*BODY)]
    (notice,) = (n for n in read_source(pdf(*pages), "a.pdf").notices if n.code == "blank_pages")
    assert notice.vi.startswith("Trang 2 ")
    with pytest.raises(InputError) as refused:
        read_source(pdf(lines("1"), lines("2")), "a.pdf")
    assert refused.value.code == "scan"


def test_a_long_file_tells_its_progress() -> None:
    pages = [lines(f"Điều {i}. Nội dung.", f"Việc {i} do {BODY[1]}") for i in range(1, 301)]
    told: list[tuple[int, int]] = []
    source = read_source(pdf(*pages), "a.pdf", progress=lambda done, total: told.append((done, total)))
    assert told == [(i, 300) for i in range(1, 301)]
    assert len(source.page_starts) == 300
    assert all(source.text[at:].startswith(f"Điều {i}.") for i, at in enumerate(source.page_starts, 1)), "pages kept"
    assert all(a < b for a, b in itertools.pairwise(source.page_starts))


def test_memory_is_that_of_the_text() -> None:
    data = pdf(*[lines(*(f"{line} {i}" for line in BODY)) for i in range(200)])
    tracemalloc.start()
    read_source(data, "a.pdf")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * 200 * sum(map(len, BODY)), peak
