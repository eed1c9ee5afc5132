"""The app of this room."""

from django.apps import AppConfig


class ApparatusConfig(AppConfig):
    name = "bonhoa_web.apparatus"
    label = "apparatus"
    verbose_name = "Bộ máy"
    default_auto_field = "django.db.models.BigAutoField"
