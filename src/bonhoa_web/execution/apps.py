"""The app of this room."""

from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    name = "bonhoa_web.execution"
    label = "execution"
    verbose_name = "Thực hiện"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand to the frame what this room adds to it."""
        from django.utils.translation import gettext_lazy as _

        from bonhoa_web.documents.queries import register_widening
        from bonhoa_web.execution import hanging as own
        from bonhoa_web.execution import plan_home, plan_queries, task_home, task_queries
        from bonhoa_web.foundation import attachments, hanging, mywork, navigation, search

        navigation.register(navigation.Entry(50, _("Thực hiện"), "execution-directives", "list-check"))
        mywork.register(10, plan_home.section)
        mywork.register(20, task_home.section)
        search.register(task_home.find)
        register_widening(plan_queries.documents_behind_tasks)
        hanging.register(own.TASKS)
        attachments.register_reader(task_queries.may_read_evidence)
