"""The addresses of tasks and directives; `urls.py` of the room joins them with those of the review."""

from bonhoa_web.execution import task_pages as pages
from bonhoa_web.foundation.routing import SIGNED_IN, route

urlpatterns = [
    route("", pages.directive_list, name="execution-directives", who=SIGNED_IN),
    route("chi-dao/<int:pk>/", pages.directive_page, name="execution-directive", who=SIGNED_IN),
    route("nhiem-vu/", pages.task_list, name="execution-tasks", who=SIGNED_IN),
    route("nhiem-vu/<int:pk>/", pages.task_page, name="execution-task", who=SIGNED_IN),
    route("nhiem-vu/<int:pk>/moc/", pages.move_event, name="execution-task-event", who=SIGNED_IN),
    route("nhiem-vu/<int:pk>/<slug:act>/", pages.act_on_task, name="execution-task-act", who=SIGNED_IN),
]
