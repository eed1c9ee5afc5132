"""The app of this room."""

from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    name = "bonhoa_web.execution"
    label = "execution"
    verbose_name = "Thực hiện"
    default_auto_field = "django.db.models.BigAutoField"
