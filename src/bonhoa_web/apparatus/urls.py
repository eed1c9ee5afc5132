"""Addresses of the apparatus."""

from bonhoa_web.apparatus import (
    chart_pages,
    pages,
    people_pages,
    position_pages,
    similar_pages,
    staffing_pages,
    unit_pages,
)
from bonhoa_web.apparatus.rights import KEEPERS, SEE_PEOPLE
from bonhoa_web.apparatus.workbook import pages as workbook
from bonhoa_web.foundation.routing import SIGNED_IN, route

urlpatterns = [
    route("", pages.units, name="apparatus-units", who=SIGNED_IN),
    route("goi-y/", pages.suggest, name="apparatus-suggest", who=SIGNED_IN),
    route("so-do/", chart_pages.show, name="apparatus-chart", who=SIGNED_IN),
    route("so-do/nhanh/<int:pk>/", chart_pages.branch, name="apparatus-branch", who=SIGNED_IN),
    route("so-do/ban-ve/", chart_pages.drawing, name="apparatus-drawing", who=SIGNED_IN),
    route("nguoi/", people_pages.people, name="apparatus-people", who=SEE_PEOPLE),
    route("nguoi/them/", people_pages.new_person, name="apparatus-person-new", who=KEEPERS),
    route("nguoi/<int:pk>/", people_pages.person, name="apparatus-person", who=SIGNED_IN),
    route("nhiem-vu/tuong-tu/", similar_pages.similar_mandates, name="apparatus-similar", who=SIGNED_IN),
    route("vi-tri/", position_pages.positions, name="apparatus-positions", who=SIGNED_IN),
    route("vi-tri/<int:pk>/mo-ta.docx", position_pages.description, name="apparatus-description", who=SIGNED_IN),
    route("bang/", workbook.book, name="apparatus-book", who=SIGNED_IN),
    route("nhap/", workbook.imports, name="apparatus-imports", who=KEEPERS),
    route("nhap/<int:pk>/", workbook.preview, name="apparatus-import", who=KEEPERS),
    route("nhap/<int:pk>/ghi/", workbook.decide, name="apparatus-import-decide", who=KEEPERS),
    route("<int:pk>/", unit_pages.unit, name="apparatus-unit", who=SIGNED_IN),
    route("<int:pk>/nguoi-dung-dau/", staffing_pages.head, name="apparatus-head", who=KEEPERS),
    route("<int:pk>/them/<slug:kind>/", staffing_pages.new_row, name="apparatus-row-new", who=KEEPERS),
    route("sua/<slug:kind>/<int:pk>/", staffing_pages.row, name="apparatus-row", who=KEEPERS),
]
