"""The app of this room."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ApparatusConfig(AppConfig):
    name = "bonhoa_web.apparatus"
    label = "apparatus"
    verbose_name = "Bộ máy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.signals import request_started
        from django.db.models.signals import post_migrate, pre_migrate

        from bonhoa_web.apparatus import dated, today
        from bonhoa_web.apparatus.workbook import actions as workbook
        from bonhoa_web.foundation import jobs, navigation, search

        pre_migrate.connect(dated.remove, sender=self, dispatch_uid="dated_unguard")
        post_migrate.connect(dated.install, sender=self, dispatch_uid="dated_guard")
        request_started.connect(today.keep, dispatch_uid="today_keep")

        navigation.register(navigation.Entry(30, _("Bộ máy"), "apparatus-units", "sitemap"))
        search.register(find_units)
        jobs.register(workbook.READ_JOB, workbook.read_job)
        jobs.register(workbook.WRITE_JOB, workbook.write_job)


def find_units(user: Any, folded: Any) -> Any:
    """Units for the search box of the frame, by every name that they bear or bore: an old one says whose it is now."""
    from django.urls import reverse
    from django.utils import timezone

    from bonhoa_web.apparatus import map_queries, old_names
    from bonhoa_web.foundation.search import Hit

    on = timezone.localdate()
    for found in old_names.told(map_queries.search_over_time(folded, on, limit=15), on):
        above = found.unit.parent.name if found.unit.parent else ""
        yield Hit(
            gettext("cơ quan, đơn vị"),
            found.name,
            reverse("apparatus-unit", args=[found.unit.pk]),
            " · ".join(part for part in (above, found.words) if part),
        )
