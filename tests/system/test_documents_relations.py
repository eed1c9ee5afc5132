"""A document among the others: citations as links both ways, standing of acts, the drawing, circles, long texts."""

import datetime as dt
import re
import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from tests.system.world_of_documents import act, bring, cite, clerk

from bonhoa.documents.model import RelationKind
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents import actions, linking
from bonhoa_web.documents.graph import MOST, Neighbour, draw
from bonhoa_web.documents.models import Document, Link
from bonhoa_web.documents.outline import path_words
from bonhoa_web.foundation.models import AuditEntry, User
from bonhoa_web.foundation.roles import Role

__all__ = ["bring", "clerk"]
pytestmark = pytest.mark.django_db
Bring = Callable[..., Document]
D1, D2, D3 = dt.date(2025, 1, 1), dt.date(2025, 6, 1), dt.date(2026, 2, 1)


@pytest.fixture
def client(clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(clerk)


def page(client: Client, document: Document, query: str = "") -> str:
    response = client.get(f"/van-ban/{document.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def based_on(number: str, day: dt.date) -> str:
    return f"Căn cứ {cite(number, day)};"


def replacing(number: str, day: dt.date, own: dt.date) -> str:
    return f"Quyết định này có hiệu lực từ ngày {own:%d} tháng {own:%m} năm {own:%Y} và thay thế {cite(number, day)}."


def test_links_lead_both_ways_whichever_came_first(bring: Bring, client: Client) -> None:
    new = bring(act("2/QĐ-UBND", D2, "Quy định về bến xe", grounds=based_on("1/QĐ-UBND", D1)))
    assert 'href="#v0"' in page(client, new), "known from being cited only: the row below tells of it"
    old = bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    shown = page(client, new)
    assert re.search(rf'<a href="/van-ban/{old.pk}/"[^>]*class="m m-citation"[^>]*id="c0"', shown)
    back = client.get(f"/van-ban/{old.pk}/").context["citers"]
    assert [(c.document.pk, c.relation, c.place) for c in back] == [(new.pk, RelationKind.BASED_ON, "căn cứ")]
    assert f'href="/van-ban/{new.pk}/#c0"' in page(client, old)


def test_the_article_that_cites_and_the_provision_cited_are_told(bring: Bring, client: Client) -> None:
    old = bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    body = f"Việc thu phí thực hiện theo khoản 2 Điều 2 {cite('1/QĐ-UBND', D1)}."
    bring(act("2/QĐ-UBND", D2, "Quy định về bến xe", body=body))
    [told] = client.get(f"/van-ban/{old.pk}/").context["citers"]
    assert (told.place, told.provision) == ("Điều 1", "khoản 2 Điều 2")
    client.cookies["django_language"] = "en"
    [told] = client.get(f"/van-ban/{old.pk}/").context["citers"]
    assert told.place == "Article 1"


def test_an_act_no_longer_in_force_is_flagged_with_its_successor(bring: Bring, client: Client) -> None:
    bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    new = bring(act("3/QĐ-UBND", D2, "Quy định mới", effect=replacing("1/QĐ-UBND", D1, D2)))
    citing = bring(act("4/QĐ-UBND", D3, "Quy định về thu phí", grounds=based_on("1/QĐ-UBND", D1)))
    shown = page(client, citing, "?ngay=2026-03-01")
    assert "m-ended" in shown and "⚠ hết hiệu lực từ 01/06/2025" in shown
    assert re.search(rf'nay là <a href="/van-ban/{new.pk}/">', shown)
    assert "⚠ hết hiệu lực" not in page(client, citing, "?ngay=2025-05-31"), "on an earlier day it applied"


def test_the_register_names_acts_that_are_not_here(bring: Bring, client: Client) -> None:
    text = act("1/QĐ-UBND", D3, grounds="Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;")
    [cited] = client.get(f"/van-ban/{bring(text).pk}/").context["cited"]
    assert "30/2020/NĐ-CP" in cited.title and cited.url is None and cited.key


def test_a_number_that_repeats_is_only_joined_when_it_is_sure(bring: Bring, client: Client) -> None:
    """By its number alone: the act of the same issuer in the year before, if there is one only."""
    loose = "Thực hiện Quyết định số 1/QĐ-UBND của Ủy ban nhân dân tỉnh X về bến phà."
    new = bring(act("2/QĐ-UBND", D2, "Quy định về bến xe", body=loose))
    row = Link.objects.get(document=new, number="1/QĐ-UBND")
    assert row.key == ""
    old = bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    row.refresh_from_db()
    assert row.key == old.key and row.date == D1
    far = bring(act("7/QĐ-UBND", dt.date(2027, 1, 1), "Quy định về cảng", body=loose))
    assert Link.objects.get(document=far, number="1/QĐ-UBND").key == "", "two years later another act has the number"


def test_correcting_the_number_joins_anew(bring: Bring, client: Client, clerk: User) -> None:
    new = bring(act("2/QĐ-UBND", D2, grounds=based_on("1/QĐ-UBND", D1)))
    other = bring(act("11/QĐ-UBND", D1, "Quy định về bến phà"))
    assert not client.get(f"/van-ban/{other.pk}/").context["citers"]
    fields = {key: getattr(other, key) for key in actions.REGISTERED} | {"number": "1/QĐ-UBND"}
    actions.register(actor=clerk, document=other, **fields)
    assert [c.document.pk for c in client.get(f"/van-ban/{other.pk}/").context["citers"]] == [new.pk]


def test_references_lead_to_anchors_that_are_there(bring: Bring, client: Client) -> None:
    shown = page(client, bring(act("1/QĐ-UBND", D1)))
    targets = re.findall(r'<a href="#(o\d+)" class="m m-reference"', shown)
    assert len(targets) == 2 and all(f'id="{t}"' in shown for t in targets)


def test_the_tree_folds_and_every_line_leads_to_its_place(bring: Bring, client: Client) -> None:
    chapters = "\n".join(
        f"Chương {roman}\nPHẦN VIỆC {roman}\n" + "\n".join(f"Điều {3 * i + n}. Việc {n}\nNội dung." for n in (1, 2, 3))
        for i, roman in enumerate(("I", "II", "III"))
    )
    text = act("1/QĐ-UBND", D1).split("Điều 1.")[0] + chapters
    shown = page(client, bring(text))
    tree = re.search(r'<details class="card bh-card doc-outline">.*?</article>', shown, re.S)[0]
    assert tree.count("<details open><summary>") == 3 and "Điều 9. Việc 3" in tree
    lines = re.findall(r'<a href="#(o\d+)">', tree.split("<article")[0])
    assert len(lines) == 12 and all(shown.count(f'id="{line}"') == 1 for line in lines)


def test_data_beyond_the_register_are_shown(bring: Bring, client: Client) -> None:
    shown = page(client, bring(act("1/QĐ-UBND", D1)))
    assert "Nguyễn Văn An" in shown and "KT." in shown and "Các sở, ban, ngành" in shown
    assert "có hiệu lực từ 01/01/2025" in shown


def test_nobody_sees_a_link_to_what_they_may_not_see(
    bring: Bring, person: Callable[..., User], elsewhere: Unit, signed_in: Callable[[User], Client],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    old = bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    new = bring(act("2/QĐ-UBND", D2, "Chuyện riêng", grounds=based_on("1/QĐ-UBND", D1)))
    stranger = person(Role.CLERK, elsewhere)
    with django_capture_on_commit_callbacks(execute=True):
        theirs = actions.bring_in(
            actor=stranger, receiver=elsewhere, data=act("1/QĐ-UBND", D1, "Quy định về bến phà").encode(), name="x.txt"
        )
    shown = signed_in(stranger).get(f"/van-ban/{theirs.pk}/").content.decode()
    assert "Chuyện riêng" not in shown and f"/van-ban/{new.pk}/" not in shown and f"/van-ban/{old.pk}/" not in shown


# --- circles ---------------------------------------------------------------------------------------------------------


def test_acts_that_end_each_other_and_themselves_hang_no_page(bring: Bring, client: Client) -> None:
    one = bring(act("1/QĐ-UBND", D1, "Một", effect=replacing("2/QĐ-UBND", D1, D1)))
    two = bring(act("2/QĐ-UBND", D1, "Hai hai", effect=replacing("3/QĐ-UBND", D1, D1)))
    three = bring(act("3/QĐ-UBND", D1, "Ba ba ba", effect=replacing("1/QĐ-UBND", D1, D1)))
    itself = bring(act("4/QĐ-UBND", D1, "Bốn", grounds=based_on("4/QĐ-UBND", D1)))
    Link.objects.create(document=itself, ordinal=50, relation="replaces", key=itself.key, start=0, end=1, effective=D1)
    began = time.process_time()
    for document in (one, two, three, itself):
        page(client, document)
        client.get(f"/van-ban/{document.pk}/quan-he.svg")
        for state in ("ended", "in_force", "unknown"):
            assert client.get(f"/van-ban/?hieu-luc={state}").status_code == 200
    assert time.process_time() - began < 10
    assert "chính văn bản này" in page(client, itself)
    drawn = client.get(f"/van-ban/{one.pk}/quan-he.svg").content.decode()
    assert f'href="/van-ban/{two.pk}/"' in drawn and f'href="/van-ban/{three.pk}/"' in drawn


# --- the drawing -----------------------------------------------------------------------------------------------------


def test_the_drawing_is_whole_svg_with_links(bring: Bring, client: Client) -> None:
    old = bring(act("1/QĐ-UBND", D1, "Quy định <về> bến & phà"))
    new = bring(act("2/QĐ-UBND", D2, effect=replacing("1/QĐ-UBND", D1, D2), grounds=based_on("1/QĐ-UBND", D1)))
    got = client.get(f"/van-ban/{new.pk}/quan-he.svg")
    assert got["Content-Type"] == "image/svg+xml" and "attachment" in got["Content-Disposition"]
    root = etree.fromstring(got.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert f"/van-ban/{old.pk}/" in {a.get("href") for a in root.iter("{http://www.w3.org/2000/svg}a")}
    assert "thay thế" in "".join(root.itertext())
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="doc-graph"' in page(client, new)
    alone = bring("Thông báo không dẫn văn bản nào cả, chỉ nói về việc nghỉ lễ.", "khac.txt")
    assert client.get(f"/van-ban/{alone.pk}/quan-he.svg").status_code == 404


def test_a_side_of_the_drawing_is_bounded() -> None:
    many = [Neighbour(f"Quyết định số {n}/QĐ-UBND <b>", None, RelationKind.BASED_ON, True) for n in range(300)]
    drawn = draw("x", many, "vi")
    etree.fromstring(str(drawn))
    assert drawn.count('class="b "') == MOST and "292" in drawn and "<b>" not in drawn
    assert draw("x", [Neighbour("y", None, RelationKind.CITES, True)], "vi") == ""


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("dieu-5/khoan-2/diem-a", "điểm a khoản 2 Điều 5", "Article 5, Clause 2, Point a"),
        ("can_cu", "căn cứ", "Legal basis"),
        ("annex", "phụ lục", "Annex"),
        ("", "", ""),
    ],
)
def test_paths_in_words(path: str, vi: str, en: str) -> None:
    assert (path_words(path, "vi"), path_words(path, "en")) == (vi, en)


# --- cost ------------------------------------------------------------------------------------------------------------


def test_the_page_takes_few_queries_however_much_is_cited(
    bring: Bring, client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for n in range(12):
        bring(act(f"{n + 10}/QĐ-UBND", D1, f"Quy định thứ {n} về việc {n * n}"))
    grounds = "\n".join(based_on(f"{n + 10}/QĐ-UBND", D1) for n in range(12))
    document = bring(act("9/QĐ-UBND", D2, "Quy định chung", grounds=grounds))
    for n in range(12):
        bring(act(f"{n + 30}/QĐ-UBND", D3, f"Chi tiết {n} của {n * 7}", grounds=based_on("9/QĐ-UBND", D2)))
    with django_assert_max_num_queries(45):
        got = client.get(f"/van-ban/{document.pk}/")
    assert len(got.context["cited"]) == 12 and len(got.context["citers"]) == 12


def test_two_hundred_pages_stay_quick(bring: Bring, client: Client) -> None:
    """600 articles of three clauses, each with a reference and a citation: the page is made in a few seconds of work."""
    articles = "\n".join(
        f"Điều {n}. Nhiệm vụ thứ {n}\n"
        + "\n".join(
            f"{k}. Cơ quan chủ trì thực hiện khoản {k} Điều {max(1, n - 1)} Quyết định này và {cite(f'{n}/QĐ-UBND', D1)}, "
            f"phối hợp với các cơ quan, đơn vị liên quan, báo cáo kết quả trước ngày 30 hằng tháng theo quy định."
            for k in (1, 2, 3)
        )
        for n in range(1, 601)
    )
    document = bring(act("9/QĐ-UBND", D2).split("Điều 1.")[0] + articles)
    assert len(document.text) > 350_000 and document.links.count() > 1700
    began = time.process_time()
    page(client, document)
    took = time.process_time() - began
    print(f"page of {len(document.text)} characters: {took:.2f} s")
    assert took < 6


# --- the scan --------------------------------------------------------------------------------------------------------


def test_a_refused_secret_scan_leaves_its_line_in_the_audit(bring: Bring, client: Client, clerk: User) -> None:
    from tests.system.test_documents_bad_input import PICTURE, lines, pdf

    from bonhoa.common.errors import InputError

    document = bring(act("1/QĐ-UBND", D1))
    scan = ("quet.pdf", pdf(lines("MËT\nCéng hßa x· héi chñ nghÜa ViÖt Nam"), PICTURE))
    fields = {key: getattr(document, key) for key in actions.REGISTERED} | {"arrived_on": timezone.localdate()}
    with pytest.raises(InputError):
        actions.register(actor=clerk, document=document, scan=scan, **fields)
    entry = AuditEntry.objects.get(action="document.refused_secret")
    assert (entry.object_id, entry.actor, entry.detail) == (str(document.pk), clerk, {})
    document.refresh_from_db()
    assert document.scan is None and document.arrived_on is None


def test_own_key() -> None:
    assert linking.own_key(Document(number="1/QĐ-UBND")) == "", "the number repeats: without its day it is no key"
    assert linking.own_key(Document(number="30/2020/NĐ-CP")) == "30/2020/NĐ-CP"
    assert linking.own_key(Document()) == ""
