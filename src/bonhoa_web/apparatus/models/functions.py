"""Functions (standing duties, independent of who holds them) and mandates (who holds them where, in which role)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bonhoa.apparatus.vocabulary import MandateRole
from bonhoa_web.apparatus.dated import Dated, NoOverlap
from bonhoa_web.apparatus.models.units import Unit
from bonhoa_web.foundation.vocabulary import choices


class Function(models.Model):
    """A standing duty. What it says is in its versions."""

    code = models.CharField("mã", max_length=80, unique=True)

    def __str__(self) -> str:
        return self.code


class FunctionVersion(Dated):
    """The wording of a function in a period, whole and in parts (action, object, field)."""

    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="versions")
    statement = models.TextField("chức năng, nhiệm vụ")
    folded = models.TextField(help_text="lời văn đã bỏ dấu, để tìm")
    action = models.CharField("hành động", max_length=120, blank=True)
    object = models.CharField("đối tượng", max_length=255, blank=True)
    field = models.CharField("lĩnh vực", max_length=120, blank=True)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, NoOverlap(name="one_wording_of_a_function", same=("function",))]


class Mandate(Dated):
    """`unit` holds `function` in the place `scope` (empty: the whole country). R1: one lead per function and place."""

    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="mandates")
    scope = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates_inside", verbose_name="địa bàn"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mandates", verbose_name="cơ quan, đơn vị")
    role = models.CharField("vai trò", max_length=12, choices=choices(MandateRole))

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(
                name="one_lead_per_function",
                same=("function",),
                same_or_empty=("scope",),
                where=("role", str(MandateRole.LEAD)),
            ),
            NoOverlap(name="one_role_in_a_function", same=("function", "unit"), same_or_empty=("scope",)),
        ]
        indexes = [
            *Dated.Meta.indexes,
            models.Index(fields=["unit", "valid_from"], condition=Q(superseded_at=None), name="mandate_of_unit"),
        ]
