"""The addresses of the reports."""

from bonhoa_web.foundation.routing import SIGNED_IN, route
from bonhoa_web.reports import pages

urlpatterns = [
    route("", pages.progress, name="reports-progress", who=SIGNED_IN),
    route("so-van-ban-den/", pages.incoming, name="reports-incoming", who=SIGNED_IN),
]
