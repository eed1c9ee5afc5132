"""Leads that the plan's unit does not direct: told in numbers when a plan is submitted and approved, never forbidden."""

import pytest
from django.test import Client
from tests.system.world_of_plans import PlanWorld, make_plan

from bonhoa_web.apparatus.actions import ensure_unit
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_scope as scope
from bonhoa_web.execution.models import Plan, PlanState
from bonhoa_web.foundation.actions import Trail
from bonhoa_web.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


def unit(code: str) -> Unit:
    found = ensure_unit(code, Trail())
    assert found is not None, code
    return found


@pytest.mark.parametrize(
    ("directs", "lead", "beyond"),
    [
        ("vn-40/ubnd", "vn-40/ubnd", False),
        ("vn-40/ubnd", "vn-40/so-y-te", False),
        ("vn-40/ubnd", "vn-44/so-y-te", True),  # the like body of another province
        ("vn-40/ubnd", "vn-44/ubnd", True),
        ("vn-40/ubnd", "bo-y-te", True),  # a ministry is asked, not directed
        ("vn-40/tinh-uy", "vn-40/ubnd", False),  # stands beside it in the tree, in its territory
        ("vn-40/tinh-uy", "vn-40/so-y-te", False),
        ("vn-40/tinh-uy", "vn-44/tinh-uy", True),
        ("vn-40/so-y-te", "vn-40/so-y-te", False),
        ("vn-40/so-y-te", "vn-40/cong-an", True),  # a department directs what stands under it
        ("chinh-phu", "vn-40/so-y-te", False),
        ("chinh-phu", "bo-y-te", False),
        ("bo-y-te", "vn-40/so-y-te", True),
    ],
)
def test_whom_a_body_directs(directs: str, lead: str, beyond: bool) -> None:
    body = unit(lead)
    assert scope.outside(unit(directs), [body.pk, body.pk]) == ({body.pk} if beyond else set())


def test_a_circle_of_parents_comes_to_an_end() -> None:
    a, b = unit("vn-44/ubnd"), unit("vn-44/so-y-te")
    a.parent = b
    a.save()
    assert scope.outside(unit("vn-40/ubnd"), [b.pk]) == {b.pk}


@pytest.fixture
def world(db: None) -> PlanWorld:
    """The plan of a province in which two tasks and one go to bodies of another province."""
    made = make_plan()
    made.settle()
    for words, code in (("hè phố, trình", "vn-44/ubnd"), ("chợ ven", "vn-44/ubnd"), ("dở dang", "vn-44/so-y-te")):
        actions.edit(actor=made.specialist, draft=made.row(words), lead=code)
    return made


def signed(user: object, language: str = "vi") -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    client.cookies["django_language"] = language
    return client


NUMBERS = {
    "vi": "3 nhiệm vụ giao cho cơ quan ngoài phạm vi chỉ đạo của Ủy ban nhân dân tỉnh Nghệ An",
    "en": "3 tasks go to bodies that Ủy ban nhân dân tỉnh Nghệ An does not direct",
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_told_at_submitting_and_approving(world: PlanWorld, language: str) -> None:
    here = f"/thuc-hien/ke-hoach/{world.plan.pk}/"
    preparing, leading = signed(world.specialist, language), signed(world.leader, language)
    page = preparing.get(here).content.decode()
    assert NUMBERS[language] in page and "Ủy ban nhân dân tỉnh Quảng Trị (2); Sở Y tế" in page
    assert {"vi": "Vẫn trình?", "en": "Submit all the same?"}[language] in page
    answer = preparing.post(f"{here}buoc/trinh/", follow=True).content.decode()
    assert {"vi": "Trong đó 3 nhiệm vụ", "en": "Of these 3 tasks"}[language] in answer
    assert leading.get(here).content.decode().count(NUMBERS[language]) == 2  # at the top and where one approves
    version = Plan.objects.get(pk=world.plan.pk).version
    sent = {"kind": "leader", "read": "on", "seen": version}
    done = leading.post(f"{here}duyet/", sent, follow=True).content.decode()
    assert {"vi": "Trong đó 3 nhiệm vụ", "en": "Of these 3 tasks"}[language] in done
    assert Plan.objects.get(pk=world.plan.pk).state == PlanState.APPROVED
    told = dict(AuditEntry.objects.filter(action__in=["plan.submit", "plan.approve"]).values_list("action", "detail"))
    assert told["plan.submit"]["outside"] == told["plan.approve"]["outside"] == 3


def test_the_rows_are_flagged_counted_and_filtered(world: PlanWorld) -> None:
    page = signed(world.specialist).get(f"/thuc-hien/ke-hoach/{world.plan.pk}/?loc={scope.OUTSIDE}").content.decode()
    assert page.count('class="card rv-row') == 3 == page.count('rv-flag">⚑ ngoài phạm vi chỉ đạo')
    assert "⚑ ngoài phạm vi chỉ đạo 3" in page


def test_nothing_is_said_where_all_stand_under_the_unit(world: PlanWorld) -> None:
    for words in ("hè phố, trình", "chợ ven", "dở dang"):
        actions.edit(actor=world.specialist, draft=world.row(words), lead="vn-40/so-y-te")
    client, here = signed(world.specialist), f"/thuc-hien/ke-hoach/{world.plan.pk}/"
    assert "ngoài phạm vi" not in client.get(here).content.decode()
    assert "ngoài phạm vi" not in client.post(f"{here}buoc/trinh/", follow=True).content.decode()
