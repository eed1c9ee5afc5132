"""The addresses of this room."""

from bonhoa_web.execution import task_urls

urlpatterns = [*task_urls.urlpatterns]
