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
        from django.db.models.signals import post_migrate

        from bonhoa_web.documents import actions, batches, queries
        from bonhoa_web.foundation import attachments, jobs, mywork, navigation, search

        navigation.register(navigation.Entry(20, _("Văn bản"), "documents-list", "file"))
        jobs.register(actions.READ_JOB, actions.read_job)
        jobs.register(batches.IMPORT_JOB, batches.read_job)
        post_migrate.connect(queries.WORDS.install, sender=self, dispatch_uid="documents_words")
        attachments.register_reader(queries.may_read_file)
        search.register(find_documents)
        mywork.register(20, waiting_documents)


def find_documents(user: Any, folded: str) -> Any:
    """Documents for the search box of the frame."""
    from django.urls import reverse

    from bonhoa_web.documents.queries import WORDS, library
    from bonhoa_web.foundation.fulltext import snippet
    from bonhoa_web.foundation.search import Hit

    found = WORDS.search(library(user).select_related("file").defer("folded", "content", "sketch"), folded.typed)
    for document in found[:15]:
        address = reverse("documents-detail", args=[document.pk])
        context = snippet(document.subject, folded.typed) or snippet(document.text, folded.typed) or document.subject
        yield Hit(gettext("văn bản"), str(document), address, context)


def waiting_documents(request: HttpRequest) -> Any:
    """What waits for the person in this room: to register (clerk), to note (leader), to plan (specialist), could not be
    read."""
    from bonhoa_web.documents import rights
    from bonhoa_web.documents.models import ReadingStatus
    from bonhoa_web.documents.queries import HEAVY, visible_documents, waiting_for_plan
    from bonhoa_web.foundation.mywork import Section
    from bonhoa_web.foundation.rights import units_of
    from bonhoa_web.foundation.roles import Role

    seen = visible_documents(request.user).select_related("file").defer(*HEAVY)
    groups = []
    if clerk := units_of(request.user, Role.CLERK):
        groups.append(
            (
                gettext("chờ vào sổ"),
                seen.filter(receiver__in=clerk, arrival_number__isnull=True).exclude(status=ReadingStatus.HELD),
            )
        )
    if leader := units_of(request.user, Role.LEADER):
        groups.append(
            (
                gettext("chờ bút phê"),
                seen.filter(receiver__in=leader, notes__isnull=True, plan__isnull=True).exclude(
                    status=ReadingStatus.HELD
                ),
            )
        )
    if preparers := units_of(request.user, Role.SPECIALIST):
        groups.append((gettext("chờ lập bảng phân công"), waiting_for_plan(seen.filter(receiver__in=preparers))))
    if deciders := units_of(request.user, *rights.UPLOADERS, *rights.IMPORTERS):
        held = seen.filter(receiver__in=deciders, status=ReadingStatus.HELD)
        groups.append((gettext("gần giống văn bản đã có, chờ quyết định"), held))
    groups.append((gettext("không đọc được"), seen.filter(status=ReadingStatus.FAILED)))
    rows = [(what, d) for what, found in groups for d in found[:10]]
    return (
        Section(gettext("Văn bản chờ xử lý"), "documents/my_documents.html", len(rows), {"rows": rows})
        if rows
        else None
    )
