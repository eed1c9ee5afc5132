"""Incoming documents: as registered, as read, what they cite, how they were imported, the leader's notes on them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonhoa.common.folding import fold
from bonhoa.documents.model import RelationKind
from bonhoa_web.foundation.models import Attachment, Job
from bonhoa_web.foundation.vocabulary import choices


class ReadingStatus(models.TextChoices):
    """How far the reading of a document is."""

    WAITING = "waiting", _("chờ đọc")
    READING = "reading", _("đang đọc")
    READ = "read", _("đã đọc")
    FAILED = "failed", _("không đọc được")
    HELD = "held", _("chờ quyết định: gần giống văn bản đã có")


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
    head = models.TextField(blank=True, help_text="thông tin chung trong một dòng, để tìm")
    folded_head = models.TextField(blank=True, help_text="thông tin chung, bỏ dấu, để tìm")
    key = models.CharField(max_length=200, blank=True, db_index=True, help_text="khóa của văn bản trong kho, để nối")
    effective_on = models.DateField("có hiệu lực từ", null=True, blank=True)
    expires_on = models.DateField("hết hiệu lực từ, theo chính văn bản", null=True, blank=True)
    ended_on = models.DateField("hết hiệu lực từ, theo văn bản khác", null=True, blank=True)
    sketch = models.BinaryField(null=True, help_text="bonhoa.documents.near_duplicates.Sketch")
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is searched of the data follows the data."""
        head = " ".join(x for x in (self.type, self.number, self.issuer, self.signer, self.subject) if x)
        if head != self.head:
            self.head, self.folded_head = head, fold(head)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "head", "folded_head"}
        super().save(*args, **kwargs)


class Band(models.Model):
    """A band of a document's sketch: texts that share one are worth comparing."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="bands")
    key = models.BigIntegerField(db_index=True)


class Link(models.Model):
    """A citation as a row: what `document` does, at `start`..`end` of its text, to the act `key`.

    The act is joined by its key: to the documents here that have it (each receiver may have its own copy), and to the
    register of acts.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="links")
    ordinal = models.PositiveIntegerField(help_text="số thứ tự trong Document.citations")
    relation = models.CharField("quan hệ", max_length=12, choices=choices(RelationKind))
    key = models.CharField(max_length=200, blank=True, db_index=True, help_text="trống: chưa rõ văn bản nào")
    kind = models.CharField("loại", max_length=80, blank=True)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True, db_index=True)
    date = models.DateField("ngày ban hành", null=True)
    name = models.CharField("tên", max_length=400, blank=True)
    provision = models.CharField("điều khoản", max_length=400, blank=True)
    place = models.CharField("tại", max_length=200, blank=True, help_text="nơi dẫn trong văn bản: dieu-5/khoan-2")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    effective = models.DateField(null=True, help_text="ngày văn bản được dẫn hết hiệu lực, nếu nó bị thay thế, bãi bỏ")

    class Meta:
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="link_once_per_citation")]


class Outcome(models.TextChoices):
    """What became of a file that was to be imported."""

    IMPORTED = "imported", _("đã nhập")
    HELD = "held", _("chờ quyết định")
    PRESENT = "present", _("đã có")
    REFUSED = "refused", _("bị từ chối")


class Batch(models.Model):
    """An import of many files at once."""

    receiver = models.ForeignKey("apparatus.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("nguồn", max_length=255)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, help_text="trống: còn đang nhận tệp, hoặc bị ngắt giữa chừng")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.source


class BatchItem(models.Model):
    """One file of an import. Of a document with a secrecy mark only its place and the reason are kept."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveIntegerField("thứ tự")
    name = models.CharField("tệp", max_length=400, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome.choices)
    code = models.CharField(max_length=40, blank=True)
    reason_vi = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["batch_id", "place"]
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="batch_item_once")]


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
    wants_plan = models.BooleanField("cần lập bảng phân công", default=True)

    class Meta:
        ordering = ["-at", "-pk"]
