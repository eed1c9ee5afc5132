"""The app of this room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "bonhoa_web.reports"
    label = "reports"
    verbose_name = "Báo cáo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand to the frame what this room adds to it."""
        from django.utils.translation import gettext_lazy as _

        from bonhoa_web.foundation import navigation

        navigation.register(navigation.Entry(60, _("Báo cáo"), "reports-progress", "report"))
