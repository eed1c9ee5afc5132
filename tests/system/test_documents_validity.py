"""Validity on a day: the list, its filter and the page of a document say the same of acts in every state."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from tests.system.test_documents_search import LIST
from tests.system.world_of_documents import act, cite, kept_bring, kept_clerk

from bonhoa.documents.acts import ActState
from bonhoa_web.documents.models import Document
from bonhoa_web.documents.queries import in_state, state_of, with_endings
from bonhoa_web.foundation.models import User

__all__ = ["kept_bring", "kept_clerk"]
pytestmark = pytest.mark.django_db
Bring = Callable[..., Document]


@pytest.fixture
def client(kept_clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(kept_clerk)


@pytest.fixture(scope="module")
def lives(kept_bring: Bring) -> dict[str, Document]:
    """Acts in every state: plain, with a term, without a word of effect, replaced from a day, replaced without one."""
    d = dt.date
    made = {
        "plain": kept_bring(act("10/QĐ-UBND", d(2025, 1, 1), "Quy định về cây xanh")),
        "term": kept_bring(
            act(
                "11/QĐ-UBND",
                d(2025, 1, 1),
                "Quy định thí điểm xe buýt",
                effect="Quyết định này có hiệu lực từ ngày 01 tháng 02 năm 2025 đến hết ngày 31 tháng 12 năm 2025.",
            )
        ),
        "silent": kept_bring(act("12/QĐ-UBND", d(2025, 1, 1), "Quy định về cấp nước", effect="Các cơ quan thi hành.")),
        "replaced": kept_bring(act("13/QĐ-UBND", d(2025, 1, 1), "Quy định về bến phà")),
    }
    made["replacing"] = kept_bring(
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
