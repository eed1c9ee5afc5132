"""Users and their roles, the audit chain, background jobs, attachments."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.vocabulary import choices


class User(AbstractUser):
    """A person who signs in. Minimal data: a name to show and what sign-in needs."""

    full_name = models.CharField("họ và tên", max_length=120)
    password_is_temporary = models.BooleanField("mật khẩu dùng một lần", default=False)

    def __str__(self) -> str:
        return self.full_name or self.username


class Grant(models.Model):
    """A role held by a person for a unit and all units below it. One person may hold roles in several bodies."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField("vai trò", max_length=20, choices=choices(Role))
    unit = models.ForeignKey("apparatus.Unit", on_delete=models.PROTECT, related_name="grants")
    title = models.CharField("chức danh", max_length=120, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        ordering = ["user_id", "unit_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"], condition=Q(valid_to__isnull=True), name="grant_once_while_open"
            )
        ]


class AuditIsFixed(TypeError):
    """Somebody wrote code that changes or deletes a line of the audit."""


class AuditLines(models.QuerySet["AuditEntry"]):
    """Lines of the audit; they can be added and read."""

    def update(self, **_: Any) -> int:
        """Never."""
        raise AuditIsFixed("the audit can only grow")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AuditIsFixed("the audit can only grow")


class AuditEntry(models.Model):
    """One line of the hash chain: `hash` = SHA-256 over `prev_hash` and the canonical JSON of the other fields.

    Lines are added by `audit.append` only; the ORM and triggers of the database (`audit_guard`) refuse the rest.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditLines.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only the first time."""
        if not self._state.adding:
            raise AuditIsFixed("the audit can only grow")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AuditIsFixed("the audit can only grow")


class JobStatus(models.TextChoices):
    """States of a background job."""

    WAITING = "waiting", _("đang chờ")
    RUNNING = "running", _("đang chạy")
    DONE = "done", _("xong")
    FAILED = "failed", _("lỗi")


class Job(models.Model):
    """What a page shows of a background job; the engine's own state lives with the engine."""

    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message_vi = models.TextField(blank=True)
    message_en = models.TextField(blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)


class Attachment(models.Model):
    """A stored file; `sha256` proves that it is unchanged."""

    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="attachments/%Y/%m/")
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
