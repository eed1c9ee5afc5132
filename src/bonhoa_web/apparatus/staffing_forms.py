"""Forms of mandates, job positions, holdings, heads and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonhoa.apparatus.model import UnitLevel
from bonhoa.apparatus.vocabulary import HoldingMode, MandateRole, PositionGroup
from bonhoa.common.folding import fold
from bonhoa_web.apparatus import rights
from bonhoa_web.apparatus.keeping import wording
from bonhoa_web.apparatus.models import Holding, Mandate, Person, PositionVersion, PostVersion, Unit
from bonhoa_web.apparatus.models.posts import HEAD_FIRST
from bonhoa_web.apparatus.staffing_actions import PositionData, Term, posts_of
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.unit_field import UnitField
from bonhoa_web.foundation.vocabulary import choices

MOST_POSTS = 500  # of one job position


def _date(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class TermForm(forms.Form):
    """A period and the act that it rests on; the last fields of every form of dated rows."""

    valid_from = _date(gettext_lazy("Từ ngày"))
    valid_to = _date(
        gettext_lazy("Đến trước ngày"), required=False, help_text=gettext_lazy("Để trống nếu chưa kết thúc.")
    )
    act = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("Số, ký hiệu văn bản, ví dụ 12/2025/QĐ-UBND."),
    )
    provision = forms.CharField(label=gettext_lazy("Điều, khoản, điểm"), max_length=255, required=False)

    def __init__(self, *args: Any, actor: User, unit: Unit, row: Any = None, **kwargs: Any) -> None:
        self.actor, self.unit, self.row = actor, unit, row
        initial = {} if row is None else self.initial_of(row)
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        if row is not None and row.valid_from is None:  # what is not known need not be made up to correct the rest
            self.fields["valid_from"].required = False
        for name in ("valid_from", "valid_to", "act", "provision"):
            self.fields[name] = self.fields.pop(name)

    def initial_of(self, row: Any) -> dict[str, Any]:
        """What the form shows of the row that it corrects."""
        return {n: getattr(row, n) for n in ("valid_from", "valid_to", "act", "provision")}

    def clean(self) -> dict[str, Any]:
        """The period must have a day."""
        values: dict[str, Any] = super().clean() or {}
        start, end = values.get("valid_from"), values.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("Ngày kết thúc phải sau ngày bắt đầu."))
        return values

    def term(self) -> Term:
        """The period and the act, of a valid form."""
        v = self.cleaned_data
        return Term(v["valid_from"], v["valid_to"], v["act"].strip(), v["provision"].strip())

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, beside the unit or the row."""
        raise NotImplementedError


def _typed(unit: Unit | None) -> str:
    """A unit as one types it; nothing for the whole country."""
    return f"{unit.name} ({unit.code})" if unit else ""


class MandateForm(TermForm):
    """What a unit is to do, where, in which role."""

    statement = forms.CharField(
        label=gettext_lazy("Chức năng, nhiệm vụ"),
        max_length=2000,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "hx-get": reverse_lazy("apparatus-similar"),
                "hx-trigger": "input changed delay:500ms",
                "hx-target": "#similar",
            }
        ),
        help_text=gettext_lazy("Ghi như trong văn bản; cùng lời văn là cùng một chức năng."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=choices(MandateRole))
    scope = UnitField(
        label=gettext_lazy("Địa bàn"),
        required=False,
        help_text=gettext_lazy("Tên hoặc mã đơn vị hành chính; để trống là cả nước (của cơ quan trung ương)."),
    )
    act = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=255,
        help_text=gettext_lazy("Số, ký hiệu văn bản, ví dụ 12/2025/QĐ-UBND."),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        own = None if unit.level == UnitLevel.CENTRAL else rights.territory_of(unit)
        initial = {"scope": _typed(own)} | kwargs.pop("initial", {})
        super().__init__(*args, unit=unit, initial=initial if kwargs.get("row") is None else {}, **kwargs)

    def initial_of(self, row: Mandate) -> dict[str, Any]:
        """The row as the form shows it."""
        shown = {"statement": wording(row), "role": row.role, "scope": _typed(row.scope)}
        return super().initial_of(row) | shown

    def arguments(self) -> dict[str, Any]:
        """Of `add_mandate` and `correct_mandate`."""
        v = self.cleaned_data
        return {
            "statement": v["statement"],
            "scope": v["scope"],
            "role": MandateRole.of(v["role"]),
            "term": self.term(),
        }


PLAIN, HEAD, DEPUTY = "plain", "head", "deputy"


class PositionForm(TermForm):
    """A job position and how many posts it has."""

    title = forms.CharField(label=gettext_lazy("Tên vị trí việc làm"), max_length=255)
    group = forms.ChoiceField(label=gettext_lazy("Nhóm"), choices=choices(PositionGroup))
    grade = forms.CharField(label=gettext_lazy("Bậc, ngạch"), max_length=40, required=False)
    quota = forms.IntegerField(
        label=gettext_lazy("Số người (biên chế)"),
        initial=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POSTS)],
        help_text=gettext_lazy("Mỗi người một biên chế có số thứ tự."),
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Là"),
        choices=[
            (PLAIN, gettext_lazy("không phải lãnh đạo cơ quan")),
            (HEAD, gettext_lazy("người đứng đầu")),
            (DEPUTY, gettext_lazy("cấp phó")),
        ],
    )

    def initial_of(self, row: PositionVersion) -> dict[str, Any]:
        """The row as the form shows it."""
        post = posts_of(row).first()
        standing = HEAD if post and post.is_head else DEPUTY if post and post.is_deputy else PLAIN
        shown = {name: getattr(row, name) for name in ("title", "group", "grade", "quota")}
        return super().initial_of(row) | shown | {"standing": standing}

    def arguments(self) -> dict[str, Any]:
        """Of `add_position` and `correct_position`."""
        v = self.cleaned_data
        standing = v["standing"]
        data = PositionData(
            v["title"], PositionGroup.of(v["group"]), v["grade"], v["quota"], standing == HEAD, standing == DEPUTY
        )
        return {"data": data, "term": self.term()}


class PersonField(forms.CharField):
    """A person typed by code, or by a name that one of the people whom `actor` may see bears."""

    actor: User

    def clean(self, value: Any) -> Any:
        """The person; ValidationError with one sentence."""
        text = super().clean(value)
        coded = Person.objects.filter(code__iexact=text).first()
        if coded is None and text.endswith(")"):
            coded = Person.objects.filter(code__iexact=text.rpartition("(")[2][:-1].strip()).first()
        if coded is not None:
            return coded
        named = list(rights.people_for(self.actor).filter(folded=fold(text).strip())[:6])
        if len(named) == 1:
            return named[0]
        if named:
            raise ValidationError(
                _("Có nhiều người tên “%(name)s”: %(people)s; hãy gõ mã của người cần chọn.")
                % {"name": text, "people": "; ".join(map(_with_post, named))}
            )
        raise ValidationError(
            _("Không thấy người có mã hoặc họ tên “%(text)s”; hãy kiểm tra, hoặc thêm người đó ở trang Người trước.")
            % {"text": text}
        )


def _with_post(person: Person) -> str:
    """A person with the post by which people of one name are told apart."""
    held = Holding.objects.filter(person=person).last_begun()
    post = PostVersion.objects.filter(post=held.post).select_related("unit").first() if held else None
    return f"{person.code} ({post.title}, {post.unit.name})" if post else person.code


class HoldingForm(TermForm):
    """Who fills a post."""

    post = forms.ChoiceField(label=gettext_lazy("Biên chế"))
    person = PersonField(label=gettext_lazy("Người giữ"), max_length=180, help_text=gettext_lazy("Gõ mã hoặc họ tên."))
    mode = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(HoldingMode))
    load = forms.IntegerField(
        label=gettext_lazy("Tỷ lệ thời gian (%)"),
        initial=100,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].actor = self.actor
        posts = (
            PostVersion.objects.filter(unit=self.unit).select_related("post").order_by(*HEAD_FIRST, "title", "number")
        )
        self.posts = {str(p.post_id): p for p in posts}
        self.fields["post"].choices = [(pk, f"{p.title} – {p.number}") for pk, p in self.posts.items()]

    def initial_of(self, row: Holding) -> dict[str, Any]:
        """The row as the form shows it."""
        shown = {"post": row.post_id, "person": str(row.person), "mode": row.mode, "load": row.load}
        return super().initial_of(row) | shown

    def arguments(self) -> dict[str, Any]:
        """Of `add_holding` and `correct_holding`."""
        v = self.cleaned_data
        return {
            "post": self.posts[v["post"]].post,
            "person": v["person"],
            "mode": HoldingMode.of(v["mode"]),
            "load": v["load"],
            "term": self.term(),
        }


class HeadForm(TermForm):
    """Who heads a unit from a day on."""

    person = PersonField(
        label=gettext_lazy("Người đứng đầu"), max_length=180, help_text=gettext_lazy("Gõ mã hoặc họ tên.")
    )
    title = forms.CharField(
        label=gettext_lazy("Chức vụ"),
        max_length=255,
        help_text=gettext_lazy("Dùng khi cơ quan chưa có biên chế người đứng đầu."),
    )
    mode = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(HoldingMode))
    load = forms.IntegerField(
        label=gettext_lazy("Tỷ lệ thời gian (%)"),
        initial=100,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        place = PostVersion.objects.filter(unit=kwargs["unit"], is_head=True).last_begun()
        initial = {"title": place.title if place else _("Người đứng đầu")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["person"].actor = self.actor

    def arguments(self) -> dict[str, Any]:
        """Of `set_head`."""
        v = self.cleaned_data
        return {
            "person": v["person"],
            "title": v["title"],
            "mode": HoldingMode.of(v["mode"]),
            "load": v["load"],
            "term": self.term(),
        }


class PersonForm(forms.Form):
    """A person, with the least that is needed."""

    code = forms.CharField(label=gettext_lazy("Mã cán bộ, công chức, viên chức"), max_length=40)
    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)


class SealedForm(forms.Form):
    """The sealed data of a person; what is not known stays empty."""

    born = _date(gettext_lazy("Ngày sinh"), required=False)
    identity_number = forms.RegexField(
        r"^[0-9]{12}$",
        label=gettext_lazy("Số định danh cá nhân"),
        required=False,
        error_messages={"invalid": gettext_lazy("Số định danh cá nhân có 12 chữ số; hãy kiểm tra lại.")},
    )
    joined_party = _date(gettext_lazy("Ngày vào Đảng"), required=False)

    def clean(self) -> dict[str, Any]:
        """No day to come; nobody joins the Party before being born."""
        values: dict[str, Any] = super().clean() or {}
        born, joined, today = values.get("born"), values.get("joined_party"), timezone.localdate()
        for name, day in (("born", born), ("joined_party", joined)):
            if day and day > today:
                self.add_error(name, _("Ngày này chưa đến; hãy kiểm tra lại."))
        if born and joined and joined <= born:
            self.add_error("joined_party", _("Ngày vào Đảng phải sau ngày sinh."))
        return values
