"""The app of this room."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "bonhoa_web.foundation"
    label = "foundation"
    verbose_name = "Nền tảng"
    default_auto_field = "django.db.models.BigAutoField"
