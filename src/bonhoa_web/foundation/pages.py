"""Pages of the frame: the first page, search, language, attachments, jobs, administration, errors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.common.folding import fold
from bonhoa_web.foundation import account_actions, attachments, audit, mywork, search
from bonhoa_web.foundation.forms import GrantForm, UserForm
from bonhoa_web.foundation.lists import Column, Filter, ListPage, day
from bonhoa_web.foundation.models import Attachment, AuditEntry, Grant, Job, User
from bonhoa_web.foundation.rights import holds, units_of
from bonhoa_web.foundation.roles import Role


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """*Việc của tôi*."""
    return render(request, "foundation/home.html", {"sections": mywork.sections(request)})


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Search everywhere, with or without diacritics."""
    query = request.GET.get("q", "").strip()
    return render(request, "foundation/search.html", {"query": query, "hits": search.find(request.user, fold(query))})


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
    if not attachments.may_read(request.user, record):
        raise Http404
    return FileResponse(record.file.open("rb"), as_attachment=True, filename=record.name,
                        content_type=record.mime, headers={"X-Content-Type-Options": "nosniff"})


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is; a fragment for htmx, a whole page otherwise. Only who started it sees it, or an administrator."""
    record = get_object_or_404(Job, pk=pk)
    if record.created_by_id != request.user.pk and not holds(request.user, Role.ADMIN):
        raise Http404
    template = "foundation/job_fragment.html" if getattr(request, "htmx", False) else "foundation/job.html"
    response = render(request, template, {"job": record, "back": request.GET.get("ve", "")})
    if getattr(request, "htmx", False) and record.status in {"done", "failed"}:
        response["HX-Refresh"] = "true"
    return response


# --- administration --------------------------------------------------------------------------------------------------


@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """People and the number of their roles."""
    from django.urls import reverse

    return ListPage(
        _("Người dùng"),
        [
            Column("ten", _("Họ và tên"), lambda u: u.full_name, "full_name", lambda u: reverse("foundation-user", args=[u.pk])),
            Column("dang-nhap", _("Tên đăng nhập"), lambda u: u.username, "username"),
            Column("vai-tro", _("Vai trò"), lambda u: "; ".join(f"{Role(g.role).vi}: {g.unit}" for g in u.grants.all())),
            Column("hoat-dong", _("Đang dùng"), lambda u: _("có") if u.is_active else _("không"), "is_active"),
        ],
        User.objects.prefetch_related("grants__unit").order_by("full_name", "pk"),
        [Filter("ten", _("Tên"), lambda q, v: q.filter(full_name__icontains=v)),
         Filter("vai-tro", _("Vai trò"), lambda q, v: q.filter(grants__role=v).distinct(), Role.choices())],
        context={"add_url": reverse("foundation-user-new"), "add_label": _("Thêm người dùng")},
    ).respond(request)  # fmt: skip


def user_new(request: HttpRequest) -> HttpResponse:
    """Add a person; the temporary password is shown once."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = account_actions.create_user(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Đã thêm %(name)s. Mật khẩu dùng một lần: %(password)s (chỉ hiện lần này).")
                         % {"name": made.full_name, "password": made.temporary_password})
        return redirect("foundation-user", made.pk)
    return render(request, "foundation/form.html", {"form": form, "title": _("Thêm người dùng")},
                  status=422 if form.errors else 200)


def user(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's roles; give one for a unit at or below one's own, or end one."""
    record = get_object_or_404(User, pk=pk)
    mine = units_of(request.user, Role.ADMIN)
    form = GrantForm(request.POST or None, units=_units())
    if request.method == "POST" and form.is_valid():
        try:
            account_actions.give(actor=request.user, user=record, **form.cleaned_data)
        except PermissionDenied:
            form.add_error("unit", _("Đơn vị này không thuộc phạm vi quản trị của bạn."))
        else:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("foundation-user", pk)
    return render(request, "foundation/user.html", {"record": record, "form": form, "mine": mine,
                  "grants": record.grants.select_related("unit")}, status=422 if form.errors else 200)  # fmt: skip


def _units() -> Any:
    return Grant._meta.get_field("unit").related_model._default_manager.all()


@require_POST
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    grant = get_object_or_404(Grant.objects.select_related("unit", "user"), pk=pk)
    account_actions.end(actor=request.user, grant=grant)
    messages.success(request, _("Đã kết thúc vai trò."))
    return redirect("foundation-user", grant.user_id)


@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    """The audit, newest first."""
    from django.urls import reverse

    return ListPage(
        _("Nhật ký"),
        [
            Column("so", _("Số"), lambda e: e.seq, "seq"),
            Column("luc", _("Lúc"), lambda e: e.at.astimezone().replace(microsecond=0), "at"),
            Column("ai", _("Ai"), lambda e: str(e.actor or ""), "actor__full_name"),
            Column("viec", _("Việc"), lambda e: e.action, "action"),
            Column("doi-tuong", _("Đối tượng"), lambda e: f"{e.object_type} {e.object_id}".strip()),
            Column("chi-tiet", _("Chi tiết"), lambda e: "; ".join(f"{k}: {v}" for k, v in e.detail.items())),
        ],
        AuditEntry.objects.select_related("actor").order_by("-seq"),
        [Filter("viec", _("Việc"), lambda q, v: q.filter(action__icontains=v)),
         Filter("ai", _("Ai"), lambda q, v: q.filter(actor__full_name__icontains=v)),
         Filter("tu", _("Từ ngày"), lambda q, v: q.filter(at__date__gte=day(v)), kind="date"),
         Filter("den", _("Đến ngày"), lambda q, v: q.filter(at__date__lte=day(v)), kind="date")],
        context={"add_url": reverse("foundation-audit-verify"), "add_label": _("Kiểm tra chuỗi")},
    ).respond(request)  # fmt: skip


@require_GET
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain and say whether it is whole."""
    broken = audit.verify()
    if broken is None:
        messages.success(request, _("Chuỗi nhật ký nguyên vẹn: %(n)d dòng.") % {"n": AuditEntry.objects.count()})
    else:
        messages.error(request, _("Chuỗi nhật ký bị đứt ở dòng %(n)d: có người sửa dữ liệu ngoài hệ thống.") % {"n": broken})
    return redirect("foundation-audit")


# --- errors ----------------------------------------------------------------------------------------------------------


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "foundation/error.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, 400, _("Yêu cầu không hợp lệ"), _("Trình duyệt gửi một yêu cầu không đọc được; hãy quay lại và thử lại."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(request, 403, _("Không có quyền"),
                  _("Vai trò của bạn không cho phép việc này; nếu cần, hãy đề nghị quản trị của cơ quan giao vai trò."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose page was open too long."""
    return _error(request, 403, _("Trang đã mở quá lâu"),
                  _("Phiên làm việc đã đổi; hãy bấm Quay lại, chép phần đã gõ, tải lại trang rồi gửi lại."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, 404, _("Không tìm thấy"), _("Không có trang này, hoặc bạn không được xem; hãy kiểm tra lại địa chỉ."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, said so."""
    return _error(request, 500, _("Hệ thống gặp lỗi"),
                  _("Lỗi thuộc về hệ thống, dữ liệu không bị ghi dở; hãy thử lại, nếu còn lỗi hãy báo quản trị."))
