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
        from bonhoa_web.foundation import navigation, search

        pre_migrate.connect(dated.remove, sender=self, dispatch_uid="dated_unguard")
        post_migrate.connect(dated.install, sender=self, dispatch_uid="dated_guard")
        request_started.connect(today.keep, dispatch_uid="today_keep")

        navigation.register(navigation.Entry(30, _("Bộ máy"), "apparatus-units", "sitemap"))
        search.register(find_units)


def find_units(user: Any, folded: str) -> Any:
    """Units for the search box of the frame, ended ones too (old names are asked for)."""
    from django.urls import reverse

    from bonhoa_web.apparatus import queries, today
    from bonhoa_web.apparatus.models import Unit
    from bonhoa_web.foundation.search import Hit

    found = queries.nearest_first(
        queries.by_words(Unit.objects.exclude(valid_from=today.NEVER).select_related("parent"), folded), folded
    )
    for unit in found[:15]:
        ended = " · " + gettext("đến %(day)s") % {"day": f"{unit.valid_to:%d/%m/%Y}"} if unit.valid_to else ""
        yield Hit(
            gettext("cơ quan, đơn vị"),
            unit.name,
            reverse("apparatus-unit", args=[unit.pk]),
            (unit.parent.name if unit.parent else "") + ended,
        )
