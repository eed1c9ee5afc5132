"""Imports of the workbook: the file, how far it is, and what became (or would become) of each of its rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bonhoa_web.apparatus.models.units import Unit
from bonhoa_web.foundation.models import Attachment, Job


class ImportState(models.TextChoices):
    """Where an import stands."""

    READING = "reading", _("đang đọc")
    PREVIEW = "preview", _("xem trước, chưa ghi gì")
    WRITING = "writing", _("đang ghi")
    WRITTEN = "written", _("đã ghi")
    DROPPED = "dropped", _("đã bỏ")
    REFUSED = "refused", _("không đọc được")


class Verdict(models.TextChoices):
    """What becomes of a row."""

    ADDED = "added", _("thêm mới")
    CHANGED = "changed", _("thay dòng đã có")
    UNCHANGED = "unchanged", _("giữ nguyên")
    ASKED = "asked", _("cần trả lời")
    REFUSED = "refused", _("bị từ chối")


class SheetImport(models.Model):
    """One upload. The file is deleted once it is written or dropped: it holds what else is stored sealed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="nhập cho")
    name = models.CharField("tệp", max_length=255)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("trạng thái", max_length=10, choices=ImportState.choices, default=ImportState.READING)
    whole = models.BooleanField("ghi tất cả hoặc không ghi gì", default=True)
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """A row of the file: where it stands, its verdict, and why or what changes. `label` tells what the row is about
    (a code, never a person's name)."""

    of = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("thứ tự")
    sheet = models.CharField("trang", max_length=120)
    row = models.PositiveIntegerField("dòng")
    cell = models.CharField("ô", max_length=12, blank=True)
    label = models.CharField("mã", max_length=255, blank=True)
    verdict = models.CharField("kết quả", max_length=10, choices=Verdict.choices)
    message_vi = models.TextField(blank=True)
    message_en = models.TextField(blank=True)
    choices = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_line_once")]
        indexes = [models.Index(fields=["of", "verdict"], name="import_line_verdict")]
