"""Finding documents: words with and without diacritics on both databases, filters, validity on a day, snippets."""

import datetime as dt
import html
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.system.world_of_documents import act, bring, cite, clerk

from bonhoa.common.folding import fold
from bonhoa.documents.acts import ActState
from bonhoa_web.documents.models import Document, Link
from bonhoa_web.documents.queries import WORDS, in_state, state_of, with_endings
from bonhoa_web.foundation import fulltext
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.roles import Role

__all__ = ["bring", "clerk"]
pytestmark = pytest.mark.django_db
Bring = Callable[..., Document]
LIST = "/van-ban/"
DAY = dt.date(2026, 3, 5)


@pytest.fixture
def client(clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(clerk)


def numbers(query: str) -> list[str]:
    return [d.number.split("/")[0] for d in WORDS.search(Document.objects.all(), query)]


@pytest.fixture
def five(bring: Bring) -> None:
    day = DAY
    bring(act("1/QĐ-UBND", day, "Quy định về đất đai", body="Việc giao đất, cho thuê đất theo quy hoạch."))
    bring(act("2/QĐ-UBND", day, "Quy định về tài sản công", body="Cơ quan nào được giao đất thì quản lý đất đó."))
    bring(act("3/QĐ-UBND", day, "Quy định về công tác dân vận", body="Người dân ma sát với chính quyền; dat dai."))
    bring(act("4/QĐ-UBND", day, "Quy định về chợ", body="Má, mạ, mả; mua bán tại chợ đêm, chợ nổi."))
    bring(act("5/QĐ-UBND", dt.date(2025, 6, 1), "Quy định về đồng phục", body="Đồng phục của học sinh."))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("đất đai", ["1", "3"]),  # the accented hit above the folded one
        ("dat dai", ["1", "3"]),  # its data say it: above the text of another
        ("ĐẤT ĐAI", ["1", "3"]),
        ("giao đất", ["1", "2"]),
        ('"giao đất, cho"', ["1"]),
        ('"dat cho"', ["1"]),
        ("cho dem", ["4"]),
        ("đồng phục học", ["5"]),
        ("dong ph", ["5"]),  # the beginning of a word
        ("ong phuc", []),  # not its middle
        ("4/QĐ-UBND", ["4"]),
        ("4/qd-ubnd chợ", ["4"]),
        ("UBND 5", ["5"]),
        ("nguyen van an dong phuc", ["5"]),  # the signer is found too
        ("không có chữ này", []),
        ("%", []),
        ('"', []),
        ("đất AND OR NOT *", []),
        ("a' OR 1=1 --", []),
        ("(đồng:* & phục) | <-> !", ["5"]),
    ],
)
def test_words_find_documents(five: None, query: str, found: list[str]) -> None:
    assert list(numbers(query)) == found


def test_the_diacritics_typed_decide_the_order(bring: Bring) -> None:
    for number, word in (("1", "ma"), ("2", "má"), ("3", "mạ"), ("4", "mã")):
        bring(act(f"{number}/QĐ-UBND", DAY, f"Quy định về việc {word} số {number}"))
    for query, first in (("má", "2"), ("MẠ", "3"), ("mã", "4")):
        found = numbers(query)
        assert found[0] == first and sorted(found) == ["1", "2", "3", "4"]


def test_the_index_follows_every_change(bring: Bring, clerk: User) -> None:
    document = bring(act("1/QĐ-UBND", DAY, "Quy định về đất đai"))
    document.subject = "Quy định về tượng đài"
    document.save()
    assert numbers("tượng đài") == ["1"]
    document.subject = "Quy định"
    document.save()
    assert numbers("tượng đài") == []
    Document.objects.filter(pk=document.pk).update(text="Cầu đường", folded="cau duong")
    assert numbers("cầu đường") == ["1"] and numbers("tài sản") == []
    WORDS.install()
    WORDS.install()
    assert numbers("cau") == ["1"]
    Document.objects.filter(pk=document.pk).delete()
    assert numbers("cầu") == []


@pytest.mark.parametrize("size", [0, 3_000_000])
def test_a_text_of_any_size_is_indexed(bring: Bring, size: int) -> None:
    """A tsvector holds 1 MB at most; three million different letters must not make the upload fail."""
    many = " ".join(f"{n:x}q{n * 7919:x}" for n in range(size // 12))
    document = bring(act("1/QĐ-UBND", DAY, "Quy định về đất đai"))
    Document.objects.filter(pk=document.pk).update(text=f"khởi đầu {many}", folded=f"khoi dau {many}")
    assert numbers("khởi đầu đất đai") == ["1"]


def test_strangers_find_nothing_by_its_words(
    bring: Bring, person: Callable[..., User], elsewhere: object, signed_in: Callable[[User], Client]
) -> None:
    bring(act("1/QĐ-UBND", DAY, "Quy định về đất đai"))
    stranger = signed_in(person(Role.CLERK, elsewhere))
    for where in (f"{LIST}?tu-khoa=dat", "/tim/?q=dat+dai", f"{LIST}?tu-khoa=dat&xuat=xlsx"):
        assert b"1/Q" not in stranger.get(where).content


def test_the_search_of_the_frame_shows_the_words_in_their_place(bring: Bring, client: Client) -> None:
    bring(act("1/QĐ-UBND", DAY, body="Việc giao <b>đất</b> & cho thuê nhà."))
    page = client.get("/tim/?q=giao+dat").content.decode()
    assert "<mark>giao</mark> &lt;b&gt;<mark>đất</mark>&lt;/b&gt; &amp; cho thuê" in page


# --- snippets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Sở Y tế chủ trì", "so y", "<mark>Sở</mark> <mark>Y</mark> tế chủ trì"),
        ("Sở Y tế chủ trì", '"y te"', "Sở <mark>Y tế</mark> chủ trì"),
        ("Kế hoạch 12/KH-UBND", "12/kh", "Kế hoạch <mark>12/KH</mark>-UBND"),
        ("đường Đê", "de", "đường <mark>Đê</mark>"),
        ("a < b & c", "b", "a &lt; <mark>b</mark> &amp; c"),
        ("Sở Y tế", "tài chính", None),
        ("", "x", None),
        ("Sở", "", None),
    ],
)
def test_snippets(text: str, query: str, shown: str | None) -> None:
    assert fulltext.snippet(text, query) == shown


def test_a_snippet_is_taken_where_the_words_stand_together_with_their_accents() -> None:
    filler = " lời văn khác" * 60
    text = f"tai san o day{filler} cong{filler} tài sản công{filler}"
    shown = fulltext.snippet(text, "tài sản công")
    assert shown is not None
    assert "<mark>tài</mark> <mark>sản</mark> <mark>công</mark>" in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 500


@given(st.text(max_size=60), st.text(max_size=12))
def test_a_snippet_of_anything_is_safe(text: str, query: str) -> None:
    shown = fulltext.marked(text, query)
    bare = re.sub(r"</?mark>", "", shown)
    assert html.unescape(bare) == html.unescape(html.escape(text)) and "<" not in bare
    fulltext.snippet(text, query)


# --- filters and validity --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nam=2025", ["5"]),
        ("nam=2026&sap-xep=so", ["1", "2", "3", "4"]),
        ("nam=1999", ["5", "4", "3", "2", "1"]),  # no such choice: reported, the list stays whole
        ("co-quan=Ủy ban nhân dân tỉnh X&nam=2025", ["5"]),
        ("loai=Quyết định&tu-khoa=đất đai", ["1", "3"]),
        ("tu-khoa=dat&sap-xep=-so", ["3", "2", "1"]),
    ],
)
def test_filters_stand_in_the_address(five: None, client: Client, query: str, found: list[str]) -> None:
    page = client.get(f"{LIST}?{query}")
    assert [r[0].value.split()[-1].split("/")[0] for r in page.context["rows"]] == found
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}?{query}&xuat=xlsx").content)).active
    exported = [str(r[0]).split()[-1].split("/")[0] for r in sheet.iter_rows(min_row=4, values_only=True)]
    assert exported == found


@pytest.fixture
def lives(bring: Bring) -> dict[str, Document]:
    """Acts in every state: plain, with a term, without a word of effect, replaced from a day, replaced without one."""
    d = dt.date
    made = {
        "plain": bring(act("10/QĐ-UBND", d(2025, 1, 1), "Quy định về cây xanh")),
        "term": bring(
            act(
                "11/QĐ-UBND",
                d(2025, 1, 1),
                "Quy định thí điểm xe buýt",
                effect="Quyết định này có hiệu lực từ ngày 01 tháng 02 năm 2025 đến hết ngày 31 tháng 12 năm 2025.",
            )
        ),
        "silent": bring(act("12/QĐ-UBND", d(2025, 1, 1), "Quy định về cấp nước", effect="Các cơ quan thi hành.")),
        "replaced": bring(act("13/QĐ-UBND", d(2025, 1, 1), "Quy định về bến phà")),
    }
    made["replacing"] = bring(
        act(
            "14/QĐ-UBND",
            d(2026, 1, 10),
            "Quy định mới về bến phà",
            effect="Quyết định này có hiệu lực từ ngày 01 tháng 02 năm 2026 và thay thế "
            + cite("13/QĐ-UBND", d(2025, 1, 1))
            + ".",
        )
    )
    return made


@pytest.mark.parametrize(
    ("on", "states"),
    [
        (dt.date(2024, 12, 1), "not_yet not_yet not_yet not_yet not_yet"),
        (dt.date(2025, 1, 15), "in_force not_yet unknown in_force not_yet"),
        (dt.date(2025, 12, 31), "in_force in_force unknown in_force not_yet"),
        (dt.date(2026, 1, 1), "in_force ended unknown in_force not_yet"),
        (dt.date(2026, 2, 1), "in_force ended unknown ended in_force"),
    ],
)
def test_validity_on_a_day(lives: dict[str, Document], client: Client, on: dt.date, states: str) -> None:
    told = {d.pk: state_of(d, on) for d in with_endings(Document.objects.all())}
    assert [told[d.pk] for d in lives.values()] == states.split()
    for state in ActState:
        found = in_state(Document.objects.all(), str(state), on).values_list("pk", flat=True)
        assert set(found) == {pk for pk, s in told.items() if s == state}, state
        page = client.get(f"{LIST}?hieu-luc={state}&ngay={on}")
        assert page.context["total"] == list(told.values()).count(str(state))
    for document in lives.values():  # the page of the document says the same, by the register of acts
        shown = client.get(f"{LIST}{document.pk}/?ngay={on}").context["standing"]
        assert str(shown.state) == told[document.pk], document


def test_a_replacement_without_a_day_leaves_the_end_unknown(bring: Bring) -> None:
    old = bring(act("1/QĐ-UBND", dt.date(2025, 1, 1), "Quy định về bến phà"))
    assert state_of(with_endings(Document.objects.all()).get(pk=old.pk), DAY) == "in_force"
    new = bring(act("2/QĐ-UBND", dt.date(2025, 2, 1), "Quy định về xe"))
    Link.objects.create(document=new, ordinal=99, relation="replaces", key=old.key, start=0, end=1)
    assert state_of(with_endings(Document.objects.all()).get(pk=old.pk), DAY) == "unknown"
    assert old.pk in in_state(Document.objects.all(), "unknown", DAY).values_list("pk", flat=True)


def test_a_day_that_is_none_is_told(client: Client) -> None:
    assert "không dùng được" in client.get(f"{LIST}?ngay=hom-qua").content.decode()


def test_folding_is_the_same_letter_by_letter() -> None:
    import unicodedata

    for code in range(0x20, 0x2000):
        letter = chr(code).lower()
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        assert fold(f"a{letter}b") == " ".join(f"a{bare.replace('đ', 'd')}b".split()), hex(code)


def test_the_list_takes_few_queries(
    five: None, client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for query, most in (("", 19), ("?tu-khoa=dat", 19), ("?hieu-luc=in_force&nam=2026", 19), ("?xuat=xlsx", 12)):
        with django_assert_max_num_queries(most, connection=connection):
            client.get(f"{LIST}{query}")
