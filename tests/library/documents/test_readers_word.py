"""docx: what Word shows, nothing lost; each case is a document part written by hand, with its hazard."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from bonhoa.common.errors import InputError
from bonhoa.documents.model import SourceText
from bonhoa.documents.readers import read_source
from bonhoa.documents.readers.word import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def word(body: str, **parts: str) -> bytes:
    """A docx with this body and these other parts (name without ".xml" → content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def root(tag: str, content: str) -> str:
    return f"<w:{tag} {_NAMES}>{content}</w:{tag}>"


def p(*runs: str, style: str = "", number: str = "", level: int = 0, mark: str = "") -> str:
    """A paragraph; a run that is no XML is text."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    if mark:
        properties += f'<w:rPr><w:{mark} w:id="9" w:author="a"/></w:rPr>'
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def change(kind: str, text: str) -> str:
    tag = "delText" if kind == "del" else "t"
    return f'<w:{kind} w:id="1" w:author="a"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'


def field(code: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


def cell(*blocks: str, span: int = 1, merge: str = "") -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


CASES = {
    "inserted text is there, deleted text is not": (
        p("Thời hạn là ", change("del", "20 ngày"), change("ins", "30 ngày"), "."),
        "Thời hạn là 30 ngày.\n",
    ),
    "a paragraph deleted with its mark leaves no line": (
        p("Một.") + p(change("del", "Hai."), mark="del") + p("Ba."),
        "Một.\nBa.\n",
    ),
    "a deleted mark joins two paragraphs": (
        p("Giao Sở Nội vụ", mark="del") + p(" chủ trì."),
        "Giao Sở Nội vụ chủ trì.\n",
    ),
    "moved text stands where it went": (
        p(change("moveFrom", "Trước.")) + p(change("moveTo", "Trước.")),
        "\nTrước.\n",
    ),
    "content controls, in a line and around paragraphs": (
        p("Số ", "<w:sdt><w:sdtContent>" + r("12") + "</w:sdtContent></w:sdt>")
        + f"<w:sdt><w:sdtContent>{p('Trong khối.')}</w:sdtContent></w:sdt>",
        "Số 12\nTrong khối.\n",
    ),
    "a text box once, behind its paragraph": (
        p(
            "Trước",
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + p("Trong hộp.") + "</w:txbxContent>"
            "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("Trong hộp.") + "</w:txbxContent>"
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            " sau",
        ),
        "Trước sau\nTrong hộp.\n",
    ),
    "a number in a drawing is no text": (
        p("Hình", "<w:r><w:drawing><x:posOffset xmlns:x='x'>635</x:posOffset></w:drawing></w:r>"),
        "Hình\n",
    ),
    "of a field the result, also of one within another": (
        p(
            "Trang ",
            field("PAGE", r("3")),
            field(" IF " + "</w:instrText></w:r>" + field("X", r("ẩn")) + "<w:r><w:instrText>", r("hiện")),
        ),
        "Trang 3hiện\n",
    ),
    "a field that never ends hides nothing": (
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "Vẫn đọc.") + p("Đoạn sau."),
        "Vẫn đọc.\nĐoạn sau.\n",
    ),
    "tabs, breaks, hyphens; tab stops are none": (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>"
        "<w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
        "a\tb\nc-d\n",
    ),
    "ticked boxes of symbol fonts": (p("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", " Có"), "☒ Có\n"),
    "indented XML has no blanks of its own": (
        "\n  <w:p>\n    <w:r>\n      <w:t>Một</w:t>\n    </w:r>\n  </w:p>\n",
        "Một\n",
    ),
    "hyperlinks and simple fields": (
        p(
            "Xem ",
            "<w:hyperlink>" + r("Điều 5") + "</w:hyperlink>",
            "<w:fldSimple w:instr='REF a'>" + r(" này") + "</w:fldSimple>",
        ),
        "Xem Điều 5 này\n",
    ),
    "a row taken out by a tracked change": (
        f"<w:tbl><w:tr>{cell(p('a'))}</w:tr><w:tr><w:trPr><w:del w:id='1' w:author='a'/></w:trPr>{cell(p('b'))}</w:tr></w:tbl>",
        "a\n",
    ),
    "formulas": (
        p(
            "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>x=1</m:t></m:r></m:oMath>"
        ),
        "x=1\n",
    ),
}


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_a_part_reads_as_word_shows_it(case: str, exact: bool) -> None:
    body, expected = CASES[case]
    assert read_word(word(body), "a.docx", exact=exact).text == expected


ORIGINAL = {
    "as before the changes": (
        p("Thời hạn là ", change("del", "20 ngày"), change("ins", "30 ngày"), "."),
        "Thời hạn là 20 ngày.\n",
    ),
    "an inserted mark joins two paragraphs": (p("Một", mark="ins") + p(" hai."), "Một hai.\n"),
    "moved text stands where it was": (p(change("moveFrom", "a")) + p(change("moveTo", "a")), "a\n\n"),
}


@pytest.mark.parametrize("case", ORIGINAL)
def test_the_original_on_request(case: str) -> None:
    body, expected = ORIGINAL[case]
    source = read_source(word(p("Văn bản.") + body), "a.docx", view="original")
    assert source.text == "Văn bản.\n" + expected
    assert [n.code for n in source.notices] == ["tracked_changes"]


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>', more: str = ""
) -> str:
    return root("numbering", f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{more}{nums}')


def override(number: int, start: int) -> str:
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
    )


TWO = level(0, "Điều %1.") + level(1, "%2)", "lowerLetter")
ONE = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
NUMBERS = {
    "counters of the deeper level start again": (
        [(0,), (1,), (1,), (0,), (1,)],
        numbering(TWO),
        "",
        ["Điều 1. ", "a) ", "b) ", "Điều 2. ", "a) "],
    ),
    "unless the level says never": (
        [(0,), (1,), (0,), (1,)],
        numbering(level(0, "%1.") + level(1, "%2)", more='<w:lvlRestart w:val="0"/>')),
        "",
        ["1. ", "1) ", "2. ", "2) "],
    ),
    "a list that starts elsewhere goes on from there": (
        [(0,), (0, "2"), (0, "2"), (0,)],
        numbering(TWO, ONE + override(2, 5)),
        "",
        ["Điều 1. ", "Điều 5. ", "Điều 6. ", "Điều 7. "],
    ),
    "legal numbering shows roman chapters as digits": (
        [(0,), (1,)],
        numbering(level(0, "%1.", "upperRoman") + level(1, "%1.%2.", more="<w:isLgl/>")),
        "",
        ["I. ", "1.1. "],
    ),
    "no blank behind where Word puts none": (
        [(0,)],
        numbering(level(0, "%1/", more='<w:suff w:val="nothing"/>')),
        "",
        ["1/"],
    ),
    "bullets keep dash and plus apart": (
        [(0,), (1,)],
        numbering(level(0, "\uf0b7", "bullet") + level(1, "+", "bullet")),
        "",
        ["- ", "+ "],
    ),
    "letters after z, as Word doubles them": (
        [(1,)],
        numbering(TWO.replace('<w:start w:val="1"/>', '<w:start w:val="28"/>')),
        "",
        ["bb) "],
    ),
    "a start too large for letters or roman is shown in digits": (
        [(0,), (1,)],
        numbering(
            (level(0, "%1.", "upperRoman") + level(1, "%2)", "lowerLetter")).replace(
                'start w:val="1"', 'start w:val="900000000"'
            )
        ),
        "",
        ["900000000. ", "900000000) "],
    ),
    "levels and starts that are no numbers": (
        [(0,)],
        numbering(
            level(0, "%1.").replace('start w:val="1"', 'start w:val="²"')
            + level(0, "x").replace('ilvl="0"', f'ilvl="{"9" * 5000}"')
        ),
        "",
        [None],
    ),
    "a style chain: the level that names the style": (
        [("Khoan",), ("Muc",), ("Khoan",)],
        numbering(level(0, "%1.", more='<w:pStyle w:val="Muc"/>') + level(1, "%1.%2", more='<w:pStyle w:val="Nen"/>')),
        '<w:style w:type="paragraph" w:styleId="Nen"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Nen"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        ["1.1 ", "1. ", "1.1 "],
    ),
    "a list style leads to the list it stands for": (
        [(0, "2")],
        numbering(
            level(0, "Mục %1."),
            ONE + '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>',
            '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="DS"/></w:abstractNum>',
        ),
        '<w:style w:type="numbering" w:styleId="DS"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        ["Mục 1. "],
    ),
    "styles that lead in a circle": (
        [("A",)],
        numbering(TWO),
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
        [""],
    ),
    "number 0 takes the number of the style away": (
        [(0, "0")],
        numbering(TWO),
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        [""],
    ),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_automatic_numbers_are_those_that_word_shows(case: str) -> None:
    marks, numbers, styles, expected = NUMBERS[case]
    paragraphs = [
        p("x", style=mark[0]) if isinstance(mark[0], str) else p("x", number=(*mark, "1")[1], level=mark[0])
        for mark in marks
    ]
    source = read_word(word("".join(paragraphs), numbering=numbers, styles=root("styles", styles)), "a.docx")
    got = [line.removesuffix("x") for line in source.text.splitlines()]
    assert len(got) == len(expected)
    assert all(want is None or want == label for want, label in zip(expected, got, strict=True)), got


def test_a_deleted_paragraph_does_not_count() -> None:
    body = p("a", number="1") + p(change("del", "b"), number="1", mark="del") + p("c", number="1")
    assert read_word(word(body, numbering=numbering(TWO)), "a.docx").text == "Điều 1. a\nĐiều 2. c\n"
    original = read_word(word(body, numbering=numbering(TWO)), "a.docx", "original")
    assert original.text == "Điều 1. a\nĐiều 2. b\nĐiều 3. c\n"


def cells(source: SourceText) -> list[tuple[str, int, int, int, int]]:
    (found,) = source.tables
    return [(source.text[c.start : c.end], c.row, c.column, c.rowspan, c.colspan) for c in found.cells]


def test_a_merged_cell_stands_once() -> None:
    body = p("Trước.") + table(
        cell(p("A"), span=2) + cell(p("B"), merge="restart"),
        cell(p("C")) + cell(p("D")) + cell(p(""), merge="go on"),
        f"<w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell(p('E'))}{cell(p(''), merge='go on')}",
    )
    assert cells(read_word(word(body), "a.docx")) == [
        ("A", 0, 0, 1, 2),
        ("B", 0, 2, 3, 1),
        ("C", 1, 0, 1, 1),
        ("D", 1, 1, 1, 1),
        ("E", 2, 1, 1, 1),
    ]


def test_a_table_in_a_table_is_one_of_its_own_and_a_frame_of_the_page_is_none() -> None:
    inner = table(cell(p("1")) + cell(p("2")), cell(p("3")) + cell(p("4")))
    outer = table(cell(p("x"), inner, p("")) + cell(p("y")), cell(p("z")) + cell(p("t")))
    head = table(
        cell(p("UBND TỈNH")) + cell(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), cell(p("Số: 1")) + cell(p("ngày"))
    )
    source = read_word(word(head + outer), "a.docx")
    assert [len(t.cells) for t in source.tables] == [4, 4]
    first, second = source.tables
    assert first.start < second.start and second.end < first.end


def test_footnotes_and_endnotes_stand_at_the_end() -> None:
    body = p(
        "Một", "<w:r><w:endnoteReference w:id='5'/></w:r>", " hai", "<w:r><w:footnoteReference w:id='2'/></w:r>"
    ) + p("Ba.")
    notes = root("footnotes", f"<w:footnote w:id='2'>{p('Xem Luật A.')}{p('Đoạn hai.')}</w:footnote>")
    ends = root("endnotes", f"<w:endnote w:id='5'>{p('Chú thích cuối.')}</w:endnote>")
    source = read_word(word(body, footnotes=notes, endnotes=ends), "a.docx")
    assert source.text == "Một[i] hai[1]\nBa.\n[1] Xem Luật A.\nĐoạn hai.\n[i] Chú thích cuối.\n"
    at = source.text.index("Luật A")
    assert [(q.part, q.paragraph, q.run) for q in source.places(at, at + 6)] == [("word/footnotes.xml", 0, 0)]


def test_page_headers_are_listed_and_a_letterhead_is_text() -> None:
    header = root("hdr", p("CÔNG BÁO/Số 12") + p("3"))
    source = read_word(word(p("Nội dung."), header1=header, footer1=root("ftr", p("Địa chỉ: phố A"))), "a.docx")
    assert source.text == "Nội dung.\n"
    assert [line.text for line in source.removed] == ["Địa chỉ: phố A", "CÔNG BÁO/Số 12", "3"]
    head = root("hdr", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Số: 5/QĐ-UBND"))
    source = read_word(word(p("Nội dung."), header1=head), "a.docx")
    assert source.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/QĐ-UBND\nNội dung.\n" and not source.removed


def test_a_span_leads_back_to_paragraph_and_run() -> None:
    body = p("Không.") + p("Giao ", r("Sở "), change("del", "Y tế"), r("Nội vụ"), " chủ trì.", number="1")
    source = read_word(word(body, numbering=numbering(TWO)), "a.docx")
    assert source.text == "Không.\nĐiều 1. Giao Sở Nội vụ chủ trì.\n"
    at = source.text.index("ở Nội")
    assert source.places(at, at + 5) == (
        ("word/document.xml", 1, 1, 1, 3),
        ("word/document.xml", 1, 3, 0, 3),  # run 2 is the deleted one
    )
    assert source.places(7, 8) == (("word/document.xml", 1, None, 0, 1),)  # the number is in no run


# TCVN3 and VNI as such files hold them, typed, not made by the code under test.
OLD_FONTS = {
    ".VnTime": ("Uû ban nh©n d©n tØnh giao Së Néi vô chñ tr×", "Uỷ ban nhân dân tỉnh giao Sở Nội vụ chủ trì"),
    ".VnTimeH": ("Céng hßa x· héi", "CỘNG HÒA XÃ HỘI"),
    "VNI-Times": ("UÛy ban nhaân daân tænh giao Sôû Noäi vuï", "Ủy ban nhân dân tỉnh giao Sở Nội vụ"),
}


@pytest.mark.parametrize("font", OLD_FONTS)
def test_a_run_in_an_old_font_among_unicode(font: str) -> None:
    old, new = OLD_FONTS[font]
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    unicode = r("Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư", fonts)
    two = table(cell(p("a")) + cell(p("b")), cell(p("c")) + cell(p("đ")))
    source = read_word(word(p(r(old[:9], fonts), r(old[9:], fonts), " (thực hiện)") + p(unicode) + two), "a.docx")
    assert source.text.splitlines()[:2] == [f"{new} (thực hiện)", re.sub("<.*?>", "", unicode)]
    assert [n.code for n in source.notices] == ["converted"]
    assert [text for text, *_ in cells(source)] == ["a", "b", "c", "đ"]
    at = source.text.index("thực hiện")
    assert source.places(at, at + 4) == (("word/document.xml", 0, 2, 2, 6),)


def test_a_short_unicode_word_in_an_old_font_is_left_alone() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    source = read_word(word(p(r("cách mép trái", fonts)) + p("Ủy ban nhân dân thực hiện nhiệm vụ.")), "a.docx")
    assert source.text.startswith("cách mép trái\n") and not source.notices


def test_hidden_text_is_read_and_told() -> None:
    source = read_word(word(p("Một ", r("hai", "<w:rPr><w:vanish/></w:rPr>"))), "a.docx")
    assert source.text == "Một hai\n" and [n.code for n in source.notices] == ["hidden_text"]


def nested(times: int, begin: str, end: str) -> bytes:
    return word(begin * times + p("Giữa.") + end * times)


HOSTILE = {
    "tables in tables, 200 deep": (nested(200, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), None),
    "content controls 10,000 deep": (nested(10_000, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), "too_complex"),
    "runs in hyperlinks, 900 deep": (word(p("<w:hyperlink>" * 900 + r("Giữa.") + "</w:hyperlink>" * 900)), None),
    "text boxes in text boxes, 300 deep": (
        nested(300, "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        None,
    ),
    "10,000 tracked changes": (
        word("".join(p(change("del", f"Cũ {i}"), change("ins", f"mới {i}")) for i in range(5000))),
        None,
    ),
    "a table wider than any page": (word(table(*["".join(cell(p("cột")) for _ in range(300))] * 3)), None),
    "ten million elements": (word("<w:p/>" * 5_000_000), "zip_bomb"),
    "an empty body": (word(""), "no_text"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_read_or_refused_with_one_sentence(case: str) -> None:
    data, code = HOSTILE[case]
    if code is None:
        assert read_source(data, "a.docx").text
    else:
        with pytest.raises(InputError) as refused:
            read_source(data, "a.docx")
        assert refused.value.code == code


def rezipped(data: bytes, **changed: bytes | None) -> bytes:
    """The package with these parts (names with "__" for "/", "_" for ".") changed, or left out if None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


GOOD = word(p("Ủy ban nhân dân."))
_OPEN = f"<w:document {_NAMES}><w:body>"
_BODY = _OPEN + p("Ủy ban.") + "</w:body></w:document>"
PARTS = {
    "an external entity": ('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _BODY, "utf-8", "entities"),
    "an entity in UTF-16": ('<!DOCTYPE w [<!ENTITY x "y">]>' + _BODY, "utf-16", "entities"),
    "an entity behind a long comment": (
        "<!--" + "x" * 100_000 + '--><!DOCTYPE w [<!ENTITY x "y">]>' + _BODY,
        "utf-8",
        "entities",
    ),
    "an encoding that hides the declaration": (
        '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE w+AD4-' + _BODY,
        "utf-8",
        "damaged",
    ),
    "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + _BODY, "utf-16", None),
    "Strict Open XML": (_BODY.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main"), "utf-8", None),
    "no body": (f"<w:document {_NAMES}/>", "utf-8", "damaged"),
    "no XML": ("Ủy ban", "utf-8", "damaged"),
}


@pytest.mark.parametrize("case", PARTS)
def test_the_document_part_as_somebody_unknown_writes_it(case: str) -> None:
    xml, encoding, code = PARTS[case]
    data = rezipped(GOOD, **{"word/document.xml": xml.encode(encoding)})
    if code is None:
        assert read_source(data, "a.docx").text == "Ủy ban.\n"
    else:
        with pytest.raises(InputError) as refused:
            read_source(data, "a.docx")
        assert refused.value.code == code


def test_names_that_climb_out_of_the_package_are_only_names() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>'
    )
    data = rezipped(GOOD, **{"_rels/.rels": rels.encode(), "../../../tmp/evil.xml": b"<a/>", "/etc/evil": b"x"})
    assert read_source(data, "a.docx").text == "Ủy ban nhân dân.\n"


def test_the_document_part_may_have_another_name() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    parts = {"_rels/.rels": rels.encode(), "word/document.xml": None, "word/document2.xml": _BODY.encode()}
    assert read_source(rezipped(GOOD, **parts), "a.docx").text == "Ủy ban.\n"


def test_a_member_that_declares_a_gigabyte_is_not_opened() -> None:
    data = bytearray(rezipped(GOOD, **{"word/big.xml": b"x" * 2000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1 << 30).to_bytes(4, "little")
    with pytest.raises(InputError) as refused:
        read_source(bytes(data), "a.docx")
    assert refused.value.code == "zip_bomb"


def test_nothing_of_the_real_documents_is_lost(shared: Path) -> None:
    """Every w:t that is not deleted, and that no field code or fallback hides, is in our text; more than python-docx."""
    files = [p for f in ("nd30-2020", "docx") for p in sorted((shared / "data/documents" / f).glob("*.docx"))]
    assert files
    for path in files[:12]:
        data = path.read_bytes()
        source = read_word(data, path.name)
        assert source.text == read_word(data, path.name, exact=True).text
        part = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
        fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
        plain = re.sub(r"\[\d+\]|\s", "", source.text)
        for paragraph in part.iter(f"{{{W}}}p"):
            if next(paragraph.iterancestors(fallback), None) is None:
                own = (t for t in paragraph.iter(f"{{{W}}}t") if next(t.iterancestors(f"{{{W}}}p")) is paragraph)
                words = re.sub(r"\s", "", "".join(t.text or "" for t in own))
                assert words in plain, (path.name, words)
        theirs = docx.Document(io.BytesIO(data))
        assert sum(len(q.text) for q in theirs.paragraphs) <= len(source.text)
