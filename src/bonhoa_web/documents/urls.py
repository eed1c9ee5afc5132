"""Addresses of the documents room."""

from bonhoa_web.documents import batch_pages, document_pages, pages
from bonhoa_web.documents.rights import IMPORTERS
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.routing import SIGNED_IN, route

urlpatterns = [
    route("", pages.documents, name="documents-list", who=SIGNED_IN),
    route("tai-len/", pages.upload, name="documents-upload", who=frozenset({Role.CLERK, Role.SPECIALIST, Role.LEADER})),
    route("nhap/", batch_pages.bring_in, name="documents-import", who=frozenset(IMPORTERS)),
    route("lan-nhap/", batch_pages.imports, name="documents-batches", who=frozenset(IMPORTERS)),
    route("lan-nhap/<int:pk>/", batch_pages.batch, name="documents-batch", who=frozenset(IMPORTERS)),
    route("lan-nhap/<int:pk>/giu/", batch_pages.keep_all, name="documents-batch-keep", who=frozenset(IMPORTERS)),
    route("<int:pk>/gan-giong/", pages.near, name="documents-alike", who=SIGNED_IN),
    route("<int:pk>/quan-he.svg", document_pages.graph, name="documents-graph", who=SIGNED_IN),
    route("<int:pk>/", document_pages.detail, name="documents-detail", who=SIGNED_IN),
    route(
        "<int:pk>/vao-so/",
        document_pages.register,
        name="documents-register",
        who=frozenset({Role.CLERK, Role.SPECIALIST}),
    ),
    route("<int:pk>/but-phe/", document_pages.note, name="documents-note", who=frozenset({Role.LEADER})),
    route(
        "<int:pk>/doc-lai/",
        document_pages.retry,
        name="documents-retry",
        who=frozenset({Role.CLERK, Role.SPECIALIST, Role.LEADER}),
    ),
]
