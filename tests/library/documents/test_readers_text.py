"""Plain text, Markdown, HTML, old encodings, and what is no document: each with its hazard."""

from __future__ import annotations

import io
import itertools
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.common.errors import InputError
from bonhoa.documents.model import SourceText
from bonhoa.documents.offsets import NormalView
from bonhoa.documents.readers import read_source
from bonhoa.documents.readers.encodings import CP1258, TCVN3, VNI, Stretch, convert

UNICODE = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì thực hiện nhiệm vụ (Plan A, e-mail: so@nv.vn).\n"
)
# The same text as files of that time hold it: typed, not made by the code under test.
OLD = {
    TCVN3: (
        "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\n§éc lËp - Tù do - H¹nh phóc\n"
        "ñy ban nh©n d©n tØnh giao Së Néi vô chñ tr× thùc hiÖn nhiÖm vô (Plan A, e-mail: so@nv.vn).\n"
    ).encode("latin-1"),
    VNI: (
        "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM\nÑoäc laäp - Töï do - Haïnh phuùc\n"
        "UÛy ban nhaân daân tænh giao Sôû Noäi vuï chuû trì thöïc hieän nhieäm vuï (Plan A, e-mail: so@nv.vn).\n"
    ).encode("latin-1"),
}


def cp1258(text: str) -> bytes:
    """As Windows kept it: the letter with its hat, then the tone as a mark of its own."""
    tones = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        out += unicodedata.normalize("NFC", marks.translate(tones)) + "".join(m for m in marks if ord(m) in tones)
    return out.encode("cp1258")


OLD[CP1258] = cp1258(UNICODE)


def lower_first(text: str) -> str:
    """TCVN3 has no capital "Ủ": the file cannot say whether "ñy" began a sentence."""
    return text.replace("\nỦy", "\nủy")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", OLD)
def test_an_old_encoding_is_converted_told_and_leads_back(encoding: str, line_end: str) -> None:
    data = OLD[encoding].replace(b"\n", line_end.encode())
    source = read_source(data, "a.txt")
    assert source.text == (lower_first(UNICODE) if encoding == TCVN3 else UNICODE)
    assert [n.code for n in source.notices] == ["converted"] and encoding in source.notices[0].vi
    assert source.raw is not None
    raw_code = "cp1258" if encoding == CP1258 else "latin-1"
    assert source.raw == data.decode(raw_code)
    for words in ("Hạnh phúc", "nhiệm vụ", "e-mail"):
        at = source.text.index(words)
        start, end = source.raw_span(at, at + len(words))
        assert convert(source.raw[start:end], [Stretch(0, end - start, encoding)])[0] == words


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
def test_old_letters_in_a_unicode_file_are_old_all_the_same(encoding: str) -> None:
    source = read_source(OLD[encoding].decode("latin-1").encode("utf-8"), "a.txt")
    assert source.text.splitlines()[1] == "Độc lập - Tự do - Hạnh phúc"


FOREIGN = {
    "French": "Le comité a décidé que la société sera évaluée dès l'été prochain; à bientôt, élève.\n" * 3,
    "German": "Die Behörde prüft die Anträge für größere Städte; schöne Grüße aus München.\n" * 3,
    "English": "The committee shall report before the end of the month.\n",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_left_as_they_are(language: str) -> None:
    source = read_source(FOREIGN[language].encode(), "a.txt")
    assert source.text == FOREIGN[language] and not source.notices and source.raw is None


def test_decomposed_text_is_kept_and_its_normal_view_leads_back() -> None:
    text = unicodedata.normalize("NFD", UNICODE)
    source = read_source(text.encode(), "a.txt")
    assert source.text == text
    at = source.normal.text.index("Nội vụ")
    start, end = source.normal.span(at, at + 6)
    assert unicodedata.normalize("NFC", source.text[start:end]) == "Nội vụ"


def test_line_ends_are_folded_and_lead_back() -> None:
    source = read_source("Một\r\nhai\rba.\r\n".encode(), "a.txt")
    assert source.text == "Một\nhai\nba.\n"
    assert source.raw is not None
    start, end = source.raw_span(source.text.index("ba"), len(source.text))
    assert source.raw[start:end] == "ba.\r\n"


def test_a_few_damaged_bytes_are_told() -> None:
    data = (UNICODE * 3).encode().replace("Hạnh".encode(), b"H\xffnh", 1)
    source = read_source(data, "a.txt")
    assert "H\ufffdnh phúc" in source.text and [n.code for n in source.notices] == ["damaged_bytes"]


@given(
    st.text(alphabet="aeoAEOdD ưôơƯÔƠøùûõïâàáåãäêèéúüëÑñæíìóòîØÙ§©Ê\n", max_size=80),
    st.sampled_from([TCVN3, VNI, CP1258]),
)
def test_conversion_keeps_the_way_back_on_any_letters(text: str, encoding: str) -> None:
    new, back, _ = convert(text, [Stretch(0, len(text), encoding)])
    assert back.span(0, len(new)) == (0, len(text)) or not new
    ends = [back.span(i, i + 1) for i in range(len(new))]
    assert all(a < b for a, b in ends) and all(one[1] == two[0] for one, two in itertools.pairwise(ends))
    assert all(back.to_view(a) == i for i, (a, _) in enumerate(ends))


@given(st.text(alphabet="aêo\u0301\u0323 \u00a0\t\u200b\n", max_size=60))
def test_the_normal_view_covers_its_source(text: str) -> None:
    view = NormalView(text)
    for i in range(len(view.text)):
        start, end = view.span(i, i + 1)
        assert 0 <= start < end <= len(text)


def cells(source: SourceText) -> list[tuple[str, int, int, int, int]]:
    (table,) = source.tables
    return [(source.text[c.start : c.end], c.row, c.column, c.rowspan, c.colspan) for c in table.cells]


def test_a_table_of_markdown_has_its_cells() -> None:
    text = "Giao việc:\n\n| TT | Nhiệm vụ |\n|----|:---:|\n| 1 | Rà soát \\| báo cáo |\n|2||\n\nHết.\n"
    source = read_source(text.encode(), "a.md")
    assert source.text == text and source.format == "md"
    assert cells(source) == [
        ("TT", 0, 0, 1, 1),
        ("Nhiệm vụ", 0, 1, 1, 1),
        ("1", 1, 0, 1, 1),
        ("Rà soát \\| báo cáo", 1, 1, 1, 1),
        ("2", 2, 0, 1, 1),
        ("", 2, 1, 1, 1),
    ]


HTML = {
    "blocks are lines, white space is folded": (
        "<html><body><h1>KẾ  HOẠCH</h1><p>Một\n <b>hai</b>,<i> ba</i>.<br>Bốn.</p>đuôi</body></html>",
        "KẾ HOẠCH\nMột hai, ba.\nBốn.\nđuôi\n",
    ),
    "no scripts, styles, heads, hidden words": (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><script>var a='chữ'</script>"
        "<p hidden>ẩn</p><p style='display: none'>ẩn</p><noscript>ẩn</noscript><!-- ẩn --><p>Hiện &amp; rõ.</p></body></html>",
        "Hiện & rõ.\n",
    ),
    "broken markup": ("<html><p>Một<p>Hai<td>Ba</b></div>bốn", "Một\nHai\nBabốn\n"),
    "entities are not a bomb": (
        '<!DOCTYPE html [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><html><body><p>Ủy ban &b; nhân dân.</p></body></html>',
        None,
    ),
    "deep nesting": ("<html>" + "<div>" * 20_000 + "Ủy ban nhân dân.", None),
}


@pytest.mark.parametrize("case", HTML)
def test_a_page_reads_as_a_browser_shows_it(case: str) -> None:
    page, expected = HTML[case]
    try:
        source = read_source(page.encode(), "a.html")
    except InputError as error:
        assert expected is None and error.code in {"no_text", "too_complex"}
        return
    assert source.format == "html"
    assert source.text == expected if expected is not None else len(source.text) < 2 * len(page)


def test_a_table_of_html_has_its_cells() -> None:
    page = (
        "<html><body><table><tr><td rowspan=2>A</td><td colspan='2'>B</td></tr><tr><td>C</td><td>Dòng</td></tr>"
        "<tr><td rowspan='x'>E</td></tr></table></body></html>"
    )
    assert cells(read_source(page.encode(), "a.html")) == [
        ("A", 0, 0, 2, 1),
        ("B", 0, 1, 1, 2),
        ("C", 1, 1, 1, 1),
        ("Dòng", 1, 2, 1, 1),
        ("E", 2, 0, 1, 1),
    ]


PAGE = "<html><head><meta charset='{}'></head><body><p>Ủy ban nhân dân tỉnh thực hiện nhiệm vụ.</p></body></html>"
ENCODED = {
    "UTF-8 without a word of it": PAGE.replace("<meta charset='{}'>", "").encode(),
    "UTF-16 with its mark": PAGE.format("utf-16").encode("utf-16"),
    "Windows-1258 by its meta": cp1258(PAGE.format("windows-1258")),
    "Windows-1258 that says nothing": cp1258(PAGE.replace("<meta charset='{}'>", "")),
    "TCVN3 that claims to be Latin": PAGE.format("iso-8859-1")
    .replace("Ủy ban nhân dân tỉnh thực hiện nhiệm vụ", "Uû ban nh©n d©n tØnh thùc hiÖn nhiÖm vô")
    .encode("latin-1"),
    "TCVN3 as entities": b"<html><body><p>U&ucirc; ban nh&copy;n d&copy;n t&Oslash;nh th&ugrave;c hi&Ouml;n.</p></body></html>",
}


@pytest.mark.parametrize("case", ENCODED)
def test_a_page_in_any_encoding(case: str) -> None:
    text = read_source(ENCODED[case], "a.html").text
    assert "ban nhân dân tỉnh thực hiện" in text


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "format", "(.doc)"),
    "old Word under another name": (OLE, "a.docx", "format", "(.doc)"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "a.xls", "format", "Excel"),
    "Word with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted", "mật khẩu"),
    "RTF": (b"{\\rtf1 abc}", "a.doc", "format", "RTF"),
    "OpenDocument": (zipped("mimetype", "content.xml"), "a.docx", "format", "(.odt)"),
    "an archive": (zipped("a.txt"), "a.zip", "format", "nén"),
    "a workbook": (zipped("xl/workbook.xml"), "a.docx", "format", "Excel"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.docx", "format", "OCR"),
    "JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "a.jpg", "format", "OCR"),
    "HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 50, "a.heic", "format", "OCR"),
    "a web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.doc", "format", ".mht"),
    "anything": (bytes(range(256)) * 4, "a.txt", "format", "không nhận ra"),
    "nothing": (b"", "a.txt", "empty", "trống"),
    "blanks": (b" \n\t \n", "a.txt", "no_text", "không có chữ"),
    "a zip that breaks off": (zipped("word/document.xml")[:40], "a.docx", "damaged", "hỏng"),
    "a PDF that breaks off": (b"%PDF-1.7\n1 0 obj", "a.pdf", "damaged", "hỏng"),
    "bytes of no encoding": (b"\xff\xfe" + b"\x00\xd8" * 50, "a.txt", "encoding", "bảng mã"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_document_is_refused_with_one_sentence(case: str) -> None:
    data, name, code, words = REFUSED[case]
    with pytest.raises(InputError) as refused:
        read_source(data, name)
    assert refused.value.code == code and words in refused.value.vi
    assert refused.value.en.count("\n") == refused.value.vi.count("\n") == 0


def test_a_name_that_promises_another_format_is_told() -> None:
    source = read_source(b"<html><body><p>Ch\xc3\xadnh ph\xe1\xbb\xa7 giao vi\xe1\xbb\x87c.</p></body></html>", "a.doc")
    assert source.text == "Chính phủ giao việc.\n" and [n.code for n in source.notices] == ["wrong_suffix"]


def test_spans_behind_a_bound_are_not_believed() -> None:
    cells = "<td rowspan=2 colspan=1000>ô</td>" * 50
    page = f"<html><body><p>Kế hoạch sửa cầu treo của xã.</p><table><tr>{cells}</tr><tr><td>a</td></tr></table></body></html>"
    (table,) = read_source(page.encode(), "bang.html").tables
    assert {(cell.rowspan, cell.colspan) for cell in table.cells} == {(1, 1)} and len(table.cells) == 51


def test_what_is_left_of_a_zip_is_no_text() -> None:
    rest = b"<w:t>Lich truc</w:t>" * 50 + b"PK\x01\x02word/document.xmlPK\x05\x06"
    with pytest.raises(InputError) as refused:
        read_source(rest, "lich-truc.docx")
    assert refused.value.code == "damaged"
