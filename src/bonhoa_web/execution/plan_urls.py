"""The addresses of plans under review."""

from bonhoa_web.execution import plan_pages as pages
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.routing import SIGNED_IN, route

PREPARE = frozenset({Role.SPECIALIST, Role.LEADER})
LEAD = frozenset({Role.LEADER})

urlpatterns = [
    route("lap/<int:pk>/", pages.make_plan, name="execution-make-plan", who=PREPARE),
    route("ke-hoach/", pages.plans, name="execution-plans", who=SIGNED_IN),
    route("ke-hoach/<int:pk>/", pages.review, name="execution-review", who=SIGNED_IN),
    route("ke-hoach/<int:pk>/them/", pages.add, name="execution-review-add", who=PREPARE),
    route("ke-hoach/<int:pk>/duyet/", pages.approve, name="execution-approve", who=LEAD),
    route("ke-hoach/<int:pk>/tra-lai/", pages.send_back, name="execution-send-back", who=LEAD),
    route("ke-hoach/<int:pk>/buoc/<slug:step>/", pages.plan_step, name="execution-review-step", who=PREPARE),
    route("dong/<int:pk>/", pages.edit, name="execution-row-edit", who=PREPARE),
    route("dong/<int:pk>/giai-quyet/", pages.resolve, name="execution-row-resolve", who=PREPARE),
    route("dong/<int:pk>/bo/", pages.drop, name="execution-row-drop", who=PREPARE),
    route("dong/<int:pk>/lay-lai/", pages.restore, name="execution-row-restore", who=PREPARE),
    route("dong/<int:pk>/dong-y/", pages.accept, name="execution-row-accept", who=PREPARE),
    route("dong/<int:pk>/gop/", pages.merge, name="execution-row-merge", who=PREPARE),
]
