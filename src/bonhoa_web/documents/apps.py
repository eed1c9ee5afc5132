"""The app of this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "bonhoa_web.documents"
    label = "documents"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"
