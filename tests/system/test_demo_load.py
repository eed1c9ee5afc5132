"""The demo: a province with realistic numbers settles once, its people can sign in with one-time passwords, and the story
leads its tasks to every status."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from bonhoa.execution.progress import Status
from bonhoa_web.apparatus.models import Succession, Unit
from bonhoa_web.documents.models import Document
from bonhoa_web.execution.models import Plan, Task
from bonhoa_web.execution.task_queries import TaskFilter, find_tasks
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import AuditEntry, Grant, User

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(kept: None) -> dict[str, str]:
    """The demo; the password of each of its people by name."""
    out = StringIO()
    call_command("load_demo", "--json", stdout=out)
    return {a["username"]: a["password"] for a in json.loads(out.getvalue())}


def test_the_province_has_realistic_numbers(loaded: dict[str, str]) -> None:
    assert Unit.objects.filter(kind="territory", level="commune").count() == 100
    assert Unit.objects.filter(level="commune", kind="people_committee").count() == 100
    departments = Unit.objects.filter(level="province", name__startswith="Sở ", valid_to__isnull=True)
    assert 12 <= departments.count() <= 15
    ended = Succession.objects.get(old__name__startswith="Sở Kế hoạch và Đầu tư")
    assert ended.new.name.startswith("Sở Tài chính") and ended.on == ended.old.valid_to


def test_everybody_in_the_story_has_a_hat_and_one_person_has_two(loaded: dict[str, str]) -> None:
    assert {str(r) for r in Grant.objects.values_list("role", flat=True)} == {
        "admin",
        "clerk",
        "leader",
        "specialist",
        "officer",
        "viewer",
    }
    assert Grant.objects.filter(user__username="haivai").count() == 2
    assert not User.objects.filter(grants__isnull=True).exists()


def test_the_passwords_are_random_temporary_and_only_of_the_accounts_that_sign_in(loaded: dict[str, str]) -> None:
    assert len(set(loaded.values())) == len(loaded) == 9
    for username, password in loaded.items():
        user = User.objects.get(username=username)
        assert user.check_password(password) and user.password_is_temporary
        client = Client()
        assert client.login(username=username, password=password)
        assert client.get("/").status_code == 200
    others = User.objects.exclude(username__in=loaded)
    assert others.exists() and not any(user.has_usable_password() for user in others)


def test_the_audit_is_whole_and_in_order(loaded: dict[str, str]) -> None:
    assert audit.verify() is None
    times = list(AuditEntry.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times) and times[-1] <= timezone.now()


def test_the_story_leads_to_every_status(loaded: dict[str, str]) -> None:
    assert sorted(Plan.objects.values_list("state", flat=True)) == ["approved", "draft"]
    assert Document.objects.filter(status="read", arrival_number__isnull=False).count() == 3 + 4
    review = Plan.objects.get(state="draft")
    assert sum(d.lead_id is None for d in review.drafts.all()) == 3

    counts = find_tasks(Task.objects.all(), TaskFilter(), timezone.localdate()).counts
    assert set(counts) == set(Status)
    assert counts.total() == 115
    assert counts[Status.DONE_ON_TIME] > 20 and counts[Status.OVERDUE] == counts[Status.DONE_LATE] == 1
    assert not Task.objects.filter(state="verified", reports__evidence__isnull=True).exists()


def test_it_is_never_loaded_twice(loaded: dict[str, str]) -> None:
    before = (Unit.objects.count(), User.objects.count(), AuditEntry.objects.count())
    for options in ([], ["--force"]):
        with pytest.raises(CommandError, match="không nạp lần nữa"):
            call_command("load_demo", *options)
    assert before == (Unit.objects.count(), User.objects.count(), AuditEntry.objects.count())


def test_the_clock_runs_again_after_the_story(loaded: dict[str, str]) -> None:
    assert abs(timezone.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)
