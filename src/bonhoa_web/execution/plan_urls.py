"""The addresses of plans under review."""

from bonhoa_web.execution import plan_pages as pages
from bonhoa_web.execution import plan_steps as steps
from bonhoa_web.execution.plan_compare_pages import compare
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.routing import SIGNED_IN, route

PREPARE = frozenset({Role.SPECIALIST, Role.LEADER})
LEAD = frozenset({Role.LEADER})

urlpatterns = [
    route("lap/<int:pk>/", pages.make_plan, name="execution-make-plan", who=PREPARE),
    route("ke-hoach/", pages.plans, name="execution-plans", who=SIGNED_IN),
    route("ke-hoach/<int:pk>/", pages.review, name="execution-review", who=SIGNED_IN),
    route("ke-hoach/<int:pk>/phan/<int:number>/", pages.part, name="execution-review-part", who=SIGNED_IN),
    route("ke-hoach/<int:pk>/so-sanh/", compare, name="execution-compare", who=SIGNED_IN),
    route("ke-hoach/<int:pk>/hang-loat/", steps.batch, name="execution-batch", who=PREPARE),
    route("ke-hoach/<int:pk>/mau-chuan/", steps.export_gold, name="execution-gold", who=PREPARE),
    route("ke-hoach/<int:pk>/them/", steps.add, name="execution-review-add", who=PREPARE),
    route("ke-hoach/<int:pk>/duyet/", steps.approve, name="execution-approve", who=LEAD),
    route("ke-hoach/<int:pk>/tra-lai/", steps.send_back, name="execution-send-back", who=LEAD),
    route("ke-hoach/<int:pk>/buoc/<slug:step>/", steps.plan_step, name="execution-review-step", who=PREPARE),
    route("dong/<int:pk>/", steps.edit, name="execution-row-edit", who=PREPARE),
    route("dong/<int:pk>/tach/", steps.split, name="execution-row-split", who=PREPARE),
    route("dong/<int:pk>/giai-quyet/", steps.resolve, name="execution-row-resolve", who=PREPARE),
    route("dong/<int:pk>/bo/", steps.drop, name="execution-row-drop", who=PREPARE),
    route("dong/<int:pk>/lay-lai/", steps.restore, name="execution-row-restore", who=PREPARE),
    route("dong/<int:pk>/dong-y/", steps.accept, name="execution-row-accept", who=PREPARE),
    route("dong/<int:pk>/gop/", steps.merge, name="execution-row-merge", who=PREPARE),
]
