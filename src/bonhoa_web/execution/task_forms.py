"""The forms of the task pages. What a person may do is decided by the actions, not here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bonhoa.common.folding import fold
from bonhoa.execution.progress import Status
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import Plan, Task
from bonhoa_web.execution.task_queries import TaskFilter, units_named, visible_directives, visible_tasks
from bonhoa_web.execution.task_rights import people_of
from bonhoa_web.foundation.models import User


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploaded files, possibly empty."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(f, initial) for f in files if f]


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


def _choice(model: Any, label: Any) -> forms.ModelChoiceField:
    """An optional choice among records; which ones, the form says when it knows who asks."""
    return forms.ModelChoiceField(
        model.objects.none(), label=label, required=False, widget=_select(), empty_label=_("tất cả")
    )


class ReasonForm(forms.Form):
    """Acts that need to be explained: decline, rework, pause, withdraw."""

    reason = forms.CharField(label=_("Lý do"), widget=_area(2), max_length=2000)


class NoteForm(forms.Form):
    """Verification: a note is welcome, not asked for."""

    note = forms.CharField(label=_("Ý kiến"), widget=_area(2), max_length=2000, required=False)


class CommentForm(forms.Form):
    """A remark."""

    text = forms.CharField(label=_("Ý kiến trao đổi"), widget=_area(2), max_length=4000)


class ReportForm(forms.Form):
    """The report of a unit, with its evidence."""

    text = forms.CharField(label=_("Kết quả thực hiện"), widget=_area(4), max_length=20000)
    percent = forms.IntegerField(
        label=_("Tự đánh giá, %"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        help_text=_("Chỉ để tham khảo: nhiệm vụ hoàn thành khi cơ quan giao nhiệm vụ xác nhận."),
    )
    evidence = ManyFilesField(
        label=_("Tệp minh chứng"), required=False, widget=ManyFilesInput(attrs={"class": "form-control"})
    )
    completes = forms.BooleanField(
        label=_("Báo cáo hoàn thành, đề nghị xác nhận"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


class AssignForm(forms.Form):
    """One person of the lead body."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Người thực hiện"),
        required=False,
        widget=_select(),
        empty_label=_("— chưa phân công —"),
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(task)
        self.initial.setdefault("person", task.assignee_id)


class ReassignForm(ReasonForm):
    """Another lead body after a decline, by its name; the bodies of this plan are offered while typing."""

    unit = forms.CharField(label=_("Cơ quan chủ trì mới"), max_length=255)
    field_order = ["unit", "reason"]

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        self.known = sorted(
            str(unit) for unit in Unit.objects.filter(tasks__plan=task.plan_id).exclude(level="commune").distinct()
        )
        self.fields["unit"].widget = forms.TextInput(attrs={"class": "form-control", "list": "known-units"})

    def clean_unit(self) -> Unit:
        """The one unit of that name that exists today; near the issuer if several bear it."""
        name, today = self.cleaned_data["unit"], timezone.localdate()
        found = [u for u in units_named(name, self.task.plan.unit) if u.exists_on(today)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("Không có cơ quan nào tên “%(name)s” vào hôm nay; hãy gõ lại tên đầy đủ."), params={"name": name}
            )
        raise forms.ValidationError(
            _("Có %(n)d cơ quan khớp “%(name)s”: %(names)s; hãy gõ tên đầy đủ."),
            params={"n": len(found), "name": name, "names": "; ".join(str(u) for u in found[:5])},
        )


class EventForm(forms.Form):
    """The date of an event; the first needs no reason, a later one does."""

    on = forms.DateField(label=_("Ngày của mốc"), widget=_day())
    reason = forms.CharField(label=_("Lý do dời"), widget=_area(2), max_length=2000, required=False)


class FilterForm(forms.Form):
    """The filter of a task list; its field names are the parameters of the address."""

    tim = forms.CharField(
        label=_("Tìm"), required=False, widget=forms.TextInput(attrs={"class": "form-control", "type": "search"})
    )
    trangthai = forms.ChoiceField(label=_("Trạng thái"), required=False, widget=_select())
    donvi = _choice(Unit, _("Cơ quan chủ trì"))
    chidao = _choice(Plan, _("Văn bản chỉ đạo"))
    lanhdao = _choice(User, _("Lãnh đạo phụ trách"))
    theodoi = _choice(User, _("Chuyên viên theo dõi"))
    tu = forms.DateField(label=_("Hạn từ ngày"), required=False, widget=_day())
    den = forms.DateField(label=_("Hạn đến ngày"), required=False, widget=_day())
    khonghan = forms.BooleanField(
        label=_("Không có thời hạn"), required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )
    sapxep = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User, language: str) -> None:
        super().__init__(data)
        tasks = visible_tasks(user).order_by()
        self.fields["trangthai"].choices = [("", _("tất cả"))] + [(str(s), s.label(language)) for s in Status]
        self.fields["donvi"].queryset = Unit.objects.filter(pk__in=tasks.values("lead_id"))
        self.fields["chidao"].queryset = visible_directives(user)
        self.fields["chidao"].label_from_instance = lambda plan: str(plan.document)
        self.fields["lanhdao"].queryset = User.objects.filter(pk__in=tasks.values("leader_id"))
        self.fields["theodoi"].queryset = User.objects.filter(pk__in=tasks.values("monitor_id"))

    def wanted(self) -> TaskFilter:
        """The filter, from the fields that are valid; a wrong one narrows nothing and is shown as wrong."""
        self.is_valid()
        got = self.cleaned_data
        return TaskFilter(
            status=got.get("trangthai") or "",
            unit=_pk(got.get("donvi")),
            plan=_pk(got.get("chidao")),
            leader=_pk(got.get("lanhdao")),
            monitor=_pk(got.get("theodoi")),
            due_from=got.get("tu"),
            due_to=got.get("den"),
            no_due=bool(got.get("khonghan")),
            folded=fold(got.get("tim") or ""),
            sort=got.get("sapxep") or "",
        )


def _pk(record: Any) -> int | None:
    return record.pk if record is not None else None
