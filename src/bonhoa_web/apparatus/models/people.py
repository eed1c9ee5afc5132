"""People with the least that is needed, which posts they hold, what they can and what a position needs."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from bonhoa.apparatus.vocabulary import HoldingMode
from bonhoa_web.apparatus.dated import Dated, NoOverlap
from bonhoa_web.apparatus.models.posts import JobPosition, Post
from bonhoa_web.foundation.sealed import SealedField
from bonhoa_web.foundation.vocabulary import choices

LEVELS = (1, 5)
_LEVEL = [MinValueValidator(LEVELS[0]), MaxValueValidator(LEVELS[1])]


class Person(models.Model):
    """Somebody who holds or held a post. People of one name are told apart by `code`; the sealed fields are stored
    encrypted and are for those with the right only."""

    code = models.CharField("mã cán bộ, công chức, viên chức", max_length=40, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    folded = models.CharField(max_length=120, db_index=True, help_text="họ tên đã bỏ dấu, để tìm")
    born = SealedField("ngày sinh", blank=True)
    identity_number = SealedField("số định danh cá nhân", blank=True)
    joined_party = SealedField("ngày vào Đảng", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    class Meta:
        ordering = ["full_name", "code"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"


class Holding(Dated):
    """`person` fills `post`. R3: one official holder per post at a time; `load` is per cent of the person's time."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    mode = models.CharField("hình thức", max_length=12, choices=choices(HoldingMode))
    load = models.PositiveSmallIntegerField("tỷ lệ thời gian (%)", default=100)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(load__range=(0, 100)), name="holding_load_in_percent"),
            NoOverlap(name="one_official_holder", same=("post",), where=("mode", str(HoldingMode.OFFICIAL))),
            NoOverlap(name="one_holding_of_a_person", same=("post", "person")),
        ]


class Competence(Dated):
    """What a person can: a skill of the competence frame at a level from 1 to 5."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="competences")
    skill = models.CharField("năng lực", max_length=120)
    level = models.PositiveSmallIntegerField("mức", validators=_LEVEL)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="competence_level"),
            NoOverlap(name="one_level_of_a_person", same=("person", "skill")),
        ]


class JobNeed(Dated):
    """What a position needs: a skill at a level from 1 to 5."""

    position = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="needs")
    skill = models.CharField("năng lực", max_length=120)
    level = models.PositiveSmallIntegerField("mức", validators=_LEVEL)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="need_level"),
            NoOverlap(name="one_level_of_a_position", same=("position", "skill")),
        ]
