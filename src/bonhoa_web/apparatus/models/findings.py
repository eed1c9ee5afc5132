"""What the rules audit found in the stored map, and what was decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bonhoa.apparatus.audit.words import Decision, Grade, Rule
from bonhoa_web.foundation.vocabulary import choices


class Finding(models.Model):
    """A finding of the audit (`bonhoa.apparatus.audit.auditing.Finding`), kept under its stable key.

    Each run brings the period, the amounts and the words up to date; the decision stays, so that a decided one does not
    reopen. One that a run no longer finds is `gone` since then, and keeps its decision in case it comes back.
    """

    key = models.CharField("khóa", max_length=600, unique=True)
    rule = models.CharField("quy tắc", max_length=20, choices=choices(Rule), db_index=True)
    grade = models.CharField("mức", max_length=14, choices=choices(Grade))
    codes = models.JSONField("mã", default=list)
    valid_from = models.DateField("từ ngày", null=True)
    valid_to = models.DateField("đến trước ngày", null=True)
    value = models.IntegerField("đạt tới")
    bound = models.IntegerField("cho phép")
    evidence = models.JSONField("dòng làm căn cứ", default=list)
    vi = models.TextField()
    en = models.TextField()
    first_found = models.DateTimeField("thấy lần đầu", default=timezone.now, editable=False)
    last_found = models.DateTimeField("thấy lần cuối", default=timezone.now)
    gone = models.DateTimeField("không còn từ", null=True)
    decision = models.CharField("quyết định", max_length=10, choices=choices(Decision), blank=True)
    reason = models.TextField("lý do", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("quyết định lúc", null=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=Q(decision="") | ~Q(reason=""), name="finding_decided_with_a_reason")
        ]

    def __str__(self) -> str:
        return self.vi
