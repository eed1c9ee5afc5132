"""Finding documents: words with and without diacritics on both databases, filters, validity on a day, snippets."""

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.system.world_of_documents import act, bring, clerk

from bonhoa.common.folding import fold
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
