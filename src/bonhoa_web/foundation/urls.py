"""Addresses of the frame."""

from bonhoa_web.foundation import pages
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.routing import PUBLIC, SIGNED_IN, route

ADMIN = frozenset({Role.ADMIN})

# Accounts are made by administrators and there is no e-mail: what allauth has for that leads to a page that says so.
CLOSED = ["signup", "email", "confirm-email", "password/reset", "login/code"]

urlpatterns = [
    route("", pages.home, name="foundation-home", who=SIGNED_IN),
    route("tim/", pages.find, name="foundation-search", who=SIGNED_IN),
    route("ngon-ngu/", pages.set_language, name="foundation-language", who=PUBLIC),
    route("tep/<int:pk>/", pages.attachment, name="foundation-attachment", who=SIGNED_IN),
    route("viec-nen/<int:pk>/", pages.job, name="foundation-job", who=SIGNED_IN),
    route("quan-tri/", pages.users, name="foundation-users", who=ADMIN),
    route("quan-tri/them/", pages.user_new, name="foundation-user-new", who=ADMIN),
    route("quan-tri/<int:pk>/", pages.user, name="foundation-user", who=ADMIN),
    route("quan-tri/vai-tro/<int:pk>/ket-thuc/", pages.grant_end, name="foundation-grant-end", who=ADMIN),
    route("quan-tri/<int:pk>/mat-khau/", pages.password_reset, name="foundation-user-password", who=ADMIN),
    route("quan-tri/viec-nen/", pages.jobs, name="foundation-jobs", who=ADMIN),
    route("quan-tri/nhat-ky/", pages.audit_log, name="foundation-audit", who=ADMIN),
    route("quan-tri/nhat-ky/kiem-tra/", pages.audit_verify, name="foundation-audit-verify", who=ADMIN),
]
for part in CLOSED:
    name = f"foundation-closed-{part.replace('/', '-')}"
    page = pages.forgotten if part == "password/reset" else pages.closed
    urlpatterns.append(route(f"tai-khoan/{part}/", page, name=name, who=PUBLIC))
    urlpatterns.append(route(f"tai-khoan/{part}/<path:rest>", page, name=f"{name}-rest", who=PUBLIC))
