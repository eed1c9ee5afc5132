"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "bonhoa_web.foundation"
    label = "foundation"
    verbose_name = "Nền tảng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand to the frame what stands in it everywhere, and guard the audit after every migration."""
        from django.db.models.signals import post_migrate

        from bonhoa_web.foundation import audit_guard, navigation
        from bonhoa_web.foundation.roles import Role

        navigation.register(navigation.Entry(10, _("Việc của tôi"), "foundation-home", "checklist"))
        navigation.register(
            navigation.Entry(90, _("Quản trị"), "foundation-users", "settings", frozenset({Role.ADMIN}))
        )
        post_migrate.connect(audit_guard.install, sender=self, dispatch_uid="audit_guard")
