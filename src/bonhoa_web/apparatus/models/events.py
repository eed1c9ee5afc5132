"""Change events: what happened (or is drafted to happen) to units on a day, by which act; and plans of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bonhoa.apparatus.vocabulary import EventKind, EventState
from bonhoa_web.foundation.vocabulary import choices


class Reorganisation(models.Model):
    """A plan of changes: draft events over the map of a base day, drawn, checked and compared before it is decided."""

    name = models.CharField("tên phương án", max_length=255)
    base = models.DateField("tính trên bộ máy ngày")
    note = models.TextField("ghi chú", blank=True)
    unit = models.ForeignKey("apparatus.Unit", on_delete=models.PROTECT, related_name="reorganisations")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class ChangeEvent(models.Model):
    """One change on one day. `change` is the library's `Change` (bonhoa.apparatus.changes) as JSON: what exactly.

    `outcome`, written when it is applied: {"ended", "begun": unit codes, "moved": [{what, key, source, to, reason}],
    "withdrawn": {model: ids of the rows that stopped counting},
    "unhung": {what: what other rooms removed for it}}; with the rows that point at the event, all that a
    reversal needs.

    A draft may be edited; an applied event is fixed, and undone by an event of kind REVERSAL that points at it.
    """

    kind = models.CharField("loại", max_length=12, choices=choices(EventKind))
    state = models.CharField("trạng thái", max_length=10, choices=choices(EventState), default=str(EventState.DRAFT))
    effective = models.DateField("hiệu lực từ")
    act = models.CharField("căn cứ", max_length=255)
    provision = models.TextField("điều khoản", blank=True)
    note = models.TextField("ghi chú", blank=True)
    change = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict, editable=False)
    plan = models.ForeignKey(
        Reorganisation, null=True, blank=True, on_delete=models.PROTECT, related_name="events", verbose_name="phương án"
    )
    order = models.PositiveIntegerField("thứ tự", default=0)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by", verbose_name="hủy"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["effective", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=str(EventState.DRAFT)) | Q(applied_at__isnull=False), name="event_applied_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.effective:%d/%m/%Y}, {self.act}"


class EventUnit(models.Model):
    """A unit's part in an event: it goes in, comes out, or both (it goes on changed)."""

    event = models.ForeignKey(ChangeEvent, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey("apparatus.Unit", on_delete=models.PROTECT, related_name="events")
    goes_in = models.BooleanField("trước thay đổi")
    comes_out = models.BooleanField("sau thay đổi")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="event_unit_once"),
            models.CheckConstraint(condition=Q(goes_in=True) | Q(comes_out=True), name="event_unit_takes_part"),
        ]
