"""Addresses of the documents room."""

from bonhoa_web.documents import pages
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.routing import SIGNED_IN, route

urlpatterns = [
    route("", pages.documents, name="documents-list", who=SIGNED_IN),
    route("tai-len/", pages.upload, name="documents-upload", who=frozenset({Role.CLERK, Role.SPECIALIST, Role.LEADER})),
    route("<int:pk>/", pages.detail, name="documents-detail", who=SIGNED_IN),
    route("<int:pk>/vao-so/", pages.register, name="documents-register", who=frozenset({Role.CLERK, Role.SPECIALIST})),
    route("<int:pk>/but-phe/", pages.note, name="documents-note", who=frozenset({Role.LEADER})),
    route(
        "<int:pk>/doc-lai/",
        pages.retry,
        name="documents-retry",
        who=frozenset({Role.CLERK, Role.SPECIALIST, Role.LEADER}),
    ),
]
