"""The filters of the reports; their field names are the parameters of the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import Plan
from bonhoa_web.execution.task_queries import units_in_scope, visible_directives
from bonhoa_web.foundation.models import User
from bonhoa_web.reports.queries import book_years


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})


class PeriodForm(forms.Form):
    """By what the figures are grouped, and of which period."""

    theo = forms.ChoiceField(
        label=_("Theo"),
        required=False,
        widget=_select(),
        choices=[("donvi", _("cơ quan chủ trì")), ("chidao", _("văn bản chỉ đạo"))],
    )
    chidao = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Văn bản chỉ đạo"), required=False, widget=_select(), empty_label=_("tất cả")
    )
    tu = forms.DateField(label=_("Từ ngày"), required=False, widget=_day())
    den = forms.DateField(label=_("Đến hết ngày"), required=False, widget=_day())

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["chidao"].queryset = visible_directives(user)
        self.fields["chidao"].label_from_instance = lambda plan: str(plan.document)


class BookForm(forms.Form):
    """Whose book, of which year."""

    nam = forms.TypedChoiceField(label=_("Năm"), required=False, coerce=int, empty_value=None, widget=_select())
    coquan = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Cơ quan"), required=False, widget=_select(), empty_label=_("tất cả")
    )

    def __init__(self, data: Any, *, user: User, this_year: int) -> None:
        super().__init__(data)
        years = sorted({this_year, *book_years(user)}, reverse=True)
        self.fields["nam"].choices = [(year, str(year)) for year in years]
        self.fields["coquan"].queryset = Unit.objects.filter(
            pk__in=units_in_scope(user), documents__isnull=False
        ).distinct()
