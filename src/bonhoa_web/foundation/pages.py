"""Pages of the frame: the first page, search, language, attachments, jobs, administration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa_web.foundation import account_actions, attachments, audit, audit_words, confirm, mywork, search
from bonhoa_web.foundation.action_words import action_choices, action_words, english, job_words
from bonhoa_web.foundation.forms import GrantForm, UserForm
from bonhoa_web.foundation.lists import Column, Filter, ListPage, day, join
from bonhoa_web.foundation.models import Attachment, AuditEntry, Grant, Job, JobStatus, User
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """*Việc của tôi*."""
    return render(
        request,
        "foundation/home.html",
        {"sections": mywork.sections(request), "first_steps": mywork.first_steps(request.user)},
    )


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Search everywhere, with or without diacritics."""
    query = request.GET.get("q", "").strip()
    return render(request, "foundation/search.html", {"query": query, "hits": search.find(request.user, query)})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the person and return to the page."""
    from django.conf import settings

    language = request.POST.get("language", "vi")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


@require_GET
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A stored file, for those whom its room lets read it."""
    record = get_object_or_404(Attachment, pk=pk)
    if not record.file or not attachments.may_read(request.user, record):
        raise Http404
    return FileResponse(
        record.file.open("rb"),
        as_attachment=True,
        filename=record.name,
        content_type=record.mime,
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is; a fragment for htmx, a whole page otherwise. For who started it and for administrators."""
    record = get_object_or_404(Job, pk=pk)
    if record.created_by_id != request.user.pk and not holds(request.user, Role.ADMIN):
        raise Http404
    audit_words.name_jobs([record])
    template = "foundation/job_fragment.html" if getattr(request, "htmx", False) else "foundation/job.html"
    response = render(request, template, {"job": record})
    if getattr(request, "htmx", False) and record.status in {"done", "failed"}:
        response["HX-Refresh"] = "true"
    return response


# --- administration --------------------------------------------------------------------------------------------------


@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """People and their roles: all, for one person may hold roles in several bodies."""
    language = get_language() or "vi"

    def roles(person: User) -> str:
        return join(f"{Role.of(g.role).label(language)}: {g.unit}" for g in person.grants.all() if g.valid_to is None)

    return ListPage(
        _("Người dùng"),
        [
            Column(
                "ho-ten",
                _("Họ và tên"),
                lambda u: u.full_name,
                "full_name",
                lambda u: reverse("foundation-user", args=[u.pk]),
            ),
            Column("dang-nhap", _("Tên đăng nhập"), lambda u: u.username, "username"),
            Column("cac-vai", _("Vai trò"), roles),
            Column("hoat-dong", _("Đang dùng"), lambda u: _("có") if u.is_active else _("không"), "is_active"),
        ],
        User.objects.prefetch_related("grants__unit").order_by("full_name", "pk"),
        [
            Filter("ten", _("Tên"), lambda q, v: q.filter(full_name__icontains=v)),
            Filter(
                "vai-tro",
                _("Vai trò"),
                lambda q, v: q.filter(pk__in=Grant.objects.filter(role=v).values("user")),
                [(str(role), role.label(language)) for role in Role],
            ),
        ],
        context={"add_url": reverse("foundation-user-new"), "add_label": _("Thêm người dùng"), "tabs": True},
    ).respond(request)


def user_new(request: HttpRequest) -> HttpResponse:
    """Add a person; the temporary password is shown once."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = account_actions.create_user(actor=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Đã thêm %(name)s. Mật khẩu dùng một lần: %(password)s (chỉ hiện lần này).")
            % {"name": made.full_name, "password": made.temporary_password},
        )
        return redirect("foundation-user", made.pk)
    return render(
        request,
        "foundation/form.html",
        {"form": form, "title": _("Thêm người dùng")},
        status=422 if form.errors else 200,
    )


def user(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's roles; give one for a unit at or below one's own, or end one."""
    record = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account_actions.give(actor=request.user, user=record, **form.cleaned_data)
        except PermissionDenied:
            form.add_error("unit", _("Đơn vị này không thuộc phạm vi quản trị của bạn."))
        else:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("foundation-user", pk)
    grants = [(g, holds(request.user, Role.ADMIN, unit=g.unit)) for g in record.grants.select_related("unit")]
    return render(
        request,
        "foundation/user.html",
        {
            "record": record,
            "form": form,
            "grants": grants,
            "may_reset": account_actions.may_reset_password(request.user, user=record),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def password_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A new temporary password for somebody who lost theirs, shown once."""
    record = get_object_or_404(User, pk=pk)
    asked = confirm.question(
        request,
        text=_("Đặt mật khẩu mới cho %(name)s? Mật khẩu cũ và các phiên đang mở sẽ hết hiệu lực.") % {"name": record},
        button=_("Đặt mật khẩu dùng một lần"),
        back=reverse("foundation-user", args=[pk]),
    )
    if asked and account_actions.may_reset_password(request.user, user=record):
        return asked
    password = account_actions.reset_password(actor=request.user, user=record)
    messages.success(request, _("Mật khẩu dùng một lần mới: %(password)s (chỉ hiện lần này).") % {"password": password})
    return redirect("foundation-user", pk)


@require_GET
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What this installation does not offer: signing up, e-mail."""
    return render(request, "account/signup_closed.html")


@require_GET
def forgotten(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Who forgot the password: there is no e-mail, the administrator of the body sets a new one."""
    return render(request, "account/password_reset.html")


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Background jobs, newest first."""
    states = {
        JobStatus.WAITING: _("đang chờ"),
        JobStatus.RUNNING: _("đang chạy"),
        JobStatus.DONE: _("xong"),
        JobStatus.FAILED: _("lỗi"),
    }
    return ListPage(
        _("Việc nền"),
        [
            Column("so", _("Số"), lambda j: j.pk, "pk", lambda j: reverse("foundation-job", args=[j.pk])),
            Column("viec", _("Việc"), lambda j: job_words(j.kind), "kind"),
            Column("doi-tuong", _("Đối tượng"), lambda j: j.about.words, link=lambda j: j.about.url),
            Column("trang-thai", _("Trạng thái"), lambda j: states[JobStatus(j.status)], "status"),
            Column("ai", _("Ai"), lambda j: str(j.created_by or "")),
            Column("luc", _("Lúc"), lambda j: j.created_at, "created_at"),
            Column("tin", _("Thông báo"), lambda j: j.message_en if english() else j.message_vi),
        ],
        Job.objects.select_related("created_by").order_by("-pk"),
        [Filter("trang-thai", _("Trạng thái"), lambda q, v: q.filter(status=v), list(states.items()))],
        context={"tabs": True},
        prepare=audit_words.name_jobs,
    ).respond(request)


@require_POST
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    grant = get_object_or_404(Grant.objects.select_related("unit", "user"), pk=pk)
    what = {"role": Role.of(grant.role).label(get_language() or "vi"), "name": grant.user, "unit": grant.unit}
    asked = confirm.question(
        request,
        text=_("Kết thúc vai trò %(role)s của %(name)s tại %(unit)s từ hôm nay?") % what,
        button=_("Kết thúc vai trò"),
        back=reverse("foundation-user", args=[grant.user_id]),
    )
    if asked and holds(request.user, Role.ADMIN, unit=grant.unit):
        return asked
    account_actions.end(actor=request.user, grant=grant)
    messages.success(request, _("Đã kết thúc vai trò."))
    return redirect("foundation-user", grant.user_id)


@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    """The audit, newest first."""
    return ListPage(
        _("Nhật ký"),
        [
            Column("so", _("Số"), lambda e: e.seq, "seq"),
            Column("luc", _("Lúc"), lambda e: e.at, "at"),
            Column("ai", _("Ai"), lambda e: str(e.actor or ""), "actor__full_name"),
            Column("viec", _("Việc"), lambda e: action_words(e.action), "action"),
            Column("doi-tuong", _("Đối tượng"), lambda e: e.about.words, link=lambda e: e.about.url),
            Column("chi-tiet", _("Chi tiết"), audit_words.detail_words),
        ],
        AuditEntry.objects.select_related("actor").order_by("-seq"),
        [
            Filter("viec", _("Việc"), _of_action, action_choices()),
            Filter("ai", _("Ai"), lambda q, v: q.filter(actor__full_name__icontains=v)),
            Filter("tu", _("Từ ngày"), lambda q, v: q.filter(at__date__gte=day(v)), kind="date"),
            Filter("den", _("Đến ngày"), lambda q, v: q.filter(at__date__lte=day(v)), kind="date"),
        ],
        context={"add_url": reverse("foundation-audit-verify"), "add_label": _("Kiểm tra chuỗi"), "tabs": True},
        prepare=audit_words.name_entries,
    ).respond(request)


def _of_action(entries: Any, name: str) -> Any:
    """The lines of an action, done or refused; "refused:" for every refusal."""
    if name.endswith(":"):
        return entries.filter(action__startswith=name)
    return entries.filter(action__in=[name, f"refused:{name}"])


@require_GET
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain and say whether it is whole."""
    broken = audit.verify()
    if broken is None:
        count = AuditEntry.objects.count()
        whole = ngettext("Chuỗi nhật ký nguyên vẹn: %(n)d dòng.", "Chuỗi nhật ký nguyên vẹn: %(n)d dòng.", count)
        messages.success(request, whole % {"n": count})
    else:
        messages.error(
            request, _("Chuỗi nhật ký bị đứt ở dòng %(n)d: có người sửa dữ liệu ngoài hệ thống.") % {"n": broken}
        )
    return redirect("foundation-audit")
