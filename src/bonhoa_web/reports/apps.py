"""The app of this room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "bonhoa_web.reports"
    label = "reports"
    verbose_name = "Báo cáo"
    default_auto_field = "django.db.models.BigAutoField"
