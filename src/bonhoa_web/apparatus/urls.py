"""Addresses of the apparatus."""

from bonhoa_web.apparatus import pages
from bonhoa_web.foundation.routing import SIGNED_IN, route

urlpatterns = [
    route("", pages.units, name="apparatus-units", who=SIGNED_IN),
    route("goi-y/", pages.suggest, name="apparatus-suggest", who=SIGNED_IN),
    route("<int:pk>/", pages.unit, name="apparatus-unit", who=SIGNED_IN),
]
