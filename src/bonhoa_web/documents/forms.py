"""Forms of the documents room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonhoa_web.documents.models import Document


def day_input() -> forms.DateInput:
    """A date box of the browser."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RegisterForm(forms.ModelForm):
    """Vào sổ văn bản đến; the values that reading proposed stand in it."""

    class Meta:
        model = Document
        fields = [
            "arrival_number",
            "arrived_on",
            "due_on",
            "type",
            "number",
            "issuer",
            "issued_on",
            "signer",
            "subject",
            "reply_number",
            "remark",
        ]
        labels = {
            "arrival_number": _("Số đến"),
            "arrived_on": _("Ngày đến"),
            "due_on": _("Hạn giải quyết"),
            "type": _("Loại"),
            "number": _("Số, ký hiệu"),
            "issuer": _("Cơ quan ban hành"),
            "issued_on": _("Ngày ban hành"),
            "signer": _("Người ký"),
            "subject": _("Trích yếu"),
            "reply_number": _("Số, ký hiệu văn bản trả lời"),
            "remark": _("Ghi chú"),
        }
        widgets = {k: day_input() for k in ("arrived_on", "due_on", "issued_on")} | {
            "subject": forms.Textarea(attrs={"rows": 3}),
            "remark": forms.Textarea(attrs={"rows": 2}),
        }

    def _get_validation_exclusions(self) -> set[str]:
        # uniqueness is the action's to check, with a sentence that says what to do
        return super()._get_validation_exclusions() | {"identity", "receiver"}

    def validate_unique(self) -> None:
        """Left to the action."""

    def validate_constraints(self) -> None:
        """Left to the action."""


class NoteForm(forms.Form):
    """Bút phê; units are given by code (the search box fills it in) or by their exact name."""

    lead = forms.ModelChoiceField(label=_("Đơn vị chủ trì"), queryset=None)
    cooperating = forms.ModelMultipleChoiceField(label=_("Đơn vị phối hợp"), queryset=None, required=False)
    due_on = forms.DateField(label=_("Thời hạn"), required=False, widget=day_input())
    text = forms.CharField(label=_("Ý kiến chỉ đạo"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = units
        self.fields["cooperating"].queryset = units
