"""Headers that every answer carries: only our own scripts, styles and pictures, no framing, no referrer."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from bonhoa_web.foundation import error_pages
from bonhoa_web.foundation.formats import whole_number

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost but one: also refusals and errors carry the headers."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: Vietnamese, unless the person has switched. What the browser prefers is not asked: officials often
    work on machines that were set up in English."""

    def answer(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def limit_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: one clear page for what no page of ours sends. Forms check each field and file.

    That is a request past `BONHOA_MAX_REQUEST` bytes or of a length that is no number, unparsed, and an address with
    the NUL character, which PostgreSQL cannot compare with any text.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = whole_number(request.META.get("CONTENT_LENGTH") or "0")
        if length is None:
            return error_pages.bad_request(request)
        if length > settings.BONHOA_MAX_REQUEST:
            return error_pages.too_large(request)
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            return error_pages.bad_request(request)
        return get_response(request)

    return answer
