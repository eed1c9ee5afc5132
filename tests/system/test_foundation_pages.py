"""The frame as people meet it: sign-in, language, lists, people and roles, the audit page, errors."""

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl import load_workbook

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation.models import AuditEntry, Grant, Job, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-rat-dai-1"
People = Callable[..., User]
SignedIn = Callable[[User], Client]


@pytest.fixture
def admin(person: People, province: Unit) -> User:
    return person(Role.ADMIN, province, "Quản trị X")


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


# --- sign-in ---------------------------------------------------------------------------------------------------------


def test_sign_in_and_out(person: People, province: Unit, client: Client) -> None:
    user = person(Role.VIEWER, province)
    assert client.get("/").status_code == 302
    page = client.get("/tai-khoan/login/?next=/tim/")
    assert "Đăng nhập" in words(page) and "Mật khẩu" in words(page)
    answer = client.post("/tai-khoan/login/", {"login": user.username, "password": PASSWORD, "next": "/tim/"})
    assert (answer.status_code, answer["Location"]) == (302, "/tim/")
    client.post("/tai-khoan/logout/")
    assert client.get("/").status_code == 302


def test_a_wrong_password_is_one_sentence_in_the_language_of_the_page(person: People, province: Unit) -> None:
    user = person(Role.VIEWER, province)
    for language, sentence in (("vi", "Tên đăng nhập hoặc mật khẩu không đúng"), ("en", "are not correct")):
        page = Client(headers={"cookie": f"django_language={language}"}).post(
            "/tai-khoan/login/", {"login": user.username, "password": "sai"}
        )
        assert page.status_code == 200 and sentence in words(page)


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "2/m/key"})
def test_guessing_passwords_is_slowed_down(person: People, province: Unit, client: Client) -> None:
    user = person(Role.VIEWER, province)
    for _ in range(4):
        client.post("/tai-khoan/login/", {"login": user.username, "password": "sai"})
    client.post("/tai-khoan/login/", {"login": user.username, "password": PASSWORD})
    assert client.get("/").status_code == 302, "the right password after too many wrong ones waits too"


@pytest.mark.parametrize("address", ["signup/", "password/reset/", "email/", "confirm-email/x/"])
def test_nobody_signs_up_and_nothing_goes_by_mail(client: Client, address: str) -> None:
    assert "quản trị" in words(client.get(f"/tai-khoan/{address}"))
    client.post(f"/tai-khoan/{address}", {"username": "la", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(username="la").exists()


def test_who_forgot_the_password_is_told_whom_to_ask(client: Client) -> None:
    login = words(client.get("/tai-khoan/login/"))
    assert "/tai-khoan/password/reset/" in login
    page = words(client.get("/tai-khoan/password/reset/"))
    assert "Quên mật khẩu" in page and "quản trị của cơ quan bạn đặt lại mật khẩu" in page
    assert "Không mở đăng ký" not in page


def test_a_temporary_password_is_named_until_it_is_changed(admin: User, client: Client) -> None:
    User.objects.filter(pk=admin.pk).update(password_is_temporary=True)
    client.login(username=admin.username, password=PASSWORD)
    assert "mật khẩu dùng một lần" in words(client.get("/"))
    new = {"oldpassword": PASSWORD, "password1": "khac-han-va-dai-2", "password2": "khac-han-va-dai-2"}
    assert client.post("/tai-khoan/password/change/", new)["Location"] == "/"
    assert "mật khẩu dùng một lần" not in words(client.get("/"))


def test_two_factor_pages_are_in_vietnamese(admin: User, client: Client) -> None:
    client.post("/tai-khoan/login/", {"login": admin.username, "password": PASSWORD})
    assert "Đang tắt" in words(client.get(reverse("mfa_index")))
    ask = client.get(reverse("mfa_activate_totp"), follow=True)  # a step that asks who you are again
    page = words(client.post(ask.redirect_chain[-1][0], {"password": PASSWORD}, follow=True))
    assert "Quét hình này" in page and "data:image/svg+xml" in page


# --- frame -----------------------------------------------------------------------------------------------------------


def test_every_answer_carries_the_strict_policy(admin: User, signed_in: SignedIn) -> None:
    for response in (signed_in(admin).get("/"), signed_in(admin).get("/khong-co/"), Client().get("/")):
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    assert signed_in(admin).get("/")["Cache-Control"] == "private, no-store"


def test_the_language_switch_holds(admin: User, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    assert "Việc của tôi" in words(client.get("/"))
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/tim/"})
    assert answer["Location"] == "/tim/"
    page = words(client.get("/"))
    assert 'lang="en"' in page and "My work" in page and "Việc của tôi" not in page


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_language_switch_sends_nobody_away(client: Client, next_: str) -> None:
    assert client.post("/ngon-ngu/", {"language": "en", "next": next_})["Location"] == "/"


def test_only_administrators_see_administration(
    person: People, province: Unit, admin: User, signed_in: SignedIn
) -> None:
    assert "/quan-tri/" in words(signed_in(admin).get("/"))
    assert "/quan-tri/" not in words(signed_in(person(Role.CLERK, province)).get("/"))


# --- lists -----------------------------------------------------------------------------------------------------------


def test_a_list_is_filtered_sorted_and_exported_by_its_address(
    admin: User, person: People, province: Unit, signed_in: SignedIn
) -> None:
    for name in ("Bình", "An", "Cúc"):
        person(Role.CLERK, province, name)
    client = signed_in(admin)
    page = words(client.get("/quan-tri/?vai-tro=clerk&sap-xep=-ho-ten"))
    assert page.index("Cúc") < page.index("Bình") < page.index(">An<") and "3 dòng" in page
    book = load_workbook(io.BytesIO(client.get("/quan-tri/?vai-tro=clerk&sap-xep=ho-ten&xuat=xlsx").content))
    cells = [c for row in book.active.iter_rows(values_only=True) for c in row]
    assert [c for c in cells if c in {"An", "Bình", "Cúc", "Quản trị X"}] == ["An", "Bình", "Cúc"]


@pytest.mark.parametrize(
    "query",
    [
        "tu=hom-qua",
        "tu=2026-02-30",
        "den=99999-01-01",
        "sap-xep=khong-co",
        "sap-xep=--so",
        "trang=0",
        "trang=x",
        "trang=99999",
        "xuat=exe",
        "tu=hom-qua&xuat=xlsx",
        "ai=%F0%9F%98%80",
        "tu=31/02/2026",
    ],
)
def test_nonsense_in_the_address_of_a_list_is_no_fault(admin: User, signed_in: SignedIn, query: str) -> None:
    signed_in(admin).post("/quan-tri/them/", {"username": "moi", "full_name": "Mới"})
    response = signed_in(admin).get(f"/quan-tri/nhat-ky/?{query}")
    assert response.status_code == 200
    if "tu=" in query and "xlsx" not in query:
        assert "bộ lọc chưa áp dụng" in words(response) and '<td data-label="Việc">thêm người dùng</td>' in words(
            response
        )


@pytest.mark.parametrize("address", ["/quan-tri/nhat-ky/?viec=%00", "/tim/?q=a%00", "/quan-tri/%00/"])
def test_a_nul_in_the_address_is_refused_with_a_sentence(admin: User, signed_in: SignedIn, address: str) -> None:
    page = signed_in(admin).get(address)
    assert page.status_code == 400 and "Yêu cầu không hợp lệ" in words(page)


def test_a_list_asks_the_database_as_often_for_ten_as_for_one(
    admin: User, person: People, province: Unit, signed_in: SignedIn, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(10):
        person(Role.CLERK, province)
    client = signed_in(admin)
    with django_assert_max_num_queries(9):
        client.get("/quan-tri/")


# --- people and roles ------------------------------------------------------------------------------------------------


def test_an_administrator_adds_a_person_and_gives_a_role(admin: User, department: Unit, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    page = client.post("/quan-tri/them/", {"username": "binh", "full_name": "Bình"}, follow=True)
    made = User.objects.get(username="binh")
    assert made.password_is_temporary and "dùng một lần" in words(page)
    give = {"role": "officer", "unit": department.code, "valid_from": "2026-01-01", "title": "Chuyên viên"}
    client.post(f"/quan-tri/{made.pk}/", give)
    grant = Grant.objects.get(user=made)
    assert (grant.role, grant.unit, grant.title) == ("officer", department, "Chuyên viên")
    client.post(f"/quan-tri/vai-tro/{grant.pk}/ket-thuc/", {"sure": "1"})
    grant.refresh_from_db()
    assert grant.valid_to is not None
    assert [*AuditEntry.objects.values_list("action", flat=True)] == ["user.create", "grant.give", "grant.end"]


def test_nobody_gives_roles_outside_their_units(
    admin: User, person: People, elsewhere: Unit, province: Unit, department: Unit, signed_in: SignedIn
) -> None:
    small = person(Role.ADMIN, department)
    other = person(Role.LEADER, elsewhere)
    for giver, unit in ((admin, elsewhere), (small, province)):
        page = signed_in(giver).post(
            f"/quan-tri/{other.pk}/", {"role": "admin", "unit": unit.code, "valid_from": "2026-01-01"}
        )
        assert page.status_code == 422 and "phạm vi quản trị" in words(page)
    assert signed_in(admin).post(f"/quan-tri/vai-tro/{other.grants.get().pk}/ket-thuc/").status_code == 403
    assert Grant.objects.filter(user=other).count() == 1 and other.grants.get().valid_to is None
    assert AuditEntry.objects.filter(action__startswith="refused:grant.").count() == 3


def test_a_lost_password_is_replaced_only_by_who_stands_above(
    admin: User, person: People, province: Unit, department: Unit, signed_in: SignedIn
) -> None:
    small, clerk = person(Role.ADMIN, department), person(Role.CLERK, department)
    assert signed_in(small).post(f"/quan-tri/{admin.pk}/mat-khau/").status_code == 403
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)
    page = signed_in(small).post(f"/quan-tri/{clerk.pk}/mat-khau/", {"sure": "1"}, follow=True)
    clerk.refresh_from_db()
    assert "chỉ hiện lần này" in words(page) and clerk.password_is_temporary and not clerk.check_password(PASSWORD)


def test_the_audit_page_tells_and_verifies(admin: User, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    client.post("/quan-tri/them/", {"username": "binh", "full_name": "Bình"})
    told = '<td data-label="Việc">thêm người dùng</td>'
    assert told in words(client.get("/quan-tri/nhat-ky/?viec=user.create"))
    assert told not in words(client.get("/quan-tri/nhat-ky/?viec=grant.give"))
    assert "nguyên vẹn: 1 dòng" in words(client.get("/quan-tri/nhat-ky/kiem-tra/", follow=True))


def test_a_job_is_shown_to_who_started_it(admin: User, person: People, province: Unit, signed_in: SignedIn) -> None:
    owner, other = person(Role.CLERK, province), person(Role.CLERK, province)
    job = Job.objects.create(kind="read", object_id="7", created_by=owner, done=3, total=10, status="running")
    assert 'value="3"' in words(signed_in(owner).get(f"/viec-nen/{job.pk}/"))
    fragment = words(signed_in(owner).get(f"/viec-nen/{job.pk}/", headers={"HX-Request": "true"}))
    assert "<html" not in fragment and "hx-get" in fragment
    assert signed_in(other).get(f"/viec-nen/{job.pk}/").status_code == 404
    page = words(signed_in(admin).get("/quan-tri/viec-nen/"))
    assert '<td data-label="Việc">read</td><td data-label="Đối tượng">7</td>' in page


# --- errors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "sentence"), [("vi", "Không có trang này"), ("en", "no such page")])
def test_not_found_is_one_sentence(client: Client, language: str, sentence: str) -> None:
    page = client.get("/khong-co/", headers={"cookie": f"django_language={language}"})
    assert page.status_code == 404 and sentence in words(page)


def test_a_form_from_an_old_page_is_told_so(admin: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    page = client.post("/quan-tri/them/", {"username": "binh", "full_name": "Bình"})
    assert page.status_code == 403 and "Trang đã mở quá lâu" in words(page)


@pytest.mark.parametrize(("language", "sentence"), [("vi", "không quá 50 MB"), ("en", "At most 50 MB")])
def test_a_request_past_every_limit_gets_one_sentence(client: Client, language: str, sentence: str) -> None:
    page = client.post(
        "/ngon-ngu/", CONTENT_LENGTH=str(300 * 1024 * 1024), headers={"cookie": f"django_language={language}"}
    )
    assert page.status_code == 413 and sentence in words(page)


@pytest.mark.parametrize("length", ["²", "-1", "9" * 30])
def test_a_request_whose_length_is_no_number_is_refused(client: Client, length: str) -> None:
    assert client.post("/ngon-ngu/", CONTENT_LENGTH=length).status_code == 400


def test_a_fault_of_ours_is_owned(admin: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from bonhoa_web.foundation import mywork

    def fault(request: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(mywork, "_providers", [(1, fault)])
    client = signed_in(admin)
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500 and "Lỗi thuộc về hệ thống" in words(page) and "secret" not in words(page)


def test_a_fault_of_the_frame_itself_is_owned_too(
    admin: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bonhoa_web.foundation import navigation

    def fault(user: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(navigation, "entries_for", fault)
    client = signed_in(admin)
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500 and "Lỗi thuộc về hệ thống" in words(page) and "secret" not in words(page)


@pytest.mark.parametrize(
    ("role", "first", "never"),
    [
        (Role.CLERK, "/van-ban/tai-len/", "/quan-tri/them/"),
        (Role.ADMIN, "/quan-tri/them/", "/van-ban/tai-len/"),
        (Role.VIEWER, "/van-ban/", "/van-ban/tai-len/"),
    ],
)
def test_an_empty_page_says_what_to_do_first(
    person: People, province: Unit, signed_in: SignedIn, role: Role, first: str, never: str
) -> None:
    page = signed_in(person(role, province, "Người mới")).get("/").content.decode()
    empty = page[page.index("Chưa có việc nào chờ bạn") :]
    assert f'btn-primary" href="{first}"' in empty and f'href="{never}"' not in empty


def test_no_role_is_chosen_before_somebody_chooses(admin: User, signed_in: SignedIn) -> None:
    page = signed_in(admin).get(f"/quan-tri/{admin.pk}/").content.decode()
    assert re.search(r'<select name="role"[^>]*>\s*<option value="" selected>', page)


def test_htmx_sets_no_style_that_the_policy_forbids(admin: User, signed_in: SignedIn) -> None:
    assert '"attributesToSettle": ["class"]' in signed_in(admin).get("/").content.decode()
