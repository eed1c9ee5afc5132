"""Forms of the documents room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bonhoa.common.errors import InputError
from bonhoa_web.documents.models import Document
from bonhoa_web.foundation import attachments

SCANS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\0", b"MM\0*")
"""How the files begin that scanners make."""


def day_input() -> forms.DateInput:
    """A date box of the browser."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RegisterForm(forms.ModelForm):
    """Vào sổ văn bản đến; the values that reading proposed stand in it."""

    scan = forms.FileField(
        label=_("Bản quét có dấu đến (PDF, JPG, PNG, TIFF)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff"}),
    )

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

    def clean_scan(self) -> tuple[str, bytes] | None:
        """Name and bytes of the scan; only what is a PDF or a picture by its content."""
        upload = self.cleaned_data["scan"]
        if not upload:
            return None
        try:
            data = attachments.read_upload(upload)
        except InputError as error:
            raise forms.ValidationError(error.text(get_language() or "vi")) from None
        if not data.startswith(SCANS):
            raise forms.ValidationError(
                _("Tệp “%(name)s” không phải PDF hay ảnh JPG, PNG, TIFF; hãy quét lại rồi chọn tệp khác."),
                params={"name": attachments.clean_name(upload.name or "")},
            )
        return attachments.clean_name(upload.name or ""), data

    def _get_validation_exclusions(self) -> set[str]:
        # uniqueness is the action's to check, with a sentence that says what to do
        return super()._get_validation_exclusions() | {"identity", "receiver"}

    def validate_unique(self) -> None:
        """Left to the action."""

    def validate_constraints(self) -> None:
        """Left to the action."""


class NoteForm(forms.Form):
    """Bút phê: who leads, who cooperates, of the `bodies` that are offered; until when (checked by the action)."""

    lead = forms.ModelChoiceField(label=_("Đơn vị chủ trì"), queryset=None)
    cooperating = forms.ModelMultipleChoiceField(
        label=_("Đơn vị phối hợp"),
        queryset=None,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Trên máy tính giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    due_on = forms.DateField(label=_("Thời hạn"), required=False, widget=day_input())
    text = forms.CharField(label=_("Ý kiến chỉ đạo"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    wants_plan = forms.BooleanField(label=_("Cần lập bảng phân công"), required=False, initial=True)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = bodies
        self.fields["cooperating"].queryset = bodies
