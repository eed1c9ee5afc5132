"""Bad files through the upload page: each is refused with one sentence and leaves nothing, or is read with a notice."""

import datetime as dt
import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from bonhoa.common.folding import fold
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents.models import Document, ReadingStatus
from bonhoa_web.foundation.models import Attachment, AuditEntry, Job, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
UPLOAD = "/van-ban/tai-len/"
Commit = Callable[..., object]

LETTER = """ỦY BAN NHÂN DÂN TỈNH NGHỆ AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
{mark}
Nghệ An, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Rà soát thủ tục hành chính
{body}
"""
TASK = "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện rà soát trước ngày 30 tháng 6 năm 2026."
PLAIN = LETTER.format(mark="", body=TASK)

# The same three lines as old fonts wrote them; typed from what such files look like, not made by the code under test.
OLD = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc\nSở Nội vụ chủ trì thực hiện nhiệm vụ.\n"
OLD_TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\nSë Néi vô chñ tr× thùc hiÖn nhiÖm vô.\n"
OLD_VNI = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc\n"
    "Sôû Noäi vuï chuû trì thöïc hieän nhieäm vuï.\n"
)


def nfd(text: str) -> bytes:
    return unicodedata.normalize("NFD", text).encode()


def cp1258(text: str) -> bytes:
    """As Windows kept it: the letter with its hat, then the tone as a mark of its own."""
    tones = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(m for m in marks if ord(m) in tones)
        out += unicodedata.normalize("NFC", marks.translate(tones)) + tone
    return out.encode("cp1258")


def word(text: str, header: str = "") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(out)
    return out.getvalue()


def word_of(xml: str | bytes) -> bytes:
    """A docx whose document part is `xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", xml)
    return out.getvalue()


def with_entities(head: str, encoding: str = "utf-8") -> bytes:
    body = "<w:body><w:p><w:r><w:t>Kế hoạch &amp; nhiệm vụ &x;</w:t></w:r></w:p></w:body></w:document>"
    names = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    return word_of(f'<?xml version="1.0" encoding="{encoding}"?>{head}{names}{body}'.encode(encoding))


def broken_stream() -> bytes:
    data = bytearray(word(PLAIN))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        start = package.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
    data[start : start + 40] = b"\xff" * 40
    return bytes(data)


def pdf(*contents: bytes, trailer: bytes = b"") -> bytes:
    """A PDF with a page for each content stream; written by hand, so that the tests need no tool for it."""
    pages = [4 + 2 * i for i in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % n for n in pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in zip(pages, contents, strict=True):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
        objects += [page % (number + 1), b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
    return out + head % (size, table, size, trailer, len(out))


def lines(text: str) -> bytes:
    """The content of a page that shows `text` (Latin-1)."""
    shown = b"".join(b"<%s>Tj T*\n" % line.encode("latin-1").hex().encode() for line in text.splitlines())
    return b"BT /F 12 Tf 50 780 Td 16 TL\n%sET" % shown


PICTURE = b"q 300 0 0 300 50 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"ab" * 32, b"cd" * 32)


@pytest.fixture
def clerk(person: Callable[..., User], province: Unit) -> User:
    return person(Role.CLERK, province)


@pytest.fixture
def client(clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(clerk)


def post(client: Client, *files: tuple[str, bytes], language: str = "vi") -> HttpResponse:
    client.cookies["django_language"] = language
    return client.post(UPLOAD, {"files": [SimpleUploadedFile(name, data) for name, data in files]})


def sentences(page: HttpResponse) -> list[str]:
    found = re.findall(r'<p class="alert alert-danger" role="alert">(.*?)</p>', page.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", s)).strip() for s in found]


def stored() -> tuple[int, int, int, set[Path]]:
    files = {p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()}
    return Document.objects.count(), Attachment.objects.count(), Job.objects.count(), files


# --- refused ---------------------------------------------------------------------------------------------------------

REFUSED: list[tuple[str, str, Callable[[], bytes], str, str]] = [
    # what, file name, bytes, words of the sentence in Vietnamese, in English
    ("empty", "trong.docx", bytes, "trống", "is empty"),
    ("only blanks", "trang.txt", lambda: b" \n\t \n", "không có chữ nào", "has no words"),
    ("60 MB", "to.docx", lambda: bytes(60 * 1024 * 1024), "nặng 60 MB", "has 60 MB"),
    ("zip bomb", "bom.docx", lambda: word_of(b" " * (32 << 20)), "bung ra quá lớn", "unpacks to far more"),
    ("entity from a file", "a.docx", lambda: with_entities('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "thực thể XML", "XML entities"),
    ("DTD from outside", "a.docx", lambda: with_entities('<!DOCTYPE d SYSTEM "http://example.org/d.dtd">'), "thực thể XML", "XML entities"),
    ("DTD in UTF-16", "a.docx", lambda: with_entities('<!DOCTYPE d [<!ENTITY x "ha">]>', "utf-16"), "thực thể XML", "XML entities"),
    ("DTD behind a comment", "a.docx", lambda: with_entities(f'<!--{"x" * 99999}--><!DOCTYPE d [<!ENTITY x "ha">]>'), "thực thể XML", "XML entities"),
    ("broken docx", "hong.docx", broken_stream, "bị hỏng", "is damaged"),
    ("half a docx", "nua.docx", lambda: word(PLAIN)[:9000], "bị hỏng", "is damaged"),
    ("docx without a body", "a.docx", lambda: word_of("<a/>"), "nội dung của tài liệu Word", "no document part"),
    ("PDF with a password", "khoa.pdf", lambda: pdf(lines("x"), trailer=LOCKED), "có mật khẩu", "protected by a password"),
    ("PDF of pictures", "quet.pdf", lambda: pdf(PICTURE, PICTURE), "bản quét", "is a scan"),
    ("PDF without pages", "rong.pdf", pdf, "bị hỏng", "is damaged"),
    ("broken PDF", "hong.pdf", lambda: b"%PDF-1.7\nrubbish", "bị hỏng", "is damaged"),
    ("old Word", "cu.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Word cũ", "old Word file"),
    ("picture", "anh.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "là ảnh", "is an image"),
    ("program", "chay.txt", lambda: b"MZ\x90\0\3\0\0\0", "không nhận ra", "unknown kind"),
    ("unknown letters", "la.txt", lambda: b"\xff\xfa\xf0 \xe1\xe2 \xb1\xb2" * 9, "bảng mã", "encoding"),
    ("name with markup", "<b>x.docx", bytes, "<b>x.docx", "<b>x.docx"),
]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("name", "data", "vi", "en"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_bad_file_is_one_sentence_and_leaves_nothing(
    client: Client, name: str, data: Callable[[], bytes], vi: str, en: str, language: str
) -> None:
    before, logged = stored(), AuditEntry.objects.count()
    page = post(client, (name, data()), language=language)
    assert page.status_code == 422
    (sentence,) = sentences(page)
    assert (vi if language == "vi" else en) in sentence and name in sentence
    assert sentence.endswith(".") and len(sentence) < 260
    assert ("The " in sentence) is (language == "en")
    assert stored() == before and AuditEntry.objects.count() == logged


MARKED = "hồ sơ riêng"
SECRET: list[tuple[str, str, Callable[[], bytes]]] = [
    ("MẬT", "bao-cao.txt", lambda: LETTER.format(mark="MẬT", body=MARKED).encode()),
    ("TỐI MẬT", "bao-cao.txt", lambda: LETTER.format(mark="  TỐI  MẬT  ", body=MARKED).encode()),
    ("TUYỆT MẬT", "bao-cao.docx", lambda: word(LETTER.format(mark="TUYỆT MẬT", body=MARKED))),
    ("named mark", "bao-cao.txt", lambda: LETTER.format(mark="Độ mật: Mật", body=MARKED).encode()),
    ("in a page header", "bao-cao.docx", lambda: word(LETTER.format(mark="", body=MARKED), header="TỐI MẬT")),
    ("NFD", "bao-cao.txt", lambda: nfd(LETTER.format(mark="MẬT", body=MARKED))),
    ("UTF-16", "bao-cao.txt", lambda: LETTER.format(mark="MẬT", body=MARKED).encode("utf-16")),
    ("Windows-1258", "bao-cao.txt", lambda: cp1258(LETTER.format(mark="MẬT", body=MARKED))),
    ("TCVN3", "bao-cao.txt", lambda: f"MËT\n{OLD_TCVN3}".encode("latin-1")),
    ("TCVN3, most secret", "bao-cao.txt", lambda: f"TuyÖt mËt\nTUYÖT MËT\n{OLD_TCVN3}".encode("latin-1")),
    ("VNI", "bao-cao.txt", lambda: f"TOÁI MAÄT\n{OLD_VNI}".encode("latin-1")),
    ("PDF", "bao-cao.pdf", lambda: pdf(lines(f"UY BAN NHAN DAN TINH NGHE AN\nMËT\n{OLD_TCVN3}"))),
    ("on every page of a PDF", "bao-cao.pdf", lambda: pdf(*[lines(f"MËT\n{OLD_TCVN3}{n}") for n in range(5)])),
    ("PDF named docx", "bao-cao.docx", lambda: pdf(lines(f"MËT\n{OLD_TCVN3}"))),
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("name", "data"), [r[1:] for r in SECRET], ids=[r[0] for r in SECRET])
def test_of_a_secret_only_the_fact_is_logged(
    client: Client, clerk: User, province: Unit, name: str, data: Callable[[], bytes], language: str
) -> None:
    before, logged = stored(), AuditEntry.objects.count()
    page = post(client, (name, data()), language=language)
    assert page.status_code == 422 and stored() == before
    (sentence,) = sentences(page)
    assert ("dấu chỉ độ mật" if language == "vi" else "secrecy mark") in sentence and sentence.endswith(".")
    assert AuditEntry.objects.count() == logged + 1
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.actor, entry.detail) == ("document.refused_secret", clerk, {})
    assert entry.object_id == str(province.pk)
    everything = fold(json.dumps(list(AuditEntry.objects.values()), default=str, ensure_ascii=False))
    assert "bao-cao" not in everything and "ho so rieng" not in everything and "12/kh" not in everything


@pytest.mark.parametrize(
    "line", ["Thông tin mật phải được bảo vệ.", "Mật", "mật", "Bảo mật", "MẬT ONG", "Không thuộc danh mục bí mật"]
)
def test_the_words_in_prose_are_no_mark(client: Client, line: str) -> None:
    assert post(client, ("a.txt", LETTER.format(mark=line, body=TASK).encode())).status_code == 302


def test_a_mark_far_below_the_head_is_no_mark(client: Client) -> None:
    body = "\n".join(f"{n}. Sở Nội vụ rà soát." for n in range(1, 60))
    assert post(client, ("a.txt", LETTER.format(mark="", body=f"{body}\nMẬT\n").encode())).status_code == 302


# --- read all the same -----------------------------------------------------------------------------------------------

READ: list[tuple[str, str, bytes, str, str, str]] = [
    # what, file name, bytes, the text as read, a notice in Vietnamese, in English
    ("TCVN3", "cu.txt", OLD_TCVN3.encode("latin-1"), OLD, "bảng mã cũ TCVN3", "legacy encoding TCVN3"),
    ("VNI", "cu.txt", OLD_VNI.encode("latin-1"), OLD, "bảng mã cũ VNI", "legacy encoding VNI"),
    ("Windows-1258", "cu.txt", cp1258(OLD), OLD, "bảng mã cũ Windows-1258", "legacy encoding Windows-1258"),
    ("TCVN3 typed into UTF-8", "cu.txt", OLD_TCVN3.encode(), OLD, "bảng mã cũ TCVN3", "legacy encoding TCVN3"),
    ("TCVN3 in docx", "cu.docx", word(OLD_TCVN3), OLD, "bảng mã cũ TCVN3", "legacy encoding TCVN3"),
    ("TCVN3 in PDF", "cu.pdf", pdf(lines(OLD_TCVN3)), OLD, "bảng mã cũ TCVN3", "legacy encoding TCVN3"),
    ("docx that is a PDF", "a.docx", pdf(lines(OLD_TCVN3)), OLD, "đây là tệp PDF", "this is a pdf file"),
    ("PDF that is a docx", "a.pdf", word(PLAIN), PLAIN, "đây là tệp Word", "this is a docx file"),
    ("UTF-16", "a.txt", PLAIN.encode("utf-16"), PLAIN, "", ""),
    ("UTF-8 with its mark, Windows line ends", "a.txt", PLAIN.replace("\n", "\r\n").encode("utf-8-sig"), PLAIN, "", ""),
    ("NFD", "a.txt", nfd(PLAIN), nfd(PLAIN).decode(), "", ""),
    ("a picture page among others", "a.pdf", pdf(lines(OLD_TCVN3 * 3), PICTURE), OLD * 3, "Trang 2 không có lớp chữ", "Page 2 has no text layer"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "text", "vi", "en"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_an_odd_file_is_read_with_a_notice(
    client: Client, django_capture_on_commit_callbacks: Commit, name: str, data: bytes, text: str, vi: str, en: str
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, (name, data))
    document = Document.objects.get()
    assert answer["Location"] == f"/van-ban/{document.pk}/" and document.status == ReadingStatus.READ
    assert document.text.split() == text.split()
    for language, notice in (("vi", vi), ("en", en)):
        client.cookies["django_language"] = language
        page = client.get(f"/van-ban/{document.pk}/").content.decode()
        assert notice in page and ("alert-warning" in page) is bool(notice)


def test_metadata_are_found_in_decomposed_text_too(client: Client) -> None:
    post(client, ("a.txt", nfd(PLAIN)))
    document = Document.objects.get()
    assert (document.type, document.number, document.issued_on) == ("Kế hoạch", "12/KH-UBND", dt.date(2026, 3, 5))
    assert fold(document.issuer) == "uy ban nhan dan tinh nghe an"


def test_a_document_without_tasks_has_a_plan_that_says_so(
    person: Callable[..., User],
    province: Unit,
    signed_in: Callable[[User], Client],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    client = signed_in(person(Role.SPECIALIST, province))
    text = LETTER.format(mark="", body="Tỉnh có bờ biển dài và khí hậu ôn hòa.")
    with django_capture_on_commit_callbacks(execute=True):
        post(client, ("a.txt", text.encode()))
    for language, words in (("vi", "Không tìm thấy nhiệm vụ nào trong văn bản này"), ("en", "No task")):
        client.cookies["django_language"] = language
        page = client.post(f"/thuc-hien/lap/{Document.objects.get().pk}/", follow=True)
        assert page.status_code == 200 and words in page.content.decode()


# --- the same act, several files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [("khac-ten.txt", PLAIN.encode()), ("a.docx", word(PLAIN)), ("nfd.txt", nfd(PLAIN)), ("1258.txt", cp1258(PLAIN))],
)
def test_the_same_act_again_is_refused_with_a_link_to_the_first(client: Client, name: str, data: bytes) -> None:
    post(client, ("a.txt", PLAIN.encode()))
    first, before = Document.objects.get(), stored()
    for language, words in (("vi", "đã có trong hệ thống"), ("en", "is in the system already")):
        page = post(client, (name, data), language=language)
        assert page.status_code == 422 and stored() == before
        (sentence,) = sentences(page)
        assert words in sentence and "12/KH-UBND" in sentence and "05/03/2026" in sentence
        assert f'href="/van-ban/{first.pk}/"' in page.content.decode()


def test_another_unit_may_have_the_same_act(
    client: Client, person: Callable[..., User], elsewhere: Unit, signed_in: Callable[[User], Client]
) -> None:
    post(client, ("a.txt", PLAIN.encode()))
    assert post(signed_in(person(Role.CLERK, elsewhere)), ("a.txt", PLAIN.encode())).status_code == 302
    assert Document.objects.count() == 2


def test_what_is_good_is_kept_and_what_is_bad_is_named(client: Client) -> None:
    other = PLAIN.replace("12/KH", "13/KH")
    files = [
        ("tot.txt", PLAIN.encode()),
        ("trong.txt", b""),
        ("kin.txt", LETTER.format(mark="MẬT", body="").encode()),
        ("lai.txt", PLAIN.encode()),
        ("cung-tot.docx", word(other)),
    ]
    page = post(client, *files)
    assert page.status_code == 422
    assert sorted(Document.objects.values_list("file__name", flat=True)) == ["cung-tot.docx", "tot.txt"]
    assert Attachment.objects.count() == Job.objects.count() == 2
    told = sentences(page)
    assert [name for name in ("trong.txt", "kin.txt", "lai.txt") for s in told if name in s] == [
        "trong.txt", "kin.txt", "lai.txt",
    ]  # fmt: skip
    for document in Document.objects.all():
        assert f'Đã nhận <a href="/van-ban/{document.pk}/">' in page.content.decode()


@pytest.mark.parametrize(("language", "words"), [("vi", "Chưa chọn tệp nào"), ("en", "No file")])
def test_no_file_at_all_is_told(client: Client, language: str, words: str) -> None:
    page = post(client, language=language)
    assert page.status_code == 422 and words in sentences(page)[0]


def test_who_receives_for_two_units_must_say_for_which(
    client: Client, clerk: User, department: Unit, province: Unit
) -> None:
    clerk.grants.create(role=str(Role.CLERK), unit=department, valid_from=dt.date(2020, 1, 1))
    page = post(client, ("a.txt", PLAIN.encode()))
    assert page.status_code == 422 and "chọn cơ quan nhận" in sentences(page)[0] and not Document.objects.exists()
    answer = client.post(UPLOAD, {"receiver": department.pk, "files": SimpleUploadedFile("a.txt", PLAIN.encode())})
    assert answer.status_code == 302 and Document.objects.get().receiver == department
