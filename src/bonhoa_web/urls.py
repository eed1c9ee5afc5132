"""All addresses of the system."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bonhoa_web.foundation.urls")),
    path("van-ban/", include("bonhoa_web.documents.urls")),
    path("bo-may/", include("bonhoa_web.apparatus.urls")),
    path("thuc-hien/", include("bonhoa_web.execution.urls")),
    path("bao-cao/", include("bonhoa_web.reports.urls")),
    path("tai-khoan/", include("allauth.urls")),
]

handler400 = "bonhoa_web.foundation.error_pages.bad_request"
handler403 = "bonhoa_web.foundation.error_pages.forbidden"
handler404 = "bonhoa_web.foundation.error_pages.not_found"
handler500 = "bonhoa_web.foundation.error_pages.server_error"
