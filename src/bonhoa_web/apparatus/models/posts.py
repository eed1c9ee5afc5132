"""Job positions with their descriptions, and the numbered posts through which they are filled."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from bonhoa.apparatus.positions import PositionDescription
from bonhoa.apparatus.vocabulary import PositionGroup
from bonhoa_web.apparatus.dated import Dated, NoOverlap
from bonhoa_web.apparatus.models.functions import Function
from bonhoa_web.apparatus.models.units import Unit
from bonhoa_web.foundation.vocabulary import choices


class JobPosition(models.Model):
    """A job position (vị trí việc làm)."""

    code = models.CharField("mã", max_length=80, unique=True)

    def __str__(self) -> str:
        return self.code


class PositionVersion(Dated):
    """What a job position is in a period: whose, how many people, and sections I–X of its description."""

    position = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="versions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField("tên vị trí việc làm", max_length=255)
    group = models.CharField("nhóm", max_length=12, choices=choices(PositionGroup))
    grade = models.CharField("bậc, ngạch", max_length=40, blank=True)
    quota = models.PositiveSmallIntegerField("số người", default=1, validators=[MinValueValidator(1)])
    description = models.JSONField("bản mô tả", default=dict, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(quota__gte=1), name="position_quota_at_least_one"),
            NoOverlap(name="one_version_of_a_position", same=("position",)),
        ]

    @property
    def described(self) -> PositionDescription:
        """The description as the library's value."""
        return PositionDescription.from_json(self.description)


class Duty(Dated):
    """A job position serves a function of its unit; `share` is the part of the working time in per cent."""

    position = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="duties")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="duties")
    scope = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField("tỷ lệ thời gian (%)", null=True, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(share=None) | Q(share__range=(1, 100)), name="duty_share_in_percent"),
            NoOverlap(name="duty_once", same=("position", "function"), same_or_empty=("scope",)),
        ]


HEAD_FIRST = ("-is_head", "-is_deputy", "rank")
"""The order of posts: the head, deputies, the others; among these as their ranks say."""


class Post(models.Model):
    """One seat (biên chế) through which a job position is filled."""

    code = models.CharField("mã", max_length=80, unique=True)

    def __str__(self) -> str:
        return self.code


class PostVersion(Dated):
    """Where a post is in a period. At any time a unit has at most one post that is its head."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    position = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    number = models.PositiveSmallIntegerField("số thứ tự", default=1)
    title = models.CharField("chức vụ, chức danh", max_length=255)
    is_head = models.BooleanField("người đứng đầu", default=False)
    is_deputy = models.BooleanField("cấp phó", default=False)
    rank = models.PositiveSmallIntegerField("thứ bậc", default=100, help_text="nhỏ đứng trước")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(is_head=False) | Q(is_deputy=False), name="post_head_or_deputy"),
            NoOverlap(name="one_place_of_a_post", same=("post",)),
            NoOverlap(name="one_number_of_a_post", same=("position", "unit", "number")),
            NoOverlap(name="one_head_of_a_unit", same=("unit",), where=("is_head", True)),
        ]


class JobConflict(Dated):
    """Two job positions that one person may not hold together."""

    first = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=255, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="conflict_in_order"),
            NoOverlap(name="conflict_once", same=("first", "second")),
        ]
