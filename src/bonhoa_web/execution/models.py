"""Plans under review and the tasks they become."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonhoa.execution.model import Recurrence
from bonhoa.execution.progress import State
from bonhoa_web.foundation.models import Attachment
from bonhoa_web.foundation.vocabulary import choices

USER = settings.AUTH_USER_MODEL


class PlanState(models.TextChoices):
    """A plan is prepared, submitted to a leader, and approved (then its tasks exist) or sent back."""

    DRAFT = "draft", _("đang soạn")
    SUBMITTED = "submitted", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")


class ApprovalKind(models.TextChoices):
    """Who approved: one leader, or a collective in a meeting (thay mặt ban thường vụ …)."""

    LEADER = "leader", _("lãnh đạo duyệt")
    COLLECTIVE = "collective", _("tập thể quyết định")


class Plan(models.Model):
    """The plan made from a document (bảng phân công nhiệm vụ). After approval it is the directive's page."""

    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="plan")
    unit = models.ForeignKey(
        "apparatus.Unit", verbose_name="cơ quan theo dõi", on_delete=models.PROTECT, related_name="plans"
    )
    on = models.DateField("ngày tra cứu bộ máy")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    prepared_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    returned_note = models.TextField("ý kiến trả lại", blank=True)
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approval_kind = models.CharField(max_length=12, choices=ApprovalKind.choices, blank=True)
    meeting_body = models.CharField("tập thể quyết định", max_length=255, blank=True)
    meeting_on = models.DateField("ngày họp", null=True, blank=True)
    minutes_number = models.CharField("số biên bản", max_length=80, blank=True)


class Event(models.Model):
    """A dated record (a plenum, a session) to which deadlines are tied; its date may come later."""

    name = models.CharField("sự kiện", max_length=255)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")
    on = models.DateField("ngày", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="event_once_per_plan")]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A row of the plan under review. `start`/`end` locate the words in `plan.document.text`."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="drafts")
    order = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    title = models.TextField("nhiệm vụ")
    lead_names = models.JSONField(default=list)
    coordinate_names = models.JSONField(default=list)
    lead = models.ForeignKey("apparatus.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.CharField("chức danh", max_length=120, blank=True)
    cooperating = models.ManyToManyField("apparatus.Unit", blank=True, related_name="+")
    leader = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    monitor = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deadline_text = models.CharField("thời hạn (nguyên văn)", max_length=400, blank=True)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    recurrence = models.CharField(max_length=12, choices=choices(Recurrence), blank=True)
    event = models.CharField("mốc", max_length=255, blank=True)
    deliverable = models.TextField("sản phẩm", blank=True)
    problems = models.JSONField(default=list)
    suggestions = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)
    confidences = models.JSONField(default=dict)  # field → 0..1, where the reading says it per field
    reading = models.JSONField(default=dict)  # the row as it was read: what corrections are measured against
    overlaps = models.JSONField(default=list)  # tasks of other directives that ask for the same work
    reviewed = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)
    note = models.TextField("lý do", blank=True, help_text="vì sao thêm hoặc bỏ")
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "id"]


class ChangeKind(models.TextChoices):
    """What a step of the review did; the corrections among them are what the reading can learn from."""

    EDIT = "edit", _("sửa dòng")
    RESOLVE = "resolve", _("xử lý vấn đề")
    BATCH = "batch", _("xử lý hàng loạt")
    ADD = "add", _("thêm dòng")
    DROP = "drop", _("bỏ dòng")
    RESTORE = "restore", _("lấy lại dòng")
    ACCEPT = "accept", _("đồng ý")
    MERGE = "merge", _("gộp dòng")
    SPLIT = "split", _("tách dòng")


class PlanChange(models.Model):
    """One step of editing: the rows it touched before and after, so that it can be undone, and for each row that it
    corrected the words of the document with every field from → to."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices, default=ChangeKind.EDIT)
    label = models.CharField(max_length=120)
    words = models.JSONField(default=list)
    before = models.JSONField()
    after = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]


class Task(models.Model):
    """Work given by a document. Exactly one accountable body: `lead`, never null, never two."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    draft = models.OneToOneField(Draft, null=True, on_delete=models.PROTECT, related_name="task")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, db_index=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    title = models.TextField("nhiệm vụ")
    folded = models.TextField()
    lead = models.ForeignKey(
        "apparatus.Unit", verbose_name="cơ quan chủ trì", on_delete=models.PROTECT, related_name="tasks"
    )
    office = models.CharField("chức danh", max_length=120, blank=True)
    assignee = models.ForeignKey(
        USER, verbose_name="người thực hiện", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    leader = models.ForeignKey(
        USER, verbose_name="lãnh đạo phụ trách", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    monitor = models.ForeignKey(
        USER, verbose_name="chuyên viên theo dõi", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deadline_text = models.CharField(max_length=400, blank=True)
    due_original = models.DateField("thời hạn gốc", null=True, blank=True)
    due_current = models.DateField("thời hạn", null=True, blank=True)
    recurrence = models.CharField(max_length=12, choices=choices(Recurrence), blank=True)
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    deliverable = models.TextField("sản phẩm", blank=True)
    state = models.CharField(max_length=12, choices=choices(State), default=str(State.NEW))
    assigned_on = models.DateField("ngày giao")
    received_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    declined_reason = models.TextField("lý do chuyển trả", blank=True)

    class Meta:
        ordering = ["plan_id", "path"]
        indexes = [models.Index(fields=["lead", "state"]), models.Index(fields=["due_current"])]

    def __str__(self) -> str:
        return self.title

    def limit_words(self) -> str:
        """A limit that is no day: its event, else its printed words, else how often it comes back."""
        return str(self.event or "") or self.deadline_text or str(self.get_recurrence_display())

    def cooperating_names(self) -> list[str]:
        """The bodies that cooperate, then the printed names that are no body of the register (groups, others)."""
        printed = self.draft.coordinate_names if self.draft is not None else []
        return [*(str(c.unit) for c in self.cooperations.all()), *printed]


class Cooperation(models.Model):
    """A cooperating body of a task; the actions see to it that it is never the lead."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="cooperations")
    unit = models.ForeignKey("apparatus.Unit", on_delete=models.PROTECT, related_name="cooperations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="cooperation_once")]


class ReportOutcome(models.TextChoices):
    """What the issuer decided about a report."""

    PENDING = "pending", _("chờ xác nhận")
    VERIFIED = "verified", _("đã xác nhận")
    REWORK = "rework", _("yêu cầu thực hiện lại")


class Report(models.Model):
    """A unit's report on a task. A completion report waits for the issuer's verification."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField("kết quả thực hiện")
    percent = models.PositiveSmallIntegerField("tự đánh giá, %", null=True, blank=True)
    completes = models.BooleanField("báo cáo hoàn thành", default=False)
    evidence = models.ManyToManyField(Attachment, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=ReportOutcome.choices, default=ReportOutcome.PENDING)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="report_percent_max_100"
            )
        ]


class Comment(models.Model):
    """A remark on a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField("trao đổi")

    class Meta:
        ordering = ["id"]
