"""Units: the identity that everything in the product points at, and its dated names, codes, parents and life."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from bonhoa.apparatus.model import CheckStatus, UnitKind, UnitLevel
from bonhoa.apparatus.vocabulary import CodeScheme, ParentRelation
from bonhoa_web.apparatus.dated import Dated, NoOverlap, Recorded
from bonhoa_web.foundation.vocabulary import choices


class Unit(models.Model):
    """A body or an administrative unit; only `code` names it for ever.

    The other columns are the values of today (of an ended unit the last ones, of one to come the first), derived from
    the dated rows by `bonhoa_web.apparatus.today` and written nowhere else; of another day ask `queries`.
    """

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


class UnitLife(Dated):
    """The unit exists, as a body of this level and kind."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lives")
    level = models.CharField("cấp", max_length=12, choices=choices(UnitLevel))
    kind = models.CharField("loại", max_length=30, choices=choices(UnitKind))

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, NoOverlap(name="one_life_of_a_unit", same=("unit",))]


class UnitName(Dated):
    """How the unit is called, in one language."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    language = models.CharField("ngôn ngữ", max_length=5, default="vi")
    name = models.CharField("tên", max_length=255)
    short_name = models.CharField("tên tắt", max_length=80, blank=True)
    folded = models.CharField(max_length=400, db_index=True, help_text="tên đã bỏ dấu, để tìm")

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, NoOverlap(name="one_name_of_a_unit", same=("unit", "language"))]


class UnitCode(Dated):
    """A code that an authority gave the unit; the same code may name another unit at another time."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField("hệ mã", max_length=12, choices=choices(CodeScheme))
    code = models.CharField("mã", max_length=40)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(name="code_names_one_unit", same=("code", "scheme")),
            NoOverlap(name="one_code_of_a_unit", same=("unit", "scheme")),
        ]
        indexes = [*Dated.Meta.indexes, models.Index(fields=["code", "scheme"], name="unitcode_by_code")]


class UnitParent(Dated):
    """The unit stands under another. The database refuses a circle of direct lines on any day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children_over_time")
    relation = models.CharField(
        "quan hệ", max_length=10, choices=choices(ParentRelation), default=str(ParentRelation.LINE)
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="unit_not_under_itself"),
            NoOverlap(name="one_line_parent", same=("unit",), where=("relation", str(ParentRelation.LINE))),
            NoOverlap(name="parent_once", same=("unit", "parent", "relation")),
        ]


class Succession(Recorded):
    """`old` passed into `new` on a day, wholly or in part (unknown: None); the line of the act is `provision`."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    on = models.DateField("ngày")
    whole = models.BooleanField("toàn bộ", null=True)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "on"], condition=Q(superseded_at__isnull=True), name="succession_once"
            )
        ]


class MapDay(models.Model):
    """The day for which the columns of `Unit` were derived last; one row."""

    day = models.DateField()
