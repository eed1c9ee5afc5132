"""The addresses of this room."""

from bonhoa_web.execution import plan_urls, task_urls

urlpatterns = [*plan_urls.urlpatterns, *task_urls.urlpatterns]
