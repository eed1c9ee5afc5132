"""Error pages: in the frame, one sentence that says what is wrong and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "foundation/error.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(
        request,
        400,
        _("Yêu cầu không hợp lệ"),
        _("Trình duyệt gửi một yêu cầu không đọc được; hãy quay lại và thử lại."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(
        request,
        403,
        _("Không có quyền"),
        _("Vai trò của bạn không cho phép việc này; nếu cần, hãy đề nghị quản trị của cơ quan giao vai trò."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose page was open too long."""
    return _error(
        request,
        403,
        _("Trang đã mở quá lâu"),
        _("Phiên làm việc đã đổi; hãy bấm Quay lại, chép phần đã gõ, tải lại trang rồi gửi lại."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(
        request, 404, _("Không tìm thấy"), _("Không có trang này, hoặc bạn không được xem; hãy kiểm tra lại địa chỉ.")
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: a request far past what any form takes; it is refused before it is read."""
    return _error(
        request,
        413,
        _("Gửi quá nhiều"),
        _("Mỗi tệp không quá 50 MB, mỗi lần gửi không quá 200 MB; hãy chia nhỏ rồi gửi lại."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, said so; without the frame, which asks the database and the rooms (one of them is at fault)."""
    return render(
        None,
        "foundation/fault.html",
        {  # type: ignore[arg-type]
            "title": _("Hệ thống gặp lỗi"),
            "text": _("Lỗi thuộc về hệ thống, dữ liệu không bị ghi dở; hãy thử lại, nếu còn lỗi hãy báo quản trị."),
        },
        status=500,
    )
