"""The app of this room."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "bonhoa_web.documents"
    label = "documents"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bonhoa_web.documents import actions, queries
        from bonhoa_web.foundation import attachments, jobs, mywork, navigation, search

        navigation.register(navigation.Entry(20, _("Văn bản"), "documents-list", "file"))
        jobs.register(actions.READ_JOB, actions.read_job)
        attachments.register_reader(queries.may_read_file)
        search.register(find_documents)
        mywork.register(20, waiting_documents)


def find_documents(user: Any, folded: str) -> Any:
    """Documents for the search box of the frame."""
    from django.urls import reverse

    from bonhoa_web.documents.queries import visible_documents
    from bonhoa_web.foundation.search import Hit

    found = visible_documents(user).select_related("file").defer("text", "content")
    for word in folded.split():
        found = found.filter(folded__contains=word)
    for document in found[:15]:
        yield Hit(gettext("văn bản"), str(document), reverse("documents-detail", args=[document.pk]), document.subject)


def waiting_documents(request: HttpRequest) -> Any:
    """What waits for the person in this room: to register (clerk), to note (leader), could not be read."""
    from bonhoa_web.documents.models import ReadingStatus
    from bonhoa_web.documents.queries import visible_documents
    from bonhoa_web.foundation.mywork import Section
    from bonhoa_web.foundation.rights import units_of
    from bonhoa_web.foundation.roles import Role

    seen = visible_documents(request.user).select_related("file").defer("text", "content", "folded")
    groups = []
    if clerk := units_of(request.user, Role.CLERK):
        groups.append((gettext("chờ vào sổ"), seen.filter(receiver__in=clerk, arrival_number__isnull=True)))
    if leader := units_of(request.user, Role.LEADER):
        groups.append((gettext("chờ bút phê"), seen.filter(receiver__in=leader, notes__isnull=True, plan__isnull=True)))
    groups.append((gettext("không đọc được"), seen.filter(status=ReadingStatus.FAILED)))
    rows = [(what, d) for what, found in groups for d in found[:10]]
    return (
        Section(gettext("Văn bản chờ xử lý"), "documents/my_documents.html", len(rows), {"rows": rows})
        if rows
        else None
    )
