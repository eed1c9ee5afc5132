"""Units on the map. Thin for now: dated names, parents, heads and posts come with the apparatus issue."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from bonhoa.apparatus.model import CheckStatus, UnitKind, UnitLevel
from bonhoa_web.foundation.vocabulary import choices


class Unit(models.Model):
    """A body or an administrative unit with the period in which it exists ([valid_from, valid_to))."""

    code = models.CharField("mã", max_length=80, unique=True, help_text="mã riêng của hệ thống, không đổi")
    name = models.CharField("tên", max_length=255)
    short_name = models.CharField("tên tắt", max_length=80, blank=True)
    folded = models.CharField(max_length=400, db_index=True, help_text="tên đã bỏ dấu, để tìm")
    level = models.CharField("cấp", max_length=12, choices=choices(UnitLevel))
    kind = models.CharField("loại", max_length=30, choices=choices(UnitKind))
    official_code = models.CharField("mã của cơ quan thống kê", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="trực thuộc", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField("có từ", null=True, blank=True)
    valid_to = models.DateField("đến", null=True, blank=True)
    status = models.CharField(
        "kiểm chứng", max_length=12, choices=choices(CheckStatus), default=str(CheckStatus.UNVERIFIED)
    )
    source = models.CharField("nguồn", max_length=255, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
                name="unit_period_not_empty",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: dt.date) -> bool:
        """True if the unit exists on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def lineage_ids(self) -> list[int]:
        """The ids of this unit and of all above it, nearest first."""
        ids: list[int] = []
        unit: Unit | None = self
        while unit is not None and unit.pk not in ids:
            ids.append(unit.pk)
            unit = unit.parent
        return ids


class Succession(models.Model):
    """`old` passed (wholly or in part) into `new` on a day, by an act."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    on = models.DateField("ngày")
    basis = models.CharField("căn cứ", max_length=255, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="succession_once")]
