"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "bonhoa_web.foundation"
    label = "foundation"
    verbose_name = "Nền tảng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bonhoa_web.foundation import navigation
        from bonhoa_web.foundation.roles import Role

        navigation.register(navigation.Entry(10, _("Việc của tôi"), "foundation-home", "checklist"))
        navigation.register(
            navigation.Entry(90, _("Quản trị"), "foundation-users", "settings", frozenset({Role.ADMIN}))
        )
