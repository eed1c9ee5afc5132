"""Incoming documents: as registered, as read, and the leader's notes on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonhoa_web.foundation.models import Attachment, Job


class ReadingStatus(models.TextChoices):
    """How far the reading of a document is."""

    WAITING = "waiting", _("chờ đọc")
    READING = "reading", _("đang đọc")
    READ = "read", _("đã đọc")
    FAILED = "failed", _("không đọc được")


class Document(models.Model):
    """A document in the register of `receiver`: the data of NĐ 30/2020 Phụ lục VI, and what reading found."""

    receiver = models.ForeignKey(
        "apparatus.Unit", verbose_name="cơ quan nhận", on_delete=models.PROTECT, related_name="documents"
    )
    file = models.ForeignKey(Attachment, verbose_name="tệp", on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        Attachment, verbose_name="bản quét", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    type = models.CharField("loại", max_length=80, blank=True)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=255, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    subject = models.TextField("trích yếu", blank=True)
    identity = models.CharField(
        max_length=400, blank=True, help_text="số + cơ quan + ngày, gập chữ; để nhận ra bản trùng"
    )
    arrival_year = models.PositiveSmallIntegerField("năm đến")
    arrival_number = models.PositiveIntegerField("số đến", null=True, blank=True)
    arrived_on = models.DateField("ngày đến", null=True, blank=True)
    due_on = models.DateField("hạn giải quyết", null=True, blank=True)
    reply_number = models.CharField("số, ký hiệu văn bản trả lời", max_length=80, blank=True)
    remark = models.TextField("ghi chú", blank=True)
    status = models.CharField(
        "trạng thái đọc", max_length=10, choices=ReadingStatus.choices, default=ReadingStatus.WAITING
    )
    error_vi = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True, help_text="bỏ dấu, để tìm")
    content = models.JSONField(null=True, help_text="bonhoa.documents.Document.to_json()")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["receiver", "identity"], condition=~Q(identity=""), name="document_once_per_receiver"
            ),
            models.UniqueConstraint(
                fields=["receiver", "arrival_year", "arrival_number"],
                condition=Q(arrival_number__isnull=False),
                name="arrival_number_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(x for x in (self.type, self.number) if x) or self.file.name


class LeaderNote(models.Model):
    """Bút phê: who leads, who cooperates, until when (NĐ 30/2020 Điều 23)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lead = models.ForeignKey(
        "apparatus.Unit", verbose_name="đơn vị chủ trì", on_delete=models.PROTECT, related_name="+"
    )
    cooperating = models.ManyToManyField("apparatus.Unit", verbose_name="đơn vị phối hợp", related_name="+", blank=True)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    text = models.TextField("ý kiến chỉ đạo", blank=True)

    class Meta:
        ordering = ["-at"]
